"""Sheets and workbooks made of Python lists, as the reader gives them, and what ingest makes of them: no disk."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from ncdm.contracts import SHEETS, Column, SheetContract
from ncdm.ingest.file import ConformedFile, conform_file
from ncdm.ingest.file_study import Attributed, StudyFrom
from ncdm.ingest.identify import Fit, NoFit
from ncdm.ingest.receipt import SheetReceipt
from ncdm.ingest.workbook import identify
from ncdm.sources import CellError, Sheet, Workbook
from ncdm.types import Sha256, StudyId


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that shows a spreadsheet error."""

    code: str = "#N/A"


Given = str | int | float | dt.date | dt.datetime | Fault | None
Grid = Sequence[Sequence[Given]]
Row = dict[str, object]

HERE = Attributed(StudyId("Study 7"), StudyFrom.FOLDER, StudyId("Study 7"))


def told(cell: Given) -> str | None:
    """A cell as the reader gives it: text, dates with their time, nothing for an error."""
    if cell is None or isinstance(cell, Fault):
        return None
    if isinstance(cell, dt.datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, dt.date):
        return f"{cell.isoformat()} 00:00:00"
    return str(cell)


def sheet(lines: Grid, name: str = "Sheet1", number: int = 1, *, packed: bool = False, visible: bool = True) -> Sheet:
    """A sheet with these lines; ``packed`` gives each text once with its places, the other way a reader may hand columns on."""
    width = max((len(line) for line in lines), default=0)
    full = [[*line, *[None] * (width - len(line))] for line in lines]
    arrays = [pa.array([told(line[place]) for line in full], pa.string()) for place in range(width)]
    errors = [
        CellError(row, column, cell.code)
        for row, line in enumerate(lines, start=1)
        for column, cell in enumerate(line, start=1)
        if isinstance(cell, Fault)
    ]
    columns = [array.dictionary_encode() if packed else array for array in arrays]
    cells = pa.table(columns, names=[f"c{place}" for place in range(1, width + 1)])
    return Sheet(number, name, visible, cells, tuple(errors))


def workbook(*sheets: Sheet, name: str = "Study 7_report.xlsx") -> Workbook:
    """A workbook of these sheets, numbered as they stand."""
    numbered = tuple(Sheet(place, each.name, each.visible, each.cells, each.errors) for place, each in enumerate(sheets, start=1))
    content = repr([(each.name, each.cells.to_pydict(), each.errors) for each in numbered])
    return Workbook(name, Sha256(hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()), len(content), numbered, ())


def fit_of(*lines: Sequence[Given], name: str = "Sheet1", file: str = "report.xlsx") -> Fit | NoFit:
    """What one sheet of these lines is recognised as."""
    return identify(workbook(sheet(lines, name), name=file))[0].fit


def loaded(*sheets: Sheet, name: str = "report.xlsx", study: Attributed = HERE) -> ConformedFile:
    """A workbook of these sheets, recognised and conformed."""
    book = workbook(*sheets, name=name)
    return conform_file(book, identify(book), study)


def rows(file: ConformedFile, table: str) -> list[Row]:
    """The rows of one table that a file gives, in sheet order."""
    found: list[Row] = []
    for _sheet, name, part in file.rows:
        if name == table:
            found.extend(part.to_pylist())
    return found


def remarks(file: ConformedFile) -> list[tuple[object, object, object]]:
    """(line, column, remark) of every remark, ordered."""
    return sorted(((row["source_row"], row["column_name"], row["remark"]) for row in rows(file, "remark")), key=str)


def receipt(lines: Grid, name: str = "Sheet1", file: str = "report.xlsx") -> SheetReceipt:
    """The receipt of one sheet of these lines."""
    return loaded(sheet(lines, name), name=file).receipt.sheets[0]


def contract(code: str) -> SheetContract:
    """The sheet contract of that code."""
    return next(sheet for _kind, sheet in SHEETS if sheet.code == code)


def column(code: str, name: str) -> Column:
    """One column of one contract."""
    return contract(code).column(name)


# The headers of the exports, as most studies have them; ``|`` stands between cells.

