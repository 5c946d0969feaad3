"""The number that a cell of a table prints: brackets, dashes, signs of currency, full-width digits, 万 and 亿."""

import re
from decimal import Decimal

_LONGEST = 60
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥", 0xFFE1: "£", 0x3000: " "}
_CURRENCY = r"(?:(?:US|HK|NT|[RACS])?[$€£¥]|RMB|CNY|USD|EUR|GBP|HKD|JPY|人民币|人民幣|港币|港幣|美元)"
_SCALES = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mn": 10**6,
    "bn": 10**9,
}
_OLD_SIGNS = str.maketrans("萬億", "万亿")
_DASHES = r"\-–—−‐‑―"
_NUMBER = re.compile(
    rf"""
    (?:\([a-z]\)\s+)?(?:\*{{1,3}}\s*)?
    (?P<minus>[+{_DASHES}]?)\s*{_CURRENCY}?\s*(?P<open>\()?\s*{_CURRENCY}?\s*(?P<inner>[+{_DASHES}]?)\s*{_CURRENCY}?\s*
    (?P<whole>(?:
        [1-9][0-9]{{0,2}}(?:,[0-9]{{2,3}})*,[0-9]{{3}}
        |[1-9][0-9]{{0,2}}(?:\ [0-9]{{3}}){{2,}}
        |[1-9][0-9]{{0,2}}(?:[\u00a0\u2009\u202f][0-9]{{3}})+
        |0|[1-9][0-9]*
    )?)
    (?P<decimals>(?:\.[0-9]+)?)
    \s*(?P<scale>{"|".join(sorted(_SCALES, key=len, reverse=True))})?
    \s*(?:元|美元|港元|欧元|歐元|日元|[$€£¥])?
    \s*(?P<percent>[%‰])?\s*(?P<close>\))?\s*(?P<after>[%‰])?(?P<behind>[{_DASHES}]?)
    (?:[*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹]+|\s+[*†‡§]+|\s+[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:,[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*|\s*\([a-z]\)|\s*\([0-9]\))*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NIL = re.compile(rf"{_CURRENCY}?\s*[{_DASHES}]+\s*%?")


def number_of(text: str) -> float | None:
    """The number that *text* is, and nothing but that; ``None`` where it is words, a code or a date.

    ``(123)`` is negative, ``12.3%`` is 0.123 as a workbook stores it, ``3.5万`` is 35000, and a dash alone is 0: it
    is how statements print nil. Marks of notes around a number do not count: ``(d) 684``, ``1,234(1)``. ``1,234-`` is
    negative. ``007`` is a code, and so may be ``600 519``; ``1 649 692`` is a number.
    """
    plain = text.translate(_FULL_WIDTH).translate(_OLD_SIGNS).strip()
    if not plain or len(plain) > _LONGEST:
        return None
    if _NIL.fullmatch(plain):
        return 0.0
    match = _NUMBER.fullmatch(plain)
    if match is None or not (match["whole"] or match["decimals"]) or bool(match["open"]) != bool(match["close"]):
        return None
    if (match["percent"] and match["after"]) or (match["behind"] and (match["minus"] or match["open"])):
        return None
    amount = Decimal(re.sub(r"[^0-9]", "", match["whole"]) + match["decimals"])
    if match["scale"]:
        amount *= _SCALES[match["scale"].lower()]
    amount /= {"%": 100, "‰": 1000}.get(match["percent"] or match["after"] or "", 1)
    signs = [match["minus"], match["inner"], match["behind"]]
    negative = match["open"] is not None or any(sign and sign != "+" for sign in signs)
    return -float(amount) if negative and amount else float(amount)
