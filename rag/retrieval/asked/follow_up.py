"""A question that leans on the one before it, made whole: whom, when and what it speaks of is taken from there.

The slots are those of questions for figures (entity, period, metric). A question that has what it needs stays as it is.
"""

import re
from collections.abc import Collection, Sequence

from rag.language import HAN, is_chinese
from rag.retrieval.asked.glossary import concepts, plain
from rag.retrieval.asked.question import asked

_LEAD = re.compile(
    r"\s*(?:(?:and|but|or|so|then|ok(?:ay)?|also|now)\b[\s,]*)*"
    r"(?:(?:what|how) about\b|same (?:for|question for)\b)?[\s,]*"
    r"(?:(?:那么?|还有|另外|再?那|以及|换成|对于)[，,\s]*)*",
    re.IGNORECASE,
)
_PARTICLES = re.compile(r"[\s呢吗嘛呀啊?？!！.。]+$")
_POINTS_BACK = re.compile(
    r"\b(?:its?|they|their|them|theirs|he|she|his|her|those|these|that|this|the (?:company|same)|there)\b"
    r"|它们?|他们?|她们?|其(?!他|它|中|余|次|实)|该(?:公司|集团|行|司|年|期|报告|项|产品)?|这(?:个|家|些|项|份|一)?|那(?:个|家|些|项|份)|同期|上述",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:(?:fiscal|financial|calendar)\s+(?:year\s+)?|fy\s?'?)?(?<![\d.,])(?:19|20)\d{2}(?!\d|[.,]\d)(?:\s?年度?)?"
    r"|(?<![a-z])fy\s?'?\d{2}(?!\d)|民[国國]\d{2,3}年",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?<![a-z\d])(?:q[1-4]|[1-4]q|h[12])(?![a-z\d])|(?:first|second|third|fourth)\s+(?:fiscal\s+)?(?:quarter|half)"
    r"|第?[一二三四1-4]季度?|[上下]半年",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:the\s+)?(?:last|previous|prior|preceding)\s+(?:fiscal\s+)?year|the year before(?: that)?|去年|上一?年|前一年",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r"(?:the\s+)?(?:next|following)\s+(?:fiscal\s+)?year|the year after(?: that)?|次年|[后下]一年", re.IGNORECASE
)
_DIGITS = re.compile(r"(?:19|20)\d{2}")
_NAME = re.compile(
    r"(?<![^\s(\"'“‘])(?:[A-Z][\w&'’.-]*|\d+[A-Z]\w*)(?:\s+(?:(?:of|and|&)\s+)?(?:[A-Z][\w&'’.-]*|\d+[A-Z]\w*))*"
)
_NO_NAME = re.compile(
    r"(?:what|which|who|whom|whose|how|when|where|why|is|are|was|were|do|does|did|has|have|had|can|could|in|on|of|for"
    r"|the|a|an|and|but|or|so|please|tell|give|list|show|name|compare|according|between|from|by|at|as|about|if|i"
    r"|fy\d*|q[1-4]|h[12]|us|usd|rmb|eps|ebitda|ebit|roe|roa|capex|opex|cogs|r&d)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_ASKS_IN_CHINESE = re.compile(
    r"请问|請問|请|告诉我|是多少|多少|是什么|什么|为什么|为何|哪些|哪个|哪里|如何|怎样|怎么|是否|有没有|几个|分别"
)
_GENERAL = frozenset("公司 本公司 集团 本集团 该公司 报告期 报告期内 它 其 文件 文档 报告 我们".split())
_SUBJECT = re.compile(rf"^[{HAN}A-Za-z（）()]{{2,24}}")
_WHY = re.compile(r"why|how come|为什么|为何|原因", re.IGNORECASE)
_MANY = 4  # terms; a question for a figure that has more of its own leans on nothing unless it says so
_SOME = 2  # the same, of one in another language than the question before
_EMPTY_WORDS = frozenset("ones one same too also much many else more year years quarter about again".split())


def completed(question: str, before: str, names: Collection[str] = ()) -> str:
    """*question* as it is understood after *before*; *names* are those of the entities that documents are about."""
    own, before = question.strip(), before.strip()
    if not before or not own:
        return own
    lead = _LEAD.match(own)
    leads = bool(lead and lead[0].strip()) or own.rstrip("?？ ").endswith("呢")
    bare = _PARTICLES.sub("", own[lead.end() if lead else 0 :]) or own
    period, named, metric = _periods(bare), _names(bare, names), concepts(bare)
    content = _content(bare, named)
    back = _POINTS_BACK.search(bare)
    # What follows two terms of the question itself points at them: the members of the board with their years of birth.
    points = back is not None and len(_content(bare[: back.start()], named)) < 2
    if not content and not named and (not metric or _WHY.search(bare)):
        return _with_period(before, bare) if period else f"{own} {before}"
    if not metric and named and not content:
        return _about(before, bare, names)
    enough = _MANY if is_chinese(own) == is_chinese(before) else _SOME
    figure_alone = bool(metric) and not named and not period
    if not (leads or points) and (len(content) > enough if figure_alone else len(content) > 1 or named):
        return own
    if not metric and (leads or _WHY.search(bare)) and not points:
        return f"{bare} {_without(before, [_YEAR, _QUARTER]) if period else before}"
    return _with_slots(own, bare, before, names, named=bool(named), period=bool(period))


