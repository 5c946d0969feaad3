"""What a person wishes to do with the rows of a list, in a dialog that stays while the page is drawn again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wish of the list called *name*: a verb and the rows that it is about."""

    name: str

    def wish(self, verb: str, rows: tuple[Any, ...] = ()) -> None:
        """Open the dialog for this verb when the page is drawn next."""
        st.session_state[self._wish] = (verb, rows)

    def now(self) -> tuple[str, tuple[Any, ...]]:
        """The verb and the rows whose dialog is open; no verb when there is none."""
        verb, rows = st.session_state.get(self._wish, ("", ()))
        return verb, rows

    def put_away(self) -> None:
        """Close the dialog."""
        st.session_state.pop(self._wish, None)

    def done(self, said: str) -> None:
        """Close the dialog, which has done what it is for, and draw the page anew."""
        self.put_away()
        self.tell(said)
        st.rerun()

    def tell(self, said: str) -> None:
        """Keep what is to be said until the page is drawn; a dialog that ends cannot say it."""
        st.session_state[self._said] = said

    def say_what_was_done(self) -> None:
        """Tell what a person has just done, once."""
        if (said := st.session_state.pop(self._said, None)) is not None:
            st.toast(said, icon=":material/check:")

    @property
    def _wish(self) -> str:
        return f"{self.name}_wish"

    @property
    def _said(self) -> str:
        return f"{self.name}_said"


@dataclass(frozen=True, slots=True)
class Taken:
    """A list as a file called *name*, *made* only when it is wanted."""

    label: str
    name: str
    mime: str
    made: Callable[[], bytes]


def export(label: str, files: Iterable[Taken], *, key: str) -> None:
    """Draw the way to each of the files."""
    with st.popover(label, icon=":material/download:", key=key):
        for file in files:
            st.download_button(
                file.label,
                data=file.made,
                file_name=file.name,
                mime=file.mime,
                on_click="ignore",
                type="tertiary",
                key=f"{key}-{file.name.rpartition('.')[2]}",
            )
