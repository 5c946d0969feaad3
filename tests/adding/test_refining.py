"""The close reading takes the place of the first one without a gap, whatever stops it."""

import io
import itertools
import shutil
from dataclasses import replace

import openpyxl
import pymupdf
import pytest

from rag.errors import DamagedFile, ReaderCrashed
from rag.reading import read
from rag.records import Cell, Figure, Note, Page, Request, Span, Table, TableHead, TableQuery
from rag.wiring import ingest, mend, workspace

PAGES = 11
WORDS = [f"harbour{chr(97 + number)}x" for number in range(PAGES)]


class Killed(BaseException):
    """As by SIGKILL: nobody gets to tidy up."""


def close_leaf(leaf):
    """A page as the close reading finds it: another heading, a table, a footnote, a figure."""
    place = leaf.blocks[0].place if leaf.blocks else Page(leaf.number)
    cells = tuple(Cell(text, place, at) for at, text in enumerate((f"Row {leaf.number}", "1", "2"), 1))
    blocks = [
        Span(f"Chapter {leaf.number // 3}", place, "heading", "\n", 1),
        *leaf.blocks,
        Table(TableHead(), (cells,)),
        Span(f"* A note on page {leaf.number}.", place, "footnote", "\n"),
        Figure((Span(f"Chart {leaf.number}", place, "caption", "\n"),), place),
    ]
    return replace(leaf, blocks=tuple(blocks), kind="scanned" if leaf.number == 2 else "text", confidence=0.9)


@pytest.fixture
def report(make_pdf):
    return make_pdf(
        *[[f"The {word} of page {n}.", *["Dogs travel free of charge."] * 9] for n, word in enumerate(WORDS)]
    )


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"close_reading": "on"})


@pytest.fixture(autouse=True)
def reading(monkeypatch):
    """The close reading without its models; ``reading.failing`` says on which page it breaks."""

    class Closely:
        failing = None
        error = DamagedFile(name="report.pdf")
        pages = 0

        def __call__(self, upload, *, hidden, deep, pool, cache, deep_seconds=None):
            first = read(upload, hidden=hidden)
            if deep_seconds == 0:
                return first
            return replace(first, leaves=self.leaves(first.leaves)) if deep and first.kind == "pdf" else first

        def leaves(self, leaves):
            for leaf in leaves:
                self.pages += 1
                if leaf.number == self.failing:
                    raise self.error
                yield close_leaf(leaf)

    closely = Closely()
    monkeypatch.setattr("rag.adding.refining.read", closely)
    monkeypatch.setattr("rag.adding.refining._PAGES_AT_ONCE", 3)
    monkeypatch.setattr("rag.adding.ingest._TELL_EVERY", 0.0)
    return closely


@pytest.fixture
def put(app):
    def put(data, name="report.pdf"):
        return app.add("ann", app.bases("ann")[0].id, name, io.BytesIO(data))[0]

    return put


def run(worker):
    while worker.run_one():
        pass


def state_of(app, document):
    """All that is kept of a document, without numbers that differ from one run to another."""
    passages = app.store.of_document(document)
    return (
        [(passage.heading, passage.text, passage.places) for passage in passages],
        app.leaves_report("ann", document),
        [(figure.page, figure.caption) for figure in app.figures("ann", document)],
        app.store.embedded(document),
        tables_of(app),
        replace(app.document("ann", document), seconds=0.0, added=None),
    )


def tables_of(app):
    """The labels and places of all tables that are listed."""
    found = app.tables("ann", TableQuery(count=100)).tables
    return [(info.where, info.about, info.draft) for info in found]


def found_once(app, word):
    """The word is found, and in one form only."""
    holding = [hit.passage for hit in app.find("ann", f"What is {word}?") if word in hit.passage.own_text]
    return len(holding) == 1


