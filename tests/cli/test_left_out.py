"""What a delivery brings and no table takes is told: files that are no spreadsheets, duplicates, quarantined files and sheets, and what to do."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.cli.running import quickly
from tests.portfolios import deliveries

DONE, USAGE, REFUSED = 0, 2, 3
STUDY = "Study 7"
TO_DO = (
    "Compare its header with the columns of Missing lab names and ranges, on the file's page or in docs/reference/report-kinds.md, "
    "and rename those that differ; then load the file again. Or ask the maintainers to add the spelling. "
    "If it is no report, leave it: its lines are kept, and in no count."
)
Put = Callable[[str, bytes], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A delivery without anything in it."""
    made = tmp_path / "delivery"
    made.mkdir()
    return made


@pytest.fixture
def put(folder: Path) -> Put:
    """Put a file into the delivery."""

    def put(name: str, content: bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return put


def _issues() -> bytes:
    """A report of open third-party issues, as its system exports it."""
    return b"Project Name,Subject,Total Open issue Count per subject\nStudy 7,Subject 1,2\nStudy 7,Subject 2,1\n"


def _labs_without_a_telling_column() -> list[list[str]]:
    return [
        ["Country", "Site number", "Subject", "Visit", "Form Name", "Lab category", "Sort of trouble"],
        ["FRA", "Site 1", "Subject 1", "V1", "Labs", "Chem", "x"],
    ]


# -- no spreadsheet


@pytest.mark.parametrize("names", [(), ("notes.pdf",), (".hidden", "Thumbs.db", "~$open.xlsx")], ids=["nothing", "a document", "leftovers"])
def test_a_folder_without_a_spreadsheet_says_so_and_ends_with_two(names: tuple[str, ...], folder: Path, put: Put, tmp_path: Path) -> None:
    for name in names:
        put(name, b"x")
    told = quickly(tmp_path / "home", "ingest", str(folder))
    assert told.code == USAGE
    assert "no spreadsheet in it\n" in told.out
    assert "what to do: Name the folder" in told.out
    assert "Nothing is loaded." in told.out
    assert quickly(tmp_path / "home", "ingest", str(folder), "--json").code == USAGE


def test_the_help_says_how_a_load_without_a_spreadsheet_ends(tmp_path: Path) -> None:
    assert "Ends with 2 when there is no spreadsheet in it" in " ".join(quickly(tmp_path, "ingest", "--help").out.split())


def test_a_load_that_changes_nothing_is_done(folder: Path, put: Put, tmp_path: Path) -> None:
    put(f"{STUDY}/EDRR.csv", _issues())
    assert quickly(tmp_path / "home", "ingest", str(folder)).code == DONE
    again = quickly(tmp_path / "home", "ingest", str(folder))
    assert again.code == DONE
    assert "1 unchanged\nSnapshot 1: nothing changed.\n" in again.out


# -- files that are no spreadsheets


def test_files_that_are_no_spreadsheets_are_named(folder: Path, put: Put, tmp_path: Path) -> None:
    put(f"{STUDY}/EDRR.csv", _issues())
    for name in ("notes.pdf", f"{STUDY}/plan for USERID123 of 20251114 and 123456789.docx", "README"):
        put(name, b"x")
    for name in (".DS_Store", ".git/config", "__MACOSX/._notes.pdf", "Thumbs.db", "~$EDRR.xlsx", ".~lock.EDRR.csv#"):
        put(name, b"x")
    told = quickly(tmp_path / "home", "ingest", str(folder))
    assert told.code == DONE
    assert f"\nNot read, no spreadsheets: README, {STUDY}/plan for [id] of 20251114 and [id].docx, notes.pdf\n" in told.out
    said = json.loads(quickly(tmp_path / "home", "ingest", str(folder), "--json").out)
    assert said["ignored"] == ["README", f"{STUDY}/plan for [id] of 20251114 and [id].docx", "notes.pdf"]


def test_of_many_the_first_ten_are_named_and_json_names_all(folder: Path, put: Put, tmp_path: Path) -> None:
    for number in range(10, 22):
        put(f"{number}.pdf", b"x")
    told = quickly(tmp_path / "home", "ingest", str(folder))
    assert "10.pdf, 11.pdf, 12.pdf, 13.pdf, 14.pdf, 15.pdf, 16.pdf, 17.pdf, 18.pdf, 19.pdf and 2 more\n" in told.out
    assert len(json.loads(quickly(tmp_path / "home", "ingest", str(folder), "--json").out)["ignored"]) == 12


def test_what_the_demo_writes_beside_its_workbooks_is_not_named(tmp_path: Path) -> None:
    assert (deliveries()[0] / "truth.json").is_file()
    told = quickly(tmp_path / "home", "ingest", str(deliveries()[0]))
    assert "Not read" not in told.out
    assert json.loads(quickly(tmp_path / "home", "ingest", str(deliveries()[0]), "--json").out)["ignored"] == []


def test_a_truth_of_ones_own_is_named(folder: Path, put: Put, tmp_path: Path) -> None:
    put("truth.json", b"{}")
    assert "Not read, no spreadsheets: truth.json\n" in quickly(tmp_path / "home", "ingest", str(folder)).out


# -- duplicates


def test_a_duplicate_is_told_and_stands_in_the_receipts(folder: Path, put: Put, tmp_path: Path) -> None:
    put(f"{STUDY}/EDRR.csv", _issues())
    put(f"{STUDY}/a copy of EDRR.csv", _issues())
    told = quickly(tmp_path / "home", "ingest", str(folder))
    assert told.code == DONE
    first, copy = f"{STUDY}/EDRR.csv", f"{STUDY}/a copy of EDRR.csv"
    assert f"\nduplicate: {copy}\n  why: the same bytes as {first}, taken once\n" in told.out
    assert "1 loaded, 1 duplicate\n" in told.out
    receipts = quickly(tmp_path / "home", "receipts")
    assert f"duplicate: {copy} has the same bytes as {first}, taken once\n" in receipts.out
    lines = json.loads(quickly(tmp_path / "home", "receipts", "--json").out)
    assert [(line["name"], line["outcome"], line["reason"], line["read"], line["current"]) for line in lines] == [
        (first, "loaded", None, 3, True),
        (copy, "duplicate", f"the same bytes as {first}, taken once", 0, False),
    ]
    assert len({line["file_id"] for line in lines}) == 1


def test_a_duplicate_belongs_to_the_snapshot_that_brought_it(folder: Path, put: Put, tmp_path: Path) -> None:
    put(f"{STUDY}/EDRR.csv", _issues())
    home = tmp_path / "home"
    assert quickly(home, "ingest", str(folder)).code == DONE
    put(f"{STUDY}/EDRR.csv", _issues() + b"Study 7,Subject 3,4\n")
    put(f"{STUDY}/second.csv", _issues() + b"Study 7,Subject 3,4\n")
    assert quickly(home, "ingest", str(folder)).code == DONE
    outcomes = [[line["outcome"] for line in json.loads(quickly(home, "receipts", "--json", "--as-of", at).out)] for at in ("1", "2")]
    assert outcomes == [["loaded"], ["loaded", "duplicate", "loaded"]]


# -- quarantined files and sheets


def test_what_to_do_about_a_quarantined_file_is_said_to_a_data_manager(folder: Path, put: Put, tmp_path: Path) -> None:
    lines = _labs_without_a_telling_column()
    put(f"{STUDY}/labs.csv", "\n".join(",".join(line) for line in lines).encode())
    told = quickly(tmp_path / "home", "ingest", str(folder))
    assert told.code == REFUSED
    assert f"  what to do: {TO_DO}\n" in told.out
    line = json.loads(quickly(tmp_path / "home", "receipts", "--json").out)[0]
    assert (line["outcome"], line["todo"]) == ("quarantined", TO_DO)
    told = quickly(tmp_path / "home", "receipts", line["file_id"])
    assert told.out.count(f"  what to do: {TO_DO}\n") == 2, "of the file, and of its sheet"


def test_a_quarantined_sheet_of_a_loaded_file_is_told_with_what_to_do(folder: Path, tmp_path: Path) -> None:
    source = next(path for path in sorted(deliveries()[0].rglob("*EDRR*.xlsx")))
    book = openpyxl.load_workbook(source)
    extra = book.create_sheet("Labs")
    for line in _labs_without_a_telling_column():
        extra.append(line)
    (folder / source.parent.name).mkdir()
    book.save(folder / source.parent.name / source.name)
    book.close()
    told = quickly(tmp_path / "home", "ingest", str(folder))
    assert told.code == REFUSED, "it looks like a report"
    assert f"\nquarantined: sheet 2 Labs of {source.parent.name}/{source.name}\n  why: no contract fits; the nearest needs " in told.out
    assert f"\n  what to do: {TO_DO}\n" in told.out
    file = json.loads(quickly(tmp_path / "home", "receipts", "--json").out)[0]["file_id"]
    assert f"  what to do: {TO_DO}\n" in quickly(tmp_path / "home", "receipts", file).out


def test_a_sheet_that_is_near_to_no_report_says_where_the_reports_stand(folder: Path, put: Put, tmp_path: Path) -> None:
    put(f"{STUDY}/notes.csv", b"colour,taste\nred,sweet\n")
    told = quickly(tmp_path / "home", "ingest", str(folder))
    assert "what to do: Find the report that it should be in docs/reference/report-kinds.md and give its columns the names" in told.out


# -- a broken file beside a good one


def test_a_report_whose_only_file_was_refused_is_called_refused(folder: Path, put: Put, tmp_path: Path) -> None:
    put(f"{STUDY}/EDRR.csv", _issues())
    put(f"{STUDY}/Missing_Lab_Name.xlsx", b"PK\x03\x04 no")
    assert quickly(tmp_path / "home", "ingest", str(folder)).code == REFUSED
    line = json.loads(quickly(tmp_path / "home", "studies", "--json").out)[0]
    assert (line["reports"]["edrr"], line["reports"]["labs"]) == ("present", "refused")
    receipt = next(line for line in quickly(tmp_path / "home", "receipts").out.splitlines() if "Missing_Lab_Name.xlsx" in line)
    assert receipt.split()[-7:] == ["refused", "?", "?", "?", "?", "?", "no"]
    told = quickly(tmp_path / "home", "rows", "7", "labs")
    assert told.out == "Study 7: Missing lab names and ranges is refused, so its rows are unknown.\n"
