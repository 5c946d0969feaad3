"""青禾智能装备股份有限公司 2025 年年度报告：虚构公司，十六页，单位为万元。"""  # noqa: INP001, D400, D415 - scripts, not a package; Chinese ends a sentence with 。

from collections.abc import Callable, Sequence
from pathlib import Path

import chinese_figures as f
from typeset import GREY, PALE, WHITE, Book, Colour, Column, Leaf, Look, Row, Span, Style

GREEN: Colour = (0.07, 0.33, 0.24)
LEAF: Colour = (0.36, 0.58, 0.27)
WHEAT: Colour = (0.85, 0.66, 0.25)
MIST: Colour = (0.93, 0.96, 0.93)

HAN = Style("sans", size=10.4, leading=19.0, han=True, justify=True, indent=20.8, after=5.5)
LOOK = Look(
    accent=GREEN,
    tint=MIST,
    body=HAN,
    table=HAN.but(size=8.7, leading=17.4, indent=0.0, justify=False),
    hairlines=True,
)
SECTION = HAN.but(size=17, leading=26, bold=True, indent=0.0, justify=False, colour=GREEN, after=8)
HEAD = HAN.but(size=11.6, leading=20, bold=True, indent=0.0, justify=False, colour=GREEN, after=2)
SUBHEAD = HAN.but(size=9.8, leading=17, bold=True, indent=0.0, justify=False, after=1)
SMALL = HAN.but(size=7.8, leading=12.4, indent=0.0, colour=GREY)
FULL = 467.0


def page(book: Book, label: str, *entries: tuple[int, str]) -> Leaf:
    """A page with its running head and the printed number at its foot."""
    leaf = book.leaf(label, *entries)
    head = HAN.but(size=7.6, colour=GREY)
    leaf.words(leaf.left, 50, "青禾智能装备股份有限公司", head.but(colour=GREEN, bold=True))
    leaf.words(leaf.right, 50, "2025年年度报告", head, "right")
    leaf.rule(57, weight=0.7, colour=GREEN)
    leaf.words((leaf.left + leaf.right) / 2, 808, label, Style("sans", size=9, colour=GREEN, bold=True), "centre")
    leaf.y = 72
    return leaf


def section(leaf: Leaf, title: str) -> None:
    """A 节 heading, centred as the rules of form have it."""
    leaf.space(SECTION.leading)
    leaf.words((leaf.left + leaf.right) / 2, leaf.y - 5, title, SECTION, "centre")
    leaf.space(SECTION.after)


def unit(leaf: Leaf, text: str = "单位：万元") -> None:
    """The unit of the table that follows, on its right shoulder."""
    leaf.space(12)
    leaf.words(leaf.right, leaf.y - 1.5, text, SMALL.but(size=8.2), "right")
    leaf.space(1)


def heads(*names: str) -> list[list[Span]]:
    """One row of column heads."""
    return [[Span(name, n, n) for n, name in enumerate(names)]]


def columns(first: float, *rest: float, words: Sequence[int] = ()) -> list[Column]:
    """A name and columns of numbers, of the given widths; those whose number is in *words* hold words."""
    return [Column(first, numbers=False), *(Column(width, numbers=n not in words) for n, width in enumerate(rest, start=1))]


def money(name: str, amounts: Sequence[int], *more: str, **how: object) -> Row:
    """A row of money, and perhaps more."""
    return Row([name, *(f.show(amount) for amount in amounts), *more], **how)  # type: ignore[arg-type]


def paragraphs(leaf: Leaf, *texts: str) -> None:
    """Plain paragraphs."""
    for text in texts:
        leaf.text(text)


def cover(book: Book) -> None:
    """No running head and no number."""
    leaf = book.leaf("", (1, "封面"))
    leaf.box(0, 0, 595, 842, (0.975, 0.98, 0.965))
    leaf.box(0, 0, 595, 14, GREEN)
    for row in range(8):
        y, bend = 500 + row * (26 + row * 2.2), 1 - row * 0.16
        red, green, blue = (a + (b - a) * row / 7 for a, b in zip((0.83, 0.89, 0.70), GREEN, strict=True))
        hill = [(x, y + bend * (x - 200) ** 2 / 3600) for x in range(-5, 606, 10)]
        leaf.path([*hill, (605, 842), (-5, 842)], (red, green, blue), 0, closed=True)
    for n in range(13):
        x, high = 84 + n * 36, 58 + (n * 37 % 23)
        foot = 512 + (x - 200) ** 2 / 3600
        leaf.path([(x, foot), (x, foot - high)], LEAF, 1.3)
        for step in range(5):
            y = foot - high + step * 9
            leaf.path([(x, y + 8), (x + 3.4, y), (x + 5.6, y - 6), (x + 1.2, y + 1)], WHEAT, 0, closed=True)
            leaf.path([(x, y + 11), (x - 3.4, y + 3), (x - 5.6, y - 3), (x - 1.2, y + 4)], WHEAT, 0, closed=True)
    title = HAN.but(size=25, bold=True, colour=GREEN)
    leaf.words(64, 140, "青禾智能装备股份有限公司", title)
    leaf.box(64, 158, 110, 161, WHEAT)
    leaf.words(64, 205, "2025年年度报告", title.but(size=34))
    leaf.words(64, 236, "股票代码：Q00688（虚构）", HAN.but(size=11))
    leaf.words(64, 256, "公告日期：2026年3月26日", HAN.but(size=11))
    leaf.words(64, 800, "本公司及报告内容均为虚构，仅作软件示例数据使用。", HAN.but(size=8.6, colour=WHITE))


