"""The command line: ``ncdm --help``."""

import ast
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

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


def _said(name: str) -> str:
    """What a command says of itself, read from its source: to import its module would bring its whole stage along."""
    module = find_spec(f"ncdm.commands.{COMMANDS[name]}")
    if module is None or module.origin is None:
        return ""
    of = {node.name: node for node in ast.parse(Path(module.origin).read_bytes()).body if isinstance(node, ast.FunctionDef)}
    return ast.get_docstring(of.get(name) or of[f"_{name}"]) or ""


def _brought(name: str) -> Any:  # noqa: ANN401 - a command of whatever kind typer makes
    """A command with its stage."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    command = getattr(import_module(f"ncdm.commands.{COMMANDS[name]}"), name)
    if isinstance(command, typer.Typer):
        alone.add_typer(command, name=name)
    else:
        alone.command(name=name)(command)
    return get_group(alone).commands[name]


class _Later(TyperGroup):
    """Commands that are listed and completed by their names and words, and brought when one is asked for: a load does not wait for the web framework."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - what typer gives
        super().__init__(**given)
        for name in COMMANDS:
            self.add_command(TyperCommand(name))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - what typer gives
        """The names, for help and completion: only these need the words of every command."""
        for name, command in self.commands.items():
            command.help = _said(name)
        return super().list_commands(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:  # noqa: ANN401 - the same
        name, command, rest = super().resolve_command(ctx, args)
        return name, None if command is None or name is None else _brought(name), rest


def app() -> typer.Typer:
    """The command line."""
    found = typer.Typer(
        name="ncdm",
        cls=_Later,
        help=(
            f"Neural Clinical Data Mesh. {INTENDED_USE}\n\n"
            "The data folder is NCDM_HOME. Exit codes: 0 done, 1 there are findings, 2 wrong usage, 3 refused input."
        ),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    found.callback()(_start)
    return found


def main() -> None:
    """Run the command line."""
    sys.meta_path.insert(0, _NoPandas())
    app()()


if __name__ == "__main__":
    main()
