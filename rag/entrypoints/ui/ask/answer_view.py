"""A turn as plain values for the browser: an answer on its way and a kept one are drawn from the same form."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rag.entrypoints.ui.ask import result_view
from rag.entrypoints.ui.ask.evidence_cards import card, cited_as, is_row, table
from rag.entrypoints.ui.ask.prose import prose, verbatim
from rag.entrypoints.ui.texts import say, t
from rag.errors import EmbedderError, LLMError, known_errors
from rag.records import Answer, Citation, Computed, Event, Finished, Found, Note, Request, Thought, Wrote

_LABELS = "searching evidence source no_source table show_fewer background output copy copied retry prompt gold".split()
_QUOTE = 280
_SEVERAL = ", "
PULL = "ollama pull deepseek-r1:1.5b"


def kept(answer: Answer, turn: str, *, last: bool) -> dict[str, Any]:
    """*answer* as it is drawn ever after; *turn* names it among the turns of the page."""
    cites = {citation.number: citation for citation in answer.citations}
    by_model = bool(answer.model)
    return {
        **_frame(answer.request, answer.evidence, turn, set(cites)),
        "state": "done",
        "last": last,
        "thinking": _thought(answer),
        "prose": _with_result(prose(answer.text) if by_model else _words(answer), answer.computed, first=by_model),
        "computed": answer.computed is not None,
        "cites": _cites(answer.citations),
        "notes": [_note(*each) for each in _remarks(answer)],
        "actions": {
            "meta": _meta(answer),
            "prompt": answer.prompt is not None,
            "gold": bool(answer.citations) and not answer.forgotten,
        },
        "copy": copied(answer),
    }


def under_way(
    request: Request, events: Sequence[tuple[float, Event]], seconds: float, turn: str, *, model: bool = True
) -> dict[str, Any]:
    """A turn of which *events* have come, each after some seconds, *seconds* after it began; whether a *model* reads
    the evidence.
    """
    if events and isinstance(events[-1][1], Finished):
        return kept(events[-1][1].answer, turn, last=True)
    evidence: tuple[Citation, ...] | None = None
    computed: Computed | None = None
    began = thought_until = seconds
    thinking: list[str] = []
    written: list[str] = []
    for at, event in events:
        match event:
            case Found(found, computed=result):
                evidence, computed, began = found, result, at
            case Thought(text):
                thinking.append(text)
                thought_until = at
            case Wrote(text):
                written.append(text)
    text = "".join(written)
    state = (
        "writing" if text.strip() else "thinking" if thinking else "waiting" if evidence is not None else "searching"
    )
    return {
        **_frame(request, evidence, turn, set()),
        "state": state,
        "last": True,
        "thinking": _thinking("".join(thinking), (seconds if state == "thinking" else thought_until) - began, state)
        if thinking
        else None,
        "prose": _with_result(prose(text, live=True), computed, first=True),
        "computed": computed is not None,
        "cites": _cites(evidence or ()),
        "wait": t("answer.waiting" if model else "answer.gathering") if state == "waiting" and evidence else "",
        "notes": [],
        "actions": None,
        "copy": "",
    }


def around_chart(view: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """*view* in two, for a chart to stand between: what is said first, and the table of the result with the rest."""
    blocks = view["prose"]
    at = next((index for index, block in enumerate(blocks) if block["k"] == "result"), len(blocks))
    above = {**view, "prose": blocks[:at], "figures": None, "wait": "", "notes": [], "actions": None, "part": "above"}
    asked: dict[str, Any] = {"question": "", "background": "", "output": "", "cards": [], "thinking": None}
    return above, {**view, **asked, "prose": blocks[at:], "asked": False, "part": "below"}


def failed(request: Request, note: Note, turn: str) -> dict[str, Any]:
    """A turn that came to no answer."""
    return {
        **_frame(request, (), turn, set()),
        "state": "done",
        "last": True,
        "thinking": None,
        "prose": [],
        "cites": {},
        "notes": [_note("problem", *say(note))],
        "actions": {"meta": "", "prompt": False},
        "copy": "",
    }


def copied(answer: Answer) -> str:
    """*answer* as text with its sources under it, to be pasted elsewhere."""
    sources = [f"[{each.number}] {cited_as(each)}" for each in answer.citations]
    return "\n\n".join(part for part in (answer.text, "\n".join(sources)) if part)


def duration(seconds: float) -> str:
    """``0.2 s``, ``12 s`` or ``3 min 5 s``."""
    if seconds < 9.95:
        return t("answer.seconds", seconds=f"{max(seconds, 0.1):.1f}")
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return t("answer.seconds", seconds=rest)
    return t("answer.minutes", minutes=minutes, seconds=rest)


def _frame(request: Request, evidence: Iterable[Citation] | None, turn: str, cited: set[int]) -> dict[str, Any]:
    cards = None if evidence is None else [card(each, request.need) for each in evidence]
    for each in cards or ():
        each["cited"] = each["n"] in cited
    labels = {name: t(f"answer.{name}", number="{number}", label="{label}") for name in _LABELS}
    return {
        "turn": turn,
        "question": request.need,
        "background": request.background,
        "output": request.output,
        "cards": cards,
        "texts": {**labels, "show_all": t("answer.show_all", count=len(cards or ()))},
    }


def _cites(citations: Iterable[Citation]) -> dict[str, dict[str, str]]:
    return {
        str(each.number): {
            "label": cited_as(each),
            "quote": each.quote if len(each.quote) <= _QUOTE else each.quote[:_QUOTE].rstrip() + " …",
        }
        for each in citations
    }


def _thinking(text: str, seconds: float, state: str) -> dict[str, Any]:
    live = state == "thinking"
    label = t("answer.thinking", seconds="{seconds}") if live else t("answer.thought", duration=duration(seconds))
    return {"text": text.strip(), "label": label, "seconds": seconds, "live": live}


def _thought(answer: Answer) -> dict[str, Any] | None:
    if not answer.thinking.strip():
        return None
    return _thinking(answer.thinking, answer.timings.get("thinking", 0.0), "done")


def _words(answer: Answer) -> list[dict[str, Any]]:
    """The documents' own words: sentences with their marks, rows as tables under their heads."""
    rows = {each.number: each for each in answer.citations if is_row(each)}
    blocks: list[dict[str, Any]] = []
    drawn: set[int] = set()
    for line in verbatim(answer.text):
        number = line["c"][-1][1]
        if number not in rows:
            blocks.append(line)
        elif number not in drawn:
            drawn.add(number)
            each = rows[number]
            label = cited_as(each)
            blocks.append({"k": "rows", "n": number, "label": label, **table(each, answer.request.need)})
    return blocks


