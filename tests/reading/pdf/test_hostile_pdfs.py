"""Hostile PDFs are read, read in part with the pages named, or refused with a sentence; in time, and in bounds."""

import time
import zlib
from contextlib import suppress

import pytest

from rag.errors import PageUndrawable, RefusedUpload
from rag.reading import read
from rag.reading.pdf.processes.page_child import Limits
from rag.reading.pdf.processes.page_pool import PagePool
from rag.records import Upload, joined

LIMITS = Limits(seconds=1.0, memory=700_000_000)
PATIENT = Limits(seconds=10.0, memory=700_000_000)


@pytest.fixture
def pool(no_reader_left):
    with PagePool(1, quick=LIMITS, deep=LIMITS) as one:
        yield one


@pytest.fixture
def patient(no_reader_left):
    """For what must be read however busy the machine is."""
    with PagePool(1, quick=PATIENT, deep=PATIENT) as one:
        yield one


@pytest.fixture
def written(tmp_path):
    """Writes a PDF of raw objects, by number; the first is the catalog."""

    def make(objects):
        body, places = b"%PDF-1.7\n", {}
        for number, value in objects.items():
            places[number] = len(body)
            body += b"%d 0 obj\n%s\nendobj\n" % (number, value if isinstance(value, bytes) else value.encode())
        start, size = len(body), max(objects) + 1
        body += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            body += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
        body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
        path = tmp_path / "hostile.pdf"
        path.write_bytes(body)
        return Upload("hostile.pdf", path)

    return make


FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TREE = {1: "<< /Type /Catalog /Pages 2 0 R >>"}


def stream(data, entries="", *, packed=False):
    body = zlib.compress(data, 1) if packed else data
    filters = "/Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(body)} {filters} {entries} >>\nstream\n".encode() + body + b"\nendstream"


def page(contents, resources="/Font << /F 9 0 R >>", size="0 0 612 792"):
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Contents {contents} 0 R /Resources << {resources} >> >>"


def pages(*numbers):
    return f"<< /Type /Pages /Count {len(numbers)} /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] >>"


def words(text):
    return stream(f"BT /F 12 Tf 72 700 Td ({text}) Tj ET".encode())


def outcome(upload, pool, *, deep=False):
    """The text of each page and the codes of its notes, or the sentence of a refusal; never anything else."""
    started = time.monotonic()
    try:
        leaves = list(read(upload, deep=deep, pool=pool).leaves)
        found = [joined([block for block in leaf.blocks if hasattr(block, "text")]) for leaf in leaves]
        notes = [[note.code for note in leaf.notes] for leaf in leaves]
    except RefusedUpload as error:
        found, notes = [], [[str(error)]]
    assert time.monotonic() - started < 40
    return found, notes


def test_a_stream_that_unpacks_to_half_a_gigabyte_costs_at_most_its_page(written, pool):
    bomb = stream(b" " * (1 << 29), packed=True)
    upload = written(TREE | {2: pages(3, 4), 3: page(5), 4: page(6), 5: bomb, 6: words("fine"), 9: FONT})
    found, notes = outcome(upload, pool)
    assert found[1] == "fine"
    assert notes[1] == []


def test_a_loop_in_the_page_tree_ends(written, pool):
    upload = written(TREE | {2: "<< /Type /Pages /Count 9 /Kids [3 0 R 2 0 R 2 0 R] >>", 3: page(5), 5: words("once")})
    found, notes = outcome(upload, pool)
    assert "once" in found or notes


def test_a_page_tree_that_is_its_own_parent_ends(written, pool):
    tree = "<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [2 0 R 3 0 R] >>"
    found, notes = outcome(written(TREE | {2: tree, 3: page(5), 5: words("once"), 9: FONT}), pool)
    assert "once" in found or notes


