"""Which of the cells that compete is the greatest or the least, which are the first few, and what moved most.

Where two fit equally, or two are equal, there is no answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.figures.asked.column_names import names_of
from rag.figures.asked.labels import GONE, Question, said, told_when
from rag.figures.asked.wishes import BOUND, Wish, placed, wish_of
from rag.figures.cells.competing import Competing, comparable, competing, grain_of, period_wanted
from rag.figures.cells.named_cells import (
    Asked,
    asked_of,
    leading_columns,
    path_of,
    says_percent,
    unaccounted,
)
from rag.figures.database.engine import literal, quoted
from rag.figures.plans.statements import Plan, growth_between
from rag.figures.typed import ROW, UNDER, TypedTable, unit_of
from rag.figures.wholes import may_be_of_all
from rag.language import HAN

_MOST = 60
_MOVES = re.compile(
    r"increas|growth|gr[eo]w|rose|\bris|gain|decreas|declin|drop|f[ea]ll|reduc|chang|differ|增|上升|提高|减|变|降|差|涨|跌"
)
_WHICH = re.compile(r"\b(?:which|what|who|when)\b|哪|谁|什么|何时|还是|[是为](?=[??]?$)")
_WHICH_OF = re.compile(r"\bwhich\b|\bwho\b|哪|谁|还是")
_HIGHER = re.compile(
    r"\b(?:higher|more|larger|greater|bigger)\b|[更较](?:高|大|多)|(?:哪|谁)\S{0,6}?(?:高|大|多(?!少))(?=[??。呢些一]|$)"
)
_LOWER = re.compile(
    r"\b(?:lower|less|fewer|smaller)\b|[更较](?:低|小|少)|(?:哪|谁)\S{0,6}?(?:低|小|(?<!多)少)(?=[??。呢些一]|$)"
)
_WHY = re.compile(r"\bwhy\b|\bhow come\b|为什么|为何|原因|缘故")
_BY_PLACE = re.compile(r"第[二三四五六七八九十\d]+[高大多低小少]|比\S{1,16}[高大多低小少]的")
_THAN = re.compile(r"\bthan\b|比(?!例|率|重|较)")
_NOUN = re.compile(
    rf"\b(?:which|what)\s+(?:of the |one of the )?([a-z' -]*)|(?:哪一?[个些种类项家]?|最[高低大小多少])([{HAN}]*)"
)
_AFTER_NOUN = re.compile(r"^的|(?<!^)[的最更较在].*|[是有为].*")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|of|in|by|with|the|reported|reports?|shows?|showed|saw|for|that|at|from|between)\b.*"
    r"|'s?(?: .*|$)"
)
_FIRST_FEW = re.compile(
    r"(?:\btop|\bbottom|前|倒数)\s*(?:\d+|[一二三四五六七八九十]|two|three|four|five|ten)(?:[的个名位大]|\b)*"
    r"|\b(?:\d+|two|three|four|five|ten) (?=highest|largest|biggest|lowest|smallest)"
)
_GENERIC = re.compile(r"\b(?:groups?|items?|ones?|categor(?:y|ies)|types?|kinds?|people)\b|项目?|类别?|种类?|一?个")
_SAYS_AMOUNT = re.compile(r"how many|number of|多少|人数|数量|金额|amount")
_SIGHTS = re.compile(r"还是|更|较|相对|\bcommon(?:ly)?\b|\bprevalent\b|\bhigher|\blarger")
_ANY_AMOUNT = re.compile(r"\b(?:balance|amount|figure)s?\b")
_GREW_MOST = re.compile(
    r"(?:gr[eo]wn?|increased?|rose|risen|gained)(?: by)?(?: the)? (?:most|fastest)\b"
    r"|(?:highest|largest|biggest|strongest|fastest|greatest|most) (?:[a-z]+ )?(?:growth(?: rate)?|increase|rise|gain)\b"
    r"|(?:fastest|strongest)[- ]growing|(?:增长|增加|增幅|增速|增长率|涨幅|上升|提高|涨)得?最[多快大高]"
)
_FELL_MOST = re.compile(
    r"(?:fell|fallen|declined?|decreased?|dropped|shrank|lost)(?: by)?(?: the)? (?:most|fastest)\b"
    r"|(?:largest|biggest|sharpest|steepest|greatest) (?:[a-z]+ )?(?:decline|decrease|drop|fall)\b"
    r"|(?:下降|减少|降低|降幅|跌幅|下跌|跌|降)得?最[多快大高]"
)
_BY_RATE = re.compile(r"fast|percent|rate|[幅速率快]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(rf"{_YEAR.pattern}年?[度末]?")
_MORE_THAN_ONE = re.compile(
    r"\btop\b|前|倒数|bottom|第[一二三四五六七八九十\d]|\b(?:second|third|fourth|fifth|\d+(?:th|nd|rd))\b|\btwo\b|\bthree\b"
)


def ranking(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to tell which of the cells that *wish* sets against each other is the greatest, or the least."""
    wish = placed(wish)
    highest, lowest = _ways(wish)
    place = wish.place
    first = max(place, wish.top or 1)
    if (
        highest is lowest
        or not place
        or not ((first > 1 and place == 1) or _WHICH.search(wish.text))
        or (wish.top and place > 1)
        or (first == 1 and _MORE_THAN_ONE.search(wish.text))
    ):
        return None
    asked = asked_of(wish.text, table)
    found = None if asked is None else competing(asked, table)
    if asked is None or found is None or not first < len(found.cells) <= _MOST or not comparable(table, found):
        return None
    if len(found.cells) > 2 and not wish.ranked:
        return None  # higher is said of two
    rest = asked.question.left
    if not _says_what(rest, table, found) or not _of_the_kind(rest, asked, found):
        return None
    if _left(asked, table, found, said(wish.text)) or not _told_apart(table, found, first, place, lowest=lowest):
        return None
    return _as_plan(asked, table, found, first, place, lowest=lowest, chinese=chinese)


