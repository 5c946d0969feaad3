"""The strip of a reading report: a small cell for each page or sheet, by what it was found to be; each opens it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components, source_pane
from rag.entrypoints.ui.documents.document_list import WORKING
from rag.entrypoints.ui.texts import counted, say, t
from rag.records import Cells, Citation, Document, Note, Page

TURN = "document-"  # what the source pane is told to show it for
_KEY = "leaves"
_SIGNS = {
    "text": "t",
    "scanned": "s",
    "scanned_unread": "w",
    "garbled": "g",
    "blank": "b",
    "empty": "e",
    "left_out": "l",
    "failed": "f",
    "unread": "u",
}
_MARKS = ("rotated", "secret", "hidden")
_OF = {"pdf": "page", "workbook": "sheet"}


@dataclass(frozen=True, slots=True)
class LeafCell:
    """A page or sheet as the strip shows it. *name* is printed on the page, or is the sheet's; *sure* is OCR's
    confidence in percent; *turned* in degrees; it is *secret* in part when nobody sees some of its words; *hidden* is
    a sheet that Excel does not show.
    """

    number: int
    name: str | None
    state: str
    sure: int | None = None
    turned: int = 0
    secret: bool = False
    hidden: bool = False
    why: Note | None = None


def draw(document: Document, cells: Sequence[LeafCell]) -> None:
    """Draw the strip of *document*, and open the page that a person chose in it."""
    of = _OF[document.kind]
    st.markdown(f"**{t(f'report.{of}s')}** :gray[{t(f'report.{of}s_about')}]")
    components.leaves(data(document, cells), key=_KEY, open=lambda: _chosen(document, cells))
    if st.session_state.pop("report_shown", False):
        st.rerun()


def data(document: Document, cells: Sequence[LeafCell]) -> dict[str, Any]:
    """What the browser draws the strip from; a sign for each page keeps five thousand of them small."""
    return {
        "first": cells[0].number if cells else 1,
        "states": "".join(_SIGNS[cell.state] for cell in cells),
        "kinds": {sign: state for state, sign in _SIGNS.items()},
        "names": {cell.number: cell.name for cell in cells if cell.name and cell.name != str(cell.number)},
        "sure": {cell.number: cell.sure for cell in cells if cell.sure is not None},
        "turned": {cell.number: cell.turned for cell in cells if cell.turned},
        "secret": [cell.number for cell in cells if cell.secret],
        "hidden": [cell.number for cell in cells if cell.hidden],
        "why": {cell.number: say(cell.why)[0] for cell in cells if cell.why is not None},
        "counts": counts(document, cells),
        "sheets": document.kind == "workbook",
        "turn": f"{TURN}{document.id}",
        "open": _open_leaf(document, cells),
        "texts": _texts(document),
    }


def counts(document: Document, cells: Sequence[LeafCell]) -> list[list[Any]]:
    """Each kind of page there is, how many there are, and that in words."""
    of = _OF[document.kind]
    found = Counter(cell.state for cell in cells)
    found.update({"rotated": sum(bool(cell.turned) for cell in cells), "secret": sum(cell.secret for cell in cells)})
    found.update({"hidden": sum(cell.hidden for cell in cells)})
    return [
        [kind, found[kind], counted(f"report.{of}s_{_name(document, kind)}", found[kind])]
        for kind in (*_SIGNS, *_MARKS)
        if found[kind]
    ]


def show(document: Document, place: Page | Cells) -> None:
    """Open *place* beside the report."""
    source_pane.show(f"{TURN}{document.id}", "page", [Citation(1, document, 0, (place,), "")], 1)


def _name(document: Document, state: str) -> str:
    """A scanned page without words still waits while the document is worked on."""
    return "scanned_waiting" if state == "scanned_unread" and document.state in WORKING else state


def _texts(document: Document) -> dict[str, str]:
    """The browser fills in what changes from cell to cell."""
    of = _OF[document.kind]
    states = {state: t(f"report.{of}_{_name(document, state)}") for state in _SIGNS if _is_of(of, state)}
    if of == "page":
        states |= {
            f"{state}_sure": t(f"report.page_{state}_sure", percent="{percent}") for state in ("scanned", "garbled")
        }
        states |= {"rotated": t("report.page_rotated", degrees="{degrees}"), "secret": t("report.page_secret")}
    else:
        states["secret"] = t("report.sheet_secret")
    return states | {
        "hidden": t("report.sheet_hidden"),
        "page": t("report.page", number="{number}"),
        "printed": t("report.printed", number="{number}", printed="{printed}"),
        "leaf": t("report.leaf", place="{place}", state="{state}"),
        "and": t("report.and"),
        "only": t("report.only"),
        "strip": t(f"report.{of}s"),
    }


def _is_of(of: str, state: str) -> bool:
    return state != "left_out" if of == "page" else state in {"text", "empty", "left_out", "failed", "unread"}


def _open_leaf(document: Document, cells: Sequence[LeafCell]) -> int | None:
    shown = source_pane.shown()
    if shown is None or shown.turn != f"{TURN}{document.id}":
        return None
    place = shown.citation.place
    if isinstance(place, Page):
        return shown.page or place.number
    name = shown.sheet or place.sheet
    return next((cell.number for cell in cells if cell.name == name), None)


def _chosen(document: Document, cells: Sequence[LeafCell]) -> None:
    wish = st.session_state[_KEY].get("open") or {}
    cell = next((cell for cell in cells if cell.number == wish.get("number")), None)
    if cell is None:
        return
    show(document, Page(cell.number) if document.kind == "pdf" else Cells(cell.name or "", "A1"))
    st.session_state["report_shown"] = True
