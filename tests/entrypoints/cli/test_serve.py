"""`pagecite serve`, started as a user does."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError

import pytest
from click.testing import CliRunner

from rag.entrypoints.cli import main


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as reply:
            return reply.status == 200
    except (URLError, OSError):
        return False


@pytest.mark.skipif(os.name != "posix", reason="a process is replaced by another on POSIX only")
def test_whoever_ends_the_command_ends_the_server(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rag.entrypoints.cli", "serve", "--port", str(port), "--home", str(tmp_path)]
    with (tmp_path / "serve.log").open("wb") as log:
        serving = subprocess.Popen(
            command, stdout=log, stderr=log, env=os.environ | {"RAG_LLM": "none", "RAG_EMBEDDER": "hashing"}
        )
    try:
        end = time.monotonic() + 120
        while not _answers(port):
            assert serving.poll() is None, (tmp_path / "serve.log").read_text()
            assert time.monotonic() < end
            time.sleep(0.2)
        serving.terminate()
        serving.wait(30)
        assert not _answers(port)
    finally:
        serving.kill()
        serving.wait(30)


@pytest.mark.parametrize(("host", "why"), [("192.0.2.1", "192.0.2.1:"), ("127.0.0.1", "in use"), ("", "RAG_HOST")])
def test_an_address_at_which_nothing_can_listen_is_said_in_a_sentence(tmp_path, monkeypatch, host, why):
    monkeypatch.setenv("RAG_EMBEDDER", "hashing")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", "--host", host, "--port", str(port), "--home", str(tmp_path)])
    assert done.exit_code == 1
    assert why in done.stderr
    assert isinstance(done.exception, SystemExit)
