"""Writing invented portfolios: where things lie, that they repeat to the byte, that they are marked, and what is refused."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

import ncdm
from ncdm import demo
from ncdm.demo import files
from ncdm.demo.layouts import LAYOUTS
from ncdm.demo.study import first_week
from ncdm.errors import InvalidQuestion


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def in_another_process(folder: Path, hash_seed: str, zone: str) -> dict[str, str]:
    program = f"from pathlib import Path; from ncdm import demo; demo.write(Path({str(folder)!r}), studies=3, subjects=12, seed=9, weeks=2)"
    source = str(Path(ncdm.__file__).parents[1])
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": zone, "PYTHONPATH": source}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    return fingerprint(folder)


def test_equal_arguments_give_equal_bytes_in_any_process_and_time_zone(tmp_path: Path) -> None:
    first = in_another_process(tmp_path / "a", "1", "UTC")
    assert first == in_another_process(tmp_path / "b", "4242", "Asia/Tokyo")
    assert len(first) > 50


def test_another_seed_gives_another_portfolio(tmp_path: Path) -> None:
    one = demo.write(tmp_path / "a", studies=2, subjects=12, seed=1)
    two = demo.write(tmp_path / "b", studies=2, subjects=12, seed=2)
    assert not set(fingerprint(one.folder).values()) & set(fingerprint(two.folder).values()) - {
        hashlib.sha256((one.folder / demo.MARKER).read_bytes()).hexdigest()
    }


def test_one_week_lies_in_the_folder_itself(tmp_path: Path) -> None:
    written = demo.write(tmp_path / "new" / "demo", studies=2, subjects=12)
    assert written.deliveries == (written.folder,)
    assert written.truth == (written.folder / "truth.json",)
    assert Counter(path.parent.parent for path in written.files) == {written.folder: 18}
    assert all(path.is_file() for path in written.files)


def test_several_weeks_lie_beside_each_other_and_the_first_is_the_same_as_alone(tmp_path: Path) -> None:
    alone = demo.write(tmp_path / "alone", studies=3, subjects=12, seed=4)
    series = demo.write(tmp_path / "series", studies=3, subjects=12, seed=4, weeks=3)
    assert [path.name for path in series.deliveries] == ["week-01", "week-02", "week-03"]
    assert [json.loads(path.read_text())["week"] for path in series.truth] == [1, 2, 3]
    assert fingerprint(series.deliveries[0]) == fingerprint(alone.folder)


def test_every_folder_says_that_it_is_demo_data(tmp_path: Path) -> None:
    written = demo.write(tmp_path, studies=2, subjects=12, weeks=2)
    for folder in (tmp_path, *written.deliveries, *{path.parent for path in written.files}):
        assert (folder / demo.MARKER).read_text().startswith("Demo data")
    assert all(json.loads(path.read_text())["demo"] is True for path in written.truth)


def test_folders_and_files_are_named_as_in_real_deliveries() -> None:
    studies = [first_week(f"Study {at}", layout, 10, 1) for at, layout in enumerate(LAYOUTS, 1)]
    folders = [files.folder_name(study) for study in studies]
    assert {name.split(" ")[0] for name in folders} == {"Study", "STUDY"}
    assert all(name.endswith("_CPID_Input Files - Anonymization") for name in folders)
    names = [files.file_name(study, kind) for study in studies for kind in study.layout.files]
    assert len(names) == 104
    for end in (".xls_updated.xlsx", ".xlsx (1) 3_updated.xlsx", "USERID01.xls (2)_updated.xlsx", "inactivated reprot_updated.xlsx"):
        assert any(name.endswith(end) for name in names), end
    assert any("_14NOV2025_" in name for name in names)
    assert any("_30OCT2025_" in name for name in names), "a date that is wrong"


def test_sizes_are_skewed_around_the_median_asked_for(tmp_path: Path) -> None:
    written = demo.write(tmp_path, studies=6, subjects=40)
    truth = json.loads(written.truth[0].read_text())["studies"]
    sizes = sorted(study["subjects_union"] for study in truth.values())
    assert 36 <= median(sizes) <= 60
    assert sizes[-1] > 4 * sizes[0]


def test_properties_hold_no_name_and_a_fixed_date(tmp_path: Path) -> None:
    for path in demo.write(tmp_path, studies=1, subjects=10).files:
        with zipfile.ZipFile(path) as packed:
            core = packed.read("docProps/core.xml").decode()
            assert "2025-01-01T00:00:00Z" in core
            assert "<cp:category>" not in core
            assert "<dc:creator></dc:creator>" in core
            assert {member.date_time[:3] for member in packed.infolist()} == {(1980, 1, 1)}


def test_no_workbook_holds_a_formula(tmp_path: Path) -> None:
    for path in demo.write(tmp_path, studies=6, subjects=10).files:
        with zipfile.ZipFile(path) as packed:
            assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/"))


def test_progress_is_told_after_each_study_of_each_week(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    demo.write(tmp_path, studies=2, subjects=10, weeks=2, progress=lambda name, done, total: told.append((name, done, total)))
    assert [(done, total) for _, done, total in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert all(name.startswith("Study ") for name, _, _ in told)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    precious = tmp_path / "notes.txt"
    precious.write_text("mine")
    with pytest.raises(InvalidQuestion, match="no demo data"):
        demo.write(tmp_path, studies=1, subjects=10)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_earlier_demo_is_replaced_and_a_file_put_beside_it_stays(tmp_path: Path) -> None:
    demo.write(tmp_path / "a", studies=4, subjects=10, seed=1)
    (tmp_path / "a" / "notes.txt").write_text("mine")
    demo.write(tmp_path / "a", studies=1, subjects=10, seed=3)
    fresh = demo.write(tmp_path / "b", studies=1, subjects=10, seed=3)
    assert set(fingerprint(tmp_path / "a")) == {*fingerprint(fresh.folder), "notes.txt"}


@pytest.mark.parametrize(("studies", "subjects", "weeks"), [(0, 80, 1), (601, 80, 1), (6, 9, 1), (6, 80, 0)])
def test_portfolios_that_cannot_be_invented_are_refused_before_anything_is_written(
    tmp_path: Path, studies: int, subjects: int, weeks: int
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        demo.write(tmp_path / "none", studies=studies, subjects=subjects, weeks=weeks)
    assert refused.value.todo
    assert not (tmp_path / "none").exists()
