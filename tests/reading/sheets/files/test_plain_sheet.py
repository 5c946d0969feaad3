"""A sheet is read the same however its XML is written, and as far as it is whole."""

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.sheets.files.xlsx import plain_sheet
from rag.reading.sheets.workbooks import open_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def shown(path):
    with open_workbook(path, path.name) as book:
        return [(cell.row, cell.column, cell.text) for row in book.sheets[0].rows() for cell in row]


ROWS = [
    '<row r="2"/>',
    '<row r="3"><c r="A3"><v>3</v></c></row>',
    '<row><c><v>4</v></c><c t="inlineStr"><is><t>&lt;row &gt; x</t></is></c></row>',
    '<row r="9" hidden="1"><c r="C9" t="str"><v>中文</v></c></row>',
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(ROWS), max_size=12), st.integers(40, 400))
def test_rows_are_the_same_in_blocks_of_any_size_and_under_a_prefix(rows, size):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        plain, prefixed = Path(folder) / "plain.xlsx", Path(folder) / "prefixed.xlsx"
        body = "".join(rows)
        written(plain, f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>')
        wide = f'<worksheet xmlns="{MAIN}"><!-- any --><sheetData>{body}</sheetData></worksheet>'
        written(prefixed, wide)
        expected = shown(prefixed)
        patch.setattr(plain_sheet, "_BLOCK", max(size, 120))
        patch.setattr(plain_sheet, "_PIECE", 7)
        assert shown(plain) == expected


def written(path, sheet):
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets>'
            "</workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{relation}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr("xl/worksheets/sheet1.xml", sheet)


def test_what_stands_before_a_break_is_read(tmp_path):
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 200))
    written(tmp_path / "broken.xlsx", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}<row r="200"><c r="A2')
    found = []
    with open_workbook(tmp_path / "broken.xlsx", "broken.xlsx") as book, pytest.raises((EOFError, SyntaxError)):
        found.extend(row[0].row for row in book.sheets[0].rows())
    assert found == list(range(1, 200))
