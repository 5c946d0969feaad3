"""Filters and what a document is about, in a real browser: chosen, asked with, kept over a reload, taken away."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports(make_pdf):
    def report(year):
        cover = ["Otter Harbours Limited", f"Annual Report {year}", "for the people who moor their boats with us"]
        return make_pdf(cover, [f"The annual mooring fee is {year - 2000} euros for each metre of a boat."])

    return [(f"otter-{letter}.pdf", report(year)) for letter, year in (("a", 2021), ("b", 2022))]


def settled(page):
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    page.wait_for_timeout(600)


def added(page, reports):
    settled(page)  # an uploader that is drawn anew forgets its files
    page.locator(".st-key-drop-zone input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/pdf", "buffer": data} for name, data in reports]
    )
    table = page.get_by_test_id("documents-table")
    for name, _ in reports:
        row = table.locator("tbody tr").filter(has_text=name)
        expect(row).to_contain_text(re.compile("Ready|就绪"), timeout=60_000)


def test_a_filter_holds_is_kept_over_a_reload_and_taken_away(documents, picture, reports):
    page = documents()
    added(page, reports)
    page.get_by_role("link", name="Ask").click()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    page.locator(".st-key-ask-scope button:visible").click()
    page.locator(".st-key-ask-where-years input").click()
    page.keyboard.type("2021")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-ask-where-years")).to_contain_text("2021")
    settled(page)
    picture(page, "chosen")
    page.locator(".st-key-ask-choose-done button:visible").click()
    chip = page.get_by_role("button", name="2021", exact=True)
    expect(chip).to_be_visible()

    turns = page.get_by_test_id("turn")
    question = page.get_by_test_id("stChatInputTextArea")
    question.fill("What is the annual mooring fee?")
    page.keyboard.press("Enter")
    expect(turns.first).to_have_attribute("data-state", "done")
    expect(turns.first).to_contain_text("21 euros")
    expect(turns.first).not_to_contain_text("22 euros")
    picture(page, "asked")

    page.reload()
    expect(chip).to_be_visible()
    chip.click()
    expect(chip).to_have_count(0)
    question.fill("What is the mooring fee for each metre?")
    page.keyboard.press("Enter")
    expect(turns.nth(1)).to_have_attribute("data-state", "done")
    expect(turns.nth(1)).to_contain_text("22 euros")


def test_what_a_document_is_about_is_set_right_on_a_phone_in_chinese(documents, picture, reports):
    page = documents(link="文档", locale="zh-CN", width=390, height=844)
    name = reports[0][0]
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text("Otter Harbours Limited · 年度报告 · 2021 · 英文")).to_be_visible()
    page.locator(".st-key-about-edit button:visible").click()
    dialog = page.get_by_role("dialog")
    year = dialog.locator(".st-key-about-year input")
    year.fill("2019")
    year.press("Enter")
    settled(page)
    picture(page, "edited")
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_text("手工填写：年度")).to_be_visible()
    expect(page.get_by_text("年度报告 · 2019")).to_be_visible()
