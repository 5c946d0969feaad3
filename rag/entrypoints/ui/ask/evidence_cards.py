"""A citation as a card: where it stands, and two lines of it with the words of the question marked, or its row."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any

from rag.entrypoints.calculated_cells import calculated_in
from rag.entrypoints.ui.texts import in_cell, t, where
from rag.language import HAN
from rag.records import Citation, Span, areas
from rag.writing.asked import Wanted, wanted
from rag.writing.relevance import asked_columns, head_of, label_of

_BEFORE_MARK = 48
"""Characters of a quote before its first marked word; what is further in front is left to the source."""
_LONGEST = 320
_CARD_COLUMNS = 4
_TABLE_COLUMNS = 13
_CURRENCY = re.compile(r"[$¥￥€£]|US\$|HK\$|RMB|人民币")
_AMOUNT = re.compile(r"[\s$¥￥€£(（+–—-]*\d[\d.,%％)）\s]*|[–—-]")
_SPACE_OR_HAN = re.compile(rf"[\s{HAN}，。；、,;]")


def card(citation: Citation, question: str) -> dict[str, Any]:
    """*citation* for the browser; its words are data."""
    asked = wanted_cached(question)
    return {
        "n": citation.number,
        "file": citation.document.name,
        "kind": citation.document.kind,
        "place": places(citation),
        "heading": " › ".join(citation.heading),
        "quote": marked(_beginning(citation.quote, asked), asked),
        "table": table(citation, question, _CARD_COLUMNS) if is_row(citation) else None,
    }


def cited_as(citation: Citation) -> str:
    """``sales.xlsx › 2024!C12``: *citation* as it is written in a text."""
    return f"{citation.document.name} › {places(citation)}"


def places(citation: Citation) -> str:
    """Where *citation* stands, as people quote it: its first place, how many more there are, and which of its cells
    were calculated here.
    """
    first, *more = areas(citation.places)
    ours = calculated_in(citation)
    return "".join(
        [
            where(first),
            t("answer.more_places", count=len(more)) if more else "",
            t("answer.calculated", cells=", ".join(one.rpartition("!")[2] for one in ours[:3])) if ours else "",
        ]
    )


def is_row(citation: Citation) -> bool:
    """Whether *citation* is better read as a table: rows with a label and a value."""
    return bool(citation.row) and any(len(row) > 1 for row in rows_of(citation.row))


def table(citation: Citation, question: str, most: int = _TABLE_COLUMNS) -> dict[str, Any]:
    """The rows of *citation* under title, unit and column heads; of more than *most* columns, those asked for."""
    asked = wanted_cached(question)
    head = citation.head
    cells = rows_of(citation.row)
    rows = [(_label(row), _values(row)) for row in cells]
    after = max((span.column for row in cells for span in row[: _label_width(row)]), default=0)
    columns = sorted({column for _, values in rows for column in values})
    named = asked_columns(asked, head, columns, after) if head else set()
    if len(columns) > most - 1:
        columns = sorted(sorted(columns, key=lambda column: column not in named)[: most - 1])
    heads = [head_of(head, column, after) for column in columns] if head and head.header else []
    over, heads = _shared(heads)
    seen = in_cell if citation.document.kind == "workbook" else str
    return {
        "title": head.called if head else "",
        "unit": head.counts_in if head else "",
        "over": over,
        "heads": heads,
        "asked": [index for index, column in enumerate(columns) if column in named],
        "rows": [
            {"label": marked(label, asked), "cells": [seen(values.get(column, "")) for column in columns]}
            for label, values in rows
        ],
        "numbers": [
            all(_AMOUNT.fullmatch(values[column]) for _, values in rows if column in values) for column in columns
        ],
    }


def rows_of(spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The cells of a citation, row by row."""
    rows: list[list[Span]] = []
    for span in spans:
        if not rows or "\n" in span.before or span.column <= rows[-1][-1].column:
            rows.append([])
        rows[-1].append(span)
    return [tuple(row) for row in rows]


def marked(text: str, asked: Wanted) -> list[list[Any]]:
    """*text* in pieces ``[words, whether the question has them too]``."""
    pattern = _pattern(tuple(asked.weights.items()))
    pieces: list[list[Any]] = []
    at = 0
    for match in pattern.finditer(text) if pattern else ():
        if match.start() > at:
            pieces.append([text[at : match.start()], False])
        pieces.append([match[0], True])
        at = match.end()
    if at < len(text):
        pieces.append([text[at:], False])
    return pieces


@lru_cache(maxsize=64)
def wanted_cached(question: str) -> Wanted:
    """What *question* is about; a page asks this again for each of its cards."""
    return wanted(question)


@lru_cache(maxsize=64)
def _pattern(weights: tuple[tuple[str, float], ...]) -> re.Pattern[str] | None:
    """Finds the words of the question; an English one in any of its endings, a Chinese one with spaces inside."""
    han: list[str] = []
    other: list[str] = []
    for term, weight in weights:
        if re.match(f"[{HAN}]", term):
            if weight >= 1:
                han.append(r"\s?".join(map(re.escape, term)))
        elif term[0].isdigit():
            other.append(rf"(?<![\d.,]){re.escape(term)}(?![\d%]|[.,]\d)")
        elif len(term) > 1:
            other.append(rf"(?<!\w){re.escape(term)}(?:e?s|e?d|ing|e|ies|y|ment)?(?!\w)")
    alternatives = [*sorted(han, key=len, reverse=True), *other]
    return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else None


def _beginning(quote: str, asked: Wanted) -> str:
    """*quote* on one line, from a little before its first marked word."""
    text = " ".join(quote.split())
    pattern = _pattern(tuple(asked.weights.items()))
    first = pattern.search(text) if pattern else None
    if first and first.start() > 2 * _BEFORE_MARK:
        near = first.start() - _BEFORE_MARK
        gap = _SPACE_OR_HAN.search(text, near, first.start())
        text = "… " + text[gap.end() if gap and gap[0].isspace() else near :]
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def _shared(heads: list[str]) -> tuple[str, list[str]]:
    """The words that all *heads* begin with, which need to be read once only, and what is left of each."""
    words = [head.split() for head in heads]
    if len(words) < 2:
        return "", heads
    count = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, zip(*words, strict=False)))
    if not count:
        return "", heads
    return " ".join(words[0][:count]), [" ".join(each[count:]) for each in words]


def _label_width(row: Sequence[Span]) -> int:
    """How many cells at the front of *row* say what it is about; of a row of words, the first."""
    width = len(label_of(row))
    return width if width < len(row) else 1


def _label(row: Sequence[Span]) -> str:
    return " · ".join(" ".join(span.text.split()) for span in row[: _label_width(row)])


def _values(row: Sequence[Span]) -> dict[int, str]:
    """The other cells by column; a currency sign in a column of its own belongs to the next."""
    values: dict[int, str] = {}
    currency = ""
    for span in row[_label_width(row) :]:
        text = " ".join(span.text.split())
        if _CURRENCY.fullmatch(text):
            currency = text
            continue
        values[span.column] = f"{currency} {text}" if currency else text
        currency = ""
    return values


def is_number(text: str) -> bool:
    """Whether *text* is an amount, which stands at the right of its column."""
    return bool(_AMOUNT.fullmatch(text))
