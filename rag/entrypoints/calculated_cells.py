"""Which of the cells that a citation stands on were calculated here, since their workbook stores no results."""

from rag.records import Cells, Citation, cell_corners, cell_name


def calculated_in(citation: Citation) -> list[str]:
    """Areas of the cited cells, ``2024!D2:D4``, whose values are ours; of very many in a sheet, only the first."""
    found: list[str] = []
    for note in citation.document.notes:
        if note.code != "Calculated":
            continue
        sheet, areas = str(note.details.get("sheet", "")), str(note.details.get("cells", ""))
        for place in citation.places:
            if isinstance(place, Cells) and place.sheet == sheet:
                shared = (_shared(place.area, area) for area in areas.split(", ") if area)
                found += [f"{sheet}!{area}" for area in shared if area]
    return list(dict.fromkeys(found))


def _shared(first: str, second: str) -> str:
    """The area that two have in common; empty when there is none."""
    ours, theirs = cell_corners(first), cell_corners(second)
    top, left = max(ours[0], theirs[0]), max(ours[1], theirs[1])
    bottom, right = min(ours[2], theirs[2]), min(ours[3], theirs[3])
    if top > bottom or left > right:
        return ""
    corners = cell_name(top, left), cell_name(bottom, right)
    return corners[0] if corners[0] == corners[1] else ":".join(corners)
