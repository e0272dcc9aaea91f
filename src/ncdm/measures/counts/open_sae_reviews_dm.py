"""Discrepancies of serious adverse events whose review by data management is not completed."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("sae_review")
    wanted = source.filter((source.tab == "dm") & (source.review_status.isnull() | (source.review_status != "Review completed")))
    return contributed(wanted, ibis.cases((wanted.review_status.isnull(), ibis.null().cast("float64")), else_=1.0))


OPEN_SAE_REVIEWS_DM = Count(
    code="open_sae_reviews_dm",
    title="Open SAE reviews, data management",
    unit="discrepancies",
    needs=("sae_dm",),
    rows=_rows,
    definition=Definition(
        what="Discrepancies of serious adverse events whose review by data management is not completed.",
        why="Safety data must agree between the systems before anything else does.",
        formula="rows of the tab of data management whose review status is not Review completed",
        source="data-contracts 3.4; measures-and-statistics 2",
        example="Pending, in progress and ongoing are open alike.",
        limits="A row without a status is not known. Both lists are joined by nothing: numbers are not shared.",
    ),
)
