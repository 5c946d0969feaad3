"""A workbook is opened by the reader for what it is, whatever its name says."""

from functools import lru_cache, partial
from pathlib import Path

from rag.errors import FileGone, UnknownKind
from rag.reading.sheets.files.delimited import opened_text
from rag.reading.sheets.files.ods.ods_book import opened_ods
from rag.reading.sheets.files.recognised import format_of
from rag.reading.sheets.files.xls.xls_book import opened_xls
from rag.reading.sheets.files.xlsb.xlsb_book import opened_xlsb
from rag.reading.sheets.files.xlsx.xlsx_book import opened_xlsx
from rag.reading.sheets.formulas.calculated import Results, results_of, with_results
from rag.reading.sheets.stored import Workbook

_READERS = {"xlsx": opened_xlsx, "xlsb": opened_xlsb, "xls": opened_xls, "ods": opened_ods, "text": opened_text}


def open_workbook(path: Path, name: str) -> Workbook:
    """Open the workbook at *path*, which its owner calls *name*; whoever asked for it closes it.

    A formula without a stored result is calculated, where that is safe, when a row is met that has one.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    return with_results(_opened(path, name), partial(_results, path, name))


def _results(path: Path, name: str) -> Results:
    state = path.stat()
    return _known_results(path, name, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _known_results(path: Path, name: str, changed: int, size: int) -> Results:  # noqa: ARG001 - a changed file is another
    with _opened(path, name) as book:
        return results_of(book)


def _opened(path: Path, name: str) -> Workbook:
    try:
        kind = format_of(path, name)
        if kind is None:
            raise UnknownKind(name=name)
        return _READERS[kind](path, name)
    except OSError as error:
        raise FileGone(name=name) from error
