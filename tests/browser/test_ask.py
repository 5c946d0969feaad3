"""The main job in a real browser: add files, ask in both languages, and check the answer where it stands."""

import re
import time
from pathlib import Path

import pymupdf
import pytest
from ollama_server import Endless, OllamaScript, ollama_server
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FEE = "The annual mooring fee is 12 euros for each metre."
FEE_IN_CHINESE = "公司的系泊费为每米十二欧元。"
LEGIBLE = (Path(__file__).parent / "legible.js").read_text("utf-8")
LONG_NAME = f"{'各地区各季度产品销售明细与同比变动' * 4} sales.xlsx"
THOUGHT = "The first piece of evidence names the fee."


@pytest.fixture(scope="module")
def model():
    """Thinks for a moment, answers with a mark, and then never ends by itself."""
    reply = [
        {"thinking": THOUGHT},
        "The fee is **12 euros** [1]. <img src=x onerror=alert(1)> ",
        Endless("and so on ", 0.05),
    ]
    with ollama_server(OllamaScript(reply)) as served:
        yield served


@pytest.fixture(scope="module")
def address(serve, model):
    with serve(llm="ollama", ollama_url=model.url) as url:
        yield url


@pytest.fixture
def desk(address, model, visit, report, sales):
    """A page of a visitor, with a report and a workbook that can be asked, and a model that listens again."""

    def open_desk(**how):
        model.away.clear()
        return with_documents(visit(address, **how), report, sales)

    return open_desk


@pytest.fixture(scope="module")
def quiet(serve):
    """The app without a model."""
    with serve() as url:
        yield url


@pytest.fixture
def quiet_desk(quiet, visit, report, sales):
    """A page of a visitor who has no model, with documents that can be asked."""

    def open_desk(**how):
        return with_documents(visit(quiet, **how), report, sales)

    return open_desk


def with_documents(page, report, sales):
    """*page* when there is something to ask: both files are given to an app that has none yet."""
    foot, welcome = page.locator(".st-key-ask-foot"), page.locator(".st-key-ask-welcome")
    expect(foot.or_(welcome).first).to_be_visible()
    if welcome.is_visible():
        page.locator("input[type=file]").first.set_input_files(
            [
                {"name": "ferries.pdf", "mimeType": "application/pdf", "buffer": report},
                {"name": "sales.xlsx", "mimeType": "application/octet-stream", "buffer": sales},
            ]
        )
    start = page.locator(".st-key-ask-start")
    expect(start).to_contain_text(re.compile("Documents to search: [2-9]"), timeout=60_000)
    return page


def ask(page, question):
    box = page.locator(".st-key-ask-foot textarea")
    box.fill(question)
    box.press("Enter")
    turn = page.get_by_test_id("turn").filter(has_text=question).last
    expect(turn.get_by_test_id("card-1")).to_be_visible()
    return turn


def stop(page, turn):
    page.locator(".st-key-ask-stop button").click()
    expect(turn).to_have_attribute("data-state", "done")


def assert_places_whole(where):
    """No page or cell of the citations in *where* is cut, once they are laid out."""
    fits = "nodes => nodes.length > 0 && nodes.every(n => n.clientWidth > 0 && n.scrollWidth <= n.clientWidth)"
    until = time.monotonic() + 10
    while not where.locator(".cited-as .place .tail").evaluate_all(fits):
        assert time.monotonic() < until
        where.page.wait_for_timeout(50)


def assert_cited_whole(where, ends):
    """The citation in *where* ends so, and of its long file name only the middle is out of sight."""
    cited = where.locator(".cited-as")
    expect(cited).to_have_text(ends)
    expect(cited).to_have_attribute("title", ends)
    home = cited.bounding_box()
    for part in (".file .tail", ".place .tail"):
        box = cited.locator(part).bounding_box()
        assert box["width"] > 10
        assert box["x"] + box["width"] <= home["x"] + home["width"] + 0.5
    assert_places_whole(where)
    front = cited.locator(".file .front")
    assert front.evaluate("node => node.scrollWidth > node.clientWidth && node.clientWidth > 20")


