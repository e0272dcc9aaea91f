"""Columns that many report kinds share, each with every spelling seen so far."""

import re

from ncdm.contracts.contract import Column, Derived, Holds

STUDY_COLUMN = Column(
    "source_study",
    Holds.STUDY,
    ("Study", "Study ID", "Study Name", "Project Name", "Project", "Protocol", "Protocol Number", "Study Number", "STUDYID"),
    "Study",
    cdisc="STUDYID",
)
SUBJECT_COLUMN = Column(
    "subject_id",
    Holds.SUBJECT,
    (
        "Subject",
        "Subject ID",
        "Subject Name",
        "SubjectName",
        "Patient ID",
        "Subject Number",
        "Subject No",
        "Subject Label",
        "Subject Identifier",
        "SUBJID",
        "USUBJID",
        "Subj ID",
        "Participant",
        "Participant ID",
        "Participant Number",
        "Patient Name",
        "Patient",
        "Patient Number",
        "Screening Number",
    ),
    "Subject",
    cdisc="SUBJID",
)
SITE_COLUMN = Column(
    "site_id",
    Holds.SITE,
    (
        "Site",
        "Site ID",
        "Site Number",
        "SiteNumber",
        "Study Site",
        "Study Site Number",
        "Site No",
        "Site Name",
        "Site Nbr",
        "Site Identifier",
        "Investigator Site",
        "Center",
        "Centre",
        "Center Number",
    ),
    "Site",
    cdisc="SITEID",
    keeps_text=True,
)
COUNTRY_COLUMN = Column(
    "country_iso3",
    Holds.COUNTRY,
    ("Country", "SiteGroupName(CountryName)", "Country Name", "Site Group", "Country Code", "Country/Region", "Ctry"),
    "Country",
    cdisc="COUNTRY",
)
REGION_COLUMN = Column(
    "region",
    Holds.CATEGORY,
    ("Region", "Geographic Region"),
    "Region",
    vocabulary={"ASIA": ("ASIA",), "EMEA": ("EMEA",), "AMERICA": ("AMERICA", "AMERICAS")},
    keeps_text=True,
)
FOLDER_COLUMN = Column(
    "folder_name", Holds.FOLDER, ("Folder Name", "FolderName", "Folder", "Event", "Event Name"), "Folder", cdisc="StudyEvent"
)
FORM_COLUMN = Column(
    "form_label",
    Holds.FORM,
    ("Form", "Form Name", "FormName", "Data Page Name", "Page Name", "Page", "Data Page", "CRF", "CRF Name", "eCRF"),
    "Form",
)
RECORD_COLUMN = Column(
    "record_no",
    Holds.INTEGER,
    ("Log #", "Log", "Logline", "Log Line", "Log No", "Log Number", "Record Number"),
    "Log line",
    cdisc="ItemGroupRepeatKey",
)
ITEM_COLUMN = Column("item_oid", Holds.TEXT, ("Field OID", "Item OID", "FieldOID", "ItemOID"), "Item", cdisc="ItemOID")
VISIT_DATE_COLUMN = Column(
    "visit_date", Holds.DATE, ("Visit Date", "VisitDate", "Date of Visit", "Visit Dt"), "Visit date", cdisc="SVSTDTC", keeps_text=True
)

_NOT_WORD = re.compile(r"[^a-z0-9]")
_TRAILING_COUNT = re.compile(r"\(\s*\d+\s*\)\s*$")


def visit_match_key(name: str) -> str:
    """A visit name for matching only: ``CYCLE2WEEK3`` and ``Cycle 2 Week 3 (1)`` agree (data-contracts section 2)."""
    return _NOT_WORD.sub("", _TRAILING_COUNT.sub("", name).lower())


VISIT_KEY = Derived("visit_key", "Visit, for matching", visit_match_key)
VISIT_NAME_COLUMN = Column(
    "visit_name", Holds.FOLDER, ("Visit", "Visit Name", "VisitName", "Visit Label"), "Visit", cdisc="VISIT", derived=(VISIT_KEY,)
)


def count(name: str, title: str, *synonyms: str, unit: str = "") -> Column:
    """A column of non-negative whole numbers."""
    return Column(name, Holds.INTEGER, synonyms, title, unit=unit)
