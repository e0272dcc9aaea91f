"""The site formula as it was documented before: for comparison only, since its absolute caps penalise large sites."""

from ncdm.measures.counts.inactivated_pages import INACTIVATED_PAGES
from ncdm.measures.counts.missing_lab_names import MISSING_LAB_NAMES
from ncdm.measures.counts.missing_lab_ranges import MISSING_LAB_RANGES
from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.counts.open_queries import OPEN_QUERIES
from ncdm.measures.counts.open_sae_reviews_dm import OPEN_SAE_REVIEWS_DM
from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.counts.signatures_pending_beyond_90_days import SIGNATURES_PENDING_BEYOND_90_DAYS
from ncdm.measures.index import Counted, Days, Dimension, Index, Indicator, Per
from ncdm.measures.measure import Definition
from ncdm.measures.spreads.mean_missing_visit import MEAN_MISSING_VISIT
from ncdm.measures.spreads.site_response_time import SITE_RESPONSE_TIME
from ncdm.measures.value import Level

SITE_DOCUMENTED = Index(
    code="site_documented",
    title="Data Quality Index, documented site formula",
    levels=(Level.SITE,),
    compared_only=True,
    indicators=(
        Indicator(
            code="missing_visits",
            title="Missing visits",
            dimension=Dimension.VISITS,
            unit="visits a subject",
            formula=".7 * min(1, missing visits / (10 * subjects)) of the weight of visits",
            read=Counted(over=(MISSING_VISITS,)),
            cap=10.0,
            weight=0.14,
        ),
        Indicator(
            code="mean_missing_visit",
            title="Mean days a visit has been missing",
            dimension=Dimension.VISITS,
            unit="days",
            formula=".3 * min(1, mean days outstanding / 90) of the weight of visits",
            read=Days(spread=MEAN_MISSING_VISIT, per=Per.GROUP),
            cap=90.0,
            weight=0.06,
        ),
        Indicator(
            code="open_queries_and_overdue_pages",
            title="Open queries and pages overdue for signature beyond 90 days",
            dimension=Dimension.QUERIES,
            unit="queries and pages a site",
            formula=".6 * min(1, (open queries + overdue pages) / 50) of the weight of queries",
            read=Counted(over=(OPEN_QUERIES, SIGNATURES_PENDING_BEYOND_90_DAYS), per=Per.GROUP),
            cap=50.0,
            weight=0.12,
        ),
        Indicator(
            code="response_time",
            title="Median days to a response",
            dimension=Dimension.QUERIES,
            unit="days",
            formula=".4 * min(1, lag / 28) of the weight of queries",
            read=Days(spread=SITE_RESPONSE_TIME, per=Per.GROUP),
            cap=28.0,
            weight=0.08,
        ),
        Indicator(
            code="nonconformant_and_inactivated",
            title="Non-conformant pages, and inactivated ones twice",
            dimension=Dimension.CONFORMANCE,
            unit="pages a subject",
            formula="min(1, (non-conformant + 2 * inactivated pages) / (20 * subjects)) of the weight of conformance",
            read=Counted(over=(NONCONFORMANT_PAGES, INACTIVATED_PAGES, INACTIVATED_PAGES)),
            cap=20.0,
            weight=0.20,
        ),
        Indicator(
            code="sae_and_labs",
            title="Open SAE reviews and lab issues",
            dimension=Dimension.SAFETY,
            unit="discrepancies and issues a site",
            formula="min(1, (open SAE discrepancies + lab issues) / 5) of the weight of safety",
            read=Counted(over=(OPEN_SAE_REVIEWS_DM, OPEN_SAE_REVIEWS_SAFETY, MISSING_LAB_NAMES, MISSING_LAB_RANGES), per=Per.GROUP),
            cap=5.0,
            weight=0.40,
        ),
    ),
    definition=Definition(
        what="The index of a site by the formula that was documented before.",
        why="To see what changes against figures that people remember.",
        formula=(
            "100 * (1 - .2 V - .2 Q - .2 C - .4 S), n subjects: V = .7 min(1, missing visits / 10 n) + .3 min(1, mean days / 90);"
            " Q = .6 min(1, (open + overdue) / 50) + .4 min(1, lag / 28); C = min(1, (non-conformant + 2 inactivated) / 20 n);"
            " S = min(1, (open SAE discrepancies + lab issues) / 5)"
        ),
        source="measures-and-statistics 3",
        example="A site with 5 lab issues loses all 40 points of safety, whether it has 1 subject or 100.",
        limits=(
            "Comparison only: absolute caps penalise large sites. No ceiling for safety, nothing shrunken. The lag is the median response time of"
            " answered queries that are not closed yet. SAE discrepancies are those still under review."
        ),
    ),
)
