"""Sentences and search terms, as a reader of Chinese or English would tell them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import language
from rag.language import folded, is_chinese, sentences, terms


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Apple Inc. Annual Report for 2023.",
        "Mr. J. P. Morgan met Dr. Smith at St. Mary's in Washington, D.C. Office.",
        "Revenue grew 12.5% to $1,234.5 million, i.e. more than in fiscal 2022.",
        "Products (e.g. Phones and tablets) sold well.",
        "Compare Fig. 3 with No. 12 on p. 45 and Sec. 7.",
        "Note 12. Revenue Recognition",
        "Item 7. Management's Discussion and Analysis",
        "1. Business",
        "3.2.1. Liquidity",
        "II. Results",
        "The year ended Dec. 31 was good.",
        "Foo Co., Ltd. Beijing Branch",
        "The U.S. Treasury vs. The Bank of England.",
        "Total revenue ............ 12",
        "Total revenue . . . . . . . 12",
        "营业收入为3.5亿元，同比增长12.3%。",
        "他说……公司很好。",
        "Yahoo! has grown.",
        "See www.example.com/a.html for more.",
    ],
)
def test_this_is_one_sentence(whole):
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Revenue rose.", "Costs fell."),
        ("Revenue rose by 3.", "Costs fell."),
        ("It is described in Note 12.", "Revenue was 5."),
        ("We sold it to Apple Inc.", "The price was fair."),
        ("We operate in the U.S.", "Our stores are large."),
        ("He said “we grew.”", "She agreed."),
        ("It grew (see below).", "[3] It shrank."),
        ("Did it grow?", "Yes!"),
        ("It grew...", "Then it fell."),
        ("It grew.", "12 stores were opened."),
        ("It grew.", "$5 was earned."),
        ("It grew.", "• One"),
        ("It grew.", "公司增长。"),
        ("公司增长了！", "Then it fell."),
        ("是不是?", "公司说是。"),
        ("“公司增长了。”", "他说。"),
        ("（单位：万元。）", "收入增长；"),
        ("收入增长；", "成本下降。"),
        ("真的吗？！", "是的"),
        ("A line", "ends a sentence"),
    ],
)
def test_these_are_two_sentences(first, second):
    between = "\n" if first == "A line" else "" if first[-1] in "。！？；”）?" and second[0] > "⿿" else " "
    assert cut(first + between + second) == [first, second]


@given(st.text(alphabet="aA1. \n!?。；…)”(\"'中No", max_size=60))
def test_no_word_is_lost_between_sentences(text):
    found = list(sentences(text))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        ". ",
        '!"',
        ".)",
        ". . ",
        " ",
        "。",
        "No. ",
        "U.S. ",
        "1.",
        "1,",
        "1,111,",
        "a.b",
        "中 ",
        "(",
        "\n",
        "Note ",
        "a-",
        "a股",
        "…",
    ],
)
@pytest.mark.parametrize("work", [lambda text: list(sentences(text)), terms], ids=["sentences", "terms"])
def test_a_hostile_text_takes_no_longer_than_its_length(unit, work):
    terms("中文")  # the dictionary is there
    spent = []
    for size in (20_000, 200_000):
        text = unit * (size // len(unit)) + "x"
        start = time.process_time()  # of this process alone: the machine may be busy with others
        work(text)
        spent.append(time.process_time() - start)
    assert spent[1] < 40 * spent[0] + 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Form 10-K and 10-q", {"10-k", "10-q", "form"}),
        ("R&D costs of AT&T", {"r&d", "at&t", "costs"}),
        ("company's net-income", {"company", "net-income", "net", "income"}),
        ("3M's sales", {"3m", "sales"}),
        ("C++, C# and F#.", {"c++", "c#", "f#"}),
        ("the U.S. market", {"u.s", "us"}),
        ("FY2023 Q4", {"fy2023", "fy", "q4"}),
        ("section 7.2.1", {"7.2.1"}),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", {"full", "width"}),
        ("oper\u00adating", {"operating"}),
        ("有限公司营业收入", {"有限公司", "有限", "公司", "营业", "收入"}),
    ],
)
def test_these_words_are_found_in_it(text, words):
    assert words <= set(terms(text).words)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,234.5", ["1234.5"]),
        ("$1,234,567", ["1234567"]),
        ("(12,345)", ["12345"]),
        ("12.3%", ["12.3%", "12.3"]),
        ("１，２３４．５万元", ["1234.5"]),
        ("2023年度", ["2023"]),
        ("3.5亿元", ["3.5"]),
        ("2022-2023", ["2022", "2023"]),
        ("FY2023", ["2023"]),
        ("$12.3m", ["12.3"]),
        ("10-K", ["10"]),
        ("12/31/2022", ["12", "31", "2022"]),
        ("7.2.1", []),
        ("1,2345", ["1", "2345"]),
    ],
)
def test_a_number_stays_whole(text, numbers):
    assert list(terms(text).numbers) == numbers


def test_neighbouring_chinese_characters_are_pairs():
    assert terms("合并利润表").grams == ("合并", "并利", "利润", "润表")
    assert terms("2023年A股").grams == ("年", "股", "a股")
    assert terms("USA股").grams == ("股",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10-K", "10‑K"),  # a hyphen where no line may end
        ("10-K", "10K"),
        ("FY2019–2020", "FY2019-2020"),
        ("COVID-19", "COVID19"),
        ("ISO-9001", "ISO9001"),
        ("e-mail", "email"),
        ("U.S.", "US"),
        ("company’s", "company's"),
        ("3M’s", "3M"),
        ("A/B", "a/b"),
        ("Ａ股", "A股"),
        ("臺灣", "台湾"),
        ("1’234’567", "1,234,567"),
        ("１２％", "12%"),
        ("§7.2", "7.2"),
    ],
)
def test_what_is_written_in_several_ways_has_terms_in_common(one, other):
    def found(text):
        return {(kind, term) for kind in ("words", "grams", "numbers") for term in getattr(terms(text), kind)}

    shared = found(one) & found(other)
    assert shared - {("words", "iso"), ("words", "covid"), ("words", "mail"), ("numbers", "10"), ("numbers", "19")}


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([",", "'", "’", "，"]))
def test_a_number_is_the_same_however_its_thousands_are_set_apart(whole, cents, comma):
    grouped = f"{whole:,}".replace(",", comma)
    assert terms(f"{grouped}.{cents:02}").numbers == terms(f"{whole}.{cents:02}").numbers == (f"{whole}.{cents:02}",)


@given(st.from_regex(r"[a-z]{1,4}[-.&/][a-z0-9]{1,4}|[0-9]{1,6}[a-z]{1,3}", fullmatch=True))
def test_a_code_is_one_term_of_its_own_whatever_stands_around_it(code):
    for text in (code, f"({code.upper()}), ", f"见{code}。", f"the {code}'s"):
        found = terms(text)
        assert code in {*found.words, *found.numbers}


def test_a_word_that_is_printed_with_spaces_is_a_word():
    assert "合计" in terms("合 计 100").words
    assert "项目" in terms("项  目").words


@given(st.text(max_size=200))
def test_any_text_has_terms_without_white_space(text):
    found = terms(text)
    assert all(
        term and not any(c.isspace() for c in term)
        for kind in (found.words, found.grams, found.numbers)
        for term in kind
    )


def test_full_width_and_compatibility_forms_are_made_plain():
    assert folded("ＡＢＣ　１２％ ﬁne Straße") == "abc 12% fine strasse"


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("2023年营业收入是多少？", True),
        ("What is revenue?", False),
        ("Apple Inc. 的收入是多少", True),
        ("", False),
        ("12 %", False),
    ],
)
def test_the_language_is_that_of_most_words(text, chinese):
    assert is_chinese(text) is chinese


def test_what_is_left_of_a_dictionary_that_did_not_fit_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr("rag.language._jieba_cache", tmp_path)
    (tmp_path / "tmpleft").write_bytes(b"half a dictionary")
    assert language._dictionary.__wrapped__() is not None
    assert [path.name for path in tmp_path.iterdir() if path.name != "jieba.lock"] == ["jieba.cache"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("營業收入為何", "营业收入为何"),
        ("應收帳款淨額", "应收帐款净额"),
        ("保險單之現金價值", "保险单之现金价值"),
        ("資產負債表", "资产负债表"),
        ("2023年度財務報告", "2023年度财务报告"),
    ],
)
def test_traditional_and_simplified_characters_are_the_same_terms(one, other):
    assert terms(one) == terms(other)


@pytest.mark.parametrize("code", ["net_sales", "2023_q4", "iso_9001", "sku-77_b", "600519", "10-k", "a/b_c"])
def test_an_identifier_is_never_split(code):
    found = terms(f"see {code} there")
    assert code in (*found.words, *found.numbers)
