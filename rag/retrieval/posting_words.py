"""Words searched in posting lists: a SQLite file of what is held and what is new, and folders of merged lists."""

import hashlib
import json
import logging
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from rag.language import Terms, terms
from rag.records import Owner, Scope
from rag.retrieval.bm25 import best
from rag.retrieval.choices import Numbers
from rag.retrieval.postings import Hashes, Postings, merged, packed, postings_of, read_postings, write_merged
from rag.retrieval.question import asked
from rag.retrieval.readers_writer import ReadersWriter
from rag.retrieval.sqlite_file import SqliteFile
from rag.retrieval.stems import stem
from rag.stopwatch import timed

_VERSION = 4  # of the tables and of the terms in them; an index of another version is made anew
_LONGEST = 64  # characters of a term; what is longer is no word
_LOOSE = 4096  # texts of a base that are new, before they are put into a folder
_TOGETHER = 8  # folders of about one size, before they are merged into one
_TRIES = 5  # to read folders while another process merges them
_log = logging.getLogger(__name__)

# A text has a number that is never used twice, so that a process that searches can follow what came and what went:
# its terms are in ``fresh`` until it is in a folder; ``gone`` is forgotten when no folder has the text any more. They
# are a table of their own since rows that shrink leave the pages of a file as large as they were.
_TABLES = (
    """create table held (number integer primary key autoincrement, id integer not null unique, base integer not null,
       document integer not null, length integer not null)""",
    """create table fresh (base integer not null, number integer not null, terms blob not null,
       primary key (base, number)) without rowid""",
    "create table folders (number integer primary key autoincrement, base integer not null, texts integer not null)",
    """create table gone (sequence integer primary key autoincrement, number integer not null, base integer not null,
       loose integer)""",
    "create index gone_base on gone (base)",
)
_WITH_NEW_TEXTS = "select distinct base from fresh"
_NEW_TEXTS = """select number, id, document, length, terms from fresh join held using (number)
                where fresh.base = ? and number > ? order by number"""
_KNOWN = """select number, held.base, terms is not null or null from held left join fresh using (base, number)
            where id in (select value from json_each(?))"""


@dataclass(slots=True)
class _Base:
    """What this process has of a base: merged folders by number, and new texts in a few parts, the largest first."""

    folders: dict[int, Postings] = field(default_factory=dict)
    loose: list[Postings] = field(default_factory=list)
    last: int = 0

    @property
    def parts(self) -> list[Postings]:
        return [*self.folders.values(), *self.loose]

    def add(self, rows: "list[_Text]") -> None:
        self.loose.append(postings_of(rows))
        self.last = rows[-1][0]
        while len(self.loose) > 1 and len(self.loose[-1].ids) * 2 > len(self.loose[-2].ids):
            self.loose[-2:] = [merged(self.loose[-2:])]


