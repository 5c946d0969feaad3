"""The Evaluate page without a browser: gold questions listed, made and set right; runs in figures, and compared."""

import csv
import json
import time
from dataclasses import replace

import pytest

from rag.entrypoints.ui import listing, texts
from rag.entrypoints.ui.evaluate import gold_form, run_chart, run_files
from rag.entrypoints.ui.source_pane import Shown
from rag.entrypoints.ui.texts import plain
from rag.errors import BadGold
from rag.evaluation.gold import GoldQuestions
from rag.evaluation.runs import Runs
from rag.evaluation.summaries import read_summary
from rag.records import Page, Request
from rag.retrieval.features import learnt


def evaluate_page():
    from rag.entrypoints.ui.evaluate import page as evaluate

    evaluate.page()


@pytest.fixture
def base(app):
    return app.bases("ann")[0].id


@pytest.fixture
def gold(app):
    return GoldQuestions(app)


@pytest.fixture
def asked(add, report, gold, base):
    """A report and three questions on it: one found, one whose page is wrong, one without an answer."""
    document = add("report.pdf", report)
    gold.mark("ann", document, "What is the mooring fee?", [Page(2)], "text")
    gold.add(
        "ann",
        base,
        {"question": "系泊费是多少？", "evidence": [{"document": "report.pdf", "page": 99}], "kind": "table"},
    )
    gold.add("ann", base, {"question": "Who painted it?", "document": "report.pdf"})
    return document


@pytest.fixture
def ran(asked, gold, base):
    """Two runs; between them the wrong page is set right."""
    runs = Runs(gold)
    first = runs.begin("ann", base)
    assert runs.wait(base, 30)
    wrong = gold.questions("ann", base)[1]
    gold.change("ann", wrong.id, {"evidence": [{"document": "report.pdf", "page": 3}]})
    second = runs.begin("ann", base, "pages set right", within=True)
    assert runs.wait(base, 30)
    return [runs.run("ann", number) for number in (first, second)]


def shown(given, visitor):
    return given(visitor, "pagecite_listing")


def cells(row):
    return {name: cell["text"] for name, cell in row["cells"].items()}


def test_a_base_without_questions_says_how_they_are_made(visit, given):
    visitor = visit(evaluate_page)
    assert "A gold question says" in visitor.markdown[0].value
    assert shown(given, visitor) is None
    assert not _has(visitor, "evaluate-run")


def test_questions_are_listed_with_their_places(visit, given, asked):
    listed = shown(given, visit(evaluate_page))
    assert [cells(row)["question"] for row in listed["rows"]] == [
        "What is the mooring fee?",
        "系泊费是多少？",
        "Who painted it?",
    ]
    assert [row["cells"]["place"]["under"] for row in listed["rows"]] == ["p. 2", "p. 99", ""]
    assert cells(listed["rows"][2])["place"] == "No answer in the documents"
    assert listed["summary"] == "3 questions"


def test_questions_are_narrowed_by_words_kind_and_language(visit, given, asked):
    for view, left in (
        ({"text": "fee"}, 1),
        ({"text": "p. 99"}, 1),
        ({"kind": "table"}, 1),
        ({"language": "en"}, 2),
        ({"text": "nowhere"}, 0),
    ):
        listed = shown(given, visit(evaluate_page, **{"gold-list": {"view": {"text": "", "page": 1, **view}}}))
        assert len(listed["rows"]) == left, view


def test_a_question_is_made_by_hand(visit, gold, asked, base):
    visitor = visit(evaluate_page, evaluate_wish=("add", []))
    visitor.text_area(key="gold-q").set_value("Do dogs travel free?")
    visitor.selectbox(key="gold-document").set_value("report.pdf")
    visitor.text_area(key="gold-places").set_value("2\n\np. 3")
    visitor.button(key="gold-keep").click().run()
    assert not visitor.exception
    content = gold.questions("ann", base)[-1].content
    assert content["question"] == "Do dogs travel free?"
    assert [place["page"] for place in content["evidence"]] == [2, 3]


