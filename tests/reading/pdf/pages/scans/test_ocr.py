import math
import socket
import subprocess
import sys

import numpy as np
import pymupdf
import pytest

from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.pages import deep_page
from rag.reading.pdf.pages.paint.ink import drawn
from rag.reading.pdf.pages.scans.ocr import Ocr, half_turned
from rag.reading.pdf.pages.scans.traced_page import regions_of_words
from rag.reading.pdf.processes.page_reader import raw_pages

ENGLISH = ["Net sales rose by 12.5% to", "1,234,567.89 in 2023 (2022: 987)"]
CHINESE = ["营业收入人民币1,234.5万元", "同比增长百分之八，净利润"]


def write(page):
    for at, text in enumerate(ENGLISH):
        page.insert_text((72, 100 + 30 * at), text, fontsize=14)
    for at, text in enumerate(CHINESE):
        page.insert_htmlbox((72, 170 + 30 * at, 380, 200 + 30 * at), f"<p style='font-size:14px'>{text}</p>")


@pytest.fixture(scope="module")
def picture():
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=300)
        write(page)
        return drawn(page, 2.0)


@pytest.fixture(scope="module")
def ocr():
    return Ocr()


@pytest.fixture
def no_network(monkeypatch):
    def refused(*_, **__):
        raise AssertionError("nothing may be downloaded")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def spelt(lines):
    return [" ".join(word[4] for word in line.words) for line in lines]


def test_english_and_chinese_are_read_word_by_word_without_a_network_and_silently(ocr, picture, no_network, capfd):
    read = ocr.words(picture, 2.0)
    assert spelt(read.lines) == ENGLISH + CHINESE
    assert read.confidence > 0.9
    assert capfd.readouterr() == ("", "")
    first = read.lines[0].words[0]
    assert first[:4] == pytest.approx((72, 88, 96, 104), abs=4)
    assert 11 < read.lines[0].size < 17


@pytest.mark.parametrize(("turns", "way"), [(1, 3), (2, 2)])
def test_a_page_that_lay_sideways_on_the_scanner_is_read_too(ocr, picture, turns, way):
    read = ocr.words(np.rot90(picture, turns), 2.0)
    assert spelt(read.lines) == ENGLISH + CHINESE
    assert {line.way for line in read.lines} == {way}


def test_a_line_upside_down_is_cut_out_of_a_page_that_is_turned_to_be_read(ocr, picture):
    height, width = picture.shape[:2]
    box = np.asarray([[140, 170], [520, 170], [520, 212], [140, 212]], np.float32)
    other = np.ascontiguousarray(np.rot90(picture, 2))
    upended = ocr._cut(other, half_turned(box, width, height))
    assert np.abs(upended[::-1, ::-1].astype(int) - ocr._cut(picture, box)).mean() < 8


@pytest.mark.parametrize("turns", [0, 2])
def test_handwriting_does_not_turn_a_page_upside_down(ocr, picture, turns):
    signed = picture.copy()
    for at in range(0, 420, 2):
        y = round(500 + 35 * math.sin(at / 17) + 14 * math.sin(at / 5))
        signed[y : y + 5, 140 + at : 144 + at] = 20
    read = ocr.words(np.rot90(signed, turns), 2.0)
    assert set(ENGLISH) <= set(spelt(read.lines))


def test_no_line_is_read_twice_to_learn_how_a_page_lay(ocr, picture, monkeypatch):
    cut = []
    monkeypatch.setattr(Ocr, "_recognized", lambda own, *args: cut.append(1) or recognized(own, *args))
    assert len(ocr.words(picture, 2.0).lines) == len(cut)


