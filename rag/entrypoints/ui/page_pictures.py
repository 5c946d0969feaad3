"""Small pictures of pages, drawn in the background and kept, so that no list waits for them."""

import threading
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.records import Box
from rag.workspace import Workspace

_SCALE = 0.34  # pixels for a point: a page as wide as a thumb, on a screen of double density
_MOST = 600  # pictures of about 10 KB
_PATIENCE = 0.12  # seconds that a page of the app waits for pictures: a person does not see it


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as an address that holds its PNG; *wide* and *high* are those of the page, in points."""

    source: str
    wide: float
    high: float


class PagePictures:
    """Pictures by document and page. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._drawer = ThreadPoolExecutor(1, thread_name_prefix="page-pictures")
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[int, int], Future[Picture | None]] = OrderedDict()

    def of(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Picture | None]:
        """Those of the *wanted* pages, by document and number, that are drawn by now; ``None`` for one that cannot be.

        The others are drawn in the background: ask again.
        """
        pages = list(wanted)
        futures = {page: self._future(*page) for page in pages}
        wait(futures.values(), _PATIENCE)
        return {page: future.result() for page, future in futures.items() if future.done() and not future.cancelled()}

    def close(self) -> None:
        """Draw no more."""
        self._drawer.shutdown(wait=False, cancel_futures=True)

    def _future(self, document: int, number: int) -> "Future[Picture | None]":
        page = (document, number)
        with self._lock:
            known = self._known.get(page)
            if known is None:
                known = self._known[page] = self._drawer.submit(self._drawn, document, number)
                if len(self._known) > _MOST:
                    self._known.popitem(last=False)[1].cancel()
            self._known.move_to_end(page)
            return known

    def _drawn(self, document: int, number: int) -> Picture | None:
        try:
            image = self._workspace.page(ANYONE, document, number, _SCALE)
        except RagError:  # a list is of use without it, and the page itself says what is wrong
            return None
        source = f"data:image/png;base64,{b64encode(image.png).decode()}"
        return Picture(source, image.width / image.scale, image.height / image.scale)


@st.cache_resource(show_spinner=False, max_entries=4, on_release=PagePictures.close)
def page_pictures(_workspace: Workspace, home: str) -> PagePictures:
    """The pictures that all visitors of one server share; *home* is the data folder that they are from."""
    del home
    return PagePictures(_workspace)


def pictures() -> PagePictures:
    """The pictures of this server."""
    return page_pictures(desk().workspace, str(desk().settings.home))


def boxed(picture: Picture | None, box: Box | None) -> dict[str, Any] | None:
    """*picture* with *box*, in points, as lists in the browser draw it: the box in per cent of the page."""
    if picture is None:
        return None
    boxes = []
    if box is not None:
        wide, high = picture.wide, picture.high
        corners = (box.x0 / wide, box.y0 / high, (box.x1 - box.x0) / wide, (box.y1 - box.y0) / high)
        boxes = [[round(100 * part, 2) for part in corners]]
    return {"src": picture.source, "shape": f"{picture.wide:.1f}/{picture.high:.1f}", "boxes": boxes}
