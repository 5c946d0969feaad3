"""Runs as files: the figures as the command line prints them, and a row for each question."""

import csv
import io
import json

from rag.entrypoints.exports.taken import inert
from rag.entrypoints.ui.evaluate import gold_list
from rag.evaluation.runs import Run


def run_json(run: Run) -> bytes:
    """The run as ``pagecite evaluate --json`` prints it, so that ``--compare`` takes it."""
    return json.dumps(run.summary, ensure_ascii=False, indent=1).encode(errors="replace")


def run_csv(run: Run) -> bytes:
    """The run as CSV with a mark of UTF-8, a row for each question; no text in it is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["id", "question", "kind", "language", "evidence", "rank", "document_rank", "found", "ms"])
    for row in run.summary["questions"]:
        document, places = gold_list.places_of(row["gold"])
        cells = [row["id"], row["question"], row["kind"], row["language"], f"{document} · {places}".strip(" ·")]
        first = row["found"][0] if row["found"] else ""
        writer.writerow([*map(inert, cells), row["rank"], row["document_rank"], inert(first), row["ms"]])
    return file.getvalue().encode("utf-8-sig", errors="replace")
