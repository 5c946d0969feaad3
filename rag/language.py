"""What a text is made of, in Chinese and English: sentences, and the terms that a search goes by."""

import logging
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LETTER = rf"[^\W_{HAN}]"
_TOKEN = re.compile(
    rf"""
      (?P<number>\d{{1,3}}(?:[,']\d{{3}})+(?:\.\d+)?%?(?!\d) | \d+(?:\.\d+)?%?(?!\.?\d|{_LETTER}|[-/&_]{_LETTER}))
    | (?P<han>[{HAN}]+)
    | (?P<sign>(?<!\w)[a-z](?:\+\+|\#)(?!\w))  # C++, C#
    | (?P<word>{_LETTER}+(?:[-'.&/_]{_LETTER}+)*)
    """,
    re.VERBOSE,
)
_ALIKE = {**dict.fromkeys(map(ord, "‐‑‒–−"), "-"), ord("’"): "'"}  # signs within words and numbers, however typed
_PART = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_LETTER_ALONE = re.compile(r"(?<![a-z0-9])[a-z]")
_SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \t]{{1,4}}[{HAN}])+(?![{HAN}])")  # as statements print 合 计
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphens, zero-width marks
_SENTENCE_END = re.compile(
    r"""
      (?<![。！？；｡])[。！？；｡]++[”’」』）〉》】)"']*+        # a Chinese sentence ends, whatever follows
    | (?<![.!?…])(?P<stop>[.!?…]++)[”’)"'\]]*+            # an English one may
    | [\r\n\f\u2028\u2029]++
    """,
    re.VERBOSE,
)
_NEXT = re.compile(r"""\s++["'(\[“‘「『（《【]{0,3}+(?P<word>[^\W\d_]{1,20}|\S)""")
_BEFORE = re.compile(r"[^\s(\[“‘\"/,;:–—-]{1,20}\Z")
_NUMBERED = re.compile(
    r"\s*+[(“\"]?(?:(?:note|item|part|section|article|table|figure|exhibit|chapter|appendix|schedule|step|rule)\s++)?"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[ivxlc]{1,6}|[a-z])",
    re.IGNORECASE,
)
_LEADER = 3  # more full stops than this lead to a page number
_HEADING = 40  # characters in which "Note 12." has room
_ON_IT_GOES = frozenset(".,;:!?…)]}”’%/&=|")
_NAME_FOLLOWS = frozenset("mr mrs ms dr prof messrs hon rev gen sen rep gov capt lt st mt vs v cf approx viz".split())
_NUMBER_FOLLOWS = frozenset(
    """
    no nos art arts sec secs para paras p pp vol vols ch chap fig figs eq tab ex exh app col ca max min est
    jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()
)
_SELDOM_LAST = frozenset("inc corp co cos pte ltd llc plc etc jr sr bros dept div intl natl univ assn ave blvd".split())
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]{1,2})*")
_STARTERS = frozenset(
    """
    a additionally after all although an and any as at because before both but by during each finally for from
    further furthermore how however if in it its management many moreover most no on our overall she he since so some
    such that the their there these they this those through to under until upon we what when where which while who
    why with you your
    """.split()
)
_RUN = 256  # characters given to jieba at once: its time grows with their square
_SHORT = 16  # characters of a run whose words are remembered
_jieba_cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text in its own order, folded: words, pairs of neighbouring Chinese characters, and numbers."""

    words: tuple[str, ...]
    grams: tuple[str, ...]
    numbers: tuple[str, ...]


def folded(text: str) -> str:
    """*text* with full-width and compatibility forms made plain (NFKC), in lower case, without invisible marks."""
    return unicodedata.normalize("NFKC", text).translate(_UNSEEN).casefold()


def terms(text: str) -> Terms:
    """The terms of *text*, in simplified characters. A number stays whole (``1,234.5`` is ``1234.5``), and so does a
    code (``10-k``, ``net_sales``, ``c++``); whose something is does not count (``3m's``).

    A code gives its parts too (``fy2023`` also ``fy`` and ``2023``), and some are also written as one (``10k``,
    ``email``); a percentage gives its bare number too, and a letter the character after it (``a股``).
    """
    words: list[str] = []
    grams: list[str] = []
    numbers: list[str] = []
    plain = _SPACED.sub(lambda match: "".join(match[0].split()), folded(text)).translate(_plain())
    for match in _TOKEN.finditer(plain):
        token = match[0]
        if match.lastgroup == "number":
            numbers.append(token.replace(",", "").replace("'", ""))
            if token.endswith("%"):
                numbers.append(numbers[-1][:-1])
        elif match.lastgroup == "han":
            words.extend(_chinese_words(token))
            grams.extend(token[at : at + 2] for at in range(len(token) - 1))
            if len(token) == 1:
                grams.append(token)
            if match.start() and (letter := _LETTER_ALONE.match(plain, match.start() - 1)):
                grams.append(letter[0] + token[0])
        else:
            token = token.removesuffix("'s")
            words.append(token)
            if not token.isalpha():
                parts = [part for part in _PART.findall(token) if part != token]
                words.extend(part for part in parts if len(part) > 1 and part.isalpha())
                numbers.extend(part for part in parts if len(part) > 1 and not part.isalpha())
                if _is_one(token, parts):
                    words.append("".join(parts))
    return Terms(tuple(words), tuple(grams), tuple(numbers))


def _is_one(code: str, parts: list[str]) -> bool:
    """Whether people also write the *parts* of a code without what is between them: us for u.s, 10k for 10-k."""
    if len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts):
        return True
    if len(parts) != 2 or code != "-".join(parts):
        return False
    letters = [part.isalpha() for part in parts]
    return any(letters) and (not all(letters) or min(map(len, parts)) <= 2)  # also iso-9001 and e-mail, not year-end


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of *text*, without the white space around it; a line end always ends one.

    Where it cannot be told (``Apple Inc. Annual Report``) the sentence goes on: too long is still true, half is not.
    """
    start = 0
    for end in [*_ends(text), len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            yield left, start + len(piece.rstrip())
        start = end


def _ends(text: str) -> Iterator[int]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match["stop"] is None or _stops(text, start, match):
            start = match.end()
            yield start


def _stops(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop of *match* ends the sentence that began at *start*."""
    stop, here = match["stop"], match.start()
    if _HAN_RUN.match(text, match.end()):
        return "!" in stop or "?" in stop
    following = _NEXT.match(text, match.end())
    if following is None or len(stop.replace("…", "...")) > _LEADER:
        return False
    after = following["word"]
    if after[0].islower() or after in _ON_IT_GOES:
        return False
    return stop != "." or not _shortens(text, start, here, after)


