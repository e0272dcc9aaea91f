"""The data quality index of every group of a level: the walk from counts to values, bands, intervals and ranks.

`stored` reads; `evaluate` is arithmetic on what was read, and the same for a what-if. Groups are compared within their study only.
"""

import datetime as dt
import threading
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.compute import NOT_APPLICABLE, Measures
from ncdm.measures.grouped import Floats
from ncdm.measures.index import Counted, Days, Index
from ncdm.measures.quality.bands import Band, band, settled
from ncdm.measures.quality.interval import interval
from ncdm.measures.quality.points import FULL, Points, costs, fractions, score
from ncdm.measures.quality.ranks import rank_ranges, ranks
from ncdm.measures.quality.readings import Readings, read
from ncdm.measures.quality.shrinkage import Laws, Shrunken, laws, shrink
from ncdm.measures.universe import Numbers
from ncdm.measures.value import Group, Level

_LAWS: "WeakKeyDictionary[Measures, dict[tuple[Counted | Days, ...], Laws]]" = WeakKeyDictionary()
_LOCK = threading.Lock()
RANKED = (Level.SITE, Level.COUNTRY)
"""Where groups of one study have a rank."""


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """Everything an index needs to be computed again under other weights or caps."""

    readings: Readings
    laws: Laws
    """What the sites of each study share; of subjects, the subjects."""
    as_of: tuple[dt.date | None, ...]
    """Of each group, the earliest day that its reports stand for."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One indicator or ceiling that is not known, and why."""

    code: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class QualityValue:
    """The index of one group."""

    group: Group
    subjects: int
    value: float | None
    """``None`` where it is not computable: then only ``worst`` and ``best`` are known."""
    uncapped: float | None
    """Before ceilings."""
    worst: float
    best: float
    band: Band | None
    settled: bool | None
    """Whether the whole interval lies in the band; ``None`` without an interval."""
    ceiling: str | None
    """The ceiling that holds, whether or not it takes anything off."""
    at_most: float | None
    ceiling_effect: float | None
    """Points that it takes off."""
    shrunken: float | None
    """Pulled toward the study as far as own data are few; ranks are by this."""
    shrunken_uncapped: float | None
    low: float | None
    """90 % interval."""
    high: float | None
    not_shrunken: tuple[str, ...]
    """Indicators without enough sites to learn from: their figures and intervals rest on the group's own data."""
    rank: int | None
    """1 is the lowest index of the study: where to look first."""
    rank_low: int | None
    """The ranks that the group takes when each top weight moves by a quarter."""
    rank_high: int | None
    ranked: int | None
    """How many groups of the study have a rank."""
    missing: tuple[Missing, ...]
    not_applicable: tuple[str, ...]
    as_of: dt.date | None


@dataclass(frozen=True, eq=False)
class Quality:
    """The index at one level; arrays in the order of ``readings.groups``."""

    index: Index
    readings: Readings
    points: Points
    shrunken: Shrunken | None
    """``None`` where nothing is shrunken: of subjects unless asked, and of an index that is for comparison only."""
    shrunken_uncapped: Floats
    low: Floats
    high: Floats
    as_of: tuple[dt.date | None, ...]

    @cached_property
    def shrunken_value(self) -> Floats:
        """(n,) Under the ceiling; NaN where the index is not computable or nothing is shrunken."""
        return np.minimum(self.shrunken_uncapped, self.points.ceiling)

    @cached_property
    def _ranked(self) -> tuple[Floats, Floats]:
        """What ranks are by, and what decides between equals."""
        if self.shrunken is None:
            return self.points.value, self.points.uncapped
        return self.shrunken_value, self.shrunken_uncapped

    @cached_property
    def rank(self) -> Numbers:
        """(n,) 1 is the lowest of its study; 0 where there is none."""
        if self.readings.level not in RANKED:
            return np.zeros(len(self.readings.groups), dtype=np.int64)
        return ranks(*self._ranked, self.readings.study)

    @cached_property
    def rank_range(self) -> tuple[Numbers, Numbers]:
        """(n,) The lowest and highest rank when each top weight moves by a quarter."""
        if self.readings.level not in RANKED:
            return self.rank, self.rank
        figure = np.nan_to_num(self.readings.value) if self.shrunken is None else self.shrunken.figure
        return rank_ranges(figure, self.points.ceiling, self.points.value, self.readings.study, self.index)

    @cached_property
    def _how_many(self) -> Numbers:
        """(studies,) How many groups of each study have a rank."""
        return np.bincount(self.readings.study[self.rank > 0], minlength=int(np.max(self.readings.study, initial=0)) + 1)

    def missing(self, number: int) -> tuple[Missing, ...]:
        """What is not known of a group, and would change its index."""
        found = [
            Missing(one.code, one.title, self.readings.reason[place, number] or "not known")
            for place, one in enumerate(self.index.indicators)
            if not self.points.settled[place, number]
        ]
        found += [
            Missing(one.code, one.title, self.readings.unsettled[place, number] or "not known")
            for place, one in enumerate(self.index.ceilings)
            if self.points.unsettled[place, number]
        ]
        return tuple(found)

    def value(self, number: int) -> QualityValue:
        """One group."""
        points, group = self.points, self.readings.groups[number]
        value, low, high = _number(points.value[number]), _number(self.low[number]), _number(self.high[number])
        rank = int(self.rank[number]) or None
        holds = [one for place, one in enumerate(self.index.ceilings) if self.readings.reached[place, number]]
        lowest = min(holds, key=lambda one: one.at_most, default=None)
        learned = None if self.shrunken is None or value is None else self.shrunken.learned[:, number]
        return QualityValue(
            group=group,
            subjects=int(self.readings.subjects[number]),
            value=value,
            uncapped=_number(points.uncapped[number]),
            worst=float(points.worst[number]),
            best=float(points.best[number]),
            band=None if value is None else band(value),
            settled=None if value is None or low is None or high is None else settled(value, low, high),
            ceiling=None if lowest is None else lowest.title,
            at_most=None if lowest is None else lowest.at_most,
            ceiling_effect=_number(points.effect[number]),
            shrunken=None if value is None else _number(self.shrunken_value[number]),
            shrunken_uncapped=None if value is None else _number(self.shrunken_uncapped[number]),
            low=low,
            high=high,
            not_shrunken=()
            if learned is None or self.shrunken is None
            else tuple(
                one.code
                for place, one in enumerate(self.index.indicators)
                if self.shrunken.posteriors[place] is not None
                and not learned[place]
                and self.readings.state[place, number] != NOT_APPLICABLE
                and one.weight > 0
            ),
            rank=rank,
            rank_low=None if rank is None else int(self.rank_range[0][number]),
            rank_high=None if rank is None else int(self.rank_range[1][number]),
            ranked=None if rank is None else int(self._how_many[self.readings.study[number]]),
            missing=self.missing(number),
            not_applicable=tuple(
                one.code for place, one in enumerate(self.index.indicators) if self.readings.state[place, number] == NOT_APPLICABLE
            ),
            as_of=self.as_of[number],
        )

    def values(self, study: str | None = None) -> tuple[QualityValue, ...]:
        """All groups, or those of one study."""
        return tuple(self.value(number) for number, group in enumerate(self.readings.groups) if study is None or group.study_id == study)


