"""What a formula refers to: areas, names and functions, found in its text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rag.reading.sheets.stored import LAST_COLUMN, LAST_ROW, Area, column_number, corners

_LONGEST = 8192
_PARTS = re.compile(
    r"""
      (?P<text>"(?:[^"]|"")*")
    | (?P<foreign>\[)
    | (?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
      (?P<area>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?
        |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}
        |\$?\d{1,7}:\$?\d{1,7})(?![\w(.!])
    | (?P<call>[^\W\d][\w.]*)\(
    | (?P<odd>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)
    | (?P<word>[^\W\d][\w.?\\]*)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
    """,
    re.VERBOSE,
)
_OPERATORS = frozenset("+-*/^&=<>")
_TRUTHS = frozenset({"TRUE", "FALSE"})


@dataclass(frozen=True, slots=True)
class References:
    """What stands in a formula. *sheets* go with *areas*, empty for its own; functions and words are in upper case.

    *foreign* says that it leads outside, to a table by name, or somewhere that is not known here; *spreads* that it
    computes with an area as with one value.
    """

    sheets: tuple[str, ...]
    areas: tuple[Area, ...]
    functions: frozenset[str]
    words: frozenset[str]
    texts: tuple[str, ...]
    foreign: bool
    spreads: bool


def references_of(formula: str) -> References:
    """What *formula*, which begins with ``=``, refers to."""
    sheets: list[str] = []
    areas: list[Area] = []
    functions: set[str] = set()
    words: set[str] = set()
    texts: list[str] = []
    foreign = spreads = False
    for part in _PARTS.finditer(formula):
        if part["area"]:
            area = _area(part["area"])
            if area is None:
                words.add(part["area"].upper())
                continue
            sheets.append(unquoted(part["sheet"] or ""))
            foreign = foreign or "[" in sheets[-1]
            areas.append(area)
            before, after = formula[: part.start()].rstrip()[-1:], formula[part.end() :].lstrip()[:1]
            if area[:2] != area[2:] and (before in _OPERATORS or after in _OPERATORS):
                spreads = True
        elif part["call"]:
            functions.add(part["call"].upper().removeprefix("_XLFN.").removeprefix("_XLWS."))
        elif part["word"]:
            words.add(part["word"].upper())
        elif part["text"]:
            texts.append(part["text"][1:-1])
        foreign = foreign or bool(part["foreign"] or part["odd"])
    known = frozenset(functions), frozenset(words - _TRUTHS), tuple(texts)
    return References(tuple(sheets), tuple(areas), *known, foreign, spreads)


def with_names(formula: str, names: Mapping[str, str]) -> str:
    """*formula* with what stands behind each of *names*, which are in upper case, in its place."""
    for _ in range(5):  # a name may stand for another
        written = "".join(_replaced(formula, names))
        if written == formula or len(written) > _LONGEST:
            break
        formula = written
    return formula


def _replaced(formula: str, names: Mapping[str, str]) -> Iterator[str]:
    at = 0
    for part in _PARTS.finditer(formula):
        target = names.get(part["word"].upper()) if part["word"] else None
        if target is not None:
            yield formula[at : part.start()]
            yield target if _is_area(target) else f"({target})"
            at = part.end()
    yield formula[at:]


def _is_area(text: str) -> bool:
    part = _PARTS.fullmatch(text)
    return part is not None and part["area"] is not None


def unquoted(sheet: str) -> str:
    """The name of a sheet as it stands before a ``!``, without its quotation marks."""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def _area(text: str) -> Area | None:
    """Whole columns and rows reach to the end of the sheet; ``None`` for what is beyond it, and so a name."""
    plain = text.replace("$", "").upper()
    first, _, last = plain.partition(":")
    if last and first.isalpha() and last.isalpha():
        area = 1, column_number(first), LAST_ROW, column_number(last)
    elif last and first.isdecimal() and last.isdecimal():
        area = int(first), 1, int(last), LAST_COLUMN
    else:
        area = corners(plain)
    top, left, bottom, right = (
        min(area[0], area[2]),
        min(area[1], area[3]),
        max(area[0], area[2]),
        max(area[1], area[3]),
    )
    return (top, left, bottom, right) if top > 0 and bottom <= LAST_ROW and right <= LAST_COLUMN else None
