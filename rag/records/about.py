"""What a document is about, and what a page of it holds: read off its first pages, set right by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DocumentType = Literal[
    "",
    "annual report",
    "half-year report",
    "quarterly report",
    "current report",
    "earnings release",
    "prospectus",
    "policy",
    "contract",
    "presentation",
    "paper",
    "manual",
    "data",
    "proxy statement",
    "sustainability report",
]

PageTopic = Literal[
    "",
    "cover",
    "contents",
    "balance sheet",
    "income statement",
    "comprehensive income",
    "cash flow",
    "equity",
    "notes",
    "discussion",
    "business",
    "risks",
    "governance",
    "audit",
    "exhibits",
    "signatures",
]

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class About:
    """Whom a document is about, and when; empty where it is not known.

    *names* are those of the one entity it is about, the fullest first; *codes* are its tickers or stock codes. *year*
    is the fiscal year that is reported on, *quarter* 1 to 4 where it is only a part of it. *language* is ``zh`` or
    ``en``, *currency* as in ISO 4217, *unit* what numbers are counted in, as printed. *title* is what it calls itself,
    where that says more than whose it is and of when. The fields that are named in *by_hand* were set by a person, and
    no reading changes them; *tags* are always a person's.
    """

    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    type: DocumentType = ""
    year: int | None = None
    quarter: int | None = None
    language: str = ""
    currency: str = ""
    unit: str = ""
    tags: tuple[str, ...] = ()
    by_hand: frozenset[str] = frozenset()
    title: str = ""

    @property
    def name(self) -> str:
        """The name that people use: the first short form, else the full one; empty where none is known."""
        return self.names[1] if len(self.names) > 1 else "".join(self.names[:1])

    @property
    def called(self) -> str:
        """What it is called in a line about it: the product of a policy, else whom it is about, else its title."""
        return self.title[:_LONGEST] if self.title and (self.type == "policy" or not self.names) else self.name


_TYPES_IN_CHINESE: Mapping[DocumentType, str] = {
    "annual report": "年度报告",
    "half-year report": "半年度报告",
    "quarterly report": "季度报告",
    "current report": "临时报告",
    "earnings release": "业绩公告",
    "prospectus": "招股说明书",
    "policy": "保险条款",
    "contract": "合同",
    "presentation": "演示文稿",
    "paper": "论文",
    "manual": "手册",
    "proxy statement": "股东大会资料",
    "sustainability report": "可持续发展报告",
}


def line_of(about: About) -> str:
    """``Kestrel Air (KSA) · annual report 2022``, or ``云杉科技 600000 · 2022年年度报告``: what a document is about, in
    its own language and in a few words; empty where nothing is known.
    """
    if about.language == "zh":
        who = " ".join(filter(None, [about.called, *about.codes[:1]]))
        when = f"{about.year}年" if about.year else ""
        if about.quarter and about.type == "half-year report":
            kind = "半年度报告"
        elif about.quarter:
            kind = f"第{'一二三四'[about.quarter - 1]}季度{'报告' if about.type == 'quarterly report' else ''}"
            kind += _TYPES_IN_CHINESE.get(about.type, "") if about.type != "quarterly report" else ""
        else:
            kind = _TYPES_IN_CHINESE.get(about.type, "")
        return " · ".join(filter(None, [who, f"{when}{kind}"]))
    code = "".join(about.codes[:1])
    who = f"{about.called} ({code})" if about.called and code else about.called or code
    quarter = f"Q{about.quarter}" if about.quarter and about.type != "half-year report" else ""
    kind = "" if about.type == "data" else about.type
    return " · ".join(filter(None, [who, " ".join(filter(None, [kind, quarter, str(about.year or "")]))]))
