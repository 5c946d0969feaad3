"""Figures that stand no farther from the words beside them than words of a label do from each other."""

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.records import Table

TYPE = Typography(10.0, ((14.0, True), (10.0, True)))


def words(y, *placed):
    """Words of one line: each its left side, its right side and its text."""
    return Line([(x0, y, x1, y + 10, text, int(y), 0, at) for at, (x0, x1, text) in enumerate(placed)], 10.0, False, 0)


def rows(lines, columns):
    raw = RawPage(1, 600, 800, lines=lines, regions=(Region("table", (50, 95, 590, 300), (), columns),))
    (found,) = [block for block in leaf_of(raw, None, TYPE, None)[0].blocks if isinstance(block, Table)]
    return [{cell.column: cell.text for cell in row} for row in found.rows]


def test_a_figure_set_right_before_a_word_set_left_is_a_cell_of_its_own():
    lines = []
    places = (
        ("Tulsa", "812,000", "Owned"),
        ("Leeds", "98,200", "Leased"),
        ("Brno", "1,204,000", "Owned"),
        ("Osaka", "12,400", "Leased"),
    )
    for at, (where, feet, how) in enumerate(places):
        y = 100 + 14 * at
        lines += [words(y, (60, 60 + 5 * len(where), where)), words(y, (180, 230, "Factory"))]
        lines += [words(y, (345 - 5 * len(feet), 345, feet), (347, 347 + 5 * len(how), how))]
        lines += [words(y, (450, 470, "2029"))]
    found = rows(lines, (150, 270, 420))
    assert [(row[3], row[4]) for row in found] == [(feet, how) for _, feet, how in places]


def test_a_label_that_runs_into_its_amount_is_parted_from_it_where_the_amounts_above_begin():
    lines = []
    labels = ("液压产品", "智能自动化装备", "高精密行星滚柱减速器", "技术服务")
    for at, label in enumerate(labels):
        y, amount = 100 + 14 * at, f"{at + 4}3,054.26"
        end = 60 + 10 * len(label)
        first = [(60, 208, label + amount)] if end > 150 else [(60, end, label), (163, 208, amount)]
        lines += [words(y, one) for one in first]
        lines += [words(y, (300, 345, f"{at + 2}1,460.65"))]
    found = rows(lines, (161, 260))
    assert found[2] == {1: "高精密行星滚柱减速器", 2: "63,054.26", 3: "41,460.65"}


def test_a_product_with_a_number_in_its_name_keeps_it_where_no_amounts_stand_in_line_with_it():
    lines = []
    for at, label in enumerate(("型号", "系列A", "减速器35,218.40", "电机")):
        y = 100 + 14 * at
        lines += [words(y, (60, 60 + 8 * len(label), label)), words(y, (300, 345, f"{at + 2}1,460.65"))]
    assert rows(lines, (260,))[2][1] == "减速器35,218.40"


def test_figures_a_space_apart_are_cells_of_their_own_in_a_statement_of_two_sides():
    lines = []
    sides = (("货币资金", "短期借款"), ("应收票据", "应付票据"), ("应收账款", "应交税金"), ("存货", "长期借款"))
    for at, (left, right) in enumerate(sides):
        y = 100 + 14 * at
        lines += [words(y, (60, 60 + 10 * len(left), left))]
        lines += [
            words(
                y,
                (240, 245, str(at + 1)),
                (249, 300, f"1{at},695,211.13"),
                (304, 355, f"2{at},753,222.26"),
                (359, 359 + 10 * len(right), right),
            )
        ]
        lines += [words(y, (470, 480, f"2{at}"), (484, 535, f"3{at},753,222.26"))]
    found = rows(lines, (200, 460))
    assert found[3] == {
        1: "存货",
        2: "4",
        3: "13,695,211.13",
        4: "23,753,222.26",
        5: "长期借款",
        6: "23",
        7: "33,753,222.26",
    }


def test_a_count_and_what_is_counted_stay_in_one_cell():
    lines = []
    for at, name in enumerate(("Osei", "Harding", "Wolski", "Bell")):
        y = 100 + 14 * at
        lines += [words(y, (60, 60 + 5 * len(name), name))]
        lines += [words(y, (300, 335, f"12{at},500"), (338, 365, "shares"))]
        lines += [words(y, (450, 470, "2029"))]
    assert {1: "Wolski", 2: "122,500 shares", 3: "2029"} in rows(lines, (260, 420))


def test_thousands_set_apart_by_spaces_are_one_figure():
    lines = []
    for at, name in enumerate(("Cash", "Loans", "Bonds", "Funds")):
        y = 100 + 14 * at
        lines += [words(y, (60, 60 + 5 * len(name), name))]
        lines += [words(y, (300, 305, f"{at + 1}"), (307, 335, f"23{at}.56"))]
    assert rows(lines, (260,))[1] == {1: "Loans", 2: "2 231.56"}
