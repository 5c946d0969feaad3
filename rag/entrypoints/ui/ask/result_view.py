"""What was computed for an answer: its table inside the turn, the chart above it, the query and the data below."""

import csv
import io
from typing import Any

import streamlit as st

from rag.entrypoints.exports.taken import inert
from rag.entrypoints.ui.texts import t
from rag.records import Computed
from rag.writing.results import cells_written

_ROWS = 200
_HEIGHT = 300  # pixels


def block(computed: Computed) -> dict[str, Any] | None:
    """The result as a block of the answer; ``None`` for a single figure, which the words say."""
    if len(computed.rows) == 1 and len(computed.columns) < 3:
        return None
    rows = cells_written(computed)
    numbers = [any(isinstance(row[at], int | float) for row in computed.rows) for at in range(len(computed.columns))]
    more = computed.cut or len(rows) > _ROWS
    return {
        "k": "result",
        "n": 1,
        "title": " · ".join(part for part in (computed.table, computed.unit) if part),
        "head": list(computed.columns),
        "right": numbers,
        "rows": rows[:_ROWS],
        "more": t("result.first_rows", count=min(len(rows), _ROWS)) if more else "",
    }


def draw_chart(computed: Computed, chart: Any, turn: str) -> None:
    """Draw the *chart* of the result inside the *turn*."""
    alt = t("result.chart_alt", table=computed.table, columns=t("result.and").join(computed.columns))
    st.altair_chart(chart, width="stretch", height=_HEIGHT, alt=alt, key=f"result-chart-{turn}")


def draw_query(computed: Computed, turn: str) -> None:
    """Draw the query and the way to the data under the *turn*."""
    with st.container(key=f"result-{turn}", gap="small"):
        with st.expander(t("result.sql"), icon=":material/function:", key=f"result-sql-{turn}"):
            st.code(computed.sql, language=None, wrap_lines=True)  # Streamlit's colours for SQL are too pale to read
            st.caption(t("result.sql_about"))
            st.download_button(
                t("result.csv"),
                data=csv_of(computed),
                file_name=t("result.file"),
                mime="text/csv",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"result-csv-{turn}",
            )
        st.space("small")


def csv_of(computed: Computed) -> bytes:
    """The result as CSV with a mark of UTF-8; no text in it is a formula, and numbers are as exact as they are."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(inert, computed.columns))
    writer.writerows([inert(value) if isinstance(value, str) else value for value in row] for row in computed.rows)
    return file.getvalue().encode("utf-8-sig", errors="replace")