def moved_most(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to tell which of some rows grew most between two columns, or fell most: by the figure and by its share, unless
    it says by which.
    """
    text = said(wish.text)
    match = _GREW_MOST.search(text) or _FELL_MOST.search(text)
    if match is None or _WHICH.search(text) is None:
        return None
    asked = asked_of(_with_year_before(f"{text[: match.start()]} {text[match.end() :]}", table), table)
    ends = _both_ends(asked, table) if asked is not None else None
    if asked is None or ends is None:
        return None
    of_last = replace(asked, found=(asked.found[0], ends[1:]), columns=asked.columns or [""])
    found = competing(of_last, table)
    if found is None or found.cells[0][1] != ends[1] or not 1 < len(found.cells) <= _MOST:
        return None
    before = replace(found, cells=tuple((row, ends[0]) for row, _ in found.cells))
    if not (comparable(table, before) and comparable(table, found)) or not _says_what(
        asked.question.left, table, found
    ):
        return None
    if _left(asked, table, found, text):
        return None
    fell = _FELL_MOST.search(text) is not None
    pairs = list(zip(_values(table, before), _values(table, found), strict=True))
    if min(earlier for earlier, _ in pairs) <= 0:
        return None
    grown = [later / earlier - 1 for earlier, later in pairs]
    added = [later - earlier for earlier, later in pairs]
    ways = [grown] if _BY_RATE.search(match[0]) else [grown, added]
    first = {_alone(way, lowest=fell) for way in ways}
    if len(first) > 1 or None in first:
        return None
    return _moved_as_plan(table, found, ends, lowest=fell, chinese=chinese)


def _with_year_before(text: str, table: TypedTable) -> str:
    """*text* with the year before the only one that it names, where the table tells of that as well."""
    years = set(map(int, _YEAR.findall(text)))
    before = str(min(years) - 1) if len(years) == 1 else ""
    return f"{text} {before}" if before and any(before in column.name for column in table.columns) else text


def _both_ends(asked: Asked, table: TypedTable) -> tuple[int, int] | None:
    """The earlier and the later of the two columns that are named, of one figure in two periods."""
    across = asked.found[1] or ()
    when = {at: told for at in across if (told := told_when(table.columns[at].name)) is not None}
    units = {unit_of(table.columns[at].name) for at in across}
    if len(across) != 2 or len(set(when.values())) != 2 or len(units) > 1:
        return None
    first, last = (said(_DATE.sub("", table.columns[at].name)) for at in across)
    earlier, later = sorted(across, key=lambda at: when[at])
    return (earlier, later) if first == last and not table.columns[later].percent else None


def _alone(values: Sequence[float], *, lowest: bool) -> int | None:
    """Which of *values* alone moved most in that direction."""
    best = min(values) if lowest else max(values)
    return values.index(best) if values.count(best) == 1 and (best < 0) is lowest else None


def sets_against(wish: Wish) -> bool:
    """Whether it is asked which of some is more or less, or than what, so that no figure that is named answers it."""
    return (any(_ways(wish)) and not wish.ranked) or _BY_PLACE.search(said(wish.text)) is not None


def _ways(wish: Wish) -> tuple[bool, bool]:
    """Whether the highest, and whether the lowest is asked for."""
    text = BOUND.sub(" ", said(wish.text))
    if wish.trend or wish.chart or wish.operation == "difference":
        return False, False
    if _MOVES.search(text) or _WHY.search(text) or _BY_PLACE.search(text):
        return False, False
    higher, lower = bool(_HIGHER.search(text)), bool(_LOWER.search(text))
    ranked = wish_of(text)
    if ranked.ranked:
        return (False, False) if higher or lower else (not ranked.lowest, ranked.lowest)
    return (False, False) if _THAN.search(text) or not _WHICH_OF.search(text) else (higher, lower)


# ── Whether that is what is asked for ──


def _says_what(rest: str, table: TypedTable, found: Competing) -> bool:
    """Whether what the question asks for by name (*which year*, 哪个地区) is what the cells that compete are."""
    if found.all_named:
        return True
    wanted = period_wanted(rest)
    grains = {grain_of(label) for label in found.called}
    if wanted or grains != {None}:
        return wanted is not None and None not in grains and (wanted == "period" or grains <= {wanted, "any"})
    if len({column for _, column in found.cells}) > 1:
        return False  # nothing says what columns of other names are
    over = [label for row, _ in found.cells for label in (*path_of(table, row), "")]
    heads = [name for column in table.columns[: leading_columns(table)] for name in names_of(column.name)]
    for match in _NOUN.finditer(rest):
        words = _VERB.sub("", match[1]) if match[1] else _AFTER_NOUN.sub("", match[2] or "")
        noun = Question(_GENERIC.sub(" ", words))
        for label in (*heads, *over):
            noun.take(said(label))
            noun.take_words(label)
        if noun.left.replace(GONE, "").strip(" -'"):
            return False
    return True


def _of_the_kind(rest: str, asked: Asked, found: Competing) -> bool:
    """Whether a share is asked for where they are shares, and nothing that has to be computed first."""
    wanted = wish_of(rest)
    rows, columns = asked.paths
    over = [label for row, column in found.cells for label in (*rows[row], *columns[column])]
    shares = any(map(says_percent, map(said, over)))
    if wanted.operation not in {None, "sum", "share"} or wanted.each:
        return False
    if wanted.operation == "share" or wanted.percent or wanted.ratio:
        return shares
    return not (shares and _SAYS_AMOUNT.search(rest))


def _left(asked: Asked, table: TypedTable, found: Competing, text: str) -> bool:
    """Whether some words of the question are left that nothing accounts for."""
    question = asked.question
    for column in table.columns[: leading_columns(table)]:
        for name in names_of(column.name):
            question.take(said(name))
    question.left = _SIGHTS.sub(" ", _LOWER.sub(" ", _HIGHER.sub(" ", question.left)))
    if asked.columns:
        question.left = _ANY_AMOUNT.sub(" ", question.left)
    question.left = _FIRST_FEW.sub(" ", re.sub(r"最?[高低大小多少]|哪些?|谁|时候|何时", " ", question.left))
    question.left = _GENERIC.sub(" ", question.left)
    rows, columns = asked.paths
    paths = [*(rows[row] for row, _ in found.cells), *(columns[column] for _, column in found.cells)]
    # A comma does not name two things of one path here: in 2020, Spain or Japan.
    return unaccounted(question, table, paths, text.replace(",", ";")) != 0


def _told_apart(table: TypedTable, found: Competing, first: int, place: int, *, lowest: bool) -> bool:
    """Whether the *first* alone are the greatest, or the least, and none sounds like the whole of the others."""
    values = sorted(zip(_values(table, found), found.called, strict=True), reverse=not lowest)
    ahead, next_one = values[:first], values[first]
    if place > 1 and ahead[-2][0] == ahead[-1][0]:
        return False
    return ahead[-1][0] != next_one[0] and (found.all_named or not any(may_be_of_all(called) for _, called in ahead))


def _values(table: TypedTable, found: Competing) -> Iterator[float]:
    for row, column in found.cells:
        value = table.rows[row][column]
        if isinstance(value, float | int):
            yield float(value)


# ── As SQL ──


def _as_plan(
    asked: Asked, table: TypedTable, found: Competing, first: int, place: int, *, lowest: bool, chinese: bool
) -> Plan | None:
    sure = 1.0 + 0.5 * bool(asked.rows) + 0.5 * bool(asked.columns)
    percent = all(table.texts[row][column].endswith(("%", "％")) for row, column in found.cells)
    rows = ", ".join(str(row) for row in dict.fromkeys(row for row, _ in found.cells))
    where = f"FROM {quoted(table.label)} WHERE {quoted(ROW)} IN ({rows})"
    columns = list(dict.fromkeys(column for _, column in found.cells))
    if len(columns) == 1:
        name = table.columns[columns[0]].name
        shown = _label_column(table, found)
        if shown is None:
            return None
        key, head = shown, {UNDER: "所属" if chinese else "under"}.get(shown, shown)
        sql = (
            f"SELECT {quoted(key)} AS {quoted(head)}, MAX({quoted(name)}) AS {quoted(name)} {where} "
            f"GROUP BY {quoted(key)} ORDER BY MAX({quoted(name)}) {'ASC' if lowest else 'DESC'} "
            f"LIMIT {first - place + 1} OFFSET {place - 1}"
        )
        return Plan(sql, None, sure, percents=(name,) if percent else ())
    if first > 1:
        return None
    names = [quoted(table.columns[at].name) for at in columns]
    best = f"{'LEAST' if lowest else 'GREATEST'}({', '.join(names)})"
    cases = " ".join(
        f"WHEN {name} = {best} THEN {literal(called)}" for name, called in zip(names, found.called, strict=True)
    )
    head = ("最低" if lowest else "最高") if chinese else ("lowest" if lowest else "highest")
    sql = f"SELECT CASE {cases} END AS {quoted(head)}, {', '.join(names)} {where}"
    return Plan(sql, None, sure, percents=tuple(table.columns[at].name for at in columns) if percent else ())


def _moved_as_plan(
    table: TypedTable, found: Competing, ends: tuple[int, int], *, lowest: bool, chinese: bool
) -> Plan | None:
    key = _label_column(table, found)
    if key is None:
        return None
    earlier, later = (table.columns[at].name for at in ends)
    name = growth_between(later, earlier, yearly=False, chinese=chinese)
    rows = ", ".join(str(row) for row, _ in found.cells)
    sql = (
        f"SELECT {quoted(key)}, {quoted(earlier)}, {quoted(later)}, {quoted(later)} / {quoted(earlier)} - 1 "  # noqa: S608 - all quoted
        f"AS {quoted(name)} FROM {quoted(table.label)} WHERE {quoted(ROW)} IN ({rows}) "
        f"ORDER BY {quoted(name)} {'ASC' if lowest else 'DESC'} LIMIT 1"
    )
    return Plan(sql, None, 2.0, percents=(name,))


def _label_column(table: TypedTable, found: Competing) -> str | None:
    """The column that tells the rows apart: one of labels, no numbers, or that of the labels they stand under."""
    rows = [row for row, _ in found.cells]
    for at, column in enumerate(table.columns[: leading_columns(table)]):
        if column.kind != "number" and len({table.texts[row][at] for row in rows}) == len(rows):
            return column.name
    return UNDER if table.under and len({table.under[row] for row in rows}) == len(rows) else None
