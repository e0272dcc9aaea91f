"""SPINE-1: every subject is in the CPID."""

from ncdm.store.check import Check
from ncdm.store.mention import mentions
from ncdm.types import KindCode, Severity

SPINE_1 = Check(
    code="SPINE-1",
    title="A report names a subject that the CPID does not list",
    severity=Severity.MEDIUM,
    why="Its issues belong to no subject anybody follows. A label such as Not Applicable makes them issues of the study.",
    needs=(KindCode("cpid"),),
    sql=f"""
    SELECT n.study_id, n.kind, n.table_name, n.subject_id, NULL AS site_id,
           n.subject_id || ' has ' || count(*) || CASE WHEN count(*) = 1 THEN ' row' ELSE ' rows' END || ' and is not in the CPID' AS what,
           list(n.row_ref)[:500] AS refs
    FROM ({mentions("subject_id")}) n
    ANTI JOIN subject_metrics s ON s.study_id = n.study_id AND s.subject_id = n.subject_id
    WHERE n.subject_id IS NOT NULL AND n.study_id IN (SELECT study_id FROM subject_metrics)
    GROUP BY n.study_id, n.kind, n.table_name, n.subject_id
    """,
)
