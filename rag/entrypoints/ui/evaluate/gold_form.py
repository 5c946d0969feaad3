"""The dialogs of gold questions: one made or set right by hand, a file of them taken in, some removed."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import uploader_words
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import counted, listed, plain, t
from rag.errors import BadGold
from rag.evaluation.gold_files import BadLine
from rag.library.members import ANYONE
from rag.records import Base

_SHOWN = 8  # bad lines
_LARGEST = 50  # MB
_PLACE = re.compile(r"\s*(?:(?:p\.?|page|第)\s*)?(\d{1,7})\s*页?\s*", re.IGNORECASE)
_CELLS = re.compile(r"\s*'?(.+?)'?!\s*\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?\s*")

Done = Callable[[str], None]


def add(base: Base, done: Done) -> None:
    """Make a question."""
    _form(base.id, {}, lambda content: desk().gold.add(ANYONE, base.id, content), t("evaluate.added"), done)


def edit(number: int, done: Done) -> None:
    """Set a question right."""
    with door():
        kept = desk().gold.question(ANYONE, number)
        _form(
            kept.base,
            kept.content,
            lambda content: desk().gold.change(ANYONE, number, content),
            t("evaluate.changed"),
            done,
        )


def remove(base: Base, numbers: Sequence[int], done: Done) -> None:
    """Ask before questions go."""
    names = {kept.id: str(kept.content.get("question")) for kept in desk().gold.questions(ANYONE, base.id)}
    chosen = [names[number] for number in numbers if number in names]
    st.markdown("\n".join(f"- {plain(name)}" for name in chosen[:4]))
    st.markdown(t("evaluate.remove_about"))
    if st.button(t("evaluate.remove"), type="primary", icon=":material/delete:", key="gold-remove-do"):
        with door():
            desk().gold.remove(ANYONE, base.id, numbers)
            done(counted("evaluate.removed", len(chosen)))


def take_in(base: Base, done: Done) -> None:
    """Take questions from a file; of its bad lines each is named, and can be had back."""
    st.markdown(t("evaluate.import_about"))
    with uploader_words.container("gold-drop", _LARGEST):
        file = st.file_uploader(
            t("evaluate.file"), type=["jsonl", "json", "csv", "tsv", "txt"], key="gold-file", max_upload_size=_LARGEST
        )
    if file is None or not st.button(t("evaluate.import_do"), type="primary", key="gold-import-do"):
        return
    with door():
        found = desk().gold.take_in(ANYONE, base.id, file.name, file.getvalue())
        said = counted("evaluate.imported", found.added)
        if found.known:
            said += counted("evaluate.known", found.known)
        if not found.bad and not found.missing:
            done(said)
        st.success(said, icon=":material/check:")
        if found.missing:
            names = t("evaluate.and").join(plain(name) for name in found.missing[:_SHOWN])
            st.info(counted("evaluate.missing", len(found.missing)) + names, icon=":material/info:")
        if found.bad:
            _bad(file.name, found.bad)


def _bad(name: str, lines: Sequence[BadLine]) -> None:
    st.warning(counted("evaluate.bad", len(lines)), icon=":material/warning:")
    st.markdown(listed(lines, _told, _SHOWN))
    st.download_button(
        t("evaluate.bad_lines"),
        data="".join(f"{line.text}\n" for line in lines).encode(errors="replace"),
        file_name=f"{name}.left.txt",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key="gold-bad-lines",
    )


def _told(line: BadLine) -> str:
    return t("evaluate.bad_line", number=line.number, why=t(f"evaluate.why_{line.reason}", field=plain(line.field)))


def _form(
    base: int, content: Mapping[str, Any], keep: Callable[[Mapping[str, Any]], object], said: str, done: Done
) -> None:
    names = [document.name for document in desk().workspace.documents(ANYONE, [base])]
    evidence = content.get("evidence") or ()
    first = str(evidence[0]["document"]) if evidence else str(content.get("document") or "")
    offered = [*names, *([first] if first and first not in names else [])]
    with st.form("gold-form", border=False):
        question = st.text_area(t("evaluate.question"), str(content.get("question") or ""), height=80, key="gold-q")
        document = st.selectbox(
            t("evaluate.document"),
            offered,
            index=offered.index(first) if first in offered else None,
            placeholder=t("evaluate.no_document"),
            key="gold-document",
        )
        places = st.text_area(
            t("evaluate.places"),
            "\n".join(_line(gold, first) for gold in evidence if _line(gold, first)),
            height=80,
            help=t("evaluate.places_about"),
            placeholder=t("evaluate.places_example"),
            key="gold-places",
        )
        with st.container(horizontal=True):
            kind = st.text_input(t("evaluate.kind"), str(content.get("kind") or ""), key="gold-kind")
            answer = st.text_input(t("evaluate.answer"), str(content.get("answer") or ""), key="gold-answer")
        wanted = st.form_submit_button(t("evaluate.keep"), type="primary", key="gold-keep")
    st.caption(t("evaluate.form_about"))
    if wanted:
        with door():
            keep(
                {
                    "question": question,
                    "document": document,
                    "kind": kind.strip(),
                    "answer": answer.strip(),
                    "evidence": evidence_in(places, document or "", names),
                }
            )
            done(said)


def evidence_in(text: str, document: str, names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The places that a person wrote, a line each: ``12`` or ``Sheet!B2:C9``, in front of it another document.

    :raises BadGold: when a line is no place
    """
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        name, place = document, line
        for other in names:
            if line.strip().startswith(f"{other} · "):
                name, place = other, line.strip().removeprefix(f"{other} · ")
        if name and (page := _PLACE.fullmatch(place)) and int(page[1]):
            found.append({"document": name, "page": int(page[1])})
        elif name and (cells := _CELLS.fullmatch(place)):
            area = f"{cells[2].upper()}{cells[3]}"
            if cells[4]:
                area += f":{cells[4].upper()}{cells[5]}"
            found.append({"document": name, "sheet": cells[1], "area": area})
        else:
            raise BadGold(place=line.strip())
    return found or ([{"document": document}] if document else [])


def _line(gold: Mapping[str, Any], document: str) -> str:
    """A place as a person writes it; nothing for a document that is named alone."""
    if gold.get("page") is not None:
        place = str(gold["page"])
    elif gold.get("sheet") is not None:
        place = f"{gold['sheet']}!{gold.get('area') or 'A1'}"
    else:
        return ""
    return place if gold.get("document") == document else f"{gold.get('document')} · {place}"
