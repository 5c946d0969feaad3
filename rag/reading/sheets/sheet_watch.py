"""A sheet as it is read, within limits, and what a person should know about it."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from rag.reading.sheets.stored import Area, Broken, NotCalculated, Sheet, StoredCell
from rag.records import Note, area_name, cell_name

MOST_CELLS = 2_000_000
_MOST_SECONDS = 300.0
_MOST_RANGES = 20
_MOST_KEPT = 20_000
_MOST_AREAS = 200
_WHY: dict[NotCalculated, str] = {
    "cycle": "InACycle",
    "error": "ComesToAnError",
    "foreign": "LeadsElsewhere",
    "large": "TooMuchToCalculate",
    "missing": "LeadsNowhere",
    "volatile": "DependsOnTheMoment",
}


class SheetWatch:
    """Counts what passes; *notes* are complete when the rows have been read to the end."""

    def __init__(self, sheet: Sheet) -> None:
        self.count = 0
        self._sheet = sheet
        self._without_result: dict[str, tuple[int, str]] = {}
        self._ours: list[tuple[int, int]] = []
        self._errors: list[str] = []
        self._wrong = 0
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._ended: Note | None = None

    def rows(self, *, formulas: bool = False) -> Iterator[list[StoredCell]]:
        """The rows of the sheet, up to where it is broken, too large or takes too long."""
        until = time.monotonic() + _MOST_SECONDS
        name = self._sheet.name
        try:
            for row in self._sheet.rows(formulas=formulas):
                large, slow = self.count + len(row) > MOST_CELLS, time.monotonic() > until
                if large or slow:
                    code = "SheetCut" if large else "SheetSlow"
                    self._ended = Note(code, {"sheet": name, "row": row[0].row - 1})
                    return
                self.count += len(row)
                for cell in row:
                    if cell.hidden or cell.kind == "error" or cell.ours or not cell.calculated:
                        self._note(cell)
                yield row
        except Broken:
            self._ended = Note("SheetFailed", {"sheet": name})

    def _note(self, cell: StoredCell) -> None:
        if not cell.calculated:
            why = _WHY.get(cell.reason, "NotCalculated")
            count, first = self._without_result.get(why, (0, cell_name(cell.row, cell.column)))
            self._without_result[why] = (count + 1, first)
        elif cell.ours:
            self._ours.append((cell.row, cell.column))
        if cell.kind == "error":
            self._wrong += 1
            self._errors = self._errors or [cell_name(cell.row, cell.column)]
        if cell.hidden:
            if cell.column in self._sheet.facts.hidden_columns:
                self._columns.add(cell.column)
            else:
                self._rows.add(cell.row)

    @property
    def notes(self) -> list[Note]:
        """What is hidden, what has no result, and where reading ended; hidden parts only when they hold anything."""
        name, facts = self._sheet.name, self._sheet.facts
        found = [Note("HiddenSheet", {"sheet": name})] if self._sheet.hidden else []
        if self._ended:
            found.append(self._ended)
        filtered = {row for row in self._rows if any(top < row <= bottom for top, _, bottom, _ in facts.filters)}
        if filtered:
            found.append(Note("FilteredRows", {"sheet": name, **_rows_told(filtered)}))
        if self._rows - filtered:
            found.append(Note("HiddenRows", {"sheet": name, **_rows_told(self._rows - filtered)}))
        if self._columns:
            letters = {column: cell_name(1, column)[:-1] for column in self._columns}
            found.append(Note("HiddenColumns", {"sheet": name, "columns": _ranges(self._columns, letters)}))
        if self._ours:
            first = cell_name(*min(self._ours))
            cells = ", ".join(area_name(area) for area in islice(_areas(self._ours), _MOST_AREAS))
            where = {"sheet": name, "cell": f"{name}!{first}", "cells": cells}
            found.append(Note("Calculated", {"count": len(self._ours), **where}))
        for code, (count, cell) in self._without_result.items():
            found.append(Note(code, {"count": count, "cell": f"{name}!{cell}"}))
        if self._wrong:
            found.append(Note("ErrorCells", {"count": self._wrong, "cell": f"{name}!{self._errors[0]}"}))
        return found


def _areas(cells: Iterable[tuple[int, int]]) -> Iterator[Area]:
    """Areas that hold exactly *cells*: of each column its runs of rows, and like ones of neighbours together."""
    columns: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in sorted(cells):
        columns[column].append(row)
    runs: dict[tuple[int, int], list[int]] = {}
    for column in sorted(columns):
        for _, group in groupby(enumerate(columns[column]), lambda pair: pair[1] - pair[0]):
            rows = [row for _, row in group]
            known = runs.setdefault((rows[0], rows[-1]), [])
            if known and column > known[-1] + 1:
                yield rows[0], known[0], rows[-1], known[-1]
                known.clear()
            known.append(column)
    for (top, bottom), alike in runs.items():
        yield top, alike[0], bottom, alike[-1]


def _rows_told(rows: Iterable[int]) -> dict[str, str]:
    """*rows* as a note tells them, and *all* of them where it leaves some out."""
    told = {"rows": _ranges(rows)}
    return {**told, "all": _ranges(rows, most=_MOST_KEPT)} if told["rows"].endswith("…") else told


def _ranges(numbers: Iterable[int], names: dict[int, str] | None = None, most: int = _MOST_RANGES) -> str:
    """``2-4, 9``, or ``B-D, I``; of more than *most* only the first."""
    parts = []
    for _, group in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        run = [number if names is None else names[number] for _, number in group]
        parts.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(parts[:most]) + (" …" if len(parts) > most else "")
