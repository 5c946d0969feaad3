"""What tells of a table leads to its rows, and is shown itself only where a table is asked for."""

from dataclasses import replace
from datetime import UTC, datetime

from rag.asking.told_tables import rows_instead
from rag.records import Box, Cells, Document, Hit, Page, Passage, Span

REPORT = Document(1, 1, "report.pdf", "d", "pdf", 1, datetime(2026, 11, 22, tzinfo=UTC), "ann")
ABOVE, BELOW = Box(10, 10, 200, 100), Box(10, 300, 200, 400)


def rows(number: int, whole: Box = ABOVE, page: int = 3, document: Document = REPORT) -> Passage:
    inside = Box(whole.x0 + 1, whole.y0 + 1, whole.x1 - 1, whole.y1 - 1)
    return Passage(document, (Span(f"Cash {number}", Page(page, None, inside), "cell", "\n"),), id=number)


def told(number: int, whole: Box = ABOVE, page: int = 3) -> Passage:
    return Passage(REPORT, (Span("Table: Cash", Page(page, None, whole), "profile"),), id=number)


def prose(number: int) -> Passage:
    return Passage(REPORT, (Span("Cash is king.", Page(3, None, Box(20, 20, 50, 50))),), id=number)


def hit(passage: Passage, score: float) -> Hit:
    return Hit(passage, score, {"words": 1}, {"words": score}, {"words": score})


def nothing(ids):
    return []


def ids(hits):
    return [hit.passage.id for hit in hits]


def test_the_best_rows_of_the_table_that_is_told_of_are_as_high_and_say_why():
    found = rows_instead([hit(told(9), 5.0), hit(prose(7), 4.0), hit(rows(1), 3.0), hit(rows(2), 2.0)], nothing)
    assert ids(found) == [1, 7, 2]
    assert found[0].score == 5.0
    assert sum(found[0].why.values()) == 5.0
    assert found[0].why["page"] == 2.0


def test_rows_that_are_higher_stay_as_they_are():
    found = [hit(rows(1), 6.0), hit(told(9), 5.0)]
    assert rows_instead(found, nothing) == found[:1]


def test_where_no_rows_were_found_the_first_of_the_table_stand_there():
    there = [rows(4, BELOW), prose(5), rows(6), rows(7), rows(10)]

    def passages(ids):
        return [one for one in there if one.id in ids]

    (found,) = rows_instead([hit(told(9), 5.0)], passages)
    assert found == replace(hit(told(9), 5.0), passage=rows(6))


def test_rows_of_another_table_another_page_or_another_document_are_not_meant():
    other = replace(REPORT, id=2)
    found = [hit(told(9), 5.0), hit(rows(1, BELOW), 3.0), hit(rows(2, page=4), 2.0), hit(rows(3, document=other), 1.0)]
    assert rows_instead(found, nothing) == found[1:]


def test_what_tells_of_a_table_of_a_sheet_leads_to_nothing():
    sheet = Passage(REPORT, (Span("Table, A1:D41", Cells("Orders", "A1:D41"), "profile"),), id=9)
    assert ids(rows_instead([hit(sheet, 5.0), hit(prose(7), 4.0)], nothing)) == [7]