def notice(book: Book) -> None:
    """第一节."""
    leaf = page(book, "1", (1, "第一节 重要提示、目录和释义"))
    section(leaf, "第一节 重要提示、目录和释义")
    paragraphs(
        leaf,
        """公司董事会及董事、高级管理人员保证年度报告内容的真实、准确、完整，不存在虚假记载、
        误导性陈述或重大遗漏，并承担个别和连带的法律责任。""",
        """公司负责人陈牧野、主管会计工作负责人顾清越及会计机构负责人林舒白声明：保证年度报告中
        财务报告的真实、准确、完整。所有董事均已出席了审议本报告的董事会会议。""",
        """本报告涉及的未来计划等前瞻性陈述，不构成公司对投资者的实质承诺，敬请投资者注意投资风险。
        公司可能面对的风险详见“第三节 管理层讨论与分析”之“五、可能面对的风险”。""",
        """经董事会审议通过的利润分配预案为：以240,000,000股为基数，向全体股东每10股派发现金红利
        2.20元（含税），共计派发5,280.00万元，不送红股，不以资本公积金转增股本。""",
    )
    leaf.space(8)
    leaf.text("目 录", HEAD.but(size=13, leading=24))
    for name, number in (
        ("第一节 重要提示、目录和释义", "1"), ("第二节 公司简介和主要财务指标", "2"), ("第三节 管理层讨论与分析", "4"),
        ("第四节 公司治理", "8"), ("第五节 环境和社会责任", "9"), ("第六节 重要事项", "9"), ("第七节 股份变动及股东情况", "10"),
        ("第八节 优先股相关情况", "10"), ("第九节 债券相关情况", "10"), ("第十节 财务报告", "11"),
    ):  # fmt: skip
        leaf.space(22)
        leaf.words(leaf.left, leaf.y, name, HAN.but(size=10.4))
        leaf.words(leaf.right, leaf.y, number, HAN.but(size=9.6, colour=GREEN), "right")
        leaf.rule(leaf.y + 6.5, weight=0.35, colour=PALE)
    leaf.space(30)
    leaf.text("备查文件", SUBHEAD)
    leaf.text(
        """载有公司负责人、主管会计工作负责人、会计机构负责人签名并盖章的财务报表；载有会计师事务所
        盖章、注册会计师签名并盖章的审计报告原件；报告期内公开披露过的所有公司文件的正本及公告的原稿。
        上述文件备置于公司董事会办公室。""",
        HAN.but(size=9.2, leading=15.6),
    )


def profile(book: Book) -> None:
    """释义, 第二节."""
    leaf = page(book, "2", (1, "第二节 公司简介和主要财务指标"))
    leaf.text("释 义", HEAD.but(size=13, leading=24))
    leaf.table(
        columns(110, 357, words=(1,)),
        heads("释义项", "释义内容"),
        [
            Row(["公司、本公司、青禾智能", "青禾智能装备股份有限公司"]),
            Row(["青禾植保", "青禾植保机器人有限公司，公司全资子公司"]),
            Row(["禾源控股", "禾源控股集团有限公司，公司控股股东"]),
            Row(["智能播种装备", "具备漏播监测、变量播种和导航作业功能的精量播种机及其成套设备"]),
            Row(["农机控制终端", "安装于农业机械上的导航、测产和作业监测电子装置"]),
            Row(["报告期、上年同期", "2025年1月1日至12月31日、2024年1月1日至12月31日"]),
            Row(["元、万元", "人民币元、人民币万元"]),
        ],
    )
    section(leaf, "第二节 公司简介和主要财务指标")
    leaf.text("一、公司信息", HEAD)
    leaf.table(
        columns(110, 357, words=(1,)),
        [],
        [
            Row(["股票简称、代码", "青禾智能，Q00688（虚构）"]),
            Row(["公司的法定代表人", "陈牧野"]),
            Row(["注册地址", "青岚市新垦区丰穗路188号（虚构地址）"]),
            Row(["成立日期", "2009年4月18日"]),
            Row(["董事会秘书", "韩予安"]),
            Row(["会计师事务所", "澄明会计师事务所（特殊普通合伙），签字注册会计师：温书言、赵砚秋"]),
            Row(["保荐机构", "远帆证券股份有限公司，持续督导期至2025年12月31日"]),
        ],
    )
    leaf.text("二、业务沿革", HEAD)
    paragraphs(
        leaf,
        """公司由三位农机工程师于2009年创立，最初为播种机厂家提供漏播监测仪。2014年推出首台自主研发的
        气力式精量播种机，2019年设立青禾植保，进入植保作业机器人领域。截至报告期末，公司拥有四个
        生产基地、九家控股子公司，产品销往国内28个省份和17个国家。""",
    )
    leaf.text("近五年营业收入（单位：万元）", SUBHEAD)
    leaf.space(6)
    label = HAN.but(size=8.6)
    years = (("2021年", 7184620), ("2022年", 8493065), ("2023年", 9628437), ("2024年", f.REVENUE[1]), ("2025年", f.REVENUE[0]))
    for year, amount in years:
        end = leaf.left + 50 + (leaf.width - 120) * amount / f.REVENUE[0]
        leaf.words(leaf.left, leaf.y + 10.5, year, label)
        leaf.box(leaf.left + 50, leaf.y, end, leaf.y + 14, GREEN if amount == f.REVENUE[0] else LEAF)
        leaf.words(end + 6, leaf.y + 10.5, f.show(amount), label.but(bold=True, colour=GREEN))
        leaf.space(22)


