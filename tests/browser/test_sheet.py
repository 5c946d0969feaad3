"""A table worked with by hand in a real browser: grouped, drawn, led back to its cells, kept, and taken away live."""

import io
import random

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
def address(serve, chromium):
    """The app, with a workbook of sales that is read to the end."""
    with serve() as url:
        page = chromium.new_context(locale="en-GB").new_page()
        page.goto(url)
        page.get_by_role("link", name="Documents", exact=True).click()
        expect(page.get_by_role("heading", name="Documents")).to_be_visible()
        page.locator(".st-key-drop-zone input[type=file]").set_input_files(
            [{"name": "销售.xlsx", "mimeType": "application/octet-stream", "buffer": sales_book()}]
        )
        rows = page.get_by_test_id("documents-table").locator("tbody tr")
        expect(rows.filter(has=page.locator(".sign.ready"))).to_have_count(1, timeout=180_000)
        page.context.close()
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


def test_sales_are_summed_by_quarter_drawn_and_led_back_to_their_cells(sheet, picture):
    page = sheet()
    expect(page.get_by_test_id("whole-table").locator("thead th")).to_have_text(["订单日期", "Sum of 数量"])
    choose(page, "Of", "销售额")
    expect(page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")).to_be_visible()
    picture(page, "quarters")
    page.get_by_test_id("row-0").click()
    expect(page.get_by_test_id("cited-cell").first).to_be_visible()
    picture(page, "cells")
