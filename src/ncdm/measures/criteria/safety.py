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


def _blockers() -> ir.Table:
    source = table("sae_review")
    waiting = source.filter(source.review_status.isnull() | (source.review_status != "Review completed"))
    team = ibis.cases((waiting.tab == "dm", "DM"), else_="Safety Team")
    age = waiting.report_as_of.delta(waiting.created_at.date(), unit="day")
    return blocking(waiting, days=age, state=waiting.review_status.fill_null("no status"), owner_text=team)


def _score(amounts: Amounts) -> Floats:
    waiting = of(amounts, "open_sae_reviews_dm", "open_sae_reviews_safety")
    return one_less(waiting, 5) - np.where(waiting > 0, 0.2, 0.0)


S = Criterion(
    code="S",
    title="Every SAE review completed",
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
