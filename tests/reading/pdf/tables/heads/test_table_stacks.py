"""Heads over heads: what stands over the columns of a table, and over how many."""

import pytest

from rag.reading.pdf.blocks.layout import Piece
from rag.reading.pdf.tables.heads.head_places import Column
from rag.reading.pdf.tables.heads.table_stacks import stacked
from rag.reading.pdf.tables.table_fields import Field

HEADS = ["项目", "账面余额", "跌价准备", "账面价值", "账面余额", "跌价准备", "账面价值"]


def head(text, column, y):
    x0, x1 = column * 60 + 10.0, column * 60 + 50.0
    return Field(
        x0, x1, text, (Piece(x0, y, x1, y + 10, (), text, 10.0, False, 0, (x0, y, x1, y + 10)),), numeric=False
    )


def columns(count):
    return [Column(at, at * 60 + 8.0, at * 60 + 8.0, at * 60 + 52.0, at * 60.0, at * 60 + 60.0) for at in range(count)]


def told(lines, count=7):
    return [[(slot.column, slot.fields[0].text, slot.over) for slot in row] for row in stacked(lines, columns(count))]


def test_heads_that_say_the_same_again_stand_below_one_head_each_time():
    below = [head(text, at, 16) for at, text in enumerate(HEADS)]
    above, _ = told([[head("期末余额", 2, 2), head("期初余额", 5, 2)], below])
    assert above == [(1, "期末余额", 3), (4, "期初余额", 3)]


def test_a_head_of_its_own_may_follow_those_that_say_the_same_again():
    heads = ["项目", "金额", "占比", "金额", "占比", "同比增减"]
    above, below = told(
        [[head("2025年", 1, 2), head("2024年", 3, 2)], [head(one, at, 16) for at, one in enumerate(heads)]], 6
    )
    assert above == [(1, "2025年", 2), (3, "2024年", 2)]
    assert [one for _, one, _ in below] == heads


@pytest.mark.parametrize("heads", [[*HEADS[:6], "净额"], ["Item", "A", "B", "C", "D", "E", "F"]])
def test_what_stands_over_one_of_other_heads_is_their_first_line(heads):
    below = [head(text, at, 14) for at, text in enumerate(heads)]
    assert all(over == 1 for row in told([[head("期末", 2, 3), head("期初", 5, 3)], below]) for _, _, over in row)


SEGMENTS = ["", "Coatings", "Resins", "Adhesives", "Eliminations", "Total"]
LARGE = ["项目", "华东分部", "华南分部", "海外分部", "分部间抵销", "合计"]


@pytest.mark.parametrize(("text", "below"), [("Reportable segments", SEGMENTS), ("报告分部", LARGE)])
def test_segments_over_the_middle_one_of_three_is_over_all_of_them_and_not_over_their_total(text, below):
    lines = [[head(text, 2, 3)], [head(one, at, 14) for at, one in enumerate(below) if one]]
    above, heads = told(lines, 6)
    assert above == [(1, text, 3)]
    assert [one for _, one, _ in heads] == [one for one in below if one]


@pytest.mark.parametrize("text", ["Industrial", "Other segments", "Average"])
def test_what_says_of_no_segments_over_one_of_three_is_the_first_line_of_its_head(text):
    below = [head(one, at, 14) for at, one in enumerate(SEGMENTS) if one]
    (heads,) = told([[head(text, 2, 3)], below], 6)
    assert [over for _, _, over in heads] == [1] * 5
