"""Values on their way through a pipe between our own processes: each pickled, with its length in front."""

import os
import pickle
import struct
from collections.abc import Iterator
from typing import Any

OUT_OF_MEMORY = 77
"""The exit status of a process that says so."""

_LENGTH = struct.Struct("<Q")


def send(pipe: int, value: Any) -> None:
    """Write *value* to the file descriptor *pipe*, which may block.

    :raises OSError: when nobody reads there any more
    """
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(_LENGTH.pack(len(body)) + body)
    while rest:
        rest = rest[os.write(pipe, rest) :]


class Frames:
    """Bytes as they come, back to values; only for pipes whose other end is ours, since pickles are trusted."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, more: bytes) -> Iterator[Any]:
        """The values that are whole now that *more* has come."""
        self._bytes += more
        start = 0
        try:
            while len(self._bytes) - start >= _LENGTH.size:
                (length,) = _LENGTH.unpack_from(self._bytes, start)
                end = start + _LENGTH.size + length
                if len(self._bytes) < end:
                    return
                body = bytes(memoryview(self._bytes)[start + _LENGTH.size : end])
                start = end
                yield pickle.loads(body)  # noqa: S301 - written by `send` in a process of ours
        finally:
            del self._bytes[:start]
