"""A base can be told its own terms on the command line, and is asked in them from then on."""

import json

import pytest

QUESTION = "去年的潮汐金怎么样？"
TEXTS = {
    "tickets.pdf": "船票在码头的窗口出售。",
    "fee.pdf": "The annual mooring fee is 12 euros for each metre.",
    "income.pdf": "Annual recurring revenue came to 48 million euros.",
    "dogs.pdf": "Dogs travel free of charge on all ferries.",
}
TERM = "ARR,潮汐金=annual recurring revenue"


@pytest.fixture
def bases(app, add, make_pdf):
    """Two bases with the same documents."""
    made = [app.bases("ann")[0], app.create_base("ann", "Other")]
    for base in made:
        for name, text in TEXTS.items():
            add(name, make_pdf([text]), base.id)
    return [base.name for base in made]


def first(pagecite, base, question=QUESTION):
    (hit,) = json.loads(pagecite("find", question, "--base", base, "-k", 1, "--json").stdout)["hits"]
    return hit["document"]


def test_a_term_lets_a_passage_be_found_in_its_base_and_changes_nothing_in_another(pagecite, bases):
    here, there = bases
    before = first(pagecite, there)
    assert first(pagecite, here) == before != "income.pdf"
    shown = pagecite("glossary", here, "--add", TERM).stdout
    assert shown == "ARR, 潮汐金 = annual recurring revenue\n"
    assert first(pagecite, here) == "income.pdf"
    assert first(pagecite, there) == before
    assert pagecite("glossary", there).stdout == ""


def test_bases_asked_together_are_each_searched_by_their_own_terms(pagecite, bases, app):
    here, _ = app.bases("ann")
    pagecite("glossary", here.name, "--add", TERM)
    best = app.find("ann", QUESTION, k=1)[0]
    assert (best.passage.document.base, best.passage.document.name) == (here.id, "income.pdf")
    told = {hit.passage.document.base for hit in app.find("ann", QUESTION, k=10) if "concepts" in hit.found_by}
    assert told == {here.id}


def test_terms_are_listed_and_taken_away_by_any_of_their_names(pagecite, bases):
    here = bases[0]
    pagecite("glossary", here, "--add", TERM, "--add", "dues=mooring fee;harbour dues")
    told = json.loads(pagecite("glossary", here, "--remove", "arr", "--json").stdout)
    assert told == [{"names": ["dues"], "seek": ["mooring fee", "harbour dues"]}]
    assert json.loads(pagecite("glossary", here, "--remove", "dues", "--add", "dues=fee", "--json").stdout) == [
        {"names": ["dues"], "seek": ["fee"]}
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--add", "ARR"], "ARR is no term of a glossary"),
        (["--add", "=revenue"], "is no term of a glossary"),
        (["--add", "ARR="], "is no term of a glossary"),
        (["--add", "ARR=a b", "--add", "arr=c d"], "would have the name arr"),
        (["--remove", "ARR"], "has no term ARR"),
    ],
)
def test_bad_input_is_said_in_a_sentence_and_changes_nothing(pagecite, bases, options, sentence):
    assert sentence in pagecite("glossary", bases[0], *options, status=1).stderr
    assert pagecite("glossary", bases[0]).stdout == ""


def test_a_base_that_is_not_there_has_no_glossary(pagecite, app):
    assert "There is no base named Nowhere" in pagecite("glossary", "Nowhere", status=1).stderr


@pytest.mark.parametrize(
    "line", ['revenue" OR 1=1 --', "NEAR(a b) AND *", "x') drop table preferences --", "%s {0} \\b"]
)
def test_what_is_sought_is_plain_text(pagecite, bases, line):
    pagecite("glossary", bases[0], "--add", f"ARR={line}")
    assert first(pagecite, bases[0], "ARR dogs ferries") == "dogs.pdf"
    assert first(pagecite, bases[0], "ARR") in TEXTS
