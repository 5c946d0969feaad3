"""The whole report: 24 pages, numbered in three ways after an unnumbered cover."""

from pathlib import Path

from typeset import Book

from harbourlight import finances, notes, overview, responsibility, risk, statements, strategy
from harbourlight.look import LOOK

PARTS = (
    overview.cover,
    overview.contents,
    overview.letter,
    overview.glance,
    strategy.business,
    strategy.segments,
    strategy.markets,
    finances.review,
    finances.liquidity,
    risk.risks,
    responsibility.people,
    responsibility.environment,
    responsibility.governance,
    statements.auditor,
    statements.income,
    statements.balance,
    statements.cash,
    statements.equity,
    notes.basis_and_revenue,
    notes.segments_and_assets,
    notes.leases_debt_and_tax,
    notes.remaining_notes,
)


def write(path: Path) -> None:
    """Make the whole report."""
    book = Book(LOOK)
    for part in PARTS:
        part(book)
    labels: list[dict[str, object]] = [
        {"startpage": 0, "prefix": "", "style": "", "firstpagenum": 1},
        {"startpage": 1, "prefix": "", "style": "r", "firstpagenum": 1},
        {"startpage": 5, "prefix": "", "style": "D", "firstpagenum": 1},
        {"startpage": 15, "prefix": "F-", "style": "D", "firstpagenum": 1},
    ]
    book.save(
        path,
        "Harbourlight Instruments plc: Annual Report 2025",
        "Harbourlight Instruments plc (invented)",
        "Annual report for the year ended December 31, 2025",
        labels,
    )
