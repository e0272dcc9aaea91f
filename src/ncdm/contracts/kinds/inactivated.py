"""Inactivated forms, folders and records (data-contracts 3.5)."""

from ncdm.contracts.columns import COUNTRY_COLUMN, FOLDER_COLUMN, FORM_COLUMN, SITE_COLUMN, STUDY_COLUMN, SUBJECT_COLUMN
from ncdm.contracts.contract import Column, Derived, Holds, Kind, SheetContract
from ncdm.types import KindCode, TableName


def _object(action: str) -> str | None:
    """Whether a page or a record was inactivated."""
    words = action.lower().replace(" ", "")
    if "datapage" in words:
        return "page"
    return "record" if "record" in words else None


def _reason(action: str) -> str | None:
    """The reason code that the audit action names."""
    words = action.lower().replace(" ", "")
    if _object(action) is None:
        return None
    if "notapplicable" in words:
        return "not_applicable"
    return "not_done" if "notdone" in words else "none"


def _actor(action: str) -> str | None:
    """Whether a person or an amendment migration did it."""
    if _object(action) is None:
        return None
    return "amendment_manager" if "amendmentmanager" in action.lower().replace(" ", "") else "user"


INACTIVATED = Kind(
    code=KindCode("inactivated"),
    title="Inactivated forms and records",
    position=5,
    file_words=("inactiv",),
    source_system="EDC",
    sheets=(
        SheetContract(
            code="inactivated",
            title="Inactivated forms and records",
            table=TableName("inactivation"),
            columns=(
                STUDY_COLUMN,
                COUNTRY_COLUMN,
                SITE_COLUMN,
                SUBJECT_COLUMN,
                FOLDER_COLUMN,
                FORM_COLUMN,
                Column(
                    "has_data",
                    Holds.CATEGORY,
                    (
                        *("Data on Form/ Record", "Data on Form/Record", "Data on Form", "Data on Form or Record", "Data on Record"),
                        *("Data on Page", "Data on Page/Record", "Has Data", "Form has Data", "Data Present"),
                    ),
                    "Data on form",
                    vocabulary={"Y": ("Y", "Yes", "True"), "N": ("N", "No", "False")},
                    keeps_text=True,
                ),
                Column(
                    "record_position",
                    Holds.INTEGER,
                    (
                        *("RecordPosition", "RecordPostion", "Record Position", "Record Pos", "Record", "Record No", "Record Number"),
                        *("Log #", "Logline", "Log Line", "Log No", "Log Line Number"),
                    ),
                    "Record position",
                    cdisc="ItemGroupRepeatKey",
                ),
                Column(
                    "audit_action",
                    Holds.TEXT,
                    ("Audit Action", "Audit Trail Action", "Audit Trail", "Inactivation Action", "Action"),
                    "Audit action",
                    derived=(
                        Derived("inactivated_object", "Object", _object),
                        Derived("inactivation_reason", "Reason", _reason),
                        Derived("inactivation_actor", "Actor", _actor),
                    ),
                ),
            ),
            signature=("subject_id", "has_data", "audit_action"),
            data_column="subject_id",
            key=("subject_id", "folder_name", "form_label", "record_position"),
        ),
    ),
)
