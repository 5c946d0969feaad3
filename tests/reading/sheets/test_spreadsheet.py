"""Workbooks become tables and loose text; every cell is shown as in Excel and keeps its own place."""

import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import BloatedFile, DamagedFile, FileGone, LockedFile, NoSheets, UnknownKind
from rag.reading.sheets.formats.number_format import displayed
from rag.reading.sheets.spreadsheet import read_workbook
from rag.reading.sheets.tables.sheet_areas import blocks_of
from rag.records import (
    Annotation,
    Cell,
    Cells,
    DefinedName,
    Extras,
    FormField,
    Link,
    Span,
    Table,
    Upload,
    cell_name,
    joined,
)


def leaves(path):
    return list(read_workbook(Upload(path.name, path)).leaves)


def blocks(path):
    (leaf,) = leaves(path)
    return leaf.blocks


def texts(rows):
    return [[cell.text for cell in row] for row in rows]


def cells_of(found):
    for block in found:
        if isinstance(block, Span):
            yield block.text, block.place, block.column
            continue
        for span in (*block.head.title, *block.head.unit):
            yield span.text, span.place, span.column
        for row in (*block.head.header, *block.rows):
            for cell in row:
                yield cell.text, cell.place, cell.column


# ── Sheets ──


def test_a_leaf_for_each_sheet_hidden_ones_too(workbook):
    path = workbook(Sales=[["a", "b"]], Notes=[["c"]], Old=[["d"]])
    book = openpyxl.load_workbook(path)
    book["Notes"].sheet_state = "hidden"
    book["Old"].sheet_state = "veryHidden"
    book.save(path)
    reading = read_workbook(Upload("x.xlsx", path))
    assert (reading.kind, reading.count) == ("workbook", 3)
    found = list(reading.leaves)
    assert [(leaf.number, leaf.name) for leaf in found] == [(1, "Sales"), (2, "Notes"), (3, "Old")]
    assert [[note.code for note in leaf.notes] for leaf in found] == [[], ["HiddenSheet"], ["HiddenSheet"]]


def test_sheets_beyond_the_limits_are_named(workbook, monkeypatch):
    path = workbook(A=[["a", "b"], ["c", "d"]], B=[["e", "f"]], C=[["g", "h"]], D=[["i", "j"]])
    for limits in ({"_MOST_SHEETS": 2}, {"_MOST_CELLS": 5}):
        with monkeypatch.context() as patch:
            for name, value in limits.items():
                patch.setattr(f"rag.reading.sheets.spreadsheet.{name}", value)
            found = leaves(path)
        assert [bool(leaf.blocks) for leaf in found] == [True, True, False, False]
        (note,) = [note for leaf in found for note in leaf.notes]
        assert (note.code, dict(note.details)) == ("SheetsLeftOut", {"sheet": "C", "count": 2})


def test_a_sheet_that_is_a_chart_is_left_out(workbook):
    path = workbook(Data=[["Quarter", "Sales"], ["Q1", 10]])
    book = openpyxl.load_workbook(path)
    book.create_chartsheet("Chart")
    book.save(path)
    assert [leaf.name for leaf in leaves(path)] == ["Data"]


def test_sheets_are_read_when_they_are_asked_for(raw_workbook):
    path = raw_workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"')
    found = read_workbook(Upload("x.xlsx", path)).leaves
    (leaf,) = found
    assert [note.code for note in leaf.notes] == ["SheetFailed"]
    assert list(cells_of(leaf.blocks)) == [("1", Cells("S", "A1"), 1)]


def test_what_a_workbook_holds_beside_its_cells(workbook):
    path = workbook(S=[["Item", "Kind"], ["Tea", "drink"]])
    book = openpyxl.load_workbook(path)
    sheet = book["S"]
    sheet["A2"].comment = openpyxl.comments.Comment("check this", "Ann")
    sheet["B2"].hyperlink = "https://x.example/a"
    choices = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"drink,food"')
    choices.add("B2:B9")
    sheet.add_data_validation(choices)
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="Items", ref="A1:B2"))
    book.defined_names["Best"] = openpyxl.workbook.defined_name.DefinedName("Best", attr_text="S!$A$2")
    book.save(path)
    extras = read_workbook(Upload("x.xlsx", path)).extras
    assert extras.annotations == (Annotation("comment", "check this", "Ann", 1, "A2"),)
    assert extras.links == (Link("https://x.example/a", 1, "B2"),)
    assert extras.fields == (FormField("B2:B9", "list", "drink,food", 1),)
    assert extras.names == (DefinedName("Best", "S!$A$2"), DefinedName("Items", "S!A1:B2"))


