"""Which pictures and charts go with an answer: those on its pages, and those that a question is about."""

from datetime import UTC, datetime

from rag.entrypoints.cited_figures import of_answer, of_citation
from rag.records import Box, Cells, Citation, Document, KeptFigure, Page

DOCUMENT = Document(7, 1, "report.pdf", "d", "pdf", 1, datetime(2026, 11, 22, tzinfo=UTC), "anyone")
KEPT = [
    KeptFigure(1, 7, 3, None, Box(0, 0, 300, 200), ""),
    KeptFigure(2, 7, 3, None, Box(0, 300, 300, 400), "Figure 1: The ferry Aurora"),
    KeptFigure(3, 7, 4, None, Box(0, 0, 300, 200), "Figure 2: Passengers by month"),
    KeptFigure(4, 7, 9, None, Box(0, 0, 300, 200), "Figure 3: Never cited"),
]


def on_pages(document, pages):
    assert document == DOCUMENT.id
    return [figure for figure in KEPT if pages is None or figure.page in pages]


def cited(number, *pages, quote="words"):
    return Citation(number, DOCUMENT, 0, tuple(Page(page, None, Box(1, 1, 2, 2)) for page in pages), quote)


def ids(found):
    return [figure.id for figure in found]


def test_a_citation_has_the_figures_of_its_pages_those_with_a_caption_first():
    assert ids(of_citation(cited(1, 3, 4), on_pages)) == [2, 3, 1]
    assert of_citation(cited(1, 5), on_pages) == []
    assert of_citation(Citation(1, DOCUMENT, 0, (Cells("Sales", "A1"),), "x"), on_pages) == []


def test_rows_of_a_sheet_have_the_pictures_beside_them_those_over_the_cited_cells_first():
    kept = [
        KeptFigure(1, 7, 2, "Goods", Box(0, 0, 9, 9), "A chair", "G4:H6"),
        KeptFigure(2, 7, 2, "Goods", Box(0, 0, 9, 9), "", "A5:B5"),
        KeptFigure(3, 7, 2, "Goods", Box(0, 0, 9, 9), "A lamp", "G40:H44"),
        KeptFigure(4, 7, 1, "Other", Box(0, 0, 9, 9), "A table", "A5:B5"),
    ]
    citation = Citation(1, DOCUMENT, 0, (Cells("Goods", "A5:C5"),), "x")
    assert ids(of_citation(citation, lambda document, pages: kept)) == [2, 1]


def test_the_figure_whose_caption_is_quoted_comes_first():
    quote = "Figure 2:  Passengers\nby month"
    assert ids(of_citation(cited(1, 3, 4, quote=quote), on_pages)) == [3, 2, 1]


def test_an_answer_shows_each_figure_once_and_those_asked_for_first():
    citations = [cited(1, 3), cited(2, 3, 4)]
    found = of_answer("How many passengers were there each month?", citations, on_pages, 3)
    assert [(citation.number, figure.id) for citation, figure in found] == [(2, 3), (1, 2), (1, 1)]
    assert len(of_answer("fee", citations, on_pages, 2)) == 2
