import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.pdf.blocks.headings import Typography, typography
from rag.reading.pdf.blocks.layout import Line, flows
from rag.reading.pdf.blocks.paragraphs import paragraphs
from rag.reading.pdf.blocks.part_blocks import prose
from rag.records import Box, Page, joined

PROSE = "words that fill this line nearly to its end"


def line(text, x, y, *, size=10.0, bold=False, way=0, number=0):
    """A line whose characters are half as wide as they are high, with spaces as wide."""
    words, at = [], x
    for count, word in enumerate(text.split(" ")):
        end = at + len(word) * size / 2
        words.append((at, y, end, y + size, word, number, 0, count))
        at = end + size / 4
    return Line(words, size, bold, way)


def texts(lines):
    return [[row.text for row in flow] for flow in flows(lines)]


def place(box):
    return Page(1, None, Box(*box))


def spans(lines, typography=None):
    found = []
    for flow in flows(lines):
        found += prose(flow, typography or Typography(10.0), place, lambda word, at: pytest.fail("cut"))
    return found


def test_one_column_is_read_row_by_row_whatever_the_order_in_the_file():
    lines = [line(f"row {at} {PROSE}", 50, 100 + 14 * at) for at in range(8)]
    random.Random(1).shuffle(lines)
    assert texts(lines) == [[f"row {at} {PROSE}" for at in range(8)]]


def test_two_columns_are_read_one_after_the_other_and_a_full_width_title_breaks_them():
    left = [line(f"left {at} {PROSE}", 50, 100 + 14 * at) for at in range(6)]
    right = [line(f"right {at} {PROSE}", 310, 103 + 14 * at) for at in range(6)]
    title = line("A title that goes over " + PROSE + " and " + PROSE, 50, 190)
    below = [
        line(f"{side} again {at} {PROSE}", x, 210 + 14 * at) for at in range(6) for side, x in (("l", 50), ("r", 330))
    ]
    found = texts([*right, *below, title, *left])
    assert [flow[0].split()[0] for flow in found] == ["left", "right", "A", "l", "r"]
    assert [len(flow) for flow in found] == [6, 6, 1, 6, 6]


def test_three_columns_are_read_one_after_the_other():
    lines = [
        line(f"column {column} row {at} fills its line", 40 + 180 * column, 100 + 14 * at)
        for at in range(8)
        for column in range(3)
    ]
    assert [flow[0][:8] for flow in texts(lines)] == ["column 0", "column 1", "column 2"]


def test_cells_that_hold_text_are_no_columns():
    lines = []
    for at in range(8):
        lines += [line("a party to the contract", 50, 100 + 14 * at), line("what was agreed then", 300, 100 + 14 * at)]
    assert len(texts(lines)) == 1


def test_a_table_is_no_columns():
    lines = []
    for at in range(8):
        lines += [line(f"Income from sales of item {at}", 50, 100 + 14 * at), line("1,234", 300, 100 + 14 * at)]
        lines.append(line("2,345", 400, 100 + 14 * at))
    assert len(texts(lines)) == 1
    assert texts(lines)[0][3] == "Income from sales of item 3 1,234 2,345"


@pytest.mark.parametrize(
    ("way", "x", "y", "across", "down"), [(1, 500, 50, -14, 0), (3, 50, 700, 14, 0), (2, 500, 700, 0, -14)]
)
def test_turned_lines_follow_each_other_as_they_are_turned(way, x, y, across, down):
    lines = []
    for at in range(4):
        box = (x + across * at, y + down * at, x + across * at + 10, y + down * at + 10)
        lines.append(Line([(*box, f"turned{at}", at, 0, 0)], 10.0, False, way))
    random.Random(2).shuffle(lines)
    assert texts(lines) == [[f"turned{at}" for at in range(4)]]


def test_lines_of_a_paragraph_stand_together_and_paragraphs_apart():
    lines = [line(PROSE, 50, 100), line(PROSE, 50, 112), line("the end.", 50, 124)]
    lines += [line(PROSE, 50, 150), line(PROSE, 50, 162)]
    (flow,) = flows(lines)
    assert [len(paragraph) for paragraph in paragraphs(flow)] == [3, 2]


def test_a_first_line_that_is_set_in_begins_a_paragraph():
    lines = [
        line(PROSE, 70, 100),
        line(PROSE + " and on", 50, 112),
        line(PROSE, 70, 124),
        line(PROSE + " and on", 50, 136),
    ]
    (flow,) = flows(lines)
    assert [len(paragraph) for paragraph in paragraphs(flow)] == [2, 2]


@pytest.mark.parametrize("mark", ["•", "1.", "(a)", "二、x", "（三）x", "–"])
def test_an_item_of_a_list_begins_a_paragraph(mark):
    lines = [
        line(PROSE, 50, 100),
        line(f"{mark} {PROSE}", 50, 112),
        line(PROSE, 60, 124),
        line(f"{mark} {PROSE}", 50, 136),
    ]
    (flow,) = flows(lines)
    assert [len(paragraph) for paragraph in paragraphs(flow)] == [1, 2, 1]


def test_half_a_word_at_the_end_of_a_short_line_goes_on_below():
    lines = [line(PROSE, 50, 100), line("They wrote a num-", 50, 112), line("ber, and that was all.", 50, 124)]
    assert joined(spans(lines)) == f"{PROSE} They wrote a num-ber, and that was all."


