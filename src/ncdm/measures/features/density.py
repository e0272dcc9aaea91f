"""Data density: outstanding queries for each page entered, in a band, among the sites of its study, and against chance."""

from dataclasses import dataclass
from enum import StrEnum

from ncdm.measures.compute import Measures
from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.features.number import number
from ncdm.measures.features.site_ratio import SiteRatio, site_ratio
from ncdm.measures.measure import Definition
from ncdm.measures.ratios.query_rate import QUERY_RATE
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.value import Group
from ncdm.types import StudyId

ACCRUAL = 30
DATA_DENSITY = Definition(
    what="Outstanding queries for each page entered, with its place among the sites of the study.",
    why="Where questions stand dense, data are read and corrected later than elsewhere.",
    formula=(
        "outstanding queries / pages entered; critical from .15, high from .10, medium from .02, else low; percentile = 100 (sites lower + half of the sites"
        " alike) / sites; z by the calibrated mode over sites with at least 30 pages"
    ),
    source="measures-and-statistics 5, 4.2",
    example="15 queries on 100 pages are .15: critical.",
    limits="Unknown without CPID. The band says nothing of chance, z does: 1 query on 6 pages is critical and no signal.",
)


class DensityBand(StrEnum):
    """How dense queries stand."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Density:
    """The density of one site."""

    group: Group
    queries: float | None
    pages: float | None
    value: float | None
    band: DensityBand | None
    percentile: float | None
    z: float | None
    p: float | None
    reason: str | None
    rows: tuple[str, ...]
    """Rows that say how many queries."""


def density_band(density: float) -> DensityBand:
    """The band of a density."""
    for edge, band in ((0.15, DensityBand.CRITICAL), (0.10, DensityBand.HIGH), (0.02, DensityBand.MEDIUM)):
        if density >= edge:
            return band
    return DensityBand.LOW


def query_ratio(measures: Measures, study: StudyId) -> SiteRatio:
    """The density of the sites as a ratio that is scored."""
    return site_ratio(measures, study, QUERY_RATE, CountKind.RATE, ACCRUAL)


def densities(measures: Measures, study: StudyId) -> tuple[Density, ...]:
    """The data density of each site of a study. Source: measures-and-statistics 5."""
    found = query_ratio(measures, study)
    rows = measures.rows_by_site(OUTSTANDING_QUERIES, study)
    told = []
    for place, group in enumerate(found.groups):
        value = number(found.value[place])
        told.append(
            Density(
                group,
                number(found.numerator[place]),
                number(found.denominator[place]),
                value,
                None if value is None else density_band(value),
                number(found.percentile[place]),
                number(found.z[place]),
                number(found.p[place]),
                found.reason[place] if value is None else found.silence,
                rows.get(group.label, ()),
            )
        )
    return tuple(told)
