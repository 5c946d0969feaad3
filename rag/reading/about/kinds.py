"""What kind of document it is, as its cover says."""

import re
from collections.abc import Sequence

from rag.reading.about.lines import Line, PageLines
from rag.records import DocumentType

_FORM = re.compile(
    r"\bform\s+(?P<form>10-?K(?:405|T|SB)?|20-?F|40-?F|10-?Q(?:SB)?|8-?K|6-?K|S-[1-4]|F-[1-4]|424B\d|N-?1A|11-?K|DEF ?14A)"
    r"(?:/A)?\b",
    re.IGNORECASE,
)
_FORMS: dict[str, DocumentType] = {
    "10k": "annual report",
    "20f": "annual report",
    "40f": "annual report",
    "11k": "annual report",
    "10q": "quarterly report",
    "8k": "current report",
    "6k": "current report",
    "s1": "prospectus",
    "s3": "prospectus",
    "f1": "prospectus",
    "f3": "prospectus",
    "424b": "prospectus",
    "n1a": "prospectus",
    "def14a": "proxy statement",
}
_COMMISSION = re.compile(r"securities and exchange commission", re.IGNORECASE)
# Of Chinese words only the simplified form is given: what is looked at has been folded to it as far as these need.
_TITLES: tuple[tuple[DocumentType, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("half-year report", r"半年度?(?:财务)?报告|半年报|中期(?:业绩)?报告|\b(?:half[- ]year(?:ly)?|interim) (?:financial )?report\b"),
        ("quarterly report", r"第?[一二三四1-4]季度?(?:合并|个体|财务|业绩)*报告?|季报|\bquarterly (?:financial )?report\b"),
        ("sustainability report", r"可持续发展报告|社会责任报告|永续(?:报告|发展)|(?:环境、社会[及和与](?:公司)?治理|\bESG) ?报告"
         r"|\b(?:sustainability|corporate responsibility|ESG|climate|impact) report\b"),
        ("annual report", r"年度?(?:财务|审计|业绩)?报告|年报(?!酬)|\bannual (?:financial )?report\b|\bannual review\b"),
        ("proxy statement", r"\bproxy statement\b|股东大会(?:会议)?(?:通知|资料)"),
        ("prospectus", r"招股(?:说明书|章程|意向书)|募集说明书|公开说明书|\bprospectus\b|\boffering (?:circular|memorandum)\b"),
        ("earnings release", r"业绩(?:公告|快报|新闻稿)|\bearnings (?:release|news release)\b"),
        ("policy", r"保险(?:单)?条款|保单条款|保险合同(?:条款)?|保险单\b|(?:寿险|保险|医疗险|意外险)(?:（[^）]{1,20}）|\([^)]{1,20}\))*\s*(?:条款|（样本）|\(样本\))"
         r"|\binsurance policy\b|\bpolicy (?:wording|document|booklet|schedule)\b|\bproduct disclosure statement\b"),
        ("manual", r"使用说明书?|用户手册|操作手册|用户指南|安装手册|\b(?:user|owner|operator|instruction|service|reference|installation)(?:'?s)? (?:manual|guide)\b"
         r"|\b(?:operating|installation) instructions\b|\bquick start guide\b"),
        ("contract", r"(?:劳动|租赁|采购|销售|服务|借款|买卖|承包|合作|委托|保密|承揽)(?:合同|协议|契约)书?$"
         r"|^(?:[\w &-]+ )?(?:agreement|contract)$|\b(?:lease|purchase|services?|license|licence|employment|credit|loan|merger|supply) agreement\b"),
    )
)  # fmt: skip
_RELEASE = re.compile(
    r"\b(?:reports?|announces?|posts?|delivers?)\b.{0,80}\b(?:results|earnings|quarter)\b|\b(?:quarter|year)\b.{0,40}\bresults\b"
    r"|\bearnings release\b",
    re.IGNORECASE,
)
_TOLD_TODAY = re.compile(
    r"\btoday (?:reported|announced)\b|for immediate release|\b(?:reported|announced) (?:its )?(?:financial )?results\b",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"\b(?:results|earnings|net income|revenues?|sales)\b", re.IGNORECASE)
