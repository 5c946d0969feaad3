"""How many rows of a table are left out because its workbook hides them: the notes of its sheet tell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from rag.library.database import schema
from rag.library.database.codec import unpack_notes
from rag.records import Cells, Document, Note, Place, cell_corners

_leaves = schema.leaves
_HIDING = frozenset({"HiddenRows", "FilteredRows"})
_RANGE = re.compile(r"([0-9]+)(?:-([0-9]+))?")

Stretches = Sequence[tuple[int, int]]
"""First and last row of each."""


def hidden_rows(connection: Connection, documents: Iterable[Document]) -> Mapping[tuple[int, str], Stretches]:
    """The rows that are left out, by document and sheet; none for a document whose hidden text is searched too."""
    own = [one.id for one in documents if one.kind == "workbook" and not one.search_hidden]
    rows = select(_leaves.c.document, _leaves.c.name, _leaves.c.notes)
    found: dict[tuple[int, str], Stretches] = {}
    for row in connection.execute(rows.where(_leaves.c.document.in_(own), _leaves.c.hidden)) if own else ():
        stretches = sorted(each for note in unpack_notes(row.notes) if note.code in _HIDING for each in _rows(note))
        if stretches:
            found[row.document, row.name or ""] = stretches
    return found


def _rows(note: Note) -> Iterator[tuple[int, int]]:
    for first, last in _RANGE.findall(str(note.details.get("all") or note.details.get("rows", ""))):
        yield int(first), int(last or first)


def count_in(document: int, places: Sequence[Place], hidden: Mapping[tuple[int, str], Stretches]) -> int:
    """How many *hidden* rows stand within *places* of a document, or directly below, where its last rows were."""
    count = 0
    for place in places:
        if not isinstance(place, Cells) or (document, place.sheet) not in hidden:
            continue
        top, _, bottom, _ = cell_corners(place.area)
        for first, last in hidden[document, place.sheet]:
            if top <= first <= bottom + 1:
                count += last - first + 1
                bottom = max(bottom, last)
    return count
