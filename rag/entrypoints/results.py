"""What the command line prints with ``--json``: plain values, whose names stay as they are."""

from typing import Any

from rag.entrypoints.cited_figures import Figures, of_citation
from rag.errors import explain
from rag.records import Answer, Cells, Citation, Document, Hit, Note, Page, Place


def hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    """A hit of `find`."""
    return {
        "rank": rank,
        "score": round(hit.score, 6),
        "document": hit.passage.document.name,
        "places": [place_json(place) for place in hit.passage.places],
        "text": hit.passage.text,
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
        **({} if answer.problem is None else problem_json(answer.problem)),
    }


def place_json(place: Place) -> dict[str, Any]:
    """A page by both its identities, or an area of a sheet."""
    match place:
        case Page(number, printed):
            return {"page": number, "printed": printed}
        case Cells(sheet, area):
            return {"sheet": sheet, "area": area}


def citation_json(citation: Citation, figures: Figures) -> dict[str, Any]:
    """A citation: where it opens, its words, and the figures on its pages."""
    return {
        "number": citation.number,
        "document": citation.document.name,
        "place": place_json(citation.place),
        "quote": citation.quote,
        "figures": [
            {"page": figure.page, "box": list(figure.box), "caption": figure.caption}
            for figure in of_citation(citation, figures)
        ],
    }


def document_json(document: Document, notes: list[Note]) -> dict[str, Any]:
    """A document as `add` and `documents` print it; *notes* are those of its adding."""
    return {
        "document": document.name,
        leaf_noun(document): document.leaves,
        "passages": document.passages,
        "seconds": round(document.seconds, 2),
        "status": document.state,
        "notes": [". ".join(filter(None, explain(note))) for note in [*notes, *document.notes]],
        **({} if document.problem is None else problem_json(document.problem)),
    }


def leaf_noun(document: Document) -> str:
    """What the pages or sheets of a document are called."""
    return "pages" if document.kind == "pdf" else "sheets"


def problem_json(note: Note) -> dict[str, str]:
    """What is wrong, and what to do."""
    sentence, hint = explain(note)
    return {"problem": sentence, "hint": hint}
