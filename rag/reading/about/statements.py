"""What the pages of financial statements are known by: their titles, and the lines that only they add up to."""

import re
from collections.abc import Mapping, Sequence

from rag.reading.about.kinds import folded_title
from rag.reading.about.lines import Line
from rag.records import PageTopic

STATEMENTS: tuple[PageTopic, ...] = (
    "balance sheet",
    "income statement",
    "comprehensive income",
    "cash flow",
    "equity",
)
_OWNERS = r"(?:share|stock)holders?['’]?s?['’]?|shareowners?['’]?|owners?['’]?|members?['’]?|partners?['’]?"
_TITLES: Mapping[PageTopic, re.Pattern[str]] = {
    topic: re.compile(pattern, re.IGNORECASE)
    for topic, pattern in (
        (
            "balance sheet",
            r"(?<!average )\bbalance sheets?\b(?! (?:data|analysis|overview|arrangements?|items?|information|strength|highlights|management|review|position))"
            r"|\bstatements? of (?:consolidated )?(?:financial (?:position|condition)|assets and liabilities|condition)\b|资产负债表",
        ),
        (
            "comprehensive income",
            r"\bstatements? of (?:consolidated )?(?:other )?comprehensive (?:income|loss|earnings|\(loss\))|\bcomprehensive income statements?\b",
        ),
        (
            "income statement",
            r"\bstatements? of (?:consolidated )?(?:net )?(?:income|operations|earnings|profit|loss|profit (?:or|and) loss)\b"
            r"|\bincome statements?\b|\bprofit and loss (?:account|statement)s?\b|\bearnings statements?\b|利润表|损益表|收益表",
        ),
        ("cash flow", r"\bcash flows? statements?\b|\bstatements? of (?:consolidated )?cash flows?\b|现金流量表"),
        (
            "equity",
            rf"\bstatements? of (?:consolidated )?(?:changes in )?(?:total )?(?:\(?deficit\)? and )?(?:{_OWNERS})? ?(?:\(?deficit\)?[ ,]*(?:and)? ?)?(?:equity|investment|capital|deficit)\b"
            rf"|\bstatements? of changes in\b|\bstatements? of (?:{_OWNERS}) |(?:所有者权益|股东权益|权益)变动表",
        ),
    )
}
_ANY = re.compile(r"\b(?:statements?|sheets?)\b|表", re.IGNORECASE)
_NOT_A_TITLE = re.compile(
    r"\bnotes? to\b|\bsee\b|\baccompanying\b|\bintegral part\b|\bindex to\b|附注|項目註釋|\breport of\b|\bschedule\b"
    r"|\bselected\b|\bcondensed (?:financial )?information\b|\bsupplemental (?:balance|cash)|\bsummary of\b|分析|\bparent\b.*\bonly\b",
    re.IGNORECASE,
)
_LINES: Mapping[PageTopic, tuple[re.Pattern[str], ...]] = {
    topic: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for topic, patterns in (
        (
            "balance sheet",
            (
                r"total assets|资产(?:总[计额]|合计)",
                r"total current assets|流动资产(?:合计|总[计额])",
                r"total (?:current )?liabilities$|total liabilities\b(?! and)|(?<!流动)负债(?:合计|总[计额])",
                r"total current liabilities|流动负债(?:合计|总[计额])",
                rf"total (?:{_OWNERS})? ?.{{0,20}}(?:equity|deficit)|权益(?:（[^）]*）)?(?:\([^)]*\))?(?:合计|总[计额])",
                r"total liabilities(?:,.*)? and .*(?:equity|deficit|capital)|负债(?:和|及|与)?.{0,14}总[计额]",
                r"(?:accounts?|trade)(?: and other)? receivables?|receivables|应收(?:账款|帐款|票据)",
                r"accounts? payable|trade payables?|应付(?:账款|帐款|票据)",
                r"inventor(?:y|ies)|存货",
                r"goodwill|商誉",
                r"retained (?:earnings|deficit)|accumulated deficit|reinvested earnings|未分配(?:利润|盈余)|保留盈余",
                r"(?:land, )?(?:property|plant|premises).*equipment|固定资产|不动产、厂房及设备",
                r"(?:cash and )?cash equivalents|cash and due from banks|货币资金|现金及约当现金",
                r"additional paid.in capital|capital surplus|capital in excess|资本公积",
                r"deposits|存款",
                r"long.term debt|长期借款|应付债券",
            ),
        ),
        (
            "income statement",
            (
                r"(?:total )?(?:net )?(?:sales|revenues?)\b|(?:total )?(?:net )?revenues?|营业(?:总)?收入|销货收入",
                r"cost of (?:sales|goods|products|revenues?|services)|total cost|营业(?:总)?成本",
                r"gross (?:profit|margin|income)|营业毛利|毛利",
                r"(?:total )?operating (?:expenses|costs)|total (?:costs and|noninterest|benefits).*expenses?|营业费用(?:合计)?",
                r"(?:operating (?:income|profit|earnings)|(?:income|earnings|loss|profit).{0,14}from operations|operating loss)|营业(?:利润|利益|净利)",
                r"(?:income|earnings|loss|profit).{0,40}before.{0,40}tax|利润总额|税前(?:净利|利益)",
                r"(?:provision|benefit).{0,20}taxe?s|income tax(?:es)?(?: expense| provision)?|所得税(?:费用)?",
                r"net (?:income|earnings|loss|profit|\(loss\))|(?:本期)?净(?:利润|利|损)|本年度利润",
                r"basic|基本每股(?:收益|盈余)",
                r"diluted|稀释每股(?:收益|盈余)",
                r"weighted.average|average (?:common )?shares",
                r"research and development|product development|研(?:究)?(?:发|究)(?:展)?费用",
                r"selling|general and administrative|marketing|销售费用|管理费用|推销费用",
                r"interest (?:expense|income)|net interest|财务(?:费用|成本)|利息收入",
                r"税金及附加|other (?:income|expense)|其他收益|投资收益",
            ),
        ),
        (
            "comprehensive income",
            (
                r"(?:total )?(?:other )?comprehensive (?:income|loss|earnings|\(loss\)|\(expense\))|综合(?:收益|损益)总额|其他综合(?:收益|损益)",
                r"net (?:income|earnings|loss)|净利",
                r"(?:foreign )?(?:currency )?translation|外币财务报表折算|换算之兑换差额",
                r"unrealized|available.for.sale|cash flow hedges?|net investment hedges?|fair value hedge|derivative|hedg(?:e|ing)|避险工具",
                r"pension|postretirement|benefit (?:plans?|obligations?|costs?)|retirement|确定福利|重新计量设定受益",
                r"reclassif|不能?重分类|将重分类",
                r"attributable to",
            ),
        ),
        (
            "cash flow",
            (
                r"net cash.{0,30}operating|cash (?:flows? )?(?:provided|from|used).{0,30}operat|经营活动产生的现金流量净额|营业活动之净现金",
                r"net cash.{0,30}invest|投资活动(?:产生的现金流量净额|之净现金)",
                r"net cash.{0,30}financ|[筹融]资活动(?:产生的现金流量净额|之净现金)",
                r"depreciation|amortization|折旧|摊销",
                r"(?:share|stock|equity).based compensation|compensation expense",
                r"deferred (?:income )?taxe?s?|递延所得税",
                r"(?:purchases?|additions|investments?|acquisitions?).{0,30}(?:property|equipment|plant|marketable|investments|securities)|capital expenditures?|purchases? of|购建固定资产|取得不动产",
                r"proceeds from|取得借款|收回投资|处分",
                r"repayments?|payments? (?:of|on|for)|偿还债务",
                r"dividends|分配股利|发放(?:现金)?股利",
                r"repurchases?|purchases? of treasury|treasury stock|acquisition of treasury",
                r"effect of.{0,40}exchange|汇率变动",
                r"(?:cash|restricted cash).{0,60}(?:beginning|end) of|at (?:beginning|end) of|期[初末]现金及",
                r"net (?:increase|decrease|change|\(decrease\)).{0,40}cash|现金及(?:现金等价物|约当现金)净增加",
                r"(?:accounts )?receivable|inventories|accounts payable|应收|存货|应付",
                r"(?:income taxes|interest) paid|销售商品、提供劳务收到的现金|支付给职工",
            ),
        ),
        (
            "equity",
            (
                r"balances?(?:,? (?:at|as of|beginning|end|january|december|march|june|september|end of)|,|$)|(?:上年|本年|本期|上期)?期[初末]余额|(?:1月1日|12月31日).{0,4}余额|年初余额|年末余额",
                r"net (?:income|earnings|loss)|综合(?:收益|损益)总额|净利",
                r"(?:other )?comprehensive (?:income|loss|earnings)|其他综合",
                r"dividends?|利润分配|对所有者.{0,8}分配|现金股利|盈余指拨",
                r"(?:stock|share|equity).based compensation|compensation|股份支付",
                r"(?:issuance|issued|exercise).{0,30}(?:stock|shares?|options|plans?)|(?:stock|share) (?:issu|plan)|所有者投入|股东投入",
                r"repurchase|treasury|acquired|库藏股",
                r"additional paid.in|paid.in capital|capital surplus|资本公积",
                r"retained|accumulated|reinvested|未分配|盈余公积",
                r"noncontrolling|non.controlling|少数股东|非控制权益",
                r"beginning balance|ending balance|beginning of (?:year|period)|end of (?:year|period)|cumulative effect|会计政策变更|所有者权益内部结转",
            ),
        ),
    )
}
_NUMBER = re.compile(r"^[$¥€£(\-–—\s]*\d[\d,.]*(?:\)|%)*$|^[($]?\s*\(?\d{1,3}(?:,\d{3})+(?:\.\d+)?\)?$")
_ENDS_IN_NUMBERS = re.compile(r"^(?P<label>.{3,120}?)[\s.$]+\(?[$¥]?\d[\d,.]*\)?(?:\s+[$(¥—–-]*\s*[\d,.—–-]+\)?)+\s*$")
_ENDS_IN_NUMBER = re.compile(r"[\d)—–-]\s*$")
_LONGEST_TITLE = 170


