int decode();
int main() { return decode(); }
