"""The ways in which people say the name of a column, and patterns that find them in a question."""

import re
from collections.abc import Iterator

from rag.figures.asked.alike import ALIKE, ENDING
from rag.figures.asked.bilingual import both_languages
from rag.figures.asked.wishes import plain
from rag.figures.typed import TypedTable
from rag.language import HAN, has_han

_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_UNIT_AFTER = re.compile(r"[/、,，:：].*$")
_ASCII_WORD = re.compile(r"[a-z0-9][a-z0-9'&-]*")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_HEADCOUNT = "人数"
_HEADCOUNTS = (
    "人数 的人数 人员数 人员数量 人员的数量 人员人数 员工数 员工人数 员工数量 学历人数 学历的人数 学历人员数量".split()
)


def names_of(column: str) -> list[str]:
    """Every way in which a person may say the name of a column."""
    own, other = variants(column)
    return [*own, *other]


def variants(column: str) -> tuple[list[str], list[str]]:
    """The ways in which a person may say the name of a column: its own words, and other words for it."""
    name = plain(column)
    bare = " ".join(_IN_BRACKETS.sub(" ", name).split())
    forms = [name, bare, _UNIT_AFTER.sub("", bare).strip(), _last_word(bare)]
    forms += both_languages(bare) or ()
    forms += [_BETWEEN_HAN.sub("", one) for one in forms]
    forms += [form for one in forms if one.endswith(_HEADCOUNT) for form in _counted(one)]
    own = dict.fromkeys(filter(None, forms))
    other = {word: None for group in ALIKE if group & own.keys() for word in group if word not in own}
    return list(own), list(other)


def _counted(name: str) -> Iterator[str]:
    """How else a number of people is asked for: 博士及以上人员数量 of 博士以上人数."""
    stem = name.removesuffix(_HEADCOUNT)
    for start in dict.fromkeys((stem, re.sub(r"(?<!及)以上", "及以上", stem))):
        yield from (f"{start}{end}" for end in _HEADCOUNTS)


def _last_word(name: str) -> str:
    """The lowest of several heads, when it says something by itself."""
    last = name.rsplit(" ", 1)[-1]
    short = 1 if has_han(last[:1]) else 2
    return last if len(last) > short and not any(map(str.isdigit, last)) else ""


def whole(name: str) -> str:
    """A pattern for *name*: Chinese anywhere, other words as whole words, whatever their number."""
    if has_han(name):
        # 成本率 is another thing than 成本
        return rf"{re.escape(name)}(?!率|比(?![率例重值]))(?!周转)" if len(name) > 1 else "(?!)"
    words = [ENDING.sub("", word) or word for word in _ASCII_WORD.findall(name)]
    if not words or (len(words) == 1 and len(words[0]) < 2):
        return "(?!)"
    return r"(?<![a-z0-9])" + r"\W+".join(rf"{re.escape(word)}(?:ies|es|s|y|ed|e)?" for word in words) + r"(?![a-z0-9])"


def asked_for_each(name: str) -> str:
    """A pattern for asking for each of *name*, or for which of them: ``各地区``, ``by region``, ``哪个产品``."""
    if has_han(name):
        each = r"各个?|每个?|每一个?|按照?|不同|哪一?个?|哪些|哪家|哪位|分|最[高低大小多少好差]的"
        ranks = r"的?(?:排名|排行|分布|构成)"
        return rf"(?:{each}|(?<![a-z])(?:by|per|each) ?){re.escape(name)}(?:{ranks})?|{re.escape(name)}{ranks}"
    return rf"\b(?:by|per|each|every|across|which|what|all|among)\s+(?:the\s+|our\s+|of\s+the\s+)?{whole(name)}"


def spelt_out(text: str, table: TypedTable) -> str:
    """*text* with the names of columns in full of which it says the last sign only, where all their values end with it:
    哪家店 of the column 门店.
    """
    for at, column in enumerate(table.columns):
        name = plain(column.name)
        if column.kind != "text" or not re.fullmatch(f"[{HAN}]{{2,4}}", name) or name in text:
            continue
        values = (row[at] for number, row in enumerate(table.rows) if number not in table.totals)
        if table.rows and all(isinstance(value, str) and value.endswith(name[-1]) for value in values):
            text = re.sub(rf"(?<=[哪几每各的家间所]){name[-1]}(?![{HAN}]{{0,1}}名)", name, text)
    return text
