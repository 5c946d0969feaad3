"""Levels of headings by their numbers, where their type and the outline tell nothing."""

import pytest

from rag.reading.pdf.blocks.numbered import numbered
from rag.records import Box, Leaf, Page, Span

PLACE = Page(1, None, Box(0, 0, 1, 1))


def levels(*texts, level=1):
    blocks = [Span(text, PLACE, "heading", "\n", level) for text in texts]
    return [block.level for leaf in numbered([Leaf(1, None, (block,)) for block in blocks]) for block in leaf.blocks]


def test_a_number_with_a_point_stands_below_the_number_before_it_though_they_are_set_alike():
    found = levels("2. STARTING", "2.1 Installing", "2.1.1 On a laptop", "2.1.2 On a server", "2.2 Leaving", "3. FILES")
    assert found == [1, 2, 3, 3, 2, 1]


def test_a_numbered_heading_whose_type_tells_nothing_stands_right_below_the_one_its_number_names():
    heads = [Span("3", PLACE, "heading", "\n", 1), Span("Tables", PLACE, "heading", " ", 1)]
    leaf = Leaf(1, None, (*heads, Span("3.1 Plain ones", PLACE, "heading", "\n", 6)))
    assert [block.level for block in next(numbered([leaf])).blocks] == [1, 1, 2]


def test_no_level_is_deeper_than_the_deepest():
    assert levels("1 A", "1.1 B", "1.1.1 C", level=5) == [5, 6, 6]


@pytest.mark.parametrize("texts", [["3 Files", "2.1 Installing"], ["Appendix", "Notes"], ["1.1 Scope", "1.2 Terms"]])
def test_without_the_number_it_belongs_to_a_heading_keeps_its_level(texts):
    assert levels(*texts) == [1, 1]
