"""Arabic and Hebrew: words from right to left, whatever their order in the file; paragraphs begin on the right."""

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line, flows
from rag.reading.pdf.blocks.leftwards import runs_left
from rag.reading.pdf.blocks.part_blocks import prose
from rag.records import Box, Page


def line(words, y, *, right=400.0):
    """*words*, the first at the *right*, as a PDF may have them: from left to right."""
    found, at = [], right
    for count, word in enumerate(words):
        found.append((at - 5 * len(word), y, at, y + 10, word, int(y), 0, count))
        at -= 5 * len(word) + 3
    return Line(found[::-1], 10.0, False, 0)


def paragraphs(lines):
    def place(box):
        return Page(1, None, Box(*box))

    spans = [
        span for flow in flows(lines) for span in prose(flow, Typography(10.0), place, lambda word, at: (word, word))
    ]
    return "".join(span.before + span.text for span in spans).strip().split("\n")


def test_words_follow_each_other_from_right_to_left_and_latin_ones_between_them_as_they_stand():
    read = line(["هذا", "نص", "Word", "2024", "وكلمة", "2023", "2024"], 100)
    at = {word[4]: word for word in read.words}
    assert at["Word"][0] > at["2024"][0]
    (found,) = paragraphs([read])
    assert found.split()[:2] == ["هذا", "نص"]
    assert found.split()[2:4] == ["2024", "Word"]
    assert found.split()[4:] == ["وكلمة", "2023", "2024"]


def test_the_last_short_line_of_a_paragraph_belongs_to_it_and_the_next_begins_anew():
    full = ["كلمات", "تملأ", "هذا", "السطر", "إلى", "آخره", "تماما"]
    assert paragraphs([line(full, 100), line(full, 112), line(["نهاية"], 124), line(full, 136), line(full, 148)]) == [
        " ".join([*full, *full, "نهاية"]),
        " ".join([*full, *full]),
    ]


def test_a_page_number_far_to_the_left_comes_last():
    title, number = line(["الأرقام"], 100), line(["٤"], 100, right=100.0)
    assert paragraphs([number, title]) == ["الأرقام ٤"]


def test_most_letters_tell_the_script():
    assert runs_left("שלום 12")
    assert not runs_left("The word שלום means peace")
    assert not runs_left("中文 2024")
