"""What is drawn twice, a hair apart, is read once; what stands twice is read twice."""

import pytest

from rag.reading import read
from rag.records import joined


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("off", [0.0, 0.3, 1.0])
def test_a_shadowed_title_and_a_figure_made_bold_are_read_once(pdf, plain, off):
    def draw(page, _):
        for x, y, text, size in ((72, 80, "HIGHLIGHTS OF 2024", 24), (300, 200, "1,234", 11), (72, 200, "Revenue", 11)):
            page.insert_text((x, y), text, fontsize=size)
            page.insert_text((x + off, y + off), text, fontsize=size)
        for row in range(3):
            page.insert_text((72, 260 + 12 * row), "The same line stands here three times, one below the other.")
            page.insert_text((420, 260 + 12 * row), "55")
        page.insert_text(
            (72, 400), "More is told of it below, so that the page has words enough to be a page of a report."
        )

    (leaf,) = read(pdf(draw), plain=plain).leaves
    words = joined([block for block in leaf.blocks if hasattr(block, "text")]).split()
    assert (words.count("HIGHLIGHTS"), words.count("1,234"), words.count("Revenue")) == (1, 1, 1)
    assert (words.count("three"), words.count("55")) == (3, 3)
