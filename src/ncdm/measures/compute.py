"""Values of measures at a snapshot: sums where they are known, bounds where they are bounds, reasons where they are not."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ncdm.contracts.kinds.cpid import SUBJECT_SHEET
from ncdm.measures.contribution import every
from ncdm.measures.grouped import Ask, Floats, Sums, placed, sums
from ncdm.measures.measure import Count, Measure, Ratio, Spread
from ncdm.measures.presence import Presence
from ncdm.measures.spread import spread
from ncdm.measures.universe import Numbers, Universe
from ncdm.measures.value import Group, Level, State, Value
from ncdm.types import StudyId

Reasons = npt.NDArray[np.object_]
_STATES = (State.KNOWN, State.AT_LEAST, State.PARTIAL, State.UNKNOWN, State.NOT_APPLICABLE)
KNOWN, AT_LEAST, PARTIAL, UNKNOWN, NOT_APPLICABLE = range(5)
LISTED = every("subject_metrics")
"""Every line of the sheet that lists all subjects."""
NOT_LISTED = "the subject sheet does not list the subject"


@dataclass(frozen=True, eq=False)
class Column:
    """One measure at one level: arrays in the order of the level's groups."""

    value: Floats
    """Not a number where nothing is known."""
    numerator: Floats
    denominator: Floats | None
    state: npt.NDArray[np.int8]
    """Position in `State`."""
    reason: Reasons

    def known(self) -> npt.NDArray[np.bool_]:
        """Where the value is known."""
        return np.equal(self.state, KNOWN)