@pytest.mark.parametrize("count", [1, 3000, 60_000])
def test_links_are_found_behind_rows_however_many(raw_workbook, count):
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, count + 1))
    link = '<hyperlinks><hyperlink ref="A1" location="S!A9"/></hyperlinks>'
    path = raw_workbook(f"<sheetData>{rows}</sheetData>{link}")
    assert read_workbook(Upload("x.xlsx", path)).extras.links == (Link("#S!A9", 1, "A1"),)


def test_a_sheet_whose_rows_break_off_has_no_extras(raw_workbook):
    path = raw_workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"')
    assert read_workbook(Upload("x.xlsx", path)).extras == Extras()


def test_hidden_rows_and_columns_are_named_and_left_out(workbook):
    path = workbook(S=[["Item", "Code", "n"], ["Tea", "x", 1], ["Milk", "y", 2], ["Rice", "z", 3], ["Salt", "w", 4]])
    book = openpyxl.load_workbook(path)
    sheet = book["S"]
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[5].hidden = True
    sheet.auto_filter.ref = "A1:C4"
    book.save(path)
    (leaf,) = leaves(path)
    (table,) = leaf.blocks
    assert texts(table.rows) == [["Tea", "1"], ["Rice", "3"]]
    assert [(note.code, dict(note.details)) for note in leaf.notes] == [
        ("FilteredRows", {"sheet": "S", "rows": "3"}),
        ("HiddenRows", {"sheet": "S", "rows": "5"}),
        ("HiddenColumns", {"sheet": "S", "columns": "B"}),
    ]
    (leaf,) = read_workbook(Upload("x.xlsx", path), with_hidden=True).leaves
    assert len(list(cells_of(leaf.blocks))) == 15


def test_a_hidden_row_does_not_part_tables_that_stand_side_by_side(workbook):
    heads = ["Item", "Sold", "Left", None, None, "Region", "Owner", "Limit"]
    beside = [["North", "Abel", 5], ["South", "Rui", 7], ["West", "Ines", 9]]
    path = workbook(
        S=[heads, *([f"Item {n}", n, n + 1, None, None, *(beside[n] if n < len(beside) else [])] for n in range(8))]
    )
    book = openpyxl.load_workbook(path)
    book["S"].row_dimensions[4].hidden = True
    book.save(path)
    (leaf,) = leaves(path)
    assert [len(block.rows) for block in leaf.blocks] == [7, 2]


