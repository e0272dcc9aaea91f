"""P: no page is missing."""

import ibis.expr.types as ir

from ncdm.measures.counts.missing_pages import MISSING_PAGES
from ncdm.measures.criterion import Criterion, above, blocking, one_less, rows_of
from ncdm.measures.measure import Definition


def _blockers() -> ir.Table:
    source = rows_of(MISSING_PAGES, "missing_page")
    return blocking(source, days=source.days_missing, state="missing")


P = Criterion(
    code="P",
    title="No missing page",
    outstanding="Missing pages",
    items=(MISSING_PAGES,),
    weight=0.15,
    score=lambda amounts: one_less(amounts["missing_pages"], 10),
    urgency=above("missing_pages", 5),
    owner="Site/CRA",
    owner_columns=("reported_missing_pages",),
    blockers=_blockers,
    next_action={"": "Ask the site to enter the page."},
    definition=Definition(
        what="No page that should be entered is missing.",
        why="What is not entered cannot be checked.",
        formula="missing pages, both tabs united = 0; score 1 - n/10",
        source="measures-and-statistics 2",
        example="Five missing pages: score 0.5.",
        limits="Days are known only for pages of a dated visit.",
    ),
)
