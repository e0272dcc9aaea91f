"""Engineered features: the numbers of the specification, and bounds where a part is not known."""

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from scipy import stats
from tests.portfolios import loaded

from ncdm.measures.features.composite import composite, velocity_points
from ncdm.measures.features.density import DensityBand, densities, density_band
from ncdm.measures.features.hot_spots import HotSpotBand, hot_spot_band, hot_spots
from ncdm.measures.features.inactivation import Inactivation, ReviewBand, frequency_points, is_endpoint, review, review_band, time_points
from ncdm.measures.features.index_slope import SlopeBand, index_slope, slope_band
from ncdm.measures.features.of_study import DEFINITIONS, features
from ncdm.measures.features.part import Bounded, Part, added, known_part
from ncdm.measures.features.site_ratio import percentiles
from ncdm.measures.features.visit_offenders import older_score, visit_offenders
from ncdm.measures.history.moments import Moment, moments
from ncdm.measures.history.trend import Point
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.types import StudyId
from ncdm.wiring import wired

MONDAY = dt.date(2025, 11, 3)
WEEK = dt.timedelta(days=7)


# -- density


@pytest.mark.parametrize(
    ("density", "band"),
    [
        (0.15, DensityBand.CRITICAL),
        (0.1499, DensityBand.HIGH),
        (0.10, DensityBand.HIGH),
        (0.0999, DensityBand.MEDIUM),
        (0.02, DensityBand.MEDIUM),
        (0.0199, DensityBand.LOW),
        (0.0, DensityBand.LOW),
    ],
)
def test_a_density_is_in_its_band(density: float, band: DensityBand) -> None:
    assert density_band(density) is band


def test_a_percentile_counts_half_of_those_alike() -> None:
    found = percentiles(np.array([0.1, 0.3, 0.1, np.nan, 0.2]))
    # 0.1 twice: none lower, half of two of four; then two lower and half of itself; then three.
    assert found.tolist() == pytest.approx([25.0, 87.5, 25.0, np.nan, 62.5], nan_ok=True)


# -- inactivations


@pytest.mark.parametrize(
    ("per_month", "points"), [(0, 0), (2, 20), (4.9, 49), (5, 50), (9.99, 50), (10, 75), (14.99, 75), (15, 100), (200, 100)]
)
def test_the_frequency_is_linear_below_five_a_month_and_stepped_above(per_month: float, points: float) -> None:
    assert frequency_points(per_month) == pytest.approx(points)


@pytest.mark.parametrize(
    ("share", "gap", "points"), [(0.81, 1.9, 70), (0.8, 1.9, 55), (0.61, 2.0, 25), (0.6, None, 0), (0.9, None, 40), (0.2, 0.5, 30)]
)
def test_one_user_and_a_short_time_add_up(share: float, gap: float | None, points: float) -> None:
    assert time_points(share, gap) == points


@pytest.mark.parametrize(
    ("form", "words", "found"),
    [
        ("OS follow-up", ["OS"], True),
        ("Diagnosis", ["OS"], False),
        ("diagnosis of os", ["OS"], True),
        ("Form 10", ["Form 1"], False),
        ("Form 1", ["form 1"], True),
        ("Tumour (RECIST)", ["recist"], True),
        ("anything", ["", " "], False),
        ("Death", [], False),
    ],
)
def test_endpoint_forms_are_found_by_whole_words(form: str, words: list[str], found: bool) -> None:  # noqa: FBT001 - a table
    assert is_endpoint(form, words) is found


def rows(*told: tuple[str | None, str | None, str | None]) -> list[Inactivation]:
    return [Inactivation("Site 1", form, reason, actor, f"r{number}") for number, (form, reason, actor) in enumerate(told)]


FOUR = rows(("OS", "none", "user"), ("Form 2", "none", "user"), ("Form 3", "not_done", "user"), ("Form 4", "none", "amendment_manager"))


def test_a_score_whose_parts_are_known_is_their_weighted_sum() -> None:
    found = review("Site 1", FOUR, per_month=12.0, endpoints=["OS"], by_time=(0.9, 1.0))
    # .30 x 75 + .35 x (200 x 1/4) + .20 x 70 + .15 x (150 x 2/4)
    assert found.score.value == pytest.approx(22.5 + 17.5 + 14.0 + 11.25, abs=1e-12)
    assert found.band is ReviewBand.SOON
    assert found.score.coverage == pytest.approx(1.0)
    assert found.rows == ("r0", "r1", "r2", "r3")


