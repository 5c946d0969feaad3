"""Columns of tables, their heads and names, where the layout model has drawn them badly."""

from rag.entrypoints.reading_results import value_of
from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.records import Span, Table, joined

TYPE = Typography(10.0, ((14.0, True), (10.0, True)))


def line(x, y, text, size=10.0):
    words, left = [], float(x)
    for count, word in enumerate(text.split(" ")):
        wide = size / 2 * len(word)
        words.append((left, y, left + wide, y + size, word, int(y * 10 + x), 0, count))
        left += wide + size / 4
    return Line(words, size, bold=False, way=0)


def ending(x, y, text):
    """*text* that ends at *x*."""
    return line(x - 5 * len(text) - 2.5 * text.count(" "), y, text)


def blocks(lines, columns, box=(50, 95, 590, 400), rows=()):
    raw = RawPage(1, 600, 800, lines=lines, regions=(Region("table", box, rows, columns),))
    return leaf_of(raw, None, TYPE, None)[0].blocks


def tables(*given, **more):
    return [block for block in blocks(*given, **more) if isinstance(block, Table)]


def texts(rows):
    return [{cell.column: cell.text for cell in row} for row in rows]


def test_figures_that_end_below_each_other_are_one_column_however_wide_they_are():
    lines = [line(60, 100, "Cash"), ending(300, 100, "76,518"), ending(400, 100, "12")]
    lines += [line(60, 114, "Deposits"), ending(300, 114, "34,915,195,000"), ending(400, 114, "13")]
    lines += [line(60, 128, "Bonds"), ending(300, 128, "356,806,058,000"), ending(400, 128, "14")]
    (found,) = tables(lines, (200, 266, 350))
    assert texts(found.rows) == [
        {1: "Cash", 2: "76,518", 3: "12"},
        {1: "Deposits", 2: "34,915,195,000", 3: "13"},
        {1: "Bonds", 2: "356,806,058,000", 3: "14"},
    ]


def test_a_line_through_labels_stands_for_the_gap_between_them_and_the_figures():
    dots = " ".join("." * 14)
    lines = []
    for at, label in enumerate(["Men", "Women", "Young", "Old"]):
        lines += [line(60, 100 + 14 * at, f"{label} {dots}"), ending(300, 100 + 14 * at, f"1{at}.5")]
    (found,) = tables(lines, (132,))
    assert [row[2] for row in texts(found.rows)] == ["10.5", "11.5", "12.5", "13.5"]


def test_heads_of_several_lines_are_no_name_though_one_has_the_letters_of_table_or_says_statement():
    lines = [line(260, 100, "Income statement"), line(370, 100, "Net income"), line(490, 100, "Effective")]
    lines += [line(270, 112, "impact of"), line(370, 112, "attributable to"), line(490, 112, "tax")]
    lines += [line(270, 124, "hedges"), line(370, 124, "the company"), line(490, 124, "rate")]
    for at in range(3):
        y = 140 + 14 * at
        lines += [line(60, y, f"Item {at}"), ending(330, y, "1,200"), ending(440, y, "3,400"), ending(540, y, "21.5")]
    (found,) = tables(lines, (250, 360, 480))
    assert not found.head.title
    assert texts(found.head.header) == [
        {2: "Income statement impact of hedges", 3: "Net income attributable to the company", 4: "Effective tax rate"}
    ]


def test_the_sentence_that_says_what_follows_is_the_name_of_a_table_and_the_heading_above_it_stays_one():
    lines = [line(60, 40, "Property and equipment")]
    lines += [line(60, 56, f"Property and equipment consisted of {' '.join(['much'] * 16)}")]
    lines += [line(60, 68, "as of the end of the last two years:")]
    lines += [ending(400, 110, "2023"), ending(500, 110, "2022")]
    lines += [line(60, 124, "Land"), ending(400, 124, "1,200"), ending(500, 124, "1,100")]
    lines += [line(60, 138, "Plant"), ending(400, 138, "3,200"), ending(500, 138, "3,100")]
    found = blocks(lines, (340, 440), box=(50, 105, 590, 160))
    (table,) = [block for block in found if isinstance(block, Table)]
    assert joined(table.head.title).startswith("Property and equipment consisted of")
    assert joined(table.head.title).endswith("the last two years:")
    assert [block.text for block in found if isinstance(block, Span)] == ["Property and equipment"]


