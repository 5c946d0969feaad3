"""Reports on a part of a year: the quarter, the year so far, whole years and days each answer for themselves."""

import pytest

from rag.figures.computing import computed

THREE, NINE = ("Three Months Ended September 30,", 2, 2), ("Nine Months Ended September 30,", 4, 2)


def last(question, *sources):
    found = computed(question, sources)
    return found and found.rows[0][-1]


@pytest.fixture(scope="session")
def third_quarter(printed):
    return printed(
        [[THREE, NINE], [("2025", 2, 1), ("2024", 3, 1), ("2025", 4, 1), ("2024", 5, 1)]],
        [
            ("Net sales", "120", "100", "330", "300"),
            ("Gross profit", "48", "30", "110", "90"),
            ("Income before income taxes", "20", "10", "50", "40"),
        ],
        title="Statements of operations",
        year=2025,
        quarter=3,
    )


@pytest.fixture(scope="session")
def first_half(printed):
    heads = [[("H1 2025 £m", 2, 1), ("H1 2024 £m", 3, 1), ("Year ended 31 December 2024 £m", 4, 1)]]
    lines = [("Pipes", "60", "50", "105"), ("Rail", "20", "30", "55"), ("Group", "80", "80", "160")]
    return printed(heads, lines, title="Revenue by segment", year=2025, quarter=2)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What were net sales in the third quarter of 2025?", 120),
        ("What were net sales for the nine months ended September 30, 2025?", 330),
        ("2025年前三季度营业收入是多少", 330),
        ("2025年第三季度营业收入是多少", 120),
        ("What was the gross margin in the third quarter of 2025?", 0.4),
        ("By what percentage did net sales grow in the third quarter of 2025?", 0.2),
        ("How much higher was profit before tax in Q3 2025 than in Q3 2024?", 10),
    ],
)
def test_the_length_that_is_asked_for_is_the_one_that_answers(third_quarter, question, value):
    assert last(question, third_quarter) == pytest.approx(value)


def test_a_part_of_the_year_is_not_the_year(third_quarter, first_half):
    assert last("What were net sales in 2025?", third_quarter) is None
    assert last("What were net sales in the second quarter of 2025?", third_quarter) is None
    assert last("What was the revenue of Pipes in 2025?", first_half) is None
    assert last("What was the revenue of Pipes for the year ended 31 December 2024?", first_half) == 105


def test_the_segments_of_half_a_year_compete_and_have_shares(first_half):
    assert computed("Which segment had the highest revenue in H1 2025?", [first_half]).rows[0][0] == "Pipes"
    assert last("What share of H1 2025 revenue came from Pipes?", first_half) == pytest.approx(0.75)
    assert last("By what percentage did Pipes grow in H1 2025 compared with H1 2024?", first_half) == pytest.approx(0.2)


def test_the_columns_of_a_chinese_quarterly_report_are_told_apart(printed):
    heads = [("本报告期", 2, 1), ("本报告期比上年同期增减", 3, 1), ("年初至报告期末", 4, 1)]
    heads.append(("年初至报告期末比上年同期增减", 5, 1))
    lines = [
        ("营业收入（元）", "612.00", "13.72%", "1,743.00", "9.16%"),
        ("基本每股收益", "0.18", "20.00%", "0.49", "8%"),
    ]
    main = printed([heads], lines, title="主要财务数据", year=2025, quarter=3)
    assert last("2025年第三季度营业收入是多少", main) == 612
    assert last("2025年前三季度营业收入是多少", main) == 1743
    assert last("2025年第三季度营业收入同比增长多少", main) == pytest.approx(0.1372)
    assert last("2025年全年营业收入是多少", main) is None


def test_a_day_is_told_by_its_month(printed):
    heads = [[("30 June 2025", 2, 1), ("30 June 2024", 3, 1), ("31 December 2024", 4, 1)]]
    balance = printed(heads, [("Inventories", "70", "65", "60"), ("Goodwill", "9", "9", "9")], year=2025, quarter=2)
    assert last("What were inventories at 30 June 2025?", balance) == 70
    assert last("What were inventories at 31 December 2024?", balance) == 60
    assert last("What were inventories at the end of 2025?", balance) is None
