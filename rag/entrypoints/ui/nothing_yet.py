"""What a page says while nothing has been read, with the way to the page where files are added."""

import streamlit as st

from rag.entrypoints.ui.texts import t


def say(sentence: str) -> None:
    """Draw *sentence* and a link to the Documents page."""
    from rag.entrypoints.ui.documents import page as documents  # noqa: PLC0415 - from there a way leads back to the page that says this

    st.markdown(sentence)
    st.page_link(
        st.Page(documents.page, url_path="documents"), label=t("frame.documents"), icon=":material/folder_open:"
    )
