"""Which of the cells that compete is the greatest or the least, or which are the first few.

Where two fit equally, or two are equal, there is no answer.
"""

import re
from collections.abc import Iterator

from rag.figures.asked.column_names import names_of
from rag.figures.asked.label_forms import said
from rag.figures.asked.labels import GONE, Question
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
from rag.figures.plans.statements import Plan
from rag.figures.typed import ROW, UNDER, TypedTable
from rag.figures.wholes import may_be_of_all
from rag.language import HAN

MOST = 60
_MOVES = re.compile(
    r"increas|growth|gr[eo]w|rose|\bris|gain|decreas|declin|drop|f[ea]ll|reduc|chang|differ|增|上升|提高|减|变|降|差|涨|跌"
)
WHICH = re.compile(r"\b(?:which|what|who|when)\b|哪|谁|什么|何时|还是|[是为](?=[??]?$)")
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
        or not ((first > 1 and place == 1) or WHICH.search(wish.text))
        or (wish.top and place > 1)
        or (first == 1 and _MORE_THAN_ONE.search(wish.text))
    ):
        return None
    asked = asked_of(wish.text, table)
    found = None if asked is None else competing(asked, table)
    if asked is None or found is None or not first < len(found.cells) <= MOST or not comparable(table, found):
        return None
    if len(found.cells) > 2 and not wish.ranked:
        return None  # higher is said of two
    rest = asked.question.left
    if not says_what(rest, table, found) or not _of_the_kind(rest, asked, found):
        return None
    if words_left(asked, table, found, said(wish.text)) or not _told_apart(table, found, first, place, lowest=lowest):
        return None
    return _as_plan(asked, table, found, first, place, lowest=lowest, chinese=chinese)


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


def says_what(rest: str, table: TypedTable, found: Competing) -> bool:
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


def words_left(asked: Asked, table: TypedTable, found: Competing, text: str) -> bool:
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
    values = sorted(zip(values_of(table, found), found.called, strict=True), reverse=not lowest)
    ahead, next_one = values[:first], values[first]
    if place > 1 and ahead[-2][0] == ahead[-1][0]:
        return False
    return ahead[-1][0] != next_one[0] and (found.all_named or not any(may_be_of_all(called) for _, called in ahead))


def values_of(table: TypedTable, found: Competing) -> Iterator[float]:
    """The figures that compete, in their order."""
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
        shown = label_column(table, found)
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


def label_column(table: TypedTable, found: Competing) -> str | None:
    """The column that tells the rows apart: one of labels, no numbers, or that of the labels they stand under."""
    rows = [row for row, _ in found.cells]
    for at, column in enumerate(table.columns[: leading_columns(table)]):
        if column.kind != "number" and len({table.texts[row][at] for row in rows}) == len(rows):
            return column.name
    return UNDER if table.under and len({table.under[row] for row in rows}) == len(rows) else None
