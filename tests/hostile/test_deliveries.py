"""A delivery with links, pipes, odd names and hostile archives: each is named with its reason, and every honest file is found."""

import ctypes
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.hostile.conftest import GOOD_CELLS, cells
from tests.hostile.forge import Part, archive

from ncdm.errors import NotFound
from ncdm.sources import FoundFile, Limits, NotKept, Reader, RefusalCode, Survey, Workbook, digest, keep, survey


def refusals(found: Survey) -> dict[str, RefusalCode]:
    """What is refused and why."""
    return {item.name: item.code for item in found.refused}


def names(found: Survey) -> list[str]:
    """What is to be read."""
    return [file.name for file in found.files]


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    """Where archives are unpacked."""
    return tmp_path / "staging"


@pytest.fixture
def folder(tmp_path: Path, good: bytes) -> Path:
    """A delivery with one honest file."""
    place = tmp_path / "delivery"
    (place / "Study 1").mkdir(parents=True)
    (place / "Study 1" / "good.xlsx").write_bytes(good)
    return place


def test_links_are_not_followed(folder: Path, staging: Path, tmp_path: Path, good: bytes) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.xlsx").write_bytes(good)
    (folder / "file.xlsx").symlink_to(tmp_path / "outside" / "secret.xlsx")
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "circle").symlink_to(folder)
    (folder / "nowhere.xlsx").symlink_to(tmp_path / "nowhere")
    found = survey(folder, staging)
    assert names(found) == ["Study 1/good.xlsx"]
    assert refusals(found) == dict.fromkeys(["circle", "file.xlsx", "folder", "nowhere.xlsx"], RefusalCode.LINK)


def test_what_is_no_file_is_named(folder: Path, staging: Path) -> None:
    os.mkfifo(folder / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)
        try:
            listening.bind("socket.csv")
        finally:
            os.chdir(here)
        found = survey(folder, staging)
    assert refusals(found) == {"pipe.xlsx": RefusalCode.NOT_A_FILE, "socket.csv": RefusalCode.NOT_A_FILE}


def test_a_folder_with_a_workbooks_name_is_a_folder(folder: Path, staging: Path, good: bytes) -> None:
    (folder / "x.xlsx").mkdir()
    (folder / "x.xlsx" / "y.xlsx").write_bytes(good)
    found = survey(folder, staging)
    assert names(found) == ["Study 1/good.xlsx", "x.xlsx/y.xlsx"]
    assert found.refused == ()


def test_a_sparse_file_of_five_gigabytes_is_refused_by_its_size(folder: Path, staging: Path, tmp_path: Path) -> None:
    for name in ("huge.csv", "huge.zip", "huge.xlsx"):
        with (folder / name).open("wb") as huge:
            os.truncate(huge.fileno(), 5_000_000_000)
    found = survey(folder, staging)
    assert names(found) == ["Study 1/good.xlsx"]
    assert refusals(found) == dict.fromkeys(["huge.csv", "huge.xlsx", "huge.zip"], RefusalCode.TOO_LARGE)
    grown = found.files[0]
    os.truncate(grown.path, 5_000_000_000)
    with pytest.raises(NotKept) as caught:
        keep(grown, tmp_path / "raw")
    assert caught.value.refused.code is RefusalCode.TOO_LARGE
    assert not (tmp_path / "raw").exists()


def test_names_with_unseen_characters_are_shown_as_codes(folder: Path, staging: Path, good: bytes) -> None:
    for name in ["bell\a.xlsx", "line\nbreak.xlsx", "esc\x1b[31m.xlsx", "rtl\u202exslx.xlsx", "zero\u200bwidth.xlsx"]:
        (folder / name).write_bytes(good)
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.xlsx")).write_bytes(good)
    found = survey(folder, staging)
    assert names(found) == [
        "Study 1/good.xlsx",
        "bad<DCFF>.xlsx",
        "bell<07>.xlsx",
        "esc<1B>[31m.xlsx",
        "line<0A>break.xlsx",
        "rtl<202E>xslx.xlsx",
        "zero<200B>width.xlsx",
    ]
    with Reader(workers=1) as reader:
        items = [(file.name, file.path, digest(file.path)) for file in found.files]
        assert all(cells(outcome) == GOOD_CELLS for outcome in reader.read(items))