WHO = "Project Name|Region|Country|Site ID|Subject Name"
QUERY = "Field OID|Log #|Visit Date|Query Status|Action Owner|Marking Group Name|Query Open Date|Query Response Date|# Days Since Open|# Days Since Response"
MODERN = (
    "Study Name|SiteGroupName(CountryName)|SiteNumber|SubjectName|Overall Subject Status|Visit Level Subject Status|FolderName|Visit date"
    "|Form Type (Summary or Visit)|FormName|No. #Days Page Missing"
)
OLD = "Form Details|Country|Site Number|Subject Name|Visit Name|Page Name|Visit date|Subject Status|# of Days Missing"
CODING = "Study|Dictionary|Dictionary Version number|Subject|Form OID|Logline|Field OID|Coding Status|Require Coding"
SAE = "Discrepancy Created Timestamp in Dashboard|Review Status|Action Status"
LABS = "Country|Site number|Subject|Visit|Form Name|Lab category|Lab Date|Test Name|Test description|Issue"
INACTIVATED = "Country|Study Site Number|Subject|Folder|Form|Data on Form/\nRecord    |RecordPosition|Audit Action"

SUBJECT_1 = [
    "Project Name",
    "Region",
    "Country",
    "Site ID",
    "Subject ID",
    "Latest Visit (SV) (Source: Rave EDC: BO4)",
    "Subject Status (Source: PRIMARY Form)",
    "Input files",
    *[None] * 8,
    "CPMD",
    *[None] * 21,
    "SSM",
    *[None] * 5,
]
SUBJECT_2 = [
    *[None] * 7,
    *["Missing Visits", "Missing Page", "# Coded terms", "# Uncoded Terms", "# Open issues in LNR"],
    "# Open Issues reported for 3rd party reconciliation in EDRR",
    "Inactivated forms and folders",
    "# eSAE dashboard review for DM",
    "# eSAE dashboard review for safety",
    "Visit status",
    "Page status (Source: (Rave EDC : BO4))",
    *[None] * 4,
    "Queries status (Source:(Rave EDC : BO4))",
    *[None] * 7,
    "Page Action Status (Source: (Rave EDC : BO4))",
    *[None] * 5,
    "Protocol Deviations (Source:(Rave EDC : BO4))",
    None,
    "PI Signatures (Source: (Rave EDC : BO4))",
    *[None] * 5,
]
SUBJECT_3 = [
    *[None] * 16,
    "# Expected Visits (Rave EDC : BO4)",
    "# Pages Entered",
    "# Pages with Non-Conformant data",
    "# Total CRFs with queries & Non-Conformant data",
    "# Total CRFs without queries & Non-Conformant data",
    "% Clean Entered CRF",
    *(f"# {owner} Queries" for owner in ("DM", "Clinical", "Medical", "Site", "Field Monitor", "Coding", "Safety")),
    "#Total Queries",
    "# CRFs Require Verification (SDV)",
    "# Forms Verified",
    "# CRFs Frozen",
    "# CRFs Not Frozen",
    "# CRFs Locked",
    "# CRFs Unlocked",
    "# PDs Confirmed",
    "# PDs Proposed",
    "# CRFs Signed",
    "CRFs overdue for signs within 45 days of Data entry",
    "CRFs overdue for signs between 45 to 90 days of Data entry",
    "CRFs overdue for signs beyond 90 days of Data entry",
    "Broken Signatures",
    "CRFs Never Signed",
]
RESPONSIBLE = ["Responsible LF for action", *[None] * 16, "Site/CRA", *[None] * 26]
SUBJECT_HEADER = [SUBJECT_1, SUBJECT_2, SUBJECT_3, RESPONSIBLE]
REGION = [
    [
        "Project Name",
        "Region",
        "Country",
        "Site ID",
        "Subject ID",
        "Visit Status (Source: J-review)",
        "Page Status",
        "Queries status",
        None,
    ],
    [*[None] * 5, "# Missing Visits", "# Missing Pages", "# Site Queries", "# Field Monitor Queries"],
    ["Responsible LF for action", *[None] * 4, "Site/CRA", "Site/CRA", "Site/CRA", "CRA"],
]
REGION[0] += ["PI Signatures", None, "Page Action Status", None, None, "Missing LNRs (Source: (J-review))", None]
REGION[1] += ["Broken Signatures", "CRFs Never Signed", "# CRFs Require Verification (SDV)", "# Pages with Non-Conformant data"]
REGION[1] += ["Inactivated forms and folders", "# Missing Lab Ranges/Units in Lab Module", "# Missing Lab name  on CRFs"]
