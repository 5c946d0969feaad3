"""The words of one page: where they stand as it is shown, and the type they are set in."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from rag.language import HAN
from rag.reading.pdf.blocks.layout import Corners, Line, Word, corners
from rag.reading.pdf.pages.mupdf import MUPDF
from rag.reading.pdf.pages.paint.page_paint import PagePaint, Stroke, shown
from rag.reading.pdf.pages.words.dingbats import has_dingbats, with_signs
from rag.reading.pdf.pages.words.drawn_twice import once
from rag.reading.pdf.pages.words.garbled import is_garbled
from rag.reading.pdf.pages.words.hidden import may_hide, parted
from rag.reading.pdf.pages.words.plain_lines import plain_lines
from rag.reading.pdf.pages.words.raised_marks import with_marks_apart

_IN_LETTERS = MUPDF.TEXTFLAGS_WORDS & ~MUPDF.TEXT_PRESERVE_LIGATURES  # so words are found as one types them
_UNCLIPPED = _IN_LETTERS & ~MUPDF.TEXT_MEDIABOX_CLIP
_EVERYWHERE = MUPDF.INFINITE_RECT()
_BOLD_FLAG = 16
_SWITCHED_ON, _SWITCHED_OFF = 0, 2  # as MuPDF numbers them
_LINE_OF = itemgetter(5, 6)
_LONGEST_LINE = 2_000
_MAY_BE_CUT = re.compile(rf"[。！？；…]\S|[.!?]\W{{0,3}}[{HAN}]")  # a sentence may end within such a word
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")
_CHINESE_NUMBER = re.compile(
    r"第[一二三四五六七八九十百]+[章节節]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
)


class PageText(NamedTuple):
    """The words of one page as it is shown, gathered to lines, with the type they are set in.

    *characters* has the box of each character of the words within which a sentence ends; *hidden* are the words that
    nobody sees; *garbled* says that the words are not what a person reads there.
    """

    lines: list[Line]
    characters: dict[tuple[int, int, int], list[Corners]]
    hidden: list[Line]
    garbled: bool


def text_of(page: Any, paint: PagePaint, *, plain: bool = False) -> PageText:
    """The words of *page*, which is MuPDF's; when it is to be *plain*, in half the time: each line is one word with
    white space in it. It is not where that would not do: where words are few, or turned, or may be hidden.

    :raises Exception: of many kinds, when MuPDF cannot make out the page
    """
    textpage = page.get_textpage(flags=_IN_LETTERS)
    blocks = textpage.extractDICT()["blocks"]
    runs = [run for block in blocks for line in block.get("lines", ()) for run in line["spans"]]
    signs, garbled = has_dingbats(runs), is_garbled(runs)
    if plain and not page.rotation and not signs:
        lines = once(plain_lines(blocks))
        if lines and not may_hide(blocks, "".join([line.words[0][4] for line in lines]), paint):
            return PageText(lines, {}, [], garbled)
    turn = page.rotation
    matrix = page.rotation_matrix if turn else None
    words: list[Word] = textpage.extractWORDS()
    if not math.isfinite(sum([word[0] + word[1] + word[2] + word[3] for word in words])):
        words = [word if all(map(math.isfinite, word[:4])) else (0.0, 0.0, 0.0, 0.0, *word[4:]) for word in words]
    text = "".join([word[4] for word in words])
    if _UNWRITABLE.search(text):
        words = [(*word[:4], _writable(word[4]), *word[5:]) for word in words]
        text = "".join([word[4] for word in words])
    words, unseen = parted(with_marks_apart(words, blocks), text, blocks, paint)
    if signs:
        words, unseen = with_signs(words, blocks), with_signs(unseen, blocks)
    if matrix is not None:
        words, unseen = ([(*shown(word, matrix), *word[4:]) for word in some] for some in (words, unseen))
    styles = _styles(blocks, turn // 90)
    lines = once(_lines(words, styles))
    if _CHINESE_NUMBER.search(text) and any(_may_head_in_chinese(line) for line in lines):
        lines = _with_thickened(lines, paint.strokes)
    cuttable = [word for word in words if _MAY_BE_CUT.search(word[4])] if _MAY_BE_CUT.search(text) else []
    characters = _characters(textpage, cuttable, matrix) if cuttable else {}
    return PageText(lines, characters, _lines(unseen, styles), garbled)


def beside(page: Any, lines: Iterable[Line] = ()) -> list[Line]:
    """The words of *page* that nobody sees since they stand wholly outside it, or are cut off, or belong to a layer
    that is switched off; *lines* are those that MuPDF finds on it otherwise.
    """
    turn, matrix = page.rotation, page.rotation_matrix
    with _all_layers(page.parent) as more:
        textpage = page.get_textpage(clip=_EVERYWHERE, flags=_UNCLIPPED)
    words = [(*shown(word, matrix), *word[4:]) for word in textpage.extractWORDS()]
    words = [(*word[:4], _writable(word[4]), *word[5:]) for word in words if all(map(math.isfinite, word[:4]))]
    width, height = page.rect.width, page.rect.height
    outside = [word for word in words if word[2] < 0 or word[3] < 0 or word[0] > width or word[1] > height]
    known = [word[:4] for line in lines for word in line.words]
    if known and (more or len(words) > len(known) + len(outside)):
        exactly = {(round(x0), round(y0)) for x0, y0, *_ in known}
        rest = [word for word in words if word not in outside and (round(word[0]), round(word[1])) not in exactly]
        outside += [word for word in rest if word[2] > word[0] and not any(_over(word, box) for box in known)]
    return _lines(outside, _styles(textpage.extractDICT()["blocks"], turn // 90)) if outside else []


@contextmanager
def _all_layers(document: Any) -> Iterator[bool]:
    """Layers of *document* that are switched off are on for a while; whether there are any."""
    off = [layer["number"] for layer in document.layer_ui_configs() if not layer["on"] and not layer["locked"]]
    for number in off:
        document.set_layer_ui_config(number, _SWITCHED_ON)
    try:
        yield bool(off)
    finally:
        for number in off:
            document.set_layer_ui_config(number, _SWITCHED_OFF)


def _over(word: Sequence[Any], box: Corners) -> bool:
    """Whether *word* stands on a good part of *box*, or the other way about."""
    across = min(word[2], box[2]) - max(word[0], box[0])
    down: float = min(word[3], box[3]) - max(word[1], box[1])
    return bool(across > 0 and down > 0.3 * min(word[3] - word[1], box[3] - box[1]))


def characters_of(page: Any, words: Sequence[Word]) -> dict[tuple[int, int, int], list[Corners]]:
    """A box for each character of *words* of *page*, which is MuPDF's, by its numbers of block, line and word.

    :raises Exception: of many kinds, when MuPDF cannot make out the page
    """
    return _characters(page.get_textpage(flags=_IN_LETTERS), words, page.rotation_matrix if page.rotation else None)


def _characters(textpage: Any, words: Sequence[Word], matrix: Any) -> dict[tuple[int, int, int], list[Corners]]:
    """A box for each character of *words*; none for a word that MuPDF's characters do not spell."""
    wanted = set(map(_LINE_OF, words))
    lines = {
        (block["number"], number): [
            char for span in line["spans"] for char in span["chars"] if char["c"] not in " \u00a0"
        ]
        for block in textpage.extractRAWDICT()["blocks"]
        for number, line in enumerate(block.get("lines", ()))
        if (block["number"], number) in wanted
    }
    found = {}
    for word in words:
        characters = lines.get((word[5], word[6]), [])
        boxes = _spelt(word, characters, matrix) if len(characters) <= _LONGEST_LINE else None
        if boxes is not None:
            found[word[5:]] = boxes
    return found


