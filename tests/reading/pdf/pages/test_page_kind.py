import pymupdf
import pytest

from rag.reading.pdf.processes.page_reader import raw_pages

REPORT = (
    "The net revenue of the company rose to 1,234.5 million in the year 2023, because of the prices that we ask for "
    "and of the customers who have come to us from other places."
)


def write(page, text=REPORT, top=80):
    page.insert_textbox((60, top, 540, top + 200), text, fontsize=11)


def picture(draw, dpi=100, size=(595, 842)):
    with pymupdf.open() as document:
        page = document.new_page(width=size[0], height=size[1])
        draw(page)
        return page.get_pixmap(dpi=dpi).tobytes("png")


@pytest.fixture
def kind(pdf):
    def of(draw, **more):
        upload = pdf(lambda page, number: draw(page), **more)
        with pymupdf.open(upload.path) as document:
            return next(raw_pages(document, [1], deep=False))

    return of


def test_a_page_of_words_is_text_whatever_pictures_it_has(kind):
    def draw(page):
        page.insert_image((0, 0, 595, 842), stream=picture(write))
        write(page)

    assert kind(draw).kind == "text"
    assert kind(write).kind == "text"


def test_a_page_without_words_is_scanned_if_it_has_a_picture_and_blank_if_it_has_nothing(kind):
    assert kind(lambda page: page.insert_image(page.rect, stream=picture(write))).kind == "scanned"
    assert kind(lambda page: None).kind == "blank"
    assert kind(lambda page: page.draw_rect((50, 50, 60, 51), fill=(0, 0, 0))).kind == "blank"


def test_letters_that_are_drawn_as_outlines_are_scanned(kind, tmp_path):
    def draw(page):
        for row in range(20):
            for column in range(40):
                x, y = 60 + column * 11, 80 + row * 20
                page.draw_line((x, y), (x + 3, y + 8), width=1.5)
                page.draw_line((x + 3, y), (x, y + 8), width=1.5)

    assert kind(draw).kind == "scanned"
    assert kind(lambda page: page.draw_rect((50, 50, 500, 700), fill=(0.2, 0.3, 0.8))).kind == "blank"


def test_a_scan_with_a_stamp_beside_it_is_scanned_and_keeps_the_stamp(kind):
    def draw(page):
        page.insert_image((0, 60, 595, 842), stream=picture(write))
        page.insert_text((60, 40), "Exhibit 7")

    page = kind(draw)
    assert (page.kind, [word[4] for line in page.lines for word in line.words]) == ("scanned", ["Exhibit", "7"])


def test_a_title_over_a_photograph_is_text(kind):
    def draw(page):
        samples = bytes((row * column // 7 + row // 2) % 256 for row in range(200) for column in range(150))
        page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, 150, 200, samples, False))
        page.insert_text((60, 40), "Annual report 2023", fontsize=20)

    assert kind(draw).kind == "text"


def test_the_words_that_were_once_read_from_a_scan_are_good_text(kind):
    def draw(page):
        page.insert_image(page.rect, stream=picture(write))
        page.insert_textbox((60, 80, 540, 280), REPORT, fontsize=11, render_mode=3)

    page = kind(draw)
    assert (page.kind, page.hidden) == ("text", [])
    assert len([word for line in page.lines for word in line.words]) == len(REPORT.split())


@pytest.mark.parametrize("mode", [0, 3])
def test_a_few_words_put_on_a_scan_are_not_all_that_it_says(kind, mode):
    def draw(page):
        page.insert_image(page.rect, stream=picture(lambda own: [write(own, top=80 + 90 * at) for at in range(6)]))
        page.insert_text((60, 760), "Received on 4 May by J. Smith", fontsize=12, render_mode=mode)

    page = kind(draw)
    assert (page.kind, len([word for line in page.lines for word in line.words])) == ("scanned", 7)


@pytest.mark.parametrize(("ground", "width"), [((0.1, 0.3, 0.6), 1.5), ((1, 1, 1), 3)])
def test_a_hatched_ground_under_words_is_no_writing(kind, ground, width):
    def hatched(own):
        own.draw_rect(own.rect, fill=ground)
        for at in range(-842, 595, 8):
            own.draw_line((at, 0), (at + 842, 842), color=(0.6, 0.6, 0.6), width=width)

    def draw(page):
        page.insert_image(page.rect, stream=picture(hatched))
        page.insert_text((60, 80), "Office of the registrar")

    assert kind(draw).kind == "text"


def test_words_once_read_from_a_scan_that_stand_a_little_off_are_good_text(kind):
    def draw(page):
        page.insert_image(page.rect, stream=picture(lambda own: own.insert_text((60, 80), "Annual report of the bank")))
        page.insert_text((62, 82), "Annual report of the bank", render_mode=3)

    assert kind(draw).kind == "text"


def test_text_that_spells_rubbish_is_garbled_and_none_of_it_is_read(kind):
    rubbish = "".join(chr(ord(letter) - 29) if letter.isalpha() else letter for letter in REPORT * 2)
    page = kind(lambda page: write(page, rubbish))
    assert (page.kind, page.lines) == ("garbled", ())


def test_boxes_and_sizes_of_a_turned_page_are_those_that_are_shown(kind):
    def draw(page):
        page.insert_image((0, 0, 595, 842), stream=picture(write))
        page.set_rotation(90)

    page = kind(draw)
    assert (page.kind, page.rotation, page.width) == ("scanned", 90, 842)
