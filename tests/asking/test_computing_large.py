"""Large tables are typed once, when they are read, and leave the disk with their document."""

import pytest

from rag.records import ModelChoice, Request


@pytest.fixture
def large(add, make_workbook):
    rows = [
        ["Region", "Amount", "Cost", "Note"],
        *(["North" if at % 2 else "South", at % 10, 1, f"n{at}"] for at in range(5001)),
    ]
    return add("large.xlsx", make_workbook(Sales=rows))


def total(app):
    *_, last = app.ask("ann", Request("What is the total amount by region?"), model=ModelChoice("none"))
    return dict(last.answer.computed.rows)


def test_a_large_table_is_typed_when_it_is_read_and_computed_from_there(app, settings, large, monkeypatch):
    (kept,) = (settings.home / "typed" / str(large.id)).iterdir()
    monkeypatch.setattr("rag.asking.computing.typed", lambda *_: pytest.fail("it is typed once more"))
    assert total(app) == {"North": 12500, "South": 10000}
    assert app.check().healthy
    assert kept.exists()


def test_a_file_that_was_damaged_is_made_anew(app, settings, large):
    (kept,) = (settings.home / "typed" / str(large.id)).iterdir()
    kept.write_bytes(b"damaged")
    assert total(app)["North"] == 12500
    assert kept.stat().st_size > 1000


def test_what_is_typed_goes_with_its_document(app, settings, large):
    app.remove("ann", large.id)
    assert not list((settings.home / "typed").iterdir())
    (settings.home / "typed" / "99").mkdir()
    assert not app.check().healthy


def test_a_small_table_leaves_no_file(add, settings, make_workbook):
    add("small.xlsx", make_workbook(Sales=[["Region", "Amount"], ["North", 5], ["South", 7]]))
    assert not (settings.home / "typed").exists()
