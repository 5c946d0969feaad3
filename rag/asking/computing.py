"""Computing: the tables that a question may be about are typed, loaded once and asked; what is unsure is no result."""

import hashlib
import logging
import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rag.errors import LLMError, RagError
from rag.figures.asked.small_words import SAYS_NOTHING
from rag.figures.asked.wishes import plain
from rag.figures.cells.statements import STATEMENT_WORDS
from rag.figures.computing import Source, asks_for_formula, computed, made_of_statements, may_be_computed
from rag.figures.database.kept import keep, kept
from rag.figures.database.running import warm_up
from rag.figures.queries import asks_for_figures, may_ask_for_figures, named_in, queried
from rag.figures.typed import typed
from rag.language import terms
from rag.library.documents.page_folders import PageFolders
from rag.library.tables.table_store import TableStore
from rag.records import (
    Computed,
    Document,
    Grid,
    Hit,
    Message,
    Row,
    Scope,
    Span,
    Table,
    TableHead,
    TableInfo,
    TableQuery,
    Thought,
    Used,
    Wrote,
    stand_on,
)
from rag.writing.evidence import NOTHING_NAMED, About
from rag.writing.prompts.query import messages_for, query_in, room_for
from rag.writing.prompts.template import Template

FEW = 12
"""So many tables of a scope are all looked at; of more, those in which the best passages stand."""
_OF_NAMED = 50
"""So many tables of the documents that a question names are all looked at."""
_WEIGHT = 1_000_000
"""What a word weighs that stands in a single table."""
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|y)$")
_LARGEST = 1_000_000  # cells of one table
_HELD = 3_000_000  # cells of all tables that are kept in memory
_LARGE = 20_000  # cells from which typing a table takes longer than reading it typed
_LONGEST_LABEL = 60
_BEST = 3
_TRIED = "一共有多少条？"
_log = logging.getLogger(__name__)


