"""The columns of a global coding report, the same for MedDRA and WHODrug (data-contracts 3.8, 3.9)."""

from ncdm.contracts.columns import ITEM_COLUMN, RECORD_COLUMN, STUDY_COLUMN, SUBJECT_COLUMN
from ncdm.contracts.contract import Column, Holds, Invariant
from ncdm.types import Severity

CODING_COLUMNS = (
    STUDY_COLUMN,
    Column(
        "dictionary",
        Holds.CATEGORY,
        ("Dictionary", "Dictionary Name", "Coding Dictionary", "Dictionary Type"),
        "Dictionary",
        keeps_text=True,
    ),
    Column(
        "dictionary_version",
        Holds.VERSION,
        (
            *("Dictionary Version number", "Dictionary Version", "Version", "Dictionary Version No", "Dictionary Ver"),
            *("Coding Dictionary Version", "Version Number", "Version No"),
        ),
        "Dictionary version",
        keeps_text=True,
    ),
    SUBJECT_COLUMN,
    Column("form_oid", Holds.TEXT, ("Form OID", "FormOID", "CRF OID", "eCRF OID", "Form", "Form Name", "Page Name"), "Form OID"),
    RECORD_COLUMN,
    ITEM_COLUMN,
    Column(
        "coding_status",
        Holds.CATEGORY,
        ("Coding Status", "Code Status", "Status of Coding", "Coded Status", "Term Status", "Term Coding Status", "Coding State"),
        "Coding status",
        vocabulary={
            "Coded": ("Coded Term", "Coded", "Autocoded", "Auto-coded Term", "Manually Coded", "Coding Completed"),
            "Uncoded": (
                "UnCoded Term",
                "Uncoded",
                "Not Coded",
                "Not Yet Coded",
                "Non-coded",
                "To Be Coded",
                "Pending Coding",
                "Coding Pending",
            ),
        },
        keeps_text=True,
    ),
    Column(
        "requires_coding",
        Holds.CATEGORY,
        ("Require Coding", "Requires Coding", "Requires Code", "Coding Required", "Coding Needed", "Needs Coding", "To Be Coded"),
        "Requires coding",
        vocabulary={"Yes": ("Yes", "Y", "True", "Required"), "No": ("No", "N", "False", "Not Required")},
        keeps_text=True,
    ),
)

CODING_SIGNATURE = ("subject_id", "coding_status", "requires_coding")
CODING_KEY = ("subject_id", "form_oid", "record_no", "item_oid")
CODING_INVARIANTS = (
    Invariant(
        "CODING-1",
        "An uncoded term requires coding and names no dictionary version; a coded one is the reverse",
        Severity.MEDIUM,
        "(coding_status = 'Uncoded') = (requires_coding = 'Yes') AND (coding_status = 'Uncoded') = (dictionary_version IS NULL)",
    ),
)


def report_name(*synonyms: str) -> Column:
    """The first column, headed by the name of the report itself."""
    return Column("report_name", Holds.TEXT, synonyms, "Report")
