"""Tables of plain text (.csv, .tsv): how their characters are written and what parts their columns is found out."""

import csv
from collections import Counter
from collections.abc import Container, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from rag.reading.numbers import number_of
from rag.reading.sheets.files.recognised import unmarked
from rag.reading.sheets.stored import LAST_COLUMN, Facts, Sheet, StoredCell, Workbook, clean

_SAMPLE = 1 << 20  # bytes
_ROWS = 200
_LONGEST_NAME = 31  # as Excel names the sheet when it opens such a file
_DELIMITERS = ",\t;|"
_LONGEST_FIELD = 1 << 20
_MOST_LINES = 100  # in one field; more of them mean that a quotation mark is no opening one
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class _Form(NamedTuple):
    """How a text is to be read; its first line may only tell what parts its columns."""

    encoding: str
    delimiter: str
    quoted: bool
    told: bool


def opened_text(path: Path, name: str) -> Workbook:
    """Open the table of text at *path*, which its owner calls *name*: one sheet, named as the file.

    :raises OSError: when it cannot be read
    """
    form = _form(path, name)
    title = Path(name).stem[:_LONGEST_NAME]
    return Workbook([Sheet(title, "visible", False, partial(_rows, path, form))])


def _rows(
    path: Path,
    form: _Form,
    wanted: Container[int] | None,
    formulas: bool,  # noqa: ARG001 - there are none
    facts: Facts,  # noqa: ARG001 - there are none
) -> Iterator[list[StoredCell]]:
    with path.open(encoding=form.encoding, errors="replace", newline="") as source:
        if form.told:
            source.readline()
        for row, fields in enumerate(_reader(source, form.delimiter, quoted=form.quoted), start=1 + form.told):
            if wanted is None or row in wanted:
                cells = [
                    _cell(row, column, field)
                    for column, field in enumerate(fields[:LAST_COLUMN], start=1)
                    if field and not field.isspace()
                ]
                if cells:
                    yield cells


def _cell(row: int, column: int, field: str) -> StoredCell:
    text = field if field.isprintable() else clean(field)
    value = number_of(text) if any(map(str.isdecimal, text)) else None
    return StoredCell(row, column, text, value, text, "", True, "text" if value is None else "number")


def _reader(source: Iterator[str], delimiter: str, *, quoted: bool) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    return csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)


def _form(path: Path, name: str) -> _Form:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        whole = not file.read(1)
    encoding = _encoding(sample, whole=whole)
    text = sample.decode(encoding, "replace")
    lines = text.splitlines(keepends=True)
    lines = lines if whole else lines[:-1] or lines
    first = lines[0].strip().strip('"').casefold() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return _Form(encoding, first[4], True, True)
    delimiter = _delimiter(lines, tab_first=name.casefold().endswith((".tsv", ".tab", ".xls")))
    return _Form(encoding, delimiter, _is_quoted(lines, delimiter), False)


# ── Characters ──


def _encoding(sample: bytes, *, whole: bool) -> str:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if wide := unmarked(sample):
        return wide
    cut = sample if whole else sample[: sample.rfind(b"\n") + 1] or sample
    marked = sum(byte >= 0x80 for byte in cut)
    if not marked:
        return "utf-8"
    wrong = cut.decode("utf-8", "replace").count("\ufffd")
    if wrong * 20 < marked:
        return "utf-8"
    common = {"gb18030": _common(cut, _GB_COMMON), "big5": _common(cut, _BIG5_COMMON)}
    best = max(common, key=lambda encoding: common[encoding])
    if common[best] < 0.5:
        return "cp1252"
    # Microsoft's Big5, which has the signs of currency that Taiwan writes
    return "cp950" if best == "big5" else best


_GB_COMMON = (range(0xB0, 0xD8), frozenset(range(0xA1, 0xFF)))
_BIG5_COMMON = (range(0xA4, 0xC7), frozenset((*range(0x40, 0x7F), *range(0xA1, 0xFF))))


def _common(sample: bytes, pairs: tuple[range, frozenset[int]]) -> float:
    """Which share of the characters of two bytes are among the common ones of an encoding, which stand together."""
    leads, trails = pairs
    found = total = at = 0
    while at < len(sample) - 1:
        if sample[at] < 0x81:
            at += 1
            continue
        total += 1
        found += sample[at] in leads and sample[at + 1] in trails
        at += 2
    return found / total if total else 0.0


# ── Columns ──


def _delimiter(lines: list[str], *, tab_first: bool) -> str:
    """The sign that parts most rows into the same number of columns, more than one."""
    order = "\t,;|" if tab_first else _DELIMITERS
    return max(order, key=lambda delimiter: (_evenness(lines, delimiter), -order.index(delimiter)))


def _evenness(lines: list[str], delimiter: str) -> float:
    try:
        widths = Counter(len(row) for row in islice(_reader(iter(lines), delimiter, quoted=True), _ROWS) if row)
    except csv.Error:
        return 0.0
    parted = [(count, width) for width, count in widths.items() if width > 1]
    if not parted:
        return 0.0
    count, width = max(parted)
    return count / sum(widths.values()) + min(width, 50) / 1000


def _is_quoted(lines: list[str], delimiter: str) -> bool:
    try:
        longest = max(
            (field.count("\n") for row in _reader(iter(lines), delimiter, quoted=True) for field in row), default=0
        )
    except csv.Error:
        return False
    return longest <= _MOST_LINES
