"""What is written beside the cells of a sheet in an .xls workbook: notes, whose text stands in boxes."""

import struct
from contextlib import suppress

from rag.reading.sheets.files.xls.xls_rows import XlsShared, characters, records
from rag.reading.sheets.stored import Broken, Remark, clean
from rag.records import cell_name

_CONTINUE, _BOX, _BOX_TEXT, _NOTE = 0x3C, 0x5D, 0x1B6, 0x1C


def remarks(shared: XlsShared, start: int) -> list[Remark]:
    """What is written beside the cells of the sheet at *start*: a note names a box, whose text stands before it."""
    found: list[Remark] = []
    texts: dict[int, str] = {}
    box = length = 0
    with suppress(*Broken):
        for kind, body in records(shared.data, start):
            if kind == _BOX:
                box = int.from_bytes(body[6:8], "little")
            elif kind == _BOX_TEXT:
                length = int.from_bytes(body[10:12], "little")
            elif kind == _CONTINUE and length:
                texts.setdefault(box, clean(characters(body, length)))
                length = 0
            elif kind == _NOTE and shared.modern:
                row, column, _, box_of_note, size = struct.unpack_from("<5H", body)
                author = clean(characters(body[10:], size))
                found.append(Remark(cell_name(row + 1, column + 1), texts.get(box_of_note, ""), author))
    return found
