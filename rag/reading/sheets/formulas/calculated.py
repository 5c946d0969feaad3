"""Formulas without a stored result, calculated where that is safe; any other is left, with the reason.

A program that writes a workbook without calculating it, as many do, stores no results. What depends on the moment or
on chance is not calculated, nor what depends on it: the result would be another than its reader saw.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from rag.reading.sheets.formats.date_format import days_since_1900
from rag.reading.sheets.formulas.formula_engine import Given, Position, Reason, Result, asked
from rag.reading.sheets.formulas.formula_references import References, references_of, with_names
from rag.reading.sheets.formulas.safe_functions import BY_CRITERIA, SAFE_FUNCTIONS, SKIPS_HIDDEN, VOLATILE
from rag.reading.sheets.stored import (
    At,
    Broken,
    Facts,
    NotCalculated,
    Sheet,
    StoredCell,
    Workbook,
    number_cell,
    word_cell,
)

_MOST_CELLS, _MOST_FORMULAS = 500_000, 100_000
_MOST_STEPS = 5_000_000
_ODD_SIGNS = frozenset("%*?~")  # in what a function looks for: they may mean another thing here than in Excel
_TAKES_AREAS = frozenset({"SUMPRODUCT"})
_ERRORS = {
    "#NULL!": "Null",
    "#DIV/0!": "Div",
    "#VALUE!": "Value",
    "#REF!": "Ref",
    "#NAME?": "Name",
    "#NUM!": "Num",
    "#N/A": "Na",
}
_UNKNOWN_RESULTS = (Reason("cycle"), Reason("unsure"), Reason("large"))
Results = Mapping[Position, Result]


def with_results(book: Workbook, results: Callable[[], Results]) -> Workbook:
    """*book*, whose formulas without a stored result show what they come to; *results* are asked for when the first
    one is met.
    """
    for number, sheet in enumerate(book.sheets):
        sheet.stream = partial(_stream, sheet.stream, number, sheet.since_1904, results)
    return book


def _stream(
    inner: Callable[[Container[int] | None, bool, Facts], Iterator[list[StoredCell]]],
    sheet: int,
    since_1904: bool,
    results: Callable[[], Results],
    wanted: Container[int] | None,
    formulas: bool,
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    for row in inner(wanted, formulas, facts):
        if all(cell.calculated for cell in row):
            yield row
        else:
            known = results()
            yield [
                cell if cell.calculated else _shown(cell, known.get((sheet, cell.row, cell.column)), since_1904)
                for cell in row
            ]


def _shown(cell: StoredCell, result: Result | None, since_1904: bool) -> StoredCell:
    at = At(cell.row, cell.column, cell.code, since_1904, cell.formula, cell.hidden, cell.indent)
    match result:
        case bool():
            return word_cell(at, "TRUE" if result else "FALSE", "boolean")._replace(ours=True)
        case float():
            return number_cell(at, result)._replace(ours=True)
        case str():
            return word_cell(at, result)._replace(ours=True)
        case Reason(code):
            return cell._replace(reason=code)
    return cell


# ── What is calculated ──────────────────────────────────────────────────────────────────────────


def results_of(book: Workbook) -> Results:
    """What the formulas of *book* without a stored result come to, or why that is not known; reads all its sheets."""
    given = _given(book)
    if given is None:
        return _Everywhere(Reason("large"))
    names = {name.upper(): target.lstrip("=") for name, target in book.names.items()}
    found: dict[Position, Result] = {}
    open_ones: dict[Position, References] = {}
    numbers = {name.casefold(): number for number, name in enumerate(given.sheets)}
    for position, formula in given.formulas.items():
        written = with_names(formula, names)
        references = references_of(written)
        given.formulas[position] = written
        reason = _obstacle(references, numbers, hidden=given.hidden)
        if reason is None:
            open_ones[position] = references
        else:
            found[position] = Reason(reason)
    if found and not _spread(found, open_ones, numbers):
        return _Everywhere(Reason("large"))
    wanted = {position: given.formulas[position] for position in open_ones if position not in found}
    results = asked(given, wanted, since_1904=any(sheet.since_1904 for sheet in book.sheets))
    unknown: dict[Position, Result] = {
        position: result for position, result in results.items() if result in _UNKNOWN_RESULTS
    }
    if unknown and not _spread(unknown, {position: open_ones[position] for position in wanted}, numbers):
        return _Everywhere(Reason("large"))
    return found | results | unknown


class _Everywhere(dict[Position, Result]):
    """The same for every formula."""

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self._reason = reason

    def get(self, key: Position, default: Result | None = None) -> Result | None:  # type: ignore[override]  # noqa: ARG002
        return self._reason


def _given(book: Workbook) -> Given | None:
    """Everything in *book*; ``None`` when that is too much. A sheet that is broken ends where it is broken."""
    given = Given()
    for number, sheet in enumerate(book.sheets):
        given.sheets.append(sheet.name)
        given.values.append([])
        try:
            for row in sheet.stream(None, True, Facts()):
                given.count += len(row)
                for cell in row:
                    given.hidden = given.hidden or cell.hidden
                    if cell.calculated:
                        given.values[number].append((cell.row, cell.column, _value(cell, sheet)))
                    else:
                        given.formulas[number, cell.row, cell.column] = cell.formula
                if given.count > _MOST_CELLS or len(given.formulas) > _MOST_FORMULAS:
                    return None
        except Broken:
            continue
    return given


def _value(cell: StoredCell, sheet: Sheet) -> Any:
    match cell.kind:
        case "number":
            return cell.value
        case "boolean":
            return cell.stored == "TRUE"
        case "error":
            return {"type": "Error", "kind": _ERRORS.get(cell.stored, "Value")}
        case "date":
            try:
                return float(cell.stored)
            except ValueError:
                return _days(cell.stored, since_1904=sheet.since_1904)
    return cell.stored


def _days(moment: str, *, since_1904: bool) -> float | str:
    try:
        return days_since_1900(datetime.fromisoformat(moment)) - 1462 * since_1904
    except ValueError:
        return moment


def _obstacle(references: References, numbers: Mapping[str, int], *, hidden: bool) -> NotCalculated | None:
    """Why a formula with *references* is not calculated, as far as it tells by itself."""
    functions = references.functions
    if functions & VOLATILE:
        return "volatile"
    if references.foreign:
        return "foreign"
    if any(sheet and sheet.casefold() not in numbers for sheet in references.sheets):
        return "missing"
    if references.words:
        return "missing" if functions <= SAFE_FUNCTIONS else "unsure"
    unsure = (
        not functions <= SAFE_FUNCTIONS
        or (references.spreads and not functions & _TAKES_AREAS)
        or (hidden and functions & SKIPS_HIDDEN)
        or (functions & BY_CRITERIA and any(not _ODD_SIGNS.isdisjoint(text) for text in references.texts))
    )
    return "unsure" if unsure else None


def _spread(
    found: dict[Position, Result], open_ones: Mapping[Position, References], numbers: Mapping[str, int]
) -> bool:
    """Add to *found* the formulas that depend on those there, for the same reason; ``False`` when that takes too long.

    The engine would hand on an error; but a formula can make something else of an error.
    """
    cells: defaultdict[Position, list[Position]] = defaultdict(list)
    areas: defaultdict[int, list[tuple[tuple[int, int, int, int], Position]]] = defaultdict(list)
    for position, references in open_ones.items():
        for sheet, area in zip(references.sheets, references.areas, strict=True):
            number = numbers[sheet.casefold()] if sheet else position[0]
            if area[:2] == area[2:]:
                cells[number, area[0], area[1]].append(position)
            else:
                areas[number].append((area, position))
    waiting = list(found)
    steps = 0
    while waiting:
        position = waiting.pop()
        number, row, column = position
        around = areas[number]
        steps += len(around) + 1
        if steps > _MOST_STEPS:
            return False
        over = [user for (top, left, bottom, right), user in around if top <= row <= bottom and left <= column <= right]
        for user in (*cells.get(position, ()), *over):
            if user not in found:
                found[user] = found[position]
                waiting.append(user)
    return True
