"""Fixtures for the pages: each is drawn by the real app in a data folder of its own, without a browser."""

import json

import pytest
import streamlit as st
from click.testing import CliRunner
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from rag.entrypoints.cli import main


@pytest.fixture
def pagecite(settings, monkeypatch):
    """Runs a command over the data folder of the test, in this process; gives back its result."""
    for name, value in {"RAG_HOME": settings.home, "RAG_EMBEDDER": "hashing", "RAG_LLM": "none"}.items():
        monkeypatch.setenv(name, str(value))

    def run(*arguments, status=0):
        done = CliRunner().invoke(main, list(map(str, arguments)))
        assert done.exit_code == status, done.output
        return done

    return run


@pytest.fixture
def at_desk(settings, monkeypatch):
    """The environment of a page; the worker process leaves at once, since documents are read by the test itself."""
    monkeypatch.setenv("RAG_HOME", str(settings.home))
    monkeypatch.setenv("RAG_EMBEDDER", settings.embedder)
    monkeypatch.setenv("RAG_LLM", settings.llm)
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    settings.home.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.home / "worker.lock"):
        yield settings
        st.cache_resource.clear()


@pytest.fixture
def visit(at_desk):
    """Opens a page as a visitor."""

    def go(page, **state):
        visitor = AppTest.from_function(page, default_timeout=30)
        for name, value in state.items():
            visitor.session_state[name] = value
        visitor.run()
        assert not visitor.exception
        return visitor

    return go


@pytest.fixture
def given():
    """What a part that is drawn in the browser was given."""

    def find(visitor, name):
        found = [part for part in visitor.get("bidi_component") if part.proto.component_name == name]
        return json.loads(found[0].proto.json) if found else None

    return find
