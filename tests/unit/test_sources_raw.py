"""The raw bytes are kept exactly, under their hash, once, and nothing half-written is ever found there."""

import hashlib
import os
import stat
from io import FileIO
from pathlib import Path

import pytest

from ncdm.errors import RefusedFile, StorageFull
from ncdm.sources import FoundFile, Limits, NotKept, RefusalCode, digest, keep, tidy
from ncdm.sources import raw as kept_bytes


@pytest.fixture
def delivered(tmp_path: Path) -> FoundFile:
    """A file of some blocks and a bit."""
    path = tmp_path / "delivery" / "a.xlsx"
    path.parent.mkdir()
    path.write_bytes(os.urandom(2_500_000))
    return FoundFile(path, "a.xlsx", 2_500_000)


def test_the_bytes_are_found_under_their_hash(delivered: FoundFile, tmp_path: Path) -> None:
    content = delivered.path.read_bytes()
    sha256, kept = keep(delivered, tmp_path / "raw")
    assert sha256 == hashlib.sha256(content).hexdigest() == digest(kept)
    assert kept == tmp_path / "raw" / sha256[:2] / sha256
    assert kept.read_bytes() == content
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_keeping_twice_writes_once(delivered: FoundFile, tmp_path: Path) -> None:
    sha256, kept = keep(delivered, tmp_path / "raw")
    before = kept.stat()
    assert keep(delivered, tmp_path / "raw") == (sha256, kept)
    after = kept.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert [path for path in (tmp_path / "raw").rglob("*") if path.is_file()] == [kept]


def test_a_kept_file_that_was_cut_is_mended(delivered: FoundFile, tmp_path: Path) -> None:
    sha256, kept = keep(delivered, tmp_path / "raw")
    os.truncate(kept, 10)
    keep(delivered, tmp_path / "raw")
    assert digest(kept) == sha256


def test_too_large_is_refused_before_anything_is_written(delivered: FoundFile, tmp_path: Path) -> None:
    with pytest.raises(NotKept) as caught:
        keep(delivered, tmp_path / "raw", Limits(packed_bytes=1_000))
    assert isinstance(caught.value, RefusedFile)
    assert caught.value.where == "a.xlsx"
    assert caught.value.refused.code is RefusalCode.TOO_LARGE
    assert "2,500,000 of 1,000 bytes" in caught.value.what
    assert not (tmp_path / "raw").exists()


def test_a_file_that_grows_while_it_is_copied_is_kept_under_the_hash_of_what_was_kept(delivered: FoundFile, tmp_path: Path) -> None:
    class Growing(FileIO):
        grown = False

        def read(self, size: int | None = -1, /) -> bytes:
            if not self.grown:
                with delivered.path.open("ab") as more:
                    more.write(b"more")
                Growing.grown = True
            return super().read(size) or b""

    before = digest(delivered.path)
    with Growing(str(delivered.path)) as source:
        sha256, kept = kept_bytes._copy(delivered, source, tmp_path / "raw", Limits())
    assert sha256 != before
    assert digest(kept) == sha256 == digest(delivered.path)


def test_a_full_disk_is_said_and_leaves_nothing(delivered: FoundFile, tmp_path: Path) -> None:
    class Full(FileIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(28, "No space left on device")

    with Full(str(delivered.path)) as source, pytest.raises(StorageFull):
        kept_bytes._copy(delivered, source, tmp_path / "raw", Limits())
    assert list((tmp_path / "raw").iterdir()) == []


def test_what_an_interrupted_copy_left_is_removed(delivered: FoundFile, tmp_path: Path) -> None:
    _, kept = keep(delivered, tmp_path / "raw")
    (tmp_path / "raw" / ".incoming-abc").write_bytes(b"half")
    assert tidy(tmp_path / "raw") == 1
    assert tidy(tmp_path / "raw") == 0
    assert kept.exists()
    assert tidy(tmp_path / "absent") == 0
