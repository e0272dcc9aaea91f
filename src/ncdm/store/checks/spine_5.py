"""SPINE-5: reports agree on a subject's status."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

SPINE_5 = Check(
    code="SPINE-5",
    title="The CPID and the missing pages report give a subject different statuses",
    severity=Severity.LOW,
    why="Clean rates are stratified by status; the CPID's is the one used.",
    needs=(KindCode("cpid"), KindCode("missing_pages")),
    sql="""
    SELECT s.study_id, 'missing_pages' AS kind, 'missing_page' AS table_name, s.subject_id, min(s.site_id) AS site_id,
           'the CPID says ' || min(s.subject_status) || ', the missing pages report ' || string_agg(DISTINCT p.subject_status, ' and ' ORDER BY p.subject_status) AS what,
           list_concat([min(s.row_ref)], list(p.row_ref ORDER BY p.row_ref)[:50]) AS refs
    FROM subject_metrics s
    JOIN missing_page p ON p.study_id = s.study_id AND p.subject_id = s.subject_id
    WHERE s.subject_status IS NOT NULL AND p.subject_status IS NOT NULL AND lower(p.subject_status) NOT IN (lower(s.subject_status), lower(s.subject_status_text))
      AND lower(p.subject_status) NOT LIKE 'subject continuing%'
    GROUP BY s.study_id, s.subject_id
    """,
)
