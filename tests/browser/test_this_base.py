"""The page of a base in a real browser: its terms, and another embedding model while it is searched as before."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = ["The crew of the ferry and its training.", "Annual recurring revenue came to 48 million.", "Dogs travel free."]


@pytest.fixture(scope="module")
def address(serve, hand_over, make_pdf):
    """The app, with a report that is read to the end."""
    with serve(close_reading="off") as url:
        hand_over(url, ("ferry.pdf", make_pdf(PAGES))).context.close()
        yield url


@pytest.fixture
def this_base(documents):
    """The page, reached as a person reaches it."""

    def go(link="This base", **how):
        page = documents(link, **how)
        expect(page.get_by_role("tab").first).to_be_visible()
        return page

    return go


def rows(page):
    return page.get_by_test_id("terms").locator("tbody tr")


def test_a_term_is_made_found_set_right_and_removed_with_the_keyboard(this_base, picture):
    page = this_base()
    picture(page, "empty")
    page.get_by_role("button", name="New term").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="People ask for").fill("ARR, 经常性收入")
    page.keyboard.press("Tab")
    page.get_by_role("textbox", name="Documents print").fill("annual recurring revenue")
    page.get_by_role("button", name="Save").press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_test_id("listing-filter").fill("nowhere")
    expect(page.get_by_text("No term has these words.")).to_be_visible()
    expect(page.get_by_test_id("listing-filter")).to_be_focused()
    page.get_by_test_id("listing-filter").fill("")
    page.get_by_role("button", name="Edit term: ARR").press("Enter")
    seek = page.get_by_role("textbox", name="Documents print")
    expect(seek).to_have_value("annual recurring revenue")
    seek.fill("recurring revenue")
    page.get_by_role("button", name="Save").press("Enter")
    expect(rows(page).first).to_contain_text("recurring revenue")
    expect(rows(page).first).not_to_contain_text("annual")
    picture(page, "term")
    page.get_by_role("button", name="Remove: ARR").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("There are no terms yet.")).to_be_visible()


def test_a_base_changes_its_model_and_says_so(this_base, picture):
    page = this_base()
    page.get_by_role("tab", name="Embedding model").click()
    expect(page.get_by_text("Searched with hashing-256")).to_be_visible()
    name = page.get_by_role("combobox", name="Another model")
    name.fill("multilingual")
    page.get_by_role("option", name="multilingual-e5-small-int8").first.click()
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("of disk must be free")).to_be_visible(timeout=90_000)
    picture(page, "room")
    page.get_by_role("button", name="Change to this model").click()
    told = page.get_by_test_id("stTabs").get_by_text("Searched with multilingual-e5-small-int8")
    expect(told).to_be_visible(timeout=120_000)
    picture(page, "changed")


def test_the_page_speaks_chinese_in_the_dark_on_a_phone(this_base, picture):
    page = this_base("本知识库", locale="zh-CN", scheme="dark", width=390, height=844)
    expect(page.get_by_text("一条术语写明")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "phone-zh")
    page.get_by_role("tab", name="向量模型").click()
    expect(page.get_by_text("当前使用")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "phone-model-zh")


def test_a_phone_shows_each_term_whole(address, this_base, picture):
    page = this_base(width=390, height=844)
    page.get_by_role("button", name="New term").click()
    page.get_by_role("textbox", name="People ask for").fill("crew")
    page.get_by_role("textbox", name="Documents print").fill("everybody who works on board of a ferry\nship's company")
    page.get_by_role("button", name="Save").click()
    name = rows(page).get_by_role("button", name="crew", exact=True)
    expect(name).to_be_visible()
    assert name.bounding_box()["width"] > 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Import").click()
    words = page.get_by_role("dialog").get_by_test_id("stFileUploaderDropzoneInstructions")
    assert "5 MB each" in words.evaluate("node => getComputedStyle(node, '::after').content")
    picture(page, "phone-import")
