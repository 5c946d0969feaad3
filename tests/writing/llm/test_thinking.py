"""Thinking is told from the answer, wherever the tags are cut."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import Thought, Wrote
from rag.writing.llm.thinking import Splitter, opens_unseen, settle, tell_apart

TAGS = ("<think>", "</think>")


def gathered(events):
    """Thinking and answer as a page gathers them, settled after every piece."""
    thinking = written = ""
    for event in events:
        match event:
            case Thought(text):
                thinking += text
            case Wrote(text):
                written += text
    answer_thinking, answer = settle(written, thinking)
    return answer_thinking, answer


def told(*pieces, opened=False):
    return gathered(tell_apart(pieces, opened=opened))


@pytest.mark.parametrize(
    ("text", "thinking", "answer"),
    [
        ("<think>why</think>so", "why", "so"),
        ("<think>\nwhy\n</think>\n\nso it is", "why", "so it is"),
        ("no tags at all", "", "no tags at all"),
        ("<think></think>so", "", "so"),
        ("<think>\n\n</think>\n\nso", "", "so"),
        ("<think>it never ends", "it never ends", ""),
        ("why</think>so", "why", "so"),
        ("</think>so", "", "so"),
        ("<think>a</think>b <think>c</think> d", "a\n\nc", "b\n\nd"),
        ("<think>a</think>b</think>c", "a", "b\n\nc"),
        ("<think>a<think>b</think>c", "a\n\nb", "c"),
        ("a < b and <thing> and </th> stay", "", "a < b and <thing> and </th> stay"),
        ("<think>想一想</think>营业收入为 12 万元 [1]。", "想一想", "营业收入为 12 万元 [1]。"),
        ("a\n\n  b", "", "a\n\n  b"),
        ("the last word is <", "", "the last word is <"),
        ("<think>cut in the closing tag</thi", "cut in the closing tag", ""),
        ("</thi<think>x</think>nk>", "x", "</thi\n\nnk>"),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_thinking_and_answer_are_told_apart_in_pieces_of_any_size(text, thinking, answer, size):
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert told(*pieces) == (thinking, answer)


SOUP = st.lists(
    st.one_of(
        st.sampled_from([*TAGS, "<", "</", "<th", "nk>", ">", " ", "\n", "think", "答", "[1]"]), st.text(max_size=5)
    ),
    max_size=14,
).map("".join)


@given(text=SOUP, cuts=st.lists(st.integers(0, 120), max_size=12), opened=st.booleans())
def test_where_the_stream_is_cut_changes_nothing_and_no_tag_shows(text, cuts, opened):
    ends = [0, *sorted({min(cut, len(text)) for cut in cuts}), len(text)]
    pieces = [text[start:end] for start, end in pairwise(ends)]
    thinking, answer = told(*pieces, opened=opened)
    assert (thinking, answer) == told(text, opened=opened)
    assert not any(tag in part for tag in TAGS for part in (thinking, answer))
    assert settle(answer, thinking) == (thinking, answer)


@given(text=SOUP, opened=st.booleans())
def test_no_word_is_lost_or_told_twice(text, opened):
    *parts, last = re.split(r"</?think>", text)
    unfinished = re.search(r"(</|<t|</t|<th|</th|<thi|</thi|<thin|</thin|<think|</think)\Z", last)
    words = "".join([*parts, last[: unfinished.start()] if unfinished else last])
    thinking, answer = told(*text, opened=opened)
    assert sorted("".join((thinking + answer).split())) == sorted("".join(words.split()))


def test_a_piece_is_told_as_soon_as_it_can_only_be_text():
    splitter = Splitter()
    assert list(splitter.content("The fee ")) == [Wrote("The fee")]
    assert list(splitter.content("is 12 <")) == [Wrote(" is 12")]
    assert list(splitter.content("th")) == []
    assert list(splitter.content("ree")) == [Wrote(" <three")]


def test_thinking_streams_although_no_tag_opened_it_when_the_model_is_known_for_that():
    splitter = Splitter(opened=True)
    assert list(splitter.content("page two")) == [Thought("page two")]
    assert list(splitter.content(" says</think>12")) == [Thought(" says"), Wrote("12")]
    assert list(splitter.end()) == []


def test_a_model_known_to_think_that_did_not_has_answered():
    assert told("The fee is ", "12 euros.\n", opened=True) == ("", "The fee is 12 euros.")


def test_what_was_cut_short_before_the_thinking_closed_is_no_answer():
    splitter = Splitter(opened=True)
    events = [*splitter.content("page two says"), *splitter.end(cut_short=True)]
    assert gathered(events) == ("page two says", "")


def test_what_was_told_as_answer_is_thinking_once_it_is_closed():
    splitter = Splitter()
    assert list(splitter.content("let me see</think>\n12")) == [Wrote("let me see"), Wrote("</think>"), Wrote("12")]


def test_a_closing_tag_quoted_after_the_thinking_moves_nothing():
    assert told("<think>a</think>The tag </think> closes it") == ("a", "The tag\n\ncloses it")


def test_thinking_in_its_own_field_is_told_as_it_comes():
    splitter = Splitter(opened=True)
    events = [
        *splitter.thinking("page "),
        *splitter.thinking("two"),
        *splitter.content("\n\n12 "),
        *splitter.content("euros"),
        *splitter.end(),
    ]
    assert events == [Thought("page"), Thought(" two"), Wrote("12"), Wrote(" euros")]


def test_tags_inside_the_field_of_thinking_do_not_show():
    splitter = Splitter()
    events = [*splitter.thinking("<think>page two</th"), *splitter.thinking("ink>"), *splitter.content("12")]
    assert events == [Thought("page two"), Wrote("12")]


@pytest.mark.parametrize(
    ("model", "opens"),
    [
        ("deepseek-r1:1.5b", True),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", True),
        ("Qwen/QwQ-32B", True),
        ("Qwen/Qwen3-30B-A3B-Thinking-2507", True),
        ("Qwen/Qwen3-8B", False),
        ("deepseek-v3", False),
        ("llama3.2:3b", False),
    ],
)
def test_the_family_of_a_model_tells_whether_a_template_opens_its_thinking(model, opens):
    assert opens_unseen(model) is opens
