"""Cells that a question names by the labels of rows and columns, at any depth, and plain arithmetic over two of them.

A table is read as people do: the label of a row with those it stands under, the heads of a column from the top. A cell
is meant when every name in the question leads to it and to no other as well; where two fit equally, none is.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.figures.engine import literal, quoted
from rag.figures.labels import Name, Question, bare, found_in, means_more, names, said
from rag.figures.mentions import asked_for_each, names_of
from rag.figures.periods import period_of
from rag.figures.plans import Plan, alias
from rag.figures.typed import ROW, UNDER, TypedTable, unit_of
from rag.figures.wishes import Wish, wish_of
from rag.language import is_chinese
from rag.records import says_total

_MOST_CELLS = 40
_MOST_LEADING = 3
_NOTHING = frozenset({"", "-", "–", "—", "/"})
_MOST_LEFT = 3  # Han characters, or one word, that may mean nothing
_SAYS_PERCENT = re.compile(r"%|percent|百分|比例|比率|占比|率|proportion|share|prevalence")
_SAYS_RANGE = re.compile(r"confidence|interval|error|deviation|p[- ]value|置信|误差|标准差")
_AND = re.compile(r"以及|[和与及、,]|\band\b")
_GREW = re.compile(r"increas|growth|grew|rose|rise|gain|增加|增长|上升|提高|增减|变动|变化|chang")
_HOW_MUCH = re.compile(r"how (?:many|much)")
_FELL = re.compile(r"decreas|declin|drop|fell|fall|reduc|减少|下降|降低")
_ORDER = {"期初": 0, "上期": 0, "期末": 1, "本期": 1}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """The cells that a question names: the numbers of *rows* and *columns*, and by how many *names*.

    *children* says that the rows are those under a label that has no figures of its own. *wish* is what the other words
    ask for; *left* counts those that nothing of the table accounts for.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    children: bool
    names: tuple[int, int]
    wish: Wish
    left: int

    @property
    def sure(self) -> float:
        """How sure it is, on the scale of plans."""
        rows, columns = self.names
        return (1.0 if rows else 0.3) + (1.0 if columns else 0.3) + 0.2 * max(0, rows + columns - 2) - 0.1 * self.left


