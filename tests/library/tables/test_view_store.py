"""Views of tables are kept under names, as they were, and go with their documents."""

from datetime import date

import pytest

from rag.errors import BadViewName, NoSuchDocument
from rag.library.tables.view_store import ViewStore, pack_view, unpack_view
from rag.records import Cells, Filter, Measure, View

VIEW = View(
    ("Region",),
    (Measure("Sales"), Measure("", "count")),
    "Product",
    "quarter",
    (Filter("Region", ("North", None)), Filter("Sales", (), 1.5, None), Filter("Day", (), None, date(2025, 3, 1))),
    ("Region", "Sales"),
    "Sales",
    descending=True,
    chart="line",
    upright=True,
)
PLACES = (Cells("Sales", "A1:C9"),)


@pytest.fixture
def views(database):
    return ViewStore(database)


def test_a_view_is_kept_as_it_was(views, admit):
    document = admit()[0]
    number = views.keep(document.id, PLACES, "  By   region ", VIEW)
    (kept,) = views.kept([document.base])
    assert (kept.id, kept.name, kept.places, kept.view, kept.document.id) == (
        number,
        "By region",
        PLACES,
        VIEW,
        document.id,
    )
    assert views.one(number) == kept
    assert views.kept([document.base + 1]) == []


def test_a_view_takes_the_place_of_one_of_its_name_in_its_document_alone(views, admit):
    first, second = admit()[0], admit("other.pdf", "b" * 64)[0]
    views.keep(first.id, PLACES, "a", View())
    views.keep(first.id, PLACES, "a", VIEW)
    views.keep(second.id, PLACES, "a", View())
    assert [kept.view for kept in views.kept([first.base])] == [VIEW, View()]


def test_a_view_goes_when_it_is_removed_and_with_its_document(views, store, admit):
    document = admit()[0]
    number = views.keep(document.id, PLACES, "a", VIEW)
    views.keep(document.id, PLACES, "b", VIEW)
    views.remove(number)
    assert [kept.name for kept in views.kept([document.base])] == ["b"]
    store.remove(document.id)
    assert views.kept([document.base]) == []
    assert views.one(number) is None
    with pytest.raises(NoSuchDocument):
        views.keep(document.id, PLACES, "c", VIEW)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_view_needs_a_name(views, admit, name):
    with pytest.raises(BadViewName):
        views.keep(admit()[0].id, PLACES, name, VIEW)


def test_what_a_later_version_may_have_kept_is_left_out():
    packed = pack_view(VIEW).replace('"line"', '"radar"').replace('"count"', '"median"')
    assert unpack_view(packed).chart is None
    assert unpack_view(packed).measures == (Measure("Sales"),)
