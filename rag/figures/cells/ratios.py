"""A ratio that a question names, made of the columns or the rows of one table."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rag.figures.asked.formulas import Formula, Part, formulas_in, resolved
from rag.figures.asked.wishes import plain


@dataclass(frozen=True, slots=True)
class Made:
    """A ratio by its *formula*, with what the table has *called* each of the lines that it is made of."""

    formula: Formula
    called: Mapping[Part, str]

    @property
    def parts(self) -> Sequence[str]:
        """The lines that it is made of, each once, as the table calls them."""
        return list(dict.fromkeys(self.called.values()))


def ratio_in(text: str, figures: Collection[str], there: Collection[str]) -> Made | None:
    """The one ratio that *text* (made plain) asks for, where *figures* have what it is made of and nothing that is
    *there* is the ratio itself; ``None`` when there are several.
    """
    names = {plain(name): name for name in figures}
    for formula in formulas_in(text):
        called = resolved(formula.expression, names)
        if called is not None and not any(re.fullmatch(formula.names, plain(name)) for name in there):
            return Made(formula, called)
    return None
