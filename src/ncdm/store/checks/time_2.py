"""TIME-2: nothing is dated after the day of its report."""

from ncdm.store.check import Check
from ncdm.types import Severity

TIME_2 = Check(
    code="TIME-2",
    title="A discrepancy was created after the day its report stands for",
    severity=Severity.LOW,
    why="The report is younger than the day assumed for it; ages are counted to its newest discrepancy.",
    needs=(),
    sql="""
    SELECT study_id, kind, 'sae_review' AS table_name, NULL AS subject_id, NULL AS site_id,
           count(*) || ' discrepancies were created after ' || report_as_of || ', up to ' || max(created_at)::DATE AS what, list(row_ref ORDER BY row_ref) AS refs
    FROM sae_review WHERE created_at::DATE > report_as_of GROUP BY study_id, kind, report_as_of
    """,
)
