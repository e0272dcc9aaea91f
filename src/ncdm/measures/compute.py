"""Values of measures at a snapshot: sums where they are known, bounds where they are bounds, reasons where they are not."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from ncdm.contracts.kinds.cpid import SUBJECT_SHEET
from ncdm.measures.counts.subjects_in_cpid import SUBJECTS_IN_CPID
from ncdm.measures.grouped import Ask, Floats, Sums, floats, placed, selection, sums
from ncdm.measures.measure import Count, Measure, Ratio, Spread, inside
from ncdm.measures.presence import Presence
from ncdm.measures.spread import Amounts, Ordered, amounts, fetched
from ncdm.measures.universe import Numbers, Universe
from ncdm.measures.value import Group, Level, State, Value
from ncdm.types import StudyId

Reasons = npt.NDArray[np.object_]
_STATES = (State.KNOWN, State.AT_LEAST, State.PARTIAL, State.UNKNOWN, State.NOT_APPLICABLE)
KNOWN, AT_LEAST, PARTIAL, UNKNOWN, NOT_APPLICABLE = range(5)
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
    """The measures of one snapshot. Each is asked once and kept.

    Counts of ``together`` that are over one source are asked together: what one of them costs, all of them cost.
    """

    def __init__(self, ask: Ask, universe: Universe, delivered: Mapping[StudyId, Presence], together: Sequence[Count] = ()) -> None:
        self.ask = ask
        """Runs an expression over the tables of the snapshot and its numbered groups."""
        self.universe = universe
        self._delivered = delivered
        self._together = together
        self._sums: dict[str, Sums] = {}
        self._amounts: dict[object, Amounts] = {}
        self._ordered: dict[tuple[object, Level], Ordered] = {}
        self._columns: dict[tuple[str, Level], Column] = {}
        self._reasons: dict[tuple[str, ...], _Absent] = {}
        self._missing_at: dict[tuple[tuple[str, ...], Level], _Absent] = {}

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

    def rows(self, measure: Count | Spread, group: Group) -> tuple[tuple[str, float | None], ...]:
        """The rows behind a count or a spread of one group: reference, and what each adds; ``None`` where its cell does not tell.

        The rows of a ratio are those of the counts it is made of.
        """
        found = self._of_group(measure.rows(), group)
        told = self.ask(found.select("row_ref", "amount").order_by("row_ref", "amount"))
        return tuple(zip(told["row_ref"].to_pylist(), (_number(one) for one in floats(told, "amount")), strict=True))

    def by_column(self, count: Count, column: str, group: Group) -> tuple[tuple[str | None, float, int], ...]:
        """A count of one group by what stands in a column of its rows: the text, the sum of what is known, and the rows that do not tell.

        Most first. Raises ``KeyError`` for a column that its rows do not have.
        """
        chosen = selection(count.rows)
        if column not in chosen.source().columns:
            raise KeyError(column)
        found = self._of_group(chosen.telling(column), group)
        told = self.ask(
            found.group_by(said=found[column].cast("string")).agg(
                amount=found.amount.sum().fill_null(0).cast("float64"),
                untold=found.count(where=found.amount.isnull()).fill_null(0).cast("int64"),
            )
        )
        lines = zip(told["said"].to_pylist(), floats(told, "amount").tolist(), told["untold"].to_pylist(), strict=True)
        return tuple(sorted(lines, key=lambda line: (-line[1], -line[2], line[0] or "")))

    def _of_group(self, rows: ir.Table, group: Group) -> ir.Table:
        """The rows that fall into a group."""
        found = placed(rows)
        study, site, subject = self.universe.numbers(group)
        if study is not None:
            found = found.filter(found.study_no == study)
        if site is not None:
            found = found.filter(found.site_no.isin(site))
        if subject is not None:
            found = found.filter(found.subject_no == subject)
        return found

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
            wanted = {count.code: selection(count.rows)}
            source = wanted[count.code].source().op()
            wanted |= {
                other.code: one
                for other in self._together
                if (one := selection(other.rows)).source().op() == source and other.code not in self._sums
            }
            self._sums |= sums(self.ask, wanted)
        return self._sums[count.code]

    @cached_property
    def listed(self) -> npt.NDArray[np.bool_]:
        """Subject -> whether the subject sheet has a line about it. What that sheet counts is not known of any other: it lists all, not exceptions."""
        lines, _untold = self.sums(SUBJECTS_IN_CPID).at(Level.SUBJECT, self.universe)
        return np.greater(lines, 0)

    def _absent(self, needs: Sequence[str]) -> "_Absent":
        """For each study why something is missing, and whether everything is."""
        key = tuple(needs)
        if key not in self._reasons:
            studies = self.universe.studies
            reasons: Reasons = np.full(len(studies), None, dtype=np.object_)
            nothing = np.zeros(len(studies), dtype=np.bool_)
            for number, study in enumerate(studies):
                delivered = self._delivered[study]
                reasons[number] = "; ".join((*delivered.missing(key), *delivered.in_part(key))) or None
                nothing[number] = not any(code in delivered.sheets for code in key)
            self._reasons[key] = _Absent(reasons, np.array([reason is not None for reason in reasons], dtype=np.bool_), nothing)
        return self._reasons[key]

    def _missing(self, needs: Sequence[str], level: Level) -> "_Absent":
        """The same for each group of a level. Measures with the same needs share the arrays."""
        key = (tuple(needs), level)
        if key not in self._missing_at:
            absent, study = self._absent(needs), self.universe.study_of(level)
            self._missing_at[key] = _Absent(absent.reasons[study], absent.some[study], absent.nothing[study])
        return self._missing_at[key]

    def _count(self, count: Count, level: Level) -> Column:
        amount, untold = self.sums(count).at(level, self.universe)
        if level is Level.PORTFOLIO:
            return _over_studies(amount, untold, self._absent(count.needs).reasons, self.universe.studies)
        missing = self._missing(count.needs, level)
        reason, nothing, bound = missing.reasons, missing.nothing, missing.some
        if level is Level.SUBJECT and SUBJECT_SHEET in count.needs:
            unlisted = ~self.listed & ~missing.some
            if unlisted.any():
                reason, bound = reason.copy(), bound | unlisted
                reason[unlisted] = NOT_LISTED
        reason = _untold(reason, untold)
        state = np.where(bound | (untold > 0), np.where((amount > 0) & ~nothing, AT_LEAST, UNKNOWN), KNOWN).astype(np.int8)
        value = np.where(state == UNKNOWN, np.nan, amount)
        return Column(value, value, None, state, reason)

    def _extracts(self, ratio: Ratio) -> Reasons:
        """For each study why the rate is unknown although its parts are not: a report lists open items only."""
        reasons: Reasons = np.full(len(self.universe.studies), None, dtype=np.object_)
        for full in ratio.full:
            beside = [self.column(count, Level.STUDY).numerator for count in ratio.under if count.needs == full.needs]
            listed = np.sum([np.nan_to_num(numbers) for numbers in beside], axis=0)
            none = (listed > 0) & ~(self.column(full, Level.STUDY).numerator > 0)
            reasons[none] = f"an extract of open items only: no {inside(full.title)}"
        return reasons

    def _ratio(self, ratio: Ratio, level: Level) -> Column:
        if level is Level.PORTFOLIO:
            return self._ratio_of_studies(ratio)
        over, under = self._added(ratio.over, level), self._added(ratio.under, level)
        reason = _first(self._extracts(ratio)[self.universe.study_of(level)], over.reason, under.reason)
        return _divided(over.numerator, under.numerator, _told(reason), reason)

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
        state = np.max([column.state for column in columns], axis=0)
        return Column(total, total, None, state.astype(np.int8), _first(*(column.reason for column in columns)))

    def _in_order(self, measure: Spread, level: Level) -> Ordered:
        relation = amounts(measure.rows).op()
        if relation not in self._amounts:
            self._amounts[relation] = fetched(self.ask, measure.rows)
        if (relation, level) not in self._ordered:
            self._ordered[relation, level] = self._amounts[relation].at(level, self.universe)
        return self._ordered[relation, level]

    def _spread(self, measure: Spread, level: Level) -> Column:
        found = self._in_order(measure, level)
        value, untold = found.told(measure.statistic), found.untold
        absent = self._absent(measure.needs)
        if level is Level.PORTFOLIO:
            left_out = [study for study, gone in zip(self.universe.studies, absent.some, strict=True) if gone]
            unknown = np.array([absent.some.all()])
            reason: Reasons = np.array([f"not known in {', '.join(left_out)}" if left_out else None], dtype=np.object_)
            part = np.array([bool(left_out)])
        else:
            absent = self._missing(measure.needs, level)
            unknown, part = absent.some, np.zeros(untold.size, dtype=np.bool_)
            reason = absent.reasons
        reason = _untold(reason, untold)
        # A group of which no row tells has a value that is not known; one without rows has none.
        silent = (found.counted == 0) & (untold > 0)
        unknown = unknown | silent
        state = np.where(
            unknown, UNKNOWN, np.where(found.counted == 0, NOT_APPLICABLE, np.where(part | (untold > 0), PARTIAL, KNOWN))
        ).astype(np.int8)
        reason = np.where((state == NOT_APPLICABLE) & ~_told(reason), "there are no rows", reason)
        told = np.where(unknown | (found.counted == 0), np.nan, value)
        return Column(told, told, np.where(unknown, np.nan, found.counted), state, reason)


@dataclass(frozen=True, slots=True, eq=False)
class _Absent:
    """What was not delivered; one entry a study or a group."""

    reasons: Reasons
    some: npt.NDArray[np.bool_]
    """Something is missing."""
    nothing: npt.NDArray[np.bool_]
    """Everything is."""


def _told(reason: Reasons) -> npt.NDArray[np.bool_]:
    """Where there is a reason."""
    return np.asarray(reason != None, dtype=np.bool_)  # noqa: E711 - element by element


def _untold(reason: Reasons, untold: Numbers) -> Reasons:
    """Reasons with how many rows of each group do not tell; the same array where all rows do."""
    groups = np.flatnonzero(untold)
    if groups.size == 0:
        return reason
    found = reason.copy()
    for number in groups:
        rows = "1 row does" if untold[number] == 1 else f"{untold[number]} rows do"
        found[number] = f"{found[number]}; {rows} not tell" if found[number] else f"{rows} not tell"
    return found


def _first(*reasons: Reasons) -> Reasons:
    """For each group the first reason that there is."""
    found = reasons[0]
    for other in reasons[1:]:
        if other is not found:
            found = np.where(_told(found), found, other)
    return found


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _divided(over: Floats, under: Floats, unknown: npt.NDArray[np.bool_], reason: Reasons) -> Column:
    nothing = ~unknown & (under == 0)
    state = np.where(unknown, UNKNOWN, np.where(nothing, NOT_APPLICABLE, KNOWN)).astype(np.int8)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(state == KNOWN, over / under, np.nan)
    told: Reasons = np.where(nothing & ~_told(reason), "the denominator is zero", reason)
    return Column(value, np.where(unknown, np.nan, over), np.where(unknown, np.nan, under), state, told)


def _over_studies(amount: Floats, untold: Numbers, reasons: Reasons, studies: Sequence[StudyId]) -> Column:
    """The sum over all studies: a lower bound as soon as one of them is not known."""
    absent = [study for study, reason in zip(studies, reasons, strict=True) if reason is not None]
    parts = ([f"not known in {', '.join(absent)}"] if absent else []) + ([f"{untold[0]} rows do not tell"] if untold[0] else [])
    state = KNOWN if not parts else UNKNOWN if len(absent) == len(studies) else AT_LEAST
    value = np.where(state == UNKNOWN, np.nan, amount)
    return Column(value, value, None, np.array([state], dtype=np.int8), np.array(["; ".join(parts) or None], dtype=np.object_))
