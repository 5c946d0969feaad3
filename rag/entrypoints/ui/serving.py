"""The server of the page: Streamlit's own, which loads the page before the first visitor comes."""

import threading
import time

from streamlit import runtime
from streamlit.web import cli

_LOOK = 0.05  # seconds


def main() -> None:
    """Take the command line of Streamlit: ``python -m rag.entrypoints.ui.serving run app.py``."""
    threading.Thread(target=_load, daemon=True, name="load-page").start()
    cli.main(prog_name="streamlit")


def _load() -> None:
    """Only once the server is there: two threads that import parts of Streamlit at once could see half of one."""
    while not runtime.exists():
        time.sleep(_LOOK)
    import rag.entrypoints.ui.frame  # noqa: F401, PLC0415 - this is what takes the time


if __name__ == "__main__":
    main()
