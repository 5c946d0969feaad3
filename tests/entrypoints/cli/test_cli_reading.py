"""`pagecite read` and `pagecite tables`: a file by itself, every run of text and every cell with its place."""

import csv
import io
import json
import subprocess
import sys
from datetime import date

import openpyxl
import pymupdf
import pytest
from click.testing import CliRunner

from rag.entrypoints.cli import main
from rag.entrypoints.cli.file_reports import PagesReport
from rag.entrypoints.exports.markdown import markdown_of_tables
from rag.entrypoints.exports.taken import Source
from rag.entrypoints.exports.workbook import number_format, workbook_of_tables
from rag.entrypoints.reading_results import table_json, whole_tables
from rag.reading import read
from rag.records import Box, Cell, Extras, Leaf, Link, Note, Page, Span, Table, TableHead, Upload, grid_of

HEAD = ["Item", "2025", "2024"]
ROWS = [["Revenue", "1,234.5", "1,100"], ["Cost of sales", "(800)", "-"], ["Growth", "12.3%", "9%"]]
COLUMNS = (72, 300, 400)


@pytest.fixture
def pagecite():
    """Runs a command; gives back what came on standard output and on standard error."""

    def run(*arguments, status=0):
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exit_code == status, done.output
        return done

    return run


@pytest.fixture
def statement(tmp_path):
    """A page with a table, an empty page, and a page with a line of prose; printed i, ii, iii."""
    path = tmp_path / "statement.pdf"
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 100), "Statement of income", fontsize=11, fontname="hebo")
        page.insert_text((72, 115), "(in millions)", fontsize=11)
        for number, row in enumerate([HEAD, *ROWS]):
            for column, text in zip(COLUMNS, row, strict=True):
                page.insert_text((column, 130 + 16 * number), text, fontsize=11)
        pdf.new_page()
        pdf.new_page().insert_text((72, 100), "The annual mooring fee is 12 euros.", fontsize=11)
        pdf.set_page_labels([{"startpage": 0, "style": "r"}])
        pdf.save(path)
    return path