def key_figures(book: Book) -> None:
    """主要会计数据, 分季度."""
    leaf = page(book, "3")
    leaf.text("三、主要会计数据和财务指标", HEAD)
    unit(leaf)
    before = dict(
        zip(
            ("营业收入", "归母", "扣非", "现金", "资产", "净资产"),
            f.yuan("96,284.37", "10,058.46", "8,912.35", "12,684.90", "162,408.73", "85,373.62"),
            strict=True,
        )
    )

    def line(name: str, amounts: f.Amounts, third: str, **how: object) -> Row:
        return Row([name, *(f.show(a) for a in amounts), f.growth(amounts), f.show(before[third])], **how)  # type: ignore[arg-type]

    five = columns(150, 78, 78, 83, 78)
    leaf.table(five, heads("主要会计数据", "2025年", "2024年", "同比增减", "2023年"), [
        line("营业收入", f.REVENUE, "营业收入"),
        line("归属于上市公司股东的净利润", f.PARENT_PROFIT, "归母"),
        line("归属于上市公司股东的扣除非经常性损益的净利润", f.CORE_PROFIT, "扣非"),
        line("经营活动产生的现金流量净额", f.OPERATING_CASH, "现金"),
    ])  # fmt: skip
    leaf.table(five, heads("", "2025年末", "2024年末", "同比增减", "2023年末"), [
        line("总资产", f.TOTAL_ASSETS, "资产"),
        line("归属于上市公司股东的净资产", f.PARENT_EQUITY, "净资产"),
    ])  # fmt: skip
    leaf.table(five, heads("主要财务指标", "2025年", "2024年", "同比增减", "2023年"), [
        Row(["基本每股收益（元/股）", "0.73", "0.50", "46.00%", "0.42"]),
        Row(["稀释每股收益（元/股）", "0.73", "0.50", "46.00%", "0.42"]),
        Row(["加权平均净资产收益率", "17.20%", "13.46%", "3.74个百分点", "12.41%"]),
        Row(["研发投入占营业收入的比例", "11.82%", "11.56%", "0.26个百分点", "11.03%"]),
    ])  # fmt: skip
    leaf.text("四、分季度主要财务指标", HEAD)
    unit(leaf)
    names = {"归属于上市公司股东的净利润": "归属于上市公司股东的净利润",
             "归属于上市公司股东的扣除非经常性损益的净利润": "归属于上市公司股东的扣除非经常性损益的净利润"}  # fmt: skip
    leaf.table(columns(155, 78, 78, 78, 78), heads("", "第一季度", "第二季度", "第三季度", "第四季度"), [
        Row([names.get(name, name), *(f.show(amount) for amount in amounts)]) for name, amounts in f.QUARTERS.items()
    ])  # fmt: skip
    leaf.text(
        """公司产品的使用与农时密切相关，第二季度和第三季度为收入确认高峰。第一季度为春耕备货期，采购支出较大，
        经营活动产生的现金流量净额通常为负。""",
        SMALL.but(size=8.4, leading=13.6),
    )
    leaf.text("五、非经常性损益项目及金额", HEAD)
    unit(leaf)
    leaf.table(columns(311, 78, 78), heads("项目", "2025年", "2024年"), [
        Row(["计入当期损益的政府补助", "1,986.40", "1,472.15"]),
        Row(["委托他人投资或管理资产的损益", "385.27", "294.16"]),
        Row(["非流动资产处置损益", "12.74", "-8.65"]),
        Row(["其他营业外收入和支出", "21.43", "-16.25"]),
        Row(["减：所得税影响额及少数股东权益影响额", "619.03", "393.76"]),
        Row(["合计", "1,786.81", "1,347.65"], bold=True, rule=True),
    ])  # fmt: skip


def business(book: Book) -> None:
    """第三节: 业务, 核心竞争力."""
    leaf = page(book, "4", (1, "第三节 管理层讨论与分析"))
    section(leaf, "第三节 管理层讨论与分析")
    leaf.text("一、报告期内公司从事的主要业务", HEAD)
    paragraphs(
        leaf,
        """公司主要从事智能农业装备的研发、生产、销售和服务，主要产品包括智能播种装备、植保作业机器人和
        农机控制终端，并向种植大户、农垦企业和农机合作社提供作业数据、维修和培训等技术服务。""",
        """公司采用“以销定产、适度备货”的生产模式。每年10月至次年2月根据订单和农时集中备货，3月至9月
        交付使用。境内销售以经销为主，报告期末合作经销商共412家；农垦企业和境外客户以直销为主。
        报告期内，经销收入占营业收入的63.80%，直销收入占36.20%。""",
    )
    leaf.text("二、报告期内公司所处行业情况", HEAD)
    paragraphs(
        leaf,
        """报告期内，全国高标准农田建设继续推进，种植主体规模化程度提高，用户对作业质量和作业效率的要求
        随之提高。据公司测算，2025年国内智能播种装备市场规模约为52亿元，公司市场占有率约为11.2%，位居
        行业第三；植保作业机器人市场规模约为38亿元，公司市场占有率约为11.0%，位居行业第四。""",
        """行业竞争的焦点正由单机性能转向成套服务。用户不再只比较价格，而是比较每亩作业成本、故障停机时间和
        作业数据能否用于后续的施肥与收获。公司产品的平均故障停机时间由2024年的9.6小时缩短至2025年的6.8小时。""",
    )
    leaf.text("三、核心竞争力分析", HEAD)
    paragraphs(
        leaf,
        """**（一）播种监测技术。**公司自主研发的光电与压电双模漏播监测技术，单粒识别准确率达到99.2%，
        在时速14公里的作业条件下仍可稳定工作。截至报告期末，公司拥有有效专利336项，其中发明专利118项。""",
        """**（二）覆盖农时的服务网络。**公司在主要粮食产区设有56个服务站和230辆服务车，承诺农忙季节
        “四小时到达、当日修复”，2025年农忙季节的当日修复率为94.7%，较上年提高2.1个百分点。""",
        """**（三）完整的作业数据。**截至报告期末，接入公司平台的农机共8.64万台，累计记录作业面积4.3亿亩。
        公司据此改进播种深度控制算法，使玉米出苗率平均提高1.6个百分点。""",
        """**（四）稳定的研发队伍。**公司研发人员共486人，占员工总数的26.51%，核心技术人员报告期内无变动。
        公司与两所农业院校共建试验农场，面积合计6,200亩，新产品须经过两个完整农时的试验后方可上市。""",
        """**（五）可靠的供应体系。**公司对导航芯片、伺服电机等关键部件实行双供应商制度，报告期内关键部件的
        国产化率达到88%，较上年末提高7个百分点，采购周期由平均62天缩短至41天。""",
    )


