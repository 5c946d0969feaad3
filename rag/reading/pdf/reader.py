"""PDFs, page by page: every word with its box and with both identities of its page."""

import math
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from rag.reading.pdf.blocks.broken_words import mended
from rag.reading.pdf.blocks.headings import Typography, typography
from rag.reading.pdf.blocks.outlined import outlined
from rag.reading.pdf.blocks.page_breaks import joined_over_breaks
from rag.reading.pdf.pages.page_labels import PageLabels
from rag.reading.pdf.pages.page_numbers import AHEAD
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.processes.page_chain import ApartPage, PageRules, labels_of, may_go_on, together
from rag.reading.pdf.processes.page_pool import OpenedPdf, PagePool
from rag.reading.pdf.processes.raw_cache import RawPageCache
from rag.reading.pdf.tables.heads.table_names import with_names
from rag.records import Extras, Leaf, Note, Reading, Upload

_SAMPLE, _SAMPLED, _MOST_SAMPLED = 12, 8, 24  # at least so many pages, one in so many, at most so many
_FARTHEST = 20  # pages back from one to where its first table is looked for

RawPages = Callable[[Iterable[int], bool], Generator[RawPage]]
"""Reads pages by their numbers, ascending; the second argument asks for the deep pass."""


def read_pdf(
    upload: Upload,
    *,
    deep: bool = False,
    password: str | None = None,
    pool: PagePool | None = None,
    cache: RawPageCache | None = None,
    deep_seconds: float | None = None,
    only: int | None = None,
    plain: bool = False,
) -> Reading:
    """*upload* as a reading of its pages; each is read when it is asked for, or a little before by the *pool*.

    Without a *pool* this process reads by itself: a page that breaks MuPDF breaks it too. *cache* needs a pool, and so
    do *deep_seconds*, which all of it may take by the clock: when no more are left than the first pass needs for the
    remaining pages, they come as it reads them, and a note on the first of them says so.

    With *only* a page, which needs a pool and the *deep* pass, its leaf is the only one; pages before it are read no
    more than its first table may come from them.

    A *plain* reading is the fastest: words, headings and what nobody sees, but no tables; a
    line within which a sentence ends is one span, and what the file holds beside its pages is not looked for.

    :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
    :raises WrongPassword: when *password* does not open it
    """
    if pool is None:
        return _read_here(upload, deep=deep, password=password, plain=plain)
    end = math.inf if deep_seconds is None else time.monotonic() + deep_seconds
    known = pool.open(upload, password)
    late: list[int] = []
    each = 0.0

    def quick(numbers: Iterable[int]) -> Generator[RawPage]:
        nonlocal each
        began, wanted = time.monotonic(), list(numbers)
        yield from pool.pages(upload, wanted, deep=False, password=password)
        each = (time.monotonic() - began) / len(wanted)

    def pages(numbers: Iterable[int], deep: bool) -> Generator[RawPage]:
        if not deep:
            return quick(numbers)
        wanted = list(numbers)
        until = end - each * len(wanted)
        close = pool.pages(upload, wanted, deep=True, password=password, cache=cache, until=until)
        return _in_time(wanted, close, late, quick)

    if plain:
        return Reading("pdf", known.count, _apart(pool, upload, known, password, plain=True))
    extras = pool.extras(upload, password)
    notes = () if extras is not None else (Note("ExtrasFailed"),)
    if deep and only is not None:
        leaves = _noted(_one(pages, known, only), known.count, late)
    elif deep:
        leaves = _noted(_leaves(pages, known.count, known.labels, deep=True), known.count, late)
    else:
        leaves = _apart(pool, upload, known, password)
    extras = extras or Extras()
    return Reading("pdf", known.count, outlined(leaves, extras.outline), notes, extras)


def _one(pages: RawPages, known: OpenedPdf, number: int) -> Iterator[Leaf]:
    """Page *number*, with the tables and the label that the whole document would have there; empty without one."""
    if number > known.count:
        return
    near = range(max(1, number - AHEAD), min(known.count, number + AHEAD) + 1)
    sample = sorted({*_sample(known.count), *near})
    quick = {raw.number: raw for raw in pages(sample, False)}
    labels = labels_of([quick[one] for one in near], known.labels)
    type_ = _type(quick[one] for one in _sample(known.count))
    raws = [quick[number]] if quick[number].failed else list(pages([number], True))
    type_ = type_ if type_.body else _type(raws)
    while raws[0].number > max(1, number - _FARTHEST) and may_go_on(raws[0], type_):
        raws[:0] = pages([raws[0].number - 1], True)
    yield from (leaf for leaf in leaves_of(raws, labels, type_) if leaf.number == number)


