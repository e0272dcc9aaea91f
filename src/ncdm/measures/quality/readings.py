"""What each indicator of an index reads for each group: the figure, or what it is at least, or why there is none.

This is all that is stored: under other weights or caps the index follows from it without another count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ncdm.measures.compute import AT_LEAST, KNOWN, NOT_APPLICABLE, PARTIAL, UNKNOWN, Measures, Reasons
from ncdm.measures.counts.subjects_in_cpid import SUBJECTS_IN_CPID
from ncdm.measures.grouped import Floats
from ncdm.measures.index import Counted, Days, Index, Per
from ncdm.measures.measure import Count
from ncdm.measures.universe import Numbers, Universe
from ncdm.measures.value import Group, Level

Bools = npt.NDArray[np.bool_]
States = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """The indicators of an index at one level; i indicators, c ceilings, n groups."""

    level: Level
    groups: tuple[Group, ...]
    study: Numbers
    """(n,) The number of each group's study."""
    subjects: Floats
    """(n,) Subjects that the spine places in each group."""
    value: Floats
    """(i, n) NaN where it is not known or does not apply."""
    least: Floats
    """(i, n) What it is at least; 0 where nothing is known."""
    numerator: Floats
    """(i, n) NaN where it is not known."""
    denominator: Floats
    state: States
    """(i, n) ``KNOWN``, ``AT_LEAST``, ``UNKNOWN`` or ``NOT_APPLICABLE`` of `ncdm.measures.compute`."""
    reason: Reasons
    """(i, n) Why it is not known; ``None`` where it is."""
    reached: Bools
    """(c, n) Whether rows that bring the ceiling about are known."""
    reachable: Bools
    """(c, n) Whether there are, or may be: a report is not there or a row does not tell."""
    unsettled: Reasons
    """(c, n) Why one cannot say; ``None`` where one can."""


@dataclass(frozen=True, slots=True, eq=False)
class _Amount:
    """An amount of each group: at least so much, exactly so much where known."""

    least: Floats
    known: Bools
    reason: Reasons


def read(measures: Measures, index: Index, level: Level) -> Readings:
    """Read every indicator and ceiling of an index for every group of a level."""
    groups = measures.universe.groups(level)
    subjects = subjects_of(measures.universe, level)
    parts = [
        _counted(measures, one.read, level, subjects) if isinstance(one.read, Counted) else _days(measures, one.read, level, subjects)
        for one in index.indicators
    ]
    value, least, numerator, denominator = (np.array([part[at] for part in parts], dtype=np.float64) for at in range(4))
    state = np.array([part[4] for part in parts], dtype=np.int8)
    reason: Reasons = np.array([part[5] for part in parts], dtype=np.object_).reshape(len(parts), len(groups))
    ceilings = [_summed(measures, ceiling.counts, level) for ceiling in index.ceilings]
    shape = (len(ceilings), len(groups))
    reached = np.array([amount.least > 0 for amount in ceilings], dtype=np.bool_).reshape(shape)
    known = np.array([amount.known for amount in ceilings], dtype=np.bool_).reshape(shape)
    unsettled: Reasons = np.array([amount.reason for amount in ceilings], dtype=np.object_).reshape(shape)
    return Readings(
        level,
        groups,
        measures.universe.study_of(level),
        subjects,
        value,
        least,
        numerator,
        denominator,
        state,
        reason,
        reached,
        reached | ~known,
        _without(unsettled, reached),
    )


def subjects_of(universe: Universe, level: Level) -> Floats:
    """How many subjects each group of a level has; those whose site no report names are in no site."""
    return np.bincount(_placed(universe, level), minlength=len(universe.groups(level)) + 1)[:-1].astype(np.float64)


def _placed(universe: Universe, level: Level) -> Numbers:
    """Subject -> number of its group, or the number of groups where it has none."""
    spine = universe.tables["spine_subject"]
    site: Numbers = spine["subject_site_no"].to_numpy()
    place = universe.place(level, universe.study_of(Level.SUBJECT), site, np.arange(len(site), dtype=np.int64))
    return np.where(place < 0, len(universe.groups(level)), place)


def _summed(measures: Measures, counts: Sequence[Count], level: Level) -> _Amount:
    columns = [measures.column(count, level) for count in counts]
    least = np.sum([np.nan_to_num(column.value) for column in columns], axis=0)
    known = np.all([column.state == KNOWN for column in columns], axis=0)
    reason = columns[0].reason
    for column in columns[1:]:
        reason = _joined(reason, column.reason)
    return _Amount(least, known, reason)


