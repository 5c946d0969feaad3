"""Hits that say the same: of each only one is shown, so that what else was found has its place."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rag.language import folded
from rag.records import Document, Hit, Passage

_READ_BY_OCR = frozenset({"ScannedRead", "GarbledRead"})
_NUMBER = re.compile(
    r"[-(−–]?\d+|%|[零〇一二三四五六七八九十百千万萬亿億]"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|billion"
    r"|first|second|third|fourth)\b"
)
_WORD = re.compile(r"\w")
_SHINGLE = 3  # characters
_ALIKE = 0.9  # of the shingles of both, where OCR read one of them


def without_twins(hits: Sequence[Hit]) -> list[Hit]:
    """*hits* without those that say what one before says, in another document of the same kind, entity and period.

    Texts that say the same are alike to the letter, but for what OCR may have misread where one of them is a scan;
    their numbers are always the same, in the same order. A scan leaves its place to the words it was printed from.
    Documents of different or unknown entities have no twins: policies and contracts share whole clauses, and a
    question is about one of them, or compares them.
    """
    kept: list[Hit] = []
    for hit in hits:
        at = next((at for at, other in enumerate(kept) if _says_the_same(other.passage, hit.passage)), None)
        if at is None:
            kept.append(hit)
        elif _is_scan(kept[at].passage.document) and not _is_scan(hit.passage.document):
            kept[at] = replace(hit, score=kept[at].score)
    return kept


def _says_the_same(one: Passage, other: Passage) -> bool:
    if not _of_one_report(one.document, other.document) or _numbers(one.text) != _numbers(other.text):
        return False
    mine, theirs = _plain(one.text), _plain(other.text)
    if mine == theirs or not (_is_scan(one.document) or _is_scan(other.document)):
        return mine == theirs
    first, second = _shingles(mine), _shingles(theirs)
    return len(first & second) >= _ALIKE * len(first | second)


def _of_one_report(one: Document, other: Document) -> bool:
    mine, theirs = one.about, other.about
    same = (mine.type, mine.year, mine.quarter) == (theirs.type, theirs.year, theirs.quarter)
    return one.id != other.id and same and not {*mine.names, *mine.codes}.isdisjoint({*theirs.names, *theirs.codes})


def _is_scan(document: Document) -> bool:
    return any(note.code in _READ_BY_OCR for note in document.notes)


@lru_cache(256)
def _numbers(text: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(folded(text)))


@lru_cache(256)
def _plain(text: str) -> str:
    """The letters and digits of *text*, and nothing between them."""
    return "".join(_WORD.findall(folded(text)))


def _shingles(plain: str) -> set[str]:
    return {plain[at : at + _SHINGLE] for at in range(max(1, len(plain) - _SHINGLE + 1))}