def test_a_sentence_between_rows_that_says_what_follows_parts_two_tables():
    sentence = "The following reconciles the payments of the next years to what is recorded in the balance sheet:"
    lines = [ending(400, 100, "2023"), ending(500, 100, "2022")]
    lines += [line(60, 114, "Paid"), ending(400, 114, "387"), ending(500, 114, "333")]
    lines += [line(60, 128, "Lost"), ending(400, 128, "1,111"), ending(500, 128, "3,222")]
    lines += [line(60, 156, sentence)]
    lines += [line(60, 172, "Period"), ending(400, 172, "May 2021"), ending(500, 172, "May 2020")]
    lines += [line(60, 186, "One year"), ending(400, 186, "520"), ending(500, 186, "417")]
    lines += [line(60, 200, "Later"), ending(400, 200, "1,520"), ending(500, 200, "1,417")]
    first, second = tables(lines, (340, 440))
    assert [row[1] for row in texts(first.rows)] == ["Paid", "Lost"]
    assert joined(second.head.title) == sentence
    assert texts(second.head.header) == [{1: "Period", 2: "May 2021", 3: "May 2020"}]


def test_the_head_over_figures_stands_in_no_column_of_labels_though_their_currency_signs_do():
    lines = [line(212, 100, "Cost"), line(330, 100, "Gross")]
    lines += [line(60, 114, "As it was reported then"), line(196, 114, "$"), ending(240, 114, "40,576")]
    lines += [line(300, 114, "$"), ending(350, 114, "45,816")]
    lines += [line(60, 128, f"Charges {'more ' * 5}and so"), ending(240, 128, "33"), ending(350, 128, "34")]
    (found,) = tables(lines, (205, 280))
    assert texts(found.head.header) == [{2: "Cost", 3: "Gross"}]


def test_heads_over_some_columns_that_the_model_leaves_out_are_heads_and_no_name():
    lines = [line(284, 96, "Common stock")]
    lines += [
        line(255, 110, "Shares"),
        line(340, 110, "Amount"),
        line(440, 110, "Deficit"),
        line(520, 110, "Own"),
        line(630, 110, "Total"),
    ]
    for at in range(3):
        y = 124 + 14 * at
        lines += [line(60, y, f"Balance {at}"), *[ending(x, y, f"{at},250") for x in (290, 370, 470, 550, 660)]]
    (found,) = tables(lines, (240, 310, 400, 500, 600), box=(50, 108, 665, 170))
    assert not found.head.title
    assert [[(cell.column, cell.text, cell.over) for cell in row] for row in found.head.header] == [
        [(2, "Common stock", 2)],
        [(2, "Shares", 1), (3, "Amount", 1), (4, "Deficit", 1), (5, "Own", 1), (6, "Total", 1)],
    ]


def test_a_unit_at_the_top_of_a_page_is_that_of_the_table_below_it_and_no_running_head():
    lines = [line(60, 40, "3. Results of the parent"), line(500, 60, "(in millions)")]
    lines += [ending(400, 80, "2023"), ending(500, 80, "2022")]
    lines += [line(60, 94, "Sales"), ending(400, 94, "1,387"), ending(500, 94, "1,333")]
    lines += [line(60, 108, "Costs"), ending(400, 108, "1,111"), ending(500, 108, "3,222")]
    regions = (
        Region("page-header", (55, 38, 300, 52)),
        Region("page-header", (495, 58, 580, 72)),
        Region("table", (50, 78, 520, 120), (), (340, 440)),
    )
    found = leaf_of(RawPage(1, 600, 800, lines=lines, regions=regions), None, TYPE, None)[0].blocks
    (table,) = [block for block in found if isinstance(block, Table)]
    assert joined(table.head.unit) == "(in millions)"
    assert not [block for block in found if isinstance(block, Span) and block.kind == "running"]


