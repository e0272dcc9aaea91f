"""Columns that many report kinds share, each with every spelling seen or to be expected of another export."""

import re

from ncdm.contracts.contract import Column, Derived, Holds

STUDY_COLUMN = Column(
    "source_study",
    Holds.STUDY,
    (
        *("Study", "Study ID", "Study Name", "Project Name", "Project", "Protocol"),
        *("Study Number", "Study No", "Study Code", "Study Identifier", "Protocol ID", "Protocol Number", "Protocol No", "Protocol Name"),
        *("STUDYID", "Project ID", "Trial", "Trial ID", "Clinical Study"),
    ),
    "Study",
    cdisc="STUDYID",
)
SUBJECT_COLUMN = Column(
    "subject_id",
    Holds.SUBJECT,
    (
        *("Subject", "Subject ID", "Subject Name", "SubjectName", "Patient ID", "Subject Number", "Subject No", "Subject Label"),
        *("Patient", "Patient Number", "Screening Number"),
        *("Subject Identifier", "SUBJID", "USUBJID", "Unique Subject Identifier", "Subj ID", "Subj", "Subj No", "Subject Code"),
        *("Participant", "Participant ID", "Participant Number", "Participant No", "Participant Name", "Participant Identifier"),
        *("Patient No", "Patient Name", "Patient Identifier", "Screening No", "Screening ID"),
    ),
    "Subject",
    cdisc="SUBJID",
)
SITE_COLUMN = Column(
    "site_id",
    Holds.SITE,
    (
        *("Site", "Site ID", "Site Number", "SiteNumber", "Study Site", "Study Site Number", "Site No", "Site Name"),
        *("Site Identifier", "Site Nbr", "Site Num", "Site Code", "Study Site ID", "Study Site No", "Study Site Name"),
        *("Investigator Site", "Investigator Site ID", "Investigator Site Number", "Investigational Site"),
        *("Center", "Center ID", "Center Number", "Center No", "Center Name", "Study Center"),
        *("Centre", "Centre ID", "Centre Number", "Centre No", "Centre Name", "Study Centre"),
    ),
    "Site",
    cdisc="SITEID",
    keeps_text=True,
)
COUNTRY_COLUMN = Column(
    "country_iso3",
    Holds.COUNTRY,
    (
        *("Country", "SiteGroupName(CountryName)", "Country Name", "Site Group", "Country Code"),
        *("Country/Region", "Country or Region", "Country/Territory", "Ctry", "Country of Site", "Site Country", "Country ISO"),
    ),
    "Country",
    cdisc="COUNTRY",
)
REGION_COLUMN = Column(
    "region",
    Holds.CATEGORY,
    ("Region", "Region Name", "Geographic Region", "Geographical Region", "World Region"),
    "Region",
    vocabulary={"ASIA": ("ASIA",), "EMEA": ("EMEA",), "AMERICA": ("AMERICA", "AMERICAS")},
    keeps_text=True,
)
FOLDERS = ("Folder Name", "FolderName", "Folder", "Folder Label", "Visit Folder", "Study Event", "Event", "Event Name")
VISITS = ("Visit", "Visit Name", "VisitName", "Visit Label", "Study Visit", "Visit Description")
FOLDER_COLUMN = Column("folder_name", Holds.FOLDER, (*FOLDERS, *VISITS), "Folder", cdisc="StudyEvent")
FORM_COLUMN = Column(
    "form_label",
    Holds.FORM,
    (
        *("Form", "Form Name", "FormName", "Data Page Name", "Page Name", "Page", "Data Page"),
        *("Form Label", "Form Title", "Page Label", "Page Title", "CRF", "CRF Name", "CRF Page", "eCRF", "eCRF Name", "eCRF Page"),
    ),
    "Form",
)
RECORD_COLUMN = Column(
    "record_no",
    Holds.INTEGER,
    (
        *("Log #", "Log", "Logline", "Log Line", "Log No", "Log Number", "Log Line No", "Log Line Number"),
        *("Record", "Record No", "Record Number", "Record Position", "Line No", "Line Number"),
    ),
    "Log line",
    cdisc="ItemGroupRepeatKey",
)
ITEM_COLUMN = Column(
    "item_oid",
    Holds.TEXT,
    (
        "Field OID",
        "FieldOID",
        "Item OID",
        "ItemOID",
        "Variable OID",
        "Field ID",
        "Field Name",
        "Item Name",
        "Variable Name",
        "Item",
        "Variable",
    ),
    "Item",
    cdisc="ItemOID",
)
VISIT_DATE_COLUMN = Column(
    "visit_date",
    Holds.DATE,
    ("Visit Date", "VisitDate", "Date of Visit", "Visit Dt", "Visit Start Date", "Event Date", "SVSTDTC"),
    "Visit date",
    cdisc="SVSTDTC",
    keeps_text=True,
)

_NOT_WORD = re.compile(r"[^a-z0-9]")
_TRAILING_COUNT = re.compile(r"\(\s*\d+\s*\)\s*$")


def visit_match_key(name: str) -> str:
    """A visit name for matching only: ``CYCLE2WEEK3`` and ``Cycle 2 Week 3 (1)`` agree (data-contracts section 2)."""
    return _NOT_WORD.sub("", _TRAILING_COUNT.sub("", name).lower())


VISIT_KEY = Derived("visit_key", "Visit, for matching", visit_match_key)
VISIT_NAME_COLUMN = Column("visit_name", Holds.FOLDER, (*VISITS, *FOLDERS), "Visit", cdisc="VISIT", derived=(VISIT_KEY,))
STATUSES = (
    *("Subject Status", "Status of Subject", "Current Subject Status", "Subj Status"),
    *("Participant Status", "Patient Status"),
)


def count(name: str, title: str, *synonyms: str, unit: str = "") -> Column:
    """A column of non-negative whole numbers."""
    return Column(name, Holds.INTEGER, synonyms, title, unit=unit)
