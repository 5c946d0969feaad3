"""What a document is about, in its reading report: shown, set right by hand, and given back to what was read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import leaf_strip
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import plain, t
from rag.library.members import ANYONE
from rag.records import About, Document, DocumentType, LeafReport, Page, PageTopic, line_of

TYPES: tuple[DocumentType, ...] = tuple(name for name in get_args(DocumentType) if name)
LANGUAGES = ("zh", "en")
_SHOWN: tuple[PageTopic, ...] = (
    "contents",
    "balance sheet",
    "income statement",
    "comprehensive income",
    "cash flow",
    "equity",
    "notes",
    "discussion",
    "risks",
    "audit",
)
_FIELDS = ("names", "title", "codes", "type", "year", "quarter", "language", "currency", "unit")
_EDITED = "about_edited"
_LAYOUT = "<style>.st-key-report-topics { column-gap: 1rem; } .st-key-report-topics button { min-height: 0; }</style>"


def draw(document: Document) -> None:
    """Draw what *document* is about, with the way to set it right."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="report-about"):
        st.markdown(line(document.about))
        if st.button(
            t("about.edit"), icon=":material/edit:", type="tertiary", help=t("about.edit_about"), key="about-edit"
        ):
            st.session_state[_EDITED] = document.id
    if st.session_state.get(_EDITED) == document.id:
        st.dialog(t("about.edit_title"), on_dismiss=_put_away)(_edit)(document.id)


def line(about: About) -> str:
    """What is known in one line of Markdown, each tag a badge."""
    known = [
        plain(" / ".join([*about.names[:1], *about.codes[:1]])),
        plain(about.title),
        type_name(about.type) if about.type else "",
        " ".join(filter(None, [f"Q{about.quarter}" if about.quarter else "", str(about.year or "")])),
        t(f"about.{about.language}") if about.language in LANGUAGES else "",
        plain(" ".join(filter(None, [about.currency, about.unit]))),
    ]
    text = " · ".join(filter(None, known)) or f":gray[{t('about.nothing')}]"
    tags = "".join(f" :gray-badge[{plain(tag)}]" for tag in about.tags)
    by_hand = ", ".join(t(f"about.{name}") for name in _FIELDS if name in about.by_hand)
    return text + tags + (f" :gray[:small[{t('about.set_by_hand', names=by_hand)}]]" if by_hand else "")


def type_name(name: DocumentType) -> str:
    """What a kind of document is called on the page."""
    return t(f"about.{name.replace(' ', '_').replace('-', '_')}")


def topic_name(topic: PageTopic) -> str:
    """What a kind of page is called on the page."""
    return t(f"about.topic_{topic.replace(' ', '_')}")


def topics(document: Document, leaves: Sequence[LeafReport]) -> None:
    """Draw where the sections of *document* begin, each a click away."""
    first: dict[PageTopic, LeafReport] = {}
    for leaf in leaves:
        first.setdefault(leaf.topic, leaf)
    shown = sorted((first[topic] for topic in _SHOWN if topic in first), key=lambda leaf: leaf.number)
    if not shown or document.kind != "pdf":
        return
    st.html(_LAYOUT)
    with st.container(horizontal=True, gap=None, vertical_alignment="center", key="report-topics"):
        for leaf in shown:
            if st.button(
                t("about.open_topic", topic=topic_name(leaf.topic), page=leaf.number),
                type="tertiary",
                help=t("about.open_topic_about", page=leaf.number),
                key=f"about-topic-{leaf.topic.replace(' ', '-')}",
            ):
                leaf_strip.show(document, Page(leaf.number, leaf.name))
                st.rerun()


def _edit(number: int) -> None:
    workspace = desk().workspace
    known = workspace.about(ANYONE, number)
    all_tags = {tag for each in workspace.documents(ANYONE) for tag in each.about.tags}
    if line_of(known):
        st.caption(plain(line_of(known)))
    wanted = _fields(known, sorted({*all_tags, *known.tags}, key=str.casefold))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if known.by_hand and st.button(
            t("about.as_read"), icon=":material/undo:", help=t("about.as_read_about"), key="about-as-read"
        ):
            _keep(number, replace(known, by_hand=frozenset()))
        if st.button(t("about.cancel"), key="about-cancel"):
            _put_away()
            st.rerun()
        if st.button(t("about.save"), type="primary", key="about-save"):
            _keep(number, wanted)


def _fields(known: About, all_tags: Sequence[str]) -> About:
    """Draw a field for each thing that is known; what stands in them now."""
    names = st.text_area(_label(known, "names"), "\n".join(known.names), help=t("about.names_about"), key="about-names")
    title = st.text_input(_label(known, "title"), known.title, max_chars=200, help=t("about.title_about"))
    left, right = st.columns(2)
    codes = left.text_input(_label(known, "codes"), ", ".join(known.codes), help=t("about.codes_about"))
    kind = right.selectbox(
        _label(known, "type"),
        TYPES,
        index=TYPES.index(known.type) if known.type in TYPES else None,
        format_func=type_name,
        placeholder=t("about.unknown"),
        key="about-type",
    )
    left, middle, right = st.columns(3)
    year = left.number_input(
        _label(known, "year"), 1900, 2100, known.year, help=t("about.year_about"), placeholder="–", key="about-year"
    )
    quarter = middle.selectbox(
        _label(known, "quarter"),
        (1, 2, 3, 4),
        index=known.quarter - 1 if known.quarter else None,
        placeholder="–",
        key="about-quarter",
    )
    language = right.selectbox(
        _label(known, "language"),
        LANGUAGES,
        index=LANGUAGES.index(known.language) if known.language in LANGUAGES else None,
        format_func=lambda code: t(f"about.{code}"),
        placeholder=t("about.unknown"),
        key="about-language",
    )
    left, right = st.columns(2)
    currency = left.text_input(_label(known, "currency"), known.currency, max_chars=3, help=t("about.currency_about"))
    unit = right.text_input(_label(known, "unit"), known.unit, max_chars=40, help=t("about.unit_about"))
    tags = st.multiselect(
        t("about.tags"),
        all_tags,
        default=known.tags,
        accept_new_options=True,
        help=t("about.tags_about"),
        key="about-tags",
    )
    return replace(
        known,
        names=_parts(names, "\n"),
        title=title.strip(),
        codes=_parts(codes, ","),
        type=kind or "",
        year=None if year is None else int(year),
        quarter=quarter,
        language=language or "",
        currency=currency.strip().upper(),
        unit=unit.strip(),
        tags=_parts("\n".join(tags), "\n"),
    )


def _label(known: About, field: str) -> str:
    name = t(f"about.{field}")
    return t("about.by_hand", name=name) if field in known.by_hand else name


def _parts(text: str, between: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in text.replace("，", ",").split(between)))))


def _keep(number: int, about: About) -> None:
    with door():
        desk().workspace.set_about(ANYONE, number, about)
        _put_away()
        st.rerun()


def _put_away() -> None:
    st.session_state.pop(_EDITED, None)
