"""The source beside the answer: the page with the cited words boxed, or the sheet with the cited cells outlined."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components, source_grid
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.evaluate import gold_links
from rag.entrypoints.ui.sheet_heads import head_rows
from rag.entrypoints.ui.tables import table_links
from rag.entrypoints.ui.texts import say, t, where
from rag.errors import NoSuchDocument, RagError
from rag.library.members import ANYONE
from rag.records import Cells, Citation, Page

_SCALE = 2.0  # pixels for a point: sharp at the width of the pane, also on a screen of double density
_SHOWN = "ask_source"
ADDRESS = "source"  # its name in the address of the page
PART = "source"  # the part of the page that is drawn again when another source is opened
_LABELS = (
    "source cited_words cited formula value sheets previous_citation next_citation citation_of previous_page next_page"
    " page_of rows rows_above rows_below zoom_in zoom_out zoom_fit close tools quote".split()
)
# The pane keeps its place beside what is long.
_BESIDE = """
.st-key-PAGE-columns { flex-wrap: nowrap; align-items: flex-start; }
.st-key-PAGE-columns > * { min-width: 0; }
.st-key-PAGE-columns > :is(.st-key-PAGE-PART, :has(> .st-key-PAGE-PART)) { flex: 4 1 0; }
.st-key-PAGE-columns > :is(.st-key-PAGE-source, :has(> .st-key-PAGE-source)) {
  --pane-height: calc(100dvh - 8.5rem); flex: 3 1 0; position: sticky; top: 4rem; }
