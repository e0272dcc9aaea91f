"""Series, their features and the scores of sites: the published values and the edges (measures-and-statistics 4.5, 6)."""

import csv
import itertools
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.series import Feature, Series, SeriesFeatures, SeriesRule, choose_series, lag_one, series_features
from ncdm.measures.statistics.series_distance import distances, outlier_factor, own_site_similarity
from ncdm.measures.statistics.series_sites import Place, Reference, SiteState, minus_log10, site_scores
from ncdm.measures.statistics.smirnov import Alternative, smirnov

NAN = float("nan")


@pytest.fixture(scope="module")
def chosen(shared_data: Path) -> tuple[Series, ...]:
    path = shared_data / "anchors" / "ctas_param1.csv"
    if not path.exists():
        pytest.skip(f"the sample of measurements is not at {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return choose_series(
        [row["subject_id"] for row in rows],
        [float(row["timepoint_rank"]) for row in rows],
        [float(row["result"] or "nan") for row in rows],
        SeriesRule(3, 30, 0.5),
    )


def test_subject_1_of_the_first_series(chosen: tuple[Series, ...]) -> None:
    first = chosen[0]
    found = series_features(first, ["all"] * len(first.subjects)).value
    here = first.subjects.index("1")
    assert found[Feature.RANGE][here] == pytest.approx(5.45314400603241, rel=1e-12)
    assert found[Feature.SD][here] == pytest.approx(1.4018535989077567, rel=1e-12)
    assert found[Feature.AUTOCORRELATION][here] == pytest.approx(0.12011549287303973, rel=1e-12)
    assert found[Feature.AVERAGE][here] == pytest.approx(38.176833561835174, rel=1e-12)
    assert found[Feature.OUTLIER_FACTOR][here] == pytest.approx(1.0593440078658314, rel=1e-12)
    assert np.isnan(found[Feature.OWN_SITE_SIMILARITY]).all()  # one site has no other


def test_each_further_series_gains_enough_subjects(chosen: tuple[Series, ...]) -> None:
    assert len(chosen) > 1
    for longer, shorter in itertools.pairwise(chosen):
        assert len(shorter.time_points) < len(longer.time_points)
        assert len(shorter.subjects) - len(longer.subjects) >= 30
        assert len(shorter.subjects) >= 1.2 * len(longer.subjects)
    assert all((~np.isnan(series.values)).mean(axis=1).min() >= 0.5 for series in chosen)


def measurements(points: dict[str, int]) -> tuple[list[str], list[float], list[float]]:
    """Each subject has a result at time points 1 to the number given."""
    rows = [(subject, float(k), float(k)) for subject, last in points.items() for k in range(1, last + 1)]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def test_the_longest_series_with_enough_subjects_comes_first() -> None:
    rows = measurements({"a": 6, "b": 6, "c": 5, "d": 3, "e": 3})
    found = choose_series(*rows, SeriesRule(3, 2, 0.0))
    assert [(series.time_points.size, series.subjects) for series in found] == [(6, ("a", "b")), (3, ("a", "b", "c", "d", "e"))]


def test_a_gain_of_enough_subjects_but_less_than_a_fifth_is_none() -> None:
    points = {f"s{i:02}": 4 for i in range(11)} | {"t1": 3, "t2": 3}
    assert [len(series.subjects) for series in choose_series(*measurements(points), SeriesRule(3, 2, 0.0))] == [11]
    points = {f"s{i:02}": 4 for i in range(10)} | {"t1": 3, "t2": 3}
    assert [len(series.subjects) for series in choose_series(*measurements(points), SeriesRule(3, 2, 0.0))] == [10, 12]


def test_a_time_point_without_any_result_is_none() -> None:
    found = choose_series(["a", "b", "a", "b", "a"], [1, 1, 2, 2, 9], [1.0, 2.0, 3.0, 4.0, NAN], SeriesRule(1, 2, 0.0))
    assert found[0].time_points.tolist() == [1.0, 2.0]


def test_results_at_one_time_point_are_averaged_and_a_missing_one_is_not_a_zero() -> None:
    found = choose_series(["a", "a", "a", "b"], [1, 1, 1, 1], [2.0, 4.0, NAN, 7.0], SeriesRule(1, 2, 0.0))
    assert found[0].values.tolist() == [[3.0], [7.0]]


