"""The one error door of the page: what a person can do something about becomes a sentence and a hint."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rag.entrypoints.ui.texts import told
from rag.errors import RagError


@contextmanager
def door() -> Iterator[None]:
    """What goes wrong inside is said where it was wished for; anything that is not ours goes on its way."""
    try:
        yield
    except RagError as error:
        st.error(told(error.note), icon=":material/error:")
