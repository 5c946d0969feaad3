"""The codes that the shares of a company are traded under: tickers, and the numbers of Chinese stock exchanges."""

import re
from collections.abc import Sequence

from rag.reading.about.lines import Line, PageLines

_MARKET = (
    r"(?:NYSE(?: American| Arca)?|N(?:asdaq|ASDAQ)(?:GS|GM|CM)?|LSE|AIM|TSXV?|ASX|NZX|HKEX|SEHK|HKG|SSE|SZSE|SHSE|SHA"
    r"|SHE|TWSE|TPEX|TSE|JSE|BSE|NSE|SGX|XETRA|ETR|FRA|Euronext(?: \w+)?|EPA|AMS|SIX|OTC\w*|New York Stock Exchange"
    r"|HK|Hong Kong Stock Exchange)"
)
TRADED = re.compile(rf"\(\s*(?:the\s+)?{_MARKET}\s*[:：]\s*(?P<code>[A-Z0-9][A-Z0-9.\-]{{0,9}})\b[^()]{{0,60}}\)")
_SYMBOL_HEAD = re.compile(r"(?:trading|ticker)\s*symbols?", re.IGNORECASE)
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:[.\-][A-Z]{1,2})?")
_SHARES = re.compile(r"common|ordinary|class [ab]\b|american depositary|\bads\b|capital stock|units?\b", re.IGNORECASE)
_DEBT = re.compile(r"\bnotes?\b|debenture|preferred|preference|\bdue\b|warrant|depositary shares, each", re.IGNORECASE)
_IN_LINE = re.compile(
    r"(?P<code>[A-Z]{1,5}(?:\.[A-Z])?)\s+(?:The\s+)?(?:New York Stock Exchange|NYSE\b|N(?:ASDAQ|asdaq)\b|Chicago Stock)"
)
_NOT_A_SYMBOL = frozenset("USD NYSE THE STOCK VALUE NEW AND PAR NONE N A LLC INC PER SHARE".split())
_CHINESE_CODE = re.compile(
    r"(?:证券|股票|公司|股份|證券|上市)\s*(?:代\s*[码碼号號])(?:\s*[（(][^（()）]{0,8}[)）])?\s*[:：]?\s*"
    r"(?P<code>\d{4,6}(?:\.[A-Z]{2})?(?:\s*[、,，/和]\s*\d{4,6}(?:\.[A-Z]{2})?)*)"
)
_CODE_HEAD = re.compile(r"(?:证券|股票|證券|A\s*股|H\s*股)(?:代[码碼号號])")
_A_CODE = re.compile(r"\d{4,6}(?:\.[A-Z]{2})?")
_H_CODE = re.compile(r"\b[Ss]tock\s+[Cc]odes?\s*[:：]?\s*(?P<code>\d{1,6}(?:\.HK)?)")
_MOST_CODES = 3


def codes_of(pages: Sequence[PageLines]) -> tuple[str, ...]:
    """The tickers or stock codes of the shares, as the first *pages* print them."""
    found: list[str] = []
    for page in pages:
        found += _of_symbol_table(page.lines)
    if not found:
        for page in pages[:3]:
            found += _of_lines(page.lines)
    return tuple(dict.fromkeys(found))[:_MOST_CODES]


def _of_symbol_table(lines: Sequence[Line]) -> list[str]:
    """The cells under "Trading Symbol" of shares; where no row says so, the first."""
    for at, line in enumerate(lines):
        column = next(
            (each for each, cell in enumerate(line.cells) if _SYMBOL_HEAD.fullmatch(cell.strip("() ").rstrip("s)("))),
            None,
        )
        if column is None:
            column = next(
                (each for each, cell in enumerate(line.cells) if _SYMBOL_HEAD.search(cell) and len(cell) < 40), None
            )
        if column is None:
            continue
        rows = [each for each in lines[at + 1 : at + 12] if each.cells]
        kept = [
            code for row in rows if _SHARES.search(row.text) and not _DEBT.search(row.text) for code in _symbols(row)
        ]
        if kept or (rows and (kept := _symbols(rows[0]))):
            return kept
    return []


def _symbols(row: Line) -> list[str]:
    whole = [cell for cell in row.cells if _SYMBOL.fullmatch(cell) and cell not in _NOT_A_SYMBOL]
    return whole or [match["code"] for match in _IN_LINE.finditer(row.text) if match["code"] not in _NOT_A_SYMBOL]


def _of_lines(lines: Sequence[Line]) -> list[str]:
    found: list[str] = []
    for at, line in enumerate(lines):
        found += [match["code"] for match in TRADED.finditer(line.text)]
        for match in _CHINESE_CODE.finditer(line.text):
            found += _A_CODE.findall(match["code"])
        found += [match["code"] for match in _H_CODE.finditer(line.text)]
        head = next((each for each, cell in enumerate(line.cells) if _CODE_HEAD.search(cell)), None)
        if head is not None:
            for row in lines[at + 1 : at + 4]:
                found += [cell for cell in row.cells if _A_CODE.fullmatch(cell)][:1]
        if _SHARES.search(line.text) and not _DEBT.search(line.text) and len(line.text) < 200:
            found += [m["code"] for m in _IN_LINE.finditer(line.text) if m["code"] not in _NOT_A_SYMBOL]
    return found
