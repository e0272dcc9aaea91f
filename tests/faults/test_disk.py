"""The disk is full, closed or wrong: a clear message, the exit code of refused input, the old state intact, and the load completes later."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults.killing import strays
from tests.portfolios import deliveries, fresh, load, loaded, shown

USAGE, REFUSED = 2, 3
SHARES = (0.0, 0.05, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94)
"""Free room, as a share of what the second week takes in the end."""
PAGE = 4096


def _run(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ncdm", *words],
        env=os.environ | {"NCDM_HOME": str(home)} | environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def _refused(told: subprocess.CompletedProcess[str], code: str) -> str:
    """The message, which must be one."""
    assert "Traceback" not in told.stderr, told.stderr
    assert told.returncode == REFUSED, told.stdout + told.stderr
    assert code in told.stderr
    assert "what to do:" in told.stderr
    return told.stderr


def _mount(*words: str) -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None and subprocess.run(["mount", *words], check=False).returncode == 0


@contextmanager
def _disk(at: Path) -> Iterator[Path]:
    """A small disk of its own."""
    at.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(at)):
        pytest.skip("only root can mount a small disk here; the limits of a process stand in for it in the other tests")
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


def _resized(at: Path, size: int) -> None:
    assert _mount("-o", f"remount,size={size}", str(at))


def _taken(at: Path) -> int:
    found = os.statvfs(at)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def _pages(folder: Path) -> int:
    return sum(-(-path.stat().st_size // PAGE) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("share", SHARES)
def test_a_full_disk_leaves_the_old_state_and_the_load_completes_when_there_is_room(share: float, tmp_path: Path) -> None:
    pages = int(share * (_pages(loaded(2)) - _pages(loaded(1))))
    with _disk(tmp_path / "disk") as disk:
        home = fresh(disk / "home")
        _resized(disk, _taken(disk) + pages * PAGE)
        message = _refused(_run(home, "ingest", str(deliveries()[1])), "NCDM600")
        assert "ree " in message, "it says to free space"
        _resized(disk, 64 * 2**20)
        assert shown(home) == (1, shown(loaded(1))[1])
        assert load(home, deliveries()[1]).snapshot == 2
        assert shown(home)[1] == shown(loaded(2))[1]
        assert strays(home) == []


def test_with_a_little_room_left_the_old_state_is_still_read(tmp_path: Path) -> None:
    with _disk(tmp_path / "disk") as disk:
        home = fresh(disk / "home")
        _resized(disk, _taken(disk) + 20 * PAGE)
        told = _run(home, "totals", "--json")
        assert told.returncode == 0, told.stderr
        assert '"snapshot": 1' in told.stdout


def test_a_limit_on_the_size_of_files_is_told_like_a_full_disk(tmp_path: Path) -> None:
    """Needs no right to mount: the ledger may not grow beyond what it is. The limit binds a measurement of coverage too, so there is none."""
    home = fresh(tmp_path / "home")
    largest = max(path.stat().st_size for path in (home / "raw").rglob("*") if path.is_file())
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest // 2}, {largest // 2}));"
        "sys.argv[:] = ['ncdm', 'ingest', sys.argv[1]]; from ncdm.__main__ import main; main()"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(deliveries()[1])],
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")} | {"NCDM_HOME": str(home)},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    _refused(told, "NCDM6")
    assert shown(home) == (1, shown(loaded(1))[1])
    assert load(home, deliveries()[1]).snapshot == 2
    assert strays(home) == []


@pytest.mark.parametrize("words", [("ingest", "DELIVERY"), ("studies",), ("doctor",)], ids=lambda words: words[0])
def test_a_data_folder_on_a_closed_disk_is_said_to_be_closed(words: tuple[str, ...], tmp_path: Path) -> None:
    with _disk(tmp_path / "disk") as disk:
        home = fresh(disk / "home")
        assert _mount("-o", "remount,ro", str(disk))
        message = _refused(_run(home, *(str(deliveries()[1]) if word == "DELIVERY" else word for word in words)), "NCDM610")
        assert "cannot be written" in message
        assert str(home) in message
        assert _mount("-o", "remount,rw", str(disk))
        assert shown(home) == (1, shown(loaded(1))[1])


def _without_privilege(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command so that rights bind: for root, without the capabilities that pass over them."""
    start = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
    if os.geteuid() == 0 and subprocess.run([*start, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("root passes over every right, and setpriv cannot take that from a process here")
    return subprocess.run(
        [*(start if os.geteuid() == 0 else []), sys.executable, "-m", "ncdm", *words],
        env=os.environ | {"NCDM_HOME": str(home)},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("closed", ["home", "home/facts", "home/ledger.sqlite", "home/raw"])
def test_a_data_folder_without_rights_is_said_to_be_out_of_reach(closed: str, tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    (tmp_path / closed).chmod(0o000)
    message = _refused(_without_privilege(home, "ingest", str(deliveries()[1])), "NCDM6")
    assert str(home) in message
    (tmp_path / closed).chmod(0o700)
    assert shown(home) == (1, shown(loaded(1))[1])
    assert load(home, deliveries()[1]).snapshot == 2


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_data_folder_that_is_a_file_is_said_to_be_none(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("I am a file.")
    home = tmp_path / "file" if place == "a file" else tmp_path / "file" / "home"
    message = _refused(_run(home, "studies"), "NCDM610")
    assert str(home) in message
    assert "NCDM_HOME" in message
    assert (tmp_path / "file").read_text() == "I am a file."


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_torn, _noise, _nothing])
def test_a_corrupt_file_costs_itself_and_nothing_else(damage: Callable[[Path], None], tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    shutil.copytree(deliveries()[1], delivery)
    labs = next(path for path in sorted(delivery.rglob("*.xlsx")) if "Lab_Name" in path.name)
    damage(labs)
    home = fresh(tmp_path / "home")
    told = _run(home, "ingest", str(delivery))
    assert told.returncode == REFUSED
    assert "Traceback" not in told.stderr
    assert labs.name in told.stdout
    assert "what to do:" in told.stdout
    found, wanted, old = shown(home)[1], shown(loaded(2))[1], shown(loaded(1))[1]
    assert {table for table in wanted if found[table] != wanted[table]} <= {"lab_issue", "remark", "total_cell"}
    assert found["lab_issue"][0] <= old["lab_issue"][0] + wanted["lab_issue"][0]


def test_an_unreadable_delivery_is_said_to_be_so(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    shutil.copytree(deliveries()[0], delivery)
    delivery.chmod(0o000)
    told = _without_privilege(tmp_path / "home", "ingest", str(delivery))
    assert told.returncode == USAGE
    assert f"{delivery}' is not readable" in told.stderr
    delivery.chmod(0o700)


def test_an_unreadable_folder_of_a_study_is_told_and_the_others_are_loaded(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    shutil.copytree(deliveries()[0], delivery)
    closed = next(path for path in sorted(delivery.iterdir()) if path.is_dir())
    closed.chmod(0o000)
    told = _without_privilege(tmp_path / "home", "ingest", str(delivery))
    closed.chmod(0o700)
    assert told.returncode == REFUSED
    assert "Traceback" not in told.stderr
    assert closed.name in told.stdout
    assert "what to do:" in told.stdout
    assert "Snapshot 1." in told.stdout


def test_an_unreadable_file_costs_itself(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    shutil.copytree(deliveries()[0], delivery)
    labs = next(path for path in sorted(delivery.rglob("*.xlsx")) if "Lab_Name" in path.name)
    labs.chmod(0o000)
    told = _without_privilege(tmp_path / "home", "ingest", str(delivery))
    assert told.returncode == REFUSED
    assert "Traceback" not in told.stderr
    assert labs.name in told.stdout
    labs.chmod(0o600)
    load(tmp_path / "home", delivery)
    assert shown(tmp_path / "home")[1] == shown(loaded(1))[1]
