"""Whom a document is about, which year, what kind: as its first pages say, and nothing where they do not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading import read
from rag.reading.about import Gathered, PageLines, page_lines
from rag.reading.about.lines import Line, plain
from rag.records import Upload

SAMPLES = Path(__file__).parents[3] / "sample_docs"


def line(text):
    """``# `` stands before a heading, ``~ `` before a running head; cells are parted by ``|``."""
    cells = tuple(plain(cell) for cell in text.split("|")) if "|" in text else ()
    heads, runs = text.startswith("# "), text.startswith("~ ")
    text = plain(text.removeprefix("# ").removeprefix("~ ").replace("|", " "))
    return Line(text, heads, runs, cells)


def about(*pages, name="x.pdf", workbook=False, wide=False):
    gathered = Gathered(name, workbook=workbook)
    for number, page in enumerate(pages, start=1):
        gathered.add(PageLines(number, tuple(line(text) for text in page.strip().split("\n")), wide=wide))
    return gathered.about()


SEC = "# UNITED STATES SECURITIES AND EXCHANGE COMMISSION\nWashington, D.C. 20549\n"
CHARTER = "(Exact name of registrant as specified in its charter)\n"

ANNUAL = (
    SEC
    + "# FORM 10-K\nFor the fiscal year ended September 30, 2021\n# NORTHERN KELP HOLDINGS, INC.\n"
    + CHARTER
    + "Title of each class|Trading Symbol(s)|Name of each exchange\nCommon Stock, $0.01 par value|NKH|NYSE\n"
    "4.25% Notes due 2030|NKH30|NYSE"
)
KELP = (
    "Northern Kelp Holdings, Inc. (“Northern Kelp” or the “Company”) grows kelp. (in millions) revenue was $3 and $4.\n"
    "Amounts (in millions) of $5 are what the Company and its people have to show for the year that is over."
)


def test_a_form_tells_name_short_name_code_kind_year_and_money():
    known = about(ANNUAL, KELP)
    assert known.names[:2] == ("Northern Kelp Holdings, Inc.", "Northern Kelp")
    assert (known.codes, known.type, known.year, known.quarter) == (("NKH",), "annual report", 2021, None)
    assert (known.language, known.currency, known.unit) == ("en", "USD", "millions")


@pytest.mark.parametrize(
    ("ended", "text", "year"),
    [
        ("January 28, 2023", "In fiscal 2022 we grew. Fiscal 2022 had 52 weeks; fiscal 2021 had 52 too.", 2022),
        ("January 28, 2023", "Fiscal 2023 ended on January 28, 2023, and fiscal 2022 before it.", 2023),
        ("May 31, 2021", "fiscal 2021 was good", 2021),
        ("January 1, 2023", "nothing is said", 2023),
        ("30 June 2020", "", 2020),
    ],
)
def test_a_fiscal_year_has_the_name_that_the_company_gives_it(ended, text, year):
    assert (
        about(f"{SEC}# FORM 10-K\nFor the fiscal year ended {ended}\n# Reed & Rush plc\n{CHARTER}{text}").year == year
    )


@pytest.mark.parametrize(
    ("cover", "year", "quarter"),
    [
        ("For the quarterly period ended June 30, 2022\nthree and six months ended June 30, 2022", 2022, 2),
        ("For the quarterly period ended\nCommission file\nMarch 31, 2023\nthree months ended", 2023, 1),
        ("For the quarterly period ended September 30, 2022\nnine months ended September 30, 2022", 2022, 3),
        (
            "For the quarterly period ended October 1, 2022\nfirst quarter of fiscal 2023\nthree months\nFY23 FY23",
            2023,
            1,
        ),
    ],
)
def test_a_quarter_is_counted_as_the_company_counts_it(cover, year, quarter):
    known = about(f"{SEC}# FORM 10-Q\n# Tin Whistle Corp\n{CHARTER}{cover}")
    assert (known.type, known.year, known.quarter) == ("quarterly report", year, quarter)


