"""What a document is about, and what a page of it holds: read off its first pages, set right by hand."""

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


@dataclass(frozen=True, slots=True)
class About:
    """Whom a document is about, and when; empty where it is not known.

    *names* are those of the one entity it is about, the fullest first; *codes* are its tickers or stock codes. *year*
    is the fiscal year that is reported on, *quarter* 1 to 4 where it is only a part of it. *language* is ``zh`` or
    ``en``, *currency* as in ISO 4217, *unit* what numbers are counted in, as printed. The fields that are named in
    *by_hand* were set by a person, and no reading changes them; *tags* are always a person's.
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
