"""Missing visits that the tracker itself gives a date."""

from ncdm.measures.contribution import having, present
from ncdm.measures.measure import Count, Definition

MISSING_VISITS_WITH_A_DATE = Count(
    code="missing_visits_with_a_date",
    title="Missing visits that have a date",
    unit="visits",
    needs=("visit_tracker",),
    rows=having("missing_visit", actual_date=present),
    definition=Definition(
        what="Missing visits that the tracker itself gives a date.",
        why="Either the visit took place or the tracker is not up to date.",
        formula="rows of the tracker with an actual date",
        source="data-contracts 3.2",
        example="One row is one visit.",
        limits="Few trackers have the column.",
    ),
)
