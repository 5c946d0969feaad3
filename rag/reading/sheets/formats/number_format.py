"""What a cell shows: a stored value and an Excel number format make the text that a person sees."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from rag.reading.sheets.formats.chinese_numerals import Numerals, numerals_of
from rag.reading.sheets.formats.date_format import date_text, days_since_1900
from rag.reading.sheets.formats.digit_format import (
    Plan,
    Token,
    decimal,
    fraction_text,
    general,
    plain,
    plan_of,
    power_text,
    shown,
    slash,
)

NO_MOMENT = "#" * 255
"""What Excel writes for a number that its date format cannot show."""

Value = None | bool | str | int | float | datetime | date | time | timedelta

_COMPARE: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | !(?P<marked>.)                                    # the escape of Chinese and Japanese Excel
    | (?P<pad>_.)
    | (?P<fill>\*.)
    | (?P<elapsed>\[(?:h+|m+|s+)\])
    | \[\$(?P<currency>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]
    | \[(?P<condition>[<>=]+-?[0-9.]+)\]
    | \[DBNum(?P<numerals>\d)\]
    | (?P<colour>\[[^\]]*\])
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<moment>y+|m+|d+|h+|s+|aaaa?|e+|b+)
    | (?P<digit>[0#?])
    | (?P<mark>[.,%/@;])
    | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def displayed(value: Value, number_format: str | None = None, *, since_1904: bool = False) -> str:
    """The text that Excel shows for *value* in a wide enough column, in an English setting, without padding.

    Dates may come as numbers of days (as they are stored; from 1904 on with *since_1904*) or as Python dates. A number
    that a date format cannot show is ``NO_MOMENT``. Empty when the format hides the value.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value if number_format in _PLAIN else _format(number_format).of_text(value)
    if not isinstance(value, int | float):
        value = days_since_1900(value)
        since_1904 = False
    if number_format in _PLAIN:
        return general(value)
    return _format(number_format).of_number(value, since_1904=since_1904)


def is_date_format(number_format: str | None) -> bool:
    """Whether numbers are shown as moments or durations."""
    return number_format not in _PLAIN and _format(number_format).sections[0].kind == "date"


# ── A format, parsed once ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format. *kind* says how a number is shown by it."""

    tokens: tuple[Token, ...]
    kind: str
    condition: tuple[str, float] | None
    locale: str
    plan: Plan
    numerals: Numerals | None = None

    def holds(self, value: float) -> bool:
        if self.condition is None:
            return True
        sign, limit = self.condition
        return _COMPARE[sign](value, limit) if sign in _COMPARE else True

    @property
    def above_zero(self) -> bool:
        return self.condition is not None and self.condition[0] in {">", ">="} and self.condition[1] == 0

    @property
    def below_zero_only(self) -> bool:
        return self.condition is not None and self.condition[0] in {"<", "<="} and self.condition[1] <= 0


@dataclass(frozen=True, slots=True)
class _Format:
    sections: tuple[_Section, ...]
    numeric: tuple[_Section, ...]
    conditional: bool

    def of_text(self, value: str) -> str:
        last = self.sections[-1]
        if len(self.sections) < 4 and last.kind != "text":
            return value
        return "".join(value if token.kind in {"@", "general"} else shown(token) for token in last.tokens).strip()

    def of_number(self, value: float, *, since_1904: bool) -> str:
        section, unsigned = self._section(value)
        if section is None or section.kind == "odd":
            return general(value)
        if section.kind == "date":
            text = date_text(value, section.tokens, section.locale, section.numerals, since_1904=since_1904)
            return NO_MOMENT if text is None else text.strip()
        if section.kind in {"general", "text"}:
            number = _general(abs(value) if unsigned else value, section.numerals)
            return "".join(
                number if token.kind in {"general", "@"} else shown(token) for token in section.tokens
            ).strip()
        if section.kind == "literal":
            sign = "-" if value < 0 and not unsigned and section.tokens else ""
            return (sign + "".join(map(shown, section.tokens))).strip()
        amount = abs(decimal(value))
        if not amount.is_finite():
            return "#NUM!"
        if section.kind == "plain":
            text = plain(amount, section.tokens, section.plan).strip()
        else:
            text = (fraction_text if section.kind == "fraction" else power_text)(amount, section.tokens).strip()
        if section.numerals:
            text = section.numerals.one_by_one(text)
        return f"-{text}" if value < 0 and not unsigned else text

    def _section(self, value: float) -> tuple[_Section | None, bool]:
        """The section for *value*, and whether it shows a negative number without a minus sign."""
        numeric = self.numeric
        if self.conditional:
            for section in numeric:
                if section.holds(value):
                    rest = section.condition is None and numeric[0].above_zero
                    return section, section.below_zero_only or rest
            return None, False
        if value < 0 and len(numeric) > 1:
            return numeric[1], True
        if value == 0 and len(numeric) > 2:
            return numeric[2], False
        return numeric[0], False


