"""What a person can do, through the real parts; only the embedding model is a small one."""

import errno
import io
import threading
from dataclasses import replace

import openpyxl
import PIL.Image
import pytest

from rag.errors import (
    BadQuestion,
    BadSettings,
    DamagedFile,
    DiskFull,
    EmptyFile,
    FileTooLarge,
    LockedFile,
    NoSuchBase,
    NoSuchDocument,
    NoSuchPage,
    NothingToSearch,
    UnknownKind,
    WrongPassword,
)
from rag.library.database import Database
from rag.records import Cells, Finished, Found, ModelChoice, Page, Request, Thought, Wrote
from rag.retrieval.embedder.hashing import HashingEmbedder
from rag.settings import Settings
from rag.wiring import ingest, mend, workspace

SCRIPTED = ModelChoice("scripted")


def finished(events):
    return next(event.answer for event in events if isinstance(event, Finished))


# ── adding ──


def test_there_is_always_a_base(app):
    assert [base.name for base in app.bases("ann")] == ["Library"]
    assert [base.name for base in app.bases("ann")] == ["Library"]


def test_two_first_visitors_get_the_same_base(app, monkeypatch):
    create = app.catalog.create_base

    def be_second(name, embedder):
        create(name, embedder)
        return create(name, embedder)

    monkeypatch.setattr(app.catalog, "create_base", be_second)
    assert [base.name for base in app.bases("bob")] == ["Library"]


def test_warming_up_loads_the_model_before_there_is_anything_to_find(app):
    app.bases("ann")
    asked = []
    app.finder._embedder = lambda name: asked.append(name) or HashingEmbedder()
    app.finder.warm_up()
    assert asked == ["hashing-256"]


def test_a_document_keeps_every_page_and_both_page_identities(app, add, report):
    document = add("report.pdf", report)
    assert (document.state, document.leaves) == ("ready", 3)
    assert [leaf.name for leaf in app.leaves_report("ann", document.id)] == ["i", "1", "2"]


def test_a_document_can_be_asked_before_it_is_embedded(app, worker, report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    job = worker.jobs.claim(worker.worker)
    worker._read(job, document)
    assert app.finder.held() == set()
    assert app.find("ann", "What is the mooring fee?")[0].passage.document.id == document.id


def test_every_document_of_a_batch_can_be_asked_before_the_first_is_embedded(app, worker, report, sales, make_pdf):
    base = app.bases("ann")[0].id
    batch = {"report.pdf": report, "broken.pdf": make_pdf(["x"])[:40], "sales.xlsx": sales}
    added = [app.add("ann", base, name, io.BytesIO(data))[0].id for name, data in batch.items()]
    for _ in batch:
        worker.run_one()
    states = [app.document("ann", document).state for document in added]
    assert (states[0], states[1]) == ("embedding", "failed")
    assert app.document("ann", added[2]).askable
    while worker.run_one():
        pass
    assert [app.document("ann", document).state for document in added] == ["ready", "failed", "ready"]
    assert app.check().healthy


def test_the_same_bytes_twice_add_nothing_and_the_person_is_told(app, add, report):
    first = add("report.pdf", report)
    again, note = app.add("ann", first.base, "copy.pdf", io.BytesIO(report))
    assert (again.id, note.code) == (first.id, "AlreadyThere")
    assert app.working() == 0


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.pdf", b"", EmptyFile),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, UnknownKind),
        ("notes.txt", b"hello", UnknownKind),
        ("broken.xlsx", b"PK\x03\x04 cut off", DamagedFile),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, DamagedFile),
    ],
)
def test_what_cannot_be_a_document_is_refused_and_not_kept(app, name, data, error):
    with pytest.raises(error, match=name.split(".")[0]):
        app.add("ann", app.bases("ann")[0].id, name, io.BytesIO(data))
    assert app.documents("ann") == []
    assert list(app.originals.digests()) == []