def test_a_document_can_be_asked_while_it_is_read_closely_and_is_ready_after_that(app, worker, put, report):
    document = put(report)
    assert worker.run_one()
    done = app.document("ann", document.id)
    assert (done.state, done.read_closely, done.close_done) == ("ready", True, PAGES)
    passages = app.store.of_document(document.id)
    assert all(any("Chapter" in heading for heading in (*passage.heading, passage.own_text)) for passage in passages)
    assert all(found_once(app, word) for word in WORDS)
    assert [note.code for note in done.notes] == ["ScannedRead"]
    assert app.leaves_report("ann", document.id)[1].kind == "scanned"
    assert [figure.caption for figure in app.figures("ann", document.id, [1, 2])] == ["Chart 1", "Chart 2"]
    assert app.check().healthy


def test_tables_are_listed_as_far_as_their_pages_are_shown(app, worker, put, report):
    document = put(report)
    publish = worker.tables.publish_some
    seen = []

    def watch(number, after, through):
        publish(number, after, through)
        seen.append((through, len(tables_of(app))))

    worker.tables.publish_some = watch
    run(worker)
    assert len(seen) > 1
    assert all(0 < through == listed for through, listed in seen), seen
    assert [where for where, *_ in tables_of(app)] == [f"p. {number}" for number in range(1, PAGES + 1)]
    assert app.document("ann", document.id).read_closely


def steps_of(worker, act):
    """Calls *act* before and after each thing the worker does that outlives it."""
    parts = [
        (worker.store, ("clear", "keep", "keep_vectors")),
        (worker.words, ("add", "remove")),
        (worker.tables, ("begin", "publish_some", "publish")),
        (worker.refiner.editions, ("begin", "reserve", "publish")),
        (worker.refiner.page_folders, ("discard",)),
        (worker.catalog, ("read_through",)),
        (worker.jobs, ("finish", "succeeded_so_far")),
    ]

    def wrapped(method):
        def call(*arguments, **named):
            act()
            result = method(*arguments, **named)
            act()
            return result

        return call

    for part, names in parts:
        for name in names:
            setattr(part, name, wrapped(getattr(part, name)))


def test_every_word_is_found_once_at_every_step(app, worker, put, report):
    document = put(report)
    first_pass = itertools.count()
    seen = set()

    def ask():
        now = app.document("ann", document.id)
        if now.leaves and next(first_pass) % 3 == 0:
            seen.add(now.close_done)
            assert [word for word in WORDS if not found_once(app, word)] == []

    steps_of(worker, ask)
    run(worker)
    assert len(seen) > 3


def test_a_worker_killed_at_any_step_leaves_what_an_undisturbed_one_leaves(settings, app, put, report, tmp_path):
    document = put(report).id

    def copy(name):
        home = tmp_path / name
        shutil.copytree(settings.home, home)
        here = settings.model_copy(update={"home": home})
        return here, workspace(here), ingest(here)

    steps = itertools.count()
    _, app, worker = copy("undisturbed")
    steps_of(worker, lambda: next(steps))
    run(worker)
    undisturbed = state_of(app, document)
    count = next(steps)
    assert count > 40
    for at in range(0, count, 3):  # all of them take a minute
        here, app, worker = copy(f"killed-{at}")
        left = iter(range(at))

        def die(left=left):
            if next(left, None) is None:
                raise Killed

        steps_of(worker, die)
        with pytest.raises(Killed):
            run(worker)
        if app.document("ann", document).leaves:
            assert all(found_once(app, word) for word in WORDS[at % 3 :: 3]), at
        mend(here)
        again = ingest(here)
        again.jobs.let_go()
        run(again)
        assert state_of(app, document) == undisturbed, at
        healthy = app.check()
        assert healthy.healthy, (at, healthy.findings)


def test_passages_that_read_as_before_are_not_embedded_again(app, worker, put, report, monkeypatch):
    monkeypatch.setattr("rag.adding.refining.read", lambda upload, **_: read(upload))
    embedder = worker.embedder("hashing-256")
    asked = []
    passages = type(embedder).passages
    monkeypatch.setattr(type(embedder), "passages", lambda self, texts: asked.extend(texts) or passages(self, texts))
    document = put(report)
    run(worker)
    assert app.document("ann", document.id).read_closely
    assert len(asked) == len(set(asked)) == app.document("ann", document.id).passages


