"""The terms of a base's own glossary are kept, checked, and gone with their base."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import BadTerm, TermTaken, TooManyTerms
from rag.library.catalog import Catalog
from rag.library.glossaries import Glossaries
from rag.library.preferences import Preferences
from rag.records import Term, term_in

ARR = Term(("ARR", "年度经常性收入"), ("annual recurring revenue",))


@pytest.fixture
def catalog(database):
    return Catalog(database)


@pytest.fixture
def glossaries(database):
    return Glossaries(Preferences(database))


def test_each_base_has_terms_of_its_own(glossaries, catalog):
    here, there = (catalog.create_base(name, "m").id for name in "ab")
    glossaries.set(here, [ARR])
    assert glossaries.of([here, there]) == {here: (ARR,)}
    glossaries.set(here, [])
    assert glossaries.of([here, there]) == {}


def test_terms_go_with_their_base_and_those_of_others_stay(glossaries, catalog):
    here, there = (catalog.create_base(name, "m").id for name in "ab")
    for base in (here, there):
        glossaries.set(base, [ARR])
    catalog.remove_base(here)
    assert glossaries.of([here, there]) == {there: (ARR,)}


@pytest.mark.parametrize(
    ("names", "seek"),
    [
        ((), ("revenue",)),
        (("ARR",), ()),
        (("",), ("revenue",)),
        (("A",), ("revenue",)),
        (("- -",), ("revenue",)),
        (("ARR",), ("…",)),
        (("A\nRR",), ("revenue",)),
        (("x" * 81,), ("revenue",)),
        (("ARR",), ("revenue " * 30,)),
        (tuple(f"name {at}" for at in range(21)), ("revenue",)),
    ],
)
def test_what_cannot_be_a_term_is_refused_and_the_others_stay(glossaries, names, seek):
    glossaries.set(1, [ARR])
    with pytest.raises(BadTerm):
        glossaries.set(1, [Term(names, seek)])
    assert glossaries.of([1]) == {1: (ARR,)}


@pytest.mark.parametrize("name", ["arr", "ＡＲＲ", " ARR "])
def test_a_name_stands_for_one_term_however_it_is_written(glossaries, name):
    with pytest.raises(TermTaken):
        glossaries.set(1, [ARR, Term((name,), ("revenue",))])


def test_a_base_cannot_be_flooded_with_terms(glossaries):
    with pytest.raises(TooManyTerms):
        glossaries.set(1, [Term((f"name {at}",), ("revenue",)) for at in range(501)])


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("ARR,年度经常性收入=annual recurring revenue", ARR),
        ("ARR，年度经常性收入＝annual recurring revenue", ARR),
        (
            "capex = additions to plant, property; 购建固定资产",
            Term(("capex",), ("additions to plant, property", "购建固定资产")),
        ),
        ("a=b=c", Term(("a",), ("b=c",))),
        ("=", Term((), ())),
    ],
)
def test_a_term_is_written_as_names_and_what_to_seek(text, term):
    assert term_in(text) == term


@given(st.text().filter(lambda text: not set("=＝") & set(text)))
def test_what_has_no_equals_sign_is_no_term(text):
    with pytest.raises(ValueError, match="not a term"):
        term_in(text)