"""
_OVER_A_LIST = """
@media (max-width: 900px) {
  .st-key-PAGE-columns > :is(.st-key-PAGE-source, :has(> .st-key-PAGE-source)) {
    --pane-height: calc(100dvh - 3.4rem); position: fixed; z-index: 999991; inset: 0; }
  .st-key-PAGE-source { height: 100%; padding: 0.25rem 0.75rem; gap: 0.1rem; }
}
"""
_UNDER_A_TABLE = """
.st-key-PAGE-columns > :is(.st-key-PAGE-source, :has(> .st-key-PAGE-source)) { --pane-height: calc(100dvh - 6.5rem); }
.st-key-PAGE-source .st-key-source-original { display: none; }
@media (max-width: 900px) {
  .st-key-PAGE-columns { flex-direction: column; }
  .st-key-PAGE-columns > :is(*, :has(> *)) { flex: 0 0 auto !important; width: 100%; }
  .st-key-PAGE-columns > :is(.st-key-PAGE-source, :has(> .st-key-PAGE-source)) {
    --pane-height: 75dvh; position: static; }
}
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pane shows: one of the *citations* of a turn, at a page or a window of a sheet of its document.

    It can be saved with the *question*, if that is known.
    """

    turn: str
    kind: str
    citations: tuple[Citation, ...]
    index: int
    page: int | None = None
    sheet: str | None = None
    area: str | None = None
    question: str = ""

    @property
    def citation(self) -> Citation:
        """The citation that is open."""
        return self.citations[self.index]


def beside_a_list(page: str, part: str) -> str:
    """The rules that lay out the container ``page-columns``: the list in ``page-part``, the pane in ``page-source``,
    over the list where there is no room beside it.
    """
    return (_BESIDE + _OVER_A_LIST).replace("PAGE", page).replace("PART", part)


def beside_a_table(page: str) -> str:
    """:func:`beside_a_list` for a table in ``page-part``: the pane lies under it where there is no room beside it."""
    return (_BESIDE + _UNDER_A_TABLE).replace("PAGE", page).replace("PART", "part")


def shown() -> Shown | None:
    """What is open beside the answer, if anything."""
    found: Shown | None = st.session_state.get(_SHOWN)
    return found


def show(turn: str, kind: str, citations: Sequence[Citation], number: int, question: str = "") -> None:
    """Open citation *number* of *citations*; nothing happens when it is not one of them."""
    for index, citation in enumerate(citations):
        if citation.number == number:
            _turn_to(Shown(turn, kind, tuple(citations), index, question=question))


def close() -> None:
    """Put the source away."""
    st.session_state.pop(_SHOWN, None)
    st.query_params.pop(ADDRESS, None)


def _turn_to(shown: Shown) -> None:
    st.session_state[_SHOWN] = shown
    if shown.kind in {"citation", "evidence"}:
        turn = shown.turn.rpartition("-")[2]
        st.query_params[ADDRESS] = f"{turn}.{shown.kind}.{shown.citation.number}"


@st.fragment(key=PART)
def draw(beside: str = "app") -> None:
    """Draw what is open; only this part of the page is drawn again when a person turns a page. *beside* is what else is
    drawn again when it is put away.
    """
    open_now = shown()
    if open_now is None:
        return
    document = open_now.citation.document
    try:
        view, there = _view(open_now), True
    except NoSuchDocument:  # removed since, in another tab perhaps: its words are not shown any longer
        problem = say(NoSuchDocument(name=document.name).note)
        view, there = _named(open_now) | {"quote": "", "problem": problem}, False
    components.source(view, key="source-view", step=_step, sheet=_other_sheet, close=partial(_close, beside))
    if not there:
        return
    with st.container(horizontal=True, gap="xsmall", key="source-foot"):
        st.download_button(
            t("source.original"),
            data=lambda: desk().workspace.original(ANYONE, document.id)[1],
            file_name=document.name,
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key="source-original",
        )
        if open_now.kind in {"citation", "evidence"}:
            table_links.button(open_now.citation)
            gold_links.button(open_now.question, open_now.citation)


def _view(open_now: Shown) -> dict[str, Any]:
    """:raises NoSuchDocument: when it was removed meanwhile"""
    view = _named(open_now)
    try:
        return view | (_page(open_now) if open_now.citation.document.kind == "pdf" else _sheet(open_now))
    except NoSuchDocument:
        raise
    except RagError as error:
        return view | {"problem": say(error.note)}


def _named(open_now: Shown) -> dict[str, Any]:
    """What is known of a source without opening its file."""
    citation = open_now.citation
    texts = {name: t(f"source.{name}", **_placeholders(name)) for name in _LABELS}
    if open_now.kind in {"citation", "evidence"} and not citation.in_passage:
        texts["quote"] = t("source.computed")
    return {
        "turn": open_now.turn,
        "kind": "page" if open_now.kind == "table" else open_now.kind,
        "n": citation.number,
        "index": open_now.index,
        "of": len(open_now.citations),
        "file": citation.document.name,
        "place": where(citation.place),
        "quote": citation.quote,
        "texts": texts,
    }


def _placeholders(name: str) -> dict[str, str]:
    """The scripts fill in what changes without Python."""
    names = {"cited_words": ["index"], "citation_of": ["index", "count"], "page_of": ["page", "count"]}.get(name, [])
    return {each: f"{{{each}}}" for each in names}


def _page(open_now: Shown) -> dict[str, Any]:
    places = [place for place in open_now.citation.places if isinstance(place, Page)]
    number = open_now.page or min((place.number for place in places), default=1)
    image = desk().workspace.page(ANYONE, open_now.citation.document.id, number, _SCALE)
    wide, high = image.width / image.scale, image.height / image.scale
    place = where(Page(image.number, image.printed))
    boxes = [place.box for place in places if place.number == number and place.box is not None]
    return {
        "place": place,
        "page": {
            "number": image.number,
            "count": image.count,
            "width": image.width,
            "height": image.height,
            "alt": t("source.page_alt", file=open_now.citation.document.name, place=place),
            "framed": open_now.kind in {"figure", "page", "table"},
            "src": f"data:image/png;base64,{b64encode(image.png).decode()}",
            "boxes": [
                [
                    round(100 * box.x0 / wide, 3),
                    round(100 * box.y0 / high, 3),
                    round(100 * (box.x1 - box.x0) / wide, 3),
                    round(100 * (box.y1 - box.y0) / high, 3),
                ]
                for box in boxes
            ],
        },
    }


def _sheet(open_now: Shown) -> dict[str, Any]:
    citation = open_now.citation
    cited = [place for place in citation.places if isinstance(place, Cells)] if open_now.kind != "page" else []
    place = citation.place if isinstance(citation.place, Cells) else Cells("", "A1")
    name = open_now.sheet or place.sheet
    area = open_now.area or (place.area if name == place.sheet else "A1")
    heads = head_rows(citation, open_now.citations, name) if cited else ()
    window = desk().workspace.sheet(ANYONE, citation.document.id, name, area, heads)
    return {
        "place": where(place) if cited and name == place.sheet else name,
        "grid": source_grid.grid(
            window, heads, area, [each.area for each in cited if each.sheet == name], labelled=bool(cited)
        ),
    }


def _sent(event: str) -> str:
    value = st.session_state["source-view"].get(event) or {}
    return str(value.get("value", ""))


def _step() -> None:
    open_now, wish = shown(), _sent("step")
    if open_now is None:
        return
    match wish:
        case "previous-citation" | "next-citation":
            index = open_now.index + (1 if wish.startswith("next") else -1)
            index = max(0, min(len(open_now.citations) - 1, index))
            _turn_to(replace(open_now, index=index, page=None, sheet=None, area=None))
        case "previous-page" | "next-page":
            places = [place.number for place in open_now.citation.places if isinstance(place, Page)]
            page = (open_now.page or min(places, default=1)) + (1 if wish.startswith("next") else -1)
            _turn_to(replace(open_now, page=max(1, page)))
        case "rows-above" | "rows-below":
            _turn_to(replace(open_now, area=_next_rows(open_now, below=wish.endswith("below"))))


def _next_rows(open_now: Shown, *, below: bool) -> str:
    place = open_now.citation.place
    own = place.area if isinstance(place, Cells) and (open_now.sheet or place.sheet) == place.sheet else "A1"
    return source_grid.next_rows(open_now.area or own, below=below)


def _other_sheet() -> None:
    open_now = shown()
    if open_now is not None:
        _turn_to(replace(open_now, sheet=_sent("sheet"), area=None))


def _close(part: str) -> None:
    close()
    st.rerun(part)
