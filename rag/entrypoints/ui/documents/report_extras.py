"""What a file holds beside the words of its pages, in its report: contents, fields, remarks, links, attached files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components
from rag.entrypoints.ui.documents import leaf_strip
from rag.entrypoints.ui.texts import t, where
from rag.records import Cells, Document, Extras, KeptFigure, Page, Place

_KEY = "extras"
_AREA = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?")


def draw(document: Document, extras: Extras, figures: Sequence[KeptFigure], leaves: Mapping[int, str | None]) -> None:
    """Draw what *document* holds; nothing when there is nothing. All of it is text: no link of it is a link here.

    *leaves* names its pages or sheets by their numbers.
    """
    parts = list(_parts(document, extras, figures, leaves))
    if parts:
        texts = {"open": t("report.open_page", place="{place}"), "more": t("documents.more_outcomes", count="{count}")}
        view = {"parts": parts, "texts": texts, "turn": document.id}
        components.extras(view, key=_KEY, open=lambda: _open(document, figures, leaves))


def size(count: int) -> str:
    """``12 KB``, ``3.4 MB``."""
    if count < 1_000_000:
        return t("documents.kilobytes", size=max(1, round(count / 1000)))
    return t("documents.megabytes", size=f"{count / 1_000_000:.1f}")


def _parts(
    document: Document, extras: Extras, figures: Sequence[KeptFigure], leaves: Mapping[int, str | None]
) -> Iterable[dict[str, Any]]:
    place = "field_page" if document.kind == "pdf" else "field_place"

    def row(page: int, *cells: str, area: str = "") -> dict[str, Any]:
        sheet = "!".join(filter(None, (leaves.get(page) or str(page), area)))
        shown = where(Page(page)) if document.kind == "pdf" else sheet
        return {"cells": list(cells), "page": page, "shown": shown, "area": area}

    if extras.outline:
        rows = [{"title": one.title, "level": one.level, "page": one.page} for one in extras.outline]
        yield _part("outline", rows, tree=True)
    if figures:
        pictures = [
            row(one.page, one.caption or t("report.figure"), area=one.area) | {"figure": one.id} for one in figures
        ]
        yield _part("figure_list", pictures, "figure_caption", place)
    if extras.fields:
        fields = [row(one.page, one.name, one.kind, one.value) for one in extras.fields]
        yield _part("fields", fields, "field_name", "field_kind", "field_value", place)
    if extras.annotations:
        remarks = [row(one.page, one.kind, one.text, one.author, area=one.area) for one in extras.annotations]
        yield _part("annotations", remarks, "remark_kind", "remark_text", "remark_author", place)
    if extras.links:
        links = [row(one.page, one.target, area=one.area) for one in extras.links]
        yield _part("links", links, "link_target", place, about="links_about")
    if extras.names:
        names = [{"cells": [one.name, one.target]} for one in extras.names]
        yield _part("names", names, "attachment_name", "field_value")
    if extras.attachments:
        files = [{"cells": [one.name, size(one.size)]} for one in extras.attachments]
        yield _part("attachments", files, "attachment_name", "attachment_size", about="attachments_about")


def _part(name: str, rows: list[dict[str, Any]], *heads: str, about: str = "", tree: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "title": t("report.section", name=t(f"report.{name}"), count=len(rows)),
        "about": t(f"report.{about}") if about else "",
        "head": [t(f"report.{head}") for head in heads],
        "rows": rows,
        "tree": tree,
    }


def _open(document: Document, figures: Sequence[KeptFigure], leaves: Mapping[int, str | None]) -> None:
    wish = st.session_state[_KEY].get("open") or {}
    number = wish.get("number")
    if not isinstance(number, int) or number not in leaves:
        return
    figure = next((one for one in figures if one.id == wish.get("figure")), None)
    place: Place = Page(number) if figure is None else figure.place
    if document.kind == "workbook" and figure is None:
        area = str(wish.get("area", ""))
        place = Cells(leaves[number] or "", area if _AREA.fullmatch(area) else "A1")
    leaf_strip.show(document, place)
    st.session_state["report_shown"] = True
