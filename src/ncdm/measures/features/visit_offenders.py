"""Which sites miss visits more than the others, by a ratio that small numbers cannot carry to the top."""

from dataclasses import dataclass

import numpy as np

from ncdm.measures.compute import Measures
from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.features.number import number
from ncdm.measures.features.site_ratio import SiteRatio, site_ratio
from ncdm.measures.measure import Definition
from ncdm.measures.ratios.missing_visit_rate import MISSING_VISIT_RATE
from ncdm.measures.spreads.longest_missing_visit import LONGEST_MISSING_VISIT
from ncdm.measures.spreads.mean_missing_visit import MEAN_MISSING_VISIT
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

ACCRUAL = 10
LISTED = 10
VISIT_OFFENDERS = Definition(
    what="The ten sites with the highest shrunken ratio of missing visits, of those that miss any.",
    why="A visit that is missing holds back every page of it; ranks by raw shares are led by sites with few visits.",
    formula=(
        "missing / (missing + entered) of a site over the share of its study, shrunken by the beta-binomial law of the study's sites, with a 90 % interval;"
        " beside it the older score .4 longest days + .3 mean days + .6 missing visits"
    ),
    source="measures-and-statistics 5, 4.2(6)",
    example="Visits missing for 40 and 20 days: .4 x 40 + .3 x 30 + .6 x 2 = 26.2.",
    limits="Unknown without CPID. Without 5 sites of at least 10 expected visits nobody knows what is usual: sites are listed by their missing visits.",
)


@dataclass(frozen=True, slots=True)
class VisitOffender:
    """One site that misses visits."""

    group: Group
    missing: float
    expected: float | None
    """Missing and entered."""
    share: float | None
    ratio: float | None
    """Shrunken, to the study's share."""
    low: float | None
    high: float | None
    longest: float | None
    mean: float | None
    """Days outstanding."""
    score: float | None
    """The older score, for comparison: .4 longest + .3 mean + .6 missing."""
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitOffenders:
    """The list, or why there is none."""

    sites: tuple[VisitOffender, ...]
    reason: str | None
    """Why there is no list, or why it is not ranked by the ratio."""


def older_score(longest: float, mean: float, missing: float) -> float:
    """The score of the system before: days and visits added, whatever the size of the site."""
    return 0.4 * longest + 0.3 * mean + 0.6 * missing


def visit_ratio(measures: Measures, study: StudyId) -> SiteRatio:
    """Missing visits of the sites as a share that is scored."""
    return site_ratio(measures, study, MISSING_VISIT_RATE, CountKind.BINARY, ACCRUAL)


def visit_offenders(measures: Measures, study: StudyId) -> VisitOffenders:
    """The ten sites that miss visits most. Source: measures-and-statistics 5."""
    count, found = measures.column(MISSING_VISITS, Level.SITE), visit_ratio(measures, study)
    longest, mean = (measures.column(spread, Level.SITE).value for spread in (LONGEST_MISSING_VISIT, MEAN_MISSING_VISIT))
    rows = measures.rows_by_site(MISSING_VISITS, study)
    here = [place for place, group in enumerate(measures.universe.groups(Level.SITE)) if group.study_id == study]
    missing = count.numerator[here]
    if np.isnan(missing).all():
        return VisitOffenders((), next((count.reason[place] for place in here if count.reason[place]), "the study has no sites"))
    some = [place for place in range(len(here)) if missing[place] > 0.0]
    some.sort(key=lambda place: (-np.nan_to_num(found.shrunken[place]), -missing[place], found.groups[place].label))
    listed = []
    for place in some[:LISTED]:
        group, days, average = found.groups[place], number(longest[here[place]]), number(mean[here[place]])
        listed.append(
            VisitOffender(
                group,
                float(missing[place]),
                number(found.denominator[place]),
                number(found.value[place]),
                number(found.shrunken[place]),
                number(found.low[place]),
                number(found.high[place]),
                days,
                average,
                None if days is None or average is None else older_score(days, average, float(missing[place])),
                rows.get(group.label, ()),
            )
        )
    return VisitOffenders(tuple(listed), found.silence)
