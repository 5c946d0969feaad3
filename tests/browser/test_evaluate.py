"""The Evaluate page in a real browser: questions taken in, a run with its chart, a comparison, and their places."""

import io
import json
from pathlib import Path

import pymupdf
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SUBJECTS = ["The board of the harbour", "Weather on the coast", "The annual mooring fee", "Dogs on ferries"]


def harbour_report():
    """Four pages that fill a passage each."""
    with pymupdf.open() as pdf:
        for subject in SUBJECTS:
            page = pdf.new_page()
            for number in range(25):
                page.insert_text((72, 90 + 22 * number), f"{subject}, remark {number + 1} of many that follow.")
        return pdf.tobytes()


def gold_file():
    """A question for each page, the last with a page that is wrong; and a line that is none."""
    file = io.StringIO()
    for number, subject in enumerate(SUBJECTS, start=1):
        page = number if number < len(SUBJECTS) else 1
        place = {"document": "harbour.pdf", "page": page}
        kind = "text" if number % 2 else "table"
        question = {"question": f"{subject}?", "document": "harbour.pdf", "kind": kind, "evidence": [place]}
        file.write(json.dumps(question) + "\n")
    file.write("{broken\n")
    return file.getvalue().encode()


@pytest.fixture(scope="module")
def address(serve, hand_over, turn_to):
    """The app, with a report that is read to the end and questions taken in from a file."""
    with serve(close_reading="off") as url:
        page = hand_over(url, ("harbour.pdf", harbour_report()))
        turn_to(page, "Evaluate")
        page.get_by_role("button", name="Import").click()
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
            [{"name": "gold.jsonl", "mimeType": "application/jsonl", "buffer": gold_file()}]
        )
        page.get_by_role("button", name="Take in").click()
        expect(page.get_by_text("4 questions were added.")).to_be_visible()
        expect(page.get_by_text("Line 5: not a JSON object")).to_be_visible()
        page.context.close()
        yield url


@pytest.fixture
def evaluate(address, visit):
    """The Evaluate page, reached as a person reaches it."""

    def go(link="Evaluate", **how):
        page = visit(address, **how)
        if how.get("width", 1280) < 640:
            page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("link", name=link, exact=True).click()
        expect(page.get_by_test_id("gold-questions")).to_be_visible()
        return page

    return go


def rows(page, name="gold-questions"):
    return page.get_by_test_id(name).locator("tbody tr")


def run(page, name=""):
    if name:
        page.get_by_role("textbox", name="Name of the run").fill(name)
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Run 4 questions").click()
    expect(rows(page).locator(".c-rank").first).not_to_have_text("–", timeout=60_000)
    expect(page.get_by_role("button", name="Run 4 questions")).to_be_visible(timeout=60_000)


def test_questions_are_run_set_right_run_again_and_compared(evaluate, picture):
    page = evaluate()
    expect(rows(page)).to_have_count(4)
    picture(page, "questions")
    run(page)
    wrong = rows(page).filter(has_text="Dogs on ferries?")
    expect(wrong.locator(".c-rank")).not_to_have_text("1")
    wrong.get_by_role("button", name="Edit question").click()
    places = page.get_by_role("textbox", name="Places")
    expect(places).to_have_value("1")
    picture(page, "edit")
    places.fill("4")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(wrong.locator(".c-place")).to_contain_text("p. 4")
    run(page, "page set right")
    expect(wrong.locator(".c-rank")).to_have_text("1")
    page.get_by_text("Runs", exact=True).click()
    expect(
        page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first
    ).to_be_visible()
    expect(page.get_by_test_id("measures").locator(".delta.better").first).to_be_visible()
    expect(page.get_by_text("Since the other run, better: 1, worse: 0.")).to_be_visible()
    picture(page, "runs")
    page.get_by_test_id("narrow-show").select_option("better")
    expect(rows(page, "run-questions")).to_have_count(1)
    rows(page, "run-questions").get_by_role("button", name="Dogs on ferries?").click()
    expect(page.get_by_test_id("source-place")).to_contain_text("p. 4")
    picture(page, "compared")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("source-pane")).to_have_count(0)
    page.locator(".st-key-run-menu").get_by_role("button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Figures (JSON)").click()
    assert len(json.loads(Path(download.value.path()).read_text("utf-8"))["questions"]) == 4


def test_questions_are_searched_narrowed_and_removed_together(evaluate, picture):
    page = evaluate()
    page.get_by_test_id("listing-filter").fill("coast")
    expect(rows(page)).to_have_count(1)
    page.get_by_test_id("listing-filter").fill("")
    expect(rows(page)).to_have_count(4)
    page.get_by_test_id("narrow-kind").select_option("table")
    expect(rows(page)).to_have_count(2)
    page.get_by_test_id("narrow-kind").select_option("")
    expect(rows(page)).to_have_count(4)
    page.get_by_role("button", name="New question").click()
    page.get_by_role("textbox", name="Question").fill("What is the fee for dogs?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(rows(page)).to_have_count(5)
    rows(page).filter(has_text="fee for dogs").get_by_role("checkbox").check()
    page.get_by_test_id("bulk-remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(rows(page)).to_have_count(4)


def test_weights_that_are_tried_on_the_find_page_go_with_a_run(evaluate, turn_to, picture):
    page = evaluate()
    expect(page.get_by_role("button", name="Weights: learnt")).to_be_visible()
    turn_to(page, "Find")
    page.get_by_role("textbox", name="Question").fill("What is the annual mooring fee?")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("hit-1")).to_be_visible()
    page.get_by_role("button", name="Weights", exact=True).click()
    page.get_by_role("slider", name="Name").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("weights are being tried")).to_be_visible()
    page.get_by_role("button", name="Run the gold questions with these").click()
    expect(page.get_by_role("button", name="Weights: tried")).to_be_visible()
    page.get_by_role("button", name="Run 4 questions").click()
    page.get_by_text("Runs", exact=True).click()
    expect(page.get_by_text("weights: Name")).to_be_visible(timeout=60_000)
    picture(page, "weights-tried")


def test_the_page_speaks_chinese_in_the_dark(evaluate, picture):
    page = evaluate("评测", locale="zh-CN", scheme="dark")
    picture(page, "dark-zh")
    page.get_by_text("评测记录", exact=True).click()
    expect(page.get_by_test_id("measures").or_(page.get_by_text("还没有评测记录"))).to_be_visible()
    picture(page, "runs-dark-zh")


def test_a_phone_shows_questions_below_each_other(evaluate, picture):
    page = evaluate(width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "phone")
    rows(page).first.get_by_role("button").first.click()
    expect(page.get_by_test_id("source-place")).to_be_visible()
    picture(page, "phone-source")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_test_id("source-pane")).to_have_count(0)
    page.get_by_text("Runs", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "phone-runs")
