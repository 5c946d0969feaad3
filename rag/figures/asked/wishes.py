"""What a question wants computed, by its own words, in Chinese and English; the table is not looked at here."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from rag.figures.asked.periods import Grain
from rag.language import simplified

Operation = Literal["sum", "mean", "max", "min", "count", "share", "growth", "difference"]

_OPERATIONS: dict[Operation, re.Pattern[str]] = {
    "difference": re.compile(
        r"比.{1,24}(?:多|高|大|少|低|小)(?:[花卖用付赚买收产销招])?(?:了|出)?(?:多少|几)|相差|之差|差额|差值"
        r"|difference (?:between|in)|how (?:much|many) (?:more|less|fewer|higher|lower|larger|smaller)"
    ),
    "growth": re.compile(
        r"增长率|增长了?(?:百分之)?[多几]|增幅|涨幅|同比|环比|变化率"
        r"|百分比变化|变化百分比|(?:变动|增减)(?:比例|幅度|百分比)"
        r"|percent(?:age)? (?:change|increase|decrease|growth|decline|rise|drop|gain)"
        r"|(?:increased?|decreased?|changed?|declined?|rose|fell|dropped) (?:in|by) (?:what )?percent(?!age points)"
        r"|percentage of (?:the )?(?:increase|decrease|change)\b|\bby what percent(?:age)? (?:did|has|have|do|does)\b"
        r"|\bcagr\b|growth|grew|year[- ]over[- ]year|yoy|qoq|mom\b|rate of change"
    ),
    "share": re.compile(
        r"占比|占.{0,12}(?:比例|比重|多少|百分)|份额|比重|百分比"
        r"|\bshare\b|percentage of|percent of|proportion|what fraction"
    ),
    "mean": re.compile(r"平均|均值|\baverage\b|\bmean\b"),
    "count": re.compile(
        r"(?:多少|几)(?:条|笔|行|单)|(?:条|笔|行|单)数|记录数|\bcount\b|(?:how many|number of) (?:rows|records|entries)"
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
BOUND = re.compile(r"\bat (?:least|most)\b|\bor (?:more|less|fewer|higher|lower|older|younger)\b")
"""Words that set a bound, and ask for no extreme."""
_EXTREME_VALUE = re.compile(
    r"最(?:高|大|低|小)(?:值|的?(?:单笔|一笔|一次))|单笔最[高大低小]|\b(?:maximum|minimum|max|min)\b"
)
_TOP = re.compile(
    r"(?:前|top|倒数|bottom|highest|largest|lowest|smallest)\s*(?P<n>\d{1,3}|[一二三四五六七八九十]|two|three|four|five|ten)\b"
    r"|(?:前|倒数)(?P<m>\d{1,3}|[一二三四五六七八九十])"
    r"|(?P<k>\d{1,3}|two|three|four|five|ten)\s+(?:highest|largest|biggest|best|lowest|smallest|worst)"
    r"|最(?:高|大|多|低|小|少|好|差)的(?P<l>\d{1,3}|[一二两三四五六七八九十])(?=[个家款种名位项])"
)
_PLACES = {"二": 2, "三": 3, "四": 4, "五": 5, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_PLACED = re.compile(
    r"第(?P<n>[二三四五\d]+)(?P<han>[高大多低小少])"
    r"|\b(?P<word>second|third|fourth|fifth|\d+(?=nd|rd|th))(?:nd|rd|th)?[- ]"
    r"(?P<most>highest|largest|biggest|most|lowest|smallest|least)\b"
)
"""Asks for the one at a place behind the first."""
_RANKED_BEHIND = re.compile(
    r"\brank(?:ed|s|ing)? (?:second|third|fourth|fifth|\d+(?:nd|rd|th))\b|\brunner-up\b"
    r"|[排位列居名]第[二三四五六七八九十][名位]?|第[二三四五六七八九十][名位]"
)
_GRAINS: tuple[tuple[Grain, str], ...] = (
    ("quarter", r"季度|每季|按季|各季|逐季|季节|quarter"),
    ("month", r"每个?月|按月|各个?月|逐月|月度|月份|分月|month"),
    ("half", r"每半年|按半年|上下半年|half[- ]year"),
    ("day", r"每天|每日|按天|按日|逐日|daily|each day|per day|by day"),
    ("year", r"每年|按年|各年|逐年|历年|年度|分年|annual|yearly|each year|per year|by year|every year|over the years"),
)
_WHICH: tuple[tuple[Grain, str], ...] = (
    ("quarter", r"哪一?个?季|\b(?:which|what) quarter\b"),
    ("month", r"哪一?个?月|\b(?:which|what) month\b"),
    ("year", r"哪一?年|\b(?:which|what) year\b"),
)
_PER_SHARE = re.compile(r"\bper (?:common |ordinary )?share\b|每股")
"""What a figure is told by, and no share of it."""
_COUNTED_PERIODS = re.compile(
    r"\b(?:\d|two|three|four|five|six) (?:years|quarters|months)\b|[\d一二两三四五六]个(?:季度|月|年度?)"
)
"""Several periods as one."""
_EACH = re.compile(r"每|各|按|分别|逐|\b(?:by|per|each|every|across|for all)\b|ly\b")
_TREND = re.compile(
    r"趋势|走势|变化(?:情况)?|折线|曲线|\b(?:trends?|over time|line chart|develop(?:ed|ment)?|evolution)\b"
)
_CHART = re.compile(r"图|绘制|画出|可视化|\b(?:chart|plot|graph|draw|visuali[sz]e)\b")
_COMPARE = re.compile(
    r"比较|对比|相比|\b(?:compare|comparison|versus|vs)\b"
    r"|\bwhich\b.*\b(?:higher|more|larger|greater|bigger|lower|less|fewer|smaller)\b.*\bor\b"
    r"|(?:哪一?[个家项种类年月]|谁).*[更较][高大多低小少]|[更较][高大多低小少].*(?:谁|哪|还是)"
    r"|(?:哪一?[个家项种类年月]|谁)[^最]*?(?:高|大|多(?!少)|低|小|(?<!多)少)(?=[?。,，、]|$)"
)
"""Sets two things against each other."""
_NUMBERS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {
    "两": 2, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
}  # fmt: skip
_RATIO = re.compile(
    r"比值|比率|比例|占.{1,20}(?:百分|比重|多少)|除以|\bratio\b|divided by|as a (?:percentage|share) of"
)
_PERCENT = re.compile(r"占|百分|比例|比重|percent|proportion|\bshare\b|%")
_LOWER = re.compile(r"[更较][低小少]|\b(?:lower|less|fewer|smaller)\b")
_LESS = re.compile(r"(?:少|低|小)(?:[花卖用付赚买收产销招])?(?:了|出)?(?:多少|几)|\b(?:less|fewer|lower|smaller)\b")
_FIGURE = re.compile(r"多少|几|多大|是什么|为何值|how (?:much|many|large|big)|what(?:'s| is| was| were| are)\b")
_GROWTH_OVER_A_YEAR = re.compile(r"同比|year[- ]over[- ]year|yoy|较上年|比上年|比去年")
YES_OR_NO = re.compile(
    r"(?:is|are|was|were)\b(?!.*\b(?:or|which|how|what)\b)|(?:did|does|has|have)\b(?!.*\b(?:which|how|what)\b)"
)
"""A question that is answered by a word, and by no figure."""
AND_MORE = re.compile(r"\band (?:how|why|what|who|where|does|did|is|was)\b")
"""What asks a second thing, so that one figure is half an answer."""
_SOLD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:卖|售|销售)(?:出|掉)?了(?:大概|大约)?多少钱"), "销售额是多少"),
    (re.compile(r"平均每[笔条]|每[笔条](?:的)?平均"), "平均"),
    (re.compile(r"(?:卖|售|销售)(?:出|掉)?了(?:大概|大约)?多少[件个台只套辆箱瓶部把张双支]"), "销量是多少"),
)
"""How people ask for sales and quantities by what was done, and for the mean of the rows."""
ALL_TOGETHER = re.compile(
    r"\b(?:total|sum|average|mean|overall|combined)\b.*\b(?:over|of|across|from) all\b"
    r"|\ball\b.*\b(?:in total|altogether|together|combined|overall)\b"
    r"|[各每](?!.*分别).*(?:加起来|加在一起|合起来|加总)"
)
"""One figure of them all, and not one of each: ``total rooms over all hotels``, 各品类毛利加起来."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question asks for.

    *operation* is ``None`` when no word names one; *grain* is the length of the periods it is split by, *each* whether
    it is split by anything, *top* how many of the highest (or, when *lowest*, of the lowest) it wants, and 0 for all;
    *ratio* whether it may ask for one measure over another, *percent* whether as a percentage; of a
    difference, *less* whether by how much the first is less; *figure* whether it asks for any figure by name; *which*
    whether it asks which period is the first of them; *place* is that of the one it asks for behind the first, once
    it is ``placed``.
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
    place: int = 1
    which: bool = False

    @property
    def computes(self) -> bool:
        """Whether any of its words asks for more than a single cell."""
        return bool(self.operation or self.each or self.ranked or self.trend or self.chart or self.compare)


