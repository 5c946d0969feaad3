"""A place says where it is, in the words that people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import Box, Cells, Page, areas, cell_corners, cell_name


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Page(212, "F-12"), "p. 212 (printed F-12)"),
        (Page(4, "iv"), "p. 4 (printed iv)"),
        (Page(7, "7"), "p. 7"),
        (Page(7), "p. 7"),
        (Cells("P&L", "A2:F40"), "P&L!A2:F40"),
    ],
)
def test_a_place_is_labelled_as_people_quote_it(place, label):
    assert place.label == label


def test_the_places_of_a_page_become_one_with_the_box_around_them():
    page = [Page(3, "iii", Box(10, 20, 30, 40)), Page(3, "iii", Box(5, 25, 20, 60)), Page(2, "ii", Box(1, 1, 2, 2))]
    assert areas(page) == (Page(2, "ii", Box(1, 1, 2, 2)), Page(3, "iii", Box(5, 20, 30, 60)))


def test_the_cells_of_a_sheet_become_the_area_around_them():
    cells = [Cells("S", "C3"), Cells("T", "A1"), Cells("S", "A2:B2"), Cells("S", "AA10")]
    assert areas(cells) == (Cells("S", "A2:AA10"), Cells("T", "A1"))


@pytest.mark.parametrize(("row", "column", "name"), [(1, 1, "A1"), (12, 26, "Z12"), (3, 27, "AA3"), (9, 703, "AAA9")])
def test_a_cell_has_the_name_that_excel_gives_it(row, column, name):
    assert cell_name(row, column) == name


@given(st.integers(1, 1_048_576), st.integers(1, 16_384), st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_an_area_is_read_as_it_is_written_whichever_corner_comes_first(row, column, other_row, other_column):
    area = f"{cell_name(row, column)}:{cell_name(other_row, other_column)}"
    rows, columns = sorted([row, other_row]), sorted([column, other_column])
    assert cell_corners(area) == (rows[0], columns[0], rows[1], columns[1])


@pytest.mark.parametrize("area", ["", "A", "12", "A1:", "a1", "A1:B2:C3!"])
def test_what_is_no_area_is_refused(area):
    with pytest.raises(ValueError, match="not a cell"):
        cell_corners(area)
