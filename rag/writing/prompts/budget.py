"""How many tokens a text may cost, and how one that costs too many is cut."""

import math
import re
from collections.abc import Callable

from rag.language import HAN

Count = Callable[[str], int]
"""How many tokens a text is, about."""

_HAN = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef]")
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[^\w\s]")
_GAP = "\n[…]\n"


def estimate_tokens(text: str) -> int:
    """About as many tokens as a model makes of *text*, rather too many than too few.

    A digit is a token (as in Qwen, which deepseek-r1 is made from), so tables cost far more than prose of their length.
    """
    digits = len(_DIGIT.findall(text))
    plain = _DIGIT.sub("", text)
    han = len(_HAN.findall(plain))
    signs = len(_SIGN.findall(_HAN.sub("", plain)))
    return math.ceil(digits + han * 0.75 + signs * 0.75 + (len(plain) - han - signs) / 3.8)


def shortened(text: str, room: int, count: Count) -> str:
    """*text* in at most *room* tokens: its beginning and its end, where a question is asked, with ``[…]`` between."""
    if count(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if count(_without_middle(text, middle)) <= room:
            low = middle
        else:
            high = middle - 1
    return _without_middle(text, low) if low else ""


def _without_middle(text: str, length: int) -> str:
    """The first two thirds of *length* characters and the last third, whole words where words have spaces."""
    front, back = text[: length * 2 // 3], text[len(text) - (length - length * 2 // 3) :]
    cut = max(front.rfind(mark) for mark in " \n。；，")
    front = front[: cut + 1] if cut > len(front) * 0.8 else front
    starts = [at for mark in " \n。；，" if (at := back.find(mark)) >= 0]
    back = back[min(starts) + 1 :] if starts and min(starts) < len(back) * 0.2 else back
    return front.rstrip() + _GAP + back.lstrip()
