"""The Find page in a real browser: a question finds passages, each opens its page, and one becomes a gold question."""

import io
import re

import openpyxl
import pymupdf
import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

pytestmark = pytest.mark.browser


def harbour_report():
    """Four pages that fill a passage each; the third is about the fee."""
    subjects = [
        "The board of the harbour",
        "Weather on the coast",
        "The annual mooring fee is 12 euros a metre",
        "Dogs on ferries",
    ]
    with pymupdf.open() as pdf:
        for subject in subjects:
            page = pdf.new_page()
            page.insert_text((72, 90), f"{subject}.", fontsize=13)
            for number in range(24):
                page.insert_text((72, 120 + 22 * number), f"{subject}, remark {number + 1} of many that follow.")
        return pdf.tobytes()


def sales_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "销售"
    for row in (["区域", "一季度", "二季度"], ["华东", 120, 130], ["华北", 80, 95]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def address(serve, hand_over):
    """The app, with a report and a workbook that are read to the end."""
    with serve(close_reading="off") as url:
        hand_over(url, ("harbour.pdf", harbour_report()), ("销售.xlsx", sales_book())).context.close()
        yield url


@pytest.fixture
def find(address, visit):
    """The Find page after a question, reached as a person in a hurry reaches it."""

    def go(question, link="Find", field="Question", **how):
        page = visit(address, **how)
        if how.get("width", 1280) < 640:
            page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("link", name=link, exact=True).click()
        page.get_by_role("textbox", name=field).fill(question)
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("hit-1")).to_be_visible()
        return page

    return go


def star(page, number):
    return page.get_by_test_id(f"gold-{number}")


def test_a_hit_opens_its_page_and_becomes_a_gold_question(find, picture):
    page = find("What is the annual mooring fee?")
    first = page.get_by_test_id("hit-1")
    expect(first).to_contain_text("harbour.pdf")
    expect(first.locator("mark").first).to_be_visible()
    expect(first.locator(".picture img")).to_be_visible()
    picture(page, "hits")
    first.get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("source-place")).to_contain_text("p. 3")
    expect(first).to_have_attribute("aria-current", "true")
    picture(page, "source")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("hit-2")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("source-pane")).to_have_count(0)
    star(page, 1).click()
    expect(star(page, 1)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Evaluate", exact=True).click()
    expect(page.get_by_test_id("gold-questions").locator("tbody tr")).to_contain_text(
        ["What is the annual mooring fee?"]
    )
    page.get_by_role("link", name="Find", exact=True).click()
    page.get_by_role("textbox", name="Question").fill("What is the annual mooring fee?")
    page.keyboard.press("Enter")
    star(page, 1).click()
    expect(star(page, 1)).to_have_attribute("aria-pressed", "false")


def test_a_page_can_be_left_and_searched_in_a_hurry(address, visit):
    page = visit("about:blank")
    sent = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: sent.append(ForwardMsg.FromString(frame))))
    page.goto(address)
    for number in range(4):
        page.get_by_role("link", name="Ask", exact=True).click()
        expect(page.get_by_role("textbox", name="Question")).to_have_count(0)
        page.get_by_role("link", name="Find", exact=True).click()
        page.get_by_role("textbox", name="Question").fill(f"Dogs on ferries, remark {number}")
        page.wait_for_timeout(10 * number)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(rf"q=Dogs.*remark\+{number}"))
        expect(page.get_by_test_id("hit-1")).to_contain_text("Dogs on ferries")
    kinds = {message.WhichOneof("type") for message in sent}
    assert "delta" in kinds
    assert "ref_hash" not in kinds  # a reference outlives what it stands in, when that is drawn anew at once


def test_weights_and_documents_are_tried(find, picture):
    page = find("fee 华东")
    page.get_by_role("button", name="Weights").click()
    slider = page.get_by_role("slider", name="Words")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.get_by_text("weights are being tried")).to_be_visible()
    picture(page, "weights")
    page.get_by_role("button", name="Back to those that were learnt").click()
    expect(page.get_by_text("weights are being tried")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Documents").click()
    page.get_by_role("option", name="销售.xlsx").click()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("hits").locator(".file", has_text="harbour.pdf")).to_have_count(0)
    expect(page.get_by_test_id("hits").locator(".file", has_text="销售.xlsx").first).to_be_visible()


def test_the_page_speaks_chinese_in_the_dark(find, picture):
    page = find("华东二季度销售额", link="检索", field="问题", locale="zh-CN", scheme="dark")
    expect(page.get_by_test_id("stCaptionContainer").get_by_text(re.compile("找到 .* 段"))).to_be_visible()
    page.get_by_test_id("hits").locator("li", has_text="销售.xlsx").first.get_by_role("button").first.click()
    expect(page.get_by_test_id("cited-cell").first).to_be_visible()
    picture(page, "dark-zh")


def test_a_phone_shows_hits_below_each_other(find, picture):
    page = find("What is the annual mooring fee?", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "phone")
    page.get_by_test_id("hit-1").get_by_role("button").first.click()
    expect(page.get_by_test_id("source-place")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "phone-source")
