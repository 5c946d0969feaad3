"""Fixtures that several folders of tests share: an app in a data folder of its own, and files to put into it."""

import gc
import io
import time
from pathlib import Path
from shutil import copy

import openpyxl
import pymupdf
import pytest
from hypothesis import settings as examples

from rag.library.database import Database
from rag.retrieval.embedder import bundled_e5
from rag.settings import Settings
from rag.wiring import ingest, workspace

SAMPLES = Path(__file__).parents[1] / "sample_docs"

examples.register_profile("whatever else the machine does", deadline=None)
examples.load_profile("whatever else the machine does")


@pytest.fixture(scope="session")
def bundled_model_folder(pytestconfig) -> Path:
    """Where the bundled embedding model is built, kept from one run of the tests to the next."""
    return pytestconfig.cache.mkdir("models") / "bundled-e5"


@pytest.fixture(scope="session")
def samples(tmp_path_factory, bundled_model_folder):
    """The app with all sample documents, read to the end and embedded by the bundled model; nobody changes it."""
    home = tmp_path_factory.mktemp("samples") / "home"
    (home / "models").mkdir(parents=True)
    bundled_e5.BundledE5(bundled_model_folder).count([])  # builds it, which is not done through a link
    (home / "models" / bundled_e5.NAME).symlink_to(bundled_model_folder, target_is_directory=True)
    read = Settings(home=home, llm="none")
    library, reader = workspace(read), ingest(read)
    base = library.bases("ann")[0].id
    for path in sorted([*SAMPLES.glob("*.pdf"), *SAMPLES.glob("*.xlsx")]):
        with path.open("rb") as data:
            library.add("ann", base, path.name, data)
    while reader.run_one():
        pass
    return library


@pytest.fixture(scope="session")
def processor_seconds():
    """Times a call by this process's own processor time: the best of three, without the collector's pauses."""

    def measure(call):
        spent = []
        gc.disable()
        try:
            for _ in range(3):
                start = time.process_time()
                call()
                spent.append(time.process_time() - start)
        finally:
            gc.enable()
        return min(spent)

    return measure


@pytest.fixture(scope="session")
def new_catalog(tmp_path_factory):
    """Puts a catalog with nothing in it at a path: a copy, since running the migrations takes ten times as long."""
    made = tmp_path_factory.mktemp("catalog") / "catalog.sqlite"
    Database(made).close()

    def put(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        return Path(copy(made, path))

    return put


@pytest.fixture
def settings(tmp_path, new_catalog):
    """Without the close reading, whose models take seconds to load; tests that are about it ask for it."""
    home = tmp_path / "home"
    new_catalog(home / "catalog.sqlite")
    return Settings(home=home, embedder="hashing", llm="none", close_reading="off")


@pytest.fixture
def app(settings):
    return workspace(settings)


@pytest.fixture
def worker(app, settings):
    """The worker's half of the app, in this process; ``run_one()`` does the next document."""
    return ingest(settings)


@pytest.fixture
def add(app, worker):
    """Adds bytes under a name to a base (the first one by default) and reads them to the end."""

    def put(name, data, base=None):
        document, _ = app.add("ann", base or app.bases("ann")[0].id, name, io.BytesIO(data))
        while worker.run_one():
            pass
        return app.document("ann", document.id)

    return put


@pytest.fixture(scope="session")
def make_pdf():
    """Makes a PDF with a page for each list of lines; *labels* are PDF page label rules."""

    def make(*pages, labels=None, **saving):
        with pymupdf.open() as pdf:
            for lines in pages:
                page = pdf.new_page()
                for number, line in enumerate(lines):
                    font = "helv" if line.isascii() else "china-s"
                    page.insert_text((72, 100 + 24 * number), line, fontsize=11, fontname=font)
            if labels:
                pdf.set_page_labels(labels)
            return pdf.tobytes(**saving)

    return make


@pytest.fixture(scope="session")
def make_workbook():
    """Makes a workbook with a sheet for each name and its rows."""

    def make(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return make


@pytest.fixture(scope="session")
def report(make_pdf):
    """Three pages labelled i, 1 and 2; the second is about the fee, the third in Chinese."""
    return make_pdf(
        ["Harbour Ferries plc", "This report was approved by the board."],
        ["The annual mooring fee is 12 euros for each metre.", "Dogs travel free of charge."],
        ["公司的系泊费为每米十二欧元。", "宠物狗免费乘船。"],
        labels=[{"startpage": 0, "style": "r"}, {"startpage": 1, "style": "D", "firstpagenum": 1}],
    )


@pytest.fixture(scope="session")
def sales(make_workbook):
    """A workbook with one small table."""
    return make_workbook(Sales=[["Region", "Q1", "Q2"], ["North", 120, 130], ["South", 80, 95]])
