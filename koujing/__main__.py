"""`python -m koujing`."""

from koujing.cli import main

if __name__ == "__main__":
    main(prog_name="koujing")
