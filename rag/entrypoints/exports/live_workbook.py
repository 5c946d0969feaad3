"""A view of a table as a workbook: its data, and its result as formulas that a spreadsheet recalculates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rag.entrypoints.exports.live_criteria import Key, call, is_day, key_of
from rag.entrypoints.exports.taken import Source, named, replacing
from rag.entrypoints.exports.workbook import text_cell
from rag.figures.typed import TypedTable
from rag.records import Measure, Slot, Value, View, Worked, areas

_BOLD = Font(bold=True)
_LINK = Font(color="0563C1", underline="single")
_LONGEST_LINK = 2000  # characters: Excel mends files with longer ones
_FORMATS = {"year": "yyyy", "month": "yyyy-mm", "day": "yyyy-mm-dd"}
_WIDTH = 18  # characters


@dataclass(frozen=True, slots=True)
class Told:
    """What is said in the workbook, in the reader's language.

    *words* are ``result data source place title unit filters total counted number``; *key* tells a value of a column,
    *measure* a measure, and *filters* what was filtered.
    """

    words: Mapping[str, str]
    key: Callable[[str, Value], str]
    measure: Callable[[Measure], str]
    filters: str = ""


@dataclass(frozen=True, slots=True)
class LiveView:
    """A *view* of *table* that came to *worked*; *counted* are the rows that went in."""

    table: TypedTable
    view: View
    worked: Worked
    counted: frozenset[int]
    source: Source
    where: str


def write_live(path: Path, live: LiveView, told: Told) -> None:
    """Write the workbook to *path*; it is there, whole, or not at all.

    :raises OSError: when it cannot be written
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(told.words["result"]))
    data = _Data(live, told)
    _Result(sheet, live, told, data).write()
    data.write(book.create_sheet(data.name))
    with replacing(path) as unfinished:
        book.save(unfinished)


class _Data:
    """The rows of the table: a column for each of its own, whether each is counted, its place, and group numbers."""

    def __init__(self, live: LiveView, told: Told) -> None:
        self._live, self._told = live, told
        self.name = _sheet_name(told.words["data"])
        view, width = live.view, len(live.table.columns)
        self.keys = {name: key_of(view, live.table, name) for name in (*view.group, view.pivot) if name}
        numbered = [name for name, key in self.keys.items() if key.numbered]
        self._numbers = {name: width + 3 + at for at, name in enumerate(numbered)}
        self.counted = self._cells(width + 1)

    def cells(self, name: str) -> str:
        """The cells of a column of the table."""
        return self._cells(self._live.table.named(name) + 1)

    def key_cells(self, key: Key) -> str:
        """The cells by which the groups of *key* are told."""
        return self._cells(self._numbers[key.name]) if key.numbered else self.cells(key.name)

    def write(self, sheet: Any) -> None:
        """Write all rows under their heads."""
        table, words = self._live.table, self._told.words
        sheet.freeze_panes = "A2"
        heads = [column.name for column in table.columns]
        heads += [words["counted"], words["place"], *(f"{name} {words['number']}" for name in self._numbers)]
        for at in range(len(heads)):
            sheet.column_dimensions[get_column_letter(at + 1)].width = _WIDTH
        sheet.append([text_cell(sheet, head, bold=True) for head in heads])
        numbers = {name: {value: at for at, value in enumerate(self.keys[name].values, 1)} for name in self._numbers}
        for at, row in enumerate(table.rows):
            cells = [
                _value(sheet, value, percent=column.percent, told=self._told.key(column.name, value))
                for value, column in zip(row, table.columns, strict=True)
            ]
            place = ", ".join(each.label for each in areas([each for each in table.places[at] if each is not None]))
            cells += [1 if at in self._live.counted else 0, text_cell(sheet, place)]
            cells += [known[self.keys[name].group(row[self.keys[name].column])] for name, known in numbers.items()]
            sheet.append(cells)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(table.rows) + 1}"
        sheet.close()

    def _cells(self, column: int) -> str:
        letter, last = get_column_letter(column), len(self._live.table.rows) + 1
        return f"'{self.name}'!${letter}$2:${letter}${last}"


