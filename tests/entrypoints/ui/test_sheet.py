"""The Sheet page without a browser: what is grouped, filtered, shown, kept, and for whom."""

import io

import openpyxl
import pytest

from rag.entrypoints.ui import source_pane
from rag.records import Measure, TableQuery, View

SALES = [
    ["Date", "Region", "Product", "Sales"],
    ["2024-01-15", "North", "Lamp", 120],
    ["2024-02-15", "South", "Lamp", 80],
    ["2024-05-15", "North", "Desk", 200],
    ["2024-08-15", "South", "Desk", 50],
    ["Total", None, None, 450],
]


def sheet_page():
    import streamlit as st

    from rag.entrypoints.ui.sheet import page as sheet

    for name, value in st.session_state.to_dict().get("address", {}).items():
        st.query_params[name] = value
    sheet.page()


@pytest.fixture
def number(add, app, make_workbook):
    """A workbook with sales; the number of its table."""
    add("sales.xlsx", make_workbook(Sales=SALES))
    (found,) = app.kept_tables.numbers("ann", TableQuery())
    return found


def rows(shown):
    return [row["cells"] for row in shown["rows"]]


def widget(found, label):
    return next(one for one in found if one.label == label)


def test_what_is_first_shown_is_the_sum_over_time_without_the_total_row(visit, given, number):
    visitor = visit(sheet_page)
    shown = given(visitor, "pagecite_table")
    assert [cell["text"] for cell in shown["header"][0]] == ["Date", "Sum of Sales"]
    assert rows(shown) == [["2024 Q1", "200"], ["2024 Q2", "200"], ["2024 Q3", "50"], ["Total", "450"]]
    assert any("1 total row left out" in text.value for text in visitor.markdown)
    assert visitor.get("vega_lite_chart")


def test_groups_functions_and_columns_across_are_chosen_by_hand(visit, given, number):
    visitor = visit(sheet_page)
    widget(visitor.multiselect, "Group by").set_value(["Region"]).run()
    widget(visitor.selectbox, "Compute").set_value("mean").run()
    assert rows(given(visitor, "pagecite_table")) == [["North", "160"], ["South", "65"], ["Total", "112.50"]]
    widget(visitor.selectbox, "Across").set_value("Product").run()
    shown = given(visitor, "pagecite_table")
    assert [cell["text"] for cell in shown["header"][0]] == ["Region", "Desk", "Lamp", "All"]
    assert rows(shown)[0] == ["North", "200", "120", "160"]
    widget(visitor.selectbox, "Order").set_value(("Sales", True)).run()
    assert [row[0] for row in rows(given(visitor, "pagecite_table"))] == ["North", "South", "Total"]
    assert not visitor.exception


def test_rows_are_filtered_by_values_and_amounts(visit, given, number):
    visitor = visit(sheet_page)
    widget(visitor.multiselect, "Group by").set_value(["Region"]).run()
    widget(visitor.multiselect, "Filter by").set_value(["Product", "Sales"]).run()
    widget(visitor.multiselect, "Product").set_value(["Lamp"]).run()
    assert rows(given(visitor, "pagecite_table")) == [["North", "120"], ["South", "80"], ["Total", "200"]]
    widget(visitor.number_input, "Sales, from").set_value(100).run()
    assert rows(given(visitor, "pagecite_table")) == [["North", "120"], ["Total", "120"]]
    widget(visitor.number_input, "Sales, from").set_value(1000).run()
    assert not visitor.exception
    assert rows(given(visitor, "pagecite_table")) == [["Total", ""]]


def test_rows_are_listed_with_the_columns_that_are_wanted(visit, given, number):
    visitor = visit(sheet_page)
    widget(visitor.segmented_control, "Show").set_value("rows").run()
    widget(visitor.multiselect, "Columns").set_value(["Region", "Sales"]).run()
    widget(visitor.selectbox, "Order").set_value(("Sales", True)).run()
    assert rows(given(visitor, "pagecite_table"))[:3] == [["", "450"], ["North", "200"], ["North", "120"]]


def test_a_view_is_kept_opened_again_and_removed(visit, given, number, app):
    view = View(("Product",), (Measure("Sales", "max"),), sort="Sales", descending=True, chart="pie")
    app.by_hand.keep("ann", number, "Best *products*", view)
    visitor = visit(sheet_page)
    visitor.button(key="sheet-open-1").click().run()
    assert not visitor.exception
    assert rows(given(visitor, "pagecite_table")) == [["Desk", "200"], ["Lamp", "120"], ["Total", "200"]]
    widget(visitor.text_input, "Name").set_value("Mine")
    visitor.button(key="sheet-keep-now").click().run()
    assert {kept.name: kept.view for kept in app.by_hand.kept("ann")} == {"Best *products*": view, "Mine": view}
    visitor.button(key="sheet-remove-1").click().run()
    assert [kept.name for kept in app.by_hand.kept("ann")] == ["Mine"]


def test_a_row_leads_to_the_cells_that_went_in(visit, given, number, app):
    opened = app.by_hand.open("ann", number)
    view = View(("Region",), (Measure("Sales"),))
    assert [place.label for place in opened.cells(view, {"Region": "North"})] == [
        "Sales!B2",
        "Sales!B4",
        "Sales!D2",
        "Sales!D4",
    ]
    assert [place.label for place in opened.cells(view, {})] == ["Sales!D2:D5"]


def test_a_table_that_is_gone_is_said_and_the_others_are_offered(visit, given, number):
    visitor = visit(sheet_page, address={"of": "999"})
    assert visitor.info
    assert given(visitor, "pagecite_table")


def test_without_tables_the_page_says_what_to_do(visit, given):
    visitor = visit(sheet_page)
    assert any("Once a document" in text.value for text in visitor.markdown)
    assert source_pane.ADDRESS == "source"


def test_periods_that_are_heads_become_rows(visit, given, add, app, make_workbook):
    add("years.xlsx", make_workbook(Years=[["Item", "2022", "2023", "2024"], ["Fees", 10, 2, 3], ["Fares", 4, 5, 6.5]]))
    visitor = visit(sheet_page)
    visitor.toggle[0].set_value(True).run()
    assert not visitor.exception
    assert rows(given(visitor, "pagecite_table")) == [
        ["2022", "14"],
        ["2023", "7"],
        ["2024", "9.50"],
        ["Total", "30.50"],
    ]


def test_the_page_says_that_a_hidden_row_is_left_out(visit, given, add):
    book = openpyxl.Workbook()
    for row in SALES[:-1]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    add("sales.xlsx", file.getvalue())
    visitor = visit(sheet_page)
    assert rows(given(visitor, "pagecite_table"))[-1] == ["Total", "370"]
    assert any("1 hidden row left out" in text.value for text in visitor.markdown)