def test_a_place_that_is_none_is_refused_where_it_is_typed(visit, gold, asked, base):
    visitor = visit(evaluate_page, evaluate_wish=("edit", [gold.questions("ann", base)[0].id]))
    assert visitor.text_area(key="gold-places").value == "2"
    visitor.text_area(key="gold-places").set_value("the cover")
    visitor.button(key="gold-keep").click().run()
    assert ["the cover is no place" in error.value for error in visitor.error] == [True]
    assert gold.questions("ann", base)[0].content["evidence"][0]["page"] == 2


def test_questions_are_removed_after_a_look_at_them(visit, gold, asked, base):
    numbers = [kept.id for kept in gold.questions("ann", base)][:2]
    visitor = visit(evaluate_page, evaluate_wish=("remove", numbers))
    visitor.button(key="gold-remove-do").click().run()
    assert not visitor.exception
    assert [kept.content["question"] for kept in gold.questions("ann", base)] == ["Who painted it?"]


def test_a_run_is_begun_and_shows_what_it_found(visit, given, asked, gold, base):
    visitor = visit(evaluate_page)
    assert visitor.button(key="evaluate-run").label == "Run 3 questions"
    visitor.button(key="evaluate-run").click().run()
    until = time.monotonic() + 30
    while visitor.button(key="evaluate-run").disabled if _has(visitor, "evaluate-run") else True:
        assert time.monotonic() < until
        time.sleep(0.2)
        visitor.run()
    assert not visitor.exception
    rows = shown(given, visitor)["rows"]
    ranks = [cells(row)["rank"] for row in rows]
    assert ranks[0].isdigit()
    assert ranks[1:] == ["Not found", "–"]


def test_a_run_is_begun_with_the_weights_that_are_tried(visit, asked, gold, base, monkeypatch):
    begun = []
    monkeypatch.setattr(Runs, "begin", lambda self, who, base, name, **how: begun.append(how) or 0)
    visitor = visit(evaluate_page)
    visitor.button(key="evaluate-run").click().run()
    visitor.slider(key="find-weight-name-0").set_value(0.0).run()
    visitor.button(key="evaluate-run").click().run()
    assert not visitor.exception
    assert [how["weights"] for how in begun] == [None, replace(learnt(), name=0.0)]
    visitor.button(key="find-weights-back").click().run()
    visitor.button(key="evaluate-run").click().run()
    assert begun[-1]["weights"] is None


def test_a_run_says_which_weights_were_tried(visit, asked, gold, base):
    runs = Runs(gold)
    runs.begin("ann", base, weights=replace(learnt(), name=0.0))
    assert runs.wait(base, 30)
    visitor = visit(evaluate_page, **{"evaluate-part": "runs"})
    was = plain(f"weights: Name {learnt().name:.1f} → 0.0")
    assert any(was in caption.value for caption in visitor.caption)


def _has(visitor, key):
    return any(button.key == key for button in visitor.button)


def test_runs_are_drawn_compared_and_told_question_by_question(visit, given, ran):
    visitor = visit(evaluate_page, **{"evaluate-part": "runs"})
    assert visitor.get("vega_lite_chart")
    (figures, *_) = given(visitor, "pagecite_measures")["tables"]
    first = figures["rows"][0]["cells"][3]
    assert (first["text"], first["delta"], first["sign"]) == ("100.0%", "▲ 50.0", "better")
    rows = shown(given, visitor)["rows"]
    assert [(cells(row)["was"], row["cells"]["rank"]["sign"]) for row in rows][1:] == [
        ("Not found", "better"),
        ("–", ""),
    ]
    assert any("better: 1, worse: 0" in text.value for text in visitor.markdown)


def test_a_run_that_was_stopped_says_so_and_offers_to_go_on(visit, asked, gold, base, app):
    app.gold.begin(base, "", {"state": "running", "total": 3, "within": False, "beat": 0.0, "questions": []})
    visitor = visit(evaluate_page, **{"evaluate-part": "runs"})
    assert any("Stopped after 0 of 3" in info.value for info in visitor.info)
    assert any(button.label == "Go on" for button in visitor.button)


def test_figures_are_what_the_command_line_compares_with(ran, tmp_path):
    path = tmp_path / "run.json"
    path.write_bytes(run_files.run_json(ran[1]))
    assert read_summary(path)["page"]["hit@5"] == 1.0


