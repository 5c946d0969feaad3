"""A query that a model is asked for: the messages that ask, and the SQL in its reply."""

import re
import secrets
from collections.abc import Callable, Iterable

from rag.records import Message, Thought, Used, Wrote
from rag.writing.llm.thinking import settle
from rag.writing.prompts.budget import estimate_tokens, shortened
from rag.writing.prompts.prompt import tamed
from rag.writing.prompts.template import Template

MOST_TOKENS = 3_000
"""Of the tables that a query may be about; their profiles say less of each when there are many."""
_LONGEST_REPLY = 20_000  # characters
_LONGEST_THINKING = 60_000
_QUESTION = 400  # tokens
_FENCED = re.compile(r"```[ \t]*(?:sql|duckdb)?[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE)
_BARE = re.compile(r"^\s*(?:select|with)\b.*", re.DOTALL | re.IGNORECASE)


def messages_for(template: Template, question: str, tables: str, problem: str = "") -> tuple[Message, Message]:
    """What asks for a query that answers *question* over *tables*; *problem* is the last query, and what was wrong."""
    nonce = secrets.token_hex(4)
    return template.fill(
        {
            "need": shortened(tamed(question.strip()), _QUESTION, estimate_tokens),
            "evidence": tamed(tables).replace(nonce, "…"),
            "background": tamed(problem),
            "nonce": nonce,
        }
    )


def room_for(context: int) -> Callable[[str], bool]:
    """Whether profiles are short enough for a model that reads *context* tokens."""
    return lambda text: estimate_tokens(text) <= min(MOST_TOKENS, context // 3)


def query_in(pieces: Iterable[Thought | Wrote | Used]) -> str:
    """The SQL that a reply comes to, its thinking left aside; empty when there is none.

    A reply that goes on without end is not read to its end.
    """
    thinking: list[str] = []
    written: list[str] = []
    sizes = [0, 0]
    for piece in pieces:
        match piece:
            case Thought(text):
                thinking.append(text)
                sizes[0] += len(text)
            case Wrote(text):
                written.append(text)
                sizes[1] += len(text)
        if sizes[0] > _LONGEST_THINKING or sizes[1] > _LONGEST_REPLY:
            return ""
    _, said = settle("".join(written), "".join(thinking))
    blocks = _FENCED.findall(said)
    if blocks:
        return str(blocks[-1]).strip()
    bare = _BARE.match(said)
    return bare[0].strip() if bare else ""
