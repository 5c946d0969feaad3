"""The gold questions of a base as a list: searched, opened at their places, set right, taken in and given out."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from rag.entrypoints.ui import listing, source_pane
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.evaluate import gold_form
from rag.entrypoints.ui.listing import Action, Column, Select
from rag.entrypoints.ui.texts import counted, t, told, where
from rag.entrypoints.ui.wishes import Taken, Wishes, export
from rag.errors import RagError
from rag.evaluation.gold import asked, place_of
from rag.evaluation.gold_files import gold_csv, json_lines
from rag.library.gold_store import KeptQuestion
from rag.library.members import ANYONE
from rag.records import Base, Cells, Citation, Document, Page, Place

KEY = "gold-list"
_TURN = "evaluate-"  # what the source pane is told to show it for
_WISHES = Wishes("evaluate")
_DIALOG = "evaluate_dialog"
_MOST_PLACES = 3


def draw(base: Base) -> None:
    """Draw the list and what can be done with it."""
    questions = desk().gold.questions(ANYONE, base.id)
    with st.container(horizontal=True, vertical_alignment="center", key="gold-bar"):
        st.button(t("evaluate.add"), icon=":material/add:", key="gold-add", on_click=_wish, args=("add",))
        st.button(t("evaluate.import"), icon=":material/upload:", key="gold-import", on_click=_wish, args=("import",))
        if questions:
            _export(base, questions)
    if st.session_state.pop(_DIALOG, False):
        st.rerun()  # a dialog belongs to the whole page
    if not questions:
        st.markdown(t("evaluate.empty"))
        return
    rows = _rows(base, questions)
    selects = _selects(rows)
    view = listing.view_of(KEY, selects)
    found = [row for row in rows if _is_wanted(row, view)]
    listing.draw(
        KEY,
        "gold-questions",
        found,
        view,
        shown=_shown,
        columns=[
            Column("question", t("evaluate.question"), main=True),
            Column("kind", t("evaluate.kind")),
            Column("language", t("evaluate.language")),
            Column("place", t("evaluate.place")),
            Column("rank", t("evaluate.rank"), right=True),
        ],
        selects=selects,
        summary=_summary(len(rows), len(found)),
        words={"filter": t("evaluate.filter"), "nothing": t("evaluate.nothing_found")},
        acted=lambda verb, numbers: _acted(base, verb, numbers),
        actions=[Action("edit", t("evaluate.edit"), "edit"), Action("remove", t("evaluate.remove"), "trash")],
        bulk=[Action("remove", t("evaluate.remove"))],
    )


def dialogs(base: Base) -> None:
    """Draw the dialog that was wished for; it stays when the page is drawn again meanwhile."""
    verb, numbers = _WISHES.now()
    put_away, done = _WISHES.put_away, _WISHES.done
    match verb:
        case "add":
            st.dialog(t("evaluate.add"), on_dismiss=put_away, width="medium")(gold_form.add)(base, done)
        case "edit":
            st.dialog(t("evaluate.edit"), on_dismiss=put_away, width="medium")(gold_form.edit)(numbers[0], done)
        case "import":
            st.dialog(t("evaluate.import"), on_dismiss=put_away, width="medium")(gold_form.take_in)(base, done)
        case "remove":
            title = counted("evaluate.remove_sure", len(numbers))
            st.dialog(title, on_dismiss=put_away)(gold_form.remove)(base, numbers, done)


def leave() -> None:
    """Put away what is open; another page is drawn next."""
    _WISHES.put_away()
    if source_is_open():
        source_pane.close()


def source_is_open() -> bool:
    """Whether a place of a question is shown beside the list."""
    opened = source_pane.shown()
    return opened is not None and opened.turn.startswith(_TURN)


def say_what_was_done() -> None:
    """Tell what a person has just done, once."""
    _WISHES.say_what_was_done()


def open_places(base: Base, number: int, evidence: Sequence[Mapping[str, Any]]) -> None:
    """Show the places of a question beside the list, the first of them first."""
    documents = {document.name: document for document in desk().workspace.documents(ANYONE, [base.id])}
    citations = [
        Citation(at, documents[str(gold["document"])], 0, (place,), "")
        for at, gold in enumerate(evidence, start=1)
        if gold["document"] in documents and (place := _viewable(gold, documents)) is not None
    ]
    if citations:
        source_pane.show(f"{_TURN}{number}", "gold", citations, citations[0].number)
    else:
        _WISHES.tell(t("evaluate.no_place"))


def _viewable(gold: Mapping[str, Any], documents: Mapping[str, Document]) -> Place | None:
    """Where the viewer opens: the place, or the beginning of a document that is named alone."""
    place = place_of(gold)
    if place is None:
        return Page(1) if documents[str(gold["document"])].kind == "pdf" else Cells("", "A1")
    return place


def places_of(evidence: Sequence[Mapping[str, Any]], missing: bool = False) -> tuple[str, str]:
    """Where the answer stands in a few words: the document, and its places."""
    names = list(dict.fromkeys(str(gold.get("document")) for gold in evidence))
    places = [where(place) for gold in evidence if (place := place_of(gold)) is not None]
    more = t("answer.more_places", count=len(places) - _MOST_PLACES) if len(places) > _MOST_PLACES else ""
    told_places = t("evaluate.and").join(places[:_MOST_PLACES]) + more
    gone = t("evaluate.document_missing") if missing else ""
    return t("evaluate.and").join(names), " · ".join(part for part in (told_places, gone) if part)


def _rows(base: Base, questions: Sequence[KeptQuestion]) -> list[dict[str, Any]]:
    names = {document.name for document in desk().workspace.documents(ANYONE, [base.id])}
    ranks = _last_ranks(base)
    rows = []
    for kept, question in zip(questions, asked(questions), strict=True):
        content = kept.content
        evidence = content.get("evidence") or ()
        rows.append(
            {
                "id": kept.id,
                "question": question.question,
                "kind": question.kind,
                "language": question.language,
                "evidence": evidence,
                "answer": str(content.get("answer") or ""),
                "missing": bool(question.documents - names),
                "rank": ranks.get(question.id, ""),
            }
        )
    return rows


def _last_ranks(base: Base) -> dict[str, int | None]:
    """The rank of each question in the newest run that has one."""
    found: dict[str, int | None] = {}
    for run in reversed(desk().runs.runs(ANYONE, base.id)):
        for row in run.summary["questions"]:
            if row["gold"]:
                found.setdefault(row["id"], row["rank"] if row["ranks"] else row["document_rank"])
        if run.state == "done":
            break
    return found


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    document, place = places_of(row["evidence"], row["missing"])
    rank = row["rank"]
    return {
        "id": row["id"],
        "name": row["question"],
        "cells": {
            "question": {
                "text": row["question"],
                "act": "open",
                "under": t("evaluate.answer_is", answer=row["answer"][:200]) if row["answer"] else "",
            },
            "kind": {"text": row["kind"]},
            "language": {"text": language_of(row["language"])},
            "place": {"text": document or t("evaluate.unanswerable"), "under": place},
            "rank": {
                "text": rank_of(rank) if rank != "" else "–",
                "sign": "lost" if rank is None else "",
                "title": t("evaluate.rank_about"),
            },
        },
    }


def rank_of(rank: int | None) -> str:
    """A rank as a person reads it."""
    return t("evaluate.not_found") if rank is None else str(rank)


def language_of(code: str) -> str:
    """A language by its name, where we know it."""
    return t(f"find.language_{code}") if code in {"zh", "en"} else code


def _selects(rows: Sequence[Mapping[str, Any]]) -> list[Select]:
    found = []
    for name, called in (("kind", str), ("language", language_of)):
        values = sorted({row[name] for row in rows} - {""})
        if len(values) > 1:
            first = ("", t(f"evaluate.any_{name}"))
            found.append(Select(name, t(f"evaluate.{name}"), [first, *((value, called(value)) for value in values)]))
    if any(row["rank"] != "" for row in rows):
        options = [(name, t(f"evaluate.show_{name or 'all'}")) for name in ("", "found", "lost", "missing")]
        found.append(Select("show", t("evaluate.show"), options))
    return found


def _is_wanted(row: Mapping[str, Any], view: listing.View) -> bool:
    words = view.text.casefold().split()
    text = f"{row['question']} {row['answer']} {row['kind']} {' '.join(places_of(row['evidence']))}".casefold()
    shown = {
        "": True,
        "found": isinstance(row["rank"], int),
        "lost": row["rank"] is None,
        "missing": row["missing"],
    }
    return (
        all(word in text for word in words)
        and all(row[name] == view.chosen[name] for name in ("kind", "language") if name in view.chosen)
        and shown.get(view.chosen.get("show", ""), True)
    )


def _summary(count: int, found: int) -> str:
    if found < count:
        return t("evaluate.count_found", found=found, count=count)
    return counted("evaluate.count", count)


def _acted(base: Base, verb: str, numbers: Sequence[int]) -> None:
    if verb in {"edit", "remove"}:
        _wish(verb, tuple(numbers))
    elif verb == "open":
        try:
            kept = desk().gold.question(ANYONE, numbers[0])
        except RagError as error:
            _WISHES.tell(told(error.note))
        else:
            open_places(base, kept.id, kept.content.get("evidence") or ())


def _wish(verb: str, numbers: tuple[int, ...] = ()) -> None:
    _WISHES.wish(verb, numbers)
    st.session_state[_DIALOG] = True


def _export(base: Base, questions: Sequence[KeptQuestion]) -> None:
    contents = [kept.content for kept in questions]
    files = [
        Taken(t("evaluate.as_jsonl"), f"{base.name}.jsonl", "application/jsonl", lambda: json_lines(contents)),
        Taken(t("evaluate.as_csv"), f"{base.name}.csv", "text/csv", lambda: gold_csv(contents)),
    ]
    export(t("evaluate.export"), files, key="gold-export")
