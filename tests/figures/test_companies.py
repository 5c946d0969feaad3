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


LISTED = [
    ("青岚港务股份有限公司", 2022, "浙江省杭州市", 70.0, 8.0),
    ("青岚港务股份有限公司", 2023, "浙江省杭州市", 77.0, -9.0),
    ("白鹭电缆股份有限公司", 2023, "湖南省长沙市", 31.0, 4.0),
    ("白鹭电缆股份有限公司", 2022, "湖南省长沙市", 25.0, 3.0),
    ("松湖科技有限公司", 2023, "湖南省长沙市", 12.0, -1.0),
    ("松湖科技股份有限公司", 2023, "湖南省长沙市", 13.0, 2.0),
]


@pytest.fixture(scope="module")
def listed(source_of):
    return source_of(("公司名称", "年度", "注册地址", "营业收入", "净利润"), LISTED)


def test_a_company_is_named_without_its_legal_form_where_no_other_begins_so(listed):
    assert computed("青岚港务2023年的营业收入是多少？", [listed]).rows[0][-1] == 77
    assert computed("白鹭电缆2023年营业收入增长率是多少", [listed]).rows[-1][-1] == pytest.approx(0.24)
    assert computed("松湖科技2023年的营业收入是多少？", [listed]) is None


def test_companies_are_counted_by_where_they_are_and_by_the_sign_of_a_figure(listed):
    assert computed("2023年注册地在湖南省长沙市的公司有多少家", [listed]).rows == ((3,),)
    assert computed("2023年净利润为负的公司有几家", [listed]).rows == ((2,),)


def test_the_first_of_those_at_a_place_are_ranked_and_never_added_up(listed):
    ask = "2023年注册地址在湖南省长沙市的营业收入最高的公司是哪家"
    assert computed(ask, [listed]).rows == (("白鹭电缆股份有限公司", 31),)
    few = computed("2023年湖南省长沙市营业收入最高的2家公司", [listed]).rows
    assert [row[0] for row in few] == ["白鹭电缆股份有限公司", "松湖科技股份有限公司"]
    assert computed("2023年湖南省长沙市营业收入最高的厂房是哪个", [listed]) is None
