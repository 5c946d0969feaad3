"""What SQL may say here: one SELECT over the tables there are. A query is read by sqlglot, never by patterns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.errors import CannotCompute
from rag.figures.typed import ROW, TOTAL, UNDER

DIALECT = "duckdb"
_LONGEST = 8_000  # characters of a query
_USED = frozenset(
    """
    Abs Add Alias And AnyValue ArgMax ArgMin Avg Between Boolean Bracket CTE Case Cast Ceil Coalesce Column Concat
    ConcatWs Contains Corr Count CumeDist CurrentRow DPipe DataType Date DateAdd DateDiff DateFromParts DateSub
    DateTrunc Day DayOfMonth DayOfWeek DayOfYear Dec DenseRank Distinct Div EQ EndsWith Except Exists Exp Extract
    Filter FirstValue Floor From GT GTE Greatest Group GroupConcat Having ILike Identifier If In Initcap IntDiv
    Intersect Interval Is IsNan Join LT LTE Lag LastDay LastValue Lead Least Left Length Like Limit Literal Ln Log
    Lower Max Median Min Mod Month Mul NEQ Neg Not NthValue Ntile Null Nullif Offset Or Order Ordered Over Paren
    PercentRank PercentileCont PercentileDisc Pow Power Qualify Quantile Quarter Rank RegexpLike Replace Right Round
    RowNumber Select Sign Sqrt Star StartsWith Stddev StddevPop StddevSamp StrPosition StrToDate StrToTime Sub
    Subquery Substring Sum Table TableAlias TimeToStr TimestampTrunc Trim TryCast TsOrDsToDate Tuple Union Upper Var
    Variance VariancePop Week WeekOfYear Where Window WindowSpec With WithinGroup Year
    """.split()
)
"""Every part that a query may be made of: nothing that reaches files, the network, settings, or makes rows itself."""


def checked(sql: str, tables: Mapping[str, Sequence[str]]) -> str:
    """*sql* as it may be run, written anew from what was understood; *tables* gives the columns of each table.

    :raises CannotCompute: when it is not one SELECT, or names anything else than these tables and columns
    """
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    select = parsed(sql)
    _only_what_is_used(select)
    known = {name.casefold() for name in tables}
    names = {name.casefold() for columns in tables.values() for name in columns} | {ROW, TOTAL, UNDER}
    made = {alias.alias.casefold() for alias in select.find_all(exp.Alias, exp.Table, exp.Subquery) if alias.alias}
    made |= {column.name.casefold() for alias in select.find_all(exp.TableAlias) for column in alias.columns}
    parts = {cte.alias.casefold() for cte in select.find_all(exp.CTE)}
    if parts & known:
        raise CannotCompute(reason="a part of the query has the name of a table")
    for table in select.find_all(exp.Table):
        if table.name.casefold() not in known | parts or table.db or table.catalog:
            raise CannotCompute(reason=f"there is no table {table.sql(DIALECT)[:80]}")
    for column in select.find_all(exp.Column):
        if not isinstance(column.this, exp.Star) and column.name.casefold() not in names | made | parts:
            raise CannotCompute(reason=f"there is no column {column.name[:80]}")
    if not any(table.name.casefold() in known for table in select.find_all(exp.Table)):
        raise CannotCompute(reason="it looks at no table")
    return _written(select)


def computes_only_from_cells(sql: str) -> bool:
    """Whether no column of the result of *sql*, which was checked, is a number that the query itself brings."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    def brings(part: Any) -> bool:
        value = part.unalias()
        return not value.is_string and not any(value.find_all(exp.Column, exp.Count, exp.Star, exp.Window))

    return not any(brings(part) for part in parsed(sql).expressions)


