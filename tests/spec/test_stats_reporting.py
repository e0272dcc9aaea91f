"""The reporting probability gives the anchors' figures, and behaves where a simulation would not."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.reporting import LIMITS, ReportingState, _flag, reporting_probability
from ncdm.measures.statistics.reporting_classic import classic_reporting
from ncdm.measures.statistics.reporting_visits import VisitCounts, complete_visits

Row = tuple[str, str, int, int]


def study_of(rows: list[Row]) -> VisitCounts:
    site, subject, visit, count = zip(*rows, strict=True)
    return complete_visits(np.array(site), np.array(subject), np.array(visit), np.array(count))


@pytest.fixture(scope="session")
def anchors(shared_data: Path) -> Path:
    path = shared_data / "anchors"
    if not (path / "simaerep_visits.csv").exists():
        pytest.skip(f"the sample studies are not at {path}")
    return path


def sample(anchors: Path, study: str) -> tuple[VisitCounts, dict[str, Any]]:
    with (anchors / "simaerep_visits.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(r["site_number"], r["patnum"], int(r["visit"]), int(r["n_ae"])) for r in csv.DictReader(lines) if r["study_id"] == study]
    expected: dict[str, Any] = json.loads((anchors / "anchors.json").read_text(encoding="utf-8"))["reporting"][f"{study} S0001"]
    return study_of(rows), expected


@pytest.mark.parametrize("study", ["A", "B"])
def test_the_exact_probabilities_of_the_anchors(anchors: Path, study: str) -> None:
    visits, expected = sample(anchors, study)
    found = reporting_probability(visits)
    assert found.sites[0] == "S0001"
    assert (found.subjects[0], found.events[0], found.visits[0]) == (expected["patients"], expected["events"], expected["visits"])
    assert found.p_ur[0] == pytest.approx(expected["p_ur"], rel=1e-9)
    assert found.p_or[0] == pytest.approx(expected["p_or"], rel=1e-9)


@pytest.mark.parametrize("study", ["A", "B"])
def test_the_classic_figures_of_the_anchors(anchors: Path, study: str) -> None:
    visits, anchor = sample(anchors, study)
    found, expected = classic_reporting(visits, replicates=100), anchor["classic"]
    assert (found.subjects[0], found.visit[0]) == (expected["n_with_med75"], expected["visit_med75"])
    assert found.mean_site[0] == pytest.approx(expected["mean_site"], rel=1e-12)
    assert found.mean_rest[0] == pytest.approx(expected["mean_study"], rel=1e-12)
    assert found.pval[0] == pytest.approx(expected["poisson_p"], rel=1e-9)
    assert found.prob_low[0] == pytest.approx(expected["prob_low_r100"], abs=1e-12)
    assert found.prob_ur[0] == pytest.approx(expected["prob_ur_bh"], abs=1e-12)


def test_one_event_in_a_study_accuses_nobody() -> None:
    rows = [(f"S{i // 5}", f"P{i}", visit, int(i == 0)) for i in range(50) for visit in (1, 2)]
    found = reporting_probability(study_of(rows))
    assert (np.abs(found.prob[1:]) <= 0.6).all()
    # (49/50)^5: none of five draws is the one subject with an event.
    assert found.p_ur[1] == pytest.approx(1 - 0.98**5, rel=1e-12)
    assert found.p_or[0] == pytest.approx(0.98**5, rel=1e-12)


def test_a_study_without_events_has_no_probabilities_to_speak_of() -> None:
    found = reporting_probability(study_of([(f"S{i // 5}", f"P{i}", 1 + i % 3, 0) for i in range(20)]))
    assert found.prob.tolist() == found.prob_corrected.tolist() == [0.0] * 4
    assert not np.signbit(found.prob).any()
    assert found.flag.tolist() == found.flag_corrected.tolist() == [0.0] * 4


def test_a_single_site_has_no_peers() -> None:
    study = study_of([("S1", f"P{i}", 3, i) for i in range(5)])
    found, classic = reporting_probability(study), classic_reporting(study, replicates=5)
    assert found.state is ReportingState.NO_PEERS
    assert np.isnan([found.prob, found.p_ur, found.flag, found.delta]).all()
    assert (found.events[0], found.visits[0]) == (10, 15)
    assert (classic.pval[0], classic.prob_low[0], classic.prob_ur[0]) == (1.0, 1.0, 0.0)


def test_no_rows_are_no_sites() -> None:
    none = np.zeros(0, dtype=np.int64)
    study = complete_visits(none, none, none, none)
    assert reporting_probability(study).prob.shape == classic_reporting(study, replicates=3).prob_ur.shape == (0,)


def test_gaps_are_filled_forward_and_the_larger_of_two_rows_counts() -> None:
    study = study_of([("A", "P1", 2, 1), ("A", "P1", 5, 4), ("A", "P1", 5, 3), ("B", "P2", 4, 9)])
    assert study.levels.tolist() == [2, 4, 5]
    assert study.count[0].tolist() == [1, 1, 4]
    assert study.at(1).tolist() == [0, 0]
    assert study.at(3).tolist() == [1, 0]
    assert study.at(9).tolist() == [4, 9]
    assert study.last.tolist() == [5, 4]


def test_a_site_at_the_rate_of_the_study_has_probability_zero() -> None:
    # B has 2 events in 6 visits, the study 4 in 12; its counts alone would give some probability.
    rows = [("A", "P1", 4, 2), ("A", "P2", 2, 0), ("B", "P3", 3, 2), ("B", "P4", 3, 0)]
    found = reporting_probability(study_of(rows))
    assert found.prob.tolist() == [0.0, 0.0]
    assert (found.p_ur[1], found.p_or[1]) == pytest.approx((1 / 9, 4 / 9))


def test_flags_of_probabilities() -> None:
    rows = [("A", f"A{i}", 5, 0) for i in range(20)] + [(f"B{i % 5}", f"B{i}", 5, 2) for i in range(20)]
    found = reporting_probability(study_of(rows))
    assert found.flag.tolist()[0] == -2.0
    assert found.prob[0] == pytest.approx(-(1 - 0.5**20), rel=1e-12)
    assert found.delta[0] == pytest.approx(-20)
    # Four draws of 0 or 2 with equal chance: P(sim < 8) = 15/16.
    assert found.prob[1] == pytest.approx(15 / 16)
    # Among six sites: 1 - BH(P(sim >= obs)); A's is 1, the others' 1/16, ranks 1 to 5 of 6.
    assert found.p_or_corrected[1] == pytest.approx(1 - 6 / 5 / 16)
    assert found.flag.tolist()[1:] == [0.0] * 5
    assert found.flag_corrected.tolist()[1:] == [1.0] * 5


def test_a_probability_on_a_limit_goes_up() -> None:
    prob = np.array([-1, -0.99, -0.98, -0.95, -0.94, 0, 0.94, 0.95, 0.98, 0.99, 1])
    assert _flag(prob, LIMITS).tolist() == [-2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([("A", "P1", 1, 0), ("B", "P1", 2, 0)], "two sites"),
        ([("A", "P1", -1, 0)], "a visit is negative"),
        ([("A", "P1", 1, -2)], "a count is negative"),
    ],
)
def test_what_makes_no_study_is_refused(rows: list[Row], what: str) -> None:
    with pytest.raises(InvalidQuestion, match=what):
        study_of(rows)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(InvalidQuestion, match="do not belong together"):
        complete_visits(np.array(["A"]), np.array(["P1", "P2"]), np.array([1]), np.array([0]))
