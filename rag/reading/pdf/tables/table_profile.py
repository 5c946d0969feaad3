"""What a table of a page holds, in a few lines: what it is called, its heads, and the labels of its rows.

Nobody wrote these lines. The rows of a table are found by what stands in them, and all of it is found by this.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from rag.language import is_chinese
from rag.reading.room import short, tokens
from rag.records import Page, Row, Span, Table, joined, parents, places_of, says_total

_ROOM = 170.0  # tokens, as they are guessed here: what an embedder reads well leaves some for the headings above
_FOR_HEADS = 0.5  # of it
_FEWEST_ROWS = 2
_TITLE, _LABEL, _HEAD = 120, 60, 40  # characters at most
_LETTER = re.compile(r"[^\W\d_]")


def profile(table: Table) -> Span | None:
    """What *table* holds, at the place of all of it; ``None`` for one of hardly any rows or labels, and for one of a
    sheet. Of one that goes on over pages, each page has its own.
    """
    place = places_of(table)[-1] if len(table.rows) >= _FEWEST_ROWS else None
    labels = _labels(table.rows)
    if not isinstance(place, Page) or not labels:
        return None
    title, unit = short(table.head.called, _TITLE), short(joined(table.head.unit), _TITLE).strip("()（）")
    heads = list(dict.fromkeys(short(cell.text, _HEAD) for row in table.head.header for cell in row))
    chinese = is_chinese(" ".join([title, *heads, *labels]))
    called = (
        f"表格{title and f'：{title}'}{unit and f'（{unit}）'}"
        if chinese
        else f"Table{title and f': {title}'}{unit and f' ({unit})'}"
    )
    left = _ROOM - tokens(called)
    told = _fitting(heads, left * _FOR_HEADS)
    kept = _fitting(sorted(labels, key=lambda label: not labels[label]), left - sum(map(tokens, told)))
    lines = (("、" if chinese else ", ").join(each) for each in (told, [each for each in labels if each in kept]))
    return Span("\n".join([called, *filter(None, lines)]), place, "profile", "\n")


def _labels(rows: Sequence[Row]) -> Mapping[str, bool]:
    """The labels of *rows*, each once, in their order, and whether rows are under it or summed up by it."""
    above = {parent for parent in parents(rows) if parent is not None}
    found: dict[str, bool] = {}
    for at, row in enumerate(rows):
        if row and _LETTER.search(row[0].text):
            label = short(row[0].text, _LABEL)
            found[label] = found.get(label, False) or at in above or says_total(row[0].text)
    return found


def _fitting(texts: Iterable[str], room: float) -> list[str]:
    """The first of *texts* that fit into *room* together."""
    found = []
    for text in texts:
        room -= tokens(text)
        if room < 0:
            break
        found.append(text)
    return found
