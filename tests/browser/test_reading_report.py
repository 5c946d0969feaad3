"""The reading report in a real browser: a file of mixed pages, a locked one, and a figure, as a person meets them."""

import re

import pymupdf
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PASSWORD = "sesame 芝麻"


@pytest.fixture(scope="module")
def mixed():
    """Five pages, printed i to v: words, a scan, nothing, words on their side, and words that nobody sees."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        for at, line in enumerate(["Harbour Ferries plc", "The annual mooring fee is 12 euros for each metre."]):
            page.insert_text((72, 100 + 24 * at), line, fontsize=12)
        page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(72, 90, 200, 110), "uri": "https://a.example"})
        with pymupdf.open() as seen:
            notice = seen.new_page()
            notice.insert_text((72, 100), "Notice to passengers", fontsize=18)
            lines = ["The last ferry leaves at 23:40 on weekdays.", "Bicycles cost 4 euros each way, dogs nothing."]
            for at, line in enumerate(lines):
                notice.insert_text((72, 140 + 24 * at), line, fontsize=12)
            picture = notice.get_pixmap(dpi=200)
        page = pdf.new_page()
        page.insert_image(page.rect, pixmap=picture)
        pdf.new_page()
        page = pdf.new_page()
        page.insert_text((72, 100), "This page was turned on its side by the copier.", fontsize=12)
        page.set_rotation(90)
        page = pdf.new_page()
        page.insert_text((72, 100), "Words that all can see.", fontsize=12)
        page.insert_text((72, 200), "A secret bonus of nine million.", fontsize=12, color=(1, 1, 1))
        pdf.set_page_labels([{"startpage": 0, "style": "r"}])
        pdf.set_toc([[1, "Fees", 1], [2, "Notice", 2], [1, "On its side", 4]])
        pdf.embfile_add("rates.csv", b"a,b\n1,2\n")
        return pdf.tobytes(deflate=True)


@pytest.fixture
def locked(make_pdf):
    return make_pdf(["The secret mooring fee is 99 euros."], encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=PASSWORD)


def drop(page, *files):
    expect(page.get_by_role("heading", name=re.compile("Documents|文档"), exact=False).first).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    page.wait_for_timeout(500)  # until the page has settled: an uploader that is drawn anew forgets its files
    page.locator(".st-key-drop-zone input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )


def row(page, name):
    return page.get_by_test_id("documents-table").locator("tbody tr").filter(has_text=name)


def test_each_page_is_shown_by_what_it_was_found_to_be(documents, picture, mixed):
    page = documents()
    drop(page, ("mixed.pdf", mixed))
    expect(row(page, "mixed.pdf")).to_contain_text("Ready", timeout=180_000)
    page.get_by_role("button", name="mixed.pdf", exact=True).click()
    strip = page.get_by_test_id("leaves")
    expect(strip.get_by_role("option")).to_have_count(5)
    label = "Page 2 (printed ii): scanned, read by OCR, confidence"
    expect(page.get_by_role("option", name=label)).to_have_count(1)
    expect(page.get_by_role("option", name="Page 3 (printed iii): blank.")).to_have_count(1)
    expect(page.get_by_role("option", name="turned by 90°")).to_have_count(1)
    expect(page.get_by_role("option", name="holds text that nobody can see")).to_have_count(1)
    picture(page, "mixed")
    page.get_by_test_id("leaf-2").click()
    expect(page.get_by_test_id("source-place")).to_have_text("p. 2 (printed ii)")
    expect(page.get_by_test_id("page-image")).to_be_visible()
    picture(page, "scanned")
    page.get_by_test_id("leaf-2").press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("source-place")).to_have_text("p. 4 (printed iv)")
    page.get_by_test_id("leaves-blank").click()
    expect(strip.get_by_role("option")).to_have_count(1)
    page.get_by_test_id("leaves-blank").click()
    expect(strip.get_by_role("option")).to_have_count(5)
    page.get_by_test_id("extras-outline").locator("summary").click()
    page.get_by_role("button", name="Notice", exact=True).click()
    expect(page.get_by_test_id("source-place")).to_have_text("p. 2 (printed ii)")
    page.get_by_test_id("extras-links").locator("summary").click()
    links = page.get_by_test_id("extras-links")
    expect(links).to_contain_text("https://a.example")
    assert links.locator("a").count() == 0
    expect(page.get_by_test_id("extras-attachments")).to_contain_text("(1)")
    picture(page, "extras")


def test_what_a_scan_says_is_found_and_boxed(documents, mixed, picture):
    page = documents(link="Ask")
    page.get_by_test_id("stChatInputTextArea").fill("When does the last ferry leave on weekdays?")
    page.keyboard.press("Enter")
    turn = page.get_by_test_id("turn")
    expect(turn).to_have_attribute("data-state", "done")
    expect(turn).to_contain_text("23:40")
    turn.locator(".pill").first.click()
    expect(page.get_by_test_id("cited-box").first).to_be_visible()
    picture(page, "scan-cited")


def test_a_locked_file_asks_for_its_password_and_costs_the_others_nothing(documents, picture, locked, report):
    page = documents()
    drop(page, ("locked.pdf", locked), ("beside.pdf", report), ("also-locked.pdf", locked))
    expect(row(page, "beside.pdf")).to_be_visible()
    first = page.locator("[data-testid=stForm]").filter(has_text="locked.pdf").first
    expect(page.locator("[data-testid=stForm]")).to_have_count(2)
    picture(page, "password")
    first.get_by_role("textbox", name="Password").fill("tree")
    page.keyboard.press("Enter")
    expect(first).to_contain_text("The password does not open locked.pdf")
    expect(first.get_by_role("textbox", name="Password")).to_have_value("")
    picture(page, "password-wrong")
    first.get_by_role("textbox", name="Password").fill(PASSWORD)
    first.get_by_role("button", name="Unlock").click()
    expect(row(page, "locked.pdf")).to_have_count(1)
    expect(page.locator("[data-testid=stForm]")).to_have_count(1)
    page.get_by_role("button", name="Skip").click()
    expect(page.locator("[data-testid=stForm]")).to_have_count(0)
    expect(row(page, "locked.pdf")).to_contain_text("Ready", timeout=60_000)


@pytest.mark.parametrize(
    ("width", "scheme", "locale"), [(390, "dark", "zh-CN"), (1280, "dark", "en-GB"), (390, "light", "en-GB")]
)
def test_the_report_has_room_everywhere(documents, picture, mixed, width, scheme, locale):
    page = documents(
        link="文档" if locale == "zh-CN" else "Documents", width=width, height=844, scheme=scheme, locale=locale
    )
    name = "mixed.pdf"
    drop(page, (name, mixed))
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_test_id("leaf-1")).to_be_visible()
    page.wait_for_timeout(500)
    picture(page, f"{width}-{scheme}-{locale}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if locale == "zh-CN" else "en")
