"""CPID EDC metrics: the subject sheet and the fourteen sheets behind it (data-contracts 3.1)."""

import re

from ncdm.contracts.columns import (
    COUNTRY_COLUMN,
    FOLDER_COLUMN,
    FOLDERS,
    FORM_COLUMN,
    ITEM_COLUMN,
    RECORD_COLUMN,
    REGION_COLUMN,
    SITE_COLUMN,
    STATUSES,
    STUDY_COLUMN,
    SUBJECT_COLUMN,
    VISIT_DATE_COLUMN,
    VISIT_KEY,
    VISITS,
    count,
)
from ncdm.contracts.contract import AsOf, Column, Derived, Holds, Invariant, Kind, Role, SheetContract
from ncdm.types import KindCode, Severity, TableName

SUBJECT_SHEET = "subject_metrics"
"""The sheet that lists every subject of a study."""

_WHO = (STUDY_COLUMN, REGION_COLUMN, COUNTRY_COLUMN, SITE_COLUMN, SUBJECT_COLUMN)

_OWNERS = {
    "Site": ("Site Review", "Site", "Site Action"),
    "DM": ("DM Review", "DM from System", "DM", "Data Management", "Data Management Review", "Data Manager", "Data Manager Review"),
    "Clinical": ("Clinical Review", "Clinical"),
    "Field monitor": ("Field Monitor Review", "Field Monitor", "CRA Review", "CRA"),
    "Medical": ("Medical Review", "Medical", "Medical Monitor", "Medical Monitor Review"),
    "Coding": ("Coding Review", "Coding"),
    "Safety": ("Safety Review", "Safety"),
    "Other": ("CCRA Review", "FM from System"),
}
_OPENED = (
    *("Query Open Date", "Query Opened Date", "Query Opened On", "Query Created Date", "Query Creation Date"),
    *("Date Query Opened", "Date Opened", "Open Date", "Opened Date", "Opened On"),
)
_RESPONDED = (
    *("Query Response Date", "Query Answered Date", "Query Answer Date", "Date Query Answered", "Date Answered"),
    *("Response Date", "Answered Date", "Date of Response", "Responded On"),
)

_QUERY_COLUMNS = (
    *_WHO,
    FOLDER_COLUMN,
    FORM_COLUMN,
    ITEM_COLUMN,
    RECORD_COLUMN,
    VISIT_DATE_COLUMN,
    Column(
        "query_status",
        Holds.CATEGORY,
        ("Query Status", "Status of Query", "Query State"),
        "Query status",
        vocabulary={"Open": ("Open", "Opened", "Query Open"), "Answered": ("Answered", "Responded", "Query Answered")},
        keeps_text=True,
    ),
    Column(
        "action_owner",
        Holds.CATEGORY,
        ("Action Owner", "Owner of Action", "Query Owner", "Query Action Owner", "Action With", "Pending With"),
        "Action owner",
        vocabulary=_OWNERS,
        keeps_text=True,
    ),
    Column(
        "marking_group",
        Holds.CATEGORY,
        ("Marking Group Name", "Marking Group", "Query Marking Group"),
        "Marking group (who raised it)",
        keeps_text=True,
    ),
    Column("opened_at", Holds.TIMESTAMP, _OPENED, "Opened", keeps_text=True),
    Column("responded_at", Holds.TIMESTAMP, _RESPONDED, "Responded", keeps_text=True),
    count(
        "days_since_open",
        "Days since open",
        "# Days Since Open",
        "Days Since Opened",
        "Days Open",
        "Query Age",
        "Query Age in Days",
        unit="days",
    ),
    count("days_since_response", "Days since response", "# Days Since Response", "Days Since Answer", "Days Since Answered", unit="days"),
)
_QUERY_SIGNATURE = ("subject_id", "query_status", "action_owner")
_QUERY_KEY = ("subject_id", "item_oid", "record_no", "opened_at")


def _unplanned(folder: str) -> str | None:
    """Whether a folder is an unplanned visit."""
    return "yes" if "unplan" in folder.lower() else "no"


_LOCKS = ("Lock and Unlock", "Lock/Unlock", "Lock or Unlock", "Lock Action", "Lock Status")


