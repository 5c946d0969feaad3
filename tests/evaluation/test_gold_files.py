"""Gold questions in files: what is one is taken, what is none is named by its line, and all comes out again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import BadGoldFile
from rag.evaluation.gold_files import gold_csv, json_lines, read_gold

LINE = {
    "id": "q1",
    "question": "What was revenue?",
    "document": "a.pdf",
    "evidence": [{"document": "a.pdf", "page": 3}],
}


def lines(*questions):
    return "\n".join(each if isinstance(each, str) else json.dumps(each) for each in questions).encode()


def test_a_bad_line_costs_no_other_and_is_named():
    found = read_gold(
        "gold.jsonl",
        lines(
            LINE,
            "{broken",
            "",
            {"answer": "42"},
            {"question": "  "},
            {"question": "Where?", "evidence": [{"document": "a.pdf", "page": 0}]},
            {"question": "Where?", "evidence": [{"document": "a.xlsx", "sheet": "S", "area": "nowhere"}]},
            {"question": "Where?", "evidence": [{"page": 1}]},
            {"question": "Where?", "evidence": [{"document": "a.pdf", "page": "x"}]},
            {"question": "Where?", "language": 3},
            "7",
            {"question": "Who?"},
        ),
    )
    assert [question["question"] for question in found.questions] == ["What was revenue?", "Who?"]
    assert [(bad.number, bad.reason) for bad in found.bad] == [
        (2, "json"),
        (4, "question"),
        (5, "question"),
        (6, "page"),
        (7, "area"),
        (8, "evidence"),
        (9, "page"),
        (10, "field"),
        (11, "json"),
    ]
    assert found.bad[0].text == "{broken"


def test_what_a_line_has_besides_is_kept():
    (question,) = read_gold("gold.jsonl", lines({**LINE, "answer": "12", "set": "mine"})).questions
    assert (question["answer"], question["set"]) == ("12", "mine")


def test_a_list_is_read_as_lines_are():
    found = read_gold("gold.json", json.dumps([LINE, 3]).encode())
    assert (len(found.questions), found.bad[0].number, found.bad[0].reason) == (1, 2, "json")


def test_rows_of_one_id_are_the_places_of_one_question():
    found = read_gold(
        "gold.csv",
        b"id,question,document,page,sheet,area,note\n"
        b"q1,What was revenue?,a.pdf,3,,,mine\n"
        b"q1,What was revenue?,a.pdf,4,,,\n"
        b"q2,Which region?,b.xlsx,,Sales,B2:C9,\n"
        b"q3,Where?,a.pdf,third,,,\n"
        b"q4,Where?,,3,,,\n"
        b",,,,,,\n",
    )
    first, second = found.questions
    assert first["evidence"] == [{"document": "a.pdf", "page": 3}, {"document": "a.pdf", "page": 4}]
    assert first["note"] == "mine"
    assert second["evidence"] == [{"document": "b.xlsx", "sheet": "Sales", "area": "B2:C9"}]
    assert [(bad.number, bad.reason) for bad in found.bad] == [(5, "page"), (6, "evidence")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_spreadsheet_may_save_it_its_own_way(encoding, sign):
    text = "编号,问题,文档,页码\n1,营业收入是多少？,年报.pdf,12\n".replace(",", sign)
    (question,) = read_gold("题.csv", text.encode(encoding)).questions
    assert (question["question"], question["evidence"]) == ("营业收入是多少？", [{"document": "年报.pdf", "page": 12}])


def test_a_table_without_questions_says_what_it_lacks():
    found = read_gold("gold.csv", b"name,page\nx,1\n")
    assert [(bad.number, bad.reason) for bad in found.bad] == [(1, "columns")]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\x00\x01\x02", b"[]"])
def test_a_file_without_questions_is_refused(data):
    with pytest.raises(BadGoldFile):
        read_gold("gold.jsonl", data)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1)
place = st.one_of(
    st.builds(lambda page: {"document": "a.pdf", "page": page}, st.integers(1, 999)),
    st.builds(lambda row: {"document": "a.pdf", "sheet": "S", "area": f"B{row}"}, st.integers(1, 999)),
)


@given(st.lists(st.fixed_dictionaries({"question": words, "evidence": st.lists(place, max_size=3)}), max_size=4))
def test_what_is_given_out_is_taken_in_again(questions):
    if not questions:
        return
    assert list(read_gold("gold.jsonl", json_lines(questions)).questions) == questions
    found = read_gold("gold.csv", gold_csv(questions)).questions
    assert [one["evidence"] for one in found] == [one["evidence"] for one in questions]


def test_no_spreadsheet_takes_a_question_for_a_formula():
    assert b"'=1+1" in gold_csv([{"question": "=1+1"}])


def test_a_field_that_is_empty_stays_empty_in_the_file():
    assert b"'" not in gold_csv([{"question": "Which fee?", "kind": "", "answer": ""}])
