"""Terms of a base's own glossary as files: lines, CSV and JSON in, one by one, so that a bad line costs no other."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rag.entrypoints.exports.taken import inert
from rag.errors import BadTerm, BadTermFile, NoSuchTerm
from rag.language import decoded
from rag.library.glossaries import checked, same_name
from rag.records import Term, lines_in, names_in, term_in

_HEADS = {"names", "name", "term", "terms", "叫法", "名称", "术语"}
_LONGEST = 200  # characters of a bad line that are kept


@dataclass(frozen=True, slots=True)
class TakenTerms:
    """What a file has: terms, and the lines that are none, each with its number from 1."""

    terms: tuple[Term, ...]
    bad: tuple[tuple[int, str], ...]


def read_terms(name: str, data: bytes) -> TakenTerms:
    """The terms of a file: CSV with two columns, JSON as of ``pagecite glossary --json``, or a line for each.

    :raises BadTermFile: when it is no text, or has no line at all
    """
    text = decoded(data)
    if text is None:
        raise BadTermFile(name=name)
    ending = name.lower().rpartition(".")[2]
    written = _rows(text, "\t" if ending == "tsv" else ",") if ending in {"csv", "tsv"} else _lines(text)
    found, bad = [], []
    for number, line, term in written:
        try:
            found.append(checked(term or Term((), ())))
        except BadTerm:
            bad.append((number, line[:_LONGEST]))
    if not found and not bad:
        raise BadTermFile(name=name)
    return TakenTerms(tuple(found), tuple(bad))


def term_lines(terms: Sequence[Term]) -> bytes:
    """A line for each term, as people type them and ``pagecite glossary`` prints them."""
    return "".join(f"{', '.join(term.names)} = {'; '.join(term.seek)}\n" for term in terms).encode(errors="replace")


def term_csv(terms: Sequence[Term]) -> bytes:
    """The terms as CSV with a mark of UTF-8, names and lines in two columns; no text in it is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["names", "lines"])
    for term in terms:
        writer.writerow([inert(", ".join(term.names)), inert("; ".join(term.seek))])
    return file.getvalue().encode("utf-8-sig", errors="replace")


def term_json(terms: Sequence[Term]) -> str:
    """The terms as ``pagecite glossary --json`` prints them."""
    return json.dumps([asdict(term) for term in terms], ensure_ascii=False)


def without(name: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """*terms* but the one that has this *name*.

    :raises NoSuchTerm: when none has
    """
    kept = tuple(term for term in terms if same_name(name) not in map(same_name, term.names))
    if len(kept) == len(terms):
        raise NoSuchTerm(name=name)
    return kept


def merged(terms: Sequence[Term], new: Sequence[Term]) -> tuple[tuple[Term, ...], int]:
    """*terms* and the *new* ones, each of which stands in for those that have one of its names; how many did."""
    found, stood_in = list(terms), 0
    for term in new:
        names = set(map(same_name, term.names))
        kept = [one for one in found if not names & set(map(same_name, one.names))]
        stood_in += len(kept) < len(found)
        found = [*kept, term]
    return tuple(found), stood_in


def _rows(text: str, between: str) -> Iterator[tuple[int, str, Term | None]]:
    rows = csv.reader(io.StringIO(text), delimiter=between)
    try:
        for number, row in enumerate(rows, start=1):
            cells = [cell.strip().removeprefix("'") for cell in row]
            if any(cells) and not (number == 1 and cells[0].casefold() in _HEADS):
                yield rows.line_num, between.join(row), Term(names_in(cells[0]), lines_in(";".join(cells[1:])))
    except csv.Error as error:
        yield rows.line_num, str(error), None


def _lines(text: str) -> Iterator[tuple[int, str, Term | None]]:
    if text.lstrip().startswith("["):
        yield from _listed(text)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not (line.lstrip().startswith("#") and "=" not in line):
            try:
                yield number, line, term_in(line)
            except ValueError:
                yield number, line, None


def _listed(text: str) -> Iterator[tuple[int, str, Term | None]]:
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        yield 1, text, None
        return
    for number, one in enumerate(listed, start=1):
        yield number, json.dumps(one, ensure_ascii=False), _term_of(one)


def _term_of(one: Any) -> Term | None:
    match one:
        case {"names": [*names], "seek": [*seek]} if all(isinstance(each, str) for each in (*names, *seek)):
            return Term(tuple(names), tuple(seek))
    return None