def _page_action(
    code: str, title: str, action: str, headers: tuple[str, ...], words: tuple[str, ...], content: dict[str, str] | None = None
) -> SheetContract:
    """The four lists of page actions differ by one header and its values."""
    return SheetContract(
        code=code,
        title=title,
        table=TableName("page_action"),
        columns=(
            *_WHO,
            FORM_COLUMN,
            Column("action_text", Holds.TEXT, headers, "Action in source"),
            Column("audit_user", Holds.TEXT, ("Audit User",), "Audit user", not_stored=True),
            VISIT_DATE_COLUMN,
        ),
        signature=("subject_id", "action_text"),
        data_column="subject_id",
        sheet_words=words,
        content=content or {},
        constants={"page_action": action},
        key=("subject_id", "form_label", "visit_date_text"),
    )


def _pages(*headers: str) -> tuple[str, ...]:
    """Headers that count pages, and the same with each other word for pages."""
    words = ("CRFs", "eCRFs", "Pages", "Forms")
    return tuple(dict.fromkeys((*headers, *(re.sub(r"\b(?:CRFs|Pages|Forms)\b", word, header) for header in headers for word in words))))


def _deviations(status: str) -> tuple[str, ...]:
    """Headers that count deviations of a status."""
    words = ("PDs", "Protocol Deviations", "Deviations")
    return (*(f"# {word} {status}" for word in words), *(f"# {status} {word}" for word in words))


def _overdue(days: str) -> tuple[str, ...]:
    """Headers that count the pages whose signature is overdue for so many days."""
    return _pages(f"CRFs overdue for signs {days} of Data entry", f"CRFs overdue for signature {days} of Data entry")


_BROKEN = ("Broken Signatures", "Signatures Broken", *_pages("CRFs with Broken Signatures"))

