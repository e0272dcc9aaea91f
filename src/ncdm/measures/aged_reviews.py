"""Reviews of serious adverse events with their age (data-contracts section 4)."""

from functools import cache

import ibis
import ibis.expr.types as ir

from ncdm.measures.tables import table

COMPLETED = "Review completed"


@cache
def aged_reviews() -> ir.Table:
    """The reviews of both tabs, each with ``age`` in days: the later of the day of the report and the newest creation of the tab, less its own.

    The report has no day of its own, and its newest rows may be younger than the day assumed for it. A tab that comes in several files has
    one newest creation.
    """
    source = table("sae_review")
    of_tab = ("study_id", "tab")
    created = source.created_at.date()
    day = ibis.greatest(source.report_as_of.max().over(group_by=of_tab), created.max().over(group_by=of_tab))
    return source.mutate(age=day.delta(created, unit="day"))
