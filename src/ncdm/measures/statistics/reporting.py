"""Under- and over-reporting: how probable a site's count is, had its subjects been drawn from the whole study.

Each subject is replaced by any subject of the study who came at least as far, read at the same visit. The sum of such draws needs no
simulation: its law is the convolution of a few small ones.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.measures.statistics.false_discovery import benjamini_hochberg
from ncdm.measures.statistics.laws import Bools, Floats
from ncdm.measures.statistics.reporting_visits import Integers, Labels, VisitCounts

LIMITS = (0.95, 0.99)
LIMITS_AMONG_MANY = (0.75, 0.95)
"""For probabilities corrected for the number of sites."""


class ReportingState(StrEnum):
    """Whether a site could be compared."""

    SCORED = "scored"
    NO_PEERS = "no_peers"
    """The study has one site, and nothing to compare it with."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """One element for each site, in the order of ``sites``; NaN without peers."""

    sites: Labels
    subjects: Integers
    events: Integers
    visits: Integers
    expected: Floats
    """Mean of the simulated total."""
    delta: Floats
    """events - expected."""
    p_ur: Floats
    """P(simulated > observed): near 1 where too little is reported."""
    p_or: Floats
    """P(simulated < observed): near 1 where too much is reported."""
    p_ur_corrected: Floats
    """1 - BH(1 - p_ur) over the sites of the study."""
    p_or_corrected: Floats
    prob: Floats
    """-p_ur if p_ur >= p_or, else p_or; 0 where the site's rate is the study's."""
    prob_corrected: Floats
    """The same of the corrected ones."""
    flag: Floats
    """-2 .. 2, by .95 and .99."""
    flag_corrected: Floats
    """-2 .. 2, by .75 and .95."""
    state: ReportingState


def reporting_probability(study: VisitCounts) -> Reporting:
    """The exact probability that a site reports too little or too much, given how far each of its subjects came.

    study: the visits of one study (`complete_visits`). A site subject with last visit v becomes a uniform draw from all study subjects, its own site
    included, with last visit >= v, read at v; draws are independent.
    Source: measures-and-statistics 4.3; the simulation it replaces: simaerep 1.0.0, Koneswarakantha (2024).
    """
    size = study.sites.size
    subjects = np.bincount(study.site, minlength=size).astype(np.int64)
    events, visits = _summed(study.last_count, study.site, size), _summed(study.last, study.site, size)
    if size == 1:
        none = np.full(1, np.nan)
        return Reporting(study.sites, subjects, events, visits, *(none,) * 10, state=ReportingState.NO_PEERS)
    expected, above, below, at_most, at_least = _against_the_study(study, events)
    ur, over = 1.0 - benjamini_hochberg(at_most), 1.0 - benjamini_hochberg(at_least)
    total_events, total_visits = int(events.sum()), int(visits.sum())
    # In whole numbers, so that equal rates are equal. Python's, which do not overflow.
    alike = np.array([e * total_visits == total_events * v for e, v in zip(events.tolist(), visits.tolist(), strict=True)], dtype=np.bool_)
    prob, corrected = _signed(above, below, alike), _signed(ur, over, alike)
    return Reporting(
        sites=study.sites,
        subjects=subjects,
        events=events,
        visits=visits,
        expected=expected,
        delta=events - expected,
        p_ur=above,
        p_or=below,
        p_ur_corrected=ur,
        p_or_corrected=over,
        prob=prob,
        prob_corrected=corrected,
        flag=_flag(prob, LIMITS),
        flag_corrected=_flag(corrected, LIMITS_AMONG_MANY),
        state=ReportingState.SCORED,
    )


def _summed(values: Integers, place: Integers, size: int) -> Integers:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, place, values)
    return total


def _against_the_study(study: VisitCounts, events: Integers) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """For each site: the mean of the simulated total, and its probability to be above, below, at most and at least the observed one."""
    laws = _laws_by_last_visit(study)
    mean = {visit: lowest + float(np.dot(np.arange(law.size), law)) for visit, (lowest, law) in laws.items()}
    expected, above, below, at_most, at_least = np.zeros((5, study.sites.size))
    order = np.lexsort((study.last, study.site))
    ends = np.cumsum(np.bincount(study.site, minlength=study.sites.size)).tolist()
    for place, (begin, end) in enumerate(zip([0, *ends], ends, strict=False)):
        lasts = study.last[order[begin:end]]
        total = np.ones(1)
        observed = int(events[place])
        for visit in lasts.tolist():
            lowest, law = laws[visit]
            observed -= lowest
            total = law if total.size == 1 else np.convolve(total, law)
        expected[place] = sum(mean[visit] for visit in lasts.tolist())
        # Each sum by itself: a small probability is not what a large one leaves.
        above[place], below[place] = total[observed + 1 :].sum(), total[:observed].sum()
        at_most[place], at_least[place] = total[: observed + 1].sum(), total[observed:].sum()
    return expected, np.minimum(above, 1.0), np.minimum(below, 1.0), np.minimum(at_most, 1.0), np.minimum(at_least, 1.0)


def _laws_by_last_visit(study: VisitCounts) -> dict[int, tuple[int, Floats]]:
    """For each last visit v: the smallest count at v of those who came so far, and the probability of that and each larger count."""
    laws: dict[int, tuple[int, Floats]] = {}
    for visit in np.unique(study.last).tolist():
        counts = study.at(visit)[study.last >= visit]
        lowest = int(counts.min())
        laws[visit] = (lowest, np.bincount(counts - lowest) / counts.size)
    return laws


def _signed(ur: Floats, over: Floats, alike: Bools) -> Floats:
    return np.where(alike | ((ur == 0.0) & (over == 0.0)), 0.0, np.where(ur >= over, -ur, over))


def _flag(prob: Floats, limits: tuple[float, float]) -> Floats:
    """Equality goes up, as in gsm's flags (4.1)."""
    amber, red = limits
    flags: Floats = np.searchsorted(np.array([-red, -amber, amber, red]), prob, side="right").astype(np.float64)
    return flags - 2.0
