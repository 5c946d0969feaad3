"""How many rows are of what a question names, and which they are, where each row of a table is one such thing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.figures.asked.column_names import names_of, whole
from rag.figures.asked.labels import GONE
from rag.figures.asked.mentions import Mentions, mentions
from rag.figures.asked.wishes import Wish, plain
from rag.figures.cells.row_values import tells_rows
from rag.figures.database.engine import quoted
from rag.figures.plans.frames import Frame, column_of_days, frame_of
from rag.figures.plans.statements import Plan, aggregated, alias, grouped, select
from rag.figures.typed import TypedTable
from rag.language import HAN

_MEASURE_WORDS = "[个家条笔名位件种项款台辆间所只单人座场批份户支]"
_ANY_ROW = ("条记录", "记录", "数据", "条", "笔", "行", "row", "record", "entry")
_IDENTIFIES = re.compile(r"\s*(?:名称|姓名|编号|代码|编码|序号|全称|简称|名|号|\b(?:id|no|number|name|code)\b\.?)$")
_ABOUT = re.compile(
    r"\d+|年度?|[的表]|明细|清单|台账|一览|情况|记录|统计|汇总|列表|\b(?:list|table|log|data|details?|of|all|the)\b"
)
_PERSON = frozenset({"姓名", "员工", "employee"})
_HOW_MANY = re.compile(r"数$|数量|\b(?:count|number|qty|quantity|units|headcount|pieces|pcs)\b")
_COUNTS = re.compile(r"[多几数]|\b(?:how many|number of|count)\b")
_WHICH = re.compile(r"哪[些几]|列出|有谁|名单|\b(?:which|list|show|name)\b")
_NO_NAME = r"(?:by|per|in|of|with|for|each|are|were|is|was|do|does|did|and)\b"
_MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted: rows, or the different values of the column *at*; *rest* is the question without its name."""

    rest: str
    at: int | None = None


