"""Labels that say one thing in Chinese and in English, in one cell: ``营业收入 Revenue``."""

import re

from rag.language import HAN

_SIGNS = r"\d、：:（）()．.·%％"
_CHINESE = rf"[{_SIGNS}\s]*[{HAN}][{HAN}{_SIGNS}\s]*"
_ENGLISH = r"[A-Za-z][A-Za-z&'’,./()\- ]*[A-Za-z)]"
_BOTH = re.compile(rf"(?P<han>{_CHINESE}?)\s*[/|]?\s*(?P<latin>{_ENGLISH})(?P<after>\s*[(（][^()（）]*[)）])?\s*")
_ENGLISH_FIRST = re.compile(rf"(?P<latin>{_ENGLISH})\s*[/|\n]?\s*(?P<han>{_CHINESE})")
_LETTERS = re.compile(r"[A-Za-z]")
_SIGN = re.compile(f"[{HAN}]")
_FEWEST_LETTERS, _FEWEST_SIGNS = 4, 2


def both_languages(label: str) -> tuple[str, str] | None:
    """What *label* is in Chinese and in English; ``None`` where it is in one of them only, or has a name or a short
    form in the other (``IT 部门``, ``净利润 EBIT``).
    """
    match = _BOTH.fullmatch(label.strip()) or _ENGLISH_FIRST.fullmatch(label.strip())
    if match is None:
        return None
    chinese, english = match["han"].strip(" /|"), match["latin"].strip(" /|")
    shortened = english.isupper() and " " not in english
    if shortened or len(_LETTERS.findall(english)) < _FEWEST_LETTERS or len(_SIGN.findall(chinese)) < _FEWEST_SIGNS:
        return None
    return chinese, english
