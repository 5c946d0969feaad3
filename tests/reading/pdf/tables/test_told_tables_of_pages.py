"""Each table of a page is told of in a few lines, one passage beside those of its rows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.chunker import chunk
from rag.reading.pdf.tables.table_profile import profile
from rag.reading.room import tokens
from rag.records import Box, Cell, Document, Leaf, Page, Passage, Span, Table, TableHead

REPORT = Document(1, 1, "report.pdf", "d", "pdf", 1, datetime(2026, 11, 22, tzinfo=UTC), "ann")


def cell(row: int, column: int, text: str, page: int = 3) -> Cell:
    return Cell(text, Page(page, None, Box(column * 100, row * 20, column * 100 + 80, row * 20 + 10)), column)


def table(labels: list[str], title: str = "Debt", unit: str = "in millions", heads=("2024", "2023"), page=3) -> Table:
    rows = [
        (cell(at, 1, label, page), cell(at, 2, f"{at}1", page), cell(at, 3, f"{at}2", page))
        for at, label in enumerate(labels, 3)
    ]
    head = TableHead(
        (Span(title, Page(page, None, Box(100, 0, 200, 10))),) if title else (),
        (Span(unit, Page(page, None, Box(100, 20, 200, 30))),) if unit else (),
        (tuple(cell(2, at, text, page) for at, text in enumerate(heads, 2)),),
    )
    return Table(head, tuple(rows))


def words(texts):
    return [len(text.split()) for text in texts]


def test_a_table_is_told_of_by_its_name_its_heads_and_its_labels_without_its_figures():
    told = profile(table(["Senior notes", "Term loan", "Total debt"], unit="(in millions)"))
    assert told.text == "Table: Debt (in millions)\n2024, 2023\nSenior notes, Term loan, Total debt"


def test_it_stands_for_all_of_the_table_on_its_page():
    told = profile(table(["Senior notes", "Total debt"]))
    assert (told.kind, told.place) == ("profile", Page(3, None, Box(100, 0, 380, 90)))


def test_a_chinese_table_is_told_of_in_chinese():
    told = profile(table(["短期借款", "长期借款", "合计"], "借款", "万元", ("期末余额", "期初余额")))
    assert told.text == "表格：借款（万元）\n期末余额、期初余额\n短期借款、长期借款、合计"


def test_of_too_many_labels_those_stay_that_sum_up_others():
    labels = [f"Some longer label of the row number {at}" for at in range(60)]
    told = profile(table([*labels, "Total liabilities"]))
    assert told.text.endswith("Total liabilities")
    assert labels[0] in told.text
    assert labels[-1] not in told.text


@pytest.mark.parametrize("labels", [["Senior notes"], ["1,200", "34"], []])
def test_hardly_any_rows_or_labels_are_not_told_of(labels):
    assert profile(table(labels)) is None


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("ab 收入1"), min_size=1, max_size=90), max_size=40),
    st.text(st.sampled_from("ab 收入1"), max_size=300),
)
def test_what_is_told_leaves_room_for_the_headings_above_it(labels, title):
    told = profile(table(labels, title))
    assert told is None or tokens(told.text) < 240


def passages(*leaves: Leaf) -> list[Passage]:
    return list(chunk(REPORT, iter(leaves), 60, words))


def test_what_tells_of_a_table_is_a_passage_under_the_headings_of_the_table():
    heading = Span("Note 4. Borrowings", Page(3), "heading", "\n", 1)
    later = Span("Note 5. Leases", Page(3), "heading", "\n", 1)
    last = Span("Leases come last.", Page(3), "text", "\n")
    found = passages(Leaf(3, "3", (heading, table(["Senior notes", "Total debt"]), later, last)))
    assert [passage.is_profile for passage in found] == [False, True, False]
    assert found[1].heading == ("Note 4. Borrowings",)
    assert found[0].own_text.endswith("Total debt\t41\t42")


def test_a_table_that_goes_on_is_told_of_on_each_of_its_pages():
    first, second = table(["Senior notes", "Term loan"]), table(["Leases", "Total debt"], page=4)
    second = Table(first.head, second.rows, continues=True)
    told = [passage for passage in passages(Leaf(3, "3", (first,)), Leaf(4, "4", (second,))) if passage.is_profile]
    assert [passage.places[0].number for passage in told] == [3, 4]
    assert told[1].own_text == "Table: Debt (in millions)\n2024, 2023\nLeases, Total debt"
