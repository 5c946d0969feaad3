"""The parts of the page that are drawn in the browser: a turn, the source beside it, and the documents.

What they are given is data; their scripts make text nodes of it, never markup.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

_HERE = Path(__file__).parent
_TURN = ("dom.js", "cited.js", "prose.js", "cards.js", "figures.js", "place.js", "turn.js")
_SOURCE = ("dom.js", "cited.js", "page.js", "grid.js", "source.js")


def turn(data: Mapping[str, Any], *, key: str, **on: Callable[[], object]) -> Any:
    """Draw a turn; *on* are callbacks for what a person did: ``open``, ``retry``, ``prompt``, ``figures`` ..."""
    return _mount("pagecite_turn", _TURN, ("turn.css", "cited.css"), data, key, on)


def source(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw the source; *on* are callbacks for what a person did: ``step``, ``sheet`` and ``close``."""
    return _mount("pagecite_source", _SOURCE, ("source.css", "cited.css"), data, key, on)


def documents(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw the table of documents; *on* are callbacks for its ``view`` (a state) and what is to be done: ``act``."""
    return _mount("pagecite_documents", ("dom.js", "documents.js"), ("list.css", "documents.css"), data, key, on)


def leaves(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw a cell for each page or sheet; *on* are callbacks for what a person did: ``open``."""
    return _mount("pagecite_leaves", ("dom.js", "leaves.js"), ("leaves.css",), data, key, on)


def extras(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw what a file holds beside its words; *on* are callbacks for what a person did: ``open`` a page."""
    return _mount("pagecite_extras", ("dom.js", "extras.js"), ("extras.css",), data, key, on)


def tables(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw a list of tables; *on* are callbacks for its ``view`` and what is ``chosen`` (states), for the table to
    ``open``, and for those whose pictures came into sight: ``look``.
    """
    styles = ("list.css", "pictures.css", "tables.css")
    return _mount("pagecite_tables", ("dom.js", "looking.js", "tables.js"), styles, data, key, on)


def table(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw one table; *on* are callbacks for where its rows ``start`` (a state) and for the ``row`` to point to."""
    return _mount("pagecite_table", ("dom.js", "table.js"), ("table.css",), data, key, on)


def hits(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw what was found; *on* are callbacks for the hit to ``open``, the one that is to be ``gold`` or no more, and
    those whose pictures came into sight: ``look``.
    """
    scripts = ("dom.js", "looking.js", "cited.js", "cards.js", "hits.js")
    return _mount("pagecite_hits", scripts, ("pictures.css", "hits.css"), data, key, on)


def listing(data: Mapping[str, Any], *, key: str, **on: Callable[[], None]) -> Any:
    """Draw a list with columns; *on* are callbacks for its ``view`` (a state) and what is to be done: ``act``."""
    styles = ("list.css", "documents.css", "listing.css")
    return _mount("pagecite_listing", ("dom.js", "listing.js"), styles, data, key, on)


def measures(data: Mapping[str, Any], *, key: str) -> None:
    """Draw figures in small tables."""
    _mount("pagecite_measures", ("dom.js", "measures.js"), ("measures.css",), data, key, {})


def shortcuts(data: Mapping[str, Any], *, key: str) -> None:
    """Let ``/`` bring the keyboard to the question, give one back that a reload has overtaken, and say to those who
    have the page read to them that one more of the ``answers`` is ``ready``.
    """
    _mount("pagecite_shortcuts", ("dom.js", "shortcuts.js"), ("shortcuts.css",), data, key, {})


def sidebar(language: str, menu: str, *, key: str) -> None:
    """Put the sidebar away on a phone, where it covers the page, once a page is chosen in it; say to the browser, and
    to those who have the page read to them, which *language* (``zh-CN``) it speaks and what the *menu* of the base is;
    show at once that something was done.
    """
    _mount("pagecite_sidebar", ("under_way.js", "sidebar.js"), (), {"language": language, "menu": menu}, key, {})


def layout() -> str:
    """The rules of the frame."""
    return _text("layout.css")


def _mount(
    name: str,
    scripts: tuple[str, ...],
    styles: tuple[str, ...],
    data: Mapping[str, Any],
    key: str,
    on: Mapping[str, Callable[[], object]],
) -> Any:
    # Registered at each drawing: the register belongs to the running server, not to this module.
    mount = component(name, js="\n".join(map(_text, scripts)), css="\n".join(map(_text, styles)) or None)
    callbacks: dict[str, Any] = {f"on_{event}_change": callback for event, callback in on.items()}
    return mount(data=data, key=key, **callbacks)


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
