"""A page being set: paragraphs, tables and charts in a PDF whose bytes are the same every time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from typeset.letters import FAUX_BOLD, HEIGHT, INK, PALE, WIDTH, Colour, Line, Run, Style, faces, lines, measure, runs


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its *width* in points, and whether it holds *numbers* (set to the right, ``$`` to the left)."""

    width: float
    numbers: bool = True
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. *rule* is drawn above its numbers; a *total* closes with a double rule."""

    cells: Sequence[str]
    bold: bool = False
    indent: int = 0
    rule: bool = False
    total: bool = False
    gap: float = 0.0
    shade: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A column head over the columns *first* to *last*."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Look:
    """What the pages of one book share."""

    accent: Colour
    tint: Colour
    body: Style
    table: Style
    left: float = 64.0
    right: float = WIDTH - 64.0
    top: float = 92.0
    bottom: float = HEIGHT - 72.0
    hairlines: bool = False


class Leaf:
    """One page being set, from its top down; refuses what does not fit."""

    def __init__(self, page: pymupdf.Page, look: Look, label: str) -> None:
        self.look, self.label = look, label
        self.page = page
        self.shape = page.new_shape()
        self.frames: list[tuple[float, float, float]] = []  # left, right, top of the columns still to fill
        self.left, self.right, self.y = look.left, look.right, look.top
        self.bottom = look.bottom
        self.faces: set[str] = set()
        self.foot: Callable[[], None] | None = None  # drawn last, so that it also comes last when the page is read

    @property
    def width(self) -> float:
        """Of the column being filled."""
        return self.right - self.left

    # ── strokes and words at a place ──

    def _put(self, x: float, y: float, run: Run, colour: Colour) -> None:
        name = "F-" + run.face.removesuffix("-bold") if run.face.startswith("han") else "F-" + run.face
        if name not in self.faces:
            self.page.insert_font(fontname=name, fontbuffer=faces()[run.face].buffer)
            self.faces.add(name)
        bold = run.face == "han-bold"
        self.shape.insert_text(
            (x, y), run.text, fontname=name, fontsize=run.size, color=colour, fill=colour,
            render_mode=2 if bold else 0, border_width=FAUX_BOLD if bold else 1,
        )  # fmt: skip

    def words(self, x: float, y: float, text: str, style: Style, align: str = "left") -> None:
        """One line with its baseline at *y*; *x* is its left end, its middle or its right end."""
        width = measure(text, style)
        x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
        for run in runs(text, style):
            self._put(x, y, run, style.colour)
            x += run.width

    def rule(
        self, y: float, x0: float | None = None, x1: float | None = None, weight: float = 0.6, colour: Colour = INK
    ) -> None:
        """A horizontal line, as wide as the column unless told otherwise."""
        self.shape.draw_line((self.left if x0 is None else x0, y), (self.right if x1 is None else x1, y))
        self.shape.finish(color=colour, width=weight)

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """A filled rectangle."""
        self.shape.draw_rect(pymupdf.Rect(x0, y0, x1, y1))
        self.shape.finish(color=None, fill=colour)

    def path(
        self, points: Sequence[tuple[float, float]], colour: Colour, weight: float, *, closed: bool = False
    ) -> None:
        """A line through *points*, or the area within them."""
        self.shape.draw_polyline(points)
        self.shape.finish(
            color=None if closed else colour, fill=colour if closed else None, width=weight, closePath=closed
        )

    # ── things in the flow ──

    def columns(self, count: int, gutter: float = 22.0) -> None:
        """From here on, text fills *count* columns one after the other."""
        width = (self.look.right - self.look.left - gutter * (count - 1)) / count
        places = [self.look.left + n * (width + gutter) for n in range(count)]
        self.frames = [(x, x + width, self.y) for x in places]
        self.left, self.right, self.y = self.frames.pop(0)

    def next_column(self) -> None:
        """Go on at the top of the next column; there must be one."""
        if not self.frames:
            raise OverflowError(f"page {self.label} is too full by {self.y - self.bottom:.0f} points")
        self.left, self.right, self.y = self.frames.pop(0)

    def space(self, points: float) -> None:
        """Leave some white."""
        self.y += points

    def need(self, points: float) -> None:
        """Make sure that *points* are left, or go on in the next column."""
        if self.y + points > self.bottom + 0.5:
            self.y += points
            self.next_column()

    def text(self, text: str, style: Style | None = None, *, hang: str = "", keep: int = 0) -> None:
        """A paragraph; *hang* is a mark set before its first line, *keep* the points that must follow it."""
        style = style or self.look.body
        inset = 0.0 if not hang else max(12.0, measure(hang, style) + 4)
        made = lines(text, self.width - inset, style)
        for number, line in enumerate(made):
            self.need(style.leading + keep)
            self.y += style.leading
            if hang and number == 0:
                self.words(self.left, self.y - style.leading * 0.26, hang, style.but(colour=self.look.accent))
            self._line(
                line, self.left + inset + style.indent * (number == 0), self.right, self.y - style.leading * 0.26, style
            )
        self.y += style.after

    def _line(self, line: Line, x: float, right: float, y: float, style: Style) -> None:
        slack = right - x - line.width
        gaps = [
            index
            for index, atom in enumerate(line.atoms[:-1])
            if atom.text.endswith(" ") or (atom.face.startswith("han") and line.atoms[index + 1].face.startswith("han"))
        ]
        stretch = slack / len(gaps) if style.justify and not line.last and gaps and slack < right * 0.2 else 0.0
        pending, start = "", x
        for index, atom in enumerate(line.atoms):
            pending += atom.text
            x += atom.width
            after = line.atoms[index + 1] if index + 1 < len(line.atoms) else None
            if after is None or after.face != atom.face or (stretch and index in gaps):
                self._put(start, y, Run(pending if after else pending.rstrip(), atom.face, atom.size), style.colour)
                x += stretch if index in gaps else 0.0
                pending, start = "", x

    def bullets(self, items: Iterable[str], style: Style | None = None, mark: str = "•") -> None:
        """A list."""
        style = style or self.look.body
        items = list(items)
        for item in items:
            self.text(item, style.but(indent=0.0, after=3.5), hang=mark)
        self.y += max(0.0, style.after - 3.5)

    # ── tables ──

    def table(
        self,
        columns: Sequence[Column],
        heads: Sequence[Sequence[Span]],
        rows: Sequence[Row],
        style: Style | None = None,
    ) -> None:
        """A ruled table that stays on the page; a row's first cell may run over several lines."""
        style = style or self.look.table
        edges = [self.left]
        for column in columns:
            edges.append(edges[-1] + column.width)
        if edges[-1] > self.right + 0.6:
            raise OverflowError(f"page {self.label}: a table is {edges[-1] - self.right:.0f} points too wide")
        self._heads(columns, edges, heads, style)
        for number, row in enumerate(rows):
            self._row(columns, edges, row, style)
            if self.look.hairlines and number < len(rows) - 1:
                self.rule(self.y, x1=edges[-1], weight=0.35, colour=PALE)
        self.rule(self.y + 1.5, x1=edges[-1], weight=0.7, colour=self.look.accent)
        self.y += 11

    def _heads(
        self, columns: Sequence[Column], edges: Sequence[float], heads: Sequence[Sequence[Span]], style: Style
    ) -> None:
        bold = style.but(bold=True, size=style.size - 0.3, colour=self.look.accent)
        for level, spans in enumerate(heads):
            height = max(len(span.text.split("\n")) for span in spans) * (style.leading - 1.5) + 2
            for span in spans:
                x0, x1 = edges[span.first], edges[span.last + 1]
                parts = span.text.split("\n")
                for number, part in enumerate(parts):
                    y = self.y + height - (len(parts) - 1 - number) * (style.leading - 1.5) - 4
                    wide = span.last > span.first
                    column = columns[span.first]
                    if wide or column.centre:
                        self.words((x0 + (10 if wide else 0) + x1) / 2, y, part, bold, "centre")
                    elif column.numbers:
                        self.words(x1 - 4, y, part, bold, "right")
                    else:
                        self.words(x0 + (0 if span.first == 0 else 6), y, part, bold)
                if span.last > span.first and level < len(heads) - 1:
                    self.rule(self.y + height, x0 + 10, x1 - 2, 0.5, self.look.accent)
            self.y += height + (1 if level < len(heads) - 1 else 0)
        if heads:
            self.rule(self.y + 1, x1=edges[-1], weight=0.9, colour=self.look.accent)
            self.y += 3

    def _row(self, columns: Sequence[Column], edges: Sequence[float], row: Row, style: Style) -> None:
        face = style.but(bold=style.bold or row.bold)
        wrapped = [
            lines(cell, column.width - (6 if n == 0 else 10) - (row.indent * 10 if n == 0 else 0), face)
            if cell and not column.numbers
            else []
            for n, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
        ]
        deep = max(1, *(len(part) for part in wrapped)) if len(wrapped) > 1 else max(1, len(wrapped[0]))
        height = style.leading + (deep - 1) * (style.size + 2.2) + row.gap
        self.need(height)
        if row.shade:
            self.box(edges[0], self.y + row.gap, edges[-1], self.y + height, self.look.tint)
        base = self.y + row.gap + style.leading - style.leading * 0.28
        for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            if not column.numbers:
                inset = (row.indent * 10 + (3 if row.shade else 0)) if number == 0 else 6
                for depth, line in enumerate(wrapped[number]):
                    x, y = edges[number] + inset, base + depth * (style.size + 2.2)
                    if column.centre:
                        x = edges[number] + (column.width - line.width) / 2
                    self._line(line, x, edges[number + 1], y, face.but(justify=False))
                continue
            y = base + (deep - 1) * (style.size + 2.2)
            self._number(cell, edges[number], edges[number + 1], y, face)
            if row.rule and cell:
                self.rule(self.y + row.gap + 0.3, edges[number] + 8, edges[number + 1] - 1, 0.5)
            if row.total and cell:
                self.rule(self.y + height + 0.2, edges[number] + 8, edges[number + 1] - 1, 0.5)
                self.rule(self.y + height + 1.8, edges[number] + 8, edges[number + 1] - 1, 0.5)
        self.y += height + (2.5 if row.total else 0)

    def _number(self, cell: str, x0: float, x1: float, y: float, style: Style) -> None:
        """Digits end on one line; a closing bracket or a percent sign of a negative hangs to their right."""
        if cell.startswith("$ "):
            self.words(x0 + 10, y, "$", style)
            cell = cell.removeprefix("$").strip()
        hang = measure(")", style) if cell.endswith(")") else 0.0
        self.words(x1 - 4 + hang, y, cell, style, "right")


