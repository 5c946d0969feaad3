"""A picture that lies over the cells of a sheet, as it is stored; nothing is drawn or changed."""

import struct
from pathlib import Path

from rag.errors import PageUndrawable
from rag.reading.sheets.stored import Broken
from rag.reading.sheets.workbooks import open_workbook
from rag.records import PageImage, area_name

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_LARGEST = 16 * 2**20
_MOST_PIXELS = 50_000_000
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # marks of a JPEG behind which its height and width stand


def picture(path: Path, number: int, area: str, caption: str, *, name: str) -> PageImage:
    """The PNG or JPEG over *area* of the sheet of this *number*; of several there, the one with this *caption*.

    ``PageImage.png`` has its bytes, whichever of the two it is. *name* is what the file's owner calls it.

    :raises PageUndrawable: when there is none, it is of another kind, or larger than a browser should be given
    :raises RefusedUpload: when the file can no longer be opened
    """
    with open_workbook(path, name) as book:
        sheets = book.sheets
        sheet = sheets[number - 1] if 0 < number <= len(sheets) else None
        data = b""
        try:
            here = [one for one in sheet.drawings() if one.load and area_name(one.area) == area] if sheet else []
            here.sort(key=lambda one: one.words != caption)
            data = here[0].load() if here and here[0].load else b""
        except Broken as error:
            raise PageUndrawable(name=name, page=number) from error
    size = _size(data) if len(data) <= _LARGEST else None
    if sheet is None or size is None or not 0 < size[0] * size[1] <= _MOST_PIXELS:
        raise PageUndrawable(name=name, page=sheet.name if sheet else number)
    return PageImage(number, sheet.name, len(sheets), data, *size, 1.0)


def _size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or a JPEG, in pixels; ``None`` for anything else."""
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    at = 2
    while data.startswith(_JPEG) and at + 9 <= len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark in _SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length if mark != 0xFF else 1
    return None
