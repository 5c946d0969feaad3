from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.pages.scans.lines_in_cells import in_cells


def line(*words):
    return Line([(x0, 100.0, x1, 112.0, text, 7, 0, at) for at, (x0, x1, text) in enumerate(words)], 10.0, False, 0)


def border(x):
    return (x - 0.5, 60.0, x + 0.5, 200.0)


def spelt(lines):
    return [[word[4] for word in line.words] for line in lines]


def test_a_line_that_was_read_over_a_border_is_two():
    read = line((60.0, 66.0, "3"), (88.0, 100.0, "07"), (104.0, 126.0, "Mar"))
    assert spelt(in_cells([read], [border(80.0)])) == [["3"], ["07", "Mar"]]


def test_a_word_that_was_read_over_a_border_is_cut_there():
    read = line((60.0, 160.0, "1,2345,678"))
    (left, right) = in_cells([read], [border(110.0)])
    assert spelt([left, right]) == [["1,234"], ["5,678"]]
    assert (left.words[0][2], right.words[0][0]) == (110.0, 110.0)


def test_borders_beside_a_line_and_rules_below_it_part_nothing():
    read = line((60.0, 160.0, "1,234,567"))
    assert in_cells([read], [border(61.0), (50.0, 113.0, 200.0, 114.0), (100.0, 120.0, 101.0, 200.0)]) == [read]
