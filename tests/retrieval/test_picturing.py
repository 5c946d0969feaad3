"""Which questions want to see a picture, and what that adds to passages beside one."""

import pytest

from rag.retrieval.asked.picturing import HELD, NAMED, SHOWN, asks_for_picture, beside_pictures


@pytest.mark.parametrize(
    "question",
    [
        "Show me the product picture",
        "What does the chart of sales say?",
        "Images?",
        "Show Figure 3",
        "Is there a photo of the harbour?",
        "Which ports are on the map?",
        "What is the company's logo?",
        "产品图片",
        "给我看产品图",
        "公司的组织结构图",
        "图3说明了什么？",
        "有没有工艺示意图？",
        "这张图是什么意思",
        "厂房的照片在哪里",
        "公司logo是什么样的？",
        "產品圖片",
        "航线地图",
        "以下图片说明了什么？",
    ],
)
def test_a_question_about_a_picture_is_known_as_one(question):
    assert asks_for_picture(question)


@pytest.mark.parametrize(
    "question",
    [
        "What are the sales figures?",
        "What is the fee?",
        "charter fees",
        "Draw a chart of sales by month",
        "Plot revenue by region as a bar chart",
        "Show sales by month in a line chart",
        "chart the sales by month",
        "How strong is the brand image?",
        "What is in the chart of accounts?",
        "企图",
        "意图表明了什么",
        "公司试图图谋什么",
        "图书收入是多少",
        "地图册的价格",
        "商标权的账面价值",
        "画一张各月销售额的图表",
        "绘制销售折线图",
        "用柱状图展示各地区销售额",
        "生成各月收入的折线图",
    ],
)
def test_other_questions_are_not(question):
    assert not asks_for_picture(question)


def test_a_caption_that_has_what_is_asked_for_weighs_most():
    captions = {1: ["Figure 2: The ferry"], 2: [""], 3: ["Figure 3: The harbour", "A ferry at sea"], 4: []}
    weighed = beside_pictures("Show me pictures of ferries", captions)
    assert weighed == {1: SHOWN + NAMED, 2: SHOWN, 3: SHOWN + NAMED}
    assert beside_pictures("给我看渡轮的图片", {1: ["图2：渡轮"], 2: ["图3：港口"]}) == {1: SHOWN + NAMED, 2: SHOWN}
    assert beside_pictures("Show Figure 3", captions)[3] == SHOWN + NAMED
    assert beside_pictures("产品图片", {1: [""]}) == {1: HELD}
    assert beside_pictures("Show me the picture", captions) == {1: SHOWN, 2: SHOWN, 3: SHOWN}


def test_for_a_question_about_what_a_picture_tells_only_its_caption_counts():
    captions = {1: ["Figure 2: The ferry"], 2: [""]}
    assert beside_pictures("What does the picture of the ferry prove?", captions) == {1: pytest.approx(NAMED / 4)}
    assert beside_pictures("How many harbours are on the map?", captions) == {}
    assert beside_pictures("图中渡轮有多少？图片", {1: [""]}) == {}


@pytest.mark.parametrize(
    ("question", "caption"),
    [
        ("给我看看产品图片", "Figure 1: The new luminaire, our first product of glass"),
        ("有没有销售趋势图", "Sales trend by quarter"),
        ("Show me the product picture", "图1 新产品外观"),
    ],
)
def test_a_caption_in_another_language_has_what_is_asked_for(question, caption):
    found = beside_pictures(question, {1: [caption], 2: ["Rainfall at the harbour"], 3: ["港口的降雨量"]})
    assert found[1] > found[2] == found[3]
