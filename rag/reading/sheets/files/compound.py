"""The container of old Office files: a small file system of sectors, of which one stream is taken out.

Source: Microsoft, [MS-CFB], Compound File Binary File Format.
"""

import struct
from array import array
from collections.abc import Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_SECTOR = 0xFFFFFFFA  # from here on numbers are marks: end, free, table
_IN_HEADER = 109
_ENTRY = 128
_ROOT, _STREAM = 5, 2


class Compound:
    """The streams in *data*, by their names in lower case; chains that run in circles or out of the file end there.

    :raises ValueError: when *data* is no such container
    """

    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE) or len(data) < 512:
            raise ValueError("no compound file")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift >= shift:
            raise ValueError("odd sectors in a compound file")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_table, _, more, _ = struct.unpack_from("<I4xI4I", data, 48)
        self._table = self._sector_table(more)
        entries = self._chain(directory, self._table, self._size)
        self._entries: dict[str, tuple[int, int]] = {}
        root = (_NO_SECTOR, 0)
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            place = struct.unpack_from("<II", entries, at + 116)
            if kind == _ROOT:
                root = place
            elif kind == _STREAM:
                name = entries[at : at + min(64, max(0, length - 2))].decode("utf-16-le", "replace").lower()
                self._entries.setdefault(name, place)
        self._mini_table = _numbers(self._chain(mini_table, self._table, self._size))
        self._mini = self._chain(root[0], self._table, self._size)[: root[1]]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of the stream *name*, as many as are there.

        :raises KeyError: when there is none
        """
        start, length = self._entries[name.lower()]
        if length < self._cutoff:
            return self._chain(start, self._mini_table, self._mini_size, self._mini)[:length]
        return self._chain(start, self._table, self._size)[:length]

    def _sector_table(self, more: int) -> Sequence[int]:
        """Which sector follows which; the sectors that tell it are listed in the header, and beyond it in a chain."""
        places = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        seen: set[int] = set()
        while more < _NO_SECTOR and more not in seen and len(places) * self._size <= len(self._data) * 2:
            seen.add(more)
            numbers = _numbers(self._sector(more))
            places += numbers[:-1]
            more = numbers[-1] if numbers else _NO_SECTOR
        return _numbers(b"".join(self._sector(place) for place in dict.fromkeys(places) if place < _NO_SECTOR))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, first: int, table: Sequence[int], size: int, source: bytes | None = None) -> bytes:
        """The sectors that follow each other from *first* on; those of small streams lie in *source*."""
        parts: list[bytes] = []
        seen: set[int] = set()
        while first < len(table) and first not in seen:
            seen.add(first)
            parts.append(self._sector(first) if source is None else source[first * size : (first + 1) * size])
            first = table[first]
        return b"".join(parts)


def _numbers(data: bytes) -> Sequence[int]:
    return array("I", struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