def test_cells_that_show_an_error_are_counted(raw_workbook):
    (leaf,) = leaves(
        raw_workbook('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    )
    assert [(note.code, dict(note.details)) for note in leaf.notes] == [("ErrorCells", {"count": 1, "cell": "S!B1"})]


# ── Cells ──


def test_cells_are_shown_as_excel_shows_them(workbook):
    path = workbook(S=[["Item", "Amount", "Share", "Day"], ["Tea", 1234.5, 0.125, date(2023, 12, 31)]])
    book = openpyxl.load_workbook(path)
    sheet = book["S"]
    sheet["B2"].number_format = "#,##0.00"
    sheet["C2"].number_format = "0.0%"
    sheet["D2"].number_format = 'yyyy"年"m"月"d"日"'
    book.save(path)
    (table,) = blocks(path)
    assert texts(table.rows) == [["Tea", "1,234.50", "12.5%", "2023年12月31日"]]
    assert [cell.value for cell in table.rows[0]] == [None, 1234.5, 0.125, None]
    assert [cell.place for cell in table.rows[0]] == [Cells("S", f"{letter}2") for letter in "ABCD"]
    assert [cell.column for cell in table.rows[0]] == [1, 2, 3, 4]


def test_a_formula_shows_its_stored_result(raw_workbook):
    (table,) = blocks(raw_workbook('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v>4</v></c></row>'))
    assert texts(table.rows) == [["2", "4"]]
    assert table.rows[0][1].value == 4


def test_a_formula_without_a_stored_result_is_calculated_and_counted(workbook):
    (leaf,) = leaves(workbook(S=[["a", 1], ["b", "=SUM(B1:B1)"], ["c", "=B2*2"]]))
    (table,) = leaf.blocks
    assert texts(table.rows) == [["a", "1"], ["b", "1"], ["c", "2"]]
    assert [(cell.value, cell.formula) for _, cell in table.rows] == [(1, ""), (1, "=SUM(B1:B1)"), (2, "=B2*2")]
    (note,) = leaf.notes
    assert (note.code, note.details["count"], note.details["cells"]) == ("Calculated", 2, "B2:B3")


def test_a_workbook_of_nothing_but_formulas_is_read(workbook):
    (leaf,) = leaves(workbook(S=[["=1+1", "=2+2"], ["=3+3", "=4+4"]]))
    assert [text for text, _, _ in cells_of(leaf.blocks)] == ["2", "4", "6", "8"]


def test_a_shared_formula_without_a_result_is_that_of_its_own_cell(raw_workbook):
    path = raw_workbook(
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f></c></row>'
        '<row r="2"><c r="A2"><v>3</v></c><c r="B2"><f t="shared" si="0"/></c></row>'
    )
    assert [text for text, _, _ in cells_of(blocks(path))] == ["2", "4", "3", "6"]


def test_a_formula_whose_result_is_empty_is_no_cell_of_a_table(raw_workbook):
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c></row>'
    (leaf,) = leaves(raw_workbook(row))
    assert [text for text, _, _ in cells_of(leaf.blocks)] == ["1", "2"]
    assert leaf.notes == ()


def test_errors_booleans_and_strings_of_every_kind(raw_workbook):
    path = raw_workbook(
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="b"><v>1</v></c>'
        '<c r="C1" t="str"><f>A1&amp;B1</f><v>joined</v></c>'
        '<c r="D1" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></is></c>'
        '<c r="E1" t="d"><v>2023-12-31</v></c><c r="F1" t="str"><v>a_x000D_b_xD800_</v></c></row>'
    )
    found = [text for text, _, _ in cells_of(blocks(path))]
    assert found[:4] == ["#REF!", "TRUE", "joined", "two runs"]
    assert found[5] == "a\nb\ufffd"


def test_rows_and_cells_without_an_address_follow_the_one_before(raw_workbook):
    path = raw_workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>")
    assert [(text, place.area) for text, place, _ in cells_of(blocks(path))] == [
        ("1", "A1"),
        ("2", "B1"),
        ("3", "A2"),
        ("4", "B2"),
    ]


def test_a_workbook_that_counts_days_from_1904(workbook):
    path = workbook(S=[["Day", "n"], [date(2023, 12, 31), 1]])
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["S"]["A2"].number_format = "yyyy-mm-dd"
    book.save(path)
    (table,) = blocks(path)
    assert table.rows[0][0].text == "2023-12-31"


def test_a_sheet_that_says_it_is_larger_than_it_is(raw_workbook):
    path = raw_workbook(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    )
    assert list(cells_of(blocks(path))) == [("7", Cells("S", "XFD1048576"), 16384)]


def test_addresses_beyond_the_last_row_and_column_are_not_read(raw_workbook):
    path = raw_workbook(
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>2</v></c></row><row r="9999999"><c><v>3</v></c></row>'
    )
    assert [text for text, _, _ in cells_of(blocks(path))] == ["1"]


def test_a_very_large_sheet_is_cut_and_says_where(workbook, monkeypatch):
    monkeypatch.setattr("rag.reading.sheets.sheet_watch.MOST_CELLS", 10)
    (leaf,) = leaves(workbook(S=[["a", "b"], *([1, 2] for _ in range(20))]))
    (note,) = leaf.notes
    assert (note.code, dict(note.details)) == ("SheetCut", {"sheet": "S", "row": 5})


def test_a_sheet_that_takes_too_long_is_cut_and_says_where(workbook, monkeypatch):
    clock = iter([0.0, *range(100, 1000, 100)])
    monkeypatch.setattr("rag.reading.sheets.sheet_watch.time.monotonic", lambda: next(clock))
    (leaf,) = leaves(workbook(S=[["a", "b"], *([at, 2] for at in range(20))]))
    (note,) = leaf.notes
    assert (note.code, dict(note.details)) == ("SheetSlow", {"sheet": "S", "row": 3})


# ── Tables ──

STATEMENT = [
    ["Example Ltd"],
    ["Income statement"],
    ["(in millions)"],
    [None, "2025", "2024"],
    ["Revenue", 1200, 1100],
    ["Cost", -700, -650],
]


def test_title_unit_heads_and_rows_of_a_statement(workbook):
    (table,) = blocks(workbook(S=STATEMENT))
    assert [span.text for span in table.head.title] == ["Example Ltd", "Income statement"]
    assert [span.text for span in table.head.unit] == ["(in millions)"]
    assert texts(table.head.header) == [["2025", "2024"]]
    assert texts(table.rows) == [["Revenue", "1200", "1100"], ["Cost", "-700", "-650"]]


def test_a_title_with_a_summary_below_it_in_one_cell_is_a_title(workbook):
    title = "Table 4: Goats by farm\nTable summary: " + "This table displays the results. " * 12
    (table,) = blocks(workbook(S=[[title], [None], ["Farm", "Goats"], ["North", 5]]))
    assert [span.text for span in table.head.title] == [title.strip()]


def test_words_without_labels_are_rows_when_no_figures_follow(workbook):
    rows = [["type", "name", "text"], [None, "start", "Hello"], [None, "end", "Bye"]]
    (table,) = blocks(workbook(S=rows))
    assert texts(table.head.header) == [["type", "name", "text"]]


def test_years_that_are_numbers_are_heads(workbook):
    (table,) = blocks(workbook(S=[["Item", 2025, 2024], ["Revenue", 1200, 1100]]))
    assert texts(table.head.header) == [["Item", "2025", "2024"]]


def test_a_chinese_statement_with_company_and_unit_in_one_row(workbook):
    rows = [
        ["利润表"],
        ["编制单位：示例公司", None, "单位：万元"],
        ["项目", "本期金额", "上期金额"],
        ["营业收入", 100.5, 90.25],
    ]
    (table,) = blocks(workbook(S=rows))
    assert [span.text for span in table.head.title] == ["利润表", "编制单位：示例公司"]
    assert [span.text for span in table.head.unit] == ["单位：万元"]
    assert texts(table.head.header) == [["项目", "本期金额", "上期金额"]]


@pytest.mark.parametrize(
    "unit",
    ["单位：万元", "金额单位：人民币元", "（元）", "In millions of USD", "(USD thousands)", "$ in millions", "$'000"],
)
def test_the_line_that_tells_the_unit_is_known(workbook, unit):
    (table,) = blocks(workbook(S=[["Sales"], [unit], ["Item", "Q1"], ["Tea", 5]]))
    assert [span.text for span in table.head.unit] == [unit]


def test_a_unit_and_a_day_above_the_heads_are_none_of_them(workbook):
    rows = [["利润表"], ["单位：千元", None, "2024年度"], ["项目", "本期", "上期", "增减"], ["收入", 3, 2, 1]]
    (table,) = blocks(workbook("book.xlsx", S=rows))
    assert texts(table.head.header) == [["项目", "本期", "上期", "增减"]]
    assert [span.text for span in (*table.head.title, *table.head.unit)] == ["利润表", "2024年度", "单位：千元"]


def test_a_unit_in_the_corner_of_the_heads_is_one_of_them(workbook):
    (table,) = blocks(workbook("book.xlsx", S=[["单位：千元", "本期", "上期"], ["收入", 3, 2], ["成本", 1, 1]]))
    assert texts(table.head.header) == [["单位：千元", "本期", "上期"]]


def test_merged_heads_stand_once_with_all_the_columns_they_span(workbook):
    path = workbook(S=[["Item", "2025", None, "2024"], [None, "Q1", "Q2", "Q1"], ["Tea", 1, 2, 3]])
    book = openpyxl.load_workbook(path)
    book["S"].merge_cells("B1:C1")
    book["S"].merge_cells("A1:A2")
    book.save(path)
    (table,) = blocks(path)
    assert texts(table.head.header) == [["Item", "2025", "2024"], ["Q1", "Q2", "Q1"]]
    first = table.head.header[0]
    assert [(cell.place.area, cell.column) for cell in first] == [("A1:A2", 1), ("B1:C1", 2), ("D1", 4)]


def test_tables_apart_by_an_empty_row_are_two(workbook):
    rows = [["A", "n"], ["x", 1], [None], ["B", "n"], ["y", 2]]
    first, second = blocks(workbook(S=rows))
    assert texts(first.head.header) == [["A", "n"]]
    assert texts(second.head.header) == [["B", "n"]]


def test_rows_below_an_empty_row_keep_the_heads_above(workbook):
    rows = [["Item", "2025"], ["Tea", 1], ["Milk", 2], [None], ["Bread", 3], ["Total", 6]]
    (table,) = blocks(workbook(S=rows))
    assert texts(table.head.header) == [["Item", "2025"]]
    assert [row[0].text for row in table.rows] == ["Tea", "Milk", "Bread", "Total"]


def test_a_title_above_an_empty_row_belongs_to_the_table_below(workbook):
    (table,) = blocks(workbook(S=[["Sales by quarter"], [None], ["Item", "Q1"], ["Tea", 1]]))
    assert [span.text for span in table.head.title] == ["Sales by quarter"]


def test_tables_right_below_each_other_are_several_when_each_has_a_title(workbook):
    rows = [
        *(["一季度"], ["产品", "金额"], ["甲", 1], ["合计", 1], ["注：含税"]),
        *(["二季度"], ["产品", "金额"], ["甲", 2], ["合计", 2]),
    ]
    first, note, second = blocks(workbook("book.xlsx", S=rows))
    assert [joined(table.head.title) for table in (first, second)] == ["一季度", "二季度"]
    assert [texts(table.head.header) for table in (first, second)] == [[["产品", "金额"]]] * 2
    assert (texts(first.rows), note.text) == ([["甲", "1"], ["合计", "1"]], "注：含税")


def test_heads_that_come_again_without_a_title_part_nothing(workbook):
    rows = [["产品", "金额"], ["甲", 1], ["产品", "金额"], ["乙", 2]]
    (table,) = blocks(workbook("book.xlsx", S=rows))
    assert len(table.rows) == 3


def test_a_row_that_tells_the_units_is_one_of_the_heads(workbook):
    rows = [["指标", "收入", "毛利率"], ["单位", "万元", "%"], ["甲", 100, 35.2], ["乙", 120, 36.1]]
    (table,) = blocks(workbook("book.xlsx", S=rows))
    assert texts(table.head.header) == [["指标", "收入", "毛利率"], ["单位", "万元", "%"]]


def test_tables_side_by_side_are_two(workbook):
    rows = [
        ["City", "Sales", None, "Name", "Age"],
        ["Bonn", 1, None, "Ann", 31],
        ["Kiel", 2, None, "Bob", 42],
    ]
    left, right = blocks(workbook(S=rows))
    assert texts(left.rows) == [["Bonn", "1"], ["Kiel", "2"]]
    assert texts(right.head.header) == [["Name", "Age"]]
    assert texts(right.rows) == [["Ann", "31"], ["Bob", "42"]]


def test_an_empty_column_between_labels_and_figures_parts_nothing(workbook):
    rows = [["Item", None, "2025", None, "2024"], ["Tea", None, 1, None, 2], ["Milk", None, 3, None, 4]]
    (table,) = blocks(workbook(S=rows))
    assert texts(table.rows) == [["Tea", "1", "2"], ["Milk", "3", "4"]]


def test_notes_right_below_a_table_are_none_of_its_rows(workbook):
    rows = [["项目", "金额"], ["收入", 3], ["其他", None], ["合计", 3], ["注：未经审计。"], ["1. 含税。"]]
    table, *notes = blocks(workbook("book.xlsx", S=rows))
    assert [row[0].text for row in table.rows] == ["收入", "其他", "合计"]
    assert [(note.text, note.place.label) for note in notes] == [("注：未经审计。", "S!A5"), ("1. 含税。", "S!A6")]


def test_a_label_alone_at_the_foot_is_a_row_of_its_table(workbook):
    rows = [["项目", "金额"], ["注册资本", 3], ["Notes receivable", 4], ["其他"]]
    (table,) = blocks(workbook("book.xlsx", S=rows))
    assert [row[0].text for row in table.rows] == ["注册资本", "Notes receivable", "其他"]


def test_loose_text_is_text(workbook):
    found = blocks(workbook(S=[["Note: figures are not audited."], [None], ["Item", "Q1"], ["Tea", 1]]))
    assert [type(block) for block in found] == [Span, Table]
    assert (found[0].text, found[0].place, found[0].before) == (
        "Note: figures are not audited.",
        Cells("S", "A1"),
        "\n",
    )


def test_rows_with_a_unit_of_their_own_do_not_go_on_the_table_above(workbook):
    rows = [["Item", "Kind"], ["Tea", None], [None], ["单位：万元", "单位：%"], ["Milk", None]]
    first, second = blocks(workbook(S=rows))
    assert texts(first.rows) == [["Tea"]]
    assert [(span.text, span.place.area) for span in second.head.unit] == [("单位：万元", "A4"), ("单位：%", "B4")]
    assert texts(second.rows) == [["Milk"]]


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 14), st.integers(1, 9)),
        st.sampled_from(["Item", "单位：万元", "2024", "1,200", "Note: x", "y" * 200, "-"]),
        max_size=60,
    ),
    st.lists(st.tuples(st.integers(1, 14), st.integers(1, 9), st.integers(0, 3), st.integers(0, 3)), max_size=4),
)
def test_every_cell_is_in_exactly_one_place(grid, merges):
    rows = [
        (row, tuple(Cell(grid[at], Cells("S", cell_name(*at)), at[1]) for at in sorted(grid) if at[0] == row))
        for row in sorted({row for row, _ in grid})
    ]
    found = blocks_of("S", rows, [(top, left, top + down, left + over) for top, left, down, over in merges])
    placed = {(text, place.area.split(":")[0], column): place.area for text, place, column in cells_of(found)}
    assert placed.keys() == {(text, cell_name(*at), at[1]) for at, text in grid.items()}
    alone = [place for _, place, _ in cells_of(found) if ":" not in place.area]
    assert len(alone) == len(set(alone))


