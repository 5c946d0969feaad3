"""Gold questions: what is asked, and where the answer is known to stand."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rag.errors import BadQuestions, FileGone
from rag.records import cell_corners


class Gold(BaseModel):
    """Where the answer stands: a page, an area of a sheet, or only the document when neither is known."""

    model_config = ConfigDict(frozen=True)

    document: str
    page: int | None = None
    sheet: str | None = None
    area: str | None = None

    @field_validator("area")
    @classmethod
    def _is_an_area(cls, area: str | None) -> str | None:
        """As pydantic calls it for what a file gives."""
        if area is not None:
            cell_corners(area)
        return area


class GoldQuestion(BaseModel):
    """A question with known evidence; without any it cannot be answered. Only *candidates*, if given, are searched."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    question: str
    id: str = ""
    group: str = Field("", alias="set")
    language: str = ""
    kind: str = ""
    document: str | None = None
    candidates: tuple[str, ...] = ()
    evidence: tuple[Gold, ...] = ()

    @property
    def documents(self) -> set[str]:
        """The names of all documents that it speaks of."""
        named = {gold.document for gold in self.evidence} | set(self.candidates)
        return named | ({self.document} if self.document else set())


def gold_questions(path: Path) -> list[GoldQuestion]:
    """The questions of a file that has a JSON object a line.

    :raises FileGone: when there is no such file
    :raises BadQuestions: when a line is no question
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise FileGone(name=path.name) from error
    except UnicodeDecodeError as error:
        raise BadQuestions(name=path.name, line=1, reason="it is not text in UTF-8") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(GoldQuestion.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise BadQuestions(name=path.name, line=number, reason=f"{where} {first['msg']}".strip()) from error
    if not found:
        raise BadQuestions(name=path.name, line=1, reason="there is no question")
    return found
