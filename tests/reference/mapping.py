"""Every leaf of the reference totals as a query on the mesh.

The reference was counted independently on the cells; see data-contracts section 7 for what its keys mean.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ncdm.measures.at import clean
from ncdm.measures.clean import CRITERIA
from ncdm.measures.criterion import Outcome
from ncdm.measures.standing import by_criterion, in_study, standing
from ncdm.store.spine import spine
from ncdm.store.state import State
from ncdm.store.totals import headlines
from ncdm.types import KindCode, StudyId

Tree = dict[str, Any]


class Vocabulary(dict[str, int]):
    """Counts by value: the keys are data, so both sides must have the same ones."""


SUMS = {
    "visits_entered ('# Expected Visits')": "visits_entered_n",
    "pages_entered": "pages_entered_n",
    "pages_non_conformant": "pages_nonconformant_n",
    "queries_dm": "queries_owner_dm_n",
    "queries_clinical": "queries_owner_clinical_n",
    "queries_medical": "queries_owner_medical_n",
    "queries_site": "queries_owner_site_n",
    "queries_field_monitor": "queries_owner_field_monitor_n",
    "queries_coding": "queries_owner_coding_n",
    "queries_safety": "queries_owner_safety_n",
    "queries_total": "queries_outstanding_n",
    "crfs_require_sdv": "pages_sdv_required_n",
    "forms_verified": "pages_sdv_verified_n",
    "crfs_frozen": "pages_frozen_n",
    "crfs_not_frozen": "unfreeze_events_n",
    "crfs_locked": "pages_locked_n",
    "crfs_unlocked": "unlock_events_n",
    "pds_confirmed": "deviations_confirmed_n",
    "pds_proposed": "deviations_proposed_n",
    "crfs_signed": "pages_signed_n",
    "overdue_sign_lt45d": "signature_pending_lt45d_n",
    "overdue_sign_45_90d": "signature_pending_45_90d_n",
    "overdue_sign_gt90d": "signature_pending_gt90d_n",
    "broken_signatures": "signature_broken_n",
    "crfs_never_signed": "signature_never_n",
}
EMPTY = {
    "Missing Visits": "reported_missing_visits",
    "Missing Page": "reported_missing_pages",
    "# Coded terms": "reported_coded_terms",
    "# Uncoded Terms": "reported_uncoded_terms",
    "# Open issues in LNR": "reported_lnr_issues",
    "# Open Issues in EDRR": "reported_edrr_issues",
    "Inactivated forms and folders": "reported_inactivations",
    "# eSAE review DM": "reported_sae_dm",
    "# eSAE review safety": "reported_sae_safety",
    "# CRFs with queries & NC": "reported_crfs_with_queries",
    "# CRFs without queries & NC": "reported_crfs_without_queries",
    "% Clean Entered CRF": "reported_clean_crf_pct",
}
SHEETS = {
    "query_cumulative": ("query", "query_cumulative"),
    "query_site_action": ("query_action_list", "query_site_action"),
    "query_cra_action": ("query_action_list", "query_cra_action"),
    "non_conformant": ("nonconformant_item", "non_conformant"),
    "crf_freeze": ("page_action", "crf_freeze"),
    "crf_unfreeze": ("page_action", "crf_unfreeze"),
    "crf_locked": ("page_action", "crf_locked"),
    "crf_unlocked": ("page_action", "crf_unlocked"),
    "sv": ("visit", "sv"),
    "pi_signature": ("signature", "pi_signature"),
    "sdv": ("sdv_page", "sdv"),
    "protocol_deviation": ("deviation", "protocol_deviation"),
}
KINDS = ("cpid", "visit_tracker", "labs", "sae", "inactivated", "missing_pages", "edrr", "meddra", "whodrug")
UNLABELLED = "subject_id NOT SIMILAR TO 'Subject [0-9]+'"


class Study:
    """The queries of one study."""

    def __init__(self, state: State, study: str) -> None:
        self.state = state
        self.study = study
        self.kinds = {sheet.kind for sheet in state.sheets if sheet.study_id == study}

    def rows(self, sql: str) -> list[Tree]:
        """A query with ``$study`` bound."""
        return self.state.ask(sql.replace("$study", f"'{self.study}'"))

    def one(self, table: str, expression: str, where: str = "true") -> Any:
        """One value over the rows of a table."""
        return self.rows(f"SELECT {expression} AS v FROM {table} WHERE study_id = $study AND {where}")[0]["v"]

    def by(self, table: str, column: str, where: str = "true") -> Vocabulary:
        """Counts by the cell's own text."""
        found = self.rows(
            f"SELECT coalesce({column}, '(blank)') AS k, count(*) AS n FROM {table} WHERE study_id = $study AND {where} GROUP BY 1"
        )
        return Vocabulary({row["k"]: row["n"] for row in found})

    def head(self, table: str, where: str = "true", *, site: bool = True, country: bool = True) -> Tree:
        """Rows and distinct labels."""
        return {
            "rows": self.one(table, "count(*)", where),
            "subjects": self.one(table, "count(DISTINCT subject_id)", where),
            "sites": self.one(table, "count(DISTINCT site_id)", where) if site else 0,
            "countries": self.one(table, "count(DISTINCT country_iso3)", where) if country else 0,
        }

    def spread(self, table: str, column: str, where: str = "true") -> Tree:
        """Count, extremes, median and sum."""
        values = [
            row["v"] for row in self.rows(f"SELECT {column} AS v FROM {table} WHERE study_id = $study AND {where} AND {column} IS NOT NULL")
        ]
        return spread(values)

    def as_of(self, contract: str, position: int = 1) -> Vocabulary:
        """Derived day -> rows that imply it, of the n-th sheet of a contract."""
        sheets = [sheet for sheet in self.state.sheets if sheet.study_id == self.study and sheet.contract == contract]
        if len(sheets) < position:
            return Vocabulary()
        sheet = sheets[position - 1]
        receipts = self.state.by_number[sheet.file_no].receipt.sheets
        receipt = next(receipt for receipt in receipts if receipt.number == sheet.sheet_no)
        return Vocabulary({day.isoformat(): count for day, count in receipt.as_of_counts.items()})