def test_no_measurement_is_no_series() -> None:
    assert choose_series([], [], [], SeriesRule()) == ()
    assert choose_series(["a"], [1], [NAN], SeriesRule(1, 2, 1.0)) == ()


def test_senseless_rules_and_rows_are_refused() -> None:
    for rule in ((0, 30, 0.5), (3, 1, 0.5), (3, 30, 1.1)):
        with pytest.raises(InvalidQuestion):
            SeriesRule(*rule)
    with pytest.raises(InvalidQuestion):
        choose_series(["a"], [1, 2], [1.0, 2.0], SeriesRule())
    with pytest.raises(InvalidQuestion):
        choose_series(["a"], [NAN], [1.0], SeriesRule())
    with pytest.raises(InvalidQuestion):
        series_features(Series(np.array([1.0]), ("a",), np.array([[1.0]])), [])


def features_of(*rows: list[float]) -> SeriesFeatures:
    values = np.array(rows)
    return series_features(Series(np.arange(1.0, values.shape[1] + 1), tuple(f"s{i}" for i in range(len(rows))), values), ["x"] * len(rows))


def test_what_does_not_exist_is_no_number() -> None:
    found = features_of([0.1, 0.1, 0.1], [5.0, NAN, NAN], [1.0, 2.0, 4.0]).value
    assert found[Feature.RANGE].tolist() == [0.0, 0.0, 3.0]
    assert found[Feature.SD][0] == 0.0
    assert np.isnan(found[Feature.SD][1])
    assert np.isnan(found[Feature.AUTOCORRELATION][:2]).all()
    assert found[Feature.AUTOCORRELATION][2] == pytest.approx(1.0)
    assert found[Feature.UNIQUE_SHARE].tolist() == [pytest.approx(1 / 3), 1.0, 1.0]
    assert found[Feature.AVERAGE][0] == 0.1


def test_pairs_with_a_gap_do_not_count() -> None:
    row = np.array([1.0, 3.0, NAN, 2.0, 5.0, 4.0])
    pairs = [(1.0, 3.0), (2.0, 5.0), (5.0, 4.0)]
    assert lag_one(row) == pytest.approx(np.corrcoef(np.array(pairs).T)[0, 1])
    assert math.isnan(lag_one(np.array([1.0, 2.0, NAN, 4.0])))


def test_distance_is_scaled_up_for_missing_points() -> None:
    found = distances(np.array([[0.0, 0.0, 0.0, 0.0], [3.0, NAN, 4.0, NAN], [NAN, 1.0, NAN, 1.0]]))
    assert found[0, 1] == pytest.approx(math.sqrt(25 * 4 / 2))
    assert np.isnan(found[1, 2])
    assert np.isnan(outlier_factor(found)).all()


def test_identical_subjects_are_ordinary() -> None:
    assert outlier_factor(distances(np.array([[1.0, 2.0]] * 5))).tolist() == [1.0] * 5
    assert np.isnan(outlier_factor(distances(np.array([[1.0, 2.0]])))).all()


def test_a_subject_who_stands_alone_has_a_factor_above_1() -> None:
    points = np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [50.0]])
    found = outlier_factor(distances(points))
    assert found.argmax() == 5
    assert found[5] > 5


def test_own_site_similarity_by_hand() -> None:
    apart = distances(np.array([[0.0], [1.0], [2.0], [1.5]]))
    found = own_site_similarity(apart, ["a", "a", "b", "b"])
    # Subject 1 of site a at 0: own at 1; others at 2 and 1.5, both further.  Subject 2 at 1: own at 1; others at 1 (a tie) and .5.
    assert found.tolist() == [1.0, 0.25, 1.0, 0.75]
    assert np.isnan(own_site_similarity(apart, ["a", "b", "c", "c"])[:2]).all()


def measured(values: list[float], feature: Feature = Feature.AVERAGE) -> SeriesFeatures:
    subjects = tuple(f"s{i}" for i in range(len(values)))
    return SeriesFeatures(Series(np.array([1.0]), subjects, np.zeros((len(values), 1))), {feature: np.array(values)})


def places(sites: str, countries: str | None = None) -> dict[str, Place]:
    return {f"s{i}": Place(site, country) for i, (site, country) in enumerate(zip(sites, countries or sites, strict=True))}


