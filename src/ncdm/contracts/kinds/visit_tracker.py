"""Visit projection tracker: visits projected and not yet entered (data-contracts 3.2)."""

from ncdm.contracts.columns import COUNTRY_COLUMN, SITE_COLUMN, STUDY_COLUMN, SUBJECT_COLUMN, VISIT_NAME_COLUMN, count
from ncdm.contracts.contract import AsOf, Column, Holds, Kind, SheetContract
from ncdm.types import KindCode, TableName

VISIT_TRACKER = Kind(
    code=KindCode("visit_tracker"),
    title="Visit projection tracker",
    position=2,
    file_words=("visit", "tracker"),
    source_system="Visit projection",
    sheets=(
        SheetContract(
            code="visit_tracker",
            title="Missing visits",
            table=TableName("missing_visit"),
            columns=(
                STUDY_COLUMN,
                COUNTRY_COLUMN,
                SITE_COLUMN,
                SUBJECT_COLUMN,
                VISIT_NAME_COLUMN,
                Column(
                    "projected_date",
                    Holds.DATE,
                    (
                        *("Projected Date", "Actual Date", "Planned Date", "Expected Date", "Scheduled Date", "Target Date", "Due Date"),
                        *("Projected Visit Date", "Planned Visit Date", "Expected Visit Date", "Scheduled Visit Date"),
                        *("Target Visit Date", "Visit Due Date", "Date Projected", "Date Planned"),
                    ),
                    "Projected date",
                    cdisc="SVSTDTC (planned)",
                    keeps_text=True,
                ),
                Column(
                    "actual_date",
                    Holds.DATE,
                    ("Visit date", "Date of Visit", "Actual Visit Date"),
                    "Actual date",
                    cdisc="SVSTDTC",
                    keeps_text=True,
                ),
                count(
                    "days_outstanding",
                    "Days outstanding",
                    "# Days Outstanding",
                    "# Days Outstanding (TODAY - PROJECTED DATE)",
                    *("Days Outstanding", "Outstanding Days", "Days Overdue", "Overdue Days", "Days Visit Overdue"),
                    *("Days Visit Outstanding", "Days Past Due", "Days Past Projected Date", "Days Since Projected Date"),
                    unit="days",
                ),
            ),
            signature=("subject_id", "days_outstanding"),
            data_column="subject_id",
            sheet_words=("missingvisits",),
            key=("subject_id", "visit_name"),
            as_of=AsOf("projected_date", "days_outstanding"),
        ),
    ),
)
