"""What every page stands in: the workspace, the worker, the navigation and the sidebar."""

import streamlit as st

from rag.entrypoints.ui import ask, documents, models
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import t


def run() -> None:
    """Draw the page that is chosen."""
    st.set_page_config(page_title="PageCite", page_icon=":material/find_in_page:", layout="wide")
    desk()
    pages = [
        st.Page(ask.page, title=t("frame.ask"), icon=":material/forum:", url_path="ask", default=True),
        st.Page(documents.page, title=t("frame.documents"), icon=":material/folder_open:", url_path="documents"),
        st.Page(models.page, title=t("frame.models"), icon=":material/tune:", url_path="models"),
    ]
    st.navigation(pages).run()
