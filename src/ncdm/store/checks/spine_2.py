"""SPINE-2: a subject belongs to one site."""

from ncdm.store.check import Check
from ncdm.store.mention import mentions
from ncdm.types import Severity

SPINE_2 = Check(
    code="SPINE-2",
    title="Reports place a subject at two sites",
    severity=Severity.MEDIUM,
    why="Rows keep the site they name; the subject is listed at the site most rows name.",
    needs=(),
    sql=f"""
    SELECT study_id, NULL AS kind, NULL AS table_name, subject_id, NULL AS site_id,
           subject_id || ' is placed at ' || string_agg(DISTINCT site_id, ' and ' ORDER BY site_id) AS what, list(row_ref ORDER BY row_ref) AS refs
    FROM (SELECT study_id, subject_id, site_id, kind, min(row_ref) AS row_ref FROM ({mentions("subject_id", "site_id")}) GROUP BY ALL)
    WHERE subject_id SIMILAR TO 'Subject [0-9]+' AND site_id IS NOT NULL
    GROUP BY study_id, subject_id HAVING count(DISTINCT site_id) > 1
    """,
)
