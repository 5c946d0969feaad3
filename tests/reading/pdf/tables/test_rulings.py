"""Tables that are ruled all over: their cells are those that are drawn."""

from itertools import pairwise

import pytest

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.reading.pdf.tables.rulings import ruled
from rag.reading.pdf.tables.table_fields import is_broken
from rag.records import Table

BOX = (52, 102, 398, 198)
COLUMNS, ROWS = (50, 150, 250, 400), (100, 130, 170, 200)


def drawn(columns=COLUMNS, rows=ROWS):
    """Thin filled paths, a piece for each side of a cell, as browsers and word processors print them."""
    upright = [(x, top, x + 0.7, foot) for x in columns for top, foot in pairwise(rows)]
    level = [(left, y, right, y + 0.7) for y in rows for left, right in pairwise(columns)]
    return [("fill-path", box) for box in (*upright, *level)]


def line(x, y, *texts):
    words, left = [], float(x)
    for count, text in enumerate(texts):
        wide = 10.0 * len(text) if ord(text[0]) > 0x2E80 else 5.0 * len(text)
        words.append((left, y, left + wide, y + 10, text, int(y * 10 + x), 0, count))
        left += wide + 3
    return Line(words, 10.0, bold=False, way=0)


def region(columns=(147.0, 252.0), rows=(128.0,)):
    return Region("table", BOX, rows, columns)


def test_a_table_ruled_all_over_has_the_columns_and_rows_that_are_drawn():
    (found,) = ruled([region()], drawn(), [line(160, 140, "2,000"), line(60, 140, "A", "label")])
    assert found.ruled
    assert [round(x) for x in found.columns] == [150, 250]
    assert [round(y) for y in found.rows] == [130, 170]


@pytest.mark.parametrize(
    "painted", [[], drawn(columns=COLUMNS[1:]), drawn(columns=COLUMNS[:-1]), [("fill-image", (50, 100, 400, 200))]]
)
def test_a_table_that_has_no_line_at_one_of_its_sides_is_not_ruled_all_over(painted):
    assert ruled([region()], painted, []) == (region(),)


def test_a_table_goes_as_far_as_its_lines_though_the_words_of_its_last_column_end_early():
    narrow = region(columns=(147.0,))._replace(box=(52, 102, 300, 198))
    (found,) = ruled([narrow], drawn(), [line(60, 140, "A", "label"), line(255, 140, "Other")])
    assert [round(x) for x in found.columns] == [150, 250]


def test_columns_that_no_line_parts_stay_parted_unless_the_line_goes_through_words():
    words = [line(60, 140, "A", "label"), line(160, 140, "2,000"), line(270, 140, "3,000"), line(350, 140, "4,000")]
    (found,) = ruled([region(columns=(72.0, 150.0, 250.0, 320.0))], drawn(), words)
    assert [round(x) for x in found.columns] == [150, 250, 320]


def test_a_head_in_the_middle_of_a_column_parts_no_labels_that_begin_at_its_left():
    words = [line(95, 104, "Item"), line(160, 104, "Amount"), line(55, 140, "A"), line(55, 180, "B")]
    (found,) = ruled([region(columns=(80.0, 150.0, 250.0))], drawn(), words)
    assert [round(x) for x in found.columns] == [150, 250]


@pytest.mark.parametrize("x", [238, 155])
def test_a_head_stands_over_the_columns_that_its_drawn_cell_does_however_narrow_it_is(x):
    columns, rows = (50, 150, 250, 350, 450), (100, 120, 140, 160, 180)
    painted = [("stroke-path", (x0, 120 if x0 == 250 else 100, x0 + 0.5, 180)) for x0 in columns]
    painted += [("stroke-path", (50, y, 450, y + 0.5)) for y in rows]
    heads = [line(x, 104, "Gross"), line(380, 104, "Net"), line(55, 124, "Item")]
    heads += [line(left, 124, "Amount") for left in (155, 255, 355)]
    body = [line(55, 144 + 20 * at, "AB"[at]) for at in (0, 1)]
    body += [line(left, 144 + 20 * at, "1,234") for at in (0, 1) for left in (220, 320, 420)]
    model = Region("table", (52, 102, 448, 178), (120.0, 140.0, 160.0), (150.0, 250.0, 350.0))
    raw = RawPage(1, 500, 300, lines=[*heads, *body], regions=ruled([model], painted, [*heads, *body]))
    leaf, _ = leaf_of(raw, None, Typography(10.0, ()), None)
    (table,) = [block for block in leaf.blocks if isinstance(block, Table)]
    assert ("Gross", 2, 2) in [(cell.text, cell.column, cell.over) for cell in table.head.header[0]]