def test_a_new_file_is_read_before_the_close_reading_of_another_goes_on(app, worker, put, report, make_pdf):
    document = put(report)
    reserve = worker.refiner.editions.reserve
    added = []

    def add_meanwhile(count):
        if not added:
            added.append(put(make_pdf(["Another file tells of zanzibarite."]), "other.pdf").id)
        return reserve(count)

    worker.refiner.editions.reserve = add_meanwhile
    assert worker.run_one()
    waits = app.document("ann", document.id)
    assert (waits.state, waits.askable) == ("refining", True)
    assert worker.run_one()
    assert app.document("ann", added[0]).passages
    run(worker)
    assert {one.state for one in app.documents("ann")} == {"ready"}
    assert all(found_once(app, word) for word in WORDS)


def test_scans_are_read_closely_before_what_can_be_asked_already(app, worker, put, report, make_pdf, monkeypatch):
    documents = [put(report), put(make_pdf([]), "scan.pdf"), put(make_pdf([], []), "second scan.pdf")]
    ended, finish = [], type(worker.jobs).finish

    def finished(jobs, job, *how):
        ended.append(job.document)
        finish(jobs, job, *how)

    monkeypatch.setattr(type(worker.jobs), "finish", finished)
    for _ in range(30):
        worker.run_one()
    report, scan, second = (document.id for document in documents)
    assert ended == [scan, second, report]


def test_a_close_reading_that_fails_leaves_the_document_ready_and_says_so(app, worker, put, report, reading):
    reading.failing = 9
    document = put(report)
    run(worker)
    done = app.document("ann", document.id)
    assert (done.state, done.read_closely, done.problem) == ("ready", False, None)
    assert done.notes[-1] == Note("NotReadClosely", {"done": done.close_done, "pages": PAGES})
    assert 0 < done.close_done < 9
    assert all(found_once(app, word) for word in WORDS)
    reading.failing = None
    app.retry("ann", document.id)
    run(worker)
    assert app.document("ann", document.id).read_closely
    assert app.check().healthy


def test_where_a_close_reading_cannot_be_done_tables_are_told_by_their_words(app, worker, put, reading):
    rows = [("Revenue", "1,200", "1,100"), ("Costs", "800", "900"), ("Profit", "400", "200"), ("Staff", "12", "14")]

    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 60), "The figures of the year.")
        for at, row in enumerate([("In millions", "2024", "2023"), *rows]):
            for left, text in zip((72, 250, 350), row, strict=True):
                page.insert_text((left, 100 + 14 * at), text)
        data = pdf.tobytes()
    reading.failing, reading.error = 1, ReaderCrashed(name="report.pdf", attempts=3)
    document = put(data)
    run(worker)
    assert len(tables_of(app)) == 1
    done = app.document("ann", document.id)
    assert (done.state, done.read_closely) == ("ready", False)
    assert not any(report.close for report in app.leaves_report("ann", document.id))
    worker.queue_outdated()
    assert not worker.run_one()  # not again and again, but when it is asked for
    reading.failing = None
    app.retry("ann", document.id)
    run(worker)
    assert app.document("ann", document.id).read_closely
    assert app.check().healthy


def test_a_close_reading_that_was_cancelled_goes_on_from_there(app, worker, put, report):
    document = put(report)
    publish = worker.refiner.editions.publish

    def cancel_after(*arguments):
        gone = publish(*arguments)
        app.cancel("ann", document.id)
        return gone

    worker.refiner.editions.publish = cancel_after
    run(worker)
    stopped = app.document("ann", document.id)
    assert (stopped.state, stopped.close_done > 0, stopped.read_closely) == ("cancelled", True, False)
    assert all(found_once(app, word) for word in WORDS)
    worker.refiner.editions.publish = publish
    app.retry("ann", document.id)
    run(worker)
    assert app.document("ann", document.id).read_closely
    assert all(found_once(app, word) for word in WORDS)


