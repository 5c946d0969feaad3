"""Levels of headings from a document's own outline."""

from rag.reading.pdf.blocks.outlined import outlined
from rag.records import Box, Leaf, OutlineEntry, Page, Span


def span(text, level, before="\n"):
    return Span(text, Page(1, None, Box(0, 0, 1, 1)), "heading", before, level)


def levels(outline, *spans):
    (leaf,) = outlined([Leaf(1, None, tuple(spans))], outline)
    return [block.level for block in leaf.blocks]


OUTLINE = [
    OutlineEntry(1, "Part II", 1),
    OutlineEntry(2, "Item 8. Financial Statements", 1),
    OutlineEntry(3, "Debt", 1),
]


def test_a_heading_that_stands_in_the_outline_has_its_level():
    found = levels(OUTLINE, span("PART II", 4), span("Item 8.", 4), span("Financial  Statements", 4, " "))
    assert found == [1, 2, 2]


def test_a_heading_that_does_not_stands_beside_or_below_the_one_above_it_that_does():
    spans = [span("Foreword", 2), span("Part II", 4), span("Our view", 4), span("At length", 5)]
    assert levels(OUTLINE, *spans) == [2, 1, 4, 5]
    assert levels(OUTLINE, span("Part II", 1), span("Our view", 1)) == [1, 1]


def test_an_outline_of_another_page_or_of_one_level_changes_nothing():
    spans = [span("Part II", 4), span("Debt", 4)]
    assert levels([OutlineEntry(1, "Part II", 2), OutlineEntry(2, "Debt", 3)], *spans) == [4, 4]
    assert levels([OutlineEntry(1, "Part II", 1), OutlineEntry(1, "Debt", 1)], *spans) == [4, 4]


def test_a_short_title_inside_a_longer_one_is_another():
    assert levels(OUTLINE, span("Debt and what we owe to others", 5)) == [5]


def test_a_paragraph_that_says_just_what_the_outline_names_is_a_heading():
    place = Page(1, None, Box(0, 0, 1, 1))
    outline = [OutlineEntry(1, "下载", 1), OutlineEntry(2, "源代码", 1), OutlineEntry(2, "Debt", 1)]
    spans = [
        span("1 下载", 1),
        Span("1.1", place, "list", "\n", 1),
        Span("源代码", place, "list", " ", 1),
        Span("Debt rose.", place, "text", "\n", 0),
    ]
    (leaf,) = outlined([Leaf(1, None, tuple(spans))], outline)
    assert [(block.kind, block.level) for block in leaf.blocks] == [
        ("heading", 1), ("heading", 2), ("heading", 2), ("text", 0),
    ]  # fmt: skip


def test_what_a_heading_says_already_is_no_heading_again():
    place = Page(1, None, Box(0, 0, 1, 1))
    spans = [span("Part II", 4), Span("Part II", place, "text", "\n", 0)]
    (leaf,) = outlined([Leaf(1, None, tuple(spans))], [OUTLINE[0], OutlineEntry(2, "Deep", 1)])
    assert [block.kind for block in leaf.blocks] == ["heading", "text"]