def test_a_current_report_is_of_the_day_it_tells_of():
    known = about(f"{SEC}# FORM 8-K\n# CURRENT REPORT\nDate of Report (Date of earliest event reported): May 3, 2019\n")
    assert (known.type, known.year, known.quarter) == ("current report", 2019, None)


@pytest.mark.parametrize(
    ("head", "year", "quarter"),
    [
        ("Glass Orchard Reports Third-Quarter 2022 Results", 2022, 3),
        ("Glass Orchard reports fourth quarter and full year 2021 results", 2021, 4),
        ("Glass Orchard announces Q1 FY2024 earnings", 2024, 1),
        ("2023 Second-Quarter results: sales grew", 2023, 2),
    ],
)
def test_a_release_tells_its_quarter_and_who_is_traded(head, year, quarter):
    known = about(f"# {head}\nLondon – Glass Orchard Group plc (LSE: GOG) today reported results. Earnings rose.")
    assert (known.type, known.year, known.quarter) == ("earnings release", year, quarter)
    assert known.names[:2] == ("Glass Orchard Group plc", "Glass Orchard")
    assert known.codes == ("GOG",)


@pytest.mark.parametrize(
    ("title", "kind", "year", "quarter"),
    [
        ("2021年年度报告", "annual report", 2021, None),
        ("二〇二一年年度报告", "annual report", 2021, None),
        ("2021年半年度报告", "half-year report", 2021, 2),
        ("2022年第三季度报告", "quarterly report", 2022, 3),
        ("2022 年第一季度报告", "quarterly report", 2022, 1),
        ("首次公开发行股票招股说明书", "prospectus", None, None),
        ("2023年可持续发展报告", "sustainability report", None, None),
    ],
)
def test_a_chinese_report_tells_company_code_kind_and_year(title, kind, year, quarter):
    cover = f"公司代码：688999 公司简称：青荷纸业\n# 青荷造纸科技股份有限公司\n# {title}"
    known = about(cover, "本公司董事会保证报告内容真实准确完整。单位：万元 币种：人民币\n单位：万元 币种：人民币")
    assert known.names[:2] == ("青荷造纸科技股份有限公司", "青荷纸业")
    assert known.codes == ("688999",)
    assert (known.type, known.year, known.quarter) == (kind, year, quarter)
    assert (known.language, known.currency, known.unit) == ("zh", "CNY", "万元")


@pytest.mark.parametrize(
    ("months", "kind", "year", "quarter"),
    [
        ("民國111年及110年1月1日至9月30日", "quarterly report", 2022, 3),
        ("民國一一二年及一一一年一月一日至三月三十一日", "quarterly report", 2023, 1),
        ("民國111年及110年1月1日至12月31日", "annual report", 2022, None),
    ],
)
def test_years_of_the_republic_are_common_years(months, kind, year, quarter):
    known = about(f"# 青 荷 造 紙 股 份 有 限 公 司 及 子 公 司\n# 合併綜合損益表\n# {months}\n單位：新台幣仟元")
    assert known.names == ("青荷造紙股份有限公司", "青荷造紙")
    assert (known.type, known.year, known.quarter) == (kind, year, quarter)
    assert known.unit == "仟元"


def test_a_company_that_is_only_spoken_of_is_not_whom_it_is_about():
    text = "本集團之子公司星河電信股份有限公司於民國111年完成合併，與遠洋電子股份有限公司簽約。\n" * 4
    assert about(text).names == ()
    assert about("We buy glass from Bright Panes, Inc. and sell it to Dark Rooms Ltd.\n" * 5).names == ()


