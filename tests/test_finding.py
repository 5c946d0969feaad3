"""Whatever becomes of an embedding model, the words of the documents are found, and why there was no more is said."""

import pytest

from rag.errors import DiskFull, EmbedderUnavailable
from rag.records import Finished, Request
from rag.retrieval.hashing import HashingEmbedder

FEE = "What is the annual mooring fee?"


class Silent(HashingEmbedder):
    """A model that cannot be used."""

    def __init__(self, problem):
        self.problem = problem

    def passages(self, texts):
        raise self.problem

    def query(self, text):
        raise self.problem


class Retrained(HashingEmbedder):
    """Another model under the old name."""

    dim = 128


@pytest.mark.parametrize(
    ("embedder", "code"),
    [
        (Silent(EmbedderUnavailable(name="m", reason="it is gone")), "EmbedderUnavailable"),
        (Silent(DiskFull(path="/data")), "DiskFull"),
        (Retrained(), "EmbedderUnavailable"),
    ],
)
@pytest.mark.parametrize("question", [FEE, "系泊费是多少？"])
def test_without_its_embedding_model_a_base_is_searched_by_words(app, add, report, embedder, code, question):
    add("report.pdf", report)
    app.finder._embedder = lambda _: embedder
    answer = next(event.answer for event in app.ask("ann", Request(question)) if isinstance(event, Finished))
    assert answer.citations
    assert answer.problem.code == code
    app.finder.warm_up()


def test_the_doctor_looks_at_everything_though_an_embedding_model_is_missing(app, add, report):
    add("report.pdf", report)
    app.finder._embedder = lambda _: Retrained()
    (finding,) = app.check().findings
    assert finding.what == "vectors that the index does not hold"
