"""Which of the cells that a citation stands on were calculated here, since their workbook stores no results."""

from collections.abc import Iterable, Iterator

from rag.records import Cells, Citation, area_name, cell_corners


def calculated_in(citation: Citation) -> list[str]:
    """Areas of the cited cells, ``2024!D2:D4``, whose values are ours; of very many in a sheet, only the first."""
    found: list[tuple[str, str]] = []
    for note in citation.document.notes:
        if note.code != "Calculated":
            continue
        sheet, areas = str(note.details.get("sheet", "")), str(note.details.get("cells", ""))
        for place in citation.places:
            if isinstance(place, Cells) and place.sheet == sheet:
                shared = (_shared(place.area, area) for area in areas.split(", ") if area)
                found += [(sheet, area) for area in shared if area]
    return [f"{sheet}!{area}" for sheet, area in _joined(dict.fromkeys(found))]


def _joined(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Areas of the same columns, each right below the one before, are one."""
    last: tuple[str, tuple[int, int, int, int]] | None = None
    for sheet, area in sorted(found, key=lambda one: (one[0], cell_corners(one[1])[1::2], cell_corners(one[1])[0])):
        top, left, bottom, right = cell_corners(area)
        if last and (last[0], *last[1][1::2]) == (sheet, left, right) and last[1][0] <= top <= last[1][2] + 1:
            last = sheet, (last[1][0], left, max(bottom, last[1][2]), right)
            continue
        if last:
            yield last[0], area_name(last[1])
        last = sheet, (top, left, bottom, right)
    if last:
        yield last[0], area_name(last[1])


def _shared(first: str, second: str) -> str:
    """The area that two have in common; empty when there is none."""
    ours, theirs = cell_corners(first), cell_corners(second)
    top, left = max(ours[0], theirs[0]), max(ours[1], theirs[1])
    bottom, right = min(ours[2], theirs[2]), min(ours[3], theirs[3])
    if top > bottom or left > right:
        return ""
    return area_name((top, left, bottom, right))
