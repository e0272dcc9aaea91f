"""OWNER-1: queries by owner, the others included, are all queries."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

OWNER_1 = Check(
    code="OWNER-1",
    title="Queries by owner, with owners outside the seven columns, sum to the queries outstanding",
    severity=Severity.MEDIUM,
    why="A query that no owner column counts has nobody who works on it.",
    needs=(KindCode("cpid"),),
    sql="""
    SELECT s.study_id, 'cpid' AS kind, 'subject_metrics' AS table_name, s.subject_id, s.site_id,
           'the owners sum to ' || (s.seven + coalesce(o.n, 0)) || ', the total is ' || s.total AS what, [s.row_ref] AS refs
    FROM (
        SELECT study_id, subject_id, site_id, row_ref, queries_outstanding_n AS total,
               queries_owner_dm_n + queries_owner_clinical_n + queries_owner_medical_n + queries_owner_site_n + queries_owner_field_monitor_n
               + queries_owner_coding_n + queries_owner_safety_n AS seven
        FROM subject_metrics
    ) s
    LEFT JOIN (SELECT study_id, subject_id, count(*) AS n FROM query WHERE action_owner = 'Other' GROUP BY ALL) o USING (study_id, subject_id)
    WHERE s.seven + coalesce(o.n, 0) <> s.total AND s.study_id IN (SELECT study_id FROM visible_sheet WHERE sheet_contract = 'query_cumulative')
    """,
)
