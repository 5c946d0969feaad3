"""Labels of rows and columns as a question says them: whole, or by the words that tell them from their neighbours."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.figures.asked.alike import ALIKE, ENDING
from rag.figures.asked.bilingual import both_languages
from rag.figures.asked.label_forms import bare, said, with_quarters
from rag.figures.asked.line_names import other_names
from rag.figures.asked.shared_words import spelt_out
from rag.figures.asked.small_words import POLITE, SAYS_NOTHING
from rag.language import HAN, terms

_WITH_QUARTER = re.compile(r"(?:19|20)\d\d[qh][1-4]")
_PERIOD_WORDS = re.compile("期末|期初|上期|本期")
PART_OF_YEAR = re.compile(
    r"(?<!上)[上下]半年|(?<![a-z\d])(?:h[12]|[12]h)(?![a-z\d])|\b(?:first|second) half\b"
    r"|前[一二两三\d]个?(?:季度?|月)|年初至|\bytd\b|\byear to date\b"
)
SOME_HALF = re.compile(r"(?<![每按各下])半年")
"""Says that half a year is meant; of a report on one, every column may be."""
_BETWEEN_SIGNS = re.compile(rf"(?<=[{HAN}\d])(?=[{HAN}])")
_PIECE = re.compile(rf"[{HAN}]+|[a-z0-9][a-z0-9'&.\-]*")
_APART = re.compile(r"[的与和及、]")
_ANY_AMOUNT = re.compile("数额|数值|数字|金额|余额")
"""What every value is called."""
_CHANGES = re.compile(
    r"母公司|合并|税[前后]|调整[前后]|加权|预算|计划|目标|人均|累计|扣除|剔除|不含|除去|以外|之外|剩[余下]|尚未|没有"
    r"|\b(?:net|gross|before|after|excluding|except|without|not|adjusted|weighted|budget(?:ed)?|planned|median|remaining|unspent"
    r"|outstanding)\b"
)
"""Words that make another figure of the one they stand beside."""
_AND = re.compile(r"以及|[和与及、]|\band\b")
_LAST_WORDS = re.compile(rf"(?:[{HAN}]+|[a-z]+)\s*$")
_FIRST_WORDS = re.compile(rf"^\s*(?:[{HAN}]+|[a-z]+)")
_AMOUNT = frozenset("金额 数额 数 余额 账面余额 发生额 数量 number percent value amount total 合计数".split())
"""What a value is called by itself; it does not tell one column from another."""
_ALL_HAN = re.compile(f"[{HAN}]{{4,}}")
_MOSTLY = 0.6  # of the labels of an axis with Chinese signs
_SAYS = re.compile(r"[^\W_]")
_HAN_TEXT = re.compile(f"[{HAN}]")
GONE = "\N{SYMBOL FOR NULL}"


@dataclass(frozen=True, slots=True)
class Name:
    """A label: *whole*, the *words* by which it is told from the others of its axis, none when nothing does, and
    *others* by which the other language calls it.
    """

    whole: str
    words: tuple[str, ...]
    others: tuple[str, ...] = ()


def names(labels: Sequence[str]) -> dict[str, Name]:
    """A name for each of the different *labels* of one axis, by the label."""
    both = _both(labels)
    in_chinese = {label: both[label][0] if label in both else label for label in dict.fromkeys(labels)}
    wholes = {label: with_quarters(bare(own)) for label, own in in_chinese.items()}
    cut = {label: list(dict.fromkeys(_words(whole))) for label, whole in wholes.items() if _SAYS.search(whole)}
    counts = Counter(word for words in cut.values() for word in words)
    shared = {word for word, count in counts.items() if len(cut) > 1 and count == len(cut)} | _AMOUNT
    known = set(wholes.values())
    return {
        label: Name(
            wholes[label],
            tuple(word for word in words if word not in shared),
            tuple(other for other in _others(wholes[label], both.get(label)) if other not in known),
        )
        for label, words in cut.items()
    }


def _both(labels: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The labels that are in Chinese and in English, where most of an axis are."""
    chinese = [label for label in dict.fromkeys(labels) if _HAN_TEXT.search(label)]
    found = {label: both for label in chinese if (both := both_languages(label)) is not None}
    return found if _MOSTLY * len(chinese) <= len(found) else {}


