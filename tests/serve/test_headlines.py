"""Every headline figure opens to exactly the rows that it counts, and none can be taken for another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.portfolios import load, loaded
from tests.serve.conftest import MadeUpMesh

from ncdm.contracts import KINDS
from ncdm.errors import NotFound
from ncdm.serve.answers import Counted
from ncdm.serve.figures import figure_sources, figure_titles
from ncdm.serve.over_store import MeshOverStore
from ncdm.serve.window import Filter, Window
from ncdm.settings import Settings
from ncdm.types import StudyId, TableName
from ncdm.wiring import wired

AT = 2
ALL = Window(0, 1_000_000)


@pytest.fixture(scope="module")
def store() -> Iterator[MeshOverStore]:
    """Two weeks of the demo portfolio."""
    with wired(Settings(loaded(AT), 0, 1)) as wiring:
        yield MeshOverStore(wiring)


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_no_two_figures_of_a_report_are_called_alike(kind: str) -> None:
    titles = figure_titles()
    called = [titles[name] for name in figure_sources()[kind]]
    assert called
    assert len(set(called)) == len(called), sorted(called)


def test_a_headline_by_rule_reads_the_table_that_it_opens() -> None:
    found = [(kind, headline) for kind in KINDS for headline in kind.headlines]
    assert found
    for kind, headline in found:
        source = figure_sources()[kind.code][headline.name]
        assert source.counted is Counted.RULE
        assert f"FROM {source.table}" in headline.sql


def test_a_figure_is_the_count_or_the_sum_of_the_rows_it_opens_to(store: MeshOverStore) -> None:
    met = dict.fromkeys(Counted, 0)
    for line in store.portfolio(AT).studies:
        study = store.study(AT, StudyId(line.study_id))
        for kind, figures in study.totals.items():
            for name, value in figures.items():
                source = study.sources[kind][name]
                kept = () if source.contract is None else (Filter("contract", source.contract),)
                rows = store.rows(AT, StudyId(line.study_id), TableName(source.table), None, kept, ALL)
                met[source.counted] += 1
                where = (line.study_id, kind, name)
                if source.counted is Counted.ROWS:
                    assert value == rows.total == len(rows.items), where
                elif source.counted is Counted.SUM:
                    known = [cell for row in rows.items if isinstance(cell := row.cells[name], int)]
                    assert value == (sum(known) if known or not rows.items else None), where
                else:
                    assert isinstance(value, int), where
                    assert value <= rows.total, where
    assert all(met.values()), met


def test_a_sheet_that_is_not_there_has_no_rows(store: MeshOverStore) -> None:
    study = next(line.study_id for line in store.portfolio(AT).studies if any(cell.rows for cell in line.reports if cell.kind == "cpid"))
    kept = (Filter("contract", "no_such_sheet"),)
    assert store.rows(AT, StudyId(study), TableName("subject_metrics"), None, kept, ALL).total == 0


def test_what_is_quarantined_is_said_by_the_files_that_are(store: MeshOverStore) -> None:
    portfolio = store.portfolio(AT)
    files = store.files(AT, None, None, ALL).items
    assert portfolio.totals.quarantined == sum(file.quarantined for file in files)
    for line in portfolio.studies:
        assert line.quarantined == sum(file.quarantined for file in files if file.study_id == line.study_id)


def test_an_advice_on_a_page_names_no_command(browser: TestClient, mesh: MadeUpMesh) -> None:
    mesh.break_with = NotFound("there is no file 0123456789abcdef", todo="List the files: ncdm receipts.")
    assert browser.get("/api/v1/portfolio").json()["error"]["todo"] == "List the files."


def test_a_sum_over_cells_that_hold_no_number_is_told_as_a_lower_bound(tmp_path: Path) -> None:
    header = ["Study", "Subject", "Total Open issue Count per subject"]
    folder = tmp_path / "Study 7"
    folder.mkdir()
    (folder / "EDRR.csv").write_text(
        "\n".join(",".join(line) for line in (header, ["Study 7", "Subject 1", "4"], ["Study 7", "Subject 2", "many"]))
    )
    load(tmp_path / "home", folder)
    with wired(Settings(tmp_path / "home", 0, 1)) as wiring:
        study = MeshOverStore(wiring).study(1, StudyId("Study 7"))
    assert study.totals["edrr"]["thirdparty_open_issues_n"] == 4
    assert study.unread == {"edrr": {"thirdparty_open_issues_n": 1}}
