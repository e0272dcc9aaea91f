"""VISIT-2: a visit reported as missing has no date."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

VISIT_2 = Check(
    code="VISIT-2",
    title="A visit reported as missing has a date in the visits entered",
    severity=Severity.LOW,
    why="The tracker and the EDC disagree; chasing the site for it wastes its time.",
    needs=(KindCode("cpid"), KindCode("visit_tracker")),
    sql="""
    SELECT m.study_id, 'visit_tracker' AS kind, 'missing_visit' AS table_name, m.subject_id, any_value(m.site_id) AS site_id,
           'visit ' || m.visit_name || ' is reported as missing and was entered on ' || min(v.visit_date) AS what,
           list_concat([m.row_ref], list(v.row_ref ORDER BY v.source_row)) AS refs
    FROM missing_visit m
    JOIN visit v ON v.study_id = m.study_id AND v.subject_id = m.subject_id AND v.visit_key = m.visit_key AND v.visit_date IS NOT NULL
    GROUP BY m.study_id, m.subject_id, m.visit_name, m.row_ref
    """,
)