def parsed(sql: str) -> Any:
    """*sql* as sqlglot understands it.

    :raises CannotCompute: when it is not exactly one SELECT
    """
    import sqlglot  # noqa: PLC0415 - only a question that computes needs it

    if len(sql) > _LONGEST:
        raise CannotCompute(reason=f"the query is longer than {_LONGEST} characters")
    try:
        statements = [statement for statement in sqlglot.parse(sql, read=DIALECT) if statement is not None]
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise CannotCompute(reason="the query is not SQL") from error
    if len(statements) != 1 or not isinstance(statements[0], sqlglot.exp.Select):
        raise CannotCompute(reason="it takes exactly one SELECT")
    return statements[0]


def _only_what_is_used(select: Any) -> None:
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    for part in select.walk():
        kind = type(part).__name__
        if kind == "Anonymous" or kind not in _USED:
            name = part.name if kind == "Anonymous" else kind
            raise CannotCompute(reason=f"{name[:80]} is not used here")
        if isinstance(part, exp.With) and part.args.get("recursive"):
            raise CannotCompute(reason="a recursive query is not used here")
        if isinstance(part, exp.Select) and (part.args.get("into") or part.args.get("sample")):
            raise CannotCompute(reason="a query only reads")


def without_totals(sql: str, totals: Collection[str]) -> str:
    """*sql* without the rows of *totals*, tables in which rows sum up others, where these would count twice.

    A query that says itself what it does with such rows, or only shows rows as they stand, is left as it is.
    """
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    select = parsed(sql)
    if any(column.name == TOTAL for column in select.find_all(exp.Column)):
        return sql
    if not any(select.find_all(exp.AggFunc, exp.Window, exp.Order)):
        return sql
    known = {name.casefold() for name in totals}
    for table in list(select.find_all(exp.Table)):
        if table.name.casefold() not in known:
            continue
        inner = exp.select("*").from_(exp.Table(this=table.this.copy())).where(exp.not_(exp.column(TOTAL, quoted=True)))
        own = table.find_ancestor(exp.Select)
        if own is not None and not own.args.get("joins"):
            where = exp.not_(exp.column(TOTAL, quoted=True))
            own.where(where, copy=False)
        else:
            table.replace(inner.subquery(table.alias_or_name, copy=False))
    return _written(select)


def table_names(sql: str) -> set[str]:
    """What *sql*, which was checked, looks at, in small letters."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    return {table.name.casefold() for table in parsed(sql).find_all(exp.Table)}


def renamed(sql: str, labels: Mapping[str, str]) -> str:
    """*sql* with the tables called by their *labels*; where it calls a column by its table, that name is kept."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    select = parsed(sql)
    for table in list(select.find_all(exp.Table)):
        label = labels.get(table.name.casefold())
        if label is not None:
            short = table.alias or table.name
            called = any(column.table == short for column in select.find_all(exp.Column))
            table.set("this", exp.to_identifier(label, quoted=True))
            table.set("alias", exp.TableAlias(this=exp.to_identifier(short)) if called else None)
    return _written(select)


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column of a result: the length of the *period* to which it cuts days (``quarter``; empty for none), and whether
    it is a *fraction*: one thing over another, and not told in hundredths already.
    """

    name: str
    period: str
    fraction: bool


def result_columns(sql: str) -> list[ResultColumn]:
    """The columns of the result of *sql*, which was checked; those of a star are not told."""
    from sqlglot import exp  # noqa: PLC0415 - only a question that computes needs it

    found = []
    for part in parsed(sql).expressions:
        cut = next(part.find_all(exp.TimestampTrunc, exp.DateTrunc), None)
        period = str(cut.args.get("unit")).strip("'").casefold() if cut is not None else ""
        hundred = any(each.name in {"100", "100.0"} for each in part.find_all(exp.Literal))
        found.append(ResultColumn(part.alias_or_name, period, not hundred and any(part.find_all(exp.Div))))
    return found


def _written(select: Any) -> str:
    try:
        return str(select.sql(DIALECT, comments=False))
    except RecursionError as error:
        raise CannotCompute(reason="the query is not SQL") from error
