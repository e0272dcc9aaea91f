"""Visits whose date is blank, several dates, or no date."""

from ncdm.measures.contribution import blank, having
from ncdm.measures.measure import Count, Definition

VISITS_WITHOUT_DATE = Count(
    code="visits_without_date",
    title="Visits without a valid date",
    unit="visits",
    needs=("sv",),
    rows=having("visit", visit_date=blank),
    definition=Definition(
        what="Visits whose date is blank, several dates, or no date.",
        why="Such a visit is in no window, and does not count as entered.",
        formula="rows of the visits sheet without a valid date",
        source="data-contracts 3.1, Q18",
        example="31 SEP 2025 is no date.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
