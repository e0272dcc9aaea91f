"""Visits that should have taken place and were not entered."""

from ncdm.measures.contribution import every
from ncdm.measures.measure import Count, Definition

MISSING_VISITS = Count(
    code="missing_visits",
    title="Missing visits",
    unit="visits",
    needs=("visit_tracker",),
    rows=every("missing_visit"),
    definition=Definition(
        what="Visits that should have taken place and were not entered.",
        why="What is not entered cannot be checked, and the subject cannot be clean.",
        formula="rows of the visit projection tracker",
        source="data-contracts 3.2",
        example="A subject with three lines in the tracker misses three visits.",
        limits="A visit that has a date in the CPID as well is counted and is a finding.",
    ),
)
