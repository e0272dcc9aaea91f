"""SPINE-6: a label is written in one way."""

from ncdm.store.check import Check
from ncdm.store.mention import mentions
from ncdm.types import Severity

_PLAIN = r"regexp_replace({label}, '(^|[^0-9])0+([0-9])', '\1\2', 'g')"


def _twins(label: str, subject: str, site: str) -> str:
    """Labels of one kind that become one when leading zeros go."""
    return f"""
    SELECT study_id, {subject} AS subject_id, {site} AS site_id, string_agg(DISTINCT label, ' and ' ORDER BY label) AS labels, list(row_ref ORDER BY row_ref) AS refs
    FROM (SELECT study_id, {label} AS label, kind, min(row_ref) AS row_ref FROM ({mentions(label)}) WHERE {label} IS NOT NULL GROUP BY ALL)
    GROUP BY study_id, {_PLAIN.format(label="label")} HAVING count(DISTINCT label) > 1
    """


SPINE_6 = Check(
    code="SPINE-6",
    title="Two labels of a study differ only in leading zeros",
    severity=Severity.MEDIUM,
    why="They may well be one site or subject, counted as two. Labels are kept as they are written.",
    needs=(),
    sql=f"""
    SELECT study_id, NULL AS kind, NULL AS table_name, subject_id, site_id, labels || ' are counted apart' AS what, refs
    FROM ({_twins("subject_id", "min(label)", "NULL")} UNION ALL {_twins("site_id", "NULL", "min(label)")})
    """,
)
