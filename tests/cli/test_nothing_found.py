"""A question that finds nothing is answered with a sentence, never with an empty line."""

import json
from pathlib import Path

import pytest
from tests.cli.running import quickly

ISSUES = b"Project Name,Subject,Total Open issue Count per subject\nStudy 7,Subject 1,2\n"
EMPTY = b"Project Name,Subject,Total Open issue Count per subject\n"


def _home(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / "delivery" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    quickly(tmp_path / "home", "ingest", str(tmp_path / "delivery"))
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (EMPTY, ("rows", "7", "edrr"), "Study 7: thirdparty_issue, 0 of 0 rows.\n"),
        (ISSUES, ("rows", "7", "edrr", "--offset", "9"), "Study 7: thirdparty_issue, 0 of 1 rows.\n"),
        (ISSUES, ("findings", "--code", "TIME-1"), "TIME-1: no finding.\n"),
        (ISSUES, ("findings", "7", "--code", "TIME-1"), "Study 7, TIME-1: no finding.\n"),
    ],
    ids=["an empty report", "beyond the last row", "a check", "a check of a study"],
)
def test_rows_and_findings_that_are_not_there(content: bytes, words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    told = quickly(_home(tmp_path, "Study 7/EDRR.csv", content), *words)
    assert (told.code, told.out) == (0, said)


def test_a_snapshot_without_a_study(tmp_path: Path) -> None:
    home = _home(tmp_path, "loose.xlsx", b"PK\x03\x04 no")
    for command in ("studies", "totals"):
        told = quickly(home, command)
        assert (told.code, told.out) == (0, "No study: no file of this snapshot says which study it is about. See ncdm receipts.\n")
    assert quickly(home, "studies", "--json").out == "[]\n"
    file = json.loads(quickly(home, "receipts", "--json").out)[0]["file_id"]
    assert quickly(home, "receipts", file).out.endswith("No sheet of it was read.\n")


def test_a_data_folder_without_a_snapshot(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    quickly(tmp_path / "home", "ingest", str(tmp_path / "none"))
    told = quickly(tmp_path / "home", "snapshots")
    assert told.out == "Nothing is loaded yet. Load a folder of exports: ncdm ingest FOLDER. Without data: ncdm demo FOLDER.\n"
