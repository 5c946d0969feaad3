import random

import pytest

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line, flows
from rag.reading.pdf.tables.page_tables import grids

TYPE = Typography(10.0, ((14.0, True), (10.0, True)))


def page(*rows, x=(50, 300, 380, 460), pitch=14, size=10.0, gaps=None):
    """Lines of a page: each row is its cells, right-aligned after the first; ``None`` is empty, ``!`` makes bold."""
    lines, y = [], 100.0
    for at, row in enumerate(rows):
        y += (gaps or {}).get(at, pitch)
        cells = (row,) if isinstance(row, str) else row
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            bold, text = cell.startswith("!"), cell.removeprefix("!")
            width = sum(size if ord(letter) > 0x2E80 else size / 2 for letter in text)
            start = x[column] if column == 0 else x[column] + 60 - width
            words, left = [], start
            for count, word in enumerate(text.split(" ")):
                wide = sum(size if ord(letter) > 0x2E80 else size / 2 for letter in word)
                words.append((left, y, left + wide, y + size, word, len(lines), 0, count))
                left += wide + size / 4
            lines.append(Line(words, size, bold, 0))
    return lines


def tables(lines):
    return [grid for flow in flows(lines) for grid in grids(flow, TYPE)]


def texts(row):
    return {column: " ".join(field.text for field in fields) for column, fields, *_ in row}


def rows(lines):
    (grid,) = tables(lines)
    return [texts(row) for row in grid.body]


def test_a_statement_is_a_table_with_title_unit_heads_and_rows():
    lines = page(
        "!CONSOLIDATED STATEMENTS OF INCOME",
        "(in millions, except per share data)",
        (None, "2023", "2022", "2021"),
        ("Net sales", "4,512", "4,101", "3,988"),
        ("Cost of sales", "(2,500)", "(2,301)", "—"),
        ("Earnings per share", "1.23", "(0.04)", "12.5%"),
    )
    (grid,) = tables(lines)
    assert [row.text for row in grid.title] == ["CONSOLIDATED STATEMENTS OF INCOME"]
    assert [row.text for row in grid.unit] == ["(in millions, except per share data)"]
    assert [texts(row) for row in grid.header] == [{2: "2023", 3: "2022", 4: "2021"}]
    assert [texts(row) for row in grid.body] == [
        {1: "Net sales", 2: "4,512", 3: "4,101", 4: "3,988"},
        {1: "Cost of sales", 2: "(2,500)", 3: "(2,301)", 4: "—"},
        {1: "Earnings per share", 2: "1.23", 3: "(0.04)", 4: "12.5%"},
    ]


def test_a_chinese_statement_is_a_table_with_title_unit_and_heads():
    lines = page(
        "合并利润表",
        "2023年1—12月",
        "单位：元 币种：人民币",
        ("项目", "2023年度", "2022年度"),
        ("一、营业总收入", "1,581,905.48", "1,126,782.35"),
        ("利息收入",),
        ("已赚保费",),
        ("手续费",),
        ("保单红利",),
        ("其中：利息",),
        ("二、营业总成本", "-1,142,129.10", "不适用"),
        x=(50, 250, 400),
    )
    (grid,) = tables(lines)
    assert [row.text for row in grid.title] == ["合并利润表", "2023年1—12月"]
    assert [row.text for row in grid.unit] == ["单位：元 币种：人民币"]
    assert texts(grid.header[0]) == {1: "项目", 2: "2023年度", 3: "2022年度"}
    assert texts(grid.body[0]) == {1: "一、营业总收入", 2: "1,581,905.48", 3: "1,126,782.35"}
    assert texts(grid.body[-1]) == {1: "二、营业总成本", 2: "-1,142,129.10", 3: "不适用"}
    assert len(grid.body) == 7


def test_a_line_of_maker_period_and_unit_is_the_unit_and_not_a_column_head():
    lines = page(
        "合并利润表",
        ("编制单位：青禾智能装备股份有限公司", "2025年1—12月", "单位：万元"),
        ("项目", "2025年度", "2024年度"),
        ("一、营业总收入", "132,187.50", "110,506.45"),
        ("其中：营业收入", "132,187.50", "110,506.45"),
        x=(50, 300, 400),
    )
    (grid,) = tables(lines)
    assert [texts(row) for row in grid.header] == [{1: "项目", 2: "2025年度", 3: "2024年度"}]
    assert [row.text.endswith("单位：万元") for row in grid.unit] == [True]


