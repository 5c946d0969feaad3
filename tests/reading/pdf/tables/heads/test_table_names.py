"""A table is called what a reader of the page would call it."""

import pytest

from rag.reading.pdf.tables.heads.introductions import subject_of
from rag.reading.pdf.tables.heads.table_names import with_names
from rag.records import Box, Cell, Leaf, Page, Span, Table, TableHead

HERE = Page(1, None)
TABLE = "a table"


def span(kind, text, before="\n"):
    return Span(text, HERE, kind, before)


def table(*title, continues=False):
    rows = ((Cell("Goods", HERE, 1), Cell("12", HERE, 2)),)
    spans = tuple(span("title", line) for line in title)
    return Table(TableHead(spans), rows, continues=continues)


def names(*pages):
    """What the tables of *pages* are called; of a block that is a tuple, kind and text."""
    leaves = [
        Leaf(number, None, tuple(span(*block) if type(block) is tuple else block for block in blocks))
        for number, blocks in enumerate(pages, 1)
    ]
    return [block.head.called for leaf in with_names(leaves) for block in leaf.blocks if isinstance(block, Table)]


def test_a_heading_right_above_names_the_table():
    assert names([("heading", "Note 2. Inventories"), table()]) == ["Note 2. Inventories"]


def test_a_title_of_its_own_comes_first():
    page = [("heading", "Item 8"), table("Acme Corp.", "Consolidated Balance Sheets", "(unaudited)")]
    assert names(page) == ["Consolidated Balance Sheets"]


@pytest.mark.parametrize("kind", ["heading", "text"])
@pytest.mark.parametrize("name", ["Table 4: Summary of results", "表 4 主要业绩", "附表二：主要业绩"])
def test_a_numbered_name_right_above_a_wide_table_wins_over_the_column_read_in_between(kind, name):
    def at(*box):
        return Page(1, None, Box(*box))

    def wide(top, *title):
        cells = (Cell("Revenue", at(50, top, 120, top + 10), 1), Cell("81", at(530, top, 560, top + 10), 2))
        return Table(TableHead(tuple(Span(line, at(50, top - 20, 90, top), "title") for line in title)), (cells,))

    left = Span(name, at(50, 630, 300, 640), kind, "\n")
    right = Span("Major shareholders", at(316, 530, 420, 542), "heading", "\n")
    assert names([left, right, wide(660)]) == [name]
    assert names([left, right, wide(700)]) == ["Major shareholders"], "it stands too far above"
    assert names([left, right, wide(660, "Summary")]) == ["Summary"]


def test_a_sentence_is_cut_to_what_it_is_about_unless_the_heading_says_as_much():
    goods = "Inventories consisted of the following (in millions):"
    cash = "The following table presents net sales by segment:"
    assert names([("heading", "Note 4: Inventories"), ("text", goods), table()]) == ["Note 4: Inventories"]
    assert names([("heading", "Note 4: Inventories"), table(cash)]) == ["Net sales by segment"]
    assert names([("heading", "Note 4"), ("text", f"We sell much. {cash}"), ("text", "(in millions)"), table()]) == [
        "Net sales by segment"
    ]


def test_a_sentence_that_begins_on_the_line_above_is_read_whole():
    page = [("text", "Sales of goods in the years 2024 and"), table("2023 were as follows:")]
    assert names(page) == ["Sales of goods in the years 2024 and 2023"]


def test_a_table_right_below_another_shares_its_name_and_notes_between_them_change_nothing():
    page = [("heading", "Debt"), table("Maturities of debt"), ("text", "(a) net of costs"), ("running", "9"), table()]
    assert names(page) == ["Maturities of debt", "Maturities of debt"]


def test_a_table_that_goes_on_keeps_its_name_though_a_heading_stands_between():
    assert names([table("Cash flows")], [("heading", "Annex"), table(continues=True)]) == ["Cash flows", "Cash flows"]


def test_a_heading_stands_for_the_pages_that_follow_but_not_for_far_ones():
    pages = [[("heading", "Leases"), ("text", "We rent shops. ")], [table()], [], [], [], [], [table()]]
    assert names(*pages) == ["Leases", "Leases"]
    assert names(pages[0], [], [], [], [], [], [table()]) == [""]


def test_boxes_to_tick_and_units_do_not_stand_between():
    page = [
        ("heading", "(5)."),
        ("heading", "未办妥产权证书的固定资产情况", " "),
        ("text", "√适用 □不适用"),
        ("text", "单位：元 币种：人民币"),
        table(),
    ]
    assert names(page) == ["(5). 未办妥产权证书的固定资产情况"]


def test_a_heading_that_says_little_is_read_with_the_one_above_it():
    page = [("heading", "41、应付利息"), ("heading", "分类列示"), table(), ("heading", "42、应付股利"), table()]
    assert names(page) == ["41、应付利息 分类列示", "42、应付股利"]


@pytest.mark.parametrize("line", ["ACME HOLDINGS, INC.", "Acme Corp and subsidiaries", "F-12", "Table of contents"])
def test_a_company_or_the_number_of_a_page_names_no_table(line):
    assert names([("heading", line), ("text", "We sell goods."), table()]) == [""]


def test_what_heads_page_after_page_names_no_table():
    page = [("heading", "Riverbank Times")]
    assert names(page, page, [("heading", "Weather"), ("text", "It rained.")], [*page, table()]) == ["Weather"]


def test_a_line_of_text_names_what_stands_below_and_a_sentence_does_not():
    assert names([("heading", "Item 5"), ("text", "Issuer purchases of shares"), table()]) == [
        "Issuer purchases of shares"
    ]
    assert names([("heading", "Item 5"), ("text", "Shares are bought at market prices."), table()]) == ["Item 5"]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        (
            "The following table sets forth the computation of net income per share:",
            "Computation of net income per share",
        ),
        ("Presented in the table below are the components of debt as of May 31:", "Components of debt as of May 31"),
        ("Our ROIC as of May 31, 2021 is as follows:", "ROIC as of May 31, 2021"),
        ("As of June 30, 2024, future payments were as follows ($ in millions):", "Future payments"),
        ("A summary of the Company’s obligations follows:", "Obligations"),
        ("截至2020年12月31日，本公司合并财务报表范围内子公司如下：", "本公司合并财务报表范围内子公司"),
        ("下表彙列新發布之準則：", "新發布之準則"),
        ("We calculate it as follows:", ""),
        ("This information is presented in the table below.", ""),
        ("Costs rose.", ""),
    ],
)
def test_a_sentence_of_introduction_is_cut_to_its_subject(sentence, subject):
    assert subject_of(sentence) == subject


def test_a_heading_right_above_a_table_names_it_though_the_column_beside_it_is_read_in_between():
    def at(*box):
        return Page(1, None, Box(*box))

    def of(left, top, *title):
        cells = (
            Cell("Revenue", at(left, top, left + 60, top + 10), 1),
            Cell("8", at(left + 90, top, 200, top + 10), 2),
        )
        return Table(TableHead(tuple(span("title", line) for line in title)), (cells,))

    heading = Span("Three years in figures", at(64, 474, 194, 493), "heading", "\n")
    assert names([heading, of(350, 290, "By region"), of(64, 520)]) == ["By region", "Three years in figures"]
    assert names([heading, of(350, 290, "By region"), of(64, 620)]) == ["By region", "By region"]