def counted(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to count what *wish* names, for all rows that it means or for each group; ``None`` when rows are no such
    thing, or when words are left over.
    """
    if table.overlaps or wish.ranked or (table.printed and not _lists(table)) or not _COUNTS.search(wish.text):
        return None
    thing = _thing(wish.text, table) or (None if table.printed else _kind_of_row(wish.text, table))
    if thing is None:
        return None
    found = mentions(thing.rest, table)
    rest = replace(wish, text=thing.rest, operation="count")
    frame = frame_of(rest, table, found)
    if frame is None or found.left or found.more or found.measures or _named_besides(found, frame, table):
        return None
    sure = 1.0 + len(found.values) + bool(found.times) + len(found.bounds) + 0.5 * bool(frame.keys)
    if thing.at is None:
        return aggregated("count", rest, table, [""], frame, sure, chinese=chinese)
    name = table.columns[thing.at].name
    shown = alias(name, "count", chinese=chinese)
    columns = [f"{key} AS {quoted(own)}" for key, own in frame.keys]
    columns.append(f"COUNT(DISTINCT {quoted(name)}) AS {quoted(shown)}")
    sql = select(columns, table, list(frame.conditions)) + grouped(frame, rest, shown)
    return Plan(sql, None, sure, frame.grain, only=frame.only)


def _lists(table: TypedTable) -> bool:
    """Whether each row of a printed table is one thing of a kind that its first head names, as plants are."""
    named = bool(table.heads) and bool(table.heads[0])
    return named and not table.under and not table.doubtful and tells_rows(table, 0)


def within_bounds(wish: Wish, table: TypedTable) -> Plan | None:
    """Which rows have figures within the bounds that *wish* sets, by the names of what they are."""
    if (table.printed and not _lists(table)) or not _WHICH.search(wish.text):
        return None
    found = mentions(wish.text, table)
    keys = [at for at in found.named if tells_rows(table, at)]
    if not found.bounds or found.left or found.more or len(keys) != 1 or wish.operation or wish.ranked:
        return None
    frame = frame_of(Wish(""), table, replace(found, each=()))
    shown = dict.fromkeys((keys[0], *(bound.at for bound in found.bounds)))
    if frame is None or set(found.named) - shown.keys():
        return None
    sql = select([quoted(table.columns[at].name) for at in shown], table, list(frame.conditions))
    order = quoted(table.columns[found.bounds[0].at].name)
    down = "DESC" if found.bounds[0].sign in {">", ">="} else "ASC"
    percents = tuple(table.columns[at].name for at in shown if table.columns[at].percent)
    sure = 1.0 + len(found.values) + len(found.bounds)
    return Plan(f"{sql} ORDER BY {order} {down} LIMIT {_MOST_LISTED}", None, sure, percents=percents, only=frame.only)


def _thing(text: str, table: TypedTable) -> _Counted | None:
    """What *text* asks the number of, the longest name first; nothing where a column of numbers has that."""
    figures = [name for column in table.columns if column.kind == "number" for name in names_of(column.name)]
    for name, at in sorted(_things(table), key=lambda each: -len(each[0])):
        for form in _forms(name):
            match = re.search(form, text)
            if match is not None and not any(re.search(whole(name), match[0]) for name in figures):
                between = match.groupdict().get("between") or ""
                return _Counted(f"{text[: match.start()]}{GONE}{between}{GONE}{text[match.end() :]}", at)
    return None


def _kind_of_row(text: str, table: TypedTable) -> _Counted | None:
    """What *text* asks the number of, where that is a value by which rows are told: how many vans, of vehicles."""
    if any(column.kind == "number" and _HOW_MANY.search(plain(column.name)) for column in table.columns):
        return None
    if not any(tells_rows(table, at) for at in range(len(table.columns))):
        return None
    for at, words in enumerate(table.words):
        for name in words if not tells_rows(table, at) and not _of_another(table, at) else ():
            match = next((match for form in _forms(name) if (match := re.search(form, text))), None)
            if match is not None and len(name) > 1:
                between = match.groupdict().get("between") or ""
                return _Counted(f"{text[: match.start()]}{between}{name}{GONE}{text[match.end() :]}")
    return None


def _of_another(table: TypedTable, at: int) -> bool:
    """Whether the values of a column tell what another says, which stands in several rows: rows are no such things."""
    rows = [row for number, row in enumerate(table.rows) if number not in table.totals]
    count = len({row[at] for row in rows})
    for other, column in enumerate(table.columns):
        named, both = {row[other] for row in rows}, {(row[other], row[at]) for row in rows}
        if column.kind == "text" and count < len(named) < len(rows) and len(both) == len(named):
            return True
    return False


def _things(table: TypedTable) -> Iterator[tuple[str, int | None]]:
    """The names of what can be counted, with the column whose different values are; none where each row is one."""
    yield from ((name, None) for name in _ANY_ROW if not table.printed)
    for about in (table.title, table.label.partition("!")[0]) if not table.printed else ():
        name = _ABOUT.sub(" ", plain(about)).strip()
        if name and " " not in name:
            yield name, None
    for at, column in enumerate(table.columns):
        if column.kind != "text":
            continue
        own = None if tells_rows(table, at) else at
        if not _PERSON.isdisjoint(names_of(column.name)):
            yield from (("人", own), ("people", own), ("员工", own), ("employees", own))
        for name in names_of(column.name):
            yield name, own
            bare = _IDENTIFIES.sub("", name)
            if bare != name:
                yield bare, own


def _forms(name: str) -> Iterator[str]:
    """Patterns that ask for the number of *name*."""
    if re.search(f"[{HAN}]", name):
        thing, many = re.escape(name), f"(?:多少|几){_MEASURE_WORDS}?"
        yield rf"(?:有|一共|总共|共)*{many}(?:不同的?)?(?P<between>[^,，。??各每按]*?){thing}(?!数?[据额量率])"
        number = r"(?:[总个家户条笔单]|(?<=[员工人生师])人)?(?:数量|数目|个数|数)(?![据额字值])"
        yield rf"{thing}的?{number}(?:是多少|有多少|分别)?"
        yield rf"{thing}(?:一共|总共|各|分别|都|共|有)*{many}(?![{HAN}]{{2}}率)"
    else:
        thing = whole(name)
        how_many = r"(?:how many|(?:total )?number of|count of|count(?: the)?)\s+(?:different |unique |distinct |of )?"
        yield rf"{how_many}(?P<between>(?:(?!{_NO_NAME})[\w'-]+ ){{0,3}}?){thing}"
        yield rf"{thing} count\b"


def _named_besides(found: Mentions, frame: Frame, table: TypedTable) -> bool:
    """Whether a column is named that neither splits the result nor is bounded."""
    split = {name for _, name in frame.keys}
    bounded = {bound.at for bound in found.bounds} | ({column_of_days(table, found)} if found.times else set())
    return any(
        table.columns[at].name not in split and at not in bounded and at not in found.values for at in found.named
    )
