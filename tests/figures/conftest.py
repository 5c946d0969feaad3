"""Tables for computing, as they are read from a sheet."""

from datetime import UTC, datetime

import pytest

from rag.figures.computing import Source
from rag.figures.typed import typed
from rag.reading.numbers import number_of
from rag.records import About, Box, Cell, Cells, Document, Page, Span, Table, TableHead, cell_name


def number(text):
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


@pytest.fixture(scope="session")
def table_of():
    """Makes a table of a header and rows; it stands at A1 of *sheet*."""

    def make(header, rows, *, title="", sheet="Data"):
        def cells(values, row):
            return tuple(
                Cell(
                    str(value),
                    Cells(sheet, cell_name(row, at)),
                    at,
                    float(value) if isinstance(value, int | float) else None,
                )
                for at, value in enumerate(values, start=1)
                if value is not None
            )

        head = TableHead((Span(title, Cells(sheet, "A1"), "title"),) if title else (), (), (cells(header, 1),))
        return Table(head, tuple(cells(row, at) for at, row in enumerate(rows, start=2)))

    return make


@pytest.fixture(scope="session")
def source_of(table_of):
    """Makes what a question is asked of."""

    def make(header, rows, *, label="data", **more):
        return Source(None, typed(table_of(header, rows, **more), label, number))

    return make


@pytest.fixture(scope="session")
def sheet():
    """Makes what a question is asked of: *heads* are rows of (text, first column, columns), labels may be set in by
    leading dots.
    """

    def number(text):
        share = text.endswith("%")
        try:
            return float(text.strip("%").replace(",", "")) / (100 if share else 1)
        except ValueError:
            return 0.0 if text == "-" else None

    def make(heads, rows, *, label="data"):
        header = tuple(
            tuple(Cell(text, Cells("S", cell_name(at, column)), column, over=over) for text, column, over in row)
            for at, row in enumerate(heads, start=1)
        )
        body = []
        for at, (name, *values) in enumerate(rows, start=len(heads) + 1):
            own = [(name.lstrip("."), len(name) - len(name.lstrip(".")), 1)]
            own += [(value, 0, column) for column, value in enumerate(values, start=2) if value != ""]
            body.append(
                tuple(Cell(text, Cells("S", cell_name(at, column)), column, None, level) for text, level, column in own)
            )
        return Source(None, typed(Table(TableHead((), (), header), tuple(body)), label, number))

    return make


@pytest.fixture(scope="session")
def sales_of_two_years(source_of):
    """A sale in each month of two years, alternately in the north and the south, and a row that sums up."""
    rows = [
        [
            f"{year}-{month:02}-15",
            "华北" if month % 2 else "华南",
            "手机" if month < 7 else "电脑",
            month * 10 + year - 2023,
            1,
        ]
        for year in (2023, 2024)
        for month in range(1, 13)
    ]
    rows.append(["合计", None, None, sum(row[3] for row in rows), 24])
    return source_of(["订单日期", "区域", "产品", "销售额", "数量"], rows, title="销售明细", label="销售")


@pytest.fixture(scope="session")
def printed():
    """Makes a table on a page of the report on *year*: *heads* are rows of (text, column, columns), labels may be set
    in by leading dots.
    """

    def make(heads, rows, *, title="", unit="", year=2024, quarter=None):
        def cell(text, row, column, over=1, level=0):
            box = Box(100 * column, 20 * row, 100 * column + 90, 20 * row + 15)
            return Cell(text, Page(3, "3", box), column, None, level, over)

        header = tuple(
            tuple(cell(text, at, column, over) for text, column, over in row) for at, row in enumerate(heads)
        )
        body = []
        for at, (name, *values) in enumerate(rows, len(heads)):
            own = [cell(name.lstrip("."), at, 1, 1, len(name) - len(name.lstrip(".")))]
            body.append((*own, *(cell(value, at, column) for column, value in enumerate(values, 2) if value)))
        head = TableHead((Span(title, Page(3, "3"), "title"),) if title else (), (Span(unit, Page(3, "3")),), header)
        about = About(year=year, quarter=quarter)
        document = Document(1, 1, "report.pdf", "", "pdf", 1, datetime(2025, 1, 1, tzinfo=UTC), "ann", about=about)
        return Source(document, typed(Table(head, tuple(body)), title or "p. 3", number_of))

    return make