def operations(book: Book) -> None:
    """第三节: 营业收入构成."""
    leaf = page(book, "5")
    leaf.text("四、主营业务分析", HEAD)
    leaf.text("（一）概述", SUBHEAD)
    paragraphs(
        leaf,
        """2025年，公司实现营业收入132,187.50万元，同比增长19.62%；实现归属于上市公司股东的净利润17,415.74万元，
        同比增长43.79%；综合毛利率为39.06%，较上年提高1.63个百分点。增长主要来自植保作业机器人放量和境外市场
        开拓：植保作业机器人收入同比增长30.31%，境外收入同比增长34.75%。""",
    )
    leaf.text("（二）营业收入构成", SUBHEAD)
    unit(leaf)
    rows: list[Row] = [money("营业收入合计", f.REVENUE[:1], "100.00%", f.show(f.REVENUE[1]), "100.00%", f.growth(f.REVENUE), bold=True)]
    for title, group in (("分产品", f.PRODUCTS), ("分地区", f.REGIONS)):
        rows.append(Row([title, "", "", "", "", ""], bold=True, shade=True))
        rows += [
            Row([name, f.show(a[0]), f.part(a[0], f.REVENUE[0]), f.show(a[1]), f.part(a[1], f.REVENUE[1]), f.growth(a)], indent=1)
            for name, a in group.items()
        ]
    leaf.table(
        columns(132, 75, 62, 75, 62, 61),
        [[Span("", 0, 0), Span("2025年", 1, 2), Span("2024年", 3, 4), Span("", 5, 5)],
         [Span("项目", 0, 0), Span("金额", 1, 1), Span("占比", 2, 2), Span("金额", 3, 3), Span("占比", 4, 4), Span("同比增减", 5, 5)]],
        rows,
    )  # fmt: skip
    leaf.text("（三）占营业收入10%以上的产品", SUBHEAD)
    unit(leaf)
    leaf.table(columns(117, 75, 75, 60, 70, 70), heads("产品", "营业收入", "营业成本", "毛利率", "收入同比", "成本同比"), [
        Row([name, f.show(a[0]), f.show(f.PRODUCT_COSTS[name][0]), f.part(a[0] - f.PRODUCT_COSTS[name][0], a[0]), f.growth(a), f.growth(f.PRODUCT_COSTS[name])])
        for name, a in list(f.PRODUCTS.items())[:3]
    ])  # fmt: skip
    leaf.text("（四）产销量", SUBHEAD)
    leaf.space(4)
    leaf.table(columns(117, 70, 70, 70, 70, 70), heads("产品（单位：台、套）", "生产量", "销售量", "库存量", "上年销售量", "销量同比"), [
        Row(["智能播种装备", "7,015", "6,842", "864", "5,910", "15.77%"]),
        Row(["植保作业机器人", "3,268", "3,126", "412", "2,384", "31.12%"]),
        Row(["农机控制终端", "42,180", "41,530", "5,236", "38,276", "8.50%"]),
    ])  # fmt: skip


