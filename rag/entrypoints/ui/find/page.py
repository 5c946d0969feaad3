"""The Find page: what a question finds, how each method ranked it, and where it stands; a hit can be made gold."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from rag.asking.searching import Sought
from rag.entrypoints.ui import components, nothing_yet, source_pane
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.evaluate import page as evaluate
from rag.entrypoints.ui.find import find_filters, found_hits
from rag.entrypoints.ui.page_pictures import boxed, pictures
from rag.entrypoints.ui.texts import counted, plain, t, told
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.records import Base, Citation, Document, Page, areas
from rag.stopwatch import watching

QUESTION = "q"  # the question, in the address of the page
_KEY = "found-hits"
_FIELD = "find-question"
_ASKED, _RESULT, _SAID = "find_asked", "find_result", "find_said"
_LONGEST = 2000  # characters of a question
_TURN = "find-"  # what the source pane is told to show it for
_LAYOUT = """
.st-key-find-bar [data-testid="InputInstructions"] { display: none; }"""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search came to, and what it was: the same *sign*, the same search."""

    sign: str
    sought: Sought
    seconds: float
    stages: Mapping[str, float]
    citations: tuple[Citation, ...]


def page() -> None:
    """Draw the page."""
    if st.session_state.pop(find_filters.RUN_WANTED, False):
        st.switch_page(st.Page(evaluate.page, url_path="evaluate"))
    base = bases.current()
    st.html(f"<style>{_LAYOUT}{source_pane.beside_a_list('find', 'part')}</style>")
    st.title(t("find.title"), anchor=False)
    documents = desk().workspace.documents(ANYONE, [base.id])
    if not any(document.askable for document in documents):
        nothing_yet.say(t("find.empty"))
        return
    if _FIELD not in st.session_state and (given := st.query_params.get(QUESTION)):
        st.session_state[_FIELD] = st.session_state[_ASKED] = given[:_LONGEST]
    st.fragment(_work, key="find")(base)


def leave() -> None:
    """Put the source away; another page is drawn next."""
    st.query_params.pop(QUESTION, None)
    _close_source()


def _close_source() -> None:
    opened = source_pane.shown()
    if opened is not None and opened.turn.startswith(_TURN):
        source_pane.close()


def _work(base: Base) -> None:
    """The question, the filters and what is found; only this is drawn again when a person changes anything."""
    documents = [document for document in desk().workspace.documents(ANYONE, [base.id]) if document.askable]
    with st.form("find-form", border=False), st.container(horizontal=True, vertical_alignment="bottom", key="find-bar"):
        st.text_input(
            t("find.question"),
            key=_FIELD,
            placeholder=t("find.placeholder"),
            persist_state="session",
        )
        st.form_submit_button(
            t("find.search"), type="primary", icon=":material/search:", key="find-do", on_click=_submitted
        )
    if (said := st.session_state.pop(_SAID, None)) is not None:  # a callback of a fragment may not draw
        st.toast(said[0], icon=said[1])
    with door():
        wish = find_filters.draw(base, documents)
        question = st.session_state.get(_ASKED, "")
        if not question:
            st.markdown(f":gray[{t('find.start')}]")
            return
        st.query_params[QUESTION] = question
        found = _searched(base, question, wish)
        _results(base, question, found)


def _submitted() -> None:
    _close_source()
    st.session_state[_ASKED] = st.session_state[_FIELD].strip()[:_LONGEST]
    st.session_state.pop(_RESULT, None)


def _searched(base: Base, question: str, wish: find_filters.Wish) -> _Found:
    """What the question finds: what was found before, as long as nothing else is wanted."""
    sign = repr((base.id, question, wish))
    known: _Found | None = st.session_state.get(_RESULT)
    if known is not None and known.sign == sign:
        return known
    _close_source()
    with st.spinner(t("find.searching")):
        started = time.perf_counter()
        with watching() as spent:
            sought = find_filters.search(base, question, wish)
        seconds = time.perf_counter() - started
    stages = {name: took.wall for name, took in spent.items()}
    found = _Found(sign, sought, seconds, stages, found_hits.citations(question, sought.hits))
    st.session_state[_RESULT] = found
    return found