def _others(whole: str, both: tuple[str, str] | None) -> Iterator[str]:
    if both is not None:
        yield bare(both[1])
    yield from other_names(whole)
    for one in (whole, bare(both[1]) if both is not None else ""):
        yield from _in_other_language(one)


def _in_other_language(whole: str) -> Iterator[str]:
    chinese = _HAN_TEXT.search(whole) is not None
    for group in ALIKE:
        if whole in group:
            yield from (word for word in group if (_HAN_TEXT.search(word) is not None) is not chinese)


def _words(text: str) -> Iterator[str]:
    """The words of a label: Chinese is cut at names of periods and where 的 or 和 joins two."""
    for piece in _PIECE.findall(text):
        if not _HAN_TEXT.match(piece):
            if piece not in _STOP:
                yield piece
            continue
        rest = _PERIOD_WORDS.sub(lambda match: f"的{match[0]}的", piece)
        yield from (word for word in _APART.split(rest) if word)


_STOP = frozenset(
    """
    a an and as at by for from in of on or per the to with did increase increased increases decrease decreased declined
    decline rise rose fall fell grow grew change changed changes times people number numbers reported reporting
    """.split()
)


def pattern_of(text: str) -> re.Pattern[str]:
    """Finds *text* in a question: Chinese anywhere, with 的 between its signs, other words and numbers whole, in any
    number.
    """
    if _HAN_TEXT.search(text):
        return re.compile(_BETWEEN_SIGNS.sub("的?", re.escape(text)))
    words = [re.escape(ENDING.sub("", word) if len(word) > 3 else word) for word in re.findall(r"[^\W_]+", text)]
    ended = r"\W+".join(f"{word}(?:ies|es|s|y|ed|e|d)?" for word in words)
    return re.compile(rf"(?<![a-z0-9.]){ended}(?![a-z0-9])")


class Question:
    """The words of a question, which are taken one after the other."""

    def __init__(self, text: str) -> None:
        self.left = said(text)

    def take(self, text: str) -> bool:
        """Whether *text* stands in what is left; it is gone then."""
        if not text:
            return False
        self.left, count = pattern_of(text).subn(GONE, self.left)
        return count > 0

    def has(self, text: str) -> bool:
        """Whether *text* stands in what is left."""
        return bool(text) and pattern_of(text).search(self.left) is not None

    def take_words(self, text: str) -> None:
        """What of *text* stands in what is left is gone then, word by word."""
        plainly = said(text)
        for word in sorted({*_words(plainly), *terms(plainly).words}, key=len, reverse=True):
            if len(word) > 1:
                self.take(word)

    def left_over(self) -> tuple[int, int]:
        """How many Chinese signs and other words say something more, and how many numbers stand there."""
        return _size(_ANY_AMOUNT.sub(" ", self.left)), len(re.findall(r"\d+", self.left))


def means_more(left: str) -> bool:
    """Whether what is *left* of a question makes another figure of what it names, or names a second thing in short:
    a word that stands beside another with *and*; or a part of a year that is no quarter or month. Where something was
    named stands the sign ``GONE``.
    """
    if _CHANGES.search(left) or PART_OF_YEAR.search(left):
        return True
    for match in _AND.finditer(left):
        sides = (left[: match.start()].rsplit(GONE, 1)[-1], left[match.end() :].split(GONE, 1)[0])
        near = (_LAST_WORDS.search(sides[0]), _FIRST_WORDS.search(sides[1]))
        if any(_size(side[0]) > 1 for side in near if side):
            return True
    return False


def _size(text: str) -> int:
    """How much *text* says: a word counts as three Chinese signs."""
    rest = SAYS_NOTHING.sub(" ", POLITE.sub(" ", text))
    words = [word for word in re.findall(r"[a-z]{3,}", rest) if word not in _STOP]
    return len(_HAN_TEXT.findall(rest)) + 3 * len(words)


