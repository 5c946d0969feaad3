"""The Tables page without a browser: what is listed, opened, set right and taken away, and for whom."""

import csv
import io
import json
import zipfile
from types import SimpleNamespace

import openpyxl
import pytest

from rag.entrypoints.ui.tables import tables_export, tables_list
from rag.entrypoints.ui.tables.table_links import table_of
from rag.errors import NoSuchBase, NoSuchTable, RagError
from rag.records import Box, Cells, Citation, Page, Span, TableQuery


def tables_page():
    import streamlit as st

    from rag.entrypoints.ui.tables import page as tables

    for name, value in st.session_state.to_dict().get("address", {}).items():
        st.query_params[name] = value
    tables.page()


@pytest.fixture
def filled(add, app, make_workbook):
    """A base with a workbook of two tables; gives back the numbers of both."""
    rows = [["Region", "Q1", "Margin"], ["North", 120, "=1"], ["South", -80, "text"]]
    book = make_workbook(Sales=rows, Staff=[["Name", "Role"], ["Ann", "Pilot"], ["Lee", "Cook"], ["Kim", "Mate"]])
    add("sales.xlsx", book)
    return app.kept_tables.numbers("ann", TableQuery())


@pytest.fixture
def at_app(app, monkeypatch):
    """The parts of the page that export, over the app of the test."""
    desk = SimpleNamespace(workspace=app)
    monkeypatch.setattr(tables_export, "desk", lambda: desk)
    monkeypatch.setattr("rag.entrypoints.ui.tables.table_links.desk", lambda: desk)
    return app


def test_tables_are_listed_when_a_document_is_read(visit, given, filled):
    shown = given(visit(tables_page), "pagecite_tables")
    assert [row["id"] for row in shown["rows"]] == filled
    assert shown["summary"] == "2 tables"
    assert [row["place"] for row in shown["rows"]] == ["Sales!A1:C3", "Staff!A1:B4"]


def test_a_base_without_documents_says_what_to_do(visit, given):
    visitor = visit(tables_page)
    assert "Tables appear here" in visitor.markdown[0].value
    assert given(visitor, "pagecite_tables") is None


def test_a_table_is_opened_as_it_was_read(visit, given, filled):
    visitor = visit(tables_page, address={"table": str(filled[0])})
    shown = given(visitor, "pagecite_table")
    assert [[cell["text"] for cell in row] for row in shown["header"]] == [["Region", "Q1", "Margin"]]
    assert [row["cells"][:2] for row in shown["rows"]] == [["North", "120"], ["South", "-80"]]
    assert shown["rows"][1]["negative"] == [1]
    assert shown["right"][:2] == [False, True]
    assert given(visitor, "pagecite_source")["grid"]["cited"]


@pytest.mark.parametrize(
    "address",
    [{"table": "999"}, {"table": "x"}, {"file": "1", "page": "7"}, {"file": "99", "page": "1"}, {"cells": "!"}],
)
def test_an_address_that_names_no_table_shows_the_list(visit, given, filled, address):
    visitor = visit(tables_page, address=address)
    assert given(visitor, "pagecite_table") is None
    assert given(visitor, "pagecite_tables")["rows"]


def test_an_address_names_a_table_by_the_cells_that_it_holds(visit, given, app, filled):
    document = app.table("ann", filled[1])[0].document.id
    visitor = visit(tables_page, address={"file": str(document), "cells": "Staff!A2:B2"})
    assert given(visitor, "pagecite_table")["id"] == filled[1]


def test_a_title_by_hand_is_shown_and_taken_back(visit, filled):
    visitor = visit(tables_page, address={"table": str(filled[0])})
    visitor.text_input[0].set_value("Our **sales**")
    visitor.number_input[0].set_value(0)
    next(button for button in visitor.button if button.label == "Apply").click().run()
    assert not visitor.exception
    assert visitor.title[0].value == "Our \\*\\*sales\\*\\*"
    visitor.button(key="table-restore").click().run()
    assert visitor.title[0].value.startswith("Region")


def test_tables_are_put_together_on_the_page(visit, given, filled):
    visitor = visit(tables_page, address={"table": str(filled[0])})
    visitor.selectbox[0].set_value(filled[1]).run()
    visitor.button(key="table-merge-do").click().run()
    assert not visitor.exception
    assert [row["cells"][0] for row in given(visitor, "pagecite_table")["rows"]][-4:] == ["Name", "Ann", "Lee", "Kim"]


def test_a_view_that_does_not_fit_is_the_first_one():
    assert tables_list.View.of({"text": 5, "page": -1}) == tables_list.View("5", 1)
    assert tables_list.View.of("x") == tables_list.View()


# ── taken away ──


ADDRESS = "http://127.0.0.1:8501/desk/tables"