def spread(values: list[int]) -> Tree:
    """The reference's five figures; only the count where there is no value."""
    if not values:
        return {"n": 0}
    return {"n": len(values), "min": min(values), "median": statistics.median(values), "max": max(values), "sum": sum(values)}


def study_tree(state: State, study: str) -> Tree:
    """Everything the reference says of one study, asked of the mesh."""
    asked = Study(state, study)
    labels = spine(state, study)
    parts: Mapping[str, Callable[[Study], Tree]] = {
        "cpid": cpid,
        "visit_tracker": visit_tracker,
        "labs": labs,
        "sae": lambda asked: {"dm": sae(asked, "dm"), "safety": sae(asked, "safety")},
        "inactivated": inactivated,
        "missing_pages": missing_pages,
        "edrr": edrr,
        "meddra": lambda asked: coding(asked, "meddra"),
        "whodrug": lambda asked: coding(asked, "whodrug"),
    }
    return {
        "reports_missing": [kind for kind in KINDS if kind not in asked.kinds],
        "subjects_union": sum(not subject.pseudo for subject in labels.subjects),
        "sites_union": len(labels.sites),
        "countries_union": len({site.country for site in labels.sites if site.country is not None}),
        "as_of": as_of(asked),
        **{kind: part(asked) for kind, part in parts.items() if kind in asked.kinds},
        **({"clean": clean_tree(state, StudyId(study))} if "cpid" in asked.kinds else {}),
    }


CRITERION = {
    "missing_visits": "V",
    "missing_pages": "P",
    "open_queries": "Q",
    "uncoded_terms": "C",
    "edrr_issues": "R",
    "sae_review_open": "S",
    "sdv_outstanding": "E",
    "signature_outstanding": "SIG",
    "non_conformant": "NC",
    "lab_issues": "LAB",
    "pd_proposed": "PD",
}
"""What the reference calls a criterion -> its code."""
A = ("V", "Q")
B = (*A, "P", "NC", "E", "SIG")


def clean_tree(state: State, study: StudyId) -> Tree:
    """Clean Patient Status as the reference counts it: what does not apply keeps nobody from being clean."""
    found = clean(state)
    members = in_study(found, study)

    def counted(gates: Sequence[str]) -> int:
        told = standing(found, gates, members)
        return told.clean + told.not_applicable

    return {
        "subjects": int(members.sum()),
        "A_no_missing_visit_no_query": counted(A),
        "B_A_plus_pages_nc_sdv_signature": counted(B),
        "C_all_11_criteria": counted(tuple(CRITERIA)),
        "subjects_failing": {name: by_criterion(found, (code,), members)[code][Outcome.FAIL] for name, code in CRITERION.items()},
    }


