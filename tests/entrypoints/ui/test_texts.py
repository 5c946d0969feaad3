"""Both languages say everything, and the page says nothing that they do not have."""

import re
import string
from pathlib import Path

import pytest

from rag.entrypoints.ui import texts
from rag.entrypoints.ui.texts import LANGUAGES, plain, say, sentences, told
from rag.errors import NOTES, known_errors
from rag.reading import ENDINGS
from rag.records import Note

FOLDER = Path(texts.__file__).parent
PAGES = sorted(FOLDER.rglob("*.py"))
_SAID = re.compile(r'\b(?:t|counted|_css\(t)\(\s*(?:\n\s*)?"([a-z_]+\.[A-Za-z_.]+)"')


def braces(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def said():
    files = {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in PAGES}
    return sorted({(file, name) for file, text in files.items() for name in _SAID.findall(text)})


def test_both_languages_hold_the_same_sentences():
    assert sentences("en").keys() == sentences("zh").keys()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_first_visitor_is_told_every_kind_of_file(language):
    told = sentences(language)["documents.drop"]
    assert all(f".{kind}" in told for kind in ENDINGS if kind != "pdf")
    assert "PDF" in told


def test_a_sentence_has_the_same_braces_in_both_languages():
    english, chinese = sentences("en"), sentences("zh")
    free = (".one", ".hint")  # one thing need not be counted, and a hint need not name it again
    assert not [name for name in english if not name.endswith(free) and braces(english[name]) != braces(chinese[name])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*known_errors(), *NOTES])
def test_every_failure_and_every_warning_has_its_sentence_and_its_hint(language, code):
    known = sentences(language)
    kind = "error" if code in known_errors() else "note"
    assert known[f"{kind}.{code}"]
    assert f"{kind}.{code}.hint" in known


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*known_errors(), *NOTES])
def test_a_sentence_names_only_details_that_the_failure_has(language, code):
    if code in NOTES:
        kind, own = "note", NOTES[code]
    else:
        kind, own = "error", (known_errors()[code].sentence, known_errors()[code].hint)
    details = braces(own[0]) | braces(own[1])
    known = sentences(language)
    assert braces(known[f"{kind}.{code}"]) | braces(known[f"{kind}.{code}.hint"]) <= details


def test_what_the_page_says_is_there():
    known = sentences("en")
    assert not [(file, name) for file, name in said() if name not in known]
    assert {"frame.py", "documents/page.py", "models/page.py", "bases/picker.py"} <= {file for file, _ in said()}


def test_chinese_sentences_use_chinese_punctuation():
    half = re.compile(r"[\u4e00-\u9fff] ?[,;!?](?!\w)|[\u4e00-\u9fff]\.(?:\s|$)")
    assert not [name for name, sentence in sentences("zh").items() if half.search(sentence)]


def test_a_strangers_name_is_no_markdown(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")
    name = "![x](http://evil.example/a.png) :red[b] $c$ <b>.pdf"
    message = told(Note("LockedFile", {"name": name}))
    assert "![x](" not in message
    assert "\\!\\[x\\]\\(http\\:\u2060\\/\\/" in message
    assert message.endswith("Remove the password in its own program and add the file again.")
    assert say(Note("LockedFile", {"name": name}))[0].startswith(name)


@pytest.mark.parametrize("text", ["www.evil.example.pdf", "https://evil.example", "mail me@evil.example"])
def test_a_strangers_name_is_no_link(text):
    assert re.search(r"www\.|://|\w@", plain(text).replace("\\", "")) is None
    assert plain(text).replace("\\", "").replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["report.pdf", "年报 2026", "a*b_c`d", "1. x"])
def test_plain_text_loses_nothing(text):
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain(text)) == text