def _joined(one: Reasons, other: Reasons) -> Reasons:
    """Both reasons where both are given and differ."""
    found = np.where(_given(one), one, other)
    for number in np.flatnonzero(_given(one) & _given(other) & (one != other)):
        found[number] = "; ".join(dict.fromkeys([*one[number].split("; "), *other[number].split("; ")]))
    return found


def _given(reason: Reasons) -> Bools:
    return np.array([one is not None for one in reason], dtype=np.bool_)


def _without(reason: Reasons, known: Bools) -> Reasons:
    """The reasons, but where something is known there is none."""
    found = reason.copy()
    found[known] = None
    return found


_Part = tuple[Floats, Floats, Floats, Floats, States, Reasons]
"""Value, least, numerator, denominator, state, reason."""


def _counted(measures: Measures, read: Counted, level: Level, subjects: Floats) -> _Part:
    over = _summed(measures, read.over, level)
    if read.per is Per.COUNTS:
        return _divided(over, _summed(measures, read.under, level))
    if read.per is Per.GROUP or level is Level.SUBJECT:
        return _divided(over, _certain(np.ones_like(over.least)))
    return _divided(over, _enrolled(measures, level, subjects))


def _certain(amount: Floats) -> _Amount:
    return _Amount(amount, np.ones(amount.shape, dtype=np.bool_), np.full(amount.shape, None, dtype=np.object_))


def _enrolled(measures: Measures, level: Level, subjects: Floats) -> _Amount:
    """The subjects of each group; not known without CPID, which alone lists every one."""
    listed = measures.column(SUBJECTS_IN_CPID, level)
    return _Amount(subjects, listed.state == KNOWN, listed.reason)


def _divided(over: _Amount, under: _Amount) -> _Part:
    """A lower bound over a known denominator is a lower bound; over an unknown one nothing is known."""
    nothing = under.known & (under.least == 0)
    inside = under.known & ~nothing
    state = np.where(nothing, NOT_APPLICABLE, np.where(inside & over.known, KNOWN, np.where(inside & (over.least > 0), AT_LEAST, UNKNOWN)))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = over.least / under.least
    least = np.where(inside, ratio, 0.0)
    reason = _without(_joined(over.reason, under.reason), (state == KNOWN) | nothing)
    return (
        np.where(state == KNOWN, ratio, np.nan),
        least,
        np.where(over.known, over.least, np.nan),
        np.where(under.known, under.least, np.nan),
        state.astype(np.int8),
        reason,
    )


def _days(measures: Measures, read: Days, level: Level, subjects: Floats) -> _Part:
    if read.per is Per.GROUP:
        column = measures.column(read.spread, level)
        rowless = column.state == NOT_APPLICABLE
        known = column.state == KNOWN
        value = np.where(known, np.maximum(column.value - read.allowance, 0.0), np.nan)
        # A mean or median over part of the rows bounds nothing.
        state = np.where(rowless, NOT_APPLICABLE, np.where(known, KNOWN, UNKNOWN)).astype(np.int8)
        return value, np.nan_to_num(value), value, np.where(known, 1.0, np.nan), state, _without(column.reason, rowless | known)
    beyond = _beyond(measures, read)
    if level is Level.SUBJECT:
        return _divided(beyond, _certain(np.ones_like(beyond.least)))
    place = _placed(measures.universe, level)
    size = len(subjects) + 1
    least = np.bincount(place, weights=beyond.least, minlength=size)[:-1].astype(np.float64)
    known = np.bincount(place, weights=~beyond.known, minlength=size)[:-1] == 0
    reason: Reasons = np.full(size, None, dtype=np.object_)
    # Backwards, so that the first of several stands.
    untold = np.flatnonzero(_given(beyond.reason))[::-1]
    reason[place[untold]] = beyond.reason[untold]
    listed = measures.column(read.spread, level)
    known = known & (listed.state != UNKNOWN)
    total = _Amount(least, known, _without(np.where(_given(reason[:-1]), reason[:-1], listed.reason), known))
    return _divided(total, _enrolled(measures, level, subjects))


def _beyond(measures: Measures, read: Days) -> _Amount:
    """Days beyond the allowance of each subject: 0 without a row, at least so many where a row has no day."""
    column = measures.column(read.spread, Level.SUBJECT)
    least = np.nan_to_num(np.maximum(column.value - read.allowance, 0.0))
    known = (column.state != UNKNOWN) & (column.state != PARTIAL)
    return _Amount(least, known, _without(column.reason, known))
