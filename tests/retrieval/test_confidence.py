"""How sure a search is of what it shows: less where less of the question stands there, and never out of bounds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import Document, Hit, Page, Passage, Span
from rag.retrieval.confidence import Calibration, Signal, calibration, confidence, signals

REPORT = Document(1, 1, "harbour.pdf", "d", "pdf", 1, datetime(2026, 1, 1, tzinfo=UTC), "ann")


def hits(*texts, score=14.0, rank=1):
    return [
        Hit(
            Passage(REPORT, (Span(text, Page(number)),), id=number),
            score / number,
            {"words": rank + number - 1, "vectors": rank + number - 1},
        )
        for number, text in enumerate(texts, start=1)
    ]


QUESTION = "What was the annual mooring fee of Harbour Ferries in 2023?"
OTHERS = ["Dogs travel free of charge.", "Cats are not allowed on deck."] * 4
RIGHT = hits("The annual mooring fee of Harbour Ferries was 12 euros in 2023.", *OTHERS)
WRONG = hits(*OTHERS, score=4.0, rank=9)


def test_what_holds_the_words_of_the_question_is_surer_than_what_does_not():
    assert confidence(QUESTION, RIGHT) > calibration().doubt
    assert confidence(QUESTION, WRONG) < calibration().refuse


def test_a_year_that_stands_nowhere_makes_it_less_sure():
    assert confidence(QUESTION.replace("2023", "1987"), RIGHT) < confidence(QUESTION, RIGHT) - 0.1


@pytest.mark.parametrize("period", ["FY23", "FY2023", "Q22023", "Q2 FY23"])
def test_a_year_counts_as_reports_print_it(period):
    assert signals(f"What was the mooring fee in {period}?", RIGHT)["numbers"] == 1.0
    assert signals(f"What was the mooring fee in {period.replace('3', '1')}?", RIGHT)["numbers"] == 0.0


def test_whose_name_is_said_with_an_s_is_not_missing():
    assert signals("What was Harbour's annual mooring fee?", RIGHT)["names_missing"] == 0.0
    assert signals("What was Quarry's annual mooring fee?", RIGHT)["names_missing"] == 1.0


def test_the_same_holds_in_chinese():
    others = ["宠物狗免费乘船。", "甲板上不得吸烟。"] * 4
    right, wrong = hits("公司2023年系泊费为每米十二欧元。", *others), hits(*others, score=4.0, rank=9)
    assert confidence("2023年的系泊费是多少？", right) > calibration().doubt
    assert confidence("2023年的系泊费是多少？", wrong) < confidence("2023年的系泊费是多少？", right) - 0.3


def test_no_hits_are_no_chance():
    assert confidence(QUESTION, []) == 0.0


def test_words_of_another_language_say_nothing_but_scores_do():
    told = signals("系泊费是多少？", RIGHT)
    assert "covered" not in told
    assert told.keys() >= {"score", "margin"}
    assert calibration().certainty(confidence("2023年的系泊费是多少？", RIGHT)) != "absent"


def test_only_what_is_shown_counts():
    assert signals(QUESTION, RIGHT) == signals(QUESTION, [*RIGHT[:8], *WRONG])


def test_among_few_passages_scores_say_nothing():
    assert not signals(QUESTION, RIGHT[:3]).keys() & {"score", "margin"}
    assert confidence(QUESTION, hits(RIGHT[0].passage.own_text, score=0.1)) > calibration().doubt


@given(st.text(max_size=80), st.lists(st.text(max_size=80), min_size=1, max_size=9), st.floats(0, 1e6))
def test_a_chance_is_between_nothing_and_all_whatever_is_asked(question, texts, score):
    assert 0.0 <= confidence(question, hits(*texts, score=score)) <= 1.0


@pytest.mark.parametrize(("chance", "certainty"), [(0.1, "absent"), (0.3, "doubtful"), (0.7, "")])
def test_what_follows_from_a_chance(chance, certainty):
    assert Calibration(0.0, 0.2, 0.5, {}).certainty(chance) == certainty


def test_a_signal_that_is_not_given_says_nothing():
    learnt = Calibration(0.0, 0.2, 0.5, {"a": Signal(1.0, 2.0, 3.0)})
    assert learnt.chance({}) == learnt.chance({"a": 1.0}) == 0.5
    assert learnt.chance({"a": 3.0}) == pytest.approx(0.9526, abs=1e-4)


@pytest.mark.parametrize("asked", ["What is the unit price of HT-600?", "型号HT600的单价是多少？"])
def test_a_code_that_stands_nowhere_is_said_to_be_absent(asked):
    there = hits("型号 HT-600 unit price 单价 380", *OTHERS)
    elsewhere = hits("型号 HT-310 unit price 单价 380", *OTHERS)
    assert confidence(asked, there) > calibration().doubt
    assert confidence(asked, elsewhere) < calibration().refuse


def test_a_year_behind_letters_is_no_code():
    question = "What was revenue in FY2023?"
    assert confidence(question, hits("Revenue in 2023 was 5.", *OTHERS)) > calibration().doubt
