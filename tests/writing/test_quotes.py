"""Sentences and rows know exactly the spans that carry them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import Box, Cell, Cells, Page, Passage, Span, TableHead
from rag.writing.quotes import join, places_of, sentences_of
from rag.writing.relevance import head_of

LINE = st.text(alphabet="abc 营业收入。.!？ 12,\n", min_size=0, max_size=25)
BOX = st.builds(lambda x, y: Box(x, y, x + 30, y + 10), st.integers(0, 300), st.integers(0, 40).map(lambda y: y * 12))
SPANS = st.lists(
    st.builds(
        Span,
        LINE,
        st.builds(Page, st.integers(1, 3), st.none(), BOX),
        st.sampled_from(["text", "heading", "title", "unit", "head", "cell", "running"]),
        st.sampled_from([" ", "", "\n", "\t"]),
        st.just(0),
        st.integers(0, 4),
    ),
    max_size=12,
)


def bare(text):
    return "".join(text.split())


def test_a_sentence_over_two_lines_has_the_spans_of_both(prose):
    passage = prose(
        ["Net sales increased in 2023 because demand", "in Asia was strong."], "We employ 40 people."
    ).passage
    first, second = sentences_of(passage)
    assert first.text == "Net sales increased in 2023 because demand in Asia was strong."
    assert first.spans == passage.spans[:2]
    assert second.spans == passage.spans[2:]


def test_a_span_with_two_sentences_carries_both(prose):
    passage = prose("Sales rose. Costs fell.").passage
    assert [(quote.text, quote.spans) for quote in sentences_of(passage)] == [
        ("Sales rose.", passage.spans),
        ("Costs fell.", passage.spans),
    ]


def test_a_new_paragraph_ends_a_sentence_without_a_full_stop(prose):
    assert [quote.text for quote in sentences_of(prose("Our segments", "¶Pumps", "¶Valves").passage)] == [
        "Our segments",
        "Pumps",
        "Valves",
    ]


def test_running_heads_are_quoted_only_when_there_is_nothing_else(document):
    place = Page(3, None, Box(0, 0, 100, 10))
    running = Span("Annual Report 2023", place, "running", "\n")
    text = Span("Sales rose.", place, "text", "\n")
    assert [quote.text for quote in sentences_of(Passage(document(), (running, text)))] == ["Sales rose."]
    assert [quote.text for quote in sentences_of(Passage(document(), (running,)))] == ["Annual Report 2023"]


def test_a_total_is_not_told_to_stand_in_the_empty_row_above_it(statement):
    rows = [("Current assets", ""), ("Cash", "1"), ("Other", ""), ("Total current assets", "1")]
    quotes = sentences_of(statement("Balance sheet", "", ("", "2023"), rows).passage)
    assert [quote.above for quote in quotes] == ["", "Current assets", "", ""]


def test_chinese_sentences_are_told_apart_without_spaces(document):
    page = Page(3, None, Box(0, 0, 100, 10))
    passage = Passage(document(), (Span("公司主要生产水泵。2023年营业收入增", page), Span("长12%。", page, before="")))
    first, second = sentences_of(passage)
    assert first.text == "公司主要生产水泵。"
    assert second.text == "2023年营业收入增长12%。"
    assert second.spans == passage.spans


def test_each_row_of_a_table_is_a_quote_under_its_section(income):
    rows = sentences_of(income.passage)
    assert len(rows) == 11
    assert [span.text for span in rows[4].spans] == ["Research and development", "100", "90", "80"]
    assert rows[4].above == "Operating expenses:"
    assert rows[0].above == ""
    assert all(row.head == income.passage.head for row in rows)


def test_title_unit_and_column_heads_are_no_rows(document):
    page = Page(1)
    spans = (
        Span("合并利润表", page, "title"),
        Span("单位：万元", page, "unit", "\n"),
        Span("项目", page, "head", "\n", 0, 1),
        Span("净利润", page, "cell", "\n", 0, 1),
        Span("2,800", page, "cell", "\t", 0, 2),
    )
    assert [quote.text for quote in sentences_of(Passage(document(), spans))] == ["净利润\t2,800"]
    assert [quote.text for quote in sentences_of(Passage(document(), spans[:2]))] == ["合并利润表", "单位：万元"]


def test_neighbouring_boxes_of_one_line_become_one_and_other_lines_stay(document):
    def page(x0, x1, y):
        return Page(1, None, Box(x0, y, x1, y + 10))

    spans = (
        Span("Net sales rose", page(10, 80, 100)),
        Span("by 12%", page(82, 120, 101)),
        Span("in Asia.", page(10, 50, 114)),
    )
    (quote,) = sentences_of(Passage(document(), spans))
    assert places_of([quote]) == (Page(1, None, Box(10, 100, 120, 111)), page(10, 50, 114))


def test_words_of_two_columns_are_not_boxed_across_the_gutter(document):
    left, right = Page(1, None, Box(10, 100, 200, 110)), Page(1, None, Box(320, 100, 500, 110))
    (quote,) = sentences_of(Passage(document(), (Span("a line", left), Span("of the other column", right))))
    assert places_of([quote]) == (left, right)


def test_cells_keep_their_own_places(sheet):
    row = sentences_of(sheet([["Region", "Q1"], ["North", "10"], ["South", "20"]]).passage)[1]
    assert places_of([row]) == (Cells("Sales", "A3"), Cells("Sales", "B3"))


def test_sentences_that_follow_each_other_are_quoted_as_they_stand_and_others_by_line(prose):
    passage = prose("One is here.", "Two is here.", "¶Three is here.").passage
    one, two, three = sentences_of(passage)
    assert join(passage, [two, one]) == "One is here. Two is here."
    assert join(passage, [one, three]) == "One is here.\nThree is here."


def test_a_passage_without_words_has_no_quotes(document):
    assert sentences_of(Passage(document(), (Span(" ", Page(1)),))) == []
    assert sentences_of(Passage(document(), ())) == []


@given(spans=SPANS)
def test_every_quote_is_a_slice_of_its_passage_carried_by_exactly_its_spans(document, spans):
    passage = Passage(document(), tuple(spans))
    for quote in sentences_of(passage):
        assert passage.own_text[quote.start : quote.end] == quote.text
        assert bare(quote.text) in bare("".join(span.text for span in quote.spans))
        inner = [bare(span.text) for span in quote.spans[1:-1]]
        assert all(text in bare(quote.text) for text in inner)


@given(spans=SPANS)
def test_no_word_of_prose_or_rows_is_missing_from_the_quotes(document, spans):
    kept = [span for span in spans if span.kind in {"text", "heading", "cell"}]
    quotes = sentences_of(Passage(document(), tuple(spans)))
    if any(bare(span.text) for span in kept):
        assert "".join(bare(quote.text) for quote in quotes) == bare("".join(span.text for span in kept))


@given(spans=SPANS)
def test_places_are_those_of_the_spans_or_the_line_around_neighbours(document, spans):
    for quote in sentences_of(Passage(document(), tuple(spans))):
        own = [span.place for span in quote.spans]
        for place in places_of([quote]):
            within = [
                each
                for each in own
                if each.number == place.number
                and each.box.x0 >= place.box.x0
                and each.box.x1 <= place.box.x1
                and each.box.y0 >= place.box.y0
                and each.box.y1 <= place.box.y1
            ]
            assert place in own or len(within) > 1


@pytest.mark.parametrize("kind", ["text", "cell"])
def test_the_same_place_is_named_once(document, kind):
    place = Cells("Notes", "B2")
    spans = (Span("Sales rose", place, kind), Span("by a lot.", place, kind))
    assert places_of(sentences_of(Passage(document(), spans))) == (place,)


def test_a_head_merged_downwards_stands_over_its_own_column_only():
    def head(text, area, column, over=1):
        return Cell(text, Cells("2024", area), column, over=over)

    rows = (
        (head("Region", "A3:A4", 1), head("First half", "B3:C3", 2, 2), head("Total", "D3:D4", 4)),
        (head("Q1", "B4", 2), head("Q2", "C4", 3)),
    )
    heads = TableHead(header=rows)
    assert [head_of(heads, column) for column in (1, 2, 3, 4)] == ["Region", "First half Q1", "First half Q2", "Total"]


def test_rows_stand_in_the_period_of_the_lone_label_above_them_in_one_language_or_two(statement):
    rows = [("2023", "", ""), ("Sales", "销售", "9"), ("Year ended 31 March 2022", "上一年", ""), ("All", "", "8")]
    quotes = sentences_of(statement("Segments", "", ("", "", "Pumps"), rows).passage)
    assert [quote.period for quote in quotes] == ["", "2023", "", "Year ended 31 March 2022"]


def test_a_sentence_knows_the_heading_or_the_question_that_it_stands_under(prose):
    hit = prose("It is at two.", "Bring a pen.", "¶Can I pay by card?", "¶Cards are taken.", title="Next meeting")
    heading, first, second, question, answer = sentences_of(hit.passage)
    assert [heading.is_heading, question.is_heading, first.is_heading] == [True, True, False]
    assert [(one.under, one.behind) for one in (first, second)] == [("Next meeting", 1), ("Next meeting", 2)]
    assert (answer.under, answer.behind) == ("Can I pay by card?", 1)


def test_a_short_paragraph_that_ends_in_a_question_is_all_of_it_a_question(prose):
    hit = prose("¶The lamp is dim.", "I like light.", "Where is the switch?", "¶Press the knob twice.")
    *asking, answer = sentences_of(hit.passage)
    assert all(one.asks for one in asking)
    assert answer.under == "The lamp is dim. I like light. Where is the switch?"