@pytest.mark.parametrize(
    ("pages", "kind"),
    [
        (["# Owner's Manual\nThe pump"], "manual"),
        (["# 家用水泵使用说明书\n安全"], "manual"),
        (["# Attention to Tides\n# Abstract\nWe study tides. Keywords: tides"], "paper"),
        (["# LEASE AGREEMENT\nThis Agreement is made"], "contract"),
        (["青荷終身保險\n" + "本契約之被保險人、要保人與受益人，保險金之給付，被保險人、要保人。\n" * 2], "policy"),
        (["The weather was fine. Nobody went out."], ""),
        (["# Minutes\nPresent: all"], ""),
    ],
)
def test_other_kinds_tell_themselves_too_or_are_not_known(pages, kind):
    assert about(*pages).type == kind


@pytest.mark.parametrize(
    ("page", "name", "kind", "year", "quarter"),
    [
        (
            f"{SEC}# FORM 20-F\nFor the fiscal year ended March 31, 2023\n# Silk Lantern Limited\n{CHARTER}",
            "Silk Lantern Limited", "annual report", 2023, None,
        ),
        ("# Brick & Reed plc\n# Annual Report and Accounts 2023", "Brick & Reed plc", "annual report", 2023, None),
        ("# 青荷控股有限公司\n股份代號：1234\n# 2022 年報", "青荷控股有限公司", "annual report", 2022, None),
        (
            "香港交易及結算所有限公司對本公告概不負責\n# 青荷控股有限公司\n# 截至2023年6月30日止六個月之中期業績公告",
            "青荷控股有限公司", "earnings release", 2023, 2,
        ),
        (
            "# 青荷控股有限公司\n# 截至二零二二年十二月三十一日止年度之全年業績公告",
            "青荷控股有限公司", "earnings release", 2022, None,
        ),
        ("# 江城银行股份有限公司\n# 二○二二年年度报告", "江城银行股份有限公司", "annual report", 2022, None),
        (
            "# 青荷造紙股份有限公司及子公司\n# 合併財務報告暨會計師核閱報告\n# 民國112年及111年第二季",
            "青荷造紙股份有限公司", "quarterly report", 2023, 2,
        ),
        (
            "# 青荷造紙股份有限公司\n# 個體財務報告暨會計師查核報告\n# 民國111及110年度",
            "青荷造紙股份有限公司", "annual report", 2022, None,
        ),
        (
            "# Investor day\nDelta Wing Corporation (NASDAQ: DWNG)", "Delta Wing Corporation", "", None, None,
        ),
    ],
)  # fmt: skip
def test_reports_of_many_places_tell_the_same(page, name, kind, year, quarter):
    known = about(page)
    assert (known.names[0], known.type, known.year, known.quarter) == (name, kind, year, quarter)


def test_a_short_name_ends_where_the_next_thing_begins():
    known = about(
        "证券代码：000123 证券简称：山川股份 公告编号：2023-045\n# 山川能源股份有限公司\n# 2023年第三季度报告"
    )
    assert (known.names[:2], known.codes) == (("山川能源股份有限公司", "山川股份"), ("000123",))


def test_a_file_name_names_a_company_when_nothing_else_does():
    assert about("x", name="青荷纸业2022年年度报告.pdf").names == ("青荷纸业",)
    assert about("x", name="RED_KITE_2023Q2_10Q.pdf").names == ("RED KITE",)
    assert about("x", name="notes 2023.pdf").names == ()
    assert about(ANNUAL, KELP, name="RED_KITE_2023_10K.pdf").names[0] == "Northern Kelp Holdings, Inc."


POLICY = "本契約之被保險人、要保人與受益人，保險金之給付，被保險人、要保人。\n" * 3


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "~ 青荷人壽長青利率變動型終身保險（定期給付型）_AB12\n# 第五條 告知義務\n" + POLICY,
            "青荷人壽長青利率變動型終身保險(定期給付型)",
        ),
        ("# 青荷人壽保險股份有限公司\n# 青荷平安醫療終身保險（樣本）\n" + POLICY, "青荷平安醫療終身保險"),
        ("# Attention to Tides\n# Abstract\nWe study tides. Keywords: tides", "Attention to Tides"),
        ("# Owner’s Manual: The Quiet Pump\nThe pump", "Owner’s Manual: The Quiet Pump"),
        ("The tide rose.\n# A Heading further down", ""),
        ("# Table 3\nx", ""),
    ],
)
def test_what_a_document_calls_itself_is_its_title(page, title):
    assert about(page).title == title


