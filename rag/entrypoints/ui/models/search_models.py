"""What else models may do for the search, on the Models page: read its first hits again, put questions otherwise."""

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import plain, t
from rag.library.members import ANYONE
from rag.records import RerankerChoice

_WAYS = ("off", "local", "server")
_TOLD = "reranker_told"


def draw() -> None:
    """Draw both choices."""
    st.header(t("models.search"), anchor=False)
    workspace = desk().workspace
    rewrites = st.toggle(
        t("models.rewriting"), workspace.rewrites(ANYONE), key="rewriting", help=t("models.rewriting_help")
    )
    if rewrites != workspace.rewrites(ANYONE):
        workspace.choose_rewriting(ANYONE, rewrites)
    chosen = workspace.reranker(ANYONE)
    if (told := st.session_state.pop(_TOLD, None)) is not None:
        st.toast(told, icon=":material/check:")
    way = st.segmented_control(
        t("models.reranker"),
        _WAYS,
        default=chosen.kind if chosen.kind in _WAYS else "off",
        required=True,
        format_func=lambda name: t(f"models.reranker_{name}"),
        key="reranker-way",
        help=t("models.reranker_help"),
        persist_state="session",
    )
    match way:
        case "local":
            _local(chosen)
        case "server":
            _server(chosen)
        case _ if chosen.kind != "off":
            if st.button(t("models.reranker_stop"), key="reranker-stop"):
                _choose(RerankerChoice(), t("models.reranker_chosen_off"))
    if chosen.kind != "off":
        st.caption(t("models.reranker_now", name=plain(chosen.name or chosen.url), count=desk().settings.reranked))


def _local(chosen: RerankerChoice) -> None:
    with st.form("reranker-local", border=True):
        name = st.text_input(
            t("models.reranker_name"),
            chosen.name if chosen.kind == "local" else "",
            key="reranker-name",
            placeholder="BAAI/bge-reranker-v2-m3",
            help=t("models.reranker_name_help"),
        ).strip()
        if st.form_submit_button(t("models.use"), key="reranker-use-local") and name:
            _choose(RerankerChoice("local", name), t("models.reranker_chosen", name=plain(name)))


def _server(chosen: RerankerChoice) -> None:
    known = chosen if chosen.kind == "server" else RerankerChoice()
    turn = st.session_state.setdefault("reranker_turn", 0)
    with st.form("reranker-server", border=True):
        url = st.text_input(
            t("models.address"),
            known.url,
            key="reranker-url",
            placeholder="http://127.0.0.1:8000",
            help=t("models.reranker_url_help"),
        ).strip()
        name = st.text_input(t("models.reranker_model"), known.name, key="reranker-model").strip()
        typed = st.text_input(
            t("models.key"),
            type="password",
            key=f"reranker-key-{turn}",
            placeholder=t("models.key_kept" if known.key and known.url == url else "models.key_none"),
            autocomplete="off",
        ).strip()
        if st.form_submit_button(t("models.use"), key="reranker-use-server") and url:
            key = typed or (known.key if known.url == url else "")  # no other server is ever sent it
            st.session_state["reranker_turn"] = turn + 1  # a new, empty field: the key is never shown again
            _choose(RerankerChoice("server", name, url, key), t("models.reranker_chosen", name=plain(name or url)))


def _choose(choice: RerankerChoice, told: str) -> None:
    """Let *choice* read hits again once it was tried, and say so at the next drawing."""
    with door(), st.spinner(t("models.reranker_trying")):
        desk().workspace.choose_reranker(ANYONE, choice)
        st.session_state[_TOLD] = told
        st.rerun()