def expenses(book: Book) -> None:
    """第三节: 客户, 费用, 研发, 现金流, 资产."""
    leaf = page(book, "6")
    leaf.text("（五）主要客户和供应商", SUBHEAD)
    paragraphs(
        leaf,
        """前五名客户合计销售金额28,416.30万元，占年度销售总额的21.50%，其中第一大客户北原农垦集团销售金额
        9,652.48万元，占7.30%。前五名供应商合计采购金额18,237.45万元，占年度采购总额的24.63%。
        前五名客户和供应商与公司均不存在关联关系。""",
    )
    leaf.text("（六）费用", SUBHEAD)
    unit(leaf)
    leaf.table(columns(70, 75, 75, 60, 187, words=(4,)), heads("项目", "2025年", "2024年", "同比增减", "重大变动说明"), [
        money("销售费用", f.SELLING, f.growth(f.SELLING), "服务站由48个增至56个，服务人员薪酬增加"),
        money("管理费用", f.ADMINISTRATION, f.growth(f.ADMINISTRATION), "管理人员薪酬和信息系统费用增加"),
        money("研发费用", f.RESEARCH, f.growth(f.RESEARCH), "果园机器人和丘陵播种机项目投入增加"),
        money("财务费用", f.FINANCE, f.growth(f.FINANCE), "偿还银行借款，利息支出减少"),
    ])  # fmt: skip
    leaf.text("（七）研发投入", SUBHEAD)
    leaf.space(4)
    leaf.table(columns(227, 80, 80, 80), heads("项目", "2025年", "2024年", "变动"), [
        Row(["研发投入金额（万元）", "15,620.53", "12,774.55", "22.28%"]),
        Row(["研发投入占营业收入比例", "11.82%", "11.56%", "0.26个百分点"]),
        Row(["研发投入资本化金额（万元）", "2,137.77", "1,839.27", "16.23%"]),
        Row(["研发人员数量（人）", "486", "412", "17.96%"]),
    ])  # fmt: skip
    paragraphs(
        leaf,
        """报告期内，公司“果园自主植保机器人”项目完成两个农时的试验，在坡度25度的果园中连续作业时间达到5.2小时，
        计划于2026年第三季度上市；“丘陵山地轻型播种机”项目进入小批量试制阶段。""",
    )
    leaf.text("（八）现金流", SUBHEAD)
    unit(leaf)
    leaf.table(columns(227, 80, 80, 80), heads("项目", "2025年", "2024年", "同比增减"), [
        money("经营活动产生的现金流量净额", f.OPERATING_CASH, f.growth(f.OPERATING_CASH)),
        money("投资活动产生的现金流量净额", f.INVESTING_CASH, f.growth(f.INVESTING_CASH)),
        money("筹资活动产生的现金流量净额", f.FINANCING_CASH, f.growth(f.FINANCING_CASH)),
        money("现金及现金等价物净增加额", f.CASH_CHANGE, "不适用", bold=True),
    ])  # fmt: skip
    leaf.text("（九）资产构成重大变动", SUBHEAD)
    unit(leaf)
    rows = []
    for name, reason in (("货币资金", "销售回款增加"), ("应收账款", "收入增长，账龄结构保持稳定"), ("存货", "为2026年春耕备货"),
                         ("在建工程", "青岚二期厂房部分转入固定资产"), ("固定资产", "青岚二期厂房转固")):  # fmt: skip
        a = {**f.CURRENT_ASSETS, **f.OTHER_ASSETS}[name]
        rows.append(Row([name, f.show(a[0]), f.part(a[0], f.TOTAL_ASSETS[0]), f.show(a[1]), f.part(a[1], f.TOTAL_ASSETS[1]), reason]))
    leaf.table(columns(62, 68, 58, 68, 58, 153, words=(5,)), heads("项目", "2025年末", "占总资产", "2024年末", "占总资产", "变动说明"), rows)


def outlook(book: Book) -> None:
    """第三节: 风险, 展望."""
    leaf = page(book, "7")
    leaf.text("（十）主要控股公司情况", SUBHEAD)
    unit(leaf)
    leaf.table(columns(149, 56, 62, 66, 67, 67), heads("公司名称", "持股比例", "注册资本", "总资产", "营业收入", "净利润"), [
        Row(["青禾植保机器人有限公司", "100%", "8,000.00", "46,218.35", "42,735.60", "6,284.17"]),
        Row(["青禾农机信息技术有限公司", "85%", "3,000.00", "14,862.90", "16,347.28", "2,456.33"]),
        Row(["青禾国际贸易有限公司", "100%", "2,000.00", "7,935.46", "12,474.66", "863.92"]),
    ])  # fmt: skip
    leaf.text("五、可能面对的风险", HEAD)
    paragraphs(
        leaf,
        """**（一）补贴政策调整的风险。**农机购置补贴影响用户的购买意愿。报告期内，列入补贴目录的产品收入占营业
        收入的58.40%。如补贴标准下调或产品未能进入新目录，公司收入可能受到影响。公司将继续提高非补贴产品
        和技术服务的收入比重。""",
        """**（二）季节性波动的风险。**春耕备货占用大量资金，2025年3月末存货余额曾达到48,260.15万元。公司通过分区
        备货和预收定金缓解资金压力，报告期末合同负债为9,215.74万元，较上年末增长24.76%。""",
        """**（三）原材料价格波动的风险。**钢材和锂电池占生产成本的34.20%。经测算，钢材价格每上涨10%，公司
        营业成本将增加约1,530万元。公司已与三家钢厂签订年度锁价协议，锁价数量约占全年用量的六成。""",
        """**（四）汇率波动的风险。**境外收入主要以美元和欧元结算。人民币每升值5%，公司利润总额将减少约430万元。
        公司对六个月以内的外币应收款项开展远期结汇，不进行投机性交易。""",
        """**（五）应收账款回收的风险。**报告期末应收账款账面价值38,627.41万元，占总资产的20.23%。公司对经销商
        实行授信额度管理，逾期超过90天的经销商暂停发货。""",
    )
    leaf.text("六、公司未来发展的展望", HEAD)
    paragraphs(
        leaf,
        """公司坚持“让每一粒种子落在该落的地方”的使命，2026年的经营目标为：营业收入15.2亿元至15.8亿元，归属于
        上市公司股东的净利润2.05亿元至2.20亿元。该目标不构成对投资者的业绩承诺。""",
        """为实现上述目标，公司将重点推进三项工作：一是完成果园自主植保机器人的上市，首年销量目标为300台；
        二是在境外新增两个服务中心，将境外收入占比提高至12%；三是建成青岚二期智能工厂，使植保作业机器人的
        年产能由3,600台提高至6,000台，项目总投资2.40亿元，截至报告期末已累计投入1.37亿元。""",
    )
    leaf.text("七、接待调研情况", HEAD)
    paragraphs(
        leaf,
        """报告期内，公司接待机构投资者调研23场、186人次，召开业绩说明会3次，回复投资者提问274个。投资者关注的
        问题主要为植保作业机器人的产能、境外市场的服务能力以及分红政策的连续性。""",
    )