def test_a_site_apart_from_all_others() -> None:
    found = site_scores({"one": measured([1, 2, 3, 11, 12, 13])}, places("aaabbb"))
    assert [(score.site, score.subjects, score.peers, score.statistic) for score in found] == [("a", 3, 3, 1.0), ("b", 3, 3, 1.0)]
    assert found[0].p == pytest.approx(2 / 20)  # two of the twenty ways to deal six values
    assert found[0].q == pytest.approx(0.1)
    assert found[0].adjusted_score == pytest.approx(1.0)


def test_few_different_values_and_likeness_count_on_one_side_only() -> None:
    for feature, low in ((Feature.UNIQUE_SHARE, True), (Feature.OWN_SITE_SIMILARITY, False)):
        found = site_scores({"one": measured([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], feature)}, places("aaabbb"))
        suspect, clean = found if low else found[::-1]
        assert suspect.p == pytest.approx(1 / 20)
        assert (clean.statistic, clean.p) == (0.0, 1.0)


def test_one_site_has_no_peers() -> None:
    (score,) = site_scores({"one": measured([1, 2, 3])}, places("aaa"))
    assert score.state is SiteState.NO_PEERS
    assert math.isnan(score.p)
    assert math.isnan(score.adjusted_score)


def test_a_site_without_the_feature_is_said_and_not_tested() -> None:
    found = site_scores({"one": measured([NAN, NAN, 1, 2, 3, 4])}, places("aabbcc"))
    assert [score.state for score in found] == [SiteState.NO_VALUE, SiteState.COMPARED, SiteState.COMPARED]
    assert found[1].q == pytest.approx(found[1].p)  # two tests, equal p: the one without value is not counted


def test_sites_can_be_compared_within_their_country() -> None:
    found = site_scores({"one": measured([1, 2, 11, 12, 1, 2])}, places("aabbcc", "xxxxyy"), reference={Feature.AVERAGE: Reference.COUNTRY})
    assert [(score.site, score.peers, score.state) for score in found] == [
        ("a", 2, SiteState.COMPARED),
        ("b", 2, SiteState.COMPARED),
        ("c", 0, SiteState.NO_PEERS),
    ]


def test_a_subject_without_site_and_a_site_in_two_countries_are_refused() -> None:
    with pytest.raises(InvalidQuestion):
        site_scores({"one": measured([1, 2, 3])}, places("aa"))
    with pytest.raises(InvalidQuestion):
        site_scores({"one": measured([1, 2])}, places("aa", "xy"))


def test_scores_end_at_30() -> None:
    assert [minus_log10(p) for p in (0.0, 1e-40, 1e-3, 1.0)] == [30.0, 30.0, pytest.approx(3.0), 0.0]


def test_exact_below_10000_and_the_limit_from_there() -> None:
    """The limits are those of Kolmogorov, two-sided, and of Smirnov, one-sided."""
    x, y = np.arange(100) + 0.5, np.arange(100) + 20.0
    assert smirnov(x[:99], y).exact
    found, one_sided = smirnov(x, y), smirnov(x, y, Alternative.GREATER)
    assert not found.exact
    z = found.statistic * math.sqrt(50)
    assert found.p == pytest.approx(2 * sum((-1) ** (k - 1) * math.exp(-2 * k * k * z * z) for k in range(1, 50)), rel=1e-12)
    assert one_sided.p == pytest.approx(math.exp(-2 * z * z), rel=1e-12)


def test_an_empty_sample_is_no_number() -> None:
    assert math.isnan(smirnov([], [1.0]).p)
    assert math.isnan(smirnov([1.0], [NAN]).statistic)


def test_ties_share_the_mean_of_their_ranks() -> None:
    """The other site is at 1, 2, 2 and the own at 2, 3: of the six pairs the other is further in none and as far in two, which count half."""
    apart = np.array([[0.0, 1.0, 2.0, 2.0, 2.0, 3.0]] + [[0.0] * 6] * 5)
    assert own_site_similarity(apart, ["a", "b", "b", "b", "a", "a"])[0] == pytest.approx(2 * 0.5 / 6, abs=1e-15)


def test_the_library_does_not_bring_along_what_few_questions_need() -> None:
    code = "import sys, ncdm.measures.statistics; print('scipy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "False\n"