def _apart(
    pool: PagePool, upload: Upload, known: OpenedPdf, password: str | None, *, plain: bool = False
) -> Iterator[Leaf]:
    """The first pass, in which the processes of *pool* do nearly everything."""
    some = pool.pages(upload, _sample(known.count), deep=False, plain=plain, password=password)
    sample = {raw.number: raw for raw in some}
    rules = PageRules(known.labels, _type(sample.values()), plain)
    numbers = range(1, known.count + 1)

    def again(number: int) -> RawPage:
        with closing(pool.pages(upload, [number], deep=False, password=password)) as one:
            return next(one)

    with closing(pool.apart(upload, [one for one in numbers if one not in sample], rules, password=password)) as rest:
        pages: Iterator[RawPage | ApartPage] = (sample.get(number) or next(rest) for number in numbers)
        yield from _finished(together(pages, rules, again), plain=plain)


def _in_time(
    numbers: Sequence[int],
    close: Generator[RawPage],
    late: list[int],
    quick: Callable[[Iterable[int]], Generator[RawPage]],
) -> Generator[RawPage]:
    """The *close* pages *numbers* until their time is over, then, from the one that *late* is given, the quick ones."""
    done = 0
    try:
        with closing(close):
            for raw in close:
                yield raw
                done += 1
    except TimeoutError:
        late.append(numbers[done])
        yield from quick(numbers[done:])


def _noted(leaves: Iterator[Leaf], count: int, late: Sequence[int]) -> Iterator[Leaf]:
    told = False
    for leaf in leaves:
        if late and not told and leaf.number >= min(late):
            told = True
            note = Note("NotReadClosely", {"done": leaf.number - 1, "pages": count})
            yield replace(leaf, notes=(*leaf.notes, note))
        else:
            yield leaf


def leaves_of(raws: Iterable[RawPage], labels: PageLabels, type_: Typography, *, plain: bool = False) -> Iterator[Leaf]:
    """*raws*, which follow each other, by the rules of layout."""
    return _finished(together(raws, PageRules(labels, type_, plain)), plain=plain)


def _finished(leaves: Iterable[Leaf], *, plain: bool) -> Iterator[Leaf]:
    """*leaves* with what only the pages around each one tell; *plain* ones have no tables to be named."""
    whole = mended(joined_over_breaks(leaves))
    return whole if plain else with_names(whole)


def _read_here(upload: Upload, *, deep: bool, password: str | None, plain: bool) -> Reading:
    from rag.reading.pdf.pages.extras import extras_of  # noqa: PLC0415 - brings MuPDF with it
    from rag.reading.pdf.pages.mupdf import ONE_AT_A_TIME, labels, open_pdf  # noqa: PLC0415 - a pool does without MuPDF here
    from rag.reading.pdf.processes.page_reader import raw_pages  # noqa: PLC0415 - brings MuPDF with it

    document = open_pdf(upload.path, upload.name, password)

    def leaves() -> Iterator[Leaf]:
        try:
            with ONE_AT_A_TIME:
                printed = labels(document)
            yield from _leaves(
                lambda numbers, deep: raw_pages(document, numbers, deep=deep, plain=plain),
                document.page_count,
                printed,
                deep=deep,
                plain=plain,
            )
        finally:
            with ONE_AT_A_TIME:
                document.close()

    if plain:
        return Reading("pdf", document.page_count, leaves())
    extras = extras_of(document)
    return Reading("pdf", document.page_count, outlined(leaves(), extras.outline), extras=extras)


def _leaves(pages: RawPages, count: int, labels: PageLabels, *, deep: bool, plain: bool = False) -> Iterator[Leaf]:
    sample = {raw.number: raw for raw in pages(_sample(count), False)}
    type_ = _type(sample.values())
    if deep:
        broken = {
            number: raw for number, raw in sample.items() if raw.failed
        }  # the deep pass begins with its words too
        again = () if type_.body else [number for number in sample if number not in broken]
        sample = broken | {raw.number: raw for raw in pages(again, True)}
        type_ = type_ if type_.body else _type(sample.values())  # scanned pages have words for OCR only
    missing = pages([number for number in range(1, count + 1) if number not in sample], deep)
    raws = (sample.get(number) or next(missing) for number in range(1, count + 1))
    try:
        yield from leaves_of(raws, labels, type_, plain=plain)
    finally:
        missing.close()  # its processes are free again


def _sample(count: int) -> list[int]:
    """The numbers of some pages, from all over *count*."""
    some = min(_MOST_SAMPLED, max(_SAMPLE, count // _SAMPLED))
    return sorted({round((at + 0.5) * count / some + 0.5) for at in range(some)})


def _type(raws: Iterable[RawPage]) -> Typography:
    return typography((raw.lines, raw.height) for raw in raws if not raw.failed)
