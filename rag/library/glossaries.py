"""The terms of each base's own glossary, kept among the preferences; they go with their base."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict

from rag.errors import BadTerm, TermTaken, TooManyTerms
from rag.language import folded, terms
from rag.library.preferences import Preferences, glossary_of
from rag.records import Term

_MOST = 500  # terms of a base
_PARTS = 20  # names of a term, and things to seek
_LONGEST_NAME, _LONGEST_LINE = 80, 200  # characters


class Glossaries:
    """The terms of bases, apart from each other. Safe to use from several threads and processes."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def of(self, bases: Collection[int]) -> Mapping[int, tuple[Term, ...]]:
        """The terms of those of *bases* that have some, in the order in which they were given."""
        keys = {glossary_of(base): base for base in bases}
        return {
            keys[key]: tuple(Term(tuple(one["names"]), tuple(one["seek"])) for one in kept)
            for key, kept in self._preferences.some(keys).items()
        }

    def set(self, base: int, wanted: Iterable[Term]) -> None:
        """Let *wanted* be all terms of *base*.

        :raises BadTerm: when one has no name, nothing to seek, or what no question and no document can have
        :raises TermTaken: when two have the same name
        :raises TooManyTerms: when they are more than a base may have
        """
        kept = [checked(term) for term in wanted]
        if len(kept) > _MOST:
            raise TooManyTerms(limit=_MOST)
        taken: set[str] = set()
        for term in kept:
            own = {same_name(name) for name in term.names}
            for name in term.names:
                if same_name(name) in taken:
                    raise TermTaken(name=name)
            taken |= own
        self._preferences.set(glossary_of(base), list(map(asdict, kept)) or None)


def same_name(name: str) -> str:
    """*name* as it is compared with others: width, case and spaces make no difference."""
    return " ".join(folded(name).split())


def checked(term: Term) -> Term:
    """*term* with each name and each line once.

    :raises BadTerm: when it has no name or nothing to seek, too much, or what no question and no document can have
    """
    names, seek = ({same_name(one): one.strip() for one in part} for part in (term.names, term.seek))
    fits = (
        0 < len(names) <= _PARTS
        and 0 < len(seek) <= _PARTS
        and all(len(name) <= _LONGEST_NAME and sum(map(str.isalnum, name)) > 1 for name in names.values())
        and all(len(line) <= _LONGEST_LINE and _has_words(line) for line in seek.values())
        and all(one.isprintable() for one in (*names.values(), *seek.values()))
    )
    if not fits:
        raise BadTerm(text=f"{', '.join(term.names)} = {'; '.join(term.seek)}"[:_LONGEST_LINE])
    return Term(tuple(names.values()), tuple(seek.values()))


def _has_words(line: str) -> bool:
    found = terms(line)
    return bool(found.words or found.grams or found.numbers)
