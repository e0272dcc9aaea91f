"""All engineered features of one study at its latest snapshot, with what earlier snapshots add."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ncdm.measures.features.composite import COMPOSITE, Composite, composite
from ncdm.measures.features.density import DATA_DENSITY, Density, densities, query_ratio
from ncdm.measures.features.hot_spots import HOT_SPOTS, HotSpots, hot_spots, nonconformance_ratio
from ncdm.measures.features.inactivation import INACTIVATION_REVIEW, Inactivation, InactivationReview, review
from ncdm.measures.features.inactivations_listed import SHEET, came_per_month, inactivations
from ncdm.measures.features.index_slope import INDEX_SLOPE, IndexSlope, index_slope
from ncdm.measures.features.site_ratio import SiteRatio
from ncdm.measures.features.visit_offenders import VISIT_OFFENDERS, VisitOffenders, visit_offenders, visit_ratio
from ncdm.measures.history.moments import Moment
from ncdm.measures.history.queries import QueryFlow, query_flow
from ncdm.measures.history.trend import Point
from ncdm.measures.history.velocity import QUERY_VELOCITY
from ncdm.measures.measure import Definition
from ncdm.types import StudyId

_HARMLESS = 0.99

DEFINITIONS: Mapping[str, Definition] = MappingProxyType(
    {
        "velocity": QUERY_VELOCITY,
        "density": DATA_DENSITY,
        "inactivation": INACTIVATION_REVIEW,
        "composite": COMPOSITE,
        "visit_offenders": VISIT_OFFENDERS,
        "hot_spots": HOT_SPOTS,
        "index": INDEX_SLOPE,
    }
)
"""What stands beside each feature, by the name that `Features` gives it."""


@dataclass(frozen=True, slots=True)
class Features:
    """The engineered features of one study."""

    study_id: StudyId
    snapshot: int
    velocity: QueryFlow
    density: tuple[Density, ...]
    inactivation: tuple[InactivationReview, ...]
    inactivation_reason: str | None
    """Why there are no inactivations to review."""
    composite: tuple[Composite, ...]
    visit_offenders: VisitOffenders
    hot_spots: HotSpots
    index: IndexSlope | None
    """The slope of the study's index; ``None`` where no index was given."""
    site_index: Mapping[str, IndexSlope]


def features(
    found: Sequence[Moment],
    study: StudyId,
    *,
    endpoints: Sequence[str] | None = None,
    index: Sequence[Point] | None = None,
    site_index: Mapping[str, Sequence[Point]] | None = None,
    p: Mapping[str, Sequence[float]] | None = None,
) -> Features:
    """The features of a study at the last of its snapshots.

    found: the study at each snapshot, oldest first, at least one. endpoints: words of its endpoint forms. index, site_index: the Data Quality Index of the
    study and of its sites over the snapshots. p: of the indicators of each site; without them those of density, missing visits and non-conformance.
    Source: measures-and-statistics 5.
    """
    now = found[-1]
    measures = now.measures
    flow = query_flow(found, study)
    nets = {group.site_id: group.velocity.net for group in flow.sites}
    dense = densities(measures, study)
    reviews = _reviews(found, [density.group.label for density in dense], endpoints) if now.has((SHEET,)) else ()
    slopes = {site: index_slope(points) for site, points in (site_index or {}).items()}
    ratios = [of(measures, study) for of in (query_ratio, visit_ratio, nonconformance_ratio)]
    told = {one.site_id: one.score for one in reviews}
    composites = tuple(
        composite(
            density.group.label,
            net=None if flow.study is None else nets.get(density.group.label, 0.0),
            percentile=density.percentile,
            inactivation=told.get(density.group.label),
            step_in=slopes[density.group.label].intervene if density.group.label in slopes else None,
            p=p.get(density.group.label, ())
            if p is not None
            else [_risk_side(ratio, place) for ratio in ratios if not np.isnan(ratio.p[place])],
        )
        for place, density in enumerate(dense)
    )
    return Features(
        study,
        now.snapshot,
        flow,
        dense,
        reviews,
        None if now.has((SHEET,)) else "no report of inactivated forms",
        composites,
        visit_offenders(measures, study),
        hot_spots(measures, study),
        None if index is None else index_slope(index),
        slopes,
    )


def _risk_side(ratio: SiteRatio, place: int) -> float:
    """The p of the high side, at most .99: a site that does better than all others is no sign, and a p of 1 would hide any other."""
    half = float(ratio.p[place]) / 2.0
    return min(_HARMLESS, half if ratio.z[place] > 0.0 else 1.0 - half)


def _reviews(found: Sequence[Moment], sites: Sequence[str], endpoints: Sequence[str] | None) -> tuple[InactivationReview, ...]:
    listed = inactivations(found[-1])
    per_month = came_per_month(found)
    of_site: dict[str | None, list[Inactivation]] = {site: [] for site in sites}
    for row in listed:
        if row.site_id in of_site:
            of_site[row.site_id].append(row)
    return tuple(
        review(site, rows, per_month=None if per_month is None else per_month.get(site, 0.0), endpoints=endpoints)
        for site, rows in of_site.items()
        if site is not None
    )
