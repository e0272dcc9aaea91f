"""DETAIL-1: the detail sheets of a CPID agree with its subject sheet."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

_PAIRS = (
    ("queries_owner_dm_n", "queries awaiting DM", "query_cumulative", "query", "action_owner = 'DM'"),
    ("queries_owner_clinical_n", "queries awaiting clinical", "query_cumulative", "query", "action_owner = 'Clinical'"),
    ("queries_owner_medical_n", "queries awaiting medical", "query_cumulative", "query", "action_owner = 'Medical'"),
    ("queries_owner_site_n", "queries awaiting site", "query_cumulative", "query", "action_owner = 'Site'"),
    ("queries_owner_field_monitor_n", "queries awaiting field monitor", "query_cumulative", "query", "action_owner = 'Field monitor'"),
    ("queries_owner_safety_n", "queries awaiting safety", "query_cumulative", "query", "action_owner = 'Safety'"),
    ("queries_outstanding_n", "queries outstanding", "query_cumulative", "query", "true"),
    ("pages_sdv_required_n", "pages still to verify", "sdv", "sdv_page", "verification_status = 'Require verification'"),
    ("pages_sdv_verified_n", "pages verified", "sdv", "sdv_page", "verification_status = 'Verified'"),
    ("signature_broken_n", "broken signatures", "pi_signature", "signature", "signature_state = 'Broken'"),
    ("signature_never_n", "pages never signed", "pi_signature", "signature", "signature_state = 'Never signed'"),
    ("deviations_confirmed_n", "deviations confirmed", "protocol_deviation", "deviation", "deviation_status = 'Confirmed'"),
    ("deviations_proposed_n", "deviations proposed", "protocol_deviation", "deviation", "deviation_status = 'Proposed'"),
    ("unfreeze_events_n", "un-freeze events", "crf_unfreeze", "page_action", "page_action = 'unfreeze'"),
    ("pages_locked_n", "pages locked", "crf_locked", "page_action", "page_action = 'lock'"),
    ("unlock_events_n", "un-lock events", "crf_unlocked", "page_action", "page_action = 'unlock'"),
)


def _pair(column: str, words: str, contract: str, table: str, where: str, counted: str = "count(*)") -> str:
    """Subjects for whom both sheets are there and disagree; a sheet or column that is absent says nothing."""
    return f"""
    SELECT s.study_id, s.subject_id, s.site_id, '{table}' AS table_name,
           '{words}: the subject sheet says ' || s.{column} || ', the detail sheet has ' || coalesce(d.n, 0) AS what,
           list_concat([s.row_ref], coalesce(d.refs, [])) AS refs
    FROM subject_metrics s
    LEFT JOIN (
        SELECT study_id, subject_id, {counted} AS n, list(row_ref ORDER BY source_row) AS refs FROM {table} WHERE {where} GROUP BY ALL
    ) d USING (study_id, subject_id)
    WHERE s.{column} <> coalesce(d.n, 0) AND s.study_id IN (SELECT study_id FROM visible_sheet WHERE sheet_contract = '{contract}')
    """


_PAGES = (
    "pages_nonconformant_n",
    "non-conformant pages",
    "non_conformant",
    "nonconformant_item",
    "true",
    "count(DISTINCT (folder_name, form_label))",
)

DETAIL_1 = Check(
    code="DETAIL-1",
    title="The subject sheet and its detail sheets count the same",
    severity=Severity.MEDIUM,
    why="Both stand in one workbook. Where they differ, one of them is not what the team believes it is.",
    needs=(KindCode("cpid"),),
    sql="SELECT study_id, 'cpid' AS kind, table_name, subject_id, site_id, what, refs FROM ("
    + " UNION ALL ".join(_pair(*pair) for pair in (*_PAIRS, _PAGES))
    + ")",
)
