"""Passages keep every word, its order and its place, whatever the document and the limit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.chunker import chunk
from rag.records import Cell, Cells, Document, Figure, Leaf, Page, Passage, Span, Table, TableHead, cell_name, joined

REPORT = Document(1, 1, "report.pdf", "d", "pdf", 1, datetime(2026, 11, 22, tzinfo=UTC), "ann")
WORKBOOK = Document(2, 1, "sales.xlsx", "d", "workbook", 1, datetime(2026, 11, 22, tzinfo=UTC), "ann")


def characters(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def crooked(texts: Sequence[str]) -> list[int]:
    """Counts more for a whole than for its parts together, as real tokenizers sometimes do."""
    return [len(text) + len(text) // 7 + text.count("e\n") for text in texts]


def leaf(number: int, *blocks: Span | Table, name: str | None = None) -> Leaf:
    return Leaf(number, name, blocks)


def prose(text: str, page: int = 1, before: str = " ") -> Span:
    return Span(text, Page(page), "text", before)


def heading(text: str, level: int = 1, page: int = 1) -> Span:
    return Span(text, Page(page), "heading", "\n", level)


def row(number: int, *texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, Cells("P&L", cell_name(number, at)), at) for at, text in enumerate(texts, 1))


def table(rows: int, title: str = "Income", unit: str = "in millions") -> Table:
    head = TableHead(
        (Span(title, Cells("P&L", "A1")),),
        (Span(unit, Cells("P&L", "A2")),),
        (row(3, "Item", "2024", "2025"),),
    )
    return Table(head, tuple(row(4 + at, f"line {at}", f"{at},100", f"{at},200") for at in range(rows)))


def passages(document: Document, leaves: Sequence[Leaf], limit: int, count=characters) -> list[Passage]:
    return list(chunk(document, iter(leaves), limit, count))


def own_words(found: Sequence[Passage]) -> list[Span]:
    """The spans of the document, without what tells of its tables."""
    return [span for passage in found if not passage.is_profile for span in passage.spans]


def spans_of(leaves: Sequence[Leaf]) -> list[Span]:
    found: list[Span] = []
    for one in leaves:
        for block in one.blocks:
            if isinstance(block, Span):
                found.append(block)
                continue
            found.extend(block.head.title)
            found.extend(block.head.unit)
            for cells in (*block.head.header, *block.rows):
                found.extend(Span(cell.text, cell.place, column=cell.column) for cell in cells)
    return found


def footnotes_last(spans: Sequence[Span]) -> list[Span]:
    """Footnotes wait for the paragraph that goes on over them: their order is told apart from that of the rest."""
    return sorted(spans, key=lambda span: span.kind == "footnote")


def characters_with_places(spans: Sequence[Span]) -> list[tuple[str, Page | Cells, int]]:
    return [(letter, span.place, span.column) for span in spans for letter in span.text if not letter.isspace()]


texts = st.one_of(
    st.text(st.sampled_from("ab .。e\n年度，1"), min_size=1, max_size=12),
    st.text(st.sampled_from("ab e收入"), min_size=20, max_size=120),
).filter(str.strip)
befores = st.sampled_from([" ", "", "\n", "\n\n"])


@st.composite
def documents(draw: st.DrawFn) -> list[Leaf]:
    leaves = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        spans = st.builds(lambda text, before, number=number: Span(text, Page(number), "text", before), texts, befores)
        heads = st.builds(
            lambda text, before, level, number=number: Span(text, Page(number), "heading", before, level),
            texts,
            befores,
            st.integers(1, 3),
        )
        lines = st.lists(st.builds(lambda text, number=number: Span(text, Page(number)), texts), max_size=2).map(tuple)
        cell = st.builds(
            lambda text, at, number=number: Cell(text, Page(number, None, None), at), texts, st.integers(1, 5)
        )
        rows = st.lists(st.lists(cell, min_size=1, max_size=4).map(tuple), max_size=4).map(tuple)
        tables = st.builds(Table, st.builds(TableHead, lines, lines, rows), rows)
        blocks = draw(st.lists(st.one_of(spans, spans, heads, tables), max_size=6))
        blocks += draw(st.lists(spans.map(lambda span: replace(span, kind="footnote")), max_size=2))
        leaves.append(Leaf(number, None, tuple(blocks)))
    return leaves


@settings(max_examples=40, deadline=None)
@given(documents(), st.integers(1, 100), st.sampled_from([characters, crooked, words]))
def test_no_word_is_lost_repeated_or_moved_from_its_place(leaves, limit, count):
    found = own_words(passages(REPORT, leaves, limit, count))
    assert characters_with_places(footnotes_last(found)) == characters_with_places(footnotes_last(spans_of(leaves)))


@settings(max_examples=40, deadline=None)
@given(documents(), st.integers(1, 100), st.sampled_from([characters, crooked, words]))
def test_no_passage_is_longer_than_the_limit_but_for_a_single_character(leaves, limit, count):
    for passage in passages(REPORT, leaves, limit, count):
        assert count([passage.text])[0] <= limit or len(passage.own_text) == 1


@settings(max_examples=40, deadline=None)
@given(documents(), st.integers(40, 150))
def test_a_span_that_fits_is_never_cut(leaves, limit):
    longest = max((len(span.text) for span in spans_of(leaves)), default=0)
    found = own_words(passages(REPORT, leaves, limit + 4 * longest))
    expected = [(span.text, span.place) for span in footnotes_last(spans_of(leaves))]
    assert [(span.text, span.place) for span in footnotes_last(found)] == expected


def test_what_nothing_was_done_to_is_the_same_span():
    first, second = prose("One."), prose("Two.", before="\n")
    (passage,) = passages(REPORT, [leaf(1, first, second)], 100)
    assert passage.spans == (first, second)
    assert passage.text == "One.\nTwo."


def test_a_heading_stands_with_what_it_opens():
    blocks = [heading("Fees"), prose("x" * 50), heading("Risks"), prose("y" * 50)]
    first, second = passages(REPORT, [leaf(1, *blocks)], 100)
    assert first.text == "Fees " + "x" * 50
    assert second.text == "Risks " + "y" * 50


def test_a_heading_at_the_foot_of_a_page_moves_to_the_next_page():
    leaves = [leaf(1, prose("x" * 80), heading("Risks")), leaf(2, prose("y" * 30, 2))]
    first, second = passages(REPORT, leaves, 100)
    assert first.own_text == "x" * 80
    assert second.own_text == "Risks " + "y" * 30


def test_a_passage_knows_the_headings_above_its_first_word():
    blocks = [heading("Report", 1), heading("Fees", 2), prose("x" * 60), prose("y" * 60)]
    first, second = passages(REPORT, [leaf(1, *blocks)], 90)
    assert first.heading == ()
    assert first.own_text.startswith("Report\nFees ")
    assert second.heading == ("Report", "Fees")
    assert second.text == "Report > Fees\n" + "y" * 60


def test_a_heading_of_two_lines_is_one_heading():
    lines = [heading("Results of"), Span("Operations", Page(1), "heading", " ", 1)]
    _, second = passages(REPORT, [leaf(1, *lines, prose("x" * 80), prose("y" * 60))], 120)
    assert second.heading == ("Results of Operations",)


def test_a_path_of_headings_that_is_too_long_keeps_the_nearest():
    blocks = [heading("A" * 40, 1), heading("Fees", 2), prose("x" * 90), prose("y" * 90)]
    found = passages(REPORT, [leaf(1, *blocks)], 110)
    assert found[-1].heading == ("Fees",)


def test_paragraphs_are_kept_whole_before_sentences():
    blocks = [prose("a" * 60 + "."), prose("b" * 20 + ".", before="\n"), prose("c" * 15 + "."), prose("d" * 30 + ".")]
    first, second = passages(REPORT, [leaf(1, *blocks)], 100)
    assert first.own_text == "a" * 60 + "."
    assert second.own_text.startswith("b")


def test_sentences_are_kept_whole():
    blocks = [prose("收" * 60 + "。", before=""), prose("入" * 20, before=""), prose("润" * 40 + "。", before="")]
    first, second = passages(REPORT, [leaf(1, *blocks)], 100)
    assert first.own_text == "收" * 60 + "。"
    assert second.own_text == "入" * 20 + "润" * 40 + "。"


def test_a_passage_may_cross_a_page_but_not_when_it_is_nearly_full():
    leaves = [
        leaf(at, prose(letter * size, at, "\n")) for at, letter, size in ((1, "x", 40), (2, "y", 40), (3, "z", 10))
    ]
    first, second = passages(REPORT, leaves, 100)
    assert first.places == (Page(1), Page(2))
    assert second.places == (Page(3),)


def test_a_sentence_that_goes_on_over_a_page_break_is_not_torn_there():
    leaves = [leaf(1, prose("x" * 70, 1, "\n")), leaf(2, prose("goes on.", 2), prose("Next." * 4, 2, "\n"))]
    first, second = passages(REPORT, leaves, 90)
    assert first.own_text == "x" * 70 + " goes on."
    assert second.own_text == "Next." * 4


def test_a_footnote_follows_the_paragraph_that_goes_on_over_it():
    note = Span("1 Unaudited.", Page(1), "footnote", "\n")
    leaves = [leaf(1, prose("The fee rose", 1, "\n"), note), leaf(2, prose("by a half.", 2), prose("Next.", 2, "\n"))]
    (only,) = passages(REPORT, leaves, 100)
    assert only.own_text == "The fee rose by a half.\n1 Unaudited.\nNext."
    assert [place.number for place in (span.place for span in only.spans)] == [1, 2, 1, 2]


def test_what_stands_on_every_page_and_what_nobody_sees_is_in_no_passage():
    blocks = [Span(kind, Page(1), kind, "\n") for kind in ("running", "watermark", "hidden", "caption")]
    (seen,) = passages(REPORT, [leaf(1, *blocks)], 100)
    (asked,) = chunk(REPORT, [leaf(1, *blocks)], 100, characters, hidden=True)
    assert seen.own_text == "caption"
    assert asked.own_text == "hidden\ncaption"


def test_a_page_that_has_but_running_heads_keeps_them():
    running, watermark = Span("Annual report", Page(1), "running", "\n"), Span("DRAFT", Page(1), "watermark", "\n")
    (only,) = passages(REPORT, [leaf(1, running, watermark)], 100)
    assert only.own_text == "Annual report"


def test_the_caption_of_a_figure_is_in_a_passage_where_the_figure_stands():
    figure = Figure((Span("Figure 1: Our pump", Page(1), "caption", "\n"),), Page(1))
    (only,) = passages(REPORT, [leaf(1, prose("Above."), figure, prose("Below.", before="\n"))], 100)
    assert only.own_text == "Above.\nFigure 1: Our pump\nBelow."


def test_a_run_of_20000_characters_without_a_break_is_cut_into_pieces_of_one_place():
    run = "".join(chr(0x4E00 + at % 500) for at in range(20_000))
    found = passages(REPORT, [leaf(7, prose(run, 7))], 400)
    assert joined(span for passage in found for span in passage.spans) != ""
    assert "".join(span.text for passage in found for span in passage.spans) == run
    assert {passage.places for passage in found} == {(Page(7),)}
    assert len(found) < 20_000 / 400 * 1.4


def test_a_long_run_is_cut_between_sentences():
    run = "This is a sentence of some length. " * 40
    found = passages(REPORT, [leaf(1, prose(run))], 300)
    assert all(re.search(r"\.\s*$", passage.own_text) for passage in found)


def test_a_table_is_a_passage_of_its_own_with_its_head_and_rows_as_spans():
    before, rows, after = passages(REPORT, [leaf(1, prose("Before."), table(2), prose("After."))], 300)
    assert (before.text, before.head) == ("Before.", None)
    assert rows.own_text == ("Income\nin millions\nItem\t2024\t2025\nline 0\t0,100\t0,200\nline 1\t1,100\t1,200")
    assert rows.text == rows.own_text
    assert [span.kind for span in rows.spans[:6]] == ["title", "unit", "head", "head", "head", "cell"]
    assert [span.column for span in rows.spans[5:8]] == [1, 2, 3]
    assert (after.text, after.head) == ("After.", None)


def test_later_passages_of_a_table_repeat_its_head():
    long = table(40)
    first, second, *_ = passages(REPORT, [leaf(1, long)], 200)
    assert first.head == long.head
    assert second.head == long.head
    assert second.text.startswith("Income\nin millions\nItem | 2024 | 2025\nline ")
    assert all(span.kind == "cell" for span in second.spans)


def test_a_table_that_continues_carries_its_head_without_saying_it_again():
    first = table(2)
    second = replace(table(2), continues=True)
    found = passages(REPORT, [leaf(1, first), leaf(2, second)], 300)
    assert [passage.head for passage in found] == [first.head, first.head]
    assert found[1].own_text == "line 0\t0,100\t0,200\nline 1\t1,100\t1,200"
    assert found[1].text == "Income\nin millions\nItem | 2024 | 2025\n" + found[1].own_text


def test_a_row_is_never_parted():
    for limit in range(90, 240, 7):
        for passage in passages(REPORT, [leaf(1, table(30))], limit):
            rows = passage.own_text.split("\n")
            assert all(line.count("\t") == 2 for line in rows if line.startswith("line"))
            assert passage.spans[0].column in {0, 1}


def test_a_row_longer_than_a_passage_is_parted_between_cells():
    wide = Table(TableHead(), (row(1, *(f"value {at}" for at in range(100))), row(2, "next")))
    found = passages(REPORT, [leaf(1, wide)], 200)
    cells = [span.text for passage in found for span in passage.spans]
    assert cells == [*(f"value {at}" for at in range(100)), "next"]


def test_a_head_longer_than_half_a_passage_is_carried_shortened():
    head = TableHead((), (), (row(1, *(f"A very long name of the column {at}, in words" for at in range(6))),))
    wide = Table(head, tuple(row(2 + at, *"abcdef") for at in range(50)))
    found = passages(REPORT, [leaf(1, wide)], 350)
    assert joined(found[0].spans).startswith("A very long name of the column 0, in words\t")
    later = found[-1]
    assert later.head is not None
    assert later.head.text.startswith("A very long name of the… | ")
    assert [cell.place for cell in later.head.header[0]] == [cell.place for cell in head.header[0]]


def test_a_heading_right_above_a_table_goes_with_the_table():
    before, rows = passages(REPORT, [leaf(1, prose("x" * 20), heading("Statements"), table(1))], 200)
    assert before.own_text == "x" * 20
    assert rows.own_text.startswith("Statements\nIncome\n")


def test_the_sheet_is_the_widest_heading_and_no_passage_crosses_sheets():
    leaves = [leaf(1, table(1), name="P&L"), leaf(2, Span("Hello", Cells("Notes", "A1")), name="Notes")]
    first, second = passages(WORKBOOK, leaves, 400)
    assert first.heading == ("P&L",)
    assert second.text == "Notes\nHello"


def test_white_space_alone_makes_no_passage():
    assert passages(REPORT, [leaf(1, prose("  "), prose("\n"))], 100) == []


def test_a_document_without_words_has_no_passages():
    assert passages(REPORT, [leaf(1), leaf(2)], 100) == []


def test_a_passage_is_there_before_the_next_leaf_is_read():
    asked = []

    def leaves():
        for number in range(1, 100):
            asked.append(number)
            yield leaf(number, prose("x" * 90, number))

    found = chunk(REPORT, leaves(), 100, characters)
    next(found)
    next(found)
    assert len(asked) <= 3


def test_tokens_are_counted_in_batches():
    calls = []

    def counted(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return characters(texts)

    leaves = [leaf(number, *(prose("x" * 9, number) for _ in range(60))) for number in range(1, 11)]
    passages(REPORT, leaves, 100, counted)
    assert len(calls) <= 3 * len(leaves)


def test_a_limit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="room"):
        passages(REPORT, [], 0)
