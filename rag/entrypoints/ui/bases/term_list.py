"""The terms of a base's own glossary as a list: searched, made, set right, removed, taken in and given out."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from rag.entrypoints.term_files import term_csv, term_lines
from rag.entrypoints.ui import listing
from rag.entrypoints.ui.bases import term_form
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.listing import Action, Column
from rag.entrypoints.ui.texts import counted, t
from rag.entrypoints.ui.wishes import Taken, Wishes, export
from rag.library.members import ANYONE
from rag.records import Base, Term

KEY = "term-list"
_WISHES = Wishes("terms")


def draw(base: Base) -> None:
    """Draw the list and what can be done with it."""
    _WISHES.say_what_was_done()
    terms = desk().workspace.glossary(ANYONE, base.id)
    st.markdown(t("base.terms_about"))
    with st.container(horizontal=True, vertical_alignment="center", key="term-bar"):
        st.button(t("base.add"), icon=":material/add:", key="term-add", on_click=_WISHES.wish, args=("add",))
        st.button(
            t("base.import"), icon=":material/upload:", key="term-import", on_click=_WISHES.wish, args=("import",)
        )
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
    verb, terms = _WISHES.now()
    put_away = _WISHES.put_away
    match verb:
        case "add":
            st.dialog(t("base.add"), on_dismiss=put_away)(term_form.edit)(base, None, _WISHES.done)
        case "edit":
            st.dialog(t("base.edit"), on_dismiss=put_away)(term_form.edit)(base, terms[0], _WISHES.done)
        case "import":
            st.dialog(t("base.import"), on_dismiss=put_away, width="medium")(term_form.take_in)(base, _WISHES.done)
        case "remove":
            title = counted("base.remove_sure", len(terms))
            st.dialog(title, on_dismiss=put_away)(term_form.remove)(base, terms, _WISHES.done)


def leave() -> None:
    """Put away what is open; another page is drawn next."""
    _WISHES.put_away()


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
        _WISHES.wish(verb, chosen)


def _export(base: Base, terms: Sequence[Term]) -> None:
    def name(ending: str) -> str:
        return t("base.file_name", base=base.name, ending=ending)

    files = [
        Taken(t("base.as_txt"), name("txt"), "text/plain", lambda: term_lines(terms)),
        Taken(t("base.as_csv"), name("csv"), "text/csv", lambda: term_csv(terms)),
    ]
    export(t("base.export"), files, key="term-export")
