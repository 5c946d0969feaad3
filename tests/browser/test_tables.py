"""Tables in a real browser: found, opened beside their page, set right, and taken away with numbers as numbers."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pymupdf
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PATIENCE = 20_000  # milliseconds

TITLE, UNIT, HEADS = "Consolidated statement of income", "(in millions)", ["", "2025", "2024"]
ROWS = [
    ["Revenue", "1,234.5", "1,100.0"],
    ["Cost of sales", "(800.0)", "(750.5)"],
    ["Gross profit", "434.5", "349.5"],
    ["Other costs", "(34.5)", "(30.0)"],
    ["Net margin", "32.4%", "29.1%"],
]
COLUMNS = (72, 380, 480)  # the left edge of the labels, the right edges of the numbers
SMALL = [["Vessel", "Built"], ["Marigold", "1987"], ["Lodestar", "2021"], ["Heron", "2024"]]


def draw_table(page, rows, top, columns=COLUMNS):
    for number, row in enumerate(rows):
        y = top + 18 * number
        for column, (x, text) in enumerate(zip(columns, row, strict=False)):
            font = "hebo" if number == 0 else "helv"
            left = x - pymupdf.get_text_length(text, font, 10.5) if column else x
            page.insert_text((left, y), text, fontsize=10.5, fontname=font)
    page.draw_line((72, top + 5), (columns[len(rows[0]) - 1], top + 5), width=0.7)


@pytest.fixture(scope="module")
def statement():
    """A page of prose, a page with a statement of income, and one with a small table."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 100), "Harbour Ferries plc", fontsize=16, fontname="hebo")
        page.insert_text((72, 130), "This report was approved by the board.", fontsize=11)
        page = pdf.new_page()
        page.insert_text((72, 90), TITLE, fontsize=13, fontname="hebo")
        page.insert_text((72, 108), UNIT, fontsize=10)
        draw_table(page, [HEADS, *ROWS], 140)
        page = pdf.new_page()
        page.insert_text((72, 90), "Fleet", fontsize=13, fontname="hebo")
        draw_table(page, SMALL, 120)
        pdf.set_page_labels([{"startpage": 0, "style": "D", "firstpagenum": 11}])
        return pdf.tobytes()


@pytest.fixture(scope="module")
def address(serve, hand_over, statement, sales):
    """The app, with a report and a workbook that are both read to the end."""
    with serve() as url:
        hand_over(url, ("ferries.pdf", statement), ("sales.xlsx", sales)).context.close()
        yield url


@pytest.fixture
def tables(address, visit):
    """The Tables page, reached as a person reaches it."""

    def go(link="Tables", **how):
        page = visit(address, **how)
        if how.get("width", 1280) < 640:
            page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("link", name=link, exact=True).click()
        expect(page.get_by_test_id("tables-list")).to_be_visible()
        return page

    return go


@pytest.fixture
def unwatched(chromium):
    """Opens an address below the app's own, where Streamlit looks for itself in vain first, and says so."""
    contexts = []

    def go(address):
        contexts.append(chromium.new_context(locale="en-GB"))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()


def entry(page, words):
    return page.get_by_test_id("tables-list").locator("li").filter(has_text=words)


def take(page, button, kind):
    """Takes away what *button* offers in the form *kind*; gives back its name and bytes."""
    page.get_by_role("button", name=button).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=kind).click()
    page.keyboard.press("Escape")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def until(page, is_so):
    for _ in range(PATIENCE // 100):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never was so")


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_statement_is_found_opened_and_taken_away_with_numbers_as_numbers(tables, picture, address, unwatched):
    page = tables()
    expect(page.get_by_test_id("tables-count")).to_have_text("3 tables")
    expect(entry(page, TITLE).locator("img")).to_be_visible()
    picture(page, "list")
    page.get_by_test_id("tables-filter").fill("gross profit")
    expect(page.get_by_test_id("tables-count")).to_have_text("1 table")
    expect(page.get_by_test_id("tables-filter")).to_be_focused()
    entry(page, TITLE).get_by_role("button").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_test_id("source-place")).to_have_text("p. 2 (printed 12)")
    expect(page.get_by_test_id("whole-table").locator("thead th")).to_have_text(HEADS)
    expect(page.get_by_test_id("row-1")).to_have_text(re.compile(r"Cost of sales\s*\(800\.0\)\s*\(750\.5\)"))
    picture(page, "open")

    name, content = take(page, "Export", "Excel workbook")
    assert name == f"{TITLE}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    (sheet,) = book.worksheets
    found = rows_of(sheet)
    assert found[0][:2] == ["Source", "ferries.pdf"]
    head = found.index([None, "2025", "2024"] if [None, "2025", "2024"] in found else HEADS)
    assert sheet.cell(head + 1, 2).font.bold
    assert sheet.freeze_panes == f"B{head + 2}"
    assert found[head + 1 :] == [
        ["Revenue", 1234.5, 1100],
        ["Cost of sales", -800, -750.5],
        ["Gross profit", 434.5, 349.5],
        ["Other costs", -34.5, -30],
        ["Net margin", 0.324, 0.291],
    ]
    assert [sheet.cell(head + 3, 2).number_format, sheet.cell(head + 6, 2).number_format] == ["0.0_);(0.0)", "0.0%"]
    back = sheet["B2"].hyperlink.target
    assert back.startswith(f"{address}/tables?file=")
    page = unwatched(back)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def test_a_row_that_is_pointed_to_is_shown_on_its_page_and_the_page_can_be_put_away(tables, picture):
    page = tables()
    entry(page, TITLE).get_by_role("button").click()
    box = page.get_by_test_id("cited-box")
    expect(box).to_have_count(1)
    whole = box.bounding_box()
    page.get_by_test_id("row-2").click()
    expect(page.get_by_test_id("row-2")).to_have_attribute("aria-selected", "true")
    until(page, lambda: (box.bounding_box() or whole)["height"] < whole["height"] / 2)
    picture(page, "row")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("row-3")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("source-pane")).to_have_count(0)
    page.get_by_role("button", name="Show the page").click()
    expect(page.get_by_test_id("source-pane")).to_be_visible()
    page.get_by_role("button", name="All tables").click()
    expect(page.get_by_test_id("tables-count")).to_have_text("3 tables")