def test_a_document_removed_while_it_is_read_closely_is_gone(app, worker, put, report):
    document = put(report)
    reserve = worker.refiner.editions.reserve

    def remove_after(count):
        ids = reserve(count)
        if app.documents("ann"):
            app.remove("ann", document.id)
        return ids

    worker.refiner.editions.reserve = remove_after
    run(worker)
    assert app.documents("ann") == []
    assert app.words.ids() == set()
    assert app.check().healthy


def test_without_the_close_reading_a_document_is_ready_after_the_first(settings, put, report, app, reading):
    document = put(report)
    run(ingest(settings.model_copy(update={"close_reading": "off"})))
    assert (app.document("ann", document.id).state, reading.pages) == ("ready", 0)


def test_a_document_read_before_there_was_a_close_reading_is_read_closely_behind_everything_else(
    app, settings, put, report, make_pdf
):
    old = put(report)
    run(ingest(settings.model_copy(update={"close_reading": "off"})))
    worker = ingest(settings)
    worker.queue_outdated()
    assert app.document("ann", old.id).state == "refining"
    new = put(make_pdf(["Another file tells of zanzibarite."]), "other.pdf")
    assert worker.run_one()
    assert app.document("ann", new.id).read_closely
    assert not app.document("ann", old.id).read_closely
    run(worker)
    assert app.document("ann", old.id).read_closely
    worker.queue_outdated()
    assert app.working() == 0


def test_a_document_read_by_older_rules_can_be_asked_all_the_while_that_it_is_read_again(
    app, worker, put, report, monkeypatch
):
    document = put(report)
    run(worker)
    before = state_of(app, document.id)
    monkeypatch.setattr("rag.adding.refining.VERSION", 1000)
    worker.queue_outdated()
    assert app.working() == 1
    seen = set()

    def ask():
        now = app.document("ann", document.id)
        if now.close_done not in seen:
            seen.add(now.close_done)
            assert [word for word in WORDS if not found_once(app, word)] == []
            assert app.tables("ann", TableQuery(count=100)).found == PAGES

    steps_of(worker, ask)
    run(worker)
    assert len(seen) > 1
    assert state_of(app, document.id)[:-1] == before[:-1]
    assert app.document("ann", document.id).edition == document.edition + 2
    worker.queue_outdated()
    assert app.working() == 0


@pytest.mark.parametrize("closely", ["on", "off"])
def test_hidden_text_is_found_only_when_it_is_asked_for(settings, put, report, monkeypatch, closely):
    def with_secret(upload, **_):
        reading = read(upload)
        secret = Span("zanzibarite", Page(1), "hidden")
        leaves = (replace(leaf, blocks=(*leaf.blocks, secret)) if leaf.number == 1 else leaf for leaf in reading.leaves)
        return replace(reading, leaves=(leaf for leaf in leaves))

    monkeypatch.setattr("rag.adding.ingest.read", with_secret)
    monkeypatch.setattr("rag.adding.refining.read", with_secret)
    here = settings.model_copy(update={"close_reading": closely})
    app, worker = workspace(here), ingest(here)
    document = put(report)
    run(worker)

    def is_found():
        return any("zanzibarite" in hit.passage.own_text for hit in app.find("ann", "zanzibarite"))

    assert not is_found()
    assert "HiddenText" in {note.code for note in app.document("ann", document.id).notes}
    for wanted in (True, False):
        app.search_hidden("ann", document.id, wanted)
        assert app.working() == 1
        run(worker)
        assert is_found() == wanted
    assert all(found_once(app, word) for word in WORDS)
    assert app.check().healthy


