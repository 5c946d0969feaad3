"""A ratio that a question names, made of the columns or the rows of one table."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rag.figures.asked.formulas import Expression, Part, formulas_in, resolved
from rag.figures.asked.wishes import plain


@dataclass(frozen=True, slots=True)
class Made:
    """A ratio as what it is made of: *called* is how the table calls each of its lines, *said* what the question says
    of it: its *name*, and the formula where that is told. *percent* is how it is read.
    """

    name: str
    expression: Expression
    called: Mapping[Part, str]
    percent: bool
    said: tuple[str, ...]


def ratio_in(text: str, figures: Collection[str], there: Collection[str]) -> Made | None:
    """The one ratio that *text* (made plain) asks for, where *figures* have what it is made of and nothing that is
    *there* is the ratio itself; ``None`` when there are several.
    """
    names = {plain(name): name for name in figures}
    for formula in formulas_in(text):
        called = resolved(formula.expression, names)
        if called is not None and not any(re.fullmatch(formula.names, plain(name)) for name in there):
            said = tuple(filter(None, (formula.told, formula.name)))
            return Made(formula.name, formula.expression, called, formula.percent, said)
    return None
