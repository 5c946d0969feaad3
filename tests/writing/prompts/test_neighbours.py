"""The first hits are given with the rest of their table or page, every word at its own place and none twice."""

from dataclasses import replace

import pytest

from rag.writing.citations import cite
from rag.writing.prompts.neighbours import widened


def with_id(hit, number, passage=None, **changes):
    return replace(hit, passage=replace(passage or hit.passage, id=number, **changes))


@pytest.fixture
def parts(income):
    """A table of eleven rows as three hits of its rows, numbered 20 to 22."""
    spans = income.passage.spans
    starts = [at for at, span in enumerate(spans) if "\n" in span.before]
    cuts = [0, starts[4], starts[8], len(spans)]
    return [with_id(income, 20 + at, spans=spans[cuts[at] : cuts[at + 1]]) for at in range(3)]


def among(*hits):
    known = {hit.passage.id: hit.passage for hit in hits}
    return lambda ids: [known[number] for number in ids if number in known]


def test_rows_are_given_with_the_rest_of_their_table(parts, income):
    (wide,) = widened([parts[1]], among(*parts))
    assert wide.passage.own_text == income.passage.own_text
    assert wide.passage.id == 21
    (cited,), unknown = cite("Net income was 150 in 2023 [1].", [wide])
    assert not unknown
    assert [span.text for span in cited.row] == ["Net income", "150", "140", "120"]
    assert {place.box for place in cited.places} <= {span.place.box for span in parts[2].passage.spans}


def test_sentences_are_given_with_those_around_them_on_their_page_under_their_heading(prose):
    at = {
        number: with_id(prose(f"Sentence {number}.", page=page, heading=(heading,)), number)
        for number, page, heading in ((1, 1, "A"), (2, 2, "A"), (3, 2, "A"), (4, 2, "A"), (5, 2, "B"))
    }
    (wide,) = widened([at[3]], among(*at.values()))
    assert wide.passage.own_text == "Sentence 2.\nSentence 3.\nSentence 4."


def test_what_is_a_hit_itself_or_of_another_table_or_document_is_not_given_again(parts, statement, prose):
    others = [
        with_id(statement("Other", "", ["", "2023"], [["Net income", "7"]]), 23),
        with_id(prose("Sales."), 19),
    ]
    assert widened(parts, among(*parts, *others)) == parts
    document = replace(parts[0].passage.document, id=9)
    strange = with_id(parts[0], 20, document=document)
    assert widened([parts[1]], among(strange)) == [parts[1]]


def test_what_was_computed_has_no_neighbours(parts):
    computed = with_id(parts[0], 0)
    assert widened([computed], among(with_id(parts[1], 1))) == [computed]