def governance(book: Book) -> None:
    """第四节."""
    leaf = page(book, "8", (1, "第四节 公司治理"))
    section(leaf, "第四节 公司治理")
    leaf.text("一、公司治理的基本状况", HEAD)
    paragraphs(
        leaf,
        """公司按照法律、法规和公司章程的要求规范运作。报告期内共召开股东会3次、董事会会议8次、审计委员会会议
        6次，审议定期报告、利润分配、关联交易、股权激励等事项42项，全部获得通过。公司与控股股东在资产、人员、
        财务、机构和业务方面相互独立。""",
    )
    leaf.text("二、董事和高级管理人员", HEAD)
    unit(leaf, "税前报酬单位：万元；持股单位：万股")
    leaf.table(columns(62, 150, 35, 90, 65, 65, words=(1, 2, 3)), heads("姓名", "职务", "年龄", "任期起始日期", "期末持股", "税前报酬"), [
        Row(["陈牧野", "董事长", "56", "2012年6月20日", "3,000.00", "128.60"]),
        Row(["沈知秋", "董事、总经理", "49", "2018年5月16日", "420.00", "116.25"]),
        Row(["顾清越", "董事、财务总监", "46", "2019年9月9日", "86.00", "92.40"]),
        Row(["叶临川", "董事、总工程师", "52", "2012年6月20日", "540.00", "108.75"]),
        Row(["韩予安", "董事会秘书", "38", "2021年3月30日", "24.00", "74.80"]),
        Row(["陆明舟", "独立董事", "61", "2022年5月18日", "—", "12.00"]),
        Row(["方以宁", "独立董事", "54", "2022年5月18日", "—", "12.00"]),
        Row(["苏景行", "独立董事", "50", "2024年5月20日", "—", "12.00"]),
        Row(["合计", "", "", "", "4,070.00", "556.80"], bold=True, rule=True),
    ])  # fmt: skip
    leaf.text("三、公司员工情况", HEAD)
    leaf.space(3)
    staff = columns(125, 108.5, 125, 108.5, words=(2,))
    leaf.table(staff, heads("专业构成", "人数", "教育程度", "人数"), [
        Row(["生产人员", "742", "博士", "28"]),
        Row(["研发人员", "486", "硕士", "214"]),
        Row(["销售和服务人员", "328", "本科", "763"]),
        Row(["行政人员", "231", "大专及以下", "828"]),
        Row(["财务人员", "46", "", ""]),
        Row(["合计", "1,833", "合计", "1,833"], bold=True, rule=True),
    ])  # fmt: skip
    paragraphs(
        leaf,
        """公司实行与岗位、能力和业绩挂钩的薪酬制度。报告期内组织培训216场，人均培训38学时。2025年限制性股票
        激励计划向132名核心员工授予预留权益，考核目标为2025年和2026年营业收入较2024年分别增长不低于15%和32%；
        2025年的考核目标已经达成。""",
    )
    leaf.text("四、利润分配情况", HEAD)
    paragraphs(
        leaf,
        """报告期内，公司实施2024年度利润分配方案，每10股派发现金红利1.50元（含税），共计派发3,600.00万元。2025年度
        拟派发现金红利5,280.00万元，占归属于上市公司股东的净利润的30.32%。""",
    )


def society(book: Book) -> None:
    """第五节, 第六节."""
    leaf = page(book, "9", (1, "第五节 环境和社会责任"), (1, "第六节 重要事项"))
    section(leaf, "第五节 环境和社会责任")
    paragraphs(
        leaf,
        """公司及子公司不属于环境保护部门公布的重点排污单位。报告期内环保投入612.38万元，未发生环境事故，
        未受到环保行政处罚。青岚生产基地屋顶光伏装机容量为4.8兆瓦，全年发电462万千瓦时，占基地用电量的27.50%。""",
    )
    leaf.table(columns(227, 80, 80, 80), heads("环境指标", "2025年", "2024年", "同比增减"), [
        Row(["温室气体排放量（吨二氧化碳当量）", "18,436", "19,752", "-6.66%"]),
        Row(["每万元收入排放量（千克）", "139.47", "178.74", "-21.97%"]),
        Row(["用水量（吨）", "126,480", "131,260", "-3.64%"]),
        Row(["一般固体废物综合利用率", "92.40%", "89.70%", "2.70个百分点"]),
    ])  # fmt: skip
    paragraphs(
        leaf,
        """公司持续参与乡村振兴。报告期内向6个县捐赠播种机和植保机器人共48台，折合386.50万元；培训农机手
        5,420人次；在3个产粮县设立“青禾助学金”，资助农学专业学生126名。""",
    )
    leaf.space(4)
    section(leaf, "第六节 重要事项")
    leaf.text("一、承诺事项履行情况", HEAD)
    paragraphs(
        leaf,
        """控股股东禾源控股承诺避免同业竞争、规范关联交易，并承诺自公司上市之日起三十六个月内不转让所持股份。
        报告期内上述承诺均正常履行，股份锁定承诺将于2026年9月14日到期。""",
    )
    leaf.text("二、重大诉讼、仲裁事项", HEAD)
    paragraphs(
        leaf,
        """报告期内公司无重大诉讼、仲裁事项。未达到重大标准的诉讼共4起，涉案金额合计286.45万元，主要为经销商
        货款纠纷，其中2起已经结案，不会形成预计负债。""",
    )
    leaf.text("三、重大关联交易", HEAD)
    paragraphs(
        leaf,
        """公司向禾源控股的子公司禾源物流采购运输服务，全年交易金额1,846.72万元，占同类交易的31.60%，定价以市场
        价格为基础，未超过获批的2,200.00万元额度。""",
    )
    leaf.text("四、重大合同及担保", HEAD)
    paragraphs(
        leaf,
        """2025年11月，公司与北原农垦集团签订智能播种装备采购框架合同，合同金额1.86亿元，履行期至2027年10月，报告期内
        已确认收入2,138.40万元。报告期末，公司为子公司青禾植保提供担保余额6,000.00万元，占净资产的5.53%，无逾期担保。""",
    )
    leaf.text("五、募集资金使用情况", HEAD)
    paragraphs(
        leaf,
        """公司首次公开发行募集资金净额31,260.00万元，截至报告期末累计使用27,845.36万元，使用进度为89.08%，尚未
        使用的募集资金存放于专户，将继续用于青岚二期智能工厂和研发中心项目。""",
    )


