"""SPINE-4: a country has its region."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

SPINE_4 = Check(
    code="SPINE-4",
    title="A country has no region in the source",
    severity=Severity.LOW,
    why="The region is set by the country; without one the country code itself is doubtful. Nothing is repaired.",
    needs=(KindCode("cpid"),),
    sql="""
    SELECT study_id, 'cpid' AS kind, 'subject_metrics' AS table_name, NULL AS subject_id, site_id,
           count(*) || CASE WHEN count(*) = 1 THEN ' subject' ELSE ' subjects' END || ' of ' || coalesce(country_iso3, 'no country') || ' without a region' AS what,
           list(row_ref ORDER BY row_ref) AS refs
    FROM subject_metrics WHERE region IS NULL GROUP BY study_id, site_id, country_iso3
    """,
)
