"""Any measure of a study and its sites over snapshots, with the caution that regression to the mean asks for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.measures.grouped import Floats
from ncdm.measures.history.drift import Drift, drift
from ncdm.measures.history.moments import Moment, of_different_days, why_not_two
from ncdm.measures.history.regression import Regression, regressions
from ncdm.measures.history.trend import Point, Trend, trend
from ncdm.measures.measure import Measure, Ratio
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.value import Level, Value
from ncdm.types import StudyId

CUMULATIVE = ("deviation_rate", "inactivated_with_data_rate", "screen_failure_rate", "discontinuation_rate")
"""Ratios whose numerators and denominators only grow: their increments can be followed. All others are stocks."""

NO_SHARES = ("inactivation_rate", "inactivated_with_data_rate")
"""Percentages whose numerator is no part of the denominator: a page that was inactivated is no longer entered."""


@dataclass(frozen=True, slots=True)
class GroupTrend:
    """A measure of one site over snapshots."""

    site_id: str
    trend: Trend
    regression: Regression | None
    """How its last change is to be read; ``None`` for what is no ratio, or without two days."""


@dataclass(frozen=True, slots=True)
class MeasureTrend:
    """A measure of a study over snapshots, and of its sites."""

    study_id: StudyId
    code: str
    title: str
    unit: str
    trend: Trend
    sites: tuple[GroupTrend, ...]
    drift: Drift | None
    """CUSUM of the sites, for cumulative ratios only."""


def kind_of(ratio: Ratio) -> CountKind:
    """Whether a ratio is a share, of which the numerator is a part of the denominator."""
    return CountKind.BINARY if ratio.unit == "%" and ratio.code not in NO_SHARES else CountKind.RATE


def measure_trend(found: Sequence[Moment], study: StudyId, measure: Measure, *, sites: bool = True) -> MeasureTrend:
    """A measure over the snapshots of a study. sites: also of each site, with regression to the mean and, if cumulative, the CUSUM."""
    points = [_point(moment, measure, moment.measures.values(measure, Level.STUDY, study)[0]) for moment in found]
    of_sites: tuple[GroupTrend, ...] = ()
    followed = None
    if sites:
        values = [{value.group.site_id or "": value for value in moment.measures.values(measure, Level.SITE, study)} for moment in found]
        # Sites of the last snapshot: a site that is gone has no present.
        names = list(values[-1]) if values else []
        judged = _judged(found, measure, names, values) if isinstance(measure, Ratio) else {}
        of_sites = tuple(
            GroupTrend(
                name,
                trend([_point(moment, measure, at[name]) for moment, at in zip(found, values, strict=True) if name in at], measure.worse),
                judged.get(name),
            )
            for name in names
        )
        if measure.code in CUMULATIVE:
            followed = _followed(found, measure, names, values)
    return MeasureTrend(study, measure.code, measure.title, measure.unit, trend(points, measure.worse), of_sites, followed)


def _point(moment: Moment, measure: Measure, value: Value) -> Point:
    return Point(moment.snapshot, moment.day(measure.needs), value.value, value.state, value.reason)


def _judged(found: Sequence[Moment], measure: Ratio, names: Sequence[str], values: Sequence[dict[str, Value]]) -> dict[str, Regression]:
    """How the change between the last two days is to be read, for each site."""
    dated = of_different_days(found, measure.needs)
    if len(dated) < 2:  # noqa: PLR2004 - a change takes two
        return {}
    at = {moment.snapshot: of for moment, of in zip(found, values, strict=True)}
    (before, _), (after, _) = dated[-2:]
    sides = [_parts(names, at[moment.snapshot]) for moment in (before, after)]
    return {one.group: one for one in regressions(kind_of(measure), names, sides[0], sides[1])}


def _followed(found: Sequence[Moment], measure: Measure, names: Sequence[str], values: Sequence[dict[str, Value]]) -> Drift:
    dated = of_different_days(found, measure.needs)
    days: list[dt.date] = [day for _, day in dated]
    if len(dated) < 2:  # noqa: PLR2004 - the same
        return Drift(tuple(days), None, None, (), why_not_two(found, measure.needs, "it is made of"))
    at = {moment.snapshot: of for moment, of in zip(found, values, strict=True)}
    parts = [_parts(names, at[moment.snapshot]) for moment, _ in dated]
    return drift(names, days, np.array([top for top, _ in parts]).T, np.array([below for _, below in parts]).T)


def _parts(names: Sequence[str], values: dict[str, Value]) -> tuple[Floats, Floats]:
    """Numerators and denominators of the sites; NaN where a site is not there or a part is not known."""

    def of(name: str, part: str) -> float:
        value = values.get(name)
        number = None if value is None or value.state == "unknown" else getattr(value, part)
        return np.nan if number is None else float(number)

    return np.array([of(name, "numerator") for name in names]), np.array([of(name, "denominator") for name in names])
