"""The tree of errors that ``rag.errors`` draws is the tree that there is."""

import re

import pytest

import rag.errors
from rag.errors import NOTES, RagError, explain, known_errors
from rag.records import Note

ERRORS = known_errors()


def test_the_drawing_names_every_error_and_no_other():
    drawing = rag.errors.__doc__.split("::")[1].split("Notes (")[0]
    assert set(re.findall(r"[A-Z]\w+", drawing)) == set(ERRORS)


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_every_error_can_be_imported_from_the_package_and_says_what_it_is(name):
    kind = getattr(rag.errors, name)
    assert name in rag.errors.__all__
    assert kind.__doc__
    details = dict.fromkeys(re.findall(r"{(\w+)}", kind.sentence + kind.hint), "x")
    assert explain(Note(name, details)) == (str(kind(**details)), kind.hint.format(**details))


def test_a_note_is_no_error():
    assert not set(NOTES) & set(ERRORS)
    assert issubclass(ERRORS["NoSuchPage"], RagError)