def _with_slots(own: str, bare: str, before: str, names: Collection[str], *, named: bool, period: bool) -> str:
    """*own* with the entity and the period of *before*, as far as it has none itself."""
    carried = [] if named else _names(before, names) or _subject(before)
    if not period:
        carried += _periods(before)
    carried = [one for one in dict.fromkeys(carried) if plain(one) not in plain(own)]
    if carried:
        return f"{bare} {' '.join(carried)}"
    if named or period:
        return own
    return f"{own} {before}" if _POINTS_BACK.search(bare) or len(_content(bare, ())) <= 1 else own


def _with_period(before: str, bare: str) -> str:
    """*before*, asked of the period that *bare* names."""
    found = before
    asked_year = _YEAR.search(bare)
    known = _YEAR.search(before)
    digits = _DIGITS.search(known[0]) if known else None
    year = asked_year[0] if asked_year else ""
    if digits and not year:
        change = -1 if _YEAR_BEFORE.search(bare) else 1 if _YEAR_AFTER.search(bare) else 0
        year = str(int(digits[0]) + change) if change else ""
    if year and (number := _DIGITS.search(year)):
        year = number[0]
    if year and known:
        whole = _DIGITS.sub(year, known[0]) if digits else year
        found = _replaced(found, _YEAR, whole)
    quarter = _QUARTER.search(bare)
    if quarter and _QUARTER.search(before):
        found = _replaced(found, _QUARTER, quarter[0])
    missing = [part for part in (year, quarter[0] if quarter else "") if part and part not in found]
    if not year and not quarter:
        missing.append(bare)
    return f"{found} {' '.join(missing)}".strip()


def _replaced(text: str, pattern: re.Pattern[str], new: str) -> str:
    """*text* with *new* for the first match of *pattern*, and none of the others."""
    first = pattern.search(text)
    if first is None:
        return text
    return text[: first.start()] + new + pattern.sub("", text[first.end() :])


def _about(before: str, bare: str, names: Collection[str]) -> str:
    """*before*, asked of the entity that *bare* names."""
    old = _names(before, names) or _subject(before)
    found = before
    for number, name in enumerate(old):
        found = found.replace(name, "" if number else "\0", 1)
    period = _periods(bare)
    new = _without(bare, [_YEAR, _QUARTER]) if period else bare
    new = re.sub(r"^(?:for|in|at|of|with)\s+|\s+(?:for|in|at|of|with)$", "", new.strip(), flags=re.IGNORECASE)
    found = found.replace("\0", new) if "\0" in found else f"{found} {new}"
    return _with_period(found, " ".join(period)) if period else found


def _periods(text: str) -> list[str]:
    patterns = (_YEAR, _QUARTER, _YEAR_BEFORE, _YEAR_AFTER)
    return list(dict.fromkeys(match[0].strip() for pattern in patterns for match in pattern.finditer(text)))


def _names(text: str, known: Collection[str]) -> list[str]:
    """The entities that *text* names: those that are *known*, and what has capitals but does not begin a metric."""
    found = [name for name in sorted(known, key=len, reverse=True) if len(name) > 1 and name in text]
    found = [name for at, name in enumerate(found) if not any(name in longer for longer in found[:at])]
    metric_first = any(match.start() == 0 for one in concepts(text) for match in one.pattern.finditer(plain(text)))
    for match in _NAME.finditer(text):
        if metric_first and not match.start() and " " not in match[0]:
            continue
        words = [_POSSESSIVE.sub("", word).rstrip(".") for word in match[0].split()]
        while words and (_NO_NAME.fullmatch(words[0]) or _YEAR.fullmatch(words[0])):
            words.pop(0)
        while words and (_NO_NAME.fullmatch(words[-1]) or _YEAR.fullmatch(words[-1])):
            words.pop()
        name = " ".join(words)
        if name and not concepts(name) and not any(name in one for one in found):
            found.append(name)
    return found


def _subject(text: str) -> list[str]:
    """Whom a Chinese question speaks of: what stands before its period, its metric or the first 的."""
    if not is_chinese(text):
        return []
    start = _ASKS_IN_CHINESE.sub("", text).strip("，,。 ")
    ends = [match.start() for pattern in (_YEAR, _QUARTER, re.compile("的|在|于")) if (match := pattern.search(start))]
    ends += [match.start() for one in concepts(start) if (match := one.pattern.search(start))]
    match = _SUBJECT.match(start[: min(ends)]) if ends else None
    return [match[0]] if match and match[0] not in _GENERAL else []


def _content(text: str, named: Collection[str]) -> list[str]:
    """The terms of *text* that say what is asked, besides names and periods."""
    rest = _without(text, [_YEAR, _QUARTER, _YEAR_BEFORE, _YEAR_AFTER, _POINTS_BACK])
    for name in named:
        rest = rest.replace(name, " ")
    rest = _ASKS_IN_CHINESE.sub(" ", rest)
    if not re.search(r"\w", rest):
        return []
    words = [word for word in asked(rest).words if word not in _EMPTY_WORDS]
    return [word for word in words if not _NO_NAME.fullmatch(word)]


def _without(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return " ".join(text.split())
