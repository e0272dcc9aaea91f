"""``ncdm demo``."""

import shlex
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from ncdm import demo as portfolio
from ncdm.commands.console import BAR, ERR, OUT, errors_told, printable
from ncdm.demo.delivery import FEWEST_SUBJECTS, MOST_STUDIES


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the portfolio; made when absent, must be empty.")],
    studies: Annotated[int, typer.Option(min=1, max=MOST_STUDIES, help="Studies.")] = 6,
    subjects: Annotated[
        int, typer.Option(min=FEWEST_SUBJECTS, max=20_000, help="Subjects of a middling study; sizes are skewed like real ones.")
    ] = 80,
    seed: Annotated[int, typer.Option(help="The same seed writes the same bytes.")] = 1,
    weeks: Annotated[int, typer.Option(min=1, max=52, help="Weekly deliveries of the same portfolio, oldest first.")] = 1,
) -> None:
    """Write an invented portfolio in the nine real layouts, with every known quirk and the truth beside it. It says everywhere that it is demo data."""
    with errors_told(), Progress(*BAR, console=ERR, transient=True) as bar:
        task = bar.add_task("writing", total=None)
        written = portfolio.write(
            folder,
            studies=studies,
            subjects=subjects,
            seed=seed,
            weeks=weeks,
            progress=lambda name, done, total: bar.update(task, description=name, completed=done, total=total),
        )
    OUT.print(
        f"{len(written.files)} files in {printable(str(folder))}. The truth is in truth.json{'' if weeks == 1 else ' of each week'}.",
        soft_wrap=True,
    )
    if weeks == 1:
        OUT.print(f"Load it: ncdm ingest {_typed(folder)}", soft_wrap=True)
        return
    OUT.print(f"Load the {weeks} weeks one after the other, oldest first; each becomes a snapshot:")
    OUT.print(f'  for week in {_typed(folder)}/week-*; do ncdm ingest "$week"; done', soft_wrap=True)


def _typed(folder: Path) -> str:
    """A folder as it is typed in a shell."""
    return printable(shlex.quote(str(folder)))
