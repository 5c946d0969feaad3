"""What documents are about is known as soon as they can be found, and a filter by it always holds."""

from dataclasses import replace

import pytest

from rag.errors import NothingSelected
from rag.reading.about import RULES
from rag.records import About, Finished, Page, Request, Selection

FEE = "The annual mooring fee is"


def report(make_pdf, year, *, pages=6):
    cover = ["Otter Harbours Limited", f"Annual Report {year}", "for the people who moor their boats with us"]
    body = [
        [f"{FEE} {12 + page} euros for each metre of a boat.", f"Page {page} of {year}"] for page in range(2, pages + 1)
    ]
    return make_pdf(cover, *body)


@pytest.fixture
def reports(add, make_pdf):
    return [add(f"{letter}.pdf", report(make_pdf, year)) for letter, year in (("a", 2021), ("b", 2022))]


@pytest.fixture
def found(app):
    return lambda k=50, **where: app.find("ann", "annual mooring fee", where=Selection(**where), k=k)


def test_a_document_is_known_when_its_words_are(reports):
    about = reports[0].about
    assert (about.names, about.type, about.year) == (
        ("Otter Harbours Limited", "Otter Harbours"),
        "annual report",
        2021,
    )


def test_passages_know_what_their_document_is_about(reports, found):
    assert {hit.passage.document.about.year for hit in found()} == {2021, 2022}


def test_only_documents_that_are_selected_are_found(reports, found, app):
    app.set_about("ann", reports[0].id, replace(reports[0].about, tags=("boats",)))
    for where in ({"years": (2021,)}, {"tags": ("boats",)}):
        assert {hit.passage.document.name for hit in found(**where)} == {"a.pdf"}
    assert found(years=(1999,)) == []
    assert {hit.passage.document.name for hit in found(languages=("en",), types=("annual report",))} == {
        "a.pdf",
        "b.pdf",
    }


@pytest.mark.parametrize("k", [1, 3, 50])
def test_words_of_other_pages_are_never_found(reports, found, k):
    hits = found(k, pages=((3, 4),))
    places = [place for hit in hits for place in hit.passage.places]
    assert {place.number for place in places} == {3, 4}
    assert all(isinstance(place, Page) for place in places)
    assert len(hits) == min(k, 2)  # one of each document
    assert not any("Page 2" in hit.passage.text or "Page 5" in hit.passage.text for hit in hits)


def test_evidence_and_results_keep_to_what_is_selected(app, add, reports, sales):
    add("sales.xlsx", sales)
    request = Request("What is the annual mooring fee?", where=Selection(years=(2022,), pages=((4, 4),)))
    *_, last = app.ask("ann", request)
    assert isinstance(last, Finished)
    cited = [(each.document.name, place.number) for each in last.answer.evidence for place in each.places]
    assert set(cited) == {("b.pdf", 4)}
    assert last.answer.request == request


def test_pages_leave_tables_of_sheets_alone(app, add, reports, sales):
    add("sales.xlsx", sales)
    question = "What is the total of sales?"
    *_, all_of_it = app.ask("ann", Request(question))
    *_, on_pages = app.ask("ann", Request(question, where=Selection(pages=((1, 9),))))
    assert any(each.document.name == "sales.xlsx" for each in all_of_it.answer.evidence)
    assert not any(each.document.name == "sales.xlsx" for each in on_pages.answer.evidence)
    assert on_pages.answer.computed is None


def test_a_selection_that_leaves_nothing_is_said(app, reports):
    with pytest.raises(NothingSelected):
        next(iter(app.ask("ann", Request("Which fee?", where=Selection(years=(1999,))))))
    with pytest.raises(NothingSelected):
        app.begin("ann", None, Request("Which fee?", where=Selection(tags=("none",))))


def test_documents_read_by_older_rules_are_known_without_being_read_again(app, reports, worker):
    worker.abouts.found(reports[0].id, About(), RULES - 1)
    worker.originals.path(reports[0].digest).unlink()
    worker.know_more()
    assert app.about("ann", reports[0].id) == reports[0].about
    assert app.leaves_report("ann", reports[0].id)[0].topic == "cover"


def test_reading_again_keeps_what_was_set_by_hand(app, reports, worker):
    app.set_about("ann", reports[0].id, replace(reports[0].about, year=1987))
    app.search_hidden("ann", reports[0].id, wanted=True)
    while worker.run_one():
        pass
    about = app.about("ann", reports[0].id)
    assert (about.year, about.by_hand, about.names) == (1987, {"year"}, reports[0].about.names)
