"""Nothing in data or in the name of a file is obeyed by a terminal, and no sentence is broken in the middle of a path."""

import json
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console
from tests.cli.running import on_terminal, quickly, typed
from tests.portfolios import deliveries

from ncdm.commands.console import as_json, as_table, printable

NASTY = "\x1b]0;owned\x07\x9b31m[red]red[/red][/nowhere]\\[bold]x :warning: \u202eback\u200b\x7f\r"
COLOURS = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
"""What our own tables and the progress bar send."""


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A delivery whose file and cells carry what a terminal obeys; the data folder to load it into."""
    folder = tmp_path_factory.mktemp("nasty")
    labs = next(path for path in sorted(deliveries()[0].rglob("*.xlsx")) if "Lab_Name" in path.name)
    book = openpyxl.load_workbook(labs)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=3, max_row=6):
        for cell in row:
            if isinstance(cell.value, str) and "Subject" not in cell.value and "Site" not in cell.value and "Study" not in cell.value:
                cell.value = "[red]r[/red][/nowhere]\\[bold]x :warning: \u202eback\u200b\u009b31m\x7f"
    name = labs.name.replace("Lab_Name", "Lab_Name \x1b[31m[b]\u202e\u009b2J")
    (folder / "delivery" / labs.parent.name).mkdir(parents=True)
    book.save(folder / "delivery" / labs.parent.name / name)
    book.close()
    (folder / "delivery" / labs.parent.name / "broken [x] \x1b]0;owned\x07\udcff.xlsx").write_bytes(b"PK\x03\x04 no")
    return folder / "delivery", folder / "home"


def _harmless(told: bytes) -> None:
    text = COLOURS.sub(b"", told).decode("utf-8", "surrogateescape")
    assert [f"{ord(letter):x}" for letter in text if not letter.isprintable() and letter not in "\r\n"] == []


def test_nothing_of_a_delivery_is_obeyed(nasty: tuple[Path, Path]) -> None:
    delivery, home = nasty
    loading = on_terminal(home, "ingest", str(delivery))
    _harmless(loading)
    assert b"Traceback" not in loading
    assert b"[b]" in loading
    study = json.loads(quickly(home, "studies", "--json").out)[0]["study"]
    rows = json.loads(quickly(home, "rows", study, "lab_issue", "--json").out)["rows"]
    refs = [row["ref"] for row in rows if any("[red]" in str(value) for value in row.values())]
    assert refs, "the nasty cells are in the table"
    for words in (
        ("studies",),
        ("totals",),
        ("receipts",),
        ("receipts", refs[0].split(":")[0]),
        ("rows", study, "labs"),
        ("cell", refs[0]),
        ("findings",),
        ("snapshots",),
    ):
        for form in ((), ("--json",)):
            told = on_terminal(home, *words, *form)
            assert b"Traceback" not in told
            _harmless(told)
    shown = on_terminal(home, "cell", refs[0])
    assert rb"[red]r[/red][/nowhere]\[bold]x :warning: \x202eback" in shown


def test_the_same_into_a_pipe(nasty: tuple[Path, Path]) -> None:
    delivery, home = nasty
    told = typed(home, "ingest", str(delivery), "--json")
    names = [file["file"] for file in json.loads(told.out)["files"]]
    assert len(names) == 2
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", told.out)


@given(st.text() | st.text("\\[]/ab= "))
@example("\\")
@example("a\\\\")
@example("[b\\")
def test_any_text_shows_as_itself_or_escaped(text: str) -> None:
    console = Console(highlight=False, emoji=False, width=100_000, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(printable(text), soft_wrap=True, end="")
    wanted = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)
    assert capture.get() == wanted


@given(st.text())
def test_any_text_comes_back_from_json(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("sys.stdout.write", said.append)
        as_json({"text": text})
    assert json.loads("".join(said)) == {"text": text}
    assert all(letter.isprintable() or letter == "\n" for letter in "".join(said))


def test_a_table_says_what_is_unknown_and_never_zero(capsys: pytest.CaptureFixture[str]) -> None:
    as_table("Title", ("text", "number"), [(NASTY, None), ("b", 0), ("c", 12345), ("d", True)], numbers=("number",))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[-1] for line in lines[2:]] == ["?", "0", "12,345", "yes"]
    assert lines[1] == ["text", "number"]


def test_a_message_keeps_its_path_in_one_piece(tmp_path: Path) -> None:
    home = tmp_path / ("a long name " * 12).strip()
    told = typed(home, "studies")
    assert f"where: {home}\n" in told.err