def test_numbers_are_numbers_and_what_looks_like_a_formula_is_text(at_app, filled):
    book = openpyxl.load_workbook(io.BytesIO(tables_export.taken("xlsx", filled, ADDRESS)))
    assert len(book.worksheets) == 2
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {120, -80} <= {cell.value for cell in cells}
    assert not any(cell.data_type == "f" for cell in cells)
    target = book.worksheets[0]["B2"].hyperlink.target
    assert target.startswith("http://127.0.0.1:8501/desk/tables?file=")
    assert target.endswith("&cells=Sales%21A1%3AC3")


def test_several_tables_as_csv_come_in_an_archive_and_one_by_itself(at_app, filled):
    with zipfile.ZipFile(io.BytesIO(tables_export.taken("csv", filled, ADDRESS))) as archive:
        assert archive.namelist() == ["sales 001 Sales.csv", "sales 002 Staff.csv"]
    rows = list(csv.reader(tables_export.taken("csv", filled[1:], "").decode("utf-8-sig").splitlines()))
    assert rows[:2] == [["Name", "Role"], ["Ann", "Pilot"]]


def test_json_and_markdown_name_the_document(at_app, filled):
    found = json.loads(tables_export.taken("json", filled, ADDRESS))["tables"]
    assert [(table["document"], table["sheet"]) for table in found] == [
        ("sales.xlsx", "Sales"),
        ("sales.xlsx", "Staff"),
    ]
    assert found[0]["link"].startswith("http://127.0.0.1:8501/")
    assert "link" not in json.loads(tables_export.taken("json", filled, ""))["tables"][0]
    text = tables_export.taken("md", filled, "").decode()
    assert "| Region | Q1 | Margin |" in text
    assert "sales.xlsx › Staff\\!A1:B4" in text or "sales.xlsx › Staff!A1:B4" in text


def test_a_table_that_is_gone_cannot_be_taken_away(at_app, filled):
    at_app.remove("ann", at_app.table("ann", filled[0])[0].document.id)
    with pytest.raises(NoSuchTable):
        tables_export.taken("csv", filled, "")


# ── for whom ──


def test_a_table_is_only_for_those_who_may_read_its_base(app, filled, monkeypatch):
    other = app.create_base("ann", "Other").id
    assert app.tables("ann", bases=[other]).found == 0
    readable = app.catalog.base(other)
    monkeypatch.setattr(type(app.members), "bases", lambda self, who: [readable])
    assert app.tables("eve").found == 0
    for wish in (
        lambda: app.table("eve", filled[0]),
        lambda: app.edit_table("eve", filled[0], heads=0),
        lambda: app.merge_tables("eve", filled[0], filled[1]),
        lambda: app.kept_tables.restore("eve", filled[0]),
        lambda: app.kept_tables.at("eve", 1, [Cells("Sales", "A1")]),
    ):
        with pytest.raises(NoSuchBase):
            wish()


def test_a_citation_of_a_row_knows_its_table(at_app, filled):
    document = at_app.table("ann", filled[0])[0].document
    row = (Span("North", Cells("Sales", "A2"), "cell", column=1), Span("120", Cells("Sales", "B2"), "cell", column=2))
    cited = Citation(1, document, 0, tuple(span.place for span in row), "North 120", row=row)
    assert table_of(cited) == filled[0]
    assert table_of(Citation(1, document, 7, cited.places, "prose")) is None
    assert table_of(Citation(1, document, 0, cited.places, "computed")) == filled[0]
    away = Citation(1, document, 0, (Page(1, None, Box(1, 1, 2, 2)),), "North 120", row=row)
    assert table_of(away) is None
    at_app.remove("ann", document.id)
    assert table_of(cited) is None


def test_the_doctor_finds_nothing_wrong_with_kept_tables(app, filled):
    assert app.check().healthy
    app.kept_tables.store.edit(filled[0], app.table("ann", filled[0])[0].edit)
    app.remove("ann", app.table("ann", filled[0])[0].document.id)
    assert app.check().healthy
    with pytest.raises(RagError):
        app.table("ann", filled[0])


def test_a_cell_without_a_result_says_so_in_the_language_of_the_page(
    visit, given, add, app, make_workbook, monkeypatch
):
    monkeypatch.setattr("rag.entrypoints.ui.texts.browser_language", lambda: "zh")
    add("错误.xlsx", make_workbook(错误=[["项", "值", "数"], ["时间", "=NOW()", 1], ["甲", 2, 3]]))
    (number,) = app.kept_tables.numbers("ann", TableQuery())
    shown = given(visit(tables_page, address={"table": str(number)}), "pagecite_table")
    assert shown["rows"][0]["cells"] == ["时间", "未计算", "1"]
