"""Which rows of a part of an index may be seen: found once for each set of documents, whatever share of all it is."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_KEPT = 64
_SHARE = 0.1  # of all rows: of fewer it is not kept of which terms they hold none
_TERMS = 10_000  # of which it is kept whether they stand in what may be seen
_WORTH_ASKING = 500  # rows that have a term


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be seen: *count* rows, all there are or those of which *may* says so; as *rows* too when they are few.
    *may* is left out for a small share.
    """

    count: int
    rows: Numbers | None = None
    may: NDArray[np.bool_] | None = None
    _holds: dict[int, bool] = field(default_factory=dict)

    def holds(self, term: int, having: NDArray[np.uint32]) -> bool:
        """Whether a row that may be seen is among those *having* a term, as far as that is worth asking: documents of
        one language hold few words of another. Kept, since most questions ask for the same words.
        """
        if self.may is None or len(having) < _WORTH_ASKING:
            return len(having) > 0
        known = self._holds.get(term)
        if known is None:
            if len(self._holds) >= _TERMS:
                self._holds.clear()
            known = self._holds[term] = bool(self.may[having].any())
        return known


class Choices:
    """The rows of documents; row *n* stands in ``documents[n]``. Safe to use from several threads."""

    def __init__(self, documents: Numbers) -> None:
        self._documents = SortedRows(documents)
        self._kept: OrderedDict[tuple[frozenset[int] | None, frozenset[int]], Choice] = OrderedDict()
        self._lock = Lock()

    def of(
        self, alive: NDArray[np.bool_], living: int, only: frozenset[int] | None, never: frozenset[int], few: int
    ) -> Choice:
        """Those of the *living* rows, which are *alive*, that *only* and *never* leave; as rows when they are *few*."""
        if only is None and not never and living == len(alive):
            return Choice(living)
        key = (only, never)
        with self._lock:
            known = self._kept.get(key)
            if known is None:
                known = self._kept[key] = self._chosen(alive, only, never, few)
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return known

    def forget(self) -> None:
        """What is alive has changed."""
        with self._lock:
            self._kept.clear()

    def _chosen(self, alive: NDArray[np.bool_], only: frozenset[int] | None, never: frozenset[int], few: int) -> Choice:
        if only is not None:
            rows = self._documents.of(_sorted(only - never))
            rows = rows[alive[rows]]
            if len(rows) <= few and len(rows) < _SHARE * len(alive):
                return Choice(len(rows), np.sort(rows))
            may = np.zeros(len(alive), bool)
            may[rows] = True
        else:
            may = alive.copy()
            may[self._documents.of(_sorted(never))] = False
        count = int(np.count_nonzero(may))
        if count == len(may):
            return Choice(count)
        return Choice(count, np.flatnonzero(may) if count <= few else None, may)


class SortedRows:
    """The rows of each value of *values*, without looking at all of them."""

    def __init__(self, values: Numbers) -> None:
        self._values = values
        # Ids and documents mostly come in their order.
        self._order = None if (values[1:] >= values[:-1]).all() else np.argsort(values, kind="stable")

    def of(self, wanted: Numbers) -> Numbers:
        """The rows whose value is one of *wanted*, which are ascending and distinct."""
        first = np.searchsorted(self._values, wanted, "left", sorter=self._order)
        sizes = np.searchsorted(self._values, wanted, "right", sorter=self._order) - first
        # Each range of places that has one of them: its start, and how far within it.
        places = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        return places if self._order is None else self._order[places]


def _sorted(numbers: frozenset[int]) -> Numbers:
    return np.sort(np.fromiter(numbers, np.int64, len(numbers)))
