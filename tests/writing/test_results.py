"""A computed result in words."""

from dataclasses import replace

import pytest

from rag.records import Cells, Citation, Computed, Hit, Passage, Span
from rag.writing.results import beside, said, with_result, written


def result(columns, rows, *, unit="", percents=(), cut=False):
    return Computed("SELECT 1", columns, rows, None, None, "T", (Cells("S", "A1"),), cut, unit, percents)


@pytest.mark.parametrize(
    ("value", "percent", "text"),
    [
        (1234567, False, "1,234,567"),
        (1234.5, False, "1,234.50"),
        (60.00000000001, False, "60"),
        (0.1 + 0.2, False, "0.3"),
        (-0.052, True, "-5.20%"),
        (0.25, True, "25%"),
        (None, False, "–"),
        ("华北", False, "华北"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, percent, text):
    assert written(value, percent=percent) == text


def test_one_figure_is_said_with_its_name_and_the_unit_of_the_table():
    found = result(("销售额合计",), ((1572,),), unit="（单位：元）")
    assert said("合计是多少", found) == "销售额合计为 1,572（单位：元）。"
    assert said("what is it", result(("total sales",), ((1572,),), unit="(in thousands)")) == (
        "total sales: 1,572 (in thousands)."
    )


def test_the_only_figure_stands_behind_its_label_and_the_head_of_its_column():
    found = result(("Item", "Year ended 2025"), (("Revenue", 427.4),), unit="in millions")
    assert said("What was revenue?", replace(found, decimals=((None, 1),))) == (
        "Revenue · Year ended 2025: 427.4 (in millions)."
    )
    found = result(("项目", "2025年"), (("营业收入", 427.4),), unit="单位：万元")
    assert said("营业收入是多少？", found) == "营业收入 · 2025年：427.40（单位：万元）。"


def test_a_bracket_within_the_unit_is_closed():
    found = result(("total",), ((1572,),), unit="As of June 30, 2025 (USD thousands)")
    assert said("what is it", found) == "total: 1,572 (As of June 30, 2025 (USD thousands))."


def test_hundreds_of_millions_are_said_in_yi_beside_the_exact_figure_unless_the_unit_is_scaled():
    assert "（约 12.35 亿）" in said("是多少", result(("收入",), ((1234567890,),), unit="单位：元"))
    assert "亿" not in said("是多少", result(("收入",), ((1234567890,),), unit="单位：千元"))
    assert "亿" not in said("how much", result(("income",), ((1234567890,),)))


def test_a_share_has_no_unit():
    found = result(("区域", "占比"), (("华北", 0.4618), ("华南", 0.5382)), unit="单位：元", percents=(1,))
    assert said("各区域占比", found) == "占比：华北 46.18%；华南 53.82%。"


def test_of_many_values_the_ends_are_said():
    rows = tuple((f"2024-{month:02}", float(month * month)) for month in range(1, 13))
    assert said("monthly", result(("Month", "total"), rows)) == (
        "total: 12 values, from 2024-01 1 to 2024-12 144; the highest is 2024-12 144, the lowest 2024-01 1."
    )


def test_what_was_cut_is_said():
    rows = tuple((f"r{at}", float(at)) for at in range(20))
    assert "first 20 rows" in said("all", result(("Name", "total"), rows, cut=True))


def test_rows_that_are_left_out_are_told():
    found = replace(result(("total",), ((5.0,),)), empty=3)
    assert said("What is the total?", found).endswith("3 rows have no value and are left out.")
    assert said("合计是多少？", found).endswith("另有 3 行没有数值，未计入。")
    assert said("What is the total?", replace(found, empty=1)).endswith("One row has no value and is left out.")


def test_beside_a_result_stands_no_passage_about_something_else(document):
    book, paper = document("book.xlsx", "workbook"), document("paper.pdf")
    found = replace(result(("Department", "average Headcount"), (("Sales", 42.5), ("Service", 95))), document=book)
    texts = [
        (book, "The average headcount of a department is planned."),
        (paper, "A volunteer stays for 6.8 years on average."),
    ]
    passages = [Passage(document, (Span(text, Cells("S", "A9"), "text", ""),)) for document, text in texts]
    hits = [Hit(passage, 1.0, {}) for passage in passages]
    cited = [Citation(at, each.document, 0, each.places, each.text) for at, each in enumerate(passages, start=1)]
    question = "average headcount by department"
    numbered, citations = with_result(question, found, hits, cited)
    assert [each.document for each in beside(question, found, citations[1:], numbered)] == [book]


def test_which_rows_were_meant_is_said_once():
    sales = replace(result(("销售额合计",), ((1572,),)), only=("华北",))
    assert said("华北的销售额合计是多少", sales) == "华北，销售额合计为 1,572。"
    labelled = replace(result(("区域", "销售额"), (("华北", 5),)), only=("华北",))
    assert said("华北的销售额是多少", labelled).count("华北") == 1
