"""Ruled lines in the picture of a scanned page: found where they make cells, and told from letters and photographs."""

import math
from collections.abc import Sequence

import numpy as np
import pymupdf
import pytest

from rag.reading.pdf.pages.paint.ink import Picture, drawn
from rag.reading.pdf.pages.scans.scanned_rules import level_ink, rules_in

SCALE = 200 / 72


@pytest.fixture
def page() -> pymupdf.Page:
    return pymupdf.open().new_page(width=400, height=500)


def grid(page: pymupdf.Page) -> None:
    for y in range(100, 301, 40):
        page.draw_line((50, y), (350, y), width=0.7)
    for x in (50, 150, 350):
        page.draw_line((x, 100), (x, 300), width=0.7)
    for y in range(125, 300, 40):
        page.insert_text((60, y), "Inventories of all kinds")


def scanned(page: pymupdf.Page, degrees: float = 0.0) -> Picture:
    """*page* as a scanner gives it, turned clockwise."""
    turned = pymupdf.open().new_page(width=400, height=500)
    picture = page.get_pixmap(dpi=200)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    height, width = picture.height, picture.width
    y, x = np.mgrid[:height, :width]
    down, across = y - height / 2, x - width / 2
    from_y = np.rint(height / 2 - across * sin + down * cos).astype(int).clip(0, height - 1)
    from_x = np.rint(width / 2 + across * cos + down * sin).astype(int).clip(0, width - 1)
    pixels = np.frombuffer(picture.samples, np.uint8).reshape(height, width, 3)[from_y, from_x]
    turned.insert_image(turned.rect, pixmap=pymupdf.Pixmap(pymupdf.csRGB, width, height, pixels.tobytes(), False))
    return drawn(turned, SCALE)


@pytest.mark.parametrize("degrees", [0.0, 1.5, -1.5])
def test_lines_that_make_cells_are_found_level_however_the_page_lay(page: pymupdf.Page, degrees: float) -> None:
    grid(page)
    found = rules_in(level_ink(scanned(page, degrees), math.radians(degrees)), SCALE)
    level = [rule for rule in found if rule[2] - rule[0] > rule[3] - rule[1]]
    upright = [rule for rule in found if rule not in level]
    assert nearest([(y0 + y1) / 2 for _, y0, _, y1 in level], range(100, 301, 40)) == set(range(100, 301, 40))
    assert nearest([(x0 + x1) / 2 for x0, _, x1, _ in upright], (50, 150, 350)) == {50, 150, 350}


def nearest(found: Sequence[float], drawn_at: Sequence[int]) -> set[int]:
    """Which of the lines *drawn_at* those *found* are; each is at most two points off."""
    places = {min(drawn_at, key=lambda at: abs(at - one)): one for one in found}
    assert all(abs(at - one) < 2 for at, one in places.items())
    return set(places)


def test_lines_that_cross_none_are_left_to_what_the_words_say(page: pymupdf.Page) -> None:
    for y in range(100, 301, 40):
        page.draw_line((50, y), (350, y))
        page.insert_text((60, y - 10), "Inventories of all kinds", fontsize=16)
    assert rules_in(level_ink(scanned(page), 0.0), SCALE) == []


def test_bars_and_photographs_have_none() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (1_000, 800, 3)).astype(np.uint8)
    picture[100:200, 100:700] = 0
    assert rules_in(level_ink(picture, 0.0), SCALE) == []