def shareholders(book: Book) -> None:
    """第七节 to 第九节."""
    leaf = page(book, "10", (1, "第七节 股份变动及股东情况"), (1, "第八节 优先股相关情况"), (1, "第九节 债券相关情况"))
    section(leaf, "第七节 股份变动及股东情况")
    leaf.text("一、股份变动情况", HEAD)
    leaf.space(3)
    leaf.table(columns(167, 75, 75, 75, 75), heads("股份类别（万股）", "期初数量", "期初比例", "期末数量", "期末比例"), [
        Row(["有限售条件股份", "12,480.00", "52.00%", "10,488.00", "43.70%"]),
        Row(["无限售条件股份", "11,520.00", "48.00%", "13,512.00", "56.30%"]),
        Row(["股份总数", "24,000.00", "100.00%", "24,000.00", "100.00%"], bold=True, rule=True),
    ])  # fmt: skip
    leaf.text("二、前十名股东持股情况", HEAD)
    paragraphs(leaf, "报告期末普通股股东总数为18,426户，年度报告披露日前上一月末为17,953户。")
    unit(leaf, "单位：万股")
    leaf.table(columns(207, 90, 65, 55, 50, words=(1,)), heads("股东名称", "股东性质", "持股数量", "持股比例", "质押数量"), [
        Row(["禾源控股集团有限公司", "境内非国有法人", "7,488.00", "31.20%", "—"]),
        Row(["陈牧野", "境内自然人", "3,000.00", "12.50%", "450.00"]),
        Row(["青禾同行企业管理合伙企业（有限合伙）", "员工持股平台", "1,344.00", "5.60%", "—"]),
        Row(["丰穗成长股权投资基金", "基金", "936.00", "3.90%", "—"]),
        Row(["叶临川", "境内自然人", "540.00", "2.25%", "—"]),
        Row(["北原农业产业投资有限公司", "国有法人", "504.00", "2.10%", "—"]),
        Row(["沈知秋", "境内自然人", "420.00", "1.75%", "—"]),
        Row(["远帆证券股份有限公司", "境内非国有法人", "288.00", "1.20%", "—"]),
        Row(["澜川稳健混合型证券投资基金", "基金", "264.00", "1.10%", "—"]),
        Row(["麦浪资产管理计划", "其他", "216.00", "0.90%", "—"]),
        Row(["合计", "", "15,000.00", "62.50%", "450.00"], bold=True, rule=True),
    ])  # fmt: skip
    leaf.text("三、控股股东及实际控制人", HEAD)
    paragraphs(
        leaf,
        """公司控股股东为禾源控股，实际控制人为陈牧野。陈牧野直接持有公司12.50%的股份，并通过禾源控股和青禾同行
        间接控制公司36.80%的股份，合计控制49.30%的表决权。报告期内控股股东和实际控制人未发生变更。""",
    )
    leaf.space(6)
    section(leaf, "第八节 优先股相关情况")
    paragraphs(leaf, "报告期内公司不存在优先股。")
    leaf.space(6)
    section(leaf, "第九节 债券相关情况")
    paragraphs(leaf, "报告期内公司不存在公司债券、非金融企业债务融资工具和可转换公司债券。")


def audit(book: Book) -> None:
    """第十节: 审计报告."""
    leaf = page(book, "11", (1, "第十节 财务报告"), (2, "审计报告"))
    section(leaf, "第十节 财务报告")
    leaf.text("一、审计报告", HEAD)
    leaf.table(columns(110, 357, words=(1,)), [], [
        Row(["审计意见类型", "标准的无保留意见"]),
        Row(["审计报告签署日期", "2026年3月25日"]),
        Row(["审计机构名称", "澄明会计师事务所（特殊普通合伙）"]),
        Row(["审计报告文号", "澄明审字〔2026〕第0318号（虚构）"]),
    ])  # fmt: skip
    leaf.text("青禾智能装备股份有限公司全体股东：", SUBHEAD.but(bold=False, after=4))
    for title, text in (
        ("审计意见", """我们审计了青禾智能装备股份有限公司的财务报表，包括2025年12月31日的合并资产负债表，2025年度的合并
         利润表、合并现金流量表以及相关财务报表附注。我们认为，后附的财务报表在所有重大方面按照企业会计准则的规定编制，
         公允反映了青禾智能2025年12月31日的财务状况以及2025年度的经营成果和现金流量。"""),
        ("形成审计意见的基础", """我们按照审计准则的规定执行了审计工作，独立于青禾智能，并履行了职业道德方面的其他责任。我们相信，
         我们获取的审计证据是充分、适当的，为发表审计意见提供了基础。"""),
        ("关键审计事项：收入确认", """2025年度营业收入为132,187.50万元，其中经销收入占63.80%。公司在产品交付经销商并取得签收单时确认
         收入。由于收入是关键业绩指标，且春耕前后交易集中，我们将其识别为关键审计事项。我们检查了销售合同与签收单，对
         62家经销商进行函证，回函确认金额占经销收入的71.30%，并对资产负债表日前后各三十日的交易执行了截止测试。"""),
        ("关键审计事项：应收账款坏账准备", """2025年12月31日，应收账款账面余额为41,071.81万元，坏账准备为2,444.40万元。管理层按照账龄组合计算
         预期信用损失，需要作出重大判断。我们复核了账龄划分和历史损失率，并检查了期后回款：截至2026年2月末，
         期末余额中已收回38.60%。"""),
        ("管理层和治理层的责任", """管理层负责按照企业会计准则编制财务报表，使其实现公允反映，并设计、执行和维护必要的内部控制。
         审计委员会负责监督青禾智能的财务报告过程。"""),
        ("注册会计师的责任", """我们的目标是对财务报表整体是否不存在由于舞弊或错误导致的重大错报获取合理保证，并出具包含审计意见的
         审计报告。合理保证是高水平的保证，但不能保证审计总能发现存在的重大错报。"""),
    ):  # fmt: skip
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
    leaf.table(columns(247, 110, 110), heads("项目", "2025年12月31日", "2024年12月31日"), [
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
    ], style)  # fmt: skip


