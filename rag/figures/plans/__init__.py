"""A question over one table as SQL: the common shapes, by our own grammar, and nothing where it is not sure.

Sums, means, extremes, counts, shares, ratios, growth and values, by group or by period, ranked, for the rows that a
question names.
"""

import re
from dataclasses import replace

from rag.figures.asked.column_names import names_of
from rag.figures.asked.measures import another_measure
from rag.figures.asked.mentions import Mentions, is_identifier, mentions
from rag.figures.asked.report_words import EACH_YEAR
from rag.figures.asked.reported import MOVES
from rag.figures.asked.small_words import MOST_LEFT
from rag.figures.asked.wishes import Operation, Wish, placed, plain, wish_of
from rag.figures.cells.competing import period_wanted
from rag.figures.cells.named_cells import says_rate
from rag.figures.cells.ratios import ratio_in
from rag.figures.cells.row_values import first_rows, tells_rows, values, words_told
from rag.figures.cells.set_against import difference, named_ratio, ratio, share_of_total
from rag.figures.cells.spans import with_all_between
from rag.figures.plans.counts import counted, within_bounds
from rag.figures.plans.frames import Frame, column_of_days, frame_of, rows_meant
from rag.figures.plans.statements import Plan, aggregated
from rag.figures.typed import TypedTable
from rag.records import says_total

_SHARE_OF = re.compile(
    r"占(?![比了有据])(.{1,12}?)的?(?:比[例重]|百分|份额|多少)|(?:share|percent|percentage|proportion) of ([a-z ]+)"
)
_THE_WHOLE = re.compile(r"[总全整合]|total|all|overall|whole")
_SAYS_RATIO = re.compile(r"比例|比重|比率|占比|ratio|share|%")
_SAYS_GROWTH = re.compile(r"增|率|幅|比|growth|change|rate|%")
_EXTREMES = frozenset({"mean", "max", "min"})
_OF_ONE_TIME = _EXTREMES | {"sum"}
_SPLITS = re.compile(r"[各每按]|哪|\b(?:by|per|each|every|across|which)\b")
_NEVER_SUMMED = re.compile(
    r"%|percent|百分|比例|比率|占比|率(?:[(（]|$)|平均|均价|单价|proportion|prevalence|average|\b(?:rate|ratio|mean|median)\b"
)
_MOST = re.compile(r"\b(?:highest|largest|biggest|greatest|lowest|smallest|least)\b")
_ASKS_FIGURE = re.compile(rf"^what(?:'s| is| was) the {_MOST.pattern}(?!.*\b(?:which|who|whose)\b)")
_LEAST = 0.7


