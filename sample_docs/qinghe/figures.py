"""The accounts of 青禾智能装备股份有限公司, an invented company: every total is a sum, and is checked when loaded."""

from decimal import ROUND_HALF_UP, Decimal

Amounts = tuple[int, ...]  # in hundredths of 万元, the newest year first


def yuan(*values: str) -> Amounts:
    """``"1,234.50"`` as 123450."""
    return tuple(int(Decimal(value.replace(",", "")) * 100) for value in values)


def show(amount: int) -> str:
    """123450 as ``1,234.50``; nothing as a dash."""
    return f"{Decimal(amount) / 100:,.2f}" if amount else "—"


def part(amount: int, whole: int) -> str:
    """A share in percent, to two places."""
    return f"{(Decimal(amount) * 100 / whole).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def growth(amounts: Amounts) -> str:
    """The change of the newest year on the one before."""
    return part(amounts[0] - amounts[1], abs(amounts[1]))


def plus(*parts: Amounts) -> Amounts:
    """Sums, year by year."""
    return tuple(sum(year) for year in zip(*parts, strict=True))


def minus(amounts: Amounts) -> Amounts:
    """The same amounts taken away."""
    return tuple(-amount for amount in amounts)


# ── 营业收入与成本 ──

PRODUCTS = {
    "智能播种装备": yuan("58,214.36", "49,870.12"),
    "植保作业机器人": yuan("41,906.75", "32,158.40"),
    "农机控制终端": yuan("22,637.48", "20,914.66"),
    "技术服务及其他": yuan("9,428.91", "7,563.27"),
}
PRODUCT_COSTS = {
    "智能播种装备": yuan("37,256.42", "32,415.58"),
    "植保作业机器人": yuan("24,893.17", "19,937.61"),
    "农机控制终端": yuan("14,261.05", "13,385.92"),
    "技术服务及其他": yuan("4,148.36", "3,403.47"),
}
REGIONS = {
    "东北地区": yuan("38,264.18", "31,905.42"),
    "华北地区": yuan("26,418.35", "22,768.91"),
    "华东地区": yuan("22,906.74", "19,842.36"),
    "华中地区": yuan("17,835.62", "15,126.84"),
    "西北地区": yuan("14,287.95", "11,605.27"),
    "境外": yuan("12,474.66", "9,257.65"),
}
REVENUE, COST = plus(*PRODUCTS.values()), plus(*PRODUCT_COSTS.values())

# ── 利润表 ──

SURCHARGES = yuan("868.42", "741.35")
SELLING, ADMINISTRATION = yuan("9,876.31", "8,642.07"), yuan("8,215.64", "7,480.93")
RESEARCH, FINANCE = yuan("13,482.76", "10,935.28"), yuan("412.58", "638.91")
TOTAL_COST = plus(COST, SURCHARGES, SELLING, ADMINISTRATION, RESEARCH, FINANCE)
OTHER_INCOME, INVESTMENT_INCOME = yuan("2,346.18", "1,987.50"), yuan("385.27", "294.16")
CREDIT_LOSS, ASSET_LOSS, DISPOSALS = yuan("-524.63", "-467.82"), yuan("-688.41", "-593.36"), yuan("12.74", "-8.65")
OPERATING_PROFIT = plus(
    REVENUE, minus(TOTAL_COST), OTHER_INCOME, INVESTMENT_INCOME, CREDIT_LOSS, ASSET_LOSS, DISPOSALS
)  # fmt: skip
NON_OPERATING_INCOME, NON_OPERATING_EXPENSE = yuan("86.35", "102.48"), yuan("64.92", "118.73")
PROFIT_BEFORE_TAX = plus(OPERATING_PROFIT, NON_OPERATING_INCOME, minus(NON_OPERATING_EXPENSE))
TAX = yuan("2,541.18", "1,763.52")
NET_PROFIT = plus(PROFIT_BEFORE_TAX, minus(TAX))
MINORITY_PROFIT = yuan("368.45", "245.16")
PARENT_PROFIT = plus(NET_PROFIT, minus(MINORITY_PROFIT))
TRANSLATION = yuan("86.24", "-41.37")
CORE_PROFIT = yuan("15,628.93", "10,764.58")
SHARES = 24000 * 100
EPS = ("0.73", "0.50")

# ── 资产负债表 ──

