"""When a question asks about."""

import pytest

from rag.retrieval.asked.periods import period_of


@pytest.mark.parametrize(
    ("question", "years", "quarter"),
    [
        ("What was the revenue in FY2022?", (2022,), None),
        ("the change from FY21 to FY22", (2021, 2022), None),
        ("net income in Q2 of FY2023", (2023,), 2),
        ("As of Q2'2023, is it spinning off a segment?", (2023,), 2),
        ("the drop in Q22023 year over year", (2023,), 2),
        ("sales of 3Q21", (2021,), 3),
        ("the second fiscal quarter of 2023", (2023,), 2),
        ("2022年第三季度的营业收入", (2022,), 3),
        ("民國112年第1季的存貨", (2023,), 1),
        ("111年的權益", (2022,), None),
        ("What was paid for the 2,023 shares at $2019?", (), None),
        ("Who is the chairman?", (), None),
        ("10-K of the company", (), None),
    ],
)
def test_years_and_quarters_are_told(question, years, quarter):
    assert period_of(question) == (years, quarter)
