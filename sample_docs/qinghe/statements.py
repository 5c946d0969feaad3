"""The tenth part: the auditor, the statements and their notes."""

from typeset import Book, Leaf, Row

from qinghe import figures as f
from qinghe.look import HAN, HEAD, LOOK, SECTION, SMALL, SUBHEAD, columns, heads, money, page, section, unit


def audit(book: Book) -> None:
    """第十节: 审计报告."""
    leaf = page(book, "11", (1, "第十节 财务报告"), (2, "审计报告"))
    section(leaf, "第十节 财务报告")
    leaf.text("一、审计报告", HEAD)
    leaf.table(
        columns(110, 357, words=(1,)),
        [],
        [
            Row(["审计意见类型", "标准的无保留意见"]),
            Row(["审计报告签署日期", "2026年3月25日"]),
            Row(["审计机构名称", "澄明会计师事务所（特殊普通合伙）"]),
            Row(["审计报告文号", "澄明审字〔2026〕第0318号（虚构）"]),
        ],
    )
    leaf.text("青禾智能装备股份有限公司全体股东：", SUBHEAD.but(bold=False, after=4))
    for title, text in (
        (
            "审计意见",
            """我们审计了青禾智能装备股份有限公司的财务报表，包括2025年12月31日的合并资产负债表，2025年
         度的合并利润表、合并现金流量表以及相关财务报表附注。我们认为，后附的财务报表在所有重大方面按照企业会计
         准则的规定编制，公允反映了青禾智能2025年12月31日的财务状况以及2025年度的经营成果和现金流量。""",
        ),
        (
            "形成审计意见的基础",
            """我们按照审计准则的规定执行了审计工作，独立于青禾智能，并履行了职业道德方面的其
         他责任。我们相信，我们获取的审计证据是充分、适当的，为发表审计意见提供了基础。""",
        ),
        (
            "关键审计事项：收入确认",
            """2025年度营业收入为132,187.50万元，其中经销收入占63.80%。公司在产品交付经销
         商并取得签收单时确认收入。由于收入是关键业绩指标，且春耕前后交易集中，我们将其识别为关键审计事项。我们
         检查了销售合同与签收单，对62家经销商进行函证，回函确认金额占经销收入的71.30%，并对资产负债表日前后各三
         十日的交易执行了截止测试。""",
        ),
        (
            "关键审计事项：应收账款坏账准备",
            """2025年12月31日，应收账款账面余额为41,071.81万元，坏账准备为
         2,444.40万元。管理层按照账龄组合计算预期信用损失，需要作出重大判断。我们复核了账龄划分和历史损失率，并
         检查了期后回款：截至2026年2月末，期末余额中已收回38.60%。""",
        ),
        (
            "管理层和治理层的责任",
            """管理层负责按照企业会计准则编制财务报表，使其实现公允反映，并设计、执行和维护
         必要的内部控制。审计委员会负责监督青禾智能的财务报告过程。""",
        ),
        (
            "注册会计师的责任",
            """我们的目标是对财务报表整体是否不存在由于舞弊或错误导致的重大错报获取合理保证，并
         出具包含审计意见的审计报告。合理保证是高水平的保证，但不能保证审计总能发现存在的重大错报。""",
        ),
    ):
        leaf.text(title, SUBHEAD)
        leaf.text(text, HAN.but(size=9.6, leading=16.2))
    leaf.space(8)
    for line in ("澄明会计师事务所（特殊普通合伙）", "中国注册会计师：温书言　赵砚秋", "二〇二六年三月二十五日"):
        leaf.space(16)
        leaf.words(leaf.right, leaf.y, line, HAN, "right")


def statement(leaf: Leaf, title: str, date: str) -> None:
    """The head of a statement."""
    leaf.space(24)
    leaf.words((leaf.left + leaf.right) / 2, leaf.y - 4, title, SECTION.but(size=14.5), "centre")
    leaf.space(11)
    leaf.words(leaf.left, leaf.y, "编制单位：青禾智能装备股份有限公司", SMALL.but(size=8.2))
    leaf.words((leaf.left + leaf.right) / 2 + 20, leaf.y, date, SMALL.but(size=8.2), "centre")
    leaf.words(leaf.right, leaf.y, "单位：万元", SMALL.but(size=8.2), "right")
    leaf.space(4)


def group(name: str) -> Row:
    """A row that only has a name."""
    return Row([name, "", ""], bold=True)


