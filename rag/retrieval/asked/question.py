"""What a question asks for: its terms without the words that every question is made of."""

import re
from collections.abc import Iterable
from itertools import islice

from rag.language import Terms, folded, terms

MOST = 64  # of each kind: enough for any question; a pasted page must not search for all its words

_ENGLISH = frozenset(
    """
    a about all also am an and any are as at be been being but by can could did do does for from give given had has
    have her him his how i if in into is it its me my no not of on or our please shall she should so some such tell than
    that the their them then there these they this those to us was we were what when where whether which who whom whose
    why will with would you your
    """.split()
)
_CHINESE = frozenset(
    """
    请问 请 告诉我 列出 请列出 列举 说明一下 是指什么 指的是什么 指什么 是指 是什么 是多少 有多少 是几 多少 什么
    甚么 哪些 哪一 哪个 哪里 何时 何谓 如何 怎样 怎么样 怎么 为什么 为何 是否 是不是 有没有 能否 可否 多大 多久 几个
    分别 我们 你们 他们 以及 或者 吗 呢 吧 的 了 請問 請 告訴我 請列出 列舉 說明一下 是指什麼 指的是什麼 指什麼
    是什麼 是幾 什麼 甚麼 哪個 哪裡 何時 何謂 怎樣 怎麼樣 怎麼 為什麼 為何 是不是 有沒有 幾個 分別 我們 你們 他們 嗎
    """.split()
)
_CHINESE_PHRASE = re.compile("|".join(sorted(_CHINESE, key=lambda phrase: (-len(phrase), phrase))))

_FOR_A_TABLE = re.compile(
    r"\b(?:which|what|any|where|find|list|show|name)\b(?:\W+\w+){0,6}?\W+"
    r"(?:(?:spread|work)?sheets?|tabs?|workbooks?|tables?|files?)\b"
    r"|(?:哪|什么|何|几)(?:[一些几]?[个張张份]?|里)(?:[^\W\d_]{0,6}?)(?:表|簿|文件|檔案)"
    r"|(?:表|簿|文件|数据|數據|资料|資料)(?:格|单|單)?(?:在|是)?(?:哪|什么地方|何处)",
    re.IGNORECASE,
)

_MANNER = re.compile(
    r"\bif [^.?!]{0,120}\b(?:not|n't)\b[^.?!]{0,80}?\s(?:state|say|tell|explain|answer|write)\b[^.?!]*"
    r"|(?<![^\s?!,(])(?:please )?"
    r"(?:round(?:ed)?(?: off| up)?|answer(?: me)?|express (?:it|your|the)"
    r"|(?:give|provide|state|show|return)(?: me| us)? (?:an?|the|your) (?:answer|response|solution|reply|result)s?)\b"
    r"[^?!()]*?\b(?:decimal|percent|percentage|million|billion|thousand|dollar|integer|word|sentence)s?\b"
    r"(?: (?:place|point|term)s?)?"
    r"|\([^()]{0,20}\bin\b[^()]*\b(?:millions?|billions?|thousands?|percents?|decimal|dollars)\b[^()]*\)",
    re.IGNORECASE,
)


def without_manner(question: str) -> str:
    """*question* without what tells how to answer it, as in which unit, rounded how, or what to say if there is none;
    as it is where nothing else is asked.
    """
    bare = _MANNER.sub(" ", question)
    return bare if asks_something(bare) else question


def asks_for_table(question: str) -> bool:
    """Whether *question* wants to know which table or sheet has something, rather than what stands there."""
    return _FOR_A_TABLE.search(question) is not None


def asked(question: str) -> Terms:
    """The distinct terms of *question* that are worth searching for, at most ``MOST`` of each kind, first come first.

    What is left when nothing but such words was asked ("what is it") is all of them.
    """
    question = without_manner(question)
    everything = terms(question)
    kept = _worth(question, everything)
    if kept.words or kept.grams or kept.numbers:
        return kept
    return Terms(_first(everything.words), _first(everything.grams), _first(everything.numbers))


def asks_something(question: str) -> bool:
    """Whether *question* has words beside those that every question is made of, and numbers."""
    kept = _worth(question, terms(question))
    return bool(kept.words or kept.grams)


def _worth(question: str, everything: Terms) -> Terms:
    return Terms(
        _first(word for word in everything.words if word not in _ENGLISH and word not in _CHINESE),
        _first(terms(_CHINESE_PHRASE.sub(" ", folded(question))).grams),
        _first(everything.numbers),
    )


def _first(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(found), MOST))
