"""What was computed, as the page draws it and gives it away."""

import csv
import io

import pytest

from rag.entrypoints.ui import texts
from rag.entrypoints.ui.ask import answer_view, result_view
from rag.entrypoints.ui.ask.result_chart import chart_of
from rag.records import Cells, Chart, Computed

PLACE = (Cells("S", "A1"),)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")


def result(columns, rows, *, kind="line", percents=(), unit=""):
    chart = Chart(kind, columns[0], (columns[-1],))
    return Computed("SELECT 1", columns, rows, chart, None, "Sales", PLACE, unit=unit, percents=percents)


QUARTERS = result(("Quarter", "Sales"), (("2024 Q1", 1234.5), ("2024 Q2", 2000)), unit="(in dollars)")


def marks(chart):
    given = chart.to_dict()
    layers = given.get("layer", [given])
    return [layer["mark"]["type"] for layer in layers]


def test_numbers_stand_at_the_right_with_their_thousands():
    block = result_view.block(QUARTERS)
    assert block["rows"] == [["2024 Q1", "1,234.50"], ["2024 Q2", "2,000"]]
    assert block["right"] == [False, True]
    assert block["title"] == "Sales · (in dollars)"


def test_a_single_figure_needs_no_table():
    assert result_view.block(result(("Sales",), ((5,),))) is None


def test_a_chart_stands_between_what_is_said_and_the_table_and_nothing_is_drawn_twice():
    said, table, notes = {"k": "p", "c": []}, result_view.block(QUARTERS), [{"kind": "info", "pieces": []}]
    whole = {"question": "Sales?", "prose": [said, table], "notes": notes, "actions": {}, "cards": [{}], "asked": True}
    above, below = answer_view.around_chart(whole)
    assert (above["question"], above["prose"], above["notes"], above["actions"]) == ("Sales?", [said], [], None)
    assert (below["question"], below["prose"], below["notes"], below["cards"]) == ("", [table], notes, [])
    assert (above["asked"], below["asked"]) == (True, False)


def test_what_looks_like_a_formula_is_inert_in_the_file_and_numbers_are_exact():
    evil = '=HYPERLINK("http://evil")'
    found = result(("Name", "@Sales"), ((evil, -5.25), ("-3", 1 / 3), ("+cmd|' /C calc'!A0", None)))
    rows = list(csv.reader(io.StringIO(result_view.csv_of(found).decode("utf-8-sig"))))
    assert rows[0] == ["Name", "'@Sales"]
    assert rows[1] == [f"'{evil}", "-5.25"]
    assert rows[2] == ["-3", str(1 / 3)]
    assert rows[3][0].startswith("'+cmd")


def test_a_trend_is_a_line_and_shares_are_slices_until_there_are_too_many():
    assert marks(chart_of(QUARTERS, "en")) == ["line"]
    few = result(("Region", "Share"), (("N", 0.25), ("S", 0.75)), kind="pie", percents=(1,))
    assert marks(chart_of(few, "en")) == ["arc", "text"]
    many = result(("Region", "Share"), tuple((f"R{at}", 0.1) for at in range(10)), kind="pie", percents=(1,))
    assert marks(chart_of(many, "en")) == ["bar"]


def test_one_point_is_no_chart():
    assert chart_of(result(("Quarter", "Sales"), (("2024 Q1", 5),)), "en") is None


def test_amounts_on_an_axis_are_said_as_readers_say_them_unless_the_unit_does():
    in_chinese = chart_of(QUARTERS, "zh").to_dict()["encoding"]["y"]["axis"]
    assert "万" in in_chinese["labelExpr"]
    scaled = result(("年", "收入"), (("2023", 1.0), ("2024", 2.0)), unit="单位：万元")
    assert "labelExpr" not in chart_of(scaled, "zh").to_dict()["encoding"]["y"]["axis"]


def test_names_from_documents_are_only_names_in_a_chart():
    odd = result(("a.b[0]", "x'y\\z"), (("1", 1), ("2", 2)))
    assert chart_of(odd, "en").to_dict()["encoding"]["y"]["field"] == "y"