@pytest.mark.parametrize("closely", ["on", "off"])
def test_hidden_cells_of_a_workbook_are_found_only_when_they_are_asked_for(settings, tmp_path, closely):
    book = openpyxl.Workbook()
    book.active.title = "Sales"
    for row in [["Region", "Amount"], ["North", 120], ["Zanzibarite", 77], ["South", 80]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    draft = book.create_sheet("Draft")
    for row in [["Region", "Plan"], ["Xanthippe", 5], ["Yttria", 6]]:
        draft.append(row)
    draft.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    here = settings.model_copy(update={"close_reading": closely})
    app, worker = workspace(here), ingest(here)
    with (tmp_path / "book.xlsx").open("rb") as file:
        document, _ = app.add("ann", app.bases("ann")[0].id, "book.xlsx", file)
    run(worker)

    def found(word):
        return any(word in hit.passage.own_text for hit in app.find("ann", word))

    assert {note.code for note in app.document("ann", document.id).notes} == {"HiddenRows", "HiddenSheet"}
    assert [leaf.hidden for leaf in app.leaves_report("ann", document.id)] == [True, False]
    assert app.working() == 0
    for wanted in (True, False):
        app.search_hidden("ann", document.id, wanted)
        assert app.working() == 1
        assert found("North")
        run(worker)
        assert (found("Zanzibarite"), found("Xanthippe"), found("North")) == (wanted, wanted, True)
        assert app.tables("ann").found == 1 + wanted
        now = app.document("ann", document.id)
        assert (now.state, now.search_hidden, now.read_closely) == ("ready", wanted, True)
        assert {note.code for note in now.notes} == {"HiddenRows", "HiddenSheet"}
    assert app.check().healthy


def test_a_workbook_read_by_older_rules_is_read_again_once_behind_everything_else(app, worker, tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    for row in [["Region", "Amount"], ["North", 120], ["South", 80]]:
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    with (tmp_path / "book.xlsx").open("rb") as file:
        app.add("ann", app.bases("ann")[0].id, "book.xlsx", file)
    run(worker)
    worker.queue_outdated()
    assert app.working() == 0
    monkeypatch.setattr("rag.adding.refining.WORKBOOK_VERSION", 1000)
    worker.queue_outdated()
    assert app.working() == 1
    run(worker)
    worker.queue_outdated()
    assert app.working() == 0
    assert app.tables("ann").found == 1
    assert app.check().healthy


def test_an_answer_keeps_its_citations_when_its_passages_are_replaced(app, worker, put, report, settings):
    document = put(report)
    run(ingest(settings.model_copy(update={"close_reading": "off"})))
    thread, live = app.begin("ann", None, Request(f"Where is {WORDS[3]}?"))
    list(live.events())
    (before,) = app.conversations.turns("ann", thread)
    worker.queue_outdated()
    run(worker)
    (after,) = app.conversations.turns("ann", thread)
    assert after == before
    citation = after.answer.citations[0]
    assert WORDS[3] in citation.quote
    assert citation.place.number == 4
    assert not app.store.passages([citation.passage])
    app.remove("ann", document.id)
    (forgotten,) = app.conversations.turns("ann", thread)
    assert WORDS[3] not in forgotten.answer.text


def test_what_pages_hold_is_known_before_they_are_read_closely(app, worker, put, monkeypatch):
    monkeypatch.setattr(worker.refiner.editions, "due", lambda *_: False)
    prose = "Dogs travel free of charge on all lines and on all days of the year."
    labels = ["Cash and cash equivalents", "Total current assets", "Total assets", "Accounts payable"]
    labels += ["Total current liabilities", "Total liabilities", "Total stockholders' equity"]
    with pymupdf.open() as pdf:
        for number in range(3):
            page = pdf.new_page()
            for line in range(12):
                page.insert_text((72, 300 + 16 * line), prose, fontsize=10)
            if number == 1:
                page.insert_text((200, 100), "Example Inc.", fontsize=14)
                page.insert_text((160, 118), "Consolidated Balance Sheets", fontsize=14)
                page.insert_text((180, 136), "(in millions, except per share data)", fontsize=14)
                for row, label in enumerate(labels):
                    for x, text in ((72, label), (400, f"{900 - row}"), (500, f"{800 - row}")):
                        page.insert_text((x, 164 + 16 * row), text, fontsize=10)
        document = put(pdf.tobytes())
    run(worker)
    assert [report.topic for report in app.leaves_report("ann", document.id)] == ["", "balance sheet", ""]
    assert tables_of(app) == []
