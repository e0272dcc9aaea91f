"""TOTAL-1: the totals line is the sum of its column."""

from ncdm.contracts.contract import Holds
from ncdm.contracts.kinds.cpid import CPID
from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

_COLUMNS = tuple(column.name for column in CPID.sheets[0].columns if column.holds is Holds.INTEGER)
_SUMS = " UNION ALL ".join(
    f"SELECT study_id, '{name}' AS column_name, sum({name})::BIGINT AS total FROM subject_metrics GROUP BY study_id" for name in _COLUMNS
)

TOTAL_1 = Check(
    code="TOTAL-1",
    title="A total of the subject sheet is not the sum of its column",
    severity=Severity.MEDIUM,
    why="Rows are missing from the sheet, or were added after it was made.",
    needs=(KindCode("cpid"),),
    sql=f"""
    SELECT t.study_id, t.kind, 'subject_metrics' AS table_name, NULL AS subject_id, NULL AS site_id,
           t.column_name || ': the totals line says ' || t.value || ', the rows sum to ' || coalesce(s.total::VARCHAR, 'nothing') AS what, [t.row_ref] AS refs
    FROM total_cell t JOIN ({_SUMS}) s USING (study_id, column_name)
    WHERE t.target = 'subject_metrics' AND t.value IS NOT NULL AND t.value IS DISTINCT FROM s.total
    """,
)