def balance(book: Book) -> None:
    """合并资产负债表."""
    leaf = page(book, "12", (2, "合并资产负债表"))
    leaf.words(leaf.left, leaf.y + 20, "二、财务报表", HEAD)
    statement(leaf, "合并资产负债表", "2025年12月31日")
    style = LOOK.table.but(leading=12.85, size=8.0)
    leaf.table(
        columns(247, 110, 110),
        heads("项目", "2025年12月31日", "2024年12月31日"),
        [
            group("流动资产："),
            *(money(name, a, indent=1) for name, a in f.CURRENT_ASSETS.items()),
            money("流动资产合计", f.TOTAL_CURRENT_ASSETS, bold=True, indent=2),
            group("非流动资产："),
            *(money(name, a, indent=1) for name, a in f.OTHER_ASSETS.items()),
            money("非流动资产合计", f.TOTAL_OTHER_ASSETS, bold=True, indent=2),
            money("资产总计", f.TOTAL_ASSETS, bold=True, shade=True),
            group("流动负债："),
            *(money(name, a, indent=1) for name, a in f.CURRENT_LIABILITIES.items()),
            money("流动负债合计", f.TOTAL_CURRENT_LIABILITIES, bold=True, indent=2),
            group("非流动负债："),
            *(money(name, a, indent=1) for name, a in f.OTHER_LIABILITIES.items()),
            money("非流动负债合计", f.TOTAL_OTHER_LIABILITIES, bold=True, indent=2),
            money("负债合计", f.TOTAL_LIABILITIES, bold=True),
            group("股东权益："),
            *(money(name, a, indent=1) for name, a in f.PARENT_EQUITY_PARTS.items()),
            money("归属于母公司股东权益合计", f.PARENT_EQUITY, bold=True, indent=2),
            money("少数股东权益", f.MINORITY_EQUITY, indent=1),
            money("股东权益合计", f.TOTAL_EQUITY, bold=True),
            money("负债和股东权益总计", f.plus(f.TOTAL_LIABILITIES, f.TOTAL_EQUITY), bold=True, shade=True),
        ],
        style,
    )


def income(book: Book) -> None:
    """合并利润表."""
    leaf = page(book, "13", (2, "合并利润表"))
    statement(leaf, "合并利润表", "2025年1—12月")
    style = LOOK.table.but(leading=16.4, size=8.4)
    leaf.table(
        columns(247, 110, 110),
        heads("项目", "2025年度", "2024年度"),
        [
            money("一、营业总收入", f.REVENUE, bold=True),
            money("其中：营业收入", f.REVENUE, indent=1),
            money("二、营业总成本", f.TOTAL_COST, bold=True),
            money("其中：营业成本", f.COST, indent=1),
            money("税金及附加", f.SURCHARGES, indent=2),
            money("销售费用", f.SELLING, indent=2),
            money("管理费用", f.ADMINISTRATION, indent=2),
            money("研发费用", f.RESEARCH, indent=2),
            money("财务费用", f.FINANCE, indent=2),
            Row(["其中：利息费用", "1,105.36", "1,218.44"], indent=3),
            Row(["利息收入", "716.20", "602.15"], indent=3),
            money("加：其他收益", f.OTHER_INCOME, indent=1),
            money("投资收益（损失以“-”号填列）", f.INVESTMENT_INCOME, indent=1),
            money("信用减值损失（损失以“-”号填列）", f.CREDIT_LOSS, indent=1),
            money("资产减值损失（损失以“-”号填列）", f.ASSET_LOSS, indent=1),
            money("资产处置收益（损失以“-”号填列）", f.DISPOSALS, indent=1),
            money("三、营业利润", f.OPERATING_PROFIT, bold=True),
            money("加：营业外收入", f.NON_OPERATING_INCOME, indent=1),
            money("减：营业外支出", f.NON_OPERATING_EXPENSE, indent=1),
            money("四、利润总额", f.PROFIT_BEFORE_TAX, bold=True),
            money("减：所得税费用", f.TAX, indent=1),
            money("五、净利润", f.NET_PROFIT, bold=True, shade=True),
            money("归属于母公司股东的净利润", f.PARENT_PROFIT, indent=1),
            money("少数股东损益", f.MINORITY_PROFIT, indent=1),
            money("六、其他综合收益的税后净额", f.TRANSLATION, bold=True),
            money("外币财务报表折算差额", f.TRANSLATION, indent=1),
            money("七、综合收益总额", f.plus(f.NET_PROFIT, f.TRANSLATION), bold=True, shade=True),
            money("归属于母公司股东的综合收益总额", f.plus(f.PARENT_PROFIT, f.TRANSLATION), indent=1),
            money("归属于少数股东的综合收益总额", f.MINORITY_PROFIT, indent=1),
            Row(["八、每股收益", "", ""], bold=True),
            Row(["（一）基本每股收益（元/股）", *f.EPS], indent=1),
            Row(["（二）稀释每股收益（元/股）", *f.EPS], indent=1),
        ],
        style,
    )
    leaf.space(12)
    thirds = (leaf.left, leaf.left + 165, leaf.left + 330)
    for x, text in zip(
        thirds, ("公司负责人：陈牧野", "主管会计工作负责人：顾清越", "会计机构负责人：林舒白"), strict=True
    ):
        leaf.words(x, leaf.y, text, HAN.but(size=8.6))