def test_what_the_export_does_not_tell_widens_the_score() -> None:
    found = review("Site 1", FOUR)
    # Frequency 0 to 100, endpoint forms 0 to 100, time 0 to 70; the reasons are told.
    assert (found.score.low, found.score.high) == pytest.approx((11.25, 30.0 + 35.0 + 14.0 + 11.25))
    assert (found.score.value, found.band, found.band_low, found.band_high) == (None, None, ReviewBand.NONE, ReviewBand.AT_ONCE)
    assert found.score.coverage == pytest.approx(0.15)
    assert [part.code for part in found.score.parts if part.reason] == ["frequency", "endpoint", "time"]


def test_a_form_or_action_that_is_not_told_may_be_either() -> None:
    found = review("Site 1", rows(("OS", "none", "user"), (None, None, None)), per_month=0.0, endpoints=["OS"], by_time=(0.1, None))
    assert (found.score.low, found.score.high) == pytest.approx((0.35 * 100 + 0.15 * 75, 0.35 * 100 + 0.15 * 100))
    found = review(
        "Site 1", rows(("Form 1", "not_done", "user"), (None, "not_done", "user")), per_month=0.0, endpoints=["OS"], by_time=(0.1, None)
    )
    assert (found.score.low, found.score.high) == pytest.approx((0.0, 35.0))


def test_without_inactivations_there_is_nothing_to_review_whatever_is_unknown() -> None:
    found = review("Site 1", [])
    assert (found.score.value, found.band) == (0.0, ReviewBand.NONE)
    assert found.score.coverage == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (80, ReviewBand.AT_ONCE),
        (79.9, ReviewBand.SOON),
        (60, ReviewBand.SOON),
        (40, ReviewBand.DUE),
        (20, ReviewBand.WATCH),
        (19.9, ReviewBand.NONE),
    ],
)
def test_a_review_band_begins_at_its_edge(score: float, band: ReviewBand) -> None:
    assert review_band(score) is band


def test_no_band_accuses_anybody() -> None:
    assert all("fraud" not in band and "manipulat" not in band for band in ReviewBand)


# -- composite


@pytest.mark.parametrize(("net", "points"), [(-9, 100), (-5, 100), (-0.5, 50), (1, 100 / 3), (4, 0), (7, 0)])
def test_a_pile_that_grows_counts_up_to_a_hundred(net: float, points: float) -> None:
    assert velocity_points(net) == pytest.approx(points)


def known(value: float) -> Bounded:
    return added([known_part("one", "One", 1.0, value)])


def test_the_composite_is_the_weighted_sum_of_its_parts() -> None:
    found = composite("Site 1", net=1.0, percentile=80.0, inactivation=known(50.0), step_in=False)
    assert found.score.value == pytest.approx(10 + 16 + 20 + 0)
    assert found.intervene is False
    assert composite("Site 1", net=-5.0, percentile=100.0, inactivation=known(0.0), step_in=True).intervene is True  # 30 + 20 + 10


def test_a_composite_with_an_unknown_part_is_a_range_and_decides_only_when_both_ends_agree() -> None:
    found = composite("Site 1", net=None, percentile=80.0, inactivation=known(50.0), step_in=False)
    assert (found.score.low, found.score.high) == pytest.approx((36, 66))
    assert (found.score.value, found.intervene) == (None, None)
    assert composite("Site 1", net=4.0, percentile=0.0, inactivation=known(0.0), step_in=None).intervene is False
    bounds = Bounded(0.0, 100.0, None, 0.0, (Part("one", "One", 1.0, 0.0, 100.0, "unknown"),))
    assert composite("Site 1", net=-5.0, percentile=100.0, inactivation=bounds, step_in=True).intervene is True  # at least 60
    assert composite("Site 1", net=None, percentile=None, inactivation=None, step_in=None).score.coverage == 0.0


