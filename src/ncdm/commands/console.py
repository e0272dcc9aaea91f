"""What every command prints with: tables for people, JSON for programs, errors that say what to do."""

import datetime as dt
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ncdm import settings
from ncdm.errors import InvalidQuestion, NcdmError, NotFound, SettingsError
from ncdm.store.home import Home
from ncdm.wiring import Wiring, wired

BAR = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
"""How long work shows how far it is."""
PIPED_WIDTH = 400
"""A table that no person reads on a screen is not cut to one."""
OUT = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
ERR = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)
USAGE, REFUSED, STOPPED = 2, 3, 130

AsOf = Annotated[str | None, typer.Option("--as-of", help="A snapshot's number or a day (2025-11-14); the latest by default.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
StudyArgument = Annotated[str, typer.Argument(help="A study, as 7 or 'Study 7'.")]
MaybeStudy = Annotated[str | None, typer.Argument(help="A study, as 7 or 'Study 7'; all by default.")]


@contextmanager
def opened(*, new: bool = False) -> Iterator[Wiring]:
    """The data folder that the environment names. ``new``: made when there is none; else `NotFound` is raised and nothing is written."""
    told = settings.read()
    home = Home(told.home)
    home.check_name()
    if not (new or home.there):
        raise no_data_folder(home)
    with wired(told) as wiring:
        yield wiring


def no_data_folder(home: Home) -> NotFound:
    """What whoever asks before anything was loaded is told."""
    return NotFound(
        "there is no data folder", where=str(home.root), todo="ncdm ingest FOLDER makes one. Without data of your own: ncdm demo FOLDER."
    )


def tell_demo(*, demo: bool) -> None:
    """Say beside every answer about demo data that it is demo data."""
    if demo:
        ERR.print("Demo data: every study, site, subject and number of it was invented.")


def moment_of(text: str | None) -> int | dt.date | None:
    """A snapshot's number or a day, from the command line."""
    if text is None or text == "latest":
        return None
    if text.isdecimal():
        return int(text)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidQuestion(f"{text!r} is no snapshot and no day", todo="Give a snapshot's number, or a day as 2025-11-14.") from None


def as_json(value: object) -> None:
    """Print a value as JSON on standard output."""
    text = json.dumps(value, indent=2, default=_plain, ensure_ascii=False)
    sys.stdout.write(_SPECIAL.sub(_escaped, text) + "\n")


_SPECIAL = re.compile(r"[^\x20-\x7e\n]")


def _escaped(found: re.Match[str]) -> str:
    """A letter of any script as it is; what a terminal might obey, as JSON writes it in ASCII."""
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def as_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Iterable[str] = (), empty: str | None = None
) -> None:
    """Print rows as a table; unknown values show as a question mark, never as zero. Without a row it is a sentence: ``empty``, or that there is none."""
    rows = list(rows)
    if not rows:
        OUT.print(f"{title}: none." if empty is None else empty, soft_wrap=True)
        return
    right = set(numbers)
    table = Table(title=title, title_justify="left", title_style="bold", box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    OUT.print(table)


def _cell(value: object) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return printable(str(value))


def printable(text: str) -> str:
    """Text from data without what a terminal or markup would obey."""
    shown = "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)
    body = _BRACKETS.sub(_literally, shown).rstrip("\\")
    # Backslashes before markup are read in pairs, and at the end of a text without any as they stand: so there is always some.
    tail = 2 * (len(shown) - len(shown.rstrip("\\")))
    return body + ("\\" * tail + "[none][/none]" if tail else "")


_BRACKETS = re.compile(r"(\\*)\[(?=([a-z#/@][^\[]*?\])?)")


def _literally(found: re.Match[str]) -> str:
    """A bracket as markup wants it written to stand for itself: before what looks like a tag backslashes come in pairs, else one is dropped."""
    before = len(found[1])
    if found[2] is not None:
        return "\\" * (2 * before + 1) + "["
    return "\\" * (before + 1 if before else 0) + "["


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)


@contextmanager
def errors_told() -> Iterator[None]:
    """End with a clear message and the exit code of its kind: 2 for a question without meaning, 3 for input that was refused."""
    try:
        yield
    except NcdmError as error:
        ERR.print(f"[bold]{error.code}[/bold] {printable(error.what)}")
        if error.where:
            ERR.print(f"  where: {printable(error.where)}")
        if error.todo:
            ERR.print(f"  what to do: {printable(error.todo)}")
        raise SystemExit(USAGE if isinstance(error, InvalidQuestion | NotFound | SettingsError) else REFUSED) from None
    except KeyboardInterrupt:
        ERR.print("Stopped. A load that was not committed has left nothing; what was visible before still is.")
        raise SystemExit(STOPPED) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
