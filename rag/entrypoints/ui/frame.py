"""What every page stands in: the workspace, the worker, the navigation and the sidebar."""

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

import streamlit as st

from rag.entrypoints.ui import components
from rag.entrypoints.ui.ask import page as ask
from rag.entrypoints.ui.bases import page as this_base
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import page as documents
from rag.entrypoints.ui.evaluate import page as evaluate
from rag.entrypoints.ui.find import page as find
from rag.entrypoints.ui.models import page as models
from rag.entrypoints.ui.models.model_watch import ModelStatus
from rag.entrypoints.ui.sheet import page as sheet
from rag.entrypoints.ui.tables import page as tables
from rag.entrypoints.ui.texts import LANGUAGES, TAGS, browser_language, language, plain, say, t
from rag.errors import RagError

_MARKS = Path(__file__).parent / "marks"
_LOOK_AGAIN = 5.0  # seconds
_ASK = "ask"
_UNKNOWN = "frame_unknown"  # what was asked for and is no page
_NAME = re.compile(r"[\w-]{1,80}")
_SIGNS = {
    "answers": ("green", ":material/check_circle:"),
    "none": ("gray", ":material/radio_button_unchecked:"),
    "silent": ("orange", ":material/error:"),
    "missing": ("orange", ":material/error:"),
}
# On the bright accent of the dark theme, Streamlit's white words would be too pale to read.
_DARK = """<style>
button[kind^="primary"], button[kind^="primary"]:hover, [data-testid="stMultiSelect"] [data-tag] * { color: #0c1312; }
</style>"""


def run() -> None:
    """Draw the page that is chosen."""
    st.set_page_config(page_title="PageCite", page_icon=(_MARKS / "mark.svg").read_text("utf-8"), layout="wide")
    try:
        desk()
    except RagError as error:
        _closed(error)
        return
    pages = [
        st.Page(ask.page, title=t("frame.ask"), icon=":material/forum:", default=True),
        st.Page(documents.page, title=t("frame.documents"), icon=":material/folder_open:", url_path="documents"),
        st.Page(tables.page, title=t("frame.tables"), icon=":material/table:", url_path="tables"),
        st.Page(sheet.page, title=t("frame.sheet"), icon=":material/pivot_table_chart:", url_path="sheet"),
        st.Page(find.page, title=t("frame.find"), icon=":material/manage_search:", url_path="find"),
        st.Page(evaluate.page, title=t("frame.evaluate"), icon=":material/fact_check:", url_path="evaluate"),
        st.Page(this_base.page, title=t("frame.base"), icon=":material/menu_book:", url_path="base"),
        st.Page(models.page, title=t("frame.models"), icon=":material/tune:", url_path="models"),
    ]
    # Where the first page has no name, people give it one; to any other name Streamlit would answer in English only.
    name = _typed({page.url_path for page in pages})
    typed = st.Page(ask.page, url_path=name, visibility="hidden")
    chosen = st.navigation([*pages, typed], position="hidden")
    if chosen == typed:
        st.session_state[_UNKNOWN] = name if name != _ASK else ""
        st.switch_page(pages[0], query_params=st.query_params.to_dict())
    if unknown := st.session_state.pop(_UNKNOWN, ""):
        st.toast(t("frame.no_page", name=plain(unknown)), icon=":material/info:")
    left = (documents.leave, tables.leave, sheet.leave, find.leave, evaluate.leave, this_base.leave)
    for page, leave in zip(pages[1:-1], left, strict=True):
        if chosen != page:
            leave()
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>{components.layout()}</style>" + (_DARK if scheme == "dark" else ""))
    st.logo(
        (_MARKS / f"{scheme}.svg").read_text("utf-8"), size="large", icon_image=(_MARKS / "mark.svg").read_text("utf-8")
    )
    with st.sidebar:
        bases.picker()
        with st.container(gap="xxsmall", key="sidebar-pages"):
            for page in pages:
                st.page_link(page, width="stretch")
        with st.container(key="sidebar-foot", gap="small"):
            _model_chip(pages[-1])
            _language_switch()
            components.sidebar(TAGS[language()], t("bases.menu"), key="sidebar-script")
    chosen.run()


def _typed(known: Collection[str]) -> str:
    """The name of a page that was typed into the address, if it is none of those *known*."""
    name = unquote(urlsplit(st.context.url or "").path).rpartition("/")[2]
    return name if _NAME.fullmatch(name) and name not in known else _ASK


@st.fragment(run_every=_LOOK_AGAIN)
def _model_chip(models_page: "st.Page") -> None:
    label, about = chip(desk().watch.status())
    if st.button(label, help=about, key="model-chip", type="tertiary", width="stretch"):
        st.switch_page(models_page)


def chip(status: ModelStatus | None) -> tuple[str, str]:
    """The model that answers in a few words, as Markdown, and more about it."""
    if status is None:
        return f":gray[:material/pending:] {t('frame.model_looking')}", ""
    colour, sign = _SIGNS[status.state]
    name = plain(status.choice.name or status.choice.server)
    state = "none" if status.state != "answers" and not status.choice.name else status.state
    about = t(f"frame.model_{state}_about", name=name, url=plain(status.choice.url))
    return f":{colour}[{sign}] {t(f'frame.model_{state}', name=name)}", about


def _language_switch() -> None:
    st.segmented_control(
        t("frame.language"),
        list(LANGUAGES),
        default=browser_language(),
        required=True,
        format_func=LANGUAGES.__getitem__,
        key="language",
        bind="query-params",
        label_visibility="collapsed",
    )


def _closed(error: RagError) -> None:
    """The app cannot be opened; what to do about it, and a way to try again."""
    sentence, hint = say(error.note)
    with st.container(width=640):
        st.title(t("frame.closed"))
        st.text(f"{sentence}{t('frame.stop')}{hint}")
        st.button(t("frame.again"), icon=":material/refresh:", key="open-again")
