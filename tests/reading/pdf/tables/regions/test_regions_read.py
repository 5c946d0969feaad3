"""What the layout model says of a page decides how its words are read, and never whether they are."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.pdf.blocks.headings import LOWEST, Typography, typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.blocks.page_breaks import joined_over_breaks
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.records import Box, Figure, Leaf, Page, Span, Table, joined

WIDTH, HEIGHT = 600.0, 800.0
PROSE = "words that fill this line nearly to its end"


def line(text, x, y, *, size=10.0, bold=False, way=0):
    words, at = [], x
    for count, word in enumerate(text.split(" ")):
        end = at + len(word) * size / 2
        words.append((at, y, end, y + size, word, int(y * 10), int(x * 10), count))
        at = end + size / 4
    return Line(words, size, bold, way)


def region(kind, *box):
    return Region(kind, tuple(map(float, box)))


def leaf(lines, regions, *, number=1, typography=None):
    raw = RawPage(number, WIDTH, HEIGHT, lines=lines, regions=tuple(regions))
    return leaf_of(raw, None, typography or Typography(10.0), None)[0]


def told(leaf: Leaf):
    """Kind, level and text of each paragraph; figures by their captions."""
    found = []
    for block in leaf.blocks:
        if isinstance(block, Figure):
            found.append(("figure", 0, joined(block.caption)))
        elif isinstance(block, Table):
            found.append(("table", len(block.rows), block.head.text))
        elif found and "\n" not in block.before and found[-1][0] == block.kind:
            found[-1] = (block.kind, block.level, found[-1][2] + block.before + block.text)
        else:
            found.append((block.kind, block.level, block.text))
    return found


def words_of(leaf: Leaf):
    texts = []
    for block in leaf.blocks:
        if isinstance(block, Table):
            texts += [span.text for span in (*block.head.title, *block.head.unit)]
            texts += [cell.text for row in (*block.head.header, *block.rows) for cell in row]
        elif isinstance(block, Figure):
            texts += [span.text for span in block.caption]
        else:
            texts.append(block.text)
    return Counter(" ".join(texts).split())


KINDS = [
    "text", "title", "section-header", "list-item", "caption", "footnote", "page-header", "page-footer", "picture",
    "formula",
]  # fmt: skip
LINES = st.builds(
    lambda words, x, y, size, bold, way: line(" ".join(words), x, y, size=size, bold=bold, way=way),
    st.lists(st.text(st.sampled_from("abcXY1234.图收"), min_size=1, max_size=7), min_size=1, max_size=8),
    st.integers(-20, 560),
    st.integers(-20, 800),
    st.sampled_from([6.0, 10.0, 10.0, 24.0]),
    st.booleans(),
    st.sampled_from([0, 0, 0, 0, 1, 3]),
)
EDGES = st.tuples(st.integers(-10, 500), st.integers(-10, 700), st.integers(1, 400), st.integers(1, 300))
REGIONS = st.builds(
    lambda kind, edge: region(kind, edge[0], edge[1], edge[0] + edge[2], edge[1] + edge[3]),
    st.sampled_from(KINDS),
    EDGES,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25), st.lists(REGIONS, max_size=10))
def test_every_word_is_in_one_block_whatever_the_regions_say(lines, regions):
    expected = Counter(word[4] for one in lines for word in one.words)
    read = words_of(leaf(lines, regions))
    assert Counter("".join(read.elements())) == Counter("".join(expected.elements()))


def test_columns_are_read_one_after_the_other_below_a_title_and_above_footnotes_and_feet():
    lines = [line("A title over both columns", 50, 60)]
    lines += [line(f"left {at} {PROSE}", 50, 100 + 12 * at) for at in range(4)]
    lines += [line(f"right {at} {PROSE}", 320, 100 + 12 * at) for at in range(3)]
    lines += [line("1 A note", 50, 148), line("Page 3", 280, 780), line("A running head", 50, 20)]
    regions = [
        region("page-footer", 270, 775, 330, 795),
        region("text", 320, 98, 560, 138),
        region("footnote", 50, 147, 290, 160),
        region("text", 50, 98, 290, 147),
        region("section-header", 50, 58, 400, 72),
        region("page-header", 50, 18, 200, 32),
    ]
    found = told(leaf(lines, regions))
    assert [(kind, text[:6]) for kind, _, text in found] == [
        ("running", "A runn"),
        ("heading", "A titl"),
        ("text", "left 0"),
        ("text", "right "),
        ("footnote", "1 A no"),
        ("running", "Page 3"),
    ]


def test_a_right_column_that_begins_higher_is_still_read_after_the_left_one():
    lines = [line(f"right {at} {PROSE}", 320, 100 + 12 * at) for at in range(9)]
    lines += [line(f"left {at} {PROSE}", 50, 170 + 12 * at) for at in range(4)]
    regions = [
        region("text", 320, 98, 560, 122),
        region("text", 320, 123, 560, 220),
        region("text", 50, 168, 290, 220),
    ]
    assert [text[:4] for _, _, text in told(leaf(lines, regions))] == ["left", "righ", "righ"]


def test_a_short_heading_of_the_right_column_is_read_after_the_left_one_that_begins_beside_it():
    left = ["Contact", "First left line", "Second left line", "Third left line", "Fourth left line"]
    right = ["First line of the right column", "Second line of the right column", "Third line of the right column"]
    lines = [line("Regions", 200, 112)]
    lines += [line(text, 20, 118 + 14 * at) for at, text in enumerate(left)]
    lines += [line(text, 200, 131 + 14 * at) for at, text in enumerate(right)]
    regions = [region("section-header", 200, 112, 250, 122), region("text", 20, 118, 120, 190)]
    texts = " ".join(text for *_, text in told(leaf(lines, [*regions, region("text", 200, 131, 400, 175)])))
    assert texts.index("Fourth left") < texts.index("Regions") < texts.index("First line of the right")


def test_a_right_column_beside_a_picture_without_words_is_read_after_the_left_one():
    lines = [line(f"right {at} {PROSE}", 320, 80 + 14 * at) for at in range(8)]
    lines += [line("Figure 2: Gauges by year", 60, 230)]
    lines += [line(f"left {at} {PROSE}", 50, 270 + 14 * at) for at in range(8)]
    caption, left = region("caption", 55, 225, 250, 245), region("text", 50, 265, 290, 390)
    parts = [region("text", 318, 75, 560, 195), caption, left]
    assert [text.split()[0] for _, _, text in told(leaf(lines, parts))] == ["Figure", "left", "right"]
    read_across = [region("text", 318, 75, 560, 195), region("text", 55, 225, 250, 245), left]
    assert told(leaf(lines, read_across))[0][2].startswith("right")


def test_half_a_word_goes_on_in_the_part_below():
    lines = [line("They wrote a num-", 50, 100), line("ber and were gone.", 50, 128)]
    parts = [region("text", 48, 98, 200, 112), region("text", 48, 126, 200, 140)]
    (page,) = joined_over_breaks([leaf(lines, parts)])
    assert told(page) == [("text", 0, "They wrote a num-ber and were gone.")]


def test_labels_and_values_side_by_side_are_read_across():
    lines = [
        line(text, x, 100 + 30 * at)
        for at, pair in enumerate([("Name", "Harbour Ltd"), ("Seat", "Bergen"), ("Founded", "in spring")])
        for text, x in zip(pair, (50, 300), strict=True)
    ]
    regions = [region("text", 45, 95 + 30 * at, 200, 112 + 30 * at) for at in range(3)]
    regions += [region("text", 295, 95 + 30 * at, 500, 112 + 30 * at) for at in range(3)]
    texts = [text for _, _, text in told(leaf(lines, regions))]
    assert texts == ["Name", "Harbour Ltd", "Seat", "Bergen", "Founded", "in spring"]


def test_items_of_a_list_have_the_level_of_their_indent():
    lines = [line(text, x, 100 + 14 * at) for at, (text, x) in enumerate([("• a", 50), ("– b", 70), ("• c", 50)])]
    regions = [region("list-item", 40, 98 + 14 * at, 300, 111 + 14 * at) for at in range(3)]
    assert [(kind, level) for kind, level, _ in told(leaf(lines, regions))] == [("list", 1), ("list", 2), ("list", 1)]


def test_a_heading_that_only_the_model_sees_stands_below_all_others():
    lines = [line("Plain heading", 50, 100), line("Bold heading", 50, 130, bold=True), line(PROSE, 50, 150)]
    regions = [region("section-header", 40, 98, 300, 112), region("section-header", 40, 128, 300, 142)]
    found = told(leaf(lines, regions, typography=Typography(10.0, ((10.0, False, True),))))
    assert [(kind, level) for kind, level, _ in found] == [("heading", LOWEST), ("heading", 1), ("text", 0)]


def test_a_sentence_is_no_heading_whatever_the_model_says():
    found = told(leaf([line("We sold more. The rest follows", 50, 100)], [region("section-header", 40, 98, 300, 112)]))
    assert [kind for kind, _, _ in found] == ["text"]


def test_text_in_the_middle_of_a_page_is_no_running_head():
    lines = [line(PROSE, 50, 100 + 100 * at) for at in range(5)]
    regions = [region("text", 40, 95 + 100 * at, 500, 115 + 100 * at) for at in (0, 1, 3, 4)]
    regions.append(region("page-footer", 40, 295, 500, 315))
    assert [kind for kind, _, _ in told(leaf(lines, regions))] == ["text"] * 5


def test_a_foot_in_the_middle_of_a_page_with_nothing_below_it_is_one():
    lines = [line(PROSE, 50, 100), line("58", 300, 400)]
    found = told(leaf(lines, [region("text", 40, 95, 500, 115), region("page-footer", 290, 395, 320, 415)]))
    assert [kind for kind, _, _ in found] == ["text", "running"]


def test_a_figure_has_its_caption_and_its_box_and_leaves_its_labels_to_the_text():
    lines = [line("above", 50, 80), line("2024", 120, 280), line("2025", 220, 280), line("Figure 1: Sales", 100, 310)]
    regions = [
        region("text", 40, 75, 500, 95),
        region("picture", 100, 100, 400, 300),
        region("caption", 90, 305, 400, 325),
    ]
    read = leaf(lines, regions)
    assert told(read) == [("text", 0, "above"), ("text", 0, "2024 2025"), ("figure", 0, "Figure 1: Sales")]
    (figure,) = [block for block in read.blocks if isinstance(block, Figure)]
    assert (figure.place.box.x0, figure.place.box.y1) == (100.0, 300.0)


@pytest.mark.parametrize("source", ["Source: own survey", "资料来源：公司"])
def test_where_a_chart_comes_from_is_not_its_name(source):
    lines = [line("Revenue by region", 100, 80), line(source, 100, 305)]
    regions = [region("section-header", 95, 75, 400, 95), region("picture", 100, 100, 400, 300)]
    regions.append(region("caption", 90, 302, 400, 318))
    assert told(leaf(lines, regions)) == [("figure", 0, "Revenue by region"), ("caption", 0, source)]


@pytest.mark.parametrize("name", ["Chart 3. Sales by region", "图 3 各地区收入", "圖3：收入"])
def test_a_line_that_begins_like_a_caption_is_one(name):
    found = told(leaf([line(name, 100, 310)], [region("picture", 100, 100, 400, 300)]))
    assert found == [("figure", 0, name)]


def test_a_sentence_about_a_figure_is_no_caption():
    found = told(leaf([line("Figure 3 shows what we sold", 100, 310)], [region("picture", 100, 100, 400, 300)]))
    assert found == [("figure", 0, ""), ("text", 0, "Figure 3 shows what we sold")]


@pytest.mark.parametrize("box", [(100, 100, 120, 120), (0, 0, 600, 800), (40, 100, 560, 130), (500, 10, 560, 50)])
def test_specks_backgrounds_rules_and_logos_are_no_figures(box):
    assert told(leaf([line(PROSE, 50, 400)], [region("picture", *box)])) == [("text", 0, PROSE)]


def test_what_is_written_large_across_a_page_is_a_watermark_and_stands_last():
    words = [(100.0, 200.0, 300.0, 400.0, "DRAFT", 1, 0, 0)]
    found = told(leaf([Line(words, 60.0, False, 0), line(PROSE, 50, 100)], []))
    assert found == [("text", 0, PROSE), ("watermark", 0, "DRAFT")]


def test_large_words_in_the_middle_of_most_pages_are_a_watermark():
    pages = [([line(f"{PROSE} {at}", 50, 100), line("SAMPLE", 200, 400, size=40.0)], HEIGHT) for at in range(4)]
    found = told(leaf(pages[0][0], [], typography=typography(pages)))
    assert [kind for kind, _, _ in found] == ["text", "watermark"]


def test_a_title_set_large_and_level_in_a_font_with_tall_boxes_is_no_watermark():
    words = [(48.0, 20.0, 154.0, 59.0, "Revenue", 1, 0, 0), (163.0, 20.0, 320.0, 59.0, "byline", 1, 0, 1)]
    found = told(leaf([Line(words, 24.0, True, 0), line(PROSE, 50, 100)], []))
    assert [kind for kind, *_ in found] == ["heading", "text"]


def test_the_slanted_labels_of_a_chart_are_no_watermark():
    words = [(100.0, 200.0, 130.0, 230.0, "Norway", 1, 0, 0)]
    assert told(leaf([Line(words, 8.0, False, 0)], [])) == [("text", 0, "Norway")]


def test_hidden_words_are_kept_as_such_behind_the_others():
    raw = RawPage(1, WIDTH, HEIGHT, lines=[line("seen", 50, 100)], hidden=[line("unseen", 50, 200)])
    assert told(leaf_of(raw, None, Typography(10.0), None)[0]) == [("text", 0, "seen"), ("hidden", 0, "unseen")]


def test_a_heading_right_above_a_chart_that_only_the_model_sees_is_its_caption():
    lines = [line("Revenue by region", 100, 80), line("2024", 120, 280)]
    read = leaf(lines, [region("section-header", 95, 75, 400, 95), region("picture", 100, 100, 400, 300)])
    assert told(read) == [("figure", 0, "Revenue by region"), ("text", 0, "2024")]


@pytest.mark.parametrize("text", ["$427.4m", "否", "2025"])
def test_a_figure_or_a_tick_is_no_heading(text):
    found = told(leaf([line(text, 50, 100, size=20.0), line(PROSE, 50, 200)], [region("title", 40, 95, 300, 125)]))
    assert [kind for kind, _, _ in found] == ["text", "text"]


def test_the_words_of_the_running_head_set_large_are_the_title_of_a_cover():
    pages = [([line("Report", 50, 20, size=8.0), line(f"{PROSE} {at}", 50, 200)], HEIGHT) for at in range(5)]
    type_ = typography(pages)
    cover = leaf([line("Report", 50, 300, size=30.0, bold=True)], [], typography=type_)
    assert [kind for kind, _, _ in told(cover)] == ["heading"]
    assert told(leaf(pages[0][0], [], typography=type_))[0] == ("running", 0, "Report")


def test_a_note_in_small_type_is_a_footnote_though_the_model_takes_it_for_text():
    lines = [line(PROSE, 50, 100), line("1Code is publicly available.", 50, 700, size=8.0)]
    regions = [region("text", 40, 95, 500, 115), region("text", 40, 695, 500, 712)]
    assert [kind for kind, _, _ in told(leaf(lines, regions))] == ["text", "footnote"]


def test_the_lines_of_an_item_stay_together_however_they_are_set_in():
    lines = [line("For Educators who teach", 50, 100), line("at schools", 90, 112)]
    assert told(leaf(lines, [region("list-item", 40, 95, 500, 125)])) == [
        ("list", 1, "For Educators who teach at schools")
    ]


def span(text, page, x0, y0, x1, *, before="\n", kind="text"):
    return Span(text, Page(page, None, Box(x0, y0, x1, y0 + 10)), kind, before)


def befores(*pages):
    leaves = [Leaf(number, None, tuple(blocks)) for number, blocks in enumerate(pages, 1)]
    return [block.before for leaf in joined_over_breaks(leaves) for block in leaf.blocks]


@pytest.mark.parametrize(
    ("end", "start", "before"),
    [
        ("The fee rose", "by a half.", " "),
        ("The fee is set by inter-", "national law.", ""),
        ("The fee rose.", "by a half.", "\n"),
        ("公司实现营业收入十五", "亿元，同比增长", ""),
        ("公司实现营业收入十五亿元。", "同比增长", "\n"),
        ("We sold it to", "Norway in spring", " "),
        ("The fee rose", "• by a half", "\n"),
    ],
)
def test_a_sentence_goes_on_over_a_page_break_past_feet_heads_and_footnotes(end, start, before):
    first = [span(end, 1, 50, 700, 500), span("1 Note", 1, 50, 740, 90, kind="footnote")]
    second = [span("Report", 2, 50, 20, 90, kind="running"), span(start, 2, 50, 60, 500)]
    assert befores([*first, span("12", 1, 290, 780, 300, kind="running")], second)[-1] == before


def test_a_sentence_goes_on_at_the_top_of_the_next_column():
    column = [span("The fee rose", 1, 50, 700, 290), span("by a half.", 1, 320, 60, 500)]
    assert befores(column) == ["\n", " "]


def test_a_heading_or_a_line_that_ends_early_does_not_go_on():
    assert befores([span("Fees", 1, 50, 700, 90, kind="heading")], [span("by a half", 2, 50, 60, 500)])[-1] == "\n"
    wide = span("A line of the page", 1, 50, 600, 500)
    assert befores([wide, span("短行", 1, 50, 700, 120)], [span("下一段", 2, 50, 60, 500)])[-1] == "\n"
