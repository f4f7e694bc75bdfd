int decode() { return 0; }