recognized = Ocr._recognized


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_scan_that_lay_sideways_is_laid_out_as_it_is_read_and_its_boxes_are_where_it_is_seen(pdf, picture, turns):
    shown = np.rot90(picture, turns)
    height, width = shown.shape[:2]
    pixels = pymupdf.Pixmap(pymupdf.csRGB, width, height, np.ascontiguousarray(shown).tobytes(), False)
    upload = pdf(lambda page, number: page.insert_image(page.rect, pixmap=pixels), size=(width / 2, height / 2))
    with pymupdf.open(upload.path) as document:
        (raw,) = raw_pages(document, [1], deep=True)
    assert (spelt(raw.lines), {line.way for line in raw.lines}) == (ENGLISH + CHINESE, {0})
    assert ((raw.width, raw.height), raw.size) == ((400, 300), (width / 2, height / 2))
    first = raw.shown(raw.lines[0].words[0][:4])  # at (72, 88) to (96, 104) before it was turned
    x0, y0, x1, y1 = {1: (88, 304, 104, 328), 2: (304, 196, 328, 212), 3: (196, 72, 212, 96)}[turns]
    assert first == pytest.approx((x0, y0, x1, y1), abs=4)


def test_a_page_of_nothing_has_no_words(ocr):
    assert ocr.words(np.full((300, 300, 3), 255, np.uint8), 2.0) == ([], 0.0, 0.0, 0)


def test_only_pages_without_good_text_are_read_by_ocr(pdf, monkeypatch):
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=300)
        write(page)
        scan = page.get_pixmap(dpi=150).tobytes("png")
        white = document.new_page(width=400, height=300).get_pixmap(dpi=50).tobytes("png")

    def draw(page, number):
        match number:
            case 1:
                write(page)
                page.insert_textbox((72, 230, 350, 300), "The revenue of the year and of the one before. " * 3)
            case 2:
                page.insert_image(page.rect, stream=scan)
            case 4:
                page.insert_image(page.rect, stream=white)
            case 5:
                page.insert_textbox((72, 60, 350, 280), "5HYHQXH DQG FRVW RI VDOHV " * 9)

    called = []
    monkeypatch.setattr(deep_page, "regions_of", lambda page: ())
    monkeypatch.setattr(deep_page, "regions_of_words", lambda *args: ())
    read = Ocr.words
    monkeypatch.setattr(Ocr, "words", lambda *args, **how: called.append(1) or read(*args, **how))
    upload = pdf(draw, 5, size=(400, 300))
    with pymupdf.open(upload.path) as document:
        first = list(raw_pages(document, range(1, 6), deep=False))
        deep = list(raw_pages(document, range(1, 6), deep=True))
    assert [page.kind for page in first] == ["text", "scanned", "blank", "scanned", "garbled"]
    assert [page.kind for page in deep] == ["text", "scanned", "blank", "blank", "garbled"]
    assert len(called) == 2
    assert spelt(deep[1].lines) == ENGLISH + CHINESE
    assert [page.confidence is not None for page in deep] == [False, True, False, False, True]


STATEMENT = """
In millions of dollars|2023|2022
Revenue|5,000|4,800
Cost of sales|(3,800)|(3,720)
Gross profit|1,200|1,080
Selling expenses|(300)|(280)
Administrative expenses|(200)|(190)
Operating profit|700|610
Net income|530|460
"""


def test_a_table_on_a_scan_is_seen_by_the_layout_models():
    def line(x, y, text):
        return Line([(x, y, x + 5.5 * len(text), y + 12, text, 0, 0, 0)], 10.0, bold=False, way=0)

    prose = "The net revenue of the company rose in the year because of prices"
    lines = [line(60.0, 80.0 + 16 * at, prose) for at in range(6)]
    for at, row in enumerate(STATEMENT.strip().splitlines()):
        lines += [line(x, 200.0 + 18 * at, text) for x, text in zip((60.0, 300.0, 420.0), row.split("|"), strict=True)]
    (table,) = [region for region in regions_of_words(lines, 595.0, 842.0) if region.kind == "table"]
    assert table.box == pytest.approx((60, 201, 458, 336), abs=6)
    assert regions_of_words([line._replace(way=1) for line in lines], 595.0, 842.0) == ()


def test_the_first_pass_does_not_load_ocr():
    code = "import sys, rag.reading.pdf.reader; print({'rapidocr', 'cv2', 'onnxruntime'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