class _Result:
    """The result: where it is from, its heads, and a formula for each value."""

    def __init__(self, sheet: Any, live: LiveView, told: Told, data: _Data) -> None:
        self._sheet, self._live, self._told, self._data = sheet, live, told, data
        self._keys = [data.keys[name] for name in live.view.group]
        self._pivot = data.keys.get(live.view.pivot)
        # A numbered key has its number in the column after it.
        self._columns: list[int] = []
        for key in self._keys:
            self._columns.append((self._columns[-1] if self._columns else 0) + 1 + key.numbered)
        self._first = max(1, (self._columns or [0])[-1] + 1)
        if not self._keys:
            self._first = 2  # the total needs a label
        self._row = 0

    def write(self) -> None:
        worked, words = self._live.worked, self._told.words
        width = self._first + len(worked.slots)
        for at in range(1, width):
            self._sheet.column_dimensions[get_column_letter(at)].width = _WIDTH if at > 1 else 28
        lines = self._about()
        heads = 1 + (2 if self._pivot and self._pivot.numbered else 1 if self._pivot else 0)
        self._sheet.freeze_panes = f"{get_column_letter(self._first)}{len(lines) + 2 + heads}"
        for line in [*lines, []]:
            self._add(line)
        across = self._heads()
        for key, row in zip(worked.keys, worked.rows, strict=True) if self._keys else ():
            self._add([*self._key_cells(key), *self._formulas(key, row, across)])
        total: list[Any] = [text_cell(self._sheet, words["total"], bold=True), *[None] * (self._first - 2)]
        self._add([*total, *self._formulas(None, worked.totals, across, bold=True)])
        self._sheet.close()

    def _add(self, cells: list[Any]) -> None:
        self._sheet.append(cells)
        self._row += 1

    def _about(self) -> list[list[Any]]:
        live, words = self._live, self._told.words
        known = [("source", live.source.document), ("place", live.where), ("title", live.table.title)]
        known += [("unit", live.table.unit), ("filters", self._told.filters)]
        lines = []
        for name, text in known:
            if text:
                cell = text_cell(self._sheet, text)
                if name == "place" and 0 < len(live.source.link) < _LONGEST_LINK:
                    cell.hyperlink, cell.font = live.source.link, _LINK
                lines.append([text_cell(self._sheet, words[name], bold=True), cell])
        return lines

    def _heads(self) -> int:
        """Write the heads; the row that holds the keys of a pivot, 0 without one."""
        sheet, words, slots = self._sheet, self._told.words, self._live.worked.slots
        before: list[Any] = [None] * (self._first - 1)
        told_by = 0
        if (pivot := self._pivot) is not None:
            self._add([*before, *(self._across(slot, pivot) for slot in slots)])
            told_by = self._row
            if pivot.numbered:
                self._add([*before, *(None if slot.all else pivot.number(slot.value) for slot in slots)])
                told_by = self._row
        heads: list[Any] = []
        for key in self._keys:
            heads.append(text_cell(sheet, key.name, bold=True))
            heads += [text_cell(sheet, words["number"], bold=True)] if key.numbered else []
        heads += [None] * (self._first - 1 - len(heads))
        for slot in slots:
            head = text_cell(sheet, self._told.measure(self._live.view.measures[slot.measure]), bold=True)
            head.alignment = Alignment(horizontal="right", wrap_text=True)
            heads.append(head)
        self._add(heads)
        return told_by

    def _across(self, slot: Slot, pivot: Key) -> Any:
        if slot.all:
            return text_cell(self._sheet, self._told.words["total"], bold=True)
        cell = self._key_cell(pivot, slot.value)
        cell.font, cell.alignment = _BOLD, Alignment(horizontal="right")
        return cell

    def _key_cells(self, values: Sequence[Value]) -> list[Any]:
        cells: list[Any] = []
        for key, value in zip(self._keys, values, strict=True):
            cells.append(self._key_cell(key, value))
            cells += [key.number(value)] if key.numbered else []
        return cells

    def _key_cell(self, key: Key, value: Value) -> Any:
        """A value of a key: a day is a day that shows its period."""
        told = self._told.key(key.name, value)
        if not isinstance(value, date) or not is_day(value):
            return _value(self._sheet, value if isinstance(value, float | int) else told, told=told)
        cell = WriteOnlyCell(self._sheet, datetime.combine(value, time()))
        own = self._live.table.columns[key.column].grain or "day"
        quoted = told.replace('"', "")
        cell.number_format = _FORMATS.get(key.grain or own, f'"{quoted}"')
        cell.alignment = Alignment(horizontal="left")
        return cell

    def _formulas(
        self, values: Sequence[Value] | None, row: Sequence[Value], across: int, *, bold: bool = False
    ) -> list[Any]:
        """A formula for each slot of the next row; *values* are those of its keys, none for the total."""
        live, cells = self._live, []
        number = self._row + 1
        own = [self._data.counted, "1"]
        for key, column, value in zip(self._keys, self._columns, values or (), strict=values is not None):
            own += key.criteria(self._data.key_cells(key), f"${get_column_letter(column)}{number}", value)
        for at, (slot, value) in enumerate(zip(live.worked.slots, row, strict=True), start=self._first):
            criteria = list(own)
            if self._pivot is not None and not slot.all:
                cell = f"{get_column_letter(at)}${across}"
                criteria += self._pivot.criteria(self._data.key_cells(self._pivot), cell, slot.value)
            measure = live.view.measures[slot.measure]
            over = self._data.cells(measure.column) if measure.column else ""
            formula = WriteOnlyCell(self._sheet, call(measure.function, over, criteria, may_be_none=value is None))
            formula.number_format = self._format(measure)
            if bold:
                formula.font = _BOLD
            cells.append(formula)
        return cells

    def _format(self, measure: Measure) -> str:
        if measure.function == "count":
            return "#,##0"
        table = self._live.table
        at = table.named(measure.column)
        if table.columns[at].percent:
            return "0.0%"
        values = [value for row in table.rows if isinstance(value := row[at], float | int)]
        whole = all(float(value).is_integer() for value in values)
        return "#,##0" if whole and measure.function != "mean" else "#,##0.00"


def _value(sheet: Any, value: Value, *, told: str, percent: bool = False) -> Any:
    """A value as a cell: days before those that spreadsheets count are as they are *told*."""
    match value:
        case None:
            return None
        case str():
            return text_cell(sheet, value)
        case date():
            if not is_day(value):
                return text_cell(sheet, told)
            cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
            cell.number_format = _FORMATS["day"]
            return cell
        case _:
            cell = WriteOnlyCell(sheet, value)
            if percent:
                cell.number_format = "0.0%"
            return cell


def _sheet_name(text: str) -> str:
    return named(text.replace("'", " "))[:31]