def test_a_label_merged_over_rows_stands_in_each_of_them(workbook):
    path = workbook(S=[["Region", "City", "n"], ["North", "Kiel", 1], [None, "Bonn", 2], ["South", "Ulm", 3]])
    book = openpyxl.load_workbook(path)
    book["S"].merge_cells("A2:A3")
    book.save(path)
    (table,) = blocks(path)
    assert texts(table.rows) == [["North", "Kiel", "1"], ["North", "Bonn", "2"], ["South", "Ulm", "3"]]
    assert [row[0].place.area for row in table.rows] == ["A2:A3", "A2:A3", "A4"]


def test_a_number_merged_over_rows_counts_once(workbook):
    path = workbook(S=[["City", "n"], ["Kiel", 10], ["Bonn", None]])
    book = openpyxl.load_workbook(path)
    book["S"].merge_cells("B2:B3")
    book.save(path)
    (table,) = blocks(path)
    assert texts(table.rows) == [["Kiel", "10"], ["Bonn"]]


def test_a_head_knows_over_how_many_columns_it_stands(workbook):
    path = workbook(S=[["Item", "2025", None], [None, "Q1", "Q2"], ["Tea", 1, 2]])
    book = openpyxl.load_workbook(path)
    book["S"].merge_cells("B1:C1")
    book.save(path)
    (table,) = blocks(path)
    assert [cell.over for cell in table.head.header[0]] == [1, 2]


