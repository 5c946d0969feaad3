"""A base gets another embedding model while it is searched with the one it has; whatever stops it, it goes on."""

import json
import shutil

import pytest
from click.testing import CliRunner

from rag.adding import renewing
from rag.entrypoints.cli import main
from rag.errors import EmbedderUnavailable, NoRoomForVectors
from rag.retrieval.embedder.hashing import HashingEmbedder

FEE = "What is the annual mooring fee?"


class Other(HashingEmbedder):
    """A model whose vectors look the other way, and are longer."""

    name, dim = "other", 384
    asked = 0

    def passages(self, texts):
        self.asked += len(texts)
        return super().passages(texts)


@pytest.fixture
def other(app, worker):
    """Both halves of the app know the other model."""
    model = Other()

    def named(name):
        if name == "missing":
            raise EmbedderUnavailable(name=name, reason="it is not there")
        return model if name == "other" else HashingEmbedder()

    app.renewing.embedder = worker.renewing.embedder = app.finder._embedder = named
    return model


def first(app):
    return app.find("ann", FEE)[0].passage.places[0].number


def test_a_base_is_searched_all_the_while_and_then_with_the_new_model(app, add, worker, other, report, monkeypatch):
    add("report.pdf", report)
    base, page = app.bases("ann")[0], first(app)
    monkeypatch.setattr(renewing, "_AT_ONCE", 1)
    assert app.change_embedder("ann", base.id, "other")
    seen = set()
    while worker.renewing.step():
        seen.add(app.catalog.base(base.id).embedder)
        assert first(app) == page
        assert {"vectors", "words"} <= {by for hit in app.find("ann", FEE) for by in hit.found_by}
    assert seen == {"hashing-256", "other"}
    assert app.catalog.base(base.id).next_embedder is None
    assert app.check().healthy
    assert app.finder._indexes.of("other", other.dim).ids() == set(app.store.owners())


def test_what_was_embedded_is_not_embedded_again_after_a_stop(app, add, worker, other, report, monkeypatch):
    add("report.pdf", report)
    base = app.bases("ann")[0].id
    monkeypatch.setattr(renewing, "_AT_ONCE", 1)
    app.change_embedder("ann", base, "other")
    worker.renewing.step()
    assert app.change_embedder("ann", base, "other")  # asked for again, as by a process that was killed
    while worker.renewing.step():
        pass
    assert other.asked == app.store.count()


def test_a_document_added_meanwhile_has_its_vector_too(app, add, worker, other, report, make_pdf):
    add("report.pdf", report)
    base = app.bases("ann")[0].id
    app.change_embedder("ann", base, "other")
    worker.renewing.step()
    add("late.pdf", make_pdf(["The lighthouse was built in 1904."]))
    while worker.renewing.step():
        pass
    assert app.catalog.base(base).embedder == "other"
    assert app.find("ann", "When was the lighthouse built?")[0].passage.document.name == "late.pdf"
    assert app.check().healthy


def test_a_change_can_be_given_up(app, add, worker, other, report):
    add("report.pdf", report)
    base = app.bases("ann")[0].id
    app.change_embedder("ann", base, "other")
    assert not app.change_embedder("ann", base, "hashing-256")
    assert not worker.renewing.step()
    assert app.catalog.base(base).embedder == "hashing-256"
    assert app.check().healthy


def test_a_model_that_cannot_be_used_changes_nothing(app, add, other, report):
    add("report.pdf", report)
    base = app.bases("ann")[0].id
    with pytest.raises(EmbedderUnavailable):
        app.change_embedder("ann", base, "missing")
    assert app.catalog.base(base).next_embedder is None


def test_a_model_that_is_lost_on_the_way_is_tried_again_later_and_the_base_is_searched(app, add, worker, other, report):
    add("report.pdf", report)
    base = app.bases("ann")[0].id
    app.change_embedder("ann", base, "other")
    known = worker.renewing.embedder

    def lost(name):
        raise EmbedderUnavailable(name=name, reason="it is gone")

    worker.renewing.embedder = lost
    assert not worker.renewing.step()
    assert first(app)
    worker.renewing.embedder = known
    assert not worker.renewing.step()
    worker.renewing._not_before.clear()
    assert worker.renewing.step()


def test_the_disk_is_looked_at_first(app, add, other, report, monkeypatch):
    add("report.pdf", report)
    base = app.bases("ann")[0].id
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**40, 2**40, 2**20))
    with pytest.raises(NoRoomForVectors, match="1 MB are free"):
        app.change_embedder("ann", base, "other")
    assert app.catalog.base(base).next_embedder is None


def test_the_command_tells_the_model_of_a_base(app, settings):
    name = app.bases("ann")[0].name
    told = CliRunner().invoke(main, ["embedder", name, "--home", str(settings.home)])
    assert told.output == "hashing-256\n"
    assert json.loads(CliRunner().invoke(main, ["embedder", name, "--json", "--home", str(settings.home)]).output) == {
        "base": name,
        "embedder": "hashing-256",
        "next_embedder": None,
    }


def test_the_command_tells_how_far_a_change_is(app, settings, add, other, report):
    add("report.pdf", report)
    base = app.bases("ann")[0]
    app.change_embedder("ann", base.id, "other")
    told = CliRunner().invoke(main, ["embedder", base.name, "--json", "--home", str(settings.home)])
    figures = json.loads(told.output)
    assert (figures["embedder"], figures["next_embedder"], figures["done"]) == ("hashing-256", "other", 0)
    assert figures["total"] > 0