def test_a_file_that_is_too_large_is_refused_with_the_limit(settings, make_pdf):
    small = workspace(settings.model_copy(update={"max_upload_mb": 1}))
    with pytest.raises(FileTooLarge, match="1 MB"):
        small.add("ann", small.bases("ann")[0].id, "large.pdf", io.BytesIO(b"%PDF" + b"\0" * 1_000_001))
    assert list(small.originals.digests()) == []


def test_a_bad_file_in_a_batch_does_not_stop_the_others(app, worker, report, sales, make_pdf):
    base = app.bases("ann")[0].id
    locked = make_pdf(["secret"], encryption=5, user_pw="x", owner_pw="y")
    with pytest.raises(LockedFile):
        app.add("ann", base, "locked.pdf", io.BytesIO(locked))
    for name, data in [("cut.pdf", report[:200]), ("report.pdf", report), ("s.xlsx", sales)]:
        app.add("ann", base, name, io.BytesIO(data))
    while worker.run_one():
        pass
    states = {document.name: document.state for document in app.documents("ann")}
    assert states == {"cut.pdf": "failed", "report.pdf": "ready", "s.xlsx": "ready"}
    problems = {document.name: document.problem.code for document in app.documents("ann") if document.problem}
    assert problems == {"cut.pdf": "DamagedFile"}


def test_a_pdf_without_words_is_kept_and_says_that_ocr_would_read_it(app, add, make_pdf):
    document = add("scan.pdf", make_pdf([], []))
    assert (document.state, [note.code for note in document.notes]) == ("ready", ["NoText"])
    assert app.page("ann", document.id, 2).number == 2


def test_pages_without_words_are_named(app, add, make_pdf):
    document = add("mixed.pdf", make_pdf(["one"], [], [], ["four"], []))
    assert [dict(note.details) for note in document.notes] == [{"pages": "2-3, 5"}]


def test_a_locked_pdf_is_kept_unlocked_and_its_password_nowhere(app, worker, settings, make_pdf):
    base = app.bases("ann")[0].id
    locked = make_pdf(["The fee is 12 euros."], encryption=5, user_pw="Sesam-4711", owner_pw="Owner-4712")
    with pytest.raises(LockedFile):
        app.add("ann", base, "locked.pdf", io.BytesIO(locked))
    with pytest.raises(WrongPassword):
        app.add("ann", base, "locked.pdf", io.BytesIO(locked), "guess")
    assert list(app.originals.digests()) == []
    document, note = app.add("ann", base, "locked.pdf", io.BytesIO(locked), "Sesam-4711")
    assert note is None
    again, note = app.add("ann", base, "locked.pdf", io.BytesIO(locked), "Sesam-4711")
    assert (again.id, note.code) == (document.id, "AlreadyThere")
    assert worker.run_one()
    assert app.find("ann", "fee")[0].passage.own_text == "The fee is 12 euros."
    assert app.original("ann", document.id)[1] != locked
    secrets = (b"Sesam-4711", "Sesam-4711".encode("utf-16-le"), b"Owner-4712")
    written = [path.read_bytes() for path in settings.home.rglob("*") if path.is_file()]
    assert not any(secret in content for secret in secrets for content in written)
    assert [path.name for path in (settings.home / "originals").iterdir() if path.is_file()] == ["lock"]


def test_a_pdf_that_only_its_owner_may_change_needs_no_password(app, add, make_pdf):
    data = make_pdf(["The fee is 12 euros."], encryption=5, user_pw="", owner_pw="y")
    document = add("open.pdf", data)
    assert (document.state, app.original("ann", document.id)[1]) == ("ready", data)


def test_a_document_may_be_removed_while_the_same_bytes_are_added(app, add, report):
    first = add("report.pdf", report)
    other = app.create_base("ann", "Other").id
    stop = threading.Event()

    def remove_and_add():
        while not stop.is_set():
            for document in app.documents("ann", [other]):
                app.remove("ann", document.id)
            app.add("ann", other, "report.pdf", io.BytesIO(report))

    thread = threading.Thread(target=remove_and_add)
    thread.start()
    try:
        for _ in range(15):
            app.remove("ann", first.id)
            first, _ = app.add("ann", first.base, "report.pdf", io.BytesIO(report))
            assert app.originals.intact(first.digest)
    finally:
        stop.set()
        thread.join()