def test_labels_that_are_set_in_have_a_level(workbook):
    path = workbook(S=[["Item", "n"], ["Assets", 3], ["Cash", 1], ["  Stock", 2], ["\u3000其中：存货", 1]])
    book = openpyxl.load_workbook(path)
    book["S"]["A3"].alignment = openpyxl.styles.Alignment(indent=2)
    book.save(path)
    (table,) = blocks(path)
    assert [(row[0].text, row[0].level) for row in table.rows] == [
        ("Assets", 0),
        ("Cash", 2),
        ("Stock", 1),
        ("其中：存货", 1),
    ]


# ── Any workbook ──

FORMATS = [
    "General",
    "#,##0.00",
    "0.0%",
    "yyyy-mm-dd",
    '0"万元"',
    '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)',
    "[Red]0.0",
    "@",
]
VALUES = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 4)),
    st.booleans(),
    st.sampled_from(["Item", "项目", "单位：万元", "note\nin lines", "=text", " spaced", "a" * 300]),
    st.dates(date(1950, 1, 1), date(2099, 1, 1)),
)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 30), st.integers(1, 12)), st.tuples(VALUES, st.sampled_from(FORMATS)), min_size=1
    ),
    st.lists(st.tuples(st.integers(1, 30), st.integers(1, 12), st.integers(0, 2), st.integers(0, 2)), max_size=3),
    st.sets(st.integers(1, 30), max_size=4),
    st.sets(st.integers(1, 12), max_size=2),
)
def test_every_cell_that_a_person_sees_has_its_place_and_shows_what_it_showed(
    tmp_path_factory, grid, merges, hidden_rows, hidden_columns
):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数据 1"
    for (row, column), (value, number_format) in grid.items():
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        if not isinstance(value, date) or "yy" in number_format:
            cell.number_format = number_format
    taken: set[tuple[int, int]] = set()
    for top, left, down, over in merges:
        area = {(row, column) for row in range(top, top + down + 1) for column in range(left, left + over + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + over)
            for at in area - {(top, left)}:
                grid.pop(at, None)
    for row in hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in hidden_columns:
        sheet.column_dimensions[cell_name(1, column)[:-1]].hidden = True
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    wanted = {
        (
            displayed(value, sheet.cell(*at).number_format).strip().replace("#" * 255, "########"),
            cell_name(*at),
        )
        for at, (value, _) in grid.items()
        if at[0] not in hidden_rows and at[1] not in hidden_columns
    }
    book.save(path)
    try:
        (leaf,) = read_workbook(Upload("any.xlsx", path)).leaves
    except NoSheets:
        assert not grid
        return
    found = {(text, place.area.partition(":")[0]) for text, place, _ in cells_of(leaf.blocks)}
    assert found == {(text, name) for text, name in wanted if text}


# ── Files that cannot be read ──


def test_a_workbook_without_cells(workbook):
    with pytest.raises(NoSheets):
        read_workbook(Upload("x.xlsx", workbook(S=[])))


def test_a_file_that_is_gone(tmp_path):
    with pytest.raises(FileGone):
        read_workbook(Upload("x.xlsx", tmp_path / "none.xlsx"))


def test_a_file_that_ends_too_early(workbook):
    path = workbook(S=STATEMENT)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DamagedFile):
        read_workbook(Upload("x.xlsx", path))


