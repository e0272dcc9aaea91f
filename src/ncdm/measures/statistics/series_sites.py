"""Which sites have subjects whose series differ from everyone else's, more than chance gives.

Source: ctas 0.4.0 ``process_a_study``; measures-and-statistics 4.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.false_discovery import benjamini_hochberg
from ncdm.measures.statistics.series import Feature, SeriesFeatures
from ncdm.measures.statistics.smirnov import Alternative, smirnov

Floats = NDArray[np.float64]

SCORE_MAX = 30.0
"""-log10 of a p-value of 0 has to be something that can be drawn."""

DIRECTION = {
    Feature.UNIQUE_SHARE: Alternative.GREATER,  # fewer different values than elsewhere
    Feature.OWN_SITE_SIMILARITY: Alternative.LESS,  # more alike than elsewhere
}
"""Features of which one side alone is a risk; all others are compared both ways."""


class Reference(StrEnum):
    """Whom a site is compared with."""

    GLOBAL = "global"
    COUNTRY = "country"
    REGION = "region"


class SiteState(StrEnum):
    """Whether a site could be compared on a feature, and if not, why."""

    COMPARED = "compared"
    NO_VALUE = "no_value"
    """No subject of the site has the feature."""
    NO_PEERS = "no_peers"
    """No other site has it: in the study, or in the country or region that is compared with."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a subject is treated. Country and region matter only if sites are compared within them."""

    site: str
    country: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class SiteScore:
    """One site on one feature of one series; numbers are NaN unless the state is ``compared``."""

    series: str
    feature: Feature
    site: str
    subjects: int
    """Subjects of the site with the feature."""
    peers: int
    """Subjects it was compared with."""
    statistic: float
    p: float
    q: float
    """p after Benjamini and Hochberg, over all sites, features and series of the call."""
    score: float
    """-log10 p, at most 30."""
    adjusted_score: float
    """-log10 q, at most 30: the score to read."""
    state: SiteState


def site_scores(
    measured: dict[str, SeriesFeatures], place: dict[str, Place], *, reference: dict[Feature, Reference] | None = None
) -> tuple[SiteScore, ...]:
    """Compares the subjects of each site with all others, feature by feature, and corrects for the number of comparisons.

    ``measured`` the features of each series, by its name; ``place`` of each subject; ``reference`` whom to compare with (default: everyone).
    Sites differ if the distributions of a feature do (two-sample Kolmogorov-Smirnov, p-values as R's ``ks.test``): fewer different values and
    more likeness within the site are looked for on that side alone. A series with one site has no comparison. Unlike ctas, no noise
    is added to break ties (equal values are equal, and the p-values account for it), and a feature that few subjects have is compared too.

    Answers in the order of series, features and sites. Raises ``InvalidQuestion`` for a subject without a place or a site in two countries.
    Source: ctas 0.4.0 ``calculate_site_bias_ts_features``; measures-and-statistics 4.5.
    """
    asked = reference or {}
    compared = [
        score
        for name, features in measured.items()
        for feature, values in features.value.items()
        for score in _compared(name, feature, values, _places(features.series.subjects, place), asked.get(feature, Reference.GLOBAL))
    ]
    q = benjamini_hochberg(np.array([score.p for score in compared], dtype=np.float64))
    return tuple(replace(score, q=float(to), adjusted_score=minus_log10(float(to))) for score, to in zip(compared, q, strict=True))


def _places(subjects: Sequence[str], place: dict[str, Place]) -> list[Place]:
    """The place of each subject, each site in one country and one region."""
    lost = [subject for subject in subjects if subject not in place]
    if lost:
        raise InvalidQuestion(
            f"{len(lost)} subjects have no site", where=", ".join(lost[:5]), todo="give the place of every subject of the series"
        )
    found = [place[subject] for subject in subjects]
    if len(set(found)) > len({at.site for at in found}):
        raise InvalidQuestion("a site lies in two countries or regions", todo="give each site one country and one region")
    return found


def _compared(series: str, feature: Feature, values: Floats, places: list[Place], reference: Reference) -> list[SiteScore]:
    """Every site of one feature of one series, before the correction."""
    site = np.array([at.site for at in places], dtype=np.str_)
    pool = np.array([_pool(at, reference) for at in places], dtype=np.str_)
    known = ~np.isnan(values)
    direction = DIRECTION.get(feature, Alternative.TWO_SIDED)
    out = []
    for name in np.unique(site):
        own = site == name
        peers = ~own & (pool == pool[own][0]) & known
        own &= known
        state = SiteState.NO_VALUE if not own.any() else SiteState.COMPARED if peers.any() else SiteState.NO_PEERS
        test = smirnov(values[own], values[peers], direction)
        out.append(
            SiteScore(
                series,
                feature,
                str(name),
                int(own.sum()),
                int(peers.sum()),
                test.statistic,
                test.p,
                np.nan,
                minus_log10(test.p),
                np.nan,
                state,
            )
        )
    return out


def _pool(at: Place, reference: Reference) -> str:
    match reference:
        case Reference.GLOBAL:
            return ""
        case Reference.COUNTRY:
            return at.country
        case Reference.REGION:
            return at.region


def minus_log10(p: float) -> float:
    """-log10 of a probability, at most 30; NaN stays NaN."""
    if np.isnan(p):
        return np.nan
    return SCORE_MAX if p == 0 else float(min(-np.log10(p), SCORE_MAX)) + 0.0  # not -0.0
