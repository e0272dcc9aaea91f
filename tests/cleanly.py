"""A study in which every subject is clean, as sheets of lines, to plant things in."""

from copy import deepcopy

from tests.building import CODING, LABS, MODERN, QUERY, SAE, SUBJECT_HEADER, WHO, Given
from tests.delivering import Lines

FIGURES: tuple[str, ...] = (
    *("visits", "pages", "nonconformant", "with", "without", "share"),
    *("dm", "clinical", "medical", "site", "monitor", "coding", "safety", "total"),
    *("required", "verified", "frozen", "unfrozen", "locked", "unlocked", "confirmed", "proposed"),
    *("signed", "lt45", "45to90", "gt90", "broken", "never"),
)
"""The columns of the subject sheet from the 17th on, in their order."""
FIRST = 16
RESPONSIBLE = {
    "nonconformant": "Site/CRA",
    "dm": "DM",
    "site": "Site/CRA",
    "required": "CRA",
    "confirmed": "CD LF",
    "signed": "Investigator",
}
Study = dict[str, dict[str, Lines]]


def subject(number: int, status: Given = "On Trial", **figures: int) -> list[Given]:
    """A line of the subject sheet: 4 visits, 10 pages, all verified and signed, and nothing else but ``figures``."""
    told: dict[str, Given] = dict.fromkeys(FIGURES, 0) | {"with": None, "without": None, "share": None}
    told |= {"visits": 4, "pages": 10, "verified": 10, "signed": 10} | figures
    return [
        "Study 7",
        "ASIA",
        "JPN",
        f"Site {1 + number % 2}",
        f"Subject {number}",
        "Week 1",
        status,
        *[None] * 9,
        *(told[name] for name in FIGURES),
    ]


def head(text: str) -> list[Given]:
    """A header line."""
    return list(text.split("|"))


def coded(label: Given, dictionary: str) -> list[Given]:
    """A coded term of one subject."""
    return [
        f"{dictionary.split('-', maxsplit=1)[0]} Coding Report",
        "Study 7",
        dictionary,
        "28.1",
        label,
        "AE",
        1,
        "AETERM",
        "Coded Term",
        "No",
    ]


def uncoded(number: int, line: int = 2) -> list[Given]:
    """An uncoded MedDRA term."""
    return ["MedDRA Coding Report", "Study 7", "MedDRA", None, f"Subject {number}", "AE", line, "AETERM", "UnCoded Term", "Yes"]


def page(number: int, form: int = 1, level: str = "Visit Level") -> list[Given]:
    """A line of the missing pages."""
    return [
        "Study 7",
        "JPN",
        f"Site {1 + number % 2}",
        f"Subject {number}",
        "On Trial",
        None,
        "Week 1",
        "04 NOV 2025",
        level,
        f"Form {form}",
        10,
    ]


def study(*subjects: list[Given]) -> Study:
    """All nine reports of a study of these subjects; every exception report holds its header alone, coding one coded term each."""
    header: Lines = [list(line) for line in SUBJECT_HEADER]
    for name, who in RESPONSIBLE.items():
        header[3][FIRST + FIGURES.index(name)] = who
    return {
        "cpid": {
            "Subject Level Metrics": [*header, *subjects],
            "Query Report - Cumulative": [head(f"{WHO}|Folder Name|Form|{QUERY}")],
            "PI Signature Report": [
                head(
                    f"{WHO}|Visit Name|Data Page Name|Page Require Signature|Audit Action|Visit Date|Date page entered/ Date last PI Sign|No. of days|Pending since/ PI signed since"
                )
            ],
        },
        "tracker": {"Missing Visits": [head("Country|Site|Subject|Visit|Projected Date|# Days Outstanding")]},
        "labs": {"Labs": [head(LABS)]},
        "sae": {
            "SAE Dashboard_DM": [head(f"Discrepancy ID|Study ID|Country|Site|Patient ID|Form Name|{SAE}")],
            "SAE Dashboard_Safety": [head(f"Discrepancy ID|Study ID|Site|Patient ID|Case Status|{SAE}")],
        },
        "pages": {"All Pages Missing": [head(MODERN)]},
        "edrr": {"OpenIssuesSummary": [head("Study|Subject|Total Open issue Count per subject|.")]},
        "meddra": {"Sheet1": [head(f"MedDRA Coding Report|{CODING}"), *(coded(line[4], "MedDRA") for line in subjects)]},
        "whodrug": {"Sheet1": [head(f"WHODrug Coding Report|{CODING}"), *(coded(line[4], "WHODrug-Global-B3") for line in subjects)]},
    }


def planted(base: Study, book: str, sheet: str, *lines: list[Given]) -> Study:
    """The same study with more lines on one sheet."""
    found = deepcopy(base)
    found[book][sheet].extend(list(line) for line in lines)
    return found


def without(base: Study, book: str) -> Study:
    """The same study without one report."""
    return {name: sheets for name, sheets in base.items() if name != book}


def missing_visit(number: int, days: int = 10) -> list[Given]:
    """A line of the visit projection tracker."""
    return ["JPN", f"Site {1 + number % 2}", f"Subject {number}", "Week 9", "04 NOV 2025", days]


def query(number: int, status: str = "Open", owner: str = "Site Review", days: int = 10) -> list[Given]:
    """A line of the cumulative query sheet."""
    raised = "Site from System" if owner == "Site Review" else "DM from System"
    return [
        "Study 7", "ASIA", "JPN", f"Site {1 + number % 2}", f"Subject {number}", "Week 1", "Form 1", "AETERM", 1, "04 NOV 2025", status, owner, raised,
        "2025-11-04 00:00:00", None if status == "Open" else "2025-11-10 00:00:00", days, None if status == "Open" else 4,
    ]  # fmt: skip


def discrepancy(number: int, status: str = "Pending for Review") -> list[Given]:
    """A line of the SAE dashboard of data management."""
    return [100 + number, "Study 7", "JPN", f"Site {1 + number % 2}", f"Subject {number}", "Form 1", "2025-10-01 10:00:00", status, None]


def issue(number: int, count: int = 1) -> list[Given]:
    """A line of the EDRR."""
    return ["Study 7", f"Subject {number}", count, None]
