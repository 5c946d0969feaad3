"""What the picture of a page says of words that their colour, or their place, makes suspect."""

import pymupdf
import pytest

from rag.reading.pdf.pages.deep_page import as_drawn
from rag.reading.pdf.pages.paint.ink import drawn
from rag.reading.pdf.processes.page_reader import _glance

LINE = "Quarter ended in March"


@pytest.fixture
def read(pdf):
    def words_of(draw):
        def draw_all(page, number):
            page.insert_text((60, 80), "Revenue 1,234")
            draw(page)

        with pymupdf.open(pdf(draw_all).path) as document:
            page, raw, paint = _glance(document, 1, plain=False)
            raw = as_drawn(page, raw, paint, drawn(page, 1.0), 1.0)
        return spelt(raw.lines), spelt(raw.hidden)

    return words_of


def spelt(lines):
    return " ".join(word[4] for line in lines for word in line.words)


def content(page, operators):
    """Put *operators* behind what is drawn on *page*."""
    page.insert_font(fontname="helv")
    number = page.parent.get_new_xref()
    page.parent.update_object(number, "<<>>")
    page.parent.update_stream(number, operators.encode())
    page.parent.xref_set_key(
        page.xref, "Contents", f"[{' '.join(f'{one} 0 R' for one in page.get_contents())} {number} 0 R]"
    )


def white_on_a_thick_stroke(page):
    page.draw_line((50, 196), (400, 196), color=(0, 0, 0.3), width=30)
    page.insert_text((60, 200), LINE, color=(1, 1, 1))


def white_with_an_outline(page):
    content(page, f"1 g 0 G .5 w BT /helv 16 Tf 2 Tr 60 600 Td ({LINE}) Tj ET")


def filled_through_its_letters(page):
    content(page, f"q BT /helv 16 Tf 7 Tr 60 600 Td ({LINE}) Tj ET 0 0 .5 rg 50 590 400 30 re f Q")


@pytest.mark.parametrize("draw", [white_on_a_thick_stroke, white_with_an_outline, filled_through_its_letters])
def test_words_whose_letters_show_are_seen_however_they_were_painted(read, draw):
    assert read(draw) == (f"Revenue 1,234 {LINE}", "")


def white_beside_the_line_of_a_table(page):
    page.draw_line((50, 196), (400, 196), width=0.7)
    page.insert_text((60, 200), LINE, color=(1, 1, 1))


def white_under_other_words(page):
    page.insert_text((60, 80), LINE, color=(1, 1, 1))


def under_a_photograph(page):
    samples = bytes((row * 3 + column) // 2 % 256 for row in range(60) for column in range(300))
    page.insert_text((60, 200), LINE)
    page.insert_image((50, 170, 350, 230), pixmap=pymupdf.Pixmap(pymupdf.csGRAY, 300, 60, samples, False))


def cut_off(page):
    content(page, f"q 400 100 50 50 re W n BT /helv 11 Tf 60 600 Td ({LINE}) Tj ET Q")


def on_a_layer_that_is_off(page):
    page.insert_text((60, 200), LINE, oc=page.parent.add_ocg("draft", on=False))


@pytest.mark.parametrize(
    "draw",
    [white_beside_the_line_of_a_table, white_under_other_words, under_a_photograph, cut_off, on_a_layer_that_is_off],
)
def test_words_whose_letters_do_not_show_are_hidden(read, draw):
    assert read(draw) == ("Revenue 1,234", LINE)


def test_words_on_a_layer_that_is_on_and_cut_to_where_they_stand_are_seen(read):
    def draw(page):
        page.insert_text((60, 200), "Shown", oc=page.parent.add_ocg("final", on=True))
        content(page, f"q 50 590 400 30 re W n BT /helv 11 Tf 60 600 Td ({LINE}) Tj ET Q")

    assert read(draw) == (f"Revenue 1,234 Shown {LINE}", "")


def test_looking_at_a_layer_leaves_it_as_it_was(pdf):
    def draw(page, number):
        page.insert_text((60, 80), "Revenue 1,234")
        on_a_layer_that_is_off(page)

    with pymupdf.open(pdf(draw).path) as document:
        for _ in range(2):
            page, raw, paint = _glance(document, 1, plain=False)
            assert spelt(as_drawn(page, raw, paint, drawn(page, 1.0), 1.0).lines) == "Revenue 1,234"
