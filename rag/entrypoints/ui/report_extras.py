"""What a file holds beside the words of its pages, in its report: contents, fields, remarks, links, attached files."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components, leaf_strip
from rag.entrypoints.ui.texts import t
from rag.records import Document, Extras, KeptFigure, Page

_KEY = "extras"


def draw(document: Document, extras: Extras, figures: Sequence[KeptFigure]) -> None:
    """Draw what *document* holds; nothing when there is nothing. All of it is text: no link of it is a link here."""
    parts = list(_parts(extras, figures))
    if parts:
        texts = {
            "open": t("report.open_page", number="{number}"),
            "more": t("documents.more_outcomes", count="{count}"),
        }
        components.extras(
            {"parts": parts, "texts": texts, "turn": document.id}, key=_KEY, open=lambda: _open(document, figures)
        )


def size(count: int) -> str:
    """``12 KB``, ``3.4 MB``."""
    if count < 1_000_000:
        return t("documents.kilobytes", size=max(1, round(count / 1000)))
    return t("documents.megabytes", size=f"{count / 1_000_000:.1f}")


def _parts(extras: Extras, figures: Sequence[KeptFigure]) -> Iterable[dict[str, Any]]:
    if extras.outline:
        rows = [{"title": one.title, "level": one.level, "page": one.page} for one in extras.outline]
        yield _part("outline", rows, tree=True)
    if figures:
        pictures = [_row(one.page, one.caption or t("report.figure")) | {"figure": one.id} for one in figures]
        yield _part("figure_list", pictures, "figure_caption", "field_page")
    if extras.fields:
        fields = [_row(one.page, one.name, one.kind, one.value) for one in extras.fields]
        yield _part("fields", fields, "field_name", "field_kind", "field_value", "field_page")
    if extras.annotations:
        remarks = [_row(one.page, one.kind, one.text, one.author) for one in extras.annotations]
        yield _part("annotations", remarks, "remark_kind", "remark_text", "remark_author", "field_page")
    if extras.links:
        links = [_row(one.page, one.target) for one in extras.links]
        yield _part("links", links, "link_target", "field_page", about="links_about")
    if extras.attachments:
        files = [{"cells": [one.name, size(one.size)]} for one in extras.attachments]
        yield _part("attachments", files, "attachment_name", "attachment_size", about="attachments_about")


def _row(page: int | None, *cells: str) -> dict[str, Any]:
    return {"cells": list(cells), "page": page}


def _part(name: str, rows: list[dict[str, Any]], *heads: str, about: str = "", tree: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "title": t("report.section", name=t(f"report.{name}"), count=len(rows)),
        "about": t(f"report.{about}") if about else "",
        "head": [t(f"report.{head}") for head in heads],
        "rows": rows,
        "tree": tree,
    }


def _open(document: Document, figures: Sequence[KeptFigure]) -> None:
    wish = st.session_state[_KEY].get("open") or {}
    number = wish.get("number")
    if isinstance(number, int) and 1 <= number <= max(1, document.leaves):
        figure = next((one for one in figures if one.id == wish.get("figure")), None)
        leaf_strip.show(document, Page(number) if figure is None else figure.place)
        st.session_state["report_shown"] = True
