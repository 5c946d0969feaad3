"""Signs of the font ZapfDingbats are read as what is seen, and not as their codes."""

import pymupdf
import pytest

from rag.reading.pdf.pages.mupdf import open_pdf
from rag.reading.pdf.processes.page_reader import raw_pages


@pytest.fixture
def texts(pdf):
    """The words of the page that *draw* makes, line by line."""

    def read(draw, *, plain=False):
        upload = pdf(lambda page, _: draw(page))
        document = open_pdf(upload.path, upload.name)
        try:
            (raw,) = raw_pages(document, [1], deep=False, plain=plain)
        finally:
            document.close()
        return [" ".join(word[4] for word in line.words) for line in raw.lines]

    return read


def tick(page):
    box = pymupdf.Widget()
    box.field_type, box.field_name = pymupdf.PDF_WIDGET_TYPE_CHECKBOX, "sole"
    box.rect = pymupdf.Rect(60, 90, 75, 105)
    box.field_value = True
    page.add_widget(box)


def test_a_ticked_box_is_a_tick_and_no_number(texts):
    def draw(page):
        page.insert_text((80, 102), "Exclusive for 3 years", fontsize=10)
        tick(page)

    found = texts(draw)
    assert "✓" in " ".join(found)
    assert "Exclusive for 3 years" in found


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("turn", [0, 90])
def test_signs_are_what_is_seen_also_on_a_turned_page_and_in_the_first_reading(turn, plain, texts):
    def draw(page):
        for at in range(4):
            page.insert_text((90, 200 + 20 * at), f"Clause {at} of the agreement is in force 4 years", fontsize=10)
        page.insert_text((60, 200), "48", fontname="zadb", fontsize=10)
        page.insert_text((60, 220), "ln", fontname="zadb", fontsize=10)
        page.set_rotation(turn)

    found = " ".join(texts(draw, plain=plain))
    assert "✔✘" in found
    assert "●■" in found
    assert "in force 4 years" in found
