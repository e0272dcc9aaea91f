"""Visits that the schedule does not foresee."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

UNPLANNED_VISITS = Count(
    code="unplanned_visits",
    title="Unplanned visits",
    unit="visits",
    needs=("sv",),
    rows=having("visit", is_unplanned="yes"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Visits that the schedule does not foresee.",
        why="Many may be a burden, a signal of safety, or a habit of entry.",
        formula="rows of the visits sheet whose folder is an unplanned one",
        source="data-contracts 3.1",
        example="A folder that is called Unplanned 01 counts one.",
        limits="Told by the name of the folder alone.",
    ),
)