_SUBJECT_SHEET = SheetContract(
    code=SUBJECT_SHEET,
    title="Subject level metrics",
    table=TableName("subject_metrics"),
    columns=(
        *_WHO,
        Column(
            "latest_visit_name",
            Holds.FOLDER,
            (
                *("Latest Visit (SV) (Source: Rave EDC: BO4)", "Latest Visit (SV)", "Latest Visit", "Latest Visit Name"),
                *("Last Visit", "Last Visit Name", "Most Recent Visit"),
            ),
            "Latest visit",
            cdisc="VISIT",
        ),
        Column(
            "subject_status",
            Holds.CATEGORY,
            ("Subject Status (Source: PRIMARY Form)", *STATUSES),
            "Subject status",
            vocabulary={
                "Screen Failure": ("Screen Failure", "Screen Fail", "Screen Failed", "Screening Failure", "Screening Failed"),
                "On Trial": ("On Trial", "On Study", "In Trial", "In Study"),
                "Completed": ("Completed", "Study Completed", "Trial Completed", "Completed Study", "Completed Trial"),
                "Enrolled": ("Enrolled",),
                "Discontinued": ("Discontinued", "Withdrawn", "Early Terminated", "Early Termination", "Study Discontinued"),
                "Screening": ("Screening", "In Screening"),
                "Follow-Up": ("Follow-Up", "Follow Up", "In Follow-Up"),
                "Survival": ("Survival", "Survival Follow-Up", "In Survival Follow-Up"),
            },
            keeps_text=True,
        ),
        count(
            "visits_entered_n",
            "Visits entered",
            "# Expected Visits (Rave EDC : BO4)",
            "# Expected Visits",
            "# Visits Entered",
            unit="visits",
        ),
        count("pages_entered_n", "Pages entered", *_pages("# Pages Entered"), unit="pages"),
        count(
            "pages_nonconformant_n",
            "Non-conformant pages",
            *_pages("# Pages with Non-Conformant data", "# Non-Conformant Pages"),
            unit="pages",
        ),
        count(
            "queries_owner_dm_n",
            "Queries awaiting DM",
            "# DM Queries",
            "# Data Management Queries",
            "# Data Manager Queries",
            unit="queries",
        ),
        count("queries_owner_clinical_n", "Queries awaiting clinical", "# Clinical Queries", "# Clinical Review Queries", unit="queries"),
        count("queries_owner_medical_n", "Queries awaiting medical", "# Medical Queries", "# Medical Review Queries", unit="queries"),
        count("queries_owner_site_n", "Queries awaiting site", "# Site Queries", "# Site Review Queries", unit="queries"),
        count(
            "queries_owner_field_monitor_n", "Queries awaiting field monitor", "# Field Monitor Queries", "# CRA Queries", unit="queries"
        ),
        count("queries_owner_coding_n", "Queries awaiting coding", "# Coding Queries", "# Coding Review Queries", unit="queries"),
        count("queries_owner_safety_n", "Queries awaiting safety", "# Safety Queries", "# Safety Review Queries", unit="queries"),
        count(
            "queries_outstanding_n",
            "Queries outstanding",
            *("#Total Queries", "# Total Queries", "# Queries Total", "# Total Open Queries", "# Total Outstanding Queries"),
            *("# Outstanding Queries", "# Queries Outstanding"),
            unit="queries",
        ),
        count(
            "pages_sdv_required_n",
            "Pages still to verify",
            "# CRFs Require Verification (SDV)",
            *_pages("# CRFs Require Verification", "# CRFs Requiring Verification", "# CRFs Require SDV", "# CRFs Requiring SDV"),
            unit="pages",
        ),
        count("pages_sdv_verified_n", "Pages verified", *_pages("# Forms Verified", "# Verified Forms"), unit="pages"),
        count("pages_frozen_n", "Pages frozen", *_pages("# CRFs Frozen", "# Frozen CRFs"), unit="pages"),
        count("unfreeze_events_n", "Un-freeze events", *_pages("# CRFs Not Frozen", "# CRFs Unfrozen"), unit="events"),
        count("pages_locked_n", "Pages locked", *_pages("# CRFs Locked", "# Locked CRFs"), unit="pages"),
        count("unlock_events_n", "Un-lock events", *_pages("# CRFs Unlocked", "# Unlocked CRFs"), unit="events"),
        count("deviations_confirmed_n", "Deviations confirmed", *_deviations("Confirmed"), unit="deviations"),
        count("deviations_proposed_n", "Deviations proposed", *_deviations("Proposed"), unit="deviations"),
        count("pages_signed_n", "Pages signed", *_pages("# CRFs Signed", "# Signed CRFs"), unit="pages"),
        count(
            "signature_pending_lt45d_n",
            "Signatures pending under 45 days",
            *_overdue("within 45 days"),
            unit="pages",
        ),
        count(
            "signature_pending_45_90d_n",
            "Signatures pending 45 to 90 days",
            *_overdue("between 45 to 90 days"),
            unit="pages",
        ),
        count(
            "signature_pending_gt90d_n",
            "Signatures pending over 90 days",
            *_overdue("beyond 90 days"),
            unit="pages",
        ),
        count("signature_broken_n", "Broken signatures", *_BROKEN, unit="pages"),
        count("signature_never_n", "Pages never signed", *_pages("CRFs Never Signed"), unit="pages"),
        *(
            Column(name, Holds.TEXT, (header,), f"{header} (empty in every export seen; computed from its own report)")
            for name, header in (
                ("reported_missing_visits", "Missing Visits"),
                ("reported_missing_pages", "Missing Page"),
                ("reported_coded_terms", "# Coded terms"),
                ("reported_uncoded_terms", "# Uncoded Terms"),
                ("reported_lnr_issues", "# Open issues in LNR"),
                ("reported_edrr_issues", "# Open Issues reported for 3rd party reconciliation in EDRR"),
                ("reported_inactivations", "Inactivated forms and folders"),
                ("reported_sae_dm", "# eSAE dashboard review for DM"),
                ("reported_sae_safety", "# eSAE dashboard review for safety"),
                ("reported_crfs_with_queries", "# Total CRFs with queries & Non-Conformant data"),
                ("reported_crfs_without_queries", "# Total CRFs without queries & Non-Conformant data"),
                ("reported_clean_crf_pct", "% Clean Entered CRF"),
            )
        ),
    ),
    signature=("subject_id", "pages_entered_n", "queries_outstanding_n"),
    data_column="source_study",
    data_starts_with=r"(?i)^\s*study",
    header_rows=3,
    rows_below_header=1,
    sheet_words=("subjectlevel",),
    key=("subject_id",),
    invariants=(
        Invariant(
            "CPID-1",
            "Signature buckets sum to broken and never signed pages",
            Severity.MEDIUM,
            "signature_pending_lt45d_n + signature_pending_45_90d_n + signature_pending_gt90d_n = signature_broken_n + signature_never_n",
        ),
        Invariant(
            "CPID-2",
            "Pages to verify and verified do not exceed pages entered",
            Severity.MEDIUM,
            "pages_sdv_required_n + pages_sdv_verified_n <= pages_entered_n",
        ),
        Invariant(
            "CPID-3",
            "Pages signed, broken and never signed do not exceed pages entered",
            Severity.MEDIUM,
            "pages_signed_n + signature_broken_n + signature_never_n <= pages_entered_n",
        ),
        Invariant(
            "CPID-4",
            "Queries by owner do not exceed the queries outstanding",
            Severity.MEDIUM,
            "queries_owner_dm_n + queries_owner_clinical_n + queries_owner_medical_n + queries_owner_site_n + queries_owner_field_monitor_n"
            " + queries_owner_coding_n + queries_owner_safety_n <= queries_outstanding_n",
        ),
    ),
)

