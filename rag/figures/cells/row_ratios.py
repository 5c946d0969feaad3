"""Ratios of two rows in the column that a question names: a share of the total, one line as a share of another, and
those that have a name (毛利率), of a statement on a sheet.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.figures.asked.formulas import as_sql, sound
from rag.figures.asked.label_forms import bare, called, said
from rag.figures.asked.reported import CHANGE, MOVES
from rag.figures.asked.wishes import Wish
from rag.figures.cells.named_cells import Named, asked_of, cells_named, leading_columns
from rag.figures.cells.ratios import ratio_in
from rag.figures.database.engine import quoted
from rag.figures.plans.statements import Plan
from rag.figures.typed import ROW, TypedTable
from rag.records import says_total

_OF = re.compile(
    r"占(?!比)|\bas an? (?:percent(?:age)?|share|proportion) of\b|(?:percent(?:age)?|share|proportion) of\b"
)
_PERIOD = re.compile(r"本期|上期|期末|期初|(?<!\d)(?:19|20)\d\d(?!\d)")
_THE_WHOLE = re.compile(r"^\s*(?:[总全]|合计|整体|the total|total|all\b|the whole|overall)")


def share_of_rows(wish: Wish, table: TypedTable) -> Plan | None:
    """What one row is of another that is named as well, or of the one row that sums up all; ``None`` when not sure."""
    match = _OF.search(wish.text)
    if wish.operation != "share" or match is None or table.under or table.overlaps:
        return None
    found = cells_named(wish, table)
    if found is None or len(found.columns) != 1 or found.children:
        return None
    rows = found.rows
    if len(rows) == 1 and _THE_WHOLE.search(wish.text[match.end() :]):
        wholes = [at for at in sorted(table.totals) if says_total(str(table.rows[at][0]))]
        rows = (*rows, *wholes) if rows[0] not in wholes else ()
    elif len(rows) == 2:
        places = [said(wish.text).find(bare(str(table.rows[row][0]))) for row in rows]
        if -1 in places:
            return None
        rows = rows if places[0] < places[1] else rows[::-1]
        if not min(places) < said(wish.text).find(match[0]) < max(places):
            return None
    if len(rows) != 2:
        return None
    return part_of(table, found.columns[0], [str(table.rows[row][0]) for row in rows], rows, found)


def part_of(table: TypedTable, column: int, labels: Sequence[str], rows: Sequence[int], found: Named) -> Plan | None:
    """What the first of two *rows* is of the second, in one column."""
    values = [table.rows[row][column] for row in rows]
    if table.columns[column].percent or not all(isinstance(value, float | int) for value in values) or not values[1]:
        return None
    part, whole = (_at(table, column, row) for row in rows)
    name = " / ".join(labels)
    shown = [f"{part} AS {quoted(labels[0])}", f"{whole} AS {quoted(labels[1])}"]
    shown.append(f"{part} / NULLIF({whole}, 0) AS {quoted(name)}")
    return Plan(_select(table, shown, rows), None, found.sure, percents=(name,), only=(table.columns[column].name,))


def named_ratio_of_rows(wish: Wish, table: TypedTable) -> Plan | None:
    """A ratio by its name, of the rows that it is made of; ``None`` when a row has it, or stands twice."""
    if wish.operation not in {None, "sum"} or wish.ranked or wish.trend or wish.compare:
        return None
    labels: dict[str, int] = {}
    lead = leading_columns(table)
    for at, row in enumerate(table.rows):
        if not any(table.texts[at][lead:]):
            continue
        for label in called(str(row[0] or "")):
            labels[label] = -1 if label in labels else at
    known = [label for label, at in labels.items() if at >= 0]
    made = ratio_in(wish.text, known, labels)
    if made is None:
        return None
    formula, parts = made.formula, made.parts
    asked = asked_of(formula.taken_from(wish.text), table)
    if asked is None or not all(set(called(row)) & set(parts) for row in asked.rows) or len(asked.found[1] or ()) != 1:
        return None
    for words in (table.title, table.unit, *asked.columns):
        asked.question.take_words(words)
    (column,), left = asked.found[1] or (), asked.question.left_over()
    values = {part: table.rows[labels[name]][column] for part, name in made.called.items()}
    if any(left) or table.columns[column].percent or not sound(formula.expression, values):
        return None
    shown = [f"{_at(table, column, labels[name])} AS {quoted(name)}" for name in parts]
    value = as_sql(formula.expression, lambda part: _at(table, column, labels[made.called[part]]))
    shown.append(f"{value} AS {quoted(formula.name)}")
    percents = (formula.name,) if formula.percent else ()
    rows = [labels[name] for name in parts]
    return Plan(_select(table, shown, rows), None, 2.0, percents=percents, only=(table.columns[column].name,))


def with_both_periods(wish: Wish, table: TypedTable) -> Wish:
    """*wish* with the names of the two columns between which a figure moved, where a table has just these and it names
    none.
    """
    moved = wish.operation == "growth" or MOVES.search(wish.text) is not None
    figures = [column.name for column in table.columns if column.kind == "number"]
    heads = [head for head in map(said, figures) if not CHANGE.search(head)]
    ends = [found[0] if (found := _PERIOD.search(head)) else "" for head in heads]
    if not moved or len(ends) != 2 or len(set(ends) - {""}) != 2 or set(ends) & {"期末", "期初"}:
        return wish
    if _PERIOD.search(said(wish.text)):
        return wish
    return replace(wish, text=f"{wish.text} {' '.join(ends)}")


def _at(table: TypedTable, column: int, row: int) -> str:
    return f"MAX({quoted(table.columns[column].name)}) FILTER (WHERE {quoted(ROW)} = {row})"


def _select(table: TypedTable, columns: Sequence[str], rows: Sequence[int]) -> str:
    numbers = ", ".join(map(str, rows))
    return f"SELECT {', '.join(columns)} FROM {quoted(table.label)} WHERE {quoted(ROW)} IN ({numbers})"  # noqa: S608 - all quoted
