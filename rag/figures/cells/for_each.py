"""One figure for each unit of another: *output per employee*, 人均产量, in one row or over all rows that are meant."""

import re
from dataclasses import dataclass, replace

from rag.figures.asked.column_names import names_of, whole
from rag.figures.asked.wishes import Wish, wish_of
from rag.figures.cells.named_cells import cells_named
from rag.figures.database.engine import quoted
from rag.figures.plans.statements import Plan
from rag.figures.typed import ROW, TypedTable
from rag.language import has_han

_PER = r"\b(?:per|for each|for every|by the number of)\s+(?:the\s+)?"
_EACH = r"[每平][均个]?"


@dataclass(frozen=True, slots=True)
class ForEach:
    """That a figure for each unit of another is asked for, and the *plan* for it; ``None`` where it is not sure."""

    plan: Plan | None


def for_each(wish: Wish, table: TypedTable) -> ForEach | None:
    """How to make the figure for each unit of another that *wish* asks for; ``None`` when it asks for none."""
    below, text = _below(wish.text, table)
    if below is None:
        return None
    found = cells_named(replace(wish_of(text), text=text), table)
    if found is None or len(found.rows) != 1 or len(found.columns) != 1 or found.children:
        return ForEach(None)
    (row,), (above,) = found.rows, found.columns
    values = (table.rows[row][above], table.rows[row][below])
    percent = table.columns[above].percent or table.columns[below].percent
    if above == below or percent or not all(isinstance(value, float | int) for value in values) or not values[1]:
        return ForEach(None)
    names = [table.columns[at].name for at in (above, below)]
    both = [quoted(name) for name in names]
    result = " / ".join(names)
    sql = f"SELECT {quoted(table.columns[0].name)}, {', '.join(both)}, {' / '.join(both)} AS {quoted(result)} "
    sql += f"FROM {quoted(table.label)} WHERE {quoted(ROW)} = {row}"
    return ForEach(Plan(sql, None, found.sure))


def _below(text: str, table: TypedTable) -> tuple[int | None, str]:
    """The column of numbers after *per*, and *text* without it; ``None`` where no such column stands there."""
    for at, column in enumerate(table.columns):
        if column.kind != "number":
            continue
        for name in sorted(names_of(column.name), key=len, reverse=True):
            match = re.search((_EACH if has_han(name) else _PER) + whole(name), text)
            if match is not None:
                return at, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text
