"""Workbooks of old Excel show what the records of their bytes say."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import DamagedFile, LockedFile, RagError, UnknownKind
from rag.reading import kind_of
from rag.reading.sheets.files.compound import Compound
from rag.reading.sheets.files.xls.xls_rows import packed_number
from rag.reading.sheets.sheet_cells import opened_cells
from rag.reading.sheets.sheet_picture import picture
from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import Annotation, DefinedName, Figure, Link, Table, Upload

SECTOR = 512


def compound(name: str, data: bytes) -> bytes:
    """A compound file with one stream, long enough not to be among the short ones."""
    data = data.ljust(4096, b"\0")
    data += bytes(-len(data) % SECTOR)
    count = len(data) // SECTOR
    tables = (count + 2 + 127) // 128 + 1
    directory = tables + count
    numbers = [0xFFFFFFFD] * tables + [*range(tables + 1, directory), 0xFFFFFFFE, 0xFFFFFFFE]
    table = b"".join(struct.pack("<I", number) for number in numbers).ljust(tables * SECTOR, b"\xff")

    def entry(title: str, kind: int, start: int, size: int) -> bytes:
        label = title.encode("utf-16-le")
        head = label.ljust(64, b"\0") + struct.pack("<HBB3I", len(label) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1)
        return head.ljust(116, b"\0") + struct.pack("<III", start, size, 0)

    entries = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry(name, 2, tables, len(data))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack(
        "<IIIIIIII", tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += b"".join(struct.pack("<I", number) for number in range(tables))
    return header.ljust(SECTOR, b"\xff") + table + data + entries.ljust(SECTOR, b"\0")


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def words(text: str, size: str = "<H") -> bytes:
    return struct.pack(size, len(text)) + b"\1" + text.encode("utf-16-le", "surrogatepass")


def label(row: int, column: int, text: str) -> bytes:
    return record(0x204, struct.pack("<3H", row, column, 0) + words(text))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<3Hd", row, column, style, value))


@pytest.fixture
def xls(tmp_path):
    """Makes a workbook of sheets that are names, states and records; style *n* has the *n*-th of *formats*."""

    def make(*sheets, formats=("General",), before=b"", version=0x600):
        book = record(0x809, struct.pack("<HH12x", version, 5)) + before
        for index, code in enumerate(formats):
            text = words(code) if version == 0x600 else bytes([len(code)]) + code.encode()
            book += record(0x41E, struct.pack("<H", 200 + index) + text)
        for index in range(len(formats)):
            book += record(0xE0, struct.pack("<HH16x", 0, 200 + index))
        titles = [
            words(name, "<B") if version == 0x600 else bytes([len(name)]) + name.encode() for name, _, _ in sheets
        ]
        at = len(book) + sum(4 + 6 + len(title) for title in titles) + 4
        bodies = b""
        for title, (_, state, records) in zip(titles, sheets, strict=True):
            book += record(0x85, struct.pack("<IBB", at + len(bodies), state, 0) + title)
            bodies += record(0x809, struct.pack("<HH12x", version, 0x10)) + records + record(0x0A)
        path = tmp_path / "old.xls"
        path.write_bytes(compound("Workbook" if version == 0x600 else "Book", book + record(0x0A) + bodies))
        return Upload("old.xls", path)

    return make


def cells(upload):
    with opened_cells(upload) as sheets:
        return [{cell.name: cell for cell in sheet.cells} for sheet in sheets]


def test_numbers_are_shown_by_their_formats(xls):
    (found,) = cells(
        xls(
            ("S", 0, number(0, 0, 1234.5, 1) + number(0, 1, 0.125, 2) + number(0, 2, 45291, 3)),
            formats=("General", "#,##0.00", "0.0%", 'yyyy"年"m"月"d"日"'),
        )
    )
    assert [cell.text for cell in found.values()] == ["1,234.50", "12.5%", "2023年12月31日"]
    assert [cell.value for cell in found.values()] == [1234.5, 0.125, "2023-12-31"]


def test_a_sheet_becomes_a_table_with_places(xls):
    rows = label(0, 0, "项目") + label(0, 1, "金额") + label(1, 0, "收入") + number(1, 1, 5)
    upload = xls(("利润表", 0, rows))
    assert kind_of(upload) == "workbook"
    (leaf,) = read_workbook(upload).leaves
    (table,) = leaf.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.head.header[0]] == ["项目", "金额"]
    assert table.rows[0][1].place.label == "利润表!B2"


def test_results_of_formulas_of_every_kind(xls):
    def formula(column, result):
        return record(0x06, struct.pack("<3H", 0, column, 0) + result + struct.pack("<HIH", 0, 0, 0))

    rows = (
        formula(0, struct.pack("<d", 2.5))
        + formula(1, b"\0" * 6 + b"\xff\xff")
        + record(0x207, words("words"))
        + formula(2, b"\1\0\1\0\0\0\xff\xff")
        + formula(3, b"\2\0\x07\0\0\0\xff\xff")
        + formula(4, b"\3\0\0\0\0\0\xff\xff")
    )
    (found,) = cells(xls(("S", 0, rows)))
    assert {name: (cell.text, cell.value) for name, cell in found.items()} == {
        "A1": ("2.5", 2.5),
        "B1": ("words", "words"),
        "C1": ("TRUE", True),
        "D1": ("#DIV/0!", "#DIV/0!"),
    }


def test_formulas_are_written_out(xls):
    def formula(row, column, code):
        head = struct.pack("<3HdHIH", row, column, 0, 6.0, 0, 0, len(code))
        return record(0x06, head + code)

    def ref(row, column, moves=0xC000, token=0x44):
        return struct.pack("<BHH", token, row, column | moves)

    total = struct.pack("<BHHHH", 0x25, 0, 2, 0xC000, 0xC000) + b"\x19\x10\0\0"
    choice = ref(0, 0) + b"\x1e\x05\0\x0d\x17\1\0a\x17\0\0" + b"\x22\x03\1\0"
    other = struct.pack("<BHHH", 0x5A, 0, 4, 1) + struct.pack("<Bd", 0x1F, 2.5) + b"\x05\x15"
    shared = struct.pack("<BHH", 0x4C, 0xFFFF, 0xC0FF) + b"\x14"
    rows = (
        formula(0, 1, total)
        + formula(1, 1, choice)
        + formula(2, 1, other)
        + formula(3, 1, struct.pack("<BHH", 1, 3, 1))
        + record(0x4BC, struct.pack("<HHBBBBH", 3, 4, 1, 1, 0, 2, len(shared)) + shared)
        + formula(4, 1, struct.pack("<BHH", 1, 3, 1))
        + formula(5, 1, b"\x43\1\0\0\0" + b"\x41\x0f\0")
        + formula(6, 1, b"\x60" + bytes(7))
    )
    name = struct.pack("<HBBHHH4x", 0, 0, 4, 5, 0, 0) + b"\0rate" + ref(0, 0, 0)
    book = record(0x1AE, b"\1\0\1\4") + record(0x17, struct.pack("<HHhh", 1, 0, 0, 0)) + record(0x18, name)
    upload = xls(("My sheet", 0, rows), before=book)
    (found,) = cells(upload)
    assert [cell.formula for cell in found.values()] == [
        "=SUM(A1:A3)",
        '=IF(A1>5,"a","")',
        "=('My sheet'!$B$5*2.5)",
        "=A3%",
        "=A4%",
        "=SIN(rate)",
        "",
    ]
    assert read_workbook(upload).extras.names == (DefinedName("rate", "$A$1"),)


@pytest.mark.parametrize(
    ("packed", "value"),
    [(0x3FF00000, 1.0), (0x3FF00001, 0.01), (10 << 2 | 2, 10), (0xFFFFFFFE, -1), (1235 << 2 | 3, 12.35)],
)
def test_numbers_in_four_bytes(packed, value):
    assert packed_number(struct.pack("<I", packed), 0) == value


def test_shared_strings_go_on_in_the_next_record(xls):
    long = "汉字" * 10
    first = struct.pack("<II", 2, 2) + struct.pack("<HB", 5, 0) + b"plain" + words(long)[:13]
    rest = b"\1" + long.encode("utf-16-le")[10:]
    shared = record(0xFC, first) + record(0x3C, rest)
    rows = record(0xFD, struct.pack("<3HI", 0, 0, 0, 1)) + record(0xFD, struct.pack("<3HI", 1, 0, 0, 0))
    (found,) = cells(xls(("S", 0, rows), before=shared))
    assert [cell.text for cell in found.values()] == [long, "plain"]


def test_half_a_pair_of_surrogates_is_no_character(xls):
    (found,) = cells(xls(("S", 0, label(0, 0, "a\ud800b"))))
    assert found["A1"].text == "a\ufffdb"
    found["A1"].text.encode()


def test_hidden_sheets_rows_and_columns_are_known(xls):
    rows = (
        record(0x7D, struct.pack("<6H", 1, 1, 0, 0, 1, 0))
        + record(0x208, struct.pack("<6HI", 1, 0, 2, 0, 0, 0, 0x20))
        + label(0, 0, "seen")
        + label(0, 1, "column")
        + label(1, 0, "row")
    )
    upload = xls(("S", 0, rows), ("T", 2, label(0, 0, "x")))
    first, _ = cells(upload)
    assert {name: cell.hidden for name, cell in first.items()} == {"A1": False, "B1": True, "A2": True}
    leaves = list(read_workbook(upload).leaves)
    assert [(note.code, *list(note.details.values())[1:]) for leaf in leaves for note in leaf.notes] == [
        ("HiddenRows", "2"),
        ("HiddenColumns", "B"),
        ("HiddenSheet",),
    ]
    assert [block.text for leaf in leaves for block in leaf.blocks] == ["seen"]


def test_remarks_and_links_are_kept(xls):
    address = "https://x.example\0".encode("utf-16-le")
    rows = (
        label(0, 0, "x")
        + record(0x5D, struct.pack("<4H", 0x15, 0x12, 0x19, 7) + bytes(14))
        + record(0x1B6, struct.pack("<6H", 0, 0, 0, 0, 0, 5) + bytes(6))
        + record(0x3C, b"\0check")
        + record(0x1C, struct.pack("<4H", 0, 0, 0, 7) + words("Ann"))
        + record(
            0x1B8,
            struct.pack("<4H16xII", 0, 0, 0, 0, 2, 3)
            + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
            + struct.pack("<I", len(address))
            + address,
        )
    )
    extras = read_workbook(xls(("S", 0, rows))).extras
    assert extras.annotations == (Annotation("comment", "check", "Ann", 1, "A1"),)
    assert extras.links == (Link("https://x.example", 1, "A1"),)


def test_days_may_count_from_1904(xls):
    upload = xls(("S", 0, number(0, 0, 0, 0)), formats=("yyyy-mm-dd",), before=record(0x22, b"\1\0"))
    assert cells(upload)[0]["A1"].text == "1904-01-01"


def test_a_workbook_of_excel_95_keeps_its_code_page(xls):
    text = "收入".encode("gbk")
    rows = record(0x204, struct.pack("<4H", 0, 0, 0, len(text)) + text)
    (found,) = cells(xls(("S", 0, rows), before=record(0x42, struct.pack("<H", 936)), version=0x500))
    assert found["A1"].text == "收入"


def test_a_workbook_under_a_password_is_locked(xls):
    with pytest.raises(LockedFile):
        read_workbook(xls(("S", 0, label(0, 0, "x")), before=record(0x2F, bytes(6))))


def test_a_compound_file_without_a_workbook_is_none(tmp_path):
    path = tmp_path / "letter.doc"
    path.write_bytes(compound("WordDocument", b"x"))
    with pytest.raises(UnknownKind):
        kind_of(Upload("letter.doc", path))


def test_a_chain_of_sectors_that_runs_in_a_circle_ends():
    data = bytearray(compound("Workbook", b"x" * 5000))
    struct.pack_into("<I", data, SECTOR + 4 * 3, 2)
    assert len(Compound(bytes(data)).stream("Workbook")) <= 5120


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(0, 255)), min_size=1, max_size=12), st.booleans())
def test_no_bytes_are_too_strange(tmp_path_factory, changes, cut):
    rows = label(0, 0, "a") + number(0, 1, 5) + record(0xBD, struct.pack("<HH", 1, 0) + bytes(12) + b"\1\0")
    book = record(0x809, struct.pack("<HH12x", 0x600, 5)) + record(0xE0, bytes(20))
    book += record(0x85, struct.pack("<IBB", len(book) + 4 + 6 + 4 + 4, 0, 0) + words("S", "<B")) + record(0x0A)
    data = bytearray(
        compound("Workbook", book + record(0x809, struct.pack("<HH12x", 0x600, 0x10)) + rows + record(0x0A))
    )
    for at, byte in changes:
        data[at % len(data)] = byte
    path = tmp_path_factory.getbasetemp() / "strange.xls"
    path.write_bytes(data[: len(data) - 700 * cut])
    with suppress(RagError):
        list(read_workbook(Upload("strange.xls", path)).leaves)


def test_a_sheet_that_breaks_off_is_said_to(xls):
    (leaf,) = read_workbook(xls(("S", 0, label(0, 0, "kept") + struct.pack("<HH", 0x9999, 0xFFFF)))).leaves
    assert [note.code for note in leaf.notes] == ["SheetFailed"]
    assert [block.text for block in leaf.blocks] == ["kept"]


def test_a_file_that_is_only_the_head_of_one_is_damaged(xls):
    upload = xls(("S", 0, label(0, 0, "x")))
    data = upload.path.read_bytes()
    upload.path.write_bytes(data[:600] + data[-512:])
    with pytest.raises((DamagedFile, UnknownKind)):
        read_workbook(upload)


# ── Pictures and charts ──


def art(kind, body, head=0):
    return struct.pack("<HHI", head, kind, len(body)) + body


def shape(what, top, left, bottom, right, picture=0):
    """A shape over some cells, counted from 0, and the object it is."""
    anchor = art(0xF010, struct.pack("<9H", 0, left, 0, top, 0, right, 0, bottom, 0))
    shown = art(0xF00B, struct.pack("<HI", 0x4104, picture), head=1 << 4 | 3) if picture else b""
    drawn = art(0xF004, shown + anchor, head=0xF)
    return record(0xEC, drawn) + record(0x5D, struct.pack("<HHHH", 0x15, 0x12, what, 1))


def drawn_cells(what, top, bottom, column):
    """What a series takes from cells of the sheet it stands on: its labels (2), or its values (1)."""
    code = struct.pack("<BHHHHH", 0x3B, 0, top, bottom, column, column)
    return record(0x1051, struct.pack("<BBHHH", what, 2, 0, 0, len(code)) + code)


def chart_words(text):
    return record(0x100D, struct.pack("<HB", 0, len(text)) + b"\1" + text.encode("utf-16-le"))


SHARED_SHEETS = record(0x1AE, struct.pack("<HH", 1, 0x401)) + record(0x17, struct.pack("<HHHH", 1, 0, 0, 0))


def test_a_chart_of_old_excel_is_told_by_the_cells_it_draws(xls):
    chart = b"".join(
        [
            record(0x809, struct.pack("<HH12x", 0x600, 0x20)),
            record(0x1003, bytes(12)),
            record(0x1051, struct.pack("<BBHHH", 0, 1, 0, 0, 0)),
            chart_words("销量"),
            drawn_cells(1, 1, 2, 1),
            drawn_cells(2, 1, 2, 0),
            record(0x1018, bytes(2)),
            *(record(0x1025, bytes(32)), chart_words("各季度销量"), record(0x1027, struct.pack("<3H", 1, 0, 0))),
            *(record(0x1025, bytes(32)), chart_words("季度"), record(0x1027, struct.pack("<3H", 3, 0, 0))),
            record(0x0A),
        ]
    )
    cells = [label(0, 0, "季度"), label(0, 1, "销量"), *(label(at, 0, f"Q{at}") for at in (1, 2))]
    cells += [number(1, 1, 3), number(2, 1, 4.5)]
    path = xls(("S", 0, b"".join([*cells, shape(5, 4, 1, 9, 3), chart])), before=SHARED_SHEETS)
    (leaf,) = read_workbook(path).leaves
    table, told = leaf.blocks
    assert isinstance(table, Table)
    assert told.place.label == "S!B5:D10"
    assert told.text.split("\n") == ["图表（折线图）：各季度销量", "坐标轴：季度", "销量 (S!$B$2:$B$3): Q1 3, Q2 4.5"]


def test_a_picture_of_old_excel_is_a_figure_over_its_cells(xls):
    image = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 3, 2)
    stored = art(0xF007, bytes(36) + art(0xF01E, bytes(17) + image, head=0x6E0 << 4), head=2)
    group = record(0xEB, art(0xF000, art(0xF001, stored, head=0xF), head=0xF))
    upload = xls(("S", 0, label(0, 0, "a") + number(0, 1, 1) + shape(8, 1, 0, 3, 1, picture=1)), before=group)
    (leaf,) = read_workbook(upload).leaves
    assert isinstance(leaf.blocks[-1], Figure)
    assert leaf.blocks[-1].place.label == "S!A2:B4"
    found = picture(upload.path, 1, "A2:B4", "", name=upload.name)
    assert (found.png, found.width, found.height) == (image, 3, 2)


def test_lists_to_choose_from_are_kept(xls):
    formula = bytes([0x17, 6, 0]) + b"yes\0no"
    none, flags = words("\0"), struct.pack("<I", 3 | 1 << 7)
    rule = flags + 4 * none + struct.pack("<HH", len(formula), 0) + formula + bytes(4)
    rule += struct.pack("<H", 2) + struct.pack("<4H", 1, 4, 2, 2) + struct.pack("<4H", 9, 9, 0, 1)
    whole_number = struct.pack("<I", 1) + rule[4:]
    upload = xls(("S", 0, number(0, 0, 1) + record(0x1BE, rule) + record(0x1BE, whole_number)))
    with opened_cells(upload) as sheets:
        (sheet,) = sheets
        list(sheet.cells)
    assert [(field.name, field.value) for field in sheet.extras.fields] == [("C2:C5 A10:B10", "yes,no")]
