"""Spreadsheets of LibreOffice show what they showed when they were saved."""

import zipfile

import pytest

from rag.errors import DamagedFile
from rag.reading import kind_of
from rag.reading.sheets.files.ods.ods_references import formula_of
from rag.reading.sheets.sheet_cells import opened_cells
from rag.reading.sheets.sheet_window import window
from rag.reading.sheets.spreadsheet import read_workbook
from rag.reading.sheets.workbooks import open_workbook
from rag.records import Cells, DefinedName, Figure, Span, Upload, joined

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
LINKS = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
HIDDEN = (
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


@pytest.fixture
def ods(tmp_path):
    """Makes a spreadsheet of the given tables, as XML."""

    def make(tables: str) -> Upload:
        path = tmp_path / "book.ods"
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} {LINKS}>'
            f"<office:automatic-styles>{HIDDEN}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
        )
        with zipfile.ZipFile(path, "w") as book:
            book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            book.writestr("content.xml", content)
        return Upload("book.ods", path)

    return make


@pytest.fixture
def with_parts(ods):
    """Adds parts to a spreadsheet."""

    def add(tables: str, parts: dict[str, bytes]) -> Upload:
        upload = ods(tables)
        with zipfile.ZipFile(upload.path, "a") as book:
            for name, data in parts.items():
                book.writestr(name, data)
        return upload

    return add


DRAWN = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="svg" xmlns:xlink="xlink"'
CHART = f"""<office:document-content {SPACES} xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0">
<office:body><office:chart><chart:chart chart:class="chart:bar"><chart:title><text:p>各季度销售额</text:p></chart:title>
<chart:plot-area><chart:axis><chart:title><text:p>季度</text:p></chart:title></chart:axis>
<chart:series chart:values-cell-range-address="S.$B$2:S.$B$3" chart:class="chart:bar"/></chart:plot-area>
<table:table table:name="local-table"><table:table-header-rows><table:table-row><table:table-cell/>
<table:table-cell><text:p>华东</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-rows><table:table-row><table:table-cell><text:p>一季度</text:p></table:table-cell>
<table:table-cell><text:p>1200</text:p></table:table-cell></table:table-row><table:table-row>
<table:table-cell><text:p>二季度</text:p></table:table-cell><table:table-cell><text:p>1350</text:p></table:table-cell>
</table:table-row></table:table-rows></table:table></chart:chart></office:chart></office:body></office:document-content>"""


