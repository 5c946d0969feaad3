"""The pictures and charts that belong to an answer: those on the pages it cites, or that it was asked for."""

from collections.abc import Callable, Iterable

from rag.language import terms
from rag.records import Cells, Citation, KeptFigure, Page, cell_corners

Figures = Callable[[int, frozenset[int] | None], list[KeptFigure]]
"""The figures on some pages of a document, both by their numbers; on all of them when none are given."""


def of_citation(citation: Citation, figures: Figures) -> list[KeptFigure]:
    """The figures on the pages that *citation* stands on: first those whose caption it quotes, then those with one. Of
    a sheet, which may be long, those beside the cited rows: first those over the cited cells.
    """
    pages = frozenset(place.number for place in citation.places if isinstance(place, Page))
    cells = [place for place in citation.places if isinstance(place, Cells)]
    quote = _squeezed(citation.quote)
    if cells:
        found = [figure for figure in figures(citation.document.id, None) if _beside(figure, cells)]
        return sorted(found, key=lambda one: (not _over(one, cells), not _is_quoted(one, quote), not one.caption))
    if not pages:
        return []
    found = figures(citation.document.id, pages)
    return sorted(found, key=lambda figure: (not _is_quoted(figure, quote), not figure.caption, figure.page))


def of_answer(
    question: str, citations: Iterable[Citation], figures: Figures, most: int
) -> list[tuple[Citation, KeptFigure]]:
    """At most *most* figures, each once, beside the first citation of its page; those that *question* names first."""
    asked = _terms(question)
    found: dict[int, tuple[Citation, KeptFigure]] = {}
    for citation in citations:
        for figure in of_citation(citation, figures):
            found.setdefault(figure.id, (citation, figure))

    def order(each: tuple[Citation, KeptFigure]) -> tuple[bool, int, bool]:
        citation, figure = each
        named = len(asked & _terms(figure.caption))
        return not _is_quoted(figure, _squeezed(citation.quote)), -named, not figure.caption

    return sorted(found.values(), key=order)[:most]


def _beside(figure: KeptFigure, cells: Iterable[Cells]) -> bool:
    """Whether *figure* stands in rows of *cells*."""
    if not figure.area:
        return False
    top, _, bottom, _ = cell_corners(figure.area)
    rows = [cell_corners(place.area) for place in cells if place.sheet == figure.printed]
    return any(first <= bottom and top <= last for first, _, last, _ in rows)


def _over(figure: KeptFigure, cells: Iterable[Cells]) -> bool:
    top, left, bottom, right = cell_corners(figure.area)
    cited = [cell_corners(place.area) for place in cells if place.sheet == figure.printed]
    return any(one[0] <= bottom and top <= one[2] and one[1] <= right and left <= one[3] for one in cited)


def _is_quoted(figure: KeptFigure, quote: str) -> bool:
    caption = _squeezed(figure.caption)
    return bool(caption) and caption in quote


def _terms(text: str) -> set[str]:
    found = terms(text)
    return {*found.words, *found.numbers}


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
