"""The commands that read a file by itself, without a base: `read` and `tables`. What they print is never held whole."""

import json
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from rag import reading
from rag.entrypoints.cli import options
from rag.entrypoints.cli.file_reports import PagesReport, SheetsReport
from rag.entrypoints.cli.passwords import Passwords, password_option, readable
from rag.entrypoints.exports.markdown import MarkdownTables
from rag.entrypoints.exports.taken import Source
from rag.entrypoints.reading_results import block_json, read_cell_json, sentence, table_json, whole_tables
from rag.errors import NoSuchPage
from rag.reading.about import Gathered
from rag.records import Figure, Leaf, Page, Reading, Span, Table, Upload, cell_corners, grid_of, joined

if TYPE_CHECKING:
    from rag.entrypoints.exports.taken import TakenTables
    from rag.reading.sheets.sheet_cells import SheetCells

_TELL_EVERY = 0.3  # seconds
_FILE = click.argument("file", type=options.GivenPath(dir_okay=False))
_FAST = click.option(
    "--fast", is_flag=True, help="Read the words of a PDF only: many times quicker, without layout and OCR."
)
_SECONDS = "The most seconds to take: pages that are left then are read for their words only, and the report says so."


@click.command()
@_FILE
@_FAST
@click.option("--seconds", type=click.FloatRange(0), default=40, show_default=True, help=_SECONDS)
@password_option
@options.as_json
def read(file: Path, fast: bool, seconds: float, password: str | None, as_json: bool) -> None:
    """Print what is read in a PDF or a workbook, each run of text and each cell with its place.

    Words of a PDF that nobody can see, white or covered ones, stand between [hidden: and ]; --json gives their kind.
    """
    with readable(Upload(file.name, file), password) as upload:
        match reading.kind_of(upload):
            case "pdf":
                with _opened(upload, password, deep=not fast, seconds=seconds) as found:
                    report = PagesReport(found.count, list(found.notes), found.extras, deep=not fast)
                    report.gathered = Gathered(file.name)
                    (_pages_json if as_json else _pages_text)(found, report, sys.stdout)
            case "workbook":
                from rag.reading.sheets.sheet_cells import opened_cells  # noqa: PLC0415 - brings openpyxl with it

                with opened_cells(upload) as sheets:
                    (_sheets_json if as_json else _sheets_text)(sheets, sys.stdout)


@click.command()
@_FILE
@click.option("--page", type=click.IntRange(1), help="Only the tables of this page, or of the sheet with this number.")
@options.as_json
@click.option("--xlsx", type=options.NewFile(), help="Write a workbook, a sheet for each table.")
@click.option("--csv", type=options.GivenPath(file_okay=False), help="Write a folder, a file for each table.")
@click.option("--markdown", is_flag=True, help="Print Markdown.")
@_FAST
@click.option("--seconds", type=click.FloatRange(0), help=_SECONDS)
@password_option
def tables(
    file: Path,
    page: int | None,
    as_json: bool,
    xlsx: Path | None,
    csv: Path | None,
    markdown: bool,
    fast: bool,
    seconds: float | None,
    password: str | None,
) -> None:
    """Print the tables of a PDF or a workbook, or take them away as a workbook or as CSV files."""
    if as_json and markdown:
        raise click.UsageError("--json and --markdown are two forms of one output. Choose one of them.")
    if xlsx is not None and xlsx.exists() and xlsx.samefile(file):
        raise click.UsageError(f"--xlsx would write over {file}. Choose another file.")
    with (
        readable(Upload(file.name, file), password) as upload,
        _opened(upload, password, deep=not fast, seconds=seconds, only=page) as found,
        _taken_away(xlsx, csv) as sinks,
    ):
        if page is not None and page > found.count:
            raise NoSuchPage(name=file.name, page=page)
        if markdown:
            sinks.append(MarkdownTables(sys.stdout))
        whole = _Counted(_tables(found, page), sinks, Source(file.name))
        (_tables_json if as_json else _tables_text)(whole, sys.stdout)
    count = whole.count
    click.echo(f"{file.name}: {count} {'table' if count == 1 else 'tables'}", err=True)
    if (xlsx or csv) and not count:
        raise click.ClickException(f"{file.name} has no table, so nothing was written.")


@dataclass(slots=True)
class _Counted:
    """Whole tables, made of the *parts* of pages, that are counted and written to all *sinks* as they pass."""

    parts: Iterator[Table]
    sinks: list["TakenTables"]
    source: Source
    count: int = 0

    def __iter__(self) -> Iterator[Table]:
        for table in whole_tables(self.parts):
            self.count += 1
            for sink in self.sinks:
                sink.add(grid_of(table), self.source)
            yield table


def _tables_json(tables: _Counted, out: TextIO) -> None:
    out.write('{"tables": ')
    _array(map(table_json, tables), out)
    out.write("}\n")


def _tables_text(tables: _Counted, out: TextIO) -> None:
    for table in tables:
        if not tables.sinks:
            grid = grid_of(table)
            out.write(f"── {grid.where} ──\n{grid.text}\n\n")


