"""SAE dashboard: discrepancies under review by data management and by safety (data-contracts 3.4)."""

from ncdm.contracts.columns import COUNTRY_COLUMN, FORM_COLUMN, SITE_COLUMN, STUDY_COLUMN, SUBJECT_COLUMN
from ncdm.contracts.contract import Column, Holds, Kind, SheetContract
from ncdm.types import KindCode, TableName

_DISCREPANCY = Column(
    "discrepancy_id",
    Holds.IDENTIFIER,
    ("Discrepancy ID", "Discrepancy", "Disc ID", "Discrepancy Number", "Discrepancy No"),
    "Discrepancy",
    keeps_text=True,
)
_CREATED = Column(
    "created_at",
    Holds.TIMESTAMP,
    (
        "Discrepancy Created Timestamp in Dashboard",
        "Discrepancy Created Timestamp",
        "Created Timestamp",
        "Discrepancy Created",
        "Discrepancy Created Date",
        "Created On",
    ),
    "Created in dashboard",
    keeps_text=True,
)
_REVIEW = Column(
    "review_status",
    Holds.CATEGORY,
    ("Review Status", "Status of Review", "Status"),
    "Review status",
    vocabulary={
        "Pending for review": ("Pending for Review", "Pending"),
        "Review in progress": ("Review in Progress",),
        "Review ongoing": ("Review Ongoing",),
        "Review completed": ("Review Completed", "Completed"),
    },
    keeps_text=True,
)
_ACTION = Column("action_status", Holds.CATEGORY, ("Action Status", "Status of Action"), "Action status", keeps_text=True)
_REVIEWED = Column("reviewed_at", Holds.TIMESTAMP, ("Review Date",), "Reviewed", keeps_text=True)
_COMMENTS = Column("comments", Holds.TEXT, ("Comments", "Comment"), "Comments")
_CASE = Column(
    "case_status",
    Holds.CATEGORY,
    ("Case Status", "Status of Case"),
    "Case status",
    vocabulary={"Closed": ("Closed",), "Locked": ("Locked",), "Open": ("Open",)},
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
