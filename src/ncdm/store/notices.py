"""What receipts and cells alone give reason to report: each with its code, its weight, and why it matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ncdm.ingest.values import Remark
from ncdm.types import Severity


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of finding that no query makes."""

    code: str
    title: str
    severity: Severity
    why: str


OTHER_FOLDER = Notice(
    "STUDY-1",
    "A file is named after another study, or lies in its folder",
    Severity.HIGH,
    "Its cells or its neighbours were believed; whoever filed it may have meant another file.",
)
TWO_FILES = Notice(
    "FILES-1",
    "Two files bring the same sheet of a report",
    Severity.HIGH,
    "The rows of both are counted, as of a report in parts: an old and a new version of one day would be counted twice.",
)
TWO_STUDIES = Notice(
    "FILES-2", "The same file lies in two studies", Severity.HIGH, "Its rows are counted in both, and can belong to one only."
)
OUTDONE = Notice(
    "FILES-3",
    "Two deliveries of a study came in one load",
    Severity.HIGH,
    "They stand for different days and name the same subjects, so only the newer is shown. To keep the older one as a state of its own, load them one after the other.",
)
REFUSED = Notice(
    "FILE-REFUSED",
    "A file was refused",
    Severity.HIGH,
    "Nothing of it was read; an earlier delivery of the report, if there is one, is still shown.",
)
QUARANTINED = Notice(
    "FILE-QUARANTINED",
    "A file was quarantined",
    Severity.HIGH,
    "It fits no contract; an earlier delivery of the report, if there is one, is still shown.",
)
SHEET_QUARANTINED = Notice(
    "SHEET-QUARANTINED",
    "A sheet that looks like a report fits no contract",
    Severity.HIGH,
    "Its lines are kept and in no count: what the report should tell is unknown or incomplete.",
)
SHEET_UNKNOWN = Notice("SHEET-UNKNOWN", "A sheet is no report that is known", Severity.LOW, "Its lines are kept and in no count.")
COLUMNS = Notice(
    "COLUMNS-1",
    "A sheet lacks known columns and brings unknown ones",
    Severity.MEDIUM,
    "A column may have a new name: what is computed from it is unknown until its spelling is known.",
)
REJECTED = Notice("LINE-REJECTED", "A line was rejected", Severity.HIGH, "It looks like data and is in no count.")
TWO_DAYS = Notice(
    "TIME-1", "Rows of one sheet imply different days", Severity.MEDIUM, "The sheet was pieced together, or its ageing is wrong."
)
SHEETS_DIFFER = Notice("TIME-3", "Sheets of one file stand for different days", Severity.LOW, "Each is aged against its own day.")
NAME_DIFFERS = Notice(
    "TIME-4", "The date in a file's name is not the day its rows imply", Severity.LOW, "The rows are believed; names are given by hand."
)
OLDER = Notice(
    "TIME-5", "A report is older than the one it replaced", Severity.HIGH, "An earlier delivery may have been loaded again by mistake."
)

NOTICES: tuple[Notice, ...] = (
    REFUSED,
    QUARANTINED,
    TWO_FILES,
    TWO_STUDIES,
    OUTDONE,
    REJECTED,
    SHEET_QUARANTINED,
    SHEET_UNKNOWN,
    COLUMNS,
    OTHER_FOLDER,
    TWO_DAYS,
    SHEETS_DIFFER,
    NAME_DIFFERS,
    OLDER,
)

_REMARKED: Mapping[Remark, tuple[str, Severity]] = {
    Remark.UNPARSED_DATE: ("A cell is no date", Severity.MEDIUM),
    Remark.UNPARSED_NUMBER: ("A cell is no whole number", Severity.MEDIUM),
    Remark.IMPLAUSIBLE_DATE: ("A date lies before the year 2000", Severity.LOW),
    Remark.NEGATIVE_NUMBER: ("A count is negative", Severity.MEDIUM),
    Remark.REASON_CODE: ("A cell says why it has no value", Severity.LOW),
    Remark.ERROR_CELL: ("A cell holds a spreadsheet error", Severity.LOW),
    Remark.CORRUPTED_ID: ("A discrepancy id is no number", Severity.LOW),
    Remark.UNKNOWN_CATEGORY: ("A value is outside the vocabulary", Severity.MEDIUM),
    Remark.RESPELT_CATEGORY: ("A value of the vocabulary is misspelt", Severity.LOW),
    Remark.UNKNOWN_COUNTRY: ("A country is unknown to ISO 3166", Severity.MEDIUM),
    Remark.UNLABELLED_SUBJECT: ("A label names no subject", Severity.LOW),
    Remark.UNLABELLED_SITE: ("A label names no site", Severity.LOW),
    Remark.ABSENT_KEY: ("A subject or site cell holds a dash", Severity.LOW),
    Remark.SCRUBBED: ("An identifier-like number was masked", Severity.LOW),
}

REMARKS: Mapping[Remark, Notice] = MappingProxyType(
    {
        remark: Notice(
            f"CELL-{remark.upper().replace('_', '-')}",
            title,
            severity,
            "The row is accepted; the cell is kept as it stands and is no value.",
        )
        for remark, (title, severity) in _REMARKED.items()
    }
)
"""Remark -> what it is called as a finding."""