class Book:
    """A PDF in the making."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pdf = pymupdf.open()
        self.labels: list[str] = []
        self.outline: list[tuple[int, str, int]] = []
        self.open: Leaf | None = None

    def leaf(self, label: str, *entries: tuple[int, str]) -> Leaf:
        """A new page, printed as *label*; *entries* are the (level, heading) pairs it gives to the outline."""
        self.close()
        page = self.pdf.new_page(width=WIDTH, height=HEIGHT)
        self.labels.append(label)
        self.outline += [(level, title, len(self.labels)) for level, title in entries]
        self.open = Leaf(page, self.look, label)
        return self.open

    def close(self) -> None:
        """Put the strokes and words of the open page into the file: a new page makes older page objects void."""
        if self.open:
            if self.open.foot:
                self.open.foot()
            self.open.shape.commit()
            self.open = None

    def save(self, path: Path, title: str, author: str, subject: str, labels: Sequence[dict[str, object]]) -> None:
        """Write the file, with *labels* as its page labels; they must say what the pages say."""
        self.close()
        self.pdf.set_page_labels(list(labels))
        said = [page.get_label() for page in self.pdf]
        if said != self.labels:
            raise ValueError(f"the page labels are {said}, the printed numbers {self.labels}")
        self.pdf.set_toc([list(entry) for entry in self.outline])
        date = "D:20260312090000Z"
        self.pdf.set_metadata(
            {"title": title, "author": author, "subject": subject, "creator": "sample_docs/make.py", "producer": "",
             "creationDate": date, "modDate": date, "keywords": "fictional, sample"}
        )  # fmt: skip
        self.pdf.subset_fonts()
        self.pdf.save(
            path, garbage=4, deflate=True, deflate_fonts=True, use_objstms=1, no_new_id=True, reproducible=True
        )
        self.pdf.close()
