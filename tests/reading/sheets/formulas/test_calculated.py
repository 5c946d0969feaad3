"""Formulas without a stored result are calculated where that is safe; else it is said why they are not."""

import math
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook.defined_name import DefinedName

from rag.reading.sheets.formulas import calculated, formualizer_process
from rag.reading.sheets.sheet_cells import opened_cells
from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import Upload


def shown(path):
    """The cells that hold formulas, by sheet and name: what each shows, its value, and why there is none."""
    with opened_cells(Upload(path.name, path)) as sheets:
        return {
            f"{sheet.name}!{cell.name}": (cell.text, cell.value, cell.not_calculated)
            for sheet in sheets
            for cell in sheet.cells
            if cell.formula
        }


def test_results_are_shown_in_the_format_of_their_cells(workbook):
    path = workbook(S=[["North", 10, 20.5, "=SUM(B1:C1)"], ["South", 5, 4, "=B2/B1"]])
    book = openpyxl.load_workbook(path)
    book["S"]["D1"].number_format, book["S"]["D2"].number_format = "#,##0.00", "0.0%"
    book.save(path)
    assert shown(path) == {"S!D1": ("30.50", 30.5, ""), "S!D2": ("50.0%", 0.5, "")}


def test_formulas_lead_over_sheets_and_names_in_any_order(workbook):
    path = workbook(**{"总 表": [["='明细'!B2*rate", "=A1+1"]], "明细": [["x", 4], ["y", "=B1*2"]]})
    book = openpyxl.load_workbook(path)
    book.defined_names["rate"] = DefinedName("rate", attr_text="0.5")
    book.save(path)
    assert {name: value for name, (_, value, _) in shown(path).items()} == {"总 表!A1": 4, "总 表!B1": 5, "明细!B2": 8}


REASONS = {
    "=TODAY()": "volatile",
    "=IFERROR(RAND(),0)": "volatile",
    "=B20+1": "cycle",
    "=Gone!A1": "missing",
    "=no_such_name+1": "missing",
    "=[1]Other!A1": "foreign",
    "=Table1[Amount]": "foreign",
    "=1/0": "error",
    "=MADE.UP(1)": "unsure",
    "=IFERROR(MADE.UP(1),0)": "unsure",
    "=A1:A3*2": "unsure",
    '=TEXT(A1,"0.00")': "unsure",
    '=COUNTIF(A1:A3,"a*")': "unsure",
    '=COUNTIF(A1:A3,"~"&A1)': "unsure",
    '=WEBSERVICE("http://example.org")': "unsure",
}


def test_what_is_not_calculated_says_why(workbook):
    rows = [[at, formula] for at, formula in enumerate(REASONS, start=1)]
    rows += [[None, None]] * (19 - len(rows)) + [["c", "=B3"]]
    found = shown(workbook(S=rows))
    assert {formula: found[f"S!B{at}"][2] for at, formula in enumerate(REASONS, start=1)} == REASONS
    assert {text for text, value, why in found.values() if why} == {"not calculated"}
    assert all(value is None for _, value, why in found.values() if why)


def test_what_depends_on_such_a_formula_is_not_calculated_either(workbook):
    path = workbook(S=[["=NOW()", "=IFERROR(A1,0)", "=COUNT(A1:B1)", "=SUM(C1:C9)"], ["=B2", "=A2", "=IFERROR(A2,1)"]])
    assert [why for _, _, why in shown(path).values()] == ["volatile"] * 4 + ["cycle"] * 3


def test_each_reason_is_a_note_and_the_rest_is_counted(workbook):
    (leaf,) = read_workbook(Upload("x.xlsx", workbook(S=[["=1+1", "=2+2", "=A1"], ["=TODAY()", "=1/0"]]))).leaves
    assert [(note.code, note.details["count"], note.details["cell"]) for note in leaf.notes] == [
        ("Calculated", 3, "S!A1"),
        ("DependsOnTheMoment", 1, "S!A2"),
        ("ComesToAnError", 1, "S!B2"),
    ]


def test_a_formula_that_would_take_all_memory_costs_only_the_results(workbook):
    rows = [["ab" * 10]] + [[f"=A{row}&A{row}"] for row in range(1, 60)]
    assert {why for _, _, why in shown(workbook(S=rows)).values()} == {"large"}


