"""Every command: its help, its exit codes, its JSON, and what it says when there is nothing or when the question has no meaning."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import Told, quickly, typed
from tests.portfolios import deliveries, fresh, load, loaded

from ncdm.contracts import KIND_BY_CODE
from ncdm.serve.listed import LISTED
from ncdm.settings import Settings
from ncdm.wiring import wired

COMMANDS = (
    "ingest",
    "demo",
    "studies",
    "totals",
    "receipts",
    "rows",
    "cell",
    "findings",
    "clean",
    "measure",
    "snapshots",
    "explain",
    "kri",
    "stats",
    "trend",
    "features",
    "forecast",
    "dqi",
    "whatif",
    "serve",
    "doctor",
)
DONE, FINDINGS, USAGE, REFUSED = 0, 1, 2, 3
NO_FILE = "0123456789abcdef"


def _json(told: Told) -> object:
    """What it said, which must be JSON and nothing else."""
    return json.loads(told.out)


def _a_study() -> str:
    found = json.loads(quickly(loaded(1), "studies", "--json").out)
    return str(next(line["study"] for line in found if line["reports"]["labs"] == "present"))


def _a_row() -> str:
    return str(json.loads(quickly(loaded(1), "rows", _a_study(), "labs", "--json", "--limit", "1").out)["rows"][0]["ref"])


# -- help


def test_the_program_says_what_it_is_for_and_lists_its_commands() -> None:
    told = quickly(loaded(1), "--help")
    assert told.code == DONE
    assert "not for treatment decisions" in " ".join(told.out.split()).lower()
    assert set(re.findall(r"^  ([a-z]+)  +\S", told.out.split("Commands")[1], flags=re.MULTILINE)) == set(COMMANDS)
    for number, word in ((DONE, "done"), (FINDINGS, "findings"), (USAGE, "usage"), (REFUSED, "refused")):
        assert re.search(rf"{number}\s[^,.]*{word}", " ".join(told.out.split()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_options(command: str) -> None:
    told = quickly(loaded(1), command, "--help")
    assert told.code == DONE
    said = told.out.split("Options:")[0].split("Usage:")[1]
    assert len(said.split("\n", 1)[1].split()) >= 5, "a sentence"
    options = re.findall(r"^  (--?[a-z-]+)(?: <[^>]+>)?(.*(?:\n {10,}.*)*)", told.out, flags=re.MULTILINE)
    assert options
    assert [name for name, explained in options if not re.search(r"[A-Za-z]{3}", explained)] == []


@pytest.mark.parametrize("words", [("--help",), ("--version",), ()], ids=["help", "version", "nothing"])
def test_what_says_only_what_there_is_brings_no_stage_along(words: tuple[str, ...]) -> None:
    """Each of these takes longer to import than everything that the answer needs."""
    code = (
        "import sys\nfrom ncdm.__main__ import app\nsys.argv[1:] = sys.argv[2:]\ntry:\n    app()()\nfinally:\n"
        "    print(sorted({'numpy', 'scipy', 'ibis', 'pyarrow', 'duckdb', 'sqlalchemy', 'starlette', 'pydantic'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code, "-", *words], check=False, capture_output=True, text=True, timeout=120)
    assert told.stdout.splitlines()[-1] == "[]"


def test_completion_knows_commands_and_their_options(tmp_path: Path) -> None:
    def completed(typed_so_far: str) -> set[str]:
        asked = {"COMP_WORDS": typed_so_far, "COMP_CWORD": str(typed_so_far.count(" ")), "_PYTHON _M NCDM_COMPLETE": "complete_bash"}
        return set(typed(tmp_path / "home", environment=asked | {"_NCDM_COMPLETE": "complete_bash"}).out.split())

    assert completed("ncdm st") == {"studies", "stats"}
    assert completed("ncdm kri --le") == {"--level"}
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_is_nearly_one_is_told_so(tmp_path: Path) -> None:
    told = quickly(tmp_path / "home", "clan")
    assert told.code == USAGE
    assert "Did you mean 'clean'?" in told.err


def test_no_command_is_a_request_for_help() -> None:
    told = quickly(loaded(1))
    assert "Usage:" in told.out + told.err
    assert told.code == USAGE


def test_the_version_is_one_line() -> None:
    told = typed(loaded(1), "--version")
    assert told.code == DONE
    assert re.fullmatch(r"ncdm \d+\.\d+\S*\n", told.out)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_a_shell_is_a_script_that_names_the_program(shell: str, tmp_path: Path) -> None:
    told = typed(tmp_path, "--show-completion", environment={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert told.code in {DONE, USAGE}
    asked = typed(tmp_path, environment={"_NCDM_COMPLETE": f"source_{shell}", "_PYTHON _M NCDM_COMPLETE": f"source_{shell}"})
    assert f"_NCDM_COMPLETE={'complete_' + shell}" in asked.out or f"complete_{shell}" in asked.out, asked
    assert "ncdm" in asked.out


# -- exit codes


def test_loading_is_done_and_loading_again_is_too(tmp_path: Path) -> None:
    for word in ("loaded", "unchanged"):
        told = quickly(tmp_path / "home", "ingest", str(deliveries()[0]))
        assert told.code == DONE
        assert word in told.out
        assert "Snapshot 1" in told.out


@pytest.mark.parametrize("words", [("studies",), ("totals",), ("receipts",), ("snapshots",), ("doctor",), ("rows", "STUDY", "labs")])
@pytest.mark.parametrize("json_too", [False, True], ids=["table", "json"])
def test_a_question_with_an_answer_is_done(words: tuple[str, ...], json_too: bool) -> None:  # noqa: FBT001
    asked = [_a_study() if word == "STUDY" else word for word in words] + ["--json"] * json_too
    told = quickly(loaded(1), *asked)
    assert told.code == DONE, told
    assert told.out
    if json_too:
        assert _json(told)


def test_findings_end_with_one_and_no_findings_with_none(tmp_path: Path) -> None:
    every = quickly(loaded(1), "findings", "--json")
    assert every.code == FINDINGS
    found = json.loads(every.out)
    code = found[0]["code"]
    one = quickly(loaded(1), "findings", "--code", code, "--json")
    assert one.code == FINDINGS
    assert json.loads(one.out) == [finding for finding in found if finding["code"] == code]
    edrr = next(path for path in sorted(deliveries()[0].rglob("*EDRR*.xlsx")))
    shutil.copytree(
        edrr.parent, tmp_path / "part" / edrr.parent.name, ignore=lambda _, names: {name for name in names if name != edrr.name}
    )
    load(tmp_path / "home", tmp_path / "part")
    told = quickly(tmp_path / "home", "findings", "--json", "--code", code)
    assert (told.code, _json(told)) == (DONE, [])


def test_findings_of_a_check_that_is_none_are_a_wrong_question() -> None:
    told = quickly(loaded(1), "findings", "--code", "TIM-1")
    assert told.code == USAGE
    assert "there is no check TIM-1" in told.err
    assert "TIME-1" in told.err


def test_a_sick_data_folder_ends_with_one(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    next(path for path in (home / "raw").rglob("*") if path.is_file()).unlink()
    told = quickly(home, "doctor")
    assert told.code == FINDINGS
    assert "WRONG" in told.out


@pytest.mark.parametrize(
    "words",
    [
        ("unheard",),
        ("studies", "--unheard"),
        ("totals", "99"),
        ("totals", "Study [bold]"),
        ("findings", "nothing"),
        ("rows", "STUDY", "unheard"),
        ("rows", "99", "labs"),
        ("rows", "STUDY"),
        ("rows", "STUDY", "labs", "--limit", "0"),
        ("cell", "unheard"),
        ("cell", "3f2a9c0d11aa22bb"),
        ("cell", f"{NO_FILE}:1:1"),
        ("receipts", NO_FILE),
        ("studies", "--as-of", "yesterday"),
        ("studies", "--as-of", "2025-13-45"),
        ("studies", "--as-of", "1999-01-01"),
        ("studies", "--as-of", "0"),
        ("studies", "--as-of", "77"),
        ("totals", "--as-of", "77"),
        ("receipts", "--as-of", "77"),
        ("cell", "ROW", "--as-of", "77"),
        ("ingest",),
        ("ingest", "/no/such/folder"),
        ("demo",),
        ("demo", "NEVER", "--studies", "0"),
        ("demo", "NEVER", "--studies", "601"),
        ("demo", "NEVER", "--subjects", "9"),
        ("serve", "--port", "65536"),
    ],
    ids=" ".join,
)
def test_a_question_without_meaning_ends_with_two_and_says_what_has_one(words: tuple[str, ...], tmp_path: Path) -> None:
    never = tmp_path / "never"
    stands_for = {"STUDY": _a_study(), "ROW": _a_row(), "NEVER": str(never)}
    asked = [stands_for.get(word, word) for word in words]
    told = quickly(loaded(1), *asked)
    assert told.code == USAGE, told
    assert told.out == ""
    assert "Traceback" not in told.err
    assert re.search(r"what to do:|Error:|Missing|Usage:", told.err)
    assert not never.exists()


def test_half_a_configuration_does_not_start() -> None:
    told = typed(loaded(1), "studies", environment={"NCDM_READERS": "many"})
    assert told.code == USAGE
    assert "NCDM_READERS" in told.err
    assert "what to do:" in told.err


def test_refused_input_ends_with_three_and_the_rest_is_loaded(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    shutil.copytree(deliveries()[0], delivery)
    broken = next(path for path in sorted(delivery.rglob("*.xlsx")) if "eSAE" in path.name)
    broken.write_bytes(broken.read_bytes()[:999])
    told = quickly(tmp_path / "home", "ingest", str(delivery))
    assert told.code == REFUSED
    assert f"refused: {broken.parent.name}/{broken.name}" in told.out
    assert "why:" in told.out
    assert "what to do:" in told.out
    assert "Snapshot 1." in told.out
    said = json.loads(quickly(tmp_path / "home", "ingest", str(delivery), "--json").out)
    assert [file["outcome"] for file in said["files"] if file["file"].endswith(broken.name)] == ["refused"]


# -- no data folder, and an empty one

READING = (
    *(("snapshots",), ("studies",), ("totals",), ("findings",), ("receipts",), ("rows", "7", "labs"), ("cell", f"{NO_FILE}:1:1")),
    *(("clean",), ("dqi",), ("kri",), ("trend", "7"), ("features", "7"), ("forecast", "7"), ("measure", "open_queries"), ("whatif", "7")),
)


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_what_only_reads_makes_no_data_folder(words: tuple[str, ...], tmp_path: Path) -> None:
    told = quickly(tmp_path / "home", *words)
    assert (told.code, told.out) == (USAGE, "")
    assert "there is no data folder" in told.err
    assert f"where: {tmp_path / 'home'}\n" in told.err
    assert "ncdm ingest FOLDER makes one" in told.err
    assert list(tmp_path.iterdir()) == []


def test_every_command_that_opens_a_data_folder_is_asked_without_one() -> None:
    """Whoever adds a command says here whether it only reads."""
    assert {words[0] for words in READING} == set(COMMANDS) - {"ingest", "demo", "serve", "doctor", "explain", "stats"}


def test_the_doctor_looks_at_an_installation_without_a_data_folder(tmp_path: Path) -> None:
    told = quickly(tmp_path / "home", "doctor")
    assert told.code == DONE
    assert f"no data folder at {tmp_path / 'home'}; ncdm ingest FOLDER makes one" in told.out
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_reads_as_a_pattern_is_refused_before_anything_else(tmp_path: Path) -> None:
    assert "path of the data folder" in quickly(tmp_path / "a*b", "studies").err
    assert "path of the data folder" in quickly(tmp_path / "a*b", "doctor").err


def _empty(tmp_path: Path) -> Path:
    """A data folder into which nothing was loaded."""
    with wired(Settings(tmp_path / "home", 0, 1)):
        return tmp_path / "home"


@pytest.mark.parametrize(
    "words", [("studies",), ("totals",), ("findings",), ("receipts",), ("rows", "7", "labs"), ("cell", f"{NO_FILE}:1:1")], ids=" ".join
)
def test_an_empty_data_folder_says_what_to_do(words: tuple[str, ...], tmp_path: Path) -> None:
    told = quickly(_empty(tmp_path), *words)
    assert told.code == USAGE
    assert "nothing is loaded yet" in told.err
    assert str(tmp_path / "home") in told.err
    assert "ncdm ingest FOLDER" in told.err
    assert "ncdm demo FOLDER" in told.err


def test_an_empty_data_folder_has_no_snapshot_and_is_well(tmp_path: Path) -> None:
    _empty(tmp_path)
    told = quickly(tmp_path / "home", "snapshots", "--json")
    assert (told.code, _json(told)) == (DONE, [])
    assert "ncdm ingest FOLDER" in quickly(tmp_path / "home", "snapshots").out
    wrong = [check["what"] for check in json.loads(quickly(tmp_path / "home", "doctor", "--json").out) if not check["good"]]
    assert set(wrong) <= {"disk"}


# -- JSON for programs: keys that others rely on

FILE = {"file", "sha256", "study", "study_told_by", "kinds", "outcome", "reason", "read", "accepted", "rejected", "set_aside", "held"}
LINE = {"study", "subjects", "sites", "countries", "lower_bound", "demo", "reports"}
SNAPSHOT = {"snapshot", "as_of", "committed_at", "source", "files_loaded", "files_unchanged", "files_refused", "demo"}
FINDING = {"code", "title", "severity", "study_id", "what", "kind", "table", "subject_id", "site_id", "refs", "file_no"}
STUDY = {"subjects", "sites", "countries", "lower_bound", "kinds"}
KIND = {"state", "rows", "rejected", "as_of", "as_of_assumed", "note", "sums", "sheets"}
CELL = {"file", "sheet", "row", "column_letter", "letters", "lines", "became", "rejected"}


def test_the_keys_of_every_json_are_stable(tmp_path: Path) -> None:
    home = loaded(1)
    ingest = json.loads(quickly(tmp_path / "home", "ingest", str(deliveries()[0]), "--json").out)
    assert set(ingest) == {"snapshot", "changed", "files", "findings", "ignored"}
    assert {frozenset(file) for file in ingest["files"]} == {frozenset(FILE)}
    assert {frozenset(line) for line in json.loads(quickly(home, "studies", "--json").out)} == {frozenset(LINE)}
    assert {frozenset(line) for line in json.loads(quickly(home, "snapshots", "--json").out)} == {frozenset(SNAPSHOT)}
    assert {frozenset(line) for line in json.loads(quickly(home, "findings", "--json").out)} == {frozenset(FINDING)}
    assert {frozenset(check) for check in json.loads(quickly(home, "doctor", "--json").out)} == {frozenset({"what", "good", "detail"})}
    totals = json.loads(quickly(home, "totals", "--json").out)
    assert set(totals) == {"snapshot", "as_of", "studies"}
    assert {frozenset(study) for study in totals["studies"].values()} == {frozenset(STUDY)}
    assert {tuple(study["kinds"]) for study in totals["studies"].values()} == {tuple(KIND_BY_CODE)}
    assert {frozenset(kind) for study in totals["studies"].values() for kind in study["kinds"].values()} == {frozenset(KIND)}
    rows = json.loads(quickly(home, "rows", _a_study(), "labs", "--json").out)
    assert set(rows) == {"study", "table", "state", "total", "rows"}
    assert set(json.loads(quickly(home, "cell", _a_row(), "--json").out)) == CELL


def test_conservation_holds_in_what_ingest_prints(tmp_path: Path) -> None:
    said = json.loads(quickly(tmp_path / "home", "ingest", str(deliveries()[0]), "--json").out)
    assert said["files"]
    for file in said["files"]:
        assert file["read"] == file["accepted"] + file["rejected"] + file["set_aside"] + file["held"]


def test_unknown_is_never_zero_in_json() -> None:
    totals = json.loads(quickly(loaded(1), "totals", "--json").out)["studies"]
    missing = [kind for study in totals.values() for kind in study["kinds"].values() if kind["state"] == "missing"]
    assert missing
    assert {(kind["rows"], kind["rejected"], kind["as_of"]) for kind in missing} == {(None, None, None)}


def test_totals_are_those_that_the_generator_meant() -> None:
    truth = json.loads((deliveries()[0] / "truth.json").read_text())["studies"]
    totals = json.loads(quickly(loaded(1), "totals", "--json").out)["studies"]
    assert {study: (figures["subjects"], figures["sites"], figures["countries"]) for study, figures in totals.items()} == {
        study: (figures["subjects_union"], figures["sites_union"], figures["countries_union"]) for study, figures in truth.items()
    }
    for study, figures in truth.items():
        missing = {kind for kind, told in totals[study]["kinds"].items() if told["state"] == "missing"}
        assert missing == set(figures["reports_missing"])


@pytest.mark.parametrize("spelt", ["{n}", "study {n}", "STUDY_{n}", "Study 0{n}", " {n} "])
def test_a_study_may_be_spelt_as_people_do(spelt: str) -> None:
    number = _a_study().removeprefix("Study ")
    told = quickly(loaded(1), "totals", spelt.format(n=number), "--json")
    assert told.code == DONE
    assert list(json.loads(told.out)["studies"]) == [f"Study {number}"]


def test_a_moment_may_be_a_number_a_day_or_the_latest() -> None:
    newest = json.loads(quickly(loaded(2), "snapshots", "--json").out)
    assert [line["snapshot"] for line in newest] == [2, 1]
    for asked, found in (("1", 1), ("2", 2), ("latest", 2), (newest[1]["as_of"], 1), (newest[0]["as_of"], 2)):
        assert json.loads(quickly(loaded(2), "totals", "--json", "--as-of", asked).out)["snapshot"] == found


@pytest.mark.parametrize("table", LISTED)
def test_every_table_of_a_study_can_be_listed(table: str) -> None:
    told = json.loads(quickly(loaded(1), "rows", _a_study(), table, "--json", "--limit", "7").out)
    assert told["table"] == table
    assert len(told["rows"]) == min(7, told["total"])


def test_demo_data_is_called_so_beside_every_answer() -> None:
    for words in (("studies",), ("totals",), ("receipts",), ("findings",), ("rows", _a_study(), "labs"), ("cell", _a_row())):
        assert quickly(loaded(1), *words).err.startswith("Demo data: "), words
