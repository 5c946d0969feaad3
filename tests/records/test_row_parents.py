"""Which row of a table each of its rows is under."""

from hypothesis import given
from hypothesis import strategies as st

from rag.records import Cell, Page
from rag.records.row_parents import parents


def rows(*labels):
    """Rows by label: spaces in front are its level; one that ends in a colon has no figures."""
    found = []
    for label in labels:
        text = label.strip()
        cell = Cell(text, Page(1), 1, level=len(label) - len(label.lstrip()))
        found.append((cell,) if text.endswith((":", "：")) else (cell, Cell("1", Page(1), 2)))
    return found


def test_a_row_is_under_the_one_that_is_set_in_less():
    assert parents(rows("Assets", " Cash", "  At banks", "  On hand", " Goods", "Debt")) == [None, 0, 1, 1, 0, None]


def test_rows_that_are_not_set_in_are_under_their_section_down_to_its_total():
    assert parents(rows("Current assets:", "Cash", "Goods", "Total current assets", "Land")) == [None, 0, 0, 0, None]
    assert parents(rows("流动资产：", "货币资金", "流动资产合计", "固定资产")) == [None, 0, 0, None]


def test_a_section_ends_where_the_next_begins():
    assert parents(rows("Assets:", "Cash", "Debt:", "Loans")) == [None, 0, None, 2]


def test_a_row_without_a_label_is_under_the_row_above_that_has_one():
    assert parents([*rows("Cash"), (Cell("1", Page(1), 2),)]) == [None, 0]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["Cash", "Total", "Assets:"])), max_size=30))
def test_each_row_is_under_one_above_it(labels):
    found = parents(rows(*[" " * level + text for level, text in labels]))
    assert all(parent is None or parent < at for at, parent in enumerate(found))
