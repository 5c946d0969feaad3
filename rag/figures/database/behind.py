"""Which rows and columns went into a query: what it looks at of each table, by its own conditions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.figures.database.sql import DIALECT, parsed
from rag.figures.typed import ROW


@dataclass(frozen=True, slots=True)
class Behind:
    """*sql* gives the numbers of the rows of *table* that went in, and *everything* those of all its rows, should *sql*
    fail. *columns* are those that the query looks at.
    """

    table: str
    sql: str
    everything: str
    columns: tuple[str, ...]


def rows_behind(sql: str, tables: Mapping[str, Sequence[str]]) -> list[Behind]:
    """What went into *sql*, which was checked: for each place where it looks at one of *tables*, the rows there.

    A condition counts where it speaks of one table alone, so that of tables that are joined more rows may be named than
    were matched, never fewer.
    """
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    select = parsed(sql)
    by_name = {name.casefold(): name for name in tables}
    found = []
    for table in select.find_all(exp.Table):
        name = by_name.get(table.name.casefold())
        own = table.find_ancestor(exp.Select)
        if name is None or own is None:
            continue
        behind = exp.select(exp.column(ROW, quoted=True)).from_(_bare(name))
        everything = behind.sql(DIALECT)
        for condition in _conditions(own, table, tables[name]):
            behind = behind.where(condition)
        alone = own is select and len(list(select.find_all(exp.Table))) == 1
        if alone and not own.args.get("group") and not any(select.find_all(exp.AggFunc, exp.Window)):
            _as_listed(select, behind)
        found.append(Behind(name, str(behind.sql(DIALECT)), str(everything), _columns(select, table, tables[name])))
    return found


def _bare(name: str) -> Any:
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    return exp.Table(this=exp.to_identifier(name, quoted=True))


def _columns(select: Any, table: Any, columns: Sequence[str]) -> tuple[str, ...]:
    """Those of *columns* that are named anywhere for this table, or for a part of the query that is made of it."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    others = {other.alias_or_name for other in select.find_all(exp.Table) if other is not table}
    others -= {table.alias_or_name, *(cte.alias for cte in select.find_all(exp.CTE))}
    named = {column.name.casefold() for column in select.find_all(exp.Column) if column.table not in others}
    whole = any(isinstance(part, exp.Star) or isinstance(part.this, exp.Star) for part in select.expressions)
    return tuple(name for name in columns if whole or name.casefold() in named)


def _conditions(select: Any, table: Any, columns: Sequence[str]) -> Iterator[Any]:
    """The conditions of *select* that speak of *table* alone, as conditions on a table by itself."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    where = select.args.get("where")
    if where is None:
        return
    alone = not select.args.get("joins")
    own = {name.casefold() for name in columns} | {"#", "#total", "#under"}
    parts = {cte.alias.casefold() for cte in select.root().find_all(exp.CTE)}
    for condition in where.this.flatten() if isinstance(where.this, exp.And) else [where.this]:
        if any(inner.name.casefold() in parts for inner in condition.find_all(exp.Table)):
            continue
        if not alone and any(condition.find_all(exp.Select)):
            continue
        here = [column for column in condition.find_all(exp.Column) if column.find_ancestor(exp.Select) is select]
        if all(column.name.casefold() in own and (alone or column.table == table.alias_or_name) for column in here):
            copy = condition.copy()
            for column in copy.find_all(exp.Column):
                if column.find_ancestor(exp.Select) is None and column.table:
                    column.set("table", None)
            yield copy


def _as_listed(select: Any, behind: Any) -> None:
    """Let *behind* give the rows that are shown, where *select* shows only the first of them."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    made = {part.alias: part.this for part in select.expressions if isinstance(part, exp.Alias)}
    if select.args.get("distinct"):
        return
    for name in ("order", "limit", "offset"):
        part = select.args.get(name)
        if part is None:
            continue
        part = part.copy()
        for column in list(part.find_all(exp.Column)):
            if column.name in made:
                column.replace(exp.paren(made[column.name].copy()))
            elif column.table:
                column.set("table", None)
        behind.set(name, part)