def frame(inside: str, **attributes: str) -> str:
    told = " ".join(f'{name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<draw:frame {DRAWN} {told}>{inside}</draw:frame>"


def test_pictures_and_charts_stand_over_their_cells(with_parts):
    image = frame('<draw:image xlink:href="Pictures/a.png"/><svg:desc>The new plant</svg:desc>', svg__height="1in")
    chart = frame('<draw:object xlink:href="./Object 1"/><draw:image xlink:href="x"/>', table__end_cell_address="S.E9")
    shown = '<table:table-cell office:value-type="string"><text:p>Plant</text:p>' + image + "</table:table-cell>"
    upload = with_parts(
        table(
            row(cell("a"), cell("b"))
            + row(cell("x"), shown)
            + row("<table:table-cell/>" + "<table:table-cell>" + chart + "</table:table-cell>")
        ),
        {"Pictures/a.png": b"\x89PNG...", "Object 1/content.xml": CHART.encode()},
    )
    (leaf,) = read_workbook(upload).leaves
    (figure,) = [block for block in leaf.blocks if isinstance(block, Figure)]
    assert (figure.place, joined(figure.caption)) == (Cells("S", "B2:B7"), "The new plant")
    (told,) = [block for block in leaf.blocks if isinstance(block, Span) and block.kind == "caption"]
    assert told.place == Cells("S", "B3:E9")
    assert told.text.splitlines() == [
        "图表（柱形图）：各季度销售额",
        "坐标轴：季度",
        "华东 (S!$B$2:$B$3): 一季度 1200, 二季度 1350",
    ]
    with open_workbook(upload.path, "x.ods") as book:
        assert [one.load() for one in book.sheets[0].drawings() if one.load] == [b"\x89PNG..."]


def test_a_picture_that_is_not_there_costs_nothing_else(with_parts):
    shown = "<table:table-cell>" + frame('<draw:image xlink:href="Pictures/gone.png"/>') + "</table:table-cell>"
    (leaf,) = read_workbook(with_parts(table(row(cell("a"), cell("b"), shown)), {})).leaves
    assert [type(block).__name__ for block in leaf.blocks if isinstance(block, Figure)] == []


def table(rows: str, name: str = "S", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(*cells: str, **attributes: str) -> str:
    told = " ".join(f'table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row {told}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", kind: str = "string", **attributes: str) -> str:
    told = " ".join(f'{name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in attributes.items())
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="{kind}" {told}>{shown}</table:table-cell>'


def number(text: str, value: str, kind: str = "float", **attributes: str) -> str:
    return cell(text, kind, office__value=value, **attributes)


def cells(upload):
    with opened_cells(upload) as sheets:
        return [({one.name: one for one in sheet.cells}, sheet) for sheet in sheets]


def test_cells_of_every_kind(ods):
    upload = ods(
        table(
            row(
                cell("收入"),
                number("1,234.50 €", "1234.5", "currency"),
                number("12.5%", "0.125", "percentage"),
                cell("2023年12月31日", "date", office__date_value="2023-12-31"),
                cell("36:00", "time", office__time_value="PT36H00M00S"),
                cell("TRUE", "boolean", office__boolean_value="true"),
                number("3", "3", table__formula="of:=SUM([.B1:.B1];[Other.C2])"),
                cell("#DIV/0!", table__formula="of:=1/0"),
            )
        )
    )
    assert kind_of(upload) == "workbook"
    ((found, _),) = cells(upload)
    assert {name: (one.text, one.value) for name, one in found.items()} == {
        "A1": ("收入", "收入"),
        "B1": ("1,234.50 €", 1234.5),
        "C1": ("12.5%", 0.125),
        "D1": ("2023年12月31日", "2023-12-31"),
        "E1": ("36:00", "1900-01-01T12:00:00"),
        "F1": ("TRUE", True),
        "G1": ("3", 3),
        "H1": ("#DIV/0!", "#DIV/0!"),
    }
    assert found["G1"].formula == "=SUM(B1:B1,Other!C2)"


def test_repeated_cells_and_rows_stand_in_every_place(ods):
    empty = "<table:table-cell table:number-columns-repeated='16380'/>"
    upload = ods(
        table(
            row(number("1", "1", table__number_columns_repeated="3"), empty, number_rows_repeated="2")
            + row(empty, number_rows_repeated="1000000")
            + row(cell("last"))
        )
    )
    ((found, _),) = cells(upload)
    assert list(found) == ["A1", "B1", "C1", "A2", "B2", "C2", "A1000003"]


def test_fill_that_is_repeated_without_end_is_cut(ods, monkeypatch):
    monkeypatch.setattr("rag.reading.sheets.sheet_watch.MOST_CELLS", 20_000)
    upload = ods(table(row(number("1", "1", table__number_columns_repeated="16384"), number_rows_repeated="1048576")))
    (leaf,) = read_workbook(upload).leaves
    assert [note.code for note in leaf.notes] == ["SheetCut"]


def test_hidden_tables_rows_and_columns_are_known(ods):
    upload = ods(
        table(
            "<table:table-column/><table:table-column table:visibility='collapse'/>"
            + row(cell("a"), cell("b"))
            + row(cell("c"), visibility="collapse")
            + row(cell("d"), visibility="filter")
        )
        + table(row(cell("x")), "T", "ta2")
    )
    (first, sheet), (_, other) = cells(upload)
    assert {name: one.hidden for name, one in first.items()} == {"A1": False, "B1": True, "A2": True, "A3": True}
    assert [note.code for note in sheet.notes] == ["FilteredRows", "HiddenRows", "HiddenColumns"]
    assert (sheet.hidden, other.hidden) == (False, True)


def test_merged_areas_links_and_remarks(ods):
    note = "<office:annotation><dc:creator>Ann</dc:creator><text:p>check</text:p></office:annotation>"
    upload = ods(
        table(
            row(cell("Item"), cell("2025", table__number_columns_spanned="2"), "<table:covered-table-cell/>")
            + row(f"<table:table-cell office:value-type='string'>{note}<text:p>see <text:a xlink:href='https://x.example'>"
                  "here</text:a></text:p></table:table-cell>", number("1", "1"), number("2", "2"))
        )
    )  # fmt: skip
    (leaf,) = read_workbook(upload).leaves
    assert [one.place.area for one in leaf.blocks[0].head.header[0]] == ["A1", "B1:C1"]
    with open_workbook(upload.path, upload.name) as book:
        (sheet,) = book.sheets
        assert [[one.text for one in row] for row in sheet.rows()][1] == ["see here", "1", "2"]
        assert sheet.facts.links == [((2, 1, 2, 1), "https://x.example")]
        assert sheet.remarks() == [("A2", "check", "Ann")]


def test_the_viewer_sees_the_cells(ods):
    seen = window(ods(table(row(cell("Item"), number("1.50", "1.5")))).path, "S", "B1", name="book.ods")
    assert [(one.text, one.value) for one in seen.cells[0]] == [("Item", "Item"), ("1.50", "1.5")]


def test_a_table_that_is_broken_costs_only_itself(ods):
    first, second = read_workbook(ods(table(row(cell("a&b"))) + table(row(cell("c")), "T"))).leaves
    assert [note.code for note in first.notes] == ["SheetFailed"]
    assert [block.text for block in second.blocks] == ["c"]


def test_content_that_breaks_off_is_damaged(ods):
    upload = ods(table(row(cell("a"))))
    with zipfile.ZipFile(upload.path) as book:
        content = book.read("content.xml")
    with zipfile.ZipFile(upload.path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content[: content.index(b"</table:table>")])
    with pytest.raises(DamagedFile):
        read_workbook(upload)


def test_lists_to_choose_from_and_names_are_kept(ods):
    rule = '<table:content-validation table:name="{}" table:condition="of:cell-content-is-in-list({})"/>'
    offers = (
        '<table:table-row><table:table-cell/><table:table-cell table:content-validation-name="{}"/></table:table-row>'
    )
    upload = ods(
        "<table:content-validations>"
        + rule.format("v1", "&quot;是&quot;;&quot;否&quot;")
        + rule.format("v2", "[.$D$1:.$D$9]")
        + '</table:content-validations><table:table table:name="S">'
        + "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
        + offers.format("v1")
        + offers.format("v1")
        + offers.format("v2")
        + "</table:table><table:named-expressions>"
        '<table:named-range table:name="率" table:cell-range-address="$S.$A$1:.$B$2"/></table:named-expressions>'
        '<table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0"'
        ' table:target-range-address="S.A1:S.B2"/></table:database-ranges>'
    )
    with opened_cells(upload) as sheets:
        (sheet,) = sheets
        list(sheet.cells)
    assert [(field.name, field.value) for field in sheet.extras.fields] == [("B2:B3", "是,否"), ("B4", "$D$1:$D$9")]
    assert sheet.extras.names == (DefinedName("率", "S!$A$1:$B$2"),)


@pytest.mark.parametrize(
    ("stored", "formula"),
    [
        ("of:=SUM([.A1:.A3];2)", "=SUM(A1:A3,2)"),
        ("of:=[$'a;b'.$A$1]&\";\"", "='a;b'!$A$1&\";\""),
        ("of:={1;2|3;4}", "={1,2;3,4}"),
        ("msoxl:=IF(A1>0,1,2)", "=IF(A1>0,1,2)"),
    ],
)
def test_formulas_have_the_signs_of_excel(stored, formula):
    assert formula_of(stored) == formula
