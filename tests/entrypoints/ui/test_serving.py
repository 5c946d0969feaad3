"""The server of the page, started as `pagecite serve` starts it."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_page_is_loaded_before_anybody_comes(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-X", "importtime", "-m", "rag.entrypoints.ui.serving", "run", "app.py"]
    with subprocess.Popen(
        [*command, f"--server.port={port}", "--server.address=127.0.0.1"],
        cwd=ROOT,
        env=os.environ | {"RAG_HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        too_late = threading.Timer(90, server.kill)
        too_late.start()
        loaded = any(line.split("|")[-1].strip() == "rag.entrypoints.ui.frame" for line in server.stderr)
        too_late.cancel()
        server.kill()
    assert loaded
