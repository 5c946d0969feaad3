"""Locked PDFs on the command line: the password is given, typed unseen or piped, and stands nowhere afterwards."""

import json
from io import BytesIO

import pymupdf
import pytest
from click.testing import CliRunner
from msoffcrypto.format.ooxml import OOXMLFile

from rag.entrypoints.cli import main
from rag.entrypoints.cli.passwords import Passwords
from rag.errors import LockedFile, WrongPassword

SECRET = "sesame 芝麻"


@pytest.fixture
def locked(tmp_path, make_pdf):
    path = tmp_path / "locked.pdf"
    data = make_pdf(["The secret mooring fee is 99 euros."], encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=SECRET)
    path.write_bytes(data)
    return path


@pytest.fixture
def terminal(monkeypatch):
    """A terminal at which *typed* is answered to each question, unseen; what was asked."""
    asked = []

    def at(*typed):
        answers = iter(typed)

        def prompt(text, *, hide_input, **_):
            assert hide_input
            asked.append(text)
            return next(answers)

        monkeypatch.setattr("rag.entrypoints.cli.passwords.sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("rag.entrypoints.cli.passwords.click.prompt", prompt)
        return asked

    return at


def read(path, *more, status=0, piped=None):
    done = CliRunner().invoke(main, ["read", str(path), "--fast", "--json", *more], input=piped)
    assert done.exit_code == status, done.output
    assert SECRET not in done.output
    return done


def opens_with(password):
    """What a reader does with a file that opens with *password*."""

    def use(given):
        if given is None:
            raise LockedFile(name="locked.pdf")
        if given != password:
            raise WrongPassword(name="locked.pdf")
        return "open"

    return use


def test_a_password_opens_the_file(locked):
    assert "99 euros" in read(locked, "--password", SECRET).stdout
    assert "99 euros" in read(locked, "--password", piped=f"{SECRET}\n").stdout


def test_a_wrong_password_is_said_and_so_is_none(locked):
    assert "The password does not open locked.pdf" in read(locked, "--password", "tree", status=1).stderr
    assert "Give the password with --password" in read(locked, status=1).stderr


def test_a_terminal_is_asked_until_it_opens(locked, terminal):
    asked = terminal("tree", SECRET)
    assert Passwords(None).opening(locked, opens_with(SECRET)) == "open"
    assert asked == ["Password of locked.pdf"] * 2


def test_who_types_nothing_gives_up_and_who_types_wrong_three_times_is_told(locked, terminal):
    terminal("", *["tree"] * 3)
    with pytest.raises(LockedFile):
        Passwords(None).opening(locked, opens_with(SECRET))
    with pytest.raises(WrongPassword):
        Passwords(None).opening(locked, opens_with(SECRET))


def test_a_file_that_is_not_locked_is_not_asked_about(tmp_path, terminal):
    assert Passwords("any").opening(tmp_path / "open.pdf", lambda password: password) is None


def test_a_locked_workbook_is_opened_too_and_leaves_no_copy(tmp_path, sales, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = tmp_path / "sales.xlsx"
    with path.open("wb") as file:
        OOXMLFile(BytesIO(sales)).encrypt(SECRET, file)
    found = json.loads(read(path, "--password", SECRET).stdout)
    assert [sheet["name"] for sheet in found["sheets"]] == ["Sales"]
    done = CliRunner().invoke(main, ["tables", str(path), "--json", "--password", SECRET])
    assert len(json.loads(done.stdout)["tables"]) == 1
    assert "The password does not open sales.xlsx" in read(path, "--password", "tree", status=1).stderr
    assert "Give the password with --password" in read(path, status=1).stderr
    assert list(folder.iterdir()) == []


def test_tables_of_a_locked_file(tmp_path, make_pdf):
    path = tmp_path / "locked.pdf"
    path.write_bytes(make_pdf(["Nothing"], encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=SECRET))
    done = CliRunner().invoke(main, ["tables", str(path), "--fast", "--json", "--password", SECRET])
    assert json.loads(done.stdout) == {"tables": []}
