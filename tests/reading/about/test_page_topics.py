"""What pages hold: statements are told from what only speaks of them, and sections go on over pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.about import PageLines, Topics
from rag.reading.about.lines import Line, plain


def line(text):
    cells = tuple(plain(cell) for cell in text.split("|")) if "|" in text else ()
    heads, runs = text.startswith("# "), text.startswith("~ ")
    text = plain(text.removeprefix("# ").removeprefix("~ ").replace("|", " "))
    return Line(text, heads, runs, cells)


def topics(*pages):
    told = Topics()
    return [
        told.of(PageLines(number, tuple(line(text) for text in page.strip().split("\n"))))
        for number, page in enumerate(pages, start=1)
    ]


COVER = "# FORM 10-K\nSecurities and Exchange Commission\nCommission file number 1-2\n(Exact name of registrant)"
LISTED = "\n".join(
    ["# Table of contents", *(f"{name}|{page}" for page, name in enumerate(
        ["Consolidated Balance Sheets", "Consolidated Statements of Income", "Consolidated Statements of Cash Flows",
         "Notes to Consolidated Financial Statements", "Report of Independent Auditors", "Exhibits"], start=50))]
)  # fmt: skip
BALANCE = (
    "# Otter Corp\n# CONSOLIDATED BALANCE SHEETS\n(in millions)|2022|2021\nCash and cash equivalents|5|4\n"
    "Accounts receivable, net|5|4\nInventories|1|2\nTotal current assets|11|10\nTotal assets|20|19\n"
    "Accounts payable|3|3\nTotal liabilities|9|9\nRetained earnings|4|3\nThe accompanying notes are an integral part of"
    " these financial statements."
)
INCOME = (
    "# CONSOLIDATED STATEMENTS OF OPERATIONS\n|2022|2021\nNet sales|90|80\nCost of sales|40|38\nGross profit|50|42\n"
    "Operating income|20|18\nProvision for income taxes|4|3\nNet income|15|14\nBasic|1.2|1.1\nDiluted|1.1|1.0"
)
CASH = (
    "# CONSOLIDATED STATEMENTS OF CASH FLOWS\n|2022|2021\nNet income|15|14\nDepreciation and amortization|4|4\n"
    "Net cash provided by operating activities|19|18\nCapital expenditures|(5)|(4)\nDividends paid|(2)|(2)\n"
    "Net cash used in financing activities|(3)|(2)"
)
NOTES = (
    "# NOTES TO CONSOLIDATED FINANCIAL STATEMENTS\nNote 1. The company is an otter. As the Consolidated Balance Sheets"
    " show, it has fish."
)


def test_a_report_is_told_page_by_page():
    assert topics(
        COVER, LISTED, "# Item 1. Business\nWe fish.", "We fish more.", "# Item 1A. Risk Factors\nSharks.",
        "# Item 7. Management’s Discussion and Analysis of Financial Condition\nIt went well.", "And it goes on.",
        "# Report of Independent Registered Public Accounting Firm\nWe have audited.", BALANCE, INCOME, CASH, NOTES,
        "Inventories|5|4\nTotal assets|9|9\nAccounts payable|1|1\nGoodwill|2|2\nTotal liabilities|3|3",
        "# Item 9A. Controls and Procedures\nThey work.", "# Item 15. Exhibits\n10.1|Lease", "# SIGNATURES\nJ. Otter",
        "# Exhibit 21\nSubsidiaries",
    ) == [
        "cover", "contents", "business", "business", "risks", "discussion", "discussion", "audit", "balance sheet",
        "income statement", "cash flow", "notes", "notes", "governance", "exhibits", "signatures", "exhibits",
    ]  # fmt: skip


def test_a_list_of_statements_is_not_a_statement():
    assert topics("Some words.", LISTED)[1] == "contents"
    assert topics("Some words.", LISTED.replace("Table of contents", "Index to Consolidated Financial Statements"))[
        1
    ] == ("contents")


@pytest.mark.parametrize(
    "page",
    [
        INCOME.replace("CONSOLIDATED STATEMENTS", "Item 6. Selected Financial Data\n# Consolidated Statements"),
        INCOME.replace("# CONSOLIDATED STATEMENTS", "# Analysis of Consolidated Statements"),
        BALANCE.replace("CONSOLIDATED BALANCE SHEETS", "Effects on the consolidated balance sheets"),
        "We refer to the Consolidated Balance Sheets, which are elsewhere.\nTotal assets|9|9\nGoodwill|2|2",
    ],
)
def test_an_extract_is_not_a_statement(page):
    told = topics("Some words.", "# Management’s Discussion and Analysis\nWell.", page)[2]
    assert told in {"discussion", ""}


def test_a_statement_goes_on_over_pages_with_and_without_its_title():
    titled = (
        "# CONSOLIDATED BALANCE SHEETS (continued)\nTotal shareholders’ equity|9|8\nTotal liabilities and equity|9|8"
    )
    bare = "Retained earnings|4|3\nTotal liabilities and shareholders’ equity|20|19"
    assert topics("x", BALANCE, titled, bare)[1:] == ["balance sheet"] * 3


def test_statements_of_the_parent_in_notes_are_notes():
    parent = "~ Notes to Consolidated Financial Statements\n# PARENT COMPANY CONDENSED BALANCE SHEETS\nTotal assets|3|3"
    assert topics("x", NOTES, parent)[1:] == ["notes", "notes"]


def test_a_discussion_may_hold_whole_statements():
    assert topics("x", "# Management’s Discussion and Analysis\nWell.", INCOME, CASH)[2:] == [
        "income statement", "cash flow",
    ]  # fmt: skip


CHINESE = (
    "~ 2021年年度报告\n# 合并资产负债表\n2021年12月31日\n单位：元\n项目|附注|2021年|2020年\n货币资金|七、1|3|2\n"
    "应收账款|七、5|3|2\n存货|七、9|1|1\n流动资产合计||9|8\n资产总计||20|18"
)


def test_chinese_statements_and_sections_are_told_too():
    income = "# 母公司利润表\n项目|2021年度|2020年度\n一、营业收入|9|8\n减：营业成本|4|4\n净利润|2|1"
    traditional = "# 合 併 資 產 負 債 表\n資產總計|9|8\n應付帳款|1|1\n存貨|2|2\n權益總計|3|3"
    contents = "# 目录\n" + "\n".join(f"第{number}节 内容 ........ {number}" for number in "一二三四五")
    assert topics(
        "# 青荷公司\n# 2021年年度报告",
        contents.translate(str.maketrans("一二三四五", "12345")),
        "# 第三节 公司业务概要\n造纸。",
        "# 第四节 经营情况讨论与分析\n很好。",
        "还是很好。",
        "# 审计报告\n我们审计了。",
        CHINESE,
        income,
        "# 三、公司基本情况\n# 合并财务报表项目注释\n1、货币资金",
        traditional,
    ) == [
        "cover", "contents", "business", "discussion", "discussion", "audit", "balance sheet", "income statement",
        "notes", "notes",
    ]  # fmt: skip
    assert topics("一些文字。", traditional)[1] == "balance sheet"


WORDS = st.sampled_from(
    ["# Item 7. ", "CONSOLIDATED BALANCE SHEETS", "|5|4", "\n", "~ Notes to Consolidated Financial Statements", "# ",
     "资产总计", "Total assets", "Item", "目录", "....... 7", "Note 1."]
)  # fmt: skip


@given(st.lists(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=12).map("".join)), max_size=6))
def test_whatever_pages_hold_they_are_told(pages):
    assert len(topics(*(page or " " for page in pages))) == len(pages)
