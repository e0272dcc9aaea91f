"""The command line: ``ncdm --help``."""

import typer

from ncdm import INTENDED_USE, __version__
from ncdm.commands import loading, opening, reading, running

APP = typer.Typer(
    name="ncdm",
    help=f"Neural Clinical Data Mesh. {INTENDED_USE}\n\nThe data folder is NCDM_HOME. Exit codes: 0 done, 1 there are findings, 2 wrong usage, 3 refused input.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (
    loading.ingest,
    loading.demo,
    reading.studies,
    reading.totals,
    opening.receipts,
    opening.rows,
    opening.cell,
    reading.findings,
    reading.snapshots,
    running.serve,
    running.doctor,
):
    APP.command()(command)


def _version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        typer.echo(f"ncdm {__version__}")
        raise typer.Exit


@APP.callback()
def start(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version.")) -> None:  # noqa: FBT001, FBT003
    """Trial data quality and oversight."""


def main() -> None:
    """Run the command line."""
    APP()


if __name__ == "__main__":
    main()
