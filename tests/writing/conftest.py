"""Hits as a reader and a chunker would make them: prose in lines with boxes, statements as tables, sheets as cells."""

from datetime import UTC, datetime

import pytest

from rag.records import Box, Cell, Cells, Document, Hit, Page, Passage, Span, TableHead, cell_name


@pytest.fixture(scope="session")
def document():
    def make(name="acme-10k.pdf", kind="pdf"):
        return Document(1, 1, name, "digest", kind, 1000, datetime(2026, 1, 1, tzinfo=UTC), "someone")

    return make


@pytest.fixture(scope="session")
def prose(document):
    """Sentences, one span each unless they are given as lists of pieces; "¶" in front begins a paragraph."""

    def make(*sentences, page=2, heading=(), name="acme-10k.pdf", title=None):
        spans = [Span(title, Page(page, None, Box(72, 60, 300, 80)), "heading", "\n", 1)] if title else []
        at = 100.0
        for sentence in sentences:
            for text in [sentence] if isinstance(sentence, str) else sentence:
                before = "\n" if text.startswith("¶") or (title and len(spans) == 1) else " "
                box = Box(72, at, 400, at + 12)
                spans.append(Span(text.removeprefix("¶"), Page(page, f"F-{page}", box), "text", before))
                at += 14
        return Hit(Passage(document(name), tuple(spans), heading, None, 11), 0.9, {"words": 1})

    return make


@pytest.fixture(scope="session")
def statement(document):
    """A table on a page; an empty text is an empty cell."""

    def make(title, unit, heads, rows, *, page=5, heading=(), name="acme-10k.pdf"):
        def place(row, column):
            return Page(page, f"F-{page}", Box(100.0 * column, 100.0 + 12 * row, 100.0 * column + 60, 110.0 + 12 * row))

        header = tuple(Cell(text, place(-1, column), column) for column, text in enumerate(heads, 1) if text)
        head = TableHead(
            (Span(title, place(-3, 1), "title"),) if title else (),
            (Span(unit, place(-2, 1), "unit"),) if unit else (),
            (header,) if header else (),
        )
        spans = []
        for number, row in enumerate(rows):
            before = "\n"
            for column, text in enumerate(row, 1):
                if text:
                    spans.append(Span(text, place(number, column), "cell", before, 0, column))
                    before = "\t"
        return Hit(Passage(document(name), tuple(spans), heading, head, 12), 1.0, {"meaning": 1})

    return make


@pytest.fixture(scope="session")
def sheet(document):
    """Rows of a sheet, the first being the column heads."""

    def make(rows, name="sales.xlsx", tab="Sales"):
        def place(row, column):
            return Cells(tab, cell_name(row, column))

        head = TableHead(header=(tuple(Cell(text, place(1, c), c) for c, text in enumerate(rows[0], 1)),))
        spans = [
            Span(text, place(r, c), "cell", "\n" if c == 1 else "\t", 0, c)
            for r, row in enumerate(rows[1:], 2)
            for c, text in enumerate(row, 1)
        ]
        return Hit(Passage(document(name, "workbook"), tuple(spans), (), head, 13), 1.0, {"words": 1})

    return make


@pytest.fixture(scope="session")
def income(statement):
    """A statement of operations in millions."""
    return statement(
        "CONSOLIDATED STATEMENTS OF OPERATIONS",
        "(In millions, except per share data)",
        ["", "2023", "2022", "2021"],
        [
            ["Net sales", "$ 1,234", "$ 1,100", "$ 990"],
            ["Cost of sales", "800", "700", "650"],
            ["Gross profit", "434", "400", "340"],
            ["Operating expenses:"],
            ["Research and development", "100", "90", "80"],
            ["Selling, general and administrative", "120", "110", "100"],
            ["Total operating expenses", "220", "200", "180"],
            ["Operating income", "214", "200", "160"],
            ["Provision for income taxes", "(44)", "(40)", "(31)"],
            ["Net income", "150", "140", "120"],
            ["Diluted earnings per share", "$ 1.50", "$ 1.40", "$ 1.20"],
        ],
    )


@pytest.fixture(scope="session")
def profit(statement):
    """A Chinese income statement, 单位：万元."""
    return statement(
        "合并利润表",
        "单位：万元",
        ["项目", "2023年度", "2022年度"],
        [
            ["一、营业总收入", "12,345.67", "11,000.00"],
            ["其中：营业收入", "12,300.00", "10,900.00"],
            ["二、营业总成本", "9,000.00", "8,500.00"],
            ["其中：营业成本", "7,000.00", "6,600.00"],
            ["研发费用", "500.00", "450.00"],
            ["三、营业利润", "3,345.67", "2,500.00"],
            ["四、净利润", "2,800.00", "2,100.00"],
            ["归属于母公司所有者的净利润", "2,700.00", "2,000.00"],
        ],
        name="华泉年报.pdf",
    )
