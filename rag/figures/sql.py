"""What SQL may say here: one SELECT over the tables there are. A query is read by sqlglot, never by patterns."""

from collections.abc import Mapping, Sequence
from typing import Any

from rag.errors import CannotCompute
from rag.figures.engine import quoted
from rag.figures.typed import ROW, TOTAL

_DIALECT = "duckdb"


def checked(sql: str, tables: Mapping[str, Sequence[str]]) -> str:
    """*sql* as it may be run, written anew from what was understood; *tables* gives the columns of each table.

    :raises CannotCompute: when it is not one SELECT, or names anything else than these tables and columns
    """
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    select = _select(sql)
    names = {column for columns in tables.values() for column in columns} | {ROW, TOTAL}
    made = {alias.alias for alias in select.find_all(exp.Alias)}
    made |= {table.alias for table in select.find_all(exp.Table) if table.alias}
    known = {cte.alias for cte in select.find_all(exp.CTE)}
    for table in select.find_all(exp.Table):
        if table.name not in tables and table.name not in known:
            raise CannotCompute(reason=f"there is no table {table.name or table.sql(_DIALECT)}")
    for column in select.find_all(exp.Column):
        if not isinstance(column.this, exp.Star) and column.name not in names | made:
            raise CannotCompute(reason=f"there is no column {column.name}")
    for function in select.find_all(exp.Anonymous):
        raise CannotCompute(reason=f"the function {function.name} is not used here")
    return str(select.sql(_DIALECT, comments=False))


def rows_behind(sql: str, label: str, columns: Sequence[str]) -> tuple[str | None, list[str]]:
    """A query for the numbers of the rows that went into *sql*, and the columns of table *label* that it looks at.

    ``None`` when that is not one condition over one table: all rows of these columns then went in.
    """
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    select = _select(sql)
    named = {column.name for column in select.find_all(exp.Column)}
    used = [column for column in columns if column in named]
    if any(isinstance(star.parent, exp.Select) for star in select.find_all(exp.Star)):
        used = list(columns)
    if any(len(list(select.find_all(kind))) != 1 for kind in (exp.Table, exp.Select)):
        return None, used
    behind = exp.select(exp.column(ROW, quoted=True)).from_(exp.to_table(quoted(label), dialect=_DIALECT))
    where = select.args.get("where")
    if where is not None:
        behind = behind.where(where.this.copy())
    grouped = select.args.get("group") or any(select.find_all(exp.AggFunc))
    if not grouped:
        for part in ("order", "limit", "offset"):
            if select.args.get(part) is not None:
                behind.set(part, select.args[part].copy())
    return str(behind.sql(_DIALECT)), used


def _select(sql: str) -> Any:
    import sqlglot  # noqa: PLC0415 - only a question that computes needs it

    try:
        statements = [statement for statement in sqlglot.parse(sql, read=_DIALECT) if statement is not None]
    except sqlglot.errors.SqlglotError as error:
        raise CannotCompute(reason="the query is not SQL") from error
    if len(statements) != 1 or not isinstance(statements[0], sqlglot.exp.Select):
        raise CannotCompute(reason="it takes exactly one SELECT")
    if statements[0].args.get("into") is not None:
        raise CannotCompute(reason="a query only reads")
    return statements[0]
