"""Cross-encoders by name: nothing is fetched, and what is no cross-encoder is refused."""

import pytest

from rag.errors import RerankerUnavailable
from rag.retrieval.reranker.cross_encoder import CrossEncoderReranker


def test_a_model_that_is_not_on_disk_is_one_sentence():
    with pytest.raises(RerankerUnavailable, match=r"nobody/none cannot be used: it is not on this machine"):
        CrossEncoderReranker("nobody/none").score("fee?", ["the fee"])


def test_a_folder_without_a_model_is_one_sentence(tmp_path):
    with pytest.raises(RerankerUnavailable) as caught:
        CrossEncoderReranker(str(tmp_path)).score("fee?", ["the fee"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("kind", "labels", "reason"), [("BertModel", 1, "no cross-encoder"), ("", 3, "one score")])
def test_a_model_for_something_else_is_refused(tmp_path, kind, labels, reason):
    import transformers

    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nfee")
    transformers.BertTokenizerFast(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    config = transformers.BertConfig(vocab_size=6, num_labels=labels, **sizes)
    getattr(transformers, kind or "BertForSequenceClassification")(config).save_pretrained(tmp_path)
    with pytest.raises(RerankerUnavailable, match=reason):
        CrossEncoderReranker(str(tmp_path)).score("fee?", ["the fee", "dogs"])
