"""A sheet behind a citation in a real browser: heads in sight, merged cells, tabs, what lies beneath a cell."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def statement():
    """Heads over two rows, some of them merged, far above the rows that are asked for; two more sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "费用明细"
    for row in [
        ["费用明细表"],
        ["单位：元"],
        ["费用项目", "2024年", None, "2023年", None, "增减"],
        [None, "预算", "实际", "预算", "实际", None],
        *(
            [
                f"费用{number:03}",
                number * 1000.5,
                number * 990,
                number * 800,
                number * 810,
                f"=C{number + 4}-E{number + 4}",
            ]
            for number in range(1, 121)
        ),
    ]:
        sheet.append(row)
    for area in ("A1:F1", "A3:A4", "B3:C3", "D3:E3", "F3:F4"):
        sheet.merge_cells(area)
    for row in sheet.iter_rows(min_row=5, min_col=2):
        for cell in row:
            cell.number_format = "#,##0.00"
    other = book.create_sheet("分部")
    for row in [["分部", "收入"], ["北区", 12], ["南区", 30]]:
        other.append(row)
    unseen = book.create_sheet("底稿")
    unseen.append(["草稿", 1])
    unseen.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def address(serve, hand_over):
    """The app, with a workbook that is read to the end."""
    with serve() as url:
        hand_over(url, ("费用.xlsx", statement())).context.close()
        yield url


@pytest.fixture
def cited(address, visit):
    """The sheet of what is found for a question, opened from its evidence."""

    def go(question, **how):
        page = visit(address, **how)
        box = page.locator(".st-key-ask-foot textarea, .st-key-ask-welcome textarea").first
        box.fill(question)
        box.press("Enter")
        turn = page.get_by_test_id("turn").filter(has_text=question).last
        expect(turn).to_have_attribute("data-state", "done")
        turn.get_by_test_id("card-1").click()
        expect(page.get_by_test_id("cited-cell").first).to_be_visible()
        return page

    return go


def at(page, name):
    return page.locator(f'[data-testid=sheet-grid] [data-cell="{name}"]')


def assert_heads_in_sight(page):
    """Wherever the grid is scrolled to, its heads stand at its top, one row below the other, and nothing over them."""
    pane = page.locator(".desk-grid")
    assert pane.evaluate("node => { node.scrollTop = node.scrollHeight; return node.scrollTop; }") > 0
    page.wait_for_timeout(100)
    top = pane.bounding_box()["y"]
    upper, lower = at(page, "B3").bounding_box(), at(page, "B4").bounding_box()
    assert top <= upper["y"] < top + 80
    assert abs(lower["y"] - upper["y"] - upper["height"]) <= 1.5
    for name in ("A3", "B3", "C4"):
        on_top = """node => {
            const box = node.getBoundingClientRect();
            return node.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === node;
        }"""
        assert at(page, name).evaluate(on_top), name


def test_row_labels_stay_in_sight_and_the_cell_is_named_whole(cited, picture):
    page = cited("费用077 2024年 实际")
    pane = page.locator(".desk-grid")
    assert pane.evaluate("node => { node.scrollLeft = node.scrollWidth; return node.scrollLeft; }") > 0
    page.wait_for_timeout(100)
    for name in ("A3", "A81"):
        assert at(page, name).bounding_box()["x"] < pane.bounding_box()["x"] + 60, name
    picture(page, "across")
    for place in page.get_by_test_id("turn").locator(".cited-as .place").all():
        front, tail = place.locator(".front").bounding_box(), place.locator(".tail")
        assert front["width"] > 30
        assert tail.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_heads_stay_in_sight_and_merged_cells_are_one(cited, picture):
    page = cited("费用077 2024年 实际")
    cells = page.get_by_test_id("cited-cell")
    expect(cells.filter(has_text="76,230.00")).to_have_attribute("data-cell", "C81")
    assert (at(page, "B3").get_attribute("colspan"), at(page, "A3").get_attribute("rowspan")) == ("2", "2")
    expect(at(page, "C3")).to_have_count(0)
    picture(page, "cited")
    assert_heads_in_sight(page)
    picture(page, "scrolled")


def test_what_lies_beneath_a_cell_is_told_when_it_is_pointed_at(cited):
    page = cited("费用077 2024年 实际")
    assert at(page, "B81").get_attribute("title") == "B81\nValue: 77038.5"
    beneath = at(page, "F81").get_attribute("title").split("\n")
    assert beneath[0] == "F81"
    assert "Formula: =C81-E81" in beneath
    expect(at(page, "F81")).to_have_text("13,860.00")
    assert at(page, "A81").get_attribute("title") is None


def test_sheets_are_changed_by_their_tabs_and_the_cited_cells_found_again(cited, picture):
    page = cited("费用077 2024年 实际", locale="zh-CN", scheme="dark")
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_text(["费用明细", "分部", "底稿"])
    expect(page.get_by_role("tab", name="底稿")).to_have_attribute("title", "在工作簿中已隐藏。")
    picture(page, "dark-zh")
    page.get_by_role("tab", name="分部").click()
    expect(at(page, "A3")).to_have_text("南区")
    expect(page.get_by_test_id("cited-cell")).to_have_count(0)
    expect(page.get_by_role("tab", name="分部")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="费用明细").click()
    expect(page.get_by_test_id("cited-cell").filter(has_text="76,230.00")).to_be_visible()


def test_a_phone_shows_the_sheet_below_the_answer(cited, picture):
    page = cited("费用077 2024年 实际", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_test_id("cited-cell").first.scroll_into_view_if_needed()
    picture(page, "phone")
    assert_heads_in_sight(page)
