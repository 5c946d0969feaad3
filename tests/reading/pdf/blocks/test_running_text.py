"""Running text of pages by many makers: what belongs to it, where it goes on, and what heads it."""

import pytest

from rag.reading.pdf.blocks.headings import Typography, typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.blocks.page_breaks import joined_over_breaks
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.records import Figure, Span, Table

WIDTH, HEIGHT = 600.0, 800.0
FULL = "words that fill this line nearly to its very end here"


def line(text, x, y, *, size=10.0, bold=False, way=0):
    words, at = [], x
    for count, word in enumerate(text.split(" ")):
        end = at + len(word) * size / 2
        box = (at, y, end, y + size) if way == 0 else (y, at, y + size, end)
        words.append((*box, word, int(y * 10), int(x * 10), count))
        at = end + size / 4
    return Line(words, size, bold, way)


def region(kind, *box):
    return Region(kind, tuple(map(float, box)))


def told(lines, regions, type_=None):
    """Kind, level and text of each paragraph, and ``figure`` for a figure."""
    raw = RawPage(1, WIDTH, HEIGHT, lines=lines, regions=tuple(regions))
    leaf = leaf_of(raw, None, type_ or Typography(10.0), None)[0]
    (leaf,) = joined_over_breaks([leaf])
    found = []
    for block in leaf.blocks:
        if not isinstance(block, Span):
            found.append(("figure" if isinstance(block, Figure) else "table", 0, ""))
        elif found and "\n" not in block.before and found[-1][0] == block.kind:
            found[-1] = (block.kind, block.level, found[-1][2] + block.before + block.text)
        else:
            found.append((block.kind, block.level, block.text))
    return found


def body(top=300):
    """Lines of a paragraph and their region."""
    return [line(FULL + "." * (at == 2), 60, top + 12 * at) for at in range(3)], region("text", 58, top, 400, top + 36)


def test_the_rest_of_a_sentence_at_the_top_of_a_page_is_no_running_head():
    lines, text = body()
    found = told([line("reference file or not.", 60, 50), *lines], [region("page-header", 58, 48, 250, 62), text])
    assert found[0] == ("text", 0, "reference file or not.")
    found = told([line("年度报告如上所述。", 60, 50), *lines], [region("page-header", 58, 48, 250, 62), text])
    assert found[0] == ("text", 0, "年度报告如上所述。")


@pytest.mark.parametrize("head", ["annual report", "Reported by Harbourlight Inc."])
def test_what_says_no_sentence_stays_a_running_head(head):
    lines, text = body()
    found = told([line(head, 60, 50), *lines], [region("page-header", 58, 48, 300, 62), text])
    assert found[0] == ("running", 0, head)


def test_a_numbered_head_beside_the_number_of_the_page_runs_and_heads_nothing():
    lines, text = body()
    head = line("2.1 Languages and encodings", 300, 50, bold=True)
    apart = [region("page-header", 298, 48, 480, 62), region("page-header", 58, 48, 80, 62)]
    found = told([line("12", 60, 50), head, *lines], [*apart, text])
    assert [kind for kind, *_ in found] == ["running", "running", "text"]
    found = told([line("12", 60, 50), head, *lines], [region("page-header", 58, 48, 480, 62), text])
    assert [kind for kind, *_ in found] == ["running", "text"]


def test_both_halves_of_a_running_head_run():
    lines, text = body()
    heads = [line("Harbourlight Institute", 60, 50), line("2 Parameters", 450, 50)]
    for kind in ("page-header", "text", "footnote"):
        regions = [region("page-header", 58, 48, 200, 62), region(kind, 448, 48, 540, 62), text]
        assert [kind for kind, *_ in told([*heads, *lines], regions)] == ["running", "running", "text"]


def test_a_line_at_the_top_that_stands_close_to_a_running_head_or_is_long_does_not_run():
    lines, text = body()
    regions = [region("page-header", 58, 48, 90, 62), region("text", 92, 48, 200, 62), text]
    assert [kind for kind, *_ in told([line("Notes", 60, 50), line("go on", 95, 50), *lines], regions)][1] == "text"


def test_a_numbered_heading_that_is_taken_for_a_running_head_still_heads_what_follows():
    lines, text = body()
    found = told(
        [line("2.1 Languages and encodings", 60, 50, bold=True), *lines], [region("page-header", 58, 48, 480, 62), text]
    )
    assert found[0][0] == "heading"


def test_the_number_of_a_page_is_none_of_its_titles_however_large():
    lines, text = body()
    found = told([line("42", 60, 50, size=14.0), *lines], [region("page-header", 58, 48, 80, 66), text])
    assert found[0] == ("running", 0, "42")


def test_the_lines_of_a_letterhead_run_with_its_first_line():
    def page(number):
        head = ["Harbourlight Surveyors", "Quay Street 14", "harbourlight.example"]
        letterhead = [line(text, 60, 62 + 12 * at) for at, text in enumerate(head)]
        return [*letterhead, *[line(f"{FULL} {number}{at}", 60, 150 + 12 * at) for at in range(5)]], HEIGHT

    type_ = typography(page(number) for number in range(4))
    found = told(page(1)[0], [region("text", 58, 60, 300, 100), region("text", 58, 148, 500, 212)], type_)
    assert [kind for kind, *_ in found] == ["running", "text"]


def test_the_first_line_below_the_margin_that_all_pages_share_is_no_letterhead():
    def page(number):
        return [line("Surveyors", 60, 40), *[line(f"{FULL} {at}", 60, 120 + 12 * at) for at in range(5)]], HEIGHT

    assert typography(page(number) for number in range(4)).running == {"Surveyors"}


