"""Filters of a question, and what a document is about, on the page: chosen, shown, taken away, set right."""

from dataclasses import replace

import pytest

from rag.entrypoints.ui import texts
from rag.library.members import ANYONE
from rag.records import Request, Selection


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")


@pytest.fixture
def kept(add, app, make_pdf):
    def put(name, year):
        cover = ["Otter Harbours Limited", f"Annual Report {year}", "for the people who moor their boats with us"]
        document = add(name, make_pdf(cover, ["The annual mooring fee is 12 euros for each metre of a boat."]))
        app.set_about(ANYONE, document.id, replace(document.about, tags=("boats",)))
        return app.document(ANYONE, document.id)

    return [put("a.pdf", 2021), put("b.pdf", 2022)]


def choosing():
    import streamlit as st

    from rag.entrypoints.ui.ask import filters
    from rag.entrypoints.ui.desk import desk

    documents = desk().workspace.documents("anyone")
    filters.choose(None, filters.draw(filters.chosen(None), documents, "where"))
    filters.chips(None)
    st.session_state["where"] = filters.chosen(None)


def reporting():
    import streamlit as st

    from rag.entrypoints.ui.desk import desk
    from rag.entrypoints.ui.documents import report_about

    document = desk().workspace.document("anyone", st.session_state["number"])
    report_about.draw(document)
    report_about.topics(document, desk().workspace.leaves_report("anyone", document.id))


def test_what_is_offered_is_what_documents_are_about(visit, kept):
    visitor = visit(choosing)
    boxes = {box.label: box.options for box in visitor.multiselect}
    assert boxes == {
        "Only these tags": ["boats"],
        "Only these years": ["2022", "2021"],
        "Only these kinds of document": ["Annual report"],
        "Only these languages": ["English"],
    }


def test_a_filter_is_a_chip_until_it_is_taken_away(visit, kept):
    visitor = visit(choosing)
    visitor.multiselect(key="where-years").select(2021).run()
    visitor.text_input(key="where-pages").input("1-2, 7").run()
    assert visitor.session_state["where"] == Selection(years=(2021,), pages=((1, 2), (7, 7)))
    assert [button.label for button in visitor.button] == ["2021", "Pages 1-2", "Pages 7"]
    visitor.button(key="ask-chip-years-2021").click().run()
    assert not visitor.exception
    assert visitor.session_state["where"].years in {(), (2021,)}  # the open box may still hold it


def test_what_names_no_pages_is_explained_and_changes_nothing(visit, kept):
    visitor = visit(choosing)
    visitor.text_input(key="where-pages").input("iv").run()
    assert visitor.error[0].value.startswith("iv names no pages")
    assert visitor.session_state["where"] == Selection()


def test_a_conversation_keeps_the_filters_of_its_last_question(app, visit, kept):
    thread, live = app.begin(ANYONE, None, Request("Which fee?", where=Selection(years=(2022,))))
    live.wait(20)

    def reopened():
        import streamlit as st

        from rag.entrypoints.ui.ask import filters

        filters.chips(st.session_state["thread"])
        st.session_state["where"] = filters.chosen(st.session_state["thread"])

    visitor = visit(reopened, thread=thread)
    assert visitor.session_state["where"] == Selection(years=(2022,))
    visitor.button(key="ask-chip-years-2022").click().run()
    assert visitor.session_state["where"] == Selection()
    assert not visitor.button


def test_the_report_says_what_a_document_is_about_and_lets_it_be_set_right(visit, kept, app):
    number = kept[0].id
    visitor = visit(reporting, number=number)
    assert "Otter Harbours Limited · Annual report · 2021 · English" in visitor.markdown[0].value
    visitor.button(key="about-edit").click().run()
    visitor.number_input(key="about-year").set_value(2019).run()
    visitor.text_area(key="about-names").input("Otter Marinas\n\n Otter ").run()
    visitor.button(key="about-save").click().run()
    about = app.about(ANYONE, number)
    assert (about.names, about.year, about.tags) == (("Otter Marinas", "Otter"), 2019, ("boats",))
    visitor = visit(reporting, number=number)
    assert "Set by hand: Whom it is about, Year" in visitor.markdown[0].value
    visitor.button(key="about-edit").click().run()
    assert visitor.number_input(key="about-year").label == "Year (set by hand)"
    visitor.button(key="about-as-read").click().run()
    assert app.about(ANYONE, number) == kept[0].about


def test_a_document_of_which_nothing_is_known_says_so(visit, add, make_pdf):
    document = add("x.pdf", make_pdf(["So it goes."]))
    visitor = visit(reporting, number=document.id)
    assert "not known" in visitor.markdown[0].value
    assert not [button for button in visitor.button if button.key.startswith("about-topic")]
