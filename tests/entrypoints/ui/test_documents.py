"""The Documents page: what is dropped is kept or explained, and the list says how far each document is."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pymupdf
import pytest

from rag.entrypoints.ui.documents import document_list, leaf_strip
from rag.entrypoints.ui.documents.document_list import (
    AT_ONCE,
    Pace,
    View,
    arranged,
    awaited,
    can,
    page_of,
    part,
    sign,
    state,
    time_left,
)
from rag.entrypoints.ui.documents.leaf_strip import LeafCell
from rag.errors import DiskFull
from rag.library.passages.passage_store import PassageStore
from rag.records import Document, Note
from rag.workspace import Workspace


def documents_page():
    from rag.entrypoints.ui.documents import page as documents

    documents.page()


def report_page():
    import streamlit as st

    from rag.entrypoints.ui.documents import page as documents

    st.query_params["document"] = st.session_state["asked_for"]
    documents.page()


def made(number, name="report.pdf", **more):
    added = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=number)
    return Document(number, 1, name, f"digest{number}", "pdf", 1000, added, "anyone", **more)


def table(given, visitor):
    return given(visitor, "pagecite_documents")


# ── adding ──


def test_an_empty_base_says_when_a_file_can_be_asked_and_shows_no_table(visit, given):
    visitor = visit(documents_page)
    assert visitor.markdown[0].value.startswith("A file can be asked as soon as its words are read")
    assert table(given, visitor) is None


def test_a_bad_file_is_explained_and_the_others_are_kept(visit, given, app, report, sales):
    visitor = visit(documents_page)
    files = [
        ("report.pdf", report, ""),
        ("empty.pdf", b"", ""),
        ("photo.pdf", b"\x89PNG\r\n", ""),
        ("s.xlsx", sales, ""),
    ]
    visitor.file_uploader[0].set_value(files).run()
    assert not visitor.exception
    assert [row["name"] for row in table(given, visitor)["rows"]] == ["s.xlsx", "report.pdf"]
    first, second = (warning.value for warning in visitor.warning)
    assert first.startswith("empty\\.pdf is empty (0 bytes). Check that the file")
    assert second.startswith("photo\\.pdf is")
    assert app.working() == 2


def test_the_same_file_twice_adds_nothing_and_says_so(visit, given, add, report):
    add("report.pdf", report)
    visitor = visit(documents_page)
    visitor.file_uploader[0].set_value([("copy.pdf", report, "")]).run()
    assert [info.value for info in visitor.info] == [
        "copy\\.pdf is already in this base as report\\.pdf. Nothing was added."
    ]
    visitor.button(key="outcomes-away").click().run()
    assert not visitor.info
    assert len(table(given, visitor)["rows"]) == 1


def test_an_upload_is_taken_once_however_often_the_page_is_drawn(visit, given, app, report):
    visitor = visit(documents_page)
    visitor.file_uploader[0].set_value([("report.pdf", report, "")]).run()
    visitor.run().run()
    assert not visitor.info
    assert len(app.documents("ann")) == 1
    assert visitor.file_uploader[0].value in (None, [])


def test_files_go_to_the_base_that_is_chosen(visit, app, report):
    app.bases("ann")
    second = app.create_base("ann", "Reports")
    visitor = visit(documents_page, base=second.id)
    visitor.file_uploader[0].set_value([("report.pdf", report, "")]).run()
    assert [document.base for document in app.documents("ann")] == [second.id]


# ── passwords ──

PASSWORD = "sesame 芝麻"


@pytest.fixture
def locked(make_pdf):
    return make_pdf(["The secret fee is 99 euros."], encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=PASSWORD)


def typed(visitor, number, password):
    visitor.text_input(key=f"password-{number}").set_value(password)
    return visitor.button(key=f"unlock-{number}").click().run()


def test_a_locked_file_asks_for_its_password_and_the_others_are_kept(visit, given, app, locked, report):
    visitor = visit(documents_page)
    visitor.file_uploader[0].set_value([("locked.pdf", locked, ""), ("report.pdf", report, "")]).run()
    assert not visitor.exception
    assert [row["name"] for row in table(given, visitor)["rows"]] == ["report.pdf"]
    typed(visitor, 1, "tree")
    assert visitor.text_input(key="password-1").value == ""
    assert "tree" not in str(visitor.session_state)
    assert "The password does not open locked\\.pdf" in visitor.error[0].value
    typed(visitor, 1, PASSWORD)
    assert not visitor.exception
    assert not visitor.error
    assert {document.name for document in app.documents("ann")} == {"locked.pdf", "report.pdf"}
    assert not visitor.text_input
    assert PASSWORD not in str(visitor.session_state)


def test_a_locked_file_can_be_left_out_and_several_ask_each_for_itself(visit, app, locked):
    visitor = visit(documents_page)
    visitor.file_uploader[0].set_value([("one.pdf", locked, ""), ("two.pdf", locked, "")]).run()
    assert [field.key for field in visitor.text_input] == ["password-1", "password-2"]
    visitor.button(key="skip-1").click().run()
    assert [field.key for field in visitor.text_input] == ["password-2"]
    typed(visitor, 2, PASSWORD)
    assert [document.name for document in app.documents("ann")] == ["two.pdf"]


def test_a_full_disk_names_the_file_that_was_not_added(visit, report, monkeypatch):
    def add(*_, **__):
        raise DiskFull(path="/data")

    monkeypatch.setattr(Workspace, "add", add)
    visitor = visit(documents_page)
    visitor.file_uploader[0].set_value([("report.pdf", report, "")]).run()
    assert visitor.warning[0].value.startswith("report\\.pdf was not added. The disk that holds")


# ── the list ──


def test_a_document_says_how_far_it_is(visit, given, app, worker, report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    row = table(given, visit(documents_page))["rows"][0]
    assert (row["text"], row["sign"], row["part"], row["can"]) == ("Waiting", "waiting", None, "cancel")
    app.catalog.progress(document.id, "reading", 36, 160)
    row = table(given, visit(documents_page))["rows"][0]
    assert (row["text"], row["leaves"], row["part"]) == ("Reading page 37 of 160", "160 pages", 22.5)
    app.catalog.progress(document.id, "waiting", 0, 0)
    assert worker.run_one()
    row = table(given, visit(documents_page))["rows"][0]
    assert (row["text"], row["leaves"], row["can"]) == ("Ready", "3 pages", None)


def test_a_file_that_cannot_be_read_says_why_and_can_be_tried_again():
    failed = made(1, state="failed", problem=Note("LockedFile", {"name": "report.pdf"}))
    assert state(failed) == (
        "This file is locked with a password",
        "Remove the password in its own program and add the file again.",
    )
    assert can(failed) == "retry"


def test_a_document_without_a_word_is_not_shown_as_any_other():
    assert (sign(made(1, state="ready")), state(made(1, state="ready"))[0]) == ("empty", "No text found")
    assert (sign(made(1, state="ready", passages=3)), state(made(1, state="ready", passages=3))[0]) == (
        "ready",
        "Ready",
    )


def test_what_waits_says_so_and_how_many_come_before_it():
    assert state(made(1), 0)[0] == "Waiting"
    assert state(made(1), 1)[0] == "Waiting, 1 before it"
    read = made(1, state="refining", passages=3, total=4)
    assert state(read, 2)[0] == "Can be asked; close reading waits, 2 before it"
    assert (sign(read, 2), sign(read)) == ("waiting", "refining")
    half = made(1, state="embedding", passages=9, done=4, total=9)
    assert state(half, 1)[0] == "Can be asked by its words; embedding waits, 1 before it"
    assert (sign(half, 1), sign(half)) == ("waiting", "embedding")
    assert state(replace(half, done=9), 0)[0] == "Can be asked; close reading waits"
    assert state(read)[0] == "Reading closely: page 1 of 4"
    scan = made(1, state="refining", total=1, leaves=1)
    assert state(scan, 2)[0] == "Waiting, 2 before it"


def test_words_are_awaited_until_the_first_can_be_asked_and_of_a_scan_until_ocr_has_read_them():
    assert awaited(made(1, state="waiting"))
    assert awaited(made(1, state="refining"))
    assert not awaited(made(1, state="refining", passages=3))
    assert not any(awaited(made(1, state=state)) for state in ("ready", "failed", "cancelled"))


def test_a_scan_is_not_said_to_answer_questions_before_its_words_are_read():
    scan = made(1, state="refining", total=1, leaves=1)
    assert state(scan)[1].endswith("it can be asked once OCR has read them.")
    assert state(replace(scan, total=0))[1].endswith("it can be asked once OCR has read them.")
    assert state(replace(scan, passages=3))[1].startswith("It can already be asked")


@pytest.mark.parametrize("each", ["waiting", "reading", "embedding", "refining", "ready", "failed", "cancelled"])
def test_every_state_has_its_words_in_both_languages(monkeypatch, each):
    said = set()
    for language in ("en", "zh"):
        monkeypatch.setattr("rag.entrypoints.ui.texts.browser_language", lambda language=language: language)
        for kind in ("pdf", "workbook"):
            document = replace(made(1, state=each, done=1, total=2, leaves=2, passages=1), kind=kind)
            said.add((document_list.kind(document), document_list.leaves(document), *state(document)))
    assert len(said) == 4


def test_newest_documents_come_first_and_others_by_what_is_chosen():
    found = [made(1, "b.pdf"), made(2, "a.pdf"), made(3, "C.pdf")]
    assert [document.name for document in arranged(found, View())] == ["C.pdf", "a.pdf", "b.pdf"]
    assert [document.name for document in arranged(found, View(sort="name", down=False))] == ["a.pdf", "b.pdf", "C.pdf"]


def test_the_filter_looks_at_name_kind_and_state():
    found = [made(1, "年报.pdf", state="failed"), made(2, "Sales 2025.pdf", state="ready", passages=1)]
    for words, names in {
        "年报": ["年报.pdf"],
        "sales 2025": ["Sales 2025.pdf"],
        "pdf ready": ["Sales 2025.pdf"],
    }.items():
        assert [document.name for document in arranged(found, View(words))] == names
    assert arranged(found, View("nothing like it")) == []


def test_a_thousand_documents_come_a_page_at_a_time():
    found = arranged([made(number) for number in range(1, 1001)], View())
    shown, page, pages = page_of(found, View(page=20))
    assert (len(shown), page, pages, shown[-1].id) == (AT_ONCE, 20, 20, 1)
    assert page_of(found, View(page=99))[1] == 20


@pytest.mark.parametrize("sent", [None, "x", {"sort": "no such", "page": -3}, {"sort": ["name"], "page": "2"}])
def test_a_view_that_a_browser_made_up_does_no_harm(sent):
    view = View.of(sent)
    assert (view.sort, view.page) == ("added", 1)


def test_the_time_left_is_guessed_from_what_was_watched():
    now = [100.0]
    pace = Pace(lambda: now[0])
    reading = made(1, state="reading", done=10, total=110)
    assert pace.left(reading) is None
    now[0] += 1
    assert pace.left(replace(reading, done=20)) is None  # too early to say
    now[0] += 9
    assert pace.left(replace(reading, done=60)) == pytest.approx(10)
    assert pace.left(replace(reading, state="embedding", done=0, total=500)) is None
    assert pace.left(replace(reading, state="ready")) is None


@pytest.mark.parametrize(
    ("seconds", "said"), [(None, ""), (4, "a few seconds left"), (33, "about 35 s left"), (200, "about 3 min left")]
)
def test_the_time_left_is_said_roughly(seconds, said):
    assert time_left(seconds) == said


def test_only_work_has_a_bar():
    assert part(made(1, state="embedding", done=120, total=480)) == 25
    assert part(made(1, state="ready", done=480, total=480)) is None
    assert part(made(1, state="reading")) is None


# ── what is done in the list ──


def act(verb, ids, **more):
    """A page on which a person has just done something in the list; the browser's part is left out."""
    return {"document-table": {"act": {"verb": verb, "ids": ids, **more}}}


