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
# The page keeps its place beside a long list; where there is no room beside it, it lies over it.
_LAYOUT = """<style>
.st-key-evaluate-bar [data-testid="InputInstructions"] { display: none; }
.st-key-evaluate-top { min-height: 4.25rem; justify-content: flex-end; }
@media (min-width: 901px) { .st-key-evaluate-top { height: 4.5rem; overflow: hidden; } }
.st-key-evaluate-columns { flex-wrap: nowrap; align-items: flex-start; }
.st-key-evaluate-columns > * { min-width: 0; }
.st-key-evaluate-columns > :is(.st-key-evaluate-list, :has(> .st-key-evaluate-list)) { flex: 5 1 0; }
.st-key-evaluate-columns > :is(.st-key-evaluate-source, :has(> .st-key-evaluate-source)) {
  --pane-height: calc(100dvh - 8.5rem); flex: 4 1 0; position: sticky; top: 4rem; }
@media (max-width: 900px) {
  .st-key-evaluate-columns > :is(.st-key-evaluate-source, :has(> .st-key-evaluate-source)) {
    --pane-height: calc(100dvh - 3.4rem); position: fixed; z-index: 999991; inset: 0; }
  .st-key-evaluate-source { height: 100%; padding: 0.25rem 0.75rem; gap: 0.1rem; }
}
</style>"""


def page() -> None:
    """Draw the page."""
    base = bases.current()
    st.html(_LAYOUT)
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
