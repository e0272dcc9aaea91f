"""What whoever loads is told at once: weeks that meet in one load, an older week that comes again, a sheet that is held."""

import json
import shutil
from pathlib import Path

from openpyxl import load_workbook
from tests.cli.running import quickly
from tests.portfolios import deliveries

DONE, REFUSED = 0, 3
METRICS = "Subject Level Metrics"


def test_weeks_in_one_folder_are_told_and_only_the_newest_is_shown(tmp_path: Path) -> None:
    one, two, _three = deliveries()
    told = quickly(tmp_path / "home", "ingest", str(one.parent))
    assert told.code == DONE
    assert "Two deliveries of a study came in one load (FILES-3)" in told.out
    assert one.name in told.out
    for week in deliveries():
        quickly(tmp_path / "serial", "ingest", str(week))
    at_once, serial = (json.loads(quickly(tmp_path / home, "totals", "--json").out) for home in ("home", "serial"))
    assert at_once["studies"] == serial["studies"]
    assert two.name != one.name


def test_an_older_week_that_comes_again_is_told_at_once(tmp_path: Path) -> None:
    one, two, _three = deliveries()
    assert "(TIME-5)" not in quickly(tmp_path / "home", "ingest", str(one)).out
    assert "(TIME-5)" not in quickly(tmp_path / "home", "ingest", str(two)).out
    again = quickly(tmp_path / "home", "ingest", str(one))
    assert again.code == DONE
    assert "A report is older than the one it replaced (TIME-5)" in again.out
    found = json.loads(quickly(tmp_path / "home", "ingest", str(two), "--json").out)
    assert found["findings"] == [], "the newer week again is no step back"
    found = json.loads(quickly(tmp_path / "home", "ingest", str(one), "--json").out)
    assert {finding["code"] for finding in found["findings"]} == {"TIME-5"}


def test_a_subject_sheet_that_is_held_ends_with_three_and_is_named(tmp_path: Path) -> None:
    whole = next(path for path in deliveries()[0].rglob("*.xlsx") if "cpid" in path.name.lower())
    broken = tmp_path / "Study 7" / "CPID.xlsx"
    broken.parent.mkdir()
    shutil.copy2(whole, broken)
    book = load_workbook(broken)
    for row in book[METRICS].iter_rows(max_row=4):
        for cell in row:
            if "Subject ID" in str(cell.value):
                cell.value = "Volunteer"
    book.save(broken)
    told = quickly(tmp_path / "home", "ingest", str(broken.parent))
    assert told.code == REFUSED
    assert "A sheet that looks like a report fits no contract (SHEET-QUARANTINED)" in told.out
    assert METRICS in told.out
    (line,) = json.loads(quickly(tmp_path / "home", "studies", "--json").out)
    assert line["lower_bound"] is True
    (study,) = json.loads(quickly(tmp_path / "home", "totals", "--json").out)["studies"].values()
    assert study["kinds"]["cpid"]["note"] == f"not whole: {METRICS} is quarantined"
