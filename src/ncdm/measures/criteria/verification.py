"""E: no page requires verification."""

import ibis.expr.types as ir
import numpy as np

from ncdm.measures.counts.sdv_required import SDV_REQUIRED
from ncdm.measures.counts.sdv_verified import SDV_VERIFIED
from ncdm.measures.criterion import HIGH, MEDIUM, Amounts, Criterion, Levels, blocking, of
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Definition
from ncdm.measures.tables import table


def _blockers() -> ir.Table:
    source = table("sdv_page")
    waiting = source.filter(source.verification_status == "Require verification")
    return blocking(waiting, state="to verify")


def _score(amounts: Amounts) -> Floats:
    every = of(amounts, "sdv_required", "sdv_verified")
    return np.divide(amounts["sdv_verified"], every, out=np.ones_like(every), where=every > 0)


def _urgency(amounts: Amounts) -> Levels:
    return np.where(_score(amounts) >= 0.75, MEDIUM, HIGH).astype(np.int8)


E = Criterion(
    code="E",
    title="No page to verify",
    outstanding="Pages to verify",
    items=(SDV_REQUIRED,),
    beside=(SDV_VERIFIED,),
    whole=(SDV_REQUIRED, SDV_VERIFIED),
    weight=0.1,
    score=_score,
    urgency=_urgency,
    owner="CRA",
    owner_columns=("pages_sdv_required_n",),
    blockers=_blockers,
    next_action={"": "Verify the page against its source."},
    definition=Definition(
        what="Every page that requires verification is verified.",
        why="Unverified data may differ from the source.",
        formula="pages that require verification = 0; score verified / (required + verified); not applicable where both are zero",
        source="measures-and-statistics 2",
        example="30 of 40 pages verified: score 0.75.",
        limits="Which pages require verification is the plan of the study, not the whole of them.",
    ),
)
