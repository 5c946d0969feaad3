"""What a document's type says: the size of its body, the styles of its headings, the lines that run on every page."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.language import HAN
from rag.reading.pdf.blocks.layout import Line, Row, is_cjk

Style = tuple[float, bool, bool]  # size in half points, in capitals, bold

LOWEST = 6
_SMALL = 14.0
_MARKED = 1.8  # times the body's size
_TALLEST = 2.0  # sizes of type: the boxes of words set level are up to 1.7, in Type 3 fonts
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,6}")
_LETTERS = re.compile(f"[^\\W\\d_]|[{HAN}]")
_WORD = re.compile(r"[^\W\d_]\s?[^\W\d_]")
_ENDS_A_SENTENCE = re.compile(r"[.,;:!?。，；：！？、][”’」』）)\"']*$")
_HOLDS_A_SENTENCE = re.compile(r"[。；□√☑☒]|，.{12}|[a-z)][.;]\s+[A-Z]")
_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|No|U\.S|S\.A|N\.V|plc|L\.P)\.$", re.IGNORECASE)
_SIGNED = re.compile(
    r"/s/|(?:(?:[A-Z][\w.,’'-]*|&|and)\s+){1,6}L\.?L\.?P\.?$|.{2,20}[会會][计計][师師]事[务務]所\s*[(（].{0,6}合[伙夥][)）]$"
)
"""Below letters to an American authority, and the reports of auditors."""
_IN_A_SENTENCE = re.compile(r"[a-zà-ÿ]{2}")
_BREAKS_A_WORD = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_NUMBERED = re.compile(
    r"(?:item|note|part|section|chapter|article|appendix|exhibit)\s+[\dIVXA-Z]+[A-Z]?\b[.:]?"
    r"|\d+(?:\.\d+)*[.、．]?|[IVX]+\.|[A-Z]\.|\([a-z\d]+\)"
    r"|第[一二三四五六七八九十百\d]+[章节節条條部编編篇]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]",
    re.IGNORECASE,
)
_LEVELS = (
    (re.compile(r"(?:part|item)\s+(?:\d+[A-Z]?|[IVX]+)\b", re.IGNORECASE), 1),
    (re.compile(r"第[一二三四五六七八九十百\d]+[章节節部编編篇]"), 1),
    (re.compile(r"[一二三四五六七八九十]+、"), 2),
    (re.compile(r"[（(][一二三四五六七八九十]+[）)]"), 3),
    (re.compile(rf"\d{{1,2}}[.、．]\s*[{HAN}]"), 4),
    (re.compile(rf"[（(]\d{{1,2}}[）)][.、．]?\s*[{HAN}]"), 5),
)


@dataclass(frozen=True, slots=True)
class Typography:
    """The *body* size, the *ranks* of heading styles from the widest, and the text of *running* heads and feet.

    Those are at most as large as *runs_at*. *marks* are large words that stand in the middle of most pages.
    """

    body: float = 0.0
    ranks: tuple[Style, ...] = ()
    running: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    runs_at: float = math.inf

    def is_watermark(self, line: Line) -> bool:
        """Whether *line* is written across the page, large, or the same in the middle of most pages."""
        if not self.body or line.size < self.body * _MARKED:
            return False
        if self.marks and " ".join([word[4] for word in line.words]) in self.marks:
            return True
        wide, tall = 1.5 * line.size, _TALLEST * line.size
        return any(len(word[4]) > 2 and word[2] - word[0] > wide and word[3] - word[1] > tall for word in line.words)

    def is_larger(self, size: float) -> bool:
        """Whether a reader sees *size* as larger than the body."""
        return size > self.body * 1.07 + 0.2

    def level(self, row: Row) -> int:
        """The level of a heading set like *row*, 1 for the widest."""
        text = row.text
        for pattern, level in _LEVELS:
            if pattern.match(text):
                return level
        own = style(row.size, text, bold=row.bold)
        return min(LOWEST, 1 + sum(rank > own for rank in self.ranks))

    def is_running(self, row: Row) -> bool:
        """Whether *row* is a running head or foot, or the number of a page; larger, the same words are a title."""
        return row.size < self.runs_at * 1.1 and all(
            running_form(piece.text) in self.running or _ROMAN.fullmatch(piece.text) for piece in row.pieces
        )

    def is_heading(self, lines: Sequence[Row]) -> bool:
        """Whether *lines*, a paragraph of their own, are a heading."""
        if len(lines) > 3 or not self.body:
            return False
        first = lines[0]
        larger = self.is_larger(first.size)
        if not larger and not (first.bold and first.size > self.body * 0.9):
            return False
        if any(len(line.pieces) > 1 and not _is_numbered(line) for line in lines):
            return False
        text = " ".join([line.text for line in lines])
        if self._names_nothing(text, lines[0].size) or (_IN_A_SENTENCE.match(text) and not larger):
            return False
        if _ENDS_A_SENTENCE.search(text) and not _ABBREVIATED.search(text):
            larger = larger and len(lines) == 1 and not text.endswith(tuple(",;，；、。："))
            return larger and _WORD.search(text) is not None
        return _WORD.search(text) is not None

    def may_head(self, lines: Sequence[Row]) -> bool:
        """Whether *lines*, which a layout model takes for a heading, can be one: they say no sentence."""
        text = " ".join([line.text for line in lines])
        return (
            len(lines) < 5
            and not self._names_nothing(text, lines[0].size)
            and not text.endswith(tuple(",;，；、"))
            and not (text.islower() and not self.is_larger(lines[0].size))
            and _WORD.search(text) is not None
        )

    def _names_nothing(self, text: str, size: float) -> bool:
        """Whether *text* is a sentence, a running head, or a signature."""
        if _SIGNED.match(text) or _BREAKS_A_WORD.search(text):
            return True
        longest = 60 if is_cjk(text[0]) or is_cjk(text[-1]) else 150
        if len(text) > longest or (running_form(text) in self.running and size < self.runs_at * 1.1):
            return True
        number = _NUMBERED.match(text)
        return _HOLDS_A_SENTENCE.search(text[number.end() if number else 0 : -1]) is not None


def is_numbered(text: str) -> bool:
    """Whether *text* begins as a numbered heading does: ``Note 5``, ``2.1``, ``一、``."""
    return _NUMBERED.match(text) is not None


def _is_numbered(line: Row) -> bool:
    return len(line.pieces) == 2 and _NUMBERED.fullmatch(line.pieces[0].text) is not None


def style(size: float, text: str, *, bold: bool) -> Style:
    """How *text* is set, so that it can be ranked: of one size, capitals head what is bold."""
    return round(size * 2) / 2, text.isupper(), bold


def running_form(text: str) -> str:
    """*text* as it is the same on every page: with its page numbers made alike."""
    return _DIGITS.sub("0", text)


def _below_head(lines: Sequence[Line], height: float) -> Iterator[tuple[str, int, int]]:
    """What may be the lower lines of a letterhead: the text and place of lines that have their height for themselves,
    close below the margin of the page and what stands in it.
    """
    level = sorted((line for line in lines if line.way == 0), key=lambda line: line.words[0][1])
    foot = 0.0
    for above, line, below in zip([None, *level], level, [*level[1:], None], strict=False):
        first = line.words[0]
        top = first[1]
        if top < height * 0.1:
            foot = first[3]
            continue
        if top >= height * 0.2 or top - foot > line.size:
            return
        foot = first[3]
        text = " ".join([word[4] for word in line.words])
        alone = all(other is None or abs(other.words[0][1] - top) > line.size / 2 for other in (above, below))
        wide = any(right[0] - left[2] > 2 * line.size for left, right in pairwise(line.words))
        if alone and not wide and _WORD.search(text) and not _ENDS_A_SENTENCE.search(text):
            yield text, int(first[0] / 3), int(top / 3)


def typography(pages: Iterable[tuple[Sequence[Line], float]]) -> Typography:
    """What a sample of pages, each with its height, says about the type of the whole document."""
    sizes: Counter[float] = Counter()
    styles: Counter[Style] = Counter()
    edges: Counter[str] = Counter()
    usual: dict[str, list[float]] = {}
    large: Counter[tuple[str, float, int, int]] = Counter()
    letterhead: Counter[tuple[str, int, int]] = Counter()
    count = 0
    for lines, height in pages:
        count += 1
        letterhead.update(set(_below_head(lines, height)))
        seen: set[Style] = set()
        margins: set[str] = set()
        for line in lines:
            text = " ".join([word[4] for word in line.words])
            size = round(line.size * 2) / 2
            sizes[size] += len(text)
            if len(text) <= 100 and _LETTERS.search(text):
                seen.add(style(line.size, text, bold=line.bold))
            if line.way == 0 and not height * 0.1 < line.words[0][1] < height * 0.9:
                margins.add(form := running_form(text))
                usual.setdefault(form, []).append(line.size)
            if size > _SMALL:
                large[text, size, int(line.words[0][0] / 9), int(line.words[0][1] / 9)] += 1
        styles.update(seen)
        edges.update(margins)
    if not sizes:
        return Typography()
    body = sizes.most_common(1)[0][0]
    often = 1 if count <= 3 else 2
    plain = Typography(body)
    heads = Counter(
        {
            one: times
            for one, times in styles.items()
            if times >= often and (plain.is_larger(one[0]) or (one[0] == body and one[2]))
        }
    )
    ranks = sorted((one for one, _ in heads.most_common(LOWEST)), reverse=True)
    running = frozenset(text for text, times in edges.items() if times >= max(3, count // 4))
    runs_at = max((sorted(usual[text])[len(usual[text]) // 2] for text in running), default=math.inf)
    if running:
        running |= {running_form(text) for (text, *_), times in letterhead.items() if times >= max(3, count * 0.75)}
    most = max(3, count // 2 + 1)
    marks = frozenset(text for (text, size, *_), times in large.items() if times >= most and size >= body * _MARKED)
    return Typography(body, tuple(ranks), running, marks - running, runs_at)
