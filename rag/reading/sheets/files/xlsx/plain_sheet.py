"""A sheet in XML as all programs write it: its rows are parsed some at a time, without an event for each element, which
would take half the time.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import IO, Self
from xml.etree import ElementTree as ET

from rag.reading.sheets.stored import Broken

_BLOCK, _PIECE = 2**20, 2**14
_LARGEST_REST, _LONGEST_ROW = 2**28, 2**27
_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?<worksheet(?:\s[^>]*)?>")
_ROWS = b"<sheetData>"
_END = b"</sheetData>"


class PlainSheet:
    """A sheet written as all programs write it: its rows are parsed some at a time, without an event for each element,
    which takes half the time.
    """

    def __init__(self, blocks: Iterator[bytes], block: bytes, root: int, begins: int) -> None:
        self._blocks = blocks
        self._before, self._rest = block[: begins + len(_ROWS)], block[begins + len(_ROWS) :]
        self._after = b""
        self._opening, self._closing = block[:root], b"</worksheet>"

    @classmethod
    def of(cls, source: IO[bytes]) -> Self | None:
        """The sheet in *source*; ``None`` when it is written in another way."""
        blocks = _blocks(source)
        block = next(blocks, b"")
        root, begins = _ROOT.match(block), block.find(_ROWS)
        return None if root is None or begins < 0 or b"<!" in block else cls(blocks, block, root.end(), begins)

    def before(self) -> Iterator[ET.Element]:
        """The elements before the rows."""
        xml = self._before + _END + self._closing
        yield from ET.fromstring(xml).iter()  # noqa: S314 - parts with a DTD are refused

    def behind(self) -> Iterator[ET.Element]:
        """The elements behind the rows, when those have been read."""
        xml = self._opening + _ROWS + self._after
        yield from ET.fromstring(xml).iter()  # noqa: S314 - as above

    def rows(self) -> Iterator[ET.Element]:
        """The rows, up to where they are broken.

        :raises EOFError: where they break off
        :raises ValueError: when one is too long
        """
        waiting = self._rest
        while True:
            end = waiting.find(_END)
            if end >= 0:
                yield from self._parsed(waiting[:end])
                self._after = b"".join([waiting[end:], *islice(self._blocks, _LARGEST_REST // _BLOCK)])
                return
            last = max(waiting.rfind(b"<row "), waiting.rfind(b"<row>"))
            if last > 0:
                yield from self._parsed(waiting[:last])
                waiting = waiting[last:]
            try:
                waiting += next(self._blocks)
            except StopIteration:
                yield from self._parsed(waiting)
                raise EOFError("the rows of a sheet break off") from None
            if len(waiting) > _LONGEST_ROW:
                raise ValueError("a row without end")

    def _parsed(self, rows: bytes) -> Iterator[ET.Element]:
        xml = self._opening + rows + self._closing
        try:
            yield from (element for element in ET.fromstring(xml) if element.tag.endswith("}row"))  # noqa: S314 - as above
        except ET.ParseError:
            top: ET.Element | None = None
            for event, element in ET.iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314 - as above
                if top is None:
                    top = element
                elif event == "end" and element.tag.endswith("}row"):
                    yield element


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    """What *source* gives, up to where it is broken; the error comes behind it."""
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := source.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size >= _BLOCK:
                yield b"".join(pieces)
                pieces, size = [], 0
    except (OSError, *Broken) as error:
        yield b"".join(pieces)
        raise error from None
    yield b"".join(pieces)
