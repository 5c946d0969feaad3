"""Cells that a question names as SQL: as they stand, ranked, two set against each other, those of one label summed."""

import re
from collections import Counter
from collections.abc import Sequence

from rag.figures.asked.column_names import asked_for_each, names_of
from rag.figures.asked.label_forms import bare, said, told_when
from rag.figures.asked.periods import YEAR
from rag.figures.asked.report_words import EACH_YEAR
from rag.figures.asked.wishes import Wish
from rag.figures.cells.for_each import for_each
from rag.figures.cells.movers import moved_most
from rag.figures.cells.named_cells import NOTHING, Named, cells_named, leading_columns, path_of, says_range
from rag.figures.cells.rankings import ranking, sets_against
from rag.figures.cells.row_ratios import named_ratio_of_rows, share_of_rows, with_both_periods
from rag.figures.cells.row_values import ADDS_UP
from rag.figures.cells.spans import with_all_between
from rag.figures.database.engine import literal, quoted
from rag.figures.plans.statements import Plan, alias, growth_between
from rag.figures.typed import ROW, UNDER, TypedTable, unit_of

_GREW = re.compile(r"increas|growth|gr[eo]w|rose|rise|gain|增加|增长|上升|提高|增减|变动|变化|chang")
_HOW_MUCH = re.compile(r"how (?:many|much)")
_HOW_MANY = re.compile(r"how many|number of|[多几]少?[个人家户名]|人数|数量")
_TIMES = re.compile(r"how many times|[几多少两]倍")
_MORE_BY = re.compile(r"increas|grew|grow|增|涨")
_FELL = re.compile(r"decreas|declin|drop|fell|fall|reduc|减少|下降|降低")


