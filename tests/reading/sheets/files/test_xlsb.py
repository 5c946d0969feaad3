"""Binary workbooks show what the records of their parts say."""

import struct
import zipfile

import pytest

from rag.errors import DamagedFile, UnknownKind
from rag.reading import kind_of
from rag.reading.sheets.sheet_cells import opened_cells
from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import DefinedName, Upload

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    return head + (bytes([length]) if length < 0x80 else bytes([length & 0x7F | 0x80, length >> 7])) + body


def words(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 * hidden, 0))


def cell(kind: int, column: int, body: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column, style) + body)


def relations(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


@pytest.fixture
def xlsb(tmp_path):
    """Makes a workbook of one sheet ``S`` with the given records."""

    def make(records: bytes, state: int = 0, book_records: bytes = b"") -> Upload:
        styles = record(44, struct.pack("<H", 200) + words("#,##0.00"))
        styles += record(617) + record(47, bytes(16)) + record(47, struct.pack("<HH12x", 0, 200)) + record(618)
        path = tmp_path / "book.xlsb"
        with zipfile.ZipFile(path, "w") as book:
            book.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.bin")))
            book.writestr(
                "xl/_rels/workbook.bin.rels",
                relations(("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "s.bin")),
            )
            book.writestr(
                "xl/workbook.bin", record(156, struct.pack("<II", state, 1) + words("r0") + words("S")) + book_records
            )
            book.writestr("xl/styles.bin", styles)
            book.writestr("xl/s.bin", record(19, b"\0" + words("销售")))
            book.writestr("xl/worksheets/sheet1.bin", records)
        return Upload("book.xlsb", path)

    return make


def cells(upload):
    with opened_cells(upload) as sheets:
        (sheet,) = sheets
        return {found.name: found for found in sheet.cells}, sheet.notes


def test_cells_of_every_kind(xlsb):
    upload = xlsb(
        row(0)
        + cell(7, 0, struct.pack("<I", 0))
        + cell(5, 1, struct.pack("<d", 1234.5), 1)
        + cell(2, 2, struct.pack("<I", 5 << 2 | 2))
        + cell(4, 3, b"\1")
        + cell(3, 4, b"\x2a")
        + cell(6, 5, words("own"))
        + row(1)
        + cell(9, 0, struct.pack("<d", 2.0) + bytes(8))
        + cell(8, 1, words("result") + bytes(8))
        + cell(62, 2, b"\0" + words("rich"))
        + cell(1, 3, b"")
    )
    assert kind_of(upload) == "workbook"
    found, _ = cells(upload)
    assert {name: (one.text, one.value) for name, one in found.items()} == {
        "A1": ("销售", "销售"),
        "B1": ("1,234.50", 1234.5),
        "C1": ("5", 5),
        "D1": ("TRUE", True),
        "E1": ("#N/A", "#N/A"),
        "F1": ("own", "own"),
        "A2": ("2", 2),
        "B2": ("result", "result"),
        "C2": ("rich", "rich"),
    }


def test_formulas_are_written_out(xlsb):
    def formula(column, code, behind=b""):
        told = struct.pack("<dHI", 6.0, 0, len(code)) + code + struct.pack("<I", len(behind)) + behind
        return cell(9, column, told)

    def ref(row, column, moves=0xC000, token=0x44):
        return struct.pack("<BIH", token, row, column | moves)

    shared = ref(0xFFFFF, 0xFF, 0xC000 | 0x3F00, 0x4C) + b"\x14"
    name = struct.pack("<IBI", 0, 0, 0xFFFFFFFF) + words("rate") + struct.pack("<I", 7) + ref(0, 0, 0)
    book = record(357) + record(362, struct.pack("<IIii", 1, 0, 0, 0)) + record(39, name)
    upload = xlsb(
        row(0)
        + formula(0, struct.pack("<BIIHH", 0x25, 0, 2, 0xC000, 0xC000) + b"\x19\x10\0\0")
        + formula(1, ref(0, 0) + b"\x1e\5\0\x0d\x17\1\0a\0\x17\0\0\x22\3\1\0")
        + formula(2, b"\x5a\0\0" + struct.pack("<IH", 4, 1) + b"\x43\1\0\0\0\5")
        + row(3)
        + formula(1, struct.pack("<BI", 1, 3), struct.pack("<I", 1))
        + record(427, struct.pack("<4II", 3, 4, 1, 1, len(shared)) + shared)
        + row(4)
        + formula(1, struct.pack("<BI", 1, 3), struct.pack("<I", 1)),
        book_records=book,
    )
    found, _ = cells(upload)
    assert {name: one.formula for name, one in found.items()} == {
        "A1": "=SUM(A1:A3)",
        "B1": '=IF(A1>5,"a","")',
        "C1": "=S!$B$5*rate",
        "B4": "=A3%",
        "B5": "=A4%",
    }
    assert read_workbook(upload).extras.names == (DefinedName("rate", "$A$1"),)


def test_what_is_hidden_is_known(xlsb):
    hidden_column = record(60, struct.pack("<4IH", 1, 1, 0, 0, 1))
    upload = xlsb(
        hidden_column + row(0) + cell(6, 0, words("a")) + cell(6, 1, words("b")) + row(1, True) + cell(6, 0, words("c"))
    )
    found, notes = cells(upload)
    assert {name: one.hidden for name, one in found.items()} == {"A1": False, "B1": True, "A2": True}
    assert [note.code for note in notes] == ["HiddenRows", "HiddenColumns"]


def test_merged_areas_are_places(xlsb):
    upload = xlsb(
        row(0) + cell(6, 0, words("Item")) + cell(6, 1, words("2025")) + row(1) + cell(6, 0, words("Tea"))
        + cell(5, 1, struct.pack("<d", 1)) + cell(5, 2, struct.pack("<d", 2))
        + record(176, struct.pack("<4I", 0, 0, 1, 2))
    )  # fmt: skip
    (leaf,) = read_workbook(upload).leaves
    assert [one.place.area for one in leaf.blocks[0].head.header[0]] == ["A1", "B1:C1"]


def test_a_sheet_that_breaks_off_is_said_to(xlsb):
    found, notes = cells(xlsb(row(0) + cell(6, 0, words("kept")) + b"\5\x7fshort"))
    assert list(found) == ["A1"]
    assert [note.code for note in notes] == ["SheetFailed"]


def test_a_workbook_without_its_main_part_is_refused(xlsb):
    upload = xlsb(row(0))
    with zipfile.ZipFile(upload.path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(upload.path, "w") as book:
        for name, body in parts.items():
            book.writestr(name, b"\xff" * 20 if name == "xl/workbook.bin" else body)
    with pytest.raises((DamagedFile, UnknownKind)):
        read_workbook(upload)


def test_lists_remarks_and_defined_tables_are_kept(xlsb):
    none = struct.pack("<I", 0xFFFFFFFF)
    formula = bytes([0x17]) + struct.pack("<H", 3) + "是,否".encode("utf-16-le")
    rule = struct.pack("<II4I", 3, 1, 1, 4, 2, 2) + 4 * none + struct.pack("<I", len(formula)) + formula + bytes(12)
    upload = xlsb(row(0) + cell(5, 0, struct.pack("<d", 1)) + record(64, rule))
    remark = (
        record(632, words("王")) + record(635, struct.pack("<I4I16x", 0, 2, 2, 1, 1)) + record(637, b"\0" + words("?"))
    )
    table = record(660, struct.pack("<4I48x", 0, 8, 0, 3) + words("Table1") + words("销售"))
    with zipfile.ZipFile(upload.path, "a") as book:
        parts = relations(("comments", "../comments1.bin"), ("table", "../tables/table1.bin"))
        book.writestr("xl/worksheets/_rels/sheet1.bin.rels", parts)
        book.writestr("xl/comments1.bin", remark)
        book.writestr("xl/tables/table1.bin", table)
    with opened_cells(upload) as sheets:
        (sheet,) = sheets
        list(sheet.cells)
    extras = sheet.extras
    assert [(field.name, field.value) for field in extras.fields] == [("C2:C5", "是,否")]
    assert [(remark.area, remark.text, remark.author) for remark in extras.annotations] == [("B3", "?", "王")]
    assert extras.names == (DefinedName("销售", "S!A1:D9"),)
