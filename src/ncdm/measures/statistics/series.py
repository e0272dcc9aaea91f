"""One measured variable over time, by subject: which time points form a series, and what each subject's series looks like.

A site that invents or copies values shows it in features that nobody edits by hand: too little spread, too few different values, too much
likeness between its own subjects.

Source: ctas 0.4.0 (IMPALA Consortium); measures-and-statistics 4.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.series_distance import distances, outlier_factor, own_site_similarity

Floats = NDArray[np.float64]

GAIN = 1.2
"""A shorter series is worth having only if it holds this many times the subjects of the last one."""


class Feature(StrEnum):
    """What is measured on each subject's series."""

    RANGE = "range"
    SD = "sd"
    UNIQUE_SHARE = "unique_value_count_relative"
    AUTOCORRELATION = "autocorr"
    AVERAGE = "average"
    OUTLIER_FACTOR = "lof"
    OWN_SITE_SIMILARITY = "own_site_simil_score"


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """When time points form a series. Defaults: at least 3 points, 30 subjects, no subject missing more than half."""

    time_point_count_min: int = 3
    subject_count_min: int = 30
    max_share_missing: float = 0.5

    def __post_init__(self) -> None:
        if self.time_point_count_min < 1 or self.subject_count_min < 2 or not 0 <= self.max_share_missing <= 1:  # noqa: PLR2004
            raise InvalidQuestion(
                f"no series follows from {self}", todo="give at least 1 time point, at least 2 subjects, and a share from 0 to 1"
            )


@dataclass(frozen=True, slots=True)
class Series:
    """The first k time points of a variable and the subjects with enough values at them."""

    time_points: Floats
    """Shape (k,), ascending."""
    subjects: tuple[str, ...]
    """Sorted by label, so that the order of the rows does not matter."""
    values: Floats
    """Shape (subjects, k); NaN where there is no value. Several values at one time point are averaged."""


@dataclass(frozen=True, slots=True)
class SeriesFeatures:
    """The features of each subject of a series, in the order of ``series.subjects``; NaN where a feature does not exist.

    SD and autocorrelation do not exist with fewer than 2 values or pairs, nor the autocorrelation of values that do not vary; the
    outlier factor if two subjects of the series share no time point; the similarity for the only subject of a site, or with one site.
    """

    series: Series
    value: dict[Feature, Floats]


def choose_series(subject: Sequence[str], time_point: ArrayLike, result: ArrayLike, rule: SeriesRule) -> tuple[Series, ...]:
    """Picks the series of a variable: the longest with enough subjects, then shorter ones that gain enough of them.

    One entry per measurement, in any order: ``subject`` labels, ``time_point`` rank in time, ``result`` in the variable's unit (NaN =
    missing). Series are the first k of the time points that anyone has a result at, k from all of them down to the least. A subject belongs
    if it has at least ceil((1 - max_share_missing) * k) of them. The first series with ``subject_count_min`` subjects is taken; a later one
    only if it adds at least ``subject_count_min`` subjects **and** at least 20 %. Empty if there is none.

    Source: ctas 0.4.0 ``pick_timepoint_combos``; measures-and-statistics 4.5.
    """
    subjects, points, table = _table(subject, time_point, result)
    taken: list[Series] = []
    for k in range(points.size, rule.time_point_count_min - 1, -1):
        present = (~np.isnan(table[:, :k])).sum(axis=1)
        enough = np.flatnonzero((present >= np.ceil((1 - rule.max_share_missing) * k)) & (present > 0))
        if enough.size < rule.subject_count_min:
            continue
        before = len(taken[-1].subjects) if taken else 0
        if not before or (enough.size - before >= rule.subject_count_min and enough.size / before >= GAIN):
            taken.append(Series(points[:k], tuple(subjects[i] for i in enough), table[enough, :k]))
    return tuple(taken)


