"""The Data Quality Index: 100 points less what visits, queries, conformance and safety cost."""

from ncdm.measures.counts.answered_queries import ANSWERED_QUERIES
from ncdm.measures.counts.deviations_confirmed import DEVIATIONS_CONFIRMED
from ncdm.measures.counts.deviations_proposed import DEVIATIONS_PROPOSED
from ncdm.measures.counts.edrr_issues import EDRR_ISSUES
from ncdm.measures.counts.inactivated_pages import INACTIVATED_PAGES
from ncdm.measures.counts.missing_lab_names import MISSING_LAB_NAMES
from ncdm.measures.counts.missing_lab_ranges import MISSING_LAB_RANGES
from ncdm.measures.counts.missing_pages import MISSING_PAGES
from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.counts.open_queries import OPEN_QUERIES
from ncdm.measures.counts.open_sae_reviews_dm import OPEN_SAE_REVIEWS_DM
from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.counts.sae_reviews_dm_open_beyond_30_days import SAE_REVIEWS_DM_OPEN_BEYOND_30_DAYS
from ncdm.measures.counts.sae_reviews_safety_open_beyond_30_days import SAE_REVIEWS_SAFETY_OPEN_BEYOND_30_DAYS
from ncdm.measures.counts.signatures_pending_beyond_90_days import SIGNATURES_PENDING_BEYOND_90_DAYS
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.index import Ceiling, Counted, Days, Dimension, Index, Indicator, Per
from ncdm.measures.measure import Definition
from ncdm.measures.spreads.longest_missing_visit import LONGEST_MISSING_VISIT
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.value import Level

DEFAULT = Index(
    code="default",
    title="Data Quality Index",
    levels=(Level.SUBJECT, Level.SITE, Level.COUNTRY, Level.REGION, Level.STUDY),
    indicators=(
        Indicator(
            code="missing_visits_and_pages",
            title="Missing visits and pages",
            dimension=Dimension.VISITS,
            unit="a visit expected",
            formula="(missing visits + missing pages) / (visits entered + missing visits)",
            # A visit may miss many pages, so this can exceed 1 and is no share.
            read=Counted(over=(MISSING_VISITS, MISSING_PAGES), under=(VISITS_ENTERED, MISSING_VISITS), per=Per.COUNTS),
            cap=1.0,
            weight=0.12,
        ),
        Indicator(
            code="longest_missing_visit",
            title="Days the longest missing visit is overdue beyond 30",
            dimension=Dimension.VISITS,
            unit="days",
            formula="max(0, days outstanding of the oldest missing visit - 30); of a group the mean over its subjects",
            read=Days(spread=LONGEST_MISSING_VISIT, allowance=30.0),
            cap=60.0,
            weight=0.08,
        ),
        Indicator(
            code="open_queries",
            title="Open among outstanding queries",
            dimension=Dimension.QUERIES,
            unit="of outstanding queries",
            formula="open / (open + answered)",
            # Both from the detail sheet: the subject sheet may count one query more or less, and a share must not exceed 1.
            read=Counted(over=(OPEN_QUERIES,), under=(OPEN_QUERIES, ANSWERED_QUERIES), per=Per.COUNTS, kind=CountKind.BINARY),
            cap=1.0,
            weight=0.10,
        ),
        Indicator(
            code="outstanding_queries",
            title="Outstanding queries",
            dimension=Dimension.QUERIES,
            unit="a page entered",
            formula="outstanding queries / pages entered",
            # A page may hold several queries: a rate, no share.
            read=Counted(over=(OUTSTANDING_QUERIES,), under=(PAGES_ENTERED,), per=Per.COUNTS),
            cap=0.10,
            weight=0.06,
        ),
        Indicator(
            code="overdue_signatures",
            title="Pages overdue for signature beyond 90 days",
            dimension=Dimension.QUERIES,
            unit="pages a subject",
            formula="pages whose signature has been pending for more than 90 days / subjects",
            read=Counted(over=(SIGNATURES_PENDING_BEYOND_90_DAYS,)),
            cap=10.0,
            weight=0.04,
        ),
        Indicator(
            code="nonconformant_pages",
            title="Non-conformant pages",
            dimension=Dimension.CONFORMANCE,
            unit="of pages entered",
            formula="non-conformant pages / pages entered",
            read=Counted(over=(NONCONFORMANT_PAGES,), under=(PAGES_ENTERED,), per=Per.COUNTS, kind=CountKind.BINARY),
            cap=1.0,
            weight=0.10,
        ),
        Indicator(
            code="deviations",
            title="Deviations, confirmed and proposed",
            dimension=Dimension.CONFORMANCE,
            unit="deviations a subject",
            formula="(confirmed + proposed deviations) / subjects",
            read=Counted(over=(DEVIATIONS_CONFIRMED, DEVIATIONS_PROPOSED)),
            cap=5.0,
            weight=0.07,
        ),
        Indicator(
            code="inactivated_forms",
            title="Inactivated forms",
            dimension=Dimension.CONFORMANCE,
            unit="pages a subject",
            formula="pages inactivated / subjects",
            read=Counted(over=(INACTIVATED_PAGES,)),
            cap=10.0,
            weight=0.03,
        ),
        Indicator(
            code="edrr_issues",
            title="Open third-party issues",
            dimension=Dimension.SAFETY,
            unit="issues a subject",
            formula="open issues of the EDRR report / subjects",
            read=Counted(over=(EDRR_ISSUES,)),
            cap=3.0,
            weight=0.20,
        ),
        Indicator(
            code="open_sae_reviews",
            title="Open SAE reviews, both tabs",
            dimension=Dimension.SAFETY,
            unit="discrepancies a subject",
            formula="discrepancies whose review is not completed, data management and safety / subjects",
            read=Counted(over=(OPEN_SAE_REVIEWS_DM, OPEN_SAE_REVIEWS_SAFETY)),
            cap=2.0,
            weight=0.14,
        ),
        Indicator(
            code="lab_issues",
            title="Lab issues",
            dimension=Dimension.SAFETY,
            unit="issues a subject",
            formula="(missing laboratory names + missing ranges or units) / subjects",
            read=Counted(over=(MISSING_LAB_NAMES, MISSING_LAB_RANGES)),
            cap=5.0,
            weight=0.06,
        ),
    ),
    ceilings=(
        Ceiling(code="sae_open", title="an SAE review is open", counts=(OPEN_SAE_REVIEWS_DM, OPEN_SAE_REVIEWS_SAFETY), at_most=89.9),
        Ceiling(
            code="sae_open_beyond_30_days",
            title="an SAE review has been open for more than 30 days",
            counts=(SAE_REVIEWS_DM_OPEN_BEYOND_30_DAYS, SAE_REVIEWS_SAFETY_OPEN_BEYOND_30_DAYS),
            at_most=74.9,
        ),
    ),
    definition=Definition(
        what="How far the data of a subject, site, country or study are from having nothing outstanding, on a scale of 0 to 100.",
        why="One number to sort by, when its parts are shown beside it.",
        formula="100 * (1 - sum of weight * min(1, indicator / cap)); at most 89.9 with any open SAE review, 74.9 with one older than 30 days",
        source="measures-and-statistics 3",
        example="A subject with nothing outstanding but 5 deviations, the cap, loses the weight of deviations: 93.",
        limits=(
            "Weights are a convention: see how ranks move when they do. An answered query lowers the share of open ones while it adds to the"
            " outstanding ones. Not computable while an indicator with weight is unknown. Studies are not ranked against each other."
        ),
    ),
)