def wish_of(question: str) -> Wish:
    """What *question* wants, by its words."""
    text = plain(question)
    for asked, meant in _SOLD:
        text = asked.sub(meant, text)
    asks = _PER_SHARE.sub(" ", text)
    operation = next((name for name, words in _OPERATIONS.items() if words.search(asks)), None)
    unbound = BOUND.sub(" ", text)
    lowest, highest = _LOWEST.search(unbound) is not None, _HIGHEST.search(unbound) is not None
    if operation is None and _EXTREME_VALUE.search(text):
        operation = "min" if re.search(r"最(?:低|小)|\bmin", text) else "max"
    each, trend, compare = (words.search(asks) is not None for words in (_EACH, _TREND, _COMPARE))
    split = _COUNTED_PERIODS.sub(" ", asks)
    grain = next((name for name, words in _GRAINS if re.search(words, split)), None)
    top = _TOP.search(text)
    ranked = (highest or lowest or top is not None) and operation not in {"max", "min"}
    which = next((name for name, words in _WHICH if ranked and re.search(words, text)), None)
    return Wish(
        text,
        operation,
        (grain if each or trend or operation in {"sum", "growth", "mean"} or _CHART.search(text) else None) or which,
        each,
        ranked,
        (lowest or (compare and _LOWER.search(text) is not None)) and not highest,
        _number(next((one for one in top.groups() if one), "")) if top else 0,
        trend,
        _CHART.search(text) is not None,
        compare,
        _GROWTH_OVER_A_YEAR.search(text) is not None,
        _RATIO.search(text) is not None,
        _PERCENT.search(asks) is not None,
        _LESS.search(text) is not None,
        _FIGURE.search(text) is not None,
        which=which is not None,
    )


def placed(wish: Wish) -> Wish:
    """*wish* for the first of those of which it asks for the one at a place (the second highest), and this place; 0
    where it does not say by what (ranked second).
    """
    if _RANKED_BEHIND.search(wish.text):
        return replace(wish, place=0)
    match = _PLACED.search(wish.text)
    if match is None:
        return wish
    told = match["n"] or match["word"]
    most = f"最{match['han']}" if match["han"] else match["most"]
    place = int(told) if told.isdigit() else _PLACES.get(told, 0)
    return replace(wish_of(f"{wish.text[: match.start()]}{most}{wish.text[match.end() :]}"), place=place)


def plain(text: str) -> str:
    """*text* in one form: compatibility forms made plain, lower case, simplified characters, single spaces."""
    found = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return found if found.isascii() else simplified(found)


def _number(text: str) -> int:
    return _NUMBERS[text] if text in _NUMBERS else int(text or 0)
