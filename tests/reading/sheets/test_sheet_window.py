"""The viewer sees the cells around a citation as they are displayed, with what lies beneath."""

import openpyxl
import pytest

from rag.errors import DamagedFile, NoSuchPage
from rag.reading.sheets.sheet_window import window


@pytest.fixture
def long_sheet(workbook):
    return workbook(Sales=[["Item", "Q1"], *([f"row {at}", at] for at in range(2, 301))], Notes=[["hello"]])


def test_the_cells_around_an_area_and_the_names_of_all_sheets(long_sheet):
    seen = window(long_sheet, "Sales", "A2:B3")
    assert (seen.sheet, seen.sheets) == ("Sales", ("Sales", "Notes"))
    assert seen.rows == tuple(range(1, 16))
    assert seen.columns == (1, 2)
    assert [cell.text for cell in seen.cells[0]] == ["Item", "Q1"]
    assert [cell.text for cell in seen.cells[2]] == ["row 3", "3"]


def test_the_first_rows_are_always_there(long_sheet):
    seen = window(long_sheet, "Sales", "B200")
    assert seen.rows == (1, 2, 3, 4, 5, *range(192, 213))
    assert seen.cells[0][1].text == "Q1"
    assert seen.cells[seen.rows.index(200)][1].text == "200"


def test_heads_are_shown_wherever_they_are(long_sheet):
    assert window(long_sheet, "Sales", "B200", (120, 121)).rows == (120, 121, *range(192, 213))
    assert window(long_sheet, "Sales", "B125", (120, 121)).rows == tuple(range(117, 138))


def test_nothing_is_shown_below_the_last_row(long_sheet):
    assert window(long_sheet, "Sales", "A300").rows[-1] == 300


def test_a_window_has_at_most_60_rows_and_20_columns(workbook):
    path = workbook(S=[[f"{row}.{column}" for column in range(1, 41)] for row in range(1, 201)])
    seen = window(path, "S", "A1:AN200")
    assert (len(seen.rows), len(seen.columns)) == (60, 20)
    assert all(len(row) == 20 for row in seen.cells)
    far = window(path, "S", "AH100")
    assert len(far.rows) <= 60
    assert far.columns == (1, *range(31, 41))
    assert far.cells[far.rows.index(100)][far.columns.index(34)].text == "100.34"


def test_what_lies_beneath_a_cell(raw_workbook):
    path = raw_workbook(
        '<row r="1"><c r="A1"><v>0.125</v></c><c r="B1"><f>A1*2</f><v>0.25</v></c><c r="C1"><f>A1*3</f></c>'
        '<c r="D1" t="e"><v>#DIV/0!</v></c></row>'
    )
    ((number, formula, waiting, error),) = window(path, "S", "A1").cells
    assert (number.text, number.value, number.formula) == ("0.125", "0.125", "")
    assert (formula.text, formula.value, formula.formula) == ("0.25", "0.25", "=A1*2")
    assert (waiting.text, waiting.value, waiting.formula) == ("0.375", "0.375", "=A1*3")
    assert (formula.calculated, waiting.calculated) == (False, True)
    assert error.text == "#DIV/0!"


def test_a_shared_formula_from_above_the_window_is_that_of_the_cell(raw_workbook):
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><v>{at}</v></c><c r="B{at}"><f t="shared" si="0"'
        + (' ref="B1:B99">A1*2</f>' if at == 1 else "/>")
        + f"<v>{2 * at}</v></c></row>"
        for at in range(1, 100)
    )
    path = raw_workbook(f'<row r="1"/>{rows}'.replace('<row r="1"/>', ""))
    seen = window(path, "S", "B90")
    assert seen.cells[seen.rows.index(90)][1].formula == "=A90*2"


def test_empty_cells_are_empty(workbook):
    seen = window(workbook(S=[["a", None, "c"], [], [None, "e"]]), "S", "B2")
    assert [[cell.text for cell in row] for row in seen.cells[:3]] == [["a", "", "c"], ["", "", ""], ["", "e", ""]]


def test_a_sheet_that_is_not_there(long_sheet):
    with pytest.raises(NoSuchPage) as missing:
        window(long_sheet, "Costs", "A1", name="sales.xlsx")
    assert str(missing.value) == "sales.xlsx has no page or sheet Costs"


def test_a_sheet_that_is_broken_above_what_is_shown(raw_workbook):
    with pytest.raises(DamagedFile):
        window(raw_workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c'), "S", "A9")


def test_an_area_that_is_none(long_sheet):
    with pytest.raises(ValueError, match="not an area"):
        window(long_sheet, "Sales", "somewhere")


def test_merged_cells_are_one_also_where_only_some_of_their_rows_are_shown(workbook):
    path = workbook(S=[["Title", None, None], *[[row, row, row] for row in range(2, 60)]])
    book = openpyxl.load_workbook(path)
    book["S"].merge_cells("A1:C1")
    book["S"].merge_cells("B20:B45")
    book["S"].row_dimensions[41].hidden = True
    book.save(path)
    found = window(path, "S", "A42")
    assert found.spans[0, 0] == (1, 3)
    first = found.rows.index(34)
    assert found.spans[first, 1] == (45 - 34 + 1, 1)
    assert found.cells[first][1].text == "20"
    assert [found.cells[found.rows.index(row)][0].hidden for row in (40, 41)] == [False, True]


def test_sheets_that_the_workbook_hides_are_known(workbook):
    path = workbook("book.xlsx", Seen=[["a", 1]], Unseen=[["b", 2]])
    book = openpyxl.load_workbook(path)
    book["Unseen"].sheet_state = "hidden"
    book.save(path)
    assert window(path, "Seen", "A1").unseen == {"Unseen"}
