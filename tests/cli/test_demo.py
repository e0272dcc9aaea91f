"""``ncdm demo``: a folder that cannot be written is said in words, nothing half is left, and the closing hint loads what was written."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.running import Told, quickly, typed

DONE, USAGE, REFUSED = 0, 2, 3
SMALL = ("--studies", "1", "--subjects", "10")


def _inside_a_file(tmp_path: Path) -> str:
    (tmp_path / "file").write_text("mine")
    return str(tmp_path / "file" / "folder")


def _a_file(tmp_path: Path) -> str:
    (tmp_path / "file").write_text("mine")
    return str(tmp_path / "file")


def _too_long(tmp_path: Path) -> str:
    return str(tmp_path / "made before" / ("x" * 300))


def _in_proc(_tmp_path: Path) -> str:
    return "/proc/nope"


@pytest.mark.parametrize("where", [_in_proc, _inside_a_file, _a_file, _too_long])
def test_a_folder_that_cannot_be_made_is_said_in_words(where: Callable[[Path], str], tmp_path: Path) -> None:
    folder = where(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    told = typed(tmp_path / "home", "demo", folder, *SMALL)
    assert told.code == USAGE
    assert "Traceback" not in told.err
    assert "NCDM220 the folder cannot be written: " in told.err
    assert f"where: {folder}\n" in told.err
    assert "what to do: Name a folder that you may write to, new or empty.\n" in told.err
    assert told.out == ""
    assert sorted(tmp_path.rglob("*")) == before


def _with_little_room(folder: Path) -> Told:
    """As on a disk that ends within a workbook: no file may be longer than a few kilobytes."""
    program = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        f"sys.argv = ['ncdm', 'demo', {str(folder)!r}, '--studies', '1', '--subjects', '10'];"
        "runpy.run_module('ncdm', run_name='__main__')"
    )
    told = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=120)
    return Told(told.returncode, told.stdout, told.stderr)


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_a_full_disk_leaves_nothing_half(there: bool, tmp_path: Path) -> None:  # noqa: FBT001
    folder = tmp_path / "deep" / "demo"
    if there:
        folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    told = _with_little_room(folder)
    assert told.code == REFUSED, told
    assert "NCDM600 the disk is full; nothing of the portfolio was kept" in told.err
    assert "what to do: Free space" in told.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_keeps_what_a_person_put_beside_an_earlier_demo(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert quickly(tmp_path / "home", "demo", str(folder), *SMALL).code == DONE
    (folder / "notes.txt").write_text("mine")
    (folder / "mine").mkdir()
    assert _with_little_room(folder).code == REFUSED
    assert sorted(path.name for path in folder.rglob("*")) == ["mine", "notes.txt"]


def test_one_week_is_loaded_by_the_line_that_is_printed(tmp_path: Path) -> None:
    folder = tmp_path / "a demo"
    told = quickly(tmp_path / "home", "demo", str(folder), *SMALL)
    assert f"Load it: ncdm ingest '{folder}'\n" in told.out


def test_several_weeks_are_loaded_in_order_by_the_line_that_is_printed(tmp_path: Path) -> None:
    folder = tmp_path / "a demo"
    told = quickly(tmp_path / "home", "demo", str(folder), *SMALL, "--weeks", "3")
    assert told.code == DONE
    assert "Load the 3 weeks one after the other, oldest first" in told.out
    line = re.search(r"for week in .*", told.out)
    assert line is not None
    shell = shutil.which("sh")
    assert shell is not None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "ncdm").write_text(f'#!{shell}\nexec {sys.executable} -m ncdm "$@"\n')
    (tmp_path / "bin" / "ncdm").chmod(0o700)
    environment = os.environ | {"NCDM_HOME": str(tmp_path / "home"), "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    subprocess.run([shell, "-c", line[0]], check=True, env=environment, capture_output=True, timeout=120)
    snapshots = json.loads(quickly(tmp_path / "home", "snapshots", "--json").out)
    assert [(line["snapshot"], line["source"]) for line in snapshots] == [(3, "week-03"), (2, "week-02"), (1, "week-01")]
