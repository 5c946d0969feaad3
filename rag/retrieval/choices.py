"""Which rows of a part of an index may be seen: found once for each set of documents, whatever share of all it is."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be seen: *count* rows. These *rows*, or those of which *may* says so, or all where both are ``None``."""

    count: int
    rows: Numbers | None = None
    may: NDArray[np.bool_] | None = None


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
            if len(rows) <= few:
                return Choice(len(rows), np.sort(rows))
            may = np.zeros(len(alive), bool)
            may[rows] = True
        else:
            may = alive.copy()
            may[self._documents.of(_sorted(never))] = False
        count = int(np.count_nonzero(may))
        if count == len(may):
            return Choice(count)
        return Choice(count, np.flatnonzero(may)) if count <= few else Choice(count, None, may)


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
