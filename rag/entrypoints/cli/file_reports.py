"""What `read` reports of a file beside its words: what each page or sheet was, and what could not be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rag.entrypoints.cli.results import about_json, counted
from rag.entrypoints.reading_results import sentence
from rag.reading.about import Gathered, page_lines
from rag.reading.page_report import FAILED, PageFacts, facts_of, notes_on_pages
from rag.records import Extras, Figure, Leaf, Note, PageKind, PageTopic, Table, line_of

if TYPE_CHECKING:
    from rag.reading.sheets.sheet_cells import SheetCells, SheetDrawing  # brings openpyxl with it

_KINDS: tuple[PageKind, ...] = ("text", "scanned", "garbled", "blank")


@dataclass(slots=True)
class PagesReport:
    """What became of each page of a document."""

    count: int
    notes: list[Note]
    extras: Extras = field(default_factory=Extras)
    deep: bool = True
    pages: list[PageFacts] = field(default_factory=list)
    gathered: Gathered = field(default_factory=lambda: Gathered(""))
    topics: dict[PageTopic, list[int]] = field(default_factory=dict)
    failed: list[tuple[int, Note]] = field(default_factory=list)
    rotated: list[int] = field(default_factory=list)
    tables: int = 0
    figures: int = 0

    def watched(self, leaves: Iterable[Leaf]) -> Iterator[Leaf]:
        """*leaves*, each counted as it passes."""
        for leaf in leaves:
            self.notes += leaf.notes
            self.pages.append(facts_of(leaf))
            self.gathered.add(page_lines(leaf))
            if leaf.topic:
                self.topics.setdefault(leaf.topic, []).append(leaf.number)
            self.failed += [(leaf.number, note) for note in leaf.notes if note.code in FAILED]
            # A part that continues a table is not another table.
            self.tables += sum(isinstance(block, Table) and not block.continues for block in leaf.blocks)
            self.figures += sum(isinstance(block, Figure) for block in leaf.blocks)
            if leaf.rotation % 360:
                self.rotated.append(leaf.number)
            yield leaf

    def all_notes(self) -> Iterable[Note]:
        """The notes of reading, and those on the pages together."""
        yield from self.notes
        yield from notes_on_pages(self.pages, deep=self.deep)

    def json(self) -> dict[str, Any]:
        """The report of `read`."""
        read = [page for page in self.pages if not page.failed]
        kinds = {kind: [page.number for page in read if page.kind == kind] for kind in _KINDS}
        return {
            "pages": self.count,
            "pages_with_text": sum(page.words for page in read),
            "pages_without_text": [page.number for page in read if not page.words],
            **{f"pages_{kind}": numbers for kind, numbers in kinds.items()},
            "pages_rotated": self.rotated,
            "pages_failed": [{"page": page, "why": sentence(note)} for page, note in self.failed],
            "pages_with_hidden_text": [page.number for page in self.pages if page.hidden],
            "ocr_confidence": [
                {"page": page.number, "confidence": round(page.confidence, 3)}
                for page in self.pages
                if page.confidence is not None
            ],
            "tables": self.tables,
            "figures": self.figures,
            "about": about_json(self.gathered.about()),
            "topics": self.topics,
            **extras_json(self.extras),
            "notes": [sentence(note) for note in self.all_notes()],
        }

    def text_lines(self) -> list[str]:
        """The report as a person reads it."""
        counts = [counted(self.count, "page"), f"{sum(page.words for page in self.pages)} with text"]
        counts += [counted(self.tables, "table")]
        counts += [counted(self.figures, "figure")] if self.figures else []
        counts += [f"{len(self.rotated)} rotated"] if self.rotated else []
        about = filter(None, [line_of(self.gathered.about())])
        return [", ".join(counts), *about, *map(sentence, self.all_notes())]


def extras_json(extras: Extras) -> dict[str, Any]:
    """What the file holds beside the words of its pages."""
    return {
        "outline": [{"level": one.level, "title": one.title, "page": one.page} for one in extras.outline],
        "fields": [{"name": one.name, "kind": one.kind, "value": one.value, "page": one.page} for one in extras.fields],
        "annotations": [
            {"kind": one.kind, "text": one.text, "author": one.author, "page": one.page} for one in extras.annotations
        ],
        "links": [{"target": one.target, "page": one.page} for one in extras.links],
        "attachments": [{"name": one.name, "size": one.size} for one in extras.attachments],
    }


@dataclass(slots=True)
class SheetsReport:
    """What became of each sheet of a workbook."""

    sheets: int = 0
    hidden: list[str] = field(default_factory=list)
    cells: int = 0
    formulas: int = 0
    notes: list[Note] = field(default_factory=list)
    extras: list[tuple[str, Extras]] = field(default_factory=list)
    drawings: list[tuple[str, "SheetDrawing"]] = field(default_factory=list)

    def watched(self, sheets: Iterable["SheetCells"]) -> Iterator["SheetCells"]:
        """*sheets*, each counted when its cells were taken."""
        for sheet in sheets:
            self.sheets += 1
            self.hidden += [sheet.name] * sheet.hidden
            yield sheet
            self.cells += sheet.count
            self.formulas += sheet.formulas
            self.notes += sheet.notes
            self.extras.append((sheet.name, sheet.extras))
            self.drawings += ((sheet.name, one) for one in sheet.drawings)

    def json(self) -> dict[str, Any]:
        """The report of `read`."""
        return {
            "sheets": self.sheets,
            "sheets_hidden": self.hidden,
            "cells": self.cells,
            "formulas": self.formulas,
            **self._beside(),
            "notes": [sentence(note) for note in self.notes],
        }

    def text_lines(self) -> list[str]:
        """The report as a person reads it."""
        counts = [counted(self.sheets, "sheet"), counted(self.cells, "cell"), counted(self.formulas, "formula")]
        charts = sum(one.chart for _, one in self.drawings)
        counts += [counted(len(self.drawings) - charts, "picture")] if len(self.drawings) > charts else []
        counts += [counted(charts, "chart")] if charts else []
        return [", ".join(counts), *map(sentence, self.notes)]

    def _beside(self) -> dict[str, Any]:
        """What the workbook holds beside its cells, each with its sheet and area."""
        over = [(one, {"sheet": sheet, "area": one.area}) for sheet, one in self.drawings]
        remarks = [(one, {"sheet": sheet, "area": one.area}) for sheet, all_ in self.extras for one in all_.annotations]
        links = [(one, {"sheet": sheet, "area": one.area}) for sheet, all_ in self.extras for one in all_.links]
        lists = [(one, {"sheet": sheet, "area": one.name}) for sheet, all_ in self.extras for one in all_.fields]
        return {
            "figures": [where | {"caption": one.words} for one, where in over if not one.chart],
            "charts": [where | {"text": one.words} for one, where in over if one.chart],
            "annotations": [where | {"text": one.text, "author": one.author} for one, where in remarks],
            "links": [where | {"target": one.target} for one, where in links],
            "lists": [where | {"choices": one.value} for one, where in lists],
            "names": [{"name": one.name, "target": one.target} for _, all_ in self.extras for one in all_.names],
        }
