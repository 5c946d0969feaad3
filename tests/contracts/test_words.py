"""Every word index keeps the same promises."""

import threading
import time
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.records import Owner, Scope
from rag.retrieval.lexical import bm25, posting_folders, postings
from rag.retrieval.lexical.posting_words import PostingWords
from rag.retrieval.memory import MemoryWords

HERE = Scope(frozenset({1}))
OWNER = Owner(1, 1)


@pytest.fixture(params=["loose", "folders", "memory"])
def words(request, tmp_path, monkeypatch):
    if request.param == "memory":
        yield MemoryWords()
        return
    if request.param == "folders":  # each addition is put into a folder, each search prunes, and merges never end
        monkeypatch.setattr(posting_folders, "_LOOSE", 1)
        monkeypatch.setattr(posting_folders, "_TOGETHER", 3)
        monkeypatch.setattr(postings, "_ENTRIES", 7)
        for name in ("_FEW", "_WORTH_ASKING"):
            monkeypatch.setattr(bm25, name, 0)
        monkeypatch.setattr(bm25, "_LOOKING", -1)
    index = PostingWords(tmp_path / "words.sqlite")
    yield index
    index.close()


@pytest.fixture
def put(words):
    def put(texts, owner=OWNER):
        words.add(list(texts), [owner] * len(texts), list(texts.values()))

    return put


@pytest.fixture
def found(words):
    def found(question, scope=HERE, k=10):
        return [number for number, _ in words.matching(question, k, scope)]

    return found


def test_the_text_that_shares_rarer_words_comes_first(words, put):
    put({1: "goodwill impairment of the segment", 2: "revenue of the segment", 3: "segment cash", 4: "trees", 5: "sky"})
    hits = words.matching("goodwill of the segment", 10, HERE)
    assert hits[0][0] == 1
    assert {number for number, _ in hits} == {1, 2, 3}
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


def test_what_may_not_be_seen_is_not_found(words, found):
    owners = [Owner(1, 11), Owner(1, 12), Owner(2, 21), Owner(2, 22)]
    words.add([1, 2, 3, 4], owners, ["net sales"] * 4)
    assert set(found("sales")) == {1, 2}
    assert set(found("sales", Scope(frozenset({1, 2})))) == {1, 2, 3, 4}
    assert found("sales", Scope(frozenset({1, 2}), only=frozenset({12}))) == [2]
    assert found("sales", Scope(frozenset({1}), only=frozenset({21}))) == []
    assert found("sales", Scope(frozenset({2}), never=frozenset({21}))) == [4]
    assert found("sales", Scope(frozenset({1, 2}), only=frozenset({11}), never=frozenset({11}))) == []
    assert found("sales", Scope(frozenset({1, 2}), only=frozenset())) == []
    assert found("sales", Scope(frozenset({9}))) == []
    assert found("sales", Scope(frozenset())) == []


def test_thousands_of_documents_may_be_named_in_a_scope(words, found):
    words.add(range(1, 11), [Owner(1, n) for n in range(1, 11)], ["net sales"] * 10)
    many = frozenset(range(3, 40_000))
    assert set(found("sales", Scope(frozenset({1}), only=many))) == set(range(3, 11))
    assert set(found("sales", Scope(frozenset({1}), never=many))) == {1, 2}
    assert found("sales", Scope(frozenset({1}), only=many, never=many)) == []


def test_an_owner_is_no_word(put, found):
    put({1: "one thing"}, Owner(1, 17))
    assert found("d17") == []
    assert found("b1 thing owner") == [1]


def test_what_is_removed_is_gone_at_once(words, put, found):
    put({1: "net sales", 2: "net sales", 3: "净利润"})
    words.remove([2, 3, 99])
    assert found("sales") == [1]
    assert found("净利润") == []
    assert words.ids() == {1}
    assert words.count() == 1


def test_what_is_replaced_is_found_by_its_new_self_only(words, put, found):
    put({1: "old harbour"})
    put({1: "new bridge"}, Owner(2, 3))
    assert found("harbour", Scope(frozenset({1, 2}))) == []
    assert found("bridge") == []
    assert found("bridge", Scope(frozenset({2}))) == [1]
    assert words.count() == 1


def test_of_an_id_given_twice_the_last_stays(words, found):
    words.add([1, 1], [Owner(1, 1), Owner(1, 2)], ["harbour", "bridge"])
    assert found("harbour") == []
    assert found("bridge") == [1]


