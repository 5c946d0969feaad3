"""What the command line prints with ``--json``: plain values, whose names stay as they are."""

import json
from typing import Any
from unicodedata import combining, east_asian_width

from rag.asking.searching import Sought
from rag.entrypoints.calculated_cells import calculated_in
from rag.entrypoints.cited_figures import Figures, of_citation
from rag.errors import explain
from rag.records import About, Answer, Cells, Citation, Computed, Document, Hit, KeptFigure, Note, Page, Place
from rag.writing.results import cells_written


def json_line(value: Any) -> str:
    """JSON in one line, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False)


def hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    """A hit of `find`."""
    return {
        "rank": rank,
        "score": round(hit.score, 6),
        "document": hit.passage.document.name,
        "places": [place_json(place) for place in hit.passage.places],
        "text": hit.passage.text,
    }


def sought_json(sought: Sought) -> dict[str, Any]:
    """What `find` came to, and what did not work."""
    return {
        "hits": [hit_json(rank, hit) for rank, hit in enumerate(sought.hits, start=1)],
        "notes": [". ".join(filter(None, explain(note))) for note in sought.notes],
        **({} if sought.problem is None else problem_json(sought.problem)),
    }


def answer_json(answer: Answer, figures: Figures) -> dict[str, Any]:
    """The answer of `ask`; *figures* finds those on the pages of a document."""
    return {
        "answer": answer.text,
        "citations": [citation_json(citation, figures) for citation in answer.citations],
        "evidence": [citation_json(citation, figures) for citation in answer.evidence],
        "thinking": answer.thinking,
        "model": answer.model,
        "timings": {name: round(seconds, 3) for name, seconds in answer.timings.items()},
        "confidence": None if answer.confidence is None else round(answer.confidence, 3),
        "certainty": answer.certainty,
        "searched": list(answer.searched),
        "computed": None if answer.computed is None else computed_json(answer.computed),
        "notes": [". ".join(filter(None, explain(note))) for note in answer.notes],
        **({} if answer.problem is None else problem_json(answer.problem)),
    }


def place_json(place: Place) -> dict[str, Any]:
    """A page by both its identities, or an area of a sheet."""
    match place:
        case Page(number, printed):
            return {"page": number, "printed": printed}
        case Cells(sheet, area):
            return {"sheet": sheet, "area": area}


def computed_json(computed: Computed) -> dict[str, Any]:
    """A result: the query, its rows, how it is drawn, and the cells that went in."""
    chart = computed.chart
    return {
        "sql": computed.sql,
        "columns": list(computed.columns),
        "rows": [list(row) for row in computed.rows],
        "chart": None if chart is None else {"kind": chart.kind, "x": chart.x, "y": list(chart.y)},
        "document": computed.document.name,
        "table": computed.table,
        "unit": computed.unit,
        "cut": computed.cut,
        "rows_without_value": computed.empty,
        "hidden_rows_left_out": computed.hidden,
        "cells": [_cell_json(place) for place in computed.cells],
    }


def _cell_json(place: Place) -> dict[str, Any]:
    match place:
        case Page(number, _, box):
            return {"page": number, "box": None if box is None else [round(side, 2) for side in box]}
        case Cells(sheet, area):
            return {"sheet": sheet, "area": area}


def computed_text(computed: Computed) -> str:
    """The rows of a result under its heads, each column as wide as its widest value, numbers aligned right."""
    lines = [list(computed.columns), *cells_written(computed)]
    numbers = [any(isinstance(row[at], int | float) for row in computed.rows) for at in range(len(computed.columns))]
    wide = [max(columns_wide(line[at]) for line in lines) for at in range(len(computed.columns))]

    def padded(text: str, at: int) -> str:
        gap = " " * (wide[at] - columns_wide(text))
        return gap + text if numbers[at] else text + gap

    return "\n".join("  ".join(padded(text, at) for at, text in enumerate(line)).rstrip() for line in lines)


def columns_wide(text: str) -> int:
    """How many columns of a terminal *text* takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 0 if combining(sign) else 1 for sign in text)


def citation_json(citation: Citation, figures: Figures) -> dict[str, Any]:
    """A citation: where it opens, its words, which of its cells were calculated here, and the figures on its pages."""
    ours = calculated_in(citation)
    return {
        "number": citation.number,
        "document": citation.document.name,
        "place": place_json(citation.place),
        "quote": citation.quote,
        **({"calculated": ours} if ours else {}),
        "figures": [{**_figure_place(figure), "caption": figure.caption} for figure in of_citation(citation, figures)],
    }


def _figure_place(figure: KeptFigure) -> dict[str, Any]:
    """Where a figure stands: a box on a page, or an area of a sheet."""
    if figure.area:
        return {"sheet": figure.printed, "area": figure.area}
    return {"page": figure.page, "box": list(figure.box)}


def document_json(document: Document, notes: list[Note]) -> dict[str, Any]:
    """A document as `add` and `documents` print it; *notes* are those of its adding."""
    return {
        "document": document.name,
        leaf_noun(document): document.leaves,
        "passages": document.passages,
        "seconds": round(document.seconds, 2),
        "status": document.state,
        "about": about_json(document.about),
        "notes": [". ".join(filter(None, explain(note))) for note in [*notes, *document.notes]],
        **({} if document.problem is None else problem_json(document.problem)),
    }


def about_json(about: About) -> dict[str, Any]:
    """What a document is about, as far as that is known."""
    return {
        "names": list(about.names),
        "title": about.title,
        "codes": list(about.codes),
        "type": about.type,
        "year": about.year,
        "quarter": about.quarter,
        "language": about.language,
        "currency": about.currency,
        "unit": about.unit,
        "tags": list(about.tags),
        "by_hand": sorted(about.by_hand),
    }


def leaf_noun(document: Document) -> str:
    """What the pages or sheets of a document are called."""
    return "pages" if document.kind == "pdf" else "sheets"


def counted(count: int, what: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def problem_json(note: Note) -> dict[str, str]:
    """What is wrong, and what to do."""
    sentence, hint = explain(note)
    return {"problem": sentence, "hint": hint}
