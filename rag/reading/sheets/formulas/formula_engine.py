"""What formulas come to: a process of its own is asked, which may fail, or need too much time or memory."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from rag.reading.sheets.stored import NotCalculated

_SECONDS = 30.0
_UNKNOWN = frozenset({"Name", "NImpl", "Error"})

Position = tuple[int, int, int]
"""The number of a sheet, from 0, a row and a column."""


class Reason(NamedTuple):
    """Why a formula is not calculated."""

    code: NotCalculated


Result = float | str | bool | Reason


@dataclass(slots=True)
class Given:
    """What stands in the cells of a workbook, in the order of the file, and the formulas that are to be calculated."""

    sheets: list[str] = field(default_factory=list)
    values: list[list[tuple[int, int, Any]]] = field(default_factory=list)
    formulas: dict[Position, str] = field(default_factory=dict)
    hidden: bool = False
    count: int = 0


def asked(given: Given, wanted: Mapping[Position, str], *, since_1904: bool) -> dict[Position, Result]:
    """What each formula in *wanted* comes to among the values of *given*, or why that is not known."""
    if not wanted:
        return {}
    formulas: list[list[tuple[int, int, str]]] = [[] for _ in given.sheets]
    for (sheet, row, column), formula in wanted.items():
        formulas[sheet].append((row, column, formula))
    request = {
        "since_1904": since_1904,
        "quoted": [f"'{name.replace(chr(39), chr(39) * 2)}'" for name in given.sheets],
        "sheets": [
            {"name": name, "values": values, "formulas": some}
            for name, values, some in zip(given.sheets, given.values, formulas, strict=True)
        ],
    }
    found: dict[Position, Result] = dict.fromkeys(wanted, Reason("large"))
    reply = _process(request)
    if reply is None:
        return found
    known: dict[Position, Result] = dict.fromkeys(wanted, Reason("unsure"))
    for sheet, row, column, value in reply:
        known[sheet, row, column] = _result(value)
    return known


def _result(value: Any) -> Result:
    match value:
        case bool() | str():
            return value
        case int() | float():
            return float(value)
        case {"kind": "Circ"}:
            return Reason("cycle")
        case {"kind": kind} if kind not in _UNKNOWN:
            return Reason("error")
    return Reason("unsure")


def _process(request: Mapping[str, Any]) -> Sequence[Any] | None:
    """The results that the engine's own process gives; ``None`` when it needs too much time or memory."""
    command = [sys.executable, "-P", "-m", "rag.reading.sheets.formulas.formualizer_process"]
    ours = os.pathsep.join(filter(None, [str(Path(__file__).parents[4]), os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(  # noqa: S603 - our own module, without arguments
            command,
            input=json.dumps(request).encode("ascii"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": ours},
            timeout=_SECONDS,
            check=True,
        )
        reply: Mapping[str, Sequence[Any]] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return reply.get("results")