@contextmanager
def _opened(
    upload: Upload, password: str | None, *, deep: bool, seconds: float | None = None, only: int | None = None
) -> Iterator[Reading]:
    """A reading of *upload*, in the deep pass of *only* one page if that is all that is wanted; pages are read by
    processes of their own until the block ends. How far it is stands on standard error when that is a terminal.
    """
    if reading.kind_of(upload) == "workbook":
        yield reading.read(upload)
        return
    from rag.reading.pdf.processes.page_pool import PagePool  # noqa: PLC0415 - not for workbooks

    with PagePool() as pool:
        found = Passwords(password).opening(
            upload.path,
            lambda word: reading.read(
                upload, deep=deep, password=word, pool=pool, deep_seconds=seconds, only=only if deep else None
            ),
        )
        with closing(cast("Generator[Leaf]", found.leaves)) as leaves:
            yield replace(found, leaves=_counted(leaves, found.count)) if sys.stderr.isatty() else found


def _counted(leaves: Iterator[Leaf], count: int) -> Generator[Leaf]:
    """*leaves*, with a line on the terminal that says how far they are."""
    told = time.monotonic()
    try:
        for leaf in leaves:
            if time.monotonic() - told > _TELL_EVERY:
                click.echo(f"\r\033[Kpage {leaf.number} of {count}", nl=False, err=True)
                told = time.monotonic()
            yield leaf
    finally:
        click.echo("\r\033[K", nl=False, err=True)


def _tables(found: Reading, page: int | None) -> Iterator[Table]:
    with closing(cast("Generator[Leaf]", found.leaves)) as leaves:
        for leaf in leaves:
            for note in leaf.notes:
                click.echo(sentence(note), err=True)
            if page in {None, leaf.number}:
                yield from (block for block in leaf.blocks if isinstance(block, Table))
            if leaf.number == page:
                return


@contextmanager
def _taken_away(xlsx: Path | None, csv: Path | None) -> Iterator[list["TakenTables"]]:
    """Where tables are written besides standard output."""
    from rag.entrypoints.exports.csv_files import csv_of_tables  # noqa: PLC0415 - when it is wanted
    from rag.entrypoints.exports.workbook import workbook_of_tables  # noqa: PLC0415 - brings openpyxl with it

    sinks: list[TakenTables] = []
    try:
        with ExitStack() as stack:
            if xlsx is not None:
                sinks.append(stack.enter_context(workbook_of_tables(xlsx)))
            if csv is not None:
                sinks.append(stack.enter_context(csv_of_tables(csv)))
            yield sinks
    except OSError as error:
        where = (csv if xlsx is None else xlsx if csv is None else None) or error.filename
        if not (xlsx or csv) or isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"{where} cannot be written: {error.strerror}. Choose another place.") from error


# ── printing ──


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _array(values: Iterable[Any], out: TextIO) -> None:
    out.write("[")
    out.writelines(f"{', ' * (number > 0)}{_dump(value)}" for number, value in enumerate(values))
    out.write("]")


def _pages_json(found: Reading, report: PagesReport, out: TextIO) -> None:
    out.write('{"blocks": ')
    _array((block_json(block) for leaf in report.watched(found.leaves) for block in leaf.blocks), out)
    out.write(f', "report": {_dump(report.json())}}}\n')


def _pages_text(found: Reading, report: PagesReport, out: TextIO) -> None:
    for leaf in report.watched(found.leaves):
        out.write(f"── {Page(leaf.number, leaf.name).label} ──\n")
        for number, block in enumerate(leaf.blocks):
            match block:
                case Span(text, kind="hidden", before=before):
                    out.write(f"{before * (number > 0)}[hidden: {text}]")
                case Span(text, before=before):
                    out.write(f"{before * (number > 0)}{text}")
                case Table():
                    out.write(f"\n\n{grid_of(block).text}\n")
                case Figure(caption):
                    out.write(f"\n\n[{joined(caption)}]\n")
        out.write("\n\n")
    click.echo("\n".join(report.text_lines()), err=True)


def _sheets_json(sheets: Iterable["SheetCells"], out: TextIO) -> None:
    report = SheetsReport()
    out.write('{"sheets": [')
    for sheet in report.watched(sheets):
        out.write(", " * (report.sheets > 1))
        state = "hidden" if sheet.hidden else "visible"
        out.write(f'{{"name": {_dump(sheet.name)}, "state": "{state}", "cells": ')
        _array(map(read_cell_json, sheet.cells), out)
        out.write("}")
    out.write(f'], "report": {_dump(report.json())}}}\n')


def _sheets_text(sheets: Iterable["SheetCells"], out: TextIO) -> None:
    report = SheetsReport()
    for sheet in report.watched(sheets):
        out.write(f"── {sheet.name}{' (hidden)' if sheet.hidden else ''} ──")
        last = 0
        for cell in sheet.cells:
            row = cell_corners(cell.name)[0]
            out.write(f" | {cell.text}" if row == last else f"\n{row}: {cell.text}")
            last = row
        out.write("\n\n")
    click.echo("\n".join(report.text_lines()), err=True)
