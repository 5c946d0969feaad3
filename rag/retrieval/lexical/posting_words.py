"""Words searched in posting lists: a SQLite file of what is held and what is new, and folders of merged lists."""

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rag.records import Owner, Scope
from rag.retrieval.lexical.bm25 import best
from rag.retrieval.lexical.posting_folders import NotWhole, PostingFolders, gone_texts, new_texts
from rag.retrieval.lexical.posting_terms import VERSION, asked_for, counted
from rag.retrieval.lexical.postings import Postings, Text, merged, postings_of
from rag.retrieval.lexical.sqlite_file import SqliteFile
from rag.retrieval.vectors.readers_writer import ReadersWriter
from rag.stopwatch import timed

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

    def add(self, rows: list[Text]) -> None:
        self.loose.append(postings_of(rows))
        self.last = rows[-1][0]
        while len(self.loose) > 1 and len(self.loose[-1].ids) * 2 > len(self.loose[-2].ids):
            self.loose[-2:] = [merged(self.loose[-2:])]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What was read of a base: its *folders* by number, those that are new to us, and *rows* of new texts: all of them
    when folders have *changed*.
    """

    folders: set[int]
    read: dict[int, Postings]
    rows: list[Text]
    changed: bool


class PostingWords:
    """BM25 within each base over words, pairs of Chinese characters and numbers."""

    def __init__(self, path: Path) -> None:
        """Open the index at *path*, or make it, with folders beside it; one of another version, or damaged, is emptied
        to be filled again.
        """
        self._file = SqliteFile(path, VERSION, _TABLES)
        self._folders = PostingFolders(self._file, path.with_suffix(""))
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
            length, found = counted(text)
            rows.append((number, *owner, length))
            packed_terms.append((found, number))
        with self._file.writing() as connection:
            _forget(connection, last)
            connection.executemany("insert into held (id, base, document, length) values (?, ?, ?, ?)", rows)
            connection.executemany("insert into fresh select base, number, ? from held where id = ?", packed_terms)
        for base in {owner.base for owner, _ in last.values()}:
            self._folders.gather(base)

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
        wanted = asked_for(text)
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

    def put_together(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Merge what was added bit by bit, while *go_on* says so; may take a minute on a large index."""
        self._folders.put_together(go_on)

    def compact(self) -> None:
        """Make the folders anew that hold what was removed, and let it leave the file; may take long on a large one."""
        self._folders.compact()
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
                except NotWhole as error:
                    # Another process may have merged it meanwhile, and deleted it.
                    if self._folders.is_listed(error.base, error.folder):
                        _log.warning("%s; its base is to be filled again", error)
                        self._folders.empty(error.base)
                        self._seen = ()
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
                read = {number: self._folders.read(base, number) for number in folders - known.folders.keys()}
                for part in read.values():
                    part.forget(gone_texts(connection, base))
                rows = new_texts(connection, base, 0 if changed else known.last)
                fresh[base] = _Fresh(folders, read, rows, changed)
            late = connection.execute("select sequence, number from gone where sequence > ?", (self._gone,)).fetchall()
        self._take(fresh, late)
        self._seen = seen

    def _take(self, fresh: dict[int, _Fresh], late: list[tuple[int, int]]) -> None:
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


def _forget(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    known = connection.execute(_KNOWN, (json.dumps(list(ids)),)).fetchall()
    connection.executemany("insert into gone (number, base, loose) values (?, ?, ?)", known)
    connection.executemany("delete from held where number = ?", [(number,) for number, *_ in known])
    connection.executemany("delete from fresh where base = ? and number = ?", [(base, at) for at, base, _ in known])
