"""The table of documents by itself in a browser: who types in its filter goes on, whatever becomes of the table."""

from pathlib import Path

import pytest

import rag.entrypoints.ui.components

FOLDER = Path(rag.entrypoints.ui.components.__file__).parent
DATA = {
    "rows": [],
    "columns": ["name"],
    "view": {"filter": "", "sort": "added", "down": True, "page": 1},
    "found": 0,
    "page": 1,
    "pages": 1,
    "summary": "",
    "texts": {
        name: name
        for name in (
            "filter actions retry cancel remove choose_all choose_found nothing_found back next table_pages pages"
            " page_of chosen choose name"
        ).split()
    },
}


@pytest.fixture
def table(chromium):
    """A page that mounts the table in as many places as it is told to."""
    script = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("dom.js", "documents.js"))
    script = script.replace("export default (component)", "window.mount = (component)")
    page = chromium.new_page()
    page.set_content("<main></main>")
    page.add_script_tag(content=script, type="module")
    page.wait_for_function("() => window.mount")
    page.evaluate(
        """(data) => {
            window.sent = [];
            window.place = () => {
                const root = document.createElement("div");
                document.querySelector("main").replaceChildren(root);
                const setStateValue = (...what) => sent.push(what);
                mount({ parentElement: root, data, setStateValue, setTriggerValue: () => {} });
            };
            place();
        }""",
        DATA,
    )
    yield page
    page.close()


def test_a_table_that_is_drawn_anew_takes_over_what_is_being_typed(table):
    field = table.get_by_test_id("documents-filter")
    field.focus()
    table.keyboard.type("rep")
    table.evaluate("place()")
    table.keyboard.type("ort")
    assert field.input_value() == "report"
    table.wait_for_function("() => sent.some(([name, view]) => name === 'view' && view.filter === 'report')")


def test_a_table_that_is_drawn_anew_takes_no_focus_from_elsewhere(table):
    field = table.get_by_test_id("documents-filter")
    field.focus()
    table.keyboard.type("rep")
    field.blur()
    table.evaluate("() => new Promise((go) => setTimeout(go, 20))")
    table.evaluate("place()")
    assert not field.evaluate("node => node === document.activeElement")


def test_a_row_offers_no_button_where_there_is_nothing_to_do(table):
    row = {
        **dict.fromkeys(("name", "kind", "leaves", "text", "hint", "left", "notes", "warnings", "added"), "x"),
        "sign": "ready",
        "part": None,
        "by": None,
    }
    rows = [{**row, "id": 1, "can": None}, {**row, "id": 2, "can": "cancel"}]
    table.evaluate(
        """(data) => {
            const root = document.querySelector("main").appendChild(document.createElement("div"));
            mount({ parentElement: root, data, setStateValue: () => {}, setTriggerValue: () => {} });
        }""",
        {**DATA, "rows": rows, "found": 2},
    )
    assert table.get_by_test_id("document-act-1").get_attribute("hidden") is not None
    assert table.get_by_test_id("document-act-2").get_attribute("aria-label") == "cancel: x"
