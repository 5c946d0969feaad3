"""The process in which formulas are calculated, with formualizer: what one workbook asks of it can end nothing else.

Reads a workbook from standard input and writes the results to standard output, each as one JSON value. A text that
doubles from cell to cell takes all memory there is before the engine's own limit of time is looked at; so memory and
time are those that the system gives to this process.
"""

import contextlib
import json
import sys
from typing import Any

ENGINE_SECONDS = 8
_PROCESS_SECONDS = 20  # of a processor
_MEMORY = 2**30


def main() -> None:
    """Answer one request."""
    _limit()
    request = json.load(sys.stdin)
    try:
        reply: dict[str, Any] = {"results": calculated(request)}
    except Exception as error:  # noqa: BLE001 - whatever the engine raises: the parent says that nothing was calculated
        reply = {"failed": f"{type(error).__name__}: {error}"[:500]}
    json.dump(reply, sys.stdout)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    for kind, size in (
        (resource.RLIMIT_DATA, _MEMORY),
        (resource.RLIMIT_CPU, _PROCESS_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit was set from outside
            resource.setrlimit(kind, (size, size))


def calculated(request: dict[str, Any]) -> list[list[Any]]:
    """Of each formula the number of its sheet, row, column, and what it comes to; ``None`` for one that fills several
    cells: workbooks of before 2019 mean one cell of an area by it.
    """
    import formualizer  # noqa: PLC0415 - behind the limits

    config = formualizer.EvaluationConfig()
    config.date_system = "1904" if request["since_1904"] else "1900"
    config.enable_parallel = False
    config.max_eval_time_ms = ENGINE_SECONDS * 1000
    book = formualizer.Workbook(config=formualizer.WorkbookConfig(eval_config=config))
    book.set_temporal_egress("serial")
    for sheet in request["sheets"]:
        book.add_sheet(sheet["name"])
        for row, column, value in reversed(sheet["values"]):  # the engine lays out downwards a hundred times slower
            book.set_value(sheet["name"], row, column, value)
    wanted: list[tuple[int, str, int, int]] = []
    for number, sheet in enumerate(request["sheets"]):
        for row, column, formula in sheet["formulas"]:
            with contextlib.suppress(RuntimeError):  # what it cannot parse
                book.set_formula(sheet["name"], row, column, formula)
                wanted.append((number, sheet["name"], row, column))
    book.evaluate_all()
    found: list[list[Any]] = []
    for number, name, row, column in wanted:
        value = book.get_value(name, row, column)
        if _fills(book, request["quoted"][number], row, column):
            value = None
        found.append([number, row, column, value])
    return found


def _fills(book: Any, quoted: str, row: int, column: int) -> bool:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return book.inspect_cell(f"{quoted}!{letters}{row}", include_values=False).cell.spill is not None


if __name__ == "__main__":
    main()
