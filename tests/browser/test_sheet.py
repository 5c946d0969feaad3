"""A table worked with by hand in a real browser: grouped, drawn, led back to its cells, kept, and taken away live."""

import io
import random
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

REGIONS, PRODUCTS = ["华东", "华北", "华南", "西南"], ["台灯", "书桌", "座椅"]


def sales_book():
    """Two years of sales, and a row that sums them up."""
    chance = random.Random(7)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "销售明细"
    sheet.append(["订单日期", "区域", "产品", "数量", "销售额"])
    total = 0
    for number in range(240):
        year, month, day = 2024 + number // 120, number // 10 % 12 + 1, number % 28 + 1
        amount = chance.randint(10, 900) * 10 + (month - 1) * 150
        total += amount
        sheet.append([f"{year}-{month:02}-{day:02}", chance.choice(REGIONS), chance.choice(PRODUCTS), 3, amount])
    sheet.append(["合计", None, None, 720, total])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def address(serve, hand_over):
    """The app, with a workbook of sales that is read to the end."""
    with serve() as url:
        hand_over(url, ("销售.xlsx", sales_book())).context.close()
        yield url


@pytest.fixture
def sheet(address, visit):
    """The Sheet page, reached as a person reaches it."""

    def go(link="Sheet", **how):
        page = visit(address, **how)
        if how.get("width", 1280) < 640:
            page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("link", name=link, exact=True).click()
        expect(page.get_by_test_id("whole-table")).to_be_visible()
        return page

    return go


def choose(page, label, option):
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def heads(page):
    return page.get_by_test_id("whole-table").locator("thead th")


CHART = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"


def test_sales_are_summed_by_quarter_drawn_and_led_back_to_their_cells(sheet, picture):
    page = sheet()
    expect(heads(page)).to_have_text(["订单日期", "Sum of 销售额"])
    expect(page.get_by_test_id("row-0")).to_contain_text("2024 Q1")
    expect(page.get_by_test_id("row-8")).to_contain_text("Total")
    expect(page.get_by_text("1 total row left out")).to_be_visible()
    expect(page.locator(CHART).first).to_be_visible()
    picture(page, "quarters")
    page.get_by_test_id("row-1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("cited-cell").first).to_be_visible()
    expect(page.get_by_test_id("sheet-grid").locator("tr.frozen")).to_contain_text("订单日期")
    expect(page.get_by_test_id("row-1")).to_have_attribute("aria-selected", "true")
    picture(page, "cells")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("source-pane")).to_have_count(0)


def test_a_view_across_products_is_kept_and_taken_away_with_live_formulas(sheet, picture):
    page = sheet()
    choose(page, "Across", "产品")
    expect(heads(page)).to_have_text(["订单日期", *sorted(PRODUCTS), "All"])
    page.get_by_text("Bars", exact=True).click()
    choose(page, "Filter by", "区域")
    choose(page, "区域", "华北")
    expect(page.get_by_text(re.compile(r"^\d\d rows counted"))).to_be_visible()
    picture(page, "across")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel workbook with live formulas").click()
    page.keyboard.press("Escape")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert book.sheetnames == ["Result", "Data"]
    formulas = [cell.value for row in book["Result"].iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert all("SUMIFS('Data'!$E$2:$E$242" in formula for formula in formulas)
    page.get_by_role("button", name="Save view").click()
    page.get_by_role("textbox", name="Name").fill("North by product")
    page.get_by_role("button", name="Save", exact=True).click()
    saved = page.get_by_role("button", name="Saved views (1)")
    expect(saved).to_be_enabled()
    page.get_by_role("button", name="Remove 区域").click()
    choose(page, "Across", "Not split")
    expect(heads(page)).to_have_text(["订单日期", "Sum of 销售额"])
    expect(page.get_by_text("240 rows counted")).to_be_visible()
    saved.click()
    page.get_by_role("button", name="North by product").click()
    expect(heads(page)).to_have_text(["订单日期", *sorted(PRODUCTS), "All"])
    expect(page.get_by_text(re.compile(r"^\d\d rows counted"))).to_be_visible()
    picture(page, "saved")
    saved.click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("button", name="Saved views (0)")).to_be_disabled()


def test_an_open_table_is_sent_to_the_sheet(address, visit):
    page = visit(address)
    page.get_by_role("link", name="Tables", exact=True).click()
    page.get_by_test_id("tables-list").locator("li").first.get_by_role("button").click()
    page.get_by_role("button", name="Group and sum").click()
    expect(page.get_by_role("heading", name="Sheet")).to_be_visible()
    expect(heads(page)).to_have_text(["订单日期", "Sum of 销售额"])
    expect(page).to_have_url(re.compile(r"/sheet\?of="))


def test_the_sheet_speaks_chinese_in_the_dark(sheet, picture):
    page = sheet("汇总", locale="zh-CN", scheme="dark")
    expect(heads(page)).to_have_text(["订单日期", "销售额合计"])
    expect(page.get_by_test_id("row-0")).to_contain_text("2024年第一季度")
    expect(page.locator(CHART).first).to_be_visible()
    picture(page, "dark-zh")
    page.get_by_text("逐行", exact=True).click()
    expect(heads(page)).to_have_text(["订单日期", "区域", "产品", "数量", "销售额"])
    picture(page, "rows-dark-zh")


def test_a_phone_shows_controls_chart_and_result_below_each_other(sheet, picture):
    page = sheet(width=390, height=844)
    expect(page.locator(CHART).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "phone")
    page.get_by_test_id("row-0").click()
    expect(page.get_by_test_id("cited-cell").first).to_be_attached()
    table, source = page.get_by_test_id("whole-table"), page.get_by_test_id("source-pane")
    assert source.bounding_box()["y"] > table.bounding_box()["y"] + 100
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_test_id("row-3").scroll_into_view_if_needed()
    picture(page, "phone-result")