def test_one_p_stands_beside_the_composite() -> None:
    # T = mean tan((.5 - p) pi): with two p alike it is that p.
    assert composite("Site 1", net=0.0, percentile=0.0, inactivation=None, step_in=None, p=[0.01, 0.01]).p == pytest.approx(0.01)
    assert composite("Site 1", net=0.0, percentile=0.0, inactivation=None, step_in=None).p is None


# -- visit offenders and hot spots


def test_the_older_score_adds_days_and_visits() -> None:
    assert older_score(40.0, 30.0, 2.0) == pytest.approx(26.2)


@pytest.mark.parametrize(
    ("pages", "band"), [(10, HotSpotBand.CRITICAL), (9, HotSpotBand.HIGH), (5, HotSpotBand.HIGH), (4, HotSpotBand.SOME)]
)
def test_a_hot_spot_is_banded_by_its_pages(pages: float, band: HotSpotBand) -> None:
    assert hot_spot_band(pages) is band


# -- the slope of an index


def index(*values: float | None) -> list[Point]:
    return [Point(number, MONDAY + number * WEEK, value, "unknown" if value is None else "known") for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("slope", "band"),
    [
        (-10.0, SlopeBand.CRITICAL),
        (-9.99, SlopeBand.DECLINING),
        (-5.0, SlopeBand.DECLINING),
        (-4.99, SlopeBand.STEADY),
        (4.99, SlopeBand.STEADY),
        (5.0, SlopeBand.IMPROVING),
    ],
)
def test_a_slope_is_in_its_band(slope: float, band: SlopeBand) -> None:
    assert slope_band(slope) is band


@pytest.mark.parametrize(
    ("values", "step_in"),
    [
        ((80, 74), True),
        ((80, 76), False),
        ((79, 74), False),
        ((60, 80), False),
        ((76,), False),
        ((74,), None),
        ((None,), None),
        ((90, 82, 74), True),
    ],
)
def test_somebody_steps_in_where_the_index_is_low_and_falls_steeply(values: tuple[float | None, ...], step_in: bool | None) -> None:  # noqa: FBT001
    assert index_slope(index(*values)).intervene is step_in


def test_a_slope_exactly_on_an_edge_is_on_it() -> None:
    # 76.2, 71.1, 66.2: a fall of exactly 5 a week, which binary fractions miss by a hair.
    found = index_slope(index(76.2, 71.1, 66.2))
    assert (found.slope_per_week, found.band, found.intervene) == (-5.0, SlopeBand.DECLINING, False)


def test_a_projection_is_the_line_with_its_prediction_interval() -> None:
    found = index_slope(index(80, 75, 69)).projection
    assert found is not None
    line = stats.linregress([0, 1, 2], [80, 75, 69])
    residual = np.array([80, 75, 69]) - (line.intercept + line.slope * np.arange(3))
    error = np.sqrt(np.sum(residual**2) / 1 * (1 + 1 / 3 + 5**2 / 2))
    reach = stats.t.ppf(0.95, 1) * error
    middle = line.intercept + line.slope * 6
    assert found.day == MONDAY + 6 * WEEK
    assert (found.value, found.low, found.high) == pytest.approx((middle, middle - reach, middle + reach), abs=1e-9)


def test_a_projection_stays_an_index() -> None:
    found = index_slope(index(90, 95, 100)).projection
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((100, 100, 100))


def test_two_snapshots_have_a_slope_and_no_projection() -> None:
    found = index_slope(index(80, 70))
    assert (found.delta, found.slope_per_week, found.band, found.projection) == (-10, -10, SlopeBand.CRITICAL, None)
    assert found.reason == "a projection takes 3 snapshots"


def test_one_snapshot_is_told_as_such() -> None:
    assert index_slope(index(80)).reason == "no earlier snapshot"
    assert index_slope(index(None, None)).reason == "not computable at any snapshot"


# -- a study


@pytest.fixture(scope="module")
def studies() -> Iterator[dict[str, Sequence[Moment]]]:
    """Each invented study at its three snapshots."""
    with wired(Settings(loaded(3), 0, 1)) as mesh:
        reading = Reading(mesh.home, mesh.engine)
        yield {str(study): moments(reading, study) for study in sorted({sheet.study_id for sheet in reading.state().sheets})}


