"""Heads over several columns with no line under them: how far they go is told by where their middle is."""

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.records import Table, joined

TYPE = Typography(10.0, ((14.0, True), (10.0, True)))


def line(x, y, text, size=10.0, *, bold=False, wide=5.0):
    words, left = [], float(x)
    for count, word in enumerate(text.split(" ")):
        right = left + wide * len(word)
        words.append((left, y, right, y + size, word, int(y * 10 + x), 0, count))
        left = right + 2.5
    return Line(words, size, bold=bold, way=0)


def length(text, wide=5.0):
    return wide * len(text) - (wide - 2.5) * text.count(" ")


def ending(x, y, text, **more):
    return line(x - length(text, more.get("wide", 5.0)), y, text, **more)


def around(x, y, text, **more):
    return line(x - length(text, more.get("wide", 5.0)) / 2, y, text, **more)


def body(ends, y=140, rows=4):
    return [
        one
        for at in range(rows)
        for one in (
            line(60, y + 14 * at, f"Item {at}"),
            *(ending(end, y + 14 * at, f"{n + 2},{at}45") for n, end in enumerate(ends)),
        )
    ]


def table(lines, columns, box=(50, 95, 590, 200)):
    heights = sorted({one.words[0][1] for one in lines})
    raw = RawPage(
        1, 600, 800, lines=lines, regions=(Region("table", box, tuple(at - 1 for at in heights[1:]), columns),)
    )
    (found,) = [block for block in leaf_of(raw, None, TYPE, None)[0].blocks if isinstance(block, Table)]
    return found


def heads(found):
    return [{(cell.column, cell.over): cell.text for cell in row} for row in found.head.header]


def test_a_date_over_segments_keeps_its_year_and_is_over_all_of_them():
    ends = (280, 350, 420, 490, 560)
    names = ("Marine", "Resins", "Paints", "Other", "Group")
    lines = [around(385, 100, "Year ended 31 December 2024")]
    lines += [ending(end, 118, name) for end, name in zip(ends, names, strict=True)]
    found = heads(table([*lines, *body(ends)], (215, 285, 355, 425, 495)))
    assert found[0] == {(2, 5): "Year ended 31 December 2024"}
    assert list(found[1].values()) == ["Marine", "Resins", "Paints", "Other", "Group"]


def test_a_head_in_the_middle_of_the_first_columns_is_not_over_the_last():
    ends = (320, 400, 480, 560)
    names = ("Level 1", "Level 2", "Level 3", "Total")
    lines = [around(375, 100, "Fair values measured at June 30, 2025 using")]
    lines += [around(end - 25, 118, name) for end, name in zip(ends, names, strict=True)]
    found = heads(table([*lines, *body(ends)], (260, 330, 410, 490)))
    assert list(found[0]) == [(2, 3)]


def test_payments_by_period_are_heads_of_all_years_and_of_what_comes_after():
    ends = (230, 300, 370, 440, 510, 580)
    names = ("Total", "2025", "2026", "2027", "2028", "Thereafter")
    lines = [around(412, 100, "Payments due by period")]
    lines += [around(end - 28, 112, name) for end, name in zip(ends, names, strict=True)]
    found = heads(table([*lines, *body(ends)], (170, 235, 305, 375, 445, 515)))
    assert found[0] == {(3, 5): "Payments due by period"}


def test_a_head_over_parts_of_two_heads_is_over_the_whole_of_both():
    ends = (230, 290, 350, 410, 490, 560)
    lines = [around(317, 92, "Pension benefits"), around(515, 92, "Other benefits")]
    lines += [around(255, 106, "Home plans"), around(380, 106, "Plans abroad")]
    lines += [ending(end, 120, str(2024 - at % 2)) for at, end in enumerate(ends)]
    found = heads(table([*lines, *body(ends)], (180, 240, 300, 360, 430, 510), (50, 88, 590, 200)))
    assert found[0] == {(2, 4): "Pension benefits"}
    assert found[1][6, 2] == "Other benefits"


def test_a_head_in_the_middle_of_two_cells_is_over_both_though_the_figures_are_set_right():
    ends = (250, 320, 390, 460, 530)
    lines = [line(60, 106, "Kind"), around(254, 106, "First half 2025"), around(394, 106, "First half 2024")]
    lines += [ending(530, 106, "Change")]
    names = ("Sales", "Share", "Sales", "Share", "(%)")
    lines += [ending(end, 120, name) for end, name in zip(ends, names, strict=True)]
    found = heads(table([*lines, *body(ends)], (185, 255, 325, 395, 465)))
    assert {(2, 2): "First half 2025", (4, 2): "First half 2024"}.items() <= found[0].items()


