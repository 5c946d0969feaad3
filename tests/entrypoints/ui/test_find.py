"""The Find page without a browser: what is found, by which method and why, filtered, and made gold."""

import pytest

from rag.entrypoints.ui import texts
from rag.entrypoints.ui.find import found_hits
from rag.evaluation.gold import GoldQuestions
from rag.records import About


def find_page():
    import streamlit as st

    from rag.entrypoints.ui.find import page as find

    for name, value in st.session_state.to_dict().get("address", {}).items():
        st.query_params[name] = value
    find.page()


@pytest.fixture
def base(add, report, sales):
    """A report and a workbook."""
    add("sales.xlsx", sales)
    return add("report.pdf", report).base


def looked_up(visitor, question):
    visitor.text_input(key="find-question").set_value(question)
    visitor.button(key="find-do").click().run()
    assert not visitor.exception
    return visitor


def test_a_base_without_documents_says_what_to_do(visit, given):
    visitor = visit(find_page)
    assert "appears here" in visitor.markdown[0].value
    assert [link.proto.label for link in visitor.get("page_link")] == ["Documents"]
    assert not visitor.text_input


def test_a_hit_shows_its_place_its_rank_by_each_method_and_why(visit, given, base):
    visitor = looked_up(visit(find_page), "What is the annual mooring fee?")
    first = given(visitor, "pagecite_hits")["hits"][0]
    assert (first["file"], first["place"]) == ("report.pdf", "p. 2 (printed 1)")
    assert {method["name"] for method in first["methods"]} >= {"Words"}
    assert first["methods"][0]["rank"] == "1."
    assert "mooring" in first["why"]
    assert [text for text, is_marked in first["pieces"] if is_marked]
    assert any("passage" in text.value and " ms" in text.value for text in visitor.caption)


def test_rows_of_a_sheet_are_shown_as_rows(visit, given, base):
    shown = given(looked_up(visit(find_page), "Sales of the region North"), "pagecite_hits")["hits"]
    rows = next(hit for hit in shown if hit["file"] == "sales.xlsx")
    assert rows["sheet"]
    assert rows["place"].startswith("Sales!")
    assert ["120", "130"] in [row["cells"] for row in rows["table"]["rows"]]


def test_only_the_chosen_documents_are_searched(visit, given, app, base):
    visitor = looked_up(visit(find_page), "fee for North")
    assert len({hit["file"] for hit in given(visitor, "pagecite_hits")["hits"]}) == 2
    number = next(document.id for document in app.documents("ann") if document.name == "sales.xlsx")
    visitor.multiselect(key=f"find-documents-{base}").set_value([number]).run()
    assert {hit["file"] for hit in given(visitor, "pagecite_hits")["hits"]} == {"sales.xlsx"}


def test_what_documents_are_about_filters_and_may_leave_none(visit, given, app, base):
    for document in app.documents("ann"):
        app.set_about("ann", document.id, About(year=2024 if document.name == "report.pdf" else 2025))
    visitor = looked_up(visit(find_page), "fee for North")
    visitor.multiselect(key=f"find-{base}-years").set_value([2024]).run()
    assert {hit["file"] for hit in given(visitor, "pagecite_hits")["hits"]} == {"report.pdf"}
    assert any("filtered" in text.value for text in visitor.markdown)
    number = next(document.id for document in app.documents("ann") if document.name == "sales.xlsx")
    visitor.multiselect(key=f"find-documents-{base}").set_value([number]).run()
    assert given(visitor, "pagecite_hits") is None
    assert any("Nothing was found" in text.value for text in visitor.markdown)


def test_weights_are_tried_and_put_back(visit, given, base):
    visitor = looked_up(visit(find_page), "What is the annual mooring fee?")
    before = given(visitor, "pagecite_hits")["hits"]
    assert "Words" in [part["name"] for part in before[0]["parts"]]
    visitor.slider(key="find-weight-words-0").set_value(0.0).run()
    tried = given(visitor, "pagecite_hits")["hits"]
    assert all("Words" not in [part["name"] for part in hit["parts"]] for hit in tried)
    assert any("weights are being tried" in text.value for text in visitor.markdown)
    visitor.button(key="find-weights-back").click().run()
    assert given(visitor, "pagecite_hits")["hits"] == before


def test_the_address_keeps_the_question(visit, given, base):
    visitor = visit(find_page, address={"q": "mooring fee"})
    assert given(visitor, "pagecite_hits")["hits"]
    assert visitor.text_input(key="find-question").value == "mooring fee"


def test_words_of_a_document_are_no_markup(visit, given, add, make_pdf):
    add("evil.pdf", make_pdf(["<img src=x onerror=alert(1)> :red[fee] **fee** of the harbour"]))
    visitor = looked_up(visit(find_page), "fee of the harbour")
    (hit,) = given(visitor, "pagecite_hits")["hits"]
    assert "<img src=x onerror=alert(1)>" in "".join(text for text, _ in hit["pieces"])
    assert not any("onerror" in text.value for text in visitor.markdown)


def test_a_gold_question_is_known_again(visit, given, app, base):
    gold = GoldQuestions(app)
    (hit, *_) = app.find("ann", "What is the annual mooring fee?", documents=[])
    gold.mark("ann", hit.passage.document, "What is the annual mooring fee?", hit.passage.places)
    shown = given(looked_up(visit(find_page), "what is the annual mooring fee?"), "pagecite_hits")["hits"]
    assert shown[0]["gold"]
    assert not any(hit["gold"] for hit in shown[1:] if hit["place"] != shown[0]["place"])


def test_a_method_that_is_new_here_goes_by_its_own_name(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")
    assert found_hits.method("something new", 1, None)["name"] == "something new"
    assert found_hits.why([["a fee", False]], {"vectors": 1}) == "Shares no word; near in meaning"
    assert found_hits.why([["a ", False], ["Fee", True], ["fee", True]], {"words": 1}) == "Shares: fee"
