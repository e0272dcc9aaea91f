"""Inactivations that somebody should review: many, on forms that matter, by one person in a short time, without a reason."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ncdm.measures.features.part import Bounded, Part, added, known_part
from ncdm.measures.measure import Definition

INACTIVATION_REVIEW = Definition(
    what="How much the inactivations of a site ask for a review, 0 to 100, as a range where the export does not tell.",
    why="What was entered and inactivated is gone from the analysis. Mostly there is a good reason; where several signs meet, somebody should look.",
    formula=(
        ".30 x frequency (inactivations a month: 50 from 5, 75 from 10, 100 from 15, below 5 ten times the number) + .35 x min(100, 200 x share on endpoint"
        " forms) + .20 x time (one user did more than 80 %: 40, more than 60 %: 25; mean gap below 2 days: 30 more) + .15 x min(100, 150 x share by a"
        " person whose audit action has no reason code); bands from 80, 60, 40, 20"
    ),
    source="measures-and-statistics 5",
    example="12 a month (75), a quarter on endpoint forms (50), half without reason (75): 51.25, and up to 14 more for time, which the export does not tell.",
    limits=(
        "The export has neither dates nor users: time is unknown, frequency too until two snapshots of different days show what came. Without a map of its"
        " endpoint forms that share is unknown. A reason to review, no finding against anybody."
    ),
)
NO_DATES = "the report has neither dates nor users"
NO_TWO = "the report has no dates: two snapshots of different days are needed"
NO_MAP = "no endpoint forms are named for the study"
MONTH = 365.25 / 12.0
"""Days."""
MOST_BY_TIME = 70.0


class ReviewBand(StrEnum):
    """How soon to review."""

    AT_ONCE = "review at once"
    SOON = "review soon"
    DUE = "review"
    WATCH = "watch"
    NONE = "no review"


@dataclass(frozen=True, slots=True)
class Inactivation:
    """One row of the report."""

    site_id: str | None
    form: str | None
    reason: str | None
    """``none`` where the audit action has no reason code."""
    actor: str | None
    row_ref: str


@dataclass(frozen=True, slots=True)
class InactivationReview:
    """One site."""

    site_id: str
    inactivations: int
    score: Bounded
    band: ReviewBand | None
    """``None`` where the range reaches over several."""
    band_low: ReviewBand
    band_high: ReviewBand
    rows: tuple[str, ...]


def review_band(score: float) -> ReviewBand:
    """The band of a score."""
    for edge, band in ((80.0, ReviewBand.AT_ONCE), (60.0, ReviewBand.SOON), (40.0, ReviewBand.DUE), (20.0, ReviewBand.WATCH)):
        if score >= edge:
            return band
    return ReviewBand.NONE


def frequency_points(per_month: float) -> float:
    """0 to 100 for so many inactivations a month: 5, 10, 15 give 50, 75, 100; linear below 5."""
    for edge, points in ((15.0, 100.0), (10.0, 75.0), (5.0, 50.0)):
        if per_month >= edge:
            return points
    return 10.0 * max(0.0, per_month)


def time_points(largest_share: float, mean_gap_days: float | None) -> float:
    """0 to 70 for how much one user did, and how soon after each other. mean_gap_days: ``None`` with a single inactivation."""
    by_user = 40.0 if largest_share > 0.80 else 25.0 if largest_share > 0.60 else 0.0  # noqa: PLR2004 - the edges of measures-and-statistics 5
    return by_user + (30.0 if mean_gap_days is not None and mean_gap_days < 2.0 else 0.0)  # noqa: PLR2004 - the same


def is_endpoint(form: str, words: Iterable[str]) -> bool:
    """Whether a form is one of these, by whole words in any case: ``OS`` is in ``OS follow-up`` and not in ``diagnosis``."""
    return any(re.search(rf"(?<!\w){re.escape(word.strip())}(?!\w)", form, re.IGNORECASE) for word in words if word.strip())


def review(
    site: str,
    rows: Sequence[Inactivation],
    *,
    per_month: float | None = None,
    endpoints: Sequence[str] | None = None,
    by_time: tuple[float, float | None] | None = None,
) -> InactivationReview:
    """The score of one site from its inactivations.

    per_month: how many a month, where dates or two snapshots tell. endpoints: words of the study's endpoint forms. by_time: share of the busiest user and
    mean gap in days, where a report has them. A site without inactivations has nothing to review: 0, whatever is unknown.
    Source: measures-and-statistics 5.
    """
    count = len(rows)
    parts = (
        _part("frequency", "Inactivations a month", 0.30, count, None if per_month is None else frequency_points(per_month), NO_TWO),
        _endpoint_part(rows, endpoints),
        _part("time", "One user, short time", 0.20, count, None if by_time is None else time_points(*by_time), NO_DATES, MOST_BY_TIME),
        _reason_part(rows),
    )
    score = added(parts)
    low, high = review_band(score.low), review_band(score.high)
    return InactivationReview(site, count, score, low if low == high else None, low, high, tuple(sorted(row.row_ref for row in rows)))


def _part(code: str, title: str, weight: float, count: int, value: float | None, reason: str, most: float = 100.0) -> Part:
    if count == 0:
        return known_part(code, title, weight, 0.0)
    return Part(code, title, weight, 0.0, most, reason) if value is None else known_part(code, title, weight, value)


def _endpoint_part(rows: Sequence[Inactivation], endpoints: Sequence[str] | None) -> Part:
    """Forms that a row does not name may be endpoint forms or not."""
    code, title, weight = "endpoint", "On endpoint forms", 0.35
    if not rows:
        return known_part(code, title, weight, 0.0)
    if endpoints is None:
        return Part(code, title, weight, 0.0, 100.0, NO_MAP)
    named = sum(row.form is not None and is_endpoint(row.form, endpoints) for row in rows)
    silent = sum(row.form is None for row in rows)
    low, high = (min(100.0, 200.0 * n / len(rows)) for n in (named, named + silent))
    return Part(code, title, weight, low, high, f"{silent} rows name no form" if silent and low != high else None)


def _reason_part(rows: Sequence[Inactivation]) -> Part:
    """An action of a migration is no person's; an action that cannot be read may be either."""
    code, title, weight = "audit_action", "Without a reason code", 0.15
    if not rows:
        return known_part(code, title, weight, 0.0)
    without = sum(row.reason == "none" and row.actor == "user" for row in rows)
    silent = sum(row.reason is None or row.actor is None for row in rows)
    low, high = (min(100.0, 150.0 * n / len(rows)) for n in (without, without + silent))
    return Part(code, title, weight, low, high, f"{silent} rows do not tell" if silent and low != high else None)