def titled(text: str) -> PageTopic:
    """The statement whose title *text* is, or holds; empty when it only speaks of one."""
    if len(text) > _LONGEST_TITLE or not _ANY.search(text) or text.endswith((".", "。")):
        return ""
    simple = folded_title(text)
    if _NOT_A_TITLE.search(simple):
        return ""
    if re.search(r"综合损益表|综合收益表", simple):
        return "income statement"  # of Taiwan and Hong Kong: one statement of both
    both = _TITLES["comprehensive income"].search(simple)
    if both and re.search(
        r"(?:income|operations|earnings)\s+and\b|\(loss\)\s+and\b", simple[: both.end()], re.IGNORECASE
    ):
        return "income statement"
    return next((topic for topic in _ORDER if _TITLES[topic].search(simple)), "")


_ORDER: tuple[PageTopic, ...] = ("comprehensive income", "balance sheet", "cash flow", "equity", "income statement")


def evidence(lines: Sequence[Line]) -> dict[PageTopic, int]:
    """How many of the lines of each statement stand among *lines* with a number beside them."""
    labels = list(filter(None, map(_label, lines)))
    return {
        topic: sum(
            any(pattern.match(label) or (cjk and pattern.search(label)) for label, cjk in labels)
            for pattern in patterns
        )
        for topic, patterns in _LINES.items()
    }


def _label(line: Line) -> tuple[str, bool] | None:
    """What a row with numbers is called, and whether that is Chinese, where a number may go before it."""
    if line.cells:
        numbers = [cell for cell in line.cells[1:] if _ENDS_IN_NUMBER.search(cell) and any(map(str.isdigit, cell))]
        if not numbers:
            return None
        first = next((cell for cell in line.cells if not cell.isdigit()), "")
        label = first
    else:
        match = _ENDS_IN_NUMBERS.match(line.text) if len(line.text) < 260 else None
        if match is None:
            return None
        label = match["label"]
    label = folded_title(label).strip(" .:：$")
    return (label, any(ord(letter) > 0x2E7F for letter in label)) if label else None