_ABSTRACT = re.compile(r"(?:abstract|摘\s*要)\b[:：.—-]?", re.IGNORECASE)
_SCHOLARLY = re.compile(
    r"\barxiv\b|\bdoi\b|\bproceedings of\b|\bkeywords?\b|关键词|\bintroduction\b|\breferences\b|\bet al\b",
    re.IGNORECASE,
)
_POLICY_WORDS = re.compile(r"被保险人|要保人|投保人|受益人|保险金")
_CONTRACT_WORDS = re.compile(r"\bthis agreement\b.{0,120}\b(?:by and between|entered into|is made)\b", re.IGNORECASE)
_CHINESE_PARTIES = re.compile(r"甲方.{0,300}乙方", re.DOTALL)
_STATEMENTS = re.compile(r"合并财务报表|合并财务报告|合并资产负债表|合并综合损益表")
_LONGEST_TITLE = 160
_WORDS_ON_A_SLIDE = 140
_A_TITLE_LINE = 14


def kind_of_document(pages: Sequence[PageLines], cover: str, name: str, *, workbook: bool = False) -> DocumentType:
    """The kind of the document whose first *pages* are given, and their text as a *cover*; empty where nothing says."""
    lines = [line for page in pages[:2] for line in page.lines]
    early = pages[0].lines if pages else ()
    first = " ".join(line.text for line in early)
    release = _is_release(early, first)
    form = _FORM.search(" ".join(line.text for line in lines[:40] if len(line.text) < _LONGEST_TITLE))
    if form and (_COMMISSION.search(first) or _COMMISSION.search(cover[:3000])):
        return _of_form(form["form"])
    if release:
        return "earnings release"
    if kind := _titled(lines):
        return kind
    if workbook:
        return _named(name) or "data"
    return _by_words(pages, early, cover) or _named(name)


def _of_form(form: str) -> DocumentType:
    code = "".join(letter for letter in form.lower() if letter.isalnum())
    return next((kind for start, kind in _FORMS.items() if code.startswith(start)), "")


def _is_release(lines: Sequence[Line], text: str) -> bool:
    heads = [line.text for line in lines[:12] if len(line.text) < 240]
    if not any(_RELEASE.search(head) for head in heads) and not _TOLD_TODAY.search(text[:3000]):
        return False
    return bool(_TOLD_TODAY.search(text[:6000]) and _RESULTS.search(text[:3000])) and not _COMMISSION.search(text[:400])


def _titled(lines: Sequence[Line]) -> DocumentType:
    """By the first lines that stand over others, or run on every page, or are short enough to be a title."""
    for heads in (True, False):
        for kind, pattern in _TITLES:
            for line in lines[: 60 if heads else _A_TITLE_LINE]:
                if len(line.text) > _LONGEST_TITLE or line.cells or (heads and not (line.heads or line.runs)):
                    continue
                if not heads and (len(line.text) > 60 or line.text.endswith(("。", ".", "；", ";"))):
                    continue
                if pattern.search(folded_title(line.text)):
                    return kind
    return ""


def _by_words(pages: Sequence[PageLines], early: Sequence[Line], cover: str) -> DocumentType:
    simple = folded_title(cover)
    if len(_POLICY_WORDS.findall(simple)) >= 6 and "本契约" in simple.replace("契約", "契约"):
        return "policy"
    if any(_ABSTRACT.match(line.text) for page in pages[:2] for line in page.lines) and _SCHOLARLY.search(cover):
        return "paper"
    if _CONTRACT_WORDS.search(cover) or (_CHINESE_PARTIES.search(simple) and "合同" in simple):
        return "contract"
    if len(pages) > 3 and all(page.wide for page in pages):
        words = [sum(len(line.text.split()) for line in page.lines) for page in pages]
        if sorted(words)[len(words) // 2] < _WORDS_ON_A_SLIDE:
            return "presentation"
    return ""


def _named(name: str) -> DocumentType:
    simple = folded_title(name.rpartition(".")[0].replace("_", " ").replace("-", " "))
    if re.search(r"\b(?:10 ?K|20 ?F)\b", simple, re.IGNORECASE):
        return "annual report"
    if re.search(r"\b10 ?Q\b", simple, re.IGNORECASE):
        return "quarterly report"
    return next((kind for kind, pattern in _TITLES if pattern.search(simple)), "")


_SIMPLE = str.maketrans(
    "報財務業績併計資產負債綜損書說東會續發環險單條約樣醫療壽戶勞賃購銷買賣協議個體審",
    "报财务业绩并计资产负债综损书说东会续发环险单条约样医疗寿户劳赁购销买卖协议个体审",
)


def folded_title(text: str) -> str:
    """*text* with the traditional characters that titles of documents are made of written simplified."""
    return text.translate(_SIMPLE)
