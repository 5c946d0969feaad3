"""What a question wants computed, by its own words, in Chinese and English; the table is not looked at here."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from rag.figures.periods import Grain

Operation = Literal["sum", "mean", "max", "min", "count", "share", "growth", "difference"]

_OPERATIONS: dict[Operation, re.Pattern[str]] = {
    "difference": re.compile(
        r"比.{1,24}(?:多|高|大|少|低|小)(?:了|出)?(?:多少|几)|相差|之差|差额|差值"
        r"|difference (?:between|in)|how (?:much|many) (?:more|less|fewer|higher|lower|larger|smaller)"
    ),
    "growth": re.compile(
        r"增长率|增长了?多少|增幅|涨幅|同比|环比|變化率|变化率"
        r"|百分比变化|变化百分比|(?:变动|增减)(?:比例|幅度|百分比)"
        r"|percent(?:age)? (?:change|increase|decrease|growth|decline|rise|drop|gain)"
        r"|(?:increased?|decreased?|changed?|declined?|rose|fell|dropped) (?:in|by) (?:what )?percent(?!age points)"
        r"|growth|grew|year[- ]over[- ]year|yoy|qoq|mom\b|rate of change"
    ),
    "share": re.compile(
        r"占比|占.{0,12}(?:比例|比重|多少|百分)|份额|比重|百分比"
        r"|\bshare\b|percentage of|percent of|proportion|what fraction"
    ),
    "mean": re.compile(r"平均|均值|\baverage\b|\bmean\b"),
    "count": re.compile(
        r"多少(?:条|笔|行|单|次|个)|几(?:条|笔|行|单|次)|(?:条|笔|行|单)数|记录数|\bcount\b"
        r"|how many (?:rows|records|orders|entries|transactions|lines|items|times)"
        r"|number of (?:rows|records|orders|entries|transactions)"
    ),
    "sum": re.compile(
        r"总(?:额|和|计|量|数|共|销|收|成|利|费)|合计|合計|总共|一共|累计|加起来|之和|统计|汇总|求和"
        r"|\btotal(?:s|led)?\b|\bsum\b|\boverall\b|altogether|combined|aggregate"
    ),
}
_HIGHEST = re.compile(
    r"最(?:高|大|多|好|畅销)|第一(?:名|大|位|(?=[的是])|(?![\u4e00-\u9fff]))|冠军|排名|排行|排序"
    r"|\b(?:highest|largest|biggest|most|greatest|best|top|rank(?:ing|ed)?)\b"
)
_LOWEST = re.compile(r"最(?:低|小|少|差)|倒数|垫底|\b(?:lowest|smallest|least|fewest|worst|bottom)\b")
_EXTREME_VALUE = re.compile(r"最(?:高|大|低|小)(?:值|的?(?:单笔|一笔|一次))|\b(?:maximum|minimum|max|min)\b")
_TOP = re.compile(
    r"(?:前|top|倒数|bottom|highest|largest|lowest|smallest)\s*(?P<n>\d{1,3}|[一二三四五六七八九十]|two|three|four|five|ten)\b"
    r"|(?:前|倒数)(?P<m>\d{1,3}|[一二三四五六七八九十])"
    r"|(?P<k>\d{1,3}|two|three|four|five|ten)\s+(?:highest|largest|biggest|best|lowest|smallest|worst)"
    r"|最(?:高|大|多|低|小|少)的(?P<l>\d{1,3}|[一二三四五六七八九十])"
)
_GRAINS: tuple[tuple[Grain, str], ...] = (
    ("quarter", r"季度|每季|按季|各季|逐季|季节|quarter"),
    ("month", r"每个?月|按月|各个?月|逐月|月度|月份|分月|month"),
    ("half", r"每半年|按半年|上下半年|half[- ]year"),
    ("day", r"每天|每日|按天|按日|逐日|daily|each day|per day|by day"),
    ("year", r"每年|按年|各年|逐年|历年|年度|分年|annual|yearly|each year|per year|by year|every year|over the years"),
)
_EACH = re.compile(r"每|各|按|分别|逐|\b(?:by|per|each|every|across|for all)\b|ly\b")
_TREND = re.compile(
    r"趋势|走势|变化(?:情况)?|折线|曲线|\b(?:trends?|over time|line chart|develop(?:ed|ment)?|evolution)\b"
)
_CHART = re.compile(r"图|绘制|画出|可视化|\b(?:chart|plot|graph|draw|visuali[sz]e)\b")
_COMPARE = re.compile(r"比较|对比|相比|\b(?:compare|comparison|versus|vs)\b")
_NUMBERS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {
    "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
}  # fmt: skip
_RATIO = re.compile(
    r"比值|比率|比例|占.{1,20}(?:百分|比重|多少)|除以|\bratio\b|divided by|as a (?:percentage|share) of"
)
_PERCENT = re.compile(r"占|百分|比例|比重|percent|proportion|\bshare\b|%")
_LESS = re.compile(r"(?:少|低|小)(?:了|出)?(?:多少|几)|\b(?:less|fewer|lower|smaller)\b")
_FIGURE = re.compile(r"多少|几|多大|是什么|为何值|how (?:much|many|large|big)|what(?:'s| is| was| were| are)\b")
_GROWTH_OVER_A_YEAR = re.compile(r"同比|year[- ]over[- ]year|yoy|较上年|比上年|比去年")
SAYS_NOTHING = re.compile(
    r"(?:结果|答案)?(?:记得|需要?|请)?(?:要|取)?保留[至到]?(?:小数点后)?.{0,3}位(?:小数)?|的?年报(?:数据)?|该?报告期内?"
    r"|请?提供|结果|大?约为?|达到?了?|是否|是多少|有多少|多少|什么|怎么样?|如何|请问|请|帮我|告诉我?|给出|列出|显示|计算|求出?|查询|看一?下|一下"
    r"|想知道|知道|具体|分别|情况|数据|信息|保留.{0,3}位小数|四舍五入|单位|万元|亿元|元|公司|企业|有限|股份|集团|科技"
    r"|根据|按照?|以及|并且?|然后|其中|之间|当年|全年|年度?|季度|月份?|日|天|期间|第|前|名|表格?|图表?|统计|汇总|绘制|画"
    r"|差额|差值|相差|之差|多少|比|一个|哪一?[个些家位年月天日]?|谁|何[时人处]|时候|每个?|各个?|所有|全部|不同|最[高大多低小少好差]|排[名行序]|增长率?|变化|趋势|走势|占比?"
    r"|比例|比值|比率|比重|总[额和计量数共]?|合计|平均值?|均值|同比|环比|对比|比较|相比"
    r"|[的是了吗呢吧么在为有和与及跟对从到至中里内上下由于也都将把被个这那它其]"
    r"|\b(?:a|an|and|any|are|as|at|average|be|been|between|bottom|by|calculate|chart|compare|compared|could|did|do"
    r"|does|draw|each|every|find|for|from|give|graph|grew|growth|had|has|have|highest|how|in|into|is|it|its|largest"
    r"|least|line|list|lowest|many|maximum|mean|minimum|me|more|most|much|of|on|or|our|out|over|overall|per|percent"
    r"|percentage|plot|please|proportion|rank|ranked|ranking|rate|ratio|share|show|smallest|sum|tell|than|that|the"
    r"|their|there|this|through|time|to|top|total|totals|trend|trends|us|versus|vs|was|we|were|what|when|which|who"
    r"|with|year|years|yearly|annual|annually|quarter|quarters|quarterly|month|months|monthly|daily|day|days"
    r"|biggest|best|worst|difference|between|higher|lower|larger|smaller|less|fewer|than|number|amount|value|values|all|across)\b"
)
"""Words that a question may have besides those that name something."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question asks for.

    *operation* is ``None`` when no word names one; *grain* is the length of the periods it is split by, *each* whether
    it is split by anything, *top* how many of the highest (or, when *lowest*, of the lowest) it wants, and 0 for all;
    *ratio* whether it may ask for one measure over another, *percent* whether as a percentage; of a
    difference, *less* whether by how much the first is less; *figure* whether it asks
    for any figure by name.
    """

    text: str
    operation: Operation | None = None
    grain: Grain | None = None
    each: bool = False
    ranked: bool = False
    lowest: bool = False
    top: int = 0
    trend: bool = False
    chart: bool = False
    compare: bool = False
    yearly: bool = False
    ratio: bool = False
    percent: bool = False
    less: bool = False
    figure: bool = False

    @property
    def computes(self) -> bool:
        """Whether any of its words asks for more than a single cell."""
        return bool(self.operation or self.each or self.ranked or self.trend or self.chart or self.compare)


def wish_of(question: str) -> Wish:
    """What *question* wants, by its words."""
    text = plain(question)
    operation = next((name for name, words in _OPERATIONS.items() if words.search(text)), None)
    lowest, highest = _LOWEST.search(text) is not None, _HIGHEST.search(text) is not None
    if operation is None and _EXTREME_VALUE.search(text):
        operation = "min" if re.search(r"最(?:低|小)|\bmin", text) else "max"
    each, trend = _EACH.search(text) is not None, _TREND.search(text) is not None
    grain = next((name for name, words in _GRAINS if re.search(words, text)), None)
    top = _TOP.search(text)
    return Wish(
        text,
        operation,
        grain if each or trend or operation in {"sum", "growth", "mean"} or _CHART.search(text) else None,
        each,
        (highest or lowest or top is not None) and operation not in {"max", "min"},
        lowest and not highest,
        _number(next((one for one in top.groups() if one), "")) if top else 0,
        trend,
        _CHART.search(text) is not None,
        _COMPARE.search(text) is not None,
        _GROWTH_OVER_A_YEAR.search(text) is not None,
        _RATIO.search(text) is not None,
        _PERCENT.search(text) is not None,
        _LESS.search(text) is not None,
        _FIGURE.search(text) is not None,
    )


def plain(text: str) -> str:
    """*text* in one form: compatibility forms made plain, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _number(text: str) -> int:
    return _NUMBERS[text] if text in _NUMBERS else int(text or 0)