class Computing:
    """Computes over the tables of *store*. *number* reads the number that the text of a cell prints; *folders* is where
    large tables are kept when they are typed. Safe to use from several threads and processes.
    """

    def __init__(
        self,
        store: TableStore,
        number: Callable[[str], float | None],
        folders: PageFolders | None = None,
        *,
        held: int = _HELD,
        largest: int = _LARGEST,
    ) -> None:
        self._store = store
        self._number = number
        self._most, self._largest, self._folders = held, largest, folders
        self._held: OrderedDict[Hashable, tuple[int, Source | None]] = OrderedDict()
        self._lock = threading.Lock()

    def compute(
        self, question: str, scope: Scope, hits: Sequence[Hit], about: About = NOTHING_NAMED
    ) -> Computed | None:
        """What *question* comes to over a table of *scope*; *hits* are the passages nearest to it.

        Where it is *about* some documents, over one of theirs. ``None`` when that is not sure, and when anything goes
        wrong: passages answer then.
        """
        plainly = may_be_computed(question)
        try:
            found = self._tables(question, scope, hits, about.named)
            found = (info for info in found if plainly or info.document.kind == "workbook")
            sources = [source for info in found if (source := self.source(info))]
            wordings = dict.fromkeys((question, about.bare or question))
            results = (computed(wording, sources, cells_only=not plainly) for wording in wordings)
            result = next(filter(None, results), None)
            return result or self._of_statements(wordings, scope, hits, about.named)
        except Exception:  # noqa: BLE001 - a question is answered by passages, whatever a table holds
            _log.exception("nothing was computed")
            return None

    def by_model(
        self,
        question: str,
        scope: Scope,
        hits: Sequence[Hit],
        template: Callable[[], Template],
        reply: Callable[[Sequence[Message]], Iterable[Thought | Wrote | Used]],
        context: int,
    ) -> tuple[Computed | None, bool]:
        """What *question* comes to by a query that a model writes, and whether one was asked for at all.

        None is asked for unless the words of *question* want something computed and it names something of a table, or
        one of the best *hits* stands in one; or unless they name both a measure and the row it is of. *reply* is the
        model, which reads *context* tokens.

        :raises LLMError: when the model fails
        """
        if not may_ask_for_figures(question):
            return None, False
        plainly = asks_for_figures(question)
        try:
            sources = [source for info in self._tables(question, scope, hits) if (source := self.source(info))]
            named = [source for source in sources if named_in(question, source, cell=not plainly)]
            if not named and not (plainly and any(_in_table(hit) for hit in hits[:_BEST])):
                return None, False
            likeliest = [*named, *(source for source in sources if source not in named)]

            asked = template()

            def write(tables: str, problem: str) -> str:
                return query_in(reply(messages_for(asked, question, tables, problem)))

            return queried(question, likeliest, room_for(context), write), bool(likeliest)
        except LLMError:
            raise
        except Exception:  # noqa: BLE001 - a question is answered by passages, whatever a table or a model holds
            _log.exception("nothing was computed")
            return None, False

    def _tables(
        self, question: str, scope: Scope, hits: Sequence[Hit], named: frozenset[int] = frozenset()
    ) -> Iterator[TableInfo]:
        """Those of the hits first, best hit first; then all of the scope, or of its workbooks, if they are few, or else
        those of workbooks that say most of *question*. Where documents are *named*, those of no other.
        """
        if named:
            scope = replace(scope, only=named if scope.only is None else scope.only & named)
            hits = [hit for hit in hits if hit.passage.document.id in named]
        known: set[int] = set()
        for hit in hits:
            number = self._store.at(hit.passage.document.id, hit.passage.places) if _in_table(hit) else None
            if number is not None and number not in known:
                known.add(number)
                info = self._store.info(number)
                if stand_on(info.places, scope.pages):
                    yield info
        few = _OF_NAMED if named else FEW
        query = TableQuery(numbers=True, count=few)
        listed = self._store.listed(scope, query)
        if listed.found > few:  # a report has many tables, whose words may hide the one of a workbook that is meant
            listed = self._store.listed(scope, replace(query, kind="workbook"))
        tables = listed.tables if listed.found <= few else self._likeliest(question, scope)
        yield from (info for info in tables if info.id not in known)

    def _likeliest(self, question: str, scope: Scope) -> Iterator[TableInfo]:
        """The tables of workbooks whose title, heads, labels or document say most of *question*; a word that few of
        them say counts for more.
        """
        said: Counter[int] = Counter()
        words = {_ENDING.sub("", word) for word in terms(SAYS_NOTHING.sub(" ", plain(question))).words}
        for word in words:
            query = TableQuery(text=word, numbers=True, kind="workbook")
            numbers = self._store.numbers(scope, query) if len(word) > 1 else ()
            said.update({number: _WEIGHT // len(numbers) for number in numbers})
        yield from (self._store.info(number) for number, _ in said.most_common(FEW))

    def _of_statements(
        self, wordings: Iterable[str], scope: Scope, hits: Sequence[Hit], named: frozenset[int]
    ) -> Computed | None:
        """What a question that names a figure made of others comes to over the statements of the reports that it names,
        or in which all that was found stands.
        """
        asked = [wording for wording in wordings if asks_for_formula(wording)]
        reports = named or frozenset(hit.passage.document.id for hit in hits)
        if not asked or not (named or len(reports) == 1):
            return None
        scope = replace(scope, only=reports if scope.only is None else scope.only & reports)
        queries = (TableQuery(text=words, numbers=True, count=_OF_NAMED) for words in STATEMENT_WORDS)
        found = {info.id: info for query in queries for info in self._store.listed(scope, query).tables}
        sources = [source for _, info in sorted(found.items()) if (source := self.source(info))]
        return next((result for wording in asked if (result := made_of_statements(wording, sources))), None)

    def source(self, info: TableInfo) -> Source | None:
        """The table of *info*, kept until it changes or others push it out; ``None`` when there is nothing in it to
        compute with.
        """
        key = tuple(_state(each) for each in (info, *map(self._store.info, info.parts)))
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][1]
        cells = info.rows * info.columns
        source = self._loaded(info) if cells <= self._largest else None
        if source is not None and info.hidden:
            source = Source(info.document, replace(source.table, hidden=info.hidden))
        with self._lock:
            self._held[key] = (cells if source else 1, source)
            while len(self._held) > 1 and sum(held for held, _ in self._held.values()) > self._most:
                self._held.popitem(last=False)
        return source

    def warm_up(self, bases: Collection[int]) -> None:
        """Load what the first question would have to wait for: what computes, and of the newest tables of *bases* the
        large ones that are kept typed, as many as fill a third of the room there is.
        """
        warm_up()
        room = self._most // 3
        loaded: list[Source] = []
        try:
            for info in self._store.listed(Scope(frozenset(bases)), TableQuery(numbers=True, count=FEW)).tables:
                path = self._path(info)
                room -= info.rows * info.columns if path is not None else 0
                if path is not None and path.exists() and room >= 0 and (source := self.source(info)) is not None:
                    source.engine(source.table)
                    loaded.append(source)
            computed(_TRIED, loaded)
        except Exception:  # noqa: BLE001 - nobody waits for it; what is wrong with a table is said when it is asked for
            _log.exception("the tables were not loaded beforehand")

    def prepare(self, document: Document) -> None:
        """Type the large tables of *document* now, and keep them for who will compute with them."""
        if self._folders is None or document.kind != "workbook":
            return
        self._folders.discard(document.id)
        scope = Scope(frozenset({document.base}), frozenset({document.id}))
        try:
            for info in self._store.listed(scope, TableQuery(numbers=True, count=FEW)).tables:
                if self._path(info) is not None and info.rows * info.columns <= self._largest:
                    self._loaded(info)
        except Exception:  # noqa: BLE001 - a document is read, whatever its tables hold; they are typed when asked then
            _log.exception("the tables of %s were not typed", document.name)

    def _path(self, info: TableInfo) -> Path | None:
        """Where a large table is kept when it is typed; ``None`` for a small one, which is typed as fast."""
        if self._folders is None or info.rows * info.columns < _LARGE or info.document.kind != "workbook":
            return None
        state = repr([_state(each) for each in (info, *map(self._store.info, info.parts))])
        return self._folders.path(info.document.id) / f"{hashlib.sha256(state.encode()).hexdigest()[:32]}.arrow"

    def _loaded(self, info: TableInfo) -> Source | None:
        path = self._path(info)
        if path is not None and (known := kept(path)) is not None:
            return Source(info.document, known)
        source = self._typed(info)
        if path is not None and source is not None:
            try:
                keep(source.table, path)
            except OSError as error:  # the disk may be full; it is typed again then
                _log.warning("table %s is not kept: %s", info.id, error)
        return source

    def _typed(self, info: TableInfo) -> Source | None:
        try:
            grid = self._store.grid(info.id)
            table = typed(_table(grid), _label(info), self._number)
        except RagError as error:  # it is gone, since its document is being read again
            _log.warning("table %s: %s", info.id, error)
            return None
        return None if table is None else Source(info.document, replace(table, title=table.title or info.title))


def _in_table(hit: Hit) -> bool:
    return hit.passage.head is not None or any(span.kind == "cell" for span in hit.passage.spans)


def _state(info: TableInfo) -> Hashable:
    """What a table is told by, so that one that grew or was changed is loaded anew."""
    return info.id, info.title, info.unit, info.heads, info.rows, info.columns, info.edit, info.parts


def _table(grid: Grid) -> Table:
    """*grid* without its empty cells."""
    place = grid.places[0]
    title, unit = ((Span(text, place),) if text else () for text in (grid.title, grid.unit))
    head = TableHead(tuple(title), tuple(unit), tuple(_full(grid.header)))
    return Table(head, tuple(_full(grid.rows)))


def _full(rows: Iterable[Row]) -> Iterator[Row]:
    return (tuple(cell for cell in row if cell.text.strip()) for row in rows)


def _label(info: TableInfo) -> str:
    """What the table is called in SQL: its title, or where it stands."""
    text = info.title or (info.places[0].label if info.places else "")
    text = " ".join("".join(sign for sign in text if sign.isprintable()).split())
    return text[:_LONGEST_LABEL].strip() or f"table {info.id}"
