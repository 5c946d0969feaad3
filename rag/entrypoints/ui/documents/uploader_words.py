"""The words of Streamlit's uploader, which speaks English only: rules that put ours in the place of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rag.entrypoints.ui.texts import t


@contextmanager
def container(key: str, limit: int) -> Iterator[None]:
    """A place for an uploader that takes files of up to *limit* MB, and says so in the visitor's language."""
    st.html(_rules(key, limit))
    with st.container(key=key):
        yield


def _rules(key: str, limit: int) -> str:
    button, about = (_css(t(name, limit=limit)) for name in ("documents.choose_files", "documents.drop_about"))
    zone = f'.st-key-{key} [data-testid="stFileUploaderDropzone"]'
    words = f'.st-key-{key} [data-testid="stFileUploaderDropzoneInstructions"]'
    return f"""<style>
{zone} button p {{ font-size: 0; }}
{zone} button p::after {{ content: {button}; font-size: 0.875rem; }}
{words}::after {{ content: {about}; font-size: 0.875rem; }}
</style>"""


def _css(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{quoted}"'
