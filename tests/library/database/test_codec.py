"""A passage that is kept is the passage that was read."""

import json
import zlib
from datetime import UTC, datetime
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from rag.library.database.codec import pack_notes, pack_passage, unpack_notes, unpack_passage
from rag.records import Box, Cell, Cells, Document, Note, Page, Passage, Span, SpanKind, TableHead

DOCUMENT = Document(1, 1, "a.pdf", "0" * 64, "pdf", 3, datetime(2026, 1, 1, tzinfo=UTC), "ann")
NUMBERS = st.floats(0, 1000).map(lambda number: round(number, 1))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLACES = st.one_of(
    st.builds(
        Page,
        number=st.integers(1, 5000),
        printed=st.none() | TEXTS,
        box=st.none() | st.builds(Box, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    ),
    st.builds(Cells, sheet=TEXTS, area=TEXTS),
)
SPANS = st.builds(
    Span,
    text=TEXTS,
    place=PLACES,
    kind=st.sampled_from(get_args(SpanKind)),
    before=st.sampled_from(["", " ", "\n", "\t"]),
    level=st.integers(0, 6),
    column=st.integers(0, 50),
)
MANY_SPANS = st.lists(SPANS, max_size=5).map(tuple)
CELLS = st.builds(
    Cell,
    text=TEXTS,
    place=PLACES,
    column=st.integers(1, 50),
    value=st.none() | st.floats(allow_nan=False),
    level=st.integers(0, 6),
    over=st.integers(1, 4),
)
HEADS = st.builds(
    TableHead,
    title=MANY_SPANS,
    unit=MANY_SPANS,
    header=st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=2).map(tuple),
)
PASSAGES = st.builds(
    Passage,
    document=st.just(DOCUMENT),
    spans=MANY_SPANS,
    heading=st.lists(TEXTS, max_size=3).map(tuple),
    head=st.none() | HEADS,
    id=st.just(7),
)


@given(PASSAGES)
def test_a_passage_comes_back_as_it_was(passage):
    assert unpack_passage(7, DOCUMENT, pack_passage(passage)) == passage


def test_notes_come_back_as_they_were():
    notes = (Note("PageFailed", {"page": 3}), Note("Renamed", {"name": "年报.pdf", "kept": "年报 (2).pdf"}))
    assert unpack_notes(pack_notes(notes)) == notes


def test_what_was_kept_before_a_kind_of_span_was_added_is_still_read_as_it_was():
    kinds = ["text", "heading", "title", "unit", "head", "cell"]
    spans = [["words", number, " ", 0, 0, [0]] for number in range(len(kinds))]
    kept = zlib.compress(json.dumps({"heading": [], "head": None, "spans": spans, "leaves": [[3, "iii"]]}).encode())
    assert [span.kind for span in unpack_passage(7, DOCUMENT, kept).spans] == kinds
