"""What a PDF holds beside its pages' words: outline, form fields, remarks, outside links, attached files."""

import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeVar

from rag.reading.pdf.pages.mupdf import MUPDF, ONE_AT_A_TIME
from rag.records import Annotation, Attachment, Extras, FormField, Link, OutlineEntry

_MOST = 5_000  # of each kind
_LONGEST = 2_000  # characters
_LONGEST_TARGET = 500
_SECONDS = 5.0
_NO_REMARKS = frozenset({"Link", "Widget", "Popup"})
_NO_HEADING = re.compile(r"OLE_LINK\d+|_\w+")  # bookmarks that Word makes for itself
T = TypeVar("T")


def extras_of(document: Any) -> Extras:
    """What MuPDF's *document* holds besides; of a damaged part, what can be made out, and of all no more than fits
    into some seconds. Attached files are listed, and not opened.
    """
    end = time.monotonic() + _SECONDS
    fields: list[FormField] = []
    annotations: list[Annotation] = []
    links: list[Link] = []
    attachments = list(_some(_attachments, document))
    outline = tuple(_some(_outline, document))
    for number in range(1, document.page_count + 1):
        if time.monotonic() > end:
            break
        with ONE_AT_A_TIME:
            for page in _some(_page, document, number):
                fields += _some(_fields, page, number)
                annotations += _some(_annotations, page, number)
                attachments += _some(_pinned, page)
                links += _some(_links, page, number)
    return Extras(
        outline, tuple(fields[:_MOST]), tuple(annotations[:_MOST]), tuple(links[:_MOST]), tuple(attachments[:_MOST])
    )


def _some(kind: Callable[..., Iterator[T]], *where: Any) -> Iterator[T]:
    """Of *kind* what comes before anything that cannot be made out, and no more than fits."""
    try:
        yield from islice(kind(*where), _MOST)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds for a damaged tree, which is no reason to refuse a PDF
        return


def _page(document: Any, number: int) -> Iterator[Any]:
    yield document[number - 1]


def _outline(document: Any) -> Iterator[OutlineEntry]:
    count = document.page_count
    for level, title, page, *_ in document.get_toc(simple=True):
        text = _text(title)
        if text and not _NO_HEADING.fullmatch(text):
            yield OutlineEntry(max(level, 1), text, page if 1 <= page <= count else None)


def _fields(page: Any, number: int) -> Iterator[FormField]:
    for widget in page.widgets():
        yield FormField(_text(widget.field_name), _text(widget.field_type_string), _text(widget.field_value), number)


def _annotations(page: Any, number: int) -> Iterator[Annotation]:
    for annotation in page.annots():
        kind = annotation.type[1]
        info = annotation.info
        if kind not in _NO_REMARKS and (text := _text(info.get("content")) or _marked(page, annotation)):
            yield Annotation(kind, text, _text(info.get("title")), number)


def _marked(page: Any, annotation: Any) -> str:
    """The words that a highlight or the like lies on."""
    corners = annotation.vertices or []
    boxes = [MUPDF.Quad(corners[at : at + 4]).rect for at in range(0, len(corners) - 3, 4)]
    return _text(" ".join(page.get_textbox(box) for box in boxes[:100]))


def _pinned(page: Any) -> Iterator[Attachment]:
    for annotation in page.annots(types=[MUPDF.PDF_ANNOT_FILE_ATTACHMENT]):
        info = annotation.file_info
        yield Attachment(_text(info["filename"]), max(info["length"], info["size"], 0))


def _attachments(document: Any) -> Iterator[Attachment]:
    for number in range(document.embfile_count()):
        info = document.embfile_info(number)
        name = _text(info.get("ufilename") or info.get("filename") or info.get("name"))
        yield Attachment(name, max(info.get("length", 0), info.get("size", 0), 0))


def _links(page: Any, number: int) -> Iterator[Link]:
    seen = set()
    link = page.first_link
    for _ in range(_MOST):
        if link is None:
            return
        target = _text(link.uri)[:_LONGEST_TARGET]
        if link.is_external and target and target not in seen:
            seen.add(target)
            yield Link(target, number)
        link = link.next


def _text(value: Any) -> str:
    """*value* on one line, in characters that UTF-8 can hold."""
    text = str(value if value is not None else "")[:_LONGEST]
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
    return " ".join(text.split())
