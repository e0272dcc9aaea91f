"""Each bench still runs: on little, and without asking how fast."""

import csv
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.portfolios import deliveries

ROOT = Path(__file__).resolve().parents[2]
NOT_MET = 1
"""A bar may be missed on so little; a bench that breaks ends otherwise, or says so."""


def _ran(script: str, *words: str) -> str:
    """What a bench prints."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / script), *words], capture_output=True, text=True, timeout=120, check=False, cwd=ROOT
    )
    assert done.returncode in {0, NOT_MET}, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exposures(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Subjects of 40 sites."""
    chance = random.Random(1)
    path = tmp_path_factory.mktemp("bench") / "exposures.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        told = csv.writer(lines)
        told.writerow(("SubjectID", "GroupID", "Denominator"))
        told.writerows((f"S{number}", f"Site {number % 40}", chance.randint(20, 300)) for number in range(160))
    return str(path)


def test_the_bench_of_measures_runs() -> None:
    said = _ran("measures.py", "--folder", str(deliveries()[0]), "--repeats", "1", "--times", "2", "--rows", "200000")
    assert "differing sums: none" in said
    assert "results equal" in said
    assert said.count("bar") == 4


def test_the_bench_of_calibration_runs(exposures: str) -> None:
    said = _ran("calibration.py", "--studies", "2", "--exposures", exposures)
    assert "of 14 bars met" in said
    assert "nan" not in said


def test_the_bench_of_reporting_runs(exposures: str) -> None:
    said = _ran("reporting.py", "--studies", "1", "--exposures", exposures)
    assert "of 11 bars met" in said
    assert "nan" not in said


def test_the_bench_of_ingest_runs() -> None:
    assert _ran("ingest.py", "--folder", str(deliveries()[0] / "Study 36_CPID_Input Files - Anonymization"), "--repeats", "1")


def test_every_bench_says_how_it_is_run() -> None:
    for path in sorted((ROOT / "bench").glob("*.py")):
        assert f"python bench/{path.name}" in _ran(path.name, "--help") + path.read_text(encoding="utf-8")
