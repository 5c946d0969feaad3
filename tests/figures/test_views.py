"""Views made by hand: what they come to, whatever columns and values are called, and the cells that went in."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.figures.computing import Source
from rag.figures.database.engine import Engine
from rag.figures.typed import typed
from rag.figures.views import MOST_ACROSS, behind, distinct, first_view, fitted, grouped_sql, listed, worked
from rag.records import Cell, Cells, Filter, Measure, Slot, Table, TableHead, View, cell_name

SUM = (Measure("销售额"),)


@pytest.fixture
def work(sales_of_two_years):
    """What a view over two years of sales comes to."""
    table = sales_of_two_years.table
    return lambda view: worked(view, table, sales_of_two_years.engine(table))


def test_days_are_put_into_quarters_and_totals_are_left_out(work):
    found = work(View(("订单日期",), SUM, grain="quarter"))
    assert found.keys[:2] == ((date(2023, 1, 1),), (date(2023, 4, 1),))
    assert [row[0] for row in found.rows] == [60, 150, 240, 330, 63, 153, 243, 333]
    assert found.totals == (1572,)
    assert (found.counted, found.left_out) == (24, 1)


def test_each_function_is_what_it_says(work):
    names = ("sum", "mean", "count", "min", "max")
    found = work(View(("区域",), tuple(Measure("销售额", name) for name in names)))
    assert dict(zip(found.keys, found.rows, strict=True))["华北",] == (726, 60.5, 12, 10, 111)
    assert work(View((), (Measure("", "count"),))).totals == (24,)


def test_a_pivot_has_a_column_for_each_value_and_one_for_all(work):
    found = work(View(("订单日期",), SUM, pivot="区域", grain="year"))
    assert found.slots == (Slot(0, all=False, value="华北"), Slot(0, all=False, value="华南"), Slot(0))
    assert found.rows == ((360, 420, 780), (366, 426, 792))
    assert found.totals == (726, 846, 1572)


def test_filters_keep_values_amounts_and_days_with_both_ends(work):
    days = Filter("订单日期", (), date(2023, 1, 15), date(2023, 3, 15))
    one = work(View((), SUM, filters=(Filter("区域", ("华北",)), days)))
    assert one.totals == (40,)
    two = work(View((), SUM, filters=(Filter("销售额", (), 10, 20),)))
    assert (two.totals, two.counted) == ((10 + 20 + 11,), 3)


def test_the_highest_come_first_when_it_is_sorted_by_a_measure(work):
    found = work(View(("产品",), SUM, sort="销售额", descending=True))
    assert [key[0] for key in found.keys] == ["电脑", "手机"]
    assert [key[0] for key in work(View(("产品",), SUM, sort="产品", descending=True)).keys] == ["电脑", "手机"]
    assert [key[0] for key in work(View(("产品",), SUM, sort="销售额")).keys] == ["手机", "电脑"]


def test_a_result_knows_the_rows_that_went_in(sales_of_two_years):
    table = sales_of_two_years.table
    view = View(("订单日期",), SUM, grain="quarter", filters=(Filter("区域", ("华北",)),))
    rows = behind(view, table, sales_of_two_years.engine(table), {"订单日期": date(2023, 1, 1)})
    assert [table.rows[at][3] for at in rows] == [10, 30]


def test_listed_rows_are_sorted_and_the_total_is_among_them(sales_of_two_years):
    table = sales_of_two_years.table
    rows = listed(View(sort="销售额", descending=True), table, sales_of_two_years.engine(table))
    assert [table.rows[at][3] for at in rows[:2]] == [1572, 121]
    assert len(rows) == 25


def test_a_pivot_over_too_many_values_is_cut_and_says_so(source_of):
    source = source_of(["a", "b"], [[f"x{at}", at] for at in range(MOST_ACROSS + 5)])
    found = worked(View((), (Measure("b"),), pivot="a"), source.table, source.engine(source.table))
    assert found.cut
    assert len(found.slots) == MOST_ACROSS + 1


def test_what_a_table_does_not_have_is_taken_out_of_a_view(sales_of_two_years):
    view = View(
        ("区域", "gone", "区域"),
        (Measure("销售额"), Measure("gone"), Measure("产品"), Measure("产品", "count")),
        pivot="区域",
        filters=(Filter("gone", ("x",)), Filter("区域", (), 1.0), Filter("销售额", ("x",)), Filter("数量", (), 1.0)),
        columns=("gone", "产品"),
        sort="gone",
    )
    assert fitted(view, sales_of_two_years.table) == View(
        ("区域",), (Measure("销售额"), Measure("产品", "count")), filters=(Filter("数量", (), 1.0),), columns=("产品",)
    )


def test_what_is_first_shown_is_a_sum_over_time_or_by_name(sales_of_two_years, source_of):
    assert first_view(sales_of_two_years.table) == View(("订单日期",), SUM, grain="quarter", chart="line")
    staff = source_of(["Name", "Team", "Pay"], [["Ann", "A", 1], ["Bo", "A", 2], ["Cy", "B", 3]])
    assert first_view(staff.table).measures == (Measure("Pay"),)
    words = source_of(["Name", "Team"], [["Ann", "A"], ["Bo", "A"]])
    assert first_view(words.table) == View()


def test_empty_cells_are_a_group_of_their_own_and_can_be_chosen(source_of):
    source = source_of(["a", "b"], [["x", 1], [None, 2], ["x", 4]])
    engine = source.engine(source.table)
    assert distinct(source.table, "a") == ["x", None]
    found = worked(View(("a",), (Measure("b"),)), source.table, engine)
    assert found.keys == (("x",), (None,))
    only = View(("a",), (Measure("b"),), filters=(Filter("a", (None,)),))
    assert worked(only, source.table, engine).totals == (2,)
    assert behind(View(("a",), (Measure("b"),)), source.table, engine, {"a": None}) == [1]


WORDS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=12).filter(
    lambda text: text.strip() and text.strip() not in {"-", "–", "—", "/"}
)
NASTY = st.sampled_from(['"', "'; DROP TABLE t; --", 'a" FROM x', "{0}", "%s", "\\", "#", "key 0", "SELECT", "ä'ö"])


@settings(deadline=None, max_examples=50)
@given(st.lists(WORDS | NASTY, min_size=3, max_size=3), st.lists(WORDS | NASTY, min_size=1, max_size=4))
def test_names_and_values_of_any_kind_are_data_and_nothing_else(heads, values):
    rows = [[value, f"{at}x", at] for at, value in enumerate(values)]

    def cells(row, number):
        return tuple(
            Cell(str(value), Cells("S", cell_name(number, at)), at, float(value) if isinstance(value, int) else None)
            for at, value in enumerate(row, start=1)
        )

    table = typed(
        Table(TableHead((), (), (cells(heads, 1),)), tuple(cells(row, at) for at, row in enumerate(rows, start=2))),
        heads[0],
        lambda _: None,
    )
    names = [column.name for column in table.columns]
    if table.columns[0].kind != "text" or table.totals:
        return
    source = Source(None, table)
    with Engine([table]) as engine:
        view = View((names[0],), (Measure(names[2]),), filters=(Filter(names[0], tuple(row[0] for row in table.rows)),))
        found = worked(view, table, engine)
        assert found.totals == (sum(range(len(values))),)
        assert found.counted == len(values)
        for key, row in zip(found.keys, found.rows, strict=True):
            numbers = behind(view, table, engine, {names[0]: key[0]})
            assert sum(table.rows[at][2] for at in numbers) == row[0]
    assert source.table is table


def test_the_query_of_a_view_is_one_select_with_quoted_names(source_of):
    source = source_of(['a" ; --', "b"], [["it's", 1]], label='t"x')
    view = View(('a" ; --',), (Measure("b"),), filters=(Filter('a" ; --', ("it's",)),))
    assert grouped_sql(view, source.table, view.group) == (
        'SELECT "a"" ; --", SUM("b") FROM "t""x" WHERE ("a"" ; --" IN (\'it\'\'s\')) GROUP BY "a"" ; --"'
    )
