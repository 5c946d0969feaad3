"""Which of the cited cells were calculated here is told in as few areas as they make."""

from datetime import UTC, datetime

from rag.entrypoints.calculated_cells import calculated_in
from rag.records import Cells, Citation, Document, Note


def cited(cells, *areas, sheet="2024"):
    note = Note("Calculated", {"count": 1, "sheet": sheet, "cell": "2024!F5", "cells": cells})
    document = Document(1, 1, "b.xlsx", "d", "workbook", 1, datetime(2026, 1, 1, tzinfo=UTC), "anyone", notes=(note,))
    return Citation(1, document, 1, tuple(Cells("2024", area) for area in areas), "words")


def test_rows_below_each_other_are_one_area():
    assert calculated_in(cited("F5:F124", "A55:F55", "A56:F56", "A57:F57", "A60:F60")) == ["2024!F55:F57", "2024!F60"]


def test_only_what_is_cited_of_this_sheet_is_told():
    assert calculated_in(cited("F5, H9:I10", "A4:H9", "B2")) == ["2024!F5", "2024!H9"]
    assert calculated_in(cited("F5", "F5", sheet="2023")) == []