def test_what_some_columns_count_in_stays_in_their_heads_and_is_no_unit_of_the_others():
    ends = (300, 400, 520)
    lines = [ending(300, 104, "Number"), ending(400, 104, "Life left"), ending(520, 104, "Average")]
    lines += [line(60, 116, "Range"), ending(300, 116, "(thousands)"), ending(400, 116, "(years)")]
    lines += [ending(520, 116, "exercise price")]
    found = table([*lines, *body(ends)], (200, 310, 420))
    assert not found.head.unit
    assert heads(found)[-1][2, 1] == "Number (thousands)"


def test_a_unit_beside_dates_or_the_numbers_of_notes_is_that_of_the_table():
    ends = (300, 400, 520)
    lines = [ending(300, 104, "Notes"), ending(400, 104, "2024"), ending(520, 104, "2023")]
    lines += [ending(400, 116, "(in millions)"), ending(520, 116, "(in millions)")]
    found = table([*lines, *body(ends)], (200, 310, 420))
    assert "millions" in joined(found.head.unit)


def test_a_bold_line_in_the_middle_of_a_table_is_its_name_and_no_head():
    ends = (300, 400, 520)
    lines = [around(290, 98, "Stock options by exercise price", bold=True)]
    lines += [around(330, 114, "Options outstanding"), ending(520, 114, "Exercisable")]
    lines += [ending(end, 126, name) for end, name in zip(ends, ("Number", "Price", "Number"), strict=True)]
    found = table([*lines, *body(ends)], (200, 310, 420))
    assert joined(found.head.title) == "Stock options by exercise price"
    assert "Stock options" not in str(heads(found))


def test_a_section_beside_its_code_is_a_row_and_no_head():
    lines = [line(60, 104, "代碼"), line(110, 104, "資產", wide=10.0), ending(400, 104, "金額", wide=10.0)]
    for at, (code, name) in enumerate((("11xx", "流動資產"), ("1100", "現金"), ("1170", "應收帳款"), ("130x", "存貨"))):
        y = 120 + 14 * at
        lines += [line(60, y, code), line(110, y, name, wide=10.0)]
        lines += [ending(400, y, f"4,2{at}0"), ending(500, y, f"1{at}")] if at else []
    found = table(lines, (100, 250, 430))
    assert [cell.text for cell in found.rows[0]] == ["11xx", "流動資產"]
    assert heads(found)[-1][2, 1] == "資產"


def test_a_chinese_period_broken_over_three_lines_is_one_head_over_all_columns_of_its_first_line():
    ends = (300, 400, 470, 560)
    lines = []
    for y, texts in ((96, ("民國114年", "民國113年")), (107, ("1月1日至", "1月1日至")), (118, ("6月30日", "6月30日"))):
        lines += [around(middle, y, text, wide=8.0) for middle, text in zip((325, 510), texts, strict=True)]
    names = ("金額", "百分比", "金額", "百分比")
    lines += [ending(end, 132, name, wide=10.0) for end, name in zip(ends, names, strict=True)]
    found = heads(table([*lines, *body(ends, 148)], (200, 340, 415, 490), (50, 92, 590, 220)))
    assert found[0] == {(2, 2): "民國114年1月1日至6月30日", (4, 2): "民國113年1月1日至6月30日"}


def test_years_ended_over_three_dates_is_no_part_of_the_one_in_the_middle():
    ends = (320, 440, 560)
    lines = [around(405, 104, "Years Ended")]
    names = ("December 2, 2022", "December 3, 2021", "November 27, 2020")
    lines += [ending(end, 116, name) for end, name in zip(ends, names, strict=True)]
    found = heads(table([*lines, *body(ends)], (215, 335, 455)))
    assert found[0] == {(2, 3): "Years Ended"}


def test_a_bold_name_over_heads_in_plain_type_is_no_head_and_they_are_no_row():
    lines = [around(290, 98, "Group companies", bold=True)]
    lines += [
        line(60, 112, "Company"),
        line(220, 112, "Seat"),
        line(330, 112, "Business"),
        line(470, 112, "Votes held"),
    ]
    for at, seat in enumerate(("Chile", "Poland", "Norway")):
        y = 128 + 14 * at
        lines += [line(60, y, f"Lumen {at}"), line(220, y, seat), line(330, y, "Dormant"), ending(520, y, f"7{at}.5")]
    found = table(lines, (200, 310, 440), (50, 94, 590, 170))
    assert joined(found.head.title) == "Group companies"
    assert list(heads(found)[0].values()) == ["Company", "Seat", "Business", "Votes held"]
    assert len(found.rows) == 3