def _results(base: Base, question: str, found: _Found) -> None:
    sought = found.sought
    for note in (*sought.notes, *([sought.problem] if sought.problem else [])):
        st.info(told(note), icon=":material/info:")
    summary = _summary(found)
    st.caption(plain(summary))
    if not sought.hits:
        st.markdown(t("find.nothing_found"))
        return
    turn = f"{_TURN}{abs(hash(found.sign)) % 10**12}"
    gold = desk().gold.evidence_for(ANYONE, base.id, question)
    looked = (st.session_state.get(_KEY) or {}).get("look") or {}
    best = max(hit.score for hit in sought.hits)
    hits = [
        found_hits.shown(cited, hit, question, best=best, gold=_is_gold(cited, gold))
        for cited, hit in zip(found.citations, sought.hits, strict=True)
    ]
    with st.container(horizontal=True, gap="medium", key="find-columns"):
        with st.container(key="find-part"):
            components.hits(
                {
                    "turn": turn,
                    "hits": hits,
                    "pictures": _pictures(found.citations, looked.get("ids") or ()),
                    "summary": summary,
                    "texts": _texts(),
                },
                key=_KEY,
                open=partial(_open, turn, found.citations),
                gold=partial(_gold, question, found.citations, gold),
                look=lambda: None,
            )
        opened = source_pane.shown()
        if opened is not None and opened.turn == turn:
            with st.container(key="find-source"):
                source_pane.draw()


def _summary(found: _Found) -> str:
    """``10 passages in 84 ms · words 20 ms · meaning 40 ms ...``."""
    parts = [t("find.took", found=counted("find.count", len(found.sought.hits)), ms=_ms(found.seconds))]
    stages = {**found.stages, **{name: took for name, took in found.sought.timings.items() if name != "search"}}
    stages["rest"] = max(0.0, found.seconds - sum(stages.values()))
    parts += [find_filters.stage(name, _ms(took)) for name, took in stages.items()]
    if found.sought.hits:
        parts.append(t("find.chance", percent=f"{found.sought.confidence:.0%}"))
    return " · ".join(parts)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f}"


def _texts() -> dict[str, str]:
    names = ("hits", "methods", "make_gold", "is_gold", "not_gold", "unfold", "fold", "speaks")
    return {name: t(f"find.{name}") for name in names}


def _wished(event: str, citations: Sequence[Citation]) -> Citation | None:
    number = (st.session_state[_KEY].get(event) or {}).get("n")
    return next((cited for cited in citations if cited.number == number), None)


def _open(turn: str, citations: Sequence[Citation]) -> None:
    cited = _wished("open", citations)
    if cited is not None:
        source_pane.show(turn, "hit", citations, cited.number)


def _places(cited: Citation) -> set[tuple[str, str]]:
    return {(cited.document.name, _label(place)) for place in areas(cited.places)}


def _label(place: Any) -> str:
    label: str = Page(place.number).label if isinstance(place, Page) else place.label
    return label


def _is_gold(cited: Citation, gold: dict[tuple[str, str], int]) -> bool:
    return _places(cited) <= gold.keys()


def _gold(question: str, citations: Sequence[Citation], gold: dict[tuple[str, str], int]) -> None:
    """Make the question with the place of this hit a gold one, or take the place back."""
    cited = _wished("gold", citations)
    if cited is None:
        return
    said = "find.unmarked" if _is_gold(cited, gold) else "find.marked"
    try:
        if _is_gold(cited, gold):
            desk().gold.unmark(ANYONE, cited.document, question, cited.places)
        else:
            desk().gold.mark(ANYONE, cited.document, question, cited.places, found_hits.kind_of(cited))
    except RagError as error:
        st.session_state[_SAID] = (told(error.note), ":material/error:")
    else:
        st.session_state[_SAID] = (t(said), ":material/star:")


def _pictures(citations: Sequence[Citation], wanted: Sequence[Any]) -> dict[str, Any]:
    """Small pictures of the pages of those hits that are in sight in the browser; it asks again for the others."""
    places: dict[int, tuple[Document, Page]] = {}
    for cited in citations:
        place = areas(cited.places)[0]
        if isinstance(place, Page) and cited.number in wanted:
            places[cited.number] = (cited.document, place)
    drawn = pictures().of((document.id, place.number) for document, place in places.values()) if places else {}
    return {
        str(number): boxed(drawn[document.id, place.number], place.box)
        for number, (document, place) in places.items()
        if (document.id, place.number) in drawn
    }