def test_a_text_without_any_word_is_held(words, put):
    put({1: "", 2: "…"})
    assert words.ids() == {1, 2}
    words.remove([1, 2])
    assert words.ids() == set()


def test_texts_are_added_all_or_none(words):
    with pytest.raises(ValueError, match="zip"):
        words.add([1, 2], [Owner(1, 1)] * 2, ["one"])
    assert words.ids() == set()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("营业收入", "公司营业收入增长"),
        ("2023年公司的营业收入是多少？", "营业收入 100"),
        ("商誉", "本期商誉减值"),
        ("栢誠", "栢誠集團"),
        ("基本保額是什麼", "「基本保額」是指保險單所載"),
        ("合计", "合 计"),
        ("股", "A股"),
    ],
)
def test_chinese_is_found_by_words_and_by_pairs_of_characters(put, found, question, text):
    put({1: text, 2: "完全无涉", 3: "nothing to do with it"})
    assert found(question) == [1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("1,234.5", "Net sales 1234.5"),
        ("1234.5", "Net sales 1,234.5"),
        ("１，２３４．５", "Net sales 1,234.5"),
        ("12.3%", "a margin of 12.3%"),
        ("12.3", "a margin of 12.3%"),
        ("10-K", "Annual report on Form 10-k"),
        ("10-k", "Annual report on Form 10-K"),
        ("7.2.1", "See section 7.2.1 there"),
        ("R&D", "r&d expenses"),
        ("2023", "in FY2023"),
        ("fy2023", "in fiscal 2023"),
        ("US", "the U.S. market"),
        ("société", "La Société Générale"),
        ("C++", "written in c++"),
    ],
)
def test_numbers_and_codes_are_found_however_they_are_written(put, found, question, text):
    put({1: text, 2: "nothing to do with it"})
    assert found(question) == [1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("1,234.5", "234 and 34.5 and 5"),
        ("234", "1,234.5"),
        ("7.2", "7.2.1"),
        ("0-K", "10-K"),
        ("12", "12.3%"),
        ("收入", "入收"),
    ],
)
def test_a_part_of_a_number_is_another_number(put, found, question, text):
    put({1: text})
    assert found(question) == []


@pytest.mark.parametrize(
    "question",
    [
        '" OR 1=1', 'sales" OR "trees', "NEAR(sales trees)", "sales*", "*", "^sales", "words : sales", "-sales",
        "{words}: sales", "sales\0trees", "\0", "'; drop table held; --", "(", ")", "AND", "OR NOT", '"', "sales\ud800",
        "a" * 5000, "%", "_", "\\", "owner : b2", "b2", "rank MATCH 'bm25(10)'", "😀", "\u202e", "sales NOT sales",
    ],
)  # fmt: skip
def test_no_question_does_harm(words, put, found, question):
    put({1: "net sales", 2: "green trees"})
    put({3: "net sales, green trees"}, Owner(2, 2))
    assert 3 not in found(question)
    assert found("sales") == [1]
    assert words.count() == 3


@pytest.mark.parametrize(
    "text", ['"', "a\0b sales", "sales \ud800", "b2 d2 sales", "x" * 100_000 + " sales", "' sales --"]
)
def test_no_text_does_harm(words, put, found, text):
    put({1: text, 2: "sales"})
    assert 2 in found("sales")
    assert found("sales", Scope(frozenset({2}))) == []
    words.remove([1])
    assert found("sales") == [2]


@pytest.mark.parametrize("question", ["", "   ", "\n", "？", "...", "\u3000"])
def test_no_question_finds_nothing(put, found, question):
    put({1: "net sales"})
    assert found(question) == []


def test_words_that_every_question_has_find_nothing_beside_others_and_something_alone(put, found):
    put({1: "what is the matter", 2: "goodwill", 3: "是多少"})
    assert found("What is the goodwill?") == [2]
    assert found("What is it?") == [1]
    assert found("是多少？") == [3]


def test_more_than_is_held_gives_all_that_is_held(put, found):
    assert found("sales") == []
    put({1: "sales", 2: "sales"})
    assert found("sales", k=1000) == [1, 2]
    assert found("sales", k=1) == [1]
    assert found("sales", k=0) == []


