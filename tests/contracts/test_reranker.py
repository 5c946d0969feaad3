"""What holds for every reranker: higher is nearer, a score for each text, and never a failure of another kind."""

import math

import pytest
from rerank_server import RerankScript, rerank_server

from rag.retrieval.reranker.cross_encoder import CrossEncoderReranker
from rag.retrieval.reranker.rerank_endpoint import RerankEndpoint
from rag.retrieval.reranker.shared_words import SharedWordsReranker

QUESTION = "What is the fee?"
NEAR, FAR = "the fee is 12 euros.", "dogs travel free of charge."


@pytest.fixture(scope="module")
def fee_model(tmp_path_factory):
    """A folder with a cross-encoder of one layer whose weights were set by hand: it likes the word ``fee``."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("fee")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fee", "what", "is", "the", "?", ".", "dogs", "free", "of"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    model = BertForSequenceClassification(
        BertConfig(vocab_size=len(words), max_position_embeddings=32, num_labels=1, **sizes)
    )
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.fill_(1.0 if "LayerNorm.weight" in name else 0.0)
        # Every word attends to all others alike, so the first holds how many of them are "fee".
        model.bert.embeddings.word_embeddings.weight[5, 0] = 4.0
        model.bert.embeddings.word_embeddings.weight[:, 1] = 4.0
        attention = model.bert.encoder.layer[0].attention
        for layer in (attention.self.value, attention.output.dense, model.bert.pooler.dense):
            layer.weight.copy_(torch.eye(8))
        model.classifier.weight[0, 0] = 1.0
    model.save_pretrained(folder)
    return folder


@pytest.fixture(params=["cross_encoder", "endpoint", "tei", "shared_words"])
def reranker(request):
    match request.param:
        case "cross_encoder":
            yield CrossEncoderReranker(str(request.getfixturevalue("fee_model")))
        case "endpoint":
            with rerank_server() as served:
                yield RerankEndpoint(served.url)
        case "tei":
            with rerank_server(RerankScript("/rerank", "texts", bare=True, score="score")) as served:
                yield RerankEndpoint(served.url)
        case _:
            yield SharedWordsReranker()


def test_what_is_nearer_has_the_higher_score(reranker):
    near, far = reranker.score(QUESTION, [NEAR, FAR])
    assert near > far
    far, near = reranker.score(QUESTION, [FAR, NEAR])
    assert near > far


def test_each_text_has_its_score_in_its_own_place(reranker):
    scores = reranker.score(QUESTION, [FAR, NEAR, FAR, NEAR])
    assert scores[0] == pytest.approx(scores[2])
    assert scores[1] == pytest.approx(scores[3])
    assert all(math.isfinite(score) and isinstance(score, float) for score in scores)


def test_no_texts_have_no_scores(reranker):
    assert reranker.score(QUESTION, []) == []


@pytest.mark.parametrize("odd", ["", " ", "\x00", "\ud800", "x\udfff公", "🙂‍↔️", "long " * 5000])
def test_any_text_and_any_question_has_a_score(reranker, odd):
    assert len(reranker.score(odd, [NEAR, odd])) == 2
    assert len(reranker.score(QUESTION, [odd, NEAR])) == 2


def test_many_texts_are_scored_like_few(reranker):
    scores = reranker.score(QUESTION, [FAR] * 50 + [NEAR] + [FAR] * 19)
    assert len(scores) == 70
    assert scores.index(max(scores)) == 50