def test_a_foot_that_runs_on_all_pages_is_no_part_of_the_picture_it_stands_in():
    type_ = Typography(10.0, running=frozenset({"How to package", "0", "0 / 0"}))
    lines = [
        line("Upstream source", 60, 300),
        line("40", 60, 500),
        line("How to package", 60, 560),
        line("9 / 90", 300, 560),
    ]
    found = told(lines, [region("picture", 50, 250, 500, 580)], type_)
    assert [(kind, text) for kind, _, text in found if kind != "figure"] == [
        ("text", "Upstream source"), ("text", "40"), ("running", "How to package 9 / 90"),
    ]  # fmt: skip


def test_the_figures_of_an_axis_stay_words_though_pages_have_numbers():
    type_ = Typography(10.0, running=frozenset({"0"}))
    found = told([line("10", 100, 300), line("20", 200, 300)], [region("picture", 50, 250, 500, 580)], type_)
    assert [kind for kind, *_ in found if kind != "figure"] == ["text"]


def test_what_begins_with_a_bullet_is_no_heading():
    lines, text = body()
    found = told(
        [line("• The second mode", 60, 280, bold=True), *lines], [region("section-header", 58, 278, 300, 292), text]
    )
    assert [kind for kind, *_ in found] == ["list", "text"]


def test_a_paragraph_some_lines_of_which_are_bold_stays_one():
    lines = [
        line("A description is unformatted. It should", 60, 300),
        line("not repeat the caption but capture all", 60, 312, bold=True),
        line("that is important in the picture or be", 60, 324),
        line("left out.", 60, 336),
    ]
    found = told(lines, [region("text", 58, 298, 260, 348)])
    assert [(kind, text[-9:]) for kind, _, text in found] == [("text", "left out.")]


def test_a_bold_line_above_a_paragraph_still_heads_it():
    lines, _ = body(312)
    found = told([line("Costs and prices", 60, 300, bold=True), *lines], [region("text", 58, 298, 400, 350)])
    assert [kind for kind, *_ in found] == ["heading", "text"]


@pytest.mark.parametrize("first", ["Long-standing and well-", "Der Verkehrs-"])
def test_the_first_line_of_a_paragraph_that_ends_in_half_a_word_is_no_heading(first):
    lines = [line(first, 60, 300, bold=True), line("known friends came by train.", 60, 312)]
    found = told(lines, [region("section-header", 58, 298, 300, 311), region("text", 58, 311, 400, 324)])
    assert [kind for kind, *_ in found] == ["text"]


def test_a_sentence_goes_on_in_the_next_region_right_below():
    above, below = body(300), body(336)
    lines = [
        *above[0][:2],
        line("words that fill this line nearly to its very end and", 60, 324),
        line("so on.", 60, 336),
    ]
    found = told(lines, [region("text", 58, 298, 400, 335), region("list-item", 58, 336, 400, 347)])
    assert [kind for kind, *_ in found] == ["text"]
    assert found[0][2].endswith("end and so on.")
    assert below


def test_a_short_line_ends_its_paragraph_though_the_next_begins_in_small_letters():
    lines = [*body(300)[0][:2], line("copy the file", 60, 324), line("so on and on.", 60, 336)]
    found = told(lines, [region("text", 58, 298, 400, 335), region("text", 58, 336, 400, 347)])
    assert len(found) == 2


def test_each_line_of_a_table_of_contents_stands_for_itself():
    lines = [
        line(f"{text} {'.' * 60} {at}", 60, 300 + 12 * at)
        for at, text in enumerate(["Quick start", "install it", "Output"])
    ]
    found = told(lines, [region("text", 58, 298, 500, 340)])
    assert [text[:5] for _, _, text in found] == ["Quick", "insta", "Outpu"]


def test_words_that_run_upwards_in_a_picture_are_no_heading():
    lines, text = body()
    upwards = line("work", 500, 200, size=20.0, way=1)
    found = told([*lines, upwards], [text, region("picture", 150, 480, 350, 640)])
    assert [kind for kind, *_ in found if kind != "figure"] == ["text", "text"]


def test_the_name_of_a_figure_without_a_picture_is_a_caption_and_heads_nothing():
    lines, text = body()
    found = told(
        [line("Figure 2-1: A first page", 60, 280, bold=True), *lines],
        [region("section-header", 58, 278, 300, 292), text],
    )
    assert [kind for kind, *_ in found] == ["caption", "text"]


def test_the_next_item_of_a_list_is_no_heading_and_counts_on_over_the_items_below_the_last():
    lines = [
        line("A. The first way", 60, 300), line("• by sea", 80, 312), line("B. The second way", 60, 324),
        line("• by land", 80, 336), line("C. The last way", 60, 348),
    ]  # fmt: skip
    kinds = ["list-item", "list-item", "text", "list-item", "section-header"]
    regions = [region(kind, 58, 298 + 12 * at, 300, 310 + 12 * at) for at, kind in enumerate(kinds)]
    assert [(kind, level) for kind, level, _ in told(lines, regions)] == [
        ("list", 1), ("list", 2), ("list", 1), ("list", 2), ("list", 1),
    ]  # fmt: skip


def test_a_picture_beside_a_paragraph_does_not_part_its_lines():
    lines = [line("• features. Sequences and", 60, 300), line("the rest of this item", 60, 312)]
    regions = [region("list-item", 58, 298, 250, 324), region("picture", 300, 200, 550, 305)]
    found = told([*lines, line("below", 300, 330)], regions)
    assert [kind for kind, *_ in found if kind != "figure"] == ["list", "text"]
    assert not any(isinstance(one, Table) for one in found)
