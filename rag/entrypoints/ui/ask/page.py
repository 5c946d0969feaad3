"""The Ask page: the conversation in the middle, the question at the foot, the source at the right hand."""

import streamlit as st

from rag.entrypoints.ui import source_pane
from rag.entrypoints.ui.ask import address, conversation, conversation_list, first_visit, request_form
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import uploads
from rag.library.members import ANYONE

_WIDE = 760  # pixels, that a line is read with ease
_LAYOUT = """<style>
.st-key-ask-desk, .st-key-ask-foot, .st-key-ask-reading, .st-key-ask-waits {
  width: 100%; max-width: 760px; margin-inline: auto;
}
.st-key-ask-earlier button, .st-key-ask-earlier button > div { justify-content: flex-start; text-align: start; }
[class*="st-key-ask-showcase-"] button { text-align: start; }
[class*="st-key-ask-earlier-"] { flex-wrap: nowrap; }
[class*="st-key-ask-earlier-"] > :first-child { min-width: 0; }
:has(> .st-key-ask-others) {
  position: sticky; z-index: 5; top: 0; padding-block: 0.15rem; background: light-dark(#fff, #141817); }
@media (max-width: 768px) { :has(> .st-key-ask-others) { top: 3.75rem; } }
.st-key-ask-chips { min-height: 2.25rem; }
body:has(.st-key-source-view) {
  --source: clamp(24rem, 38vw, 62rem);
  .st-key-ask-source {
    position: fixed; z-index: 999991; inset: 0 0 0 auto; width: var(--source); box-sizing: border-box; gap: 0.1rem;
    padding: 0.25rem 1rem 0.25rem 1.1rem; border-left: 1px solid rgb(128 128 128 / 25%);
    --pane-height: calc(100dvh - 3.4rem);
  }
  .st-key-ask-source > :first-child { min-height: var(--pane-height); }
  @media (min-width: 1101px) {
    :has(> .st-key-ask-desk) { width: 100%; max-width: none; }
    .st-key-ask-desk, .st-key-ask-foot, .st-key-ask-reading {
      --left: calc(100% + clamp(1rem, 4vw, 4rem) - var(--source) - 1.5rem);
      width: var(--left); margin-inline: max(0px, (var(--left) - 760px) / 2) auto;
    }
  }
  @media (max-width: 1100px) { .st-key-ask-source { width: min(100%, 40rem); box-shadow: 0 0 40px rgb(0 0 0 / 25%); } }
  @media (max-width: 700px) { .st-key-ask-source { width: 100%; border: 0; padding-inline: 0.75rem; } }
}
</style>"""


def page() -> None:
    """Draw the page."""
    workspace = desk().workspace
    found = workspace.documents(ANYONE, request_form.chosen_bases())
    address.settle()
    request_form.ask_what_waited(conversation.ask)
    live = conversation.on_its_way()
    conversation.wishes()
    conversation.settle_source()
    st.html(_LAYOUT)
    # Streamlit centres it by itself: rules come to the browser after the first words.
    with st.container(horizontal_alignment="center"), st.container(key="ask-desk", width=_WIDE):
        conversation_list.draw()
        request_form.draw_problems()
        uploads.draw()
        beginning = st.empty()  # gone as soon as a question is there, not when its page is drawn to the end
        drawn = conversation.draw(live)
        if not drawn:
            with beginning.container():
                first_visit.start(found, conversation.ask) if found else first_visit.welcome()
    if first_visit.being_read(found):
        with st.bottom, st.container(key="ask-reading"):
            first_visit.progress()
    if found or drawn:
        busy = live is not None
        request_form.draw(
            found, address.current(), answers=drawn - busy, busy=busy, ask=conversation.ask, stop=conversation.stop
        )
    with st.container(key="ask-source"):
        source_pane.draw(conversation.drawn_again(live))
