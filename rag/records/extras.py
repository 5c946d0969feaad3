"""What a file holds beside the words of its pages. Pages are counted from 1; ``None`` is a page that nobody knows.

The page of a workbook is a sheet; an *area* of it is ``C12`` or ``A2:F40``, and that of a page is empty.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of a document's own table of contents; *level* 1 is the widest."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form, and what is filled in."""

    name: str
    kind: str
    value: str
    page: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark somebody made on a page."""

    kind: str
    text: str
    author: str
    page: int
    area: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to somewhere outside the document, or from cells to others (``#Sheet2!A1``)."""

    target: str
    page: int
    area: str = ""


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name that a workbook gives to an area, a table, a value or a formula."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file; *size* in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Extras:
    """All of these, in the order of the pages."""

    outline: tuple[OutlineEntry, ...] = ()
    fields: tuple[FormField, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    names: tuple[DefinedName, ...] = ()
