"""A workbook is opened by the reader for what it is, whatever its name says."""

from pathlib import Path

from rag.errors import FileGone, UnknownKind
from rag.reading.sheets.delimited import opened_text
from rag.reading.sheets.ods import opened_ods
from rag.reading.sheets.recognised import format_of
from rag.reading.sheets.stored import Workbook
from rag.reading.sheets.xls import opened_xls
from rag.reading.sheets.xlsb import opened_xlsb
from rag.reading.sheets.xlsx import opened_xlsx

_READERS = {"xlsx": opened_xlsx, "xlsb": opened_xlsb, "xls": opened_xls, "ods": opened_ods, "text": opened_text}


def open_workbook(path: Path, name: str) -> Workbook:
    """Open the workbook at *path*, which its owner calls *name*; whoever asked for it closes it.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    try:
        kind = format_of(path, name)
        if kind is None:
            raise UnknownKind(name=name)
        return _READERS[kind](path, name)
    except OSError as error:
        raise FileGone(name=name) from error
