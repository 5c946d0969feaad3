"""Words that a PDF breaks over a line end are found and quoted whole; hyphens of their own stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language import terms
from rag.reading import read
from rag.reading.pdf.blocks.broken_words import mended
from rag.reading.pdf.processes.page_pool import PagePool
from rag.records import Box, Leaf, Page, Span, joined

WORD = st.text("abcdeghimoru", min_size=4, max_size=9)  # of which no ending such as -tion is made


@pytest.fixture
def set_in_lines(pdf):
    """Draws one paragraph of such lines."""

    def make(*lines):
        def draw(page, _):
            for at, line in enumerate(lines):
                page.insert_text((72, 80 + 14 * at), line, fontsize=11)

        return pdf(draw)

    return make


@pytest.mark.parametrize("how", [{}, {"plain": True}, {"deep": True}])
def test_a_word_broken_over_a_line_end_is_found_and_quoted_whole(set_in_lines, how):
    upload = set_in_lines(
        "The numbers of this year are better than those of any year before, and the num-",
        "bers of the next are to be better still; what is long-term goes on, and what is long-",
        "term does not end. The state of the plants, which are state-of-the-art, is state-of-the-",
        "art, and the well-known are well-known.",
    )
    with PagePool(1) as pool:
        text = " ".join(joined(leaf.blocks) for leaf in read(upload, pool=pool, **how).leaves)
    assert "before, and the numbers of the next" in text
    assert "what is long-term does not end" in text
    assert "is state-of-the-art, and" in text
    assert terms(text).words.count("numbers") == 2


@given(words=st.lists(WORD, min_size=3, max_size=12, unique=True), cut=st.integers(1, 3), whole=st.booleans())
def test_no_letter_is_lost_and_no_word_is_joined_that_the_document_does_not_have(words, cut, whole):
    def span(text, before="\n"):
        return Span(text, Page(1, None, Box(0, 0, 9, 9)), "text", before)

    lines = [span(" ".join([*words, words[0][:cut] + "-"])), span(words[0][cut:] + " goes on", "")]
    if not whole:
        lines[0] = span(" ".join([*words[1:], words[0][:cut] + "-"]))
    (leaf,) = mended([Leaf(1, None, tuple(lines))])
    text = joined(leaf.blocks)
    assert text.replace("-", "") == joined(lines).replace("-", "")
    assert [one.place for one in leaf.blocks] == [one.place for one in lines]
    assert text.split().count(words[0]) == (2 if whole else 0) or words[0] in words[1:]


def test_a_document_that_breaks_its_words_breaks_those_too_that_it_has_once():
    def page(number, *texts):
        place = Page(number, None, Box(0, 0, 9, 9))
        return Leaf(
            number, None, tuple(Span(text, place, "text", "" if at % 2 else "\n") for at, text in enumerate(texts))
        )

    known = "profit market income non-current"
    breaks = (
        "a pro-",
        "fit in",
        "a mar-",
        "ket of",
        "an in-",
        "come for",
        "one seldom breaks am-",
        "phibian words",
    )
    compound = ("what the state does and who has owned it and is state-", "owned now", "all are non-", "floating")
    *_, last = mended([page(1, known), page(2, *breaks, *compound)])
    assert "breaks amphibian words" in joined(last.blocks)
    assert "is state-owned now\nall are non-floating" in joined(last.blocks)
    (alone,) = mended([page(1, "one seldom breaks am-", "phibian words")])
    assert "am-phibian" in joined(alone.blocks)


@pytest.mark.parametrize(
    ("head", "tail", "whole"),
    [
        ("in-", "sertion of text", False),
        ("ver-", "sion two", True),
        ("num-", "bers and", False),
        ("proceed-", "ings.", True),
        ("long-", "ing for", False),
        ("end-", "user", False),
        ("value-", "ally", False),
    ],
)
def test_a_rest_that_is_but_an_ending_belongs_to_the_word_before_it(head, tail, whole):
    place = Page(1, None, Box(0, 0, 9, 9))
    (leaf,) = mended([Leaf(1, None, (Span(f"of {head}", place, "text"), Span(tail, place, "text", "")))])
    assert joined(leaf.blocks) == f"of {head[:-1] if whole else head}{tail}"


def test_what_mostly_keeps_its_hyphen_keeps_it_in_a_document_that_breaks_words():
    place = Page(1, None, Box(0, 0, 9, 9))
    texts = ("ver-", "sion and", "affilia-", "tion and", "ig-", "nored and", "cloud-", "based and self-", "contained")
    blocks = tuple(Span(text, place, "text", "" if at % 2 else "\n") for at, text in enumerate(texts[:8]))
    (leaf,) = mended([Leaf(1, None, (*blocks, Span(texts[8], place, "text", "")))])
    assert (
        joined(leaf.blocks).split() == "version and affiliation and ignored and cloud-based and self-contained".split()
    )
