"""A workbook of any shape is written, and read as a person who opens it sees it: places, texts, tables and heads.

What a cell shows is worked out here from its value, not by the rules of the product.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from rag.errors import NoSheets
from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import Cells, Figure, Span, Table, Upload, cell_name


def rounded(value, decimals):
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def signed(value, text):
    """*text*, which is written of an amount without its sign; a zero keeps the sign of what was rounded to it."""
    return f"-{text}" if value < 0 else text


def bracketed(value, text):
    return f"({text})" if value < 0 else text


AMOUNTS = st.decimals(-(10**7), 10**7, places=3, allow_nan=False).map(float)
DAYS = st.dates(date(1905, 1, 1), date(2199, 12, 31))
MOMENTS = st.builds(datetime.combine, DAYS, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
SHOWN = {
    "0": lambda value: signed(value, f"{rounded(abs(value), 0)}"),
    "0.00": lambda value: signed(value, f"{rounded(abs(value), 2)}"),
    "#,##0": lambda value: signed(value, f"{rounded(abs(value), 0):,}"),
    "#,##0.00": lambda value: signed(value, f"{rounded(abs(value), 2):,}"),
    "0%": lambda value: signed(value, f"{rounded(abs(value) * 100, 0)}%"),
    "0.0%": lambda value: signed(value, f"{rounded(abs(value) * 100, 1)}%"),
    "¥#,##0.00": lambda value: signed(value, f"¥{rounded(abs(value), 2):,}"),
    "[$€-407]#,##0.0": lambda value: signed(value, f"€{rounded(abs(value), 1):,}"),
    '#,##0.00" 元"': lambda value: signed(value, f"{rounded(abs(value), 2):,} 元"),
    '0.0,"千"': lambda value: signed(value, f"{rounded(abs(value) / 1000, 1)}千"),
    '0.00,,"百万"': lambda value: signed(value, f"{rounded(abs(value) / 10**6, 2)}百万"),
    '0!.0,"万"': lambda value: signed(value, re.sub(r"(.)$", r".\1万", f"{rounded(abs(value) / 1000, 0):02}")),
    "#,##0;(#,##0);-": lambda value: bracketed(value, f"{rounded(abs(value), 0):,}") if value else "-",
    "[Red][<0]-0.0;0.0": lambda value: signed(value, f"{rounded(abs(value), 1)}"),
}
DAY_SHOWN = {
    "yyyy-mm-dd": date.isoformat,
    'yyyy"年"m"月"d"日"': lambda day: f"{day.year}年{day.month}月{day.day}日",
    "m/d/yyyy": lambda day: f"{day.month}/{day.day}/{day.year}",
    "[$-409]d-mmm-yy": lambda day: f"{day.day}-{day:%b}-{day.year % 100:02}",
    "dd.mm.yyyy;@": lambda day: f"{day.day:02}.{day.month:02}.{day.year:04}",
}
MOMENT_SHOWN = {
    "yyyy-mm-dd hh:mm": lambda at: f"{at:%Y-%m-%d %H:%M}",
    "h:mm AM/PM": lambda at: f"{at.hour % 12 or 12}:{at.minute:02} {'PM' if at.hour >= 12 else 'AM'}",
}


@dataclass
class Written:
    """A value, the format it is written with, and what a person sees."""

    value: object
    code: str
    text: str


def written(values, shown):
    return st.tuples(values, st.sampled_from(sorted(shown))).map(
        lambda pair: Written(pair[0], pair[1], shown[pair[1]](pair[0]))
    )


WORDS = st.text(st.characters(codec="utf-8", categories=("L",)), min_size=1, max_size=12)
ANYTHING = st.one_of(
    written(AMOUNTS, SHOWN),
    written(AMOUNTS.map(lambda value: value / 10**7), SHOWN),
    written(DAYS, DAY_SHOWN),
    written(MOMENTS, MOMENT_SHOWN),
    st.booleans().map(lambda value: Written(value, "General", str(value).upper())),
    WORDS.map(lambda text: Written(text, "General", text)),
)
SPOTS = st.tuples(st.integers(1, 25), st.integers(1, 10))
SHEETS = st.lists(
    st.tuples(
        st.dictionaries(SPOTS, ANYTHING, max_size=25),
        st.sampled_from(["visible", "hidden", "veryHidden"]),
        st.lists(st.tuples(SPOTS, st.integers(0, 2), st.integers(0, 2)), max_size=3),
        st.sets(st.integers(1, 25), max_size=3),
        st.sets(st.integers(1, 10), max_size=2),
    ),
    min_size=1,
    max_size=3,
)


def seen(blocks):
    """Each text with its place; one that is put beside several rows stands once."""
    for block in blocks:
        match block:
            case Span():
                yield block.place.sheet, block.place.area, block.text
            case Table(head, rows):
                for span in (*head.title, *head.unit):
                    yield span.place.sheet, span.place.area, span.text
                for row in (*head.header, *rows):
                    for cell in row:
                        yield cell.place.sheet, cell.place.area, cell.text


@settings(max_examples=25, deadline=None)
@given(SHEETS, st.booleans(), st.booleans())
def test_every_visible_cell_has_its_place_and_the_text_that_it_shows(tmp_path_factory, sheets, since_1904, with_hidden):
    assume(any(state == "visible" for _, state, *_ in sheets))
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    wanted, cells = set(), 0
    for number, (grid, state, merges, rows, columns) in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表 {number}")
        sheet.sheet_state = state
        kept, areas, taken = dict(grid), {}, set()
        for (row, column), one in kept.items():
            cell = sheet.cell(row, column)
            cell.value, cell.number_format = one.value, one.code
        for (top, left), down, over in merges:
            area = {(row, column) for row in range(top, top + down + 1) for column in range(left, left + over + 1)}
            if len(area) > 1 and not area & taken:
                taken |= area
                areas[top, left] = f"{cell_name(top, left)}:{cell_name(top + down, left + over)}"
                sheet.merge_cells(areas[top, left])
                for at in area - {(top, left)}:
                    kept.pop(at, None)
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for column in columns:
            sheet.column_dimensions[cell_name(1, column)[:-1]].hidden = True
        cells += len(kept)
        wanted |= {
            (sheet.title, areas.get(at, cell_name(*at)), one.text)
            for at, one in kept.items()
            if with_hidden or (state == "visible" and at[0] not in rows and at[1] not in columns)
        }
    path = tmp_path_factory.getbasetemp() / "shape.xlsx"
    book.save(path)
    try:
        leaves = list(read_workbook(Upload("shape.xlsx", path), with_hidden=with_hidden).leaves)
    except NoSheets:
        assert not cells
        return
    found = [one for leaf in leaves for one in seen(leaf.blocks)]
    assert set(found) == wanted
    assert not any(isinstance(block, Figure) for leaf in leaves for block in leaf.blocks)


# ── Tables ──


@dataclass
class Drawn:
    """A table as it is written: heads of any depth, labels, amounts; its title, unit and note."""

    depth: int
    groups: list[int]
    rows: int
    title: bool
    unit: bool
    note: bool
    heads: list[set[str]] = field(default_factory=list)


TABLES = st.builds(
    Drawn,
    st.integers(1, 5),
    st.lists(st.integers(1, 3), min_size=1, max_size=3),
    st.integers(2, 6),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def draw_heads(sheet, table, row, level):
    """Write a row of heads; gives those that begin in it. All but the last one stand over the columns of a group."""
    names = set()
    if level == 0:
        sheet.cell(row, 1, "项目")
        names.add("项目")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row + table.depth - 1, end_column=1)
    column = 2
    for number, wide in enumerate(table.groups):
        over = level < table.depth - 1
        for at in range(1 if over else wide):
            name = f"第{'甲乙丙丁戊'[level]}层{'一二三'[number]}组" if over else f"{'一二三'[number]}组{'东西南'[at]}区"
            sheet.cell(row, column + at, name)
            names.add(name)
        if over:
            sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=column + wide - 1)
        column += wide
    return names


def draw(sheet, table, top):
    """Write *table* from row *top* on; gives the row below it."""
    row = top
    width = 1 + sum(table.groups)
    if table.title:
        sheet.cell(row, 1, f"{top}号情况表")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        row += 1
    if table.unit:
        sheet.cell(row, width if width > 2 else 1, "单位：万元")
        row += 1
    for level in range(table.depth):
        table.heads.append(draw_heads(sheet, table, row, level))
        row += 1
    for at in range(table.rows):
        sheet.cell(row, 1, f"项{'金木水火土日'[at]}")
        for column in range(2, width + 1):
            sheet.cell(row, column, at * 10.5 + column).number_format = "#,##0.00"
        row += 1
    if table.note:
        sheet.cell(row, 1, "注：未经审计。")
        row += 1
    return row


@settings(max_examples=25, deadline=timedelta(seconds=5))
@given(st.lists(TABLES, min_size=1, max_size=4), st.integers(1, 3))
def test_each_table_of_a_sheet_is_found_with_its_heads_of_any_depth(tmp_path_factory, tables, gap):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "多表"
    row = 1
    for table in tables:
        table.heads.clear()
        row = draw(sheet, table, row) + gap
    path = tmp_path_factory.getbasetemp() / "tables.xlsx"
    book.save(path)
    (leaf,) = read_workbook(Upload("tables.xlsx", path)).leaves
    found = [block for block in leaf.blocks if isinstance(block, Table)]
    assert len(found) == len(tables)
    for table, read in zip(tables, found, strict=True):
        assert [{cell.text for cell in row} for row in read.head.header] == table.heads
        assert [row[0].text for row in read.rows] == [f"项{'金木水火土日'[at]}" for at in range(table.rows)]
        assert (len(read.head.title), len(read.head.unit)) == (table.title, table.unit)
        assert all(isinstance(cell.place, Cells) and cell.value is not None for row in read.rows for cell in row[1:])
    notes = [block.text for block in leaf.blocks if isinstance(block, Span)]
    assert notes == ["注：未经审计。"] * sum(table.note for table in tables)
