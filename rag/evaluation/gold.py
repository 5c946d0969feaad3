"""The gold questions of a base: made by hand, from a hit or from an answer, taken in from a file, and given out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.errors import BadGold, BadQuestion
from rag.evaluation.gold_files import BadLine, faults, read_gold
from rag.evaluation.questions import GoldQuestion
from rag.language import is_chinese
from rag.library.gold_store import KeptQuestion
from rag.records import Cells, Document, Page, Place, areas
from rag.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: how many questions were *added* or *known* before, which lines are no questions, and which
    documents are named but not there.
    """

    added: int
    known: int
    bad: tuple[BadLine, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestions:
    """What may be done with gold questions. Who is asking comes first."""

    app: Workspace

    def questions(self, who: str, base: int) -> list[KeptQuestion]:
        """The questions of a base, oldest first.

        :raises NoSuchBase: when it is gone, or not for *who*
        """
        return self.app.gold.questions(self.app.members.base(who, base).id)

    def question(self, who: str, number: int) -> KeptQuestion:
        """:raises NoSuchQuestion: when it is gone; :raises NoSuchBase: when its base is not for *who*"""
        kept = self.app.gold.question(number)
        self.app.members.base(who, kept.base)
        return kept

    def add(self, who: str, base: int, content: Mapping[str, Any]) -> int:
        """Keep a question; what is missing of its id, language and document is filled in.

        :raises BadQuestion: when there is none
        :raises BadGold: when its evidence names no place
        """
        (number,) = self.app.gold.add(self.app.members.base(who, base).id, [_whole(content)])
        return number

    def change(self, who: str, number: int, content: Mapping[str, Any]) -> None:
        """Change a question; what *content* does not name stays as it is.

        :raises NoSuchQuestion: when it is gone
        :raises BadQuestion: when there is none
        :raises BadGold: when its evidence names no place
        """
        kept = self.question(who, number)
        self.app.gold.change(number, _whole({**kept.content, **content}))

    def remove(self, who: str, base: int, numbers: Collection[int]) -> None:
        """Forget some questions of a base; nothing happens to those that are gone already."""
        own = {kept.id for kept in self.questions(who, base)}
        self.app.gold.remove(own & set(numbers))

    def take_in(self, who: str, base: int, name: str, data: bytes) -> Imported:
        """Add the questions of a file, except those that are there already; lines that are no questions are told.

        :raises BadGoldFile: when there is no question in it
        """
        taken = read_gold(name, data)
        known = {_sign(kept.content) for kept in self.questions(who, base)}
        new: dict[str, Mapping[str, Any]] = {}
        for content in taken.questions:
            sign = _sign(content)
            if sign not in known:
                new.setdefault(sign, _whole(content))
        self.app.gold.add(base, list(new.values()))
        there = {document.name for document in self.app.documents(who, [base])}
        named = {name for content in new.values() for name in GoldQuestion.model_validate(content).documents}
        return Imported(len(new), len(taken.questions) - len(new), taken.bad, tuple(sorted(named - there)))

    def evidence_for(self, who: str, base: int, question: str) -> dict[tuple[str, str], int]:
        """Where the answer to *question* is said to stand, as (document, place as people quote it), and the number of
        the gold question that says so.
        """
        found: dict[tuple[str, str], int] = {}
        for kept in self.questions(who, base):
            if _same(kept.content.get("question"), question):
                for gold in kept.content.get("evidence") or ():
                    found[str(gold.get("document")), _label(gold)] = kept.id
        return found

    def mark(self, who: str, document: Document, question: str, places: Iterable[Place], kind: str = "") -> int:
        """Make *question* a gold question whose answer stands at *places* of *document*; one that is there already
        gets these places too.

        :returns: its number
        :raises BadQuestion: when there is none
        """
        self.app.members.base(who, document.base)
        wanted = evidence_of(document, places)
        for kept in self.questions(who, document.base):
            if _same(kept.content.get("question"), question):
                there = list(kept.content.get("evidence") or ())
                new = [one for one in wanted if _key(one) not in {_key(other) for other in there}]
                self.app.gold.change(kept.id, {**kept.content, "evidence": [*there, *new]})
                return kept.id
        content = {"question": question, "document": document.name, "kind": kind, "evidence": wanted}
        return self.add(who, document.base, content)

    def unmark(self, who: str, document: Document, question: str, places: Iterable[Place]) -> None:
        """Take *places* back; a question that has no others goes with them."""
        gone = {_key(one) for one in evidence_of(document, places)}
        for kept in self.questions(who, document.base):
            there = list(kept.content.get("evidence") or ())
            left = [one for one in there if _key(one) not in gone]
            if not _same(kept.content.get("question"), question) or len(left) == len(there):
                continue
            if left:
                self.app.gold.change(kept.id, {**kept.content, "evidence": left})
            else:
                self.app.gold.remove([kept.id])


def evidence_of(document: Document, places: Iterable[Place]) -> list[dict[str, Any]]:
    """*places* as a gold question names them: whole pages, and areas of sheets."""
    found: list[dict[str, Any]] = []
    for place in areas(places):
        match place:
            case Page(number):
                found.append({"document": document.name, "page": number})
            case Cells(sheet, area):
                found.append({"document": document.name, "sheet": sheet, "area": area})
    return found


def place_of(gold: Mapping[str, Any]) -> Place | None:
    """The place that evidence names; ``None`` when it names a document alone."""
    if gold.get("page") is not None:
        return Page(int(gold["page"]))
    if gold.get("sheet") is not None:
        return Cells(str(gold["sheet"]), str(gold.get("area") or "A1"))
    return None


def asked(kept: Sequence[KeptQuestion]) -> list[GoldQuestion]:
    """The questions to ask, each under a name of its own: the one it came with, unless another has it."""
    found: list[GoldQuestion] = []
    names: set[str] = set()
    for one in kept:
        question = GoldQuestion.model_validate(one.content)
        name = question.id or f"g{one.id}"
        if name in names:
            name = f"{name}#{one.id}"
        names.add(name)
        found.append(question.model_copy(update={"id": name}))
    return found


def _whole(content: Mapping[str, Any]) -> dict[str, Any]:
    given = {**content, "question": " ".join(str(content.get("question") or "").split())}
    if not given["question"]:
        raise BadQuestion
    fault = faults(given)
    if fault is not None:
        evidence = given.get("evidence") or [{}]
        wrong = [str(gold.get(name)) for gold in evidence for name in ("page", "area") if gold.get(name) is not None]
        raise BadGold(place=" ".join(wrong) or fault[1])
    if not given.get("language"):
        given["language"] = "zh" if is_chinese(given["question"]) else "en"
    return {name: value for name, value in given.items() if value not in (None, "")}


def _label(gold: Mapping[str, Any]) -> str:
    place = place_of(gold)
    return "" if place is None else place.label


def _key(gold: Mapping[str, Any]) -> tuple[str, str]:
    return str(gold.get("document")), _label(gold)


def _same(one: Any, other: str) -> bool:
    return " ".join(str(one).split()).casefold() == " ".join(other.split()).casefold()


def _sign(content: Mapping[str, Any]) -> str:
    """The same for questions that ask the same and want the same places."""
    question = GoldQuestion.model_validate(content)
    places = sorted((gold.document, gold.page or 0, gold.sheet or "", gold.area or "") for gold in question.evidence)
    return repr((" ".join(question.question.split()).casefold(), question.document, question.candidates, places))