Axes = Mapping[str, Mapping[str, Name]]


def found_in(question: Question, axes: Axes) -> dict[str, list[str]]:
    """The labels of each axis that *question* names, in no order: the longest first, no word for two of them.

    A label is named by its whole text, by what the other language calls it, or else by all the words that tell it from
    its neighbours; one that only says that it is an amount is named where no other is.
    """
    question.left = spelt_out(question.left, [name.whole for _, _, name in _each(axes)])
    if any(_WITH_QUARTER.search(name.whole) for _, _, name in _each(axes)):
        question.left = with_quarters(question.left)
    named: dict[str, list[str]] = {axis: [] for axis in axes}
    wholes: dict[str, list[tuple[str, str]]] = {}
    for axis, label, name in _each(axes):
        wholes.setdefault(name.whole, []).append((axis, label))
    for whole in sorted(wholes, key=len, reverse=True):
        if _tells(whole) and question.take(whole):
            for axis, label in wholes[whole]:
                named[axis].append(label)
    _by_other_language(question, axes, named)
    _by_words(question, axes, named)
    _by_halves(question, axes, named)
    for axis, labels in axes.items():
        plainly = [] if named[axis] else [label for label, name in labels.items() if name.whole in _AMOUNT]
        named[axis] += [label for label in plainly if question.take(labels[label].whole)]
    return named


def _each(axes: Axes) -> Iterator[tuple[str, str, Name]]:
    return ((axis, label, name) for axis, labels in axes.items() for label, name in labels.items())


def _by_other_language(question: Question, axes: Axes, named: Mapping[str, list[str]]) -> None:
    counts = Counter((axis, other) for axis, _, name in _each(axes) for other in set(name.others))
    # What may be one label as well as another is neither.
    others = [
        (other, axis, label)
        for axis, label, name in _each(axes)
        for other in dict.fromkeys(name.others)
        if counts[axis, other] == 1 and _tells(other)
    ]
    for other, axis, label in sorted(others, key=lambda each: len(each[0]), reverse=True):
        if label not in named[axis] and question.take(other):
            named[axis].append(label)


def _by_words(question: Question, axes: Axes, named: Mapping[str, list[str]]) -> None:
    rest = [each for each in _each(axes) if each[1] not in named[each[0]] and each[2].words]
    found = [each for each in rest if all(_tells(word) and question.has(word) for word in each[2].words)]
    for axis, label, name in found:
        # 期初 alone names 期初余额; where 期初原值 is named as well, its words say more.
        if not any(set(name.words) < set(other.words) for where, _, other in found if where == axis):
            named[axis].append(label)
    for word in sorted({word for _, _, name in found for word in name.words}, key=len, reverse=True):
        question.take(word)


def _by_halves(question: Question, axes: Axes, named: Mapping[str, list[str]]) -> None:
    """Labels of an axis without a name of which the first and the last part are said, and nothing of weight between:
    普通股在期初时有多少总股本. Where two are said so, neither is.
    """
    for axis, labels in axes.items():
        found = (
            [] if named[axis] else [(label, text) for label in labels if (text := _said_apart(labels[label], question))]
        )
        if len(found) == 1:
            ((label, text),) = found
            question.left = question.left.replace(text, GONE, 1)
            named[axis].append(label)


def _said_apart(name: Name, question: Question) -> str:
    """What stands in *question* from the first part of *name* to its last; empty where it does not."""
    if not _ALL_HAN.fullmatch(name.whole):
        return ""
    for at in range(2, len(name.whole) - 1):
        match = re.search(rf"{name.whole[:at]}([^,;。?]*?){name.whole[at:]}", question.left)
        if match and not _HAN_TEXT.search(SAYS_NOTHING.sub("", POLITE.sub("", match[1]))):
            return match[0]
    return ""


def _tells(text: str) -> bool:
    return len(text) > 1 and text not in _AMOUNT