def test_a_cited_sentence_is_boxed_where_it_stands_on_the_page(desk, report, picture):
    page = desk()
    turn = ask(page, "What is the annual mooring fee?")
    expect(turn.get_by_test_id("card-1")).to_contain_text("p. 2 (printed 1)")
    expect(turn.get_by_test_id("pill-1")).to_be_visible()
    expect(turn.locator(".thinking")).to_contain_text(re.compile(r"Thought for \d"))
    picture(page, "writing")
    turn.get_by_test_id("card-1").click()
    expect(page.get_by_test_id("source-pane")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("source-pane")).to_have_count(0)
    expect(turn).to_have_attribute("data-state", "writing")
    stop(page, turn)
    expect(turn.locator(".prose")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(turn.locator(".notes")).to_contain_text("Stopped")
    turn.get_by_test_id("pill-1").click()
    box = page.get_by_test_id("cited-box").first
    expect(box).to_be_visible()
    expect(page.get_by_test_id("source-place")).to_have_text("p. 2 (printed 1)")
    expect(page.get_by_test_id("source-quote")).to_contain_text(FEE)
    picture(page, "source")
    assert_over(box, page.get_by_test_id("page-image"), report, 2, FEE)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("source-pane")).to_have_count(0)


def test_an_answer_goes_on_over_a_reload_and_is_kept(desk):
    page = desk()
    turn = ask(page, "How much is the mooring fee?")
    expect(turn).to_have_attribute("data-state", "writing")
    page.reload()
    turn = page.get_by_test_id("turn")
    expect(turn).to_have_attribute("data-state", "writing")
    stop(page, turn)
    before = turn.locator(".prose").inner_text()
    assert "and so on" in before
    page.reload()
    expect(page.get_by_test_id("turn").locator(".prose")).to_have_text(before)
    turn.locator("[data-act=prompt]").click()
    expect(page.get_by_role("dialog")).to_contain_text("How much is the mooring fee?")


def test_a_question_that_the_server_has_outlives_a_reload_at_once(desk, model):
    page = desk()
    question = "What does mooring cost, asked just before a reload?"
    box = page.locator(".st-key-ask-foot textarea")
    box.fill(question)
    box.press("Enter")
    until = time.monotonic() + 30
    while not any(question in str(asked) for asked in model.requests):
        assert time.monotonic() < until
        page.wait_for_timeout(5)
    page.reload(wait_until="commit")
    turn = page.get_by_test_id("turn").filter(has_text=question)
    expect(turn.get_by_test_id("card-1")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]c=\d+"))
    stop(page, turn)


def test_back_leads_from_another_page_to_the_question(desk):
    page = desk()
    page.get_by_role("link", name="Documents", exact=True).click()
    expect(page.locator(".st-key-drop-zone")).to_be_visible()
    page.go_back()
    expect(page.locator(".st-key-ask-start")).to_be_visible()


def test_chinese_is_asked_and_boxed_without_a_model(quiet, visit, report, sales, picture):
    page = visit(quiet, locale="zh-CN", scheme="dark")
    page.locator("input[type=file]").first.set_input_files(
        [
            {"name": "渡轮.pdf", "mimeType": "application/pdf", "buffer": report},
            {"name": LONG_NAME, "mimeType": "application/octet-stream", "buffer": sales},
        ]
    )
    expect(page.locator(".st-key-ask-start")).to_contain_text("2 份文档", timeout=60_000)
    turn = ask(page, "系泊费是多少？")
    expect(turn).to_have_attribute("data-state", "done")
    expect(turn.locator(".prose")).to_contain_text(FEE_IN_CHINESE)
    expect(turn.locator(".notes")).to_contain_text("ollama pull deepseek-r1:1.5b")
    turn.locator(".prose p", has_text=FEE_IN_CHINESE).locator(".pill").click()
    box = page.get_by_test_id("cited-box").first
    expect(box).to_be_visible()
    expect(page.get_by_test_id("source-place")).to_have_text("第 3 页（印刷页码 2）")
    picture(page, "chinese")
    assert_over(box, page.get_by_test_id("page-image"), report, 3, FEE_IN_CHINESE)

    turn = ask(page, "North Q2")
    expect(turn).to_have_attribute("data-state", "done")  # until then the cards are drawn anew
    expect(turn.locator("h2")).to_be_in_viewport()
    assert_places_whole(turn)
    card = turn.get_by_test_id(re.compile(r"card-\d")).filter(has_text=LONG_NAME).first
    assert_cited_whole(card, re.compile(r"› Sales![A-Z]+2(:[A-Z]+2)?$"))
    card.click()
    cells = page.get_by_test_id("cited-cell")
    expect(cells.filter(has_text="130")).to_have_attribute("data-cell", "C2")
    expect(page.get_by_test_id("sheet-grid").locator("[data-cell=A1]")).to_have_text("Region")
    assert_cited_whole(page.get_by_test_id("source-pane"), re.compile(r"› Sales![A-Z]+2(:[A-Z]+2)?$"))
    picture(page, "sheet")

    page.get_by_text("English", exact=True).click()
    expect(page.get_by_test_id("turn").first.locator(".notes")).to_contain_text("the documents' own words")
    expect(page.get_by_test_id("turn")).to_have_count(2)