class Measures:
    """The measures of one snapshot. Each count is asked once and kept."""

    def __init__(self, ask: Ask, universe: Universe, delivered: Mapping[StudyId, Presence]) -> None:
        self.ask = ask
        """Runs an expression over the tables of the snapshot and its numbered groups."""
        self.universe = universe
        self._delivered = delivered
        self._sums: dict[str, Sums] = {}
        self._columns: dict[tuple[str, Level], Column] = {}

    def column(self, measure: Measure, level: Level) -> Column:
        """A measure for every group of a level."""
        key = (measure.code, level)
        if key not in self._columns:
            if isinstance(measure, Count):
                self._columns[key] = self._count(measure, level)
            elif isinstance(measure, Ratio):
                self._columns[key] = self._ratio(measure, level)
            else:
                self._columns[key] = self._spread(measure, level)
        return self._columns[key]

    def values(self, measure: Measure, level: Level, study: StudyId | None = None) -> tuple[Value, ...]:
        """The same as values, one a group; only those of a study when it is named."""
        column = self.column(measure, level)
        groups = self.universe.groups(level)
        found = []
        for number, group in enumerate(groups):
            if study is not None and group.study_id != study:
                continue
            rejected, as_of = self._of_reports(measure, group)
            found.append(
                Value(
                    group,
                    _number(column.value[number]),
                    _number(column.numerator[number]),
                    None if column.denominator is None else _number(column.denominator[number]),
                    _STATES[column.state[number]],
                    column.reason[number],
                    rejected,
                    as_of,
                )
            )
        return tuple(found)

    def rows(self, count: Count | Spread, group: Group) -> tuple[tuple[str, float | None], ...]:
        """The rows behind a count or a spread of one group: reference, and what each adds; ``None`` where its cell does not tell."""
        found = placed(count.rows())
        study, site, subject = self.universe.numbers(group)
        if study is not None:
            found = found.filter(found.study_no == study)
        if site is not None:
            found = found.filter(found.site_no.isin(site))
        if subject is not None:
            found = found.filter(found.subject_no == subject)
        told = self.ask(found.select("row_ref", "amount").order_by("row_ref"))
        # An engine may write a literal as a decimal.
        return tuple(zip(told["row_ref"].to_pylist(), told["amount"].cast(pa.float64()).to_pylist(), strict=True))

    def rows_by_site(self, count: Count, study: StudyId) -> dict[str, tuple[str, ...]]:
        """The references of the rows behind a count, for each site of a study that has any; those of no site are left out."""
        found = placed(count.rows())
        told = self.ask(
            found.filter((found.study_no == self.universe.numbers(Group(study))[0]) & (found.site_no >= 0)).select("site_no", "row_ref")
        )
        rows: dict[str, list[str]] = {}
        for site, ref in sorted(zip(told["site_no"].to_pylist(), told["row_ref"].to_pylist(), strict=True)):
            rows.setdefault(self.universe.sites[site][1].site_id, []).append(ref)
        return {site: tuple(refs) for site, refs in rows.items()}

    def _of_reports(self, measure: Measure, group: Group) -> tuple[int, dt.date | None]:
        studies = self._delivered if group.study_id is None else {StudyId(group.study_id): self._delivered[StudyId(group.study_id)]}
        days = [day for one in studies.values() if (day := one.day(measure.needs)) is not None]
        return sum(one.rejections(measure.needs) for one in studies.values()), min(days, default=None)

    def delivers(self, study: StudyId, needs: Sequence[str]) -> bool:
        """Whether a study delivered all of these sheets."""
        return all(code in self._delivered[study].sheets for code in needs)

    def rejections(self, needs: Sequence[str], study: StudyId) -> int:
        """Lines that were rejected in the reports of these sheets of a study: nobody knows what they would have said."""
        return self._delivered[study].rejections(needs)

    def day(self, needs: Sequence[str], study: StudyId) -> dt.date | None:
        """The earliest day that the reports of these sheets stand for in a study."""
        return self._delivered[study].day(needs)

    def sums(self, count: Count) -> Sums:
        """A count by study, site and subject."""
        if count.code not in self._sums:
            self._sums[count.code] = sums(self.ask, count.rows)
        return self._sums[count.code]

    @cached_property
    def listed(self) -> npt.NDArray[np.bool_]:
        """Subject -> whether the subject sheet has a line about it. What that sheet counts is not known of any other: it lists all, not exceptions."""
        lines, _untold = sums(self.ask, LISTED).at(Level.SUBJECT, self.universe)
        return np.greater(lines, 0)

    def _absent(self, needs: Sequence[str]) -> tuple[Reasons, npt.NDArray[np.bool_]]:
        """For each study why something is missing, and whether everything is."""
        reasons: Reasons = np.full(len(self.universe.studies), None, dtype=np.object_)
        nothing = np.zeros(len(self.universe.studies), dtype=np.bool_)
        for number, study in enumerate(self.universe.studies):
            absent = [code for code in needs if code not in self._delivered[study].sheets]
            why = (*self._delivered[study].missing(absent), *self._delivered[study].in_part(needs))
            if why:
                reasons[number] = "; ".join(why)
                nothing[number] = len(absent) == len(needs)
        return reasons, nothing

    def _count(self, count: Count, level: Level) -> Column:
        amount, untold = self.sums(count).at(level, self.universe)
        reasons, nothing = self._absent(count.needs)
        if level is Level.PORTFOLIO:
            return _over_studies(amount, untold, reasons, self.universe.studies)
        study = self.universe.study_of(level)
        missing = reasons[study]
        told = missing.copy()
        for number in np.flatnonzero(untold):
            rows = "1 row does" if untold[number] == 1 else f"{untold[number]} rows do"
            told[number] = f"{missing[number]}; {rows} not tell" if missing[number] else f"{rows} not tell"
        if level is Level.SUBJECT and SUBJECT_SHEET in count.needs:
            told[np.array([reason is None for reason in missing], dtype=np.bool_) & ~self.listed] = NOT_LISTED
        bound = np.array([reason is not None for reason in told], dtype=np.bool_)
        state = np.where(bound, np.where((amount > 0) & ~nothing[study], AT_LEAST, UNKNOWN), KNOWN).astype(np.int8)
        value = np.where(state == UNKNOWN, np.nan, amount)
        return Column(value, value, None, state, told)

    def _extracts(self, ratio: Ratio) -> Reasons:
        """For each study why the rate is unknown although its parts are not: the report lists open items only."""
        reasons: Reasons = np.full(len(self.universe.studies), None, dtype=np.object_)
        if ratio.full:
            under = self._added(ratio.under, Level.STUDY).numerator
            full = self._added(ratio.full, Level.STUDY).numerator
            reasons[(under > 0) & (full == 0)] = f"an extract of open items only: no {ratio.full[0].title.lower()}"
        return reasons

    def _ratio(self, ratio: Ratio, level: Level) -> Column:
        if level is Level.PORTFOLIO:
            return self._ratio_of_studies(ratio)
        over, under = self._added(ratio.over, level), self._added(ratio.under, level)
        extracts = self._extracts(ratio)[self.universe.study_of(level)]
        reason: Reasons = np.array([a or b or c for a, b, c in zip(extracts, over.reason, under.reason, strict=True)], dtype=np.object_)
        unknown = np.array([one is not None for one in reason], dtype=np.bool_)
        return _divided(over.numerator, under.numerator, unknown, reason)

    def _ratio_of_studies(self, ratio: Ratio) -> Column:
        """Over the studies that are known; those that are not are named."""
        studies = self._ratio(ratio, Level.STUDY)
        usable = studies.state != UNKNOWN
        over = np.array([np.nansum(studies.numerator[usable])])
        under = np.array([0.0 if studies.denominator is None else np.nansum(studies.denominator[usable])])
        left_out = [study for study, used in zip(self.universe.studies, usable, strict=True) if not used]
        reason = f"not known in {', '.join(left_out)}" if left_out else None
        found = _divided(over, under, np.array([not usable.any()]), np.array([reason], dtype=np.object_))
        state = np.where((found.state == KNOWN) & bool(left_out), PARTIAL, found.state).astype(np.int8)
        return Column(found.value, found.numerator, found.denominator, state, found.reason)

    def _added(self, counts: Sequence[Count], level: Level) -> Column:
        """Several counts as one."""
        columns = [self.column(count, level) for count in counts]
        total = np.sum([column.numerator for column in columns], axis=0)
        reason: Reasons = np.full(len(total), None, dtype=np.object_)
        for column in columns:
            reason = np.where(np.array([one is None for one in reason], dtype=np.bool_), column.reason, reason)
        state = np.max([column.state for column in columns], axis=0) if columns else np.zeros(len(total), dtype=np.int8)
        return Column(total, total, None, state.astype(np.int8), reason)

    def _spread(self, measure: Spread, level: Level) -> Column:
        value, rows, untold = spread(self.ask, self.universe, measure, level)
        reasons, _nothing = self._absent(measure.needs)
        study = self.universe.study_of(level)
        reason: Reasons = reasons[study] if level is not Level.PORTFOLIO else np.full(1, None, dtype=np.object_)
        unknown = np.array([one is not None for one in reason], dtype=np.bool_)
        for number in np.flatnonzero(untold):
            text = f"{untold[number]} without a day of their own"
            reason[number] = f"{reason[number]}; {text}" if reason[number] else text
        state = np.where(unknown, UNKNOWN, np.where(rows == 0, NOT_APPLICABLE, np.where(untold > 0, PARTIAL, KNOWN))).astype(np.int8)
        return Column(
            np.where(unknown | (rows == 0), np.nan, value), np.where(unknown, np.nan, value), rows.astype(np.float64), state, reason
        )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _divided(over: Floats, under: Floats, unknown: npt.NDArray[np.bool_], reason: Reasons) -> Column:
    nothing = ~unknown & (under == 0)
    state = np.where(unknown, UNKNOWN, np.where(nothing, NOT_APPLICABLE, KNOWN)).astype(np.int8)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(state == KNOWN, over / under, np.nan)
    told: Reasons = np.where(nothing & np.array([one is None for one in reason], dtype=np.bool_), "the denominator is zero", reason)
    return Column(value, np.where(unknown, np.nan, over), np.where(unknown, np.nan, under), state, told)


def _over_studies(amount: Floats, untold: Numbers, reasons: Reasons, studies: Sequence[StudyId]) -> Column:
    """The sum over all studies: a lower bound as soon as one of them is not known."""
    absent = [study for study, reason in zip(studies, reasons, strict=True) if reason is not None]
    parts = ([f"not known in {', '.join(absent)}"] if absent else []) + ([f"{untold[0]} rows do not tell"] if untold[0] else [])
    state = KNOWN if not parts else UNKNOWN if len(absent) == len(studies) else AT_LEAST
    value = np.where(state == UNKNOWN, np.nan, amount)
    return Column(value, value, None, np.array([state], dtype=np.int8), np.array(["; ".join(parts) or None], dtype=np.object_))
