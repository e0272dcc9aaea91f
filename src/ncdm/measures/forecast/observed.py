"""What arrived and was closed between the snapshots of a study, by site and criterion, and what is outstanding now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ncdm.measures.compute import KNOWN
from ncdm.measures.criteria.queries import Q
from ncdm.measures.criterion import Criterion
from ncdm.measures.grouped import Floats
from ncdm.measures.history.matching import match
from ncdm.measures.history.moments import Moment, of_different_days, why_not_two
from ncdm.measures.history.queries import SHEET as QUERIES
from ncdm.measures.history.queries import listing
from ncdm.measures.universe import Numbers
from ncdm.measures.value import Level
from ncdm.types import StudyId


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """One study. N subjects, S sites (the last stands for subjects of no site), C criteria."""

    gates: tuple[str, ...]
    subjects: tuple[str, ...]
    sites: tuple[str, ...]
    """S - 1 names."""
    site_of: Numbers
    """(N,) position of the site."""
    items: Floats
    """(N, C) outstanding now; NaN where a report does not tell."""
    arrived: Floats
    """(S, C) items that came between snapshots."""
    closed: Floats
    subject_days: Floats
    """(S, C) days that subjects were under observation, added up."""
    item_days: Floats
    """(S, C) days that items were outstanding, added up: the mean of the two ends times the days between."""
    reasons: tuple[str | None, ...]
    """(C,) why nothing can be said of a criterion."""


def observed(found: Sequence[Moment], study: StudyId, gates: Sequence[Criterion]) -> Observed:
    """What the snapshots of a study say of these criteria.

    found: oldest first, at least one. Between two snapshots of different days a subject's items are compared by their number: as many more arrived, as
    many fewer were closed. Queries are matched one by one. Subjects that only one of the two snapshots has are left out.
    """
    now = found[-1]
    subjects, sites, site_of = _subjects(now, study)
    shape = (len(sites) + 1, len(gates))
    arrived, closed, subject_days, item_days = (np.zeros(shape) for _ in range(4))
    items = np.full((len(subjects), len(gates)), np.nan)
    reasons: list[str | None] = []
    for column, gate in enumerate(gates):
        items[:, column] = _in_order(subjects, _items(now, study, gate))
        reasons.append(_why_unknown(now, study, gate) if subjects and np.isnan(items[:, column]).all() else None)
        dated = of_different_days(found, gate.contracts)
        if reasons[-1] is None and len(dated) < 2:  # noqa: PLR2004 - a rate takes two
            reasons[-1] = why_not_two(found, gate.contracts, f"for {gate.outstanding.lower()}")
        if reasons[-1] is not None:
            continue
        counted = [(moment, day, _in_order(subjects, _items(moment, study, gate))) for moment, day in dated]
        for (earlier, first, before), (later, second, after) in pairwise(counted):
            days = (second - first).days
            both = ~np.isnan(before) & ~np.isnan(after)
            site, old, new = site_of[both], before[both], after[both]
            subject_days[:, column] += days * np.bincount(site, minlength=shape[0])
            item_days[:, column] += days * np.bincount(site, (old + new) / 2.0, minlength=shape[0])
            came, went = np.maximum(0.0, new - old), np.maximum(0.0, old - new)
            if gate is Q and earlier.has((QUERIES,)) and later.has((QUERIES,)):
                opened, answered = _matched(earlier, later, sites)
                arrived[:, column] += opened
                closed[:, column] += answered
                continue
            arrived[:, column] += np.bincount(site, came, minlength=shape[0])
            closed[:, column] += np.bincount(site, went, minlength=shape[0])
    return Observed(
        tuple(gate.code for gate in gates), subjects, sites, site_of, items, arrived, closed, subject_days, item_days, tuple(reasons)
    )


def _subjects(now: Moment, study: StudyId) -> tuple[tuple[str, ...], tuple[str, ...], Numbers]:
    universe = now.measures.universe
    sites = tuple(str(site.site_id) for of, site in universe.sites if of == study)
    place = {site: number for number, site in enumerate(sites)}
    here = [subject for of, subject in universe.subjects if of == study]
    site_of: npt.NDArray[np.int64] = np.array([place.get(str(subject.site_id), len(sites)) for subject in here], dtype=np.int64)
    return tuple(str(subject.subject_id) for subject in here), sites, site_of


def _items(moment: Moment, study: StudyId, gate: Criterion) -> dict[str, float]:
    """Subject -> items outstanding; those of which a report does not tell are left out."""
    measures = moment.measures
    columns = [measures.column(count, Level.SUBJECT) for count in gate.items]
    return {
        str(group.subject_id): float(sum(column.value[place] for column in columns))
        for place, group in enumerate(measures.universe.groups(Level.SUBJECT))
        if group.study_id == study and all(column.state[place] == KNOWN for column in columns)
    }


def _in_order(subjects: Sequence[str], items: Mapping[str, float]) -> Floats:
    return np.array([items.get(subject, np.nan) for subject in subjects], dtype=np.float64)


def _matched(earlier: Moment, later: Moment, sites: Sequence[str]) -> tuple[Floats, Floats]:
    """Queries opened and closed, by site."""
    found = match(listing(earlier), listing(later))
    place = {site: number for number, site in enumerate(sites)}
    opened, closed = (np.zeros(len(sites) + 1) for _ in range(2))
    for items, counted in ((found.new, opened), (found.gone, closed)):
        for item in items:
            counted[place.get(item.site_id or "", len(sites))] += 1.0
    return opened, closed


def _why_unknown(now: Moment, study: StudyId, gate: Criterion) -> str:
    for count in gate.items:
        value = now.measures.values(count, Level.STUDY, study)[0]
        if value.reason is not None:
            return value.reason
    return "no subject is known"
