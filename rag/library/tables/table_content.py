"""What is kept of a table, as bytes and words, and the digest by which it is known again."""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rag.library.database.codec import Packer, Unpacker
from rag.records import Cell, Page, Place, Row, Table, TableHead, joined

_MOST_WORDS = 20_000  # characters of a table that a list is searched by
_AMOUNT = re.compile(r"[\s$¥￥€£(（+–—-]*\d[\d.,%％)）\s]*")


def pack_head(head: TableHead) -> bytes:
    """The head of a table."""
    packer = Packer()
    return _packed(packer.head(head), packer)


def unpack_head(content: bytes) -> TableHead:
    """What ``pack_head`` packed."""
    packed, unpacker = _unpacked(content)
    return unpacker.head(packed)


def pack_rows(rows: Sequence[Row]) -> bytes:
    """Some rows of a table."""
    packer = Packer()
    return _packed([[packer.cell(cell) for cell in row] for row in rows], packer)


def unpack_rows(content: bytes) -> Iterator[Row]:
    """What ``pack_rows`` packed."""
    packed, unpacker = _unpacked(content)
    return (tuple(map(unpacker.cell, row)) for row in packed)


def pack_places(places: Sequence[Place]) -> bytes:
    """Where a table stands."""
    packer = Packer()
    return _packed([packer.place(place) for place in places], packer)


def unpack_places(content: bytes) -> tuple[Place, ...]:
    """What ``pack_places`` packed."""
    packed, unpacker = _unpacked(content)
    return tuple(map(unpacker.place, packed))


def first_digest(leaf: int, table: Table) -> str:
    """The digest of a table before its rows are taken in; it tells tables with the same words apart by their places."""
    first = next((cell.place for row in (*table.head.header, *table.rows) for cell in row), None)
    match first:
        case Page(number, _, box) if box is not None:
            corner = f"{number} {round(box.x0)} {round(box.y0)}"
        case _:
            corner = first.label if first else ""
    return hashlib.sha256(f"{leaf} {corner}".encode(errors="surrogatepass")).hexdigest()


def next_digest(before: str, rows: Iterable[Row]) -> str:
    """*before* with *rows* taken in, one by one: one table has one digest however it was cut into parts."""
    for row in rows:
        if row:
            texts = "\x1f".join(f"{cell.column} {cell.text}" for cell in row)
            before = hashlib.sha256(f"{before}\x1e{texts}".encode(errors="surrogatepass")).hexdigest()
    return before


def words_of(table: Table, before: str = "") -> str:
    """The words that tables are searched by, folded, each line once: those of *before*, title, heads and labels."""
    head = table.head
    heads = (
        () if before else (joined(head.title), joined(head.unit), *(cell.text for row in head.header for cell in row))
    )
    known = dict.fromkeys(before.split("\n")) if before else {}
    length = len(before)
    for text in (*(() if before else heads), *(row[0].text for row in table.rows if row)):
        folded = " ".join(text.casefold().split())
        if length > _MOST_WORDS:
            break
        if folded and folded not in known:
            known[folded] = None
            length += len(folded) + 1
    return "\n".join(known)


def has_numbers(rows: Iterable[Row]) -> bool:
    """Whether there is an amount behind a label."""
    return any(map(_is_number, (cell for row in rows for cell in row[1:])))


def counted(row: Row, order: Mapping[int, int]) -> Row:
    """*row* with its columns renumbered by *order*, which has the place of each column that holds anything."""
    return tuple(
        cell
        if cell.over == 1 and order[cell.column] == cell.column
        else Cell(cell.text, cell.place, order[cell.column], cell.value, cell.level, _over(cell, order), cell.formula)
        for cell in row
    )


def _over(cell: Cell, order: Mapping[int, int]) -> int:
    """Over how many of the columns that hold anything *cell* stands."""
    return 1 if cell.over == 1 else sum(cell.column <= column < cell.column + cell.over for column in order)


def _is_number(cell: Cell) -> bool:
    return cell.value is not None or bool(_AMOUNT.fullmatch(cell.text))


def _packed(content: Any, packer: Packer) -> bytes:
    packed = json.dumps([packer.leaves, content], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(packed.encode(errors="surrogatepass"))


def _unpacked(content: bytes) -> tuple[Any, Unpacker]:
    leaves, packed = json.loads(zlib.decompress(content).decode(errors="surrogatepass"))
    return packed, Unpacker(leaves)