def plan(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to answer *wish* from *table*; ``None`` when it is not sure that it can."""
    if EACH_YEAR.search(wish.text) or with_all_between(wish, table) is not wish:
        return None  # of what grew over several years only two cells tell it, and the cells of a span are named
    if (at_place := placed(wish)).place != 1:
        return _at_place(at_place, table) if at_place.place else None
    made_of_rows = counted(wish, table, chinese=chinese) or within_bounds(wish, table)
    if made_of_rows is not None:
        return made_of_rows
    figures = [column.name for column in table.columns if column.kind == "number"]
    made = ratio_in(wish.text, figures, [column.name for column in table.columns])
    return named_ratio(made, wish, table) if made is not None else _named(wish, table, chinese=chinese)


def _named(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """What the columns that *wish* names come to, or say."""
    wish = _as_extreme(wish, table)
    found = mentions(wish.text, table)
    if wish.operation == "mean" and wish.grain is not None and _has_one_row_a_period(wish, table, found):
        wish = replace(wish, grain=None, each=False)  # the mean of one figure is that figure
    if wish.operation == "mean" and len(found.each) == 1 and tells_rows(table, found.each[0]):
        found = replace(found, each=())  # per plant, where each row is a plant
    frame = frame_of(wish, table, found)
    if frame is None or found.more or found.left > (0 if table.printed else MOST_LEFT):
        return None
    if wish.which and frame.grain is None:
        return None  # which month it was, of a table without months
    # By something that is no column here, or a rate of what it has the amounts of.
    if (found.left and not frame.keys and _SPLITS.search(found.rest)) or (says_rate(found.rest) and not wish.ratio):
        return None
    words = words_told(wish, table, found) if not found.measures and not found.left else None
    return words or _figures(wish, table, found, frame, chinese=chinese)


def _as_extreme(wish: Wish, table: TypedTable) -> Wish:
    """*wish* for the greatest figure, or the least, of a column where it asks what that is, and not which row or kind
    of row has it: what is the highest price, of a table without a name for each row.
    """
    if not wish.ranked or wish.operation or wish.top or wish.each or not _ASKS_FIGURE.search(wish.text):
        return wish
    texts = [at for at, column in enumerate(table.columns) if column.kind == "text"]
    if any(at in texts for at in mentions(wish.text, table).named) or any(tells_rows(table, at) for at in texts):
        return wish
    return wish_of(_MOST.sub(" minimum " if wish.lowest else " maximum ", wish.text, count=1))


def _has_one_row_a_period(wish: Wish, table: TypedTable, found: Mentions) -> bool:
    """Whether the rows that are meant are of different periods, each as long as those that *wish* splits them by."""
    period = column_of_days(table, found)
    if period is None or found.each or table.columns[period].grain != wish.grain:
        return False
    days = [row[period] for row in rows_meant(table, found)]
    return len(days) > 1 and len(set(days)) == len(days)


def _at_place(wish: Wish, table: TypedTable) -> Plan | None:
    """The row at a place behind the first, where the rows are what is asked for."""
    found = mentions(wish.text, table)
    frame = frame_of(wish, table, found)
    if frame is None or found.more or found.left or len(found.measures) != 1 or not _tells_rows(table, frame):
        return None
    return first_rows(wish, table, found, frame, found.measures[0], found.surely + len(found.values))


def _figures(wish: Wish, table: TypedTable, found: Mentions, frame: Frame, *, chinese: bool) -> Plan | None:
    operation = _operation(wish, found, frame)
    measures, surely = _measures(wish, table, found)
    if not measures and operation != "count":
        return None
    sure = surely + len(found.values) + bool(found.times) + 0.5 * bool(frame.keys) - 0.1 * found.left
    rates = any(_SAYS_RATIO.search(plain(table.columns[at].name)) for at in found.named)
    if wish.ratio and not frame.keys and not rates:
        both = found.loose if len(measures) == 1 else measures
        if len(both) == 2:
            return ratio(wish, table, both, frame, sure if both == measures else sure - 1 + _LEAST)
        if operation != "share":
            return None
    moved = not wish.trend and MOVES.search(found.rest) is not None
    if operation is None or (operation == "growth" and not frame.grain):
        rates = all(_SAYS_GROWTH.search(plain(table.columns[at].name)) for at in measures)
        first = wish.top or wish_of(found.rest).ranked  # what all come to is not the first of them
        meant = not first if operation is None else rates
        return values(table, found, measures, sure, chinese=chinese) if meant and not moved else None
    another = operation == "share" and (len(measures) > 1 or _of_another(wish, table, measures))
    if sure < _LEAST or another or (operation in _OF_ONE_TIME and moved):
        return None
    return _computed(operation, wish, table, measures, found, frame, sure, chinese=chinese)


def _measures(wish: Wish, table: TypedTable, found: Mentions) -> tuple[tuple[int, ...], float]:
    """What is to be computed, and how surely; the only column of numbers, where none is named and it may be meant."""
    if found.measures or any(table.columns[at].kind == "number" for at in found.named):
        names = [table.columns[at].name for at in found.measures]
        other = another_measure(found.rest, table.title, table.unit, *names)
        return ((), 0.0) if other else (found.measures, found.surely)
    if any(table.columns[at].kind == "text" and at not in (*found.each, *found.values) for at in found.named):
        return (), 0.0
    numbers = [at for at, column in enumerate(table.columns) if column.kind == "number"]
    numbers = [at for at in numbers if not is_identifier(table, at)]
    if len(numbers) != 1 or another_measure(wish.text, table.title, table.unit, table.columns[numbers[0]].name):
        return (), 0.0
    return (numbers[0],), 0.3


def _computed(
    operation: Operation,
    wish: Wish,
    table: TypedTable,
    measures: tuple[int, ...],
    found: Mentions,
    frame: Frame,
    sure: float,
    *,
    chinese: bool,
) -> Plan | None:
    if operation == "difference":
        return difference(wish, table, measures, found, frame, sure, chinese=chinese)
    if operation == "share" and not frame.keys:
        return share_of_total(table, measures, found, frame, sure, chinese=chinese)
    if operation == "sum" and wish.ranked and len(measures) == 1 and _tells_rows(table, frame):
        return first_rows(wish, table, found, frame, measures[0], sure)
    unranked = wish.ranked and not frame.keys and operation in {"sum", "mean"}  # all in one is no answer to which
    if wish.ranked and operation == "growth":  # the growth of all in each year tells a year at most
        unranked = len(frame.keys) > 1 or period_wanted(wish.text) is None
    if unranked or _means_nothing(operation, table, measures, found, frame):
        return None
    shown = [table.columns[at].name for at in measures] or [""]
    return aggregated(operation, wish, table, shown, frame, sure, chinese=chinese)


def _means_nothing(
    operation: Operation, table: TypedTable, measures: tuple[int, ...], found: Mentions, frame: Frame
) -> bool:
    """Whether the figures of *measures* add up to nothing: parts beside their wholes, lines of a report, rates, and
    several single cells, of each of which a mean is none.
    """
    amounts = [at for at in measures if not _SAYS_RATIO.search(plain(table.columns[at].name))]
    if operation == "mean" and len(amounts) > 1 and not frame.keys and len(rows_meant(table, found)) == 1:
        return True
    if operation in {"sum", "mean", "share"} and table.overlaps and not found.values:
        return True
    whole = not frame.keys or not (found.measures or found.each)  # of all rows, by what they are or by period alone
    if operation in {"sum", "mean"} and whole and _has_its_own(table, measures, found):
        return True
    return _adds_up_percents(operation, table, measures) and not (frame.grain and found.values)


def _has_its_own(table: TypedTable, measures: tuple[int, ...], found: Mentions) -> bool:
    """Whether it is a table of a report, which prints the sums that mean something itself: others mean nothing."""
    if found.values:
        return table.printed and len(rows_meant(table, found)) > 1
    totals = any(says_total(names_of(table.columns[at].name)[0]) for at in measures)
    return table.printed and bool(table.under or table.totals or totals)


def _of_another(wish: Wish, table: TypedTable, measures: tuple[int, ...]) -> bool:
    """Whether a share is asked for that is of something else than the sum of the measure."""
    match = _SHARE_OF.search(wish.text)
    if match is None or _THE_WHOLE.search(match[1] or match[2]):
        return False
    return not any(name in (match[1] or match[2]) for at in measures for name in names_of(table.columns[at].name))


def _tells_rows(table: TypedTable, frame: Frame) -> bool:
    """Whether the groups are single rows: what is highest then is what stands in one of them."""
    return len(frame.keys) == 1 and frame.grain is None and tells_rows(table, table.named(frame.keys[0][1]))


def _operation(wish: Wish, found: Mentions, frame: Frame) -> Operation | None:
    if wish.operation == "count" and found.measures and found.surely >= 1:
        return "sum"  # 数量 is the name of a column here, and not what is asked for
    if wish.operation is None and frame.keys:
        return "sum"
    if wish.operation is None and wish.ratio and len(found.measures) == 2:
        return "share"
    if wish.operation in _EXTREMES and wish_of(found.rest).operation not in _EXTREMES:
        return None  # it is a word of the column's name: the regulatory minimum
    return wish.operation


def _adds_up_percents(operation: Operation, table: TypedTable, measures: tuple[int, ...]) -> bool:
    """Whether that would come to a sum of rates, which is the rate of nothing."""
    if operation in {"sum", "share"} and any(_NEVER_SUMMED.search(plain(table.columns[at].name)) for at in measures):
        return True
    return operation in {"sum", "share", "growth"} and any(table.columns[at].percent for at in measures)
