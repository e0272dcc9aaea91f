"""Missing lab names and ranges (data-contracts 3.3)."""

from ncdm.contracts.columns import COUNTRY_COLUMN, FORM_COLUMN, SITE_COLUMN, STUDY_COLUMN, SUBJECT_COLUMN, VISIT_NAME_COLUMN
from ncdm.contracts.contract import Column, Holds, Invariant, Kind, SheetContract
from ncdm.types import KindCode, Severity, TableName

LABS = Kind(
    code=KindCode("labs"),
    title="Missing lab names and ranges",
    position=3,
    file_words=("lnr", "lab"),
    source_system="Laboratory",
    sheets=(
        SheetContract(
            code="labs",
            title="Missing lab names and ranges",
            table=TableName("lab_issue"),
            columns=(
                STUDY_COLUMN,
                COUNTRY_COLUMN,
                SITE_COLUMN,
                SUBJECT_COLUMN,
                VISIT_NAME_COLUMN,
                FORM_COLUMN,
                Column(
                    "lab_category",
                    Holds.CATEGORY,
                    (
                        "Lab category",
                        "Laboratory Category",
                        "Lab Test Category",
                        "Test Category",
                        "Category",
                        "Lab Panel",
                        "Panel",
                        "LBCAT",
                    ),
                    "Lab category",
                    cdisc="LBCAT",
                    vocabulary={
                        "CHEMISTRY": ("CHEMISTRY", "CLINICAL CHEMISTRY", "BIOCHEMISTRY", "SERUM CHEMISTRY", "BLOOD CHEMISTRY"),
                        "HEMATOLOGY": ("HEMATOLOGY", "HAEMATOLOGY"),
                        "URINALYSIS": ("URINALYSIS", "URINE ANALYSIS"),
                    },
                    keeps_text=True,
                ),
                Column(
                    "lab_date",
                    Holds.DATE,
                    (
                        *("Lab Date", "Laboratory Date", "Date of Lab", "Lab Sample Date", "Lab Collection Date", "Lab Test Date", "LBDTC"),
                        *("Sample Date", "Sample Collection Date", "Date of Sample", "Specimen Date", "Specimen Collection Date"),
                        *("Collection Date", "Date of Collection", "Date Collected"),
                    ),
                    "Lab date",
                    cdisc="LBDTC",
                    keeps_text=True,
                ),
                Column(
                    "test_code",
                    Holds.TEXT,
                    ("Test Name", "Test Code", "Lab Test Name", "Lab Test Code", "Lab Test", "Test", "Analyte", "Analyte Name", "LBTESTCD"),
                    "Test code",
                    cdisc="LBTESTCD",
                ),
                Column(
                    "test_name",
                    Holds.TEXT,
                    ("Test description", "Lab Test description", "Description of Test", "Test Label", "Analyte description", "LBTEST"),
                    "Test",
                    cdisc="LBTEST",
                ),
                Column(
                    "issue_type",
                    Holds.CATEGORY,
                    ("Issue", "Issue Type", "Type of Issue", "Lab Issue", "Issue Description", "Issue Category"),
                    "Issue",
                    vocabulary={
                        "Missing lab name": ("Missing Lab name", "Lab name missing", "Lab name not entered", "Missing laboratory name"),
                        "Ranges or units not entered": (
                            *("Ranges/ Units not entered", "Ranges/Units not entered", "Ranges or Units not entered"),
                            *("Missing Ranges/Units", "Ranges/Units missing", "Missing Ranges or Units", "Missing Lab Ranges/Units"),
                        ),
                    },
                    keeps_text=True,
                ),
                Column(
                    "action_owner",
                    Holds.CATEGORY,
                    ("Comments", "Comment", "Action", "Action for", "Action By", "Action Owner", "Action Required"),
                    "Action owner",
                    vocabulary={
                        "Site": ("Action for Site", "Site", "Site Action", "Action by Site"),
                        "CRA": ("Action for CRA", "CRA", "CRA Action", "Action by CRA"),
                    },
                    keeps_text=True,
                ),
            ),
            signature=("subject_id", "lab_date", "issue_type"),
            data_column="subject_id",
            sheet_words=("missinglab",),
            key=("subject_id", "visit_name", "form_label", "lab_date", "test_code", "issue_type"),
            invariants=(
                Invariant(
                    "LABS-1",
                    "A missing lab name is an action for the site, missing ranges or units are one for the CRA",
                    Severity.LOW,
                    "action_owner IS NULL OR issue_type IS NULL OR (action_owner = 'Site') = (issue_type = 'Missing lab name')",
                ),
            ),
        ),
    ),
)