def contents(head="Page"):
    lines = [line(60, 100, "Part I"), line(440, 100, head)]
    for at, name in enumerate(
        ["Business", "Risk factors", "Properties", "Legal proceedings", "Controls", "Signatures"]
    ):
        y = 114 + 14 * at
        lines += [line(60, y, f"Item {at}."), line(120, y, name), ending(470, y, str(3 + 7 * at))]
    return lines


def test_the_contents_of_a_document_are_no_table_and_lose_no_word():
    lines = contents()
    found = blocks(lines, (110, 400))
    assert not [block for block in found if isinstance(block, Table)]
    said = " ".join(block.text for block in found if isinstance(block, Span)).split()
    assert sorted(said) == sorted(word[4] for one in lines for word in one.words)


def test_counts_that_grow_from_row_to_row_are_no_contents():
    assert tables(contents("Shops"), (110, 400))


def test_a_line_that_points_to_notes_is_no_row():
    lines = [ending(400, 100, "2023"), ending(500, 100, "2022")]
    lines += [line(60, 114, "Sales"), ending(400, 114, "1,387"), ending(500, 114, "1,333")]
    lines += [line(60, 128, "Costs"), ending(400, 128, "1,111"), ending(500, 128, "3,222")]
    lines += [line(60, 142, "See notes at end of table.")]
    (found,) = tables(lines, (340, 440))
    assert [row[1] for row in texts(found.rows)] == ["Sales", "Costs"]


def test_counts_without_heads_that_grow_from_row_to_row_are_no_contents():
    lines = []
    for at, name in enumerate(["Malta", "Cyprus", "Estonia", "Latvia", "Finland", "Spain"]):
        lines += [line(60, 100 + 14 * at, name), ending(470, 100 + 14 * at, str(3 + 7 * at))]
    assert tables(lines, (400,))


def glued(*rows):
    """Rows of a label and two amounts, the first of which is in one column with the labels."""
    lines = []
    for at, (label, first, second) in enumerate(rows):
        y = 100 + 14 * at
        lines += [line(60, y, label), ending(300, y, first), ending(420, y, second)]
    return lines


def test_amounts_that_end_below_each_other_behind_words_are_a_column_and_so_are_their_heads():
    lines = glued(
        ("Items", "2024", "2023"),
        ("Revenue", "5,600.00", "5,739.42"),
        ("Net cash from operating activities", "1,260.54", "965.63"),
        ("Total assets", "804.98", "425.15"),
    )
    (found,) = tables(lines, (330,))
    assert texts(found.head.header) == [{1: "Items", 2: "2024", 3: "2023"}]
    assert texts(found.rows)[:2] == [
        {1: "Revenue", 2: "5,600.00", 3: "5,739.42"},
        {1: "Net cash from operating activities", 2: "1,260.54", 3: "965.63"},
    ]


def test_numbers_and_amounts_within_labels_stay_there():
    names = ("Level 3", "Note 12", "2.5% notes due 2030", "Term loan 4.25%", "Notes 3.125%")
    lines = []
    for at, name in enumerate(names):
        lines += [line(60, 100 + 14 * at, name), ending(420, 100 + 14 * at, f"{at},745.63")]
    (found,) = tables(lines, (330,))
    assert texts(found.rows) == [{1: name, 2: f"{at},745.63"} for at, name in enumerate(names)]


def test_heads_of_one_line_over_one_column_are_told_from_left_to_right():
    lines = [line(60, 100, "Region"), line(240, 100, "Net"), line(285, 100, "sales"), ending(420, 100, "Total")]
    for at in range(3):
        y = 114 + 14 * at
        lines += [line(60, y, "North"), ending(300, y, f"{at},100,000,000"), ending(420, y, f"{at},200")]
    (found,) = tables(lines, (180, 340))
    assert texts(found.head.header) == [{1: "Region", 2: "Net sales", 3: "Total"}]


