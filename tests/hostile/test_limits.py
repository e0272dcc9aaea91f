"""What a file may cost is bounded by the system and by a watchdog, and a lost process costs exactly the file it was reading."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hostile.conftest import GOOD_CELLS, cells
from tests.hostile.forge import replaced, with_sheet_data

from ncdm.errors import SettingsError
from ncdm.sources import LIMITS, Limits, Reader, RefusalCode, Refused, Workbook, digest
from ncdm.types import Sha256

Item = tuple[str, Path, Sha256]


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[str, bytes], Item]:
    """Write bytes to a file and announce it."""

    def write(name: str, content: bytes) -> Item:
        path = tmp_path / name
        path.write_bytes(content)
        return name, path, digest(path)

    return write


def long_text(cells: int) -> bytes:
    """Honest comma-separated text that takes its time."""
    return b"1,2,3,4,5,6,7,8,9,10\n" * (cells // 10)


def codes(outcomes: Iterator[Workbook | Refused]) -> list[str]:
    """What became of each file: its refusal, or that it was read whole."""
    found = []
    for outcome in outcomes:
        if isinstance(outcome, Workbook):
            assert cells(outcome) == GOOD_CELLS
        found.append("read" if isinstance(outcome, Workbook) else outcome.code.value)
    return found


def test_processor_time_is_bounded(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    limits = Limits(cpu_seconds=1, sheet_cells=10**9, file_cells=10**9)
    items = [stored("a.xlsx", good), stored("long.csv", long_text(30_000_000)), stored("b.xlsx", good)]
    with Reader(workers=1, limits=limits) as reader:
        assert codes(reader.read(items)) == ["read", "cpu", "read"]


def test_each_file_has_its_own_processor_time(stored: Callable[[str, bytes], Item]) -> None:
    """Each file takes about a seventh of the allowance: together they exceed it, none does."""
    items = [stored("long.csv", long_text(2_000_000))] * 18
    with Reader(workers=1, limits=Limits(cpu_seconds=1)) as reader:
        assert all(isinstance(outcome, Workbook) for outcome in reader.read(items))


def test_memory_is_bounded(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    """One long shared string to which many cells refer: small as a file, large as cells."""
    rows = "".join(f'<row r="{line}"><c r="A{line}" t="s"><v>0</v></c></row>' for line in range(1, 20_001))
    strings = b"<sst><si><t>" + b"".join(b"%08d" % number for number in range(4_000)) + b"</t></si></sst>"
    bomb = replaced(with_sheet_data(rows), "xl/sharedStrings.xml", strings)
    items = [stored("a.xlsx", good), stored("bomb.xlsx", bomb), stored("b.xlsx", good)]
    with Reader(workers=1, limits=Limits(memory_bytes=256 << 20)) as reader:
        assert codes(reader.read(items)) == ["read", "memory", "read"]


@pytest.mark.parametrize(
    ("change", "content", "code"),
    [
        (Limits(packed_bytes=50), b"a,b\n" * 20, RefusalCode.TOO_LARGE),
        (Limits(sheet_cells=1_000), long_text(1_010), RefusalCode.CELLS),
        (Limits(columns=20), b"1," * 20 + b"1\n", RefusalCode.COLUMNS),
        (Limits(field_characters=100), b"x" * 101 + b",1\n", RefusalCode.FIELD),
    ],
)
def test_every_bound_of_a_text_is_named(change: Limits, content: bytes, code: RefusalCode, stored: Callable[[str, bytes], Item]) -> None:
    with Reader(workers=1, limits=change) as reader:
        (outcome,) = reader.read([stored("text.csv", content)])
    assert isinstance(outcome, Refused)
    assert outcome.code is code


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(packed_bytes=1_000), RefusalCode.TOO_LARGE),
        (Limits(unpacked_bytes=1_000), RefusalCode.UNPACKED_TOO_LARGE),
        (Limits(unpacked_bytes=9_000), RefusalCode.UNPACKED_TOO_LARGE),
        (Limits(members=3), RefusalCode.MEMBERS),
        (Limits(sheet_cells=8), RefusalCode.CELLS),
        (Limits(file_cells=8), RefusalCode.CELLS),
    ],
)
def test_every_bound_of_a_workbook_is_named(limits: Limits, code: RefusalCode, good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    with Reader(workers=1, limits=limits) as reader:
        (outcome,) = reader.read([stored("good.xlsx", good)])
    assert isinstance(outcome, Refused)
    assert outcome.code is code


def test_error_cells_are_bounded(stored: Callable[[str, bytes], Item]) -> None:
    rows = "".join(f'<row r="{line}"><c r="A{line}" t="e"><v>#N/A</v></c></row>' for line in range(1, 12))
    item = stored("errors.xlsx", with_sheet_data(rows))
    for most, read in ((11, True), (10, False)):
        with Reader(workers=1, limits=Limits(error_cells=most)) as reader:
            (outcome,) = reader.read([item])
        assert isinstance(outcome, Workbook) is read


def test_a_process_that_hangs_is_stopped_and_the_files_behind_it_are_read(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    items = [stored(f"{number}.xlsx", good) for number in range(8)]
    with Reader(workers=2, limits=replace(LIMITS, wall_seconds=1)) as reader:
        assert codes(reader.read(items)) == ["read"] * 8
        os.kill(reader.pids[0], signal.SIGSTOP)
        assert sorted(codes(reader.read(items))) == ["read"] * 7 + ["time"]
        assert codes(reader.read(items)) == ["read"] * 8


def test_the_child_of_a_large_process_reads_file_after_file(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    """A server may hold much more than a reading process ever should; that does not make its children large."""
    items = [stored(f"{number}.xlsx", good) for number in range(4)]
    held = bytearray(600 << 20)
    held[:: 1 << 12] = b"1" * len(range(0, len(held), 1 << 12))
    with Reader(workers=1) as reader:
        reader.start()
        first = reader.pids
        assert codes(reader.read(items)) == ["read"] * 4
        assert reader.pids == first


def test_a_process_that_is_killed_costs_no_file(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    items = [stored(f"{number}.xlsx", good) for number in range(8)]
    with Reader(workers=2) as reader:
        assert codes(reader.read(items)) == ["read"] * 8
        victim = reader.pids[0]
        os.kill(victim, signal.SIGSTOP)
        killer = threading.Timer(0.3, os.kill, (victim, signal.SIGKILL))
        killer.start()
        assert codes(reader.read(items)) == ["read"] * 8
        killer.join()


def test_a_process_that_is_killed_while_idle_costs_nothing(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    items = [stored(f"{number}.xlsx", good) for number in range(4)]
    with Reader(workers=2) as reader:
        assert codes(reader.read(items)) == ["read"] * 4
        for pid in reader.pids:
            os.kill(pid, signal.SIGKILL)
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert codes(reader.read(items)) == ["read"] * 4


def test_a_caller_that_stops_half_way_leaves_a_reader_that_works(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    items = [stored(f"{number}.xlsx", good) for number in range(9)]
    with Reader(workers=2) as reader:
        outcomes = reader.read(items)
        assert isinstance(next(outcomes), Workbook)
        outcomes.close()
        assert codes(reader.read(items)) == ["read"] * 9


def test_nothing_is_left_behind(good: bytes, stored: Callable[[str, bytes], Item], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    items = [stored("a.xlsx", good), stored("broken.xlsx", good[:-50]), stored("long.csv", long_text(30_000_000)), stored("b.xlsx", good)]
    handles = len(list(Path("/proc/self/fd").iterdir()))
    with Reader(workers=2, limits=Limits(cpu_seconds=1, sheet_cells=10**9, file_cells=10**9)) as reader:
        started = reader.pids
        assert codes(reader.read(items)) == ["read", "truncated", "cpu", "read"]
        started += reader.pids
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert list(temporary.iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == handles


def test_a_file_that_is_not_what_was_announced_is_refused(good: bytes, stored: Callable[[str, bytes], Item]) -> None:
    name, path, sha256 = stored("a.xlsx", good)
    path.write_bytes(good + b"x")
    with Reader(workers=1) as reader:
        assert codes(reader.read([(name, path, sha256), stored("b.xlsx", good)])) == ["changed", "read"]


def test_what_is_no_file_does_not_block(good: bytes, stored: Callable[[str, bytes], Item], tmp_path: Path) -> None:
    sha256 = Sha256("0" * 64)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "link.xlsx").symlink_to(stored("target.xlsx", good)[1])
    with (tmp_path / "sparse.csv").open("wb") as sparse:
        os.truncate(sparse.fileno(), 5_000_000_000)
    places = ["pipe", "folder.xlsx", "link.xlsx", "absent.xlsx", "sparse.csv"]
    items = [(name, tmp_path / name, sha256) for name in places]
    with Reader(workers=1) as reader:
        assert codes(reader.read([*items, stored("b.xlsx", good)])) == [
            "not_a_file",
            "not_a_file",
            "unreadable",
            "unreadable",
            "too_large",
            "read",
        ]


def test_the_reading_process_has_no_network_and_starts_no_program() -> None:
    attempt = (
        "import socket, subprocess\nfrom ncdm.sources.confine import confine\nconfine(1 << 30, 1 << 20)\n"
        "for act in (lambda: socket.socket(), lambda: socket.create_connection(('127.0.0.1', 9)), lambda: subprocess.run(['true'])):\n"
        "    try:\n        act()\n    except PermissionError:\n        print('denied')\n"
    )
    done = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["denied"] * 3


def test_a_reader_with_nothing_to_read_starts_nothing() -> None:
    with Reader(workers=2) as reader:
        assert list(reader.read([])) == []
        assert reader.pids == ()
        reader.start()
        assert len(reader.pids) == 2


def test_the_reading_process_does_not_get_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NCDM_SECRET_FOR_THIS_TEST", "canary")
    with Reader(workers=1) as reader:
        reader.start()
        assert b"canary" not in Path(f"/proc/{reader.pids[0]}/environ").read_bytes()


def test_a_reader_that_cannot_start_says_so(good: bytes, stored: Callable[[str, bytes], Item], monkeypatch: pytest.MonkeyPatch) -> None:
    item = stored("a.xlsx", good)
    monkeypatch.setattr(sys, "path", [])
    with Reader(workers=1) as reader, pytest.raises(SettingsError, match="does not start"):
        list(reader.read([item]))