def test_what_is_no_spreadsheet_is_listed_with_the_reason(folder: Path, staging: Path) -> None:
    for name in ["~$good.xlsx", ".~lock.good.ods#", ".DS_Store", "Thumbs.db", "desktop.ini", "._good.xlsx", "notes.pdf", "README"]:
        (folder / name).write_bytes(b"x")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "more.7z").write_bytes(b"7z")
    found = survey(folder, staging)
    assert dict(found.ignored) == {
        "~$good.xlsx": "lock file of a spreadsheet that someone has open",
        ".~lock.good.ods#": "lock file of a spreadsheet that someone has open",
        ".DS_Store": "left by an operating system",
        "Thumbs.db": "left by an operating system",
        "desktop.ini": "left by an operating system",
        "._good.xlsx": "left by an operating system",
        "notes.pdf": "not a spreadsheet (.pdf)",
        "README": "not a spreadsheet",
    }
    assert refusals(found) == {"empty.xlsx": RefusalCode.EMPTY, "more.7z": RefusalCode.UNKNOWN_FORMAT}


@pytest.fixture
def for_all_to_enter() -> Iterator[Path]:
    """A folder that any user may enter: the ones the other tests get are private to who runs them."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@contextmanager
def powerless() -> Iterator[None]:
    """Look at files as a user without privileges does, in this thread: root does not feel the rights of a file."""
    libc = ctypes.CDLL(None)
    before = libc.setfsuid(65_534 if os.geteuid() == 0 else os.geteuid())
    try:
        yield
    finally:
        libc.setfsuid(before)


def test_what_may_not_be_read_is_named(for_all_to_enter: Path, good: bytes, staging: Path, tmp_path: Path) -> None:
    for name in ("good.xlsx", "closed.xlsx", "closed.zip"):
        (for_all_to_enter / name).write_bytes(good)
    (for_all_to_enter / "folder").mkdir()
    for name in ("closed.xlsx", "closed.zip", "folder"):
        (for_all_to_enter / name).chmod(0)
    with powerless():
        found = survey(for_all_to_enter, staging)
        with pytest.raises(NotKept) as caught:
            keep(FoundFile(for_all_to_enter / "closed.xlsx", "closed.xlsx", len(good)), tmp_path / "raw")
    assert names(found) == ["good.xlsx"]
    assert refusals(found) == dict.fromkeys(["closed.xlsx", "closed.zip", "folder"], RefusalCode.UNREADABLE)
    assert caught.value.refused.code is RefusalCode.UNREADABLE


def test_nothing_there_is_said(tmp_path: Path, staging: Path) -> None:
    with pytest.raises(NotFound):
        survey(tmp_path / "absent", staging)


def test_a_zipped_delivery_gives_the_same_files(folder: Path, staging: Path, tmp_path: Path, good: bytes) -> None:
    zipped = tmp_path / "week.zip"
    folders = [Part("Study 1/", b"", deflated=False), Part("Study 1\\good.xlsx", good)]
    zipped.write_bytes(archive([*folders, Part("./text.csv", b"a,b\n"), Part("notes.pdf", b"x")]))
    found = survey(zipped, staging)
    assert names(found) == ["week.zip/Study 1/good.xlsx", "week.zip/text.csv"]
    assert found.files[0].path.read_bytes() == good
    assert [tuple(item) for item in found.ignored] == [("week.zip/notes.pdf", "not a spreadsheet (.pdf)")]
    shutil.copy(zipped, folder)
    assert names(survey(folder, staging)) == ["Study 1/good.xlsx", "week.zip/Study 1/good.xlsx", "week.zip/text.csv"]


def test_hostile_members_cost_themselves(folder: Path, staging: Path, good: bytes) -> None:
    parts = [
        Part("../up.xlsx", good),
        Part("/root.xlsx", good),
        Part("C:\\windows.xlsx", good),
        Part("a/../../up.csv", b"x"),
        Part("link.xlsx", b"/etc/passwd", mode=0o120777),
        Part("inner.zip", archive([Part("x.xlsx", good)])),
        Part("inner.tar.gz", b"x"),
        Part("bomb.csv", b"0" * 30_000_000),
        Part("crc.xlsx", good, crc=1),
        Part("locked.xlsx", good, flags=0x801),
        Part("empty.csv", b"", deflated=False),
        Part("name\x1b\u202e.xlsx", good),
        Part("fine.xlsx", good),
    ]
    (folder / "mixed.zip").write_bytes(archive(parts))
    found = survey(folder, staging)
    assert names(found) == ["Study 1/good.xlsx", "mixed.zip/fine.xlsx", "mixed.zip/name<1B><202E>.xlsx"]
    assert refusals(found) == {
        "mixed.zip/../up.xlsx": RefusalCode.UNSAFE_PATH,
        "mixed.zip//root.xlsx": RefusalCode.UNSAFE_PATH,
        "mixed.zip/C:/windows.xlsx": RefusalCode.UNSAFE_PATH,
        "mixed.zip/a/../../up.csv": RefusalCode.UNSAFE_PATH,
        "mixed.zip/link.xlsx": RefusalCode.LINK,
        "mixed.zip/inner.zip": RefusalCode.NESTED,
        "mixed.zip/inner.tar.gz": RefusalCode.NESTED,
        "mixed.zip/bomb.csv": RefusalCode.RATIO,
        "mixed.zip/crc.xlsx": RefusalCode.DAMAGED,
        "mixed.zip/locked.xlsx": RefusalCode.ENCRYPTED,
        "mixed.zip/empty.csv": RefusalCode.EMPTY,
    }
    staged = [path for path in staging.rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in staged) == [good, good]
    assert all(path.is_relative_to(staging) and path.name.isdigit() for path in staged)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(delivery_members=2), RefusalCode.MEMBERS),
        (Limits(unpacked_bytes=10_000), RefusalCode.UNPACKED_TOO_LARGE),
        (Limits(packed_bytes=10_000), RefusalCode.TOO_LARGE),
    ],
)
def test_an_archive_beyond_a_limit_is_refused_whole_and_leaves_nothing(
    limits: Limits, code: RefusalCode, folder: Path, staging: Path, good: bytes
) -> None:
    (folder / "three.zip").write_bytes(archive(Part(f"{number}.xlsx", good) for number in range(3)))
    found = survey(folder, staging, limits)
    assert refusals(found) == {"three.zip": code}
    assert names(found) == ["Study 1/good.xlsx"]
    assert not staging.exists() or not any(staging.iterdir())


def test_a_member_larger_than_a_file_may_be_costs_itself(folder: Path, staging: Path, good: bytes) -> None:
    (folder / "week.zip").write_bytes(archive([Part("long.csv", b"a,b\n" * 10_000), Part("good.xlsx", good)]))
    found = survey(folder, staging, Limits(packed_bytes=20_000))
    assert names(found) == ["Study 1/good.xlsx", "week.zip/good.xlsx"]
    assert refusals(found) == {"week.zip/long.csv": RefusalCode.TOO_LARGE}


@pytest.mark.parametrize("content", [b"PK\3\4 no archive", b"PK\5\6", b"x", archive([Part("a.xlsx", b"x")])[:-5]])
def test_an_archive_that_is_none_is_refused(content: bytes, folder: Path, staging: Path) -> None:
    (folder / "broken.zip").write_bytes(content)
    found = survey(folder, staging)
    assert refusals(found) == {"broken.zip": RefusalCode.TRUNCATED}
    assert names(found) == ["Study 1/good.xlsx"]


def test_found_files_are_read_and_kept(folder: Path, staging: Path, tmp_path: Path, good: bytes) -> None:
    (folder / "week.zip").write_bytes(archive([Part("good.xlsx", good)]))
    found = survey(folder, staging)
    kept = [(file.name, path, sha256) for file in found.files for sha256, path in [keep(file, tmp_path / "raw")]]
    shutil.rmtree(staging)
    with Reader(workers=1) as reader:
        outcomes = list(reader.read(kept))
    assert [outcome.name for outcome in outcomes] == ["Study 1/good.xlsx", "week.zip/good.xlsx"]
    assert all(isinstance(outcome, Workbook) and cells(outcome) == GOOD_CELLS for outcome in outcomes)
