"""Whether a text layer spells what a person sees: a font that does not say what its glyphs stand for spells rubbish.

Each font of a page is judged by itself, since each has its own table of characters.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rag.language import HAN

_NO_UNICODE = 128 | 256  # MuPDF's flags: the character is the number of a glyph, for want of anything better
_UNREADABLE = re.compile("\\(cid:\\d+\\)|[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x01-\x08\x0e-\x1f\x7f-\x9f]")
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3041-\u30ff]")
_LATIN_WORD = re.compile("[a-z]{2,}")
_ACCENTED = re.compile("[\xc0-\xff]")
_ELSEWHERE = re.compile("[\u0370-\u1dff\u2c00-\u2dff\ua000-\ud7ff\uf900-\ufdff]")  # letters neither Latin nor Chinese
_COMMON_WORDS = frozenset(
    """
    the of and to in for is on that by with as are be or from at this an not our we which has have was were will it
    its other all may any these their such total page note net item per than der die und von des den das mit auf ist
    le la les et des du une pour dans que el los las por con del una para di che il per non dei
    """.split()
)
_COMMON_PAIRS = frozenset(
    """
    th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld
    ur ro ri io ic ne me co ta ll ce ns ac el ma li om ch ct ec il la no pe ca be us ho di ut ss rs un lo em ts so wa
    ge we wh ee pr mo po su tr am ol ie ir ad ai ly ul im id ab ay ee pa do ev ot ke ex ss fo fi ag op vi ef iv ow na
    ci ia mi ni sh ui ue ig cu cr rt os ap rd av rm if nc nu rn ev am tu um ev pl bl ga gi qu bu su sp up ob eg bi da
    """.split()
)
_ENOUGH_LETTERS = 40
_ENOUGH_HAN = 12
_ENOUGH_ODD, _ODD_KINDS, _ODD_SHARE = 40, 12, 0.06  # bullets and signs of mathematics are fewer, or alike
_SAMPLE = 1_000  # characters of a font that are looked at
_SHARE = 0.3  # of what is judged; a page that spells more rubbish than this is read by OCR as a whole


def is_garbled(runs: Iterable[Mapping[str, Any]]) -> bool:
    """Whether much of the text of a page, *runs* as ``extractDICT`` gives them, spells something else than it shows."""
    fonts = defaultdict[tuple[str, bool], list[str]](list)
    for run in runs:
        fonts[run["font"], run["char_flags"] & _NO_UNICODE != 0].append(run["text"])
    found = [(" ".join(texts), unknown) for (_, unknown), texts in fonts.items()]
    left = whole = sum([len(text) for text, _ in found])
    bad, most = 0, max(10, whole * _SHARE)
    for text, unknown in sorted(found, key=lambda one: -len(one[0])):
        if bad + left <= most or len(text) * 20 <= whole:
            break
        left -= len(text)
        sense = makes_sense(text[:_SAMPLE])
        if sense is False or (unknown and sense is None):
            bad += len(text)
    return bad > most or _in_small_fonts([text for text, unknown in found if unknown], whole)


def _in_small_fonts(texts: Iterable[str], whole: int) -> bool:
    """Whether what is spelt by numbers of glyphs, *texts* by their fonts, is a good part of *whole* characters: a page
    of Chinese may have a font for every few characters, of which none says much, and some spell them right.
    """
    odd = "".join("".join(text.split()) for text in texts if makes_sense(text[:_SAMPLE]) is not True)
    return len(odd) >= _ENOUGH_ODD and len(odd) > _ODD_SHARE * whole and len(set(odd)) >= _ODD_KINDS


def makes_sense(text: str) -> bool | None:
    """Whether *text* is writing in some language; ``None`` when it has too little to tell, as figures have."""
    plain = text.isascii() and text.isprintable() and "(cid:" not in text
    if not plain and _UNREADABLE.search(text):
        unreadable = sum(map(len, _UNREADABLE.findall(text)))
        if unreadable > max(5, 0.2 * (len(text) - text.count(" "))):
            return False
    if not text.isascii() and (sense := _foreign_sense(text)) is not None:
        return sense
    lower = text.lower()
    if len(_COMMON_WORDS.intersection(lower.split())) > 2:
        return True
    words = _LATIN_WORD.findall(lower)
    pairs = [word[at : at + 2] for word in words for at in range(len(word) - 1)]
    if len(pairs) < _ENOUGH_LETTERS:
        return None
    return sum(pair in _COMMON_PAIRS for pair in pairs) > _SHARE * len(pairs)


def _foreign_sense(text: str) -> bool | None:
    han = _HAN.findall(text)
    if len(han) >= _ENOUGH_HAN:
        if len(_KANA.findall(text)) > len(han) / 10:
            return True
        return sum(map(_common_han().__contains__, han)) > 0.75 * len(han)
    if elsewhere := _ELSEWHERE.findall(text):
        scripts = {unicodedata.name(letter, "none").split()[0] for letter in set(elsewhere)}
        if len(scripts) > 3 and len(elsewhere) > 10:
            return False
    accented = len(_ACCENTED.findall(text))
    if accented > 15 and accented > 0.4 * sum(map(str.isalpha, text)):
        return False
    return None


@cache
def _common_han() -> frozenset[str]:
    """The 3,755 and the 5,401 characters that the Chinese standards call the common ones (GB 2312, Big5)."""
    rows = [("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)), ("big5", range(0xA4, 0xC7), range(0x40, 0xFF))]
    return frozenset(
        bytes([first, second]).decode(charset, "ignore")
        for charset, leads, trails in rows
        for first in leads
        for second in trails
    ) - {""}
