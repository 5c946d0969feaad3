"""Typed tables in files: read back as they were, and nothing else is taken for one."""

from datetime import date

import pytest

from rag.figures.computing import Source, computed
from rag.figures.database.kept import keep, kept
from rag.figures.typed import typed
from rag.records import Cell, Page, Table, TableHead


def test_a_table_is_read_back_as_it_was(sales_of_two_years, tmp_path):
    table = sales_of_two_years.table
    path = tmp_path / "1" / "table.arrow"
    assert keep(table, path)
    again = kept(path)
    assert (again.rows, again.columns, again.totals, again.heads) == (
        table.rows,
        table.columns,
        table.totals,
        table.heads,
    )
    assert [list(row) for row in again.places] == [list(row) for row in table.places]
    assert again.words == table.words
    assert (again.label, again.title, again.unit) == (table.label, table.title, table.unit)
    assert isinstance(again.rows[0][0], date)
    assert [path.name for path in path.parent.iterdir()] == ["table.arrow"]


def test_the_cells_behind_a_result_are_those_of_the_table_that_was_kept(sales_of_two_years, tmp_path):
    keep(sales_of_two_years.table, tmp_path / "table.arrow")
    again = Source(None, kept(tmp_path / "table.arrow"))
    for question in ("2024年华北的销售总额是多少？", "各区域的销售额占比", "哪个产品的销售额最高"):
        asked, once_more = (computed(question, [source]) for source in (sales_of_two_years, again))
        assert (once_more.rows, once_more.cells) == (asked.rows, asked.cells)


def test_what_stands_on_a_page_is_not_kept(tmp_path):
    rows = tuple((Cell(f"a{at}", Page(1), 1), Cell(str(at), Page(1), 2, float(at))) for at in range(3))
    table = typed(Table(TableHead(), rows), "t", lambda _: None)
    assert not keep(table, tmp_path / "t.arrow")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"not a table", b"ARROW1\0\0" * 9])
def test_a_damaged_file_is_no_table(tmp_path, content):
    path = tmp_path / "t.arrow"
    assert kept(path) is None
    path.write_bytes(content)
    assert kept(path) is None
