"""Terms of a glossary come in from files of several forms, line by line, and go out so that they come in again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rag.entrypoints.term_files import merged, read_terms, term_csv, term_json, term_lines, without
from rag.errors import BadTermFile, NoSuchTerm
from rag.records import Term

ARR = Term(("ARR", "年度经常性收入"), ("annual recurring revenue", "recurring revenue"))
CREW = Term(("船员",), ("crew of the ferry",))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.txt",
            "# ours\nARR, 年度经常性收入 = annual recurring revenue; recurring revenue\n\n船员＝crew of the ferry\n",
        ),
        (
            "a.csv",
            'names,lines\n"ARR, 年度经常性收入",annual recurring revenue; recurring revenue\n船员,crew of the ferry\n',
        ),
        (
            "a.tsv",
            "叫法\t文档写法\nARR、年度经常性收入\tannual recurring revenue；recurring revenue\n船员\tcrew of the ferry",
        ),
        ("a.json", term_json([ARR, CREW])),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_terms_come_in_whatever_the_form_and_the_encoding(name, text, encoding):
    taken = read_terms(name, text.encode(encoding))
    assert taken.terms == (ARR, CREW)
    assert taken.bad == ()


def test_a_bad_line_costs_no_other_and_is_named():
    taken = read_terms("a.txt", b"no term at all\nARR=annual recurring revenue\nX=\n")
    assert [term.names for term in taken.terms] == [("ARR",)]
    assert taken.bad == ((1, "no term at all"), (3, "X="))
    listed = read_terms("a.json", json.dumps([{"names": "ARR"}, 5, {"names": ["NRR"], "seek": ["net"]}]).encode())
    assert [number for number, _ in listed.bad] == [1, 2]
    assert len(listed.terms) == 1


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0\1\2\xff", b"names,lines\n"])
def test_what_holds_no_terms_is_refused(data):
    with pytest.raises(BadTermFile):
        read_terms("a.csv", data)


_WORD = (
    some.text("abcdefgh年度收入收益= +-@'", min_size=2, max_size=12)
    .map(str.strip)
    .filter(lambda word: sum(map(str.isalnum, word)) > 1 and "=" not in word and not word.startswith("'"))
)


@given(some.lists(some.builds(lambda name, line: Term((name,), (line,)), _WORD, _WORD), min_size=1, max_size=5))
def test_what_goes_out_comes_in_again(terms):
    known = read_terms("a.json", term_json(terms).encode()).terms
    assert read_terms("a.txt", term_lines(known)).terms == known
    assert read_terms("a.csv", term_csv(known)).terms == known


def test_nothing_in_the_csv_is_a_formula():
    assert b"\n'=SUM" in term_csv([Term(("=SUM(A1)",), ("total",))]).replace(b"\r", b"")


def test_a_new_term_stands_in_for_the_one_that_has_its_name():
    new = Term(("arr", "recurring"), ("yearly revenue",))
    assert merged([ARR, CREW], [new]) == ((CREW, new), 1)
    assert merged([CREW], [ARR]) == ((CREW, ARR), 0)


def test_a_term_goes_by_any_of_its_names():
    assert without("ａｒｒ", [ARR, CREW]) == (CREW,)
    with pytest.raises(NoSuchTerm):
        without("nobody", [ARR])
