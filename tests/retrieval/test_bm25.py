"""BM25 finds what scoring every text by itself finds, however common the words and whatever may be seen."""

import random
from math import log

import numpy as np
import pytest

from rag.retrieval.lexical import bm25
from rag.retrieval.lexical.bm25 import best
from rag.retrieval.lexical.postings import packed, postings_of
from rag.retrieval.vectors import choices

TEXTS, DOCUMENTS = 400, 8


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(bm25, "_COMMON", (10, 0.15))
    monkeypatch.setattr(bm25, "_WORTH_ASKING", 15)
    monkeypatch.setattr(bm25, "_FEW", 30)
    monkeypatch.setattr(bm25, "_IN_CACHE", 37)
    monkeypatch.setattr(bm25, "_BLOCK", 4)
    monkeypatch.setattr(choices, "_WORTH_ASKING", 1)


def made(seed):
    """Texts of terms 1 to 12, from rare to common, in the first half of the documents; 13 to 24 in the others."""
    dice = random.Random(seed)
    texts = []
    for number in range(TEXTS):
        document = number * DOCUMENTS // TEXTS
        first = 1 if document < DOCUMENTS // 2 else 13
        held = {
            term: dice.randint(1, 4) for term in range(first, first + 12) if dice.random() < (term - first + 1) / 14
        }
        texts.append((number + 1, number + 1, document, dice.randint(5, 60), held))
    return texts


def plainly(texts, terms, k, only, never):
    average = sum(length for *_, length, _ in texts) / len(texts)
    weights = {}
    for term in terms:
        many = sum(term in held for *_, held in texts)
        weights[term] = 2.2 * log(1 + (len(texts) - many + 0.5) / (many + 0.5))
    scores = {}
    for number, _, document, length, held in texts:
        score = sum(
            weights[term] * held[term] / (held[term] + 1.2 * (0.25 + 0.75 * length / average))
            for term in terms
            if term in held
        )
        if score and document not in never and (only is None or document in only):
            scores[number] = score
    return dict(sorted(scores.items(), key=lambda pair: -pair[1])[:k])


@pytest.mark.parametrize("gone", [(), (3, 120, 399)])
@pytest.mark.parametrize(
    "only", [None, frozenset({0}), frozenset({0, 1, 2, 3}), frozenset({5, 6}), frozenset(range(7))]
)
@pytest.mark.parametrize("never", [frozenset(), frozenset({1})])
@pytest.mark.parametrize("seed", range(3))
def test_the_best_are_those_of_scoring_every_text(seed, only, never, gone):
    texts = made(seed)
    parts = [
        postings_of([(*text, packed(held)) for *text, held in some])
        for some in (texts[:250], texts[250:340], texts[340:])
    ]
    for part in parts:
        part.forget(np.array(gone, np.int64))
    left = [text for text in texts if text[0] not in gone]
    for terms in (range(1, 25), (1, 2, 13), (9, 10, 11, 12), (12, 24), (24,), (3, 99)):
        for _ in range(2):  # what is kept of the first is used by the second
            found = best(parts, np.array(terms, np.uint64), 10, only, never)
            wanted = plainly(left, terms, 10, only, never)
            assert [score for _, score in found] == pytest.approx(list(wanted.values()), abs=1e-4)
            everything = plainly(left, terms, TEXTS, only, never)
            assert dict(found) == pytest.approx({number: everything[number] for number, _ in found}, abs=1e-4)