def stored(measures: Measures, index: Index, level: Level) -> Stored:
    """Read what an index needs at a level, and learn what is usual in each study. Raises ``InvalidQuestion`` for a level it has no meaning at."""
    if level not in index.levels:
        raise InvalidQuestion(f"{index.title} is not for level {level}", where=index.code, todo=f"Ask for {', '.join(index.levels)}.")
    readings = read(measures, index, level)
    learned: Laws = {} if index.compared_only or level is Level.SUBJECT else _laws_of_sites(measures, index)
    needs = tuple(dict.fromkeys(need for one in index.indicators for need in one.needs))
    days = tuple(measures.day(needs, study) for study in measures.universe.studies)
    return Stored(readings, learned, tuple(days[study] for study in readings.study))


def of_study(kept: Stored, study: str) -> Stored:
    """The groups of one study alone: groups are compared within their study, so nothing else changes."""
    readings = kept.readings
    here = np.array([place for place, group in enumerate(readings.groups) if group.study_id == study], dtype=np.int64)
    return Stored(
        replace(
            readings,
            groups=tuple(readings.groups[place] for place in here.tolist()),
            study=readings.study[here],
            subjects=readings.subjects[here],
            value=readings.value[:, here],
            least=readings.least[:, here],
            numerator=readings.numerator[:, here],
            denominator=readings.denominator[:, here],
            state=readings.state[:, here],
            reason=readings.reason[:, here],
            reached=readings.reached[:, here],
            reachable=readings.reachable[:, here],
            unsettled=readings.unsettled[:, here],
        ),
        kept.laws,
        tuple(kept.as_of[place] for place in here.tolist()),
    )


def _laws_of_sites(measures: Measures, index: Index) -> Laws:
    """What the sites share, learned once: it depends on what is counted, and neither on weights nor on caps."""
    counted = tuple(one.read for one in index.indicators)
    with _LOCK:
        known = _LAWS.setdefault(measures, {})
        if counted not in known:
            known[counted] = laws(read(measures, index, Level.SITE), index)
        return known[counted]


def evaluate(kept: Stored, index: Index, *, intervals: bool | None = None) -> Quality:
    """The index of every group, from what was read: pure, so other weights or caps need no other count.

    intervals: whether figures are shrunken and have an interval; by default, for every level but subjects. Of subjects the law is learned from the
    subjects of the study. Source: measures-and-statistics 3.
    """
    readings = kept.readings
    points = score(readings, index)
    nothing = np.full(points.value.shape, np.nan)
    wanted = readings.level is not Level.SUBJECT if intervals is None else intervals
    if not wanted or index.compared_only:
        return Quality(index, readings, points, None, nothing, nothing, nothing, kept.as_of)
    learned = laws(readings, index) if readings.level is Level.SUBJECT else kept.laws
    shrunken = shrink(readings, index, learned)
    cost = costs(fractions(shrunken.figure, index), points.whole)
    uncapped = np.where(np.isnan(points.value), np.nan, FULL - np.sum(np.nan_to_num(cost), axis=0))
    low, high = interval(index, points, shrunken)
    return Quality(index, readings, points, shrunken, uncapped, low, high, kept.as_of)


def data_quality(measures: Measures, index: Index, level: Level, *, intervals: bool | None = None) -> Quality:
    """Read and evaluate an index at a level."""
    return evaluate(stored(measures, index, level), index, intervals=intervals)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