def test_white_space_between_lines_follows_the_script():
    lines = [line("公司实现营业收入十五亿元", 50, 100), line("同比增长百分之四十", 50, 112)]
    assert joined(spans(lines)) == "公司实现营业收入十五亿元同比增长百分之四十"
    lines = [line(PROSE + " and on", 50, 100), line(PROSE, 50, 112)]
    assert joined(spans(lines)) == f"{PROSE} and on {PROSE}"


def test_a_bold_line_that_ends_a_sentence_is_no_heading():
    lines = [line("We sell what we make.", 50, 100, bold=True), line("What we make", 50, 150, bold=True)]
    assert [span.kind for span in spans(lines)] == ["text", "heading"]


@pytest.mark.parametrize(
    "text", ["We sold more. The rest follows", "截至三月底止，本公司與關係人及非關係人所簽訂之重要契約"]
)
def test_a_large_line_that_holds_a_sentence_is_no_heading(text):
    assert {span.kind for span in spans([line(text, 50, 100, size=14.0)])} == {"text"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/s/ Ada Fairweather", "text"),
        ("Holloway, Nduka and Partners LLP", "text"),
        ("天平會計師事務所（特殊普通合夥）", "text"),
        ("Report of the auditor, Holloway LLP", "heading"),
        ("Holloway LP", "heading"),
        ("聘任、解聘会计师事务所情况", "heading"),
    ],
)
def test_a_signature_is_no_heading_however_large(text, kind):
    row = line(text, 50, 100, size=14.0)
    assert {span.kind for span in spans([row])} == {kind}
    assert Typography(10.0).may_head(flows([row])[0]) == (kind == "heading")


def test_a_bold_row_of_several_cells_is_no_heading():
    lines = [line("Total", 50, 100, bold=True), line("Change", 300, 100, bold=True)]
    assert {span.kind for span in spans(lines)} == {"text"}


def test_chinese_headings_have_the_level_their_number_says():
    big = [line(text, 50, 100 + 40 * at, size=14.0) for at, text in enumerate(["第三节", "二、收入", "（一）销售"])]
    assert [span.level for span in spans(big)] == [1, 2, 3]


def test_of_headings_of_one_size_those_in_capitals_stand_above_bold_ones():
    heads = [line("RESULTS", 50, 100, bold=True), line("Net sales", 50, 140, bold=True)]
    pages = [([*heads, line(PROSE, 50, 180)], 842.0)] * 3
    assert [span.level for span in spans(heads, typography(pages))] == [1, 2]


def test_an_item_of_a_filing_stands_above_its_sections_though_they_are_set_in_capitals():
    heads = [line("Item 7. Discussion", 50, 100, bold=True), line("RESULTS", 50, 140, bold=True)]
    pages = [([*heads, line("Net sales", 50, 160, bold=True), line(PROSE, 50, 180)], 842.0)] * 3
    levels = [span.level for span in spans(heads, typography(pages))]
    assert levels == [1, 1]  # as high: the passages put an item above what has no number


def test_styles_of_headings_that_a_document_seldom_uses_do_not_crowd_out_the_usual_ones():
    cover = [line("Title", 50, 100 + 60 * at, size=30.0 - 2 * at) for at in range(7)]
    usual = [line("RESULTS", 50, 100, bold=True), line("Net sales", 50, 140, bold=True), line(PROSE, 50, 180)]
    pages = [(cover, 842.0)] * 2 + [(usual, 842.0)] * 8
    wide, narrow = (span.level for span in spans(usual[:2], typography(pages)))
    assert wide < narrow


def test_small_letters_in_the_size_of_the_text_are_no_heading_whatever_a_model_takes_them_for():
    row = flows([line("partially offset by", 50, 100)])[0]
    assert not Typography(10.0).may_head(row)
    assert Typography(10.0).may_head(flows([line("overview", 50, 100, size=14.0)])[0])


@given(
    st.lists(
        st.tuples(
            st.floats(-100, 900),
            st.floats(-100, 900),
            st.floats(0, 300),
            st.floats(0, 60),
            st.integers(0, 3),
            st.booleans(),
        ),
        max_size=80,
    )
)
def test_no_word_is_lost_or_repeated_by_the_order(boxes):
    lines = []
    for at, (x, y, wide, tall, way, bold) in enumerate(boxes):
        first = (x, y, x + wide, y + tall, f"w{at}", at, 0, 0)
        second = (x + wide, y, x + 2 * wide, y + tall, f"v{at}", at, 0, 1)
        lines.append(Line([first, second], max(tall, 1.0), bold, way))
    found = [word[4] for flow in flows(lines) for row in flow for piece in row.pieces for word in piece.words]
    assert sorted(found) == sorted([f"w{at}" for at in range(len(boxes))] + [f"v{at}" for at in range(len(boxes))])


def test_a_hostile_page_takes_time_in_proportion_to_its_words(processor_seconds):
    def took(count):
        random_ = random.Random(3)
        lines = [
            line(f"{random_.random():.2f} a. {at}", random_.random() * 600, random_.random() * 800)
            for at in range(count)
        ]
        return processor_seconds(lambda: spans(lines))

    took(500)
    assert took(16_000) < 40 * took(2_000)
