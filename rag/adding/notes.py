"""All notes on a document that was read: on its file, its pages, and the pages together."""

from collections.abc import Iterable

from rag.reading.page_report import FAILED, PageFacts, notes_on_pages
from rag.records import DocumentKind, LeafReport, Note


def notes_of(kind: DocumentKind, of_file: Iterable[Note], leaves: Iterable[LeafReport], *, over: bool) -> list[Note]:
    """The notes on a document; until its reading is *over*, some pages may still wait for OCR."""
    reports = sorted(leaves, key=lambda report: report.number)
    notes = [*of_file, *(note for report in reports for note in report.notes)]
    return [*notes, *notes_on_pages(map(_facts, reports), deep=over)] if kind == "pdf" else notes


def _facts(report: LeafReport) -> PageFacts:
    failed = any(note.code in FAILED for note in report.notes)
    return PageFacts(report.number, report.kind, report.characters > 0, report.hidden, report.confidence, failed)
