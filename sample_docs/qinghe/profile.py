"""The cover, and the first two parts: notice, contents, terms, company, key figures."""

from typeset import PALE, WHITE, Book, Row

from qinghe import figures as f
from qinghe.look import GREEN, HAN, HEAD, LEAF, SMALL, SUBHEAD, WHEAT, columns, heads, page, paragraphs, section, unit


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
        """公司董事会及董事、高级管理人员保证年度报告内容的真实、准确、完整，不存在虚假记载、误导性陈述或重大遗
        漏，并承担个别和连带的法律责任。""",
        """公司负责人陈牧野、主管会计工作负责人顾清越及会计机构负责人林舒白声明：保证年度报告中财务报告的真实、
        准确、完整。所有董事均已出席了审议本报告的董事会会议。""",
        """本报告涉及的未来计划等前瞻性陈述，不构成公司对投资者的实质承诺，敬请投资者注意投资风险。公司可能面对
        的风险详见“第三节 管理层讨论与分析”之“五、可能面对的风险”。""",
        """经董事会审议通过的利润分配预案为：以240,000,000股为基数，向全体股东每10股派发现金红利2.20元（含税），
        共计派发5,280.00万元，不送红股，不以资本公积金转增股本。""",
    )
    leaf.space(8)
    leaf.text("目 录", HEAD.but(size=13, leading=24))
    for name, number in (
        ("第一节 重要提示、目录和释义", "1"),
        ("第二节 公司简介和主要财务指标", "2"),
        ("第三节 管理层讨论与分析", "4"),
        ("第四节 公司治理", "8"),
        ("第五节 环境和社会责任", "9"),
        ("第六节 重要事项", "9"),
        ("第七节 股份变动及股东情况", "10"),
        ("第八节 优先股相关情况", "10"),
        ("第九节 债券相关情况", "10"),
        ("第十节 财务报告", "11"),
    ):
        leaf.space(22)
        leaf.words(leaf.left, leaf.y, name, HAN.but(size=10.4))
        leaf.words(leaf.right, leaf.y, number, HAN.but(size=9.6, colour=GREEN), "right")
        leaf.rule(leaf.y + 6.5, weight=0.35, colour=PALE)
    leaf.space(30)
    leaf.text("备查文件", SUBHEAD)
    leaf.text(
        """载有公司负责人、主管会计工作负责人、会计机构负责人签名并盖章的财务报表；载有会计师事务所盖章、注册会
        计师签名并盖章的审计报告原件；报告期内公开披露过的所有公司文件的正本及公告的原稿。上述文件备置于公司董事
        会办公室。""",
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
        """公司由三位农机工程师于2009年创立，最初为播种机厂家提供漏播监测仪。2014年推出首台自主研发的气力式精量
        播种机，2019年设立青禾植保，进入植保作业机器人领域。截至报告期末，公司拥有四个生产基地、九家控股子公司，
        产品销往国内28个省份和17个国家。""",
    )
    leaf.text("近五年营业收入（单位：万元）", SUBHEAD)
    leaf.space(6)
    label = HAN.but(size=8.6)
    years = (
        ("2021年", 7184620),
        ("2022年", 8493065),
        ("2023年", 9628437),
        ("2024年", f.REVENUE[1]),
        ("2025年", f.REVENUE[0]),
    )
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
    leaf.table(
        five,
        heads("主要会计数据", "2025年", "2024年", "同比增减", "2023年"),
        [
            line("营业收入", f.REVENUE, "营业收入"),
            line("归属于上市公司股东的净利润", f.PARENT_PROFIT, "归母"),
            line("归属于上市公司股东的扣除非经常性损益的净利润", f.CORE_PROFIT, "扣非"),
            line("经营活动产生的现金流量净额", f.OPERATING_CASH, "现金"),
        ],
    )
    leaf.table(
        five,
        heads("", "2025年末", "2024年末", "同比增减", "2023年末"),
        [
            line("总资产", f.TOTAL_ASSETS, "资产"),
            line("归属于上市公司股东的净资产", f.PARENT_EQUITY, "净资产"),
        ],
    )
    leaf.table(
        five,
        heads("主要财务指标", "2025年", "2024年", "同比增减", "2023年"),
        [
            Row(["基本每股收益（元/股）", "0.73", "0.50", "46.00%", "0.42"]),
            Row(["稀释每股收益（元/股）", "0.73", "0.50", "46.00%", "0.42"]),
            Row(["加权平均净资产收益率", "17.20%", "13.46%", "3.74个百分点", "12.41%"]),
            Row(["研发投入占营业收入的比例", "11.82%", "11.56%", "0.26个百分点", "11.03%"]),
        ],
    )
    leaf.text("四、分季度主要财务指标", HEAD)
    unit(leaf)
    names = {
        "归属于上市公司股东的净利润": "归属于上市公司股东的净利润",
        "归属于上市公司股东的扣除非经常性损益的净利润": "归属于上市公司股东的扣除非经常性损益的净利润",
    }
    leaf.table(
        columns(155, 78, 78, 78, 78),
        heads("", "第一季度", "第二季度", "第三季度", "第四季度"),
        [Row([names.get(name, name), *(f.show(amount) for amount in amounts)]) for name, amounts in f.QUARTERS.items()],
    )
    leaf.text(
        """公司产品的使用与农时密切相关，第二季度和第三季度为收入确认高峰。第一季度为春耕备货期，采购支出较大，
        经营活动产生的现金流量净额通常为负。""",
        SMALL.but(size=8.4, leading=13.6),
    )
    leaf.text("五、非经常性损益项目及金额", HEAD)
    unit(leaf)
    leaf.table(
        columns(311, 78, 78),
        heads("项目", "2025年", "2024年"),
        [
            Row(["计入当期损益的政府补助", "1,986.40", "1,472.15"]),
            Row(["委托他人投资或管理资产的损益", "385.27", "294.16"]),
            Row(["非流动资产处置损益", "12.74", "-8.65"]),
            Row(["其他营业外收入和支出", "21.43", "-16.25"]),
            Row(["减：所得税影响额及少数股东权益影响额", "619.03", "393.76"]),
            Row(["合计", "1,786.81", "1,347.65"], bold=True, rule=True),
        ],
    )
