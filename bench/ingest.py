"""How long a full ingest takes, against reading alone by pandas + openpyxl and by fastexcel, in one run on the same files.

Every figure is of a fresh process, start-up included: ours reads, conforms, stores and commits; the other two only read every cell of every
sheet as text. The runs are interleaved, so that a busy moment of the machine meets all of them. Memory is looked at in a further run of
each, because looking slows a run down. Needs Linux (/proc).

    python bench/ingest.py [--repeats 3] [--folder FOLDER]

Reads the folder that NCDM_REFERENCE_DATA names (default: ../shared/data/nest beside the checkout), else a generated portfolio.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the type checker knows this folder by its own name, the interpreter as the folder of the script
    from bench.measuring import ROOT, Cost, NotMeasured, measured, median, ours, python, quiet
else:
    from measuring import ROOT, Cost, NotMeasured, measured, median, ours, python, quiet

PANDAS = """
import sys, warnings
from pathlib import Path
import pandas
warnings.simplefilter("ignore")
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    for cells in pandas.read_excel(path, sheet_name=None, header=None, dtype=str, engine="openpyxl").values():
        len(cells)
"""
FASTEXCEL = """
import sys
from pathlib import Path
import fastexcel
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    book = fastexcel.read_excel(path)
    for name in book.sheet_names:
        book.load_sheet(name, header_row=None, dtypes="string").to_arrow_with_errors()
"""
FASTER_THAN_PANDAS, TIMES_FASTEXCEL, PEAK_MIB, UNCHANGED_SHARE = 8.0, 3.0, 600 * 1e6 / 2**20, 0.03
NAMES = {
    "ours": "ncdm ingest: read, conform, store, commit",
    "again": "ncdm ingest of the same files again",
    "start": "ncdm snapshots: start-up of the same process, no file touched",
    "pandas": "pandas + openpyxl, reading alone",
    "fastexcel": "fastexcel, reading as text alone",
}


def main() -> int:
    """Measure and print; 1 only when something could not be measured."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--repeats", type=int, default=3, help="timed runs of each; the median counts (default 3)")
    asked.add_argument("--folder", type=Path, help="read this folder of workbooks instead")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="ncdm-bench-") as scratch:
        folder = options.folder or _reference(Path(scratch))
        files = list(folder.rglob("*.xlsx"))
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"{len(files)} workbooks, {size:.1f} MB; {options.repeats} runs of each, interleaved; {quiet()}")
        try:
            costs = _runs(folder, Path(scratch), options.repeats)
        except NotMeasured as fault:
            print(fault, file=sys.stderr)
            return 1
    _told(costs)
    return 0


def _reference(scratch: Path) -> Path:
    found = Path(os.environ.get("NCDM_REFERENCE_DATA") or ROOT.parent / "shared" / "data" / "nest")
    if found.is_dir():
        return found
    print(f"{found} is absent: a generated portfolio stands in, so the bars below are only a hint")
    subprocess.run([*ours("demo", str(scratch / "portfolio"), "--studies", "12", "--subjects", "120")], check=True, env=_environment())  # noqa: S603
    return scratch / "portfolio"


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src")}


def _runs(folder: Path, scratch: Path, repeats: int) -> dict[str, Cost]:
    found: dict[str, list[Cost]] = {name: [] for name in NAMES}
    measured(python(FASTEXCEL, str(folder)))  # once for nothing: the files come into the memory of the system
    for number in range(repeats + 1):
        memory = number == repeats
        home = {"NCDM_HOME": str(scratch / f"home-{number}")}
        found["ours"].append(measured(ours("ingest", str(folder)), home, memory=memory))
        found["again"].append(measured(ours("ingest", str(folder)), home, memory=memory))
        found["start"].append(measured(ours("snapshots"), home, memory=memory))
        found["fastexcel"].append(measured(python(FASTEXCEL, str(folder)), memory=memory))
        found["pandas"].append(measured(python(PANDAS, str(folder)), memory=memory))
        shutil.rmtree(home["NCDM_HOME"])
    return {name: median(costs) for name, costs in found.items()}


def _told(costs: dict[str, Cost]) -> None:
    print(f"\n{'':58}{'wall s':>9}{'cpu s':>9}{'peak MiB':>10}")
    for name, title in NAMES.items():
        cost = costs[name]
        print(f"{title:58}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.peak:10.0f}")
    one, again, start, pandas, fastexcel = (costs[name] for name in NAMES)
    work = max(0.0, again.cpu - start.cpu)
    print()
    _bar("wall: pandas + openpyxl / ours", pandas.wall / one.wall, ">=", FASTER_THAN_PANDAS)
    _bar("wall: ours / fastexcel", one.wall / fastexcel.wall, "<=", TIMES_FASTEXCEL)
    _bar("peak memory, MiB (600 MB)", one.peak, "<=", PEAK_MIB)
    _bar("unchanged / cold, cpu less start-up on both sides", work / max(one.cpu - start.cpu, 1e-9), "<=", UNCHANGED_SHARE)
    print(
        f"  processor time, for comparison: pandas + openpyxl / ours {pandas.cpu / one.cpu:.3f}, ours / fastexcel {one.cpu / fastexcel.cpu:.3f}"
    )
    print(f"  unchanged / cold with start-up on both sides: wall {again.wall / one.wall:.3f}, cpu {again.cpu / one.cpu:.3f}")
    print("Start-up is that of `ncdm snapshots`: the same program, the same data folder, and no file looked at.")


def _bar(what: str, found: float, sign: str, bar: float) -> None:
    met = found >= bar if sign == ">=" else found <= bar
    print(f"{what:58}{found:9.3f}  bar {sign} {bar:.2f}  {'met' if met else 'NOT MET'}")


if __name__ == "__main__":
    sys.exit(main())
