"""What nobody sees in a workbook has no part in what is computed, unless its document is searched as a whole."""

import io

import openpyxl
import pytest

from rag.entrypoints.cli.results import computed_json
from rag.records import ModelChoice, Request, TableQuery
from rag.writing.results import said

QUESTION = "What is the total amount?"


@pytest.fixture
def partly_hidden():
    """Amounts of which one row is hidden, one filtered out; a hidden column, and a hidden sheet of the same form."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Seen"
    for row in (
        ["Region", "Amount", "Bonus"],
        ["North", 5, 900],
        ["South", 7, 900],
        ["East", 100, 900],
        ["West", 40, 900],
    ):
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    sheet.auto_filter.ref = "A1:C5"
    sheet.auto_filter.add_filter_column(0, ["North", "South", "East"])
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("Unseen")
    for row in (["Region", "Amount"], ["North", 5000], ["South", 7000]):
        other.append(row)
    other.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def asked(app, question):
    *_, last = app.ask("ann", Request(question), model=ModelChoice("none"))
    return last.answer.computed


def test_what_is_hidden_or_filtered_out_is_not_computed_with(app, add, partly_hidden):
    add("sales.xlsx", partly_hidden)
    found = asked(app, QUESTION)
    assert found.rows == ((12,),)
    assert [place.label for place in found.cells] == ["Seen!B2:B3"]
    assert asked(app, "What is the total bonus?") is None


def test_a_document_that_is_searched_as_a_whole_is_computed_as_a_whole(app, add, worker, partly_hidden):
    document = add("sales.xlsx", partly_hidden)
    app.search_hidden("ann", document.id, wanted=True)
    while worker.run_one():
        pass
    found = asked(app, "What is the total bonus?")
    assert found.rows == ((3600,),)
    assert [place.label for place in found.cells] == ["Seen!C2:C5"]


def test_a_sum_says_that_hidden_rows_are_left_out(app, add, partly_hidden):
    add("sales.xlsx", partly_hidden)
    found = asked(app, QUESTION)
    assert found.hidden == 2
    assert said(QUESTION, found) == "total Amount: 12. 2 hidden rows left out."
    assert said("金额合计是多少？", found).endswith("有 2 个隐藏行未计入。")
    assert computed_json(found)["hidden_rows_left_out"] == 2


def test_a_figure_that_is_looked_up_misses_no_hidden_row(app, add, partly_hidden):
    add("sales.xlsx", partly_hidden)
    found = asked(app, "What is the amount of South?")
    assert (found.rows[0][-1], found.hidden) == (7, 0)


def test_nothing_is_left_out_of_a_document_that_is_searched_as_a_whole(app, add, worker, partly_hidden):
    document = add("sales.xlsx", partly_hidden)
    app.search_hidden("ann", document.id, wanted=True)
    while worker.run_one():
        pass
    assert asked(app, "What is the total bonus?").hidden == 0


def test_each_of_many_hidden_rows_is_counted(app, add):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Region", "Amount"])
    for number in range(100):
        sheet.append([f"Place {number}", number])
        sheet.row_dimensions[number + 2].hidden = number % 2 == 1
    file = io.BytesIO()
    book.save(file)
    add("many.xlsx", file.getvalue())
    found = asked(app, QUESTION)
    assert (found.rows, found.hidden) == (((2450,),), 50)
    (info,) = app.tables("ann", TableQuery()).tables
    assert info.hidden == 50


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("徐汇店第一季度的销售额合计", "徐汇店，2025年第一季度 · 销售额合计：300。"),
        ("徐汇店2025年的销售额合计", "徐汇店、2025年，销售额合计为 700。"),
        ("徐汇店各季度的销售额合计", "徐汇店，销售额合计：2025年第一季度 300；2025年第二季度 400。"),
    ],
)
def test_the_sentence_names_the_shop_that_alone_was_summed(app, add, make_workbook, question, sentence):
    rows = [["日期", "门店", "销售额"]]
    for day, amount in (("2025-01-05", 100), ("2025-02-05", 200), ("2025-04-05", 400)):
        rows += [[day, "徐汇店", amount], [day, "静安店", 7 * amount]]
    add("门店.xlsx", make_workbook(销售=rows))
    assert said(question, asked(app, question)) == sentence