CPID = Kind(
    code=KindCode("cpid"),
    title="CPID EDC metrics",
    position=1,
    file_words=("cpid",),
    source_system="EDC",
    sheets=(
        _SUBJECT_SHEET,
        SheetContract(
            code="region_country_view",
            title="Region and country view",
            table=TableName("region_country_view"),
            columns=(
                *_WHO,
                count("missing_visits_n", "Missing visits", "# Missing Visits"),
                count("missing_pages_n", "Missing pages", "# Missing Pages"),
                count("queries_owner_site_n", "Queries awaiting site", "# Site Queries", unit="queries"),
                count("queries_owner_field_monitor_n", "Queries awaiting field monitor", "# Field Monitor Queries", unit="queries"),
                count("signature_broken_n", "Broken signatures", *_BROKEN, unit="pages"),
                count("signature_never_n", "Pages never signed", *_pages("CRFs Never Signed"), unit="pages"),
                count("pages_sdv_required_n", "Pages still to verify", "# CRFs Require Verification (SDV)", unit="pages"),
                count("pages_nonconformant_n", "Non-conformant pages", *_pages("# Pages with Non-Conformant data"), unit="pages"),
                count("inactivated_n", "Inactivated forms and folders", "Inactivated forms and folders"),
                count(
                    "lab_ranges_missing_n",
                    "Missing lab ranges or units",
                    *("# Missing Lab Ranges/Units in Lab Module", "# Missing Lab Ranges/Units", "# Missing Lab Ranges or Units"),
                ),
                count("lab_names_missing_n", "Missing lab names", "# Missing Lab name on CRFs", "# Missing Lab names"),
            ),
            signature=("subject_id", "lab_ranges_missing_n", "lab_names_missing_n"),
            data_column="source_study",
            data_starts_with=r"(?i)^\s*study",
            header_rows=2,
            rows_below_header=1,
            sheet_words=("regioncountry",),
            role=Role.SUPPORTING,
            key=("subject_id",),
        ),
        SheetContract(
            code="query_cumulative",
            title="Queries outstanding",
            table=TableName("query"),
            columns=_QUERY_COLUMNS,
            signature=_QUERY_SIGNATURE,
            data_column="subject_id",
            sheet_words=("cumulative",),
            key=_QUERY_KEY,
            as_of=AsOf("opened_at", "days_since_open"),
            invariants=(
                Invariant(
                    "QUERY-1",
                    "An open query has no response, an answered one has",
                    Severity.MEDIUM,
                    "(query_status = 'Open') = (responded_at_text IS NULL)",
                ),
                Invariant(
                    "QUERY-2",
                    "An open query that a group put to the site awaits the site; once answered it awaits that group",
                    Severity.LOW,
                    "marking_group IS NULL OR marking_group NOT LIKE 'Site from %' OR CASE WHEN query_status = 'Open' THEN action_owner_text = 'Site Review'"
                    " ELSE action_owner_text = CASE replace(marking_group, 'Site from ', '') WHEN 'System' THEN 'DM Review' WHEN 'Data Manager' THEN 'DM Review'"
                    " WHEN 'Central Monitor' THEN 'CCRA Review' WHEN 'Safety' THEN 'Safety Review' WHEN 'Field Monitor' THEN 'Field Monitor Review'"
                    " ELSE replace(marking_group, 'Site from ', '') END END",
                ),
                Invariant(
                    "QUERY-3",
                    "No response comes before the opening",
                    Severity.MEDIUM,
                    "responded_at IS NULL OR opened_at IS NULL OR responded_at >= opened_at",
                ),
            ),
        ),
        SheetContract(
            code="query_site_action",
            title="Queries awaiting site action (repeats the cumulative sheet)",
            table=TableName("query_action_list"),
            columns=_QUERY_COLUMNS,
            signature=_QUERY_SIGNATURE,
            data_column="subject_id",
            sheet_words=("siteaction",),
            content={"action_owner": r"(?i)^site"},
            constants={"action_list": "site"},
            role=Role.SUPPORTING,
            key=_QUERY_KEY,
        ),
        SheetContract(
            code="query_cra_action",
            title="Queries awaiting CRA action (repeats the cumulative sheet)",
            table=TableName("query_action_list"),
            columns=_QUERY_COLUMNS,
            signature=_QUERY_SIGNATURE,
            data_column="subject_id",
            sheet_words=("craaction",),
            content={"action_owner": r"(?i)^(field monitor|fm|ccra|cra)"},
            constants={"action_list": "cra"},
            role=Role.SUPPORTING,
            key=_QUERY_KEY,
        ),
        SheetContract(
            code="non_conformant",
            title="Non-conformant items",
            table=TableName("nonconformant_item"),
            columns=(
                *_WHO,
                FOLDER_COLUMN,
                FORM_COLUMN,
                RECORD_COLUMN,
                ITEM_COLUMN,
                Column(
                    "audit_time",
                    Holds.TIMESTAMP,
                    ("Audit Time", "Audit Date", "Audit Date and Time", "Audit Timestamp"),
                    "Audit time",
                    keeps_text=True,
                ),
                VISIT_DATE_COLUMN,
            ),
            signature=("subject_id", "audit_time", "item_oid"),
            data_column="subject_id",
            sheet_words=("nonconformant",),
            key=("subject_id", "folder_name", "form_label", "record_no", "item_oid"),
        ),
        SheetContract(
            code="pi_signature",
            title="Signatures pending",
            table=TableName("signature"),
            columns=(
                *_WHO,
                Column(
                    "folder_name",
                    Holds.FOLDER,
                    (*VISITS, *FOLDERS),
                    "Folder",
                    cdisc="StudyEvent",
                    derived=(VISIT_KEY,),
                ),
                FORM_COLUMN,
                Column(
                    "signature_state",
                    Holds.CATEGORY,
                    (
                        *("Page Require Signature", "Page Requires Signature", "Page Requiring Signature", "Requires Signature"),
                        *("Signature Required", "Signature Status", "PI Signature Status"),
                    ),
                    "Signature",
                    vocabulary={
                        "Never signed": ("Yes - Never Signed", "Never Signed", "Not Signed", "Unsigned"),
                        "Broken": ("Yes - Broken Signature", "Broken Signature", "Signature Broken", "Broken"),
                    },
                    keeps_text=True,
                ),
                Column("audit_action", Holds.TEXT, ("Audit Action",), "Audit action"),
                VISIT_DATE_COLUMN,
                Column(
                    "pending_from",
                    Holds.DATE,
                    ("Date page entered/ Date last PI Sign", "Date page entered", "Page Entered Date", "Page Entry Date", "Date Entered"),
                    "Entered or last signed",
                    keeps_text=True,
                ),
                count("days_pending", "Days pending", "No. of days", "# of days", "Days Pending", "Pending Days", unit="days"),
                Column(
                    "pending_band", Holds.CATEGORY, ("Pending since/ PI signed since", "Pending since"), "Band in source", keeps_text=True
                ),
            ),
            signature=("subject_id", "signature_state"),
            data_column="subject_id",
            sheet_words=("pisignature", "signature"),
            key=("subject_id", "folder_name", "form_label", "visit_date_text"),
            as_of=AsOf("pending_from", "days_pending"),
        ),
        SheetContract(
            code="sdv",
            title="Source data verification",
            table=TableName("sdv_page"),
            columns=(
                *_WHO,
                FOLDER_COLUMN,
                FORM_COLUMN,
                VISIT_DATE_COLUMN,
                Column(
                    "verification_status",
                    Holds.CATEGORY,
                    (
                        "Verification Status",
                        "Status of Verification",
                        "SDV Status",
                        "SDV Verification Status",
                        "Source Verification Status",
                    ),
                    "Verification",
                    vocabulary={
                        "Verified": ("Verifed", "Verified", "SDV Completed", "SDV Done", "SDV Verified"),
                        "Require verification": (
                            *("Require Verification", "Requires Verification", "Verification Required", "Requires SDV", "SDV Required"),
                            *("Pending Verification", "Verification Pending", "To Be Verified"),
                        ),
                    },
                    keeps_text=True,
                ),
            ),
            signature=("subject_id", "verification_status"),
            data_column="subject_id",
            sheet_words=("sdv",),
            key=("subject_id", "folder_name", "form_label", "visit_date_text"),
        ),
        SheetContract(
            code="protocol_deviation",
            title="Protocol deviations",
            table=TableName("deviation"),
            columns=(
                *_WHO,
                FOLDER_COLUMN,
                FORM_COLUMN,
                RECORD_COLUMN,
                Column(
                    "deviation_status",
                    Holds.CATEGORY,
                    ("PD Status", "Deviation Status", "Protocol Deviation Status", "Status of Deviation"),
                    "Deviation",
                    cdisc="DV",
                    vocabulary={
                        "Confirmed": ("PD Confirmed", "Confirmed", "Confirmed PD", "Deviation Confirmed"),
                        "Proposed": ("PD proposed", "Proposed", "Proposed PD", "Deviation Proposed"),
                    },
                    keeps_text=True,
                ),
                VISIT_DATE_COLUMN,
            ),
            signature=("subject_id", "deviation_status"),
            data_column="subject_id",
            sheet_words=("deviation",),
            key=("subject_id", "folder_name", "record_no"),
        ),
        _page_action("crf_freeze", "Pages frozen", "freeze", ("Freeze", "Freeze Action", "Freeze Status", "Frozen"), ("crffreeze",)),
        _page_action(
            "crf_unfreeze", "Pages un-frozen", "unfreeze", ("UnFreeze", "UnFreeze Action", "UnFreeze Status", "Unfrozen"), ("unfreeze",)
        ),
        _page_action("crf_locked", "Pages locked", "lock", _LOCKS, ("crflocked",), {"action_text": r"(?i)^locke?d?$"}),
        _page_action("crf_unlocked", "Pages un-locked", "unlock", _LOCKS, ("unlocked",), {"action_text": r"(?i)^un-?\s?locke?d?$"}),
        SheetContract(
            code="sv",
            title="Subject visits",
            table=TableName("visit"),
            columns=(
                *_WHO,
                Column(
                    "folder_name",
                    Holds.FOLDER,
                    (*FOLDERS, *VISITS),
                    "Visit",
                    cdisc="VISIT",
                    derived=(VISIT_KEY, Derived("is_unplanned", "Unplanned visit", _unplanned)),
                ),
                VISIT_DATE_COLUMN,
            ),
            signature=("subject_id", "folder_name", "visit_date"),
            data_column="subject_id",
            sheet_words=("sv", "subjectvisits"),
            closed=True,
            key=("subject_id", "folder_name", "visit_date_text"),
        ),
        SheetContract(
            code="report_description",
            title="What each report of the workbook shows",
            table=TableName("report_description"),
            columns=(Column("report_name", Holds.TEXT, ("Report Name",), "Report"), Column("content", Holds.TEXT, ("Content",), "Content")),
            signature=("report_name", "content"),
            data_column="report_name",
            sheet_words=("reportsinfo",),
            role=Role.SUPPORTING,
        ),
    ),
)
