"""Pages that are read apart, in runs that begin anywhere, are put together as if read one after the other."""

import pickle
from dataclasses import replace
from itertools import pairwise

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.pdf.blocks.headings import typography
from rag.reading.pdf.pages.page_labels import PageLabels
from rag.reading.pdf.processes.page_chain import PageRules, apart, together
from rag.reading.pdf.processes.page_reader import raw_pages
from rag.records import Table

PARTS = ["begin", "rows", "heads", "prose", "labels", "blank", "scarce"]
PROSE = (
    "The company sold more goods in the year than it had sold in the year before, and at better prices than planned."
)


LINES = {
    "prose": [(13, 9, [(72, PROSE)])] * 4,
    "scarce": [(14, 10, [(72, "Of which abroad")])],
    "labels": [(14, 10, [(72, "Short")]), (14, 10, [(72, "Also short")])],
    "rows": [(14, 10, [(72, f"Item {n}"), (300, f"1,{n}10"), (400, f"{n}05")]) for n in range(4)],
    "years": [(14, 10, [(300, "2025"), (400, "2024")])],
    "title": [(24, 10, [(72, "Statement of income")])],
    "blank": [],
}
LINES["heads"] = LINES["years"] + LINES["rows"]
LINES["begin"] = LINES["title"] + LINES["heads"]


def draw(page, parts):
    page.insert_text((72, 40), "Example Holdings plc", fontsize=8)
    y = 70
    for part in parts:
        for down, size, texts in LINES[part]:
            y += down
            for x, text in texts:
                page.insert_text((x, y), text, fontsize=size)
        y += 10
    page.insert_text((300, 810), "12", fontsize=8)


@pytest.fixture(scope="module")
def page_of():
    """A raw page for each list of parts; each is drawn once."""
    known = {}

    def made(parts, number):
        if parts not in known:
            with pymupdf.open() as document:
                draw(document.new_page(), parts)
                (known[parts],) = raw_pages(document, [1], deep=False)
        return replace(known[parts], number=number)

    return made


def in_runs(raws, cuts, rules, whole=()):
    """*raws* in runs that end at *cuts*, each as another process would send it, but for the pages *whole*."""
    for start, stop in pairwise([0, *sorted(cuts), len(raws)]):
        run = [raw for raw in raws[start:stop] if raw.number not in whole]
        sent = {page.number: page for page in pickle.loads(pickle.dumps(list(apart(run, rules))))}
        yield from (sent.get(raw.number, raw) for raw in raws[start:stop])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PARTS), max_size=3).map(tuple), min_size=1, max_size=9),
    st.sets(st.integers(0, 8), max_size=8),
    st.sets(st.integers(1, 9), max_size=3),
)
def test_pages_read_apart_are_the_pages_read_together(page_of, pages, cuts, whole):
    raws = [page_of(parts, number) for number, parts in enumerate(pages, 1)]
    rules = PageRules(PageLabels([]), typography((raw.lines, raw.height) for raw in raws))
    parts = in_runs(raws, {cut for cut in cuts if cut < len(raws)}, rules, whole)
    assert list(together(parts, rules, lambda number: raws[number - 1])) == list(together(raws, rules))


def test_a_table_that_goes_on_over_every_cut_is_one_table(page_of):
    raws = [page_of(("begin",), 1), *(page_of(("rows",), number) for number in range(2, 9))]
    rules = PageRules(PageLabels([]), typography((raw.lines, raw.height) for raw in raws))
    found = list(together(in_runs(raws, range(1, 8), rules), rules))
    tables = [block for leaf in found for block in leaf.blocks if isinstance(block, Table)]
    assert [table.continues for table in tables] == [False] + [True] * 7
    assert len({table.head for table in tables}) == 1


def test_a_table_that_is_named_again_behind_pages_of_prose_goes_on_whatever_was_read_apart(page_of):
    raws = [page_of(parts, number) for number, parts in enumerate([("begin",), ("prose",), ("prose",), ("begin",)], 1)]
    rules = PageRules(PageLabels([]), typography((raw.lines, raw.height) for raw in raws))
    found = list(together(in_runs(raws, [1, 2], rules), rules))
    assert [block.continues for leaf in found for block in leaf.blocks if isinstance(block, Table)] == [False, True]