def test_pages_and_zoom_are_turned_beside_the_answer_on_a_phone_too(quiet_desk, picture):
    page = quiet_desk(width=390, height=844)
    turn = ask(page, "What is the annual mooring fee?")
    expect(turn).to_have_attribute("data-state", "done")  # until then the cards are drawn anew
    picture(page, "phone")
    turn.get_by_test_id("card-1").click()
    place = page.get_by_test_id("source-place")
    expect(place).to_have_text("p. 2 (printed 1)")
    picture(page, "phone-source")
    page.get_by_label("Next page").click()
    expect(place).to_have_text("p. 3 (printed 2)")
    page.get_by_label("Previous page").click()
    expect(place).to_have_text("p. 2 (printed 1)")
    image = page.get_by_test_id("page-image")
    before = image.bounding_box()["width"]
    page.get_by_label("Zoom in").click()
    assert image.bounding_box()["width"] == pytest.approx(before * 1.25, rel=0.02)
    page.get_by_label("Next page").click()
    page.get_by_label("Close").click()  # before that page is there
    expect(page.get_by_test_id("source-pane")).to_have_count(0)


def test_a_question_with_a_file_waits_for_the_file(quiet_desk, make_pdf):
    page = quiet_desk()
    pdf = make_pdf(["The lighthouse keeper is called Ines."])
    # Streamlit sends nothing while a file is on its way, and does not show that.
    with page.expect_response(lambda answer: "/upload_file/" in answer.url and answer.request.method == "PUT"):
        page.locator(".st-key-ask-foot input[type=file]").first.set_input_files(
            [{"name": "keeper.pdf", "mimeType": "application/pdf", "buffer": pdf}]
        )
    expect(page.locator(".st-key-ask-foot")).to_contain_text("keeper.pdf")
    page.wait_for_timeout(500)
    turn = ask(page, "What is the lighthouse keeper called?")
    expect(turn.get_by_test_id("card-1")).to_contain_text("keeper.pdf")
    turn.get_by_test_id("card-1").click()
    expect(page.get_by_test_id("source-quote")).to_contain_text("Ines")
    page.reload()
    expect(page.get_by_test_id("source-quote")).to_contain_text("Ines")


def test_a_question_that_a_reload_overtakes_is_asked_or_stands_in_the_input(quiet_desk):
    page = quiet_desk()
    box = page.locator(".st-key-ask-foot textarea")
    box.fill("What is asked while the page is loaded anew?")
    box.press("Enter")
    page.reload()
    page.wait_for_function(
        """question => document.querySelector(".st-key-ask-foot textarea")?.value === question
        || [...document.querySelectorAll("[class*=st-key-turn-] *")].some(
            node => node.shadowRoot?.textContent.includes(question))""",
        arg="What is asked while the page is loaded anew?",
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_is_dark_enough_to_read_and_every_control_has_a_name(quiet_desk, scheme):
    page = quiet_desk(scheme=scheme)
    turn = ask(page, "What is the annual mooring fee?")
    expect(turn).to_have_attribute("data-state", "done")
    expect(page.get_by_test_id("said")).to_have_text("The answer is there")
    turn.get_by_test_id("card-1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("page-image")).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    page.wait_for_timeout(500)  # colours pass over into each other
    assert page.evaluate(LEGIBLE) == []
    page.keyboard.press("/")
    expect(page.locator(".st-key-ask-foot textarea")).to_be_focused()


def assert_over(box, image, pdf, number, words):
    """*box* lies over *words* of page *number*, within a few pixels of where MuPDF itself finds them."""
    with pymupdf.open(stream=pdf) as document:
        page = document[number - 1]
        (known,) = page.search_for(words)
        wide, high = page.rect.width, page.rect.height
    over, around = box.bounding_box(), image.bounding_box()
    left = (over["x"] - around["x"]) / around["width"] * wide
    top = (over["y"] - around["y"]) / around["height"] * high
    right = left + over["width"] / around["width"] * wide
    bottom = top + over["height"] / around["height"] * high
    assert (left, right) == pytest.approx((known.x0, known.x1), abs=8)
    assert (top, bottom) == pytest.approx((known.y0, known.y1), abs=8)
