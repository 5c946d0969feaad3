"""The terms of texts and of questions as numbers: posting lists hold no word that could be read."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from rag.language import Terms, terms
from rag.retrieval.asked.question import asked
from rag.retrieval.lexical.postings import Hashes, packed
from rag.retrieval.lexical.stems import stem

VERSION = 5  # of the terms that a text has: an index of another is filled again
_LONGEST = 64  # characters of a term; what is longer is no word


def counted(text: str) -> tuple[int, bytes]:
    """How many terms a text has, and which, as ``packed`` gives them."""
    counts = Counter(_hashes(terms(text)))
    return counts.total(), packed(counts)


@lru_cache(maxsize=64)
def asked_for(text: str) -> Hashes:
    """The terms of a question; it is asked again among other documents."""
    return np.array(sorted(set(_hashes(asked(text)))), np.uint64)


def _hashes(found: Terms) -> Iterator[int]:
    """The terms with their kinds, so that a pair of characters is no word."""
    yield from map(_word, found.words)
    yield from map(_gram, found.grams)
    for number in found.numbers:
        yield _hash(f"n{number[:_LONGEST]}")


@lru_cache(maxsize=200_000)
def _word(word: str) -> int:
    """Only plain English words have a stem."""
    return _hash(f"w{stem(word)[:_LONGEST]}")


@lru_cache(maxsize=200_000)
def _gram(gram: str) -> int:
    return _hash(f"g{gram}")


def _hash(term: str) -> int:
    digest = hashlib.blake2b(term.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
