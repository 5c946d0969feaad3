"""Labels of rows that sum up others."""

import pytest

from rag.records import says_total


@pytest.mark.parametrize(
    "label",
    [
        "Total",
        "Total assets",
        "Grand total",
        "Subtotal",
        "Sub-total:",
        "Northern total",
        "Northern subtotal",
        "Northern sub-total",
        "合计",
        "一、合计",
        "固定资产合计（元）",
        "总 计",
        "小计：",
        "總計",
    ],
)
def test_a_label_says_that_its_row_sums_up_others(label):
    assert says_total(label)


@pytest.mark.parametrize("label", ["Totally new", "Net income", "会计", "累计折旧", "Summary", "总部", ""])
def test_other_labels_do_not(label):
    assert not says_total(label)
