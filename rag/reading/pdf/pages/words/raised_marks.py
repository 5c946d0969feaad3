"""Raised figures, most of them marks of notes: without a space before them ``1,234`` would be ``1,2343``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rag.reading.pdf.blocks.layout import Word

_RAISED_FLAG = 1  # MuPDF's
_MARK = re.compile(r"\d{1,2}(?:,\s?\d{1,2})*")
_AS_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", " ")
_JOINED = re.compile(r"[^\W\d_]{1,2}|.*[.!?;。！？；]")  # m², and the end of a sentence
_REST = re.compile(r"[^\w⁄/]*")


def raised(run: Mapping[str, Any]) -> str:
    """The mark that *run* is, as ``extractDICT`` gives it, written raised; or nothing."""
    if not run["flags"] & _RAISED_FLAG:
        return ""
    mark = run["text"].strip()
    return mark.translate(_AS_RAISED) if _MARK.fullmatch(mark) else ""


def with_marks_apart(words: Sequence[Word], blocks: Sequence[Mapping[str, Any]]) -> list[Word]:
    """*words*, with the raised figures of *blocks* that stand right behind some of them as words of their own."""
    marks: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for block in blocks:
        for number, line in enumerate(block.get("lines", ())):
            if len(line["spans"]) > 1 and (some := [run for run in line["spans"] if raised(run)]):
                marks[block["number"], number] = some
    if not marks:
        return list(words)
    return [part for word in words for part in _parted(word, marks.get((word[5], word[6]), ()))]


def _parted(word: Word, marks: Sequence[Mapping[str, Any]]) -> Iterator[Word]:
    x0, y0, x1, y1, text, *_, number = word
    for run in marks:
        left, _, right, _ = run["bbox"]
        at = text.rfind(run["text"].strip())
        if not x0 < (left + right) / 2 < x1 or at < 0:
            continue
        base, rest = text[:at], text[at + len(run["text"].strip()) :]
        if not base or not _REST.fullmatch(rest):
            continue
        if _JOINED.fullmatch(base):
            yield (*word[:4], base + raised(run) + rest, *word[5:])
        else:
            yield (x0, y0, left, y1, base, word[5], word[6], number)
            yield (left, y0, x1, y1, raised(run) + rest, word[5], word[6], -number - 2)
        return
    yield word
