"""What a workbook holds beside its cells: remarks, links, lists to choose from, and the names it gives to areas."""

from collections.abc import Iterator
from contextlib import suppress

from rag.reading.sheets.stored import Broken, Sheet, Workbook, quoted
from rag.records import Annotation, DefinedName, Extras, FormField, Link, area_name

_MOST = 2000  # of each kind


def extras_of(book: Workbook) -> Extras:
    """What *book* holds beside its cells; reads what stands around the rows of each sheet, but no cell.
    What is broken is left out: the leaf of its sheet says so.

    A list to choose from is a field: its name is the area where it is offered, its value what is offered.
    """
    found: list[Extras] = []
    for number, sheet in enumerate(book.sheets, start=1):
        with suppress(*Broken):
            for _ in sheet.rows(frozenset()):
                pass
        found.append(extras_of_sheet(sheet, number))
    return Extras(
        fields=tuple(field for one in found for field in one.fields)[:_MOST],
        annotations=tuple(remark for one in found for remark in one.annotations)[:_MOST],
        links=tuple(link for one in found for link in one.links)[:_MOST],
        names=names_of(book),
    )


def extras_of_sheet(sheet: Sheet, number: int) -> Extras:
    """What *sheet* holds beside its cells, which have been read, or what stands around them."""
    remarks: list[Annotation] = []
    with suppress(*Broken):
        remarks += (Annotation("comment", one.text, one.author, number, one.cell) for one in sheet.remarks())
    return Extras(
        fields=tuple(FormField(one.area, "list", one.choices, number) for one in sheet.facts.choices[:_MOST]),
        annotations=tuple(remarks[:_MOST]),
        links=tuple(Link(one.target, number, area_name(one.area)) for one in sheet.facts.links[:_MOST]),
    )


def names_of(book: Workbook) -> tuple[DefinedName, ...]:
    """The names that *book* gives to areas, tables, values and formulas."""
    return tuple(_names(book))[:_MOST]


def _names(book: Workbook) -> Iterator[DefinedName]:
    for name, target in book.names.items():
        yield DefinedName(name, target)
    for sheet in book.sheets:
        for table in sheet.tables():
            yield DefinedName(table.name, f"{quoted(sheet.name)}!{area_name(table.area)}")
