"""SIG: every page is signed."""

import ibis.expr.types as ir
import numpy as np

from ncdm.measures.counts.broken_signatures import BROKEN_SIGNATURES
from ncdm.measures.counts.never_signed import NEVER_SIGNED
from ncdm.measures.counts.signatures_pending_beyond_90_days import SIGNATURES_PENDING_BEYOND_90_DAYS
from ncdm.measures.counts.signed_pages import SIGNED_PAGES
from ncdm.measures.criterion import Amounts, Criterion, above, blocking, of
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Definition
from ncdm.measures.tables import table


def _blockers() -> ir.Table:
    source = table("signature")
    return blocking(source, days=source.days_pending, state=source.signature_state.fill_null("no state"))


def _score(amounts: Amounts) -> Floats:
    every = of(amounts, "signed_pages", "broken_signatures", "never_signed")
    return np.divide(amounts["signed_pages"], every, out=np.ones_like(every), where=every > 0)


SIG = Criterion(
    code="SIG",
    title="Every page signed",
    outstanding="Signatures to give",
    items=(BROKEN_SIGNATURES, NEVER_SIGNED),
    beside=(SIGNED_PAGES, SIGNATURES_PENDING_BEYOND_90_DAYS),
    whole=(SIGNED_PAGES, BROKEN_SIGNATURES, NEVER_SIGNED),
    weight=0.0,
    score=_score,
    urgency=above("signatures_pending_beyond_90_days", 0),
    owner="Investigator",
    owner_columns=("signature_never_n", "signature_broken_n", "pages_signed_n"),
    blockers=_blockers,
    next_action={"Never signed": "Sign the page.", "Broken": "Sign the page again: it changed after it was signed.", "": "Sign the page."},
    definition=Definition(
        what="No signature is broken and none is missing.",
        why="The investigator answers for the data by signing them.",
        formula="broken + never signed pages = 0; score signed / (signed + broken + never signed); not applicable where there is no page to sign",
        source="measures-and-statistics 2",
        example="40 signed of 50: score 0.8.",
        limits="The bands of the detail sheet are not the buckets of the subject sheet.",
    ),
)
