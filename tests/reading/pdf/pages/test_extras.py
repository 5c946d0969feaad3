"""What a PDF holds beside the words of its pages."""

import pymupdf
import pytest

from rag.reading import read
from rag.records import Annotation, Attachment, Extras, FormField, Link, OutlineEntry


@pytest.fixture
def extras(pdf):
    """The extras of a PDF of two pages on which *draw* draws."""
    return lambda draw, finish=None: read(pdf(draw, 2, finish=finish)).extras


def test_a_plain_document_has_none(extras):
    assert extras(lambda page, n: page.insert_text((72, 72), "words")) == Extras()


def test_the_outline_keeps_its_levels_and_pages(extras):
    found = extras(
        lambda page, n: None,
        lambda document: document.set_toc(
            [[1, "One", 1], [2, "One  and\na half", 2], [1, "Nowhere", -1], [1, "OLE_LINK2", 1]]
        ),
    )
    assert found.outline == (
        OutlineEntry(1, "One", 1),
        OutlineEntry(2, "One and a half", 2),
        OutlineEntry(1, "Nowhere", None),
    )


def test_fields_are_listed_with_what_is_filled_in(extras):
    def draw(page, number):
        if number == 2:
            widget = pymupdf.Widget()
            widget.field_name, widget.field_value = "City", "Bern"
            widget.field_type, widget.rect = pymupdf.PDF_WIDGET_TYPE_TEXT, pymupdf.Rect(72, 72, 200, 90)
            page.add_widget(widget)

    assert extras(draw).fields == (FormField("City", "Text", "Bern", 2),)


def test_remarks_are_listed_and_marked_words_with_them(extras):
    def draw(page, number):
        if number == 1:
            page.insert_text((72, 100), "Revenue fell.")
            page.add_highlight_annot(page.search_for("Revenue fell."))
            note = page.add_text_annot((300, 300), "Really?")
            note.set_info(title="Ann")
            note.update()

    kinds = {one.kind: one for one in extras(draw).annotations}
    assert kinds["Highlight"].text == "Revenue fell."
    assert kinds["Text"] == Annotation("Text", "Really?", "Ann", 1)


def test_outside_links_are_listed_once_a_page_and_inner_ones_not(extras):
    def draw(page, number):
        for top in (100, 200):
            where = pymupdf.Rect(72, top, 90, top + 10)
            page.insert_link({"kind": pymupdf.LINK_URI, "from": where, "uri": "https://example.org/a"})
        page.insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(72, 300, 90, 310), "page": 0})

    assert extras(draw).links == (Link("https://example.org/a", 1), Link("https://example.org/a", 2))


def test_attached_files_are_listed_and_not_opened(extras):
    def draw(page, number):
        if number == 2:
            page.add_file_annot((72, 72), b"12345", "pinned.txt")

    found = extras(draw, lambda document: document.embfile_add("data", b"123", filename="data.csv"))
    assert found.attachments == (Attachment("data.csv", 3), Attachment("pinned.txt", 5))
