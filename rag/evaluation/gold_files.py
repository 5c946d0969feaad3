"""Gold questions as files: JSON lines and CSV in, one by one, so that a bad line costs no other; and out again."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from rag.errors import BadGoldFile
from rag.evaluation.questions import GoldQuestion
from rag.language import decoded

Reason = Literal["json", "question", "evidence", "page", "area", "field", "columns"]

_MOST = 50_000  # questions of a file
_FIELDS = ("id", "question", "answer", "language", "kind", "document", "page", "sheet", "area")
_CALLED = {
    "编号": "id",
    "问题": "question",
    "答案": "answer",
    "语言": "language",
    "类型": "kind",
    "文档": "document",
    "文件": "document",
    "页": "page",
    "页码": "page",
    "工作表": "sheet",
    "单元格": "area",
    "区域": "area",
}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no question: its number, from 1, its *text* as it came, why, and the field that is to blame."""

    number: int
    text: str
    reason: Reason
    field: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file holds: questions as they were given, and the lines that are no questions."""

    questions: tuple[Mapping[str, Any], ...]
    bad: tuple[BadLine, ...]


def read_gold(name: str, data: bytes) -> Taken:
    """The questions of a file: JSON lines, a JSON list, or CSV, of which *name* tells by its ending.

    :raises BadGoldFile: when it is no text, or has no question at all and no line to blame for it
    """
    text = decoded(data)
    if text is None:
        raise BadGoldFile(name=name)
    if name.lower().endswith((".csv", ".tsv")):
        found = _table(text, "\t" if name.lower().endswith(".tsv") else _delimiter(text))
    else:
        found = _lines(text)
    if not found.questions and not found.bad:
        raise BadGoldFile(name=name)
    return found


def json_lines(questions: Sequence[Mapping[str, Any]]) -> bytes:
    """The questions as JSON lines, with everything that they came with."""
    lines = [json.dumps(content, ensure_ascii=False) for content in questions]
    return "".join(f"{line}\n" for line in lines).encode(errors="replace")


def gold_csv(questions: Sequence[Mapping[str, Any]]) -> bytes:
    """The questions as CSV with a mark of UTF-8, a row for each place; those of one question share its id."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_FIELDS)
    for number, content in enumerate(questions, start=1):
        about = {**content, "id": content.get("id") or f"q{number}"}
        for place in content.get("evidence") or [{}]:
            row = {**about, **{key: place.get(key) for key in ("page", "sheet", "area")}}
            row["document"] = place.get("document") or content.get("document")
            writer.writerow(["" if row.get(name) is None else _inert(str(row[name])) for name in _FIELDS])
    return file.getvalue().encode("utf-8-sig", errors="replace")


def faults(content: Any) -> tuple[Reason, str] | None:
    """Why *content* is no gold question, and the field to blame; ``None`` when it is one."""
    if not isinstance(content, dict):
        return "json", ""
    try:
        question = GoldQuestion.model_validate(content)
    except ValidationError as error:
        where = [str(part) for part in error.errors()[0]["loc"]]
        reasons: dict[str, Reason] = {"page": "page", "area": "area", "question": "question", "evidence": "evidence"}
        known = (reasons[part] for part in (*where[-1:], *where[:1]) if part in reasons)
        return next(known, "field"), ".".join(where)
    if not question.question.strip():
        return "question", "question"
    for gold in question.evidence:
        if gold.page is not None and gold.page < 1:
            return "page", "page"
    return None


def _lines(text: str) -> Taken:
    if text.lstrip().startswith("["):
        try:
            listed = json.loads(text)
        except (ValueError, RecursionError):
            return Taken((), (BadLine(1, text[:200], "json"),))
        return _sorted((number, json.dumps(each, ensure_ascii=False), each) for number, each in enumerate(listed, 1))
    return _sorted(_parsed(text))


def _parsed(text: str) -> Iterator[tuple[int, str, Any]]:
    # Not splitlines(): it also breaks at signs that may stand within a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, line.rstrip("\r"), json.loads(line)
            except (ValueError, RecursionError):
                yield number, line.rstrip("\r"), None


def _sorted(given: Iterator[tuple[int, str, Any]]) -> Taken:
    questions: list[Mapping[str, Any]] = []
    bad: list[BadLine] = []
    for number, line, content in given:
        if len(questions) + len(bad) >= _MOST:
            break
        fault = faults(content)
        if fault is None:
            questions.append(content)
        else:
            bad.append(BadLine(number, line, *fault))
    return Taken(tuple(questions), tuple(bad))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _table(text: str, delimiter: str) -> Taken:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    questions: dict[Any, dict[str, Any]] = {}
    bad: list[BadLine] = []
    heads: list[str] = []
    before = 0
    try:
        for row in reader:
            number, before = before + 1, reader.line_num
            if not heads:
                heads = [_CALLED.get(head.strip(), head.strip().lower()) for head in row]
                if "question" not in heads:
                    return Taken((), (BadLine(number, delimiter.join(row), "columns"),))
                continue
            if not any(cell.strip() for cell in row):
                continue
            if len(questions) + len(bad) >= _MOST:
                break
            content = _of_row(dict(zip(heads, map(str.strip, row), strict=False)))
            fault = faults(content)
            if fault is not None:
                bad.append(BadLine(number, delimiter.join(row), *fault))
                continue
            # Rows of one id are the places of one question.
            key = (content.get("id"), content["question"]) if content.get("id") else number
            known = questions.setdefault(key, content)
            if known is not content:
                known["evidence"] = [*known["evidence"], *content["evidence"]]
    except csv.Error:
        bad.append(BadLine(before + 1, "", "json"))
    return Taken(tuple(questions.values()), tuple(bad))


def _of_row(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row as a question; what has no column of ours is kept under its own name."""
    content: dict[str, Any] = {name: cell for name, cell in cells.items() if cell and name not in _FIELDS[6:]}
    place: dict[str, Any] = {name: cells[name] for name in ("sheet", "area") if cells.get(name)}
    if cells.get("page"):
        place["page"] = int(cells["page"]) if cells["page"].isdecimal() else cells["page"]
    document = content.get("document")
    content["evidence"] = [{"document": document, **place}] if document else []
    if place and not document:
        content["evidence"] = [place]  # a place of nothing: the line is refused
    return content


def _inert(text: str) -> str:
    """*text*, written so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