def test_forms_that_call_forms_without_end_cost_only_their_page(written, pool):
    def form(calls):
        body = b" ".join([b"/X Do"] * 20)
        return stream(
            body, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {calls} 0 R >> >>"
        )

    objects = TREE | {2: pages(3, 4), 3: page(20, "/XObject << /X 21 0 R >>"), 4: page(6), 6: words("fine"), 9: FONT}
    objects |= {20: stream(b"/X Do")} | {number: form(number + 1) for number in range(21, 40)}
    objects[40] = stream(b"0 0 1 1 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    upload = written(objects)
    assert outcome(upload, pool) == (["", "fine"], [["PageTooSlow"], []])
    with pytest.raises(PageUndrawable, match="Page 1 of hostile"):
        pool.draw(upload.path, 1)
    assert pool.draw(upload.path, 2).count == 2


def test_a_font_whose_letters_take_forever_costs_only_its_page(written, pool):
    def font(letter, inner=""):
        return (
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0]"
            f" /FirstChar 97 /LastChar 97 /Widths [500] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs"
            f" << /a {letter} 0 R >> /Resources << {inner} >> >>"
        )

    many = b"500 0 d0 " + b"BT /F 100 Tf (" + b"a" * 60 + b") Tj ET"  # each letter is sixty of the next font
    objects = TREE | {2: pages(3, 4), 3: page(20, "/Font << /F 21 0 R >>"), 4: page(6), 6: words("fine"), 9: FONT}
    objects[20] = stream(b"BT /F 12 Tf 72 700 Td (aaaa) Tj ET")
    for number in range(21, 29):
        objects[number] = font(number + 20, f"/Font << /F {number + 1} 0 R >>")
        objects[number + 20] = stream(many)
    objects[29] = font(49)
    objects[49] = stream(b"500 0 d0 0 0 500 500 re f")
    upload = written(objects)
    found, notes = outcome(upload, pool)
    assert (found[1], notes[1]) == ("fine", [])
    assert notes[0] in ([], ["PageTooSlow"])
    with suppress(PageUndrawable):
        pool.draw(upload.path, 1)
    assert pool.draw(upload.path, 2).count == 2


def test_a_font_whose_letter_is_written_in_itself_ends(written, pool):
    letter = stream(b"500 0 d0 BT /F 100 Tf (aa) Tj ET")
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97"
        " /LastChar 97 /Widths [500] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a 8 0 R >>"
        " /Resources << /Font << /F 7 0 R >> >> >>"
    )
    upload = written(
        TREE
        | {2: pages(3, 4), 3: page(5, "/Font << /F 7 0 R >>"), 4: page(6), 5: words("aaa"), 6: words("fine")}
        | {7: font, 8: letter, 9: FONT}
    )
    found, notes = outcome(upload, pool)
    assert (found[1], notes[1]) == ("fine", [])


def test_twenty_thousand_tiny_images_are_read_and_drawn(written, patient):
    image = stream(
        b"\0" * 3, "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    )
    many = b"".join(b"q 2 0 0 2 %d %d cm /I Do Q\n" % (n % 300 * 2, n // 300 * 2) for n in range(20_000))
    contents = stream(many + b"BT /F 12 Tf 72 700 Td (words) Tj ET", packed=True)
    upload = written(
        TREE | {2: pages(3), 3: page(5, "/Font << /F 9 0 R >> /XObject << /I 8 0 R >>"), 5: contents, 8: image, 9: FONT}
    )
    assert outcome(upload, patient) == (["words"], [[]])
    assert patient.draw(upload.path, 1).png


@pytest.mark.parametrize("deep", [False, True])
def test_a_page_of_five_metres_is_read_and_drawn_small(written, patient, deep):
    upload = written(TREE | {2: pages(3), 3: page(5, size="0 0 14400 14400"), 5: words("wall paper"), 9: FONT})
    found, notes = outcome(upload, patient, deep=deep)
    assert found == ["wall paper"]
    assert notes in ([[]], [["LayoutFailed"]])
    assert patient.draw(upload.path, 1).width <= 4_000


def test_an_image_that_claims_to_be_enormous_costs_no_words(written, pool):
    size = "/Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    image = stream(b"\0" * 3, f"/Type /XObject /Subtype /Image {size}")
    contents = stream(b"q 500 0 0 500 0 0 cm /I Do Q BT /F 12 Tf 72 700 Td (words) Tj ET")
    upload = written(
        TREE | {2: pages(3), 3: page(5, "/Font << /F 9 0 R >> /XObject << /I 8 0 R >>"), 5: contents, 8: image, 9: FONT}
    )
    assert outcome(upload, pool)[0] == ["words"]
    assert outcome(upload, pool, deep=True)[0] == ["words"]


def test_an_outline_that_runs_in_a_circle_is_listed_once_or_not_at_all(written, pool):
    circle = "<< /Title (Round) /Parent 7 0 R /Next 8 0 R /First 8 0 R /Last 8 0 R /Dest [3 0 R /Fit] >>"
    upload = written(
        {1: "<< /Type /Catalog /Pages 2 0 R /Outlines 7 0 R >>", 2: pages(3), 3: page(5), 5: words("fine"), 9: FONT}
        | {7: "<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 3 >>", 8: circle}
    )
    reading = read(upload, pool=pool)
    assert len(reading.extras.outline) <= 5_000
    assert [joined(leaf.blocks) for leaf in reading.leaves] == ["fine"]


def test_bytes_that_only_begin_like_a_pdf_are_refused(tmp_path, pool):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    with pytest.raises(RefusedUpload, match=r"a\.pdf is damaged"):
        read(Upload("a.pdf", tmp_path / "a.pdf"), pool=pool)