def _spelt(word: Word, characters: Sequence[Any], matrix: Any) -> list[Corners] | None:
    spelt = "".join([char["c"] for char in characters])
    start = -1
    best = None
    while (start := spelt.find(word[4], start + 1)) >= 0:
        run = characters[start : start + len(word[4])]
        boxes = [shown(char["bbox"], matrix) if matrix else char["bbox"] for char in run]
        off = sum(abs(one - other) for one, other in zip(corners(boxes), word[:4], strict=True))
        if best is None or off < best[0]:
            best = off, boxes
    return best[1] if best and best[0] < 4 else None


def _styles(blocks: Sequence[Any], turn: int) -> dict[tuple[int, int], tuple[float, bool, int]]:
    return {
        (block["number"], number): _style(line, turn)
        for block in blocks
        for number, line in enumerate(block.get("lines", ()))
    }


def _lines(words: Sequence[Word], styles: Mapping[tuple[int, int], tuple[float, bool, int]]) -> list[Line]:
    found: list[Line] = []
    for key, run in groupby(words, _LINE_OF):
        own = list(run)
        style = styles.get(key)
        size, bold, way = (own[0][3] - own[0][1], False, 0) if style is None else style
        found.append(Line(own, size, bold, way))
    return found


def _may_head_in_chinese(line: Line) -> bool:
    if line.bold or line.way or not _CHINESE_NUMBER.match(line.words[0][4]):
        return False
    return sum([len(word[4]) for word in line.words]) < 40


def _with_thickened(lines: Sequence[Line], strokes: Sequence[Stroke]) -> list[Line]:
    """*lines* with those bold that are drawn twice, filled and outlined: so Word sets a font that has no bold.

    MuPDF takes the second drawing for a repetition and drops it; the heading would look like the text below it.
    """
    found = []
    for line in lines:
        bold = line.bold
        if _may_head_in_chinese(line):
            x0, y0, x1, y1 = corners(line.words)
            here = [drawn for drawn, x, y in strokes if y0 - 1 < y < y1 + 1 and x0 - 1 < x < x1 + 1]
            bold = 3 * sum(here) >= len(here) > 0
        found.append(line if bold == line.bold else line._replace(bold=bold))
    return found


def _style(line: Mapping[str, Any], turn: int) -> tuple[float, bool, int]:
    """Size, weight and way of a line, by most of its characters."""
    longest, size, bold = -1, 0.0, True
    for span in line["spans"]:
        length = len(span["text"].strip())
        if length > longest:
            longest, size = length, span["size"]
        if bold and length and not span["flags"] & _BOLD_FLAG:
            bold = False
    right, down = line["dir"]
    way = (0 if right >= 0 else 2) if abs(right) >= abs(down) else (1 if down > 0 else 3)
    return max(size, 1.0), bold and longest > 0, (way + turn) % 4


def _writable(text: str) -> str:
    """*text* without what UTF-8 cannot hold; pairs of surrogates become the character they stand for."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd") or "\ufffd"