def cash(book: Book) -> None:
    """合并现金流量表."""
    leaf = page(book, "14", (2, "合并现金流量表"))
    statement(leaf, "合并现金流量表", "2025年1—12月")
    style = LOOK.table.but(leading=16.6, size=8.4)

    def flows(title: str, name: str, received: dict[str, f.Amounts], paid: dict[str, f.Amounts]) -> list[Row]:
        return [
            group(title),
            *(money(key, a, indent=1) for key, a in received.items()),
            money(f"{name}现金流入小计", f.plus(*received.values()), bold=True, indent=2),
            *(money(key, a, indent=1) for key, a in paid.items()),
            money(f"{name}现金流出小计", f.plus(*paid.values()), bold=True, indent=2),
            money(f"{name}产生的现金流量净额", f.net(received, paid), bold=True, shade=True),
        ]

    leaf.table(
        columns(267, 100, 100),
        heads("项目", "2025年度", "2024年度"),
        [
            *flows("一、经营活动产生的现金流量：", "经营活动", f.OPERATING_IN, f.OPERATING_OUT),
            *flows("二、投资活动产生的现金流量：", "投资活动", f.INVESTING_IN, f.INVESTING_OUT),
            *flows("三、筹资活动产生的现金流量：", "筹资活动", f.FINANCING_IN, f.FINANCING_OUT),
            money("四、汇率变动对现金及现金等价物的影响", f.EXCHANGE, bold=True),
            money("五、现金及现金等价物净增加额", f.CASH_CHANGE, bold=True),
            money("加：期初现金及现金等价物余额", f.CASH_START, indent=1),
            money("六、期末现金及现金等价物余额", f.CASH_END, bold=True, shade=True),
        ],
        style,
    )
    leaf.text(
        """期末现金及现金等价物余额与货币资金的差额1,864.27万元（上年末1,635.48万元）为使用受到限制的银行承兑汇
        票保证金和保函保证金。""",
        SMALL.but(size=8.4, leading=13.6),
    )


def notes(book: Book) -> None:
    """财务报表附注."""
    leaf = page(book, "15", (2, "财务报表附注"))
    leaf.text("三、财务报表附注（节选）", HEAD)
    plain = HAN.but(size=9.8, leading=17, after=4)
    leaf.text("1、应收账款（按账龄）", SUBHEAD)
    unit(leaf)
    style = LOOK.table.but(leading=15.8)
    three = columns(247, 110, 110)
    balances = f.plus(*f.RECEIVABLES.values())
    leaf.table(
        three,
        heads("账龄", "期末余额", "期初余额"),
        [
            *(money(name, a) for name, a in f.RECEIVABLES.items()),
            money("账面余额合计", balances, bold=True),
            money("减：坏账准备", f.BAD_DEBTS),
            money("账面价值", f.CURRENT_ASSETS["应收账款"], bold=True, shade=True),
        ],
        style,
    )
    leaf.text("2、存货", SUBHEAD)
    unit(leaf)
    leaf.table(
        three,
        heads("项目", "期末账面价值", "期初账面价值"),
        [
            *(money(name, a) for name, a in f.INVENTORIES.items()),
            money("合计", f.CURRENT_ASSETS["存货"], bold=True, shade=True),
        ],
        style,
    )
    leaf.text("3、所得税费用", SUBHEAD)
    unit(leaf)
    leaf.table(
        columns(357, 110),
        heads("会计利润与所得税费用调整过程", "2025年度"),
        [
            money("利润总额", f.PROFIT_BEFORE_TAX[:1]),
            *(money(name, a) for name, a in f.TAX_BRIDGE.items()),
            money("所得税费用", f.TAX[:1], bold=True, shade=True),
        ],
        style,
    )
    leaf.text("公司为高新技术企业，2024年至2026年适用15%的企业所得税税率。", plain)
    leaf.text("4、每股收益", SUBHEAD)
    leaf.text(
        """基本每股收益以归属于母公司股东的净利润17,415.74万元除以发行在外的普通股加权平均数24,000.00万股计算，
        2025年度为0.73元。公司授予的预留限制性股票尚未登记，无稀释影响。""",
        plain,
    )
    leaf.text("5、资产负债表日后事项", SUBHEAD)
    leaf.text(
        """2026年2月10日，公司以自有资金4,350.00万元收购青川灌溉科技有限公司51%的股权，进入智能灌溉领域，工商变
        更登记已于2026年3月6日完成。2026年3月25日，董事会审议通过2025年度利润分配预案，尚需提交股东会审议。""",
        plain,
    )
