import tempfile
import threading
from collections import Counter
from pathlib import Path

import pymupdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rag.errors import DamagedFile, EmptyFile, FileGone, LockedFile, RefusedUpload, UnknownKind
from rag.reading import read
from rag.reading.pdf.pages.page_labels import PageLabels
from rag.reading.pdf.reader import read_pdf
from rag.records import Note, Page, Span, Table, Upload

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde"

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n"
    b"<</Type/Pages/Count 0/Kids[]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"
)


def line(page, at, text, *, x=72, size=11, font="helv", **more):
    page.insert_text((x, at), text, fontsize=size, fontname=font, **more)


def body(page, number):
    for at in range(6):
        line(page, 100 + 14 * at, f"Line {at} of page {number} says what the year brought and what it did not bring")


def test_every_page_is_there_with_its_number_size_and_words(pdf, leaves, words):
    upload = pdf(lambda page, number: line(page, 100, f"The fee on page {number} is 12 euros."), 3, size=(300, 400))
    found = leaves(upload)
    assert [(leaf.number, leaf.width, leaf.height) for leaf in found] == [(1, 300, 400), (2, 300, 400), (3, 300, 400)]
    assert all(words(leaf)["12"] == 1 and words(leaf)[str(leaf.number)] >= 1 for leaf in found)


def test_both_identities_of_a_page_are_kept(pdf, leaves):
    rules = [
        {"startpage": 0, "style": "r", "firstpagenum": 3},
        {"startpage": 2, "prefix": "F-", "style": "D", "firstpagenum": 11},
    ]
    found = leaves(pdf(body, 4, finish=lambda document: document.set_page_labels(rules)))
    assert [leaf.name for leaf in found] == ["iii", "iv", "F-11", "F-12"]
    place = found[3].blocks[0].place
    assert (place.number, place.printed) == (4, "F-12")


def test_a_document_without_labels_has_none(pdf, leaves):
    assert [leaf.name for leaf in leaves(pdf(body, 2))] == [None, None]


@pytest.mark.parametrize(
    ("rule", "number", "label"),
    [
        ({"startpage": 0, "style": "a"}, 28, "bb"),
        ({"startpage": 0, "style": "R", "firstpagenum": 1994}, 1, "MCMXCIV"),
        ({"startpage": 0, "style": "D", "prefix": "A\n"}, 1, None),
        ({"startpage": 0, "style": "r", "firstpagenum": 2**31}, 1, None),
        ({"startpage": 0, "prefix": "", "style": ""}, 1, None),
        ({"startpage": 5, "style": "D"}, 3, None),
        ({"startpage": "x", "style": "D"}, 3, None),
    ],
)
def test_a_label_is_what_the_rule_says_or_nothing(rule, number, label):
    assert PageLabels([rule]).of(number) == label


def test_a_quoted_sentence_has_its_exact_box_though_it_begins_and_ends_in_mid_line(pdf, leaves):
    def draw(page, _):
        line(page, 100, "Costs fell by a tenth. Revenue rose to 4,512 million euros, which")
        line(page, 114, "is more than ever before. The board thanks everyone for their work.")

    upload = pdf(draw)
    texts = {span.text: span.place for span in leaves(upload)[0].blocks}
    assert list(texts) == [
        "Costs fell by a tenth.",
        "Revenue rose to 4,512 million euros, which",
        "is more than ever before.",
        "The board thanks everyone for their work.",
    ]
    with pymupdf.open(upload.path) as document:
        for text, place in texts.items():
            assert place.box == pytest.approx(tuple(document[0].search_for(text)[0]), abs=1)


def test_a_chinese_sentence_that_ends_inside_a_run_has_its_exact_box(pdf, leaves):
    def draw(page, _):
        line(page, 100, "公司实现营业收入十五亿元。同比增长明显，其中海外市场", font="china-s")
        line(page, 116, "贡献较大。董事会感谢全体员工。", font="china-s")

    upload = pdf(draw)
    spans = leaves(upload)[0].blocks
    assert [(span.before, span.text) for span in spans[1:]] == [
        ("", "同比增长明显，其中海外市场"),
        ("", "贡献较大。"),
        ("", "董事会感谢全体员工。"),
    ]
    assert spans[0].place.box.x1 == pytest.approx(spans[1].place.box.x0, abs=0.2)
    assert spans[0].place.box.x1 == pytest.approx(72 + 13 * 11, abs=1)


