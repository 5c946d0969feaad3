"""The name of a Chinese company, by what the first pages name most and label as its name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.language import HAN
from rag.reading.about.legal_forms import CHINESE_LEGAL, bare
from rag.reading.about.lines import Line, PageLines

_CHINESE_NAME = re.compile(rf"(?P<name>[{HAN}A-Za-z（）()·]{{2,30}}?{CHINESE_LEGAL})")
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
_EARLY = 12  # lines
_HEADING, _LABEL = 4, 50
_LONGEST_SHORT, _LONGEST_TITLE = 10, 60


def chinese_names(pages: Sequence[PageLines], name: str) -> list[str]:
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