@pytest.fixture
def book(tmp_path):
    """A workbook with formulas, dates, errors, formats and a hidden sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Sales"
    for row in [["Region", "Q1", "Share"], ["North", 1200, 0.6], ["South", 800, 0.4]]:
        sheet.append(row)
    for place in ("B2", "B3"):
        sheet[place].number_format = "#,##0"
    for place in ("C2", "C3"):
        sheet[place].number_format = "0.0%"
    sheet["B4"] = "=SUM(B2:B3)"
    sheet["E1"] = date(2024, 3, 1)
    sheet["E2"] = True
    sheet["E3"] = "#N/A"
    sheet["F1"] = "=cmd"
    sheet["F1"].data_type = "s"
    hidden = made.create_sheet("Notes")
    hidden["C12"] = "Not for everyone"
    hidden.sheet_state = "hidden"
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


# ── read ──


def test_a_pdf_is_read_as_blocks_with_their_places(pagecite, statement):
    found = json.loads(pagecite("read", statement, "--json").stdout)
    table = next(block for block in found["blocks"] if block["kind"] == "table")
    assert table["page"] == 1
    prose = [block for block in found["blocks"] if block.get("page") == 3]
    assert [block["text"] for block in prose] == ["The annual mooring fee is 12 euros."]
    assert (prose[0]["kind"], prose[0]["printed"]) == ("text", "iii")
    left, top, right, bottom = prose[0]["box"]
    assert 70 < left < 74
    assert 88 < top < bottom < 106
    assert right > 200
    report = found["report"]
    assert (report["pages"], report["pages_with_text"], report["pages_without_text"]) == (3, 2, [2])
    assert (report["tables"], report["pages_failed"], report["pages_rotated"]) == (1, [], [])
    assert report["outline"] == report["fields"] == report["links"] == report["attachments"] == []


def test_the_report_of_a_file_says_what_each_page_was():
    def leaf(number, *blocks, **more):
        return Leaf(number, None, blocks, **more)

    words, hidden = Span("words", Page(1)), Span("a secret", Page(1), "hidden")
    report = PagesReport(6, [], Extras(links=(Link("https://example.org", 1),)))
    read = [
        leaf(1, words, hidden, rotation=90),
        leaf(2, words, kind="scanned", confidence=0.931),
        leaf(3, kind="garbled"),
        leaf(4, kind="blank"),
        leaf(5, notes=(Note("PageFailed", {"page": 5}),)),
        leaf(6, hidden),
    ]
    assert list(report.watched(read)) == read
    found = report.json()
    assert [found[f"pages_{kind}"] for kind in ("text", "scanned", "garbled", "blank")] == [[1, 6], [2], [3], [4]]
    assert found["pages_failed"] == [{"page": 5, "why": "Page 5 could not be read. The other pages are there."}]
    assert (found["pages_rotated"], found["pages_with_hidden_text"]) == ([1], [1, 6])
    assert found["ocr_confidence"] == [{"page": 2, "confidence": 0.931}]
    assert (found["pages_with_text"], found["pages_without_text"]) == (2, [3, 4, 6])
    assert found["links"] == [{"target": "https://example.org", "page": 1}]


def test_every_span_of_a_reading_is_printed_in_its_order(pagecite, statement):
    spans = [
        block.text
        for leaf in read(Upload(statement.name, statement)).leaves
        for block in leaf.blocks
        if isinstance(block, Span)
    ]
    blocks = json.loads(pagecite("read", statement, "--json").stdout)["blocks"]
    assert [block["text"] for block in blocks if block["kind"] != "table"] == spans


def test_a_workbook_is_read_cell_by_cell(pagecite, book):
    found = json.loads(pagecite("read", book, "--json").stdout)
    sales, notes = found["sheets"]
    assert [(one["name"], one["state"]) for one in found["sheets"]] == [("Sales", "visible"), ("Notes", "hidden")]
    cells = {cell["cell"]: (cell["text"], cell["value"], cell["formula"]) for cell in sales["cells"]}
    assert cells == {
        "A1": ("Region", "Region", None),
        "B1": ("Q1", "Q1", None),
        "C1": ("Share", "Share", None),
        "A2": ("North", "North", None),
        "B2": ("1,200", 1200, None),
        "C2": ("60.0%", 0.6, None),
        "A3": ("South", "South", None),
        "B3": ("800", 800, None),
        "C3": ("40.0%", 0.4, None),
        "B4": ("2000", 2000, "=SUM(B2:B3)"),
        "E1": (cells["E1"][0], "2024-03-01", None),
        "E2": ("TRUE", True, None),
        "E3": ("#N/A", "#N/A", None),
        "F1": ("=cmd", "=cmd", None),
    }
    assert notes["cells"] == [{"cell": "C12", "text": "Not for everyone", "value": "Not for everyone", "formula": None}]
    report = found["report"]
    assert (report["sheets"], report["sheets_hidden"], report["cells"], report["formulas"]) == (2, ["Notes"], 15, 1)
    assert any("Formulas without a stored result, calculated here: 1" in note for note in report["notes"])
    assert any("Sheet Notes is hidden" in note for note in report["notes"])


@pytest.mark.parametrize(
    ("stored", "format_", "value"),
    [
        (45352.5, "yyyy-mm-dd hh:mm", "2024-03-01T12:00:00"),
        (0.25, "hh:mm", "06:00:00"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (-1.2, "yyyy-mm-dd", -1.2),
        (1e9, "yyyy-mm-dd", 10**9),
    ],
)
def test_a_date_is_given_in_iso_8601(pagecite, tmp_path, stored, format_, value):
    made = openpyxl.Workbook()
    made.active["A1"] = stored
    made.active["A1"].number_format = format_
    made.save(tmp_path / "dates.xlsx")
    found = json.loads(pagecite("read", tmp_path / "dates.xlsx", "--json").stdout)
    assert found["sheets"][0]["cells"][0]["value"] == value


def test_what_a_workbook_holds_beside_its_cells_is_printed_too(pagecite, make_workbook, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(make_workbook(S=[["Region", "Q1"], ["North", 2], ["South", 3]])))
    sheet = book["S"]
    sheet["B2"].comment = openpyxl.comments.Comment("Checked", "Mei")
    sheet["A2"].hyperlink = "https://example.org/north"
    choice = openpyxl.worksheet.datavalidation.DataValidation("list", formula1='"North,South"')
    choice.add("A2:A3")
    sheet.add_data_validation(choice)
    chart = openpyxl.chart.BarChart()
    chart.title = "Sales"
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    book.defined_names["Sales"] = openpyxl.workbook.defined_name.DefinedName("Sales", attr_text="S!$B$2:$B$3")
    book.save(tmp_path / "all.xlsx")
    report = json.loads(pagecite("read", tmp_path / "all.xlsx", "--json").stdout)["report"]
    assert report["annotations"] == [{"sheet": "S", "area": "B2", "text": "Checked", "author": "Mei"}]
    assert report["links"] == [{"sheet": "S", "area": "A2", "target": "https://example.org/north"}]
    assert report["lists"] == [{"sheet": "S", "area": "A2:A3", "choices": "North,South"}]
    assert report["names"] == [{"name": "Sales", "target": "S!$B$2:$B$3"}]
    ((chart_text, area),) = [(one["text"], one["area"]) for one in report["charts"]]
    assert chart_text.startswith("Chart (bar): Sales")
    assert area.startswith("D2:")
    assert report["figures"] == []


def test_an_empty_sheet_is_a_sheet_without_cells(pagecite, make_workbook, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(make_workbook(Empty=[]))
    found = json.loads(pagecite("read", tmp_path / "empty.xlsx", "--json").stdout)
    assert found["sheets"] == [{"name": "Empty", "state": "visible", "cells": []}]
    assert "has no sheet with cells" in pagecite("tables", tmp_path / "empty.xlsx", status=1).stderr


def test_without_json_a_person_can_read_it(pagecite, statement, book):
    done = pagecite("read", statement)
    assert "── p. 3 (printed iii) ──\nThe annual mooring fee is 12 euros.\n" in done.stdout
    assert "Cost of sales | (800) | -" in done.stdout
    assert "3 pages, 2 with text, 1 table" in done.stderr
    done = pagecite("read", book)
    assert "2: North | 1,200 | 60.0%" in done.stdout
    assert "── Notes (hidden) ──\n12: Not for everyone" in done.stdout


def test_words_that_nobody_can_see_are_marked(pagecite, tmp_path):
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 72), "The price is 12 euros.")
        page.insert_text((72, 90), "The price is 1 euro.", color=(1, 1, 1))
        pdf.save(tmp_path / "offer.pdf")
    assert "12 euros.\n[hidden: The price is 1 euro.]\n" in pagecite("read", tmp_path / "offer.pdf", "--fast").stdout


# ── tables ──


def test_a_table_is_a_whole_grid_of_texts_numbers_and_boxes(pagecite, statement):
    (table,) = json.loads(pagecite("tables", statement, "--json").stdout)["tables"]
    assert (table["page"], table["pages"]) == (1, [1])
    assert (table["title"], table["unit"]) == ("Statement of income", "(in millions)")
    assert table["header"] == [HEAD]
    assert [[cell["text"] for cell in row] for row in table["rows"]] == ROWS
    assert [[cell["value"] for cell in row[1:]] for row in table["rows"]] == [[1234.5, 1100], [-800, 0], [0.123, 0.09]]
    for number, row in enumerate(table["rows"], start=1):
        for x, cell in zip(COLUMNS, row, strict=True):
            left, top, right, bottom = cell["box"]
            assert cell["page"] == 1
            assert abs(left - x) < 2
            assert top < 130 + 16 * number < bottom
            assert right > left


def test_an_empty_place_of_a_table_is_a_cell_too(pagecite, make_workbook, tmp_path):
    path = tmp_path / "gaps.xlsx"
    path.write_bytes(make_workbook(Gaps=[["Region", "Q1", "Q2"], ["North", None, 130], ["South", 80, None]]))
    (table,) = json.loads(pagecite("tables", path, "--json").stdout)["tables"]
    assert (table["sheet"], table["area"], table["header"]) == ("Gaps", "A1:C3", [["Region", "Q1", "Q2"]])
    assert table["rows"][0][1] == {"text": "", "value": None, "sheet": "Gaps", "area": "B2"}
    assert table["rows"][1][1] == {"text": "80", "value": 80, "sheet": "Gaps", "area": "B3"}


def test_a_table_over_two_pages_is_one_that_knows_the_page_of_each_row():
    def cell(page, text, column=1):
        return Cell(text, Page(page, None, Box(1, 2, 3, 4)), column)

    head = TableHead(header=((cell(3, "Item"), cell(3, "2025", 2)),))
    rows = [(cell(page, "Revenue"), cell(page, str(page), 2)) for page in (3, 4, 5)]
    other = Table(TableHead(), ((cell(5, "Apart"),),))
    parts = [Table(head, (row,), continues=number > 0) for number, row in enumerate(rows)]
    first, *others = whole_tables([*parts, other, other])
    assert others == [other, other]
    found = table_json(first)
    assert (found["page"], found["pages"], found["header"]) == (3, [3, 4, 5], [["Item", "2025"]])
    assert [[cell["page"] for cell in row] for row in found["rows"]] == [[3, 3], [4, 4], [5, 5]]
    assert table_json(Table(head, (rows[1],)))["pages"] == [4]


def test_the_tables_of_one_page_are_printed_alone(pagecite, statement):
    assert len(json.loads(pagecite("tables", statement, "--page", 1, "--json").stdout)["tables"]) == 1
    assert json.loads(pagecite("tables", statement, "--page", 3, "--json").stdout) == {"tables": []}
    assert "has no page or sheet 4" in pagecite("tables", statement, "--page", 4, status=1).stderr


def test_a_table_is_taken_away_as_a_workbook_with_numbers_as_numbers(pagecite, statement, tmp_path):
    out = tmp_path / "out.xlsx"
    out.write_text("what was there before")
    pagecite("tables", statement, "--xlsx", out)
    book = openpyxl.load_workbook(out)
    (sheet,) = book.worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[:2] == [("Source", "statement.pdf", None), ("Place", "p. 1 (printed i)", None)]
    assert ("Title", "Statement of income", None) in rows
    assert rows[-4:] == [
        ("Item", "2025", "2024"),
        ("Revenue", 1234.5, 1100),
        ("Cost of sales", -800, 0),
        ("Growth", 0.123, 0.09),
    ]
    last = sheet.max_row
    assert sheet.cell(last, 2).number_format == "0.0%"
    assert not list(tmp_path.glob(".*"))


def test_a_sheet_for_each_table(pagecite, make_workbook, tmp_path):
    path = tmp_path / "two.xlsx"
    table = [["Region", "Q1"], ["North", 120], ["South", 80]]
    path.write_bytes(make_workbook(**{"A" * 31: [*table, [], [], *table], "a&b": table}))
    pagecite("tables", path, "--xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    found = json.loads(pagecite("tables", path, "--json").stdout)["tables"]
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames}) == len(found) >= 2
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_what_was_calculated_here_is_marked_with_its_formula_in_every_export(pagecite, tmp_path, make_workbook):
    path = tmp_path / "made.xlsx"
    path.write_bytes(make_workbook(S=[["Region", "Q1"], ["North", 2], ["South", "=B2*3"]]))
    pagecite("tables", path, "--xlsx", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert (cells[2].font.italic, cells[6].font.italic) == (False, True)
    assert (cells["=B2*3"].data_type, cells["=B2*3"].quotePrefix) == ("s", True)
    assert sheet.cell(cells["=B2*3"].row, 1).value == "B3"
    (table,) = json.loads(pagecite("tables", path, "--json").stdout)["tables"]
    assert [row[1].get("calculated") for row in table["rows"]] == [None, "=B2*3"]
    markdown = pagecite("tables", path, "--markdown").stdout
    assert "*6*" in markdown
    assert "calculated by PageCite" in markdown


def test_what_looks_like_a_formula_is_inert_in_every_export(pagecite, tmp_path, make_workbook):
    risky = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", '=HYPERLINK("http://example.org")']
    made = openpyxl.load_workbook(io.BytesIO(make_workbook(S=[["Name", "Q1"]])))
    for row, text in enumerate(risky, start=2):
        made["S"].cell(row, 1, text).data_type = "s"
        made["S"].cell(row, 2, 5)
    made.save(tmp_path / "risky.xlsx")
    pagecite("tables", tmp_path / "risky.xlsx", "--xlsx", tmp_path / "out.xlsx", "--csv", tmp_path / "out")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows() for cell in row]
    assert set(risky) <= {cell.value for cell in cells}
    assert not any(cell.data_type == "f" for cell in cells)
    (file,) = (tmp_path / "out").glob("*.csv")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows == [["Name", "Q1"], *([f"'{text}", "5"] for text in risky)]


def test_a_number_format_of_a_workbook_is_no_way_to_a_formula(pagecite, tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["Name", "Q1"])
    made.active.append(["North", 5])
    made.active.append(["South", -7])
    made.active["B2"].number_format = "\"=cmd|' /C calc'!A\"0"
    made.save(tmp_path / "risky.xlsx")
    pagecite("tables", tmp_path / "risky.xlsx", "--csv", tmp_path / "out")
    (file,) = (tmp_path / "out").glob("*.csv")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[1:] == [["North", "'=cmd|' /C calc'!A5"], ["South", "-7"]]


def test_tables_are_printed_as_markdown(pagecite, statement, tmp_path, make_workbook):
    done = pagecite("tables", statement, "--markdown")
    assert done.stdout.splitlines() == [
        "## Statement of income",
        "",
        "statement.pdf › p. 1 (printed i) · (in millions)",
        "",
        "| Item | 2025 | 2024 |",
        "| --- | ---: | ---: |",
        "| Revenue | 1,234.5 | 1,100 |",
        "| Cost of sales | (800) | - |",
        "| Growth | 12.3% | 9% |",
    ]
    path = tmp_path / "risky.xlsx"
    path.write_bytes(make_workbook(S=[["Name", "Q1"], ["<img src=x>", 5], ["[a](http://b.c) | **d**", -6]]))
    lines = pagecite("tables", path, "--markdown").stdout.splitlines()
    assert lines[-2:] == ["| \\<img src=x\\> | 5 |", "| \\[a\\](http:\u2060//b.c) \\| \\*\\*d\\*\\* | -6 |"]
    assert "Choose one of them" in pagecite("tables", path, "--markdown", "--json", status=2).stderr


def test_rows_that_sum_up_others_are_marked(pagecite, make_workbook, tmp_path):
    rows = [
        ["Item", "Cost"],
        ["Tea", 2],
        ["Total tea", 2],
        ["Milk", 3],
        ["", "Sub-total"],
        ["合计", 5],
        ["Totally new", 1],
    ]
    path = tmp_path / "book.xlsx"
    path.write_bytes(make_workbook(S=rows))
    (table,) = json.loads(pagecite("tables", path, "--json").stdout)["tables"]
    marked = {cell["text"] for row in table["rows"] for cell in row if cell.get("total")}
    assert marked == {"Total tea", "Sub-total", "合计"}


def test_a_label_that_is_set_in_knows_its_parent_and_a_spanning_head_its_columns(tmp_path):
    def cell(text, column, **more):
        return Cell(text, Page(1, None, Box(1, 2, 3, 4)), column, **more)

    header = ((cell("Year ended", 2, over=2),), (cell("2025", 2), cell("2024", 3)))
    labels = [("Assets", 0), ("Cash", 1), ("at bank", 2), ("Stock", 1), ("Debt", 0)]
    rows = tuple((cell(text, 1, level=level), cell("1", 2), cell("(2)", 3)) for text, level in labels)
    table = Table(TableHead(header=header), rows)
    found = table_json(table)
    assert found["header"] == [["", "Year ended", ""], ["", "2025", "2024"]]
    assert [(row[0].get("level"), row[0].get("parent")) for row in found["rows"]] == [
        (None, None),
        (1, 0),
        (2, 1),
        (1, 0),
        (None, None),
    ]
    with workbook_of_tables(tmp_path / "out.xlsx") as book:
        book.add(grid_of(table), Source("a.pdf", "http://127.0.0.1:8501/tables?file=1&page=1"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet["B2"].hyperlink.target == "http://127.0.0.1:8501/tables?file=1&page=1"
    assert sheet.freeze_panes == "B6"
    assert [sheet[f"{column}4"].alignment.horizontal for column in "BC"] == ["centerContinuous"] * 2
    assert sheet["B5"].font.bold
    assert [sheet.cell(row, 1).alignment.indent for row in range(6, 11)] == [0, 1, 2, 1, 0]
    with markdown_of_tables(tmp_path / "out.md") as file:
        file.add(grid_of(table), Source("a.pdf"))
    lines = (tmp_path / "out.md").read_text("utf-8").splitlines()
    assert "|  | Year ended<br>2025 | Year ended<br>2024 |" in lines
    assert "| \u2003\u2003at bank | 1 | (2) |" in lines


def test_nothing_is_left_where_nothing_can_be_written(pagecite, statement, tmp_path):
    assert "cannot be written" in pagecite("tables", statement, "--xlsx", tmp_path / "no" / "x.xlsx", status=2).stderr
    assert not list(tmp_path.glob("no*"))
    done = pagecite("tables", statement, "--page", 3, "--xlsx", tmp_path / "none.xlsx", status=1)
    assert "has no table" in done.stderr
    assert not (tmp_path / "none.xlsx").exists()


def test_a_workbook_is_never_written_over_by_its_own_tables(pagecite, make_workbook, tmp_path):
    file = tmp_path / "sales.xlsx"
    file.write_bytes(make_workbook(Sales=[["Region", "Amount"], ["North", 12]]))
    before = file.read_bytes()
    done = pagecite("tables", file, "--xlsx", tmp_path / "." / "sales.xlsx", status=2)
    assert "--xlsx would write over" in done.stderr
    assert file.read_bytes() == before


def test_what_cannot_be_written_is_named_as_it_was_asked_for(pagecite, make_workbook, tmp_path):
    file = tmp_path / "sales.xlsx"
    file.write_bytes(make_workbook(Sales=[["Region", "Amount"], ["North", 12]]))
    out = file / "tables"
    assert f"{out} cannot be written" in pagecite("tables", file, "--csv", out, status=1).stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1,234.5", "#,##0.0"), ("(800)", "0_);(0)"), ("12.3%", "0.0%"), ("$5", '"$"0'), ("3.5万", "General")],
)
def test_a_number_keeps_the_form_it_was_printed_in(text, shown):
    assert number_format(text) == shown


# ── bad input ──


@pytest.mark.parametrize("command", ["read", "tables"])
@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.pdf", b"", "empty.pdf is empty"),
        ("words.txt", b"plain words", "neither a PDF nor a"),
        ("broken.xlsx", b"PK\x03\x04 and no more", "broken.xlsx is damaged"),
        ("nowhere.pdf", None, "nowhere.pdf cannot be found"),
    ],
)
def test_a_bad_file_is_a_sentence_and_a_hint(tmp_path, pagecite, command, name, data, sentence):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = pagecite(command, tmp_path / name, "--json", status=1)
    assert sentence in done.stderr
    assert done.stderr.strip().endswith(".")
    assert done.stdout == ""


def test_output_is_utf_8_whatever_the_terminal_is_set_to(tmp_path, make_workbook):
    path = tmp_path / "中文.xlsx"
    path.write_bytes(make_workbook(销售=[["地区", "一季度"], ["华东", 12]]))
    command = [sys.executable, "-m", "rag.entrypoints.cli", "read", str(path), "--json"]
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "", "RAG_HOME": str(tmp_path / "home")}
    done = subprocess.run(command, capture_output=True, timeout=60, check=True, env=environment)
    assert json.loads(done.stdout)["sheets"][0]["name"] == "销售"
