"""S: every SAE review is completed."""

import ibis
import ibis.expr.types as ir
import numpy as np

from ncdm.measures.counts.open_sae_reviews_dm import OPEN_SAE_REVIEWS_DM
from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.criterion import CRITICAL, Amounts, Criterion, blocking, fixed, of, one_less
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Definition
from ncdm.measures.tables import table


def _aged() -> ir.Table:
    """The list has no day of its own: it is as old as the day assumed for it, or as its newest discrepancy where that is later."""
    source = table("sae_review")
    newest = source.mutate(newest=source.created_at.date().max().over(group_by=("study_id", "source_sha256", "sheet_no")))
    day = ibis.greatest(ibis.coalesce(newest.report_as_of, newest.newest), ibis.coalesce(newest.newest, newest.report_as_of))
    return newest.mutate(age=day.delta(newest.created_at.date(), unit="day"))


def _blockers() -> ir.Table:
    source = _aged()
    waiting = source.filter(source.review_status.isnull() | (source.review_status != "Review completed"))
    of_dm = waiting.tab == "dm"
    return blocking(
        waiting,
        days=waiting.age,
        state=waiting.review_status.fill_null("no status"),
        owner_column=ibis.cases((of_dm, "reported_sae_dm"), else_="reported_sae_safety"),
        owner_default=ibis.cases((of_dm, "DM"), else_="Safety Team"),
    )


def _score(amounts: Amounts) -> Floats:
    waiting = of(amounts, "open_sae_reviews_dm", "open_sae_reviews_safety")
    return one_less(waiting, 5) - np.where(waiting > 0, 0.2, 0.0)


S = Criterion(
    code="S",
    title="Every SAE review completed",
    outstanding="Open SAE reviews",
    items=(OPEN_SAE_REVIEWS_DM, OPEN_SAE_REVIEWS_SAFETY),
    weight=0.2,
    score=_score,
    urgency=fixed(CRITICAL),
    owner="Safety Team",
    blockers=_blockers,
    next_action={"": "Complete the review of the discrepancy."},
    definition=Definition(
        what="No discrepancy of a serious adverse event waits for review, in either list.",
        why="Safety data must agree between the systems before anything else does.",
        formula="rows of both tabs whose review is not completed = 0; score 1 - n/5, less 0.2 if there is any",
        source="measures-and-statistics 2",
        example="One open review: score 0.6.",
        limits="A case of one list cannot be found in the other: numbers are not shared.",
    ),
)
