"""Labels of which several are said in short, by the words that they share: 经营、投资活动现金流量, 营业收入和成本."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from rag.language import HAN

_LABEL = re.compile(f"[{HAN}]{{4,}}")
_JOINS = "、|,|以及|和|与|及"
_GOES_ON = rf"(?![的有各分是为多呢在等增减占上下])[{HAN}]"
_MOST_SPELT = 8


def spelt_out(text: str, wholes: Sequence[str]) -> str:
    """*text* with those of *wholes* in full that it says in short beside another."""
    known = {whole for whole in wholes if _LABEL.fullmatch(whole)}
    for _ in range(_MOST_SPELT):
        spelt = next((found for whole in known if whole in text and (found := _once_more(text, whole, known))), "")
        if not spelt:
            break
        text = spelt
    return text


def _once_more(text: str, whole: str, known: AbstractSet[str]) -> str:
    """*text* with one more label in full, which stands beside *whole*; empty where none does."""
    for other in known - {whole}:
        for start in _short(other[::-1], whole[::-1]):
            found, count = re.subn(rf"{start[::-1]}(?=(?:{_JOINS}){whole})", other, text)
            if count and start[::-1] not in known:
                return found
        for end in _short(other, whole):
            found, count = re.subn(rf"(?<={whole})({_JOINS}){end}(?!{_GOES_ON})", rf"\g<1>{other}", text)
            if count and end not in known:
                return found
    return ""


def _short(label: str, beside: str) -> Iterator[str]:
    """*label* without what it begins with like *beside*, the shortest first, of two signs at least; read backwards for
    what they end with: 投资 and 筹资活动 share one sign more than the first of them is said without.
    """
    pairs = enumerate(zip(label, beside, strict=False))
    shared = next((at for at, (left, right) in pairs if left != right), min(len(label), len(beside)))
    yield from (label[at:] for at in range(shared, 1, -1) if len(label) - at > 1)