def test_words_of_one_cell_are_one_though_numbers_and_dates_are_broken_over_its_lines():
    lines = [line(60, 104, "Firm"), line(160, 104, "Amount"), line(260, 104, "Until")]
    lines += [line(60, 134, "North"), line(160, 134, "1,858,221,567."), line(260, 134, "2020/12/1")]
    lines += [line(60, 148, "Bank"), line(160, 148, "60"), line(260, 148, "8")]
    lines += [line(60, 174, "South"), line(160, 174, "7,000.00"), line(260, 174, "2021/1/4")]
    regions = ruled([region()], drawn(), lines)
    leaf, _ = leaf_of(RawPage(1, 450, 300, lines=lines, regions=regions), None, Typography(10.0, ()), None)
    (table,) = [block for block in leaf.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["North Bank", "1,858,221,567.60", "2020/12/18"],
        ["South", "7,000.00", "2021/1/4"],
    ]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("1,234,", "567"),
        ("1,234", ",567.8"),
        ("977,50", "0.00"),
        ("(1,234.", "56)"),
        ("24.5", "3%"),
        ("2020/12/1", "8"),
        ("(975,619,396", ")"),
    ],
)
def test_a_number_that_is_broken_off_goes_on(text, rest):
    assert is_broken(text, rest)


@pytest.mark.parametrize(
    ("text", "rest"), [("30,", "2024"), ("5", "6"), ("1,234", "5,678"), ("1.25", "2"), ("a,", "567")]
)
def test_a_number_that_is_whole_does_not_go_on(text, rest):
    assert not is_broken(text, rest)


def tall(*label, head="Kind"):
    """A table of two rows of words below its heads, whose first cell is as high as both, with *label* lines in it."""
    painted = [one for one in drawn() if round(one[1][1]) != 170 or one[1][0] >= 150 or one[1][2] - one[1][0] < 1]
    lines = [line(60, 108, head), line(160, 108, "Part"), line(260, 108, "Plan")]
    lines += [line(160, 140, "Room"), line(260, 140, "Private"), line(160, 180, "Cash"), line(260, 180, "100")]
    lines += [line(60, 150 + 12 * at, text) for at, text in enumerate(label)]
    (found,) = ruled([region()], painted, lines)
    raw = RawPage(1, 600, 800, lines=lines, regions=(found,))
    (table,) = [b for b in leaf_of(raw, None, Typography(10.0, ()), None)[0].blocks if isinstance(b, Table)]
    return found, table


def test_a_cell_of_the_first_column_is_as_high_as_the_rows_that_no_line_parts():
    assert [tuple(map(round, one)) for one in tall("Stay")[0].tall] == [(130, 198)]
    assert ruled([region()], drawn(), [])[0].tall == ()


@pytest.mark.parametrize(("lines", "label"), [(("Stay",), "Stay"), (("In-patient", "stay"), "In-patient stay")])
def test_a_label_beside_several_rows_is_that_of_each(lines, label):
    rows = [[cell.text for cell in row] for row in tall(*lines)[1].rows]
    assert rows == [[label, "Room", "Private"], [label, "Cash", "100"]]


def test_a_figure_beside_several_rows_is_not_told_twice():
    texts = [cell.text for row in tall("4,512")[1].rows for cell in row]
    assert texts.count("4,512") == 1


def test_rows_beside_one_label_are_no_heads():
    assert [[cell.text for cell in row] for row in tall("Stay")[1].head.header] == [["Kind", "Part", "Plan"]]