# ── stopping and going on ──


def test_reading_goes_on_where_it_stopped(app, worker, report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    killed = replace(worker, worker="killed")
    killed._read(killed.jobs.claim("killed"), document)
    ids = [passage.id for passage in app.store.of_document(document.id)]
    worker.jobs.let_go()
    assert worker.run_one()
    assert app.document("ann", document.id).state == "ready"
    assert [passage.id for passage in app.store.of_document(document.id)] == ids
    assert app.check().healthy


def test_a_worker_killed_while_reading_leaves_nothing_twice(app, worker, make_pdf, monkeypatch):
    data = make_pdf(*[[f"Page {number} tells of harbour {number}."] * 20 for number in range(30)])
    document, _ = app.add("ann", app.bases("ann")[0].id, "long.pdf", io.BytesIO(data))
    monkeypatch.setattr("rag.adding.ingest._KEEP_EVERY", 5)
    add_words = worker.words.add

    def die_at_the_second_batch(ids, owners, texts):
        if worker.words.ids():
            raise KeyboardInterrupt
        add_words(ids, owners, texts)

    monkeypatch.setattr(worker.words, "add", die_at_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        worker.run_one()
    assert len(list(app.store.of_document(document.id))) == 10
    monkeypatch.setattr(worker.words, "add", add_words)
    assert worker.run_one()
    report = app.check()
    assert report.healthy, report.findings
    words = " ".join(passage.own_text for passage in app.store.of_document(document.id))
    assert words.count("harbour") == 600


def test_a_file_on_which_the_worker_dies_is_given_up_after_three_times(app, worker, report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    for _ in range(3):
        assert worker.jobs.claim("crashing") is not None
        worker.jobs.let_go()
    assert worker.run_one()
    failed = app.document("ann", document.id)
    assert (failed.state, failed.problem.code) == ("failed", "ReaderCrashed")
    app.retry("ann", document.id)
    assert worker.run_one()
    assert app.document("ann", document.id).state == "ready"


def test_a_cancelled_document_stays_as_far_as_it_was_and_can_be_retried(app, worker, report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    app.cancel("ann", document.id)
    assert app.document("ann", document.id).state == "cancelled"
    assert not worker.run_one()
    app.retry("ann", document.id)
    assert worker.run_one()
    assert app.document("ann", document.id).state == "ready"


def test_a_document_that_is_removed_while_it_is_read_is_gone(app, worker, report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    keep = worker.store.keep

    def remove_then_keep(number, passages, leaves):
        app.remove("ann", document.id)
        return keep(number, passages, leaves)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker.store, "keep", remove_then_keep)
        assert worker.run_one()
    assert app.documents("ann") == []
    assert app.check().healthy


# ── removing ──


def test_a_removed_document_is_gone_from_every_place(app, add, report, sales):
    document, other = add("report.pdf", report), add("sales.xlsx", sales)
    thread, live = app.begin("ann", None, Request("What is the mooring fee?"))
    list(live.events())
    assert "12 euros" in app.conversations.turns("ann", thread)[0].answer.text
    app.remove("ann", document.id)
    assert {hit.passage.document.id for hit in app.find("ann", "What is the mooring fee?")} == {other.id}
    assert document.digest not in set(app.originals.digests())
    assert "12 euros" not in app.conversations.turns("ann", thread)[0].answer.text
    assert document.id not in app.conversations.mentioned()
    for reach in (app.document, app.remove, app.leaves_report, app.original):
        with pytest.raises(NoSuchDocument):
            reach("ann", document.id)
    assert app.check().healthy


def test_a_file_in_two_bases_stays_until_the_last_is_removed(app, add, report):
    first = add("report.pdf", report)
    other = app.create_base("ann", "Other")
    second = add("report.pdf", report, other.id)
    app.remove("ann", first.id)
    assert app.original("ann", second.id)[1] == report
    app.remove_base("ann", other.id)
    assert list(app.originals.digests()) == []
    assert [base.name for base in app.bases("ann")] == ["Library"]


# ── asking ──


def test_the_evidence_is_the_answer_when_there_is_no_model(app, add, report):
    add("report.pdf", report)
    found, done = app.ask("ann", Request("What is the annual mooring fee?"))
    assert isinstance(found, Found)
    answer = done.answer
    assert "The annual mooring fee is 12 euros for each metre." in answer.text
    citation = answer.citations[0]
    assert citation.quote.startswith("The annual mooring fee is 12 euros")
    assert (citation.place.number, citation.place.printed) == (2, "1")
    assert citation.label == "report.pdf › p. 2 (printed 1)"
    assert all(isinstance(place, Page) and place.box for place in citation.places)
    assert answer.model == ""


def test_a_question_in_chinese_finds_the_chinese_page(app, add, report):
    add("report.pdf", report)
    answer = finished(app.ask("ann", Request("系泊费每米多少欧元？")))
    assert "十二欧元" in answer.text
    assert answer.citations[0].place.number == 3


def test_a_row_of_a_workbook_is_cited_by_its_cells_with_its_heads_beside_it(app, add, sales):
    add("sales.xlsx", sales)
    answer = finished(app.ask("ann", Request("What did region North sell in Q2?")))
    assert "130" in answer.text
    citation = answer.citations[0]
    assert isinstance(citation.place, Cells)
    assert citation.place.sheet == "Sales"
    assert {place.area for place in citation.places} <= {"A2", "B2", "C2"}
    assert "Q2" in citation.head.text


def test_a_picture_and_a_chart_of_a_workbook_are_kept_with_their_cells(app, worker, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Region", "Sales"], ["North", 3], ["South", 4]]:
        sheet.append(row)
    chart = openpyxl.chart.BarChart()
    chart.title = "Turnover of the harbour"
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "H2")
    lamp = io.BytesIO()
    PIL.Image.new("RGB", (40, 20), "navy").save(lamp, "png")
    sheet.add_image(openpyxl.drawing.image.Image(lamp), "D4")
    book.save(tmp_path / "book.xlsx")
    with (tmp_path / "book.xlsx").open("rb") as file:
        document, _ = app.add("ann", app.bases("ann")[0].id, "book.xlsx", file)
    while worker.run_one():
        pass
    (figure,) = app.figures("ann", document.id)
    assert isinstance(figure.place, Cells)
    assert (figure.place.sheet, figure.place.area[:2]) == ("Sheet", "D4")
    image = app.figure_image("ann", figure.id)
    assert (image.width, image.height, image.png[:4]) == (40, 20, b"\x89PNG")
    told = app.find("ann", "turnover of the harbour")[0].passage
    assert told.places[0].area.startswith("H2:")


def test_only_the_named_base_and_document_are_searched(app, add, report, sales):
    first = add("report.pdf", report)
    other = app.create_base("ann", "Other")
    second = add("sales.xlsx", sales, other.id)
    assert {hit.passage.document.id for hit in app.find("ann", "fee North")} == {first.id, second.id}
    assert {hit.passage.document.id for hit in app.find("ann", "fee North", bases=[other.id])} == {second.id}
    assert {hit.passage.document.id for hit in app.find("ann", "fee North", documents=[first.id])} == {first.id}
    with pytest.raises(NoSuchBase):
        app.find("ann", "fee", bases=[99])


def test_bases_of_different_embedding_models_answer_one_question(app, worker, add, report, sales):
    class Sibling(HashingEmbedder):
        name = "sibling"

    def embedder(name):
        return Sibling() if name == "sibling" else HashingEmbedder()

    first = add("report.pdf", report)
    other = app.catalog.create_base("Other", "sibling")
    second, _ = app.add("ann", other.id, "sales.xlsx", io.BytesIO(sales))
    app.finder._embedder = embedder
    assert replace(worker, embedder=embedder).run_one()
    assert app.store.embedded(second.id)
    assert {hit.passage.document.id for hit in app.find("ann", "mooring fee of North")} == {first.id, second.id}


def test_a_base_whose_embedding_model_is_missing_is_still_searched_by_words(app, add, report):
    add("report.pdf", report)
    app.catalog.create_base("Other", "no/such-model")
    answer = finished(app.ask("ann", Request("What is the annual mooring fee?")))
    assert "12 euros" in answer.text
    assert answer.problem.code == "EmbedderUnavailable"


def test_a_model_writes_on_top_of_the_evidence_and_its_thinking_is_apart(app, add, report):
    add("report.pdf", report)
    events = list(app.ask("ann", Request("What is the annual mooring fee?"), model=SCRIPTED))
    assert isinstance(events[0], Found)
    answer = events[-1].answer
    assert answer.thinking == "".join(event.text for event in events if isinstance(event, Thought))
    assert "<think>" not in answer.text + answer.thinking
    assert answer.text == "".join(event.text for event in events if isinstance(event, Wrote)).strip()
    assert answer.citations
    assert [hit.passage.id for hit in answer.prompt.hits] == [each.passage for each in events[0].evidence]
    assert "What is the annual mooring fee?" in answer.prompt.text


def test_the_three_boxes_are_in_the_prompt(app, add, report):
    add("report.pdf", report)
    request = Request("What is the annual mooring fee?", "I own a boat of 9 metres.", "One short sentence.")
    prompt = finished(app.ask("ann", request, model=SCRIPTED)).prompt
    assert "I own a boat of 9 metres." in prompt.text
    assert "One short sentence." in prompt.text


def test_when_the_model_server_is_down_the_evidence_is_the_answer(app, add, report):
    add("report.pdf", report)
    down = ModelChoice("ollama", "deepseek-r1:1.5b", "http://127.0.0.1:9")
    answer = finished(app.ask("ann", Request("What is the annual mooring fee?"), model=down))
    assert answer.problem.code == "LLMUnavailable"
    assert "12 euros" in answer.text
    assert answer.citations


def test_a_question_may_have_20000_characters(app, add, report):
    add("report.pdf", report)
    answer = finished(app.ask("ann", Request("What is the annual mooring fee? " * 625)))
    assert "12 euros" in answer.text


def test_no_question_and_nothing_to_search_are_said(app, add, report):
    with pytest.raises(NothingToSearch):
        list(app.ask("ann", Request("fee?")))
    with pytest.raises(NothingToSearch):
        app.begin("ann", None, Request("fee?"))
    assert app.conversations.newest("ann", 10) == []
    add("report.pdf", report)
    with pytest.raises(BadQuestion):
        list(app.ask("ann", Request("  \n ")))


@pytest.mark.parametrize("hostile", ["'; drop table passages; --", '" OR 1=1 NEAR(', "<script>alert(1)</script>", "\0"])
def test_a_question_is_never_a_command(app, add, report, hostile):
    add("report.pdf", report)
    list(app.ask("ann", Request(hostile)))
    assert app.check().healthy


# ── conversations ──


def test_an_answer_goes_on_when_nobody_looks_and_is_kept_in_its_conversation(app, add, report):
    add("report.pdf", report)
    thread, live = app.begin("ann", None, Request("What is the annual mooring fee?"))
    assert [type(event) for event in live.events()] == [Found, Finished]
    assert [type(event) for event in live.events()] == [Found, Finished]
    assert app.live("ann", thread) is None
    assert [turn.answer for turn in app.conversations.turns("ann", thread)] == [live.answer]


def test_a_short_follow_up_is_searched_with_the_question_before_it(app, add, report):
    add("report.pdf", report)
    thread, live = app.begin("ann", None, Request("What is the annual mooring fee?"))
    list(live.events())
    _, live = app.begin("ann", thread, Request("And per metre?"))
    list(live.events())
    assert live.answer.citations[0].place.number == 2
    assert len(app.conversations.turns("ann", thread)) == 2


def test_what_had_come_when_it_was_stopped_is_the_answer(app, add, report):
    add("report.pdf", report)
    stop = threading.Event()
    events = app.ask("ann", Request("What is the annual mooring fee?"), model=SCRIPTED, stop=stop)
    seen = [next(events), next(events)]
    stop.set()
    answer = finished([*seen, *events])
    assert answer.stopped
    assert answer.problem is None


# ── checking ──


def test_a_page_that_does_not_exist_is_said(app, add, report, sales):
    pdf, book = add("report.pdf", report), add("sales.xlsx", sales)
    with pytest.raises(NoSuchPage):
        app.page("ann", pdf.id, 4)
    with pytest.raises(NoSuchPage):
        app.page("ann", book.id, 1)
    with pytest.raises(NoSuchPage):
        app.sheet("ann", book.id, "Nowhere", "A1")


def test_the_doctor_finds_and_mends_what_a_crash_left_behind(app, add, report, sales):
    document = add("report.pdf", report)
    add("sales.xlsx", sales)
    assert app.check().healthy
    ids = app.store.remove(document.id)
    found = app.check().findings
    assert {finding.what for finding in found} == {
        "words of passages that are gone",
        "original files that no document uses",
    }
    assert {finding.hint for finding in found} == {"`pagecite doctor --repair` mends this."}
    assert app.check(mend=True).healthy
    kept = sorted(app.store.owners())
    app.words.remove(kept[:1])
    assert not app.check().healthy
    assert app.check(mend=True).healthy
    assert not set(ids) & app.words.ids()


def test_the_doctor_takes_no_words_for_missing_that_are_on_their_way(app, add, report, monkeypatch):
    add("report.pdf", report)
    number, owner = next(iter(app.store.owners().items()))
    text = app.store.passages([number])[0].text
    app.words.remove([number])
    monkeypatch.setattr("rag.checking.time.sleep", lambda _: app.words.add([number], [owner], [text]))
    assert app.check().healthy


def test_a_catalog_is_opened_on_a_full_disk_in_the_room_that_was_kept(app, settings, monkeypatch):
    def opened(path):
        if reserve.exists():
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return Database(path)

    reserve = settings.home / "reserve"
    assert app.jobs.reserve.keep()
    monkeypatch.setattr("rag.wiring.Database", opened)
    assert workspace(settings).catalog.bases() == app.catalog.bases()
    assert not reserve.exists()


def test_the_doctor_names_the_documents_whose_files_are_missing_and_adding_them_again_mends_it(app, add, report, sales):
    document = add("report.pdf", report)
    add("sales.xlsx", sales)
    app.originals.discard(document.digest)
    (finding,) = app.check().findings
    assert (finding.count, finding.examples) == (1, ("report.pdf",))
    assert "Add these files again" in finding.hint
    app.originals.path(app.catalog.document(document.id + 1).digest).write_bytes(b"changed")
    assert [each.examples for each in app.check().findings] == [("report.pdf",), ("sales.xlsx",)]
    add("report.pdf", report)
    add("sales.xlsx", sales)
    assert app.check().healthy


def test_a_removed_document_leaves_no_words_on_the_disk(app, add, worker, settings, make_pdf):
    document = add("secret.pdf", make_pdf(["The zanzibarite clause is void."]))
    assert app.words.count() == 1
    assert not any(b"zanzibarit" in path.read_bytes() for path in settings.home.rglob("words.sqlite*"))
    app.remove("ann", document.id)
    worker.tidy()
    app.words.close()
    worker.words.close()
    left = [path for path in settings.home.rglob("*") if path.is_file() and b"zanzibarit" in path.read_bytes()]
    assert left == []


def test_a_worker_tidies_up_after_removals_once(app, add, worker, settings, report, make_pdf, monkeypatch):
    document = add("report.pdf", report)
    compacted = []
    monkeypatch.setattr(type(worker.words), "compact", lambda _: compacted.append(1))
    worker.store.clear(document.id)
    worker.tidy()
    assert compacted == []
    document = add("other.pdf", make_pdf(["Another."]))
    app.remove("ann", document.id)
    for _ in range(3):
        ingest(settings).tidy()
    assert compacted == [1]


def test_the_history_of_removals_does_not_grow_for_ever(app, add, worker, report, monkeypatch):
    monkeypatch.setattr("rag.adding.ingest._REMOVALS", 3)
    counts = []
    for _ in range(12):
        app.remove("ann", add("report.pdf", report).id)
        worker.tidy()
        known = [app.store.removed_after(number)[0] for number in range(app.store.newest_removal())]
        counts.append(sum(ids is not None for ids in known))
    assert max(counts) < 7


def test_a_damaged_word_index_is_made_anew_by_the_next_worker(app, add, settings, report):
    add("report.pdf", report)
    app.words.close()
    (settings.home / "words.sqlite").write_bytes(b"not a database at all" * 100)
    mend(settings)
    again = workspace(settings)
    assert again.check().healthy
    assert again.find("ann", "mooring fee")


def test_an_answer_that_does_not_fit_on_the_disk_is_shown_all_the_same(app, add, report, monkeypatch):
    def full(*_):
        raise DiskFull(path="here")

    add("report.pdf", report)
    monkeypatch.setattr(app.conversations, "add", full)
    _, live = app.begin("ann", None, Request("What is the annual mooring fee?"))
    list(live.events())
    assert "12 euros" in live.answer.text
    assert live.answer.problem.code == "DiskFull"


def test_the_doctor_finds_words_of_a_removed_document_in_answers(app, add, report):
    document = add("report.pdf", report)
    _, live = app.begin("ann", None, Request("What is the annual mooring fee?"))
    list(live.events())
    app.words.remove(app.store.remove(document.id))
    app.originals.discard(document.digest)
    assert [finding.what for finding in app.check().findings] == ["removed documents whose words are in an answer"]
    assert app.check(mend=True).healthy


def test_two_workspaces_on_one_folder_see_each_others_documents(app, add, settings, report):
    other = workspace(settings)
    other.bases("bob")
    document = add("report.pdf", report)
    assert other.find("bob", "mooring fee")[0].passage.document.id == document.id
    app.remove("ann", document.id)
    assert other.find("bob", "mooring fee") == []
    assert other.finder.held() == set()


def test_a_process_that_slept_through_many_removals_begins_anew(app, add, settings, report, make_pdf, worker):
    other = workspace(settings)
    document = add("report.pdf", report)
    held = other.finder.held()
    assert held
    for number in range(4):
        app.remove("ann", add("more.pdf", make_pdf([f"More of {number}."])).id)
    app.remove("ann", document.id)
    new = add("new.pdf", make_pdf(["Zanzibarite is new."]))
    worker.store.forget_removals(1)
    assert other.finder.held() == {passage.id for passage in app.store.of_document(new.id)}
    assert other.check().healthy


def test_a_choice_of_model_holds_until_it_is_taken_back(app):
    assert app.model("ann") == ModelChoice("none")
    choice = ModelChoice("openai", "deepseek-chat", "http://127.0.0.1:9/v1", "secret")
    app.choose_model("ann", choice)
    assert app.model("ann") == choice
    app.choose_model("ann", None)
    assert app.model("ann") == ModelChoice("none")


def test_an_unknown_setting_is_refused():
    with pytest.raises(BadSettings, match="RAG_TOPK: no such setting"):
        Settings.from_env({"RAG_TOPK": "3"})
    with pytest.raises(BadSettings, match="RAG_PORT"):
        Settings.from_env({"RAG_PORT": "many"})
    assert Settings.from_env({"OLLAMA_HOST": "http://box:1"}).ollama_url == "http://box:1"
    assert Settings.from_env({"RAG_PORT": "1"}, port=2).port == 2


def test_an_empty_setting_is_none_and_no_folder_that_one_happens_to_stand_in():
    given = Settings.from_env({"RAG_HOME": "", "RAG_PORT": "", "RAG_LLM": ""})
    assert (given.home, given.port, given.llm) == (Settings().home, Settings().port, "auto")
    with pytest.raises(BadSettings, match="RAG_TOPK: no such setting"):
        Settings.from_env({"RAG_TOPK": ""})
