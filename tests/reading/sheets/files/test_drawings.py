"""Pictures over the cells of a sheet are figures, and charts are told in words, each where it stands."""

import re
import zlib
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from rag.errors import PageUndrawable
from rag.reading.sheets.sheet_picture import picture
from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import Cells, Figure, Span, Upload

_OFFICE = "http://schemas.openxmlformats.org"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_CHART = f"""<c:chartSpace xmlns:c="{_OFFICE}/drawingml/2006/chart" xmlns:a="{_OFFICE}/drawingml/2006/main"><c:chart>
<c:title><c:tx><c:rich><a:p><a:r><a:t>Sales by </a:t></a:r><a:r><a:t>quarter</a:t></a:r></a:p></c:rich></c:tx></c:title>
<c:plotArea><c:lineChart><c:ser>
<c:tx><c:strRef><c:f>S!$B$1</c:f><c:strCache><c:pt idx="0"><c:v>North</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:f>S!$A$2:$A$3</c:f><c:strCache><c:pt idx="0"><c:v>Q1</c:v></c:pt><c:pt idx="1"><c:v>Q2</c:v></c:pt>
</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>S!$B$2:$B$3</c:f><c:numCache><c:formatCode>#,##0.0</c:formatCode>
<c:pt idx="0"><c:v>1200</c:v></c:pt>
<c:pt idx="1"><c:v>1350.25</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:lineChart>
<c:catAx><c:title><c:tx><c:rich><a:p><a:r><a:t>Quarter</a:t></a:r></a:p></c:rich></c:tx></c:title></c:catAx>
</c:plotArea></c:chart></c:chartSpace>"""


def png(width=3, height=2):
    def chunk(kind, data):
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" + b"\x7f" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def relations(*targets):
    lines = [
        f'<Relationship Id="r{at}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    ]
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(lines)}</Relationships>'


def drawing(*anchors):
    names = f'xmlns:xdr="{_OFFICE}/drawingml/2006/spreadsheetDrawing" xmlns:a="{_OFFICE}/drawingml/2006/main"'
    return f'<xdr:wsDr {names} xmlns:r="{_RELATION}" xmlns:c="c">{"".join(anchors)}</xdr:wsDr>'


def anchor(what, corners="1,2,4,8", alternative=""):
    left, top, right, bottom = corners.split(",")
    ends = f"<xdr:to><xdr:col>{right}</xdr:col><xdr:row>{bottom}</xdr:row></xdr:to>"
    start = f"<xdr:from><xdr:col>{left}</xdr:col><xdr:row>{top}</xdr:row></xdr:from>"
    said = f'<xdr:cNvPr id="2" name="Picture 1" descr="{alternative}"/>'
    return f"<xdr:twoCellAnchor>{start}{ends}{said}{what}</xdr:twoCellAnchor>"


PICTURE = '<a:blip r:embed="r1"/>'
CHART = '<c:chart r:id="r2"/>'


@pytest.fixture
def drawn(tmp_path, workbook):
    """A workbook with these anchors over the cells of its first sheet; ``r1`` is a picture and ``r2`` a chart."""

    def make(*anchors, image=None, chart=_CHART, name="drawn.xlsx", **sheets):
        parts = {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("drawing", "../drawings/drawing1.xml")),
            "xl/drawings/drawing1.xml": drawing(*anchors),
            "xl/drawings/_rels/drawing1.xml.rels": relations(
                ("image", "../media/image1.png"), ("chart", "../charts/chart1.xml")
            ),
            "xl/media/image1.png": png() if image is None else image,
            "xl/charts/chart1.xml": chart,
        }
        given = sheets or {"S": [["Quarter", "North"], ["Q1", 1200], ["Q2", 1350.25]]}
        with ZipFile(workbook("plain.xlsx", **given)) as plain, ZipFile(tmp_path / name, "w", ZIP_DEFLATED) as book:
            for part in plain.namelist():
                book.writestr(part, plain.read(part))
            for part, data in parts.items():
                book.writestr(part, data)
        return tmp_path / name

    return make


def blocks(path, **wishes):
    return [block for leaf in read_workbook(Upload(path.name, path), **wishes).leaves for block in leaf.blocks]


def test_a_picture_is_a_figure_over_its_cells_with_its_caption(drawn):
    *_, found = blocks(drawn(anchor(PICTURE, alternative="Our  lamp")))
    assert isinstance(found, Figure)
    assert found.place == Cells("S", "B3:E9")
    assert [(span.text, span.kind, span.place) for span in found.caption] == [("Our lamp", "caption", found.place)]
    *_, found = blocks(drawn(anchor(PICTURE)))
    assert found == Figure((), Cells("S", "B3:E9"))


def test_a_chart_is_told_by_its_title_axes_and_series_as_they_are_shown(drawn):
    *_, found = blocks(drawn(anchor(CHART, alternative="It grows")))
    assert isinstance(found, Span)
    assert found.place == Cells("S", "B3:E9")
    assert found.text.split("\n") == [
        "Chart (line): Sales by quarter",
        "Axes: Quarter",
        "North (S!$B$2:$B$3): Q1 1,200.0, Q2 1,350.3",
        "It grows",
    ]


