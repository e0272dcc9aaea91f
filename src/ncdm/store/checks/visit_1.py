"""VISIT-1: visits entered are the planned visits with a valid date."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

VISIT_1 = Check(
    code="VISIT-1",
    title="Visits entered are the visits of the SV sheet that are planned and have a valid date",
    severity=Severity.MEDIUM,
    why="The column is headed Expected Visits and holds the visits entered; expected visits are these plus the missing ones.",
    needs=(KindCode("cpid"),),
    sql="""
    SELECT s.study_id, 'cpid' AS kind, 'visit' AS table_name, s.subject_id, s.site_id,
           'the subject sheet says ' || s.visits_entered_n || ', the SV sheet has ' || coalesce(v.n, 0) AS what,
           list_concat([s.row_ref], coalesce(v.refs, [])) AS refs
    FROM subject_metrics s
    LEFT JOIN (
        SELECT study_id, subject_id, count(*) FILTER (is_unplanned = 'no' AND visit_date IS NOT NULL) AS n, list(row_ref ORDER BY source_row) AS refs FROM visit GROUP BY ALL
    ) v USING (study_id, subject_id)
    WHERE s.visits_entered_n <> coalesce(v.n, 0) AND s.study_id IN (SELECT study_id FROM visible_sheet WHERE sheet_contract = 'sv')
    """,
)
