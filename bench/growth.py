"""How ingest grows with its input: generated portfolios of 1, 10 and 50 times as many rows; time per row and peak memory.

A portfolio grows in two ways, and both are measured: more studies of the same size, which is more workbooks, and more subjects in the same
studies, which is larger workbooks. A workbook is opened whole by the process that reads it, so with larger workbooks that process grows;
the bar for memory is on the number of workbooks. The portfolios are written to a temporary folder first, which takes longer than loading
them and is not measured. Rows are the lines that the receipts account for. Time is processor time less that of start-up, so that a busy
machine does not bend the line. Needs Linux (/proc).

    python bench/growth.py [--quick] [--subjects 40] [--studies 6]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the type checker knows this folder by its own name, the interpreter as the folder of the script
    from bench.measuring import ROOT, Cost, NotMeasured, measured, median, ours, quiet
else:
    from measuring import ROOT, Cost, NotMeasured, measured, median, ours, quiet

LINEAR_WITHIN, FLAT_WITHIN, REPEATS = 0.20, 0.20, 3


@dataclass(frozen=True, slots=True)
class Size:
    """One portfolio, measured."""

    times: int
    rows: int
    largest: float
    """The largest workbook, in MB."""
    cost: Cost
    start: Cost

    @property
    def per_row(self) -> float:
        """Microseconds of processor time for one row, start-up not counted."""
        return (self.cost.cpu - self.start.cpu) / self.rows * 1e6


def main() -> int:
    """Measure and print; 1 only when something could not be measured."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true", help="1, 3 and 10 times instead, once each")
    asked.add_argument("--studies", type=int, default=6, help="studies of each portfolio (default 6)")
    asked.add_argument("--subjects", type=int, default=40, help="subjects of a middling study at 1x (default 40)")
    options = asked.parse_args()
    sizes, repeats = ((1, 3, 10), 1) if options.quick else ((1, 10, 50), REPEATS)
    print(f"{options.studies} studies, {options.subjects} subjects at 1x; {quiet()}")
    try:
        for more in ("studies", "subjects"):
            print(f"\nmore {more}")
            print(f"{'':6}{'rows':>10}{'largest MB':>12}{'wall s':>9}{'cpu s':>9}{'µs a row':>10}{'peak MiB':>10}{'written in s':>14}")
            _told([_size(times, options.studies, options.subjects, more, repeats) for times in sizes], flat=more == "studies")
    except NotMeasured as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _size(times: int, studies: int, subjects: int, more: str, repeats: int) -> Size:
    if more == "studies":
        studies *= times
    else:
        subjects *= times
    with tempfile.TemporaryDirectory(prefix="ncdm-bench-") as scratch:
        folder, home = Path(scratch) / "portfolio", {"NCDM_HOME": str(Path(scratch) / "home")}
        began = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own command
            ours("demo", str(folder), "--studies", str(studies), "--subjects", str(subjects)),
            check=True,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
        )
        written = time.perf_counter() - began
        runs = []
        for number in range(repeats + 1):
            home = {"NCDM_HOME": str(Path(scratch) / f"home-{number}")}
            runs.append(measured(ours("ingest", str(folder)), home, memory=number == repeats))
        start = median([measured(ours("snapshots"), home) for _ in range(repeats)])
        largest = max(path.stat().st_size for path in folder.rglob("*.xlsx")) / 1e6
        size = Size(times, _rows(home), largest, median(runs), start)
    print(
        f"{times:4}x {size.rows:10,}{size.largest:12.1f}{size.cost.wall:9.2f}{size.cost.cpu:9.2f}{size.per_row:10.1f}{size.cost.peak:10.0f}{written:14.1f}",
        flush=True,
    )
    return size


def _rows(home: dict[str, str]) -> int:
    said = subprocess.run(  # noqa: S603 - our own command
        ours("receipts", "--json"), check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | home, capture_output=True
    )
    return sum(int(file["read"]) for file in json.loads(said.stdout))


def _told(found: list[Size], *, flat: bool) -> None:
    """Linear: the added rows of the largest cost no more each than those of the middle one. Flat: nor do they hold memory."""
    small, middle, large = found

    def slope(one: Size, other: Size) -> float:
        return (other.cost.cpu - one.cost.cpu) / (other.rows - one.rows) * 1e6

    first, last = slope(small, middle), slope(middle, large)
    bend = last / first - 1
    print(
        f"\nµs for each further row: {first:.1f} from {small.times}x to {middle.times}x, {last:.1f} from {middle.times}x to {large.times}x"
    )
    print(f"the second is {bend:+.0%} of the first: bar {LINEAR_WITHIN:.0%}  {'met' if bend <= LINEAR_WITHIN else 'NOT MET'}")
    grown = large.cost.peak / middle.cost.peak - 1
    verdict = f": bar {FLAT_WITHIN:.0%}  {'met' if grown <= FLAT_WITHIN else 'NOT MET'}" if flat else ", with the largest workbook"
    print(
        f"peak memory {middle.cost.peak:.0f} MiB at {middle.times}x, {large.cost.peak:.0f} at {large.times}x: {grown:+.0%} for"
        f" {large.rows / middle.rows:.1f} times the rows{verdict}"
    )


if __name__ == "__main__":
    sys.exit(main())