def test_too_many_formulas_are_left(workbook, monkeypatch):
    monkeypatch.setattr(calculated, "_MOST_FORMULAS", 1)
    assert [why for _, _, why in shown(workbook(S=[["=1", "=2", "=3"]])).values()] == ["large"] * 3


def test_a_stored_result_is_never_calculated_anew(raw_workbook):
    path = raw_workbook('<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>A1*2</f></c></row>')
    assert shown(path) == {"S!A1": ("7", 7, ""), "S!B1": ("14", 14, "")}


def test_dates_go_in_and_come_out(workbook):
    path = workbook(S=[["=DATE(2024,1,31)", "=EDATE(A1,1)", "=YEAR(B1)"]])
    book = openpyxl.load_workbook(path)
    for name in ("A1", "B1"):
        book["S"][name].number_format = "yyyy-mm-dd"
    book.save(path)
    assert [text for text, _, _ in shown(path).values()] == ["2024-01-31", "2024-02-29", "2024"]


# ── Against Python ──

GIVEN = {"A1": 3.0, "A2": -2.5, "A3": 40.0, "B1": 0.125, "B2": 7.0, "B3": -1.0}


def written(parts):
    return st.tuples(*parts)


def rounded(number, digits):
    unit = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(number)).quantize(unit, ROUND_HALF_UP))


LEAVES = st.one_of(
    st.integers(0, 999).map(lambda number: (str(number), float(number))),
    st.decimals(0, 99, places=2).map(lambda number: (str(number), float(number))),
    st.sampled_from(sorted(GIVEN)).map(lambda name: (name, GIVEN[name])),
    st.sampled_from(["A1:A3", "B1:B3", "A1:B3"]).flatmap(
        lambda area: st.sampled_from(["SUM", "AVERAGE", "MIN", "MAX", "COUNT"]).map(lambda name: of_area(name, area))
    ),
)


def of_area(name, area):
    first, last = area.split(":")
    values = [value for cell, value in GIVEN.items() if first[0] <= cell[0] <= last[0]]
    sums = {
        "SUM": math.fsum(values),
        "AVERAGE": math.fsum(values) / len(values),
        "MIN": min(values),
        "MAX": max(values),
        "COUNT": float(len(values)),
    }
    return f"{name}({area})", sums[name]


def grown(children):
    def both(sign, work):
        return st.tuples(children, children).map(
            lambda two: (f"({two[0][0]}{sign}{two[1][0]})", work(two[0][1], two[1][1]))
        )

    return st.one_of(
        both("+", lambda left, right: left + right),
        both("-", lambda left, right: left - right),
        both("*", lambda left, right: left * right),
        st.tuples(children, st.sampled_from([2, 4, 0.5])).map(
            lambda two: (f"({two[0][0]}/{two[1]})", two[0][1] / two[1])
        ),
        children.map(lambda one: (f"(-{one[0]})", -one[1])),
        children.map(lambda one: (f"({one[0]}%)", one[1] / 100)),
        children.map(lambda one: (f"ABS({one[0]})", abs(one[1]))),
        st.tuples(children, children, children).map(
            lambda three: (
                f"IF({three[0][0]}>=10,{three[1][0]},{three[2][0]})",
                three[1][1] if three[0][1] >= 10 else three[2][1],
            )
        ),
        st.tuples(st.sampled_from(sorted(GIVEN)), st.integers(0, 3)).map(
            lambda two: (f"ROUND({two[0]},{two[1]})", rounded(GIVEN[two[0]], two[1]))
        ),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.recursive(LEAVES, grown, max_leaves=8), min_size=1, max_size=20))
def test_arithmetic_is_that_of_python(expressions):
    values = [[int(name[1:]), 1 + "AB".index(name[0]), value] for name, value in GIVEN.items()]
    formulas = [[row, 5, f"={text}"] for row, (text, _) in enumerate(expressions, start=1)]
    sheet = {"name": "S", "values": values, "formulas": formulas}
    request = {"since_1904": False, "quoted": ["'S'"], "sheets": [sheet]}
    found = [value for _, _, _, value in formualizer_process.calculated(request)]
    for (text, expected), value in zip(expressions, found, strict=True):
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-9), text
