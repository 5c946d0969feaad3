"""From hits to a prompt: numbered evidence, fenced and made harmless, as much of it as the model can read."""

import re
import secrets
from collections.abc import Iterator, Sequence
from itertools import groupby

from rag.language import is_chinese
from rag.records import Hit, Message, Options, Passage, Prompt, Request, Span, TableHead, Turn, joined
from rag.writing.markers import harmless, without_markers
from rag.writing.prompts.budget import Count, estimate_tokens, shortened
from rag.writing.prompts.template import Template

RESERVE = 64
"""Tokens kept free, since counts are estimates."""
PER_MESSAGE = 8
"""Tokens a server puts around each message."""
NO_EVIDENCE = "(There is no evidence.)"
DOUBT = (
    "The search is not sure that the evidence above holds the answer. Check that it speaks of the subject and the "
    "period that were asked for. If it does not, say that the documents do not say it."
)

_LONGEST_NAME = 120
# What ends a turn or begins another in the chat formats of DeepSeek, Qwen, Llama and Mistral: a server reads these
# signs as such even where they stand inside a message.
_CONTROL_SIGNS = re.compile(r"<(?=[|｜])|[|｜](?=>)|<(?=/?(?:think|evidence|s)\b)|\[(?=/?INST\])", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def build(
    template: Template,
    request: Request,
    hits: Sequence[Hit],
    *,
    history: Sequence[Turn] = (),
    options: Options,
    count: Count = estimate_tokens,
    nonce: str | None = None,
    doubtful: bool = False,
    briefs: Sequence[Hit] = (),
    wider: Sequence[Hit] = (),
) -> Prompt:
    """The prompt for *request*, with earlier turns between the system's message and the user's.

    Where not all hits fit, as many as can be are given by their *briefs*, the same hits cut to their best words, and
    those for whom there is room whole; without briefs hits are left out whole, from the end. Where room is left, hits
    are given as they are in *wider*, with their neighbours. Earlier turns have a quarter of the room, the latest first.
    The question is always there; when it would take more than half of the room, its middle is cut out. *nonce* marks
    where the evidence begins and ends; it is random, so that no document can know it. A model is told when it is
    *doubtful* that the evidence holds the answer.
    """
    nonce = nonce or secrets.token_hex(4)
    budget = max(options.context - options.reply - RESERVE, options.context // 4)
    language = "Chinese (中文)" if is_chinese(request.need) else "the language of the question"
    values = {"nonce": nonce, "language": language, "evidence": NO_EVIDENCE, "doubt": DOUBT if doubtful else ""}
    frame = _cost(template.fill({**values, "need": "?"}), count)
    values |= _asked(request, max(16, (budget - frame) // 2), count)
    left = budget - _cost(template.fill(values), count)
    turns = _turns(history, left // 4, count)
    if hits and count(_item(1, hits[0], nonce)) > left - _cost(turns, count):
        turns = ()
    forms = [list(enumerate(some or hits, start=1)) for some in (briefs, hits, wider)]
    texts = [[_item(number, hit, nonce) for number, hit in some] for some in forms]
    costs = [[count(text) for text in some] for some in texts]
    room = left - _cost(turns, count)
    while True:
        given = [(forms[form][at][1], texts[form][at]) for at, form in enumerate(_packed(costs, room))]
        system, user = template.fill({**values, "evidence": "\n\n".join(text for _, text in given) or NO_EVIDENCE})
        messages = (system, *turns, user)
        tokens = _cost(messages, count)
        if tokens <= budget or not given:
            return Prompt(messages, tuple(hit for hit, _ in given), len(hits) - len(given), tokens)
        room -= tokens - budget


def _cost(messages: Sequence[Message], count: Count) -> int:
    return sum(count(message.content) + PER_MESSAGE for message in messages)


def _asked(request: Request, room: int, count: Count) -> dict[str, str]:
    parts = {"need": request.need, "output": request.output, "background": request.background}
    parts = {name: tamed(text.strip()) for name, text in parts.items()}
    waiting = list(parts)
    left = room
    for name in parts:
        waiting.remove(name)
        others = sum(min(count(parts[other]), left // 4) for other in waiting if parts[other])
        parts[name] = shortened(parts[name], max(8, left - others), count)
        left -= count(parts[name])
    return parts


def _turns(history: Sequence[Turn], room: int, count: Count) -> tuple[Message, ...]:
    """The latest turns that fit, in their order, without their marks: those name the evidence of their own time."""
    kept: list[tuple[Message, Message]] = []
    for turn in reversed(history):
        answer = tamed(without_markers(turn.answer.text)).strip()
        if not answer:
            continue
        question = Message("user", shortened(tamed(turn.answer.request.need), max(8, room // 4), count))
        said = Message("assistant", shortened(answer, max(8, room // 2), count))
        room -= _cost((question, said), count)
        if room < 0:
            break
        kept.append((question, said))
    return tuple(message for pair in reversed(kept) for message in pair)


def _packed(costs: Sequence[Sequence[int]], room: int) -> list[int]:
    """Of the first hits, as many as have *room*: 0 for one in brief, 1 for whole, 2 for wide.

    *costs* are in tokens, those of every hit for each of the three. The first hit is whole if it takes no more than
    half of the room: it is the likeliest to hold the answer. What is left goes to the best words of the others, which
    are worth most for their tokens, then to the rest of their words, in their order, and then to what stands around
    them; one that is too long lets those behind it pass.
    """
    brief, whole, _ = costs
    given: list[int] = []
    for at, cost in enumerate(brief):
        form = int(cost == whole[at] or (at == 0 and whole[at] <= room // 2))
        if costs[form][at] > room:
            break
        room -= costs[form][at]
        given.append(form)
    for form in (1, 2):
        for at, now in enumerate(given):
            more = costs[form][at] - costs[now][at]
            if now == form - 1 and more <= room:
                room -= more
                given[at] = form
    return given


def _item(number: int, hit: Hit, nonce: str) -> str:
    passage = hit.passage
    where = ", ".join(place.label for place in passage.places)
    about = [passage.document.name, where, " > ".join(passage.heading)]
    header = " · ".join(text for part in about if (text := _evidence(_one_line(part), nonce)))
    lines = [line for line in _body(passage) if line.strip()]
    return "\n".join([f"[{number}] {header}", *(_evidence(line, nonce) for line in lines)])


def _body(passage: Passage) -> Iterator[str]:
    """The lines of a passage. Rows stand under their column heads, so that a value can be told by its column."""
    head = passage.head or TableHead()
    if any(span.kind == "head" for span in passage.spans):
        head = TableHead()
    yield head.called
    yield head.counts_in
    rows = [[(cell.column, cell.text) for cell in row] for row in head.header]
    for in_table, group in groupby(passage.spans, key=lambda span: span.kind in {"head", "cell"}):
        if in_table:
            yield from _grid([*rows, *_rows(list(group))])
            rows = []
        else:
            yield joined(group)


def _rows(spans: Sequence[Span]) -> Iterator[list[tuple[int, str]]]:
    row: list[tuple[int, str]] = []
    for span in spans:
        if row and "\n" in span.before:
            yield row
            row = []
        row.append((span.column, span.text))
    yield row


def _grid(rows: Sequence[Sequence[tuple[int, str]]]) -> Iterator[str]:
    columns = sorted({column for row in rows for column, _ in row})
    known = all(len({column for column, _ in row}) == len(row) for row in rows)
    for row in rows:
        texts = {column: _one_line(text, longest=None) for column, text in row}
        cells = [texts.get(column, "") for column in columns] if known else [text for _, text in row]
        yield " | ".join(cells)


def _evidence(text: str, nonce: str) -> str:
    """*text* of a document, which can neither end the evidence, nor pass for a mark, nor for another turn."""
    return harmless(tamed(text)).replace(nonce, "…")


def tamed(text: str) -> str:
    """*text* without signs that a server or a chat format would read as more than text."""
    return _CONTROL_SIGNS.sub(lambda match: match[0] + " ", _UNPRINTABLE.sub(" ", text))


def _one_line(text: str, longest: int | None = _LONGEST_NAME) -> str:
    text = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"
