"""A view as a workbook: its formulas, computed as a spreadsheet computes them, come to what the page shows."""

import re
from datetime import datetime, timedelta
from fnmatch import fnmatchcase

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from rag.entrypoints.exports.live_workbook import LiveView, Told, write_live
from rag.entrypoints.exports.taken import Source
from rag.figures.computing import Source as Table
from rag.figures.typed import typed
from rag.figures.views import fitted, listed, worked
from rag.reading.sheets.sheet_cells import opened_cells
from rag.records import Cell, Cells, Filter, Measure, Span, TableHead, Upload, View, cell_name
from rag.records import Table as RawTable

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
WORDS = {name: name.title() for name in "result data source place title unit filters total counted number".split()}
SALES = [
    ["2024-01-15", "North", "Lamp", 120],
    ["2024-02-15", "South", "Lamp", 80],
    ["2024-05-15", "North", "Desk", 200],
    ["2025-08-15", "South", "Desk", None],
    ["Total", None, None, 400],
]
FUNCTIONS = tuple(Measure("Sales", name) for name in ("sum", "mean", "count", "min", "max"))


def source_of(heads, rows):
    def cells(values, row):
        return tuple(
            Cell(
                str(value),
                Cells("S", cell_name(row, at)),
                at,
                float(value) if isinstance(value, int | float) else None,
            )
            for at, value in enumerate(values, start=1)
            if value is not None
        )

    head = TableHead((Span("=Title", Cells("S", "A1"), "title"),), (), (cells(heads, 1),))
    return Table(
        None, typed(RawTable(head, tuple(cells(row, at) for at, row in enumerate(rows, 2))), "t", lambda _: None)
    )


def book_of(source, view, folder):
    """The workbook of *view*, and what the view came to."""
    table = source.table
    view = fitted(view, table)
    engine = source.engine(table)
    found = worked(view, table, engine)
    told = Told(
        WORDS,
        lambda _, value: "(empty)" if value is None else str(value),
        lambda measure: f"{measure.function} {measure.column}".strip(),
        "=filters",
    )
    counted = frozenset(listed(view, table, engine))
    link = Source("=cmd.xlsx", "http://127.0.0.1/tables?file=1")
    write_live(folder / "view.xlsx", LiveView(table, view, found, counted, link, "S!A1:D9"), told)
    return openpyxl.load_workbook(folder / "view.xlsx"), found


# ── A spreadsheet in small: the criteria of SUMIFS and its like, as Excel documents them ──


def number_in(text):
    if re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*", text, re.ASCII | re.IGNORECASE):
        return float(text)
    try:
        return (datetime.fromisoformat(text) - EPOCH).days
    except ValueError:
        return None


def serial(value):
    return (value - EPOCH).days if isinstance(value, datetime) else value


def holds(value, criterion):
    """Whether a cell meets a criterion: without case, with wild cards, what looks like a number taken for one."""
    value = serial(value)
    if not isinstance(criterion, str):
        return value == criterion or (isinstance(value, str) and number_in(value) == criterion)
    sign, rest = re.fullmatch(r"(?s)(>=|<=|<>|=|<|>)?(.*)", criterion).groups()
    if rest == "":
        return {"=": value is None, "<>": value is not None}[sign]
    wanted = number_in(rest)
    if sign in {">=", "<"}:
        return isinstance(value, int | float) and (value >= wanted if sign == ">=" else value < wanted)
    assert sign in {None, "="}
    if wanted is not None:
        return value == wanted or (isinstance(value, str) and number_in(value) == wanted)
    pattern = re.sub(r"~([~*?])|([*?])|(\[)", lambda m: f"[{m[1]}]" if m[1] else m[2] or "[[]", rest.casefold())
    return isinstance(value, str) and fnmatchcase(value.casefold(), pattern)


