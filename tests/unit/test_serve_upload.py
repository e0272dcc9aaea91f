"""Multipart bodies cut anywhere give the same files."""

import errno
import io
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ncdm.errors import RefusedInput, StorageFull
from ncdm.serve.upload import Receiver, UploadLimits
from ncdm.serve.upload_names import relative_path

TYPE = "multipart/form-data; boundary=b"
FILES = {"a.csv": b"one\r\n--", "deep/b.csv": b"", "c.csv": b"\r\n--b-\r\n\r\n--"}
HEADERS = '--b\r\nContent-Disposition: form-data; name="files"; filename="{}"\r\nContent-Type: text/csv\r\n\r\n'
BODY = b"".join(HEADERS.format(name).encode() + content + b"\r\n" for name, content in FILES.items()) + b"--b--\r\n"


@given(cuts=st.lists(st.integers(0, len(BODY)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_body_cut_anywhere_gives_the_same_files(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    folder = tmp_path_factory.mktemp("received")
    receiver = Receiver(folder, TYPE, UploadLimits())
    edges = [0, *sorted(cuts), len(BODY)]
    for start, end in pairwise(edges):
        receiver.feed(BODY[start:end])
    assert receiver.finish() == 3
    assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == FILES


@given(body=st.binary(max_size=300) | st.lists(st.sampled_from([BODY[:20], BODY[20:90], BODY[90:], b"--b", b"\r\n", b"--"])).map(b"".join))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_an_upload_or_refused(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    folder = tmp_path_factory.mktemp("received")
    receiver = Receiver(folder, TYPE, UploadLimits())
    try:
        receiver.feed(body)
        count = receiver.finish()
    except RefusedInput:
        count = None
    finally:
        receiver.close()
    assert count is None or count == sum(path.is_file() for path in folder.rglob("*")) >= 1


class FullDisk(io.BytesIO):
    """A file on a disk without room."""

    def write(self, _data: object, /) -> int:
        """Say what the system says."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_named_as_such(tmp_path: Path) -> None:
    receiver = Receiver(tmp_path, TYPE, UploadLimits(), create=lambda _path: FullDisk())
    with pytest.raises(StorageFull) as told:
        receiver.feed(BODY)
    assert told.value.status == 507
    receiver.close()


def test_another_trouble_with_the_disk_is_a_refusal(tmp_path: Path) -> None:
    def troubled(_path: Path) -> BinaryIO:
        raise OSError(errno.ENAMETOOLONG, "File name too long")

    receiver = Receiver(tmp_path, TYPE, UploadLimits(), create=troubled)
    with pytest.raises(RefusedInput):
        receiver.feed(BODY)


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"older")
    with pytest.raises(RefusedInput):
        Receiver(tmp_path, TYPE, UploadLimits()).feed(BODY)
    assert (tmp_path / "a.csv").read_bytes() == b"older"


@given(sent=st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_any_name_stays_below_its_folder_or_is_refused(sent: bytes) -> None:
    try:
        path = relative_path(sent, part=1)
    except RefusedInput:
        return
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert path.parts
    assert (Path("/folder") / path).resolve().is_relative_to("/folder")
    assert path.as_posix().isprintable() or not path.as_posix().isascii()
