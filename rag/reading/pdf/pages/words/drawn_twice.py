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
        if len(alike) > 1:
            for first, again in _drawn_again([(at, corners(lines[at].words)) for at in alike]):
                gone.add(again)
                found[first] = found[first]._replace(bold=True)
    return [line for at, line in enumerate(found) if at not in gone] if gone else found


def _drawn_again(alike: Sequence[tuple[int, Corners]]) -> list[tuple[int, int]]:
    """Of lines that spell the same those that are drawn over another, with the first that is drawn there."""
    found: list[tuple[int, int]] = []
    kept: list[tuple[int, Corners]] = []
    for at, box in alike:
        top, near = box[1], _BESIDE * (box[3] - box[1])
        for first, other in kept:
            if -near < top - other[1] < near and _is_beside(box, other):
                found.append((first, at))
                break
        else:
            kept.append((at, box))
    return found


def _is_beside(one: Corners, other: Corners) -> bool:
    most = _BESIDE * (one[3] - one[1])
    return all(abs(mine - yours) < most for mine, yours in zip(one, other, strict=True))
