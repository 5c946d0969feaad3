"""Pages with a figure come first where a picture is asked for, and nowhere else."""

import pytest
from sqlalchemy import insert

from rag.entrypoints.cited_figures import of_answer
from rag.library.database import schema
from rag.library.members import ANYONE
from rag.records import Finished, Page, Request
from rag.retrieval.asked.picturing import asks_for_picture

CAPTION = "Figure 2: The ferry"
OTHER = "Figure 3: The harbour at night"
FILLING = [f"Nothing but weather, tides and prices of rope number {number} is told here." for number in range(24)]
PAGES = {
    1: ["Ferry after ferry: the ferry fleet, ferry crews, ferry fares and ferry routes of the ferry company."],
    2: ["The ferry company has a ferry for each island, and a ferry in dock. A picture of health is the ferry trade."],
    3: [CAPTION, "It was built in Turku."],
    4: ["Each ferry is inspected. The ferry inspector shows the ferry captain the ferry rules of the ferry port."],
    5: [OTHER, "Its lamps are electric."],
    6: ["The annual mooring fee is 12 euros for each metre. Ferry owners pay half."],
}
OTHERS = [
    "Which ferry is inspected?",
    "What is the annual mooring fee?",
    "How many ferries does the company have?",
    "Draw a chart of ferry fares by route",
    "What figures does the ferry company report?",
    "渡轮公司的意图是什么？",
]


@pytest.fixture
def pictured(app, add, make_pdf):
    """The workspace with a report whose pages 3 and 5 hold a figure; kept by hand, for no page is read closely here."""
    document = add("ferries.pdf", make_pdf(*([*lines, *FILLING] for lines in PAGES.values())))
    with app.catalog._database.writing() as connection:
        for page, caption in ((3, CAPTION), (5, OTHER)):
            row = {
                "document": document.id,
                "page": page,
                "x0": 100,
                "y0": 200,
                "x1": 400,
                "y1": 400,
                "caption": caption,
            }
            connection.execute(insert(schema.figures).values(**row))
    return app


def ranked(app, question):
    return [(hit.passage.id, hit.score, dict(hit.why)) for hit in app.find(ANYONE, question, k=20)]


@pytest.mark.parametrize(
    "question", ["Show me the picture of the ferry", "Is there a photo of a ferry?", "Which image shows the ferry?"]
)
def test_the_page_of_the_picture_that_is_asked_for_comes_first_with_its_figure(pictured, question):
    first, *_ = pictured.find(ANYONE, question, k=3)
    assert 3 in {place.number for place in first.passage.places if isinstance(place, Page)}
    assert first.why["figure"] > 0
    *_, finished = pictured.ask(ANYONE, Request(question))
    assert isinstance(finished, Finished)
    figures = of_answer(
        question, finished.answer.evidence, lambda number, pages: pictured.figures(ANYONE, number, pages), 3
    )
    assert figures[0][1].caption == CAPTION


@pytest.mark.parametrize("question", OTHERS)
def test_all_other_questions_rank_as_if_there_were_no_figures(pictured, question):
    with_figures = ranked(pictured, question)
    with pictured.catalog._database.writing() as connection:
        connection.execute(schema.figures.delete())
    assert ranked(pictured, question) == with_figures
    assert not asks_for_picture(question)


def test_without_its_figure_the_page_would_not_come_first(pictured):
    with pictured.catalog._database.writing() as connection:
        connection.execute(schema.figures.delete())
    first, *_ = pictured.find(ANYONE, "Show me the picture of the ferry", k=3)
    assert CAPTION not in first.passage.own_text
    assert "figure" not in first.why
