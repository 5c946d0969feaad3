"""The figures of an answer on the page: with their captions, drawn when looked at, a click from their page."""

import json
from types import SimpleNamespace

import pymupdf
import pytest
from sqlalchemy import insert

from rag.entrypoints.cli.results import answer_json
from rag.entrypoints.ui import texts
from rag.entrypoints.ui.ask import figures
from rag.library.database import schema
from rag.library.members import ANYONE
from rag.records import Box, Finished, Page, Request

CAPTION = "Figure 1: The ferry Aurora"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")


@pytest.fixture
def pictured(app, add):
    """A document with a picture on its page, and what a question about it came to."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 80), "The ferry Aurora carries 300 passengers.")
        page.draw_rect(pymupdf.Rect(100, 200, 400, 400), fill=(0.2, 0.4, 0.6))
        page.insert_text((100, 420), CAPTION)
        data = pdf.tobytes()
    document = add("ferries.pdf", data)

    def ask(question):
        # Until a picture on a page is read as a figure wherever these tests run, this one is kept by hand.
        database = app.catalog._database
        with database.writing() as connection:
            connection.execute(schema.figures.delete())
            row = {"document": document.id, "page": 1, "x0": 100, "y0": 200, "x1": 400, "y1": 400, "caption": CAPTION}
            connection.execute(insert(schema.figures).values(**row))
        *_, finished = app.ask(ANYONE, Request(question))
        assert isinstance(finished, Finished)
        return finished.answer

    return ask


@pytest.fixture
def at_this_desk(app, settings, monkeypatch):
    monkeypatch.setattr(figures, "desk", lambda: SimpleNamespace(workspace=app, settings=settings))
    monkeypatch.setattr(figures.st, "session_state", {})
    figures._drawn.cache_clear()


def test_an_answer_shows_the_figures_of_the_pages_it_cites(pictured, at_this_desk):
    answer = pictured("How many passengers does the ferry Aurora carry?")
    view = figures.view(answer, "1-0", last=True)
    (item,) = view["items"]
    assert (item["caption"], item["file"], item["place"]) == (CAPTION, "ferries.pdf", "p. 1")
    assert item["src"].startswith("data:image/png;base64,")
    assert not view["first"]


def test_a_figure_opens_its_page_with_its_box(pictured, at_this_desk):
    (citation,) = figures.citations(pictured("How many passengers does the ferry Aurora carry?"))
    assert citation.places == (Page(1, None, Box(100, 200, 400, 400)),)
    assert citation.quote == CAPTION


def test_pictures_come_before_words_when_they_were_asked_for(pictured, at_this_desk):
    assert figures.view(pictured("Show me the picture of the ferry Aurora"), "1-0", last=True)["first"]


def test_older_turns_draw_no_picture_until_it_is_wished_for(pictured, at_this_desk):
    answer = pictured("How many passengers does the ferry Aurora carry?")
    view = figures.view(answer, "1-0", last=False)
    assert (view["items"], view["show"]) == ([], "Show the figures (1)")
    figures.wish("1-0")
    assert len(figures.view(answer, "1-0", last=False)["items"]) == 1


def test_the_command_line_names_the_figures_of_a_citation(pictured, app):
    answer = pictured("How many passengers does the ferry Aurora carry?")
    found = json.loads(json.dumps(answer_json(answer, lambda document, pages: app.figures(ANYONE, document, pages))))
    assert found["citations"][0]["figures"] == [{"page": 1, "box": [100.0, 200.0, 400.0, 400.0], "caption": CAPTION}]
