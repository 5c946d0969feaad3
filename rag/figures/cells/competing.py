"""What competes when the greatest or the least of several cells is asked for: rows under one label or of one level,
columns, or those named.

What competes differs in one label and no more; totals never compete with their parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.figures.asked.label_forms import bare, said
from rag.figures.asked.periods import period_of
from rag.figures.cells.named_cells import NOTHING, Asked, says_range
from rag.figures.typed import TypedTable, unit_of
from rag.figures.wholes import says_of_all
from rag.records import says_total

_NOTHING = NOTHING | {".", "..", "..."}
_WHEN: tuple[tuple[str, str], ...] = (
    ("year", r"\byears?\b|\bwhen\b|哪一?个?年|年份|何时|什么时候"),
    ("quarter", r"\bquarters?\b|哪一?个?季|季度"),
    ("month", r"\bmonths?\b|哪一?个?月|月份"),
    ("period", r"\bperiods?\b|哪一?个?期"),
)
_PART_OF = re.compile(r"其中|of which|including")


@dataclass(frozen=True, slots=True)
class Competing:
    """The *cells* that compete, what each is *called*, and whether the question names each of them."""

    cells: tuple[tuple[int, int], ...]
    called: tuple[str, ...]
    all_named: bool


def competing(asked: Asked, table: TypedTable) -> Competing | None:
    """The cells that compete: of one column or of one row; ``None`` where both may be meant, or neither."""
    rows = asked.found[0] if asked.rows else tuple(asked.paths[0])
    across = asked.found[1] if asked.columns else _of_numbers(asked, table)
    if not rows or not across:
        return None
    if len(across) > 1 and len(asked.columns) < 2:
        across = tuple(at for at in across if not any(map(says_range, map(said, asked.paths[1][at]))))
    if len(rows) == 1 and len(across) == 1 and asked.rows:
        rows = _children(rows[0], asked)
    if not across or (len(rows) > 1) is (len(across) > 1):
        return None
    return _down(rows, across[0], asked, table) if len(rows) > 1 else _across(rows[0], across, asked)


def _of_numbers(asked: Asked, table: TypedTable) -> tuple[int, ...]:
    """The columns of numbers; those of the months alone, of months and their quarters, when a month is asked for."""
    numbers = tuple(at for at in asked.paths[1] if table.columns[at].kind != "text")
    wanted = period_wanted(asked.question.left)
    periods = tuple(
        at for at in numbers if wanted and grain_of(asked.paths[1][at][-1] if asked.paths[1][at] else "") == wanted
    )
    return periods if len(periods) > 1 else numbers


def _children(row: int, asked: Asked) -> tuple[int, ...]:
    """The rows that stand right under *row*, which has figures itself."""
    path = asked.paths[0][row]
    return tuple(at for at, own in asked.paths[0].items() if own[:-1] == path)


def _down(rows: Sequence[int], column: int, asked: Asked, table: TypedTable) -> Competing | None:
    paths = asked.paths[0]
    if _named_each([paths[at] for at in rows], asked.rows):
        if any(map(says_total, (paths[at][-1] for at in rows))):
            return None
    else:
        if table.overlaps or any(_PART_OF.match(said(paths[at][-1])) for at in rows):
            return None
        rows = [at for at in rows if at not in table.totals and not says_of_all(paths[at][-1])]
    return _by_level([(at, column) for at in rows], [paths[at] for at in rows], asked.rows)


def _across(row: int, columns: Sequence[int], asked: Asked) -> Competing | None:
    columns = [at for at in columns if not any(map(says_of_all, asked.paths[1][at]))]
    return _by_level([(row, at) for at in columns], [asked.paths[1][at] for at in columns], asked.columns)


def _named_each(paths: Sequence[Sequence[str]], named: Sequence[str]) -> bool:
    """Whether each of *paths* is named by a label that none of the others has."""
    return all(
        any(label in named and not any(label in other for other in paths if other is not path) for label in path)
        for path in paths
    )


def _by_level(
    cells: Sequence[tuple[int, int]], paths: Sequence[Sequence[str]], named: Sequence[str]
) -> Competing | None:
    """*cells* whose *paths* differ at one level, and no two in nothing; ``None`` when they differ otherwise."""
    if len(paths) < 2 or len({len(path) for path in paths}) > 1:
        return None
    levels = [at for at, labels in enumerate(zip(*paths, strict=True)) if len(set(labels)) > 1]
    each = _named_each(paths, named)
    if len(levels) > 1 and not each and len({path[levels[0]] for path in paths}) == len(paths):
        levels = levels[:1]  # a company, and the country that it is of
    if not levels or (len(levels) > 1 and not each):
        return None
    called = tuple(path[levels[-1]] for path in paths)
    if len(set(map(bare, called))) < len(called) or not all(called):
        return None
    return Competing(tuple(cells), called, each)


def comparable(table: TypedTable, found: Competing) -> bool:
    """Whether all that compete are figures of one kind, and none of them is the sum of its neighbours."""
    texts = [table.texts[row][column] for row, column in found.cells]
    values = [table.rows[row][column] for row, column in found.cells]
    if any(not isinstance(value, float | int) or text in _NOTHING for text, value in zip(texts, values, strict=True)):
        return False
    if len({text.endswith(("%", "％")) for text in texts}) > 1:
        return False
    units = {unit_of(name) for name in found.called} | {
        unit_of(table.columns[column].name) for _, column in found.cells
    }
    if len(units - {""}) > 1:
        return False
    return found.all_named or not _has_sum([float(value) for value in values if isinstance(value, float | int)])


def _has_sum(values: Sequence[float]) -> bool:
    """Whether one of *values* is the sum of two or more that stand right before or after it."""
    return any(
        value and _is_begun(value, run)
        for at, value in enumerate(values)
        for run in (values[at + 1 :], values[:at][::-1])
    )


def _is_begun(value: float, run: Sequence[float]) -> bool:
    total = 0.0
    for count, part in enumerate(run, start=1):
        total += part
        if count > 1 and abs(total - value) <= max(1e-9, 1e-4 * abs(value)):
            return True
    return False


def period_wanted(rest: str) -> str | None:
    """The length of the periods of which one is asked for."""
    return next((grain for grain, words in _WHEN if re.search(words, rest)), None)


def grain_of(label: str) -> str | None:
    """The length of the period that *label* is; ``any`` of one that is told from another only."""
    plainly = said(label)
    if plainly in {"本期", "上期", "期末", "期初"}:
        return "any"
    period = period_of(label) or period_of(bare(label))
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", bare(label))
    return period.grain if period is not None else "year" if year else None
