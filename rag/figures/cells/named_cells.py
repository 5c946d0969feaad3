"""The cells that a question names by the labels of rows and columns, at any depth; none where two fit equally.

A table is read as people do: the label of a row with those it stands under, the heads of a column from the top. A cell
is meant when every name in the question leads to it and to no other as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.figures.asked.label_forms import bare, said
from rag.figures.asked.labels import SOME_HALF, Name, Question, found_in, means_more, names, pattern_of
from rag.figures.asked.measures import another_kind, another_measure
from rag.figures.asked.small_words import MOST_LEFT
from rag.figures.asked.wishes import Wish, wish_of
from rag.figures.typed import TypedTable
from rag.records import says_total

_MOST_CELLS = 40
NOTHING = frozenset({"", "-", "–", "—", "/"})
"""What stands in a cell without a figure."""
_MOST_LEADING = 3
_SAYS_PERCENT = re.compile(r"(?<!\d)%|percent|百分|比例|比率|占比|率|proportion|share|prevalence")
_SAYS_RATE = re.compile(r"(?<!growth )\b(?:rates?|ratios?|yields?|margins?)\b(?! of (?:change|growth))")
_SAYS_RANGE = re.compile(r"confidence|interval|error|deviation|p[- ]value|置信|误差|标准差")
_WHETHER = re.compile(r"是否|是不是|有没有|有无|吗[??。]?$|\b(?:whether|is|are|does|do|has|have)\b")
_YES_OR_NO = frozenset({"是或否", "是否", "是/否", "yes/no", "yes or no", "y/n"})
_AND = re.compile(r"以及|[和与及、,]|\band\b")


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question names of a table: the labels in *rows* and *columns*, and the rest of its words in *question*.

    *paths* are the labels over each row with figures and each column, from the outermost; *found* the rows and the
    columns to which the names lead, ``None`` where they lead to none or, where nothing is named, to several.
    """

    question: Question
    rows: Sequence[str]
    columns: Sequence[str]
    paths: tuple[Mapping[int, tuple[str, ...]], Mapping[int, tuple[str, ...]]]
    found: tuple[tuple[int, ...] | None, tuple[int, ...] | None]


def asked_of(text: str, table: TypedTable) -> Asked | None:
    """What *text* names of *table*; ``None`` when that has no figures by label."""
    question = Question(text)
    lead = leading_columns(table)
    filled = [at for at, texts in enumerate(table.texts) if any(texts[lead:])]
    if not filled or lead == len(table.columns):
        return None
    row_paths = {at: path_of(table, at) for at in filled}
    column_paths = {at: table.heads[at] for at in range(1, len(table.columns))}
    axes = {"row": names(_labels(row_paths)), "column": names(_labels(column_paths))}
    named = {axis: _without_total(labels, said(text)) for axis, labels in found_in(question, axes).items()}
    named["row"] = _without_kind(named["row"], table, said(text))
    if not named["row"] and _WHETHER.search(text):
        named["row"] = [label for label in axes["row"] if bare(label) in _YES_OR_NO]
    rows = _leading(row_paths, named["row"], axes["row"])
    if not named["column"]:
        column_paths = {at: path for at, path in column_paths.items() if at >= lead}
    across = _leading(column_paths, named["column"], axes["column"])
    return Asked(question, named["row"], named["column"], (row_paths, column_paths), (rows, across))


def cells_named(wish: Wish, table: TypedTable) -> Named | None:
    """The cells that the words of *wish* lead to; ``None`` when they lead to none, or to more than one by one name."""
    asked = asked_of(wish.text, table)
    if asked is None:
        return None
    question, (rows, across), (row_paths, column_paths) = asked.question, asked.found, asked.paths
    children = False
    if rows is not None and not _apart(rows, row_paths, asked.rows):
        rows, children = _under_one(rows, row_paths, asked.rows), True
    if across is not None and not _apart(across, column_paths, asked.columns):
        filled_in = [at for at in across if rows and any(table.texts[row][at] not in NOTHING for row in rows)]
        across = _of_kind(filled_in, column_paths, asked.columns, percent=says_percent(question.left))
    if not rows or not across or len(rows) * len(across) > _MOST_CELLS:
        return None
    if table.printed and any(another_kind(said(wish.text), row_paths[at], table.title) for at in rows):
        return None
    rest = question.left
    paths = [*(row_paths[at] for at in rows), *(column_paths[at] for at in across)]
    left = unaccounted(question, table, paths, said(wish.text))
    count = (len(asked.rows), len(asked.columns))
    most = 0 if table.printed else MOST_LEFT
    if left and not asked.columns and any(table.columns[at].kind == "number" for at in across):
        return None  # what is left may be the name of another figure
    if says_rate(rest) and not _is_rate(table, rows, across, paths):
        return None
    return None if left is None or left > most else Named(rows, across, children, count, wish_of(rest), left)


