"""The port of the pages for measures over the real store. What is slow is made once for a snapshot."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import TypeVar, cast

from ncdm.errors import NotFound
from ncdm.measures.at import clean, measures
from ncdm.measures.catalogue import INDICES, MEASURES
from ncdm.measures.clean import MILESTONES, Clean
from ncdm.measures.compute import Measures
from ncdm.measures.criterion import OUTCOMES, Outcome
from ncdm.measures.forecast.of_study import forecast
from ncdm.measures.history.moments import NO_EARLIER, SAME_DAY, Moment, moments, of_different_days
from ncdm.measures.history.over_snapshots import measure_trend
from ncdm.measures.history.queries import query_flow
from ncdm.measures.index import Index
from ncdm.measures.milestone import Milestone
from ncdm.measures.quality.quality import Quality, data_quality
from ncdm.measures.quality.readings import subjects_of
from ncdm.measures.signals import StudySignals, study_signals
from ncdm.measures.standing import in_study, standing
from ncdm.measures.statistics import Method
from ncdm.measures.value import Group, Level
from ncdm.measures.whatif import versions
from ncdm.measures.whatif.change import Change, milestone_named
from ncdm.measures.whatif.compared import Compared
from ncdm.measures.whatif.outcome import keep, outcome
from ncdm.measures.work import Wanted, waiting_rows
from ncdm.serve.measured import answers as say
from ncdm.serve.measured.places import group_of, groups_of, place_of
from ncdm.serve.measured.rows_behind import rows_behind
from ncdm.serve.measured.told_change import WATCHED, delta_told, flags_told, flow_told, forecast_told, listed_before
from ncdm.serve.measured.told_clean import (
    critical_items,
    milestone_of,
    standing_told,
    study_told,
    subject_told,
    subjects_told,
)
from ncdm.serve.measured.told_definitions import DEFINITIONS
from ncdm.serve.measured.told_quality import index_of, quality_told, value_told, waterfall_told
from ncdm.serve.measured.told_signals import detail_told, method_of, signals_told
from ncdm.serve.measured.told_whatif import plan_told, version_told, what_if_told
from ncdm.serve.measured.told_work import criteria_of, rows_told, work_told
from ncdm.serve.window import Window
from ncdm.store.mesh import Reading
from ncdm.store.report import reports
from ncdm.store.state import State
from ncdm.types import StudyId

T = TypeVar("T")

LAST = 12
"""So many snapshots are compared."""
OPENED = 32
"""The rows of so many numbers are kept for who turns their pages."""
LOCK = "database_lock"


class _Made:
    """An answer that is made once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.done = False
        self.answer: object = None


