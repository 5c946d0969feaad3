"""The gold questions of a base: from a hit, from a file, set right, and only for those who may."""

import json

import pytest

from rag.errors import BadGold, BadQuestion, NoSuchBase, NoSuchQuestion
from rag.evaluation.gold import GoldQuestions, asked
from rag.records import Box, Cells, Page


@pytest.fixture
def gold(app):
    return GoldQuestions(app)


@pytest.fixture
def base(app):
    return app.bases("ann")[0].id


def contents(gold, base):
    return [kept.content for kept in gold.questions("ann", base)]


def test_a_hit_becomes_a_question_and_another_one_a_second_place_of_it(gold, add, report, base):
    document = add("report.pdf", report)
    gold.mark("ann", document, "What is the fee?", [Page(2, "1", Box(1, 2, 3, 4)), Page(2, "1")], "text")
    gold.mark("ann", document, " what is  the fee? ", [Page(3)])
    gold.mark("ann", document, "What is the fee?", [Page(3)])
    (content,) = contents(gold, base)
    assert content == {
        "question": "What is the fee?",
        "document": "report.pdf",
        "kind": "text",
        "language": "en",
        "evidence": [{"document": "report.pdf", "page": 2}, {"document": "report.pdf", "page": 3}],
    }
    assert list(gold.evidence_for("ann", base, "what is the fee?")) == [("report.pdf", "p. 2"), ("report.pdf", "p. 3")]


def test_a_place_is_taken_back_and_a_question_without_one_goes(gold, add, report, base):
    document = add("report.pdf", report)
    gold.mark("ann", document, "Fee?", [Page(2), Page(3)])
    gold.unmark("ann", document, "Fee?", [Page(2)])
    assert contents(gold, base)[0]["evidence"] == [{"document": "report.pdf", "page": 3}]
    gold.unmark("ann", document, "Other?", [Page(3)])
    gold.unmark("ann", document, "Fee?", [Page(3)])
    assert contents(gold, base) == []


def test_a_place_in_a_workbook_is_an_area(gold, add, sales, base):
    document = add("sales.xlsx", sales)
    gold.mark("ann", document, "销售额？", [Cells("Sales", "A2"), Cells("Sales", "C3")])
    (content,) = contents(gold, base)
    assert content["evidence"] == [{"document": "sales.xlsx", "sheet": "Sales", "area": "A2:C3"}]
    assert content["language"] == "zh"


def test_a_question_is_set_right_and_keeps_the_rest(gold, base):
    number = gold.add("ann", base, {"question": "Fee?", "set": "mine", "kind": "text"})
    gold.change("ann", number, {"question": "Which fee?", "kind": ""})
    assert contents(gold, base) == [{"question": "Which fee?", "set": "mine", "language": "en"}]
    with pytest.raises(BadQuestion):
        gold.change("ann", number, {"question": " "})
    with pytest.raises(BadGold, match="nowhere"):
        gold.change("ann", number, {"evidence": [{"document": "a", "sheet": "S", "area": "nowhere"}]})
    gold.remove("ann", base, [number])
    with pytest.raises(NoSuchQuestion):
        gold.change("ann", number, {"question": "Gone?"})


def test_a_file_is_added_once_and_says_what_it_lacks(gold, base):
    line = {"question": "Fee?", "evidence": [{"document": "gone.pdf", "page": 1}]}
    data = "\n".join([json.dumps(line), json.dumps(line), "{", json.dumps({"question": "Who?"})]).encode()
    first = gold.take_in("ann", base, "gold.jsonl", data)
    assert (first.added, first.known, [bad.number for bad in first.bad], first.missing) == (2, 1, [3], ("gone.pdf",))
    again = gold.take_in("ann", base, "gold.jsonl", data)
    assert (again.added, again.known) == (0, 3)


def test_each_question_is_asked_under_a_name_of_its_own(gold, base):
    for content in ({"question": "a", "id": "x"}, {"question": "b", "id": "x"}, {"question": "c"}):
        gold.add("ann", base, content)
    names = [question.id for question in asked(gold.questions("ann", base))]
    assert names[0] == "x"
    assert len(set(names)) == 3


def test_gold_questions_are_only_for_those_who_may_read_their_base(gold, app, add, report, base, monkeypatch):
    document = add("report.pdf", report)
    number = gold.add("ann", base, {"question": "Fee?"})
    monkeypatch.setattr(type(app.members), "bases", lambda self, who: [])
    for wish in (
        lambda: gold.questions("eve", base),
        lambda: gold.question("eve", number),
        lambda: gold.add("eve", base, {"question": "Fee?"}),
        lambda: gold.change("eve", number, {"question": "Fee?"}),
        lambda: gold.remove("eve", base, [number]),
        lambda: gold.take_in("eve", base, "a.jsonl", b'{"question": "a"}'),
        lambda: gold.mark("eve", document, "Fee?", [Page(1)]),
        lambda: gold.unmark("eve", document, "Fee?", [Page(1)]),
        lambda: gold.evidence_for("eve", base, "Fee?"),
    ):
        with pytest.raises(NoSuchBase):
            wish()
