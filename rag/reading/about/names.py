"""Whom a document is about: the names of one company or body, and the codes that its shares are traded under."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.language import HAN
from rag.reading.about.lines import Line, PageLines

_SUFFIX = (
    r"(?:Incorporated|Inc|Corporation|Corp|Company|Co|Limited|Ltd|L\.?L\.?C|P\.?L\.?C|L\.?P|LLP|N\.?V|S\.?A|S\.?E|A\.?G|AB"
    r"|ASA|A/S|Oyj|S\.?p\.?A|GmbH|Bhd|Berhad|Pte|Pty|Holdings?|Group|Bancorp|Trust)"
)
_LEGAL = re.compile(rf"(?:[\s,]+(?:&\s*)?{_SUFFIX}\b\.?)+\s*$", re.IGNORECASE)
_NAMED_IN_CAPITALS = re.compile(r"\b(?:INCORPORATED|INC|CORPORATION|CORP|COMPANY|LIMITED|LTD|HOLDINGS|GROUP|THE)\b")
_STRONG = re.compile(
    r"\b(?:Incorporated|Inc|Corporation|Corp|Company|Co|Limited|Ltd|L\.?L\.?C|P\.?L\.?C|N\.V|S\.A|S\.E|AG|SE|S\.p\.A|GmbH|Berhad)\.?,?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(（][^()（）]{0,80}[)）]\s*$")
_SUBSIDIARIES = re.compile(
    r",?\s+and\s+(?:its\s+)?(?:consolidated\s+)?(?:subsidiar(?:y|ies)|affiliates)(?:\s+compan(?:y|ies))?$",
    re.IGNORECASE,
)
_SMALL_CAPITALS = re.compile(r"\b([A-Z]) ([A-Z]{2,})\b")
_DOES = r"(?:[’']s|\s(?:is|was|has|had|will|may|offers|provides|believes|expects|sells|operates|continues|plans))\b"
_CHARTER = re.compile(r"exact name of (?:the )?(?:registrant|issuer|company)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"commission|transition period|fiscal year|for the|form\s|\bact\b|date of report|registrant|identification|report\b"
    r"|^\W*$|^\d+\b|mark one|or$|securities|washington, d",
    re.IGNORECASE,
)
_MARKET = (
    r"(?:NYSE(?: American| Arca)?|N(?:asdaq|ASDAQ)(?:GS|GM|CM)?|LSE|AIM|TSXV?|ASX|NZX|HKEX|SEHK|HKG|SSE|SZSE|SHSE|SHA"
    r"|SHE|TWSE|TPEX|TSE|JSE|BSE|NSE|SGX|XETRA|ETR|FRA|Euronext(?: \w+)?|EPA|AMS|SIX|OTC\w*|New York Stock Exchange"
    r"|HK|Hong Kong Stock Exchange)"
)
_TRADED = re.compile(rf"\(\s*(?:the\s+)?{_MARKET}\s*[:：]\s*(?P<code>[A-Z0-9][A-Z0-9.\-]{{0,9}})\b[^()]{{0,60}}\)")
_NAME_BEFORE = re.compile(
    r"((?:(?:[A-Z&][\w.&'’\-]*|&|of|and|the|de|du|la),?\s+){0,7}[A-Z][\w.&'’\-]*"
    r"(?:,?\s+(?:[A-Z]\w*|plc|ltd|inc|ag|se|nv|sa)\b\.?)?)\s*$"
)
_CALLED = re.compile(r"[\"“‘']([A-Z0-9][\w.&'’\- ]{1,40}?)[,.]?[\"”’']")
_ROLES = frozenset(
    "company corporation firm registrant we us our group issuer partnership trust bank fund parent board notes act"
    " annual meeting report agreement common stock seller buyer purchaser".split()
)
_SYMBOL_HEAD = re.compile(r"(?:trading|ticker)\s*symbols?", re.IGNORECASE)
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:[.\-][A-Z]{1,2})?")
_SHARES = re.compile(r"common|ordinary|class [ab]\b|american depositary|\bads\b|capital stock|units?\b", re.IGNORECASE)
_DEBT = re.compile(r"\bnotes?\b|debenture|preferred|preference|\bdue\b|warrant|depositary shares, each", re.IGNORECASE)
_IN_LINE = re.compile(
    r"(?P<code>[A-Z]{1,5}(?:\.[A-Z])?)\s+(?:The\s+)?(?:New York Stock Exchange|NYSE\b|N(?:ASDAQ|asdaq)\b|Chicago Stock)"
)
_SMALL_WORDS = frozenset("of and the de du la for & plc ltd inc ag se nv sa".split())
_NOT_A_SYMBOL = frozenset("USD NYSE THE STOCK VALUE NEW AND PAR NONE N A LLC INC PER SHARE".split())
_CHINESE_CODE = re.compile(
    r"(?:证券|股票|公司|股份|證券|上市)\s*(?:代\s*[码碼号號])(?:\s*[（(][^（()）]{0,8}[)）])?\s*[:：]?\s*"
    r"(?P<code>\d{4,6}(?:\.[A-Z]{2})?(?:\s*[、,，/和]\s*\d{4,6}(?:\.[A-Z]{2})?)*)"
)
_CODE_HEAD = re.compile(r"(?:证券|股票|證券|A\s*股|H\s*股)(?:代[码碼号號])")
_A_CODE = re.compile(r"\d{4,6}(?:\.[A-Z]{2})?")
_H_CODE = re.compile(r"\b[Ss]tock\s+[Cc]odes?\s*[:：]?\s*(?P<code>\d{1,6}(?:\.HK)?)")
_CHINESE_LEGAL = r"(?:股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|集團公司)"
_CHINESE_NAME = re.compile(rf"(?P<name>[{HAN}A-Za-z（）()·]{{2,30}}?{_CHINESE_LEGAL})")
_CHINESE_SHORT = re.compile(
    rf"(?:公司|证券|股票|證券|股份|中文)(?:的?中文)?\s*(?:简称|簡稱)\s*[:：]?\s*(?P<name>[{HAN}A-Za-z*]{{2,12}}?)"
    r"(?=公告|股票|证券|代码|编号|公司|[^\w*]|\d|$)"
)
_FULL_LABEL = re.compile(r"(?:公司)?(?:的)?(?:法定)?中文(?:名称|名稱)(?!简称|缩写|簡稱)")
_SHORT_LABEL = re.compile(r"(?:中文)?(?:简称|簡稱)")
_FOREIGN_LABEL = re.compile(r"(?:外文|英文)(?:名称|名稱)(?!缩写|縮寫|简称)")
_FOREIGN_SHORT_LABEL = re.compile(r"(?:外文|英文)(?:名称|名稱)?(?:缩写|縮寫|简称)")
_OTHERS = re.compile(
    r"会计师|會計師|事务所|事務所|证券(?:股份)?有限|律师|律師|信托|保荐|評價|評估|资产评估|交易所|交易及[结結]算|登记结算|结算有限"
)
_LEADS = re.compile(r"^(?:关于|對|对|与|與|和|及|由|为|為|是|在|向|本公司|公司名称|名称|本集团|以及|受|依|据|根据|其)+")
_TAIL = re.compile(r"(?:及其?子公司|及其附属公司|及附屬公司|及其控股子公司).*$")
_ADDRESSED = re.compile(r"公鉴|公鑒|编制单位|編製單位")
_NAMED_FILE = re.compile(
    rf"([{HAN}]{{2,12}})[：: \-]*(?:19|20)\d\d年?(?:年度|半年|第?.季|年报|中报)"
    r"|([A-Za-z][A-Za-z&.' \-]{1,40}?)[ \-]+(?:19|20)\d\d[ \-]*(?:q[1-4])?[ \-]*(?:10-?[kq]|8-?k|annual|earnings)\b",
    re.IGNORECASE,
)
_EXAMPLES = 4
_FEW = 600  # characters
_COVER_LINES = 25
_LONGEST_NAME = 8  # words
_EARLY = 12  # lines
_HEADING, _LABEL = 4, 50
_LONGEST_SHORT, _LONGEST_TITLE = 10, 60
_USED_ALONE = 5  # times
_MOST_NAMES, _MOST_CODES = 4, 3


def codes_of(pages: Sequence[PageLines]) -> tuple[str, ...]:
    """The tickers or stock codes of the shares, as the first *pages* print them."""
    found: list[str] = []
    for page in pages:
        found += _of_symbol_table(page.lines)
    if not found:
        for page in pages[:3]:
            found += _of_lines(page.lines)
    return tuple(dict.fromkeys(found))[:_MOST_CODES]


def names_of(pages: Sequence[PageLines], name: str) -> tuple[str, ...]:
    """The names of the one that the first *pages* are about, the fullest first; *name* is the file's, and is asked
    last: as ``Otter 2022 10K`` and 青荷纸业2022年年度报告 name a company.
    """
    found = _chartered(pages[:3]) or _traded(pages[:2]) or _chinese(pages, name) or _on_the_cover(pages[:2])
    if not found:
        match = _NAMED_FILE.match(name.replace("_", " "))
        return ((match[1] or match[2]).strip(" -"),) if match else ()
    text = "\n".join(line.text for page in pages for line in page.lines)
    full = _as_written(found[0], text)
    shorts = [*found[1:], *_called(full, text), *_used_alone(full, text), bare(full)]
    kept: dict[str, str] = {}
    for each in (full, *shorts):
        if len(each) > 1:
            kept.setdefault(each.casefold(), each)
    return tuple(kept.values())[:_MOST_NAMES]


def bare(name: str) -> str:
    """*name* without what says of which legal form it is."""
    short = re.sub(rf"{_CHINESE_LEGAL}$", "", name)
    if short != name:
        return short
    short = _LEGAL.sub("", _BRACKETS.sub("", name))
    short = re.sub(r"^the\s+", "", short, flags=re.IGNORECASE).strip(" ,.&/")
    return short if len(short) > 1 else name


def _chartered(pages: Sequence[PageLines]) -> list[str]:
    """The name above "(Exact name of registrant as specified in its charter)"."""
    for page in pages:
        for at, line in enumerate(page.lines):
            match = _CHARTER.search(line.text)
            if not match:
                continue
            above = [
                line.text[: match.start()].strip(" (_"),
                *(each.text for each in reversed(page.lines[max(0, at - 6) : at])),
            ]
            for text in above:
                candidate = text.strip(" _-–—*")
                if 1 < len(candidate) <= 90 and candidate[:1].isalnum() and not _NO_NAME.search(candidate):
                    return [candidate]
    return []


def _traded(pages: Sequence[PageLines]) -> list[str]:
    """The name before "(NYSE: ...)", and what it is called from there on."""
    for page in pages:
        for line in page.lines:
            match = _TRADED.search(line.text)
            before = match and _NAME_BEFORE.search(line.text[: match.start()])
            if match and before and (name := _trimmed(before[1])):
                return [name]
    return []


def _trimmed(name: str) -> str:
    words = name.strip(" ,").split()
    while words and (
        words[0].lower() in ("of", "and", "&", "de", "du", "la") or (words[0].endswith(".") and len(words) > 2)
    ):
        words = words[1:]
    return " ".join(words)


def _on_the_cover(pages: Sequence[PageLines]) -> list[str]:
    """A heading of the first pages that is the name of a company; on a cover of few words, any line of it."""
    for page in pages:
        few = page.number == 1 and sum(len(line.text) for line in page.lines) < _FEW
        for line in page.lines[:_COVER_LINES]:
            text = _SUBSIDIARIES.sub("", _BRACKETS.sub("", line.text)).strip(" ,")
            if (line.heads or line.runs or few) and _is_company(text):
                return [text]
    return []


def _is_company(text: str) -> bool:
    words = text.split()
    return (
        1 < len(words) <= _LONGEST_NAME
        and _STRONG.search(text) is not None
        and not _NO_NAME.search(text)
        and all(word[0].isupper() or not word[0].isalpha() or word in _SMALL_WORDS for word in words)
    )


def _called(full: str, text: str) -> list[str]:
    """What a text calls *full* from its first mention on: ``Full Name, Inc. ("Short" or the "Company")``."""
    found: list[str] = []
    start = 0
    for _ in range(_EXAMPLES):
        at = text.casefold().find(full.casefold(), start)
        if at < 0:
            break
        start = at + len(full)
        following = text[start : start + 160]
        opens = re.match(r"[^(\n]{0,60}?\(([^)\n]{1,140})", following)
        while opens:
            for match in _CALLED.finditer(opens[1]):
                called = re.sub(r"^the\s+", "", match[1], flags=re.IGNORECASE).strip(" ,.")
                if called.casefold() not in _ROLES and called.split()[0].casefold()[:3] == bare(full).casefold()[:3]:
                    found.append(called)
            following = following[opens.end() :]
            opens = re.match(r"\)\s*\(([^)\n]{1,140})", following)
    return found


def _as_written(name: str, text: str) -> str:
    """*name*, which may be set in capitals, as running text writes it."""
    name = _SMALL_CAPITALS.sub(r"\1\2", name)
    if not name.isupper():
        return _NAMED_IN_CAPITALS.sub(lambda match: match[0].capitalize(), name)
    loose = re.escape(name).replace(r",", ",?").replace(r"\ ", r"\s+")
    forms = Counter(match[0] for match in re.finditer(loose, text, re.IGNORECASE) if not match[0].isupper())
    if forms:
        return " ".join(forms.most_common(1)[0][0].split())
    short = bare(name)
    found = re.finditer(rf"\b{re.escape(short)}\b", text, re.IGNORECASE)
    parts = Counter(match[0] for match in found if not match[0].isupper())
    if parts and len(short) > len("AAA") and short in name:
        name = name.replace(short, parts.most_common(1)[0][0])
        return _NAMED_IN_CAPITALS.sub(lambda match: match[0].capitalize(), name)
    return name


def _used_alone(full: str, text: str) -> list[str]:
    """The beginning of a name that a text uses for all of it: "Kestrel is", and "Kestrel's"."""
    words = bare(full).split()
    for length in range(1, len(words)):
        short = " ".join(words[:length]).strip(" ,&")
        if len(short) > len("AAA") and len(re.findall(rf"\b{re.escape(short)}{_DOES}", text)) >= _USED_ALONE:
            return [short]
    return []


# ── codes ──


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
        found += [match["code"] for match in _TRADED.finditer(line.text)]
        for match in _CHINESE_CODE.finditer(line.text):
            found += _A_CODE.findall(match["code"])
        found += [match["code"] for match in _H_CODE.finditer(line.text)]
        head = next((each for each, cell in enumerate(line.cells) if _CODE_HEAD.search(cell)), None)
        if head is not None:
            for row in lines[at + 1 : at + 4]:
                found += [cell for cell in row.cells if re.fullmatch(r"\d{4,6}(?:\.[A-Z]{2})?", cell)][:1]
        if _SHARES.search(line.text) and not _DEBT.search(line.text) and len(line.text) < 200:
            found += [m["code"] for m in _IN_LINE.finditer(line.text) if m["code"] not in _NOT_A_SYMBOL]
    return found


# ── Chinese ──


def _chinese(pages: Sequence[PageLines], name: str) -> list[str]:
    """The company that headings, letters and labels name most; others are named in running text too."""
    counts: Counter[str] = Counter()
    labelled = _Labelled([], [])
    named: set[str] = set()
    for place, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            early = place == 0 and at < _EARLY
            for full, weight in _mentions(line, early=early):
                counts[full] += weight
                named |= {full} if weight >= _HEADING else set()
            labelled.add(line, counts)
    named |= {full for full, weight in counts.items() if weight >= _LABEL}
    for full in counts.keys() - named:
        del counts[full]
    if not counts:
        return []
    full = counts.most_common(1)[0][0]
    stem = re.match(rf"[{HAN}]{{2,}}", name)
    shorts = [*labelled.shorts, *([_shared(stem[0], full)] if stem else [])]
    known = [each for each in shorts if len(each) > 1 and each != full and not _OTHERS.search(each)]
    return [full, *known[:1], bare(full), *labelled.foreign[:1]]


class _Labelled(NamedTuple):
    """Names that stand beside what they are: short ones, and those in another language."""

    shorts: list[str]
    foreign: list[str]

    def add(self, line: Line, counts: Counter[str]) -> None:
        self.shorts.extend(match["name"] for match in _CHINESE_SHORT.finditer(line.text))
        if len(line.cells) != 2:
            return
        label, value = line.cells
        if _FOREIGN_SHORT_LABEL.search(label):
            self.foreign.append(value)
        elif _FOREIGN_LABEL.search(label):
            self.foreign.insert(0, value)
        elif _FULL_LABEL.search(label) and _CHINESE_NAME.search(value):
            counts[value] += _LABEL
        elif _SHORT_LABEL.search(label) and len(value) <= _LONGEST_SHORT:
            self.shorts.append(value)


def _mentions(line: Line, *, early: bool) -> Iterator[tuple[str, int]]:
    """The companies that *line* names, each with how much that says about whose document it is."""
    text = _TAIL.sub("", line.text)
    whole = line.heads or line.runs or (early and len(text) <= _LONGEST_TITLE and not line.text.endswith(("。", "；")))
    for match in _CHINESE_NAME.finditer(text):
        begins = match.start() == 0 and not line.cells
        full = _proper(match["name"] if begins and whole else _LEADS.sub("", match["name"]))
        if not full:
            continue
        if whole and begins:
            yield full, _HEADING * (2 if early else 1)
        elif _ADDRESSED.search(line.text[max(0, match.start() - 8) : match.end() + 8]):
            yield full, _HEADING
        else:
            yield full, 1


def _proper(name: str) -> str:
    full = name.replace("(", "（").replace(")", "）")
    full = full.rpartition("之子公司")[2]
    if (
        full.count("（") != full.count("）")
        or _OTHERS.search(full)
        or len(bare(full)) < 2
        or bare(full).startswith("（")
    ):
        return ""
    return full


def _shared(stem: str, full: str) -> str:
    """What *stem* begins with that *full* begins with too."""
    length = 0
    while length < min(len(stem), len(full)) and stem[length] == full[length]:
        length += 1
    return stem[:length] if length > 1 else ""
