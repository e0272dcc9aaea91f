"""Write a portfolio of invented studies to disk, week by week, with its truth beside it and marked as demo data."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ncdm.demo import book, files, quirks, truth
from ncdm.demo.asof import FIRST_DELIVERY
from ncdm.demo.chance import stream
from ncdm.demo.layouts import LAYOUTS
from ncdm.demo.room import MARKER, TRUTH, room
from ncdm.demo.study import Study, first_week, next_week
from ncdm.errors import InvalidQuestion

NOTICE = "Demo data: every study, site, subject and number in this folder was invented by ncdm demo. Nothing here describes a person.\n"
MOST_STUDIES = 600
_TWO_DIGITS = 60
"""Up to so many studies have numbers below 100, as in the exports known."""
FEWEST_SUBJECTS = 10

Progress = Callable[[str, int, int], None]
"""Told the study just written, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where."""

    folder: Path
    files: tuple[Path, ...]
    """Every workbook."""
    truth: tuple[Path, ...]
    """One truth file per week."""
    deliveries: tuple[Path, ...]
    """The folder of each week's delivery; ingest one of them at a time."""
    quirks: Mapping[str, tuple[str, ...]]
    """Which studies carry each quirk in the first week."""


def write(
    folder: Path, *, studies: int = 6, subjects: int = 80, seed: int = 1, weeks: int = 1, progress: Progress | None = None
) -> Written:
    """Write ``studies`` invented studies of about ``subjects`` subjects each; equal arguments give equal bytes.

    All of it is there at the end, or nothing is.
    """
    _check(studies, subjects, weeks)
    with room(folder):
        _mark(folder)
        return _written(folder, _portfolio(studies, subjects, seed), seed, weeks, progress)


def _written(folder: Path, portfolio: list[Study], seed: int, weeks: int, progress: Progress | None) -> Written:
    """Week by week, the files of each study and the truth beside them."""
    studies = len(portfolio)
    workbooks: list[Path] = []
    truths: list[Path] = []
    deliveries: list[Path] = []
    first: dict[str, tuple[str, ...]] = {}
    for week in range(1, weeks + 1):
        if week > 1:
            portfolio = [next_week(study) for study in portfolio]
        delivery = folder if weeks == 1 else folder / f"week-{week:02d}"
        _mark(delivery)
        branches: dict[str, object] = {}
        for done, study in enumerate(portfolio, 1):
            workbooks.extend(_write_study(delivery, study))
            branches[study.name] = truth.of_study(study)
            if progress is not None:
                progress(study.name, (week - 1) * studies + done, weeks * studies)
        found = quirks.carried(portfolio)
        first = first or found
        content = {"demo": True, "seed": seed, "week": week, "quirks": found, "studies": branches}
        path = delivery / TRUTH
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        truths.append(path)
        deliveries.append(delivery)
    return Written(folder, tuple(workbooks), tuple(truths), tuple(deliveries), first)


def _check(studies: int, subjects: int, weeks: int) -> None:
    if not 1 <= studies <= MOST_STUDIES:
        raise InvalidQuestion(f"{studies} studies cannot be invented", where="--studies", todo=f"Ask for 1 to {MOST_STUDIES} studies.")
    if subjects < FEWEST_SUBJECTS:
        raise InvalidQuestion(f"{subjects} subjects per study are too few", where="--subjects", todo=f"Ask for at least {FEWEST_SUBJECTS}.")
    if weeks < 1:
        raise InvalidQuestion(f"{weeks} weeks cannot be written", where="--weeks", todo="Ask for at least 1 week.")


def _mark(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(NOTICE, encoding="utf-8")


def _portfolio(studies: int, subjects: int, seed: int) -> list[Study]:
    """The studies in their first week: numbers by chance, layouts in turn, sizes as skewed as the layouts say."""
    layouts = [LAYOUTS[at % len(LAYOUTS)] for at in range(studies)]
    rng = stream(seed, "portfolio", FIRST_DELIVERY.isoformat())
    numbers = rng.sample(range(1, 100 if studies <= _TWO_DIGITS else 1000), studies)
    middle = median(layout.size for layout in layouts)
    counts = [max(FEWEST_SUBJECTS, round(subjects * layout.size / middle)) for layout in layouts]
    named = sorted(zip(numbers, layouts, counts, strict=True), key=lambda entry: entry[0])
    return [first_week(f"Study {number}", layout, count, seed) for number, layout, count in named]


def _write_study(delivery: Path, study: Study) -> list[Path]:
    home = delivery / files.folder_name(study)
    _mark(home)
    paths = []
    for kind in study.layout.files:
        path = home / files.file_name(study, kind)
        book.save(path, files.sheets(study, kind))
        paths.append(path)
    return paths