def test_a_workbook_whose_only_sheet_is_broken_before_its_first_cell(raw_workbook):
    with pytest.raises(DamagedFile):
        read_workbook(Upload("x.xlsx", raw_workbook('<row r="1"><c r="A1"><v>1<')))


def test_broken_styles_cost_the_formats_only(raw_workbook):
    path = raw_workbook('<row r="1"><c r="A1" s="1"><v>1.5</v></c></row>', {"xl/styles.xml": "<styleSheet"})
    assert [text for text, _, _ in cells_of(blocks(path))] == ["1.5"]


def test_a_zip_file_that_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnknownKind):
        read_workbook(Upload("a.xlsx", path))


def test_a_part_that_defines_its_own_entities_is_refused(raw_workbook):
    path = raw_workbook(
        "",
        {"xl/worksheets/sheet1.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'},
    )
    with pytest.raises(DamagedFile):
        read_workbook(Upload("x.xlsx", path))


def test_entities_are_refused_in_every_encoding(raw_workbook):
    part = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    path = raw_workbook("", {"xl/worksheets/sheet1.xml": part.encode("utf-16")})
    with pytest.raises(DamagedFile):
        read_workbook(Upload("x.xlsx", path))


@pytest.mark.parametrize("part", ["xl/huge.xml", "xl/sharedStrings.bin"])
def test_a_file_that_would_unpack_to_far_more_is_refused(raw_workbook, part):
    with pytest.raises(BloatedFile) as refused:
        read_workbook(Upload("x.xlsx", raw_workbook("", {part: " " * (220 * 2**20)})))
    assert refused.value.details["size"] == 220


def test_a_zip_file_under_a_password_is_locked(workbook):
    path = workbook(S=[["a"]])
    raw = bytearray(path.read_bytes())
    at = -1
    while (at := raw.find(b"PK\x01\x02", at + 1)) >= 0:
        raw[at + 8] |= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(LockedFile):
        read_workbook(Upload("x.xlsx", path))


def test_the_heads_under_scattered_notes_are_the_last_full_line_of_words(workbook):
    notes = [["A list"], ["made by hand", None, None, "see"], ["of", "all", None, "the files"], ["or", "so"]]
    heads = ["Name", "Trade", "Age", "Died"]
    (found,) = blocks(
        workbook(S=[*notes, heads, ["Ann", "smith", 70, "2016-01-10"], ["Lee", "cook", 61, "2016-02-11"]])
    )
    assert texts(found.head.header) == [heads]
    assert texts(found.rows) == [["Ann", "smith", "70", "2016-01-10"], ["Lee", "cook", "61", "2016-02-11"]]
    assert joined(found.head.title).split() == "A list made by hand see of all the files or so".split()


@pytest.mark.parametrize("paid", ["paid", None])
def test_rows_of_words_under_heads_with_a_gap_stay_rows(workbook, paid):
    rows = [["Item", None, "State"], ["Rent", paid, "late"], ["Water", "due", "open"], ["Sum", 2, 3], ["Mean", 1, 1]]
    (found,) = blocks(workbook(S=rows))
    assert texts(found.head.header) == [["Item", "State"]]
    assert len(found.rows) == 4


def test_two_titles_and_a_unit_beside_words_stand_over_the_heads_below_an_empty_row(workbook):
    path = workbook(
        S=[
            ["灯巷贸易有限公司"],
            ["2024年度销售明细表"],
            ["编制部门：财务部", None, "单位：元"],
            [],
            ["日期", "客户", "金额"],
            ["1月", "甲", 12],
            ["2月", "乙", 7],
        ]
    )
    book = openpyxl.load_workbook(path)
    for area in ("A1:C1", "A2:C2"):
        book["S"].merge_cells(area)
    book.save(path)
    (found,) = blocks(path)
    assert joined(found.head.title).split() == ["灯巷贸易有限公司", "2024年度销售明细表", "编制部门：财务部"]
    assert joined(found.head.unit) == "单位：元"
    assert texts(found.head.header) == [["日期", "客户", "金额"]]


def test_the_unit_over_a_hidden_column_is_that_of_the_table(workbook):
    rows = [
        ["2024年销售台账"],
        [None, None, "单位：元"],
        ["日期", "金额", "业务员"],
        ["1月", 12, "王"],
        ["2月", 7, "李"],
    ]
    path = workbook(S=rows)
    book = openpyxl.load_workbook(path)
    book["S"].column_dimensions["C"].hidden = True
    book.save(path)
    (found,) = blocks(path)
    assert joined(found.head.unit) == "单位：元"
    assert [span.place for span in found.head.unit] == [Cells("S", "C2")]
    assert texts(found.head.header) == [["日期", "金额"]]
    ((whole,),) = (leaf.blocks for leaf in read_workbook(Upload(path.name, path), with_hidden=True).leaves)
    assert joined(whole.head.unit) == "单位：元"


def test_the_head_of_a_hidden_column_of_units_is_no_unit_of_the_table(workbook):
    path = workbook(S=[["Stock"], ["Item", "Count", "Unit: kg"], ["Flour", 12, "kg"], ["Salt", 7, "kg"]])
    book = openpyxl.load_workbook(path)
    book["S"].column_dimensions["C"].hidden = True
    book.save(path)
    (found,) = blocks(path)
    assert joined(found.head.unit) == ""
