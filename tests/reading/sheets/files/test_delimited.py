"""Tables of plain text are read whatever their characters are written in and whatever parts their columns."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import DamagedFile, UnknownKind
from rag.reading import kind_of, read
from rag.reading.sheets.sheet_cells import opened_cells
from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import Table, Upload

CHINESE = "项目,金额\n营业收入,1200\n营业成本,-700\n销售费用及管理费用,35.5\n"
OLD_CHINESE = "項目,金額\n營業收入,1200\n營業成本,-700\n銷售費用及管理費用,35.5\n"


@pytest.fixture
def text(tmp_path):
    def make(content: str | bytes, encoding: str = "utf-8", name: str = "销售.csv") -> Upload:
        path = tmp_path / "upload"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return Upload(name, path)

    return make


def grid(upload):
    with opened_cells(upload) as sheets:
        (sheet,) = sheets
        return {cell.name: cell.text for cell in sheet.cells}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_chinese_is_read_in_every_encoding(text, encoding):
    upload = text(CHINESE, encoding)
    assert kind_of(upload) == "workbook"
    (leaf,) = read(upload).leaves
    (table,) = leaf.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.head.header[0]] == ["项目", "金额"]
    assert [(row[0].text, row[1].value) for row in table.rows][1:] == [
        ("营业成本", -700.0),
        ("销售费用及管理费用", 35.5),
    ]
    assert table.rows[0][1].place.label == "销售!B2"


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "utf-16", "utf-16-le"])
def test_traditional_chinese_is_read_in_its_encodings(text, encoding):
    assert grid(text(OLD_CHINESE, encoding))["A4"] == "銷售費用及管理費用"


def test_words_of_western_europe(text):
    assert grid(text("Größe;Café\nMünchen;3\nGöteborg;4\n", "cp1252"))["A2"] == "München"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_what_parts_the_columns_is_found(text, delimiter):
    rows = [["Item", "Note"], ["Tea", "a, b; c"], ["Milk", "d, e"]]
    lines = "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows)
    assert grid(text(lines)) == {"A1": "Item", "B1": "Note", "A2": "Tea", "B2": "a, b; c", "A3": "Milk", "B3": "d, e"}


def test_a_first_line_may_say_what_parts_the_columns(text):
    assert grid(text("sep=;\na;b,c\n")) == {"A2": "a", "B2": "b,c"}


def test_a_field_may_have_several_lines(text):
    assert grid(text('a,"one\r\ntwo",c\r\nd,e,f\r\n')) == {
        "A1": "a", "B1": "one\ntwo", "C1": "c", "A2": "d", "B2": "e", "C2": "f",
    }  # fmt: skip


def test_a_quotation_mark_that_nothing_closes_does_not_swallow_the_rest(text):
    lines = ["Item,Size\n", 'Screen,"27\n', *(f"Item {at},{at}\n" for at in range(300))]
    found = grid(text("".join(lines)))
    assert (found["B2"], found["A302"]) == ('"27', "Item 299")


def test_codes_stay_codes_and_numbers_are_numbers(text):
    with opened_cells(text('code,n,share\n000001,"1,234.50",12.5%\n-,-,-\n')) as sheets:
        (sheet,) = sheets
        values = {cell.name: cell.value for cell in sheet.cells}
    assert (values["A2"], values["B2"], values["C2"], values["A3"]) == ("000001", 1234.5, 0.125, "-")


def test_a_table_of_text_named_as_a_workbook_is_read(text):
    assert grid(text("a\tb\n1\t2\n", name="export.xls")) == {"A1": "a", "B1": "b", "A2": "1", "B2": "2"}


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 16, b"<html><table></table></html>", b"{\\rtf1 x}"],
)
def test_what_is_no_table_of_text_is_refused(text, content):
    with pytest.raises(UnknownKind):
        kind_of(text(content))


def test_nothing_but_empty_lines_is_damaged(text):
    with pytest.raises(DamagedFile):
        kind_of(text(b"\r\n \r\n"))


def test_a_line_of_very_many_fields_ends_with_the_last_column(text):
    assert len(grid(text("x," * 20_000))) == 16_384


def test_a_field_that_is_far_too_long_ends_the_reading_with_a_note(text):
    content = "a,b\n1,2\n" + ("c," + "d" * 2000 + "\n") * 600 + '"' + "x" * (2 << 20) + '"\n'
    (leaf,) = read_workbook(text(content)).leaves
    assert [note.code for note in leaf.notes] == ["SheetFailed"]


@given(st.binary(min_size=1, max_size=300))
def test_no_bytes_are_too_strange(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "strange.csv"
    path.write_bytes(b"a," + content)
    with suppress(UnknownKind), opened_cells(Upload("strange.csv", path)) as sheets:
        for sheet in sheets:
            for cell in sheet.cells:
                cell.text.encode()
