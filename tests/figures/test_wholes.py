"""Rows that sum up others without saying so never count beside their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.figures.computing import computed
from rag.figures.wholes import unmarked_sums

HEAD = ["地区", "销售额", "数量"]
PARTS = [["华北", 1200, 30], ["华南", 2300, 50], ["西南", 800, 21]]


def rows(question, source):
    found = computed(question, [source])
    return None if found is None else found.rows


@pytest.mark.parametrize("called", ["全国", "本公司", "Group"])
@pytest.mark.parametrize("first", [True, False])
def test_a_whole_that_nobody_marked_neither_wins_nor_counts_twice(source_of, called, first):
    whole = [[called, 4300, 101]]
    source = source_of(HEAD, whole + PARTS if first else PARTS + whole)
    assert rows("哪个地区的销售额最高？", source) == (("华南", 2300),)
    assert rows("销售额合计是多少", source) == ((4300,),)
    assert rows("销售额最高的2个地区", source) == (("华南", 2300), ("华北", 1200))


def test_sums_of_some_rows_between_them_do_not_count_twice(source_of):
    parts = [["北京", 1200, 30], ["天津", 2300, 50], ["河北", 800, 21], ["京津冀", 4300, 101]]
    source = source_of(HEAD, [*parts, ["上海", 5000, 7], ["江苏", 1100, 8], ["浙江", 900, 9]])
    assert rows("哪个地区的销售额最高？", source) == (("上海", 5000),)
    assert rows("销售额合计是多少", source) == ((11300,),)


def test_a_small_figure_that_is_the_sum_of_two_others_by_chance_is_one_of_them(source_of):
    source = source_of(["Team", "Wins"], [["Reds", 1], ["Blues", 2], ["Greens", 3]])
    assert rows("total wins", source) == ((6,),)
    assert rows("Which team has the most wins?", source) == (("Greens", 3),)


def test_prices_of_a_whole_are_not_sums(source_of):
    priced = [[*row, price] for row, price in zip(PARTS, (40, 46, 38), strict=True)]
    source = source_of([*HEAD, "均价"], [*priced, ["本公司", 4300, 101, 42.57]])
    assert rows("销售额合计是多少", source) == ((4300,),)


@given(st.lists(st.integers(1_000, 10_000_000), min_size=3, max_size=30))
def test_the_sum_of_all_the_others_is_found_wherever_it_stands_at_an_end(values):
    labels = [f"row {at}" for at in range(len(values) + 1)]
    last, first = [*values, sum(values)], [sum(values), *values]
    assert len(values) in unmarked_sums(labels, {"Amount": last}, frozenset())
    assert 0 in unmarked_sums(labels, {"Amount": first}, frozenset())


MONTHS = ["Property", "Jan", "Feb", "Mar", "H1 total"]
CITY = [["Ghent", 680, 917, 322, 1919], ["Porto", 458, 483, 150, 1091], ["Graz", 660, 902, 428, 1990]]
RESORTS = [["Menorca", 756, 379, 817, 1952], ["Zell am See", 144, 693, 609, 1446]]


def summed(called, parts):
    return [called, *map(sum, zip(*(row[1:] for row in parts), strict=True))]


def test_sums_of_groups_and_the_sum_of_those_never_win(source_of):
    subtotals = [summed("City hotels", CITY), summed("Resort hotels", RESORTS)]
    lines = [*CITY, subtotals[0], *RESORTS, subtotals[1], summed("Castell", subtotals)]
    source = source_of(MONTHS, [*lines, ["Change on year", 0.046, 0.059, 0.042, None]])
    assert rows("Which property had the highest H1 total?", source)[0][0] == "Graz"


def test_groups_of_two_rows_are_summed_in_many_columns():
    groups = [[["a", 310, 250, 470, 160], ["b", 120, 90, 330, 410]], [["c", 55, 71, 18, 240], ["d", 92, 38, 44, 61]]]
    subtotals = [summed(f"s{at}", group) for at, group in enumerate(groups)]
    lines = [*groups[0], subtotals[0], *groups[1], subtotals[1], summed("all", subtotals)]
    columns = {name: [row[at] for row in lines] for at, name in enumerate("wxyz", start=1)}
    assert unmarked_sums([row[0] for row in lines], columns, frozenset()) == {2, 5, 6}


def test_one_of_many_rows_of_a_name_is_no_sum_of_the_others(source_of):
    rows = [("North", value) for value in (1, 48, 45, -130, -162, 188, 307, -635, -661, -1000)]
    assert not source_of(["Region", "Amount"], rows).table.totals
