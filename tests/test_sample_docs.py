"""The sample documents say what questions.toml claims, where it claims it."""

import re
import sys
import tomllib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl
import pymupdf
import pytest

FOLDER = Path(__file__).parents[1] / "sample_docs"
QUESTIONS = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))["question"]
ENGLISH, CHINESE, WORKBOOK = (
    "harbourlight-annual-report-2025.pdf",
    "qinghe-annual-report-2025-zh.pdf",
    "lantern-sales-2025.xlsx",
)
LABELS = {
    ENGLISH: ["", "i", "ii", "iii", "iv", *(str(n) for n in range(1, 11)), *(f"F-{n}" for n in range(1, 10))],
    CHINESE: ["", *(str(n) for n in range(1, 16))],
}


def squeezed(text: str) -> str:
    """Without any white space, so that line ends do not matter."""
    return re.sub(r"\s+", "", text)


def asked(suffix: str, *, answerable: bool = True) -> list[dict[str, object]]:
    return [
        pytest.param(question, id=question["id"])
        for question in QUESTIONS
        if question["document"].endswith(suffix) and (question["kind"] != "unanswerable") is answerable
    ]


def shown(value: object, style: str) -> str:
    """A cell as a sheet shows it, for the number formats that the workbook uses."""
    if isinstance(value, int | float):
        if style.endswith("%"):
            return f"{value:.{len(style.partition('.')[2]) - 1 if '.' in style else 0}%}"
        places = len(re.match(r"0*", style.partition(".")[2])[0])
        return f"{value:,.{places}f}"
    return str(value)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The same documents, made now."""
    sys.path.insert(0, str(FOLDER))
    try:
        import make
    finally:
        sys.path.remove(str(FOLDER))
    folder = tmp_path_factory.mktemp("samples")
    make.make(folder)
    return folder


@pytest.fixture(scope="module")
def sheets():
    return openpyxl.load_workbook(FOLDER / WORKBOOK, data_only=True)


@pytest.mark.parametrize("name", LABELS)
def test_page_labels_are_the_numbers_at_the_foot_of_the_pages(name):
    with pymupdf.open(FOLDER / name) as pdf:
        assert [page.get_label() for page in pdf] == LABELS[name]
        for page in list(pdf)[1:]:
            foot = page.get_text("words", clip=pymupdf.Rect(0, 790, page.rect.width, page.rect.height))
            assert foot[-1][4] == page.get_label()


@pytest.mark.parametrize("question", asked(".pdf"))
def test_an_answer_stands_on_its_page(question):
    with pymupdf.open(FOLDER / question["document"]) as pdf:
        page = pdf[question["page"] - 1]
        assert page.get_label() == question["printed"]
        assert squeezed(question["answer"]) in squeezed(page.get_text())


@pytest.mark.parametrize("question", asked(".xlsx"))
def test_an_answer_stands_in_its_cell(question, sheets):
    cell = sheets[question["sheet"]][question["area"]]
    assert question["answer"] in shown(cell.value, cell.number_format)


@pytest.mark.parametrize("question", asked("", answerable=False))
def test_what_cannot_be_answered_is_not_mentioned(question, sheets):
    if question["document"] == WORKBOOK:
        text = " ".join(str(value) for sheet in sheets for row in sheet.values for value in row)
    else:
        with pymupdf.open(FOLDER / question["document"]) as pdf:
            text = "".join(squeezed(page.get_text()) for page in pdf)
    assert not [word for word in question["absent"] if word.lower() in text.lower()]


def test_a_first_visit_is_offered_one_question_on_each_document():
    assert sorted(question["document"] for question in QUESTIONS if question.get("showcase")) == sorted(
        [*LABELS, WORKBOOK]
    )


def test_questions_have_ids_of_their_own():
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("name", LABELS)
def test_the_text_of_a_page_is_plain_unicode(name):
    with pymupdf.open(FOLDER / name) as pdf:
        text = "".join(page.get_text() for page in pdf)
    odd = re.findall(r"[\ue000-\uf8ff\ufb00-\ufb06\u2f00-\u2fdf\ufffd\x00-\x08]", text)
    assert not odd


@pytest.mark.parametrize("name", LABELS)
def test_nothing_is_printed_over_something_else(name):
    with pymupdf.open(FOLDER / name) as pdf:
        for page in pdf:
            words = [(pymupdf.Rect(word[:4]), word[4]) for word in page.get_text("words")]
            inner = [
                (pymupdf.Rect(box.x0 + 0.5, box.y0 + box.height * 0.3, box.x1 - 0.5, box.y1 - box.height * 0.3), word)
                for box, word in words
            ]
            for n, (box, word) in enumerate(inner):
                assert page.rect.contains(box), f"{word} runs off page {page.number + 1}"
                over = [other for area, other in inner[n + 1 :] if box.intersects(area)]
                assert not over, f"page {page.number + 1}: {word} and {over}"


@pytest.mark.parametrize("name", [*LABELS, WORKBOOK])
def test_the_script_makes_the_documents_that_are_here(name, made):
    if name == WORKBOOK:
        assert (made / name).read_bytes() == (FOLDER / name).read_bytes()
        return
    with (
        pymupdf.open(made / name) as new,
        pymupdf.open(FOLDER / name) as old,
    ):  # compression may differ between versions
        assert [page.get_text() for page in new] == [page.get_text() for page in old]


def test_each_formula_of_the_workbook_carries_its_value(sheets):
    formulas = openpyxl.load_workbook(FOLDER / WORKBOOK)
    places = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(places) > 500
    assert not [place for place in places if sheets[place[0]][place[1]].value is None]


def test_the_quarters_are_the_sums_of_the_orders(sheets):
    sums = defaultdict(Decimal)
    for day, _, region, product, _, quantity, price, discount, amount in sheets["销售明细"].iter_rows(
        min_row=5, max_row=404, values_only=True
    ):
        assert abs(quantity * price * (1 - discount) - amount) < 0.0051
        for group in (region, product, "合计"):
            sums[group, (day.month - 1) // 3] += Decimal(str(amount))
    for row in (*range(5, 11), *range(14, 20)):
        first, second, *quarters = (cell.value for cell in sheets["季度汇总"][row][:6])
        assert [Decimal(str(value)) for value in quarters] == [sums[second or first, n] for n in range(4)]


def test_the_profit_and_loss_adds_up(sheets):
    sheet = sheets["P&L"]
    for column in "BCDEFG":
        net, cost, gross, _, *expenses, profit, _, tax, left = (sheet[f"{column}{row}"].value for row in range(6, 18))
        assert gross == pytest.approx(net + cost)
        assert profit == pytest.approx(gross + sum(expenses))
        assert left == pytest.approx(profit + tax)
    assert sheets["参数"].sheet_state == "hidden"
