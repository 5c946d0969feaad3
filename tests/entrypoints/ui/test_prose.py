"""A model's Markdown as a tree: what a document or a model writes stays words."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.entrypoints.ui.ask.prose import prose, verbatim

BLOCKS = {"p", "h", "ul", "ol", "quote", "code", "table", "hr"}
MARKDOWN = st.text(st.sampled_from("ab1 \n*_`[]()!<>|-#:.\\~】【是"), max_size=80)


def words(tree):
    """All text of a tree, in its own order."""
    if isinstance(tree, dict):
        return "".join(words(tree[name]) for name in ("text", "c", "head", "rows", "items") if name in tree)
    if isinstance(tree, list):
        if tree and tree[0] in ("t", "code"):
            return tree[1]
        return "".join(words(each) for each in tree if isinstance(each, (list, dict)))
    return ""


@given(MARKDOWN)
@example("|a\n|-|")
@example("- a\n\n  - b\n> > > c")
@example("[1](x)")
def test_any_text_becomes_a_tree(text):
    for live in (False, True):
        tree = prose(text, live=live)
        assert {block["k"] for block in tree} <= BLOCKS
        json.dumps(tree)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_no_word_is_lost(text):
    assert words(prose(text)) == text
    assert words(prose(f"- {text}")) == text
    assert words(prose(f"**{text}**")) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("![a cat](http://evil.example/cat.png)", "a cat"),
        ("[click](javascript:alert(1))", "[click](javascript:alert(1))"),
        ("[click](http://evil.example)", "click (http://evil.example)"),
    ],
)
def test_markup_pictures_and_links_are_words(text, seen):
    assert prose(text) == [{"k": "p", "c": [["t", seen]]}]


def test_marks_in_every_form_stand_right_behind_their_word():
    assert prose("Fees rose [1, 2]. 上升【3】。") == [
        {"k": "p", "c": [["t", "Fees rose"], ["cite", 1], ["cite", 2], ["t", ". 上升"], ["cite", 3], ["t", "。"]]}
    ]


def test_a_mark_in_code_is_code():
    assert prose("`x[1]`") == [{"k": "p", "c": [["code", "x[1]"]]}]


def test_lists_nest_and_keep_their_numbers():
    (block,) = prose("3. a\n   - b\n4. c")
    assert (block["k"], block["start"], len(block["items"])) == ("ol", 3, 2)
    assert block["items"][0][1] == {"k": "ul", "items": [[{"k": "p", "c": [["t", "b"]]}]]}


def test_a_table_has_heads_and_as_many_cells_in_every_row():
    (table,) = prose("| A | B |\n|---|--:|\n| 1 | 2 [1] | 3 |\n| 4 |")
    assert table["align"] == ["left", "right"]
    assert table["rows"] == [[[["t", "1"]], [["t", "2"], ["cite", 1]]], [[["t", "4"]], []]]


@pytest.mark.parametrize("cut", ["Fees [1", "Fees [", "Fees **", "Fees\n| A | B", "Fees\n| A | B |\n|--"])
def test_what_is_cut_off_while_it_streams_is_not_shown_half(cut):
    assert words(prose(cut, live=True)).rstrip() == "Fees"


def test_an_emphasis_that_is_still_open_is_shown_as_one():
    assert prose("**bold", live=True) == [{"k": "p", "c": [["b", [["t", "bold"]]]]}]


def test_words_of_documents_are_never_markdown():
    assert verbatim("- **Net** | `sales` # 1 [2]\n- [ 3] stays [4]") == [
        {"k": "p", "c": [["t", "**Net** | `sales` # 1"], ["cite", 2]]},
        {"k": "p", "c": [["t", "[ 3] stays"], ["cite", 4]]},
    ]
