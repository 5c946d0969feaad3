"""Labels of rows that were broken where the column of labels ends."""

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.records import Span, Table

TYPE = Typography(10.0, ((14.0, True), (10.0, True)))


def line(x, y, text, *, bold=False):
    words, left = [], float(x)
    for count, word in enumerate(text.split(" ")):
        words.append((left, y, left + 5 * len(word), y + 10, word, int(y * 10 + x), 0, count))
        left += 5 * len(word) + 2.5
    return Line(words, 10.0, bold=bold, way=0)


def companies(last, pitch):
    """Four rows, and one whose label has its *last* word in a line of its own, *pitch* below."""
    lines = [line(60, 100, "Entity"), line(240, 100, "Country"), line(400, 100, "Share")]
    for at in range(4):
        y = 114 + 14 * at
        lines += [line(60, y, f"Arden Services {at}"), line(240, y, "Norway"), line(400, y, f"5{at}.5")]
    lines += [line(60, 170, "Boreal Industrial and Trading Company")]
    lines += [line(60, 170 + pitch, last), line(240, 170 + pitch, "Portugal"), line(400, 170 + pitch, "80.0")]
    return lines


def blocks(lines, *more):
    region = Region("table", (50, 95, 590, 300), tuple(one.words[0][1] - 1 for one in lines[3:]), (232, 380))
    return leaf_of(RawPage(1, 600, 800, lines=lines, regions=(*more, region)), None, TYPE, None)[0].blocks


def labels(lines):
    (found,) = [block for block in blocks(lines) if isinstance(block, Table)]
    return [row[0].text for row in found.rows]


def test_a_label_goes_on_in_the_next_line_where_its_next_word_had_no_room():
    assert labels(companies("Limited", 10.5))[-1] == "Boreal Industrial and Trading Company Limited"


def test_a_label_alone_in_its_line_is_a_row_of_its_own_where_lines_are_as_far_apart_as_rows():
    assert labels(companies("Limited", 14))[-2:] == ["Boreal Industrial and Trading Company", "Limited"]


def test_a_line_that_the_model_takes_for_a_table_is_none():
    lines = companies("Limited", 10.5)
    name = line(200, 70, "Note 31 Subsidiaries", bold=True)
    found = blocks([name, *lines], Region("table", (198, 68, 320, 82)))
    assert [len(block.rows) for block in found if isinstance(block, Table)] == [5]
    assert not any(isinstance(block, Span) and "Arden" in block.text for block in found)


def test_a_label_or_a_head_broken_at_a_soft_hyphen_is_one_word_again():
    lines = [line(60, 100, "Entity"), line(240, 100, "Con\u00ad"), line(240, 110, "sumers"), line(400, 100, "Share")]
    for at in range(3):
        y = 130 + 30 * at
        lines += [line(60, y, "Arden Adhe\u00ad"), line(60, y + 10, f"sives {at}")]
        lines += [line(240, y + 10, f"{at}0.5"), line(400, y + 10, f"5{at}.5")]
    region = Region("table", (50, 95, 590, 300), (125, 155, 185), (232, 380))
    raw = RawPage(1, 600, 800, lines=lines, regions=(region,))
    (found,) = [block for block in leaf_of(raw, None, TYPE, None)[0].blocks if isinstance(block, Table)]
    assert [cell.text for cell in found.head.header[-1]] == ["Entity", "Consumers", "Share"]
    assert [row[0].text for row in found.rows] == ["Arden Adhesives 0", "Arden Adhesives 1", "Arden Adhesives 2"]
