"""How far the labels of a table are set in."""

from collections.abc import Sequence

from rag.reading.pdf.tables.table_columns import Cellular

_MOST = 8


def with_levels(body: Sequence[Cellular]) -> list[Cellular]:
    """*body* with the level of each label, from where the labels begin; none where they begin anywhere."""
    labels = [row[0].fields[0] for row in body if row and row[0].column == 1]
    if not labels:
        return list(body)
    size = max(label.pieces[0].size for label in labels)
    steps: list[float] = []
    for left in sorted(label.pieces[0].x0 for label in labels):
        if not steps or left - steps[-1] > 0.35 * size:
            steps.append(left)
    if len(steps) == 1 or len(steps) > min(_MOST, 1 + len(labels) // 2):
        return list(body)
    found: list[Cellular] = []
    for row in body:
        if row and row[0].column == 1:
            left = row[0].fields[0].pieces[0].x0
            level = sum(step <= left for step in steps) - 1
            found.append([row[0]._replace(level=level), *row[1:]])
        else:
            found.append(row)
    return found
