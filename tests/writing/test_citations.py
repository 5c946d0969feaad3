"""Marks in an answer lead to the words that carry what was said; none is lost in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.citations import cite, claims_of, normalised
from rag.writing.markers import harmless, markers, without_markers

MARKS = ["[1]", "[1, 2]", "[2-4]", "【3】", "［1］", "[^2]", "[999]", "[2023]", "[1,234]", "`", "[a](b)"]
TEXTS = st.lists(
    st.sampled_from([*MARKS, "(", " ", "\n", "Sales rose", ".", "收入增长。", "[", "]", "1", "-", ","])
).map("".join)


def numbers(text):
    return [marker.numbers for marker in markers(text)]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Sales rose [1].", "Sales rose [1]."),
        ("Sales rose [1][2].", "Sales rose [1][2]."),
        ("Sales rose [1, 2].", "Sales rose [1][2]."),
        ("Sales rose [1-3].", "Sales rose [1][2][3]."),
        ("Sales rose [1–3, 5].", "Sales rose [1][2][3][5]."),
        ("收入增长【1】。", "收入增长[1]。"),
        ("收入增长［1、2］。", "收入增长[1][2]。"),
        ("收入增长【2†来源】。", "收入增长[2]。"),
        ("Sales rose [^1].", "Sales rose [1]."),
        ("Sales rose [2, 2].", "Sales rose [2]."),
    ],
)
def test_every_form_of_a_mark_is_rewritten_to_the_plain_one(written, plain):
    assert normalised(written) == plain


@pytest.mark.parametrize(
    "text",
    [
        "see [this](http://example.org) and [1](http://example.org)",
        "run `a[1]` or\n```\nb[2]\n```",
        "in the year [2023]",
        "it was [1,234] euros",
        "[x] done, [a1], []",
        "[1]: http://example.org",
    ],
)
def test_links_code_and_numbers_are_left_alone(text):
    assert numbers(text) == []
    assert normalised(text) == text


def test_a_citation_quotes_what_carries_the_sentence_with_its_mark(prose, income, profit):
    hits = [
        prose("We design pumps.", "Net sales increased 12% to $1,234 million in 2023.", "We employ 4,321 people."),
        income,
        profit,
    ]
    text = "Net income was 150 million [2]. The company has 4,321 people.[1] 归母净利润为2,700.00万元【3】。"
    citations, unknown = cite(text, hits)
    assert unknown == ()
    assert [citation.number for citation in citations] == [1, 2, 3]
    assert citations[0].quote == "We employ 4,321 people."
    assert citations[0].places == (hits[0].passage.spans[2].place,)
    assert citations[1].quote == "Net income\t150\t140\t120"
    assert citations[2].quote == "归属于母公司所有者的净利润\t2,700.00\t2,000.00"
    assert citations[2].head == profit.passage.head


def test_two_claims_on_one_source_quote_both_of_its_rows(income):
    (citation,), _ = cite("Net sales were 1,234 [1]. It was a good year. Gross profit was 434 [1].", [income])
    assert citation.quote == "Net sales\t$ 1,234\t$ 1,100\t$ 990\nGross profit\t434\t400\t340"


def test_numbers_lead_to_the_row_when_the_languages_differ(income):
    (citation,), _ = cite("2022年公司净利润为140百万美元[1]。", [income])
    assert citation.quote == "Net income\t150\t140\t120"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Sales rose [1]. Costs fell [2].", {1: ["Sales rose."], 2: ["Costs fell."]}),
        ("Sales rose. [1] Costs fell. [2]", {1: ["Sales rose."], 2: ["Costs fell."]}),
        ("Sales rose.[1][2]\nCosts fell.", {1: ["Sales rose."], 2: ["Sales rose."]}),
        ("收入增长。[1]成本下降[2]。", {1: ["收入增长。"], 2: ["成本下降。"]}),
        ("[1] Sales rose.\n[2] Costs fell.", {1: ["Sales rose."], 2: ["Costs fell."]}),
        ("Sales rose.\n[1]\nCosts fell.", {1: ["Sales rose."]}),
        ("- Sales: 5 [1]\n- Costs: 4 [2]", {1: ["- Sales: 5"], 2: ["- Costs: 4"]}),
        ("Sales [1] rose [2], costs fell.", {1: ["Sales rose, costs fell."], 2: ["Sales rose, costs fell."]}),
        ("[1]", {1: []}),
    ],
)
def test_a_mark_belongs_to_the_sentence_it_stands_before_or_after_the_stop_of(text, claims):
    assert claims_of(text) == claims


def test_a_number_that_names_no_hit_is_returned_as_unknown(income):
    citations, unknown = cite("Net sales were 1,234 [1][9]. See [0] and [12-14] and [9].", [income])
    assert [citation.number for citation in citations] == [1]
    assert unknown == (9, 0, 12, 13, 14)


def test_a_mark_without_support_falls_back_to_the_words_nearest_the_answer(prose):
    hit = prose("The weather was fine.", "Dividends were 2 euros.")
    (citation,), _ = cite("Indeed so [1]. The dividends were two.", [hit])
    assert citation.quote == "Dividends were 2 euros."
    (citation,), _ = cite("[1]", [hit])
    assert citation.quote


def test_a_lone_backtick_on_two_lines_hides_no_mark():
    assert numbers("a ` tick [1]\nanother ` tick [2]") == [(1,), (2,)]


def test_an_answer_without_marks_has_no_citations(income):
    assert cite("The documents do not say it.", [income]) == ((), ())
    assert cite("", []) == ((), ())


@given(TEXTS)
def test_rewriting_twice_changes_nothing_and_keeps_every_number(text):
    once = normalised(text)
    assert normalised(once) == once
    assert {n for each in numbers(once) for n in each} == {n for each in numbers(text) for n in each}


@given(TEXTS)
def test_every_number_is_either_cited_or_unknown(prose, text):
    citations, unknown = cite(text, [prose("Sales rose."), prose("收入增长。")])
    named = {n for each in numbers(text) for n in each}
    assert {citation.number for citation in citations} | set(unknown) == named
    assert all(citation.number in {1, 2} for citation in citations)


@given(TEXTS)
def test_what_a_document_says_is_never_a_mark(text):
    tame = harmless(text)
    assert numbers(tame) == []
    assert "".join(tame.split()) == "".join(text.split())


def test_marks_are_taken_out_with_the_space_before_them():
    assert without_markers("Sales rose [1]. Costs fell. [2][3]") == "Sales rose. Costs fell."
