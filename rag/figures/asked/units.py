"""Units of money as heads print them without brackets: ``£m``, ``HK$'000``, 千港元."""

import re

_CURRENCY = r"(?:us|hk|nt|s|a|c)?\$|[£€¥]|rmb|usd|hkd|eur|gbp|cny"
_SCALE = r"(?:millions?|thousands?|billions?|mn|bn|m|k|['’]?000s?)(?![a-z0-9])"
_MONEY = re.compile(
    rf"(?<![a-z0-9])(?:{_CURRENCY})\s*{_SCALE}"
    r"|(?<![\u4e00-\u9fff])(?:人民币)?[十百千万亿]*(?:港|美|欧|日|新台币)?元(?![\u4e00-\u9fff])",
    re.IGNORECASE,
)


def unit_in(text: str) -> str:
    """The unit of money that *text* says besides other words; empty where it says none."""
    match = _MONEY.search(text)
    return match[0] if match else ""


def without_unit(text: str) -> str:
    """*text* without such units."""
    return " ".join(_MONEY.sub(" ", text).split())