_Text = tuple[int, int, int, int, bytes]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What was read of a base: its *folders* by number, those that are new to us, and *rows* of new texts: all of them
    when folders have *changed*.
    """

    folders: set[int]
    read: dict[int, Postings]
    rows: list[_Text]
    changed: bool


class _NotWhole(Exception):
    def __init__(self, base: int, folder: int) -> None:
        super().__init__(f"the words of base {base} in folder {folder} are not whole")
        self.base, self.folder = base, folder


class PostingWords:
    """BM25 within each base over words, pairs of Chinese characters and numbers."""

    def __init__(self, path: Path) -> None:
        """Open the index at *path*, or make it, with folders beside it; one of another version, or damaged, is emptied
        to be filled again.
        """
        self._file = SqliteFile(path, _VERSION, _TABLES)
        self._folder = path.with_suffix("")
        self._bases: dict[int, _Base] = {}
        self._seen: tuple[tuple[str, int], ...] = ()
        self._gone = 0
        self._lock = ReadersWriter()
        self._refreshing = threading.Lock()

    def add(self, ids: Sequence[int], owners: Sequence[Owner], texts: Sequence[str]) -> None:
        """Add texts, all or none; an id that is known is replaced, and of equal ids the last stays.

        :raises DiskFull: nothing is added
        """
        last = {number: (owner, text) for number, owner, text in zip(ids, owners, texts, strict=True)}
        rows, packed_terms = [], []
        for number, (owner, text) in last.items():
            length, found = _counted(text)
            rows.append((number, *owner, length))
            packed_terms.append((found, number))
        with self._file.writing() as connection:
            _forget(connection, last)
            connection.executemany("insert into held (id, base, document, length) values (?, ?, ?, ?)", rows)
            connection.executemany("insert into fresh select base, number, ? from held where id = ?", packed_terms)
        for base in {owner.base for owner, _ in last.values()}:
            self._gather(base)

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are passed over.

        :raises DiskFull: nothing is forgotten
        """
        if len(ids):
            with self._file.writing() as connection:
                _forget(connection, ids)

    @timed("words")
    def matching(self, text: str, k: int, among: Scope) -> list[tuple[int, float]]:
        """At most *k* (id, score) in *among* that share a term with *text*, best first; higher is nearer."""
        wanted = _asked(text)
        if not len(wanted) or k < 1 or not among.bases or (among.only is not None and not among.only):
            return []
        self._refresh()
        found: list[tuple[int, float]] = []
        with self._lock.reading():
            for number in among.bases & self._bases.keys():
                found += best(self._bases[number].parts, wanted, k, among.only, among.never)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def ids(self) -> set[int]:
        """Every id that is held."""
        with self._file.reading() as connection:
            return {number for (number,) in connection.execute("select id from held")}

    def count(self) -> int:
        """How many passages are held."""
        with self._file.reading() as connection:
            return int(connection.execute("select count(*) from held").fetchone()[0])

    def compact(self) -> None:
        """Make the folders anew that hold what was removed, and let it leave the file; may take long on a large one."""
        with self._file.reading() as connection:
            bases = [base for (base,) in connection.execute("select distinct base from gone where loose is null")]
        for base in bases:
            with self._alone() as alone:
                if alone:
                    self._merge(base, whole=True)
        self._file.checkpoint()

    def close(self) -> None:
        """Give back the file; a later call opens it again."""
        self._file.close()

    # ── following what other processes do ──

    def _refresh(self) -> None:
        """See everything that was added and removed until now."""
        with self._refreshing:
            for _ in range(_TRIES):
                try:
                    self._follow()
                except _NotWhole as error:
                    # Another process may have merged it meanwhile, and deleted it.
                    if self._is_listed(error.base, error.folder):
                        _log.warning("%s; its base is to be filled again", error)
                        self._empty(error.base)
                else:
                    return

    def _follow(self) -> None:
        with self._file.reading() as connection:
            seen = tuple(connection.execute("select name, seq from sqlite_sequence order by name"))
            if seen == self._seen:
                return
            listed: dict[int, set[int]] = {}
            for number, base in connection.execute("select number, base from folders"):
                listed.setdefault(base, set()).add(number)
            bases = {base for (base,) in connection.execute(_WITH_NEW_TEXTS)} | listed.keys()
            fresh: dict[int, _Fresh] = {}
            for base in bases:
                known = self._bases.get(base, _Base())
                folders = listed.get(base, set())
                changed = folders != known.folders.keys()
                read = {number: self._read(base, number) for number in folders - known.folders.keys()}
                for part in read.values():
                    part.forget(_gone(connection, base))
                rows = connection.execute(_NEW_TEXTS, (base, 0 if changed else known.last)).fetchall()
                fresh[base] = _Fresh(folders, read, rows, changed)
            late = connection.execute("select sequence, number from gone where sequence > ?", (self._gone,)).fetchall()
        self._take(fresh, late)
        self._seen = seen

    def _take(self, fresh: dict[int, "_Fresh"], late: list[tuple[int, int]]) -> None:
        """Let searches see what was read, and nothing that went *late*, since the last time."""
        gone = np.array([number for _, number in late], np.int64)
        with self._lock.writing():
            for base in self._bases.keys() - fresh.keys():
                del self._bases[base]
            for base, new in fresh.items():
                known = self._bases.setdefault(base, _Base())
                known.folders = {
                    number: part for number, part in (known.folders | new.read).items() if number in new.folders
                }
                if new.changed:
                    known.loose = []
                for part in known.parts:
                    part.forget(gone)
                if new.rows:
                    known.add(new.rows)
        self._gone = max((at for at, _ in late), default=self._gone)

    def _read(self, base: int, number: int) -> Postings:
        try:
            return read_postings(self._folder_of(base, number))
        except (FileNotFoundError, ValueError) as error:
            raise _NotWhole(base, number) from error

    def _is_listed(self, base: int, number: int) -> bool:
        with self._file.reading() as connection:
            wanted = "select 1 from folders where base = ? and number = ?"
            return connection.execute(wanted, (base, number)).fetchone() is not None

    # ── folders ──

    def _gather(self, base: int) -> None:
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
                self._merge(base)
            except (OSError, _NotWhole) as error:
                _log.warning("new words of base %d stay where they are: %s", base, error)

    def _put_into_a_folder(self, base: int) -> None:
        with self._file.reading() as connection:
            rows = connection.execute(_NEW_TEXTS, (base, 0)).fetchall()
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

    def _merge(self, base: int, *, whole: bool = False) -> None:
        """Merge folders of a base that are of about one size, if they are many; or, for the *whole*, all with gaps."""
        while True:
            with self._file.reading() as connection:
                listed = connection.execute("select number, texts from folders where base = ?", (base,)).fetchall()
                gone, new = _gone(connection, base), _next(connection)
            parts = {number: self._read(base, number) for number, _ in listed}
            for part in parts.values():
                part.forget(gone)
            gaps = [number for number, part in parts.items() if part.living < len(part.ids)]
            chosen = gaps if whole else _alike(dict(listed))
            if not chosen:
                return
            self._replace(base, {number: parts[number] for number in chosen}, new)

    def _replace(self, base: int, going: dict[int, Postings], new: int) -> None:
        """Let a folder with all of *going* take their place."""
        left = [part for part in going.values() if part.living]
        texts = len(write_merged(left, self._folder_of(base, new))) if left else 0
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

    def _empty(self, base: int) -> None:
        """Forget all of a base, in the hope that somebody compares what is held with what there is."""
        with self._file.writing() as connection:
            for table in ("held", "fresh", "folders", "gone"):
                connection.execute(f"delete from {table} where base = ?", (base,))  # noqa: S608 - names of ours
        self._seen = ()
        shutil.rmtree(self._folder / str(base), ignore_errors=True)

    def _alone(self) -> "_Alone":
        return _Alone(self._folder)

    def _folder_of(self, base: int, number: int) -> Path:
        return self._folder / str(base) / str(number)


