"""SPINE-3: a site is in one country."""

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

SPINE_3 = Check(
    code="SPINE-3",
    title="Reports place a site in two countries",
    severity=Severity.MEDIUM,
    why="Country and region groupings of the site are not certain.",
    needs=(),
    sql="WITH named AS ("
    + " UNION ALL ".join(
        f"SELECT study_id, kind, site_id, country_iso3, min(row_ref) AS row_ref, count(*) AS n FROM {table} GROUP BY ALL"
        for table in _TABLES
    )
    + """)
    SELECT study_id, NULL AS kind, NULL AS table_name, NULL AS subject_id, site_id,
           site_id || ' is placed in ' || string_agg(DISTINCT country_iso3, ' and ' ORDER BY country_iso3) AS what, list(row_ref) AS refs
    FROM named WHERE site_id IS NOT NULL AND country_iso3 IS NOT NULL
    GROUP BY study_id, site_id HAVING count(DISTINCT country_iso3) > 1
    """,
)