def test_a_question_of_twenty_thousand_characters_costs_little_more_than_its_own_words(words, found):
    text = "".join(f"净利润{n} margin{n} 收入 " for n in range(1500))[:20_000]
    words.add(range(500), [Owner(1, n) for n in range(500)], [text[n * 30 : n * 30 + 400] for n in range(500)])
    found("净利润")
    asked = []
    for question in (text[:2_000], text):
        start = time.process_time()  # of this process alone: the machine may be busy with others
        assert found(question)
        asked.append(time.process_time() - start)
    assert asked[1] < 20 * asked[0] + 0.5


def test_eight_threads_may_add_and_remove_while_others_search(words, found):
    numbers, lock, wrong, done = count(1), threading.Lock(), [], threading.Event()

    def work():
        try:
            for _ in range(8):
                with lock:
                    ids = [next(numbers) for _ in range(3)]
                words.add(ids, [Owner(1, number % 3) for number in ids], [f"thing{number} 净利润" for number in ids])
                if found(f"thing{ids[0]}", k=1) != [ids[0]]:
                    wrong.append(ids[0])
                words.remove(ids[1:2])
        except Exception as error:  # noqa: BLE001 - a thread's failure is this test's
            wrong.append(error)

    def look():
        scope = Scope(frozenset({1}), never=frozenset({0}))
        while not done.is_set():
            wrong.extend(number for number in found("净利润", scope) if number % 3 == 0)

    threads, looker = [threading.Thread(target=work) for _ in range(8)], threading.Thread(target=look)
    for thread in [*threads, looker]:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    looker.join()
    assert wrong == []
    assert words.count() == 8 * 8 * 2


SCOPES = st.builds(
    Scope,
    st.frozensets(st.integers(1, 3)),
    st.none() | st.frozensets(st.integers(1, 4)),
    st.frozensets(st.integers(1, 4)),
)


@given(st.dictionaries(st.integers(1, 20), st.builds(Owner, st.integers(1, 3), st.integers(1, 4))), SCOPES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exactly_what_may_be_seen_is_found(words, found, held, scope):
    words.remove(list(words.ids()))
    words.add(list(held), list(held.values()), ["same words"] * len(held))
    assert set(found("words", scope, k=50)) == {number for number, owner in held.items() if scope.holds(owner)}


WORDS = st.sampled_from("net sales tax cost asset 净利润 收入 资产 2023 12.5 10-k".split())
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


@given(
    st.dictionaries(st.integers(1, 30), st.tuples(st.builds(Owner, st.integers(1, 2), st.integers(1, 3)), TEXTS)),
    st.frozensets(st.integers(1, 30), max_size=5),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    SCOPES,
    st.integers(1, 12),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scores_are_those_of_bm25_counted_out_loud(words, held, gone, question, scope, k):
    plain = MemoryWords()
    words.remove(list(words.ids()))
    for index in (words, plain):
        for owner in {owner for owner, _ in held.values()}:
            own = {number: text for number, (other, text) in held.items() if other == owner}
            index.add(list(own), [owner] * len(own), list(own.values()))
        index.remove(list(gone))
    wanted = {number: pytest.approx(score, rel=1e-4) for number, score in plain.matching(question, 100, scope)}
    found = words.matching(question, k, scope)
    assert len(found) == min(k, len(wanted))
    assert all(wanted[number] == score for number, score in found)
    assert [score for _, score in found] == pytest.approx(
        sorted((each.expected for each in wanted.values()), reverse=True)[:k], rel=1e-4
    )


def test_a_base_is_scored_by_its_own_documents_alone(words, put):
    put({1: "goodwill impairment", 2: "segment goodwill", 3: "segment revenue revenue"})
    before = words.matching("goodwill segment", 10, HERE)
    put({number: f"goodwill {number} {'long text ' * 30}" for number in range(100, 160)}, Owner(2, 9))
    assert words.matching("goodwill segment", 10, HERE) == before
    together = dict(words.matching("goodwill segment", 100, Scope(frozenset({1, 2}))))
    assert [together[number] for number, _ in before] == [score for _, score in before]


def test_what_was_removed_counts_no_more(words, put):
    put({1: "goodwill here", 2: "segment there"})
    before = words.matching("goodwill segment", 10, HERE)
    put(dict.fromkeys(range(10, 40), "segment of many words more"))
    words.remove(list(range(10, 40)))
    assert words.matching("goodwill segment", 10, HERE) == before
