"""Tables that the layout model takes for one: parted where a heading, or heads of other columns, stand between rows."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import Typography, is_numbered
from rag.reading.pdf.blocks.layout import Row
from rag.reading.pdf.blocks.region_flows import TableRun
from rag.reading.pdf.tables.heads.name_lines import says_aside
from rag.reading.pdf.tables.heads.table_heads import holds_boxes, is_period, is_unit
from rag.reading.pdf.tables.regions.table_regions import RegionLines
from rag.reading.pdf.tables.table_fields import Field, is_year_line

_LABELS = re.compile(r"[项項]\s*目")
_ENDS = (":", ".", "：", "。")
_SHORTEST_SENTENCE = 50  # characters of the line that it begins with
_FARTHEST = 7  # lines between the heads of columns and the first figures under them


class _Line(NamedTuple):
    """A line of a region: what stands in it, and what that says about where a table begins."""

    row: Row
    fields: list[Field]
    column: int
    figures: bool
    heads: bool
    breaks: bool

    @property
    def text(self) -> str:
        return " ".join([field.text for field in self.fields])


def parts_of(flow: Sequence[Row], run: TableRun, typography: Typography) -> list[TableRun]:
    """*run* of the rows of *flow*, as one run for each table; headings between and above them are in none."""
    rows = flow[run.start : run.stop]
    inside = RegionLines(rows, run.region)
    lines = [_line(row, inside) for row in rows]
    _mark_headings(lines, inside, typography)
    _mark_sentences(lines, inside)
    start = _below_boxes(lines)
    cuts = [(start, start)]
    names: dict[int, int] = {}
    for at in range(start + 1, len(lines)):
        begin = cuts[-1][1]
        if at <= begin:
            continue
        if lines[at].breaks and not lines[at - 1].breaks and _is_table(lines[begin:at]):
            below = next((n for n in range(at, len(lines)) if not lines[n].breaks), len(lines))
            if _is_table(lines[below:]):
                cuts.append((at, below))
                names[below] = below - at if _is_name(lines, at) else 0
        elif _begins(lines, begin, at):
            first = _first(lines, at, inside)
            named = _is_name(lines, first)
            begin = first + named
            below = next((n for n in range(begin, at) if not inside.crosses(rows[n]) or is_unit(rows[n].text)), at)
            cuts.append((first, below))
            names[below] = below - first if named else 0
    last = len(rows) - int(run.stop < len(flow) and _is_name([*lines, _line(flow[run.stop], inside)], len(rows) - 1))
    stops = [first for first, _ in cuts[1:]] + [last]
    return [
        TableRun(run.start + below, run.start + stop, run.region, names.get(below, 0))
        for (_, below), stop in zip(cuts, stops, strict=True)
        if below < stop
    ]


def names_labels(text: str) -> bool:
    """Whether *text* is what Chinese statements write over their labels."""
    return _LABELS.fullmatch(text) is not None


def _line(row: Row, inside: RegionLines) -> _Line:
    fields = inside.fields(row)
    others = fields[1:] if inside.column_of(fields[0]) == 1 else fields
    numbers = [field for field in others if field.numeric]
    years = is_year_line(numbers, fields)
    named = is_period(fields[0].text) or _has_unit(fields[0].text) or others is fields
    heads = (
        len(numbers) > 1
        if years and named
        else not numbers and len(others) > 1 and all(is_period(field.text) for field in others)
        if others is fields
        else not numbers
        and bool(others)
        and (_has_unit(fields[0].text) or (named and len(others) > 1 and all(is_period(f.text) for f in others)))
    )
    return _Line(row, fields, inside.column_of(fields[0]), bool(numbers) and not years, heads, breaks=False)


def _mark_headings(lines: list[_Line], inside: RegionLines, typography: Typography) -> None:
    """Mark those of *lines* that head what follows them: larger than the rest, numbered or across columns, apart."""
    size = median(line.row.size for line in lines)
    usual = median(below.row.y0 - above.row.y1 for above, below in pairwise(lines)) if len(lines) > 1 else 0.0
    for at, line in enumerate(lines[1:], 1):
        row, above = line.row, lines[at - 1]
        if len(row.pieces) > 1 or row.size < 1.1 * size or not typography.is_heading([row]):
            continue
        apart = above.breaks or row.y0 - above.row.y1 > max(1.5 * usual, 0.6 * row.size)
        if apart and (is_numbered(row.text) or inside.crosses(row)):
            lines[at] = line._replace(breaks=True)


def _mark_sentences(lines: list[_Line], inside: RegionLines) -> None:
    """Mark the sentences among *lines* that say what follows, which are heads of columns or a unit."""
    for at in range(1, len(lines)):
        line = lines[at]
        if line.breaks or line.figures or len(line.text) < _SHORTEST_SENTENCE or not inside.crosses(line.row):
            continue
        stop = at + 1
        while not lines[stop - 1].text.endswith(_ENDS) and _goes_on(lines, stop):
            stop += 1
        text = lines[stop - 1].text
        under = lines[stop] if stop < len(lines) else None
        heads = under is not None and (under.heads or _has_unit(under.text) or _may_head(under))
        if heads and text.endswith(_ENDS):
            lines[at:stop] = [one._replace(breaks=True) for one in lines[at:stop]]


def _may_head(line: _Line) -> bool:
    """Whether *line* has a period that heads a column."""
    return not line.figures and len(line.fields) > 1 and any(is_period(field.text) for field in line.fields[1:])


def _goes_on(lines: Sequence[_Line], at: int) -> bool:
    """Whether line *at* may be the next of a sentence: it is alone in its row, and close to the one before."""
    if at == len(lines) or len(lines[at].fields) > 1 or lines[at].figures or _has_unit(lines[at].text):
        return False
    return lines[at].row.y0 - lines[at - 1].row.y1 < 0.6 * lines[at].row.size


def _has_unit(text: str) -> bool:
    """Whether *text* is or ends with what a table counts in."""
    return is_unit(text) or is_unit(text[max(text.rfind("("), text.rfind("（"), 0) :])


def _below_boxes(lines: Sequence[_Line]) -> int:
    """The first line below those that were ticked, which stand above the table: ``√适用 □不适用``."""
    top = next((at for at, line in enumerate(lines) if line.figures), len(lines))
    ticked = [at for at, line in enumerate(lines[: min(top, 5)]) if len(line.fields) == 1 and holds_boxes(line.text)]
    return ticked[-1] + 1 if ticked and ticked[-1] + 1 < len(lines) else 0


def _is_table(lines: Sequence[_Line]) -> bool:
    return sum(len(line.fields) > 1 for line in lines) > 1


def _begins(lines: Sequence[_Line], begin: int, at: int) -> bool:
    """Whether line *at* heads the columns of another table than the one from line *begin* on."""
    top = next((n for n in range(begin, at) if lines[n].figures), None)
    if top is None:
        return False
    if _is_named(lines, at):
        return True
    if not (lines[at].heads or _repeats(lines, begin, top, at)):
        return False
    if any(line.text == lines[at].text for line in lines[begin:top]) and not _is_of_another_time(lines, begin, top, at):
        return False
    return any(line.figures for line in lines[at + 1 : at + 1 + _FARTHEST])


def _is_named(lines: Sequence[_Line], at: int) -> bool:
    """Whether heads for all columns begin with line *at*, right below a name."""
    stop = next((n for n in range(at, len(lines)) if lines[n].figures), at)
    most = max((_behind_label(line) for line in lines[at:stop]), default=0)
    return most > 0 and most >= _behind_label(lines[stop]) and _is_name(lines, at - 1)


def _behind_label(line: _Line) -> int:
    return len(line.fields) - int(line.column == 1)


def _is_name(lines: Sequence[_Line], at: int) -> bool:
    """Whether line *at*, right below figures, names the table that follows: it is alone over the labels, and in bold or
    right above a unit.
    """
    line, above, below = lines[at], lines[at - 1], lines[at + 1]
    if line.column > 1 or len(line.fields) > 1 or line.figures or not above.figures:
        return False
    if line.text.endswith(_ENDS) or says_aside(line.text):
        return False
    bold = line.row.bold and not above.row.bold
    return is_unit(below.text) or (bold and not below.figures and len(below.fields) > 1)


def _is_of_another_time(lines: Sequence[_Line], begin: int, top: int, at: int) -> bool:
    """Whether, beside heads at line *at* that are those of lines *begin* to *top*, a label says another period."""
    near = [line for line in lines[at - 2 : at + 3] if not line.figures and line.column == 1]
    periods = {line.fields[0].text for line in near if is_period(line.fields[0].text)}
    return bool(periods) and not periods <= {line.fields[0].text for line in lines[begin:top]}


def _repeats(lines: Sequence[_Line], begin: int, top: int, at: int) -> bool:
    """Whether line *at* names the labels as lines *begin* to *top* do, among lines that name columns."""
    line = lines[at]
    if line.figures or line.column != 1:
        return False
    name = line.fields[0].text
    periods = {field.text for field in line.fields[1:] if is_period(field.text)}
    if len(periods) == len(line.fields) - 1:
        known = {field.text for one in lines[begin:top] for field in one.fields}
        if len(periods & known) > 1:
            return True
    if names_labels(name):
        start, stop = _between_figures(lines, at)
        return len({field.x0 for one in lines[start:stop] for field in one.fields} - {line.fields[0].x0}) > 1
    words = {field.text for field in line.fields[1:]}
    heads = [one for one in lines[begin:top] if one.column == 1 and one.fields[0].text == name]
    return any(words & {field.text for field in one.fields[1:]} for one in heads)


def _between_figures(lines: Sequence[_Line], at: int) -> tuple[int, int]:
    """From where to where the lines around line *at* hold no figures."""
    start, stop = at, at + 1
    while start and not lines[start - 1].figures:
        start -= 1
    while stop < len(lines) and not lines[stop].figures:
        stop += 1
    return start, stop


def _first(lines: Sequence[_Line], at: int, inside: RegionLines) -> int:
    """The first line of the heads of which line *at* is one: labels right below figures belong to those."""
    for n in range(_between_figures(lines, at)[0], at):
        row, above = lines[n].row, lines[n - 1].row
        apart = row.y0 - above.y1 > 0.8 * row.size
        begins = apart or is_unit(row.text) or inside.crosses(row) or _is_name(lines, n)
        if begins or len(lines[n].fields) > 1 or lines[n].column > 1:
            return n
    return at
