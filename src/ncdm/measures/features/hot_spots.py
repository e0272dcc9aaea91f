"""Where pages with non-conformant data pile up."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.measures.compute import Measures
from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.features.number import number
from ncdm.measures.features.site_ratio import SiteRatio, site_ratio
from ncdm.measures.measure import Definition
from ncdm.measures.ratios.nonconformant_rate import NONCONFORMANT_RATE
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.value import Group
from ncdm.types import StudyId

ACCRUAL = 100
CRITICAL, HIGH = 10, 5
HOT_SPOTS = Definition(
    what="Sites with pages that hold non-conformant data, ranked by their shrunken rate.",
    why="Values that break the rules of their form must be corrected or explained before anybody may analyse them.",
    formula=(
        "non-conformant pages of a site: critical from 10, high from 5, else some; ranked by non-conformant / entered pages over the share of the study,"
        " shrunken, with a 90 % interval"
    ),
    source="measures-and-statistics 5, 4.2(6)",
    example="A site with 12 such pages of 4,000 is critical by count; by rate it may rank below one with 5 of 200.",
    limits="Unknown without CPID. The bands are counts and grow with the site; the rank does not.",
)


class HotSpotBand(StrEnum):
    """How many pages it are."""

    CRITICAL = "critical"
    HIGH = "high"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class HotSpot:
    """One site with non-conformant pages."""

    group: Group
    pages: float
    entered: float | None
    rate: float | None
    band: HotSpotBand
    ratio: float | None
    low: float | None
    high: float | None
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HotSpots:
    """The sites, or why there are none to tell."""

    sites: tuple[HotSpot, ...]
    reason: str | None


def hot_spot_band(pages: float) -> HotSpotBand:
    """The band of so many pages, at least one."""
    return HotSpotBand.CRITICAL if pages >= CRITICAL else HotSpotBand.HIGH if pages >= HIGH else HotSpotBand.SOME


def nonconformance_ratio(measures: Measures, study: StudyId) -> SiteRatio:
    """Non-conformant pages of the sites as a share that is scored."""
    return site_ratio(measures, study, NONCONFORMANT_RATE, CountKind.BINARY, ACCRUAL)


def hot_spots(measures: Measures, study: StudyId) -> HotSpots:
    """The sites of a study with non-conformant pages. Source: measures-and-statistics 5."""
    found = nonconformance_ratio(measures, study)
    if np.isnan(found.numerator).all():
        return HotSpots((), found.silence)
    rows = measures.rows_by_site(NONCONFORMANT_PAGES, study)
    some = [place for place in range(len(found.groups)) if found.numerator[place] > 0.0]
    some.sort(key=lambda place: (-np.nan_to_num(found.shrunken[place]), -found.numerator[place], found.groups[place].label))
    return HotSpots(
        tuple(
            HotSpot(
                found.groups[place],
                float(found.numerator[place]),
                number(found.denominator[place]),
                number(found.value[place]),
                hot_spot_band(found.numerator[place]),
                number(found.shrunken[place]),
                number(found.low[place]),
                number(found.high[place]),
                rows.get(found.groups[place].label, ()),
            )
            for place in some
        ),
        found.silence,
    )
