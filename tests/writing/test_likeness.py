"""Sentences that say the same in other words are found by what they mean."""

from rag.writing.evidence import answer_text, gather
from rag.writing.likeness import Remembered


def means(near):
    """A likeness for which sentences with *near* are the nearest."""
    return lambda question, sentences: [0.9 if near in sentence else 0.8 for sentence in sentences]


def test_a_sentence_in_other_words_is_quoted_before_one_that_shares_a_common_word(prose):
    hits = [prose("¶Laptops are encrypted.", "¶A lost device is reported to extension 4400.")]
    asked = "my laptop was stolen, whom do I tell"
    likeness = means("4400")
    assert "4400" not in answer_text(asked, gather(asked, hits), hits).splitlines()[0]
    cited = gather(asked, hits, likeness)
    assert "4400" in answer_text(asked, cited, hits, likeness=likeness).splitlines()[0]


def test_no_sentence_is_compared_twice():
    seen = []

    def likeness(question, sentences):
        seen.extend(sentences)
        return [0.5] * len(sentences)

    remembered = Remembered(likeness)
    assert remembered("q", ["a", "b", "a"]) == [0.5, 0.5, 0.5]
    assert remembered("q", ["b", "c"]) == [0.5, 0.5]
    assert seen == ["a", "b", "c"]
