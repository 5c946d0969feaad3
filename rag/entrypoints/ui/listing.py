"""A list with columns as the browser draws it: what a person wants to see of it, and one page of what is found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components
from rag.entrypoints.ui.texts import t

AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class View:
    """What a person wants to see; *chosen* is what each of the selects says, and *page* counts from 1."""

    text: str = ""
    page: int = 1
    chosen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Any, selects: Sequence[str]) -> "View":
        """A view as the browser sends it; what does not fit is left at its beginning."""
        if not isinstance(given, dict):
            return cls()
        page = given.get("page")
        chosen = {name: str(given[name]) for name in selects if given.get(name)}
        text = str(given.get("text", ""))[:200]
        return cls(text, int(page) if isinstance(page, int | float) and page >= 1 else 1, chosen)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; the *main* one opens what a row is about, one at the *right* has numbers."""

    name: str
    label: str
    main: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Select:
    """What narrows a list: a value and what it is called, for each that there is to choose; the first means any."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done with a row, or with rows that were chosen."""

    verb: str
    label: str
    icon: str = ""


def view_of(key: str, selects: Sequence[Select]) -> View:
    """What a person wants to see of the list that is drawn under *key*."""
    return View.of((st.session_state.get(key) or {}).get("view"), [select.name for select in selects])


def draw(
    key: str,
    name: str,
    rows: Sequence[Any],
    view: View,
    *,
    shown: Callable[[Any], Mapping[str, Any]],
    columns: Sequence[Column],
    selects: Sequence[Select],
    summary: str,
    words: Mapping[str, str],
    acted: Callable[[str, list[int]], None],
    actions: Sequence[Action] = (),
    bulk: Sequence[Action] = (),
) -> None:
    """Draw those of *rows* that are on the page; *acted* is called with a verb and the numbers of rows.

    *words* are what is said when there is nothing, and in the search field.
    """
    pages = max(1, -(-len(rows) // AT_ONCE))
    page = min(view.page, pages)
    here = rows[(page - 1) * AT_ONCE : page * AT_ONCE]
    components.listing(
        {
            "name": name,
            "rows": [shown(row) for row in here],
            "columns": [
                {"name": column.name, "label": column.label, "main": column.main, "right": column.right}
                for column in columns
            ],
            "selects": [
                {"name": one.name, "label": one.label, "options": [list(option) for option in one.options]}
                for one in selects
            ],
            "actions": [{"verb": one.verb, "label": one.label, "icon": one.icon} for one in actions],
            "bulk": [{"verb": one.verb, "label": one.label} for one in bulk],
            "view": {"text": view.text, "page": page, **view.chosen},
            "page": page,
            "pages": pages,
            "summary": summary,
            "texts": _texts(words),
        },
        key=key,
        view=lambda: None,
        act=lambda: _acted(key, acted),
    )


def _texts(words: Mapping[str, str]) -> dict[str, str]:
    """The browser fills in what changes without Python."""
    return {
        **words,
        "choose": t("tables.choose", name="{name}"),
        "choose_all": t("documents.choose_all"),
        "chosen": t("documents.chosen", count="{count}"),
        "back": t("documents.back"),
        "next": t("documents.next"),
        "page_of": t("documents.list_page", page="{page}", pages="{pages}"),
        "pages": t("documents.table_pages"),
        "actions": t("documents.actions"),
    }


def _acted(key: str, acted: Callable[[str, list[int]], None]) -> None:
    wish = st.session_state[key].get("act") or {}
    numbers = [number for number in wish.get("ids", ()) if isinstance(number, int)]
    if numbers:
        acted(str(wish.get("verb", "")), numbers)
