"""Raised figures are no figures of the number, nor letters of the word, that they stand behind."""

from collections.abc import Callable

import pymupdf
import pytest

from rag.reading import read
from rag.reading.numbers import number_of
from rag.reading.pdf.pages.paint.page_paint import PagePaint
from rag.reading.pdf.pages.words.page_text import text_of
from rag.records import Leaf, Table, Upload


def write(page: pymupdf.Page, y: float, *runs: str, x: float = 60) -> float:
    """*runs* in a line, every second one raised; where they end."""
    for at, run in enumerate(runs):
        size, up = (6.5, 4) if at % 2 else (11, 0)
        page.insert_text((x, y - up), run, fontsize=size)
        x += pymupdf.get_text_length(run, fontsize=size)
    return x


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("Revenue", "3", " rose"), "Revenue ³ rose"),
        (("rose to 1,234", "3", ", as"), "rose to 1,234 ³, as"),
        (("34.2%", "12", " more"), "34.2% ¹² more"),
        (("in 2024", "1,2", " only"), "in 2024 ¹,² only"),
        (("it fell.", "4", " Then"), "it fell.⁴ Then"),
        (("500 m", "2", " of"), "500 m² of"),
        (("the 21", "st", " of"), "the 21st of"),
        (("Revenue 3", " ", "rose"), "Revenue 3 rose"),
    ],
)
def test_raised_figures_are_written_raised_and_apart(runs: tuple[str, ...], text: str) -> None:
    page = pymupdf.open().new_page()
    write(page, 100, *runs)
    (line,) = text_of(page, PagePaint(page)).lines
    assert " ".join(word[4] for word in line.words) == text
    assert all(left[2] <= right[0] + 0.1 for left, right in zip(line.words, line.words[1:], strict=False))


def test_the_first_pass_writes_them_so_too() -> None:
    page = pymupdf.open().new_page()
    for row in range(10):
        write(page, 100 + 20 * row, "Revenue of the whole group", "3", " rose to 1,234", "3", " million")
    assert {line.words[0][4] for line in text_of(page, PagePaint(page), plain=True).lines} == {
        "Revenue of the whole group ³ rose to 1,234 ³ million"
    }


def test_a_figure_in_a_table_keeps_its_value(
    pdf: Callable[..., Upload], leaves: Callable[[Upload], list[Leaf]]
) -> None:
    def draw(page: pymupdf.Page, _: int) -> None:
        for row, (label, one, two) in enumerate(
            (("Revenue", "1,234", "1,102"), ("Costs", "(812)", "(790)"), ("Profit", "422", "312"))
        ):
            write(page, 100 + 20 * row, label, "1")
            write(page, 100 + 20 * row, one, "3", x=300)
            write(page, 100 + 20 * row, two, x=400)

    (table,) = (block for block in next(read(pdf(draw)).leaves).blocks if isinstance(block, Table))
    found = [[number_of(cell.text) for cell in row[1:]] for row in table.rows]
    assert found == [[1234, 1102], [-812, -790], [422, 312]]