def test_work_can_be_stopped_and_taken_up_again(at_desk, app, report):
    from rag.entrypoints.ui.documents import page as documents

    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    documents._acted("cancel", [document])
    assert app.document("ann", document.id).state == "cancelled"
    documents._acted("retry", [app.document("ann", document.id)])
    assert app.document("ann", document.id).state == "waiting"
    assert app.working() == 1


def test_a_close_reading_that_came_to_no_end_can_be_tried_again():
    ready = made(1, state="ready", leaves=9, passages=20)
    assert can(ready) is None
    assert can(replace(ready, notes=(Note("NotReadClosely", {"done": 4, "pages": 9}),))) == "retry"


def test_what_is_to_be_removed_is_named_before_it_goes(visit, given, app, add, report, sales):
    one, two = add("*report*.pdf", report), add("sales.xlsx", sales)
    visitor = visit(documents_page, documents_removing=[one.id])
    assert "- \\*report\\*\\.pdf" in [part.value for part in visitor.markdown]
    visitor.button(key="remove-do").click().run()
    assert not visitor.exception
    assert [document.id for document in app.documents("ann")] == [two.id]
    assert [row["name"] for row in table(given, visitor)["rows"]] == ["sales.xlsx"]


def test_nothing_goes_when_it_is_kept(visit, app, add, report):
    document = add("report.pdf", report)
    visit(documents_page, documents_removing=[document.id]).button(key="remove-not").click().run()
    assert app.document("ann", document.id)