def lookup(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to answer *wish* by the very cells that it names; ``None`` when it names none surely."""
    found = cells_named(wish, table) if table.texts and not _asks_for_each(wish, table) else None
    if found is None:
        return None
    asked = found.wish
    if asked.operation in {"share", "count"} or asked.trend or asked.chart or asked.ranked:
        return None
    cells = [(row, column) for row in found.rows for column in found.columns]
    made: Plan | None = None
    if found.children or (asked.operation in {"sum", "mean"} and len(cells) > 1):
        made = _summed(found, table, cells, chinese=chinese)
    elif len(cells) == 2 and (asked.operation in {"difference", "growth"} or _moves(asked.text)):
        made = _of_two(found, table, wish, cells)
    elif not asked.ratio and (asked.operation is None or (asked.operation == "sum" and len(cells) == 1)):
        # The total of one cell is what it says.
        made = _shown(found, table, chinese=chinese) if len(cells) == 1 or not _moves(asked.text) else None
    return made


def _asks_for_each(wish: Wish, table: TypedTable) -> bool:
    """Whether a result for each of the labels is wanted, and not that of one of them."""
    heads = (name for column in table.columns[: _leads(table)] for name in names_of(column.name))
    return any(re.search(asked_for_each(name), wish.text) for name in heads)


def _moves(text: str) -> bool:
    return _GREW.search(text) is not None or _FELL.search(text) is not None


def cells_named(wish: Wish, table: TypedTable) -> Named | None:
    """The cells that the words of *wish* lead to; ``None`` when they lead to none, or to more than one by one name."""
    question = Question(wish.text)
    lead = _leads(table)
    filled = [at for at, texts in enumerate(table.texts) if any(texts[lead:])]
    if not filled or lead == len(table.columns):
        return None
    row_paths = {at: _path(table, at) for at in filled}
    column_paths = {at: table.heads[at] for at in range(1, len(table.columns))}
    axes = {"row": names(_labels(row_paths)), "column": names(_labels(column_paths))}
    named = {axis: _without_total(labels, said(wish.text)) for axis, labels in found_in(question, axes).items()}
    rows = _leading(row_paths, named["row"], axes["row"])
    if not named["column"]:
        column_paths = {at: path for at, path in column_paths.items() if at >= lead}
    across = _leading(column_paths, named["column"], axes["column"])
    children = False
    if rows is not None and not _apart(rows, row_paths, named["row"]):
        rows, children = _under_one(rows, row_paths, named["row"]), True
    if across is not None and not _apart(across, column_paths, named["column"]):
        filled_in = [at for at in across if rows and any(table.texts[row][at] not in _NOTHING for row in rows)]
        across = _of_kind(filled_in, column_paths, named["column"], percent=bool(_SAYS_PERCENT.search(question.left)))
    if not rows or not across or len(rows) * len(across) > _MOST_CELLS:
        return None
    paths = [*(row_paths[at] for at in rows), *(column_paths[at] for at in across)]
    asked = wish_of(question.left)
    left = _left(question, table, paths, said(wish.text))
    count = (len(named["row"]), len(named["column"]))
    most = _MOST_LEFT if not all(count) or is_chinese(wish.text) else 2 * _MOST_LEFT
    return None if left is None or left > most else Named(rows, across, children, count, asked, left)


def _left(question: Question, table: TypedTable, paths: Sequence[Sequence[str]], text: str) -> int | None:
    """How much of *question* neither the cells with these *paths* nor the title account for; ``None`` when a word may
    make another figure of them.
    """
    if means_more(question.left) or any(_side_by_side(text, path) for path in paths):
        return None
    for words in (table.title, table.unit, *(label for path in paths for label in path)):
        question.take_words(words)
    left, numbers = question.left_over()
    return None if numbers else left


def _side_by_side(text: str, path: Sequence[str]) -> bool:
    """Whether two labels of one path are named as two things, and not one under the other."""
    wholes = [re.escape(whole) for label in path if (whole := bare(label))]
    if len(wholes) < 2:
        return False
    either = "|".join(wholes)
    return re.search(rf"(?:{either})\s*(?:{_AND.pattern})\s*(?:{either})", text) is not None


def _leads(table: TypedTable) -> int:
    """How many columns in front hold labels: the first, and others of words up to the first of numbers."""
    kinds = [column.kind for column in table.columns]
    first = next((at for at, kind in enumerate(kinds) if kind == "number"), 1)
    return max(1, first) if all(kind == "text" for kind in kinds[:first]) and first <= _MOST_LEADING else 1


def _path(table: TypedTable, row: int) -> tuple[str, ...]:
    """The labels of a row, from the outermost."""
    own = [label for label in table.texts[row][: _leads(table)] if label]
    return (*_under(table, row), *own) if own else (*_under(table, row), "")


def _under(table: TypedTable, row: int) -> tuple[str, ...]:
    return table.under[row] if table.under else ()


def _labels(paths: Mapping[int, Sequence[str]]) -> list[str]:
    return [label for path in paths.values() for label in path if label]


def _without_total(named: list[str], text: str) -> list[str]:
    """*named* without what only says that the whole of another thing is meant: ``total kale area``."""
    totals = [label for label in named if says_total(label)]
    if len(totals) == len(named) or any(
        re.search(rf"(?:{_AND.pattern})\s*{re.escape(bare(label))}", text) for label in totals
    ):
        return named
    return [label for label in named if label not in totals]


def _leading(
    paths: Mapping[int, Sequence[str]], named: Sequence[str], axis: Mapping[str, Name]
) -> tuple[int, ...] | None:
    """The rows or columns to which most of the names lead; all of them when there is but one.

    ``None`` when none is named, or when some name leads elsewhere.
    """
    if not named:
        return tuple(paths) if len(paths) == 1 else None
    wanted = set(named)
    most = max(len(wanted.intersection(path)) for path in paths.values())
    found = [at for at, path in paths.items() if most and len(wanted.intersection(path)) == most]
    own = [at for at in found if paths[at][-1] in wanted]
    if {axis[label].whole for label in wanted} <= {
        axis[label].whole for at in own for label in paths[at] if label in wanted
    }:
        found = own
    led = {axis[label].whole for at in found for label in paths[at] if label in wanted}
    return tuple(found) if led == {axis[label].whole for label in wanted} else None


def _apart(found: Sequence[int], paths: Mapping[int, Sequence[str]], named: Sequence[str]) -> bool:
    """Whether no two of *found* are named by the same names."""
    if len(found) == 1:
        return True
    keys = [tuple(label for label in paths[at] if label in named) for at in found]
    return len(set(keys)) == len(keys)


def _under_one(
    found: Sequence[int], paths: Mapping[int, Sequence[str]], named: Sequence[str]
) -> tuple[int, ...] | None:
    """*found* when they are the rows under one label, which has no figures of its own."""
    over = {paths[at][:-1] for at in found}
    if len(over) != 1 or len(named) != 1 or named[0] not in next(iter(over)):
        return None
    return tuple(found)


def _of_kind(
    found: Sequence[int], paths: Mapping[int, Sequence[str]], named: Sequence[str], *, percent: bool
) -> tuple[int, ...] | None:
    """Those of *found* that are told as a percentage, or not, as is asked; none when that leaves two by one name."""
    kept = [at for at in found if not any(map(_SAYS_RANGE.search, map(said, paths[at])))]
    kept = [at for at in kept if any(map(_SAYS_PERCENT.search, map(said, paths[at]))) is percent]
    return tuple(kept) if kept and _apart(kept, paths, named) else None


# ── As SQL ──


def _shown(found: Named, table: TypedTable, *, chinese: bool) -> Plan | None:
    """The cells as they stand."""
    if not any(table.texts[row][column] for row in found.rows for column in found.columns):
        return None
    if any(_unread(table, row, column) for row in found.rows for column in found.columns):
        return None
    columns = [quoted(table.columns[at].name) for at in range(_leads(table)) if table.columns[at].kind == "text"]
    columns = [name for at, name in enumerate(columns) if at not in found.columns]
    if any(_under(table, row) for row in found.rows):
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
    return table.rows[row][column] is None and text not in _NOTHING


def _numbers(table: TypedTable, cells: Sequence[tuple[int, int]]) -> bool:
    return all(isinstance(table.rows[row][column], float | int) for row, column in cells)


def _summed(found: Named, table: TypedTable, cells: Sequence[tuple[int, int]], *, chinese: bool) -> Plan | None:
    """The sum or the mean of the cells of one column, or of one row."""
    known = [(row, column) for row, column in cells if not _unread(table, row, column)]
    if len(cells) < 2 or len(known) < len(cells) or any(row in table.totals for row in found.rows):
        return None
    if any(table.columns[at].kind != "number" for at in found.columns) or _mixed_signs(table, cells):
        return None
    if found.children and found.wish.operation not in {None, "sum"}:
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
        shown = alias(_path(table, found.rows[0])[-1], kind, chinese=chinese)
        total = " + ".join(quoted(table.columns[at].name) for at in found.columns)
        columns = [f"({total}){f' / {len(found.columns)}' if kind == 'mean' else ''} AS {quoted(shown)}"]
    else:
        return None
    return Plan(_select(columns, table, found.rows), None, found.sure, percents=(shown,) if percent else ())


def _mixed_signs(table: TypedTable, cells: Sequence[tuple[int, int]]) -> bool:
    return (
        len({table.texts[row][column].endswith(("%", "％")) for row, column in cells if table.texts[row][column]}) > 1
    )


def _of_two(found: Named, table: TypedTable, wish: Wish, cells: Sequence[tuple[int, int]]) -> Plan | None:
    """The difference between two cells, or the growth from the earlier to the later."""
    units = {unit for _, column in cells if (unit := unit_of(table.columns[column].name))}
    if not _numbers(table, cells) or _mixed_signs(table, cells) or len(units) > 1:
        return None
    told = [_told(table, cell, cells) for cell in cells]
    when = [_when(name) for name in told]
    dated = None not in when and when[0] != when[1]
    growth = found.wish.operation == "growth" and (wish.percent or not _HOW_MUCH.search(wish.text))
    if growth and not dated:
        return None
    first, second = _in_order(wish, cells, told, when if dated else None, growth=growth)
    values = [_value(table, cell, cells) for cell in (first, second)]
    labels = [told[cells.index(cell)] for cell in (first, second)]
    result = f"{labels[0]} / {labels[1]} - 1" if growth else f"{labels[0]} - {labels[1]}"
    sql = f"{values[0]} / NULLIF({values[1]}, 0) - 1" if growth else f"{values[0]} - {values[1]}"
    columns = [f"{value} AS {quoted(label)}" for value, label in zip(values, labels, strict=True)]
    columns.append(f"{sql} AS {quoted(result)}")
    percent = table.texts[first[0]][first[1]].endswith(("%", "％"))
    percents = (*labels, result) if percent else (result,) if growth else ()
    rows = tuple(dict.fromkeys(row for row, _ in cells))
    return Plan(_select(columns, table, rows), None, found.sure, percents=percents)


def _in_order(
    wish: Wish,
    cells: Sequence[tuple[int, int]],
    told: Sequence[str],
    when: Sequence[tuple[int, int] | None] | None,
    *,
    growth: bool,
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Which of two cells the other is taken from: the earlier from the later, or the second that is named from the
    first, and the other way round where it is asked how much less.
    """
    text = said(wish.text)
    if when is not None and (growth or _GREW.search(text) or _FELL.search(text)):
        later, earlier = sorted(cells, key=lambda cell: when[cells.index(cell)] or (0, 0), reverse=True)
        return (earlier, later) if not growth and _FELL.search(text) else (later, earlier)
    first, second = sorted(cells, key=lambda cell: _position(text, told[cells.index(cell)]))
    return (second, first) if wish.less else (first, second)


def _position(text: str, label: str) -> int:
    at = text.find(said(label))
    year = _YEAR.search(label)
    return at if at >= 0 else text.find(year[0]) if year else len(text)


def _told(table: TypedTable, cell: tuple[int, int], cells: Sequence[tuple[int, int]]) -> str:
    """What tells *cell* from the other: its row, its column, or both."""
    row, column = cell
    parts = []
    if len({one for one, _ in cells}) > 1:
        others = [set(_path(table, one)) for one, _ in cells if one != row]
        path = _path(table, row)
        parts.append(" ".join(label for label in path if label not in others[0]) or path[-1])
    if len({other for _, other in cells}) > 1:
        parts.append(table.columns[column].name)
    return " ".join(parts)


def _when(label: str) -> tuple[int, int] | None:
    """When that is of which a label tells, as year and month, for comparing; periods without a year are of one."""
    for part in (label, " ".join(label.split()[-2:]), label.rsplit(" ", 1)[-1]):
        period = period_of(part)
        if period is not None:
            return period.year, period.month
    year = _YEAR.search(label)
    if year:
        return int(year[0]), 1
    return next(((order, 0) for name, order in _ORDER.items() if name in said(label)), None)


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
