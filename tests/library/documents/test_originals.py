"""A file is kept whole or not at all, under the hash of its bytes."""

import errno
import hashlib
import io
import os

import pytest

from rag.errors import DiskFull
from rag.library.documents.originals import Originals


@pytest.fixture
def originals(tmp_path):
    return Originals(tmp_path / "originals")


@pytest.fixture
def keep(originals):
    """Receives bytes and places them."""

    def put(file):
        with originals.arriving() as path:
            original = originals.receive(file, path)
            with originals.unchanging():
                originals.place(path, original)
        return original

    return put


def test_a_file_is_kept_under_its_hash(originals, keep):
    kept = keep(io.BytesIO(b"hello"))
    assert kept.digest == hashlib.sha256(b"hello").hexdigest()
    assert originals.path(kept.digest).read_bytes() == b"hello"
    assert originals.intact(kept.digest)
    assert list(originals.digests()) == [kept.digest]


def test_the_same_bytes_are_kept_once(originals, keep):
    assert keep(io.BytesIO(b"x")) == keep(io.BytesIO(b"x"))
    assert len(list(originals.digests())) == 1


def test_a_file_that_was_changed_on_disk_is_noticed(originals, keep):
    kept = keep(io.BytesIO(b"hello"))
    originals.path(kept.digest).write_bytes(b"other")
    assert not originals.intact(kept.digest)


def test_a_full_disk_is_said_and_leaves_nothing_behind(originals, keep, tmp_path):
    class Full(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().read(3)

    with pytest.raises(DiskFull):
        keep(Full(b"hello"))
    assert list((tmp_path / "originals").iterdir()) == []


def test_discarding_what_is_not_there_does_nothing(originals):
    originals.discard("0" * 64)
    assert list(originals.digests()) == []


def test_what_a_crash_left_of_an_upload_is_swept_away_and_one_on_its_way_is_not(originals, keep, tmp_path):
    kept = keep(io.BytesIO(b"hello"))
    left, coming = tmp_path / "originals" / "arriving-left", tmp_path / "originals" / "arriving-now"
    left.write_bytes(b"hel")
    coming.write_bytes(b"wor")
    os.utime(left, (0, 0))
    originals.sweep()
    assert (left.exists(), coming.exists()) == (False, True)
    assert originals.intact(kept.digest)
