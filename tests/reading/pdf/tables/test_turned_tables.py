"""The layout models see a turned page as it is shown."""

import pymupdf
import pytest

from rag.reading.pdf.blocks.headings import typography
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.mupdf import open_pdf
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.pages.regions import regions_of
from rag.reading.pdf.processes.page_reader import raw_pages
from rag.records import Table

HEADS = ("Plant", "Country", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Total")
ROWS = (("Ostrava", "CZ", 1204), ("Gyor", "HU", 980), ("Tychy", "PL", 1533), ("Zilina", "SK", 744))


def draw(turn):
    """A table without lines that stands upright on a page turned by *turn* degrees."""

    def drawn(page, _):
        page.set_rotation(turn)

        def put(x, y, text, size=10):
            page.insert_text(pymupdf.Point(x, y) * page.derotation_matrix, text, fontsize=size, rotate=turn)

        put(60, 60, "Production by plant, first half of 2024 (tonnes)", 14)
        for at, head in enumerate(HEADS):
            put(60 + 80 * at, 100, head)
        for number, (plant, country, tonnes) in enumerate(ROWS):
            for at, text in enumerate((plant, country, *[str(tonnes + 7 * month) for month in range(7)])):
                put(60 + 80 * at, 120 + 18 * number, text)

    return drawn


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_without_lines_is_seen_on_a_turned_page_where_it_is_shown(turn, pdf):
    upload = pdf(draw(turn), name=f"turned-{turn}.pdf")
    document = open_pdf(upload.path, upload.name)
    try:
        found = [region for region in regions_of(document[0]) if region.kind == "table"]
        assert document[0].rotation == turn
    finally:
        document.close()
    (region,) = found
    assert region.box == pytest.approx((60, 90, 725, 180), abs=15)
    assert len(region.columns) == len(HEADS) - 1


@pytest.mark.parametrize("way", [90, 270])
def test_a_table_drawn_sideways_on_an_upright_page_is_read_and_its_cells_are_where_they_are_seen(way, pdf):
    def sideways(page, _):
        draw(way)(page, 1)
        page.set_rotation(0)

    upload = pdf(sideways, name=f"sideways-{way}.pdf")
    document = open_pdf(upload.path, upload.name)
    try:
        (raw,) = raw_pages(document, [1], deep=True)
        leaf, _ = leaf_of(raw, None, typography([(raw.lines, raw.height)]), None)
        (table,) = [block for block in leaf.blocks if isinstance(block, Table)]
        cells = {cell.text: cell.place.box for row in table.rows for cell in row}
        seen = {word[4]: word[:4] for word in document[0].get_text("words")}
        assert document[0].rotation == leaf.rotation == 0
    finally:
        document.close()
    assert [cell.text for cell in table.rows[0]] == ["Ostrava", "CZ", *[str(1204 + 7 * month) for month in range(7)]]
    assert [cell.text for cell in table.head.header[-1]] == list(HEADS)
    assert (leaf.width, leaf.height) == (595, 842)
    for text in ("Ostrava", "1533", "SK"):
        box = cells[text]
        assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx(seen[text], abs=0.2)


def test_what_stands_on_a_page_that_was_turned_over_is_told_where_it_is_seen():
    assert RawPage(1, 600, 800, turned=180).shown((10, 20, 30, 40)) == (570, 760, 590, 780)
