"""What a person meets before there is a conversation: a place to drop files, what is being read, first questions."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from rag.entrypoints.ui.ask.request_form import problem
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import page as documents_page
from rag.entrypoints.ui.documents.document_list import awaited
from rag.entrypoints.ui.texts import language, plain, t
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.reading import ENDINGS
from rag.records import Document, Request

_QUESTIONS = 3


def welcome() -> None:
    """Nothing is there yet: one sentence, a drop zone, and a sample."""
    with st.container(key="ask-welcome", gap="medium"):
        st.space("medium")
        st.title(t("ask.welcome"), anchor=False)
        st.markdown(t("ask.welcome_about"))
        documents_page.drop_zone(bases.current())
        if samples():
            st.button(
                t("ask.sample"),
                icon=":material/auto_stories:",
                key="ask-sample",
                on_click=_add_samples,
                help=t("ask.sample_help"),
            )


def start(documents: list[Document], ask: Any) -> None:
    """Documents are there, and no question yet."""
    with st.container(key="ask-start", gap="small"):
        st.space("large")
        askable = [document for document in documents if document.askable]
        name = "start" if askable else "reading_first" if being_read(documents) else "nothing"
        st.title(t(f"ask.{name}"), anchor=False)
        st.markdown(t(f"ask.{name}_about", count=len(askable)))
        if name == "nothing":
            documents_page.drop_zone(bases.current())
        _not_searched([document for document in documents if not document.askable and not awaited(document)])
        for index, question in enumerate(showcase({document.name for document in askable})):
            st.button(
                question,
                key=f"ask-showcase-{index}",
                icon=":material/arrow_outward:",
                on_click=ask,
                args=(Request(question),),
            )


def _not_searched(documents: list[Document]) -> None:
    """Name those whose reading is over and gave no words; their page tells why."""
    if not documents:
        return
    text = t("ask.not_searched", name=plain(documents[0].name))
    if rest := len(documents) - 1:
        text += t("ask.reading_more", count=rest)
    there = st.Page(documents_page.page, url_path="documents")
    st.page_link(there, label=text, icon=":material/error:", help=t("ask.not_searched_help"))


@st.fragment(run_every=1.0)
def progress() -> None:
    """What is being read, page by page; the page is drawn anew when something has become askable or is done."""
    documents = desk().workspace.documents(ANYONE, [bases.current().id])
    busy = [document for document in documents if awaited(document)]
    sign = (len(busy), sum(document.askable for document in documents))
    before = st.session_state.get("ask_reading")
    st.session_state["ask_reading"] = sign
    if before is not None and before != sign:
        st.rerun()
    if not busy:
        return
    document = max(busy, key=lambda each: each.state != "waiting")
    known = document.state != "waiting" and document.total > 0
    where = "ask.reading_page" if document.kind == "pdf" else "ask.reading_sheet"
    text = t(
        where if known else "ask.reading_waits", name=plain(document.name), done=document.done, total=document.total
    )
    if len(busy) > 1:
        text += t("ask.reading_more", count=len(busy) - 1)
    st.progress(document.done / document.total if known else 0.0, text=text)


def being_read(documents: list[Document]) -> bool:
    """Whether some of *documents* cannot be asked in full yet."""
    return any(awaited(document) for document in documents)


def samples() -> list[Path]:
    """The sample documents."""
    folder = desk().settings.samples
    return sorted(path for ending in ENDINGS for path in folder.glob(f"*.{ending}"))


def showcase(names: set[str]) -> list[str]:
    """The questions that show best what there is to see in the samples among *names*; the visitor's language first."""
    path = desk().settings.samples / "questions.toml"
    if not path.exists():
        return []
    found = [each for each in _questions(path) if each.get("showcase") and each.get("document") in names]
    found.sort(key=lambda each: each.get("language") != language())
    return [str(each["question"]) for each in found[:_QUESTIONS]]


@cache
def _questions(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        given = tomllib.load(file)
    return next((value for value in given.values() if isinstance(value, list)), [])


def _add_samples() -> None:
    try:
        for path in samples():
            with path.open("rb") as file:
                desk().workspace.add(ANYONE, bases.current().id, path.name, file)
    except RagError as error:
        problem(error.note)
