"""SPINE-2: a subject belongs to one site."""

from ncdm.store.check import Check
from ncdm.types import Severity

_TABLES = (
    "subject_metrics",
    "missing_visit",
    "lab_issue",
    "sae_review",
    "inactivation",
    "missing_page",
    "query",
    "signature",
    "sdv_page",
    "deviation",
    "page_action",
    "visit",
    "nonconformant_item",
)

SPINE_2 = Check(
    code="SPINE-2",
    title="Reports place a subject at two sites",
    severity=Severity.MEDIUM,
    why="Rows keep the site they name; the subject is listed at the site most rows name.",
    needs=(),
    sql="WITH named AS ("
    + " UNION ALL ".join(
        f"SELECT study_id, kind, subject_id, site_id, min(row_ref) AS row_ref, count(*) AS n FROM {table} GROUP BY ALL" for table in _TABLES
    )
    + """)
    SELECT study_id, NULL AS kind, NULL AS table_name, subject_id, NULL AS site_id,
           subject_id || ' is placed at ' || string_agg(DISTINCT site_id, ' and ' ORDER BY site_id) AS what, list(row_ref) AS refs
    FROM named WHERE subject_id SIMILAR TO 'Subject [0-9]+' AND site_id IS NOT NULL
    GROUP BY study_id, subject_id HAVING count(DISTINCT site_id) > 1
    """,
)