def test_a_report_of_a_company_needs_no_title():
    assert about(ANNUAL, KELP).title == ""


def test_a_file_name_is_the_last_resort():
    assert about("nothing here", name="Otter 2019 Q3.pdf").year == 2019
    assert about("nothing here", name="Otter 2019-2021.pdf").year is None
    assert about(ANNUAL, name="kelp-1999.pdf").year == 2021


def test_neither_french_nor_a_few_words_are_english():
    french = (
        "Le chiffre d'affaires de la société a progressé, et le résultat net des activités est en hausse cette année."
    )
    assert about(french).language == ""
    assert about("Revenue 12").language == ""
    assert about("これは日本の会社の報告書です。売上高は増加しました。利益も増えました。").language == ""


def test_tables_of_sheets_tell_too():
    known = about("青荷造纸股份有限公司\n2023年度报告\n单位：元", name="book.xlsx", workbook=True)
    assert (known.type, known.year) == ("annual report", 2023)
    assert about("Sales|Year\nA|2", name="book.xlsx", workbook=True).type == "data"


@pytest.mark.parametrize(
    ("name", "names", "kind", "year", "language"),
    [
        ("harbourlight-annual-report-2025.pdf", "Harbourlight", "annual report", 2025, "en"),
        ("qinghe-annual-report-2025-zh.pdf", "青禾智能装备股份有限公司", "annual report", 2025, "zh"),
    ],
)
def test_the_samples_are_known(name, names, kind, year, language):
    gathered = Gathered("x.pdf")
    for leaf in read(Upload("x.pdf", SAMPLES / name)).leaves:
        gathered.add(page_lines(leaf))
    known = gathered.about()
    assert known.names
    assert known.names[0].startswith(names), known.names
    assert (known.type, known.year, known.language) == (kind, year, language)


SAID = st.text(
    alphabet="FORM10-KQ年度报告公司股份有限 for the fiscal year ended,December 31 2022民國及至(NYSE:)|\n# ",
    max_size=300,
)


@given(st.lists(st.one_of(st.text(max_size=200), SAID), max_size=5), st.text(max_size=40), st.booleans())
def test_whatever_a_document_says_its_year_is_plausible(pages, name, workbook):
    known = about(*(page or " " for page in pages), name=name, workbook=workbook)
    assert known.year is None or 1950 <= known.year <= 2099
    assert known.quarter is None or (known.year is not None and 1 <= known.quarter <= 4)
    assert all(known.names)
    assert known.by_hand == frozenset()


def test_a_cover_in_two_languages_tells_both_names_of_a_company():
    known = about("# Lantern Bay Logistics Holdings Limited\n# 燈灣物流控股有限公司\n# ANNUAL REPORT 2024 年報")
    assert {"燈灣物流控股有限公司", "Lantern Bay Logistics Holdings Limited"} <= set(known.names)


def test_a_title_that_begins_with_a_company_names_it():
    known = about("# LANTERN BAY LIMITED MINUTES OF THE 47TH MEETING OF THE BOARD\nHeld on 9 September 2025.")
    assert known.names[0] == "LANTERN BAY LIMITED"
    assert known.title == "LANTERN BAY LIMITED MINUTES OF THE 47TH MEETING OF THE BOARD"


@pytest.mark.parametrize("told", ["Third Quarter FY2025 Results", "Third Quarter FY25 Results"])
def test_a_fiscal_quarter_in_letters_comes_before_the_one_it_is_compared_with(told):
    slides = ["# Q3 at a glance\n€71m in Q3 FY24"] * 8
    known = about(f"# Lantern Foods SE\n# {told}\n6 November 2025", *slides, wide=True)
    assert (known.year, known.quarter) == (2025, 3)