CURRENT_ASSETS = {
    "货币资金": yuan("36,334.53", "33,517.92"),
    "交易性金融资产": yuan("5,000.00", "4,000.00"),
    "应收票据": yuan("3,842.16", "3,215.70"),
    "应收账款": yuan("38,627.41", "33,948.56"),
    "预付款项": yuan("2,416.83", "2,105.47"),
    "其他应收款": yuan("913.28", "876.94"),
    "存货": yuan("35,174.62", "31,862.30"),
    "合同资产": yuan("2,158.94", "1,746.21"),
    "其他流动资产": yuan("1,327.50", "1,194.86"),
}
OTHER_ASSETS = {
    "固定资产": yuan("41,113.78", "38,264.15"),
    "在建工程": yuan("5,936.42", "7,480.28"),
    "使用权资产": yuan("2,764.35", "3,128.49"),
    "无形资产": yuan("9,417.26", "8,936.51"),
    "开发支出": yuan("2,285.40", "2,147.63"),
    "长期待摊费用": yuan("862.17", "924.38"),
    "递延所得税资产": yuan("1,548.93", "1,376.20"),
    "其他非流动资产": yuan("1,206.58", "984.75"),
}
CURRENT_LIABILITIES = {
    "短期借款": yuan("12,000.00", "15,000.00"),
    "应付票据": yuan("8,764.25", "7,921.38"),
    "应付账款": yuan("24,318.56", "22,647.19"),
    "合同负债": yuan("9,215.74", "7,386.52"),
    "应付职工薪酬": yuan("4,936.18", "4,217.45"),
    "应交税费": yuan("1,842.37", "1,426.90"),
    "其他应付款": yuan("2,175.64", "2,038.71"),
    "一年内到期的非流动负债": yuan("2,118.40", "1,964.25"),
    "其他流动负债": yuan("1,198.05", "960.25"),
}
OTHER_LIABILITIES = {
    "长期借款": yuan("8,000.00", "10,000.00"),
    "租赁负债": yuan("1,742.86", "2,096.31"),
    "递延收益": yuan("3,428.60", "3,157.92"),
    "递延所得税负债": yuan("412.35", "386.74"),
}
PARENT_EQUITY_PARTS = {
    "股本": yuan("24,000.00", "24,000.00"),
    "资本公积": yuan("38,462.37", "38,462.37"),
    "其他综合收益": yuan("198.82", "112.58"),
    "盈余公积": yuan("5,840.19", "4,215.36"),
    "未分配利润": yuan("40,065.08", "27,874.17"),
}
MINORITY_EQUITY = yuan("2,210.70", "1,842.25")
TOTAL_CURRENT_ASSETS, TOTAL_OTHER_ASSETS = plus(*CURRENT_ASSETS.values()), plus(*OTHER_ASSETS.values())
TOTAL_ASSETS = plus(TOTAL_CURRENT_ASSETS, TOTAL_OTHER_ASSETS)
TOTAL_CURRENT_LIABILITIES = plus(*CURRENT_LIABILITIES.values())
TOTAL_OTHER_LIABILITIES = plus(*OTHER_LIABILITIES.values())
TOTAL_LIABILITIES = plus(TOTAL_CURRENT_LIABILITIES, TOTAL_OTHER_LIABILITIES)
PARENT_EQUITY = plus(*PARENT_EQUITY_PARTS.values())
TOTAL_EQUITY = plus(PARENT_EQUITY, MINORITY_EQUITY)
DIVIDENDS_PAID = yuan("3,600.00")[0]

# ── 现金流量表 ──

OPERATING_IN = {
    "销售商品、提供劳务收到的现金": yuan("138,264.57", "115,872.33"),
    "收到的税费返还": yuan("1,624.38", "1,386.75"),
    "收到其他与经营活动有关的现金": yuan("3,528.16", "2,964.80"),
}
OPERATING_OUT = {
    "购买商品、接受劳务支付的现金": yuan("84,915.92", "74,628.15"),
    "支付给职工以及为职工支付的现金": yuan("22,837.46", "19,514.62"),
    "支付的各项税费": yuan("6,284.73", "5,037.88"),
    "支付其他与经营活动有关的现金": yuan("7,220.26", "6,016.86"),
}
INVESTING_IN = {
    "收回投资收到的现金": yuan("24,000.00", "18,000.00"),
    "取得投资收益收到的现金": yuan("385.27", "294.16"),
    "处置固定资产、无形资产和其他长期资产收回的现金净额": yuan("46.20", "38.75"),
}
INVESTING_OUT = {
    "购建固定资产、无形资产和其他长期资产支付的现金": yuan("8,462.15", "9,375.40"),
    "投资支付的现金": yuan("25,000.00", "17,000.00"),
}
FINANCING_IN = {"取得借款收到的现金": yuan("20,000.00", "22,000.00")}
FINANCING_OUT = {
    "偿还债务支付的现金": yuan("25,000.00", "24,500.00"),
    "分配股利、利润或偿付利息支付的现金": yuan("4,620.36", "4,018.44"),
    "支付其他与筹资活动有关的现金": yuan("956.30", "892.75"),
}
EXCHANGE = yuan("36.42", "-21.58")


