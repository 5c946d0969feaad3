"""Bases and documents are the truth: nothing is entered twice, nothing loses its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import BadName, NameTaken, NoSuchBase, NoSuchDocument
from rag.library.catalog import Catalog, shown_name
from rag.library.database import Database


def test_a_base_remembers_its_embedder(catalog):
    base = catalog.create_base("Reports", "some-model")
    assert catalog.base(base.id).embedder == "some-model"
    assert catalog.base_named("Reports") == base


def test_two_bases_cannot_have_one_name(catalog):
    first = catalog.create_base("Reports", "m")
    second = catalog.create_base("Sales", "m")
    with pytest.raises(NameTaken, match="Reports"):
        catalog.create_base(" Reports ", "m")
    with pytest.raises(NameTaken):
        catalog.rename_base(second.id, "Reports")
    catalog.rename_base(first.id, "报告")
    assert [base.name for base in catalog.bases()] == ["报告", "Sales"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "two\nlines", "bell\a"])
def test_what_is_no_name_is_refused(catalog, name):
    with pytest.raises(BadName):
        catalog.create_base(name, "m")


def test_the_same_bytes_are_entered_once_and_the_person_is_told(admit, catalog):
    first, note = admit("report.pdf")
    assert note is None
    again, note = admit("copy of report.pdf")
    assert again.id == first.id
    assert (note.code, note.details["known"]) == ("AlreadyThere", "report.pdf")
    assert len(catalog.documents([first.base])) == 1


def test_two_files_of_one_name_are_both_kept_and_told_apart(admit):
    admit("report.pdf", "a" * 64)
    second, note = admit("report.pdf", "b" * 64)
    third, _ = admit("report.pdf", "c" * 64)
    assert (second.name, third.name) == ("report (2).pdf", "report (3).pdf")
    assert note.details == {"name": "report.pdf", "kept": "report (2).pdf"}


def test_the_same_bytes_may_be_in_two_bases(admit, catalog):
    first, _ = admit()
    other = catalog.create_base("Other", "m")
    second, note = catalog.admit(other.id, "report.pdf", digest=first.digest, size=3, kind="pdf", who="ann")
    assert note is None
    assert second.id != first.id
    assert catalog.uses(first.digest) == 2


def test_an_id_is_never_used_again(admit, store):
    first, _ = admit()
    store.remove(first.id)
    second, _ = admit()
    assert second.id > first.id


def test_what_does_not_exist_is_said(catalog):
    with pytest.raises(NoSuchBase):
        catalog.base(99)
    with pytest.raises(NoSuchBase, match="Nowhere"):
        catalog.base_named("Nowhere")
    with pytest.raises(NoSuchDocument):
        catalog.document(99)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\report.pdf", "report.pdf"),
        ("two\nlines\t.pdf", "two lines .pdf"),
        ("📈 年报.pdf", "📈 年报.pdf"),
        ("", "unnamed"),
        ("..", ".."),
        ("/", "unnamed"),
        ("\u202egnp.pdf", "gnp.pdf"),
    ],
)
def test_a_name_is_shown_on_one_line_and_is_no_path(name, shown):
    assert shown_name(name) == shown


def test_a_name_of_300_characters_keeps_its_ending():
    shown = shown_name("年" * 300 + ".pdf")
    assert len(shown) == 200
    assert shown.endswith("….pdf")


@given(st.text())
def test_any_name_can_be_shown(name):
    shown = shown_name(name)
    assert 0 < len(shown) <= 200
    assert shown.isprintable()
    assert "/" not in shown


def test_nothing_is_added_to_a_base_that_was_removed_meanwhile(catalog):
    base = catalog.create_base("Reports", "m")
    catalog.remove_base(base.id)
    with pytest.raises(NoSuchBase):
        catalog.admit(base.id, "a.pdf", digest="a" * 64, size=3, kind="pdf", who="ann")


def test_bases_are_read_once_until_any_process_changes_something(catalog, database, tmp_path, monkeypatch):
    reads = []
    reading = database.reading
    monkeypatch.setattr(database, "reading", lambda: reads.append(1) or reading())
    base = catalog.create_base("Reports", "m")
    assert [catalog.bases() for _ in range(3)] == [[base]] * 3
    assert catalog.base(base.id) == base
    assert len(reads) == 1
    other = Database(tmp_path / "catalog.sqlite")
    Catalog(other).rename_base(base.id, "Filings")
    other.close()
    assert [each.name for each in catalog.bases()] == ["Filings"]
    assert len(reads) == 2
