import pytest

from rag.reading.pdf.pages.words.garbled import is_garbled, makes_sense

ENGLISH = (
    "Net sales increased by 12.5% to 1,234 million, driven by the growth of our services segment and by favourable "
    "exchange rates, which were offset in part by higher costs of materials."
)
CHINESE = (
    "报告期内，公司实现营业收入人民币十二亿元，同比增长百分之八，主要是由于产品价格上涨以及海外市场销售规模扩大所致。"
)
TRADITIONAL = "本契約所稱保險費率係指要保人應繳納之保險金額，於保險事故發生時本公司依約給付保險金予受益人。"
LABELS = "ASSETS Cash and cash equivalents Marketable securities Accounts receivable Inventories Goodwill Other assets"


def page(*spans):
    keys = "text", "font", "char_flags"
    return [dict(zip(keys, span, strict=True)) for span in spans]


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, TRADITIONAL, LABELS, LABELS.upper()])
def test_english_and_both_kinds_of_chinese_make_sense(text):
    assert makes_sense(text) is True


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH.translate({code: code - 29 for code in range(65, 123)}),  # as glyphs are numbered in many fonts
        ENGLISH.translate({code: (code - 97 + 7) % 26 + 97 for code in range(97, 123)}),
        "".join(chr(0xE000 + ord(character)) for character in ENGLISH),
        "\ufffd" * 60,
        "(cid:12)(cid:7)(cid:301)(cid:44)" * 5,
        CHINESE.encode("gbk").decode("latin-1"),
        CHINESE.encode().decode("latin-1"),
        CHINESE.encode().decode("gbk", "replace"),
        "".join(chr(0x4E00 + ord(character) * 7 % 20000) for character in CHINESE),
        "".join(chr(0x0400 + ord(letter) * 37 % 0x1800) for letter in ENGLISH),
    ],
    ids="shifted rotated private replaced cid gbk-as-latin utf8-as-latin utf8-as-gbk rare-han many-scripts".split(),
)
def test_what_fonts_without_a_table_of_characters_spell_does_not(text):
    assert makes_sense(text) is False


@pytest.mark.parametrize("text", ["1,234.5 (67) 12.3% 2023", "Q1 Q2 Q3 FY24", "—", "\uf0b7 \uf0b7"])
def test_figures_and_marks_are_too_little_to_tell(text):
    assert makes_sense(text) is None


def test_a_page_is_garbled_by_one_font_that_is_a_good_part_of_it():
    bad = "\ue012\ue044\ue0a1" * 40
    assert is_garbled(page((ENGLISH, "Body", 16), (bad, "Odd", 16)))
    assert not is_garbled(page((ENGLISH * 9, "Body", 16), (bad, "Odd", 16)))
    assert not is_garbled(page((ENGLISH, "Body", 16), ("\uf0b7 ", "Wingdings", 16)))


def test_numbers_of_glyphs_are_no_text_unless_they_make_sense():
    assert is_garbled(page(("4 5 9 12 7 " * 10, "Odd", 128)))
    assert not is_garbled(page((ENGLISH, "Odd", 128)))


def test_a_font_for_every_few_characters_hides_no_rubbish():
    rubbish = [("".join(chr(0xA1 + (at * 7 + one) % 90) for one in range(3)), f"T{at}", 128) for at in range(40)]
    right = [("\u65b9 \u65b9 \u6587", f"T{at}", 0) for at in range(60)]
    assert is_garbled(page(*rubbish, *right))
    assert not is_garbled(page((ENGLISH * 5, "Body", 0), *rubbish[:8]))
    assert not is_garbled(page((ENGLISH, "Body", 0), *[("\u2022 \u2022", f"T{at}", 128) for at in range(40)]))
