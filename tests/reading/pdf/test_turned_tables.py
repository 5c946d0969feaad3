"""The layout models see a turned page as it is shown."""

import pymupdf
import pytest

from rag.reading.pdf.pages.mupdf import open_pdf
from rag.reading.pdf.pages.regions import regions_of

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
