"""A prompt template: one Markdown file with front matter, and a system and a user part with $variables.

The file begins with YAML between two ``---`` lines. ``## system`` and ``## user`` begin the two parts. ``### ...``
begins a section of a part; a section whose variables are all empty is left out with its title. ``$$`` is a dollar sign.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template as Text
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.errors import BadTemplate
from rag.records import Message

VARIABLES = frozenset({"background", "need", "output", "evidence", "language", "nonce", "doubt"})
REQUIRED = frozenset({"need", "evidence", "nonce"})

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?P<front>.*?)^---[ \t]*\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)
_PART = re.compile(r"^## +(.*?) *$\n?", re.MULTILINE)
_SECTION = re.compile(r"^(?=### )", re.MULTILINE)


class FrontMatter(BaseModel):
    """What a template says about itself; unknown keys are refused, since a misspelt one would do nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[int, Field(ge=1)]
    description: Annotated[str, Field(min_length=1)]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was found to be complete: *system* and *user* are its parts, cut into sections."""

    front: FrontMatter
    system: tuple[str, ...]
    user: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> tuple[Message, Message]:
        """The system message and the user's; what *values* does not name is empty.

        Values are put in once and are not looked at for variables or sections again.
        """
        given = {name: values.get(name, "").strip() for name in VARIABLES}
        return Message("system", _filled(self.system, given)), Message("user", _filled(self.user, given))


def load(path: Path) -> Template:
    """Read and check a template.

    :raises BadTemplate: the file is missing, is not in the form above, or its variables are not the known ones
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadTemplate(path=str(path), reason=error.strerror or "it cannot be read") from error
    except UnicodeDecodeError as error:
        raise BadTemplate(path=str(path), reason="it is not UTF-8 text") from error
    try:
        return parse(text)
    except ValueError as error:
        raise BadTemplate(path=str(path), reason=str(error)) from error


def parse(text: str) -> Template:
    """The template that *text* is.

    :raises ValueError: with the reason, when it is none
    """
    match = _FRONT.match(text)
    if match is None:
        raise ValueError("it does not begin with front matter between two lines of ---")
    front = _front(match["front"])
    before, *named = _PART.split(match["body"])
    parts = {name: body for name, body in zip(named[::2], named[1::2], strict=True) if body.strip()}
    if before.strip():
        raise ValueError("there is text before ## system")
    if named[::2] != ["system", "user"] or len(parts) != 2:
        raise ValueError("it needs the two parts ## system and ## user, in this order, once each and not empty")
    _check(parts["system"] + parts["user"], parts["user"])
    return Template(front, tuple(_SECTION.split(parts["system"])), tuple(_SECTION.split(parts["user"])))


def _front(text: str) -> FrontMatter:
    try:
        return FrontMatter.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise ValueError("its front matter is not YAML") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise ValueError(f"{where}: {first['msg']}") from error


def _check(text: str, user: str) -> None:
    if not Text(text).is_valid():
        raise ValueError("a $ is followed by no name (write $$ for a dollar sign)")
    unknown = set(Text(text).get_identifiers()) - VARIABLES
    if unknown:
        raise ValueError(f"unknown variables: {_listed(unknown)}; there are {_listed(VARIABLES)}")
    missing = REQUIRED - set(Text(user).get_identifiers())
    if missing:
        raise ValueError(f"## user lacks {_listed(missing)}")


def _listed(names: set[str] | frozenset[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))


def _filled(sections: tuple[str, ...], values: Mapping[str, str]) -> str:
    kept = []
    for section in sections:
        names = Text(section).get_identifiers()
        if not names or any(values[name] for name in names):
            kept.append(Text(section).substitute(values).strip())
    return "\n\n".join(text for text in kept if text)
