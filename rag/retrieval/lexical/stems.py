"""English words without their endings: ``operations`` and ``operating`` are ``oper``.

Porter, "An algorithm for suffix stripping", Program 14 (3), 1980, with the two departures its author made later, and
without what it throws together of the words of business that are not the same: internal and international.
"""

import re
from functools import lru_cache

_PLAIN = re.compile(r"[a-z]{3,64}")
_SECOND = (
    "ational ate|tional tion|enci ence|anci ance|izer ize|bli ble|alli al|entli ent|eli e|ousli ous|ization ize"
    "|ation ate|ator ate|alism al|iveness ive|fulness ful|ousness ous|aliti al|iviti ive|biliti ble|logi log"
)
_THIRD = "icate ic|ative |alize al|iciti ic|ical ic|ful |ness "
_FOURTH = "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize"

_APART = re.compile(
    r"capitali[sz]|commun(?:ic|it)|customer|expensive|gener(?:al|at|ic)|internation|organi[sz](?![mt])|universit"
)
_WHOLE = frozenset("customs marketing news united".split())


def _endings(pairs: str) -> list[tuple[str, str]]:
    """Endings and what takes their place, the longest first: only the first that fits is tried."""
    parted = [pair.partition(" ") for pair in pairs.split("|")]
    return sorted(((ending, instead) for ending, _, instead in parted), key=lambda pair: -len(pair[0]))


_SECOND_STEP, _THIRD_STEP = _endings(_SECOND), _endings(_THIRD)
_FOURTH_STEP = sorted(_FOURTH.split(), key=len, reverse=True)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """*word* without its endings; one that is not of small English letters, or of fewer than three, stays as it is."""
    if not _PLAIN.fullmatch(word):
        return word
    if word in _WHOLE:
        return word
    if apart := _APART.match(word):
        return apart[0].replace("is", "iz")
    word = _plural(word)
    word = _past(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(word, _SECOND_STEP)
    word = _replaced(word, _THIRD_STEP)
    word = _without_suffix(word)
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _short_end(rest)):
            word = rest
    if word.endswith("ll") and _measure(word[:-1]) > 1:
        word = word[:-1]
    return word


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and _has_vowel(rest):
            if rest.endswith(("at", "bl", "iz")):
                return rest + "e"
            if _doubled(rest) and rest[-1] not in "lsz":
                return rest[:-1]
            return rest + "e" if _measure(rest) == 1 and _short_end(rest) else rest
    return word


def _replaced(word: str, endings: list[tuple[str, str]]) -> str:
    for ending, instead in endings:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + instead if _measure(rest) > 0 else word
    return word


def _without_suffix(word: str) -> str:
    for ending in _FOURTH_STEP:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if _measure(rest) > 1 and (ending != "ion" or rest.endswith(("s", "t"))):
                return rest
            return word
    return word


def _shape(word: str) -> str:
    """``c`` for each consonant, ``v`` for each vowel; a y after a consonant is one."""
    shape = ""
    for letter in word:
        vowel = letter in "aeiou" or (letter == "y" and shape.endswith("c"))
        shape += "v" if vowel else "c"
    return shape


def _measure(word: str) -> int:
    """How many times a consonant follows a vowel."""
    return _shape(word).count("vc")


def _has_vowel(word: str) -> bool:
    return "v" in _shape(word)


def _doubled(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _shape(word)[-1] == "c"


def _short_end(word: str) -> bool:
    """Whether it ends in consonant, vowel, consonant, the last being none of w, x and y."""
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"
