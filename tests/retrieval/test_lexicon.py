"""A question of one language finds the words of documents of the other."""

from datetime import UTC, datetime

import pytest

from rag.language import is_chinese, simplified
from rag.records import About, Document, Owner, Scope, Spot
from rag.retrieval.asked.lexicon import entries, in_chinese, in_english, known_part
from rag.retrieval.asked.routing import Directory
from rag.retrieval.gathering import Known
from rag.retrieval.lexical.posting_words import PostingWords
from rag.retrieval.memory import MemoryWords
from rag.retrieval.retriever import nearest_passages

BOTH = Scope(frozenset({1}))


def test_every_chinese_word_of_the_list_stands_in_it_once_and_is_simplified():
    names = [name for chinese, _ in entries() for name in chinese]
    assert len(names) == len(set(names))
    assert [name for name in names if simplified(name) != name or not is_chinese(name)] == []
    assert [english for _, several in entries() for english in several if is_chinese(english) or not english] == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("截至2023年6月30日，受限现金总额是多少？", "June 30, 2023 restricted cash total"),
        ("截至2023年6月30日，受限現金總額是多少？", "June 30, 2023 restricted cash total"),
        ("Nordlicht 2021财年的商誉", "Nordlicht 2021 fiscal goodwill"),
        ("2022年12月的现金股利", "December 2022 cash dividends"),
        ("商誉占3.5%", "goodwill 3.5%"),
        ("嗯，Q3呢？", ""),
    ],
)
def test_a_chinese_question_has_its_words_dates_names_and_numbers_in_english(chinese, english):
    assert in_english(chinese).replace(",", "").split() == english.replace(",", "").split()


def test_the_longest_word_that_is_known_counts():
    assert in_english("贷款") == "loans loan"
    assert "loans loan" not in in_english("住房抵押贷款")


def test_an_english_question_has_its_words_in_chinese():
    found = in_chinese("How much restricted cash did Nordlicht hold at the end of FY2022?").split()
    assert {"受限现金", "Nordlicht", "FY2022"} <= set(found)
    assert "How" not in found
    assert "现金" not in found
    assert in_chinese("Why so?") == ""
    assert "评级" not in in_chinese("At what rates were dollars translated?")


@pytest.fixture
def words():
    words = MemoryWords()
    texts = {1: "Goodwill stood at 12 million", 2: "6 days, 30 nights, 2023", 3: "商誉为12百万", 4: "现金"}
    owners = {1: 1, 2: 1, 3: 2, 4: 2}
    words.add(list(texts), [Owner(1, owners[number]) for number in texts], list(texts.values()))
    return words


def known(*languages):
    made = datetime(2025, 1, 1, tzinfo=UTC)
    return Known(
        directory=Directory(
            tuple(
                Document(number, 1, f"{number}.pdf", "", "pdf", 1, made, "ann", about=About(language=language))
                for number, language in enumerate(languages, 1)
            )
        )
    )


def found(words, question, among, *languages):
    near = nearest_passages(question, None, None, words, 5, among, known=known(*languages))
    return [one.id for one in near]


@pytest.mark.parametrize("question", ["商誉是多少？", "What was the goodwill?"])
def test_each_document_is_asked_in_its_own_language(words, question):
    assert set(found(words, question, BOTH, "en", "zh")) == {1, 3}
    assert found(words, question, Scope(frozenset({1}), frozenset({1})), "en", "zh") == [1]
    assert found(words, question, Scope(frozenset({1}), frozenset({2})), "en", "zh") == [3]


def test_a_chinese_month_is_not_looked_for_as_a_bare_number_in_english_documents(words):
    assert set(found(words, "6月的商誉是多少？", BOTH, "en", "zh")) == {1, 3}


def test_a_document_whose_language_is_not_known_is_asked_in_both(words):
    assert set(found(words, "商誉是多少？", BOTH, "", "zh")) == {1, 3}


def test_what_is_excluded_stays_excluded(words):
    assert found(words, "商誉是多少？", Scope(frozenset({1}), never=frozenset({1})), "en", "zh") == [3]


@pytest.fixture
def mixed(tmp_path):
    """Twenty English reports that speak of goodwill, and one Chinese one, whose words are rare for it."""
    words, made = PostingWords(tmp_path / "words.sqlite"), datetime(2025, 1, 1, tzinfo=UTC)
    texts = [f"Goodwill of plant {number}" for number in range(1, 20)] + ["Nordlicht goodwill impairment", "商誉及减值"]
    numbers = list(range(1, len(texts) + 1))
    words.add(numbers, [Owner(1, number) for number in numbers], texts)
    about = [About(language="en")] * 19 + [About(("Nordlicht",), language="en"), About(("青禾",), language="zh")]
    documents = tuple(
        Document(number, 1, f"{number}.pdf", "", "pdf", 1, made, "ann", about=one)
        for number, one in zip(numbers, about, strict=True)
    )
    return words, Known(
        spots=lambda ids: {number: Spot(number, 1, "") for number in ids}, directory=Directory(documents)
    )


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Was there a goodwill impairment?", 20),
        ("商誉是否减值？", 21),
        ("Nordlicht的商誉是否减值？", 20),
        ("What goodwill impairment has 青禾?", 21),
    ],
)
def test_among_both_languages_that_of_the_question_comes_first_unless_it_names_another(mixed, question, first):
    words, there = mixed
    near = nearest_passages(question, None, None, words, 5, BOTH, known=there)
    assert near[0].id == first


def test_a_document_of_both_languages_is_found_by_the_words_of_the_question_too(words):
    assert found(words, "Goodwill?", Scope(frozenset({1}), frozenset({1})), "zh", "zh") == [1]
    assert found(words, "商誉？", Scope(frozenset({1}), frozenset({2})), "en", "en") == [3]


def test_whose_a_fee_is_does_not_hide_what_it_is_for():
    assert in_chinese("What is the auditor's fee?") == in_chinese("What is the auditor fee?")
    assert "会计师事务所报酬" in in_chinese("What is the auditor's fee?")


def test_how_much_of_a_question_is_known_in_the_other_language():
    assert known_part("年假多少天") == 1.0
    assert known_part("upsd 的默认端口") == 1.0
    assert known_part("魑魅魍魉的年假") < 0.6
    assert 0 < known_part("Does the blotchy heron take annual leave?") < 0.7


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("陪产假有几天", "paternity leave"),
        ("账号锁定", "account user name locked lock"),
        ("能不能转租", "sublet sublease"),
        ("默认端口", "default port"),
    ],
)
def test_words_of_handbooks_contracts_and_manuals_are_known(question, words):
    assert words in in_english(question)
