"""What a workbook holds beside its cells: remarks, links, lists to choose from, and the names it gives to areas."""

from collections.abc import Iterator
from contextlib import suppress

from rag.reading.sheets.stored import Broken, Workbook, area_name, quoted
from rag.records import Annotation, DefinedName, Extras, FormField, Link

_MOST = 2000  # of each kind


def extras_of(book: Workbook) -> Extras:
    """What *book* holds beside its cells; reads what stands around the rows of each sheet, but no cell.
    What is broken is left out: the leaf of its sheet says so.

    A list to choose from is a field: its name is the area where it is offered, its value what is offered.
    """
    remarks: list[Annotation] = []
    links: list[Link] = []
    fields: list[FormField] = []
    for number, sheet in enumerate(book.sheets, start=1):
        with suppress(*Broken):
            for _ in sheet.rows(frozenset()):
                pass
        with suppress(*Broken):
            remarks += (Annotation("comment", one.text, one.author, number, one.cell) for one in sheet.remarks())
        links += (Link(one.target, number, area_name(one.area)) for one in sheet.facts.links)
        fields += (FormField(one.area, "list", one.choices, number) for one in sheet.facts.choices)
    names = tuple(_names(book))
    return Extras(
        fields=tuple(fields[:_MOST]),
        annotations=tuple(remarks[:_MOST]),
        links=tuple(links[:_MOST]),
        names=names[:_MOST],
    )


def _names(book: Workbook) -> Iterator[DefinedName]:
    for name, target in book.names.items():
        yield DefinedName(name, target)
    for sheet in book.sheets:
        for table in sheet.tables():
            yield DefinedName(table.name, f"{quoted(sheet.name)}!{area_name(table.area)}")
