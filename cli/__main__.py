"""`python -m cli`: the polegraph command without its launcher."""

from cli.main import main

if __name__ == "__main__":
    main()
