"""Open discrepancies on the list of the safety team that are older than 14 days, as a share of the open ones."""

from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.counts.sae_reviews_safety_open_beyond_14_days import SAE_REVIEWS_SAFETY_OPEN_BEYOND_14_DAYS
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.spreads.sae_review_age_safety import SAE_REVIEW_AGE_SAFETY
from ncdm.measures.spreads.sae_review_age_safety_maximum import SAE_REVIEW_AGE_SAFETY_MAXIMUM
from ncdm.measures.spreads.sae_review_age_safety_p90 import SAE_REVIEW_AGE_SAFETY_P90
from ncdm.measures.statistics import CountKind

OP15_SAE_AGE_SAFETY = Kri(
    code="op15_safety",
    title="SAE review age, safety",
    unit="%",
    over=(SAE_REVIEWS_SAFETY_OPEN_BEYOND_14_DAYS,),
    under=(OPEN_SAE_REVIEWS_SAFETY,),
    kind=CountKind.BINARY,
    accrual=denominator_of(5),
    weights=weighted(0, 4, 8),
    beside=(SAE_REVIEW_AGE_SAFETY, SAE_REVIEW_AGE_SAFETY_P90, SAE_REVIEW_AGE_SAFETY_MAXIMUM),
    definition=Definition(
        what="Open discrepancies on the list of the safety team that are older than 14 days, as a share of the open ones.",
        why="An old one holds back what is known about the safety of subjects.",
        formula="open beyond 14 days / open",
        source="measures-and-statistics 4.7",
        example="4 of 5 open ones older than 14 days are 80 %.",
        limits="The report has no day of its own: the study's is assumed. Median, 90th percentile and maximum of the age stand beside it.",
    ),
)
