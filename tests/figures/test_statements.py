"""Figures that are made of lines of several statements of one report."""

import pytest

from rag.figures.computing import computed, made_of_statements

YEARS = [[("Year ended December 31, 2024", 2, 1), ("Year ended December 31, 2023", 3, 1)]]
ENDS = [[("December 31, 2024", 2, 1), ("December 31, 2023", 3, 1)]]
INCOME = [
    ("Net sales", "2000", "1800"),
    ("Cost of sales", "1200", "1100"),
    ("Operating income", "300", "240"),
    ("Income before income taxes", "280", "220"),
    ("Provision for income taxes", "70", "44"),
    ("Net income", "210", "176"),
]
BALANCE = [
    ("Inventories", "330", "270"),
    ("Total current assets", "900", "800"),
    ("Total assets", "2500", "2300"),
    ("Accounts payable", "100", "90"),
    ("Total current liabilities", "450", "500"),
    ("Total liabilities", "1500", "1400"),
    ("Total stockholders' equity", "1000", "900"),
]
CASH = [
    ("Net cash provided by operating activities", "320", "300"),
    ("Depreciation and amortization", "40", "35"),
    ("Purchases of property, plant and equipment", "-110", "-90"),
    ("Net cash used in investing activities", "-150", "-100"),
]
UNIT = "in millions"
CASH_RATIO = "Operating cash flow ratio is defined as: cash from operations / total current liabilities."
DAYS = (
    "DPO is defined as: 365 * (average accounts payable between FY2023 and FY2024) / (FY2024 COGS + change in inventory"
    " between FY2023 and FY2024)."
)
RETURN = "ROA is defined as: FY2024 net income / (average total assets between FY2023 and FY2024)."


@pytest.fixture
def report(printed):
    tables = (("Statements of Income", YEARS, INCOME), ("Balance Sheets", ENDS, BALANCE), ("Cash Flows", YEARS, CASH))
    return [printed(head, rows, title=title, unit=UNIT) for title, head, rows in tables]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What was the effective tax rate in 2024?", 0.25),
        ("What was the FY2023 operating margin?", 240 / 1800),
        ("What is the inventory turnover ratio for fiscal 2024?", 4.0),
        ("Does the company have positive working capital at the end of fiscal 2024?", 450),
        ("Working capital at December 31, 2023", 300),
        ("What is free cash flow in 2024 (cash from operations minus capital expenditures)?", 210),
        (
            f"What is the FY2024 operating cash flow ratio? {CASH_RATIO} Round your answer. Use the balance sheet.",
            320 / 450,
        ),
        (f"What is the FY2024 return on assets (ROA)? {RETURN}", 210 / 2400),
        ("How much did the effective tax rate change between FY2023 and FY2024?", 0.05),
        ("What is the FY2023 - FY2024 2 year average operating margin?", (0.15 + 240 / 1800) / 2),
        (
            "What is the FY2024 unadjusted EBITDA less capex? Answer in USD millions.",
            300 + 40 - 110,
        ),
        (f"What is the FY2024 days payable outstanding (DPO)? {DAYS}", 365 * 95 / 1260),
        ("What was net income as a percentage of net sales in 2024?", 0.105),
    ],
)
def test_a_figure_is_made_of_lines_of_several_statements(report, question, value):
    found = made_of_statements(question, report) or computed(question, report)
    assert found.rows[0][-1] == pytest.approx(value)
    assert found.cells
    assert not found.columns[-1].endswith(" in")


@pytest.mark.parametrize(
    "question",
    [
        "What was the effective tax rate in 2021?",
        "What was the effective tax rate in the third quarter of 2024?",
        "What was the adjusted operating margin in 2024?",
        "Why did the effective tax rate change in 2024?",
        "What was the operating margin of the Tools segment in 2024?",
        "What is free cash flow in 2024 (cash from operations minus dividends paid)?",
        "Is the effective tax rate improving?",
    ],
)
def test_what_is_more_or_has_no_such_line_is_left_alone(report, question):
    assert made_of_statements(question, report) is None


def test_a_line_that_says_two_things_makes_nothing(report, printed):
    other = [(label, f"{value}5", before) for label, value, before in INCOME]
    again = printed(YEARS, other, title="Statements of Income", unit=UNIT)
    assert made_of_statements("What was the effective tax rate in 2024?", [*report, again]) is None


def test_amounts_of_different_size_make_nothing(report, printed):
    cash = printed(YEARS, CASH, title="Cash Flows", unit="in thousands")
    question = "Cash from operations ratio in 2024, cash from operations divided by total current liabilities"
    assert made_of_statements(question, report) is not None
    assert made_of_statements(question, [*report[:2], cash]) is None


def test_a_tax_that_is_printed_as_negative_makes_no_rate(printed):
    rows = [
        ("Revenue", "90", "80"),
        ("Income before income taxes", "20", "10"),
        ("Provision for income taxes", "(4)", "2"),
    ]
    source = printed(YEARS, [*rows, ("Net income", "16", "8")], title="Statements of Income")
    assert made_of_statements("What was the effective tax rate in 2024?", [source]) is None
    assert made_of_statements("What was the effective tax rate in 2023?", [source]).rows[0][-1] == pytest.approx(0.2)


def test_of_a_summary_in_millions_and_a_statement_in_thousands_the_measure_of_the_other_line_is_taken(report, printed):
    rows = [
        ("Net cash provided by operating activities", "0.32", "0.3"),
        ("Net cash used in investing activities", "1", ""),
    ]
    summary = printed(YEARS, rows, title="Summary of cash flows", unit="in billions")
    found = made_of_statements(f"FY2024 operating cash flow ratio? {CASH_RATIO}", [summary, *report])
    assert found.rows[0] == (320, 450, pytest.approx(320 / 450))
