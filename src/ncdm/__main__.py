"""The command line: ``ncdm --help``."""

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType

import typer

from ncdm import INTENDED_USE, __version__

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "ingest": "loading",
        "demo": "inventing",
        "studies": "reading",
        "totals": "reading",
        "receipts": "opening",
        "rows": "opening",
        "cell": "opening",
        "findings": "reading",
        "clean": "cleaning",
        "measure": "explaining",
        "snapshots": "reading",
        "explain": "explaining",
        "kri": "signalling",
        "stats": "scoring",
        "trend": "trending",
        "features": "trending",
        "forecast": "forecasting",
        "dqi": "weighing",
        "whatif": "trying",
        "serve": "running",
        "doctor": "running",
    }
)
"""Command -> its module in `ncdm.commands`."""


class _NoPandas:
    """Arrow imports pandas wherever it is installed, at a tenth of the time of a load, and the command line never uses it."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)


def _version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        typer.echo(f"ncdm {__version__}")
        raise typer.Exit


def _start(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version.")) -> None:  # noqa: FBT001, FBT003
    """Trial data quality and oversight."""


def app(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """The command line with these commands; each brings its stage along, so a load does not wait for the web framework."""
    found = typer.Typer(
        name="ncdm",
        help=(
            f"Neural Clinical Data Mesh. {INTENDED_USE}\n\n"
            "The data folder is NCDM_HOME. Exit codes: 0 done, 1 there are findings, 2 wrong usage, 3 refused input."
        ),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    found.callback()(_start)
    for name in commands:
        command = getattr(import_module(f"ncdm.commands.{COMMANDS[name]}"), name)
        if isinstance(command, typer.Typer):
            found.add_typer(command, name=name)
        else:
            found.command(name=name)(command)
    return found


def main() -> None:
    """Run the command line."""
    sys.meta_path.insert(0, _NoPandas())
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    app([asked] if asked in COMMANDS else COMMANDS)()


if __name__ == "__main__":
    main()
