"""SPINE-3: a site is in one country."""

from ncdm.store.check import Check
from ncdm.store.mention import mentions
from ncdm.types import Severity

SPINE_3 = Check(
    code="SPINE-3",
    title="Reports place a site in two countries",
    severity=Severity.MEDIUM,
    why="Country and region groupings of the site are not certain.",
    needs=(),
    sql=f"""
    SELECT study_id, NULL AS kind, NULL AS table_name, NULL AS subject_id, site_id,
           site_id || ' is placed in ' || string_agg(DISTINCT country_iso3, ' and ' ORDER BY country_iso3) AS what, list(row_ref ORDER BY row_ref) AS refs
    FROM (SELECT study_id, site_id, country_iso3, kind, min(row_ref) AS row_ref FROM ({mentions("site_id", "country_iso3")}) GROUP BY ALL)
    WHERE site_id IS NOT NULL AND country_iso3 IS NOT NULL
    GROUP BY study_id, site_id HAVING count(DISTINCT country_iso3) > 1
    """,
)
