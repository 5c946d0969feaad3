"""``python -m rag.entrypoints.cli``: the command line where no command is installed."""

from rag.entrypoints.cli import main

if __name__ == "__main__":
    main()
