"""The figures of an answer: a few pictures with their captions, drawn once, each of which opens its page."""

from base64 import b64encode
from functools import lru_cache
from typing import Any

import streamlit as st

from rag.entrypoints.cited_figures import of_answer
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import t, where
from rag.errors import RagError
from rag.library.database import Version
from rag.library.members import ANYONE
from rag.records import Answer, Citation, KeptFigure
from rag.retrieval.asked.picturing import asks_for_picture

_MOST = 3
_WIDTH = 440  # pixels: twice the width of a thumbnail
_SMALLEST, _LARGEST = 0.5, 2.0  # pixels for a point
_WISH = "figures_wish"
_JPEG = b"\xff\xd8\xff"


def of(answer: Answer) -> list[tuple[Citation, KeptFigure]]:
    """The figures that belong to *answer*: on the pages it cites, and for a question about pictures on others too."""
    question = answer.request.need
    citations = answer.evidence if asks_for_picture(question) else answer.citations
    return of_answer(question, citations, _on_pages, _MOST)


def view(answer: Answer, name: str, *, last: bool) -> dict[str, Any] | None:
    """What the browser draws of the figures of the turn called *name*: pictures in the newest one, and in an older one
    when they are wished for, since each has to be drawn first.
    """
    found = of(answer)
    if not found:
        return None
    drawn = last or name in st.session_state.get(_WISH, ())
    return {
        "first": asks_for_picture(answer.request.need),
        "items": [_item(number, *each) for number, each in enumerate(found, start=1)] if drawn else [],
        "label": t("answer.figures"),
        "show": t("answer.show_figures", count=len(found)),
    }


def wish(name: str) -> None:
    """Draw the figures of the turn called *name* from now on."""
    st.session_state[_WISH] = {*st.session_state.get(_WISH, ()), name}


def citations(answer: Answer) -> tuple[Citation, ...]:
    """The figures of *answer* as citations, so that the source pane opens them: each stands at its box."""
    return tuple(
        Citation(number, citation.document, 0, (figure.place,), figure.caption)
        for number, (citation, figure) in enumerate(of(answer), start=1)
    )


def _on_pages(document: int, pages: frozenset[int] | None) -> list[KeptFigure]:
    open_now = desk()
    return _known(str(open_now.settings.home), open_now.workspace.catalog.version(), document, pages)


@lru_cache(maxsize=512)
def _known(home: str, version: Version, document: int, pages: frozenset[int] | None) -> list[KeptFigure]:  # noqa: ARG001
    """The figures as long as nothing in the catalog changes: every turn is drawn anew at each click."""
    try:
        return desk().workspace.figures(ANYONE, document, pages)
    except RagError:  # the document was removed; the answer says so
        return []


def _item(number: int, citation: Citation, figure: KeptFigure) -> dict[str, Any]:
    caption = figure.caption or t("report.figure")
    return {
        "n": number,
        "caption": caption,
        "file": citation.document.name,
        "place": where(figure.place),
        "open": t("answer.open_figure", caption=caption, place=where(figure.place)),
        "ratio": f"{max(1, round(figure.box.x1 - figure.box.x0))}/{max(1, round(figure.box.y1 - figure.box.y0))}",
        "src": _drawn(figure.id, citation.document.digest, round(figure.box.x1 - figure.box.x0)),
    }


@lru_cache(maxsize=64)
def _drawn(figure: int, digest: str, width: int) -> str:  # noqa: ARG001 - the digest tells two data folders apart
    """The picture as a data address; empty when it cannot be drawn."""
    scale = min(_LARGEST, max(_SMALLEST, _WIDTH / max(1, width)))
    try:
        image = desk().workspace.figure_image(ANYONE, figure, scale)
    except RagError:
        return ""
    kind = "jpeg" if image.png.startswith(_JPEG) else "png"
    return f"data:image/{kind};base64,{b64encode(image.png).decode()}"
