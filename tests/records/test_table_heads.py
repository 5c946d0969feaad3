"""What the head of a table says it counts in."""

import pytest

from rag.records import Page, Span, TableHead


@pytest.mark.parametrize(
    ("told", "unit"),
    [
        (["HK$’000", "HK$’000"], "HK$’000"),
        (["HK$ million HK$ million HK$ million"], "HK$ million"),
        (["RMB’000", "HK$’000"], "RMB’000 HK$’000"),
        (["in millions"], "in millions"),
        ([], ""),
    ],
)
def test_a_unit_that_each_column_tells_is_told_once(told, unit):
    assert TableHead(unit=tuple(Span(text, Page(1), "unit") for text in told)).counts_in == unit
