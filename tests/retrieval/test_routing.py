"""Which documents a question speaks of."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.records import About, Document, Term
from rag.retrieval.asked.kinds import kinds_named
from rag.retrieval.asked.routing import Directory


def document(number, name, *names, codes=(), year=None, quarter=None):
    about = About(names=names, codes=codes, year=year, quarter=quarter)
    return Document(number, 1, name, "", "pdf", 1, datetime(2025, 1, 1, tzinfo=UTC), "ann", about=about)


LIBRARY = Directory(
    (
        document(1, "a.pdf", "Harbour Light Ferries, Inc.", "Harbour Light", codes=("HLF",), year=2023),
        document(2, "b.pdf", "Harbour Light Ferries, Inc.", "Harbour Light", codes=("HLF",), year=2024),
        document(3, "NORTHWINDMILLS_2023_10K.pdf"),
        document(4, "c.pdf", "青禾生物股份有限公司", "青禾生物", codes=("600999",), year=2023, quarter=3),
        document(5, "staff-handbook.pdf"),
        document(7, "e.pdf", "Marlow & Pike Company", "Marlow & Pike", year=2023),
        document(8, "f.pdf", "Cold-Brook Stores, Inc.", year=2023),
        document(6, "d.pdf", "Best Granite Corporation", "Best Granite", codes=("COST",), year=2023),
    )
)


def named(question):
    near = LIBRARY.near(question)
    best = max((one.name for one in near.values()), default=0)
    return {number for number, one in near.items() if one.name == best and best}


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("What did Harbour Light earn?", {1, 2}),
        ("what did harbour light earn?", {1, 2}),
        ("What is HLF's revenue?", {1, 2}),
        ("How many ferries has HaLi?", {1, 2}),
        ("What are the sales of North Windmills?", {3}),
        ("What are the sales of Northwind?", {3}),
        ("青禾生物的研发投入是多少？", {4}),
        ("600999的股东人数", {4}),
        ("What is M&P's revenue?", {7}),
        ("What is Marlow and Pike's revenue?", {7}),
        ("What is the R&D spending?", set()),
        ("What is Coldbrook's revenue?", {8}),
        ("What are Coldbrooks sales?", {8}),
        ("What is the revenue of Cold Brook?", {8}),
        ("What is HarbourLight's revenue?", {1, 2}),
        ("Northwindmills2023年的收入", {3}),
        ("What was the cost of sales?", set()),
        ("What Is The Total?", set()),
        ("He wants the best of all results", set()),
    ],
)
def test_a_document_is_named_by_its_names_codes_and_file(question, documents):
    assert named(question) == documents


COMPANIES = Directory(
    (
        document(1, "a.pdf", "Otterbach AG", "Otterbach"),
        document(2, "b.pdf", "Otterbach Energy AG", "Otterbach Energy"),
        document(3, "c.pdf", "The Quince & Hale Instruments Group, Inc."),
        document(4, "d.pdf", "南山礦業股份有限公司", "南山礦業"),
    ),
    (
        Term(("奥特巴赫",), ("Otterbach",)),
        Term(("奥特巴赫能源", "奥能"), ("Otterbach Energy",)),
        Term(("昆黑",), ("Quince & Hale",)),
        Term(("昆",), ("quince",)),
    ),
)


@pytest.mark.parametrize(
    ("question", "named", "left"),
    [
        ("奥特巴赫2023年收入", 1, "2023年收入"),
        ("奧特巴赫能源2023年收入", 2, "2023年收入"),
        ("昆黑2023年收入", 3, "2023年收入"),
        ("奥能2023年收入", 2, "2023年收入"),
        ("南山矿业2023年收入", 4, "2023年收入"),
        ("南山礦業2023年收入", 4, "2023年收入"),
    ],
)
def test_names_of_a_glossary_lead_to_reports_that_do_not_print_them_and_part_of_another_name_is_none(
    question, named, left
):
    near = COMPANIES.near(question)
    assert [(number, one.name) for number, one in near.items()] == [(named, 1.0)]
    assert COMPANIES.without_names(question, [named]).strip() == left


def test_the_report_of_the_year_is_nearer_than_the_one_after_and_that_nearer_than_others():
    near = LIBRARY.near("Harbour Light in 2023")
    assert near[1].period == 1
    assert 0 < near[2].period < 1
    assert 5 not in near
    assert LIBRARY.near("Harbour Light in 2021")[1].period == 0


def test_another_quarter_of_the_year_is_less_near():
    assert LIBRARY.near("青禾生物2023年第三季度")[4].period == 1
    assert 0 < LIBRARY.near("青禾生物2023年第一季度")[4].period < 1


def test_the_year_in_a_name_counts_where_nothing_else_is_known():
    assert LIBRARY.near("North Windmills in FY2023")[3].period == 1


def test_a_word_in_most_names_tells_none_apart():
    directory = Directory(tuple(document(number, f"Quarry-{number}.pdf") for number in range(9)))
    assert directory.near("What does Quarry sell?") == {}


def test_both_of_two_that_are_compared_are_named():
    near = LIBRARY.near("Does Harbour Light or Best Granite have more employees in 2023?")
    assert near[1].name > 0.3
    assert near[6].name > 0.3


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Compare Harbour Light's and Best Granite's sales", [{1, 2}, {6}]),
        ("青禾生物与Harbour Light的营业收入比较", [{1, 2}, {4}]),
        ("How did Harbour Light Ferries do in 2023 and 2024?", []),
        ("What are sales and costs?", []),
    ],
)
def test_entities_that_are_compared_are_told_apart(question, sides):
    assert sorted(map(sorted, LIBRARY.sides(question))) == sorted(map(sorted, sides))


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("How did the sales of Harbour Light change from 2022 to 2024?", [{1}, {2}]),
        ("How did the sales of Harbour Light change from 2022 to 2023?", [{1}, {1, 2}]),
        ("What were the sales of Harbour Light in 2024?", []),
        ("How did sales change from 2022 to 2024?", []),
    ],
)
def test_a_report_tells_of_its_year_and_of_the_one_before(question, years):
    assert LIBRARY.years(question, LIBRARY.near(question)) == years


def test_a_document_that_came_since_the_names_were_read_can_be_asked():
    assert LIBRARY.without_names("What was Quarry's revenue?", {4_000}) == "What was Quarry's revenue?"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What was the revenue of Harbour Light Ferries in 2023?", "What was the revenue of in 2023?"),
        ("青禾生物的营业收入", "的营业收入"),
        ("Who is Harbour Light?", "Who is Harbour Light?"),
        ("Compare Harbour Light's and Best Granite's sales", "Compare Harbour Light's and Best Granite's sales"),
    ],
)
def test_a_name_that_leads_to_documents_is_not_looked_for_in_them(question, left):
    bare = LIBRARY.without_names(
        question, {number for number, near in LIBRARY.near(question).items() if near.name == 1}
    )
    assert " ".join(bare.split()) == left


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Who was acquired by Quay Foods according to its 10-K?", 21),
        ("Who was acquired by Quay Foods according to the press release?", 22),
        ("Quay Foods 10-Q liquidity", 23),
        ("Quay Foods年报里的存货", 21),
    ],
)
def test_the_kind_of_document_that_is_named_tells_those_of_one_company_apart(question, first):
    kinds = {21: "annual report", 22: "earnings release", 23: "quarterly report"}
    about = {number: About(names=("Quay Foods, Inc.",), type=kind) for number, kind in kinds.items()}
    three = tuple(replace(document(number, f"{number}.pdf"), about=one) for number, one in about.items())
    near = Directory((*LIBRARY.documents, *three)).near(question)
    assert {number for number, one in near.items() if one.name == 1.0} == {first}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("年报", {"annual report"}),
        ("2020年半年度报告", {"half-year report"}),
        ("三季报", {"quarterly report"}),
        ("2020年报告期末", set()),
        ("董事年报酬", set()),
    ],
)
def test_chinese_reports_are_named_by_their_period(text, kinds):
    assert kinds_named(text) == kinds
