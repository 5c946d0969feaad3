"""The numbers that are printed in the heads and feet of pages, for PDFs that do not say how their pages are labelled.

A number counts only as one of a sequence: pages close by have those before and after it in the same form.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol, TypeVar

from rag.reading.pdf.blocks.headings import running_form
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.pages.page_labels import PageLabels, roman

_EDGE = 0.12  # of the height of a page, or of its width where text is turned
_LONGEST = 120  # characters of a head or foot
_FAR = 10  # pages without a number, after which a sequence is not taken up again
AHEAD = 4
"""Pages that are looked at before one is numbered: left and right pages may have numbers of another form."""
_OTHERS = 2  # pages that must be in line with one, if there are as many
_YEARS = range(1900, 2100)  # which stand at the edges of pages more often than page numbers as high do
_NUMBER = r"(?P<prefix>[A-Z]{1,3}\s?[-–]\s?|\d{1,2}[-–])?(?P<digits>\d{1,4})|(?P<roman>[ivxlc]{1,8}|[IVXLC]{1,8})"
_ALONE = re.compile(
    rf"[-–—·•|~\s]*(?:(?i:page|p\.|pg\.)\s*)?(?:{_NUMBER})(?:\s*(?:/|(?i:of))\s*\d{{1,4}})?[-–—·•|~\s]*"
    r"|.{0,40}第\s*(?P<chinese>\d{1,4})\s*[页頁].{0,20}"
)
_WORD = re.compile(_NUMBER)


class PrintedNumber(NamedTuple):
    """What may be the number of a page: its *label* as printed, its *value*, and the *form* that a sequence shares."""

    form: str
    value: int
    label: str


class _Sequence(NamedTuple):
    """Numbers of one form: the *last* page that had one, its *value*, and how many pages did."""

    last: int
    value: int
    length: int

    def goes_on(self, number: int, value: int) -> bool:
        """Whether *value* on page *number* is the next one, or so many on as pages between had none."""
        return self.last < number <= self.last + _FAR and number - self.last == value - self.value


class _Numbered(Protocol):
    @property
    def number(self) -> int: ...


Page = TypeVar("Page", bound=_Numbered)


def numbers_on(lines: Sequence[Line], width: float, height: float) -> tuple[PrintedNumber, ...]:
    """What stands at the edges of a page and may be its number."""
    found: list[PrintedNumber] = []
    for line in lines:
        x0, y0, x1, y1 = line.words[0][:4]
        at, long = ((y0 + y1) / 2, height) if line.way % 2 == 0 else ((x0 + x1) / 2, width)
        if at > long * _EDGE and at < long * (1 - _EDGE):
            continue
        text = " ".join([word[4] for word in line.words])
        if len(text) > _LONGEST:
            continue
        texts = text.split(" ")
        edge = "top" if at < long / 2 else "foot"
        if alone := _ALONE.fullmatch(text):
            found.extend(_number(alone, edge, alone=True))
            continue
        for word, rest in ((texts[0], texts[1:]), (texts[-1], texts[:-1])):
            if rest and (match := _WORD.fullmatch(word)):
                found.extend(_number(match, f"{edge} {running_form(' '.join(rest))}", alone=False))
    return tuple(found)


def _number(match: re.Match[str], where: str, *, alone: bool) -> Iterator[PrintedNumber]:
    groups = match.groupdict()
    if digits := groups["digits"] or groups.get("chinese"):
        prefix = re.sub(r"\s", "", groups["prefix"] or "")
        if prefix or int(digits) not in _YEARS:
            yield PrintedNumber(f"{where} {prefix}0", int(digits), prefix + digits)
    elif letters := groups["roman"]:
        value = roman(letters)
        if value is not None and (alone or letters.islower()):  # not PART III
            yield PrintedNumber(f"{where} {'i' if letters.islower() else 'I'}", value, letters)


def numbered(
    pages: Iterable[tuple[Page, Sequence[PrintedNumber]]], labels: PageLabels
) -> Iterator[tuple[Page, str | None]]:
    """*pages*, which follow each other, with the label of each: by *labels*, or the number that is printed there.

    A page without a number has none, whatever the others say.
    """
    if labels.tell:
        yield from ((page, labels.of(page.number)) for page, _ in pages)
        return
    waiting: deque[tuple[Page, Sequence[PrintedNumber]]] = deque()
    sequences: dict[str, _Sequence] = {}
    needed = 0
    for one in chain(pages, [None] * AHEAD):
        if one is not None:
            waiting.append(one)
        if waiting and (one is None or len(waiting) > AHEAD):
            needed = needed or min(_OTHERS, len(waiting) - 1)
            page, own = waiting.popleft()
            yield page, _label(page.number, own, waiting, sequences, needed)


def _label(
    number: int,
    own: Sequence[PrintedNumber],
    ahead: Iterable[tuple[_Numbered, Sequence[PrintedNumber]]],
    sequences: dict[str, _Sequence],
    needed: int,
) -> str | None:
    """The label of page *number*: of its *own* numbers the one that most others, *needed* at least, are in line with.

    It is brought into *sequences*, by its form.
    """
    following = {(page.number - number, one.form, one.value) for page, some in ahead for one in some}
    label, most = None, max(needed, 1) - 1
    for one in own:
        known = sequences.get(one.form)
        behind = known.length if known is not None and known.goes_on(number, one.value) else 0
        others = behind + sum((step, one.form, one.value + step) in following for step in range(1, AHEAD + 1))
        if others >= max(needed, 1):
            sequences[one.form] = _Sequence(number, one.value, behind + 1)
        if others > most:
            label, most = one.label, others
    return label
