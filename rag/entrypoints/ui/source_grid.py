"""A window of a sheet, as the source beside the answer draws it: heads that stay in sight, cited cells outlined."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from rag.entrypoints.ui.ask.evidence_cards import is_number
from rag.entrypoints.ui.texts import t
from rag.records import SheetCell, SheetWindow, cell_corners, cell_name

_ROWS = 40
_AROUND = 18  # rows from what is looked at to the next area; a window also shows rows around its area
_MORE = 12  # rows below its area: with fewer, a window ends where the sheet does


def grid(
    window: SheetWindow, heads: Collection[int], area: str, cited: Sequence[str], *, labelled: bool
) -> dict[str, Any]:
    """*window* around *area*; *heads* are the rows to keep at its top, *cited* the areas to outline. Its first column
    stays in sight when it is *labelled* and the area begins there.
    """
    return {
        "sheet": window.sheet,
        "sheets": [[each, t("source.unseen") if each in window.unseen else ""] for each in window.sheets],
        "rows": list(window.rows),
        "letters": [cell_name(1, column)[:-1] for column in window.columns],
        "cells": [[_cell(cell) for cell in row] for row in window.cells],
        "frozen": [at for at, row in enumerate(window.rows) if row in heads],
        "labels": labelled and window.columns[:1] == (1,) and cell_corners(area)[1] == 1,
        "spans": [[*at, *size] for at, size in window.spans.items()],
        "cited": _cited(window, cited),
        "above": _first(window.rows) > 1,
        "below": window.rows[-1] >= cell_corners(area)[2] + _MORE if window.rows else False,
    }


def next_rows(area: str, *, below: bool) -> str:
    """The area to look at next, below or above *area*."""
    top, left, bottom, _ = cell_corners(area)
    first = bottom + _AROUND if below else max(1, top - _ROWS - _AROUND)
    return f"{cell_name(first, left)}:{cell_name(first + _ROWS - 1, left)}"


def _cell(cell: SheetCell) -> list[Any]:
    """What it shows, its value, its formula, whether it stands at the right, where its value is from if not of the
    file, and that nobody sees it in the workbook.
    """
    unseen = t("source.unseen") if cell.hidden else ""
    if cell.not_calculated:
        return [t("source.not_calculated"), "", cell.formula, False, t(f"source.why_{cell.not_calculated}"), unseen]
    told = t("source.calculated") if cell.calculated else ""
    return [cell.text, cell.value, cell.formula, is_number(cell.text), told, unseen]


def _cited(window: SheetWindow, areas: Sequence[str]) -> list[list[int]]:
    corners = [cell_corners(area) for area in areas]
    return [
        [i, j]
        for i, row in enumerate(window.rows)
        for j, column in enumerate(window.columns)
        if any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in corners)
    ]


def _first(rows: Sequence[int]) -> int:
    """The first row of the window proper, behind the heads that are always shown."""
    gaps = [row for before, row in pairwise(rows) if row > before + 1]
    return gaps[-1] if gaps else (rows[0] if rows else 1)
