"""Lines of accounts by the names that differ from report to report and mean the same."""

from collections.abc import Iterator

_ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(name.strip() for name in words.split("|"))
    for words in """
    profit before tax | profit before taxation | profit before income tax | pre-tax profit
        | income before income taxes | income before taxes | earnings before income taxes | 利润总额
        | 税前利润 | 除税前溢利 | 除税前利润 | 税前溢利
    revenue | revenues | net sales | net revenue | net revenues | turnover | sales | 营业收入 | 收益 | 营业额
    net income | net profit | net earnings | profit for the year | profit for the period | profit after tax
        | profit after taxation | 净利润 | 年内溢利 | 期内溢利 | 本年利润 | 年度利润
    taxation | income tax | income taxes | income tax expense | tax expense | provision for income taxes | 所得税费用
        | 所得税
    cost of sales | cost of goods sold | cost of revenue | cost of revenues | cogs | 营业成本 | 销售成本
    research and development | research and development expenses | r&d | r&d expenses | r&d expense | r&d costs
        | r&d spending | 研发费用 | 研发支出
    selling, general and administrative | selling, general and administrative expenses | sg&a | sg&a expenses
    operating profit | operating income | profit from operations | income from operations | 营业利润
        | 经营溢利 | 经营利润
    trade receivables | accounts receivable | receivables | 应收账款 | 应收帐款
    trade payables | accounts payable | 应付账款 | 应付帐款
    inventories | inventory | 存货
    property, plant and equipment | pp&e | fixed assets | 固定资产
    cash and cash equivalents | cash and bank balances | 货币资金 | 现金及现金等价物
    total equity | total stockholders' equity | total shareholders' equity | stockholders' equity
        | shareholders' equity | 所有者权益合计 | 股东权益合计 | 权益合计
    diluted earnings per share | diluted eps | 稀释每股收益
    basic earnings per share | basic eps | 基本每股收益
    归属于上市公司股东的净利润 | 归属于母公司股东的净利润 | 归属于母公司所有者的净利润 | 归母净利润 | 归母净利
    归属于上市公司股东的扣除非经常性损益的净利润 | 扣除非经常性损益后的净利润 | 扣非净利润 | 扣非归母净利润
    经营活动产生的现金流量净额 | 经营活动现金流量净额 | 经营活动现金流净额 | 经营现金流净额 | 经营性现金流净额
    administrative expenses | administration expenses | general and administrative expenses | 行政开支 | 管理费用
    """.replace("\n        |", " |")
    .strip()
    .splitlines()
)


def other_names(name: str) -> Iterator[str]:
    """What the line *name* (made plain) is called elsewhere."""
    for group in _ALIKE:
        if name in group:
            yield from sorted(group - {name})
