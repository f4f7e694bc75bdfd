def main() -> None:
    print('waiting')
