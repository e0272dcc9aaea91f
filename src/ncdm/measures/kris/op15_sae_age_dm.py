"""Open discrepancies on the list of data management that are older than 14 days, as a share of the open ones."""

from ncdm.measures.counts.open_sae_reviews_dm import OPEN_SAE_REVIEWS_DM
from ncdm.measures.counts.sae_reviews_dm_open_beyond_14_days import SAE_REVIEWS_DM_OPEN_BEYOND_14_DAYS
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.spreads.sae_review_age_dm import SAE_REVIEW_AGE_DM
from ncdm.measures.spreads.sae_review_age_dm_maximum import SAE_REVIEW_AGE_DM_MAXIMUM
from ncdm.measures.spreads.sae_review_age_dm_p90 import SAE_REVIEW_AGE_DM_P90
from ncdm.measures.statistics import CountKind

OP15_SAE_AGE_DM = Kri(
    code="op15_dm",
    title="SAE review age, data management",
    unit="%",
    over=(SAE_REVIEWS_DM_OPEN_BEYOND_14_DAYS,),
    under=(OPEN_SAE_REVIEWS_DM,),
    kind=CountKind.BINARY,
    accrual=denominator_of(5),
    weights=weighted(0, 4, 8),
    beside=(SAE_REVIEW_AGE_DM, SAE_REVIEW_AGE_DM_P90, SAE_REVIEW_AGE_DM_MAXIMUM),
    definition=Definition(
        what="Open discrepancies on the list of data management that are older than 14 days, as a share of the open ones.",
        why="An old one holds back what is known about the safety of subjects.",
        formula="open beyond 14 days / open",
        source="measures-and-statistics 4.7",
        example="4 of 5 open ones older than 14 days are 80 %.",
        limits="The report has no day of its own: the study's is assumed. Median, 90th percentile and maximum of the age stand beside it.",
    ),
)
