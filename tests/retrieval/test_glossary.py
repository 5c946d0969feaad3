"""What a report prints for what a person asks."""

import tomllib

import pytest

from rag.records import Term
from rag.retrieval.asked import glossary
from rag.retrieval.asked.glossary import concepts, own_concepts, printed, search


def searches(question, most=2):
    return search(question, concepts(question, most))


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("Does it have an improving operating margin profile as of FY2022?", "operating income"),
        ("What is the FY2019 CAPEX?", "purchases of property, plant and equipment"),
        ("Is working capital positive?", "total current liabilities"),
        ("2020年的资本开支是多少？", "购建固定资产"),
        ("公司的流动比率如何", "流动负债合计"),
    ],
)
def test_a_concept_is_searched_by_the_lines_that_it_is_made_of(question, sought):
    assert sought in searches(question)


def test_the_longest_name_counts_and_not_a_shorter_one_within_it():
    assert "total net revenues" not in searches("What was the cost of revenue?", 6)


def test_the_language_of_the_question_comes_first():
    assert searches("What is the current ratio?")[0].isascii()
    assert not searches("流动比率是多少？")[0].isascii()


def test_a_concept_is_searched_in_both_languages():
    assert "流动资产合计" in searches("What is the current ratio?")
    assert "total current assets" in searches("流动比率是多少？")


@pytest.mark.parametrize("question", ["What are its operating margins?", "the operating-margin", "operating_margin"])
def test_plurals_hyphens_and_underscores_change_no_name(question):
    assert "operating income" in searches(question)


def test_a_concept_says_on_which_pages_it_stands():
    (concept,) = concepts("Is working capital positive?")
    assert concept.topics == {"balance sheet"}


def test_names_are_whole_words():
    assert searches("Which episodes were aired?") == ""


@pytest.mark.parametrize("question", ["", "Who painted the hall?", "大厅是谁画的？"])
def test_a_question_that_names_no_concept_is_searched_as_it_is(question):
    assert searches(question) == ""


def test_no_name_stands_for_two_concepts():
    with glossary._FILE.open("rb") as file:
        names = [name.casefold() for one in tomllib.load(file)["concept"] for name in one["names"]]
    assert len(set(names)) == len(names)


def own(*terms):
    return own_concepts(tuple(Term(tuple(names), tuple(seek)) for names, seek in terms))


def test_a_term_of_ones_own_is_searched_as_any_other_and_in_both_languages():
    mine = own((["ARR", "年度经常性收入"], ["annual recurring revenue", "订阅收入"]))
    assert search("年度经常性收入是多少？", concepts("年度经常性收入是多少？", own=mine)).startswith("订阅收入 annual")
    assert search("Is our ARR's growth fast?", concepts("Is our ARR's growth fast?", own=mine)).startswith("annual")
    assert concepts("Who is Carr?", own=mine) == []


def test_a_term_of_ones_own_counts_beside_one_of_the_same_name_and_hides_what_is_part_of_it():
    mine = own((["capex"], ["additions to vessels"]), (["recurring berth revenue"], ["berths let again"]))
    both = search("How high is capex?", concepts("How high is capex?", own=mine))
    assert both.startswith("additions to vessels")
    assert "purchases of property, plant and equipment" in both
    question = "What was recurring berth revenue?"
    assert searches(question)
    assert search(question, concepts(question, own=mine)) == "berths let again"


@pytest.mark.parametrize("name", ["a.*b", "(x", "C++", "[年", "R&D\\d", "x|y", "$$ab"])
def test_the_names_of_terms_are_plain_text(name):
    mine = own(([name], ["harbour dues"]))
    assert search(f"How much is {name} ?", concepts(f"How much is {name} ?", own=mine)) == "harbour dues"
    assert concepts("How much is a1b, x or y, R&D5, aab 年 or C?", own=mine) == concepts(
        "How much is a1b, x or y, R&D5, aab 年 or C?"
    )


def test_a_number_in_a_name_is_whole():
    mine = own((["Scope 1"], ["direct emissions"]))
    assert concepts("What are Scope 1 emissions?", own=mine)
    assert concepts("What are Scope 12 emissions?", own=mine) == concepts("What are Scope 12 emissions?")


@pytest.mark.parametrize(
    ("question", "statements"),
    [
        ("What is the FY2021 DuPont breakdown?", {"income statement", "balance sheet"}),
        ("How many days of sales outstanding were there?", {"income statement", "balance sheet"}),
        ("What is the dividend payout ratio?", {"cash flow", "income statement"}),
        ("Is it a capital-intensive business?", {"cash flow", "income statement"}),
        ("What was free cash flow conversion?", {"cash flow", "income statement"}),
        ("What is the tangible net worth?", {"balance sheet"}),
        ("存货周转天数是多少？", {"income statement", "balance sheet"}),
        ("净现比是多少？", {"cash flow", "income statement"}),
    ],
)
def test_a_ratio_needs_every_statement_that_its_parts_stand_on(question, statements):
    assert set().union(*(concept.topics for concept in concepts(question))) == statements


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("Which company did it buy right after the close of the year?", "subsequent events"),
        ("Has it any undrawn bank lines?", "revolving credit"),
        ("How unionized is the workforce?", "collective bargaining"),
        ("What does Moody's think of its debt?", "credit ratings"),
        ("How much buyback capacity is left?", "issuer purchases of equity securities"),
        ("What is the break-up fee?", "termination fee"),
        ("How far does the tax rate differ from the statutory rate?", "reconciliation"),
        ("被环保部门罚了多少钱", "处罚及整改情况"),
        ("每10股派多少", "利润分配"),
        ("公司的老板是谁", "董事长"),
        ("前十大股东有哪些", "前十名股东持股情况"),
        ("什么情况不赔？", "责任免除"),
        ("幾歲可以投保？", "投保年龄"),
        ("公司去年挣了多少钱", "净利润"),
    ],
)
def test_what_is_asked_in_everyday_words_is_searched_in_those_of_reports(question, printed):
    assert printed in searches(question, 3)


def test_a_name_that_the_pages_have_in_other_words_brings_what_reports_print_of_it():
    assert "chief executive officer" in printed("Who is the CEO?", ["said A. Pike, Chief Executive Officer."])
    assert "处罚" in printed("被罚了多少钱", ["公司被处以罚款"])


def test_a_name_that_the_pages_have_is_looked_for_as_it_is():
    assert printed("What is the gross margin?", ["Gross margin was 12%."]).strip() == ""


def test_what_reports_print_is_told_without_the_statement_it_stands_on():
    lines = printed("How high is capex?", [])
    assert "purchases of property, plant and equipment" in lines
    assert "consolidated" not in lines
    assert "合并" not in lines


def test_a_short_word_of_a_name_that_stands_on_every_page_hides_nothing():
    assert "litigation" in printed("Has it been taken to court?", ["It is due to be paid to the owner."])
    assert not printed("Has it been taken to court?", ["It was taken over."])
