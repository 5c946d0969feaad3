"""The folders that the posting lists of a base are merged into: written by one process at a time, read by all."""

import json
import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from rag.retrieval.lexical.postings import Interrupted, Postings, Text, postings_of, read_postings, write_merged
from rag.retrieval.lexical.sqlite_file import SqliteFile
from rag.retrieval.vectors.choices import Numbers

_LOOSE = 4096  # texts of a base that are new, before they are put into a folder
_TOGETHER = 8  # folders of about one size, before they are merged into one
_LARGEST = 131_072  # texts: a search in more of them leaves the processor's cache, and takes longer than in several
_PATIENCE = 600.0  # seconds, before what there was no room for is tried again
_NEW_TEXTS = """select number, id, document, length, terms from fresh join held using (number)
                where fresh.base = ? and number > ? order by number"""
_log = logging.getLogger(__name__)

Choosing = Callable[[dict[int, Postings]], list[int]]
"""Which of the folders of a base, by number, are to be merged into one."""


class NotWhole(Exception):
    """A folder that is listed is damaged or is not there."""

    def __init__(self, base: int, folder: int) -> None:
        super().__init__(f"the words of base {base} in folder {folder} are not whole")
        self.base, self.folder = base, folder


class PostingFolders:
    """Folders by base and number in *folder*; *file* lists them, has the texts that are in none yet, and those that
    are gone although a folder still has them.
    """

    def __init__(self, file: SqliteFile, folder: Path) -> None:
        self._file, self._folder = file, folder
        self._not_before = 0.0

    def read(self, base: int, number: int) -> Postings:
        """What a folder holds, with what is gone.

        :raises NotWhole: when it is damaged, or another process has merged it meanwhile
        """
        try:
            return read_postings(self._folder_of(base, number))
        except (FileNotFoundError, ValueError) as error:
            raise NotWhole(base, number) from error

    def is_listed(self, base: int, number: int) -> bool:
        """Whether a folder is one of those that there should be."""
        with self._file.reading() as connection:
            wanted = "select 1 from folders where base = ? and number = ?"
            return connection.execute(wanted, (base, number)).fetchone() is not None

    def gather(self, base: int) -> None:
        """Put the new texts of a base into a folder, and merge folders, when there are enough of them."""
        with self._file.reading() as connection:
            loose = connection.execute("select count(*) from fresh where base = ?", (base,)).fetchone()[0]
        if loose < _LOOSE:
            return
        with self._alone() as alone:
            if not alone:
                return
            try:
                self._put_into_a_folder(base)
                self._merge(base, _alike)
            except (OSError, NotWhole) as error:
                _log.warning("new words of base %d stay where they are: %s", base, error)

    def put_together(self, go_on: Callable[[], bool]) -> None:
        """Merge folders that are not large until each has more than twice as many texts as all smaller ones of its
        base, while *go_on* says so: a search takes longer where there are many.
        """
        with self._file.reading() as connection:
            listed = connection.execute("select base, number, texts from folders").fetchall()
        bases = {base for base, *_ in listed}
        crowded = {base for base in bases if _uneven({number: texts for at, number, texts in listed if at == base})}
        if not crowded or time.monotonic() < self._not_before:
            return
        with self._alone() as alone:
            for base in crowded if alone else ():
                try:
                    self._merge(base, lambda parts: _uneven({at: part.living for at, part in parts.items()}), go_on)
                except Interrupted:
                    return
                except (OSError, NotWhole) as error:
                    _log.warning("the words of base %d stay in several folders: %s", base, error)
                    self._not_before = time.monotonic() + _PATIENCE

    def compact(self) -> None:
        """Make the folders anew that hold what was removed."""
        with self._file.reading() as connection:
            bases = [base for (base,) in connection.execute("select distinct base from gone where loose is null")]
        for base in bases:
            with self._alone() as alone:
                if alone:
                    self._merge(base, _with_gaps)

    def empty(self, base: int) -> None:
        """Forget all of a base, in the hope that somebody compares what is held with what there is."""
        with self._file.writing() as connection:
            for table in ("held", "fresh", "folders", "gone"):
                connection.execute(f"delete from {table} where base = ?", (base,))  # noqa: S608 - names of ours
        shutil.rmtree(self._folder / str(base), ignore_errors=True)

    def _put_into_a_folder(self, base: int) -> None:
        with self._file.reading() as connection:
            rows = new_texts(connection, base, 0)
            new = _next(connection)
        if not rows:
            return
        numbers = write_merged([postings_of(rows)], self._folder_of(base, new))
        with self._file.writing() as connection:
            # What was removed meanwhile is in the folder; what was removed before is nowhere any more.
            known = "select sequence, number from gone where base = ? and loose is not null"
            written, gone = set(numbers.tolist()), connection.execute(known, (base,)).fetchall()
            stays = [(sequence,) for sequence, number in gone if number in written]
            goes = [(sequence,) for sequence, number in gone if number not in written]
            connection.executemany("update gone set loose = null where sequence = ?", stays)
            connection.executemany("delete from gone where sequence = ?", goes)
            connection.execute("insert into folders values (?, ?, ?)", (new, base, len(numbers)))
            connection.execute("delete from fresh where base = ? and number <= ?", (base, rows[-1][0]))

    def _merge(self, base: int, choosing: Choosing, go_on: Callable[[], bool] = lambda: True) -> None:
        """Merge what is chosen, until nothing is.

        :raises Interrupted: when it shall not *go_on*; what was merged before stays
        """
        while True:
            with self._file.reading() as connection:
                listed = connection.execute("select number from folders where base = ?", (base,)).fetchall()
                gone, new = gone_texts(connection, base), _next(connection)
            parts = {number: self.read(base, number) for (number,) in listed}
            for part in parts.values():
                part.forget(gone)
            chosen = choosing(parts)
            if not chosen:
                return
            self._replace(base, {number: parts[number] for number in chosen}, new, go_on)

    def _replace(self, base: int, going: dict[int, Postings], new: int, go_on: Callable[[], bool]) -> None:
        """Let a folder with all of *going* take their place."""
        left = [part for part in going.values() if part.living]
        texts = len(write_merged(left, self._folder_of(base, new), go_on)) if left else 0
        dead = np.concatenate([part.numbers[~part.alive] for part in going.values()]).tolist()
        listed = ",".join(map(str, going))
        with self._file.writing() as connection:
            connection.execute("insert into folders values (?, ?, ?)", (new, base, texts))
            if not texts:
                connection.execute("delete from folders where number = ?", (new,))
            connection.execute(f"delete from folders where number in ({listed})")  # noqa: S608 - numbers of ours
            forgotten = "delete from gone where base = ? and number in (select value from json_each(?))"
            connection.execute(forgotten, (base, json.dumps(dead)))
            here = {number for (number,) in connection.execute("select number from folders where base = ?", (base,))}
        for path in (self._folder / str(base)).iterdir():
            if not path.name.isdigit() or int(path.name) not in here:  # also what a crash has left
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether this process may write folders; while another does, it may not, and need not."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _folder_of(self, base: int, number: int) -> Path:
        return self._folder / str(base) / str(number)


