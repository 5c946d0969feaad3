"""English words share a stem with their other forms, as SQLite's own stemmer sees it."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.lexical import stems
from rag.retrieval.lexical.stems import stem

PARTS = "operat relat cash ti happ agree fall sky run stud hop fil conflat troubl generaliz depend adopt y yes control"
ENDINGS = (
    "s es ies ed ing eed ational tional izer bli alli ousli ization ement ness ful icate ative iciti ion ance ll y e"
)
NO_STEM = {"ies", "sses"}  # nothing but an ending: SQLite leaves a letter more
MADE = st.builds("{}{}{}".format, st.sampled_from(PARTS.split()), *[st.sampled_from(["", *ENDINGS.split()])] * 2)


def apart(word):
    return word in NO_STEM or word in stems._WHOLE or stems._APART.match(word)


@pytest.fixture(scope="module")
def sqlite_stem():
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create virtual table p using fts5(w, tokenize='porter ascii')")
        connection.execute("create virtual table v using fts5vocab(p, 'row')")

        def stemmed(word):
            connection.execute("delete from p")
            connection.execute("insert into p values (?)", (word,))
            return connection.execute("select term from v").fetchone()[0]

        yield stemmed
    connection.close()


@given(
    (MADE | st.text("aeioustrlncy", min_size=1, max_size=9)).filter(lambda word: "yy" not in word and not apart(word))
)
def test_stems_are_those_of_the_published_rules(sqlite_stem, word):
    assert stem(word) == sqlite_stem(word)


@pytest.mark.parametrize(
    ("word", "others", "unlike"),
    [
        ("organization", ["organisation", "organizations", "organized"], ["organ", "organs"]),
        ("international", ["internationally"], ["internal", "interns"]),
        ("university", ["universities"], ["universe", "universal"]),
        ("general", ["generally"], ["generate", "generic"]),
        ("generation", ["generated", "generating"], ["generic"]),
        ("communities", ["community"], ["communication"]),
        ("capitalization", ["capitalized", "capitalisation"], ["capital"]),
        ("customers", ["customer"], ["custom", "customs"]),
        ("expenses", ["expense"], ["expensive"]),
        ("news", [], ["new"]),
        ("united", [], ["unit", "units"]),
        ("marketing", [], ["market", "markets"]),
    ],
)
def test_words_of_business_that_are_not_the_same_have_stems_of_their_own(word, others, unlike):
    assert {stem(each) for each in others} <= {stem(word)}
    assert stem(word) not in {stem(each) for each in unlike}


@pytest.mark.parametrize("word", ["10-k", "r&d", "société", "营业收入", "is", "x" * 65, "", "Sales"])
def test_what_is_no_small_english_word_stays_as_it_is(word):
    assert stem(word) == word
