"""What tables hold, in the few words that a query over them takes: names, types, ranges, values and totals."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from rag.figures.database.engine import quoted
from rag.figures.typed import TOTAL, UNDER, TypedColumn, TypedTable
from rag.records import Value

_LONGEST = 40  # characters of a value
_TYPES = {"text": "TEXT", "number": "DOUBLE", "date": "DATE"}
_DETAILS = (12, 5, 2, 0)
"""How many values of a column of text are told; fewer when the tables take more room than there is."""


def profiles(tables: Sequence[TypedTable], fits: Callable[[str], bool]) -> tuple[str, tuple[TypedTable, ...]]:
    """What *tables* hold, the first of them first, told as closely as *fits*, and the tables of which it is told.

    Where not all of them fit even in short, the last ones are left out.
    """
    for count in range(len(tables), 0, -1):
        for values in _DETAILS:
            text = "\n\n".join(_profile(table, values) for table in tables[:count])
            if fits(text):
                return text, tuple(tables[:count])
    return "", ()


def _profile(table: TypedTable, values: int) -> str:
    about = [f"titled {_shown(table.title)}" if table.title and table.title != table.label else ""]
    about += [f"in units of {_shown(table.unit)}" if table.unit else "", f"{len(table.rows)} rows"]
    lines = [f"TABLE {quoted(table.label)} ({', '.join(filter(None, about))})"]
    columns = zip(table.columns, zip(*table.rows, strict=True), strict=True)
    lines += [_column(column, list(own), values) for column, own in columns]
    if table.totals:
        lines.append(f"- {quoted(TOTAL)} BOOLEAN: true for {len(table.totals)} rows that sum up others")
    if table.under:
        paths = Counter(" > ".join(path) for path in table.under if path)
        lines.append(f"- {quoted(UNDER)} TEXT: the labels a row stands under{_some(paths, values)}")
    return "\n".join(lines)


def _column(column: TypedColumn, own: list[Value], values: int) -> str:
    line = f"- {quoted(column.name)} {_TYPES[column.kind]}"
    known = [value for value in own if value is not None]
    empty = len(own) - len(known)
    if column.kind == "text":
        line += f": {len(set(known))} values{_some(Counter(map(str, known)), values)}"
    elif known:
        line += f": {_end(min(known, key=_size))} to {_end(max(known, key=_size))}"  # type: ignore[arg-type]
        line += f", first days of each {column.grain}" if column.grain not in {None, "day"} else ""
        line += ", shares of one (printed with %)" if column.percent else ""
    return line + (f", {empty} empty" if empty and values else "")


def _size(value: float | date) -> float:
    return float(value.toordinal()) if isinstance(value, date) else float(value)


def _end(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:.6g}" if isinstance(value, float) else str(value)


def _some(values: Counter[str], most: int) -> str:
    shown = [_shown(value) for value, _ in values.most_common(most)]
    if not shown:
        return ""
    return f" ({', '.join(shown)}{', …' if len(values) > len(shown) else ''})"


def _shown(text: str) -> str:
    """*text* of a document on one line, between quotation marks that it cannot close."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()).replace('"', "'")
    return f'"{plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"}"'