def _shortens(text: str, start: int, here: int, after: str) -> bool:
    """Whether the full stop at *here* belongs to an abbreviation or a heading's number, as far as *after* can tell."""
    before = _BEFORE.search(text, max(start, here - 20), here)
    word = before[0].casefold() if before else ""
    if here == start or text[here - 1].isspace():
        return True  # a leader with room between its dots
    if word in _NAME_FOLLOWS or (word in _NUMBER_FOLLOWS and after[0].isdigit()):
        return True
    if here - start <= _HEADING and _NUMBERED.fullmatch(text, start, here):
        return True
    if word in _SELDOM_LAST or _DOTTED.fullmatch(word):
        return not (after[0].isupper() and after.casefold() in _STARTERS)
    return False


def simplified(text: str) -> str:
    """*text* with the simplified character for each traditional one."""
    return text.translate(_simplified())


def has_han(text: str) -> bool:
    """Whether any character of *text* is Han."""
    return _HAN_RUN.search(text) is not None


def is_chinese(text: str) -> bool:
    """Whether a reader of *text* would call it Chinese: Han characters outweigh Latin words."""
    han = sum(len(run) for run in _HAN_RUN.findall(text))
    return han > len(re.findall(r"[A-Za-z]+", text))


def decoded(data: bytes) -> str | None:
    """The text in the bytes of a file, whatever its encoding, or ``None`` where they are no text."""
    # Excel's "Unicode text" has a mark of UTF-16; its CSV in Chinese is in GBK.
    for encoding in ["utf-16"] if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def keep_dictionary_in(folder: Path) -> None:
    """Let jieba keep its prepared dictionary in *folder*, not in the temporary folder that all users share."""
    global _jieba_cache  # noqa: PLW0603 - one dictionary a process, as in jieba itself
    _jieba_cache = folder


def known_words() -> list[str]:
    """The Chinese words of the dictionary, in its order."""
    lines = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    return [word for word, _, _ in (line.partition(" ") for line in lines) if _HAN_RUN.fullmatch(word)]


def _chinese_words(run: str) -> Iterable[str]:
    if len(run) <= _SHORT:
        return _words_of_short(run)
    return (word for at in range(0, len(run), _RUN) for word in _cut(run[at : at + _RUN]))


@lru_cache(maxsize=65_536)
def _words_of_short(run: str) -> tuple[str, ...]:
    """The words of a short run; remembered, since five of six runs of a report came before."""
    return tuple(_cut(run))


def _cut(run: str) -> Iterator[str]:
    return (word for word in _dictionary().cut_for_search(run) if len(word) > 1)


@cache
def _simplified() -> dict[int, str]:
    """The simplified character of each traditional one, the usual where there are several; by OpenCC's table."""
    table = resources.files("opencc") / "dictionary" / "TSCharacters.txt"
    pairs = (line.split() for line in table.read_text(encoding="utf-8").splitlines())
    return {ord(pair[0]): pair[1] for pair in pairs if len(pair) > 1}


@cache
def _plain() -> dict[int, str]:
    return _simplified() | _ALIKE


@cache
def _dictionary() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 has escapes that Python warns of, once, when it compiles them
        import jieba  # noqa: PLC0415 - reads a dictionary of 5 MB

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    if _jieba_cache is None:
        tokenizer.initialize()
        return tokenizer
    from filelock import FileLock  # noqa: PLC0415 - needed once, with jieba

    _jieba_cache.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(_jieba_cache)
    with FileLock(_jieba_cache / "jieba.lock"):
        tokenizer.initialize()
        # Where the disk is full, jieba leaves the part that it could write, several megabytes, and goes on without it.
        for part in _jieba_cache.glob("tmp*"):
            part.unlink()
    return tokenizer
