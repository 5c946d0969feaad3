"""Fixtures for tests in a real Chromium: the real app on a free port in a data folder of its own, and a page on it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "ci-output"
PATIENCE = 20_000  # milliseconds, for a machine that does other things too


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Starts the app with some settings; gives back its address until the block ends."""

    @contextmanager
    def start(**settings):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        home = tmp_path_factory.mktemp("home")
        given = {"home": home, "embedder": "hashing", "llm": "none", **settings}
        environment = os.environ | {f"RAG_{name.upper()}": str(value) for name, value in given.items()}
        command = [sys.executable, "-m", "rag.entrypoints.ui.serving", "run", "app.py", f"--server.port={port}"]
        with (home / "page.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--server.address=127.0.0.1"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/_stcore/health", process)
            yield address
        finally:
            process.terminate()
            process.wait(20)

    return start


@pytest.fixture(scope="session")
def chromium():
    """Chromium as the system has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium to test with")
        pytest.skip("there is no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Opens an address as a visitor; at the end nothing may have gone wrong in the browser."""
    contexts, wrongs = [], []

    def go(address, *, locale="en-GB", width=1280, height=800, scheme="light"):
        context = chromium.new_context(
            locale=locale, viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        page.on("console", lambda line: wrongs.append(line.text) if line.type == "error" else None)
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrongs == []


@pytest.fixture(scope="session")
def turn_to():
    """Chooses a page by its link and waits until it is drawn: the one before it forgets what is dropped on it."""

    def go(page, name):
        link = page.get_by_role("link", name=name, exact=True)
        path = link.get_attribute("href")
        link.click()
        expect(page).to_have_url(re.compile(rf"/{path}(\?.*)?$"))
        expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)

    return go


@pytest.fixture(scope="session")
def hand_over(chromium, turn_to):
    """Hands files (name, bytes) to the app at an address, and waits until they are read to the end; gives the page."""

    def go(address, *files):
        page = chromium.new_context(locale="en-GB").new_page()
        page.goto(address)
        turn_to(page, "Documents")
        page.locator(".st-key-drop-zone input[type=file]").set_input_files(
            [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
        )
        rows = page.get_by_test_id("documents-table").locator("tbody tr")
        expect(rows.filter(has=page.locator(".sign.ready"))).to_have_count(len(files), timeout=180_000)
        return page

    return go


@pytest.fixture(scope="module")
def address(serve):
    """The app on an empty data folder, one for each file of tests."""
    with serve() as url:
        yield url


@pytest.fixture
def documents(address, visit, turn_to):
    """The Documents page, reached as a person reaches it."""

    def go(link="Documents", **how):
        page = visit(address, **how)
        if how.get("width", 1280) < 640:
            page.get_by_test_id("stExpandSidebarButton").click()
        turn_to(page, link)
        return page

    return go


@pytest.fixture
def picture(request):
    """Keeps a picture of the page where the checks that run elsewhere leave theirs."""
    PICTURES.mkdir(exist_ok=True)

    def keep(page, name):
        page.wait_for_timeout(400)
        try:
            page.screenshot(path=PICTURES / f"{request.module.__name__}-{name}.png")
        except Error as error:
            pytest.fail(f"no picture of {name}: {error}")

    return keep


def _wait_for(address, process, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"the app ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the app did not start")
