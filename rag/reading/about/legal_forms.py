"""The legal form of a company, as its name says it; and the name without it."""

import re

_SUFFIX = (
    r"(?:Incorporated|Inc|Corporation|Corp|Company|Co|Limited|Ltd|L\.?L\.?C|P\.?L\.?C|L\.?P|LLP|N\.?V|S\.?A|S\.?E|A\.?G|AB"
    r"|ASA|A/S|Oyj|S\.?p\.?A|GmbH|Bhd|Berhad|Pte|Pty|Holdings?|Group|Bancorp|Trust)"
)
_LEGAL = re.compile(rf"(?:[\s,]+(?:&\s*)?{_SUFFIX}\b\.?)+\s*$", re.IGNORECASE)
BRACKETS = re.compile(r"\s*[(（][^()（）]{0,80}[)）]\s*$")
CHINESE_LEGAL = r"(?:股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|集團公司)"


def ends_in_legal_form(name: str) -> bool:
    """Whether *name* says at its end of which legal form a company is, and is no phrase about ``the Group``."""
    return re.search(rf"{CHINESE_LEGAL}$", name) is not None or (
        _LEGAL.search(name) is not None and not re.search(r"\b(?:the|our|parent) \w+$", name, re.IGNORECASE)
    )


def bare(name: str) -> str:
    """*name* without what says of which legal form it is."""
    short = re.sub(rf"{CHINESE_LEGAL}$", "", name)
    if short != name:
        return short
    short = _LEGAL.sub("", BRACKETS.sub("", name))
    short = re.sub(r"^the\s+", "", short, flags=re.IGNORECASE).strip(" ,.&/")
    return short if len(short) > 1 else name
