"""Questions over real files that arithmetic answers: the result, its cells, how it is told, kept and forgotten."""

import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from ollama_server import OllamaScript, ollama_server

from rag.asking.computing import FEW, Computing
from rag.reading.numbers import number_of
from rag.records import Box, Cell, Cells, Finished, Found, Leaf, ModelChoice, Page, Request, Scope, Table, TableHead
from rag.writing.evidence import About

QUARTERS = "统计每季度的销售额，并绘制趋势图"


@pytest.fixture(scope="session")
def monthly_sales():
    """A sheet with a sale in each month of a year, alternately in the north and the south, under a title and a unit."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "销售"
    for row in (["销售明细"], ["单位：元"], ["订单日期", "区域", "销售额"]):
        sheet.append(row)
    for month in range(1, 13):
        sheet.append([date(2024, month, 15), "华北" if month % 2 else "华南", month * 1000])
        sheet.cell(sheet.max_row, 1).number_format = "yyyy-mm-dd"
    sheet.append(["合计", None, 78000])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def asked(app, add, monthly_sales):
    """Asks without a model; the events."""
    add("销售.xlsx", monthly_sales)

    def ask(question):
        found, finished = app.ask("ann", Request(question), model=ModelChoice("none"))
        assert isinstance(found, Found)
        assert isinstance(finished, Finished)
        return found, finished.answer

    return ask


def test_the_result_is_there_with_the_evidence_and_is_its_first_citation(asked):
    found, answer = asked(QUARTERS)
    assert found.computed == answer.computed
    assert answer.computed.rows[0] == ("2024年第一季度", 6000)
    first = answer.citations[0]
    assert first.number == 1
    assert set(first.places) == {Cells("销售", "A4:A15"), Cells("销售", "C4:C15")}
    assert answer.text.startswith("- 销售额合计：2024年第一季度 6,000；2024年第二季度 15,000；")
    assert answer.text.split("\n")[0].endswith("（单位：元）。 [1]")
    assert answer.evidence[0] == first
    assert [each.number for each in answer.evidence] == list(range(1, len(answer.evidence) + 1))


def test_what_is_not_sure_is_left_to_the_passages_silently(asked):
    found, answer = asked("公司面临的主要风险是什么？")
    assert found.computed is None
    assert answer.computed is None
    assert answer.problem is None


def test_a_model_is_told_the_result_and_its_mark_opens_the_cells(app, add, monthly_sales):
    add("销售.xlsx", monthly_sales)
    with ollama_server(OllamaScript(reply=["第四季度最高，为 33,000 元 [1]。"])) as served:
        *_, last = app.ask("ann", Request(QUARTERS), model=ModelChoice("ollama", "deepseek-r1:1.5b", served.url))
    prompt = last.answer.prompt.messages[-1].content
    assert "2024年第四季度 | 33,000" in prompt
    assert "Computed by code from a table" in prompt
    assert Cells("销售", "C4:C15") in last.answer.citations[0].places
    assert last.answer.computed.rows[-1] == ("2024年第四季度", 33000)


def test_a_result_comes_back_with_its_conversation_and_goes_with_its_document(app, add, monthly_sales):
    document = add("销售.xlsx", monthly_sales)
    thread, live = app.begin("ann", None, Request(QUARTERS))
    assert live.wait(60)
    (turn,) = app.conversations.turns("ann", thread)
    assert turn.answer.computed == live.answer.computed
    app.remove("ann", document.id)
    (turn,) = app.conversations.turns("ann", thread)
    assert turn.answer.computed is None
    assert turn.answer.forgotten
    assert "33,000" not in turn.answer.text
    assert app.check().healthy


def test_a_result_whose_document_was_removed_before_it_could_be_kept_is_kept_nowhere(app, add, monthly_sales):
    document = add("销售.xlsx", monthly_sales)
    thread, live = app.begin("ann", None, Request(QUARTERS))
    assert live.wait(60)
    app.remove("ann", document.id)
    app.asking._keep("ann", thread, replace(live.answer, evidence=(), citations=()))
    assert document.id not in app.conversations.mentioned()


def test_days_survive_a_conversation(app, add, monthly_sales):
    add("销售.xlsx", monthly_sales)
    thread, live = app.begin("ann", None, Request("统计每天的销售额"))
    assert live.wait(60)
    assert live.answer.computed.rows[0] == ("2024-01-15", 1000)
    assert app.conversations.turns("ann", thread)[0].answer.computed == live.answer.computed


def test_a_table_of_a_pdf_is_computed_and_boxed_on_its_page(app, add, report):
    document = add("report.pdf", report)

    def cell(text, row, column):
        return Cell(text, Page(2, "1", Box(100 * column, 20 * row, 100 * column + 80, 20 * row + 15)), column)

    lines = [("Region", "Revenue"), ("North", "100"), ("South", "(40)"), ("East", "300")]
    rows = [tuple(cell(text, at, column) for column, text in enumerate(line, 1)) for at, line in enumerate(lines)]
    app.kept_tables.store.add(document.id, Leaf(2, "1", (Table(TableHead((), (), (rows[0],)), tuple(rows[1:])),)))
    *_, last = app.ask("ann", Request("What is the total revenue?"), model=ModelChoice("none"))
    assert last.answer.computed.rows == ((360,),)
    places = last.answer.citations[0].places
    assert set(places) == {row[1].place for row in rows[1:]}
    assert last.answer.citations[0].label == "report.pdf › p. 2 (printed 1)"


def test_over_the_tables_of_the_documents_that_a_question_names(app, add, report):
    def cell(text, row, column):
        return Cell(text, Page(2, "1", Box(100 * column, 20 * row, 100 * column + 80, 20 * row + 15)), column)

    documents = []
    for name, revenue in (("Heron.pdf", "300"), ("Otter.pdf", "500")):
        documents.append(add(name, report + name.encode()))
        lines = [("", "2024", "2023"), ("Revenue", revenue, "250"), ("Costs", "90", "80")]
        rows = [tuple(cell(text, at, column) for column, text in enumerate(line, 1)) for at, line in enumerate(lines)]
        table = Table(TableHead((), (), (rows[0],)), tuple(rows[1:]))
        app.kept_tables.store.add(documents[-1].id, Leaf(2, "1", (table,)))
    scope = app.members.scope("ann")
    question, bare = "What was Otter's revenue growth from 2023 to 2024?", "What was revenue growth from 2023 to 2024?"
    about = About(frozenset({documents[1].id}), bare=bare)
    found = app.asking.computing.compute(question, scope, (), about)
    assert found.document.name == "Otter.pdf"
    assert found.rows[0][-1] == pytest.approx(1.0)
    assert app.asking.computing.compute(question, scope, ()) is None, "of whom, the words alone do not tell"


def test_a_sheet_is_computed_with_beside_a_report_of_many_tables(app, add, report, monthly_sales):
    document = add("report.pdf", report)

    def cell(text, row, column):
        return Cell(text, Page(2, "1", Box(100 * column, 20 * row, 100 * column + 80, 20 * row + 15)), column)

    for at in range(2 * FEW):
        lines = [(f"Item {at}", "2024", "2023"), (f"Cost {at}", "300", "250")]
        rows = [tuple(cell(text, at, column) for column, text in enumerate(line, 1)) for line in lines]
        table = Table(TableHead((), (), (rows[0],)), (rows[1],))
        app.kept_tables.store.add(document.id, Leaf(2, "1", (table,)))
    add("销售.xlsx", monthly_sales)
    found = app.asking.computing.compute(QUARTERS, app.members.scope("ann"), ())
    assert found.document.name == "销售.xlsx"
    assert found.rows[0] == ("2024年第一季度", 6000)


def test_of_many_sheets_that_which_says_most_of_a_question_is_found(app, add, make_workbook):
    sheets = {f"S{at}": [["Depot", "Repairs"], [f"Place {at}", 10 * at], ["Elsewhere", 5]] for at in range(2 * FEW)}
    sheets["Staff"] = [["Depot", "Mechanics"], ["Leith", 6], ["Hull", 4]]
    add("depots.xlsx", make_workbook(**sheets))
    found = app.asking.computing.compute("How many mechanics work in Hull?", app.members.scope("ann"), ())
    assert found.rows == (("Hull", 4),)
    assert found.table == "Staff!A1:B3"


def test_what_was_set_right_by_hand_is_what_is_computed_with(app, add, make_workbook):
    add("sales.xlsx", make_workbook(Data=[["Region", "Amount"], ["North", 5], ["South", 7]]))
    question = Request("What is the total amount?")
    (table,) = app.tables("ann").tables
    *_, last = app.ask("ann", question, model=ModelChoice("none"))
    assert last.answer.computed.rows == ((12,),)
    app.edit_table("ann", table.id, unit="in thousands of dollars")
    *_, last = app.ask("ann", question, model=ModelChoice("none"))
    assert last.answer.computed.unit == "in thousands of dollars"
    assert "(in thousands of dollars)" in last.answer.text


class Broken:
    """A store that fails in a way nobody foresaw."""

    def listed(self, scope, query):
        raise RuntimeError("the disk is on fire")


def test_nothing_that_goes_wrong_ends_an_answer(caplog):
    computing = Computing(Broken(), number_of)
    assert computing.compute("What is the total amount?", Scope(frozenset({1})), []) is None
    assert "nothing was computed" in caplog.text


def test_only_so_many_cells_stay_in_memory(app, add, make_workbook):
    for name in ("a", "b"):
        add(f"{name}.xlsx", make_workbook(**{name: [["Region", f"Amount {name}"], ["North", 5], ["South", 7]]}))
    small = Computing(app.kept_tables.store, number_of, held=5)
    scope = app.members.scope("ann")
    for _ in range(2):
        assert small.compute("What is the total amount a?", scope, []).rows == ((12,),)
    assert len(small._held) == 1


def test_a_question_that_is_none_of_figures_looks_at_no_table():
    assert Computing(Broken(), number_of).compute("Summarise the report", Scope(frozenset({1})), []) is None


def test_the_command_line_gives_the_result_as_data(asked):
    from functools import partial

    from rag.entrypoints.cli.results import answer_json, computed_text

    _, answer = asked(QUARTERS)
    given = json.loads(json.dumps(answer_json(answer, lambda *_: []), ensure_ascii=False))["computed"]
    assert given["columns"] == ["订单日期", "销售额合计"]
    assert given["rows"][1] == ["2024年第二季度", 15000]
    assert given["chart"] == {"kind": "line", "x": "订单日期", "y": ["销售额合计"]}
    assert {"sheet": "销售", "area": "C4:C15"} in given["cells"]
    assert given["sql"].startswith("SELECT")
    lines = computed_text(answer.computed).split("\n")
    assert lines[1].split() == ["2024年第一季度", "6,000"]
    _, other = asked("公司面临的主要风险是什么？")
    assert answer_json(other, partial(lambda *_: []))["computed"] is None


def test_a_large_table_is_loaded_before_the_first_question(app, add, monkeypatch):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    sheet.append(["区域", "销售额"])
    for number in range(10_000):
        sheet.append(["东西南北"[number % 4], number % 100 + 0.5])
    file = io.BytesIO()
    book.save(file)
    add("大表.xlsx", file.getvalue())
    computing = app.by_hand.computing
    computing.warm_up([base.id for base in app.bases("ann")])
    monkeypatch.setattr(Computing, "_loaded", lambda self, info: pytest.fail("it is loaded again"))
    _, finished = app.ask("ann", Request("各区域的销售额合计是多少？"), model=ModelChoice("none"))
    assert dict(finished.answer.computed.rows)["东"] == 100 * sum(each + 0.5 for each in range(0, 100, 4))
