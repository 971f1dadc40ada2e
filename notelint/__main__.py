"""`python -m notelint`."""

from notelint.cli import main

if __name__ == "__main__":
    main()
