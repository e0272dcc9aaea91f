"""Days since open discrepancies on the list of data management were created, maximum."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Definition, Spread, Statistic
from ncdm.measures.tables import table

_SECONDS = 86_400


def _rows() -> ir.Table:
    source = table("sae_review")
    of_tab = source.filter(source.tab == "dm")
    newest = of_tab.mutate(newest=of_tab.created_at.max().over(group_by=("study_id", "source_sha256", "sheet_no")))
    day = ibis.greatest(newest.report_as_of.cast("timestamp"), newest.newest)
    aged = newest.mutate(age=(day.epoch_seconds() - newest.created_at.epoch_seconds()) / _SECONDS)
    wanted = aged.filter(aged.review_status != "Review completed")
    return contributed(wanted, wanted.age)


SAE_REVIEW_AGE_DM_MAXIMUM = Spread(
    code="sae_review_age_dm_maximum",
    title="Age of open SAE reviews, data management, maximum",
    unit="days",
    needs=("sae_dm",),
    rows=_rows,
    statistic=Statistic.MAXIMUM,
    definition=Definition(
        what="Days since open discrepancies on the list of data management were created, maximum.",
        why="Safety data that wait long are the first thing an inspector asks about.",
        formula="maximum of the later of the report's day and the newest creation of the tab, less the creation, over open rows",
        source="data-contracts 6",
        example="Created 338 days ago is an age of 338 days.",
        limits="The report has no day of its own: the study's is assumed.",
    ),
)
