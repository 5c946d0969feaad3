"""What a question asks, once the names in it have led to a document."""

import pytest

from rag.writing.asked import Words, wanted, without_names


@pytest.mark.parametrize(
    ("question", "names", "left"),
    [
        ("Alder's net income", ["Alder Quay plc"], "net income"),
        ("net income of Alder Quay, Inc. in 2023", ["Alder Quay Inc."], "net income of in 2023"),
        ("the rebates of Otter & Finch", ["Otter & Finch Limited"], "the rebates of"),
        ("Otter2022财年的净利润", ["Otter Corp"], "2022财年的净利润"),
        ("澄江钢构的营业收入", ["云州澄江钢构股份有限公司", "澄江钢构"], "的营业收入"),
        ("what is owed on the target date", ["Target Corporation"], "what is owed on the target date"),
        ("Aldermen and their pay", ["Alder Quay plc"], "Aldermen and their pay"),
        ("The Company's net income", ["The Company Store"], "The Company's net income"),
        ("Who is Alder Quay?", ["Alder Quay plc"], "Who is Alder Quay?"),
        ("澄江钢构是什么公司", ["澄江钢构"], "澄江钢构是什么公司"),
    ],
)
def test_a_name_is_taken_out_of_a_question_that_asks_for_more(question, names, left):
    assert " ".join(without_names(question, names).split()) == left


def test_of_a_whole_and_a_part_of_it_the_part_is_asked_for():
    asked = wanted("青岚公司2023年营业总成本中的营业成本是多少？").weights
    assert asked["营业成本"] > asked["总成本"]
    assert "营业总成本" not in asked
    assert wanted("其中存货是多少").weights["存货"] == wanted("集中度与存货").weights["存货"] == 1.0


def test_traditional_characters_are_asked_for_and_found_as_simplified_ones():
    assert wanted("資產負債率").words == wanted("资产负债率").words
    assert Words("存貨 891,559").shared({"存货"}) == {"存货"}
