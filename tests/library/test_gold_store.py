"""Gold questions and runs are kept as they were given, and go with their base."""

import pytest

from rag.errors import NoSuchBase, NoSuchQuestion, NoSuchRun
from rag.library.catalog import Catalog
from rag.library.gold_store import GoldStore


@pytest.fixture
def kept(database):
    return GoldStore(database)


@pytest.fixture
def base(database):
    return Catalog(database).create_base("Reports", "hashing").id


def test_a_question_is_kept_with_all_that_it_came_with(kept, base):
    given = [
        {"question": "多少？", "set": "mine", "evidence": [{"document": "a.pdf", "page": 2}]},
        {"question": "\ud800"},
    ]
    numbers = kept.add(base, given)
    assert [(one.id, one.content) for one in kept.questions(base)] == list(zip(numbers, given, strict=True))
    assert kept.question(numbers[0]).content == given[0]


def test_a_question_is_set_right_and_removed(kept, base):
    first, second = kept.add(base, [{"question": "a"}, {"question": "b"}])
    kept.change(first, {"question": "c"})
    kept.remove([second, 999])
    assert [one.content for one in kept.questions(base)] == [{"question": "c"}]
    with pytest.raises(NoSuchQuestion):
        kept.change(second, {"question": "d"})
    with pytest.raises(NoSuchQuestion):
        kept.question(second)


def test_a_run_is_kept_renamed_and_forgotten(kept, base):
    number = kept.begin(base, "first", {"state": "running"})
    kept.tell(number, {"state": "done", "页": [1]})
    kept.rename(number, "second")
    found = kept.run(number)
    assert (found.name, found.summary, kept.runs(base)) == ("second", {"state": "done", "页": [1]}, [number])
    kept.forget(number)
    assert kept.runs(base) == []
    for wish in (lambda: kept.run(number), lambda: kept.tell(number, {})):
        with pytest.raises(NoSuchRun):
            wish()


def test_all_of_it_goes_with_the_base(kept, base, database):
    other = Catalog(database).create_base("Other", "hashing").id
    question = kept.add(base, [{"question": "a"}])[0]
    kept.add(other, [{"question": "b"}])
    run = kept.begin(base, "", {})
    Catalog(database).remove_base(base)
    with pytest.raises(NoSuchQuestion):
        kept.question(question)
    with pytest.raises(NoSuchRun):
        kept.run(run)
    assert len(kept.questions(other)) == 1
    for wish in (lambda: kept.add(base, [{"question": "a"}]), lambda: kept.begin(base, "", {})):
        with pytest.raises(NoSuchBase):
            wish()
