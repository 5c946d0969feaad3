"""The filters of a question: chosen beside the bases, shown as chips that can be taken away, kept by conversation."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents.report_about import LANGUAGES, TYPES, type_name
from rag.entrypoints.ui.texts import plain, t, told
from rag.errors import BadPages, NoSuchConversation
from rag.library.members import ANYONE
from rag.records import Document, Selection, pages_in, pages_text

_CHOSEN = "ask_where"


def chosen(thread: int | None) -> Selection:
    """The filters of a conversation: those that were chosen last, else those of its last question."""
    kept: dict[int | None, Selection] = st.session_state.setdefault(_CHOSEN, {})
    if thread not in kept:
        kept[thread] = Selection() if thread is None else _asked_last(thread)
    return kept[thread]


def choose(thread: int | None, where: Selection) -> None:
    """Let *where* be the filters of a conversation."""
    st.session_state.setdefault(_CHOSEN, {})[thread] = where


def carry_over(thread: int) -> None:
    """The filters of a conversation that had no number yet are now those of *thread*."""
    kept: dict[int | None, Selection] = st.session_state.setdefault(_CHOSEN, {})
    if None in kept:
        kept[thread] = kept.pop(None)


def chips(thread: int | None) -> None:
    """Draw each filter; a click takes it away."""
    where = chosen(thread)
    for field in fields(where):
        for value in getattr(where, field.name):
            st.button(
                _name(field.name, value),
                icon=":material/close:",
                help=t("about.chip_about"),
                key=f"ask-chip-{field.name}-{value}",
                on_click=partial(_without, thread, field.name, value),
            )


def draw(where: Selection, documents: Sequence[Document], key: str) -> Selection:
    """The boxes to choose filters in; what is offered is what *documents* are about, and what is chosen already."""
    abouts = [document.about for document in documents]
    tags = _several("tags_only", [tag for about in abouts for tag in about.tags], where.tags, key, plain)
    years = _several("years", [about.year for about in abouts], where.years, key, str, newest_first=True)
    types = _several("types", [about.type for about in abouts], where.types, key, type_name, order=TYPES)
    names = [about.language for about in abouts]
    languages = _several("languages", names, where.languages, key, _language, order=LANGUAGES)
    text = st.text_input(
        t("about.pages"), pages_text(where.pages), placeholder=t("about.pages_example"), key=f"{key}-pages"
    )
    pages = where.pages
    try:
        pages = pages_in(text) if text.strip() else ()
    except ValueError:
        st.error(told(BadPages(text=text).note), icon=":material/error:")
    return Selection(tuple(tags), tuple(years), tuple(types), tuple(languages), pages)


def _several(
    name: str,
    there: Sequence[Any],
    chosen: Sequence[Any],
    key: str,
    shown: Callable[[Any], str],
    *,
    newest_first: bool = False,
    order: Sequence[Any] = (),
) -> list[Any]:
    """A box for one kind of filter; none where there is nothing to choose."""
    offered = sorted({each for each in there if each} | set(chosen), reverse=newest_first)
    if order:
        offered = [each for each in order if each in offered]
    if not offered:
        return []
    return st.multiselect(
        t(f"about.{name}"),
        offered,
        default=[each for each in chosen if each in offered],
        format_func=shown,
        placeholder=t("about.any"),
        key=f"{key}-{name}",
    )


def _name(field: str, value: Any) -> str:
    match field:
        case "types":
            return type_name(value)
        case "languages":
            return _language(value)
        case "pages":
            return t("about.pages_chip", pages=pages_text((value,)))
        case _:
            return plain(str(value))


def _language(code: str) -> str:
    return t(f"about.{code}") if code in LANGUAGES else plain(code)


def _without(thread: int | None, field: str, value: Any) -> None:
    where = chosen(thread)
    left = tuple(each for each in getattr(where, field) if each != value)
    choose(thread, replace(where, **{field: left}))


def _asked_last(thread: int) -> Selection:
    try:
        turns = desk().workspace.conversations.turns(ANYONE, thread)
    except NoSuchConversation:
        return Selection()
    return turns[-1].answer.request.where if turns else Selection()
