import io

import pymupdf
import pytest

from rag.errors import DamagedFile, FileGone, LockedFile, NoSuchPage
from rag.reading.pdf.pages.page_drawing import LONGEST_SIDE, MOST_PIXELS
from rag.reading.pdf.processes.page_image import draw


def one_word(page, _):
    page.insert_text((200, 300), "Evidence", fontsize=24)


def turned(document):
    document[0].set_rotation(90)


def cropped(document):
    document[0].set_cropbox(pymupdf.Rect(100, 150, 500, 600))


def both(document):
    cropped(document)
    turned(document)


def darkness(image, box, scale):
    """The share of dark pixels in *box*, and the number of dark pixels outside it."""
    pixmap = pymupdf.Pixmap(io.BytesIO(image.png).getvalue())
    inside = outside = 0
    left, top, right, bottom = (edge * scale for edge in box)
    for y in range(pixmap.height):
        for x in range(pixmap.width):
            if sum(pixmap.pixel(x, y)) < 380:
                if left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1:
                    inside += 1
                else:
                    outside += 1
    return inside / max(1, (right - left) * (bottom - top)), outside


@pytest.mark.parametrize("finish", [None, turned, cropped, both], ids=["plain", "turned", "cropped", "both"])
def test_a_box_times_the_scale_is_where_the_word_is_on_the_picture(finish, pdf, leaves):
    upload = pdf(one_word, finish=finish)
    (leaf,) = leaves(upload)
    (span,) = leaf.blocks
    image = draw(upload.path, 1, 1.5)
    assert (image.width, image.height) == pytest.approx((leaf.width * 1.5, leaf.height * 1.5), abs=1)
    share, outside = darkness(image, span.place.box, image.scale)
    assert share > 0.1
    assert outside == 0


def test_a_picture_knows_its_page(pdf):
    def labelled(document):
        document.set_page_labels([{"startpage": 0, "prefix": "F-", "style": "D", "firstpagenum": 7}])

    image = draw(pdf(one_word, 3, finish=labelled).path, 2)
    assert (image.number, image.printed, image.count, image.scale) == (2, "F-8", 3, 2.0)
    assert image.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("size", [(14_400, 14_400), (14_400, 20), (3, 14_400), (595, 842)])
def test_a_picture_of_a_huge_page_fits_into_memory_and_says_its_scale(size, pdf):
    image = draw(pdf(lambda page, _: None, size=size).path, 1, 8.0)
    assert max(image.width, image.height) <= LONGEST_SIDE + 1
    assert image.width * image.height <= MOST_PIXELS * 1.01
    assert image.width == pytest.approx(size[0] * image.scale, abs=1.5)


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_page_that_is_not_there_is_told(number, pdf):
    with pytest.raises(NoSuchPage, match=rf"report\.pdf has no page or sheet {number}"):
        draw(pdf(one_word, 3).path, number, name="report.pdf")


def test_what_cannot_be_drawn_is_told_by_its_name(pdf, tmp_path):
    locked = pdf(one_word, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="own")
    with pytest.raises(LockedFile, match=r"Budget\.pdf"):
        draw(locked.path, 1, name="Budget.pdf")
    with pytest.raises(FileGone):
        draw(tmp_path / "gone.pdf", 1)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(DamagedFile):
        draw(tmp_path / "bad.pdf", 1)
