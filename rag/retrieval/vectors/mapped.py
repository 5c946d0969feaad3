"""Rows of vectors that are mapped from files: put there, and let go of when they were looked at."""

import mmap
import shutil
import tempfile
from pathlib import Path

import numpy as np

from rag.retrieval.embedder import Vector

LEFT_FREE = 64 * 2**20  # bytes: an index that can be made again is not what fills a disk


def put_aside(vectors: Vector, folder: Path) -> Vector:
    """The same rows, mapped from a file that has no name and goes with the process; in memory where there is no room.

    Until many are made into one part, they need not be in memory all at once.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < vectors.nbytes + LEFT_FREE:
            return vectors
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(np.ascontiguousarray(vectors, np.float32).data)
            file.flush()
            return np.asarray(np.memmap(file, np.float32, "r", shape=vectors.shape))
    except OSError:
        return vectors


def let_go(vectors: Vector) -> None:
    """Give back the memory that rows took when they were looked at, if they are mapped; they are read again when they
    are wanted. Who reads millions of them once would else have all of them in memory.
    """
    owner: object = vectors
    while isinstance(owner, np.ndarray):
        owner = owner.base
    if isinstance(owner, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
        owner.madvise(mmap.MADV_DONTNEED)
