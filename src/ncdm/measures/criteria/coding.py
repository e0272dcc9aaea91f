"""C: no term is uncoded."""

import ibis.expr.types as ir
import numpy as np

from ncdm.measures.counts.coded_terms import CODED_TERMS
from ncdm.measures.counts.uncoded_terms import UNCODED_TERMS
from ncdm.measures.criterion import HIGH, MEDIUM, Amounts, Criterion, Levels, blocking, one_less, rows_of
from ncdm.measures.measure import Definition


def _blockers() -> ir.Table:
    source = rows_of(UNCODED_TERMS, "coding_term")
    return blocking(source, state="uncoded")


def _urgency(amounts: Amounts) -> Levels:
    return np.where(amounts["coded_terms"] == 0, HIGH, MEDIUM).astype(np.int8)


C = Criterion(
    code="C",
    title="No uncoded term",
    outstanding="Uncoded terms",
    items=(UNCODED_TERMS,),
    beside=(CODED_TERMS,),
    whole=(CODED_TERMS, UNCODED_TERMS),
    full=(CODED_TERMS,),
    weight=0.1,
    score=lambda amounts: one_less(amounts["uncoded_terms"], 10),
    urgency=_urgency,
    owner="Coder",
    owner_columns=("reported_uncoded_terms",),
    blockers=_blockers,
    next_action={"": "Code the term, or ask the site what it means."},
    definition=Definition(
        what="Every term is coded.",
        why="An uncoded term is in no table of the analysis.",
        formula="uncoded terms of both dictionaries = 0; score 1 - n/10; not applicable where the extract is full and has no term",
        source="measures-and-statistics 2",
        example="Two of ten terms uncoded: score 0.8.",
        limits="How long a term waits is in no export.",
    ),
)
