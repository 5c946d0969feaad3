"""The Documents and Models pages in a real browser: add, watch, look at a page, remove; choose a model."""

import re
import time
from pathlib import Path

import pytest
from ollama_server import OllamaScript, ollama_server
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def drop(page, *files):
    page.locator(".st-key-drop-zone input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )


def row(page, name):
    return page.get_by_test_id("documents-table").locator("tbody tr").filter(has_text=name)


def test_files_are_added_watched_looked_at_and_removed(documents, picture, report, sales):
    page = documents()
    expect(page.get_by_text("Add PDFs and workbooks (")).to_be_visible()
    picture(page, "empty")
    drop(page, ("ferries.pdf", report), ("<b>sales.xlsx", sales), ("empty.pdf", b""))
    expect(page.get_by_text("empty.pdf is empty (0 bytes)")).to_be_visible()
    expect(row(page, "ferries.pdf")).to_contain_text("Ready", timeout=60_000)
    expect(row(page, "sales")).to_contain_text("Ready", timeout=60_000)
    expect(row(page, "sales").get_by_role("button").first).to_have_text("<b>sales.xlsx")
    picture(page, "list")

    page.get_by_role("button", name="ferries.pdf", exact=True).click()
    expect(page.get_by_role("heading", name="ferries.pdf")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(3)
    expect(page.get_by_role("option").nth(0)).to_have_attribute("title", "Page 1 (printed i): text.")
    page.get_by_test_id("leaf-2").click()
    expect(page.get_by_test_id("page-image")).to_be_visible()
    expect(page.get_by_test_id("source-place")).to_have_text("p. 2 (printed 1)")
    expect(page.get_by_test_id("leaf-2")).to_have_attribute("aria-selected", "true")
    picture(page, "report")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_test_id("leaf-3")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("source-pane")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Original file").click()
    assert Path(download.value.path()).read_bytes() == report

    page.get_by_role("button", name="All documents").click()
    page.get_by_label("Select ferries.pdf").check()
    page.get_by_test_id("documents-remove").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("ferries.pdf")
    picture(page, "remove")
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_have_count(0)
    page.get_by_test_id("documents-remove").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(row(page, "ferries.pdf")).to_have_count(0)
    expect(row(page, "sales")).to_have_count(1)


def test_a_report_speaks_the_language_that_is_chosen(documents, picture, sales):
    page = documents(scheme="dark")
    drop(page, ("quarters.xlsx", sales))
    expect(row(page, "quarters.xlsx").or_(page.get_by_text("already in this base")).first).to_be_visible()
    page.get_by_test_id("documents-table").get_by_role("button", name=re.compile("xlsx$")).first.click()
    expect(page.get_by_text("Choose one to look at it.")).to_be_visible(timeout=60_000)
    page.get_by_role("radio", name="中文").click()
    expect(page.get_by_role("button", name="全部文档")).to_be_visible()
    page.get_by_test_id("leaf-1").click()
    expect(page.get_by_test_id("source-pane")).to_contain_text("North")
    picture(page, "sheet-dark-zh")


def test_who_types_in_the_filter_goes_on_while_files_are_read_and_become_ready(documents, make_pdf, sales):
    page = documents()
    drop(
        page, ("a-report.pdf", make_pdf(*[f"Page {number} of the report." for number in range(12)])), ("b.xlsx", sales)
    )
    expect(row(page, "a-report.pdf")).to_be_visible()
    field = page.get_by_test_id("documents-filter")
    field.focus()
    node = field.element_handle()
    ready = page.get_by_test_id("documents-table").locator("tbody .sign.ready")
    until, typed = time.monotonic() + 60, ""
    while time.monotonic() < until and (row(page, "a-report.pdf").and_(page.locator(":not(:has(.ready))"))).count():
        word = "" if len(typed) > 20 else f"{typed}pdf "[len(typed) :]
        if not word:
            page.keyboard.press("Control+A")
            page.keyboard.press("Delete")
            typed = ""
        page.keyboard.type(word, delay=30)
        typed += word
        expect(field).to_have_value(typed)
        expect(field).to_be_focused()
    expect(ready.first).to_be_visible(timeout=60_000)
    page.keyboard.press("Control+A")
    page.keyboard.type("no such thing")
    expect(page.get_by_text("No document matches the filter.")).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("pdf")
    expect(page.get_by_text(re.compile(r"\d+ of \d+ documents"))).to_be_visible()
    expect(field).to_have_value("pdf")
    assert field.element_handle().evaluate("(now, then) => now === then", node)


def test_a_phone_has_room_for_all_of_it(documents, picture, make_pdf):
    page = documents(width=390, height=844)
    drop(page, ("a-name-too-long-for-a-phone-held-upright-in-one-hand.pdf", make_pdf(["For the phone."])))
    expect(row(page, "upright")).to_be_visible()
    picture(page, "phone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_bases_are_made_and_removed(documents, picture):
    page = documents()
    menu = page.get_by_role("button", name="New, rename, remove")
    menu.click()
    page.get_by_role("menuitem", name="New base").or_(page.get_by_text("New base", exact=True)).first.click()
    page.get_by_role("textbox", name="Name").fill("**Reports**")
    page.get_by_role("button", name="Create").click()
    picker = page.get_by_role("combobox", name="Base")
    expect(picker).to_have_value("**Reports**")
    expect(page.get_by_text("Add PDFs and workbooks (")).to_be_visible()
    menu.click()
    page.get_by_text("Remove this base", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Remove the base “**Reports**”?")
    picture(page, "base-removed")
    dialog.get_by_role("button", name="Remove").click()
    expect(picker).to_have_value("Library")


def test_a_model_is_downloaded_and_chosen(serve, visit, picture):
    with (
        ollama_server(OllamaScript(models=("qwen3:4b",))) as server,
        serve(llm="ollama", model="qwen3:4b", ollama_url=server.url) as address,
    ):
        page = visit(address)
        page.get_by_role("link", name="Models").click()
        expect(page.get_by_text("qwen3:4b writes the answers")).to_be_visible()
        page.get_by_role("button", name="Download", exact=True).click()
        expect(page.get_by_text("deepseek-r1:1.5b is there and can be used.")).to_be_visible()
        page.locator(".st-key-use-0").get_by_role("button").click()
        expect(page.get_by_text("deepseek-r1:1.5b answers from now on.")).to_be_visible()
        expect(page.locator(".st-key-model-chip")).to_contain_text("deepseek-r1:1.5b")
        picture(page, "models")
        page.goto("about:blank")  # the server ends before the page does


def test_a_reload_keeps_the_report_and_the_language(address, chromium, make_pdf, turn_to):
    context = chromium.new_context(locale="en-GB")  # not watched: Streamlit looks for itself under /documents too
    page = context.new_page()
    page.goto(address)
    turn_to(page, "Documents")
    drop(page, ("kept.pdf", make_pdf(["Kept over a reload."])))
    page.get_by_role("button", name="kept.pdf", exact=True).click()
    expect(page.get_by_role("heading", name="kept.pdf")).to_be_visible()
    page.get_by_role("radio", name="中文").click()
    expect(page.get_by_role("button", name="全部文档")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="全部文档")).to_be_visible()
    expect(page.get_by_role("heading", name="kept.pdf")).to_be_visible()
    context.close()


def test_nothing_is_fetched_from_elsewhere(address, chromium):
    context = chromium.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    for link in ("Documents", "Models", "Ask"):
        page.get_by_role("link", name=link).click()
        page.wait_for_timeout(700)
    context.close()
    assert asked
    assert [
        url for url in asked if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
    ] == []
