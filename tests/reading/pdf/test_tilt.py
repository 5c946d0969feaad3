import math

import pytest

from rag.reading.pdf.raw_page import RawPage


def test_the_box_of_a_word_on_a_sloping_scan_is_where_it_is_seen():
    raw = RawPage(1, 600, 800, tilt=math.radians(1))
    assert raw.shown((290, 395, 310, 405)) == pytest.approx((290, 395, 310, 405))
    right = raw.shown((580, 395, 600, 405))
    assert (right[1] - 395, right[3] - right[1]) == pytest.approx((5.06, 10), abs=0.01)
    assert RawPage(1, 600, 800).shown((1, 2, 3, 4)) == (1, 2, 3, 4)