def lookup(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to answer *wish* by the very cells that it names; ``None`` when it names none surely."""
    if not table.texts:
        return None
    greatest = ranking(wish, table, chinese=chinese) or moved_most(wish, table, chinese=chinese)
    if greatest is not None or sets_against(wish) or _asks_for_each(wish, table):
        return greatest
    ratio = share_of_rows(wish, table) or named_ratio_of_rows(wish, table)
    spanned = with_all_between(with_both_periods(wish, table), table)
    if ratio is not None or spanned is None:
        return ratio
    each = for_each(spanned, table)
    return _of_cells(spanned, table, chinese=chinese) if each is None else each.plan


def _of_cells(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """What the cells come to that *wish* names."""
    found = cells_named(wish, table)
    if found is None:
        return None
    asked = found.wish
    times = _TIMES.search(wish.text) is not None
    if (asked.operation in {"share", "count"} and not times) or asked.trend or asked.chart or asked.ranked:
        return None
    cells = [(row, column) for row in found.rows for column in found.columns]
    made: Plan | None = None
    both = len(cells) == 2 and asked.operation != "mean" and _moves(asked.text)  # how total sales grew
    if found.children or (asked.operation in {"sum", "mean"} and len(cells) > 1 and not both):
        made = None if _moves(asked.text) else _summed(found, table, cells, chinese=chinese)
    elif both or (len(cells) == 2 and (times or asked.operation in {"difference", "growth"})):
        made = of_two(found, table, wish, cells, chinese=chinese)
    elif not asked.ratio and (asked.operation is None or (asked.operation == "sum" and len(cells) == 1)):
        # The total of one cell is what it says.
        made = None if _moves(asked.text) else _shown(found, table, chinese=chinese)
    return made


def _asks_for_each(wish: Wish, table: TypedTable) -> bool:
    """Whether a result for each of the labels is wanted, and not that of one of them."""
    heads = (name for column in table.columns[: leading_columns(table)] for name in names_of(column.name))
    return any(re.search(asked_for_each(name), wish.text) for name in heads)


def _moves(text: str) -> bool:
    return _GREW.search(text) is not None or _FELL.search(text) is not None


# ── As SQL ──


def _shown(found: Named, table: TypedTable, *, chinese: bool) -> Plan | None:
    """The cells as they stand."""
    if not any(table.texts[row][column] for row in found.rows for column in found.columns):
        return None
    if any(_unread(table, row, column) for row in found.rows for column in found.columns):
        return None
    columns = [
        quoted(table.columns[at].name) for at in range(leading_columns(table)) if table.columns[at].kind == "text"
    ]
    columns = [name for at, name in enumerate(columns) if at not in found.columns]
    if any(table.under[row] for row in found.rows if table.under):
        columns.insert(0, f"{quoted(UNDER)} AS {quoted('所属' if chinese else 'under')}")
    columns += [quoted(table.columns[at].name) for at in found.columns]
    percents = []
    for at in found.columns:
        signs = {table.texts[row][at].endswith(("%", "％")) for row in found.rows if table.texts[row][at]}
        if table.columns[at].kind == "number" and signs == {True, False}:
            return None
        if signs == {True}:
            percents.append(table.columns[at].name)
    return Plan(_select(columns, table, found.rows), None, found.sure, percents=tuple(percents))


def _unread(table: TypedTable, row: int, column: int) -> bool:
    """Whether a cell of a column of numbers says something that is no number."""
    text = table.texts[row][column]
    return table.rows[row][column] is None and text not in NOTHING


def _numbers(table: TypedTable, cells: Sequence[tuple[int, int]]) -> bool:
    return all(isinstance(table.rows[row][column], float | int) for row, column in cells)


def _summed(found: Named, table: TypedTable, cells: Sequence[tuple[int, int]], *, chinese: bool) -> Plan | None:
    """The sum or the mean of the cells of one column, or of one row."""
    known = [(row, column) for row, column in cells if not _unread(table, row, column)]
    if len(cells) < 2 or len(known) < len(cells) or any(row in table.totals for row in found.rows):
        return None
    if any(table.columns[at].kind != "number" for at in found.columns) or _mixed_signs(table, cells):
        return None
    if found.children and not _may_be_added_up(found, table):
        return None
    kind = "mean" if found.wish.operation == "mean" else "sum"
    percent = table.texts[cells[0][0]][cells[0][1]].endswith(("%", "％"))
    if percent and kind == "sum" and found.children:
        return None
    if len(found.columns) == 1:
        name = table.columns[found.columns[0]].name
        shown = alias(name, kind, chinese=chinese)
        columns = [f"{'AVG' if kind == 'mean' else 'SUM'}({quoted(name)}) AS {quoted(shown)}"]
    elif len(found.rows) == 1 and _numbers(table, cells):
        shown = alias(path_of(table, found.rows[0])[-1], kind, chinese=chinese)
        total = " + ".join(quoted(table.columns[at].name) for at in found.columns)
        columns = [f"({total}){f' / {len(found.columns)}' if kind == 'mean' else ''} AS {quoted(shown)}"]
    else:
        return None
    return Plan(_select(columns, table, found.rows), None, found.sure, percents=(shown,) if percent else ())


def _may_be_added_up(found: Named, table: TypedTable) -> bool:
    """Whether the rows under a label are its parts, and a sum or a number of things is asked for.

    What stands under one label of a report is rarely all of it, and limits of error add up to nothing.
    """
    labels = [path_of(table, row)[-1] for row in found.rows]
    heads = [said(head) for at in found.columns for head in table.heads[at]]
    asked = found.wish.operation == "sum" or _HOW_MANY.search(found.wish.text) or any(map(ADDS_UP.search, heads))
    return bool(asked) and not table.printed and len(set(labels)) == len(labels) and not any(map(says_range, heads))


def _mixed_signs(table: TypedTable, cells: Sequence[tuple[int, int]]) -> bool:
    return (
        len({table.texts[row][column].endswith(("%", "％")) for row, column in cells if table.texts[row][column]}) > 1
    )


def of_two(
    found: Named, table: TypedTable, wish: Wish, cells: Sequence[tuple[int, int]], *, chinese: bool
) -> Plan | None:
    """The difference between two cells, or the growth from the earlier to the later."""
    units = {unit for _, column in cells if (unit := unit_of(table.columns[column].name))}
    if not _numbers(table, cells) or _mixed_signs(table, cells) or len(units) > 1:
        return None
    told = [_told(table, cell, cells) for cell in cells]
    when = [told_when(name) for name in told]
    dated = None not in when and when[0] != when[1]
    times = _TIMES.search(wish.text) is not None
    growth = not times and found.wish.operation == "growth" and (wish.percent or not _HOW_MUCH.search(wish.text))
    if growth and not dated:
        return None
    if times and (wish.less or _FELL.search(said(wish.text)) or (_MORE_BY.search(wish.text) and not dated)):
        return None
    both = _in_order(wish, cells, told, when if dated else None, growth=growth or times)
    if both is None:
        return None
    first, second = both
    values = [_value(table, cell, cells) for cell in (first, second)]
    labels = [told[cells.index(cell)] for cell in (first, second)]
    yearly = EACH_YEAR.search(said(wish.text)) is not None
    after, by = " - 1" if growth else "", "/" if growth or times else "-"
    result = f"{labels[0]} {by} {labels[1]}"
    if growth:
        result = growth_between(*labels, yearly=yearly, chinese=chinese)
    sql = f"{values[0]} / NULLIF({values[1]}, 0){after}" if by == "/" else f"{values[0]} - {values[1]}"
    if yearly:
        years = sorted(year for year, _ in filter(None, when))
        if not growth or len(years) != 2 or years[0] == 0:
            return None
        between = years[1] - years[0]
        sql = f"POWER({values[0]} / NULLIF({values[1]}, 0), 1.0 / {between}) - 1"
    columns = [f"{value} AS {quoted(label)}" for value, label in zip(values, labels, strict=True)]
    columns.append(f"{sql} AS {quoted(result)}")
    percent = table.texts[first[0]][first[1]].endswith(("%", "％"))
    percents = (*(labels if percent else ()), *((result,) if growth or (percent and not times) else ()))
    rows = tuple(dict.fromkeys(row for row, _ in cells))
    return Plan(_select(columns, table, rows), None, found.sure, percents=percents)


def _in_order(
    wish: Wish,
    cells: Sequence[tuple[int, int]],
    told: Sequence[str],
    when: Sequence[tuple[int, int] | None] | None,
    *,
    growth: bool,
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Which of two cells the other is taken from: the earlier from the later, or the second that is named from the
    first, and the other way round where it is asked how much less; ``None`` where nothing tells which is first.
    """
    text = said(wish.text)
    if when is not None and (growth or _GREW.search(text) or _FELL.search(text)):
        later, earlier = sorted(cells, key=lambda cell: when[cells.index(cell)] or (0, 0), reverse=True)
        return (earlier, later) if not growth and _FELL.search(text) else (later, earlier)
    places = [_position(text, name, other) for name, other in zip(told, told[::-1], strict=True)]
    if places[0] == places[1]:
        return None
    first, second = cells if places[0] < places[1] else cells[::-1]
    return (second, first) if wish.less else (first, second)


def _position(text: str, label: str, other: str) -> int:
    """Where *text* says *label*, or what tells it from the *other*; its end where it does not."""
    at = max(text.find(said(label)), text.find(bare(label)))
    if at >= 0:
        return at
    own = " ".join(word for word in label.split() if word not in other.split())
    year = YEAR.search(own)
    words = [own, *own.split(), *([year[0]] if year else [])]
    return min((at for word in words if word and (at := text.find(said(word))) >= 0), default=len(text))


def _told(table: TypedTable, cell: tuple[int, int], cells: Sequence[tuple[int, int]]) -> str:
    """What tells *cell* from the other: its row, its column, or both."""
    row, column = cell
    parts = []
    if len({one for one, _ in cells}) > 1:
        others = [set(path_of(table, one)) for one, _ in cells if one != row]
        path = path_of(table, row)
        parts.append(" ".join(label for label in path if label not in others[0]) or path[-1])
    if len({other for _, other in cells}) > 1:
        parts.append(table.columns[column].name)
    return " ".join(parts)


def _value(table: TypedTable, cell: tuple[int, int], cells: Sequence[tuple[int, int]]) -> str:
    row, column = cell
    name = quoted(table.columns[column].name)
    return name if len({one for one, _ in cells}) == 1 else f"MAX({name}) FILTER (WHERE {quoted(ROW)} = {row})"


def _select(columns: Sequence[str], table: TypedTable, rows: Sequence[int]) -> str:
    return f"SELECT {', '.join(columns)} FROM {quoted(table.label)} WHERE {_where(table, rows)}"  # noqa: S608 - all quoted


def _where(table: TypedTable, rows: Sequence[int]) -> str:
    """A condition for *rows*: by their labels, where these are told apart by them, or else by their numbers."""
    counts = Counter(row[0] for row in table.rows)
    labels = [table.rows[row][0] for row in rows]
    if table.columns[0].kind == "text" and all(isinstance(label, str) and counts[label] == 1 for label in labels):
        name, values = quoted(table.columns[0].name), ", ".join(literal(str(label)) for label in labels)
        return f"{name} = {values}" if len(rows) == 1 else f"{name} IN ({values})"
    numbers = ", ".join(map(str, rows))
    return f"{quoted(ROW)} = {numbers}" if len(rows) == 1 else f"{quoted(ROW)} IN ({numbers})"
