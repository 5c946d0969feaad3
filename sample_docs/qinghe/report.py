"""The whole report: sixteen pages, numbered from 1 after an unnumbered cover."""

from pathlib import Path

from typeset import Book

from qinghe import discussion, governance, profile, statements
from qinghe.look import LOOK

PARTS = (
    profile.cover,
    profile.notice,
    profile.profile,
    profile.key_figures,
    discussion.business,
    discussion.operations,
    discussion.expenses,
    discussion.outlook,
    governance.governance,
    governance.society,
    governance.shareholders,
    statements.audit,
    statements.balance,
    statements.income,
    statements.cash,
    statements.notes,
)


def write(path: Path) -> None:
    """Make the whole report."""
    book = Book(LOOK)
    for part in PARTS:
        part(book)
    labels: list[dict[str, object]] = [
        {"startpage": 0, "prefix": "", "style": "", "firstpagenum": 1},
        {"startpage": 1, "prefix": "", "style": "D", "firstpagenum": 1},
    ]
    book.save(path, "青禾智能装备股份有限公司2025年年度报告", "青禾智能装备股份有限公司（虚构）", "2025年度", labels)
