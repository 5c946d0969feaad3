"""Raw pages on disk come back as they were, and what a crash left of one does not."""

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.pages.raw_page import Picture, RawPage, Region
from rag.reading.pdf.processes.raw_cache import RawPageCache

number = st.floats(-1e6, 1e6)
box = st.tuples(number, number, number, number)
word = st.builds(
    lambda corners, text, at: (*corners, text, *at), box, st.text(max_size=9), st.tuples(*[st.integers(0, 99)] * 3)
)
line = st.builds(Line, st.lists(word, min_size=1, max_size=3), number, st.booleans(), st.integers(0, 3))
numbers = st.lists(number).map(tuple)
sides = st.lists(st.tuples(number, number, number), max_size=2).map(tuple)
tall = st.lists(st.tuples(number, number), max_size=2).map(tuple)
region = st.builds(Region, st.sampled_from(["text", "table"]), box, numbers, numbers, st.booleans(), sides, tall)
page = st.builds(
    RawPage,
    st.just(7),
    number,
    number,
    st.sampled_from([0, 90]),
    st.sampled_from(["text", "scanned"]),
    lines=st.lists(line, min_size=1, max_size=3),
    characters=st.dictionaries(st.tuples(*[st.integers(0, 9)] * 3), st.lists(box, max_size=3), max_size=2),
    regions=st.lists(region, max_size=2).map(tuple),
    pictures=st.lists(st.builds(Picture, box), max_size=2).map(tuple),
    confidence=st.none() | number,
    failed=st.sampled_from(["", "LayoutFailed"]),
)


@given(page)
def test_a_page_comes_back_as_it_was(tmp_path_factory, raw):
    folder = tmp_path_factory.mktemp("pages")
    with RawPageCache(folder) as cache:
        cache.put(raw)
        assert cache.get(7) == raw
    with RawPageCache(folder) as cache:
        assert cache.get(7) == raw


def test_every_part_of_a_page_that_is_no_plain_value_is_known_to_come_back():
    # One that is added must be seen to: JSON makes lists of tuples, and named ones lose their names.
    compound = {one.name for one in fields(RawPage) if not isinstance(one.default, str | int | float | type(None))}
    assert compound == {"number", "lines", "hidden", "characters", "regions", "pictures"}


def test_what_a_crash_left_of_a_page_is_dropped_and_overwritten(tmp_path):
    with RawPageCache(tmp_path) as cache:
        for each in (1, 2, 3):
            cache.put(RawPage(each, width=each))
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-5])
    with RawPageCache(tmp_path) as cache:
        assert [each in cache for each in (1, 2, 3)] == [True, True, False]
        cache.put(RawPage(3, width=30.0))
    with RawPageCache(tmp_path) as cache:
        assert [cache.get(each).width for each in (1, 2, 3)] == [1, 2, 30]


def test_a_damaged_page_is_not_there(tmp_path):
    with RawPageCache(tmp_path) as cache:
        cache.put(RawPage(1, width=1.0))
    (path,) = tmp_path.iterdir()
    body = bytearray(path.read_bytes())
    body[-9] ^= 0xFF
    path.write_bytes(body)
    with RawPageCache(tmp_path) as cache:
        assert cache.get(1) is None


def test_a_page_that_is_not_there_makes_no_folder(tmp_path):
    with RawPageCache(tmp_path / "none") as cache:
        assert cache.get(1) is None
        assert len(cache) == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("value", [math.inf, 0.1 + 0.2])
def test_numbers_are_kept_to_the_last_digit(tmp_path, value):
    with RawPageCache(tmp_path) as cache:
        cache.put(RawPage(1, width=value))
        assert cache.get(1).width == value
