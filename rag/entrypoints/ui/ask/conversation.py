"""The conversation on the page: its turns, the answer that is being made, and the way to others."""

import logging
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from rag.asking.live import LiveAnswer
from rag.entrypoints.ui import components, source_pane
from rag.entrypoints.ui.ask import address, answer_view, figures, filters, result_view
from rag.entrypoints.ui.ask.request_form import chosen_bases, chosen_documents, problem
from rag.entrypoints.ui.ask.result_chart import chart_of
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.evaluate import gold_links
from rag.entrypoints.ui.models import page as models
from rag.entrypoints.ui.tables import page as tables
from rag.entrypoints.ui.tables import table_links
from rag.entrypoints.ui.texts import language, t, told
from rag.errors import NoSuchConversation, RagError
from rag.library.members import ANYONE
from rag.records import Answer, Citation, Computed, Finished, Found, Request, Turn

_log = logging.getLogger(__name__)
_LOOK = 0.2  # seconds between two looks at an answer on its way
_PATIENCE = 3.0
_AT_ONCE = 10  # turns that are drawn before earlier ones are wished for, and up to twice as many
_ASKED = "ask_asked"  # the conversation in which this visitor asked last: its newest turn is scrolled to
_FAILED = "ask_failed"
_WHOLE = "ask_whole"


def turn_to(thread: int | None) -> None:
    """Put another conversation on the page; ``None`` is a new one."""
    source_pane.close()
    _remember(thread)


def ask(request: Request) -> bool:
    """Ask in the conversation on the page; an answer that is still being made there is stopped and kept.

    ``False`` when it could not be asked, which the page says.
    """
    thread = address.current()
    request = replace(request, where=filters.chosen(thread))
    workspace = desk().workspace
    try:
        live = None if thread is None else workspace.live(ANYONE, thread)
        if live is not None:
            live.stop()
            live.wait(_PATIENCE)
        thread, _ = workspace.begin(ANYONE, thread, request, bases=chosen_bases(), documents=chosen_documents())
    except NoSuchConversation:
        _remember(None)
        return ask(request)
    except RagError as error:
        problem(error.note)
        return False
    st.session_state[_ASKED] = thread
    address.begun(thread)  # before anything is drawn: a reload may come at once
    st.session_state.pop(_FAILED, None)
    filters.carry_over(thread)
    _remember(thread)
    return True


def stop() -> None:
    """End the answer that is being made; what has come is kept."""
    live = on_its_way()
    if live is not None:
        live.stop()
        live.wait(_PATIENCE)


def on_its_way() -> LiveAnswer | None:
    """The answer that is being made in the conversation on the page."""
    thread = address.current()
    try:
        live = None if thread is None else desk().workspace.live(ANYONE, thread)
    except NoSuchConversation:
        return None
    if live is not None and live.over:
        _settle(live)
        return None
    return live


def draw(live: LiveAnswer | None) -> int:
    """Draw the turns of the conversation on the page, and tell how many there are, the one under way among them."""
    thread = address.current()
    if thread is None:
        return 0
    try:
        turns = desk().workspace.conversations.turns(ANYONE, thread)
    except NoSuchConversation as error:
        _remember(None)
        st.info(told(error.note), icon=":material/history:")
        return 0
    failure = st.session_state.get(_FAILED) if live is None else None
    earlier = _left_out(thread, len(turns) + (live is not None))
    for index, turn in enumerate(turns[earlier:], start=earlier):
        last = live is None and failure is None and index == len(turns) - 1
        with st.container():  # as around a fragment: an answer that has come stays the part of the page that it was
            _kept(turn, f"{thread}-{index}", last=last)
    name = f"{thread}-{len(turns)}"
    if live is not None:
        st.fragment(_under_way, run_every=_LOOK)(thread, name)
    elif failure is not None:
        request, note = failure
        _turn(answer_view.failed(request, note, name), name, (), (), request, None)
    return len(turns) + (live is not None or failure is not None)