def series_features(series: Series, site: Sequence[str]) -> SeriesFeatures:
    """Measures every feature on every subject's series. ``site`` is the site of each subject, in the order of ``series.subjects``.

    Distances between all pairs of subjects are held at once: memory grows with the square of the number of subjects.
    Source: ctas 0.4.0 ``calculate_ts_features``; measures-and-statistics 4.5.
    """
    if len(site) != len(series.subjects):
        raise InvalidQuestion(f"{len(site)} sites for {len(series.subjects)} subjects", todo="give the site of each subject of the series")
    values = series.values
    count = (~np.isnan(values)).sum(axis=1)
    high, low = np.fmax.reduce(values, axis=1), np.fmin.reduce(values, axis=1)
    average = np.nansum(values, axis=1) / count
    # The average of equal values can miss them by a last digit, and a spread of 1e-17 is not a spread.
    average = np.where(high == low, high, average)
    squares = np.nansum((values - average[:, None]) ** 2, axis=1)
    apart = distances(values)
    return SeriesFeatures(
        series,
        {
            Feature.RANGE: high - low,
            Feature.SD: np.sqrt(np.divide(squares, count - 1, out=np.full(count.size, np.nan), where=count > 1)),
            Feature.UNIQUE_SHARE: np.array([np.unique(row[~np.isnan(row)]).size for row in values], dtype=np.float64) / count,
            Feature.AUTOCORRELATION: np.array([lag_one(row) for row in values], dtype=np.float64),
            Feature.AVERAGE: average,
            Feature.OUTLIER_FACTOR: outlier_factor(apart),
            Feature.OWN_SITE_SIMILARITY: own_site_similarity(apart, site),
        },
    )


def lag_one(row: Floats) -> float:
    """The correlation of each value with the next one, over the pairs of which both are present; NaN if there is none.

    ``row`` shape (k,). It does not exist with fewer than 2 pairs, or if either side of the pairs does not vary.
    Source: ctas 0.4.0 ``calculate_autocorrelation`` (R ``cor``, pairwise complete); measures-and-statistics 4.5.
    """
    both = ~np.isnan(row[:-1]) & ~np.isnan(row[1:])
    now, after = row[:-1][both], row[1:][both]
    if now.size < 2 or np.ptp(now) == 0 or np.ptp(after) == 0:  # noqa: PLR2004
        return np.nan
    now, after = now - now.mean(), after - after.mean()
    # Scaled first: squares of very large or very small values leave the range of a double.
    now, after = now / np.abs(now).max(), after / np.abs(after).max()
    return float(np.clip((now @ after) / np.sqrt((now @ now) * (after @ after)), -1.0, 1.0))


def _table(subject: Sequence[str], time_point: ArrayLike, result: ArrayLike) -> tuple[list[str], Floats, Floats]:
    """Subjects, time points and their mean results, shape (subjects, points), over the measurements that have a result."""
    point, value = np.asarray(time_point, dtype=np.float64), np.asarray(result, dtype=np.float64)
    if point.ndim != 1 or not len(subject) == point.size == value.size:
        raise InvalidQuestion(
            f"{len(subject)} subjects, {point.size} time points, {value.size} results", todo="give one of each per measurement"
        )
    told = ~np.isnan(value)
    if np.any(np.isnan(point[told])) or np.any(np.isinf(value)):
        raise InvalidQuestion("a result has no time point, or is infinite", todo="leave the measurement out")
    labels = sorted({label for label, has in zip(subject, told, strict=True) if has})
    place = {label: row for row, label in enumerate(labels)}
    row = np.array([place[label] for label, has in zip(subject, told, strict=True) if has], dtype=np.int64)
    points, column = np.unique(point[told], return_inverse=True)
    cell, kept = row * max(points.size, 1) + column, value[told]
    order = np.lexsort((kept, cell))  # so that the order of the rows does not show in the last digit of an average
    size = len(labels) * points.size
    counted = np.bincount(cell, minlength=size)
    summed = np.bincount(cell[order], weights=kept[order], minlength=size)
    mean = np.divide(summed, counted, out=np.full(size, np.nan), where=counted > 0)
    return labels, points, mean.reshape(len(labels), points.size)
