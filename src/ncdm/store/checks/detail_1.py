"""DETAIL-1: the detail sheets of a CPID agree with its subject sheet."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

_PAIRS = (
    ("queries_owner_dm_n", "queries awaiting DM", "query", "action_owner = 'DM'"),
    ("queries_owner_clinical_n", "queries awaiting clinical", "query", "action_owner = 'Clinical'"),
    ("queries_owner_medical_n", "queries awaiting medical", "query", "action_owner = 'Medical'"),
    ("queries_owner_site_n", "queries awaiting site", "query", "action_owner = 'Site'"),
    ("queries_owner_field_monitor_n", "queries awaiting field monitor", "query", "action_owner = 'Field monitor'"),
    ("queries_owner_safety_n", "queries awaiting safety", "query", "action_owner = 'Safety'"),
    ("queries_outstanding_n", "queries outstanding", "query", "true"),
    ("pages_sdv_required_n", "pages still to verify", "sdv_page", "verification_status = 'Require verification'"),
    ("pages_sdv_verified_n", "pages verified", "sdv_page", "verification_status = 'Verified'"),
    ("signature_broken_n", "broken signatures", "signature", "signature_state = 'Broken'"),
    ("signature_never_n", "pages never signed", "signature", "signature_state = 'Never signed'"),
    ("deviations_confirmed_n", "deviations confirmed", "deviation", "deviation_status = 'Confirmed'"),
    ("deviations_proposed_n", "deviations proposed", "deviation", "deviation_status = 'Proposed'"),
    ("unfreeze_events_n", "un-freeze events", "page_action", "page_action = 'unfreeze'"),
    ("pages_locked_n", "pages locked", "page_action", "page_action = 'lock'"),
    ("unlock_events_n", "un-lock events", "page_action", "page_action = 'unlock'"),
)


def _pair(column: str, words: str, table: str, where: str) -> str:
    return f"""
    SELECT coalesce(s.study_id, d.study_id) AS study_id, coalesce(s.subject_id, d.subject_id) AS subject_id, s.site_id, '{table}' AS table_name,
           '{words}: the subject sheet says ' || coalesce(s.{column}::VARCHAR, 'nothing') || ', the detail sheet has ' || coalesce(d.n, 0) AS what,
           list_concat(CASE WHEN s.row_ref IS NULL THEN [] ELSE [s.row_ref] END, coalesce(d.refs, [])) AS refs
    FROM subject_metrics s
    FULL JOIN (SELECT study_id, subject_id, count(*) AS n, list(row_ref ORDER BY source_row)[:200] AS refs FROM {table} WHERE {where} GROUP BY ALL) d USING (study_id, subject_id)
    WHERE coalesce(s.{column}, 0) <> coalesce(d.n, 0)
    """


_PAGES = """
    SELECT s.study_id, s.subject_id, s.site_id, 'nonconformant_item' AS table_name,
           'non-conformant pages: the subject sheet says ' || s.pages_nonconformant_n || ', the detail sheet names ' || coalesce(d.n, 0) AS what,
           list_concat([s.row_ref], coalesce(d.refs, [])) AS refs
    FROM subject_metrics s
    LEFT JOIN (
        SELECT study_id, subject_id, count(DISTINCT (folder_name, form_label)) AS n, list(row_ref ORDER BY source_row)[:200] AS refs FROM nonconformant_item GROUP BY ALL
    ) d USING (study_id, subject_id)
    WHERE coalesce(s.pages_nonconformant_n, 0) <> coalesce(d.n, 0)
"""

DETAIL_1 = Check(
    code="DETAIL-1",
    title="The subject sheet and its detail sheets count the same",
    severity=Severity.MEDIUM,
    why="Both stand in one workbook. Where they differ, one of them is not what the team believes it is.",
    needs=(KindCode("cpid"),),
    sql="SELECT study_id, 'cpid' AS kind, table_name, subject_id, site_id, what, refs FROM ("
    + " UNION ALL ".join([*(_pair(*pair) for pair in _PAIRS), _PAGES])
    + ")",
)