def test_a_numbered_heading_above_the_unit_heads_no_column_though_it_reaches_over_the_first():
    lines = page(
        "!23、长期借款情况说明",
        (None, None, "单位：元"),
        ("项目", "期末余额", "期初余额"),
        ("抵押", "180,000,000.00", "120,000,000.00"),
        ("信用", "75,500,000.00", "50,000,000.00"),
        x=(50, 95, 300),
    )
    (grid,) = tables(lines)
    assert [row.text for row in grid.title] == ["23、长期借款情况说明"]
    assert [texts(row) for row in grid.header] == [{1: "项目", 2: "期末余额", 3: "期初余额"}]


def test_a_currency_sign_goes_with_its_number_though_it_stands_apart():
    lines = page(("Sales", "4,512", "4,101"), ("Costs", "2,500", "2,301"))
    sign = page((None, "$", "$"), x=(50, 250, 330))
    assert rows([*lines, *sign])[0] == {1: "Sales", 2: "$ 4,512", 3: "$ 4,101"}


def test_an_empty_cell_leaves_its_column_empty():
    lines = page(("Sales", "4,512", "4,101", "3"), ("Costs", None, "2,301"), ("Rest", "1", None, "2"))
    assert rows(lines)[1:] == [{1: "Costs", 3: "2,301"}, {1: "Rest", 2: "1", 4: "2"}]


def test_a_label_over_two_lines_is_one_label():
    lines = page(
        ("Sales", "4,512", "4,101"), ("Adjustments to reconcile",), ("to net cash", "12", "13"), ("Rest", "1", "2")
    )
    assert rows(lines)[1] == {1: "Adjustments to reconcile to net cash", 2: "12", 3: "13"}


def test_a_label_that_goes_on_below_its_numbers_is_one_label():
    first = page(("Sales", "4,512", "4,101"))
    label = page("合计（或股东权", "益）", gaps={0: 28})
    numbers = page((None, "12", "13"), gaps={0: 28})
    last = page(("其他", "1", "2"), gaps={0: 56})
    assert rows([*first, *label, *numbers, *last])[1] == {1: "合计（或股东权益）", 2: "12", 3: "13"}


def test_the_name_of_a_section_is_a_row_of_its_own():
    lines = page(("Sales", "4,512", "4,101"), ("Current assets:",), ("Cash", "12", "13"))
    assert rows(lines)[1] == {1: "Current assets:"}


def test_a_row_named_by_its_year_is_a_row():
    lines = page(
        (None, "Amount", "Share"), ("2024", "$136", "12%"), ("2025", "$106", "10%"), ("After 2025", "$92", "9%")
    )
    assert rows(lines)[0] == {1: "2024", 2: "$136", 3: "12%"}


def test_lines_of_one_head_are_one_head():
    lines = page(
        (None, "Three months", "Six months"),
        (None, "June 30,", "June 30,"),
        (None, "2023", "2022"),
        ("Sales", "1", "2"),
        ("Rest", "3", "4"),
    )
    (grid,) = tables(lines)
    assert [texts(row) for row in grid.header] == [{2: "Three months June 30, 2023", 3: "Six months June 30, 2022"}]


def test_a_second_table_begins_where_years_head_new_columns():
    lines = page(
        (None, "2023", "2022"),
        ("Sales", "1", "2"),
        ("Rest", "3", "4"),
        (None, "2021", "2020"),
        ("Sales", "5", "6"),
        ("Rest", "7", "8"),
    )
    assert [len(grid.body) for grid in tables(lines)] == [2, 2]


def test_a_paragraph_that_announces_a_table_is_its_title():
    lines = page(
        "Inventories were as follows (in millions):", (None, "2023", "2022"), ("Goods", "1", "2"), ("Rest", "3", "4")
    )
    (grid,) = tables(lines)
    assert [row.text for row in grid.title] == ["Inventories were as follows (in millions):"]


def test_years_beside_the_unit_are_the_heads_of_their_columns():
    lines = page(
        ("(in millions)", "2025", "2024", "Change"),
        ("Sales", "1", "2", "3%"),
        ("Costs", "3", "4", "5%"),
        x=(50, 300, 380, 460),
    )
    (grid,) = tables(lines)
    assert [row.text for row in grid.unit] == ["(in millions)"]
    assert [texts(row) for row in grid.header] == [{2: "2025", 3: "2024", 4: "Change"}]


def test_a_unit_over_the_last_column_is_no_column_head():
    lines = page(
        "合并利润表",
        ("2025年1—12月", None, "单位：万元"),
        ("项目", "2025年度", "2024年度"),
        ("一、营业总收入", "132,187.50", "110,506.45"),
        ("二、营业总成本", "113,414.71", "97,581.12"),
        x=(50, 250, 400),
    )
    (grid,) = tables(lines)
    assert [row.text for row in grid.title] == ["合并利润表", "2025年1—12月"]
    assert [row.text for row in grid.unit] == ["单位：万元"]
    assert [texts(row) for row in grid.header] == [{1: "项目", 2: "2025年度", 3: "2024年度"}]