def test_a_table_is_ruled_all_over_though_its_name_stands_in_the_box_above_its_lines():
    high = region()._replace(box=(52, 80, 398, 198))
    (found,) = ruled([high], drawn(), [line(160, 84, "Interests"), line(60, 140, "A", "label")])
    assert found.ruled
    assert [round(y) for y in found.rows] == [100, 130, 170]


def test_lines_between_rows_hold_though_the_model_sees_more_between_the_lines_of_labels():
    fine = region(rows=(112.0, 122.0, 132.0, 142.0, 152.0, 162.0, 172.0, 182.0))
    labels = [line(60, y, "Part") for y in (104, 114, 134, 144, 154, 174, 184)]
    figures = [line(160, 114, "2,000"), line(160, 154, "3,000"), line(160, 184, "4,000")]
    (found,) = ruled([fine], drawn(), [*labels, *figures])
    assert [round(y) for y in found.rows] == [130, 170]


def test_lines_around_several_rows_are_none_between_rows():
    fine = region(rows=(112.0, 122.0, 132.0, 142.0, 152.0, 162.0, 172.0, 182.0))
    figures = [line(160, y, "2,000") for y in (104, 114, 134, 144, 154, 174, 184)]
    (found,) = ruled([fine], drawn(), figures)
    assert not found.ruled


def test_a_head_that_ends_with_a_year_is_one_in_its_drawn_cell():
    lines = [line(160, 104, "Interest"), line(260, 104, "Interest"), line(60, 116, "Firm")]
    lines += [line(160, 116, "2025"), line(260, 116, "2024")]
    lines += [line(60, 140, "Arden"), line(160, 140, "66.7"), line(260, 140, "80.0")]
    lines += [line(60, 180, "Boreal"), line(160, 180, "55.1"), line(260, 180, "49.0")]
    (found,) = ruled([region()], drawn(), lines)
    raw = RawPage(1, 600, 800, lines=lines, regions=(found,))
    (table,) = [
        block
        for block in leaf_of(raw, None, Typography(10.0, ((14.0, True),)), None)[0].blocks
        if isinstance(block, Table)
    ]
    assert [[cell.text for cell in row] for row in table.head.header] == [["Firm", "Interest 2025", "Interest 2024"]]
    assert len(table.rows) == 2


@pytest.mark.parametrize("level", [ROWS[:-1], ROWS[1:]])
def test_a_row_that_a_page_break_parts_has_no_line_there_and_its_table_is_ruled_all_over(level):
    upright = [box for _, box in drawn() if box[3] - box[1] > 5]
    painted = [("fill-path", (50, y, 400, y + 0.7)) for y in level]
    lines = [line(160, 140, "2,000"), line(160, 180, "3,000")]
    (found,) = ruled([region()], [*painted, *(("fill-path", box) for box in upright)], lines)
    assert found.ruled
    assert [round(y) for y in found.rows] == [130, 170]


def test_a_table_without_a_line_above_and_below_it_is_not_ruled_all_over():
    painted = [(kind, box) for kind, box in drawn() if box[3] - box[1] > 5 or box[1] in ROWS[1:-1]]
    assert ruled([region()], painted, []) == (region(),)


def test_labels_with_a_line_ruled_between_them_are_not_one():
    rows = (100, 130, 150, 170, 200)
    lines = [line(60, 110, "Firm"), line(160, 110, "Share"), line(260, 110, "Votes"), line(60, 139, "Limited", "by")]
    lines += [line(60, 152, "Boreal"), line(160, 152, "55.1"), line(260, 152, "49.0")]
    lines += [line(60, 180, "Calder"), line(160, 180, "66.7"), line(260, 180, "80.0")]
    (found,) = ruled([region()], drawn(rows=rows), lines)
    raw = RawPage(1, 600, 800, lines=lines, regions=(found,))
    (table,) = [
        block
        for block in leaf_of(raw, None, Typography(10.0, ((14.0, True),)), None)[0].blocks
        if isinstance(block, Table)
    ]
    assert [row[0].text for row in table.rows] == ["Limited by", "Boreal", "Calder"]
