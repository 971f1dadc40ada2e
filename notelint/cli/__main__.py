"""`python -m notelint.cli`."""

from notelint.cli import main

if __name__ == "__main__":
    main()
