"""The Models page: which model answers, and choosing another: of Ollama, of any OpenAI-compatible server, or none."""

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.models import model_downloads, search_models
from rag.entrypoints.ui.texts import plain, t, told
from rag.errors import LLMUnavailable, RagError
from rag.library.members import ANYONE
from rag.records import ModelChoice, ModelInfo

_WAYS = ("ollama", "openai", "none")
_TOLD = "models_told"
_DRAFT = "models_draft"  # the server that was connected to, with its key; never the value of a widget


def page() -> None:
    """Draw the page."""
    st.title(t("models.title"), anchor=False)
    with st.container(width=760):
        _now()
        if (told_now := st.session_state.pop(_TOLD, None)) is not None:
            st.toast(told_now, icon=":material/check:")
        chosen = desk().workspace.model(ANYONE)
        way = st.segmented_control(
            t("models.way"),
            _WAYS,
            default=chosen.server if chosen.server in _WAYS else "ollama",
            required=True,
            format_func=lambda name: t(f"models.way_{name}"),
            key="model-way",
            persist_state="session",
        )
        match way:
            case "openai":
                _openai(chosen)
            case "none":
                _none(chosen)
            case _:
                _ollama(chosen)
        search_models.draw()


def _now() -> None:
    """The model that answers now, and where."""
    with st.spinner(t("models.looking")):
        status = desk().watch.status(patience=5.0)
    if status is None:
        st.info(t("models.looking"), icon=":material/pending:")
        return
    choice = status.choice
    details = {"name": plain(choice.name), "url": plain(choice.url)}
    match status.state:
        case "answers" if choice.server == "scripted":
            st.success(t("models.now_scripted"), icon=":material/check_circle:")
        case "answers":
            st.success(t("models.now_answers", **details), icon=":material/check_circle:")
        case "missing" if choice.name:
            st.warning(t("models.now_missing", **details), icon=":material/error:")
        case "silent" if choice.name and status.problem is not None:
            if status.problem.code == "LLMUnavailable":
                st.warning(t("models.now_silent", **details), icon=":material/error:")
            else:
                st.warning(f"{told(status.problem)}\n\n{t('models.now_refused', **details)}", icon=":material/error:")
        case _:
            st.info(t("models.now_none"), icon=":material/info:")


def _choose(choice: ModelChoice) -> None:
    """Let *choice* answer from now on, and say so at the next drawing."""
    desk().workspace.choose_model(ANYONE, choice)
    desk().watch.forget()
    name = plain(choice.name)
    st.session_state[_TOLD] = t("models.chosen", name=name) if name else t("models.chosen_none")
    st.session_state.pop(_DRAFT, None)
    st.rerun()


# ── Ollama ──


def _ollama(chosen: ModelChoice) -> None:
    url = chosen.url if chosen.server == "ollama" and chosen.url else desk().settings.ollama_url
    choice = ModelChoice("ollama", url=url)
    found: list[ModelInfo] | None = None
    try:
        with st.spinner(t("models.looking")):
            server = desk().workspace.server(choice)
            found = server.models() if server else []
    except LLMUnavailable:
        _not_running(url)
    except RagError as error:
        st.error(told(error.note), icon=":material/error:")
    if found is not None:
        _list(found, chosen, url)
        model_downloads.draw(choice, {model.name for model in found})
    with st.expander(t("models.other_address"), icon=":material/lan:"):
        _ollama_address(url)


def _not_running(url: str) -> None:
    with st.container(border=True, key="ollama-silent"):
        st.markdown(f"**{t('models.ollama_silent')}**")
        st.markdown(t("models.ollama_start", url=plain(url)))
        st.code("ollama serve\nollama pull deepseek-r1:1.5b", language="bash")
        st.button(t("models.look_again"), icon=":material/refresh:", key="ollama-again", on_click=desk().watch.forget)
    model_downloads.advice()


