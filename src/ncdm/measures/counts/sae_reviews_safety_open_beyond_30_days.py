"""Open discrepancies on the list of safety that are older than 30 days."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table

_DAYS = 30
_SECONDS = 86_400


def _rows() -> ir.Table:
    source = table("sae_review")
    of_tab = source.filter(source.tab == "safety")
    newest = of_tab.mutate(newest=of_tab.created_at.max().over(group_by=("study_id", "source_sha256", "sheet_no")))
    day = ibis.greatest(newest.report_as_of.cast("timestamp"), newest.newest)
    aged = newest.mutate(age=day.epoch_seconds() - newest.created_at.epoch_seconds())
    wanted = aged.filter((aged.review_status != "Review completed") & (aged.age.isnull() | (aged.age > _DAYS * _SECONDS)))
    return contributed(wanted, ibis.cases((wanted.age.isnull(), ibis.null().cast("float64")), else_=1.0))


SAE_REVIEWS_SAFETY_OPEN_BEYOND_30_DAYS = Count(
    code="sae_reviews_safety_open_beyond_30_days",
    title="SAE reviews open beyond 30 days, safety",
    unit="discrepancies",
    needs=("sae_safety",),
    rows=_rows,
    definition=Definition(
        what="Open discrepancies on the list of safety that are older than 30 days.",
        why="An old one holds back what is known about the safety of subjects.",
        formula="open rows whose age exceeds 30 days; age = the later of the report's day and the newest creation of the tab, less the creation",
        source="data-contracts 4; measures-and-statistics 4.7",
        example="A discrepancy created 31 days before the as-of date counts.",
        limits="The report has no day of its own: the study's is assumed, and marked so.",
    ),
)
