"""Tables where the layout model has found them."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.entrypoints.reading_results import value_of
from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.reading.words import words_of
from rag.records import Span, Table, grid_of

TYPE = Typography(10.0, ((14.0, True), (10.0, True)))
LEFTS = (60, 260, 340, 420, 500)


def line(x, y, text, *, bold=False, size=10.0):
    words, left = [], float(x)
    for count, word in enumerate(text.split(" ")):
        wide = sum(size if ord(letter) > 0x2E80 else size / 2 for letter in word)
        words.append((left, y, left + wide, y + size, word, int(y * 10 + x), 0, count))
        left += wide + size / 4
    return Line(words, size, bold, 0)


def right(x, y, text, **style):
    """Text whose right edge is 70 points to the right of *x*."""
    wide = sum(5 if ord(letter) < 0x2E80 else 10 for letter in text if letter != " ") + 2.5 * text.count(" ")
    return line(x + 70 - wide, y, text, **style)


def page(*lines, box=(50, 95, 580, 400), rows=(), columns=(), more=()):
    regions = (Region("table", box, tuple(rows), tuple(columns)), *more)
    return RawPage(1, 600, 800, lines=list(lines), regions=regions)


def leaf(raw, last=None):
    return leaf_of(raw, None, TYPE, last)


def table(raw):
    (found,) = [block for block in leaf(raw)[0].blocks if isinstance(block, Table)]
    return found


def texts(rows):
    return [{cell.column: cell.text for cell in row} for row in rows]


def test_a_head_over_several_columns_says_so_and_lines_of_one_head_are_one():
    found = table(
        page(
            line(400, 100, "Three months"),
            right(260, 114, "June 30,"),
            right(340, 114, "Mar 31,"),
            right(420, 114, "Mar 31,"),
            right(260, 126, "2023"),
            right(340, 126, "2023"),
            right(420, 126, "2022"),
            line(60, 140, "Sales"),
            *[right(x, 140, f"1,{x}") for x in LEFTS[1:4]],
            line(60, 154, "Costs"),
            *[right(x, 154, f"2,{x}") for x in LEFTS[1:4]],
            rows=(138, 152),
            columns=(250, 335, 415),
        )
    )
    assert [[(cell.column, cell.text, cell.over) for cell in row] for row in found.head.header] == [
        [(3, "Three months", 2)],
        [(2, "June 30, 2023", 1), (3, "Mar 31, 2023", 1), (4, "Mar 31, 2022", 1)],
    ]
    assert texts(found.rows)[0] == {1: "Sales", 2: "1,260", 3: "1,340", 4: "1,420"}


def test_the_period_beside_who_made_a_statement_heads_no_column():
    found = table(
        page(
            line(60, 86, "合并利润表", bold=True),
            line(60, 100, "编制单位：青禾智能装备股份有限公司"),
            line(280, 100, "2025年1—12月"),
            right(420, 100, "单位：万元"),
            line(60, 114, "项目"),
            right(260, 114, "2025年度"),
            right(420, 114, "2024年度"),
            line(60, 128, "营业收入"),
            right(260, 128, "132,187.50"),
            right(420, 128, "110,506.45"),
            line(60, 142, "营业成本"),
            right(260, 142, "80,559.00"),
            right(420, 142, "69,142.58"),
            rows=(126, 140),
            columns=(255, 380),
        )
    )
    assert texts(found.head.header) == [{1: "项目", 2: "2025年度", 3: "2024年度"}]
    assert "2025年1—12月" in [span.text for span in found.head.title]


def test_boxes_that_are_ticked_and_a_unit_over_a_table_head_no_column_and_a_tall_head_is_beside_heads():
    raw = page(
        line(60, 100, "√适用 □不适用"),
        right(420, 100, "单位：元"),
        right(260, 118, "期末余额"),
        line(60, 126, "类别"),
        right(260, 134, "金额"),
        right(340, 134, "比例"),
        right(420, 134, "价值"),
        line(60, 150, "组合"),
        *[right(x, 150, f"1,{x}") for x in LEFTS[1:4]],
        line(60, 164, "合计"),
        *[right(x, 164, f"1,{x}") for x in LEFTS[1:4]],
        rows=(114, 148, 162),
        columns=(250, 335, 415),
    )
    found = table(replace(raw, regions=(raw.regions[0]._replace(tall=((114.0, 148.0),)),)))
    assert [one[1] for one in texts(found.head.header)[-1:]] == ["类别"]
    assert not {"√适用 □不适用", "单位：元"} & {cell.text for row in found.head.header for cell in row}
    assert [span.text for span in found.head.unit] == ["单位：元"]
    assert [row[1] for row in texts(found.rows)] == ["组合", "合计"]


def test_a_table_of_words_has_its_columns():
    words = [("Task", "Who", "When"), ("Plan the year", "Ann", "May"), ("Review the plan", "Bob", "June")]
    lines = [line(x, 100 + 14 * at, cell) for at, row in enumerate(words) for x, cell in zip(LEFTS, row, strict=False)]
    found = table(page(*lines, rows=(112, 126), columns=(250, 335)))
    assert texts(found.head.header) == [{1: "Task", 2: "Who", 3: "When"}]
    assert texts(found.rows) == [
        {1: "Plan the year", 2: "Ann", 3: "May"},
        {1: "Review the plan", 2: "Bob", 3: "June"},
    ]


def test_where_all_heads_come_again_another_table_stands_beside():
    lines = []
    for at, row in enumerate([("Age", "People", "Age", "People"), ("1", "230", "3", "250"), ("2", "240", "4", "260")]):
        lines += [line(x, 100 + 14 * at, cell) for x, cell in zip(LEFTS, row, strict=False)]
    blocks = leaf(page(*lines, rows=(112, 126), columns=(250, 335, 415)))[0].blocks
    assert [texts(block.rows) for block in blocks if isinstance(block, Table)] == [
        [{1: "1", 2: "230"}, {1: "2", 2: "240"}],
        [{1: "3", 2: "250"}, {1: "4", 2: "260"}],
    ]


def test_a_line_between_columns_that_parts_only_words_is_none():
    lines = []
    for at in range(5):
        lines += [line(60, 100 + 14 * at, f"{at} years of age"), right(260, 100 + 14 * at, f"{at}00")]
    found = table(page(*lines, rows=(112, 126, 140, 154), columns=(67.5, 250)))
    assert texts(found.rows)[0] == {1: "0 years of age", 2: "000"}


def test_two_figures_in_one_column_again_and_again_are_two_columns():
    lines = []
    for at in range(4):
        y = 100 + 14 * at
        lines += [line(60, y, "Item"), right(260, y, f"{at},260"), right(340, y, f"{at},340")]
    assert texts(table(page(*lines, columns=(250,))).rows) == [
        {1: "Item", 2: f"{at},260", 3: f"{at},340"} for at in range(4)
    ]


def test_title_and_unit_inside_the_box_are_title_and_unit():
    found = table(
        page(
            line(60, 100, "Consolidated Balance Sheets", bold=True),
            line(60, 128, "(in millions)"),
            right(260, 128, "2023"),
            right(340, 128, "2022"),
            line(60, 142, "Cash"),
            right(260, 142, "12"),
            right(340, 142, "34"),
            rows=(120, 140),
            columns=(250, 335),
        )
    )
    assert [span.text for span in (*found.head.title, *found.head.unit)] == [
        "Consolidated Balance Sheets",
        "(in millions)",
    ]
    assert texts(found.head.header) == [{2: "2023", 3: "2022"}]


def statement(*rows):
    lines = [line(60, 70, "CONSOLIDATED BALANCE SHEETS", bold=True), right(260, 100, "2023"), right(340, 100, "2022")]
    for at, (label, *cells) in enumerate(rows):
        lines.append(line(60, 114 + 14 * at, label))
        lines += [right(x, 114 + 14 * at, cell) for x, cell in zip(LEFTS[1:], cells, strict=False)]
    rest = line(60, 420, "The notes are an integral part of these statements.")
    return page(*lines, rest, rows=(112,), columns=(250, 335))


def test_a_table_that_is_named_again_on_the_next_page_goes_on_though_notes_stand_between():
    _, last = leaf(statement(("Cash", "12", "34"), ("Goods", "56", "78")))
    second, _ = leaf(statement(("Debt", "90", "12"), ("Equity", "34", "56")), last)
    (found,) = [block for block in second.blocks if isinstance(block, Table)]
    assert found.continues
    assert texts(found.rows) == [{1: "Debt", 2: "90", 3: "12"}, {1: "Equity", 2: "34", 3: "56"}]
    running = [block.text for block in second.blocks if isinstance(block, Span) and block.kind == "running"]
    assert running == ["CONSOLIDATED BALANCE SHEETS", "2023", "2022"]


def test_heads_told_again_below_a_running_head_with_a_year_in_it_go_on():
    def part(*rows):
        heads = [line(400, 30, "Annual Report 2023"), right(260, 100, "2023"), right(340, 100, "2022")]
        body = [
            one
            for at, (label, *cells) in enumerate(rows)
            for one in (
                line(60, 114 + 14 * at, label),
                *(right(x, 114 + 14 * at, cell) for x, cell in zip(LEFTS[1:], cells, strict=False)),
            )
        ]
        return page(*heads, *body, rows=(112,), columns=(250, 335))

    _, last = leaf(part(("Cash", "12", "34"), ("Goods", "56", "78")))
    second, _ = leaf(part(("Debt", "90", "12"), ("Equity", "34", "56")), last)
    (found,) = [block for block in second.blocks if isinstance(block, Table)]
    assert found.continues


def test_labels_keep_how_far_they_are_set_in():
    lines = []
    for at, (x, label) in enumerate([(60, "Assets"), (70, "Cash"), (80, "At banks"), (60, "Debt")]):
        lines += [line(x, 100 + 14 * at, label), right(260, 100 + 14 * at, "12")]
    assert [row[0].level for row in table(page(*lines, columns=(250,))).rows] == [0, 1, 2, 0]


cells = st.one_of(st.none(), st.integers(-(10**6), 10**6).map(lambda n: f"({-n:,})" if n < 0 else f"{n:,}"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Net sales", "Cash", "Other items of income"]), cells, cells, cells), min_size=1
    ),
    st.lists(st.sampled_from(["2023", "June 30, 2022", "Change", "Amount"]), max_size=3),
    st.booleans(),
)
def test_each_word_of_a_drawn_table_stands_in_one_place_and_cells_keep_row_and_column(rows, heads, lined):
    lines = [right(x, 100, head) for x, head in zip(LEFTS[1:], heads, strict=False)]
    for at, (label, *numbers) in enumerate(rows, 1):
        lines.append(line(60, 100 + 14 * at, label))
        lines += [right(x, 100 + 14 * at, cell) for x, cell in zip(LEFTS[1:], numbers, strict=False) if cell]
    heights = [98 + 14 * at for at in range(1, len(rows) + 1)] if lined else []
    raw = page(*lines, box=(50, 95, 580, 120 + 14 * len(rows)), rows=heights, columns=(250, 335, 415))
    blocks = leaf(raw)[0].blocks
    found = []
    for block in blocks:
        if isinstance(block, Table):
            found += [span.text for span in (*block.head.title, *block.head.unit)]
            found += [cell.text for row in (*block.head.header, *block.rows) for cell in row]
        else:
            found.append(block.text)
    assert Counter(" ".join(found).split()) == Counter(word[4] for one in raw.lines for word in one.words)
    body = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    if lined and all(any(row[1:]) for row in rows):
        numbers = [[cell.text for cell in row if cell.column > 1] for row in body]
        assert [row for row in numbers if row][-len(rows) :] == [[cell for cell in row[1:] if cell] for row in rows]


def test_two_tables_in_one_box_are_two_each_with_its_own_heads_and_columns():
    raw = page(
        line(60, 100, "(in millions)"),
        right(260, 100, "June 30, 2025"),
        right(400, 100, "June 30, 2024"),
        line(60, 120, "Current"),
        right(260, 120, "1,100"),
        right(400, 120, "1,200"),
        line(60, 140, "Past due"),
        right(260, 140, "110"),
        right(400, 140, "120"),
        line(60, 160, "(in millions)"),
        right(320, 160, "2025"),
        right(480, 160, "2024"),
        line(60, 180, "Charged off"),
        right(320, 180, "15"),
        right(480, 180, "16"),
        rows=(115, 135, 155, 175),
        columns=(250, 340, 400, 480),
    )
    first, second = [block for block in leaf(raw)[0].blocks if isinstance(block, Table)]
    assert texts(first.head.header) == [{2: "June 30, 2025", 3: "June 30, 2024"}]
    assert texts(second.head.header) == [{2: "2025", 3: "2024"}]
    assert texts(second.rows) == [{1: "Charged off", 2: "15", 3: "16"}]


def test_a_heading_between_the_rows_of_a_box_is_a_heading_and_parts_two_tables():
    raw = page(
        line(60, 100, "Name"),
        line(260, 100, "Meaning"),
        line(60, 114, "Hill"),
        line(260, 114, "Hill Works Limited"),
        line(60, 150, "2. The company", bold=True, size=14.0),
        line(60, 180, "Chair"),
        line(260, 180, "A. Person"),
        line(60, 194, "Founded"),
        line(260, 194, "in May"),
        rows=(112, 128, 170, 192),
        columns=(250,),
    )
    blocks = leaf(raw)[0].blocks
    assert [block.text for block in blocks if isinstance(block, Span) and block.kind == "heading"] == ["2. The company"]
    assert len([block for block in blocks if isinstance(block, Table)]) == 2


def test_a_table_for_another_year_below_has_the_name_and_unit_of_the_one_above_told_once():
    raw = page(
        line(260, 100, "权益变动表"),
        line(480, 115, "单位：元"),
        line(60, 130, "项目"),
        right(260, 130, "股本"),
        right(400, 130, "2025年度"),
        line(60, 145, "期初余额"),
        right(260, 145, "1,100.00"),
        right(400, 145, "1,200.00"),
        line(60, 175, "项目"),
        right(260, 175, "股本"),
        right(400, 175, "2024年度"),
        line(60, 190, "期初余额"),
        right(260, 190, "900.00"),
        right(400, 190, "800.00"),
        rows=(140, 160, 185),
        columns=(250, 380),
    )
    page_ = leaf(raw)[0]
    first, second = [block for block in page_.blocks if isinstance(block, Table)]
    assert (second.head.title, second.head.unit) == (first.head.title, first.head.unit)
    assert second.head.title
    told = [span.text for span, _ in words_of(page_)]
    assert told.count("权益变动表") == 1
    assert [cell.text for cell in second.head.header[0]] == ["项目", "股本", "2024年度"]


def test_what_was_ticked_above_a_table_is_not_its_name():
    raw = page(
        line(60, 100, "√适用 □不适用"),
        line(60, 130, "姓名"),
        right(260, 130, "持股数"),
        right(400, 130, "比例"),
        line(60, 145, "张三"),
        right(260, 145, "1,100"),
        right(400, 145, "1.20"),
        rows=(115, 140),
        columns=(250, 380),
    )
    assert table(raw).head.title == ()


def test_on_the_next_page_figures_in_one_column_stand_in_those_of_the_page_before():
    _, last = leaf(statement(("Cash", "1,100.00", "2,200.00"), ("Goods", "3,300.00", "4,400.00")))
    lines = [line(60, 100, "Debt"), right(260, 100, "5,500.00"), right(340, 100, "6,600.00")]
    second, _ = leaf(page(*lines, line(60, 114, "Equity"), rows=(112,), columns=(250,)), last)
    (found,) = [block for block in second.blocks if isinstance(block, Table)]
    assert texts(found.rows) == [{1: "Debt", 2: "5,500.00", 3: "6,600.00"}, {1: "Equity"}]


def test_years_over_several_columns_are_heads_of_one_row_though_marks_of_notes_stand_in_a_column():
    found = table(
        page(
            line(280, 100, "2025"),
            line(457, 100, "2024"),
            right(200, 120, "Card"),
            right(270, 120, "Loans"),
            line(380, 120, "Cards-and-others"),
            right(480, 120, "Loans"),
            line(60, 140, "Bought"),
            *[right(x, 140, f"1,{x}") for x in (200, 270, 340, 480)],
            right(400, 140, "(b)(c)"),
            line(60, 154, "Sold"),
            *[right(x, 154, f"2,{x}") for x in (200, 270, 340, 480)],
            rows=(138, 152),
            columns=(195, 272, 342, 415, 475),
        )
    )
    assert [[(cell.column, cell.text, cell.over) for cell in row] for row in found.head.header] == [
        [(2, "2025", 2), (4, "2024", 3)],
        [(2, "Card", 1), (3, "Loans", 1), (4, "Cards-and-others", 2), (6, "Loans", 1)],
    ]


def test_a_unit_in_line_with_the_heads_is_told_as_the_unit_and_printed_over_the_labels():
    found = table(
        page(
            line(60, 100, "(in millions)"),
            right(260, 100, "2025"),
            right(340, 100, "2024"),
            line(60, 120, "Sales"),
            right(260, 120, "1,200"),
            right(340, 120, "1,100"),
            rows=(115,),
            columns=(250, 335),
        )
    )
    assert [span.text for span in found.head.unit] == ["(in millions)"]
    grid = grid_of(found)
    assert grid.unit == "(in millions)"
    assert [[cell.text for cell in row] for row in grid.header] == [["(in millions)", "2025", "2024"]]


def test_a_unit_above_the_heads_stands_in_no_head():
    found = table(
        page(
            line(60, 100, "(in millions)"),
            right(260, 114, "2025"),
            right(340, 114, "2024"),
            line(60, 134, "Sales"),
            right(260, 134, "1,200"),
            right(340, 134, "1,100"),
            rows=(129,),
            columns=(250, 335),
        )
    )
    assert [[cell.text for cell in row] for row in grid_of(found).header] == [["", "2025", "2024"]]


def raised(x, y, text):
    """A mark of a note, written small, whose foot is above that of a line at *y*."""
    return line(x, y - 1, text, size=5.0)


def test_the_mark_of_a_note_stands_with_its_number_and_not_with_the_next_one():
    found = table(
        page(
            right(260, 100, "2023"),
            right(340, 100, "2022"),
            line(60, 120, "Card income"),
            right(260, 120, "483"),
            raised(340, 120, "(d)"),
            right(340, 120, "684"),
            line(60, 140, "Net interest income"),
            right(260, 140, "13,690"),
            right(340, 140, "8,708"),
            raised(416, 140, "(e)(f)"),
            columns=(240, 337),
        )
    )
    assert texts(found.rows) == [
        {1: "Card income", 2: "483 (d)", 3: "684"},
        {1: "Net interest income", 2: "13,690", 3: "8,708 (e)(f)"},
    ]


def test_a_raised_digit_is_the_mark_of_a_note_and_no_digit_of_the_number():
    found = table(
        page(
            right(260, 100, "2023"),
            right(340, 100, "2022"),
            line(60, 120, "Recognized losses"),
            right(260, 120, "403"),
            raised(336, 120, "2"),
            right(340, 120, "(36)"),
            raised(414, 120, "4, 5"),
            line(60, 140, "Prior service cost"),
            right(260, 140, "1,250"),
            right(340, 140, "7"),
            columns=(240, 345),
        )
    )
    grid = grid_of(found)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["Recognized losses", "403 ²", "(36) ⁴,⁵"],
        ["Prior service cost", "1,250", "7"],
    ]
    assert [value_of(cell) for row in grid.rows for cell in row[1:]] == [403, -36, 1250, 7]


def test_a_percent_sign_in_a_place_of_its_own_goes_with_its_number_though_a_line_passes_between():
    found = table(
        page(
            right(260, 100, "2021"),
            right(340, 100, "Change"),
            right(420, 100, "2019"),
            line(60, 120, "Cost of sales"),
            right(260, 120, "24,576"),
            right(335, 120, "16"),
            line(412, 120, "%"),
            line(420, 120, "$"),
            right(420, 120, "21,643"),
            line(60, 140, "Gross profit"),
            right(260, 140, "19,962"),
            right(335, 140, "-7"),
            line(412, 140, "%"),
            right(420, 140, "17,474"),
            columns=(240, 340, 410),
        )
    )
    assert texts(found.rows) == [
        {1: "Cost of sales", 2: "24,576", 3: "16 %", 4: "$ 21,643"},
        {1: "Gross profit", 2: "19,962", 3: "-7 %", 4: "17,474"},
    ]


def test_two_amounts_far_apart_in_the_only_row_are_two_columns():
    found = table(
        page(
            right(260, 100, "Actual"),
            right(400, 100, "Minimum"),
            line(60, 120, "Net capital"),
            line(270, 120, "$"),
            right(260, 120, "24,578"),
            line(345, 120, "$"),
            right(400, 120, "5,593"),
            columns=(240,),
        )
    )
    assert texts(found.rows) == [{1: "Net capital", 2: "$ 24,578", 3: "$ 5,593"}]
    assert texts(found.head.header) == [{2: "Actual", 3: "Minimum"}]


def test_numbers_from_one_to_another_are_one_cell_though_a_line_passes_between():
    found = table(
        page(
            right(260, 100, "2021"),
            right(420, 100, "2020"),
            line(60, 120, "Expected life"),
            line(280, 120, "0.5 - 2.0"),
            line(440, 120, "0.5 - 2.5"),
            line(60, 140, "Volatility"),
            line(280, 140, "26% - 29%"),
            line(440, 140, "26% - 30%"),
            rows=(116, 136),
            columns=(240, 297, 400),
        )
    )
    assert texts(found.rows) == [
        {1: "Expected life", 2: "0.5 - 2.0", 3: "0.5 - 2.5"},
        {1: "Volatility", 2: "26% - 29%", 3: "26% - 30%"},
    ]


def test_a_head_of_two_lines_that_goes_on_with_a_small_letter_stands_over_all_its_columns():
    found = table(
        page(
            line(286, 100, "As of or for the three months"),
            line(315, 112, "ended June 30,"),
            right(220, 126, "2023"),
            right(290, 126, "2022"),
            right(360, 126, "Change"),
            line(60, 146, "Net charge-offs"),
            right(220, 146, "1,761"),
            right(290, 146, "1,006"),
            right(360, 146, "(24)"),
            columns=(220, 295, 365),
        )
    )
    assert [(cell.column, cell.text, cell.over) for cell in found.head.header[0]] == [
        (2, "As of or for the three months ended June 30,", 3)
    ]
    assert texts(found.head.header)[1] == {2: "2023", 3: "2022", 4: "Change"}


def test_a_unit_over_the_labels_of_a_table_without_heads_is_its_unit():
    found = table(
        page(
            line(60, 100, "(Millions)"),
            line(60, 120, "2023"),
            right(260, 120, "157"),
            line(60, 140, "Thereafter"),
            right(260, 140, "892"),
            rows=(116, 136),
            columns=(240,),
        )
    )
    assert [span.text for span in found.head.unit] == ["(Millions)"]
    assert texts(found.rows) == [{1: "2023", 2: "157"}, {1: "Thereafter", 2: "892"}]


def test_a_name_with_a_number_begins_there_though_its_first_line_ends_with_a_comma():
    found = table(
        page(
            line(60, 70, "Table A-1. Coverage of populations, and participation,", bold=True),
            line(100, 82, "by education system: 2011", bold=True),
            right(260, 100, "2012"),
            right(340, 100, "2011"),
            line(60, 120, "Austria"),
            right(260, 120, "97"),
            right(340, 120, "98"),
            line(60, 140, "Belgium"),
            right(260, 140, "77"),
            right(340, 140, "85"),
            columns=(240, 337),
        )
    )
    name = "Table A-1. Coverage of populations, and participation, by education system: 2011"
    assert grid_of(found).title == name


def test_a_sentence_about_a_table_with_a_number_is_not_its_name():
    found = table(
        page(
            line(60, 70, "Table 5 shows how many took part,"),
            line(60, 82, "and who did not."),
            right(260, 100, "2012"),
            right(340, 100, "2011"),
            line(60, 120, "Austria"),
            right(260, 120, "97"),
            right(340, 120, "98"),
            columns=(240, 337),
        )
    )
    assert not found.head.title


def test_a_table_that_the_model_misses_in_traced_words_is_found_by_its_columns():
    def of(kind):
        raw = page(
            line(60, 100, "Stock"),
            right(260, 100, "2012"),
            right(340, 100, "2011"),
            line(60, 120, "Austria"),
            right(260, 120, "97"),
            right(340, 120, "98"),
            right(260, 300, "2012"),
            right(340, 300, "2011"),
            line(60, 320, "Belgium"),
            right(260, 320, "1,377"),
            right(340, 320, "1,385"),
            line(60, 340, "Denmark"),
            right(260, 340, "2,411"),
            right(340, 340, "2,320"),
            box=(50, 95, 580, 140),
            columns=(240, 337),
            more=(Region("text", (50, 290, 580, 360)),),
        )
        blocks = leaf(replace(raw, kind=kind))[0].blocks
        return [texts(block.rows) for block in blocks if isinstance(block, Table)]

    seen = [{1: "Austria", 2: "97", 3: "98"}]
    missed = [{1: "Belgium", 2: "1,377", 3: "1,385"}, {1: "Denmark", 2: "2,411", 3: "2,320"}]
    assert of("scanned") == [seen, missed]
    assert of("text") == [seen]


def test_a_table_that_the_model_takes_for_text_is_found_where_its_figures_leave_no_doubt():
    def of(*beside):
        rows = [("Belgium", "1,377", "1,385"), ("Denmark", "2,411", "2,320"), ("Finland", "903", "877")]
        lines = [right(260, 300, "2012"), right(340, 300, "2011")]
        for at, row in enumerate(rows):
            lines.append(line(60, 320 + 20 * at, row[0]))
            lines += [right(260 + 80 * n, 320 + 20 * at, text) for n, text in enumerate([*row[1:], *beside])]
        raw = page(
            line(60, 100, "Stock"),
            right(260, 100, "2012"),
            line(60, 120, "Austria"),
            right(260, 120, "97"),
            *lines,
            box=(50, 95, 580, 140),
            columns=(240,),
            more=(Region("text", (50, 290, 580, 380)),),
        )
        return [texts(block.rows) for block in leaf(raw)[0].blocks if isinstance(block, Table)]

    seen, missed = of()
    assert seen == [{1: "Austria", 2: "97"}]
    assert missed == [
        {1: "Belgium", 2: "1,377", 3: "1,385"},
        {1: "Denmark", 2: "2,411", 3: "2,320"},
        {1: "Finland", 2: "903", 3: "877"},
    ]
    assert of("Spain", "44") == [seen]  # two charts side by side


def test_a_date_in_a_head_stays_whole_though_its_comma_was_read_as_a_full_stop_and_a_line_passes_between():
    found = table(
        page(
            line(300, 100, "Three months ended June 30."),
            right(260, 120, "2022"),
            right(340, 120, "2021"),
            line(60, 140, "Derivatives"),
            right(260, 140, "147"),
            right(340, 140, "43"),
            line(60, 160, "Other"),
            right(260, 160, "7"),
            right(340, 160, "(45)"),
            columns=(240, 416),
        )
    )
    assert "Three months ended June 30." in [cell.text for row in found.head.header for cell in row]


def test_a_day_that_its_month_leaves_for_the_next_line_is_part_of_the_head_and_no_figure():
    found = table(
        page(
            line(296, 100, "Three Months Ended June"),
            line(461, 100, "Six Months Ended June"),
            line(342, 111, "30,"),
            line(502, 111, "30,"),
            *[right(x, 128, year) for x, year in zip(LEFTS[1:], ("2024", "2023") * 2, strict=True)],
            line(60, 145, "Net sales"),
            *[right(x, 145, f"$ 3{x}.7") for x in LEFTS[1:]],
            line(60, 162, "Cost of sales"),
            *[right(x, 162, f"2{x}.3") for x in LEFTS[1:]],
            rows=(126, 143, 160),
            columns=(250, 335, 415, 495),
        )
    )
    assert [[(cell.column, cell.text, cell.over) for cell in row] for row in found.head.header] == [
        [(2, "Three Months Ended June 30,", 2), (4, "Six Months Ended June 30,", 2)],
        [(2, "2024", 1), (3, "2023", 1), (4, "2024", 1), (5, "2023", 1)],
    ]
    assert [row[0].text for row in found.rows] == ["Net sales", "Cost of sales"]


def test_dates_beside_an_open_bracket_of_the_unit_stay_over_their_columns():
    found = table(
        page(
            line(260, 100, "Three months ended"),
            line(60, 112, "(in millions, except"),
            line(290, 112, "June 30,"),
            line(60, 126, "ratios)"),
            right(260, 126, "2024"),
            right(340, 126, "2023"),
            line(60, 140, "Net sales"),
            right(260, 140, "364.7"),
            right(340, 140, "344.4"),
            line(60, 154, "Costs"),
            right(260, 154, "224.3"),
            right(340, 154, "214.9"),
            rows=(138, 152),
            columns=(240, 335),
        )
    )
    assert [span.text for span in found.head.unit] == ["(in millions, except"]
    assert any("June 30," in cell.text for row in found.head.header for cell in row)


def left_over(*labels):
    """Rows at the top of a page, of which the model takes the figures for a table and the *labels* for a head."""
    lines = [line(60, 50 + 17 * at, label) for at, label in enumerate(labels)]
    rows = enumerate(("6,949.24", "139,806.52"))
    figures = [right(left, 50 + 17 * at, figure) for at, figure in rows for left in LEFTS[2:]]
    aside = Region("page-header", (60, 50, 90, 43 + 17 * len(labels)))
    return page(*lines, *figures, box=(360, 50, 580, 77), rows=(64,), columns=(415, 495), more=(aside,))


def test_labels_of_rows_left_over_at_the_top_of_a_page_stay_with_their_figures():
    found = table(left_over("其他", "合计"))
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["其他", *["6,949.24"] * 3],
        ["合计", *["139,806.52"] * 3],
    ]


def test_rows_left_over_at_the_top_of_a_page_go_on_from_the_table_before():
    heads = [line(x + 40, 600, text) for x, text in zip(LEFTS[2:], ("2024", "2023", "2022"), strict=True)]
    body = [line(60, 620, "工业机器人"), *[right(x, 620, "71,302.40") for x in LEFTS[2:]]]
    more = [line(60, 637, "备件及服务"), *[right(x, 637, "18,604.77") for x in LEFTS[2:]]]
    columns = (250, 415, 495)
    first = page(line(60, 600, "产品"), *heads, *body, *more, box=(50, 595, 580, 650), rows=(618, 635), columns=columns)
    _, last = leaf(replace(first, height=690))
    (found,) = [block for block in leaf(left_over("其他", "合计"), last)[0].blocks if isinstance(block, Table)]
    assert found.continues
    assert [[cell.column for cell in row] for row in found.rows] == [[1, 2, 3, 4]] * 2


def test_a_table_of_figures_takes_in_nothing_of_a_text_that_goes_on_below_it():
    blocks = leaf(left_over("其他", "合计", "第三行"))[0].blocks
    cells = [cell.text for block in blocks if isinstance(block, Table) for row in block.rows for cell in row]
    assert cells
    assert all(text[0].isdigit() for text in cells)


def test_a_head_in_the_middle_over_labels_set_to_the_left_is_theirs():
    def of(head, x):
        return table(
            page(
                line(x, 100, head),
                right(340, 100, "收入"),
                right(420, 100, "成本"),
                *[line(60, y, label) for y, label in ((114, "工业机器人"), (128, "备件"))],
                *[right(left, y, "71,302.40") for y in (114, 128) for left in LEFTS[2:4]],
                rows=(112, 126),
                columns=(150, 335, 415),
            )
        )

    centred = of("产品", 203)
    assert texts(centred.head.header) == [{1: "产品", 2: "收入", 3: "成本"}]
    assert texts(centred.rows)[0] == {1: "工业机器人", 2: "71,302.40", 3: "71,302.40"}
    assert texts(of("项目", 300).head.header) == [{1: "项目", 2: "收入", 3: "成本"}]
    assert texts(of("附注", 300).rows)[0] == {1: "工业机器人", 3: "71,302.40", 4: "71,302.40"}


def foot_of_a_page(label="Nordic countries"):
    """A page with text alone, at whose foot the model sees no table but more text."""
    heads = [line(x + 40, 714, text) for x, text in zip(LEFTS[2:], ("2024", "2023", "2022"), strict=True)]
    row = [line(60, 730, label), *[right(x, 730, "71,302.40") for x in LEFTS[2:]]]
    text = Region("text", (50, 690, 580, 745))
    return RawPage(
        1,
        600,
        800,
        lines=[line(60, 686, "Orders by region", bold=True), line(60, 700, "(in thousands)"), *heads, *row],
        regions=(Region("section-header", (50, 680, 300, 696)), text),
    )


def last_row(size=10.0, left=60.0):
    """The top of a page with one row, which the model takes for text, and a paragraph below it."""
    row = [line(left, 60, "Total orders", size=size), *[right(x, 60, "139,806.52", size=size) for x in LEFTS[2:]]]
    prose = line(60, 100, "Demand in the second half was supported by orders for replacement and by lower rates.")
    regions = (Region("text", (50, 55, 580, 75)), Region("text", (50, 95, 580, 115)))
    return RawPage(2, 600, 800, lines=[*row, prose], regions=regions)


def test_heads_and_first_row_at_the_foot_of_a_page_are_the_beginning_of_a_table():
    (found,) = [block for block in leaf(foot_of_a_page())[0].blocks if isinstance(block, Table)]
    assert [span.text for span in found.head.title] == ["Orders by region"]
    assert [span.text for span in found.head.unit] == ["(in thousands)"]
    assert texts(found.head.header) == [{2: "2024", 3: "2023", 4: "2022"}]
    assert texts(found.rows) == [{1: "Nordic countries", 2: "71,302.40", 3: "71,302.40", 4: "71,302.40"}]


def test_a_figure_that_touches_its_label_at_the_foot_of_a_page_begins_no_table():
    assert not [b for b in leaf(foot_of_a_page("谐波减速器35,218.40"))[0].blocks if isinstance(b, Table)]


def test_the_last_row_alone_at_the_top_of_the_next_page_is_one_of_the_table():
    _, last = leaf(foot_of_a_page())
    blocks = leaf(last_row(), last)[0].blocks
    (found,) = [block for block in blocks if isinstance(block, Table)]
    assert found.continues
    assert texts(found.rows) == [{1: "Total orders", 2: "139,806.52", 3: "139,806.52", 4: "139,806.52"}]
    assert [block.text[:6] for block in blocks if isinstance(block, Span)] == ["Demand"]


def test_a_row_of_other_type_or_place_at_the_top_of_a_page_is_none_of_the_table_before():
    _, last = leaf(foot_of_a_page())
    for other in (last_row(size=12.0), last_row(left=160.0)):
        assert not [block for block in leaf(other, last)[0].blocks if isinstance(block, Table)]


def two_in_one(name, *, bold=True):
    heads = [line(60, 140, "Category"), right(260, 140, "Average balance"), right(340, 140, "Interest")]
    return page(
        *[right(x, 100, year) for x, year in ((260, "2024"), (340, "2023"))],
        *[line(60, y, label) for y, label in ((112, "Loans"), (124, "Leases"))],
        *[right(x, y, "71,302") for x in LEFTS[1:3] for y in (112, 124)],
        line(60, 132, name, bold=bold),
        *heads,
        *[line(60, y, label) for y, label in ((152, "Demand"), (164, "Savings"))],
        *[right(x, y, "4,806") for x in LEFTS[1:3] for y in (152, 164)],
        rows=(110, 122, 131, 138, 150, 162),
        columns=(200, 335),
    )


def test_a_name_in_bold_over_heads_of_words_begins_another_table():
    first, second = [b for b in leaf(two_in_one("Deposits by kind"))[0].blocks if isinstance(b, Table)]
    assert [row[1] for row in texts(first.rows)] == ["Loans", "Leases"]
    assert [span.text for span in second.head.title] == ["Deposits by kind"]
    assert texts(second.head.header) == [{1: "Category", 2: "Average balance", 3: "Interest"}]
    assert [row[1] for row in texts(second.rows)] == ["Demand", "Savings"]


def test_a_section_of_a_table_begins_no_other():
    for section in (two_in_one("Deposits:"), two_in_one("Deposits", bold=False)):
        assert len([block for block in leaf(section)[0].blocks if isinstance(block, Table)]) == 1


def test_a_currency_by_its_letters_is_a_unit():
    found = table(
        page(
            line(60, 100, "(EUR million)"),
            *[right(x, 100, year) for x, year in ((260, "2024"), (340, "2023"))],
            *[line(60, y, label) for y, label in ((114, "Sales"), (128, "Costs"))],
            *[right(x, y, "364.7") for x in LEFTS[1:3] for y in (114, 128)],
            rows=(112, 126),
            columns=(240, 335),
        )
    )
    assert [span.text for span in found.head.unit] == ["(EUR million)"]


def test_a_dash_apart_from_the_figure_behind_it_stands_in_a_column_of_its_own():
    found = table(
        page(
            *[right(x, 100, head) for x, head in ((260, "Gross"), (340, "Tax"), (420, "Net"))],
            *[line(60, y, label) for y, label in ((114, "Sales"), (128, "Costs"), (142, "Fees"))],
            *[right(x, y, "-" if x == 340 else "1,466") for x in LEFTS[1:4] for y in (114, 128, 142)],
            rows=(112, 126, 140),
            columns=(200, 335),
        )
    )
    assert [row[3] for row in texts(found.rows)] == ["-"] * 3
    assert [row[4] for row in texts(found.rows)] == ["1,466"] * 3


def test_a_table_goes_on_in_the_next_column_of_its_page():
    def rows(x, y, *labels):
        return [one for at, label in enumerate(labels) for one in row(x, y + 14 * at, label, "50.2", "26.6")]

    def row(x, y, label, *figures):
        return [line(x, y, label), *[right(x + wide, y, one) for wide, one in zip((60, 120), figures, strict=True)]]

    left = [*row(60, 46, "Holder", "Before", "After"), *rows(60, 60, "Founders", "Employees", "Trustees")]
    below = rows(340, 60, "Treasury", "Free float", "Total")
    regions = (
        Region("table", (55, 41, 260, 105), (58, 72, 86), (130, 195)),
        Region("table", (335, 55, 540, 105), (72, 86), (410, 475)),
    )
    blocks = leaf(RawPage(1, 600, 800, lines=[*left, *below], regions=regions))[0].blocks
    first, second = [block for block in blocks if isinstance(block, Table)]
    assert not first.continues
    assert second.continues
    assert texts(second.rows)[-1] == {1: "Total", 2: "50.2", 3: "26.6"}


def told_left(*heads):
    rows = [("Berth one", "118.4", "122.9", "328.3"), ("Berth two", "96.1", "99.8", "216.4")]
    return table(
        page(
            *[line(x, 100, head) for x, head in heads],
            *[
                part
                for at, (label, *figures) in enumerate(rows)
                for part in (
                    line(60, 118 + 18 * at, label),
                    *[right(x, 118 + 18 * at, one) for x, one in zip((270, 350, 430), figures, strict=True)],
                )
            ],
            columns=(180, 285, 400, 470),
        )
    )


def test_heads_set_to_the_left_over_figures_set_to_the_right_stand_each_over_its_own():
    found = told_left((60, "Thousand boxes"), (240, "Q1"), (345, "Q2"), (425, "Total"))
    assert texts(found.head.header) == [{1: "Thousand boxes", 2: "Q1", 3: "Q2", 4: "Total"}]
    assert texts(found.rows)[0] == {1: "Berth one", 2: "118.4", 3: "122.9", 4: "328.3"}


def test_fewer_heads_than_columns_are_not_taken_for_those_of_all_columns():
    found = told_left((60, "Thousand boxes"), (240, "Q1"), (425, "Total"))
    assert {cell.text: cell.column for row in found.head.header for cell in row}["Total"] != 3


def sections(first, second, *, bold=True):
    return table(
        page(
            *[right(x, 100, year) for x, year in ((340, "2024"), (420, "2023"))],
            line(60, 116, first, bold=bold),
            line(180, 116, "資產", bold=bold),
            *[part for x, y in ((340, 132), (420, 132), (340, 164), (420, 164)) for part in [right(x, y, "1,204")]],
            *[part for y in (132, 164) for part in (line(60, y, "Port"), line(180, y, "港口"))],
            line(60, 148, second, bold=bold),
            line(180, 148, "負債", bold=bold),
            rows=(114, 130, 146, 162),
            columns=(160, 300, 412),
        )
    )


def test_the_first_section_in_two_languages_is_a_row_like_the_ones_after_it():
    found = sections("ASSETS", "DEBTS")
    assert texts(found.rows)[0] == {1: "ASSETS", 2: "資產"}
    assert texts(found.head.header) == [{3: "2024", 4: "2023"}]
    assert texts(sections("Item", "Rest", bold=False).head.header)[-1][1] == "Item"


def ruled(top, *rows, head=None):
    """Rows in lines that are drawn, from *top* down, 18 points each: number, label and two figures."""
    told = [line(left, top, text) for left, text in zip((60, 120, 360, 440), head or (), strict=False)]
    first = top + 18 * bool(head)
    for at, (number, label, *figures) in enumerate(rows):
        told += [line(60, first + 18 * at, number)] if number else []
        told += [line(120, first + 18 * at, label)]
        told += [right(left, first + 18 * at, one) for left, one in zip((340, 420), figures, strict=False)]
    foot = first + 18 * len(rows)
    heights = [y - 3 for y in range(top + 18, foot, 18)]
    region = Region("table", (50, top - 5, 580, foot), tuple(heights), (110, 330, 412), ruled=True)
    return RawPage(1, 600, 800, lines=told, regions=(region,))


def test_the_rest_of_a_label_that_the_page_break_parts_heads_no_other_table():
    first = ruled(668, ("3.2", "Bonds", "180.0", "176.0"), ("3.3", "Fair value", "65.2", "63.1"), head=["No", *"ABC"])
    first = replace(first, height=725)
    over = ruled(70, ("", "gains of land"), ("3.4", "Surplus", "50.3", "44.8"), ("4", "Other", "30.0", "30.0"))
    (found,) = [block for block in leaf(over, leaf(first)[1])[0].blocks if isinstance(block, Table)]
    assert found.continues
    assert texts(found.head.header) == [{1: "No", 2: "A", 3: "B", 4: "C"}]
    assert texts(found.rows)[:2] == [{2: "gains of land"}, {1: "3.4", 2: "Surplus", 3: "50.3", 4: "44.8"}]


def test_small_figures_far_behind_their_labels_stand_in_a_column_of_their_own():
    def of(far):
        rows = enumerate((("Truro", "65", "60"), ("Wells", "77", "70"), ("Total", "142", "130")))
        lines = [
            part
            for at, (label, *figures) in rows
            for part in [
                line(60, 118 + 16 * at, label),
                *[right(left, 118 + 16 * at, one) for left, one in zip((far, 420), figures, strict=True)],
            ]
        ]
        return texts(table(page(*lines, columns=(420,))).rows)[0]

    assert of(280) == {1: "Truro", 2: "65", 3: "60"}
    assert of(40) == {1: "Truro 65", 2: "60"}