def _list(found: list[ModelInfo], chosen: ModelChoice, url: str) -> None:
    """The models that Ollama has; one of them can be chosen."""
    st.header(t("models.on_server"), anchor=False)
    if not found:
        st.markdown(t("models.ollama_empty"))
        return
    with st.container(border=True, gap=None, key="ollama-models"):
        for number, model in enumerate(found):
            with st.container(horizontal=True, vertical_alignment="center", key=f"ollama-model-{number}"):
                with st.container(gap=None, width="stretch"):
                    st.text(model.name)
                    st.caption(plain(" · ".join(filter(None, (model.parameters, model_downloads.size(model.size))))))
                if chosen.server == "ollama" and model.name in {chosen.name, f"{chosen.name}:latest"}:
                    st.markdown(f":primary[:material/check: {t('models.in_use')}]", width="content")
                elif st.button(t("models.use"), key=f"use-{number}"):
                    with door():
                        _choose(ModelChoice("ollama", model.name, url))


def _ollama_address(url: str) -> None:
    with st.form("ollama-address", border=False):
        typed = st.text_input(t("models.address"), url, key=f"ollama-url-{url}", help=t("models.ollama_address_help"))
        if st.form_submit_button(t("models.look_there"), key="ollama-look"):
            with door(), st.spinner(t("models.looking")):
                server = desk().workspace.server(ModelChoice("ollama", url=typed))
                names = [model.name for model in server.models()] if server else []
                _choose(ModelChoice("ollama", names[0] if names else "", typed.strip()))


# ── Any OpenAI-compatible server ──


def _openai(chosen: ModelChoice) -> None:
    known = chosen if chosen.server == "openai" else None
    st.markdown(t("models.openai_about"))
    settings = desk().settings
    turn = st.session_state.setdefault("openai_turn", 0)
    with st.form("openai-server", border=True):
        url = st.text_input(
            t("models.address"),
            known.url if known else settings.openai_url,
            key="openai-url",
            placeholder="http://127.0.0.1:8000/v1",
            help=t("models.openai_address_help"),
        )
        key = st.text_input(
            t("models.key"),
            type="password",
            key=f"openai-key-{turn}",
            placeholder=t("models.key_kept" if _kept_key(chosen, url) else "models.key_none"),
            help=t("models.key_help"),
            autocomplete="off",
        )
        if st.form_submit_button(t("models.connect"), type="primary", key="openai-connect"):
            with door(), st.spinner(t("models.looking")):
                st.session_state.pop(_DRAFT, None)
                draft = ModelChoice("openai", url=url.strip(), key=key.strip() or _kept_key(chosen, url))
                server = desk().workspace.server(draft)
                names = [model.name for model in server.models()] if server else []
                st.session_state[_DRAFT] = (draft, names)
                st.session_state["openai_turn"] = turn + 1  # a new, empty field: the key is never shown again
                st.rerun()
    if _DRAFT in st.session_state:
        _openai_model(*st.session_state[_DRAFT])
    elif known and known.name:
        st.markdown(t("models.openai_now", name=plain(known.name), url=plain(known.url)))


def _openai_model(draft: ModelChoice, names: list[str]) -> None:
    st.success(t("models.connected", url=plain(draft.url), count=len(names)), icon=":material/check_circle:")
    name = st.selectbox(
        t("models.model"),
        names,
        index=0 if names else None,
        accept_new_options=True,
        placeholder=t("models.type_name"),
        key="openai-model",
    )
    if st.button(t("models.use"), type="primary", disabled=not name, key="openai-use"):
        with door():
            _choose(ModelChoice("openai", str(name).strip(), draft.url, draft.key))


def _kept_key(chosen: ModelChoice, url: str) -> str:
    """The key that is kept for this very address; no other server is ever sent it."""
    if chosen.server == "openai" and chosen.url == url.strip():
        return chosen.key
    settings = desk().settings
    return settings.openai_key.get_secret_value() if url.strip() and settings.openai_url == url.strip() else ""


# ── None ──


def _none(chosen: ModelChoice) -> None:
    st.markdown(t("models.none_about"))
    if chosen.server == "none":
        st.markdown(f":primary[:material/check: {t('models.in_use')}]", width="content")
    elif st.button(t("models.use_none"), type="primary", key="use-none"):
        with door():
            _choose(ModelChoice("none"))