def new_texts(connection: sqlite3.Connection, base: int, after: int) -> list[Text]:
    """The texts of a base that are in no folder yet, after number *after*."""
    return connection.execute(_NEW_TEXTS, (base, after)).fetchall()


def gone_texts(connection: sqlite3.Connection, base: int) -> Numbers:
    """The numbers of texts of a base that are gone, although a folder may still have them."""
    found = connection.execute("select number from gone where base = ?", (base,))
    return np.array([number for (number,) in found], np.int64)


def _next(connection: sqlite3.Connection) -> int:
    """The number that the next folder will have; only who writes folders may ask."""
    found = connection.execute("select seq from sqlite_sequence where name = 'folders'").fetchone()
    return int(found[0]) + 1 if found else 1


def _with_gaps(parts: dict[int, Postings]) -> list[int]:
    """Folders that hold what is gone."""
    return [number for number, part in parts.items() if part.living < len(part.ids)]


def _alike(parts: dict[int, Postings]) -> list[int]:
    """Folders of about one size, if there are many of some size and they are not large."""
    sizes: dict[int, dict[int, int]] = {}
    for number, part in parts.items():
        texts = len(part.ids)
        if texts <= _LARGEST // 2:
            sizes.setdefault((max(texts // _LOOSE, 1).bit_length() - 1) // 3, {})[number] = texts
    return next((_that_fit(texts) for texts in sizes.values() if len(texts) >= _TOGETHER), [])


def _uneven(texts: dict[int, int]) -> list[int]:
    """The smaller folders, up to the largest that has no more than twice as many texts as all before it; *texts* says
    how many each has. So a text is written again only when what it stands in has grown by half.
    """
    open_ = _that_fit({number: count for number, count in texts.items() if count <= _LARGEST // 2})
    smaller = last = 0
    for at, number in enumerate(open_):
        if at and texts[number] <= 2 * smaller:
            last = at + 1
        smaller += texts[number]
    return open_[:last]


def _that_fit(texts: dict[int, int]) -> list[int]:
    """Folders, the smallest first, that together are not too large."""
    ascending = sorted(texts, key=lambda number: (texts[number], number))
    sums = accumulate(texts[number] for number in ascending)
    return [number for number, together in zip(ascending, sums, strict=True) if together <= _LARGEST]
