"""A page drawn as a picture, by a process of its own: a page that breaks it, or takes forever, costs a sentence."""

import atexit
from functools import cache
from pathlib import Path

from rag.reading.pdf.processes.page_pool import PagePool
from rag.records import Box, PageImage


def draw(path: Path, number: int, scale: float = 2.0, *, name: str = "", clip: Box | None = None) -> PageImage:
    """Page *number*, from 1, of the PDF at *path*, *scale* pixels for a point, fewer when it would be too large.

    A box on the page times ``scale`` of the result is where it stands on the picture; *clip* is the part that is drawn,
    and boxes are then counted from its corner. *name* is used in errors.

    :raises NoSuchPage: when there is no such page
    :raises PageUndrawable: when it cannot be drawn, or not within seconds
    :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
    """
    return _viewer().draw(path, number, scale, clip=clip, name=name)


@cache
def _viewer() -> PagePool:
    pool = PagePool(1)
    atexit.register(pool.close)
    return pool
