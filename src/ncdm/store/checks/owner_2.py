"""OWNER-2: queries whose owner has no column on the subject sheet."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

OWNER_2 = Check(
    code="OWNER-2",
    title="Queries await an owner that the subject sheet has no column for",
    severity=Severity.LOW,
    why="They are in the total only, so nobody sees them in a column of their own.",
    needs=(KindCode("cpid"),),
    sql="""
    SELECT study_id, 'cpid' AS kind, 'query' AS table_name, NULL AS subject_id, NULL AS site_id,
           count(*) || ' queries await ' || action_owner_text AS what, list(row_ref ORDER BY source_row) AS refs
    FROM query WHERE action_owner = 'Other' GROUP BY study_id, action_owner_text
    """,
)