def as_of(asked: Study) -> Tree:
    """The days of the dated reports."""
    days: Tree = {
        "visit_tracker": asked.as_of("visit_tracker"),
        "missing_pages_tab1": asked.as_of("missing_pages"),
        "missing_pages_tab2": asked.as_of("missing_pages", 2),
    }
    if "cpid" in asked.kinds:
        days["cpid"] = asked.as_of("pi_signature")
    return days


def cpid(asked: Study) -> Tree:
    """The subject sheet and its totals line."""
    table = "subject_metrics"
    owners = " + ".join(f"queries_owner_{owner}_n" for owner in ("dm", "clinical", "medical", "site", "field_monitor", "coding", "safety"))
    totals = {
        row["column_name"]: row for row in asked.rows("SELECT * FROM total_cell WHERE study_id = $study AND target = 'subject_metrics'")
    }
    sums = {name: asked.one(table, f"sum({column})::BIGINT") for name, column in SUMS.items()}
    required, verified = sums["crfs_require_sdv"], sums["forms_verified"]
    return {
        **asked.head(table),
        "sums": sums,
        "columns_empty_in_all_rows": [name for name, column in EMPTY.items() if asked.one(table, f"count({column})") == 0],
        "total_row_corrupt_cells": [name for name, column in SUMS.items() if column in totals and totals[column]["value"] is None],
        "total_row_mismatches": {
            name: [totals[column]["value"], sums[name]]
            for name, column in SUMS.items()
            if column in totals and totals[column]["value"] is not None and totals[column]["value"] != sums[name]
        },
        "rows_where_query_types_do_not_sum_to_total": asked.one(table, "count(*)", f"{owners} <> queries_outstanding_n"),
        "subject_status": asked.by(table, "subject_status_text"),
        "region": asked.by(table, "region_text"),
        "sdv_pct": round(100 * verified / (required + verified), 4) if required + verified else None,
        "sheets": sheets(asked),
    }


def sheets(asked: Study) -> Tree:
    """The detail sheets."""
    found: Tree = {}
    for name, (table, contract) in SHEETS.items():
        found[name] = {"rows": asked.one(table, "count(*)", f"contract = '{contract}'")}
    found["query_cumulative"] |= {
        "by_status": asked.by("query", "query_status_text"),
        "by_action_owner": asked.by("query", "action_owner_text"),
        "by_marking_group": asked.by("query", "marking_group_text"),
        "days_since_open": asked.spread("query", "days_since_open"),
        "days_since_response": asked.spread("query", "days_since_response"),
        "as_of": asked.as_of("query_cumulative"),
    }
    found["sv"] |= {
        "unplanned": asked.one("visit", "count(*)", "is_unplanned = 'yes'"),
        "no_date": asked.one("visit", "count(*)", "visit_date_text IS NULL"),
        "multivalue": asked.one("visit", "count(*)", "visit_date_text = '#MULTIVALUE'"),
        "planned_with_valid_date": asked.one("visit", "count(*)", "is_unplanned = 'no' AND visit_date IS NOT NULL"),
    }
    found["pi_signature"] |= {
        "by_state": asked.by("signature", "signature_state_text"),
        "by_band": asked.by("signature", "pending_band_text"),
        "days": asked.spread("signature", "days_pending"),
        "lt45": asked.one("signature", "count(*)", "days_pending < 45"),
        "d45_90": asked.one("signature", "count(*)", "days_pending BETWEEN 45 AND 90"),
        "gt90": asked.one("signature", "count(*)", "days_pending > 90"),
        "as_of": asked.as_of("pi_signature"),
    }
    found["sdv"]["by_status"] = asked.by("sdv_page", "verification_status_text")
    found["protocol_deviation"]["by_status"] = asked.by("deviation", "deviation_status_text")
    return found


def visit_tracker(asked: Study) -> Tree:
    """Missing visits."""
    return {
        **asked.head("missing_visit"),
        "days_outstanding": asked.spread("missing_visit", "days_outstanding"),
        "as_of": asked.as_of("visit_tracker"),
    }


def labs(asked: Study) -> Tree:
    """Missing lab names and ranges."""
    return {
        **asked.head("lab_issue"),
        "by_issue": asked.by("lab_issue", "issue_type_text"),
        "by_comment": asked.by("lab_issue", "action_owner_text"),
        "by_category": asked.by("lab_issue", "lab_category_text"),
        "lab_date_blank": asked.one("lab_issue", "count(*)", "lab_date_text IS NULL"),
    }


