"""What a text is made of, in Chinese and English: sentences, and the terms that a search goes by."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LETTER = rf"[^\W_{HAN}]"
_TOKEN = re.compile(
    rf"""
      (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?%?(?!\d) | \d+(?:\.\d+)?%?(?!\.?\d|{_LETTER}|[-–/&]{_LETTER}))
    | (?P<han>[{HAN}]+)
    | (?P<word>{_LETTER}+(?:[-'’.&/–]{_LETTER}+)*)
    """,
    re.VERBOSE,
)
_LATIN_PART = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(
    r"""
      [。！？；]+[”’」』）)"']*                        # a Chinese sentence ends, whatever follows
    | [.!?]+[”’)"'\]]*(?=\s+[^\s{a-z}])(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\b[Ii]nc\.)(?<!\bCo\.)(?<!\b[Vv]s\.)
      (?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bU\.S\.)(?<!\bLtd\.)(?<!\bCorp\.)
    | \n+
    """.replace("{{a-z}}", "a-z"),
    re.VERBOSE,
)
_jieba_cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text in its own order, folded: words, pairs of neighbouring Chinese characters, and numbers."""

    words: tuple[str, ...]
    grams: tuple[str, ...]
    numbers: tuple[str, ...]


def folded(text: str) -> str:
    """*text* with full-width and compatibility forms made plain (NFKC), in lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def terms(text: str) -> Terms:
    """The terms of *text*. A number stays whole (``1,234.5`` is ``1234.5``), and so does a code (``10-k``)."""
    words: list[str] = []
    grams: list[str] = []
    numbers: list[str] = []
    for match in _TOKEN.finditer(folded(text)):
        token = match[0]
        if match.lastgroup == "number":
            numbers.append(token.replace(",", ""))
            if token.endswith("%"):
                numbers.append(numbers[-1][:-1])
        elif match.lastgroup == "han":
            words.extend(_chinese_words(token))
            grams.extend(token[at : at + 2] for at in range(len(token) - 1))
            if len(token) == 1:
                grams.append(token)
        else:
            words.append(token)
            parts = _LATIN_PART.findall(token)
            if len(parts) > 1:
                words.extend(part for part in parts if len(part) > 1 and not part.isdigit())
                numbers.extend(part for part in parts if len(part) > 1 and part.isdigit())
    return Terms(tuple(words), tuple(grams), tuple(numbers))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of *text*, without the white space around it; a line end always ends one."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            yield left, start + len(piece.rstrip())
        start = end


def is_chinese(text: str) -> bool:
    """Whether a reader of *text* would call it Chinese: Han characters outweigh Latin words."""
    han = sum(len(run) for run in _HAN_RUN.findall(text))
    return han > len(re.findall(r"[A-Za-z]+", text))


def keep_dictionary_in(folder: Path) -> None:
    """Let jieba keep its prepared dictionary in *folder* (by default it would use the shared temporary folder)."""
    global _jieba_cache  # noqa: PLW0603 - one dictionary a process, as in jieba itself
    _jieba_cache = folder


def _chinese_words(run: str) -> Iterator[str]:
    for word in _dictionary().cut_for_search(run):
        if len(word) > 1:
            yield word


@cache
def _dictionary() -> Any:
    import jieba  # noqa: PLC0415 - reads a dictionary of 5 MB

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    if _jieba_cache is not None:
        _jieba_cache.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(_jieba_cache)
    tokenizer.initialize()
    return tokenizer
