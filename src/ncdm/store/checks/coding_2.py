"""CODING-2: an extract holds uncoded terms only."""

from ncdm.store.check import Check
from ncdm.types import Severity

CODING_2 = Check(
    code="CODING-2",
    title="A coding report holds uncoded terms only",
    severity=Severity.MEDIUM,
    why="Coded terms were left out of the extract, so no share of coded terms can be computed from it.",
    needs=(),
    sql="""
    SELECT study_id, kind, 'coding_term' AS table_name, NULL AS subject_id, NULL AS site_id,
           'all ' || count(*) || ' terms are uncoded: coded terms were not exported, the coded share is unknown' AS what, list(row_ref ORDER BY row_ref) AS refs
    FROM coding_term GROUP BY study_id, kind HAVING count(*) FILTER (coding_status IS DISTINCT FROM 'Uncoded') = 0
    """,
)
