"""The terms of a base's own glossary as a list: searched, made, set right, removed, taken in and given out."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from rag.entrypoints.term_files import term_csv, term_lines
from rag.entrypoints.ui import listing, term_form
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.listing import Action, Column
from rag.entrypoints.ui.texts import counted, t
from rag.library.members import ANYONE
from rag.records import Base, Term

KEY = "term-list"
_WISH, _SAID = "terms_wish", "terms_said"


def draw(base: Base) -> None:
    """Draw the list and what can be done with it."""
    if (said := st.session_state.pop(_SAID, None)) is not None:
        st.toast(said, icon=":material/check:")
    terms = desk().workspace.glossary(ANYONE, base.id)
    st.markdown(t("base.terms_about"))
    with st.container(horizontal=True, vertical_alignment="center", key="term-bar"):
        st.button(t("base.add"), icon=":material/add:", key="term-add", on_click=_wish, args=("add", ()))
        st.button(t("base.import"), icon=":material/upload:", key="term-import", on_click=_wish, args=("import", ()))
        if terms:
            _export(base, terms)
    if not terms:
        st.markdown(f":gray[{t('base.no_terms')}]")
        return
    view = listing.view_of(KEY, [])
    found = [(number, term) for number, term in enumerate(terms) if _is_wanted(term, view)]
    with st.container(key="terms"):
        listing.draw(
            KEY,
            "terms",
            found,
            view,
            shown=_shown,
            columns=[Column("names", t("base.names"), main=True), Column("seek", t("base.seek"))],
            selects=[],
            summary=_summary(len(terms), len(found)),
            words={"filter": t("base.filter"), "nothing": t("base.nothing_found")},
            acted=lambda verb, numbers: _acted(terms, verb, numbers),
            actions=[Action("edit", t("base.edit"), "edit"), Action("remove", t("base.remove"), "trash")],
            bulk=[Action("remove", t("base.remove"))],
        )


def dialogs(base: Base) -> None:
    """Draw the dialog that was wished for; it stays when the page is drawn again meanwhile."""
    verb, terms = st.session_state.get(_WISH, ("", ()))
    match verb:
        case "add":
            st.dialog(t("base.add"), on_dismiss=_put_away)(term_form.edit)(base, None, _done)
        case "edit":
            st.dialog(t("base.edit"), on_dismiss=_put_away)(term_form.edit)(base, terms[0], _done)
        case "import":
            st.dialog(t("base.import"), on_dismiss=_put_away, width="medium")(term_form.take_in)(base, _done)
        case "remove":
            title = counted("base.remove_sure", len(terms))
            st.dialog(title, on_dismiss=_put_away)(term_form.remove)(base, terms, _done)


def leave() -> None:
    """Put away what is open; another page is drawn next."""
    _put_away()


def _shown(numbered: tuple[int, Term]) -> dict[str, Any]:
    number, term = numbered
    name = ", ".join(term.names)
    cells = {"names": {"text": name, "act": "edit"}, "seek": {"text": "; ".join(term.seek)}}
    return {"id": number, "name": name, "cells": cells}


def _is_wanted(term: Term, view: listing.View) -> bool:
    text = " ".join((*term.names, *term.seek)).casefold()
    return all(word in text for word in view.text.casefold().split())


def _summary(count: int, found: int) -> str:
    if found < count:
        return t("base.count_found", found=found, count=count)
    return counted("base.count", count)


def _acted(terms: Sequence[Term], verb: str, numbers: Sequence[int]) -> None:
    """What was wished for in the list as it was drawn: by the terms, not by where they stood."""
    if chosen := tuple(terms[number] for number in numbers if 0 <= number < len(terms)):
        _wish(verb, chosen)


def _wish(verb: str, terms: Sequence[Term]) -> None:
    st.session_state[_WISH] = (verb, terms)


def _put_away() -> None:
    st.session_state.pop(_WISH, None)


def _done(said: str) -> None:
    """A dialog has done what it is for."""
    _put_away()
    st.session_state[_SAID] = said
    st.rerun()


def _export(base: Base, terms: Sequence[Term]) -> None:
    kinds: dict[str, Callable[[], bytes]] = {"txt": lambda: term_lines(terms), "csv": lambda: term_csv(terms)}
    with st.popover(t("base.export"), icon=":material/download:", key="term-export"):
        for ending, made in kinds.items():
            st.download_button(
                t(f"base.as_{ending}"),
                data=made,
                file_name=t("base.file_name", base=base.name, ending=ending),
                mime="text/csv" if ending == "csv" else "text/plain",
                on_click="ignore",
                type="tertiary",
                key=f"term-export-{ending}",
            )