def test_periods_that_come_again_over_other_columns_head_a_table_of_their_own():
    lines = glued(
        ("Key data", "2024年", "2023年"),
        ("Revenue", "5,600.00", "5,739.42"),
        ("Total assets", "804.98", "425.15"),
    )
    lines += [line(60, 170, "Ratios"), ending(260, 170, "2024年"), ending(380, 170, "2023年")]
    lines += [line(60, 184, "Earnings per share"), ending(260, 184, "1.64"), ending(380, 184, "1.16")]
    lines += [line(60, 198, "Return on equity"), ending(260, 198, "30.18"), ending(380, 198, "26.41")]
    first, second = tables(lines, (320,))
    assert len(first.rows) == 2
    assert texts(second.head.header) == [{1: "Ratios", 2: "2024年", 3: "2023年"}]
    assert texts(second.rows)[0] == {1: "Earnings per share", 2: "1.64", 3: "1.16"}


def test_words_that_begin_below_each_other_behind_words_are_a_column_of_their_own():
    lines = [line(60, 100, "Term"), line(200, 100, "Meaning")]
    for at, (term, meaning) in enumerate([("Group", "all firms"), ("Bank", "the lender"), ("Fund", "a trust")]):
        lines += [line(60, 114 + 14 * at, term), line(160, 114 + 14 * at, "means"), line(200, 114 + 14 * at, meaning)]
    lines += [line(60, 156, "Year"), line(160, 156, "means"), line(200, 156, "twelve months")]
    (found,) = tables(lines, (150,), rows=(112, 126, 140, 154))
    assert texts(found.rows)[-1] == {1: "Year", 2: "means", 3: "twelve months"}


def test_the_marks_of_a_list_are_no_column_of_words():
    lines = [line(60, 100, "Item"), ending(400, 100, "2023")]
    for at, label in enumerate(["(a) Sales", "(b) Costs", "(c) Taxes", "(d) Gains"]):
        mark, rest = label.split(" ")
        lines += [line(60, 114 + 14 * at, mark), line(90, 114 + 14 * at, rest), ending(400, 114 + 14 * at, f"1,{at}00")]
    (found,) = tables(lines, (300,))
    assert [row[1] for row in texts(found.rows)] == ["(a) Sales", "(b) Costs", "(c) Taxes", "(d) Gains"]


def test_a_bracket_that_stands_apart_goes_with_the_number_it_opens():
    lines = [line(60, 100, "Item"), ending(300, 100, "2023"), ending(340, 100, "%"), ending(440, 100, "2022")]
    lines += [line(60, 114, "Sales"), ending(300, 114, "1,234"), ending(340, 114, "12"), ending(440, 114, "987")]
    lines += [line(60, 128, "Costs"), line(240, 128, "( 1,116 )("), ending(340, 128, "8)"), line(345, 128, "(")]
    lines += [ending(440, 128, "700 )")]
    (found,) = tables(lines, (200, 310, 343))
    assert texts(found.rows)[-1] == {1: "Costs", 2: "( 1,116 )", 3: "( 8)", 4: "( 700 )"}
    assert [value_of(cell) for cell in found.rows[-1]] == [None, -1116, -8, -700]


def test_a_chinese_date_whose_characters_are_set_apart_stands_in_one_cell():
    lines = [line(200, 100, "1 1 2 年 3 月"), line(300, 100, "1 1 1 年 3 月")]
    lines += [line(60, 114, "Cash"), ending(262, 114, "12,345"), ending(280, 114, "7"), ending(362, 114, "23,456")]
    lines += [line(60, 128, "Debt"), ending(262, 128, "34,567"), ending(280, 128, "8"), ending(362, 128, "45,678")]
    (found,) = tables(lines, (150, 225, 290))
    heads = [cell.text for row in found.head.header for cell in row]
    assert heads == ["1 1 2 年 3 月", "1 1 1 年 3 月"]


