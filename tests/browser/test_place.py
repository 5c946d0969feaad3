"""Whoever comes back to a conversation finds it where they left it, and a click is answered before the server is."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

QUESTIONS = ["What is the annual mooring fee?", "Which region sold most?", "How many ferries are there?"]


@pytest.fixture(scope="module")
def address(serve, hand_over, report, sales):
    """The app, with a report and a workbook that are read to the end."""
    with serve() as url:
        hand_over(url, ("ferries.pdf", report), ("sales.xlsx", sales)).context.close()
        yield url


@pytest.fixture
def conversation(address, visit):
    """A page with a conversation of three questions, the first of which is looked at."""
    page = visit(address)
    for question in QUESTIONS:
        box = page.locator(".st-key-ask-foot textarea")
        box.fill(question)
        box.press("Enter")
        turn = page.get_by_test_id("turn").filter(has_text=question)
        expect(turn).to_have_attribute("data-state", "done")
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    first = page.get_by_role("heading", name=QUESTIONS[0])
    page.mouse.move(700, 300)
    for _ in range(40):
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(50)
        if first.bounding_box()["y"] > 0:
            return page
    pytest.fail("the first question never came into sight")


def test_a_conversation_is_found_where_it_was_left(conversation, turn_to):
    page = conversation
    first = page.get_by_role("heading", name=QUESTIONS[0])
    turn_to(page, "Documents")
    page.go_back()
    expect(first).to_be_in_viewport()
    page.reload()
    expect(first).to_be_in_viewport()


def test_a_conversation_that_is_opened_begins_with_its_newest_question(conversation, visit):
    other = visit(conversation.url)
    expect(other.get_by_role("heading", name=QUESTIONS[-1])).to_be_in_viewport()
    expect(other.get_by_role("heading", name=QUESTIONS[0])).not_to_be_in_viewport()
    expect(other.get_by_role("button", name="New conversation")).to_be_in_viewport()


def test_the_page_that_is_chosen_is_seen_before_the_server_answers(address, visit):
    page = visit(address)
    link = page.get_by_role("link", name="Tables", exact=True)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    marked = link.evaluate("node => { node.click(); return node.hasAttribute('data-going'); }")
    assert marked
    expect(page).to_have_url(re.compile("/tables"))
    expect(page.locator("a[data-going]")).to_have_count(0)


def test_a_path_below_a_path_leads_to_a_page_that_says_so(address, chromium):
    # Not watched for errors: below the first path Streamlit looks for itself in vain first, and says so.
    with chromium.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{address}/reports/2025")
        expect(page.get_by_text("There is no page “2025”.")).to_be_visible()
        expect(page).to_have_title("PageCite")