def _left_out(thread: int, turns: int) -> int:
    """How many of the first *turns* of a long conversation are not drawn until they are wished for: each click would
    draw them anew. They become more by tens, so that the page seldom moves.
    """
    earlier = max(0, turns // _AT_ONCE - 1) * _AT_ONCE
    if not earlier or st.session_state.get(_WHOLE) == thread:
        return 0
    with st.container(horizontal_alignment="center"):
        st.button(
            t("ask.whole", count=earlier),
            icon=":material/expand_less:",
            type="tertiary",
            key="ask-whole",
            on_click=partial(st.session_state.__setitem__, _WHOLE, thread),
        )
    return earlier


def settle_source() -> None:
    """Put a source away that another page or conversation opened; open the one that the address names."""
    thread = address.current()
    shown = source_pane.shown()
    if shown is not None and not shown.turn.startswith(f"{thread}-"):
        source_pane.close()
    elif shown is None and thread is not None and (named := st.query_params.get(source_pane.ADDRESS)):
        _open_again(thread, named)


def drawn_again(live: LiveAnswer | None) -> str:
    """What is drawn again when a source is opened or put away: all of the page while an answer is on its way, since
    Streamlit may lose one part of it to the ticks of another.
    """
    return source_pane.PART if live is None else "app"


def _open_again(thread: int, named: str) -> None:
    """Open the source that the address names: ``0.citation.2`` is citation 2 of the first turn."""
    index, kind, number = [*named.split("."), "", ""][:3]
    try:
        answer = desk().workspace.conversations.turns(ANYONE, thread)[int(index)].answer
        citations = answer.citations if kind == "citation" else answer.evidence
        source_pane.show(f"{thread}-{int(index)}", kind, citations, int(number), answer.request.need)
    except (NoSuchConversation, ValueError, IndexError):
        source_pane.close()


def _under_way(thread: int, name: str) -> None:
    """Looks on; this part of the page alone is drawn again, so that the rest can be used meanwhile."""
    try:
        live = desk().workspace.live(ANYONE, thread)
    except NoSuchConversation:  # deleted in another tab
        live = None
    if live is None:
        st.rerun()
    over, events = live.over, live.so_far()
    evidence: tuple[Citation, ...] = ()
    cited: tuple[Citation, ...] = ()
    computed: Computed | None = None
    for _, event in events:
        match event:
            case Found(found, computed=result):
                evidence, cited, computed = found, found, result
            case Finished(answer):
                cited, computed = answer.citations, answer.computed
    model = desk().workspace.model(ANYONE).server != "none"
    view = answer_view.under_way(live.request, events, live.seconds, name, model=model) | {"asked": True}
    _turn(view, name, evidence, cited, live.request, None, computed)
    if over:
        _settle(live)
        st.rerun()


def _settle(live: LiveAnswer) -> None:
    """Remember why an answer that is over never came."""
    if live.answer is not None:
        return
    try:
        for _ in live.events():
            pass
    except RagError as error:
        st.session_state[_FAILED] = (live.request, error.note)
    except Exception:  # noqa: BLE001 - a fault of ours: the question stays on the page, the log has the whole story
        _log.exception("a question came to no answer")
        st.session_state[_FAILED] = (live.request, RagError().note)


def _kept(turn: Turn, name: str, *, last: bool) -> None:
    answer = turn.answer
    asked = last and st.session_state.get(_ASKED) == turn.conversation
    view = answer_view.kept(answer, name, last=last)
    view |= {"figures": figures.view(answer, name, last=last), "asked": asked}
    _turn(view, name, answer.evidence, answer.citations, answer.request, answer, answer.computed)


def _turn(
    view: dict[str, Any],
    name: str,
    evidence: tuple[Citation, ...],
    cited: tuple[Citation, ...],
    request: Request,
    answer: Answer | None,
    computed: Computed | None = None,
) -> None:
    """Draw a turn; the chart of what was *computed* stands between what is said and its table."""
    chart = None if computed is None else chart_of(computed, language())
    if computed is None or chart is None:
        _part(view, name, name, evidence, cited, request, answer)
    else:
        above, below = answer_view.around_chart(view)
        _part(above, name, name, evidence, cited, request, answer)
        result_view.draw_chart(computed, chart, name)
        _part(below, name, f"{name}-below", evidence, cited, request, answer)
    if computed is not None:
        result_view.draw_query(computed, name)


def _part(
    view: dict[str, Any],
    name: str,
    part: str,
    evidence: tuple[Citation, ...],
    cited: tuple[Citation, ...],
    request: Request,
    answer: Answer | None,
) -> None:
    key = f"turn-{part}"
    components.turn(
        view,
        key=key,
        open=partial(_open, key, name, evidence, cited, answer, request.need),
        retry=partial(ask, request),
        prompt=partial(_wish, "ask_prompt", answer),
        models=partial(_wish, "ask_models", value=True),
        figures=partial(_show_figures, name),
        gold=partial(_wish, "ask_gold", answer),
    )


def _open(
    key: str,
    name: str,
    evidence: tuple[Citation, ...],
    cited: tuple[Citation, ...],
    answer: Answer | None,
    question: str,
) -> None:
    wish = st.session_state[key].get("open")
    if not wish:
        return
    match wish["kind"]:
        case "figure" if answer is not None:
            source_pane.show(name, "figure", figures.citations(answer), int(wish["n"]))
        case "citation":
            source_pane.show(name, "citation", cited, int(wish["n"]), question)
        case _:
            source_pane.show(name, "evidence", evidence, int(wish["n"]), question)
    st.rerun(drawn_again(on_its_way()))


def _show_figures(name: str) -> None:
    figures.wish(name)
    st.rerun()


def _wish(name: str, value: Any) -> None:
    st.session_state[name] = value
    st.rerun()


def wishes() -> None:
    """Do what a turn was asked for that leaves the conversation: show its prompt, save it as gold, go to the models."""
    if st.session_state.pop("ask_models", False):
        st.switch_page(st.Page(models.page, url_path="models"))
    if (table := table_links.wished()) is not None:
        st.switch_page(st.Page(tables.page, url_path="tables"), query_params={tables.OPEN: str(table)})
    gold_links.say_what_was_done()
    saved: Answer | None = st.session_state.pop("ask_gold", None)
    if saved is not None:
        gold_links.save(saved)
    answer: Answer | None = st.session_state.pop("ask_prompt", None)
    if answer is not None and answer.prompt is not None:
        _show_prompt(answer)


def _show_prompt(answer: Answer) -> None:
    prompt = answer.prompt
    assert prompt is not None  # noqa: S101 - the caller has seen it

    @st.dialog(t("answer.prompt_title"), width="large")
    def dialog() -> None:
        st.caption(t("answer.prompt_about", tokens=prompt.tokens, model=answer.model))
        st.code(prompt.text, language=None, wrap_lines=True, height=520)

    dialog()


def _remember(number: int | None) -> None:
    address.remember(number)
    if number is None:
        st.session_state.pop(_FAILED, None)
