"""The labels that are printed on pages (``iv``, ``F-12``), from a PDF's own rules for them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LONGEST = 40
_TYPE = "ageLabel"  # what PyMuPDF's rule_dict makes of /Type /PageLabel: it takes any name with a P for the prefix


class PageLabels:
    """The printed label of each page; rules that make no sense give none."""

    def __init__(self, rules: Sequence[Mapping[str, Any]], printed: Mapping[int, str | None] | None = None) -> None:
        """*rules* as PyMuPDF gives them: ``startpage`` from 0, ``prefix``, ``style``, ``firstpagenum``; or, instead of
        them, what is *printed* on pages, by their numbers.
        """
        self._printed = printed
        self._rules = sorted(
            (
                (
                    rule["startpage"],
                    str(rule.get("prefix", "")).removeprefix(_TYPE),
                    str(rule.get("style", "")),
                    rule.get("firstpagenum", 1),
                )
                for rule in rules
                if isinstance(rule.get("startpage"), int) and isinstance(rule.get("firstpagenum", 1), int)
            ),
            key=lambda rule: rule[0],
        )
        self._starts = [rule[0] for rule in self._rules]

    @property
    def tell(self) -> bool:
        """Whether they say more than the numbers of the pages, which every PDF has."""
        return self._printed is not None or any(
            (prefix, style, first - start) != ("", "D", 1) for start, prefix, style, first in self._rules
        )

    def of(self, number: int) -> str | None:
        """What is printed on page *number*, counted from 1, or ``None``."""
        if self._printed is not None:
            return self._printed.get(number)
        at = bisect_right(self._starts, number - 1) - 1
        if at < 0:
            return None
        start, prefix, style, first = self._rules[at]
        label = (prefix + _numeral(style, number - 1 - start + first)).strip()
        return label if 0 < len(label) <= _LONGEST and label.isprintable() else None


def roman(letters: str) -> int | None:
    """The number that *letters* are, all of them large or all small; ``None`` when they are none."""
    small = letters.lower()
    value, rest = 0, small
    for worth, numeral in _ROMAN:
        while rest.startswith(numeral):
            value, rest = value + worth, rest[len(numeral) :]
    return value if not rest and 0 < value < 5000 and _in_roman(value) == small else None


def _in_roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _numeral(style: str, value: int) -> str:
    if style == "D":
        return str(value)
    if not 0 < value < 5000:
        return ""
    if style in {"r", "R"}:
        return _in_roman(value).upper() if style == "R" else _in_roman(value)
    if style in {"a", "A"}:
        text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return text.upper() if style == "A" else text
    return ""
