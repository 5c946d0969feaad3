"""The conditions of a query in the words that a reader needs: of which names, periods and bounds its figures are."""

from collections.abc import Iterator, Sequence
from typing import Any

from rag.figures.database.sql import parsed
from rag.figures.plans.statements import times_told
from rag.figures.typed import ROW, TOTAL

_LONGEST = 80


def conditions_told(sql: str, *, chinese: bool) -> tuple[str, ...]:
    """What *sql*, which was checked, holds its rows to: the values that it names, its period, and other conditions as
    they are written.
    """
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    found: list[str] = []
    times: dict[str, list[int]] = {"Year": [], "Quarter": [], "Month": []}
    for where in parsed(sql).find_all(exp.Where):
        for condition in _each(where.this):
            if any(column.name in {ROW, TOTAL} for column in condition.find_all(exp.Column)):
                continue
            part = type(condition.this).__name__
            values = list(_values(condition))
            if part in times and values and all(value.is_int for value in values):
                times[part] += [int(value.name) for value in values]
            elif values and all(value.is_string for value in values):
                found.extend(value.name.strip("%") for value in values)
            elif not _says_filled(condition):
                found.append(condition.sql("duckdb").replace('"', "")[:_LONGEST])
    years, quarters, months = ([*dict.fromkeys(some)] for some in times.values())
    period = times_told(years, quarters, months, chinese=chinese)
    return tuple(filter(None, (*dict.fromkeys(found), period)))


def _each(condition: Any) -> Iterator[Any]:
    """The conditions that must all be met, one by one."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    inner = condition.unnest()
    if isinstance(inner, exp.And):
        yield from _each(inner.left)
        yield from _each(inner.right)
    else:
        yield inner


def _values(condition: Any) -> Iterator[Any]:
    """The literals that a column is equal to, or is like; none for other conditions."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    condition = condition.unnest()
    if isinstance(condition, exp.EQ | exp.Like | exp.ILike) and isinstance(condition.expression, exp.Literal):
        yield condition.expression
    elif isinstance(condition, exp.In) and all(isinstance(each, exp.Literal) for each in condition.expressions):
        yield from condition.expressions


def _says_filled(condition: Any) -> bool:
    """Whether it only wants cells that are filled."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    inner = condition.unnest()
    inner = inner.this.unnest() if isinstance(inner, exp.Not) else inner
    return isinstance(inner, exp.Is)


def measured_by(sql: str, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each column of the result of *sql*, which was checked, those of *names*, columns of its tables, that a figure
    in it is made of.
    """
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    known = {name.casefold(): name for name in names}
    found: dict[str, tuple[str, ...]] = {}
    for part in parsed(sql).expressions:
        own = (known.get(column.name.casefold()) for column in part.find_all(exp.Column))
        found[part.alias_or_name] = tuple(dict.fromkeys(filter(None, own)))
    return found
