"""Downloading models to Ollama from the page: what a machine needs, and how far each download is."""

from dataclasses import dataclass

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.models.model_pulls import Pull
from rag.entrypoints.ui.texts import plain, t, told
from rag.records import ModelChoice

_TICK = 1.0  # seconds
_GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Advice:
    """What a model asks of a machine, in GB: its download, and the memory to answer with a context of 8,000 tokens."""

    name: str
    download: float
    memory: str
    remark: str


# The downloads are those of the Ollama library; memory is the download by 1.2 to 1.5, and 1 to 4 GB for the context.
ADVICE = (
    Advice("deepseek-r1:1.5b", 1.1, "3", "smallest"),
    Advice("deepseek-r1:7b", 4.7, "8", "laptop"),
    Advice("deepseek-r1:8b", 5.2, "8", "laptop"),
    Advice("deepseek-r1:14b", 9.0, "14", "good"),
    Advice("deepseek-r1:32b", 20.0, "28", "workstation"),
    Advice("deepseek-r1:70b", 43.0, "56", "server"),
)


def draw(choice: ModelChoice, there: set[str]) -> None:
    """Choose a model to download to the server of *choice*, and see what is under way; *there* are those it has."""
    st.header(t("models.get_more"), anchor=False)
    names = [each.name for each in ADVICE]
    missing = [place for place, name in enumerate(names) if name not in there]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            t("models.to_download"),
            names,
            index=missing[0] if missing else None,
            accept_new_options=True,
            placeholder=t("models.type_name"),
            help=t("models.to_download_help"),
            key="pull-name",
        )
        if st.button(t("models.download"), icon=":material/download:", disabled=not name, key="pull"):
            with door():
                server = desk().workspace.server(choice)
                if server is not None and name:
                    desk().pulls.begin(server, choice.url, str(name).strip())
    going = any(pull.open for pull in desk().pulls.all())
    st.fragment(_pulls, run_every=_TICK if going else None, key="pulls")(choice.url)
    advice()


def advice() -> None:
    """What a machine needs for the models that are named most."""
    with st.expander(t("models.advice"), icon=":material/memory:", expanded=True):
        st.markdown("\n".join(f"- {_said(each)}" for each in ADVICE))
        st.caption(t("models.advice_about"))


def _said(advised: Advice) -> str:
    return t(
        "models.advice_line",
        name=plain(advised.name),
        download=t("models.gigabytes", size=f"{advised.download:g}"),
        memory=t("models.gigabytes", size=advised.memory),
        remark=t(f"models.advice_{advised.remark}"),
    )


def size(count: int) -> str:
    """Bytes as people say them; nothing when it is not known."""
    if not count:
        return ""
    if count < _GB:
        return t("models.megabytes", size=round(count / 1_000_000))
    return t("models.gigabytes", size=f"{count / _GB:.1f}")


def _pulls(url: str) -> None:
    """The downloads to the server at *url*; the page is drawn anew when one of them ends."""
    pulls = [pull for pull in desk().pulls.all() if pull.url == url]
    for number, pull in enumerate(pulls):
        _pull(number, pull)
    going = sum(pull.open for pull in pulls)
    before = st.session_state.get("pulls_going", going)
    st.session_state["pulls_going"] = going
    if before > going:
        desk().watch.forget()
        st.rerun()


def _pull(number: int, pull: Pull) -> None:
    name = plain(pull.name)
    with st.container(horizontal=True, vertical_alignment="center", key=f"pull-{number}"):
        match pull.state:
            case "running" | "stopping":
                done, total = pull.progress.done, pull.progress.total
                st.progress(min(1.0, done / total) if total else 0.0, text=_far(pull))
            case "failed" if pull.problem is not None:
                st.error(told(pull.problem), icon=":material/error:")
            case "done":
                st.success(t("models.pulled", name=name), icon=":material/check_circle:")
            case _:
                st.info(t("models.pull_stopped", name=name), icon=":material/stop_circle:")
        if pull.open:
            if st.button(t("models.stop"), key=f"pull-stop-{number}", disabled=pull.state == "stopping"):
                desk().pulls.stop(pull.url, pull.name)
                st.rerun(scope="fragment")
        elif st.button(t("models.put_away"), key=f"pull-away-{number}", type="tertiary", icon=":material/close:"):
            desk().pulls.put_away(pull.url, pull.name)
            st.rerun(scope="fragment")


def _far(pull: Pull) -> str:
    """``deepseek-r1:1.5b · 0.4 of 1.1 GB · about 3 min left``."""
    done, total = pull.progress.done, pull.progress.total
    name = plain(pull.name)
    if pull.state == "stopping":
        return t("models.stopping", name=name)
    if not total:
        return t("models.pull_begins", name=name)
    if done >= total:
        return t("models.pull_checks", name=name)
    text = t("models.pull_far", name=name, done=size(done) or "0", total=size(total))
    if pull.rate > 0:
        minutes = (total - done) / pull.rate / 60
        text += t("models.pull_moment") if minutes < 1 else t("models.pull_minutes", count=round(minutes))
    return text
