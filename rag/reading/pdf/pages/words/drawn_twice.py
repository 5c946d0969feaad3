"""Lines that are drawn again a hair beside themselves, for a shadow or to look bold, are one line each."""

from collections.abc import Sequence

from rag.reading.pdf.blocks.layout import Corners, Line, corners

_BESIDE = 0.15  # of the height of the line


def once(lines: Sequence[Line]) -> list[Line]:
    """*lines*, each once; those that were drawn more often are bold."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        words = line.words
        places.setdefault(words[0][4] if len(words) == 1 else " ".join([word[4] for word in words]), []).append(at)
    if len(places) == len(lines):
        return list(lines)
    found = list(lines)
    gone: set[int] = set()
    for alike in places.values():
        kept: list[tuple[int, Corners]] = []
        for at in alike if len(alike) > 1 else ():
            box = corners(lines[at].words)
            near = _BESIDE * (box[3] - box[1])
            first = next((one for one, other in kept if abs(box[1] - other[1]) < near and _is_beside(box, other)), None)
            if first is None:
                kept.append((at, box))
            else:
                gone.add(at)
                found[first] = found[first]._replace(bold=True)
    return [line for at, line in enumerate(found) if at not in gone]


def _is_beside(one: Corners, other: Corners) -> bool:
    most = _BESIDE * (one[3] - one[1])
    return all(abs(mine - yours) < most for mine, yours in zip(one, other, strict=True))
