"""Header lines and folder names that several deliveries share."""

ALL_TAB, VISIT_TAB = "All Pages Missing", "Visit Level Pages Missing"
MODERN = (
    "Study Name",
    "SiteGroupName(CountryName)",
    "SiteNumber",
    "SubjectName",
    "Overall Subject Status",
    "Visit Level Subject Status",
    "FolderName",
    "Visit date",
    "Form Type (Summary or Visit)",
    "FormName",
    "No. #Days Page Missing",
)
OLD = (
    "Form Details",
    "Country",
    "Site Number",
    "Subject Name",
    "Visit Name",
    "Page Name",
    "Visit date",
    "Subject Status",
    "# of Days Missing",
)
OLD_STATUS = "Subject Stat"
TODAY = "# Days Outstanding (TODAY - PROJECTED\nDATE)"
TRACKER = ("Country", "Site", "Subject", "Visit", "Projected Date")
PLAIN_FOLDER = "Study {n}_CPID_Input Files - Anonymization"
LOUD_FOLDER = "STUDY {n}_CPID_Input Files - Anonymization"


def renamed(headers: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """The headers with one spelled differently."""
    return tuple(new if header == old else header for header in headers)


def without(headers: tuple[str, ...], gone: str) -> tuple[str, ...]:
    """The headers less one."""
    return tuple(header for header in headers if header != gone)
