"""What nobody sees in a workbook has no part in what is computed, unless its document is searched as a whole."""

import io

import openpyxl
import pytest

from rag.records import ModelChoice, Request

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