def _is_rate(table: TypedTable, rows: Sequence[int], columns: Sequence[int], paths: Sequence[Sequence[str]]) -> bool:
    """Whether cells are rates: by one of their labels, or since they are printed so."""
    if any(says_rate(said(label)) for path in paths for label in path):
        return True
    return any(table.texts[row][column].endswith(("%", "％")) for row in rows for column in columns)


def says_rate(text: str) -> bool:
    """Whether a question or a label speaks of a rate, in English."""
    return _SAYS_RATE.search(text) is not None


def says_percent(text: str) -> bool:
    """Whether a question or a label speaks of a share or a rate."""
    return _SAYS_PERCENT.search(text) is not None


def says_range(label: str) -> bool:
    """Whether the figures under *label* say how sure others are."""
    return _SAYS_RANGE.search(label) is not None


def unaccounted(question: Question, table: TypedTable, paths: Sequence[Sequence[str]], text: str) -> int | None:
    """How much of *question* neither the cells with these *paths* nor the title account for; ``None`` when a word may
    make another figure of them.
    """
    if means_more(question.left) or any(_side_by_side(text, path) for path in paths):
        return None
    if not table.printed and SOME_HALF.search(question.left):
        return None
    for words in (table.title, table.unit, *(label for path in paths for label in path)):
        question.take_words(words)
    labels = (label for path in paths for label in path)
    left, numbers = question.left_over()
    return None if numbers or another_measure(question.left, table.title, table.unit, *labels) else left


def _side_by_side(text: str, path: Sequence[str]) -> bool:
    """Whether two labels of one path are named as two things, and not one under the other."""
    wholes = [re.escape(whole) for label in path if (whole := bare(label))]
    if len(wholes) < 2:
        return False
    either = "|".join(wholes)
    return re.search(rf"(?:{either})\s*(?:{_AND.pattern})\s*(?:{either})", text) is not None


def leading_columns(table: TypedTable) -> int:
    """How many columns in front hold labels: the first, and others of words up to the first of numbers."""
    kinds = [column.kind for column in table.columns]
    first = next((at for at, kind in enumerate(kinds) if kind == "number"), 1)
    return max(1, first) if all(kind == "text" for kind in kinds[:first]) and first <= _MOST_LEADING else 1


def path_of(table: TypedTable, row: int) -> tuple[str, ...]:
    """The labels of a row, from the outermost."""
    own = [label for label in table.texts[row][: leading_columns(table)] if label]
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


def _without_kind(named: list[str], table: TypedTable, text: str) -> list[str]:
    """*named* without the row that sums up another of them and only says, right after it, what kind of thing that is:
    ``Spa revenue`` of the parts of Revenue.
    """
    last = {path_of(table, at)[-1]: at for at in range(len(table.texts))}
    wholes = {label for label in named if last.get(label) in table.totals}

    def is_kind(whole: str) -> bool:
        parts = [label for label in named if label not in wholes and _sums_up(table, last.get(label), last[whole])]
        after = rf"\s*的?\s*{pattern_of(bare(whole)).pattern}"
        return any(re.search(pattern_of(bare(part)).pattern + after, text) for part in parts)

    return [label for label in named if label not in wholes or not is_kind(label)]


def _sums_up(table: TypedTable, part: int | None, whole: int) -> bool:
    """Whether the row *part* is one of those that the row *whole*, right below them, sums up."""
    return part is not None and part < whole and table.totals.isdisjoint(range(part, whole))


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
    kept = [at for at in found if not any(map(says_range, map(said, paths[at])))]
    kept = [at for at in kept if any(map(says_percent, map(said, paths[at]))) is percent]
    return tuple(kept) if kept and _apart(kept, paths, named) else None
