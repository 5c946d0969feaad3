"""Whom and what a document is about, gathered while its pages are read."""

from rag.reading.about.codes import codes_of
from rag.reading.about.kinds import kind_of_document, kind_of_statements
from rag.reading.about.lines import PageLines
from rag.reading.about.money import Money, Tongue
from rag.reading.about.names import names_of
from rag.reading.about.periods import dated, told_by
from rag.reading.about.titles import title_of
from rag.records import About

FIRST = 8  # pages that tell most
_BODY = 40  # pages that name their fiscal year
_COVER = 3
_LONGEST = 60_000  # characters of the body that are looked through


class Gathered:
    """What the pages that were given so far say about their document; they are given once each, in order."""

    def __init__(self, name: str, *, workbook: bool = False) -> None:
        self._name, self._workbook = name, workbook
        self._first: list[PageLines] = []
        self._body: list[str] = []
        self._length = 0
        self._money, self._tongue = Money(), Tongue()

    def add(self, page: PageLines) -> None:
        """Look at one more page."""
        if len(self._first) < FIRST:
            self._first.append(page)
        if page.number <= _BODY and self._length < _LONGEST:
            text = "\n".join(line.text for line in page.lines)
            self._body.append(text)
            self._length += len(text)
        self._money.add(page.lines)
        self._tongue.add(page.lines)

    def about(self) -> About:
        """What is known by now."""
        first = self._first
        cover = "\n".join(line.text for page in first[:_COVER] for line in page.lines)
        names = [page.name for page in first if page.name] if self._workbook else []
        kind = kind_of_document(first, cover, self._name, workbook=self._workbook)
        stem = self._name.rpartition(".")[0] or self._name
        told = told_by(dated("\n".join([cover, *names])), dated("\n".join(self._body)), kind, stem)
        kind = kind or kind_of_statements(cover, told)
        whom = names_of(first, stem)
        return About(
            names=whom,
            codes=codes_of(first),
            type=kind,
            year=told.year,
            quarter=told.quarter,
            language=self._tongue.language(),
            currency=self._money.currency(),
            unit=self._money.unit(),
            title=title_of(first, kind, whom),
        )
