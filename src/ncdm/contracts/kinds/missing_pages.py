"""Global missing pages report, in its old and its modern layout (data-contracts 3.6)."""

from ncdm.contracts.columns import (
    COUNTRY_COLUMN,
    FOLDERS,
    FORM_COLUMN,
    SITE_COLUMN,
    STATUSES,
    STUDY_COLUMN,
    SUBJECT_COLUMN,
    VISIT_DATE_COLUMN,
    VISIT_KEY,
    VISITS,
)
from ncdm.contracts.contract import AsOf, Column, Headline, Holds, Invariant, Kind, SheetContract, Tab
from ncdm.types import KindCode, Severity, TableName

# Tab 1 is no superset of tab 2: of each subject, folder and visit date the larger of the counts of the tabs, and of each
# subject's summary pages too. Forms differ between tabs and are never used (data-contracts 3.6). Tabs may come as files of
# their own, as a delivery of delimited text has them, and a tab in parts, by site.
# A page whose level is not known is in neither part, so neither part nor their sum is known.
_TABS = """
    tabs AS (SELECT *, dense_rank() OVER (PARTITION BY study_id ORDER BY source_sha256, sheet_no) AS tab FROM missing_page),
    visit_level AS (
        SELECT study_id, max(n) AS n
        FROM (
            SELECT study_id, tab, subject_id, folder_name, visit_date_text, count(*) AS n
            FROM tabs WHERE page_level = 'visit' GROUP BY ALL
        )
        GROUP BY study_id, subject_id, folder_name, visit_date_text
    ),
    summary AS (
        SELECT study_id, max(n) AS n
        FROM (SELECT study_id, tab, subject_id, count(*) AS n FROM tabs WHERE page_level = 'summary' GROUP BY ALL)
        GROUP BY study_id, subject_id
    ),
    united AS (SELECT study_id, sum(n) AS n FROM visit_level GROUP BY study_id),
    united_summary AS (SELECT study_id, sum(n) AS n FROM summary GROUP BY study_id),
    studies AS (
        SELECT study_id, CASE WHEN bool_and(coalesce(page_level IN ('visit', 'summary'), false)) THEN 0 END AS known FROM missing_page GROUP BY study_id
    ),
    parts AS (
        SELECT study_id, known + coalesce(u.n, 0) AS visits, known + coalesce(s.n, 0) AS summaries
        FROM studies LEFT JOIN united u USING (study_id) LEFT JOIN united_summary s USING (study_id)
    )
"""

MISSING_PAGES = Kind(
    code=KindCode("missing_pages"),
    title="Missing pages",
    position=6,
    file_words=("page",),
    source_system="EDC",
    headlines=(
        Headline(
            "missing_pages_union_n",
            "Missing pages, both tabs united",
            "pages",
            f"WITH {_TABS} SELECT study_id, visits + summaries AS value FROM parts",
        ),
        Headline(
            "missing_pages_visit_level_n",
            "Visit-level pages, both tabs united",
            "pages",
            f"WITH {_TABS} SELECT study_id, visits AS value FROM parts",
        ),
        Headline("missing_pages_summary_n", "Summary pages", "pages", f"WITH {_TABS} SELECT study_id, summaries AS value FROM parts"),
    ),
    sheets=(
        SheetContract(
            code="missing_pages",
            title="Missing pages",
            table=TableName("missing_page"),
            columns=(
                STUDY_COLUMN,
                COUNTRY_COLUMN,
                SITE_COLUMN,
                SUBJECT_COLUMN,
                Column(
                    "subject_status",
                    Holds.CATEGORY,
                    ("Overall Subject Status", *STATUSES, "Subject Stat", "Overall Status"),
                    "Subject status",
                    keeps_text=True,
                ),
                Column("visit_subject_status", Holds.CATEGORY, ("Visit Level Subject Status",), "Subject status at visit"),
                Column(
                    "folder_name",
                    Holds.FOLDER,
                    (*FOLDERS, *VISITS),
                    "Folder",
                    cdisc="StudyEvent",
                    derived=(VISIT_KEY,),
                ),
                FORM_COLUMN,
                Column(
                    "page_level",
                    Holds.CATEGORY,
                    ("Form Type (Summary or Visit)", "Form Details", "Form Type", "Form Level", "Page Type", "Page Level", "Page Details"),
                    "Page level",
                    vocabulary={
                        "visit": ("Visit Level", "Visit", "Visit Page", "Visit Form", "Visit Level Page", "Visit Level Form"),
                        "summary": ("Summary Page", "Summary", "Summary Form", "Summary Level", "Summary Level Page"),
                    },
                    labels_vocabulary=True,
                    keeps_text=True,
                ),
                VISIT_DATE_COLUMN,
                Column("screening_visit_date", Holds.DATE, ("Screening Visit Date",), "Screening visit date"),
                Column(
                    "days_missing",
                    Holds.INTEGER,
                    (
                        *("No. #Days Page Missing", "# of Days Missing", "Days Page Missing", "Days Missing", "Missing Days"),
                        *("Days Page is Missing", "Page Missing Days", "Days Form Missing", "Days CRF Missing", "Days Since Missing"),
                        *("Days Page Overdue", "Days Page Outstanding"),
                    ),
                    "Days missing",
                    unit="days",
                    keeps_text=True,
                ),
            ),
            signature=("subject_id", "days_missing"),
            data_column="subject_id",
            tab=Tab.MANY,
            sheet_words=("pagesmissing", "missingpages"),
            key=("subject_id", "folder_name", "visit_date_text"),
            as_of=AsOf("visit_date", "days_missing"),
            invariants=(
                Invariant(
                    "PAGES-1",
                    "Days missing are given exactly when the visit date is a date",
                    Severity.LOW,
                    "(visit_date IS NULL) = (days_missing IS NULL)",
                ),
            ),
        ),
    ),
)
