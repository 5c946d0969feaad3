import math

import numpy as np
import pytest

from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.pages.scans.ocr import _tilt


def test_the_box_of_a_word_on_a_sloping_scan_is_where_it_is_seen():
    raw = RawPage(1, 600, 800, tilt=math.radians(1))
    assert raw.shown((290, 395, 310, 405)) == pytest.approx((290, 395, 310, 405))
    right = raw.shown((580, 395, 600, 405))
    assert (right[1] - 395, right[3] - right[1]) == pytest.approx((5.06, 10), abs=0.01)
    assert RawPage(1, 600, 800).shown((1, 2, 3, 4)) == (1, 2, 3, 4)


@pytest.mark.parametrize("degrees", [-1.3, -0.3, 0.0, 0.6, 2.0])
def test_the_slope_of_a_scan_is_told_from_its_rows_though_boxes_are_coarse(degrees):
    slope = math.tan(math.radians(degrees))
    boxes = []
    for row in range(30):
        for x0, x1 in ((100, 500), (700, 860), (1000, 1180)):
            corners = [(x0, 0), (x1, 0), (x1, 36), (x0, 36)]
            box = [(x, 200 + 50 * row + y + x * slope + (row * 7 + x) % 3 - 1) for x, y in corners]
            boxes.append(np.round(np.asarray(box, np.float32)))
    assert math.degrees(_tilt(boxes)) == pytest.approx(degrees, abs=0.2)