def net(received: dict[str, Amounts], paid: dict[str, Amounts]) -> Amounts:
    """What came in less what went out."""
    return plus(*received.values(), *(minus(amounts) for amounts in paid.values()))


OPERATING_CASH = net(OPERATING_IN, OPERATING_OUT)
INVESTING_CASH = net(INVESTING_IN, INVESTING_OUT)
FINANCING_CASH = net(FINANCING_IN, FINANCING_OUT)
CASH_CHANGE = plus(OPERATING_CASH, INVESTING_CASH, FINANCING_CASH, EXCHANGE)
RESTRICTED = yuan("1,864.27", "1,635.48")
CASH_END = plus(CURRENT_ASSETS["货币资金"], minus(RESTRICTED))
CASH_START = plus(CASH_END, minus(CASH_CHANGE))

# ── 季度与附注 ──

QUARTERS = {
    "营业收入": yuan("25,318.64", "38,742.15", "35,906.28", "32,220.43"),
    "归属于上市公司股东的净利润": yuan("2,486.35", "5,927.81", "4,902.66", "4,098.92"),
    "归属于上市公司股东的扣除非经常性损益的净利润": yuan("2,215.40", "5,410.27", "4,388.12", "3,615.14"),
    "经营活动产生的现金流量净额": yuan("-1,862.47", "6,935.18", "7,410.56", "9,675.47"),
}
RECEIVABLES = {
    "1年以内": yuan("32,418.57", "28,640.12"),
    "1至2年": yuan("5,826.43", "5,017.38"),
    "2至3年": yuan("1,932.60", "1,548.26"),
    "3年以上": yuan("894.21", "694.55"),
}
BAD_DEBTS = yuan("2,444.40", "1,951.75")
INVENTORIES = {
    "原材料": yuan("12,864.35", "11,720.48"),
    "在产品": yuan("6,418.27", "5,836.15"),
    "库存商品": yuan("13,105.82", "11,984.30"),
    "发出商品": yuan("2,786.18", "2,321.37"),
}
TAX_BRIDGE = {
    "按适用税率15%计算的所得税费用": yuan("3,048.81"),
    "子公司适用不同税率的影响": yuan("286.42"),
    "不可抵扣的成本、费用和损失的影响": yuan("132.73"),
    "研发费用加计扣除的影响": yuan("-926.78"),
}


def check() -> None:
    """Refuse accounts that do not add up."""
    retained = PARENT_EQUITY_PARTS["未分配利润"][1] + PARENT_PROFIT[0] - DIVIDENDS_PAID
    reserve = PARENT_EQUITY_PARTS["盈余公积"]
    truths = {
        "regions": plus(*REGIONS.values()) == REVENUE,
        "balance": plus(TOTAL_LIABILITIES, TOTAL_EQUITY) == TOTAL_ASSETS,
        "cash": CASH_START[0] == CASH_END[1],
        "retained": retained - (reserve[0] - reserve[1]) == PARENT_EQUITY_PARTS["未分配利润"][0],
        "minority": MINORITY_EQUITY[0] - MINORITY_EQUITY[1] == MINORITY_PROFIT[0],
        "quarters": [sum(quarters) for quarters in QUARTERS.values()]
        == [REVENUE[0], PARENT_PROFIT[0], CORE_PROFIT[0], OPERATING_CASH[0]],
        "receivables": plus(*RECEIVABLES.values(), minus(BAD_DEBTS)) == CURRENT_ASSETS["应收账款"],
        "inventories": plus(*INVENTORIES.values()) == CURRENT_ASSETS["存货"],
        "tax": plus(*TAX_BRIDGE.values())[0] == TAX[0],
        "earnings per share": tuple(f"{profit / SHARES:.2f}" for profit in PARENT_PROFIT) == EPS,
    }
    wrong = [name for name, true in truths.items() if not true]
    if wrong:
        raise ValueError(f"the accounts do not add up: {', '.join(wrong)}")


check()
