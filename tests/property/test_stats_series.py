"""Laws of series and of the two-sample test, and slow plain-Python ones that agree with them."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ncdm.measures.statistics.series import Feature, Series, SeriesRule, choose_series, series_features
from ncdm.measures.statistics.series_distance import distances
from ncdm.measures.statistics.series_sites import Place, site_scores
from ncdm.measures.statistics.smirnov import Alternative, smirnov

NAN = float("nan")
TIED = st.lists(st.integers(0, 4), min_size=1, max_size=6)
"""Few different values: ties within and between samples."""
UNTIED = st.lists(st.integers(0, 10_000), min_size=2, max_size=60, unique=True).flatmap(
    lambda values: st.integers(1, len(values) - 1).map(lambda cut: (values[:cut], values[cut:]))
)
ALTERNATIVES = st.sampled_from(list(Alternative))
CELL = st.one_of(st.just(NAN), st.integers(-5, 5).map(float), st.floats(-100, 100))
TABLES = st.integers(1, 7).flatmap(lambda k: st.lists(st.lists(CELL, min_size=k, max_size=k), min_size=2, max_size=12))


def gap(x: tuple[int, ...], y: tuple[int, ...], alternative: Alternative) -> Fraction:
    """The statistic from its definition."""
    apart = [
        Fraction(sum(value <= at for value in x), len(x)) - Fraction(sum(value <= at for value in y), len(y)) for at in sorted({*x, *y})
    ]
    match alternative:
        case Alternative.TWO_SIDED:
            return max(abs(one) for one in apart)
        case Alternative.GREATER:
            return max(*apart, Fraction(0))
        case Alternative.LESS:
            return max(*(-one for one in apart), Fraction(0))


@settings(deadline=None)
@given(TIED, TIED, ALTERNATIVES)
def test_exact_p_is_the_share_of_all_deals(x: list[int], y: list[int], alternative: Alternative) -> None:
    pooled, seen = [*x, *y], gap(tuple(x), tuple(y), alternative)
    deals = list(itertools.combinations(range(len(pooled)), len(x)))
    as_far = sum(
        gap(tuple(pooled[i] for i in deal), tuple(pooled[i] for i in range(len(pooled)) if i not in deal), alternative) >= seen
        for deal in deals
    )
    found = smirnov(x, y, alternative)
    assert found.statistic == pytest.approx(float(seen), abs=1e-15)
    assert found.p == pytest.approx(as_far / len(deals), rel=1e-12)


@settings(deadline=None)
@given(UNTIED, ALTERNATIVES)
def test_the_two_ways_of_counting_agree(samples: tuple[list[int], list[int]], alternative: Alternative) -> None:
    """Without ties paths are counted row by row; whole numbers give the same share."""
    x, y = samples
    assert smirnov(x, y, alternative).p == pytest.approx(whole_paths(x, y, alternative), rel=1e-10)


@pytest.mark.parametrize("alternative", list(Alternative))
def test_large_samples_can_be_counted_step_by_step(alternative: Alternative) -> None:
    """Beyond the bound, where exactness has to be asked for, the number of paths no longer matters."""
    x, y = [3 * i for i in range(70)], [2 * i * i + 1 for i in range(160)]
    assert smirnov(x, y, alternative, exact=True).p == pytest.approx(whole_paths(x, y, alternative), rel=1e-10)


def whole_paths(x: list[int], y: list[int], alternative: Alternative) -> float:
    """The share of paths that reach the statistic: those that do are counted with Python's own integers."""
    m, n = len(x), len(y)
    d = gap(tuple(x), tuple(y), alternative) * m * n

    def reaches(i: int, j: int) -> bool:
        ahead = i * n - j * m
        far = {Alternative.TWO_SIDED: abs(ahead), Alternative.GREATER: ahead, Alternative.LESS: -ahead}[alternative]
        return far >= d

    paths = [[0] * (n + 1) for _ in range(m + 1)]
    for i, j in itertools.product(range(m + 1), range(n + 1)):
        if not reaches(i, j):
            paths[i][j] = 1 if i == j == 0 else (paths[i - 1][j] if i else 0) + (paths[i][j - 1] if j else 0)
    return float(1 - Fraction(paths[m][n], math.comb(m + n, m)))