def _with_result(blocks: list[dict[str, Any]], computed: Computed | None, *, first: bool) -> list[dict[str, Any]]:
    """*blocks* with the table of what was computed: in front of a model's prose, or behind the line that says it."""
    table = None if computed is None else result_view.block(computed)
    if table is None:
        return blocks
    at = 0 if first else 1
    return [*blocks[:at], table, *blocks[at:]]


def _remarks(answer: Answer) -> Iterable[tuple[str, str, str]]:
    """What to say under *answer*: of what kind, a sentence and what to do."""
    if answer.forgotten:
        yield "info", t("answer.forgotten"), ""
    elif not answer.evidence:
        yield "info", t("answer.nothing_found"), t("answer.nothing_found_hint")
    yield from _of_search(answer)
    if answer.stopped:
        yield "info", t("answer.stopped" if answer.text else "answer.stopped_early"), ""
    if answer.used is not None and answer.used.cut_short:
        yield "info", t("answer.cut_short"), ""
    if answer.unknown:
        yield "info", t("answer.unknown", marks=_SEVERAL.join(f"[{number}]" for number in answer.unknown)), ""
    if answer.prompt is not None and answer.prompt.left_out:
        yield "info", t("answer.left_out", count=answer.prompt.left_out), ""
    if answer.problem is not None:
        kind = known_errors().get(answer.problem.code)
        serious = kind is not None and issubclass(kind, LLMError | EmbedderError)
        yield "problem" if serious else "info", *say(answer.problem)
    yield from (("info", *say(note)) for note in answer.notes)
    if answer.problem is None and not answer.model and answer.evidence and answer.certainty != "absent":
        name = "answer.no_model" if answer.computed is None else "answer.computed_without_model"
        yield "info", t(name, command=f"`{PULL}`"), ""


def _of_search(answer: Answer) -> Iterable[tuple[str, str, str]]:
    """What was searched for, and how sure it is that the right page was found."""
    if answer.searched:
        yield "info", _searched(answer.searched, answer.request.need), ""
    if answer.certainty and answer.evidence:
        percent = round((answer.confidence or 0.0) * 100)
        yield "info", t(f"answer.{answer.certainty}", percent=percent), t(f"answer.{answer.certainty}_hint")


def _searched(searched: Sequence[str], question: str) -> str:
    """What was searched for; more than the question whole is only counted."""
    others = len(searched) - 1
    more = t("answer.searched_too", count=others) if others else ""
    if searched[0] == question:
        return t("answer.searched", text=searched[0] if not others else f"{question} ({more})")
    return t("answer.searched", text=f"{searched[0]} ({more})" if more else searched[0])


def _note(kind: str, sentence: str, hint: str) -> dict[str, Any]:
    """A remark in pieces: text, ``code`` between backticks, and ``models`` between angle brackets, which is a link."""
    text = sentence
    if hint:
        text += ("" if not sentence or sentence[-1] in ".。！？!?" else t("answer.stop")) + t("answer.gap") + hint
    pieces: list[list[str]] = []
    for index, part in enumerate(text.split("`")):
        if index % 2:
            pieces.append(["code", part])
            continue
        before, link, rest = part.partition("<models>")
        label, _, after = rest.partition("</models>")
        pieces += [["t", before], ["models", label], ["t", after]] if link else [["t", part]]
    return {"kind": kind, "pieces": [piece for piece in pieces if piece[1]]}


def _meta(answer: Answer) -> str:
    """Who answered, and how long it took."""
    evidence = answer.timings.get("evidence")
    parts = [answer.model] if answer.model else []
    if "total" in answer.timings:
        parts.append(duration(answer.timings["total"]))
    elif evidence is not None:
        parts.append(t("answer.found_in", duration=duration(evidence)))
    if "rerank" in answer.timings:
        parts.append(t("answer.reranked_in", duration=duration(answer.timings["rerank"])))
    return " · ".join(parts)