def test_every_feature_has_a_stated_definition() -> None:
    assert set(DEFINITIONS) == {"velocity", "density", "inactivation", "composite", "visit_offenders", "hot_spots", "index"}
    for definition in DEFINITIONS.values():
        assert all((definition.what, definition.why, definition.formula, definition.source, definition.example, definition.limits))


def test_the_features_of_a_study_agree_with_its_rows(studies: dict[str, Sequence[Moment]]) -> None:
    found = studies["Study 52"]
    told = features(found, StudyId("Study 52"))
    state = found[-1].state
    plain = {
        str(row["site_id"]): (row["queries"], row["pages"])
        for row in state.ask(
            "SELECT site_id, sum(queries_outstanding_n) AS queries, sum(pages_entered_n) AS pages FROM subject_metrics WHERE study_id = 'Study 52' GROUP BY site_id"
        )
    }
    assert {one.group.label: (one.queries, one.pages) for one in told.density} == plain
    for one in told.density:
        assert one.value == pytest.approx(plain[one.group.label][0] / plain[one.group.label][1])  # type: ignore[operator]
        refs = ", ".join(f"'{ref}'" for ref in one.rows) or "''"
        assert (
            state.ask(f"SELECT coalesce(sum(queries_outstanding_n), 0) AS n FROM subject_metrics WHERE row_ref IN ({refs})")[0]["n"]
            == one.queries
        )
    inactivated = state.ask("SELECT count(*) AS n FROM inactivation WHERE study_id = 'Study 52'")[0]["n"]
    assert sum(one.inactivations for one in told.inactivation) == inactivated
    scores = [*(review_of.score for review_of in told.inactivation), *(one.score for one in told.composite)]
    assert all(score.low <= score.high for score in scores)


def test_a_site_offends_by_its_rows_in_the_tracker(studies: dict[str, Sequence[Moment]]) -> None:
    for study, found in studies.items():
        state = found[-1].state
        told = visit_offenders(found[-1].measures, StudyId(study))
        plain = {
            str(row["site_id"]): (row["n"], row["longest"], row["mean"])
            for row in state.ask(
                "SELECT site_id, count(*) AS n, max(days_outstanding) AS longest, avg(days_outstanding) AS mean FROM missing_visit WHERE study_id = ? GROUP BY site_id",
                [study],
            )
        }
        assert len(told.sites) == min(10, len(plain))
        for one in told.sites:
            count, longest, mean = plain[one.group.label]
            assert (one.missing, one.longest, len(one.rows)) == (count, longest, count)
            assert one.mean == pytest.approx(mean)
            assert one.score == pytest.approx(0.4 * longest + 0.3 * mean + 0.6 * count)  # type: ignore[operator]


def test_without_cpid_density_and_hot_spots_say_why(studies: dict[str, Sequence[Moment]]) -> None:
    (study,) = (name for name, found in studies.items() if not found[-1].has(("subject_metrics",)))
    now = studies[study][-1].measures
    assert {(one.value, one.band) for one in densities(now, StudyId(study))} == {(None, None)}
    assert "no report CPID" in str(densities(now, StudyId(study))[0].reason)
    assert hot_spots(now, StudyId(study)).sites == ()
    assert "no report CPID" in str(hot_spots(now, StudyId(study)).reason)


def test_one_snapshot_leaves_velocity_frequency_and_index_unknown(studies: dict[str, Sequence[Moment]]) -> None:
    told = features(studies["Study 52"][:1], StudyId("Study 52"))
    for one in told.composite:
        assert {"velocity", "index"} <= {part.code for part in one.score.parts if part.reason}
    for review_of in told.inactivation:
        frequency = next(part for part in review_of.score.parts if part.code == "frequency")
        assert (frequency.reason is None) is (review_of.inactivations == 0)


def test_an_index_given_from_outside_settles_its_part(studies: dict[str, Sequence[Moment]]) -> None:
    found = studies["Study 52"]
    site = densities(found[-1].measures, StudyId("Study 52"))[0].group.label
    told = features(found, StudyId("Study 52"), site_index={site: index(90, 80, 70)})
    parts = {one.site_id: next(part for part in one.score.parts if part.code == "index") for one in told.composite}
    assert (parts[site].low, parts[site].high) == (100.0, 100.0)
    assert all(part.high - part.low == 100.0 for name, part in parts.items() if name != site)
