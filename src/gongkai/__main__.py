"""`python -m gongkai`."""

from gongkai.cli import main

if __name__ == "__main__":
    main()
