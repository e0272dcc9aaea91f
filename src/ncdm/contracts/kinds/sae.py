"""SAE dashboard: discrepancies under review by data management and by safety (data-contracts 3.4)."""

from ncdm.contracts.columns import COUNTRY_COLUMN, FORM_COLUMN, SITE_COLUMN, STUDY_COLUMN, SUBJECT_COLUMN
from ncdm.contracts.contract import Column, Holds, Kind, SheetContract
from ncdm.types import KindCode, TableName

_DISCREPANCY = Column(
    "discrepancy_id",
    Holds.IDENTIFIER,
    (
        *("Discrepancy ID", "Discrepancy", "Discrepancy Number", "Discrepancy No", "Discrepancy Identifier"),
        *("Disc ID", "Disc Number", "Disc No", "Disc #"),
    ),
    "Discrepancy",
    keeps_text=True,
)
_CREATED = Column(
    "created_at",
    Holds.TIMESTAMP,
    (
        *("Discrepancy Created Timestamp in Dashboard", "Discrepancy Created Timestamp", "Created Timestamp", "Discrepancy Created"),
        *("Discrepancy Created Date", "Discrepancy Created On", "Discrepancy Creation Date", "Date Discrepancy Created"),
        *("Created Date", "Creation Date", "Date Created", "Created On", "Created"),
    ),
    "Created in dashboard",
    keeps_text=True,
)
_REVIEW = Column(
    "review_status",
    Holds.CATEGORY,
    ("Review Status", "Status of Review", "Discrepancy Status", "Discrepancy Review Status", "Reviewer Status", "Status"),
    "Review status",
    vocabulary={
        "Pending for review": (
            *("Pending for Review", "Pending", "Pending Review", "Review Pending", "Awaiting Review", "To Be Reviewed"),
            *("Not Reviewed", "Not Yet Reviewed", "Not Started", "Review Not Started"),
        ),
        "Review in progress": ("Review in Progress", "In Progress", "Under Review", "In Review"),
        "Review ongoing": ("Review Ongoing", "Ongoing"),
        "Review completed": ("Review Completed", "Completed", "Reviewed", "Review Done", "Review Finished"),
    },
    keeps_text=True,
)
_ACTION = Column(
    "action_status", Holds.CATEGORY, ("Action Status", "Status of Action", "Action Taken", "Action"), "Action status", keeps_text=True
)
_REVIEWED = Column(
    "reviewed_at", Holds.TIMESTAMP, ("Review Date", "Date of Review", "Date Reviewed", "Reviewed On"), "Reviewed", keeps_text=True
)
_COMMENTS = Column("comments", Holds.TEXT, ("Comments", "Comment", "Review Comments", "Reviewer Comments", "Remarks"), "Comments")
_CASE = Column(
    "case_status",
    Holds.CATEGORY,
    ("Case Status", "Status of Case", "SAE Case Status", "Safety Case Status"),
    "Case status",
    vocabulary={
        "Closed": ("Closed", "Case Closed"),
        "Locked": ("Locked", "Case Locked"),
        "Open": ("Open", "Opened", "Case Open"),
    },
    keeps_text=True,
)

SAE = Kind(
    code=KindCode("sae"),
    title="SAE dashboard",
    position=4,
    file_words=("sae",),
    source_system="Safety",
    sheets=(
        SheetContract(
            code="sae_dm",
            title="SAE review by data management",
            table=TableName("sae_review"),
            columns=(
                _DISCREPANCY,
                STUDY_COLUMN,
                COUNTRY_COLUMN,
                SITE_COLUMN,
                SUBJECT_COLUMN,
                FORM_COLUMN,
                _CREATED,
                _REVIEW,
                _ACTION,
                _REVIEWED,
                _COMMENTS,
            ),
            signature=("discrepancy_id", "review_status"),
            data_column="discrepancy_id",
            sheet_words=("dm",),
            constants={"tab": "dm"},
            key=("tab", "discrepancy_id"),
        ),
        SheetContract(
            code="sae_safety",
            title="SAE review by safety",
            table=TableName("sae_review"),
            columns=(_DISCREPANCY, STUDY_COLUMN, SITE_COLUMN, SUBJECT_COLUMN, _CASE, _CREATED, _REVIEW, _ACTION, _REVIEWED, _COMMENTS),
            signature=("discrepancy_id", "review_status", "case_status"),
            data_column="discrepancy_id",
            sheet_words=("safety",),
            constants={"tab": "safety"},
            key=("tab", "discrepancy_id"),
        ),
    ),
)
