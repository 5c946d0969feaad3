"""Whole tables are kept as they were read; what is set right by hand lies over them and can be taken back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rag.errors import CannotMerge, NoSuchDocument, NoSuchTable
from rag.library.tables.table_store import TableStore
from rag.records import (
    Box,
    Cell,
    Cells,
    Leaf,
    Note,
    Page,
    Scope,
    Span,
    Table,
    TableEdit,
    TableHead,
    TableQuery,
    grid_of,
)

EVERYTHING = TableQuery(count=1000)


@pytest.fixture
def tables(database):
    return TableStore(database)


@pytest.fixture
def document(admit):
    return admit()[0]


def cells(*texts, page=1, top=100.0):
    return tuple(
        Cell(text, Page(page, None, Box(50 * column, top, 50 * column + 40, top + 10)), column)
        for column, text in enumerate(texts, start=1)
        if text
    )


def table(*rows, heads=1, title="", unit="", page=1, top=100.0, **more):
    lines = [cells(*row, page=page, top=top + 12 * number) for number, row in enumerate(rows)]
    place = Page(page, None, Box(50, top - 30, 200, top - 20))
    titles = (Span(title, place, "title"),) if title else ()
    units = (Span(unit, place, "unit"),) if unit else ()
    return Table(TableHead(titles, units, tuple(lines[:heads])), tuple(lines[heads:]), **more)


REVENUE = table(
    ("", "2025", "2024"), ("Revenue", "120", "(80)"), ("Costs", "9", "7"), title="Income", unit="in millions"
)


def texts(grid):
    return [[cell.text for cell in row] for row in (*grid.header, *grid.rows)]


def everything(document):
    return Scope(frozenset([document.base]))


def listed(tables, document, **wanted):
    return tables.listed(everything(document), replace(EVERYTHING, **wanted)).tables


def test_a_table_comes_back_as_it_was_read(tables, document):
    tables.begin(document.id)
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    (info,) = listed(tables, document)
    assert (info.title, info.unit, info.heads, info.rows, info.columns) == ("Income", "in millions", 1, 2, 3)
    assert info.numbers
    assert info.where == "p. 1"
    assert info.document.name == "report.pdf"
    kept, read = tables.grid(info.id), grid_of(REVENUE)
    assert list(kept.rows) == list(read.rows)
    assert list(kept.header) == list(read.header)


def test_a_table_over_pages_is_one_and_knows_the_page_of_each_row(tables, document):
    more = table(("Profit", "111", "1"), heads=0, page=2, continues=True)
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    tables.add(document.id, Leaf(2, "ii", (more, table(("a", "b"), page=2, top=400.0))))
    first, second = listed(tables, document)
    assert first.where == "p. 1, p. 2"
    assert (first.rows, second.rows) == (3, 0)
    rows = list(tables.grid(first.id).rows)
    assert [row[0].place.number for row in rows] == [1, 1, 2]


def test_what_continues_nothing_is_a_table_of_its_own(tables, document):
    tables.add(document.id, Leaf(3, None, (replace(REVENUE, continues=True),)))
    assert [info.rows for info in listed(tables, document)] == [2]


def test_a_large_sheet_comes_in_parts_and_is_opened_anywhere(tables, admit):
    document, _ = admit("sales.xlsx")

    def row(number):
        return (
            Cell(f"r{number}", Cells("S", f"A{number}"), 1),
            Cell(str(number), Cells("S", f"B{number}"), 2, float(number)),
        )

    head = TableHead((), (), (row(1),))
    for start in range(2, 5002, 1250):
        body = tuple(row(number) for number in range(start, start + 1250))
        tables.add(document.id, Leaf(1, "S", (Table(head, body, continues=start > 2),)))
    (info,) = listed(tables, document)
    assert (info.rows, info.where) == (5000, "S!A1:B5001")
    grid = tables.grid(info.id, start=4000, count=2)
    assert [row[0].text for row in grid.rows] == ["r4002", "r4003"]
    assert sum(1 for _ in tables.grid(info.id).rows) == 5000


def test_deep_tables_take_the_place_of_the_first_ones_all_at_once(tables, document):
    tables.begin(document.id)
    tables.add(document.id, Leaf(1, None, (table(("draft",)),)))
    tables.begin(document.id, deep=True)
    tables.add(document.id, Leaf(1, None, (REVENUE,)), deep=True)
    assert [info.heads + info.rows for info in listed(tables, document)] == [1]
    assert listed(tables, document)[0].draft
    assert tables.publish(document.id) == ()
    (info,) = listed(tables, document)
    assert info.title == "Income"
    assert not info.draft


def names(tables, document):
    return [(info.title, info.draft) for info in listed(tables, document)]


def test_deep_tables_are_listed_as_far_as_pages_are_shown_again(tables, document):
    for number in (1, 2, 3):
        tables.add(document.id, Leaf(number, None, (table(("draft",), title=f"draft {number}", page=number),)))
    after = tables.begin(document.id, deep=True)
    for number in (1, 2, 3):
        found = table(("x", "1"), title=f"deep {number}", page=number)
        tables.add(document.id, Leaf(number, None, (found,)), deep=True, after=after)
    tables.publish_some(document.id, after, 2)
    assert names(tables, document) == [("deep 1", False), ("deep 2", False), ("draft 3", True)]
    tables.publish(document.id, after)
    assert names(tables, document) == [("deep 1", False), ("deep 2", False), ("deep 3", False)]


def test_a_deep_table_that_goes_on_is_listed_when_it_is_whole(tables, document):
    for number in (1, 2, 3):
        tables.add(document.id, Leaf(number, None, (table(("draft",), title=f"draft {number}", page=number),)))
    after = tables.begin(document.id, deep=True)
    first, rest = table(("x", "1"), title="deep", page=2), table(("y", "2"), heads=0, page=3, continues=True)
    tables.add(document.id, Leaf(2, None, (first,)), deep=True, after=after)
    tables.add(document.id, Leaf(3, None, (rest,)), deep=True, after=after)
    tables.publish_some(document.id, after, 2)
    assert names(tables, document) == [("draft 2", True), ("draft 3", True)]
    tables.publish_some(document.id, after, 3)
    (info,) = listed(tables, document)
    assert (info.title, info.where) == ("deep", "p. 2, p. 3")


def test_rows_that_go_on_under_a_table_that_is_listed_already_still_go_under_it(tables, document):
    after = tables.begin(document.id, deep=True)
    tables.add(document.id, Leaf(1, None, (table(("x", "1"), title="deep"),)), deep=True, after=after)
    tables.publish_some(document.id, after, 1)
    rest = table(("y", "2"), heads=0, page=5, continues=True)
    tables.add(document.id, Leaf(5, None, (rest,)), deep=True, after=after)
    tables.publish(document.id, after)
    (info,) = listed(tables, document)
    assert (info.where, info.rows) == ("p. 1, p. 5", 1)


def test_a_deep_pass_that_begins_anew_takes_the_place_of_what_it_had_listed(tables, document):
    for attempt in (1, 2):
        after = tables.begin(document.id, deep=True)
        for number in (1, 2):
            found = table(("x", "1"), title=f"deep {number}, {attempt}", page=number)
            tables.add(document.id, Leaf(number, None, (found,)), deep=True, after=after)
        tables.publish_some(document.id, after, attempt)
    assert [title for title, _ in names(tables, document)] == ["deep 1, 2", "deep 2, 2"]


def test_nothing_is_left_of_a_removed_document(tables, store, document):
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    number = listed(tables, document)[0].id
    tables.edit(number, TableEdit(title="Other"))
    store.remove(document.id)
    assert tables.owners() == {}
    assert tables.damaged() == []
    with pytest.raises(NoSuchTable):
        tables.grid(number)
    with pytest.raises(NoSuchDocument):
        tables.add(document.id, Leaf(1, None, (REVENUE,)))


def test_tables_of_other_bases_are_not_listed(tables, catalog, document):
    other = catalog.create_base("Other", "hashing-256")
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    assert tables.listed(Scope(frozenset([other.id])), EVERYTHING).found == 0
    assert tables.listed(Scope(frozenset([document.base]), only=frozenset([document.id + 1])), EVERYTHING).found == 0
    assert tables.listed(Scope(frozenset([document.base]), never=frozenset([document.id])), EVERYTHING).found == 0
    assert tables.units(Scope(frozenset([other.id]))) == []


@pytest.mark.parametrize("text", ["income", "MILLIONS", "costs", "2024", "report.pdf", "costs income"])
def test_a_list_is_searched_by_title_unit_heads_labels_and_document(tables, document, text):
    tables.add(document.id, Leaf(1, None, (REVENUE, table(("Staff", "Name"), ("Ann", "Lee"), top=400.0))))
    found = listed(tables, document, text=text)
    assert found[0].title == "Income"
    assert len(found) == (2 if text == "report.pdf" else 1)


@pytest.mark.parametrize("text", ["120", "%", "_ncome", "income nothing"])
def test_what_a_list_is_not_searched_by(tables, document, text):
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    assert listed(tables, document, text=text) == ()


def test_a_list_is_filtered_and_paged(tables, document):
    words = table(("Staff", "Name"), ("Ann", "Lee"), page=7, top=400.0)
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    tables.add(document.id, Leaf(7, None, (words,)))
    assert [info.title for info in listed(tables, document, numbers=True)] == ["Income"]
    assert [info.title for info in listed(tables, document, unit="in millions")] == ["Income"]
    assert [info.title for info in listed(tables, document, pages=(2, 9))] == [""]
    assert listed(tables, document, kind="workbook") == ()
    second = tables.listed(everything(document), TableQuery(start=1, count=1))
    assert (second.found, [info.where for info in second.tables]) == (2, ["p. 7"])
    assert tables.units(everything(document)) == ["in millions"]
    assert tables.numbers(everything(document), TableQuery(count=1)) == [info.id for info in listed(tables, document)]


def test_a_table_without_a_cell_is_none(tables, document):
    tables.add(document.id, Leaf(1, None, (Table(REVENUE.head, ()), Table(TableHead(), ((),)))))
    assert [info.title for info in listed(tables, document)] == ["Income"]


# ── by hand ──


@pytest.mark.parametrize(("heads", "header", "rows"), [(0, 0, 3), (2, 2, 1), (99, 3, 0)])
def test_the_first_rows_can_be_marked_as_heads_or_none(tables, document, heads, header, rows):
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    (before,) = listed(tables, document)
    read = texts(tables.grid(before.id))
    tables.edit(before.id, TableEdit(heads=heads))
    info, grid = tables.info(before.id), tables.grid(before.id)
    assert (info.heads, info.rows, len(grid.header)) == (header, rows, header)
    assert texts(tables.grid(before.id)) == read
    assert info.changed
    tables.edit(before.id, TableEdit())
    assert tables.info(before.id) == before


def test_a_title_by_hand_is_searched_and_the_unit_filtered(tables, document):
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    number = listed(tables, document)[0].id
    tables.edit(number, TableEdit(title="Erfolgsrechnung 合并利润表", unit="万元"))
    assert listed(tables, document, text="利润表")[0].id == number
    assert listed(tables, document, unit="万元")[0].unit == "万元"
    assert listed(tables, document, unit="in millions") == ()
    assert tables.units(everything(document)) == ["万元"]


def test_the_rows_of_a_second_table_go_under_the_heads_of_the_first_by_position(tables, document):
    second = table(("", "2025", "2024"), ("Tax", "3", "2"), page=2)
    third = table(("Interest", "1", "1", "extra"), heads=0, page=3)
    shifted = Table(third.head, (tuple(replace(cell, column=cell.column + 4) for cell in third.rows[0]),))
    for number, block in enumerate((REVENUE, second, shifted), start=1):
        tables.add(document.id, Leaf(number, None, (block,)))
    first, *others = listed(tables, document)
    tables.put_under(others[0].id, others[1].id)
    tables.put_under(first.id, others[0].id)
    (info,) = listed(tables, document)
    assert info.parts == (others[0].id, others[1].id)
    assert (info.rows, info.columns, info.where) == (4, 4, "p. 1, p. 2, p. 3")
    assert texts(tables.grid(first.id)) == [
        ["", "2025", "2024", ""],
        ["Revenue", "120", "(80)", ""],
        ["Costs", "9", "7", ""],
        ["Tax", "3", "2", ""],
        ["Interest", "1", "1", "extra"],
    ]
    assert sum(1 for _ in tables.grid(first.id).rows) == info.rows
    tables.part(first.id)
    assert listed(tables, document) == (first, *others)


def test_heads_of_a_second_table_that_say_something_else_are_kept_as_rows(tables, document):
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    tables.add(document.id, Leaf(2, None, (table(("Tax", "3", "2"), ("Net", "1", "0"), page=2),)))
    first, second = listed(tables, document)
    tables.put_under(first.id, second.id)
    assert [row[0].text for row in tables.grid(first.id).rows] == ["Revenue", "Costs", "Tax", "Net"]
    assert tables.info(first.id).rows == 4


def test_tables_of_two_documents_are_not_put_together(tables, admit, document):
    other, _ = admit("other.pdf", "b" * 64)
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    tables.add(other.id, Leaf(1, None, (REVENUE,)))
    newest, oldest = listed(tables, document)
    for second in (newest.id, oldest.id):
        with pytest.raises(CannotMerge):
            tables.put_under(oldest.id, second)


def test_what_was_set_right_outlives_another_reading_of_the_same_table(tables, document):
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    tables.edit(listed(tables, document)[0].id, TableEdit(heads=2, title="Mine"))
    tables.begin(document.id, deep=True)
    tables.add(document.id, Leaf(1, None, (REVENUE,)), deep=True)
    assert tables.publish(document.id) == ()
    (info,) = listed(tables, document)
    assert (info.heads, info.title) == (2, "Mine")


def test_what_was_set_right_in_a_table_that_is_read_differently_now_is_dropped_with_a_note(tables, document):
    tables.add(document.id, Leaf(1, None, (REVENUE,)))
    tables.edit(listed(tables, document)[0].id, TableEdit(heads=2))
    tables.begin(document.id, deep=True)
    tables.add(document.id, Leaf(1, None, (table(("other", "words")),)), deep=True)
    assert tables.publish(document.id) == (Note("TableEditsDropped", {"count": 1}),)
    assert not listed(tables, document)[0].changed


def test_two_tables_of_the_same_words_are_told_apart(tables, document):
    same = (table(("a", "b"), ("c", "1")), table(("a", "b"), ("c", "1"), top=500.0))
    tables.add(document.id, Leaf(1, None, same))
    first, second = listed(tables, document)
    tables.edit(first.id, TableEdit(title="Only this"))
    assert tables.info(second.id).title == ""


def test_a_cell_knows_its_table(tables, document):
    tables.add(document.id, Leaf(1, None, (REVENUE, table(("a", "b"), top=500.0))))
    first, second = listed(tables, document)
    assert tables.at(document.id, [REVENUE.rows[0][1].place]) == first.id
    assert tables.at(document.id, [Page(1, None, Box(60, 502, 70, 508))]) == second.id
    assert tables.at(document.id, [Page(1, None, Box(60, 700, 70, 708))]) is None
    assert tables.at(document.id, [Page(2)]) is None


GRIDS = st.lists(st.lists(st.text("ab1 ", max_size=2).map(str.strip), min_size=1, max_size=4), min_size=1, max_size=6)


@given(rows=GRIDS, heads=st.integers(0, 6), cut=st.integers(0, 6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_is_lost_wherever_heads_and_pages_part_a_table(tables, document, rows, heads, cut):
    rows = [row for row in rows if any(row)]
    assume(rows)
    tables.forget(document.id)
    tables.add(document.id, Leaf(1, None, (table(*rows[:cut], heads=0),)))
    tables.add(document.id, Leaf(2, None, (table(*rows[cut:], heads=0, page=2, continues=True),)))
    (info,) = listed(tables, document)
    tables.edit(info.id, TableEdit(heads=heads))
    held = [[cell for cell in row if cell] for row in texts(tables.grid(info.id))]
    assert held == [[cell for cell in row if cell] for row in rows]