def uncached(chart=_CHART):
    return re.sub(r"<c:(str|num)Cache>.*?</c:\1Cache>", "", chart, flags=re.DOTALL)


def test_a_chart_that_keeps_no_copy_of_its_cells_is_told_by_them(drawn):
    *_, found = blocks(drawn(anchor(CHART), chart=uncached()))
    assert found.text.split("\n")[2] == "North (S!$B$2:$B$3): Q1 1200, Q2 1350.25"
    far = uncached().replace("S!$B$2:$B$3", "S!$B$2:$B$3,S!$B$5")  # several areas
    *_, found = blocks(drawn(anchor(CHART), chart=far))
    assert found.text.split("\n")[2] == "North (S!$B$2:$B$3,S!$B$5)"


def test_hidden_cells_are_no_part_of_a_chart(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "It's"
    for row in [["Quarter", "North", "South"], ["Q1", 1, 5], ["Q2", 2, 6], ["Q3", 3, 7], ["Q4", "=B2+B4", 8]]:
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=5), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=5))
    sheet.add_chart(chart, "E2")
    book.save(tmp_path / "hidden.xlsx")
    *_, found = blocks(tmp_path / "hidden.xlsx")
    assert found.text.split("\n")[1] == "North ('It''s'!$B$2:$B$5): Q1 1, Q3 3, Q4 4"
    assert "7" not in found.text


def test_a_chinese_chart_is_told_in_chinese(drawn):
    chart = _CHART.replace("Sales by ", "各季度").replace("quarter<", "销售额<").replace("North", "华北")
    *_, found = blocks(drawn(anchor(CHART), chart=chart.replace(">Quarter<", ">季度<")))
    assert found.text.startswith("图表（折线图）：各季度销售额\n坐标轴：季度\n华北 (S!$B$2:$B$3): ")


def test_an_anchor_of_one_cell_covers_what_its_size_covers(drawn):
    start = "<xdr:from><xdr:col>0</xdr:col><xdr:row>4</xdr:row></xdr:from>"
    one = f'<xdr:oneCellAnchor>{start}<xdr:ext cx="1300000" cy="400000"/>{PICTURE}</xdr:oneCellAnchor>'
    far = f'<xdr:absoluteAnchor><xdr:pos x="700000" y="0"/><xdr:ext cx="1" cy="1"/>{PICTURE}</xdr:absoluteAnchor>'
    *_, first, second = blocks(drawn(one, far))
    assert (first.place.area, second.place.area) == ("A5:C7", "B1")


def test_what_lies_over_a_hidden_sheet_is_left_out(drawn):
    path = drawn(anchor(PICTURE), anchor(CHART), S=[["a", "b"], ["c", 1]], T=[["x"]])
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b'sheetId="1" state="visible"', b'sheetId="1" state="hidden"'
    )
    with ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    assert not any(isinstance(block, Figure) for block in blocks(path))
    assert sum(isinstance(block, Figure) for block in blocks(path, with_hidden=True)) == 1


@pytest.mark.parametrize("broken", ["<c:chartSpace", "", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_a_chart_that_is_broken_costs_nothing_else(drawn, broken):
    found = blocks(drawn(anchor(CHART), anchor(PICTURE), chart=broken))
    assert isinstance(found[-1], Figure)


def test_what_openpyxl_draws_is_found(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Region", "Sales"], ["North", 3], ["South", 4]]:
        sheet.append(row)
    chart = openpyxl.chart.BarChart()
    chart.title = "Sales by region"
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    book.save(tmp_path / "book.xlsx")
    *_, found = blocks(tmp_path / "book.xlsx")
    assert found.text.startswith("Chart (bar): Sales by region")
    assert "'Sheet'!$B$2:$B$3" in found.text
    assert found.place.area.startswith("D2:")


def test_a_picture_is_given_as_it_is_stored(drawn):
    found = picture(drawn(anchor(PICTURE, alternative="Lamp")), 1, "B3:E9", "Lamp", name="x.xlsx")
    assert (found.png, found.width, found.height, found.printed) == (png(), 3, 2, "S")


@pytest.mark.parametrize("image", [b"", b"<svg/>", png(60_000, 60_000), b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_a_picture_of_another_kind_or_too_large_is_not_given(drawn, image):
    with pytest.raises(PageUndrawable):
        picture(drawn(anchor(PICTURE), image=image), 1, "B3:E9", "", name="x.xlsx")


def test_the_size_of_a_jpeg_is_that_of_its_frame(drawn):
    frame = b"\xff\xc0\x00\x11\x08" + pack(">HH", 20, 30) + b"\x03" + bytes(9)
    jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(9) + frame + b"\xff\xd9"
    found = picture(drawn(anchor(PICTURE), image=jpeg), 1, "B3:E9", "", name="x.xlsx")
    assert (found.width, found.height) == (30, 20)