class Computed:
    def __init__(self, book):
        self.book, self.result = book, book["Result"]

    def cells(self, area):
        name, area = re.fullmatch(r"'(.+)'!(.+)", area).groups()
        left, top, right, bottom = range_boundaries(area)
        assert left == right
        column = self.book[name].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=left, values_only=True)
        return [row[0] for row in column]

    def text_of(self, cell):
        value = serial(self.result[cell.replace("$", "")].value)
        return value if isinstance(value, str) else f"{value:g}"

    def criterion(self, text):
        if match := re.fullmatch(r'"([<>=]+)"(?:&(.+))?', text):
            sign, rest = match.groups()
            return sign + (self.value(rest) if rest else "")
        return int(text) if text.isdigit() else serial(self.result[text.replace("$", "")].value)

    def value(self, text):
        if text.startswith("SUBSTITUTE("):
            inner, old, new = re.fullmatch(r'SUBSTITUTE\((.*),"(.*?)","(.*?)"\)', text).groups()
            return self.value(inner).replace(old, new)
        if match := re.fullmatch(r"EDATE\((.+),(\d+)\)", text):
            day = EPOCH + timedelta(serial(self.result[match[1].replace("$", "")].value))
            month = day.month - 1 + int(match[2])
            return str((day.replace(year=day.year + month // 12, month=month % 12 + 1) - EPOCH).days)
        return self.text_of(text)

    def chosen(self, arguments):
        pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
        columns = [(self.cells(area), self.criterion(text)) for area, text in pairs]
        return [all(holds(cells[at], wanted) for cells, wanted in columns) for at in range(len(columns[0][0]))]

    def compute(self, formula):
        formula = formula.removeprefix("=").replace("_xlfn.", "")
        if match := re.fullmatch(r'IF\((COUNTIFS\(.*?\))=0,"",(.*)\)', formula):
            return None if self.compute(match[1]) == 0 else self.compute(match[2])
        if match := re.fullmatch(r'IFERROR\((.*),""\)', formula):
            return self.compute(match[1])
        function, inside = re.fullmatch(r"(\w+)\((.*)\)", formula).groups()
        arguments = re.findall(
            r"(?:'[^']*'|\"[^\"]*\"|\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)|[^,'\"(])+", inside
        )
        if function == "COUNTIFS":
            return sum(self.chosen(arguments))
        values = self.cells(arguments[0])
        some = [value for value, is_in in zip(values, self.chosen(arguments[1:]), strict=True) if is_in]
        some = [value for value in some if isinstance(value, int | float)]
        match function:
            case "SUMIFS":
                return sum(some)
            case "AVERAGEIFS":
                return sum(some) / len(some) if some else None
            case "MINIFS" | "MAXIFS":
                return min(some) if function == "MINIFS" else max(some)
        pytest.fail(f"an unknown function: {function}")


def computed_rows(book):
    sheet = Computed(book)
    found = []
    for row in sheet.result.iter_rows():
        formulas = [cell for cell in row if cell.data_type == "f"]
        if formulas:
            found.append([sheet.compute(cell.value) for cell in formulas])
    return found


VIEWS = [
    View(("Region",), FUNCTIONS),
    View(("Date",), FUNCTIONS, grain="quarter"),
    View(("Date", "Region"), FUNCTIONS, grain="year"),
    View(("Date",), FUNCTIONS, pivot="Product", grain="month"),
    View(("Region",), FUNCTIONS, pivot="Date", grain="half"),
    View((), (*FUNCTIONS, Measure("", "count"))),
    View(("Sales",), (Measure("", "count"),)),
    View(("Region",), FUNCTIONS, filters=(Filter("Product", ("Lamp",)), Filter("Sales", (), 100.0))),
]


@pytest.mark.parametrize("view", VIEWS)
def test_formulas_come_to_what_the_page_shows(tmp_path, view):
    book, found = book_of(source_of(["Date", "Region", "Product", "Sales"], SALES), view, tmp_path)
    rows = [*found.rows, found.totals] if view.group else [found.totals]
    assert computed_rows(book) == [pytest.approx(list(row)) for row in rows]
    assert {cell.data_type for row in book["Data"].iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("view", VIEWS)
def test_read_again_its_formulas_come_to_what_the_page_shows(tmp_path, view):
    _, found = book_of(source_of(["Date", "Region", "Product", "Sales"], SALES), view, tmp_path)
    with opened_cells(Upload("view.xlsx", tmp_path / "view.xlsx")) as sheets:
        cells = list(next(iter(sheets)).cells)
    formulas = [cell for cell in cells if cell.formula]
    assert {(cell.calculated, cell.not_calculated) for cell in formulas} == {(True, "")}
    rows = (*found.rows, found.totals) if view.group else (found.totals,)
    wanted = [value for row in rows for value in row]
    assert [cell.value for cell in formulas] == ["" if value is None else pytest.approx(value) for value in wanted]


def test_a_formula_is_one_that_people_know_and_the_total_row_is_not_counted(tmp_path):
    book, _ = book_of(
        source_of(["Date", "Region", "Product", "Sales"], SALES), View(("Region",), FUNCTIONS[:2]), tmp_path
    )
    last = book["Result"].max_row
    assert book["Result"].cell(last - 2, 2).value == (
        "=SUMIFS('Data'!$D$2:$D$6,'Data'!$E$2:$E$6,1,'Data'!$B$2:$B$6,\"=\"&$A7)"
    )
    assert [cell.value for cell in book["Data"]["E"]] == ["Counted", 1, 1, 1, 1, 0]
    assert [cell.value for cell in book["Data"]["F"]][1] == "S!A2:D2"


def test_where_it_is_from_is_told_and_nothing_of_it_is_a_formula(tmp_path):
    book, _ = book_of(
        source_of(["=A", "+B"], [["=cmd|' /C calc'!A0", 1], ["@x", 2]]), View(("=A",), (Measure("+B"),)), tmp_path
    )
    sheet = book["Result"]
    about = {row[0].value: row[1] for row in sheet.iter_rows(max_row=4)}
    assert about["Source"].value == "=cmd.xlsx"
    assert about["Place"].hyperlink.target.startswith("http://127.0.0.1")
    assert {cell.data_type for cell in about.values()} == {"s"}
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.match(r"=SUMIFS\('Data'!", formula) for formula in formulas)
    assert computed_rows(book) == [[1], [2], [3]]


TEXTS = st.sampled_from(
    "a A á 7 07 7.0 1e2 100 <5 >=1 =x = * a* a? ~ ~* (empty) 2024-01 2024-01-05 true TRUE Q1 1月 #N/A '".split()
) | st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(-50, 50)), min_size=2, max_size=8), st.booleans())
def test_groups_are_told_apart_whatever_they_are_called(tmp_path, rows, across):
    source = source_of(["x", "y", "z"], [list(row) for row in rows])
    if source.table is None or "z" not in [column.name for column in source.table.columns]:
        return
    view = View(("x",), (Measure("z"), Measure("", "count")), pivot="y" if across else "")
    book, found = book_of(source, view, tmp_path)
    shown = computed_rows(book)
    assert [[value or 0 for value in row] for row in shown] == [
        [value or 0 for value in row] for row in (*found.rows, found.totals)
    ]