def test_a_list_item_with_an_indented_first_line_is_one_paragraph(pdf, leaves):
    def draw(page, _):
        line(page, 100, "（三）原材料价格波动的风险，钢材占生产成本的三成，钢材价格每上涨", x=94, font="china-s")
        line(page, 116, "10%，营业成本将增加约1,530万元，公司已与三家钢厂签订年度锁价协议", font="china-s")

    spans = leaves(pdf(draw))[0].blocks
    assert spans[1].text.startswith("10%")
    assert spans[1].before == ""


def test_a_word_broken_at_a_line_end_is_whole_again(pdf, leaves):
    def draw(page, _):
        line(page, 100, "The amount that is owed to us in this coun-")
        line(page, 114, "try is small, and it has been so for a while")

    spans = leaves(pdf(draw))[0].blocks
    assert [span.before for span in spans] == ["\n", ""]


def test_headings_are_told_from_the_body_and_ranked(pdf, leaves):
    def draw(page, number):
        line(page, 120, "1. What we did", size=18, font="hebo")
        line(page, 150, "Sales", size=13, font="hebo")
        for at in range(8):
            line(page, 180 + 14 * at, f"Line {at} of page {number} goes on and says what we sold, to whom, and when")
        line(page, 320, "Total", font="hebo")
        line(page, 320, "1,200", font="hebo", x=300)
        line(page, 320, "1,300", font="hebo", x=400)

    for leaf in leaves(pdf(draw, 4)):
        spans = [block for block in leaf.blocks if isinstance(block, Span)]
        heads = [(span.text, span.level) for span in spans if span.kind == "heading"]
        assert heads == [("1. What we did", 1), ("Sales", 2)]


def test_a_chinese_heading_that_is_only_outlined_to_look_bold_is_a_heading(pdf, leaves):
    def draw(page, number):
        for at, letter in enumerate("二、公司业务概要"):
            for mode in (0, 1):
                line(page, 120, letter, x=72 + 11 * at, font="china-s", render_mode=mode)
        line(page, 150, "三、公司业务概要", font="china-s")
        for at in range(8):
            line(
                page,
                180 + 16 * at,
                f"公司第{number}年第{at}项业务持续增长，客户数量和销售收入均有所提高",
                font="china-s",
            )

    spans = leaves(pdf(draw))[0].blocks
    assert [(span.text, span.level) for span in spans if span.kind == "heading"] == [("二、公司业务概要", 2)]


def test_a_line_that_runs_on_every_page_is_told_from_the_text(pdf, leaves):
    def draw(page, number):
        line(page, 40, f"Annual Report {number}", font="hebo", size=14)
        body(page, number)

    kinds = {block.kind for leaf in leaves(pdf(draw, 12)) for block in leaf.blocks if "Annual" in block.text}
    assert kinds == {"running"}


def test_a_page_without_a_text_layer_is_there_and_empty(pdf, leaves):
    found = leaves(pdf(lambda page, number: number == 2 or body(page, number), 3))
    assert [bool(leaf.blocks) for leaf in found] == [True, False, True]
    assert found[1].notes == ()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn, pdf, leaves, words):
    upload = pdf(body, finish=lambda document: document[0].set_rotation(turn))
    leaf = leaves(upload)[0]
    assert (leaf.width, leaf.height) == ((842, 595) if turn != 180 else (595, 842))
    straight = leaves(pdf(body, name="straight.pdf"))[0]
    assert words(leaf) == words(straight)
    assert [block.text for block in leaf.blocks] == [block.text for block in straight.blocks]
    for block in leaf.blocks:
        box = block.place.box
        assert 0 <= box.x0 < box.x1 <= leaf.width
        assert 0 <= box.y0 < box.y1 <= leaf.height


def test_text_that_is_turned_on_its_page_is_read_in_its_own_order(pdf, leaves):
    def draw(page, _):
        body(page, 1)
        for at in range(3):
            line(page, 700, f"sideways {at} along the margin", x=400 + 14 * at, rotate=90)

    texts = [block.text for block in leaves(pdf(draw))[0].blocks]
    assert texts[-3:] == [f"sideways {at} along the margin" for at in range(3)]


def test_a_page_that_cannot_be_read_costs_only_itself(pdf, leaves, monkeypatch):
    upload = pdf(body, 4)
    whole = pymupdf.Page.get_textpage

    def broken(page, *args, **more):
        if page.number == 1:
            raise RuntimeError("cannot")
        return whole(page, *args, **more)

    monkeypatch.setattr(pymupdf.Page, "get_textpage", broken)
    found = leaves(upload)
    assert [bool(leaf.blocks) for leaf in found] == [True, False, True, True]
    assert found[1].notes == (Note("PageFailed", {"page": 2}),)


