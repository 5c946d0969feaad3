"""A workbook under a password is opened with it, and with nothing else."""

from io import BytesIO

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from rag.errors import DamagedFile, LockedFile, WrongPassword
from rag.reading import kind_of, read, unlocked
from rag.records import Upload


@pytest.fixture
def locked(workbook, tmp_path):
    sealed = BytesIO()
    with workbook(S=[["Item", "n"], ["Tea", 5]]).open("rb") as source:
        OOXMLFile(source).encrypt("geheim", sealed)
    path = tmp_path / "locked.xlsx"
    path.write_bytes(sealed.getvalue())
    return Upload("locked.xlsx", path)


def test_a_locked_workbook_is_read_with_its_password(locked, tmp_path):
    with pytest.raises(LockedFile):
        kind_of(locked)
    (leaf,) = read(unlocked(locked, "geheim", tmp_path / "open.xlsx")).leaves
    assert [cell.text for cell in leaf.blocks[0].rows[0]] == ["Tea", "5"]


def test_it_may_be_unlocked_in_its_own_place(locked):
    assert kind_of(unlocked(locked, "geheim", locked.path)) == "workbook"


def test_the_same_file_gives_the_same_bytes(locked, tmp_path):
    one, two = (unlocked(locked, "geheim", tmp_path / name).path.read_bytes() for name in ("one.xlsx", "two.xlsx"))
    assert one == two


@pytest.mark.parametrize("password", ["", "Geheim", "geheim ", "密码"])
def test_another_password_does_not_open_it(locked, tmp_path, password):
    with pytest.raises(WrongPassword):
        unlocked(locked, password, tmp_path / "open.xlsx")
    assert not (tmp_path / "open.xlsx").exists()


def test_a_locked_workbook_that_is_cut_is_damaged(locked, tmp_path):
    locked.path.write_bytes(locked.path.read_bytes()[:3000])
    with pytest.raises((DamagedFile, LockedFile)):
        unlocked(locked, "geheim", tmp_path / "open.xlsx")