def test_a_run_is_taken_away_question_by_question(ran):
    rows = list(csv.DictReader(run_files.run_csv(ran[0]).decode("utf-8-sig").splitlines()))
    assert [row["question"] for row in rows] == ["What is the mooring fee?", "系泊费是多少？", "Who painted it?"]
    assert rows[0]["rank"].isdigit()
    assert rows[1]["rank"] == ""


def test_lines_of_runs_are_told_apart_without_colour(ran, monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "zh")
    chart = run_chart.chart_of_runs(ran, ["甲", "乙"], (1, 5)).to_dict()
    lines, marks = chart["layer"]
    assert {"strokeDash", "color"} <= lines["encoding"].keys()
    assert "shape" in marks["encoding"]
    text = json.dumps(chart, ensure_ascii=False)
    assert "页面在前 5" in text
    assert run_chart.chart_of_runs(ran[:1], ["甲"], (1, 5)) is None


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("12", [{"document": "a", "page": 12}]),
        ("p. 3\n第 4 页", [{"document": "a", "page": 3}, {"document": "a", "page": 4}]),
        ("P&L!b2:$C$9", [{"document": "a", "sheet": "P&L", "area": "B2:C9"}]),
        ("'销售 明细'!A1", [{"document": "a", "sheet": "销售 明细", "area": "A1"}]),
        ("b · 7", [{"document": "b", "page": 7}]),
        (" \n", [{"document": "a"}]),
    ],
)
def test_places_are_understood_as_a_person_writes_them(written, places):
    assert gold_form.evidence_in(written, "a", ["a", "b"]) == places


@pytest.mark.parametrize("written", ["0", "cover", "A1", "Sheet!A", "12, 13"])
def test_what_is_no_place_is_said(written):
    with pytest.raises(BadGold):
        gold_form.evidence_in(written, "a")


def test_a_view_that_does_not_fit_is_the_first_one():
    assert listing.View.of("x", ["kind"]) == listing.View()
    assert listing.View.of({"page": -1, "kind": "", "text": 5}, ["kind"]) == listing.View("5", 1, {})


# ── saved from an answer ──


def ask_page():
    from rag.entrypoints.ui.ask import page as ask

    ask.page()


@pytest.fixture
def answered(app, add, report):
    """A conversation with one answer."""
    document = add("report.pdf", report)
    thread, live = app.begin("anyone", None, Request("What is the annual mooring fee?"), bases=[document.base])
    assert live.wait(30)
    return thread, app.conversations.turns("anyone", thread)[0].answer


def test_an_answer_is_saved_with_the_places_that_it_cites(visit, given, gold, answered, base):
    thread, answer = answered
    visitor = visit(ask_page, ask_conversation=thread)
    assert given(visitor, "pagecite_turn")["actions"]["gold"]
    visitor.session_state["ask_gold"] = answer
    visitor.run()
    assert not visitor.exception
    (kept,) = gold.questions("ann", base)
    assert kept.content["question"] == "What is the annual mooring fee?"
    pages = {place.number for citation in answer.citations for place in citation.places}
    assert {place["page"] for place in kept.content["evidence"]} == pages
    assert any("Saved as a gold question" in toast.value for toast in visitor.toast)


def test_the_citation_that_is_open_is_saved_alone(visit, gold, answered, base):
    thread, answer = answered
    citation = answer.citations[0]
    opened = Shown(f"{thread}-0", "citation", answer.citations, 0, question=answer.request.need)
    visitor = visit(ask_page, ask_conversation=thread, ask_source=opened)
    visitor.button(key="source-gold").click().run()
    assert not visitor.exception
    (kept,) = gold.questions("ann", base)
    assert {place["page"] for place in kept.content["evidence"]} == {place.number for place in citation.places}


def test_whether_certainty_came_true_is_drawn_beside_the_ideal():
    curve = [{"from": 0.5, "count": 4, "mean": 0.55, "right": 0.5}, {"from": 0.9, "count": 6, "mean": 0.95, "right": 1}]
    text = json.dumps(run_chart.chart_of_reliability(curve).to_dict())
    assert '{"told": 0.55, "right": 0.5, "count": 4}' in text
    assert '"strokeDash": [4, 4]' in text