def test_what_utf_8_cannot_hold_is_replaced(pdf, leaves, monkeypatch):
    upload = pdf(body)
    whole = pymupdf.TextPage.extractWORDS
    monkeypatch.setattr(
        pymupdf.TextPage,
        "extractWORDS",
        lambda self, *args: [(*word[:4], "\ud800a\0" + word[4], *word[5:]) for word in whole(self, *args)],
    )
    for block in leaves(upload)[0].blocks:
        assert "\0" not in block.text
        assert block.text.encode().decode().count("a") > 1


def test_words_outside_any_sensible_place_are_kept(pdf, leaves, words):
    def draw(page, _):
        line(page, 5000, "far below")
        line(page, 100, "here")

    upload = pdf(draw)
    with pymupdf.open(upload.path) as document:
        expected = Counter(word[4] for word in document[0].get_text("words"))
    assert words(leaves(upload)[0]) == expected


WORD = st.text(st.sampled_from("ab012.,!?()$%-"), min_size=1, max_size=12) | st.sampled_from(["the", "of", "and"])
PLACED = st.tuples(
    WORD, st.integers(0, 560), st.integers(20, 800), st.sampled_from([6, 9, 11, 24]), st.sampled_from([0, 90])
)


@settings(
    max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # shrinking takes minutes
@given(st.lists(PLACED, max_size=40, unique_by=lambda one: one[0]), st.sampled_from([0, 90, 180, 270]))
def test_no_word_is_lost_or_repeated_wherever_it_stands(placed, turn):
    """Letters that make no word would be a garbled page, which is left to OCR: there are few of them. What is drawn
    twice, a hair apart, is read once: none is.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        with pymupdf.open() as document:
            page = document.new_page()
            for text, x, y, size, way in placed:
                page.insert_text((x, y), text, fontsize=size, rotate=way)
            page.set_rotation(turn)
            expected = Counter("".join(word[4] for word in page.get_text("words")))
            document.save(path)
        (leaf,) = read(Upload("a.pdf", path)).leaves
        texts = []
        for block in leaf.blocks:
            if isinstance(block, Table):
                texts += [span.text for span in (*block.head.title, *block.head.unit)]
                texts += [cell.text for row in (*block.head.header, *block.rows) for cell in row]
            else:
                texts.append(block.text)
        assert Counter("".join(texts).replace(" ", "")) == expected


def test_the_words_of_a_page_with_tables_and_prose_are_the_words_of_the_file(pdf, leaves, words):
    def draw(page, number):
        body(page, number)
        line(page, 220, "CONSOLIDATED STATEMENTS OF INCOME", font="hebo")
        line(page, 234, "(in millions)")
        for at, row in enumerate(
            [("", "2023", "2022"), ("Revenue", "$ 4,512", "$ 4,101"), ("Net income", "(12)", "—")]
        ):
            for x, cell in zip((72, 300, 400), row, strict=True):
                line(page, 252 + 14 * at, cell, x=x)

    upload = pdf(draw, 2)
    with pymupdf.open(upload.path) as document:
        for page, leaf in zip(document, leaves(upload), strict=True):
            assert words(leaf) == Counter(word[4] for word in page.get_text("words"))


def test_a_table_that_goes_on_over_a_page_break_keeps_its_heads_and_every_word_stands_once(pdf, leaves, words):
    def draw(page, number):
        line(page, 30, "Annual Report")
        line(page, 820, f"{number}")
        if number == 2:
            line(page, 60, "Parent company balance sheets", font="hebo")
            line(page, 74, "(in millions)")
            for x, head in ((300, "2023"), (400, "2022")):
                line(page, 88, head, x=x)
        rows = [(f"Item {at} of page {number}", f"{at},{number}00", f"{at},{number}50") for at in range(1, 7)]
        for at, row in enumerate(rows):
            for x, cell in zip((72, 296, 396), row, strict=True):
                line(page, 104 + 14 * at, cell, x=x)
        if number == 3:
            line(page, 220, "The notes are a part of these balance sheets.")

    upload = pdf(draw, 4)
    found = leaves(upload)
    tables = [block for leaf in found for block in leaf.blocks if isinstance(block, Table)]
    assert [table.continues for table in tables] == [False, False, True, False]
    assert tables[2].head == tables[1].head
    assert tables[2].head.text == "Parent company balance sheets\n(in millions)\n2023 | 2022"
    assert tables[3].head.text == ""
    with pymupdf.open(upload.path) as document:
        for page, leaf in zip(document, found, strict=True):
            assert words(leaf) == Counter(word[4] for word in page.get_text("words"))


def test_a_table_under_heads_of_its_own_does_not_go_on(pdf, leaves):
    def draw(page, number):
        line(page, 60, f"Table {number}", font="hebo", size=14)
        for at, row in enumerate([("", "2023", "2022"), ("Sales", "12", "34"), ("Costs", "56", "78")]):
            for x, cell in zip((72, 300, 400), row, strict=True):
                line(page, 100 + 14 * at, cell, x=x)

    tables = [block for leaf in leaves(pdf(draw, 3)) for block in leaf.blocks if isinstance(block, Table)]
    assert [(table.continues, bool(table.head.header)) for table in tables] == [(False, True)] * 3


# ── Files that are not what they should be ──────────────────────────────────────────────────────


def test_a_file_under_a_password_is_refused_as_locked(pdf):
    secret = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": "open", "owner_pw": "own"}
    with pytest.raises(LockedFile, match=r"report\.pdf is locked"):
        read(pdf(body, **secret))


def test_a_file_that_only_its_owner_may_change_is_read(pdf, leaves):
    upload = pdf(body, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="own", user_pw="")
    assert leaves(upload)[0].blocks


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("empty.pdf", b"", EmptyFile),
        ("picture.pdf", PNG, UnknownKind),
        ("letter.docx", b"PK\x03\x04 nothing", UnknownKind),
        ("broken.xlsx", b"PK\x03\x04 nothing", DamagedFile),
        ("zeros.pdf", bytes(9000), DamagedFile),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", DamagedFile),
        ("garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, DamagedFile),
        ("no-pages.pdf", NO_PAGES, DamagedFile),
        ("cut.xlsx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), DamagedFile),
        ("cut.xls", COMPOUND, DamagedFile),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path, capfd, name, data, refusal):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RefusedUpload) as caught:
        read(Upload(name, path))
    assert type(caught.value) is refusal
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_gone_and_a_folder_are_refused(tmp_path):
    with pytest.raises(FileGone):
        read(Upload("a.pdf", tmp_path / "a.pdf"))
    with pytest.raises(FileGone):
        read_pdf(Upload("a.pdf", tmp_path / "a.pdf"))
    with pytest.raises(UnknownKind):
        read(Upload("folder.pdf", tmp_path))


def test_content_decides_and_not_the_name(pdf, leaves):
    upload = pdf(body, name="report.xlsx")
    assert read(upload).kind == "pdf"
    assert leaves(upload)[0].blocks


def test_a_truncated_file_that_can_be_repaired_is_read_silently(pdf, leaves, words, capfd):
    upload = pdf(body, 5)
    data = upload.path.read_bytes()
    upload.path.write_bytes(data[: data.rindex(b"xref")])
    found = leaves(upload)
    assert [words(leaf)[str(leaf.number)] >= 1 for leaf in found] == [True] * 5
    assert capfd.readouterr() == ("", "")


def test_junk_before_the_header_is_passed_over(pdf, leaves):
    upload = pdf(body)
    upload.path.write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + upload.path.read_bytes())
    assert leaves(upload)[0].blocks


def test_reading_that_is_stopped_closes_the_file(pdf):
    reading = read(pdf(body, 3))
    assert next(reading.leaves).number == 1
    reading.leaves.close()
    assert list(reading.leaves) == []


def test_two_threads_may_read_at_once(pdf, leaves):
    upload = pdf(body, 20)
    expected = [leaf.blocks for leaf in leaves(upload)]
    found = {}

    def work(name):
        found[name] = [leaf.blocks for leaf in read(upload).leaves]

    threads = [threading.Thread(target=work, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[name] == expected for name in range(3)] == [True] * 3


def test_boxes_are_in_tenths_of_a_point(pdf, leaves):
    place = leaves(pdf(body))[0].blocks[0].place
    assert isinstance(place, Page)
    assert all(round(edge, 1) == edge for edge in place.box)


def test_letters_that_are_set_as_one_sign_are_read_as_letters(pdf, leaves):
    def draw(page, _):
        writer = pymupdf.TextWriter(page.rect)
        writer.append((72, 100), "the o\ufb03ce of \ufb01nance", font=pymupdf.Font("helv"))
        writer.write_text(page)

    (leaf,) = leaves(pdf(draw))
    assert [block.text for block in leaf.blocks] == ["the office of finance"]
