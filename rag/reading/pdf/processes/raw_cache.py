"""Raw pages kept on disk, so that a reading that was interrupted goes on where it was: one file, appended to."""

import json
import os
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from rag.reading.pdf.blocks.layout import Corners, Line
from rag.reading.pdf.pages.raw_page import Picture, RawPage, Region

_FORMAT = 8
_HEAD = struct.Struct("<4sIII")  # mark, page, bytes, checksum
_MARK = b"page"
_LEVEL = 1  # of zlib: higher ones take longer than they save


class RawPageCache:
    """The raw pages of one document under *folder*, which is made when the first is kept.

    What a crash leaves of a page is dropped. Pages that another version of the engines read are not used. One
    process at a time writes.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"pages-{_FORMAT}-{version('pymupdf')}.raw"
        self._at: dict[int, int] = {}
        self._end = 0
        self._file = self._path.open("r+b") if self._path.exists() else None
        if self._file is not None:
            self._end = self._scan()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __contains__(self, number: int) -> bool:
        return number in self._at

    def __len__(self) -> int:
        return len(self._at)

    def close(self) -> None:
        """Nothing is lost when this is not called."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def get(self, number: int) -> RawPage | None:
        """Page *number*, or ``None`` when it is not here, or damaged."""
        found = self._record(self._at[number]) if number in self._at else None
        if found is None:
            return None
        return _page(json.loads(zlib.decompress(found)))

    def put(self, raw: RawPage) -> None:
        """Keep *raw*; a page that is here already is replaced.

        :raises OSError: when the disk is full
        """
        body = zlib.compress(json.dumps(_plain(raw), separators=(",", ":")).encode(), _LEVEL)
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = self._path.open("w+b")
        self._file.seek(self._end)
        self._file.write(_HEAD.pack(_MARK, raw.number, len(body), zlib.crc32(body)) + body)
        self._file.flush()
        self._at[raw.number] = self._end
        self._end = self._file.tell()

    def _scan(self) -> int:
        """Where the last whole record ends."""
        assert self._file is not None  # noqa: S101 - the only caller has just opened it
        size = os.fstat(self._file.fileno()).st_size
        at = 0
        while at + _HEAD.size <= size:
            self._file.seek(at)
            mark, number, length, _ = _HEAD.unpack(self._file.read(_HEAD.size))
            end = at + _HEAD.size + length
            if mark != _MARK or end > size:
                break
            self._at[number] = at
            at = end
        return at

    def _record(self, at: int) -> bytes | None:
        if self._file is None:
            return None
        self._file.seek(at)
        _, _, length, check = _HEAD.unpack(self._file.read(_HEAD.size))
        body = self._file.read(length)
        return body if zlib.crc32(body) == check else None


# ── As JSON ──


def _plain(raw: RawPage) -> dict[str, Any]:
    plain = {each.name: getattr(raw, each.name) for each in fields(raw)}
    return plain | {"characters": [*raw.characters.items()]}


def _page(plain: Mapping[str, Any]) -> RawPage:
    """A page again; JSON made lists of its tuples, and its named tuples lost their names."""
    known = {name: _AGAIN.get(name, _same)(value) for name, value in plain.items()}
    return RawPage(**known)


def _lines(plain: Sequence[Any]) -> Sequence[Line]:
    return [Line([tuple(word) for word in words], *rest) for words, *rest in plain] or ()


def _characters(plain: Sequence[Any]) -> dict[tuple[int, int, int], list[Corners]]:
    return {tuple(key): [tuple(box) for box in boxes] for key, boxes in plain}


def _regions(plain: Sequence[Any]) -> tuple[Region, ...]:
    return tuple([Region(kind, *map(_tuples, rest)) for kind, *rest in plain])


def _pictures(plain: Sequence[Any]) -> tuple[Picture, ...]:
    return tuple([Picture(*map(_tuples, picture)) for picture in plain])


def _tuples(plain: Any) -> Any:
    return tuple(map(_tuples, plain)) if isinstance(plain, list) else plain


def _same(plain: Any) -> Any:
    return plain


_AGAIN: Mapping[str, Callable[[Any], Any]] = {
    "lines": _lines,
    "hidden": _lines,
    "characters": _characters,
    "regions": _regions,
    "pictures": _pictures,
}
