"""The Evaluate page: the gold questions of a base, runs over them, what got better and worse, and where it stands."""

import streamlit as st

from rag.entrypoints.ui import source_pane
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.evaluate import gold_list, run_bar, run_view
from rag.entrypoints.ui.texts import t
from rag.library.members import ANYONE
from rag.records import Base

_PART = "evaluate-part"
_LAYOUT = """
.st-key-evaluate-bar [data-testid="InputInstructions"] { display: none; }
.st-key-evaluate-top { min-height: 4.25rem; justify-content: flex-end; }
@media (min-width: 901px) { .st-key-evaluate-top { height: 4.5rem; overflow: hidden; } }"""


def page() -> None:
    """Draw the page."""
    base = bases.current()
    st.html(f"<style>{_LAYOUT}{source_pane.beside_a_list('evaluate', 'list')}</style>")
    st.title(t("evaluate.title"), anchor=False)
    gold_list.dialogs(base)
    with door():
        questions = desk().gold.questions(ANYONE, base.id)
        if questions or run_bar.running(base) is not None:
            with st.container(key="evaluate-top"):
                run_bar.draw(base, count=len(questions))
        st.fragment(_work, key="evaluate")(base)


def leave() -> None:
    """Put away what is open; another page is drawn next."""
    gold_list.leave()


def _work(base: Base) -> None:
    """The questions or the runs; only this is drawn again when a person looks at another part of it."""
    gold_list.say_what_was_done()
    with door():
        part = st.segmented_control(
            t("evaluate.part"),
            ["questions", "runs"],
            default="questions",
            required=True,
            format_func=lambda name: t(f"evaluate.part_{name}"),
            key=_PART,
            label_visibility="collapsed",
            persist_state="session",
        )
        with st.container(horizontal=True, gap="medium", key="evaluate-columns"):
            with st.container(key="evaluate-list"):
                if part == "runs":
                    run_view.draw(base)
                else:
                    gold_list.draw(base)
            if gold_list.source_is_open():
                with st.container(key="evaluate-source"):
                    source_pane.draw()
