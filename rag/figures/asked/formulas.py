"""Figures by the names that people give them, or by the formula that a question tells, as the lines they are made of:
``毛利率``, ``effective tax rate``, ``free cash flow (cash from operations minus capital expenditures)``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rag.figures.asked.labels import GONE
from rag.figures.asked.statement_lines import FORMULAS, LINES, fits
from rag.records import Value

_SIGNS = re.compile(
    r"\s*(?:(?P<over>/|÷|\b(?:divided by|over|as an? (?:percent(?:age)?|%|share) of)\b|除以|占)"
    r"|(?P<less>\s[-–−]\s|\b(?:minus|less)\b|减去|减(?!值))"
    r"|(?P<times>[*×]|\btimes\b|乘以)|(?P<plus>\+|\bplus\b|加上)|(?P<open>\()|(?P<close>\)))\s*"
)
_ANY_LINE = "|".join(sorted((name for line in LINES.values() for name in line.names), key=len, reverse=True))
_TOLD = re.compile(
    r"(?:\b(?:(?:is|are|as|be) )?(?:defined|calculated|computed|measured) as\b|[=]|定义为|等于|计算公式为)\s*:?\s*"
    r"(?P<plainly>[^.?;。？；]+)"
    r"|(?P<within>\([^()]*(?:\b(?:minus|less|divided by|plus)\b| [-/+÷] |减去|除以)[^()]*\)(?:\s*/[^.?;,]+)?)"
    r"|,\s*(?P<after>[^,.?;]+ (?:over|divided by|minus) [^,.?;]+)"
    rf"|(?P<share>(?:{_ANY_LINE}) as an? (?:percent(?:age)?|%|share) of (?:the )?(?:{_ANY_LINE}))(?![a-z])"
    rf"|(?P<portion>(?:{_ANY_LINE})占(?:{_ANY_LINE})的?(?:比[例重率]|百分比|百分之[几多]少?))"
)
_AS_SQL = {"<less>": "-", "<plus>": "+", "<times>": "*"}
_SHARE_OF = re.compile("的?(?:比[例重率]|百分比|百分之[几多]少?)$")
_CALLED = re.compile(r"([a-z][a-z&%' -]{2,50}?)\s*(?:\([a-z]+\)\s*)?$")
_BETWEEN = re.compile(
    r"\bbetween\b.*|(?:\bfrom|\bin|\bon) (?:the )?(?:cash flow|income|balance|consolidated|p&l|statement).*"
)
_YEAR = re.compile(r"\b(?:fiscal(?: year)?|fy|year)? ?'?((?:19|20)\d\d)\b(?:年度?)?")
_ARTICLE = re.compile(r"^(?:the|its|total)\s+(?!assets|liabilities|current|equity)")


@dataclass(frozen=True, slots=True)
class Part:
    """A line that goes into a figure, by its key in ``LINES``: of the year, or *over* this and the one before: the mean
    of both, or the change.
    """

    line: str
    over: Literal["", "mean", "change"] = ""


@dataclass(frozen=True, slots=True)
class Both:
    """Two expressions with the sign that stands between them."""

    sign: str
    left: "Expression"
    right: "Expression"


Expression = Part | Both | float


@dataclass(frozen=True, slots=True)
class Formula:
    """A figure that a question asks for, by what it is called there, and what it is made of; *percent* is how it is
    read, *names* a pattern for what it is called by, and *told* the part of the question that tells the formula.
    """

    name: str
    expression: Expression
    percent: bool
    names: str
    told: str = ""

    def taken_from(self, text: str) -> str:
        """*text*, a part of the question, with the sign ``GONE`` for the figure and for its formula."""
        for words in filter(None, (self.told, self.name)):
            text = text.replace(words, GONE)
        return text


def formulas_in(text: str) -> list[Formula]:
    """The figures that *text* (made plain) may ask for: one that it tells the formula of, or several ways to make the
    one that it names, the likeliest first. None where it names several, or tells what cannot be understood.
    """
    told = next((match for match in _TOLD.finditer(text) if _SIGNS.search(match[0])), None)
    if told is not None and (told["share"] or told["portion"]):
        made = _parsed(_SHARE_OF.sub("", told["share"] or told["portion"]))
        return [Formula(told["share"] or told["portion"], made, True, "(?!)")] if made else []
    if told is not None:
        expression = _parsed(next(filter(None, told.groups())))
        name = _name_before(text[: told.start()])
        if expression is None or not name:
            return []
        percent = next((percent for names, _, percent in FORMULAS if re.fullmatch(names, name)), None)
        shown = bool(re.search(r"percent|%|margin|\brate\b|百分|率", text)) if percent is None else percent
        return [Formula(name, expression, shown, re.escape(name), told[0])]
    said = [(name, made, percent, names) for names, made, percent in FORMULAS if (name := _said(text, names))]
    # 净利率 stands in 销售净利率, and a margin in a gross margin.
    longest = [one for one in said if not any(one[0] != other[0] and one[0] in other[0] for other in said)]
    if len({name for name, _, _, _ in longest}) != 1:
        return []
    return [
        Formula(name, made, percent, names) for name, told_as, percent, names in longest if (made := _parsed(told_as))
    ]


def _said(text: str, names: str) -> str:
    found = re.search(rf"(?<![a-z])(?:{names})(?![a-z])(?!增|变|同比|环比)", text)
    return found[0] if found else ""


def _name_before(text: str) -> str:
    """What a formula is told of: the last words before it, or the name of a figure among them."""
    named = [found for names, _, _ in FORMULAS if (found := _said(text, names))]
    if named:
        return max(named, key=len)
    last = re.split(r"[.?;:,]\s*", text.rstrip(" (,:"))[-1]
    called = _CALLED.search(re.sub(r"^(?:.*\b(?:what (?:is|was)|calculate|compute|define|the|its)\b)?\s*", "", last))
    words = re.split(r" (?:of|in|for|at)(?: |$)", _YEAR.sub("", called[1] if called else last).strip())[0]
    return words if 2 < len(words) <= 50 else ""


def _parsed(text: str) -> Expression | None:
    tokens: list[str] = []
    end = 0
    for match in _SIGNS.finditer(text):
        tokens += [text[end : match.start()].strip(), f"<{match.lastgroup}>"]
        end = match.end()
    tokens = [token for token in (*tokens, text[end:].strip()) if token]
    try:
        expression, left = _sum(tokens)
    except (ValueError, IndexError, RecursionError):
        return None
    return expression if not left and isinstance(expression, Both) else None


def _sum(tokens: list[str]) -> tuple[Expression, list[str]]:
    return _chain(tokens, _product, ("<plus>", "<less>"))


def _product(tokens: list[str]) -> tuple[Expression, list[str]]:
    return _chain(tokens, _one, ("<over>", "<times>"))


def _chain(
    tokens: list[str], inner: Callable[[list[str]], tuple[Expression, list[str]]], signs: tuple[str, ...]
) -> tuple[Expression, list[str]]:
    made, rest = inner(tokens)
    while rest and rest[0] in signs:
        other, after = inner(rest[1:])
        made, rest = Both(rest[0], made, other), after
    return made, rest


def _one(tokens: list[str]) -> tuple[Expression, list[str]]:
    """:raises ValueError: when no line is called so"""
    if tokens[0] == "<open>":
        made, rest = _sum(tokens[1:])
        if rest[0] != "<close>":
            raise ValueError
        return made, rest[1:]
    words = _YEAR.sub(" ", _BETWEEN.sub(" ", re.sub(r"[\[\]]", " ", tokens[0])))
    words = " ".join(_ARTICLE.sub("", " ".join(words.split())).split()).strip(" ,")
    if re.fullmatch(r"\d{1,3}", words):
        return float(words), tokens[1:]
    mean = re.match(r"(?:the )?(?:average|mean)(?: of)?(?: the)?\s+|平均", words)
    change = re.match(r"(?:the )?change in(?: the)?\s+", words)
    start = mean or change
    called = words[start.end() :] if start else words
    key = called if called in LINES else next((key for key, line in LINES.items() if fits(line, called)), "")
    if not key:
        raise ValueError
    return Part(key, "mean" if mean else "change" if change else ""), tokens[1:]


def parts_of(expression: Expression) -> Iterator[Part]:
    """The lines that go into a figure, each once for each time that it does."""
    if isinstance(expression, Part):
        yield expression
    elif isinstance(expression, Both):
        yield from parts_of(expression.left)
        yield from parts_of(expression.right)


def as_sql(expression: Expression, of: Callable[[Part], str]) -> str:
    """*expression* as SQL; *of* gives that of a line."""
    if isinstance(expression, float):
        return f"{expression:g}"
    if isinstance(expression, Part):
        return f"ABS({of(expression)})" if LINES[expression.line].paid else of(expression)
    left, right = as_sql(expression.left, of), as_sql(expression.right, of)
    if expression.sign == "<over>":
        return f"{_whole(expression.left, left)} / NULLIF({right}, 0)"
    if expression.sign in {"<less>", "<times>"}:
        right = _whole(expression.right, right)
    left = _whole(expression.left, left) if expression.sign == "<times>" else left
    return f"{left} {_AS_SQL[expression.sign]} {right}"


def _whole(expression: Expression, sql: str) -> str:
    return f"({sql})" if isinstance(expression, Both) else sql


def below(expression: Expression) -> Iterator[Part]:
    """The lines by which others are divided."""
    if isinstance(expression, Both):
        yield from below(expression.left)
        yield from parts_of(expression.right) if expression.sign == "<over>" else below(expression.right)


def resolved(expression: Expression, names: Mapping[str, str]) -> dict[Part, str] | None:
    """Which of *names* (by themselves made plain) each line of *expression* is called by; ``None`` when one is missing,
    or it is wanted of two years.
    """
    found: dict[Part, str] = {}
    for part in parts_of(expression):
        patterns = LINES[part.line].names
        called = next((names[name] for one in patterns for name in names if re.fullmatch(one, name)), None)
        if called is None or part.over:
            return None
        found[part] = called
    return found


def sound(expression: Expression, values: Mapping[Part, Value]) -> bool:
    """Whether *values* may be set into *expression*: what is printed as negative is not to be taken away once more, and
    nothing is divided by less than nothing.
    """
    figures = {part: float(value) for part, value in values.items() if isinstance(value, float | int)}
    lines = {part: LINES[part.line] for part in figures}
    return (
        len(figures) == len(values)
        and all(
            value >= 0 or part.over == "change" or lines[part].signed or lines[part].paid
            for part, value in figures.items()
        )
        and all(figures[part] > 0 or part.over == "change" for part in below(expression))
    )


def names_formula(text: str) -> bool:
    """Whether *text* (made plain) names a figure that is made of others, or tells its formula."""
    return bool(formulas_in(text))
