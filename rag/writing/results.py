"""A computed result in words: numbers as a person writes them, a sentence or two, and the evidence that it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from rag.language import is_chinese
from rag.records import Answer, Cells, Citation, Computed, Hit, Passage, Place, Span, areas, cell_corners
from rag.writing.asked import Words, wanted
from rag.writing.markers import harmless

_FEW = 6
"""Rows that are all said in a sentence."""
_IN_PROMPT = 60
_HUNDRED_MILLION = 1e8
_SCALED = re.compile(r"[百千万亿萬億]|thousand|million|billion|mn\b|bn\b|['’]000|\b000", re.IGNORECASE)
_BESIDE = " \t(（)）[]【】"
_ENCLOSED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
HEADING = "Computed by code from a table"
"""What marks evidence that is a result; the prompt names it."""

Value = str | float | int | None


def written(value: Value, *, percent: bool = False, decimals: int | None = None) -> str:
    """*value* as a person writes it: thousands separators, two decimals at most or as many as are told, shares as
    percent, ``–`` for none.
    """
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if percent:
        return f"{_decimals(100 * value, decimals)}%"
    return _decimals(value, decimals)


def _decimals(value: float, count: int | None) -> str:
    if count is not None:
        return f"{value:,.{count}f}"
    value = round(value, 6) if abs(value) >= 1 else value
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.4g}"


def cells_written(computed: Computed) -> list[list[str]]:
    """The rows of *computed*, each value as a person writes it."""
    columns = range(len(computed.columns))
    return [[_written(computed, number, at) for at in columns] for number in range(len(computed.rows))]


def _written(computed: Computed, number: int, at: int) -> str:
    """The value in column *at* of row *number*."""
    decimals = computed.decimals[number][at] if computed.decimals else None
    return written(computed.rows[number][at], percent=at in computed.percents, decimals=decimals)


def said(question: str, computed: Computed) -> str:
    """What *computed* says, in the language of *question* and in one or two sentences."""
    chinese = is_chinese(question)
    labels = _labels(computed)
    values = [at for at in range(len(computed.columns)) if at not in labels]
    few = range(len(computed.rows))[:_FEW]
    rows = [_row(computed, number, labels, values, chinese=chinese) for number in few]
    text = ("；" if chinese else "; ").join(rows)
    left = len(computed.rows) - len(rows)
    if left > 0 or computed.cut:
        text = _first_and_last(computed, labels, values, chinese=chinese)
    over = _only(computed, labels, chinese=chinese) + _over(computed, labels, values, chinese=chinese)
    unit = _unit(computed, values, chinese=chinese)
    return f"{over}{text}{unit}{'。' if chinese else '.'}{_left_out(computed, chinese=chinese)}"


def _only(computed: Computed, labels: Sequence[int], *, chinese: bool) -> str:
    """Which rows were meant, as far as neither a label nor the name of a figure says so."""
    told = [*computed.columns, *(str(row[at]) for row in computed.rows for at in labels)]
    names = [name for name in computed.only if not any(name in each for each in told)]
    if not names:
        return ""
    return f"{'、'.join(names)}，" if chinese else f"For {', '.join(names)}: "


def _left_out(computed: Computed, *, chinese: bool) -> str:
    """How many rows have no value, or are hidden, and therefore no part in the figures; nothing when all have one."""
    empty, hidden = computed.empty, computed.hidden
    said = ""
    if empty and chinese:
        said = f"另有 {empty:,} 行没有数值，未计入。"
    elif empty:
        said = (
            " One row has no value and is left out."
            if empty == 1
            else f" {empty:,} rows have no value and are left out."
        )
    if hidden and chinese:
        said += f"有 {hidden:,} 个隐藏行未计入。"
    elif hidden:
        said += f" {hidden:,} hidden row{'' if hidden == 1 else 's'} left out."
    return said


def _labels(computed: Computed) -> list[int]:
    """The columns of words in front of the values."""
    count = len(computed.columns)
    words = [at for at in range(count) if all(isinstance(row[at], str | None) for row in computed.rows)]
    return words if len(words) < count else words[:-1]


def _over(computed: Computed, labels: Sequence[int], values: Sequence[int], *, chinese: bool) -> str:
    """The name of the only value of several rows, said once in front."""
    if not labels or len(values) != 1 or _is_one(computed):
        return ""
    return f"{computed.columns[values[0]]}{'：' if chinese else ': '}"


def _is_one(computed: Computed) -> bool:
    return len(computed.rows) == 1 and not computed.cut


def _row(computed: Computed, number: int, labels: Sequence[int], values: Sequence[int], *, chinese: bool) -> str:
    """``North 1,234``, the only row as ``North · Sales: 1,234``, or with the names of the values where these are
    several or have no label in front.
    """
    row = computed.rows[number]
    label = " · ".join(str(row[at]) for at in labels if row[at])
    texts = [_value(computed, number, at, chinese=chinese) for at in values]
    if label and len(values) == 1:
        name = f" · {computed.columns[values[0]]}{'：' if chinese else ':'}" if _is_one(computed) else ""
        return f"{label}{name}{'' if chinese and name else ' '}{texts[0]}"
    names = [computed.columns[at] for at in values]
    is_ = " " if label else "为 " if chinese else ": "
    named = [f"{name}{is_}{text}" for name, text in zip(names, texts, strict=True)]
    between, after = ("，", "：") if chinese else (", ", ": ")
    return (f"{label}{after}" if label else "") + between.join(named)


def _value(computed: Computed, number: int, at: int, *, chinese: bool) -> str:
    text, value = _written(computed, number, at), computed.rows[number][at]
    scaled = _SCALED.search(f"{computed.unit} {computed.columns[at]}") is not None
    if chinese and isinstance(value, int | float) and abs(value) >= _HUNDRED_MILLION and not scaled:
        text += f"（约 {value / _HUNDRED_MILLION:,.2f} 亿）"
    return text


def _first_and_last(computed: Computed, labels: Sequence[int], values: Sequence[int], *, chinese: bool) -> str:
    """Of many rows: the first, the last, and between which values they lie."""
    ends_at = (0, len(computed.rows) - 1)
    first, last = (_row(computed, number, labels, values, chinese=chinese) for number in ends_at)
    count = f"{len(computed.rows):,}"
    if computed.cut:
        return f"前 {count} 行，第一行：{first}" if chinese else f"the first {count} rows; the first: {first}"
    both = f"共 {count} 项，从 {first} 到 {last}" if chinese else f"{count} values, from {first} to {last}"
    if not labels or not values:
        return both
    at = values[-1]
    figures = {number: row[at] for number, row in enumerate(computed.rows) if isinstance(row[at], int | float)}
    if not figures:
        return both
    high, low = (extreme(figures, key=lambda number: float(figures[number] or 0)) for extreme in (max, min))
    ends = [f"{computed.rows[each][labels[0]]} {_value(computed, each, at, chinese=chinese)}" for each in (high, low)]
    if chinese:
        return f"{both}；最高为 {ends[0]}，最低为 {ends[1]}"
    return f"{both}; the highest is {ends[0]}, the lowest {ends[1]}"


def _unit(computed: Computed, values: Iterable[int], *, chinese: bool) -> str:
    unit = _without_brackets(" ".join(computed.unit.split()))
    if not unit or len(unit) > 60 or all(at in computed.percents for at in values):
        return ""
    return f"（{unit}）" if chinese else f" ({unit})"


def _without_brackets(unit: str) -> str:
    """*unit* without the brackets around all of it, or with one bracket only; pairs within it stay."""
    enclosed = _ENCLOSED.fullmatch(unit)
    if enclosed:
        return enclosed[1].strip()
    paired = sum(map(unit.count, "(（[【")) == sum(map(unit.count, ")）]】"))
    return unit if paired else unit.strip(_BESIDE)


# ── As evidence ──


def with_result(
    question: str, computed: Computed | None, hits: Sequence[Hit], citations: Sequence[Citation]
) -> tuple[tuple[Hit, ...], tuple[Citation, ...]]:
    """*hits* and *citations* with *computed* as the first of them; the others count on from two."""
    if computed is None:
        return tuple(hits), tuple(citations)
    others = (replace(each, number=each.number + 1) for each in citations)
    return (hit_of(computed), *hits), (citation_of(question, computed), *others)


def hit_of(computed: Computed) -> Hit:
    """The result as a passage, so that it is numbered and fenced like all evidence."""
    first = areas(computed.cells)[0]
    lines = [computed.columns, *cells_written(computed)[:_IN_PROMPT]]
    spans = [
        Span(text, first, "cell", "\n" if at == 1 else " ", column=at)
        for line in lines
        for at, text in enumerate(line, start=1)
    ]
    title = [Span(text, first, "title", "\n") for text in (computed.unit,) if text]
    heading = (HEADING, computed.table) if computed.table else (HEADING,)
    return Hit(Passage(computed.document, (*title, *spans), heading), 1.0, {})


def citation_of(question: str, computed: Computed) -> Citation:
    """The result as a citation that opens the cells that went in."""
    heading = (computed.table,) if computed.table else ()
    return Citation(1, computed.document, 0, computed.cells, said(question, computed), heading)


def line_of(question: str, computed: Computed) -> str:
    """The result as a line of an answer without a model."""
    return f"- {harmless(said(question, computed))} [1]"


def beside(question: str, computed: Computed, citations: Sequence[Citation], hits: Sequence[Hit]) -> list[Citation]:
    """Those of *citations* that say more than what *computed* sums up.

    None are some of the very rows that went in, and none lack a word of *question* that the result has: beside a sure
    figure, the next best passage of a library is about something else.
    """
    weights = wanted(question).weights
    told = (computed.table, *computed.columns, *computed.only, computed.unit, *chain(*cells_written(computed)[:_FEW]))
    had = set().union(*(Words(text).shared(weights) for text in told))
    citations = [each for each in citations if had <= Words(_whole(hits[each.number - 1].passage)).shared(weights)]
    own = {area for place in computed.cells if (area := _sheet_and_rows(place))}
    shown = sum(len(row) for row in computed.rows)
    if sum(last - first + 1 for _, first, last in own) <= 2 * shown:
        return list(citations)  # a result that was looked up: its row says more
    return [each for each in citations if each.document.id != computed.document.id or not _all_in(each.places, own)]


def _whole(passage: Passage) -> str:
    return f"{passage.document.name} {passage.text}"


def _all_in(places: Iterable[Place], rows: Iterable[tuple[str, int, int]]) -> bool:
    known = {sheet for sheet, _, _ in rows}
    return all(isinstance(place, Cells) and place.sheet in known for place in places)


def _sheet_and_rows(place: Place) -> tuple[str, int, int] | None:
    if not isinstance(place, Cells):
        return None
    top, _, bottom, _ = cell_corners(place.area)
    return place.sheet, top, bottom


def with_cells(answer: Answer, computed: Computed | None) -> Answer:
    """*answer*, whose citation of *computed* opens the cells that went in."""
    if computed is None:
        return answer
    own = citation_of(answer.request.need, computed)
    cited = tuple(own if each.number == own.number else each for each in answer.citations)
    return replace(answer, citations=cited, computed=computed)