_PLAIN = frozenset({None, "", "General", "GENERAL", "general", "@", "G/通用格式"})


@dataclass(slots=True)
class _Draft:
    """A section while its format is read; *mark* is the digit behind ``DBNum``."""

    tokens: list[Token] = field(default_factory=list)
    condition: tuple[str, float] | None = None
    locale: str = ""
    mark: str = ""

    def take(self, match: re.Match[str]) -> None:
        """The next piece of the format."""
        kind, text = match.lastgroup or "", match[0]
        if kind in {"quoted", "escaped", "marked"}:
            self.tokens.append(Token("literal", match[kind]))
        elif kind in {"currency", "locale"}:
            self.locale = match["locale"] or self.locale
            self.tokens.append(Token("literal", match["currency"]))
        elif kind == "condition":
            parted = re.fullmatch(r"([<>=]+)(-?[\d.]+)", match["condition"])
            if parted and re.fullmatch(r"-?\d+\.?\d*|-?\.\d+", parted[2]):
                self.condition = (parted[1], float(parted[2]))
        elif kind == "numerals":
            self.mark = match["numerals"]
        elif kind != "colour":
            self.tokens.append(Token(text if kind == "mark" else kind, text))

    def section(self) -> _Section:
        """The section as it was read; characters alone that are asked for are those of a number without a format."""
        if self.mark and not any(token.text for token in self.tokens):
            self.tokens.append(Token("general", "General"))
        numerals = numerals_of(self.mark, self.locale)
        return _Section(
            tuple(self.tokens), _kind(self.tokens), self.condition, self.locale, plan_of(self.tokens), numerals
        )


@lru_cache(4096)
def _format(number_format: str | None) -> _Format:
    drafts = [_Draft()]
    for match in _TOKEN.finditer(number_format or ""):
        if match[0] == ";":
            drafts.append(_Draft())
        else:
            drafts[-1].take(match)
    parsed = tuple(draft.section() for draft in drafts[:4])
    numeric = parsed[:3]
    if 1 < len(parsed) < 4 and numeric[-1].kind == "text":
        numeric = numeric[:-1]
    return _Format(parsed, numeric, any(section.condition for section in numeric))


def _general(value: float, numerals: Numerals | None) -> str:
    """*value* without a format, or as it is said in Chinese: 壹佰贰拾叁.伍 for 123.5."""
    text = general(value)
    if numerals is None or not math.isfinite(value):
        return text
    whole, point, rest = (f"{decimal(abs(value)):f}" if "E" in text else text.lstrip("-")).partition(".")
    return f"{'-' if value < 0 else ''}{numerals.spoken(whole)}{point}{numerals.one_by_one(rest)}"


def _kind(tokens: list[Token]) -> str:
    kinds = {token.kind for token in tokens}
    parts = [token.kind for token in tokens if token.kind in {"elapsed", "moment", "half"}]
    if "elapsed" in parts[1:]:
        return "odd"  # Excel takes no count of hours or minutes behind another part
    if "elapsed" in kinds or (parts and not kinds & {"general", "@"}):
        return "date"
    for sign, kind in (("@", "text"), ("general", "general")):
        if sign in kinds:
            return kind
    if "digit" not in kinds:
        return "literal"
    return "power" if "exponent" in kinds else "plain" if slash(tokens) is None else "fraction"