def test_a_head_between_labels_and_figures_heads_the_labels_unless_it_is_a_period_or_says_notes():
    def found(head):
        lines = [ending(190, 100, head), ending(300, 100, "High"), ending(400, 100, "Low")]
        for at, label in enumerate(["North", "South"]):
            y = 114 + 14 * at
            lines += [line(60, y, label), ending(300, y, f"1,{at}00"), ending(400, y, f"2,{at}00")]
        (one,) = tables(lines, (130, 220, 330), rows=(112, 126))
        return [(cell.column, cell.text) for cell in one.head.header[-1]]

    assert found("Region")[:2] == [(1, "Region"), (2, "High")]
    assert found("2023")[:2] == [(2, "2023"), (3, "High")]
    assert found("Notes")[:2] == [(2, "Notes"), (3, "High")]


def test_ranges_broken_in_narrow_cells_are_one():
    lines = [line(60, 100, "Item"), line(200, 100, "Code"), ending(400, 100, "2023")]
    for at, label in enumerate(["Gas", "Water"]):
        y = 114 + 24 * at
        lines += [line(60, y, label), line(200, y, "305-"), line(200, y + 11, f"{at}"), ending(400, y, f"1,{at}00")]
    (one,) = tables(lines, (150, 300), rows=(112, 136))
    assert [row[2] for row in texts(one.rows)] == ["305-0", "305-1"]


def test_a_statement_named_at_the_top_of_a_page_and_a_unit_taken_for_a_table_are_the_tables_title_and_unit():
    lines = [line(60, 40, "Consolidated Balance Sheet"), line(60, 60, "(in millions)"), ending(300, 100, "2023")]
    lines += [line(60, 114, "Cash"), ending(300, 114, "1,234"), line(60, 128, "Debt"), ending(300, 128, "2,345")]
    regions = [Region("page-header", (55, 38, 250, 52)), Region("table", (55, 58, 200, 72))]
    regions.append(Region("table", (50, 95, 590, 400), (112, 126), (200,)))
    found = leaf_of(RawPage(1, 600, 800, lines=lines, regions=tuple(regions)), None, TYPE, None)[0].blocks
    (one,) = [block for block in found if isinstance(block, Table)]
    assert (joined(one.head.title), joined(one.head.unit)) == ("Consolidated Balance Sheet", "(in millions)")


def test_a_head_printed_over_its_neighbours_heads_the_column_it_ends_with():
    lines = [line(60, 100, "Name"), ending(200, 100, "Age"), ending(300, 100, "Shares")]
    lines += [ending(400, 100, "Remuneration-from-the-company-before-tax")]
    for at, name in enumerate(["Ann", "Bob"]):
        y = 114 + 14 * at
        lines += [line(60, y, name), ending(200, y, f"4{at}"), ending(300, y, f"1,{at}00"), ending(400, y, f"8{at}.5")]
    (one,) = tables(lines, (150, 230, 330), rows=(112, 126))
    heads = {cell.column: cell.text for row in one.head.header for cell in row}
    assert heads == {1: "Name", 2: "Age", 3: "Shares", 4: "Remuneration-from-the-company-before-tax"}


def test_contents_whose_lines_are_led_by_dots_to_their_pages_are_no_table():
    lines = [line(60, 100 + 14 * at, f"Chapter {at} {'.' * 30} {3 * at}") for at in range(1, 5)]
    assert not tables(lines, (), rows=(126, 140))


def test_who_signed_a_statement_names_none_that_follows():
    lines = [
        line(60, 60, "公司负责人：陆知秋"),
        line(60, 74, "合并利润表"),
        line(60, 100, "项目"),
        ending(300, 100, "2023年"),
    ]
    lines += [line(60, 114, "收入"), ending(300, 114, "1,234"), line(60, 128, "成本"), ending(300, 128, "2,345")]
    (one,) = tables(lines, (200,), rows=(112, 126))
    assert joined(one.head.title) == "合并利润表"
