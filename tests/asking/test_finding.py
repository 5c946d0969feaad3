"""Whatever becomes of an embedding model, the words of the documents are found, and why there was no more is said."""

import pytest

from rag.errors import DiskFull, EmbedderUnavailable
from rag.records import Cells, Finished, Request
from rag.retrieval.asked.question import asks_for_table
from rag.retrieval.embedder.hashing import HashingEmbedder

FEE = "What is the annual mooring fee?"


class Silent(HashingEmbedder):
    """A model that cannot be used."""

    def __init__(self, problem):
        self.problem = problem

    def passages(self, texts):
        raise self.problem

    def query(self, text):
        raise self.problem


class Retrained(HashingEmbedder):
    """Another model under the old name."""

    dim = 128


@pytest.mark.parametrize(
    ("embedder", "code"),
    [
        (Silent(EmbedderUnavailable(name="m", reason="it is gone")), "EmbedderUnavailable"),
        (Silent(DiskFull(path="/data")), "DiskFull"),
        (Retrained(), "EmbedderUnavailable"),
    ],
)
@pytest.mark.parametrize("question", [FEE, "系泊费是多少？"])
def test_without_its_embedding_model_a_base_is_searched_by_words(app, add, report, embedder, code, question):
    add("report.pdf", report)
    app.finder._embedder = lambda _: embedder
    answer = next(event.answer for event in app.ask("ann", Request(question)) if isinstance(event, Finished))
    assert answer.citations
    assert answer.problem.code == code
    app.finder.warm_up()


def test_the_doctor_looks_at_everything_though_an_embedding_model_is_missing(app, add, report):
    add("report.pdf", report)
    app.finder._embedder = lambda _: Retrained()
    (finding,) = app.check().findings
    assert finding.what == "vectors that the index does not hold"


REGIONS, MONTHS = ["North", "South", "East", "West"], ["January", "February", "March"]


@pytest.fixture
def yearbook(app, add, make_workbook):
    """A workbook of three sheets whose rows say little of what their tables are about."""
    quarters = [
        ["Region", "Q1 sales", "Q2 sales", "Q3 sales"],
        *[[f"{one} {at}", at, 2, 3] for one in REGIONS for at in range(30)],
    ]
    staff = [["Name", "Salary", "Month"], *[[f"Person {at}", 900 + at, MONTHS[at % 3]] for at in range(90)]]
    stock = [["产品", "库存数量", "仓库"], *[[f"产品{at}", at, ("上海", "广州")[at % 2]] for at in range(90)]]
    add("yearbook.xlsx", make_workbook(Turnover=quarters, People=staff, 台账=stock))


@pytest.mark.parametrize(
    ("question", "sheet"),
    [
        ("Which sheet has the Q3 sales by region?", "Turnover"),
        ("Which table lists the salary of each name?", "People"),
        ("哪张表有各仓库的库存数量？", "台账"),
        ("各产品的库存数量在哪个表里", "台账"),
    ],
)
def test_a_question_for_a_table_finds_what_tells_of_it(app, yearbook, question, sheet):
    first = app.find("ann", question)[0].passage
    assert first.is_profile
    assert first.places[0].sheet == sheet
    answer = next(event.answer for event in app.ask("ann", Request(question)) if isinstance(event, Finished))
    assert isinstance(answer.citations[0].place, Cells)
    assert answer.citations[0].place.sheet == sheet


@pytest.mark.parametrize(
    "question", ["What did East 7 sell in Q3?", "Q3 sales of the region West 12", "产品45 的库存数量是多少"]
)
def test_what_tells_of_a_table_takes_no_room_from_its_rows(app, yearbook, question):
    hits = app.find("ann", question, k=8)
    assert len(hits) == 8
    assert not any(hit.passage.is_profile for hit in hits)
    assert not any(hit.passage.is_profile for hit in app.find("ann", question, k=100))


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Which sheet has the Q3 sales by region?", True),
        ("In which file are the copper prices?", True),
        ("哪个工作表有华东的订单", True),
        ("利润数据在哪里", True),
        ("What were the Q3 sales in the North?", False),
        ("Which region sold most?", False),
        ("公司有哪些主要客户？", False),
        ("流动比率是多少？", False),
        ("公司的总资产是多少，在表中如何列示？", False),
    ],
)
def test_a_question_for_a_table_is_told_from_one_for_its_content(question, wanted):
    assert asks_for_table(question) == wanted
