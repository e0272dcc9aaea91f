"""A check across sheets and reports: a query that returns what contradicts. One file a check, in `checks`."""

from dataclasses import dataclass

from ncdm.types import KindCode, Severity


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One promise that holds between sheets or reports.

    ``sql`` gives one row an exception: ``study_id, kind, table_name, subject_id, site_id, what, refs`` (a list of row references).
    """

    code: str
    title: str
    severity: Severity
    why: str
    """Why it matters to the people who read the study."""
    needs: tuple[KindCode, ...]
    """Report kinds without which the check does not apply."""
    sql: str
