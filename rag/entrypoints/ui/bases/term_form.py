"""The dialogs of a base's own terms: one made or set right, a file of them taken in, some removed."""

from collections.abc import Callable, Sequence

import streamlit as st

from rag.entrypoints.term_files import merged, read_terms
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import uploader_words
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import counted, listed, plain, t
from rag.library.glossaries import checked
from rag.library.members import ANYONE
from rag.records import Base, Term, lines_in, names_in

_SHOWN = 8  # bad lines
_LARGEST = 5  # MB

Done = Callable[[str], None]


def edit(base: Base, old: Term | None, done: Done) -> None:
    """Make a term, or set the *old* one right."""
    with st.form("term-form", border=False):
        names = st.text_area(
            t("base.names"),
            ", ".join(old.names) if old else "",
            height=80,
            placeholder=t("base.names_example"),
            help=t("base.names_about"),
            key="term-names",
        )
        seek = st.text_area(
            t("base.seek"),
            "\n".join(old.seek) if old else "",
            height=120,
            placeholder=t("base.seek_example"),
            help=t("base.seek_about"),
            key="term-seek",
        )
        wanted = st.form_submit_button(t("base.keep"), type="primary", key="term-keep")
    if wanted:
        with door():
            new = checked(Term(names_in(names), lines_in(seek)))
            terms = desk().workspace.glossary(ANYONE, base.id)
            if old in terms:
                place = terms.index(old)
                terms = (*terms[:place], new, *terms[place + 1 :])
            else:
                terms = (*terms, new)
            desk().workspace.set_terms(ANYONE, base.id, terms)
            done(t("base.changed" if old else "base.added"))


def remove(base: Base, chosen: Sequence[Term], done: Done) -> None:
    """Ask before terms go."""
    st.markdown(listed(chosen, lambda term: plain(", ".join(term.names)), _SHOWN))
    st.markdown(t("base.remove_about"))
    if st.button(t("base.remove"), type="primary", icon=":material/delete:", key="term-remove-do"):
        with door():
            left = [term for term in desk().workspace.glossary(ANYONE, base.id) if term not in chosen]
            desk().workspace.set_terms(ANYONE, base.id, left)
            done(counted("base.removed", len(chosen)))


def take_in(base: Base, done: Done) -> None:
    """Take terms from a file; its bad lines are named, and the others are taken."""
    st.markdown(t("base.import_about"))
    with uploader_words.container("term-drop", _LARGEST):
        file = st.file_uploader(
            t("base.file"), type=["txt", "csv", "tsv", "json"], key="term-file", max_upload_size=_LARGEST
        )
    if file is None or not st.button(t("base.import_do"), type="primary", key="term-import-do"):
        return
    with door():
        taken = read_terms(file.name, file.getvalue())
        terms, stood_in = merged(desk().workspace.glossary(ANYONE, base.id), taken.terms)
        desk().workspace.set_terms(ANYONE, base.id, terms)
        said = counted("base.imported", len(taken.terms))
        if stood_in:
            said += counted("base.stood_in", stood_in)
        if not taken.bad:
            done(said)
        st.success(said, icon=":material/check:")
        st.warning(counted("base.bad", len(taken.bad)), icon=":material/warning:")
        st.markdown(listed(taken.bad, lambda bad: t("base.bad_line", number=bad[0], text=plain(bad[1])), _SHOWN))
