"""The page of a base without a browser: its own terms made, set right and taken in; its embedding model changed."""

import pytest

from rag.adding.renewing import Renewing, Room
from rag.errors import EmbedderUnavailable
from rag.records import Term

ARR = Term(("ARR", "经常性收入"), ("annual recurring revenue",))
CREW = Term(("crew",), ("members of the ship's company",))


def base_page():
    from rag.entrypoints.ui.bases import page as this_base

    this_base.page()


@pytest.fixture
def base(app):
    return app.bases("ann")[0].id


@pytest.fixture
def terms(app, base):
    app.set_terms("ann", base, [ARR, CREW])


def listed(given, visitor):
    part = given(visitor, "pagecite_listing")
    return part and [{name: cell["text"] for name, cell in row["cells"].items()} for row in part["rows"]]


def test_a_base_without_terms_says_what_they_are_for(visit, given, base):
    visitor = visit(base_page)
    assert any("There are no terms yet" in text.value for text in visitor.markdown)
    assert listed(given, visitor) is None


def test_terms_are_listed_and_narrowed_by_words(visit, given, terms):
    assert listed(given, visit(base_page)) == [
        {"names": "ARR, 经常性收入", "seek": "annual recurring revenue"},
        {"names": "crew", "seek": "members of the ship's company"},
    ]
    found = visit(base_page, **{"term-list": {"view": {"text": "SHIP", "page": 1}}})
    assert [row["names"] for row in listed(given, found)] == ["crew"]


def test_a_term_is_made_by_hand(visit, app, base, terms):
    visitor = visit(base_page, terms_wish=("add", ()))
    visitor.text_area(key="term-names").set_value("船龄、age of the fleet")
    visitor.text_area(key="term-seek").set_value("year of construction\nbuilt in")
    visitor.button(key="term-keep").click().run()
    assert not visitor.exception
    new = Term(("船龄", "age of the fleet"), ("year of construction", "built in"))
    assert app.glossary("ann", base) == (ARR, CREW, new)
    assert [toast.value for toast in visitor.toast] == ["The term was added."]


def test_a_term_that_is_set_right_keeps_its_place(visit, app, base, terms):
    visitor = visit(base_page, terms_wish=("edit", (ARR,)))
    assert visitor.text_area(key="term-names").value == "ARR, 经常性收入"
    visitor.text_area(key="term-seek").set_value("recurring revenue")
    visitor.button(key="term-keep").click().run()
    assert app.glossary("ann", base) == (Term(ARR.names, ("recurring revenue",)), CREW)


@pytest.mark.parametrize(
    ("names", "seek", "said"), [("x", "y", "is no term"), ("arr", "one more", "would have the name")]
)
def test_what_is_no_term_is_refused_where_it_is_typed(visit, app, base, terms, names, seek, said):
    visitor = visit(base_page, terms_wish=("add", ()))
    visitor.text_area(key="term-names").set_value(names)
    visitor.text_area(key="term-seek").set_value(seek)
    visitor.button(key="term-keep").click().run()
    assert [said in error.value for error in visitor.error] == [True]
    assert visitor.text_area(key="term-names").value == names
    assert app.glossary("ann", base) == (ARR, CREW)


def test_terms_are_removed_after_a_look_at_them(visit, app, base, terms):
    visitor = visit(base_page, terms_wish=("remove", (ARR,)))
    assert any("ARR" in text.value for text in visitor.markdown)
    visitor.button(key="term-remove-do").click().run()
    assert app.glossary("ann", base) == (CREW,)


def test_a_file_is_taken_in_and_its_bad_lines_are_named(visit, app, base, terms):
    visitor = visit(base_page, terms_wish=("import", ()))
    file = "arr = yearly revenue\nno term\n船龄=year of construction\n".encode()
    visitor.file_uploader(key="term-file").set_value([("own.txt", file, "text/plain")]).run()
    visitor.button(key="term-import-do").click().run()
    assert not visitor.exception
    assert visitor.success[0].value == "2 terms were taken in. 1 of them stands in for another."
    assert any("Line 2: no term" in text.value for text in visitor.markdown)
    assert app.glossary("ann", base) == (
        CREW,
        Term(("arr",), ("yearly revenue",)),
        Term(("船龄",), ("year of construction",)),
    )


# ── the embedding model ──


@pytest.fixture
def tried(monkeypatch):
    """The model that is tried works; the disk has so much room, in MB."""

    def room(free):
        made = Room("sea/large", 12, 300, free)
        monkeypatch.setattr(Renewing, "room", lambda self, base, name: made)

    return room


def test_the_model_in_use_is_told(visit, base):
    assert any("Searched with **hashing\\-256**" in text.value for text in visit(base_page).markdown)


def test_the_disk_is_said_before_the_change_is_begun(visit, app, base, tried):
    tried(free=5000)
    visitor = visit(base_page)
    visitor.selectbox(key=f"embedder-name-{base}").set_value("multilingual-e5-small-int8")
    visitor.button(key="embedder-try").click().run()
    assert not visitor.exception
    assert any("300 MB of disk must be free; 4.9 GB are" in text.value for text in visitor.markdown)
    assert app.embedder_under_way("ann", base) is None
    visitor.button(key="embedder-begin").click().run()
    assert not visitor.exception
    assert app.embedder_under_way("ann", base).embedder == "sea/large"
    assert any("Changing to **sea\\/large**" in text.value for text in visitor.markdown)


def test_without_room_nothing_can_be_begun(visit, base, tried):
    tried(free=40)
    visitor = visit(base_page)
    visitor.selectbox(key=f"embedder-name-{base}").set_value("multilingual-e5-small-int8")
    visitor.button(key="embedder-try").click().run()
    assert visitor.button(key="embedder-begin").disabled
    assert "too little room" in visitor.warning[0].value


def test_a_model_that_cannot_be_used_is_said(visit, app, base, monkeypatch):
    def fail(self, base, name):
        raise EmbedderUnavailable(name=name, reason="it is not there")

    monkeypatch.setattr(Renewing, "room", fail)
    visitor = visit(base_page)
    visitor.selectbox(key=f"embedder-name-{base}").set_value("multilingual-e5-small-int8")
    visitor.button(key="embedder-try").click().run()
    assert "it is not there" in visitor.error[0].value
    assert app.embedder_under_way("ann", base) is None


def test_a_change_that_goes_on_tells_how_far_it_is_and_can_be_given_up(visit, app, add, report, base):
    add("report.pdf", report)
    app.renewing.generations.begin(base, "other")
    visitor = visit(base_page)
    total = app.store.count()
    assert visitor.get("progress")[0].proto.text == f"0 of {total} passages"
    assert any("Questions are searched with hashing" in text.value for text in visitor.caption)
    visitor.button(key="embedder-give-up").click().run()
    assert not visitor.exception
    assert app.embedder_under_way("ann", base) is None
    assert visitor.button(key="embedder-try")


def test_the_page_is_drawn_once_more_when_the_change_is_over(visit, app, add, worker, report, base):
    add("report.pdf", report)
    app.renewing.generations.begin(base, "other")
    visitor = visit(base_page)
    app.renewing.generations.begin(base, "hashing-256")
    visitor.run()
    assert not visitor.exception
    assert visitor.button(key="embedder-try")