def test_heads_and_titles_are_set_right_and_what_was_read_comes_back(tables, picture, unwatched):
    page = tables()
    entry(page, "Vessel").get_by_role("button").click()
    heads = page.get_by_test_id("whole-table").locator("thead tr")
    expect(heads).to_have_count(1)
    before = page.locator("h1").inner_text()
    page.get_by_role("button", name="Correct").click()
    page.get_by_role("spinbutton", name="Rows that are heads").fill("0")
    page.get_by_label("Title", exact=True).fill("Our vessels")
    picture(page, "correct")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Our vessels")).to_be_visible()
    expect(heads).to_have_count(0)
    expect(page.get_by_test_id("row-0")).to_contain_text("Vessel")
    again = unwatched(page.url)
    expect(again.get_by_role("heading", name="Our vessels")).to_be_visible()
    page.get_by_role("button", name="Back to what was read").click()
    expect(page.locator("h1")).to_have_text(before)
    expect(heads).to_have_count(1)


def test_tables_are_put_together_and_apart_again(tables):
    page = tables()
    entry(page, "Vessel").get_by_role("button").click()
    page.get_by_role("button", name="Correct").click()
    page.get_by_role("combobox", name="Add the rows of another table below").click()
    page.get_by_role("option", name=re.compile(TITLE)).click()
    page.get_by_role("button", name="Add below").click()
    expect(page.get_by_text("With 1 table below")).to_be_visible()
    expect(page.get_by_test_id("whole-table").locator("tbody")).to_contain_text("Gross profit")
    page.get_by_role("button", name="Back to what was read").click()
    expect(page.get_by_text("With 1 table below")).to_have_count(0)


def test_selected_tables_and_all_of_them_are_taken_away(tables):
    page = tables()
    for words in (TITLE, "Region"):
        entry(page, words).get_by_role("checkbox").check()
    name, content = take(page, "Export 2 selected", "CSV files")
    assert name == "Library.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {
            file: list(csv.reader(archive.read(file).decode("utf-8-sig").splitlines())) for file in archive.namelist()
        }
    assert sorted(files) == ["ferries 002 p. 2 (printed 12).csv", "sales 001 Sales.csv"]
    assert files["sales 001 Sales.csv"] == [["Region", "Q1", "Q2"], ["North", "120", "130"], ["South", "80", "95"]]
    page.get_by_role("button", name="Select none").click()
    _, content = take(page, "Export all 3", "JSON")
    found = json.loads(content)["tables"]
    assert [table["document"] for table in found] == ["sales.xlsx", "ferries.pdf", "ferries.pdf"]
    assert found[1]["rows"][1][1]["value"] == -800
    _, content = take(page, "Export all 3", "Markdown")
    assert "| Cost of sales | (800.0) | (750.5) |" in content.decode()


def test_a_cited_row_leads_to_its_whole_table(tables, picture):
    page = tables()
    page.get_by_role("link", name="Ask", exact=True).click()
    box = page.locator(".st-key-ask-foot textarea")
    box.fill("What was the cost of sales in 2025?")
    box.press("Enter")
    turn = page.get_by_test_id("turn").last
    expect(turn).to_have_attribute("data-state", "done")
    turn.get_by_test_id("card-1").filter(has_text="Cost of sales").click()
    expect(page.get_by_test_id("source-pane")).to_be_visible()
    page.get_by_role("button", name="Open this table").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_test_id("whole-table")).to_contain_text("(800.0)")
    picture(page, "from-answer")


def test_tables_speak_chinese_in_the_dark(tables, picture):
    page = tables("表格", locale="zh-CN", scheme="dark")
    expect(page.get_by_test_id("tables-count")).to_have_text("共 3 张表格")
    expect(entry(page, TITLE).locator("img")).to_be_visible()
    picture(page, "list-dark-zh")
    entry(page, "Region").get_by_role("button").click()
    expect(page.get_by_test_id("whole-table").locator("thead th")).to_have_text(["Region", "Q1", "Q2"])
    expect(page.get_by_test_id("cited-cell").first).to_be_visible()
    picture(page, "sheet-dark-zh")
    page.get_by_role("button", name="更正").click()
    expect(page.get_by_text("表头行数")).to_be_visible()
    picture(page, "correct-dark-zh")


def test_a_phone_shows_the_table_and_its_page_below(tables, picture):
    page = tables(width=390, height=844)
    picture(page, "list-phone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    entry(page, TITLE).get_by_role("button").click()
    table, source = page.get_by_test_id("whole-table"), page.get_by_test_id("source-pane")
    expect(table).to_be_visible()
    assert source.bounding_box()["y"] > table.bounding_box()["y"] + 100
    picture(page, "open-phone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_choosing_a_table_moves_nothing(tables):
    page = tables()
    row = entry(page, "Fleet")
    before = row.bounding_box()
    row.get_by_role("checkbox").check()
    expect(page.get_by_role("button", name="Export 1 selected")).to_be_visible()
    assert row.bounding_box() == before
    page.get_by_role("button", name="Select none").click()
    expect(row.get_by_role("checkbox")).not_to_be_checked()
    expect(page.get_by_role("button", name=re.compile("Export all"))).to_be_visible()
    assert row.bounding_box() == before
