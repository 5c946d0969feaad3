"""What sentences mean beside the words that they share with a question: an embedder compares them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rag.records import Hit, Passage, joined
from rag.writing.quotes import Quote

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How alike a question and each of some sentences are, by an embedder; higher is nearer."""

MOST_COMPARED = 40
"""Sentences given to a ``Likeness`` at once, since embedding them is slow."""

_ENOUGH = 0.75  # of the words asked for in one sentence: what is like it adds nothing
_ALIKE = 0.3
_FOUND = 0.1


@dataclass(slots=True)
class Remembered:
    """A *likeness* that compares no sentence with the same question twice."""

    likeness: Likeness
    _known: dict[tuple[str, str], float] = field(default_factory=dict)

    def __call__(self, question: str, sentences: Sequence[str]) -> list[float]:
        """As a ``Likeness``."""
        new = list(dict.fromkeys(text for text in sentences if (question, text) not in self._known))
        if new:
            told = self.likeness(question, new)
            self._known.update({(question, text): float(value) for text, value in zip(new, told, strict=True)})
        return [self._known[question, text] for text in sentences]


def weighed(
    question: str,
    hits: Sequence[Hit],
    groups: Sequence[tuple[Passage, Sequence[Quote]]],
    scored: Sequence[Sequence[float]],
    likeness: Likeness | None,
) -> list[list[float]]:
    """*scored*, the quotes of each of *hits* by the words they share with *question*, with what they are like beside:
    the more, the fewer words the best of them shares. A heading is like a question as often as what answers it.
    """
    found = [list(own) for own in scored]
    best = max((score for own in scored for score in own), default=0.0)
    if likeness is None or best >= _ENOUGH:
        return found
    places = [(group, index) for group, (_, quotes) in enumerate(groups) for index in range(len(quotes))]
    places = places[:MOST_COMPARED]
    if not places:
        return found
    alike = likeness(question, [compared(groups[group][0], groups[group][1][index]) for group, index in places])
    low, high = min(alike), max(alike)
    top = max((hit.score for hit in hits), default=0.0)
    room = 1 - best
    for (group, index), value in zip(places, alike, strict=True):
        # The likeness of any two texts may lie in a narrow band (e5: 0.75 to 0.9): only its order is used.
        near = ((value - low) / (high - low)) ** 2 if high > low else 1.0
        own = _ALIKE * near * (0.5 if groups[group][1][index].is_heading else 1.0)
        placed = _FOUND * max(0.0, hits[group].score) / top if top > 0 else 0.0
        found[group][index] += room * (own + placed)
    return found


def compared(passage: Passage, quote: Quote) -> str:
    """*quote* as it is compared: behind the title of its table."""
    title = joined(passage.head.title) if passage.head else ""
    return f"{title} {quote.line}".strip()
