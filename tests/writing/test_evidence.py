"""The right words win: sentences and rows that answer a question, in English and Chinese, with their places."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import About as AboutDocument
from rag.records import Cells, Hit, Note, Passage, Span
from rag.writing.evidence import MOST_COMPARED, About, answer_text, gather, not_found
from rag.writing.wordings import Foreign

WORDS = ["net", "sales", "2023", "1,234", "profit", "营业收入", "净利润", "rose.", "下降。", "[3]", "\n", "Total"]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


def first_line(question, hits):
    return answer_text(question, gather(question, hits), hits).splitlines()[0]


def bare(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What were net sales in 2023?", "Net sales"),
        ("What was the cost of sales?", "Cost of sales"),
        ("net income 2022", "Net income"),
        ("How much did the company spend on research and development in 2021?", "Research and development"),
        ("What were total operating expenses?", "Total operating expenses"),
        ("operating income", "Operating income"),
        ("What is the diluted EPS or earnings per share?", "Diluted earnings per share"),
        ("How much income tax was provided for in 2023?", "Provision for income taxes"),
    ],
)
def test_the_row_that_is_asked_for_comes_first(income, question, label):
    (citation,) = gather(question, [income])
    assert citation.row[0].text == label
    assert citation.quote.split("\t")[0] == label
    assert citation.head == income.passage.head


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("2023年营业收入是多少？", "其中：营业收入"),
        ("公司2022年的净利润是多少", "四、净利润"),
        ("2023年归属于母公司所有者的净利润", "归属于母公司所有者的净利润"),
        ("研发费用有多少？", "研发费用"),
        ("营业总收入", "一、营业总收入"),
        ("营业成本是多少", "其中：营业成本"),
    ],
)
def test_the_chinese_row_that_is_asked_for_comes_first(profit, question, label):
    assert first_line(question, [profit]).startswith(f"- {label} · ")


def test_a_row_is_written_under_its_heads_with_title_and_unit_beside_it(income):
    assert first_line("net sales", [income]) == (
        "- Net sales · 2023: $ 1,234 · 2022: $ 1,100 · 2021: $ 990"
        " (CONSOLIDATED STATEMENTS OF OPERATIONS, In millions, except per share data) [1]"
    )


def test_the_column_that_is_asked_for_is_named_first(income, profit):
    assert first_line("net sales in 2022", [income]).startswith("- Net sales · 2022: $ 1,100 · 2023: $ 1,234")
    assert first_line("2022年研发费用", [profit]).startswith(
        "- 研发费用 · 2022年度: 450.00 · 2023年度: 500.00 (合并利润表"
    )


def test_a_head_over_two_columns_holds_for_both(statement):
    hit = statement("", "", ["", "2023", "", "2022"], [["Net sales", "$", "1,234", "$", "1,100"]])
    assert first_line("net sales", [hit]) == "- Net sales · 2023: $ 1,234 · 2022: $ 1,100 [1]"


def test_a_row_of_a_sheet_is_found_by_two_labels_and_a_quarter(sheet):
    hit = sheet(
        [
            ["Region", "Product", "Q1 2024", "Q2 2024"],
            ["North", "Pumps", "10", "11"],
            ["North", "Valves", "20", "21"],
            ["South", "Pumps", "30", "31"],
            ["South", "Valves", "40", "41"],
        ]
    )
    question = "How many pumps were sold in the South region in Q2 2024?"
    (citation,) = gather(question, [hit])
    assert citation.places[:4] == tuple(Cells("Sales", f"{column}4") for column in "ABCD")
    assert first_line(question, [hit]) == "- South · Pumps · Q2 2024: 31 · Q1 2024: 30 [1]"


def test_a_section_over_a_row_is_told_when_it_is_asked_for(statement):
    rows = [["Americas:"], ["Net sales", "700"], ["Europe:"], ["Net sales", "534"]]
    hit = statement("Segments", "(in millions)", ["", "2023"], rows)
    assert first_line("net sales in Europe", [hit]) == "- Europe · Net sales · 2023: 534 (Segments, in millions) [1]"


def test_a_row_tells_the_year_of_the_label_it_stands_under_and_that_of_the_year_asked_for_comes_first(statement):
    rows = [["2024"], ["Operating income", "37"], ["2023"], ["Operating income", "33"]]
    hit = statement("Segments", "(in millions)", ["", "Pumps"], rows)
    line = first_line("operating income of Pumps in 2023", [hit])
    assert line == "- 2023 · Operating income · Pumps: 33 (Segments, in millions) [1]"


def test_a_label_without_values_and_a_heading_do_not_win(statement, prose):
    rows = [["Inventories:"], ["Total inventories", "55", "50"]]
    (citation,) = gather("What were inventories?", [statement("", "", ["", "2023", "2022"], rows)])
    assert citation.row[0].text == "Total inventories"
    hit = prose("¶Revenue was 12 million euros, mostly from pumps.", "The weather was mild.", title="Revenue")
    (citation,) = gather("What was revenue?", [hit])
    assert citation.quote.startswith("Revenue was 12 million euros")


def test_lines_of_a_statement_that_was_read_as_text_are_told_apart(prose):
    lines = ["¶Total current assets 5,400 5,100", "¶Total assets 9,900 9,200", "¶Other assets 300 280"]
    (citation,) = gather("total assets", [prose(*lines)])
    assert citation.quote == "Total assets 9,900 9,200"


def test_the_sentence_that_answers_is_quoted_with_its_box(prose):
    hit = prose(
        "We design pumps.",
        "At year end we had 4,321 employees in nine countries.",
        "Fees are paid late.",
        heading=("A",),
    )
    (citation,) = gather("How many employees are there?", [hit])
    assert citation.quote == "At year end we had 4,321 employees in nine countries."
    assert citation.places == (hit.passage.spans[1].place,)
    assert citation.label == "acme-10k.pdf › p. 2 (printed F-2)"
    assert citation.heading == ("A",)
    assert citation.row == ()
    assert citation.head is None


def test_a_chinese_sentence_is_found_and_boxed(prose):
    hit = prose("公司主要从事水泵的研发。", "截至报告期末，公司员工总数为4,321人。", "董事会秘书为王明。")
    (citation,) = gather("员工有多少人？", [hit])
    assert citation.quote == "截至报告期末，公司员工总数为4,321人。"
    assert citation.places == (hit.passage.spans[1].place,)


def test_question_words_find_nothing_by_themselves(prose):
    hit = prose("What is it and how many are there, we asked.", "Dividends were 2 euros a share.")
    (citation,) = gather("What is the dividend and how many euros are there?", [hit])
    assert citation.quote == "Dividends were 2 euros a share."


def test_what_a_sentence_announces_is_quoted_with_it(prose):
    hit = prose("It was a year.", "¶Our segments are:", "¶Pumps", "¶Valves", "¶The end of it was good for all of us.")
    (citation,) = gather("Which segments are there?", [hit])
    assert citation.quote == "Our segments are:\nPumps\nValves"


def test_every_hit_has_one_citation_numbered_by_its_place(prose, income, profit, document):
    empty = type(income)(Passage(document(), ()), 0.1, {})
    hits = [prose("Nothing in common."), income, profit, empty]
    citations = gather("goodwill impairment", hits)
    assert [citation.number for citation in citations] == [1, 2, 3, 4]
    assert citations[0].quote == "Nothing in common."
    assert all(citation.places for citation in citations[:3])


def test_clearly_weak_lines_are_dropped_but_never_all(prose, income):
    hits = [prose("The weather was fine in 2023."), income]
    text = answer_text("net income 2023", gather("net income 2023", hits), hits)
    assert text.splitlines()[0].startswith("- Net income · 2023: 150")
    assert "weather" not in text
    assert answer_text("goodwill", gather("goodwill", hits), hits)


def test_at_most_five_lines_and_none_twice(prose):
    hits = [prose(f"Revenue of unit {number} was {number} euros.") for number in range(9)] + [
        prose("Revenue rose.")
    ] * 2
    lines = answer_text("revenue", gather("revenue", hits), hits).splitlines()
    assert len(lines) == len({line.rsplit(" [", 1)[0] for line in lines}) == 5


def test_two_rows_that_are_both_asked_for_are_both_quoted(income):
    (citation,) = gather("compare gross profit and net income", [income])
    assert [line.split("\t")[0] for line in citation.quote.split("\n")] == ["Gross profit", "Net income"]
    assert len(citation.places) == 8


def test_a_mark_inside_a_document_is_no_mark_of_the_answer(prose):
    hits = [prose("Revenue rose as shown in [7] and 【8】.")]
    text = answer_text("revenue", gather("revenue", hits), hits)
    assert text == "- Revenue rose as shown in [ 7] and 【 8】. [1]"


def test_what_reports_print_of_a_name_leads_to_the_sentence_that_has_it(prose):
    hits = [prose("Quay Foods opened a cold store.", "Asked by phone, A. Pike, Chief Executive Officer, agreed.")]
    said = "chief executive officer; president"
    about = About(printed=said)
    assert "found" in answer_text("Who is the CEO?", gather("Who is the CEO?", hits), hits, doubtful=True)
    cited = gather("Who is the CEO?", hits, printed=said)
    assert "A. Pike" in answer_text("Who is the CEO?", cited, hits, about, doubtful=True).splitlines()[0]


def test_likeness_decides_where_no_word_is_shared(prose, income):
    english = prose("The weather was fine.", "We employ 4,321 people.", "Fees are paid late.")
    asked = []

    def likeness(question, sentences):
        asked.extend(sentences)
        return [0.9 if "people" in sentence else 0.8 for sentence in sentences]

    question = "公司员工总数是多少？"
    (citation,) = gather(question, [english], likeness)
    assert citation.quote == "We employ 4,321 people."
    assert asked == ["The weather was fine.", "We employ 4,321 people.", "Fees are paid late."]
    asked.clear()
    gather("net income", [income], likeness)
    assert asked == []


def test_likeness_is_asked_about_a_bounded_number_of_sentences(prose):
    sizes = []

    def likeness(question, sentences):
        sizes.append(len(sentences))
        return [0.5] * len(sentences)

    gather(
        "员工", [prose(*[f"This is sentence {n} of part {part}." for n in range(30)]) for part in range(5)], likeness
    )
    assert sizes == [MOST_COMPARED]


def test_the_first_hit_stays_when_it_is_in_another_language(prose, profit):
    hits = [prose("We employ 4,321 people."), prose("员工总数没有披露。")]
    text = answer_text("员工总数是多少", gather("员工总数是多少", hits), hits)
    assert text.splitlines() == ["- 员工总数没有披露。 [2]", "- We employ 4,321 people. [1]"]


@given(
    question=TEXT,
    texts=st.lists(
        st.tuples(TEXT, st.sampled_from(["text", "heading", "cell"]), st.sampled_from([" ", "\n"])), max_size=9
    ),
)
def test_what_is_quoted_stands_in_the_passage_at_those_places(prose, document, question, texts):
    spans = tuple(
        Span(text, Cells("S", f"A{row}"), kind, before, 0, 1) for row, (text, kind, before) in enumerate(texts, 1)
    )
    hit = type(prose("a"))(Passage(document(), spans), 1.0, {})
    (citation,) = gather(question, [hit])
    assert all(bare(line) in bare(hit.passage.own_text) for line in citation.quote.split("\n"))
    assert set(citation.places) <= {span.place for span in spans} or not citation.row
    assert answer_text(question, (citation,), [hit]) == answer_text(question, gather(question, [hit]), [hit])


def test_quarters_are_the_same_in_every_spelling(sheet, statement):
    rows = [["Region", "1Q24", "2Q24", "3Q24"], ["North", "10", "11", "12"]]
    for question in ("North in the second quarter", "North in Q2 2024", "North 第二季度"):
        assert first_line(question, [sheet(rows)]).startswith("- North · 2Q24: 11 · ")
    chinese = statement("", "", ["地区", "第一季度", "第二季度"], [["华北", "10", "11"]])
    assert first_line("华北二季度的销售额", [chinese]).startswith("- 华北 · 第二季度: 11 · ")


def test_an_amount_is_not_answered_by_a_sentence_that_only_points_to_it(statement, prose):
    pointing = prose("The table below presents the total carrying value of the portfolio as of June 30, 2022.")
    rows = statement("Portfolio", "(in billions)", ["", "June 30, 2022"], [["Total carrying value", "$ 33.3"]])
    line = first_line("What was the total carrying value of the portfolio as of June 30, 2022?", [pointing, rows])
    assert line == "- Total carrying value · June 30, 2022: $ 33.3 (Portfolio, in billions) [2]"


def test_the_group_is_meant_unless_its_parent_company_is_named(statement):
    def profit_of(title, number):
        return statement(title, "单位：元", ["项目", "2020年度"], [["税金及附加", number]])

    hits = [profit_of("母公司利润表", "2,073,689.94"), profit_of("合并利润表", "23,238,233.57")]
    assert "23,238,233.57" in first_line("2020年的税金及附加是多少？", hits)
    assert "2,073,689.94" in first_line("母公司2020年的税金及附加是多少？", hits)


def test_a_mark_for_a_note_in_a_cell_of_its_own_is_not_part_of_the_label(statement):
    hit = statement("", "", ["", "", "2023"], [["Other income", "(a)", "12"]])
    assert first_line("other income", [hit]) == "- Other income · 2023: 12 [1]"


def test_a_very_long_question_and_very_long_passages_are_done_with_quickly(prose, income):
    question = "Please think about this and that, 公司的营业收入 and so on. " * 600 + "What was net income?"
    hits = [income, *[prose("Words and 1,234 numbers without an end, " * 300)] * 9]
    started = time.process_time()
    citations = gather(question, hits)
    answer_text(question, citations, hits)
    assert time.process_time() - started < 3
    assert citations[0].row[0].text == "Net income"


NINE_MONTHS = ["项目", "2024年前三季度（1-9月）", "2023年前三季度（1-9月）"]
QUARTERLY = ["项目", "本报告期", "年初至报告期末"]


def test_nine_months_do_not_come_before_the_third_quarter(statement):
    whole = statement("合并利润表", "单位：万元", NINE_MONTHS, [["其中：营业收入", "139,806.52", "127,293.52"]])
    quarter = statement("", "单位：万元", QUARTERLY, [["营业收入", "48,215.37", "139,806.52"]])
    assert "48,215.37" in first_line("第三季度营业收入是多少", [whole, quarter])
    assert "本报告期: 48,215.37 · 年初" in first_line("第三季度营业收入是多少", [quarter])
    assert "127,293.52" in first_line("2023年前三季度营业收入是多少", [quarter, whole])


def test_nine_months_do_not_come_before_the_third_quarter_in_english(statement):
    longer = statement("", "", ["", "Nine Months Ended September 30, 2024"], [["Net sales", "900"]])
    three = statement("", "", ["", "Three Months Ended September 30, 2024"], [["Net sales", "310"]])
    assert "310" in first_line("What were net sales in the third quarter of 2024?", [longer, three])
    assert "900" in first_line("What were net sales in the nine months to September 2024?", [three, longer])


def test_non_operating_income_is_not_taken_for_operating_income(statement):
    hit = statement(
        "合并利润表",
        "单位：万元",
        ["项目", "2024年度"],
        [["加：营业外收入", "66.10"], ["营业收入", "139,806.52"], ["减：营业外支出", "104.28"]],
    )
    answer = answer_text("营业收入是多少", gather("营业收入是多少", [hit]), [hit])
    assert "139,806.52" in answer
    assert "营业外" not in answer
    assert "66.10" in first_line("营业外收入是多少", [hit])


def test_what_is_current_is_told_from_what_is_not(statement):
    rows = [["流动资产合计", "31.87"], ["非流动资产合计", "30.91"]]
    for question, amount in (("流动资产合计是多少", "31.87"), ("非流动资产合计是多少", "30.91")):
        for ordered in (rows, rows[::-1]):
            assert amount in first_line(question, [statement("合并资产负债表", "", ["项目", "2020年"], ordered)])


def test_guidance_is_what_the_company_expects(prose):
    hit = prose(
        "GAAP diluted earnings per share were $1.08; adjusted diluted EPS was $1.21.",
        "¶For 2025 the company now expects net sales between $1.4 billion and $1.5 billion and adjusted diluted EPS of "
        "$4.85 to $5.10.",
    )
    assert "$4.85 to $5.10" in first_line("guidance for adjusted EPS", [hit])


def placed(hit, number, notes=()):
    """*hit* as if its document had this number, and these notes."""
    document = replace(hit.passage.document, id=number, notes=notes)
    return replace(hit, passage=replace(hit.passage, document=document))


def test_lines_of_another_company_do_not_come_before_those_of_the_one_that_is_named(prose, profit):
    question = "Harbour 净利润"
    hits = [placed(prose("Harbour sold 12 boats to its owners in the first half."), 1), placed(profit, 2)]
    citations = gather(question, hits)
    assert "净利润" in answer_text(question, citations, hits).splitlines()[0]
    text = answer_text(question, citations, hits, About(frozenset({1})))
    assert "[1]" in text
    assert "[2]" not in text


def test_of_a_scan_and_its_twin_with_text_the_text_is_quoted(income):
    scan = placed(income, 1, (Note("ScannedRead", {"pages": "1-3", "confidence": "1.00"}),))
    text = placed(income, 2)
    hits = [scan, text]
    answer = answer_text("net income 2022", gather("net income 2022", hits), hits)
    assert "[2]" in answer
    assert "[1]" not in answer
    assert "[1]" in answer_text("net income 2022", gather("net income 2022", [scan]), [scan])


def chart(document):
    """What is told of a chart in a sheet."""
    span = Span("图表（折线图）：季度走势", Cells("季度汇总", "K3:S17"), "caption")
    return Hit(Passage(document("台账.xlsx", "workbook"), (span,), ("季度汇总",), None, 14), 1.0, {"meaning": 1})


def test_a_chart_without_words_in_common_is_no_answer(document):
    hits = [chart(document)]
    for question in ("广东省的人口", "x"):
        assert answer_text(question, gather(question, hits), hits) == not_found(question)
    for question in ("给我看图表", "季度走势如何"):
        assert "季度走势" in answer_text(question, gather(question, hits), hits)


def test_doubtful_evidence_without_a_word_in_common_is_no_answer(sheet):
    hits = [sheet([["项", "值"], ["外部", "3"]])]
    citations = gather("广东省的人口", hits)
    assert answer_text("广东省的人口", citations, hits, doubtful=True) == not_found("广东省的人口")
    assert "外部" in answer_text("广东省的人口", citations, hits)


def of(hit, *names):
    """*hit* as if its document were that of a company with these *names*."""
    document = replace(hit.passage.document, about=AboutDocument(names))
    return replace(hit, passage=replace(hit.passage, document=document))


@pytest.mark.parametrize(
    ("question", "names", "idle", "right"),
    [
        (
            "What is the useful life of vehicles at Alder Quay?",
            ("Alder Quay Instruments Corporation", "Alder Quay Instruments"),
            'Alder Quay Instruments Corporation ("the Company") designs and sells pressure gauges.',
            "Vehicles are written off over 5 years.",
        ),
        (
            "澄江钢构财务总监的税前报酬是多少万元？",
            ("云州澄江钢构股份有限公司", "澄江钢构"),
            "公司、本公司指云州澄江钢构股份有限公司。",
            "财务总监周某某的税前报酬为88.20万元。",
        ),
    ],
)
def test_the_name_that_leads_to_a_document_does_not_choose_its_lines(prose, question, names, idle, right):
    hits = [of(prose(idle), *names), of(prose(f"¶{idle}", f"¶{right}"), *names)]
    answer = answer_text(question, gather(question, hits), hits)
    assert answer.startswith(f"- {right}")
    assert idle not in answer


def test_a_line_with_the_name_alone_is_no_answer_unless_it_is_all_that_is_asked_for(prose):
    hits = [of(prose("Alder Quay Corporation sells pressure gauges."), "Alder Quay Corporation")]
    question = "What is the warranty accrual of Alder Quay?"
    assert answer_text(question, gather(question, hits), hits) == not_found(question)
    for question in ("What does Alder Quay do?", "Who is Alder Quay Corporation?"):
        assert "gauges" in answer_text(question, gather(question, hits), hits)


def test_a_line_of_a_contents_page_does_not_come_before_a_sentence(prose):
    hits = [
        prose("Legal proceedings ........................ 31"),
        prose("¶There were no legal proceedings in the year."),
    ]
    assert "There were no" in first_line("Were there legal proceedings?", hits)


def test_a_cell_without_a_result_says_so_in_the_language_of_the_question(sheet):
    hits = [sheet([["项", "值"], ["外部", "not calculated"]])]
    assert "未计算" in first_line("外部的值是多少", hits)
    assert "not calculated" in first_line("what is the value of 外部 in the sheet", hits)


def test_a_report_on_the_year_before_does_not_come_first_with_what_it_expected(prose):
    def told(hit, number, year):
        document = replace(hit.passage.document, id=number, about=AboutDocument(("Alder Quay",), year=year))
        return replace(hit, passage=replace(hit.passage, document=document))

    hits = [
        told(prose("Capital expenditures were $186 million; for 2024 we expect about $210 million."), 1, 2023),
        told(prose("Capital expenditures were $199 million; for 2025 we expect about $220 million."), 2, 2024),
    ]
    question = "How much did Alder Quay spend on capital expenditures in 2024?"
    assert "$199 million" in answer_text(question, gather(question, hits), hits).splitlines()[0]
    question = "What capital expenditures does Alder Quay expect for 2024?"
    assert "$186 million" in answer_text(question, gather(question, hits), hits).splitlines()[0]


def test_what_is_not_found_is_said_in_the_language_of_the_question(sheet):
    hits = [sheet([("地区", "人口"), ("外部", "12")])]
    asked = About(spoken="会计师事务所报酬 澄江", bare="What is the auditor's fee?")
    text = answer_text(asked.spoken, gather(asked.spoken, hits), hits, asked, doubtful=True)
    assert text == not_found(asked.bare)


def test_what_stands_under_a_heading_is_quoted_and_not_the_heading(prose):
    hits = [prose("¶25 June, 2 pm, led by Ms Lin.", title="4 Next meeting")]
    assert answer_text("When is the next meeting?", gather("When is the next meeting?", hits), hits) == (
        "- 25 June, 2 pm, led by Ms Lin. [1]"
    )


def test_the_answer_of_a_list_of_questions_is_quoted_and_not_the_question(prose):
    asked = "How do I reset the wifi of the lamp?"
    hits = [prose("¶How do I reset the wifi?", "Hold the ring for ten seconds.", "The ring then turns amber.")]
    assert answer_text(asked, gather(asked, hits), hits).startswith("- Hold the ring for ten seconds.")


def test_a_number_in_words_is_a_number(prose):
    asked = "How long is the notice?"
    hits = [prose("¶The notice is pinned to the long wall.", "¶The notice is three months.")]
    assert "three months" in answer_text(asked, gather(asked, hits), hits).splitlines()[0]


def test_contents_are_not_quoted_for_what_they_lead_to(prose):
    hits = [prose("¶Annual leave . . . . . . . . . 12 Sick leave . . . . . .", "¶Annual leave is 15 days.")]
    asked = "How many days of annual leave?"
    assert answer_text(asked, gather(asked, hits), hits) == "- Annual leave is 15 days. [1]"


def test_passages_in_another_language_are_asked_in_theirs(prose):
    asked = "设备丢了怎么办"
    hits = [
        prose("¶Doors are locked at night.", "¶A lost device is reported within two hours."),
        prose("¶设备很重要。"),
    ]
    about = About(foreign=Foreign("device lost", 0.8))
    cited = gather(asked, hits, foreign=about.foreign)
    assert answer_text(asked, cited, hits, about).startswith("- A lost device is reported within two hours.")


def test_words_of_which_little_is_known_in_another_language_do_not_come_before_the_own(prose):
    asked = "which picture stands in the corner by default"
    hits = [prose("¶The picture in the corner is a heron.", "¶Ink is blue."), prose("¶默认地址是十号。")]
    about = About(foreign=Foreign("默认", 0.2))
    cited = gather(asked, hits, foreign=about.foreign)
    assert "heron" in answer_text(asked, cited, hits, about).splitlines()[0]
