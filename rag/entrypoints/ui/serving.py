"""The server of the page: Streamlit's own, with our first page, loaded before the first visitor comes."""

import threading
import time

from starlette.middleware import Middleware
from streamlit import runtime
from streamlit.web import cli
from streamlit.web.server.starlette import starlette_app

from rag.entrypoints.ui.first_page import FirstPage

_LOOK = 0.05  # seconds


def main() -> None:
    """Take the command line of Streamlit: ``python -m rag.entrypoints.ui.serving run app.py``."""
    # ``streamlit run`` takes nothing of ours in between by itself.
    streamlits_own = starlette_app.create_streamlit_middleware
    starlette_app.create_streamlit_middleware = lambda: [Middleware(FirstPage), *streamlits_own()]
    threading.Thread(target=_load, daemon=True, name="load-page").start()
    cli.main(prog_name="streamlit")


def _load() -> None:
    """Only once the server is there: two threads that import parts of Streamlit at once could see half of one."""
    while not runtime.exists():
        time.sleep(_LOOK)
    import rag.entrypoints.ui.frame  # noqa: F401, PLC0415 - this is what takes the time


if __name__ == "__main__":
    main()
