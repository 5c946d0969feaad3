"""The lines of a page, whatever they were read into: what tells whom a document is about goes by these."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language import HAN
from rag.records import Block, Cells, Figure, Leaf, Page, Row, Span, Table, joined

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_GAPS = re.compile(rf"(?<=[{HAN}\d（(）)])[ \t\u3000]+(?=[{HAN}（(）)])|(?<=[{HAN}])[ \t\u3000]+(?=\d)")
_SIMPLE = str.maketrans(
    "報財務業績併計資產負債綜損書說東會續發環險單條約樣醫療壽戶勞賃購銷買賣協議個體審國與準則實錄現動權變釋註訊簡營內總額"
    "應帳預淨積餘盈項師閱獨監經討論對組織歷關節優證約攤舊遞延匯籌還處",
    "报财务业绩并计资产负债综损书说东会续发环险单条约样医疗寿户劳赁购销买卖协议个体审国与准则实录现动权变释注讯简营内总额"
    "应账预净积余盈项师阅独监经讨论对组织历关节优证约摊旧递延汇筹还处",
    "'’‘",
)
_HEADS = frozenset({"heading", "title"})
_LONGEST = 1200
_MOST_ROWS = 500  # of a table; a sheet may have hundreds of thousands, which say no more


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: a paragraph, a heading, or a row of a table with its *cells*.

    *heads* says that it stands over something: a heading, or the title of a table. *runs* says that it stands on every
    page.
    """

    text: str
    heads: bool = False
    runs: bool = False
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLines:
    """What is known of a page, or of a sheet: its *number*, its lines in reading order, and whether it is *wide*."""

    number: int
    lines: tuple[Line, ...]
    wide: bool = False
    name: str | None = None


def page_lines(leaf: Leaf) -> PageLines:
    """The lines of *leaf*."""
    return PageLines(leaf.number, tuple(_of_blocks(leaf.blocks)), leaf.width > leaf.height > 0, leaf.name)


def lines_of_spans(number: int, spans: Sequence[Span], name: str | None = None, *, plain: bool = False) -> PageLines:
    """The lines of a page whose *spans* are what was kept of it; its running heads were not. Of one that was read in a
    *plain* way each line of a heading is by itself: it may be the title of a table, with whom and when above and below.
    """
    found: list[Line] = []
    row: list[Span] = []
    for span in spans:
        in_table = span.kind in ("cell", "head")
        if row and (not in_table or _next_row(row[-1], span)):
            found += _row([each.text for each in row])
            row = []
        if in_table:
            row.append(span)
    if row:
        found += _row([each.text for each in row])
    flowing = [span for span in spans if span.kind not in ("cell", "head", "profile")]
    return PageLines(number, (*_flowing(flowing, plain=plain), *found), name=name)


def plain(text: str) -> str:
    """*text* in plain forms (NFKC), with single spaces, and none between Chinese characters that were set apart."""
    if text.isascii():
        return " ".join(text[:_LONGEST].split())
    line = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).translate(_UNSEEN).split())
    return _GAPS.sub("", line)


def simplified(text: str) -> str:
    """*text* with the traditional characters that titles and headings of reports are made of written simplified,
    and no apostrophes.
    """
    return text.replace("'", "") if text.isascii() else text.translate(_SIMPLE)


@lru_cache(2048)
def lowered(text: str) -> str:
    """*text* simplified, and in lower case; kept, since one line is looked at in many ways."""
    return simplified(text).lower()


def _of_blocks(blocks: Iterable[Block]) -> Iterator[Line]:
    flow: list[Span] = []
    for block in blocks:
        match block:
            case Span():
                flow.append(block)
            case Table(head, rows):
                yield from _flowing(flow)
                flow = []
                yield from _flowing([*head.title, *head.unit])
                for row in (*head.header, *rows[:_MOST_ROWS]):
                    yield from _row(_texts(row))
            case Figure(caption):
                yield from _flowing(flow)
                flow = []
                if caption:
                    yield Line(plain(joined(caption)))
    yield from _flowing(flow)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row]


def _row(texts: Sequence[str]) -> Iterator[Line]:
    cells = tuple(filter(None, map(plain, texts)))
    if cells:
        yield Line(" ".join(cells), cells=cells)


def _flowing(spans: Sequence[Span], *, plain: bool = False) -> Iterator[Line]:
    """Sentences of one paragraph are one line, those of a heading only if it is not *plain*."""
    together: list[Span] = []
    for span in spans:
        if span.kind in ("hidden", "watermark", "profile"):
            continue
        apart = "\n" in span.before or (plain and span.kind == "heading")
        if together and (apart or span.kind != together[-1].kind):
            yield from _line(together)
            together = []
        together.append(span)
    yield from _line(together)


def _line(spans: Sequence[Span]) -> Iterator[Line]:
    text = plain(joined(spans)) if spans else ""
    if text:
        first = spans[0]
        yield Line(text, first.kind in _HEADS, first.kind == "running")


def _next_row(last: Span, span: Span) -> bool:
    if "\n" in span.before or span.column <= last.column or span.kind != last.kind:
        return True
    match last.place, span.place:
        case Page(number), Page(other):
            return number != other
        case Cells(), Cells():
            return False
        case _:
            return True
