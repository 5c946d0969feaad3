"""The whole workbook."""

from pathlib import Path

from lantern.book import Book
from lantern.orders import orders
from lantern.result import result, settings
from lantern.sales import detail, summary


def write(path: Path) -> None:
    """Make the whole workbook."""
    book, lines = Book(), orders()
    detail(book, lines)
    summary(book, lines)
    result(book)
    settings(book)
    book.save(path)