@settings(deadline=None)
@given(TIED, TIED)
def test_the_two_sides_mirror_each_other(x: list[int], y: list[int]) -> None:
    assert smirnov(x, y, Alternative.GREATER) == smirnov(y, x, Alternative.LESS)
    assert smirnov(x, y).p == pytest.approx(smirnov(y, x).p, rel=1e-12)
    assert smirnov(x, y, Alternative.LESS).p == pytest.approx(smirnov([-a for a in x], [-b for b in y], Alternative.GREATER).p, rel=1e-12)


def slow_features(values: list[list[float]], site: list[str]) -> dict[Feature, list[float]]:
    """Every feature from its definition."""
    n, points = len(values), len(values[0])

    def distance(i: int, j: int) -> float:
        both = [(a, b) for a, b in zip(values[i], values[j], strict=True) if not (math.isnan(a) or math.isnan(b))]
        total = 0.0
        for a, b in both:
            total += (a - b) * (a - b)
        return math.sqrt(total / (len(both) / points)) if both else NAN

    apart = [[distance(i, j) for j in range(n)] for i in range(n)]
    nearest = max(1, min(10, n // 3))
    radius = [sorted(apart[i][j] for j in range(n) if j != i)[nearest - 1] for i in range(n)]
    near = [[j for j in range(n) if j != i and apart[i][j] <= radius[i]] for i in range(n)]
    out: dict[Feature, list[float]] = {feature: [] for feature in Feature}
    missing = any(math.isnan(one) for row in apart for one in row)
    reach = [sum(max(radius[j], apart[i][j]) for j in near[i]) / len(near[i]) if near[i] else NAN for i in range(n)]
    for i, row in enumerate(values):
        told = [value for value in row if not math.isnan(value)]
        mean = math.fsum(told) / len(told)
        out[Feature.RANGE].append(max(told) - min(told))
        out[Feature.SD].append(math.sqrt(math.fsum((v - mean) ** 2 for v in told) / (len(told) - 1)) if len(told) > 1 else NAN)
        out[Feature.UNIQUE_SHARE].append(len(set(told)) / len(told))
        out[Feature.AVERAGE].append(mean)
        own = [apart[i][j] for j in range(n) if j != i and site[j] == site[i] and not math.isnan(apart[i][j])]
        other = [apart[i][j] for j in range(n) if site[j] != site[i] and not math.isnan(apart[i][j])]
        wins = sum((o > w) + (o == w) / 2 for o in other for w in own)
        out[Feature.OWN_SITE_SIMILARITY].append(wins / len(own) / len(other) if own and other else NAN)
        if missing:
            out[Feature.OUTLIER_FACTOR].append(NAN)
        elif any(reach[j] == 0 for j in [i, *near[i]]):
            # A density without end: of the subject itself, or of a neighbour, whose ratio is not finite unless it is 0.
            out[Feature.OUTLIER_FACTOR].append(1.0 if reach[i] == 0 or any(reach[j] == 0 for j in near[i]) else NAN)
        else:
            out[Feature.OUTLIER_FACTOR].append(sum(1 / reach[j] for j in near[i]) / len(near[i]) * reach[i])
    return out


@settings(deadline=None)
@given(TABLES, st.data())
def test_the_slow_features_agree(table: list[list[float]], data: st.DataObject) -> None:
    assume(all(any(not math.isnan(value) for value in row) for row in table))
    site = data.draw(st.lists(st.sampled_from("abc"), min_size=len(table), max_size=len(table)))
    series = Series(np.arange(1.0, len(table[0]) + 1), tuple(f"s{i:02}" for i in range(len(table))), np.array(table))
    found, wanted = series_features(series, site).value, slow_features(table, site)
    for feature in Feature:
        if feature is not Feature.AUTOCORRELATION:
            assert found[feature] == pytest.approx(wanted[feature], rel=1e-9, abs=1e-9, nan_ok=True), feature


@settings(deadline=None)
@given(st.lists(CELL, min_size=2, max_size=12))
def test_autocorrelation_does_not_change_with_unit(row: list[float]) -> None:
    told = np.array(row)
    both = ~np.isnan(told[:-1]) & ~np.isnan(told[1:])
    assume(both.sum() > 1 and min(np.ptp(told[:-1][both]), np.ptp(told[1:][both])) > 1e-3)
    series = [Series(np.arange(1.0, len(row) + 1), ("s",), values[None, :]) for values in (told, told * 9 / 5 + 32, -told)]
    one, other, mirrored = (series_features(each, ["x"]).value[Feature.AUTOCORRELATION][0] for each in series)
    assert one == pytest.approx(np.corrcoef(told[:-1][both], told[1:][both])[0, 1], rel=1e-6, abs=1e-9)
    assert other == pytest.approx(one, rel=1e-6, abs=1e-7)
    assert mirrored == pytest.approx(one, rel=1e-12, abs=1e-12)


@settings(deadline=None)
@given(TABLES)
def test_distance_is_symmetric_and_nothing_to_oneself(table: list[list[float]]) -> None:
    found = distances(np.array(table))
    assert np.array_equal(found, found.T, equal_nan=True)
    assert set(np.diag(found)[~np.isnan(np.diag(found))]) <= {0.0}


ROWS = st.lists(
    st.tuples(st.sampled_from([f"s{i}" for i in range(8)]), st.integers(1, 6), st.one_of(st.just(NAN), st.floats(0, 10))), max_size=60
)
RULES = st.builds(SeriesRule, st.integers(1, 4), st.integers(2, 4), st.sampled_from([0.0, 0.25, 0.5, 1.0]))


@settings(deadline=None)
@given(ROWS, RULES)
def test_the_slow_choice_agrees(rows: list[tuple[str, int, float]], rule: SeriesRule) -> None:
    told = [(subject, point) for subject, point, value in rows if not math.isnan(value)]
    points = sorted({point for _, point in told})
    wanted: list[tuple[list[int], list[str]]] = []
    for k in range(len(points), rule.time_point_count_min - 1, -1):
        counted = {subject: len({p for s, p in told if s == subject and p in points[:k]}) for subject, p in told if p in points[:k]}
        enough = sorted(s for s, count in counted.items() if count >= math.ceil((1 - rule.max_share_missing) * k))
        if len(enough) >= rule.subject_count_min:
            before = len(wanted[-1][1]) if wanted else 0
            if not wanted or (len(enough) - before >= rule.subject_count_min and len(enough) / before >= 1.2):
                wanted.append((points[:k], enough))
    found = choose_series([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], rule)
    assert [(series.time_points.tolist(), list(series.subjects)) for series in found] == wanted


@settings(deadline=None)
@given(ROWS, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[tuple[str, int, float]], rule: SeriesRule, random: object) -> None:
    shuffled = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    one, other = (choose_series([r[0] for r in each], [r[1] for r in each], [r[2] for r in each], rule) for each in (rows, shuffled))
    assert [series.subjects for series in one] == [series.subjects for series in other]
    for left, right in zip(one, other, strict=True):
        assert np.array_equal(left.values, right.values, equal_nan=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.lists(st.floats(0, 10), min_size=3, max_size=3)), min_size=2, max_size=14))
def test_q_is_the_correction_over_all_comparisons(subjects: list[tuple[str, list[float]]]) -> None:
    names = tuple(f"s{i:02}" for i in range(len(subjects)))
    series = Series(np.arange(1.0, 3 + 1), names, np.array([values for _, values in subjects]))
    site = [site for site, _ in subjects]
    found = site_scores({"one": series_features(series, site)}, {name: Place(at) for name, at in zip(names, site, strict=True)})
    assert len(found) == len(set(site)) * len(Feature)
    tested = sorted(score.p for score in found if not math.isnan(score.p))
    for score in found:
        if math.isnan(score.p):
            assert math.isnan(score.q)
        else:
            wanted = min(1.0, *(p * len(tested) / (rank + 1) for rank, p in enumerate(tested) if p >= score.p), 1.0)
            assert score.q == pytest.approx(wanted, rel=1e-12)
