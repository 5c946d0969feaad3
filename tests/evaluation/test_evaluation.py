"""Figures that gold questions come to."""

import json

import pytest

from rag.errors import BadQuestions, FileGone
from rag.evaluation.outcomes import ask_all
from rag.evaluation.questions import GoldQuestion, gold_questions
from rag.evaluation.summaries import compared, read_summary, summary


def gold(question, document, page=None, **more):
    return GoldQuestion(question=question, document=document, evidence=[{"document": document, "page": page}], **more)


@pytest.fixture
def base(app, add, make_pdf):
    """Three pages of one document and one of another, each about something of its own."""

    def page(line):  # long enough for a passage of its own
        return [line, *(f"Item {number} of many others that nobody asks about." for number in range(25))]

    add("alpha.pdf", make_pdf(*map(page, ["The cat sleeps.", "The engine roars loudly.", "Rivers freeze in winter."])))
    add("beta.pdf", make_pdf(page("The engine of the boat is silent.")))
    return app.bases("ann")[0].id


def outcomes(app, base, *questions, within=False, deepest=5):
    return list(ask_all(app, "ann", base, questions, within=within, deepest=deepest))


def test_the_rank_of_the_right_page_is_counted_from_one(app, base):
    (outcome,) = outcomes(app, base, gold("Rivers freeze in winter", "alpha.pdf", 3))
    assert outcome.places == (1,)
    assert outcome.document == 1


def test_a_page_of_another_document_is_not_the_right_one(app, base):
    (outcome,) = outcomes(app, base, gold("The engine of the boat is silent", "alpha.pdf", 1), deepest=1)
    assert outcome.places == (None,)


def test_within_its_document_no_other_can_be_found(app, base):
    question = gold("The engine of the boat is silent", "alpha.pdf", 2)
    shared, within = outcomes(app, base, question), outcomes(app, base, question, within=True)
    assert any("beta.pdf" in place for place in shared[0].found)
    assert not any("beta.pdf" in place for place in within[0].found)


def test_only_the_candidates_are_searched(app, base):
    question = gold("The engine of the boat is silent", "alpha.pdf", 2, candidates=["alpha.pdf"])
    assert all("alpha.pdf" in place for place in outcomes(app, base, question)[0].found)


def test_a_question_about_a_document_that_is_not_there_is_not_found(app, base):
    (outcome,) = outcomes(app, base, gold("Rivers", "gamma.pdf", 1), within=True)
    assert outcome.document is None
    assert outcome.places == (None,)


def test_all_pages_of_the_evidence_are_asked_for_by_themselves(app, base):
    both = GoldQuestion(
        question="Rivers freeze in winter; the cat sleeps; the engine of the boat is silent",
        evidence=[{"document": "alpha.pdf", "page": 3}, {"document": "beta.pdf", "page": 1}],
    )
    found = summary(outcomes(app, base, both), [1, 5])
    assert found["page"] == {"hit@1": 1.0, "hit@5": 1.0}
    assert found["all_evidence"] == {"hit@1": 0.0, "hit@5": 1.0}


def test_a_question_without_an_answer_lowers_no_share(app, base):
    none = GoldQuestion(question="Who painted it?", document="alpha.pdf")
    found = summary(outcomes(app, base, none, gold("Rivers freeze in winter", "alpha.pdf", 3)), [1])
    assert (found["asked"], found["unanswerable"]) == (1, 1)
    assert found["page"]["hit@1"] == 1.0
    assert found["mrr"] == 1.0


def test_where_only_the_document_is_known_no_page_is_counted(app, base):
    found = summary(outcomes(app, base, gold("Rivers freeze in winter", "alpha.pdf")), [1])
    assert found["document"]["hit@1"] == 1.0
    assert found["page"]["hit@1"] is None


def test_a_cell_is_found_when_the_area_that_is_found_holds_it(app, add, make_workbook):
    add("sales.xlsx", make_workbook(**{"2024": [["Region", "Sales"], ["North", 12], ["South", 30]]}))
    base = app.bases("ann")[0].id

    def asked(sheet, area):
        evidence = [{"document": "sales.xlsx", "sheet": sheet, "area": area}]
        return outcomes(app, base, GoldQuestion(question="Sales of the region South", evidence=evidence))[0].places

    assert asked("2024", "B3") == (1,)
    assert asked("2023", "B3") == (None,)
    assert asked("2024", "Z99") == (None,)


def test_kinds_and_languages_have_figures_of_their_own(app, base):
    found = summary(
        outcomes(
            app,
            base,
            gold("Rivers freeze in winter", "alpha.pdf", 3, kind="text", language="en"),
            gold("引擎", "beta.pdf", 7, kind="table", language="zh"),
        ),
        [1],
    )
    assert found["by_kind"]["text"]["page"]["hit@1"] == 1.0
    assert found["by_kind"]["table"]["page"]["hit@1"] == 0.0
    assert found["by_language"]["zh"]["asked"] == 1


def test_a_comparison_names_what_got_better_and_worse(app, base):
    right, wrong = gold("Rivers freeze in winter", "alpha.pdf", 3, id="q"), gold("Rivers freeze", "beta.pdf", 9, id="q")
    good, bad = summary(outcomes(app, base, right), [1]), summary(outcomes(app, base, wrong), [1])
    assert [change["id"] for change in compared(good, bad)["better"]] == ["q"]
    assert [change["id"] for change in compared(bad, good)["worse"]] == ["q"]
    assert compared(good, bad)["page"]["hit@1"] == 1.0
    assert compared(good, good)["better"] == compared(good, good)["worse"] == []


def test_a_line_that_is_no_question_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"question": "Who?"}\n\n{"answer": "42"}\n', encoding="utf-8")
    with pytest.raises(BadQuestions, match=r"gold\.jsonl .*line 3.*question"):
        gold_questions(path)


@pytest.mark.parametrize("area", ["", "A2:F40,H1", "the second row", "A1:"])
def test_an_area_that_is_none_is_refused_with_its_line(tmp_path, area):
    path = tmp_path / "gold.jsonl"
    lines = [
        {"question": "Who?", "evidence": [{"document": "a.xlsx", "sheet": "S", "area": at}]} for at in ("B2", area)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(BadQuestions, match=r"gold\.jsonl .*line 2.*area"):
        gold_questions(path)


def test_runs_over_other_documents_are_said_to_be_unlike(app, base):
    told = summary(outcomes(app, base, gold("Rivers freeze", "alpha.pdf", 3, id="q")), [1])
    assert compared({**told, "within": True}, {**told, "within": False})["unlike"]
    assert not compared({**told, "within": True}, {**told, "within": True})["unlike"]
    assert not compared({**told, "within": True}, told)["unlike"]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_file_without_questions_is_refused(tmp_path, text):
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadQuestions):
        gold_questions(path)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileGone):
        gold_questions(tmp_path / "none.jsonl")


def test_questions_that_are_no_text_are_not_said_to_be_gone(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes("问".encode("gb18030"))
    with pytest.raises(BadQuestions, match="it is not text in UTF-8"):
        gold_questions(path)


@pytest.mark.parametrize("text", ["[]", "{", '{"questions": 3}', json.dumps({"questions": [{}]})])
def test_only_an_earlier_result_can_be_compared_with(tmp_path, text):
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadQuestions):
        read_summary(path)
