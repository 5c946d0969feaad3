from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.pdf.pages.scans.ocr_text import plain, runs


def evenly(text):
    letters = [at for at, character in enumerate(text) if not character.isspace()]
    return [(at + 0.5) / len(text) for at in letters]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("１，２３４．５０", "1,234.50"),
        ("营业收入(万元)，", "营业收入(万元)，"),
        ("同比增长,主要是由于", "同比增长，主要是由于"),
        ("保險公司.", "保險公司。"),
        ("單位:元", "單位：元"),
        ("net income（loss），per share", "net income(loss),per share"),
        ("2020年12月31日：1,234.5", "2020年12月31日：1,234.5"),
        ("ＲＯＥ 12％", "ROE 12%"),
        ("（6）按欠款方", "（6）按欠款方"),
        ("Income S 3,437 S(1,336) S&P 500", "Income $ 3,437 $(1,336) S&P 500"),
        ("S-", "$-"),
        ("(S1.24 per share) S1.2 CLASS-", "($1.24 per share) S1.2 CLASS-"),
        ("433,077.762.56", "433,077,762.56"),
        ("192.168.100.12 and 1,234.56", "192.168.100.12 and 1,234.56"),
    ],
)
def test_marks_are_those_of_the_script_around_them_and_figures_are_plain(read, meant):
    assert plain(read) == meant


def test_words_keep_their_spaces_and_numbers_their_marks():
    text = "Net sales $ 1,234.5 (67)"
    found = list(runs(text, evenly(text), len(text) / 2))
    assert [run.text for run in found] == text.split()
    assert [run.start for run in found] == sorted(run.start for run in found)


def test_figures_far_apart_are_two_though_no_space_was_read():
    along = [0.05, 0.1, 0.15, 0.8, 0.85, 0.9]
    assert [run.text for run in runs("123456", along, 10)] == ["123", "456"]


def test_chinese_is_one_run_with_the_box_of_its_characters():
    (run,) = runs("营业收入", [0.125, 0.375, 0.625, 0.875], 4)
    assert (run.text, run.start, run.stop) == ("营业收入", 0.0, 1.0)


@given(st.text(alphabet="ab1,.営收 （(", min_size=1, max_size=40).filter(str.strip), st.floats(1, 60))
def test_no_character_is_lost_and_runs_do_not_overlap(text, length):
    found = list(runs(text, evenly(text), length))
    assert "".join(run.text for run in found) == "".join(text.split())
    for before, after in pairwise(found):
        assert before.start <= before.stop <= after.start + 1e-9