class MeasuredOverStore:
    """`ncdm.serve.measured.port.Measured` over a data folder."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._own = object()
        self._lock = threading.Lock()

    def _state(self, at: int) -> State:
        return self._reading.state(at) if at else self._reading.empty()

    def _study(self, at: int, study_id: StudyId) -> State:
        """The state, in which the study is. Raises ``NotFound``."""
        state = self._state(at)
        if study_id not in reports(state):
            raise NotFound(f"there is no study {study_id}", todo="See the portfolio for the studies there are.")
        return state

    def _once(self, state: State, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for a state, or is made now; who asks for the same meanwhile waits for it."""
        with self._lock:
            made = cast("_Made", state.made.setdefault((self._own, key), _Made()))
        with made.lock:
            if not made.done:
                made.answer, made.done = make(), True
        return cast("T", made.answer)

    def _lately(self, state: State, key: Hashable, make: Callable[[], T]) -> T:
        """The same for rows, of which only the latest that somebody opened are kept: there may be many, and a person turns the pages of few."""
        kept: OrderedDict[Hashable, object] = self._once(state, "opened", OrderedDict)
        with self._lock:
            known = kept.get(key)
        found = make() if known is None else cast("T", known)
        with self._lock:
            kept[key] = found
            kept.move_to_end(key)
            while len(kept) > OPENED:
                kept.popitem(last=False)
        return found

    # -- definitions, values, rows

    def definitions(self) -> say.Definitions:
        """See `Measured.definitions`."""
        return DEFINITIONS

    def values(self, at: int, study_id: StudyId, code: str, level: Level) -> tuple[say.MeasureValue, ...]:
        """See `Measured.values`."""
        found = measures(self._study(at, study_id))
        groups_of(found, study_id, level)
        if code not in MEASURES:
            raise NotFound(f"there is no measure {code}", todo="See the definitions for those there are.")
        return tuple(
            say.MeasureValue(
                place=place_of(value.group),
                value=value.value,
                state=value.state,
                reason=value.reason,
                numerator=value.numerator,
                denominator=value.denominator,
                rejected=value.rejected,
                as_of=value.as_of,
            )
            for value in found.values(MEASURES[code], level, study_id)
        )

    def evidence(self, at: int, study_id: StudyId, code: str, level: Level, group: str | None, window: Window) -> tuple[say.Evidence, ...]:
        """See `Measured.evidence`."""
        state = self._study(at, study_id)
        found = measures(state)
        here = group_of(found, study_id, level, group)
        parts = self._lately(state, (code, here), lambda: rows_behind(found, code, here))
        return tuple(
            say.Evidence(
                part=part,
                code=one.code,
                title=one.title,
                unit=one.unit,
                total=len(rows),
                adds=float(sum(adds for _ref, adds in rows if adds is not None)),
                untold=sum(adds is None for _ref, adds in rows),
                rows=tuple(say.Adding(ref=ref, adds=adds) for ref, adds in rows[window.offset : window.offset + window.limit]),
            )
            for part, one, rows in parts
        )

    # -- Clean Patient Status

    def clean(self, at: int, study_id: StudyId, milestone: str) -> say.Clean:
        """See `Measured.clean`."""
        wanted, state = milestone_of(milestone), self._study(at, study_id)
        return self._once(state, ("clean", study_id, milestone), lambda: study_told(clean(state), study_id, wanted))

    def clean_subjects(self, at: int, study_id: StudyId, milestone: str) -> say.CleanSubjects:
        """See `Measured.clean_subjects`."""
        wanted, state = milestone_of(milestone), self._study(at, study_id)
        return self._once(state, ("subjects", study_id, milestone), lambda: subjects_told(clean(state), study_id, wanted))

    def clean_subject(self, at: int, study_id: StudyId, subject_id: str, milestone: str) -> say.CleanSubject:
        """See `Measured.clean_subject`."""
        return subject_told(clean(self._study(at, study_id)), study_id, subject_id, milestone_of(milestone))

    def clean_work(self, at: int, study_id: StudyId, milestone: str) -> say.CleanWork:
        """See `Measured.clean_work`."""
        wanted, state = milestone_of(milestone), self._study(at, study_id)
        return self._once(state, ("work", study_id, milestone), lambda: work_told(clean(state), study_id, wanted))

    def clean_work_rows(
        self, at: int, study_id: StudyId, milestone: str, criteria: Sequence[str] | None, wanted: Wanted, window: Window
    ) -> say.WorkRows:
        """See `Measured.clean_work_rows`."""
        codes, state = criteria_of(criteria, milestone_of(milestone)), self._study(at, study_id)
        return rows_told(
            self._lately(state, ("work", study_id, codes), lambda: waiting_rows(clean(state), study_id, codes)), wanted, window
        )

    # -- data quality index

    def _quality(self, state: State, index: Index, level: Level) -> Quality:
        return self._once(state, ("quality", index.code, level), lambda: data_quality(measures(state), index, level))

    def quality(self, at: int, study_id: StudyId, level: Level, index: str) -> say.Quality:
        """See `Measured.quality`."""
        wanted, state = index_of(index), self._study(at, study_id)
        return self._once(
            state, ("quality told", study_id, index, level), lambda: quality_told(self._quality(state, wanted, level), study_id)
        )

    def waterfall(self, at: int, study_id: StudyId, level: Level, group: str | None, index: str) -> say.Waterfall:
        """See `Measured.waterfall`."""
        wanted, state = index_of(index), self._study(at, study_id)
        return waterfall_told(self._quality(state, wanted, level), group_of(measures(state), study_id, level, group))

    # -- key risk indicators

    def _signals(self, state: State, study_id: StudyId, level: Level, method: Method) -> StudySignals:
        return self._once(state, ("signals", study_id, level, method), lambda: study_signals(measures(state), study_id, level, method))

    def signals(self, at: int, study_id: StudyId, level: Level, method: str) -> say.Signals:
        """See `Measured.signals`."""
        state, wanted = self._study(at, study_id), method_of(method)
        return self._once(
            state,
            ("signals told", study_id, level, wanted),
            lambda: signals_told(self._signals(state, study_id, level, wanted), _subjects(measures(state), study_id, level)),
        )

    def kri(self, at: int, study_id: StudyId, code: str, level: Level, method: str) -> say.KriDetail:
        """See `Measured.kri`."""
        state, wanted = self._study(at, study_id), method_of(method)

        def make() -> say.KriDetail:
            found = self._signals(state, study_id, level, wanted)
            past = self._past(at, study_id, level, wanted)
            return detail_told(found, code, _subjects(measures(state), study_id, level), past)

        return self._once(state, ("kri", study_id, code, level, wanted), make)

    # -- over snapshots

    def _moments(self, at: int, study_id: StudyId) -> tuple[Moment, ...]:
        """The study at the snapshot that is shown and at those before it."""
        return moments(self._reading, study_id, until=at, last=LAST)

    def _past(self, at: int, study_id: StudyId, level: Level, method: Method) -> list[tuple[date, StudySignals]]:
        """The indicators at each day that can be compared, oldest first."""
        found = of_different_days(self._moments(at, study_id))
        return [(day, self._signals(moment.state, study_id, level, method)) for moment, day in found]

    def changes(self, at: int, study_id: StudyId, milestone: str) -> say.Changes:
        """See `Measured.changes`."""
        wanted, state = milestone_of(milestone), self._study(at, study_id)
        return self._once(state, ("changes", study_id, milestone), lambda: self._changes(at, study_id, wanted))

    def _changes(self, at: int, study_id: StudyId, milestone: Milestone) -> say.Changes:
        every = self._moments(at, study_id)
        compared = of_different_days(every)
        past = [(day, self._signals(moment.state, study_id, Level.SITE, Method.CALIBRATED)) for moment, day in compared]
        told = tuple(self._moment(moment, day, signals, milestone) for (moment, day), (_day, signals) in zip(compared, past, strict=True))
        outcomes = [_outcomes(clean(moment.state), study_id, milestone) for moment, _day in compared[-2:]]
        now, before = (outcomes[-1], outcomes[0]) if len(outcomes) > 1 else ({}, {})
        flow = query_flow(every, study_id) if every else None
        return say.Changes(
            moments=told,
            reason=_why_not_compared(every, compared),
            newly_clean=tuple(one for one, is_now in now.items() if is_now is Outcome.PASS and before.get(one) is not Outcome.PASS),
            no_longer_clean=tuple(one for one, was in before.items() if was is Outcome.PASS and now.get(one) is not Outcome.PASS),
            newly_listed=listed_before(now, before),
            flags=flags_told(past, study_id),
            deltas=tuple(delta_told(measure_trend(every, study_id, count, sites=False)) for count in WATCHED) if every else (),
            flow=None if flow is None else flow_told(flow),
            flow_reason=None if flow is None else flow.reason,
        )

    def _moment(self, moment: Moment, day: date, signals: StudySignals, milestone: Milestone) -> say.Moment:
        of = clean(moment.state)
        stands = standing(of, milestone.gates, in_study(of, moment.study))
        quality = self._quality(moment.state, INDICES["default"], Level.STUDY)
        number = of.measures.universe.studies.index(moment.study)
        return say.Moment(
            snapshot=moment.snapshot,
            as_of=day,
            clean=stands.clean,
            members=stands.members,
            unknown=stands.unknown,
            quality=quality.value(number).value,
            red=int(signals.red.sum()),
            amber=int(signals.amber.sum()),
        )

    def forecast(self, at: int, study_id: StudyId, milestone: str) -> say.Forecast:
        """See `Measured.forecast`."""
        state = self._study(at, study_id)
        milestone_of(milestone)

        def make() -> say.Forecast:
            every = self._moments(at, study_id)
            if not every:
                raise NotFound(f"no sheet of {study_id} could be read", todo="See its files for what was set apart.")
            return forecast_told(forecast(every, study_id, milestone), every)

        return self._once(state, ("forecast", study_id, milestone), make)

    # -- what-if

    def plan(self, at: int, study_id: StudyId) -> say.Plan:
        """See `Measured.plan`."""
        self._study(at, study_id)
        return plan_told()

    def what_if(self, at: int, study_id: StudyId, change: Change, milestone: str) -> say.WhatIf:
        """See `Measured.what_if`."""
        state = self._study(at, study_id)
        milestone_named(milestone)
        kept = self._once(state, ("kept", study_id), lambda: keep(clean(state), study_id))
        before = self._once(state, ("published", study_id, milestone), lambda: outcome(kept, Change(), milestone))
        return what_if_told(Compared(before, outcome(kept, change, milestone)))

    def versions(self, at: int, study_id: StudyId) -> tuple[say.SavedVersion, ...]:
        """See `Measured.versions`."""
        self._study(at, study_id)
        return tuple(version_told(one) for one in versions.saved(self._reading.ledger, study_id))

    def version(self, at: int, study_id: StudyId, number: int) -> say.SavedVersion:
        """See `Measured.version`."""
        self._study(at, study_id)
        return version_told(versions.opened(self._reading.ledger, study_id, number))

    def save_version(self, at: int, study_id: StudyId, change: Change, milestone: str, said: tuple[str, str]) -> say.SavedVersion:
        """See `Measured.save_version`."""
        self._study(at, study_id)
        return version_told(versions.save(self._reading.ledger, study_id, change, milestone, said, at))

    # -- portfolio

    def portfolio(self, at: int) -> tuple[say.StudyMeasures, ...]:
        """See `Measured.portfolio`."""
        state = self._state(at)
        return self._once(state, "portfolio", lambda: tuple(self._line(state, study) for study in measures(state).universe.studies))

    def _line(self, state: State, study: StudyId) -> say.StudyMeasures:
        of, lock = clean(state), MILESTONES[LOCK]
        signals = self._signals(state, study, Level.SITE, Method.CALIBRATED)
        quality = self._quality(state, INDICES["default"], Level.STUDY)
        return say.StudyMeasures(
            study_id=study,
            standing=standing_told(standing(of, lock.gates, in_study(of, study))),
            quality=value_told(quality.value(of.measures.universe.studies.index(study))),
            sites=len(signals.groups),
            sites_flagged=signals.flagged,
            red=int(signals.red.sum()),
            amber=int(signals.amber.sum()),
            critical=critical_items(of, study, lock),
        )


def _subjects(found: Measures, study: StudyId, level: Level) -> Mapping[Group, int]:
    """Group -> how many subjects it has."""
    counted = subjects_of(found.universe, level)
    return {group: int(count) for group, count in zip(found.universe.groups(level), counted, strict=True) if group.study_id == study}


def _outcomes(of: Clean, study: StudyId, milestone: Milestone) -> dict[str, Outcome]:
    overall = of.overall(milestone.gates)
    return {
        str(subject.subject_id): OUTCOMES[overall[number]]
        for number, (here, subject) in enumerate(of.measures.universe.subjects)
        if here == study
    }


def _why_not_compared(every: Sequence[Moment], compared: Sequence[tuple[Moment, date]]) -> str | None:
    if len(compared) > 1:
        return None
    if len(every) < 2:  # noqa: PLR2004 - a comparison takes two
        return NO_EARLIER
    day = compared[-1][1] if compared else None
    return "no report tells its day" if day is None else SAME_DAY.format(day=f"{day:%d %b %Y}")