def income(book: Book) -> None:
    """合并利润表."""
    leaf = page(book, "13", (2, "合并利润表"))
    statement(leaf, "合并利润表", "2025年1—12月")
    style = LOOK.table.but(leading=16.4, size=8.4)
    leaf.table(columns(247, 110, 110), heads("项目", "2025年度", "2024年度"), [
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
    ], style)  # fmt: skip
    leaf.space(12)
    thirds = (leaf.left, leaf.left + 165, leaf.left + 330)
    for x, text in zip(thirds, ("公司负责人：陈牧野", "主管会计工作负责人：顾清越", "会计机构负责人：林舒白"), strict=True):
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

    leaf.table(columns(267, 100, 100), heads("项目", "2025年度", "2024年度"), [
        *flows("一、经营活动产生的现金流量：", "经营活动", f.OPERATING_IN, f.OPERATING_OUT),
        *flows("二、投资活动产生的现金流量：", "投资活动", f.INVESTING_IN, f.INVESTING_OUT),
        *flows("三、筹资活动产生的现金流量：", "筹资活动", f.FINANCING_IN, f.FINANCING_OUT),
        money("四、汇率变动对现金及现金等价物的影响", f.EXCHANGE, bold=True),
        money("五、现金及现金等价物净增加额", f.CASH_CHANGE, bold=True),
        money("加：期初现金及现金等价物余额", f.CASH_START, indent=1),
        money("六、期末现金及现金等价物余额", f.CASH_END, bold=True, shade=True),
    ], style)  # fmt: skip
    leaf.text(
        """期末现金及现金等价物余额与货币资金的差额1,864.27万元（上年末1,635.48万元）为使用受到限制的银行承兑汇票保证金
        和保函保证金。""",
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
    leaf.table(three, heads("账龄", "期末余额", "期初余额"), [
        *(money(name, a) for name, a in f.RECEIVABLES.items()),
        money("账面余额合计", balances, bold=True),
        money("减：坏账准备", f.BAD_DEBTS),
        money("账面价值", f.CURRENT_ASSETS["应收账款"], bold=True, shade=True),
    ], style)  # fmt: skip
    leaf.text("2、存货", SUBHEAD)
    unit(leaf)
    leaf.table(three, heads("项目", "期末账面价值", "期初账面价值"), [
        *(money(name, a) for name, a in f.INVENTORIES.items()),
        money("合计", f.CURRENT_ASSETS["存货"], bold=True, shade=True),
    ], style)  # fmt: skip
    leaf.text("3、所得税费用", SUBHEAD)
    unit(leaf)
    leaf.table(columns(357, 110), heads("会计利润与所得税费用调整过程", "2025年度"), [
        money("利润总额", f.PROFIT_BEFORE_TAX[:1]),
        *(money(name, a) for name, a in f.TAX_BRIDGE.items()),
        money("所得税费用", f.TAX[:1], bold=True, shade=True),
    ], style)  # fmt: skip
    leaf.text("公司为高新技术企业，2024年至2026年适用15%的企业所得税税率。", plain)
    leaf.text("4、每股收益", SUBHEAD)
    leaf.text(
        """基本每股收益以归属于母公司股东的净利润17,415.74万元除以发行在外的普通股加权平均数24,000.00万股计算，
        2025年度为0.73元。公司授予的预留限制性股票尚未登记，无稀释影响。""",
        plain,
    )
    leaf.text("5、资产负债表日后事项", SUBHEAD)
    leaf.text(
        """2026年2月10日，公司以自有资金4,350.00万元收购青川灌溉科技有限公司51%的股权，进入智能灌溉领域，工商变更登记
        已于2026年3月6日完成。2026年3月25日，董事会审议通过2025年度利润分配预案，尚需提交股东会审议。""",
        plain,
    )


def write(path: Path) -> None:
    """Make the whole report."""
    book = Book(LOOK)
    parts: Sequence[Callable[[Book], None]] = (
        cover, notice, profile, key_figures, business, operations, expenses, outlook, governance, society, shareholders,
        audit, balance, income, cash, notes,
    )  # fmt: skip
    for part in parts:
        part(book)
    labels: list[dict[str, object]] = [
        {"startpage": 0, "prefix": "", "style": "", "firstpagenum": 1},
        {"startpage": 1, "prefix": "", "style": "D", "firstpagenum": 1},
    ]
    book.save(path, "青禾智能装备股份有限公司2025年年度报告", "青禾智能装备股份有限公司（虚构）", "2025年度", labels)
