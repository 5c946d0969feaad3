"""Companies asked for by their full names, in tables that have the short ones."""

import pytest

from rag.figures.asked.companies import companies_in
from rag.figures.computing import computed

NAMES = [
    "立华股份",
    "龙源技术",
    "龙源电力",
    "天源迪科",
    "科信技术",
    "中国长城",
    "长城科技",
    "海天股份",
    "海天味业",
    "万里扬",
]


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2020年江苏立华牧业股份有限公司的收入是多少", "立华股份"),
        ("深圳天源迪科信息技术股份有限公司2020年净利润", "天源迪科"),
        ("请问,中国长城科技集团股份有限公司的收入", "中国长城"),
        ("佛山市海天味业食品股份有限公司的收入", "海天味业"),
        ("浙江万里扬股份有限公司在2020年的收入", "万里扬"),
    ],
)
def test_a_full_name_is_told_by_the_signs_of_the_short_one_in_their_order(question, short):
    assert [company.short for company in companies_in(question, NAMES)] == [short]


@pytest.mark.parametrize("question", ["烟台龙源电力技术股份有限公司的收入", "海天水务集团股份公司的收入"])
def test_a_full_name_that_may_be_of_several_is_of_none(question):
    assert [company.short for company in companies_in(question, NAMES)] == [""]


@pytest.mark.parametrize("question", ["该公司的收入是多少", "北京同仁堂股份有限公司的收入", "各分公司的收入"])
def test_what_is_no_name_that_the_table_has_is_none(question):
    assert companies_in(question, NAMES) == []


def test_another_company_whose_name_begins_alike_is_not_answered_for(source_of):
    source = source_of(["公司", "年份", "收入"], [[name, "2020", at * at] for at, name in enumerate(NAMES, start=1)])
    assert computed("江苏立华牧业股份有限公司2020年的收入是多少？", [source]).rows[0][-1] == 1
    assert computed("海天水务集团股份公司2020年的收入是多少？", [source]) is None
    assert computed("烟台龙源电力技术股份有限公司2020年的收入是多少？", [source]) is None


def test_people_are_counted_by_any_of_the_words_for_it(source_of):
    source = source_of(
        ["公司", "年份", "博士人数", "博士以上人数"], [["甲电子", "2020", 3, 5], ["乙药业", "2020", 4, 9]]
    )
    for asked in ("博士及以上人数", "博士及以上人员数量", "博士以上学历人数"):
        assert computed(f"甲电子2020年的{asked}是多少？", [source]).rows[0][-1] == 5
    assert computed("甲电子2020年的博士人数是多少？", [source]).rows[0][-1] == 3
