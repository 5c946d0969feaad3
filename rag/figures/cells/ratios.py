"""Ratios by the names that people give them, as the figures they are made of: ``毛利率``, ``gross margin``."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rag.figures.asked.wishes import plain


@dataclass(frozen=True, slots=True)
class Ratio:
    """The *names* of a ratio, and what it is made of: *above*, *less* what is taken away from it, and *over* what.

    Each part is told by the words by which its column may be called, the likeliest first. *percent* is how it is read.
    """

    names: tuple[str, ...]
    above: tuple[tuple[str, ...], ...]
    less: tuple[tuple[str, ...], ...]
    over: tuple[tuple[str, ...], ...]
    percent: bool = True


_REVENUE = (
    *(
        "营业收入",
        "营业总收入",
        "主营业务收入",
        "营业收入净额",
        "销售收入",
        "销售额",
        "revenue",
        "revenues",
        "net sales",
        "sales",
    ),
    *("net revenue", "net revenues", "total revenue", "total revenues", "total net revenue", "total net sales"),
)
_COST = (
    "营业成本",
    "主营业务成本",
    "销售成本",
    "cost of revenue",
    "cost of sales",
    "cost of goods sold",
    "cost of revenues",
    "cost of products sold",
    "total cost of revenue",
    "total cost of sales",
    "cogs",
    "成本",
    "cost",
)
_GROSS = ("毛利", "毛利润", "营业毛利", "gross profit", "gross income")
_PROFIT = ("净利润", "net income", "net profit", "net earnings", "profit for the year", "net income (loss)")
_OPERATING = ("营业利润", "operating income", "operating profit", "income from operations", "operating income (loss)")
_EQUITY = (
    "所有者权益合计",
    "股东权益合计",
    "净资产",
    "total equity",
    "total shareholders' equity",
    "total stockholders' equity",
)
_CURRENT = ("流动资产合计", "流动资产总计", "流动资产", "total current assets", "current assets")
_DUE = ("流动负债合计", "流动负债总计", "流动负债", "total current liabilities", "current liabilities")
_STOCK = ("存货", "inventories", "inventory")
_CASH = ("货币资金", "cash and cash equivalents")
_ASSETS = ("资产总计", "资产总额", "总资产", "资产合计", "total assets")
_LIABILITIES = ("负债合计", "负债总额", "总负债", "负债总计", "total liabilities")
_SELLING, _MANAGING, _FINANCING = ("销售费用",), ("管理费用",), ("财务费用",)
_GROSS_MARGIN = ("毛利率", "销售毛利率", "gross profit margin", "gross margin")


def _of_revenue(name: str) -> Ratio:
    return Ratio((f"{name}率",), ((name,),), (), (_REVENUE,))


RATIOS: tuple[Ratio, ...] = (
    Ratio(_GROSS_MARGIN, (_GROSS,), (), (_REVENUE,)),
    Ratio(_GROSS_MARGIN, (_REVENUE,), (_COST,), (_REVENUE,)),
    Ratio(("净利润率", "净利率", "销售净利率", "net profit margin", "net margin"), (_PROFIT,), (), (_REVENUE,)),
    Ratio(("营业利润率", "operating profit margin", "operating margin"), (_OPERATING,), (), (_REVENUE,)),
    *map(_of_revenue, ("营业成本", "销售费用", "管理费用", "财务费用", "研发费用")),
    Ratio(("三费比重", "三费占比", "三费比例", "三费率"), (_SELLING, _MANAGING, _FINANCING), (), (_REVENUE,)),
    Ratio(("流动比率", "current ratio"), (_CURRENT,), (), (_DUE,), percent=False),
    Ratio(("速动比率", "quick ratio"), (_CURRENT,), (_STOCK,), (_DUE,), percent=False),
    Ratio(("现金比率", "cash ratio"), (_CASH,), (), (_DUE,), percent=False),
    Ratio(("资产负债率", "资产负债比率", "debt ratio"), (_LIABILITIES,), (), (_ASSETS,)),
    Ratio(("流动负债比率", "流动负债率"), (_DUE,), (), (_LIABILITIES,)),
    Ratio(("产权比率", "debt to equity ratio", "debt-to-equity ratio"), (_LIABILITIES,), (), (_EQUITY,), percent=False),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A ratio that a question asks for, as the columns that it is made of; *name* is how the question calls it."""

    name: str
    above: tuple[str, ...]
    less: tuple[str, ...]
    over: tuple[str, ...]
    percent: bool


def names_ratio(text: str) -> bool:
    """Whether *text* (made plain) names a ratio."""
    return any(_says(text, name) for ratio in RATIOS for name in ratio.names)


def ratio_in(text: str, figures: Collection[str], columns: Collection[str]) -> Made | None:
    """The one ratio that *text* (made plain) asks for, where *figures*, the columns of numbers, have what it is made of
    and none of *columns* is the ratio itself; ``None`` when there are several.
    """
    known, there = {plain(name): name for name in figures}, set(map(plain, columns))
    found: list[Made] = []
    for ratio in RATIOS:
        name = next((name for name in sorted(ratio.names, key=len, reverse=True) if _says(text, name)), "")
        if not name or there.intersection(ratio.names):
            continue
        above, less, over = (_chosen(parts, known) for parts in (ratio.above, ratio.less, ratio.over))
        if above is not None and less is not None and over is not None:
            found.append(Made(name, above, less, over, ratio.percent))
    found = [one for at, one in enumerate(found) if one.name not in {other.name for other in found[:at]}]
    # 净利率 stands in 销售净利率, and a margin in a gross margin.
    longest = [one for one in found if not any(one is not other and one.name in other.name for other in found)]
    return longest[0] if len(longest) == 1 else None


def _says(text: str, name: str) -> bool:
    around = r"(?<![a-z]){}(?![a-z])" if name.isascii() else r"{}(?!增|变|同比|环比)"
    return re.search(around.format(re.escape(name)), text) is not None


def _chosen(parts: tuple[tuple[str, ...], ...], known: Mapping[str, str]) -> tuple[str, ...] | None:
    """The column for each of *parts*; ``None`` when one has none."""
    found = [next((known[name] for name in names if name in known), None) for names in parts]
    return None if None in found else tuple(name for name in found if name is not None)