def test_a_disk_too_full_to_remove_from_is_said_in_a_sentence(visit, app, add, report, monkeypatch):
    def remove(*_):
        raise DiskFull(path="/data")

    document = add("report.pdf", report)
    monkeypatch.setattr(PassageStore, "remove", remove)
    visitor = visit(documents_page, documents_removing=[document.id])
    visitor.button(key="remove-do").click().run()
    assert not visitor.exception
    assert "/data" in visitor.error[0].value


# ── the reading report ──


def leaves(given, visitor):
    return given(visitor, "pagecite_leaves")


def states(strip):
    return [strip["kinds"][sign] for sign in strip["states"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_page_is_counted_in_words(monkeypatch, visit, language):
    monkeypatch.setattr("rag.entrypoints.ui.texts.browser_language", lambda: language)
    failed = Note("PageFailed", {"page": 8})
    cells = [
        LeafCell(1, "i", "text", secret=True),
        LeafCell(2, "ii", "scanned", sure=93),
        LeafCell(3, None, "scanned_unread"),
        LeafCell(4, None, "garbled", sure=71, turned=90),
        LeafCell(5, None, "blank"),
        LeafCell(6, None, "empty"),
        LeafCell(7, None, "unread"),
        LeafCell(8, None, "failed", why=failed),
    ]
    strip = leaf_strip.data(made(1, state="ready"), cells)
    assert states(strip) == [cell.state for cell in cells]
    assert (strip["sure"], strip["turned"], strip["secret"]) == ({2: 93, 4: 71}, {4: 90}, [1])
    assert "8" in strip["why"][8]
    assert [count for _, count, _ in strip["counts"]] == [1] * 10
    assert all("1" in words for _, _, words in strip["counts"])
    assert (
        set(strip["kinds"].values()) - {"left_out"} | {"scanned_sure", "garbled_sure", "rotated", "secret"}
        <= strip["texts"].keys()
    )


def test_five_thousand_pages_are_a_small_message():
    cells = [LeafCell(number, None, "text") for number in range(1, 5001)]
    assert len(json.dumps(leaf_strip.data(made(1, state="ready"), cells))) < 12_000


def test_a_scanned_page_waits_for_ocr_while_its_document_is_worked_on():
    cells = [LeafCell(1, None, "scanned_unread")]
    assert leaf_strip.data(made(1, state="embedding"), cells)["texts"]["scanned_unread"].endswith(
        "still to be read by OCR"
    )
    assert leaf_strip.data(made(1, state="ready"), cells)["texts"]["scanned_unread"].endswith("OCR found no words")


def test_the_report_shows_each_page_and_what_is_missing(visit, given, add, make_pdf):
    document = add("report.pdf", make_pdf(["Harbour Ferries plc carries dogs."], [], ["The fee is 12 euros."]))
    visitor = visit(report_page, asked_for=str(document.id))
    assert visitor.title[0].value == "report\\.pdf"
    assert "3 pages" in visitor.markdown[0].value
    strip = leaves(given, visitor)
    assert strip["first"] == 1
    assert states(strip) == ["text", "blank", "text"]
    assert strip["counts"] == [["text", 2, "2 with text"], ["blank", 1, "1 blank"]]
    assert [info.value for info in visitor.info] == ["Blank pages: 2. There is nothing on them to find."]


def test_the_report_names_printed_pages(visit, given, add, report):
    document = add("report.pdf", report)
    strip = leaves(given, visit(report_page, asked_for=str(document.id)))
    assert strip["names"] == {"1": "i", "2": "1", "3": "2"}
    assert strip["texts"]["printed"] == "Page {number} (printed {printed})"


def test_a_hidden_sheet_is_marked(visit, given, add):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Sales"
    book.active.append(["Region", "Q1"])
    book.active.append(["North", 120])
    hidden = book.create_sheet("Draft")
    hidden.append(["Region", "Q2"])
    hidden.append(["South", 80])
    hidden.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    document = add("sales.xlsx", file.getvalue())
    strip = leaves(given, visit(report_page, asked_for=str(document.id)))
    assert strip["sheets"]
    assert (strip["names"], strip["hidden"]) == ({"1": "Sales", "2": "Draft"}, [2])
    assert ["hidden", 1, "1 hidden in Excel"] in strip["counts"]
    assert states(strip) == ["text", "left_out"]


def test_hidden_cells_are_searched_only_when_asked_for(visit, given, app, add, worker):
    import openpyxl

    book = openpyxl.Workbook()
    for row in [["Region", "Q1"], ["North", 120], ["Zanzibarite", 80]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    document = add("sales.xlsx", file.getvalue())
    visitor = visit(report_page, asked_for=str(document.id))
    strip = leaves(given, visitor)
    assert (strip["secret"], strip["counts"][-1]) == ([1], ["secret", 1, "1 with hidden rows or columns"])
    assert "Hidden rows of sheet Sheet: 3" in visitor.info[0].value
    (switch,) = visitor.toggle
    assert switch.label == "Search hidden sheets, rows and columns too"
    assert not switch.value
    switch.set_value(True).run()
    assert not visitor.exception
    while worker.run_one():
        pass
    assert "Zanzibarite" in app.find("ann", "Zanzibarite")[0].passage.text


def test_pages_that_are_still_to_be_read_are_there_already(visit, given, app, add, report):
    document = add("report.pdf", report)
    app.catalog.progress(document.id, "reading", 3, 5)
    visitor = visit(report_page, asked_for=str(document.id))
    assert states(leaves(given, visitor)) == ["text"] * 3 + ["unread"] * 2
    assert visitor.button(key="report-cancel")


@pytest.mark.parametrize("number", ["99", "x", "²", "-1", "9" * 30])
def test_a_document_that_is_not_there_leads_to_the_list(visit, given, add, report, number):
    add("report.pdf", report)
    visitor = visit(report_page, asked_for=number)
    assert table(given, visitor)["rows"][0]["name"] == "report.pdf"


@pytest.fixture
def with_a_secret():
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 100), "Words that all can see stand on this page.")
        page.insert_text((72, 200), "A secret bonus of nine million.", color=(1, 1, 1))
        pdf.set_toc([[1, "Words", 1]])
        return pdf.tobytes()


def test_hidden_text_is_flagged_and_searched_only_when_asked_for(visit, given, app, add, worker, with_a_secret):
    document = add("report.pdf", with_a_secret)
    visitor = visit(report_page, asked_for=str(document.id))
    strip = leaves(given, visitor)
    assert (strip["secret"], strip["counts"][-1]) == ([1], ["secret", 1, "1 with hidden text"])
    assert "text that nobody can see" in visitor.info[0].value
    (switch,) = visitor.toggle
    assert not switch.value
    assert "secret bonus" not in app.find("ann", "secret bonus")[0].passage.text
    switch.set_value(True).run()
    assert not visitor.exception
    while worker.run_one():
        pass
    assert "secret bonus" in " ".join(hit.passage.text for hit in app.find("ann", "secret bonus"))
    assert visit(report_page, asked_for=str(document.id)).toggle[0].value


def test_what_a_file_holds_besides_is_listed(visit, given, add, with_a_secret):
    document = add("report.pdf", with_a_secret)
    (part,) = given(visit(report_page, asked_for=str(document.id)), "pagecite_extras")["parts"]
    assert (part["title"], part["rows"]) == ("Contents (1)", [{"title": "Words", "level": 1, "page": 1}])


def test_the_tables_of_a_document_are_a_click_away(visit, add, sales):
    document = add("sales.xlsx", sales)
    assert visit(report_page, asked_for=str(document.id)).button(key="report-tables").label == "1 table"