def test_a_head_over_several_columns_stands_over_the_leftmost():
    text = "Meetings-attended-in-all-of-the-year"
    heads = [Line([(337.0, 100.0, 337.0 + 5 * len(text), 110.0, text, 0, 0, 0)], 10.0, False, 0)]
    body = page(("Director", "Board", "Audit", "Pay"), ("Ann", "8", "5", "4"), ("Bob", "7", "3", "2"), gaps={0: 14})
    (grid,) = tables([*heads, *body])
    assert [texts(row) for row in grid.header] == [
        {2: text},
        {1: "Director", 2: "Board", 3: "Audit", 4: "Pay"},
    ]


@pytest.mark.parametrize(
    "above",
    [
        "Long waves carry our markets, and the wish to know a warming ocean.",
        "公司不属于重点排污单位。",
        "!We sold more.",
    ],
)
def test_a_sentence_above_a_table_is_not_its_title(above):
    lines = page(above, (None, "2023", "2022"), ("Goods", "1", "2"), ("Rest", "3", "4"))
    (grid,) = tables(lines)
    assert grid.title == []


def test_a_chinese_label_that_fills_its_column_goes_on_in_the_next_line():
    lines = page(
        ("营业收入", "4,512", "4,101"),
        ("归属于上市公司股东的扣除非经常性",),
        ("损益的净利润", "12", "13"),
        ("流动资产",),
        ("货币资金", "1", "2"),
        pitch=20,
        gaps={2: 11, 4: 11},
    )
    assert [row[1] for row in rows(lines)] == [
        "营业收入",
        "归属于上市公司股东的扣除非经常性损益的净利润",
        "流动资产",
        "货币资金",
    ]


def test_the_end_of_a_label_in_brackets_is_no_figure():
    lines = page(("Sales", "4,512", "4,101"), ("Preferred shares as of the end (Note",), ("16)", "12", "—"))
    assert rows(lines)[1] == {1: "Preferred shares as of the end (Note 16)", 2: "12", 3: "—"}


def test_a_row_with_a_year_and_counts_is_a_row():
    lines = page(("Ann", "2018", "8/8"), ("Bob", "2019", "7/8"), x=(50, 300, 380))
    assert rows(lines) == [{1: "Ann", 2: "2018", 3: "8/8"}, {1: "Bob", 2: "2019", 3: "7/8"}]


@pytest.mark.parametrize(
    "lines",
    [
        page("In 2023 we sold 4,512 items", "and 2,301 more in 2022", "which is 12 % up"),
        page(("Item 1. Business ...............", "4"), ("Item 2. Properties ............", "12")),
        page(("1.", "Sales"), ("2.", "Costs"), ("3.", "Rest")),
        page(("Name", "Position"), ("Ann", "Chair"), ("Bob", "Secretary")),
        page(("Page", "12")),
        page(("Letter to shareholders", "2"), ("Our business", "4"), ("Our people", "12"), ("Notes", "40")),
        page((None, "400", None, "372.9"), (None, None, "330.5", "47.9"), ("300", "36.2"), (None, "151.2", None, "20")),
    ],
    ids=["prose", "dotted contents", "list", "words", "footer", "contents", "chart"],
)
def test_what_is_not_clearly_a_table_stays_text(lines):
    assert tables(lines) == []


def test_tables_share_no_row():
    random_ = random.Random(4)
    for _ in range(40):
        lines = page(
            *[
                random_.choice(
                    [("Sales", "1", "2"), ("Head:",), (None, "2023", "2022"), "!TITLE", "(in millions)", "Some prose."]
                )
                for _ in range(30)
            ]
        )
        (flow,) = flows(lines)
        found = grids(flow, TYPE)
        taken = [at for grid in found for at in range(grid.start, grid.stop)]
        assert taken == sorted(set(taken))
        words = [
            piece.text
            for grid in found
            for row in (*grid.header, *grid.body)
            for _, fields, *_ in row
            for field in fields
            for piece in field.pieces
        ]
        words += [row.text for grid in found for row in (*grid.title, *grid.unit)]
        words += [row.text for at, row in enumerate(flow) if at not in taken]
        assert sorted(" ".join(words).split()) == sorted(word[4] for line in lines for word in line.words)


def test_a_page_of_numbers_everywhere_takes_time_in_proportion(processor_seconds):
    def took(count):
        random_ = random.Random(5)
        lines = []
        for at in range(count):
            x, y = random_.random() * 2000, at // 20 * 11
            lines.append(Line([(x, y, x + 8, y + 10, str(random_.randrange(99)), at, 0, 0)], 10.0, False, 0))
        return processor_seconds(lambda: tables(lines))

    took(500)
    assert took(16_000) < 40 * took(2_000)