def sae(asked: Study, tab: str) -> Tree:
    """One tab of the SAE dashboard. Ages are against the study's day or the newest discrepancy, whichever is later."""
    where = f"tab = '{tab}'"
    newest = asked.one("sae_review", "max(created_at)::DATE", where)
    derived = [sheet.derived for sheet in asked.state.sheets if sheet.study_id == asked.study and sheet.derived is not None]
    day = max([*derived, *([newest] if newest else [])], default=None)
    still_open = f"{where} AND review_status IS DISTINCT FROM 'Review completed'"
    ages = (
        asked.rows(
            f"SELECT datediff('day', created_at::DATE, DATE '{day}') AS v FROM sae_review WHERE study_id = $study AND {still_open} AND created_at IS NOT NULL"
        )
        if day
        else []
    )
    return {
        **asked.head("sae_review", where, country=tab == "dm"),
        "by_review_status": asked.by("sae_review", "review_status_text", where),
        "by_action_status": asked.by("sae_review", "action_status_text", where),
        "by_case_status": asked.by("sae_review", "case_status_text", where),
        "corrupt_ids": asked.one("sae_review", "count(*)", f"{where} AND discrepancy_id IS NULL"),
        "site_dash": asked.one("sae_review", "count(*)", f"{where} AND site_id_text = '-'"),
        "created_min": iso(asked.one("sae_review", "min(created_at)::DATE", where)),
        "created_max": iso(newest),
        "open_rows": asked.one("sae_review", "count(*)", still_open),
        "open_age_days": {**spread([row["v"] for row in ages]), "as_of_used": iso(day)},
    }


def iso(day: Any) -> str | None:
    """A day as the reference writes it."""
    return None if day is None else day.isoformat()


def inactivated(asked: Study) -> Tree:
    """Inactivated pages and records."""
    return {
        **asked.head("inactivation"),
        "by_audit_action": asked.by("inactivation", "audit_action"),
        "by_data_on_form": asked.by("inactivation", "has_data_text"),
        "pages": asked.one("inactivation", "count(*)", "inactivated_object = 'page'"),
        "records": asked.one("inactivation", "count(*)", "inactivated_object = 'record'"),
    }


def missing_pages(asked: Study) -> Tree:
    """Both tabs by themselves, and united."""
    found = headlines(asked.state)[StudyId(asked.study)][KindCode("missing_pages")]
    tabs = [sheet for sheet in asked.state.sheets if sheet.study_id == asked.study and sheet.contract == "missing_pages"]
    tree: Tree = {
        "visit_level_union": found["missing_pages_visit_level_n"],
        "summary_rows": found["missing_pages_summary_n"],
        "missing_pages_union": found["missing_pages_union_n"],
    }
    for number, tab in enumerate(tabs, start=1):
        where = f"sheet_no = {tab.sheet_no}"
        receipt = next(receipt for receipt in asked.state.by_number[tab.file_no].receipt.sheets if receipt.number == tab.sheet_no)
        tree[f"tab{number}"] = {
            **asked.head("missing_page", where),
            "tab": receipt.name,
            "by_form_type_raw": asked.by("missing_page", "page_level_text", where),
            "days_missing": asked.spread("missing_page", "days_missing", where),
            "days_error_cells": asked.one("missing_page", "count(*)", f"{where} AND days_missing_text = '#ERROR'"),
            "missing_visit_date": asked.one("missing_page", "count(*)", f"{where} AND visit_date_text = 'Missing visit date'"),
            "as_of": asked.as_of("missing_pages", number),
        }
    return tree


def edrr(asked: Study) -> Tree:
    """Open issues with third parties."""
    table, issues = "thirdparty_issue", "thirdparty_open_issues_n"
    return {
        **asked.head(table, site=False, country=False),
        "open_issues": asked.one(table, f"coalesce(sum({issues}), 0)::BIGINT"),
        "max_per_subject": asked.one(table, f"coalesce(max({issues}), 0)"),
        "rows_without_subject_label": asked.one(table, "count(*)", UNLABELLED),
        "open_issues_without_subject_label": asked.one(table, f"coalesce(sum({issues}), 0)::BIGINT", UNLABELLED),
    }


def coding(asked: Study, kind: str) -> Tree:
    """One coding report."""
    where = f"kind = '{kind}'"
    return {
        **asked.head("coding_term", where, site=False, country=False),
        "by_coding_status": asked.by("coding_term", "coding_status_text", where),
        "by_require_coding": asked.by("coding_term", "requires_coding_text", where),
        "by_dictionary": asked.by("coding_term", "dictionary_text", where),
        "by_version": asked.by("coding_term", "dictionary_version_text", where),
    }
