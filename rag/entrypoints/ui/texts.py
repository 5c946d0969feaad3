"""Every sentence of the page, in Chinese and in English; the sentences are in ``texts/``, one file a language."""

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from rag.errors import known_errors
from rag.records import NOT_CALCULATED, Cells, Note, Page, Place

_Thing = TypeVar("_Thing")

LANGUAGES = {"zh": "中文", "en": "English"}
TAGS = {"zh": "zh-CN", "en": "en"}  # as a browser names them
_FOLDER = Path(__file__).parent / "texts"
# What Markdown makes a link of even where every sign is escaped; a word joiner there is not seen.
_LINK = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)", re.IGNORECASE)


def language() -> str:
    """The language of this visitor: chosen, or what the browser asks for."""
    chosen = st.session_state.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    # On a reload the switch, which reads the address too, is drawn only after the first sentences.
    named = st.query_params.get("language")
    return next((code for code, name in LANGUAGES.items() if name == named), browser_language())


def browser_language() -> str:
    """The language that the browser asks for."""
    return "zh" if str(st.context.locale or "").lower().startswith("zh") else "en"


def t(name: str, /, **details: Any) -> str:
    """The sentence named ``section.name`` with *details* in its braces."""
    return sentences(language())[name].format(**details)


def counted(name: str, count: int) -> str:
    """The sentence named *name*, or its form for exactly one."""
    return t(f"{name}.one" if count == 1 else name, count=count)


def in_cell(text: str) -> str:
    """What a cell of a workbook shows; of a formula without a result, that it has none, in the language of the page."""
    return t("source.not_calculated") if text == NOT_CALCULATED else text


def say(note: Note) -> tuple[str, str]:
    """A failure or a warning as a sentence and a hint."""
    kind = "error" if note.code in known_errors() else "note"
    return t(f"{kind}.{note.code}", **note.details), t(f"{kind}.{note.code}.hint", **note.details)


def plain(text: str) -> str:
    """*text* as it is, where Streamlit would take it for Markdown: names and reasons come from strangers."""
    text = _LINK.sub("\u2060", text)
    return "".join(f"\\{sign}" if sign.isascii() and not (sign.isalnum() or sign.isspace()) else sign for sign in text)


def listed(things: Sequence[_Thing], said: Callable[[_Thing], str], most: int) -> str:
    """The first *most* of *things* as a list in Markdown, and how many more there are; *said* makes each harmless."""
    lines = [said(thing) for thing in things[:most]]
    if rest := len(things) - len(lines):
        lines.append(t("documents.and_more", count=rest))
    return "\n".join(f"- {line}" for line in lines)


def told(note: Note) -> str:
    """:func:`say` as Markdown for ``st.error`` and its like: the sentence, then the hint."""
    details = {name: plain(value) if isinstance(value, str) else value for name, value in note.details.items()}
    sentence, hint = say(Note(note.code, details))
    return f"{sentence}{t('frame.stop')}{hint}" if hint else sentence


def where(place: Place) -> str:
    """A place as people quote it: ``p. 212 (printed F-12)``, ``P&L!A2:F40``."""
    match place:
        case Page(number, printed) if printed and printed != str(number):
            return t("place.printed", number=number, printed=printed)
        case Page(number):
            return t("place.page", number=number)
        case Cells():
            return place.label


@cache
def sentences(language_code: str) -> dict[str, str]:
    """All sentences of a language by ``section.name``."""
    with (_FOLDER / f"{language_code}.toml").open("rb") as file:
        sections = tomllib.load(file)
    return dict(_flat("", sections))


def _flat(prefix: str, section: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in section.items():
        if isinstance(value, dict):
            found += _flat(f"{prefix}{name}.", value)
        else:
            found.append((f"{prefix}{name}", value))
    return found
