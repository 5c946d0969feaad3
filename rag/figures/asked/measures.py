"""What figures measure: a question for hours, people or pieces is not answered by an amount of something else."""

import re
from collections.abc import Sequence

from rag.figures.asked.wishes import plain

_NO_NOUN = "more|less|fewer|times|percent|of|in|total|is|are|was|were|did|do|does|has|have|had|can|there"
_HOW_MANY = re.compile(
    rf"\bhow many (?!(?:{_NO_NOUN})\b)(?P<many>[a-z]{{3,}})|\bnumber of (?P<number>[a-z]{{3,}})"
    r"|(?:多少|有几|是几|共几)(?:个|位|名)?(?P<few>时间|工时|小时|分钟|天|人|件|台|套|吨|公斤|平方米|公里|次|家|种|条|笔|项)"
    r"|(?<!占)(?<!占总)(?P<noun>工时|时长|小时|人数|人员数|件数|次数|天数|数量|个数|面积|重量|单价|\b(?:hours|headcount|quantity|weight)\b)"
)
_KIND = re.compile(
    r"^(?:(?:total|net) )*(?:(interest) (?:and \w+ )?(?:income|expenses?|revenues?)\b"
    r"|(interest|fee|commission|provision|impairment|gain|loss|purchase|proceed|repayment|disposal)(?:s|es)?"
    r" (?:on|of|for|from)\b(?!.*\btax)|(change|increase|decrease)s? (?:\([a-z]+\) )?in\b)"
    r"|(利息|手续费)(?:及佣金)?净?(?:收入|支出|费用)$|(减值|跌价|坏账)(?:损失|准备)$"
)
"""A label that makes another figure of the things under it, or of those that it goes on to name."""
_HOW_LONG = re.compile(r"\bhow long\b|多久|多长")


def another_measure(left: str, *told: str) -> bool:
    """Whether what is *left* of a question (made plain) asks how many there are of something, or how long it takes,
    which what is *told* of the figures that it names does not say: how many hours, over a table of amounts.
    """
    if _HOW_LONG.search(left):
        return True
    about = plain(" ".join(told))
    nouns = (next(filter(None, match.groups())) for match in _HOW_MANY.finditer(left))
    return any(noun.removesuffix("s") not in about for noun in nouns)


def another_kind(text: str, path: Sequence[str], title: str) -> bool:
    """Whether the figures of a row are of a kind that *text*, the question, does not speak of: the deposits under
    *interest expense* are no deposits, and so is *interest expense on deposits*. *path* are its labels from the
    outermost, in a table with this *title*.
    """
    own = plain(path[-1])
    for label in map(plain, (title, *path)):
        found = _KIND.search(label)
        kind = next(filter(None, found.groups())) if found else ""
        if found and kind not in text and (label[found.end() :].strip() if label == own else kind not in own):
            return True
    return False
