"""TOTAL-2: a cell of the totals line holds no number."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

TOTAL_2 = Check(
    code="TOTAL-2",
    title="A cell of the totals line is corrupted",
    severity=Severity.LOW,
    why="A label stands where a number should, as anonymising leaves it. That total cannot be compared with its rows.",
    needs=(KindCode("cpid"),),
    sql="""
    SELECT study_id, kind, target AS table_name, NULL AS subject_id, NULL AS site_id,
           column_name || ': the totals line of ' || source_sheet || ' holds ' || value_text AS what, [row_ref] AS refs
    FROM total_cell WHERE value IS NULL
    """,
)