class _Alone:
    """Whether this process may write folders; while another does, it may not, and need not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None

    def __enter__(self) -> bool:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._lock = lock
        return True

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.release()


def _next(connection: sqlite3.Connection) -> int:
    """The number that the next folder will have; only who writes folders may ask."""
    found = connection.execute("select seq from sqlite_sequence where name = 'folders'").fetchone()
    return int(found[0]) + 1 if found else 1


def _gone(connection: sqlite3.Connection, base: int) -> Numbers:
    found = connection.execute("select number from gone where base = ?", (base,))
    return np.array([number for (number,) in found], np.int64)


def _alike(texts: dict[int, int]) -> list[int]:
    """Folders of about one size, if there are many of some size; *texts* says how many each has."""
    sizes: dict[int, list[int]] = {}
    for number, count in texts.items():
        sizes.setdefault((max(count // _LOOSE, 1).bit_length() - 1) // 3, []).append(number)
    return next((numbers for numbers in sizes.values() if len(numbers) >= _TOGETHER), [])


def _forget(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    known = connection.execute(_KNOWN, (json.dumps(list(ids)),)).fetchall()
    connection.executemany("insert into gone (number, base, loose) values (?, ?, ?)", known)
    connection.executemany("delete from held where number = ?", [(number,) for number, *_ in known])
    connection.executemany("delete from fresh where base = ? and number = ?", [(base, at) for at, base, _ in known])


def _counted(text: str) -> tuple[int, bytes]:
    """How many terms a text has, and which."""
    counts = Counter(_hashes(terms(text)))
    return counts.total(), packed(counts)


@lru_cache(maxsize=64)
def _asked(text: str) -> Hashes:
    """The terms of a question; it is asked again among other documents."""
    return np.array(sorted(set(_hashes(asked(text)))), np.uint64)


def _hashes(found: Terms) -> Iterator[int]:
    """The terms with their kinds, so that a pair of characters is no word."""
    yield from map(_word, found.words)
    yield from map(_gram, found.grams)
    for number in found.numbers:
        yield _hash(f"n{number[:_LONGEST]}")


@lru_cache(maxsize=200_000)
def _word(word: str) -> int:
    """Only plain English words have a stem."""
    return _hash(f"w{stem(word)[:_LONGEST]}")


@lru_cache(maxsize=200_000)
def _gram(gram: str) -> int:
    return _hash(f"g{gram}")


def _hash(term: str) -> int:
    digest = hashlib.blake2b(term.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
