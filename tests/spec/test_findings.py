"""Every check and every invariant: silent on a study that keeps all promises, and on one that breaks one it names the rows.

Each broken study is the right one with a single thing planted; all of them are loaded together, so a check that mixes studies is seen too.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

import pytest
from tests.building import CODING, INACTIVATED, LABS, MODERN, QUERY, SAE, SUBJECT_HEADER, WHO, Fault, Given, sheet, workbook
from tests.portfolios import loaded
from tests.spec.conftest import Loaded

from ncdm.contracts import SHEETS
from ncdm.ingest.file import ConformedFile, conform_file, refused_file
from ncdm.ingest.file_study import Attributed, StudyFrom
from ncdm.ingest.values import Remark
from ncdm.ingest.workbook import identify
from ncdm.settings import Settings
from ncdm.sources import RefusalCode, Refused
from ncdm.store.findings import CHECKS, findings
from ncdm.store.home import locked
from ncdm.store.load import Load
from ncdm.store.mesh import Reading
from ncdm.store.notices import NOTICES
from ncdm.types import StudyId
from ncdm.wiring import wired

DAY = "2025-11-14 00:00:00"
TEN_BEFORE = "2025-11-04 00:00:00"
Lines = list[list[Given]]
Place = tuple[str, str, int]
"""File, sheet and line."""
METRICS = "Subject Level Metrics"
CUMULATIVE = "Query Report - Cumulative"
COLUMN = {
    "visits": 16,
    "pages": 17,
    "dm": 22,
    "clinical": 23,
    "total": 29,
    "required": 30,
    "verified": 31,
    "frozen": 32,
    "signed": 38,
    "lt45": 39,
}
"""Where a figure stands on the subject sheet."""


@dataclass
class Delivery:
    """One study's files, as sheets of lines; ``names`` are their file names."""

    books: dict[str, dict[str, Lines]]
    names: dict[str, str] = field(default_factory=dict)
    folder: str | None = None

    def lines(self, book: str, name: str) -> Lines:
        """The lines of one sheet."""
        return self.books[book][name]

    def put(self, book: str, name: str, line: int, column: int, value: Given) -> Place:
        """Write one cell; the place of its line."""
        self.lines(book, name)[line - 1][column] = value
        return book, name, line

    def add(self, book: str, name: str, *cells: Given) -> Place:
        """Write one more line; its place."""
        self.lines(book, name).append(list(cells))
        return book, name, len(self.lines(book, name))

    def metric(self, name: str, value: Given) -> Place:
        """Change a figure of the second subject, whose line is the sixth."""
        return self.put("cpid", METRICS, 6, COLUMN[name], value)


def head(text: str) -> list[Given]:
    """A header line."""
    return list(text.split("|"))


def right(study: str, second: int = 2) -> Delivery:
    """A study of two subjects whose reports agree with each other in everything; ``second`` is the number of the second subject."""

    def metrics(number: int) -> list[Given]:
        figures: list[Given] = [0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 0, 1, 1]
        return [study, "ASIA", "JPN", "Site 1", f"Subject {number}", "Week 1", "On Trial", *[None] * 9, 1, 10, 1, *[None] * 3, *figures]

    def total(lines: Lines) -> list[Given]:
        return [*[None] * 5, "Total:", *[None] * 10, *(sum(int(str(line[place] or 0)) for line in lines) for place in range(16, 44))]

    people = [metrics(1), metrics(second)]
    who = [[study, "ASIA", "JPN", "Site 1", f"Subject {number}"] for number in (1, second)]

    def each(*cells: Given) -> Lines:
        return [[*one, *cells] for one in who]

    cpid: dict[str, Lines] = {
        METRICS: [*(list[Given](line) for line in SUBJECT_HEADER), *people, total(people)],
        CUMULATIVE: [
            head(f"Study|Region|Country|Site Number|Subject Name|Folder Name|Form|{QUERY}"),
            *each("Week 1", "Form 1", "AETERM", 1, None, "Open", "Site Review", "Site from System", TEN_BEFORE, None, 10, None),
        ],
        "Non conformant": [
            head("Study|Region|Country|Study Site|Subject Name|Folder Name|Page|Log #|Field OID|Audit Time|Visit date"),
            *each("Week 1", "Form 1", 1, "AETERM", TEN_BEFORE, TEN_BEFORE),
        ],
        "PI Signature Report": [
            head(
                f"{WHO}|Visit Name|Data Page Name|Page Require Signature|Audit Action|Visit Date|Date page entered/ Date last PI Sign|No. of days"
                "|Pending since/ PI signed since"
            ),
            *each("Week 1", "Form 1", "Yes - Never Signed", None, TEN_BEFORE, "04 NOV 2025", 10, "0-25 days"),
            *each("Week 1", "Form 2", "Yes - Broken Signature", None, TEN_BEFORE, "04 NOV 2025", 10, "0-7 days"),
        ],
        "SDV": [
            head("Project Name|Region|Country|Site|Subject Name|Folder Name|Data Page Name|Visit Date|Verification Status"),
            *each("Week 1", "Form 1", TEN_BEFORE, "Verifed"),
            *each("Week 1", "Form 2", TEN_BEFORE, "Require Verification"),
        ],
        "Protocol Deviation": [
            head("Study|Region|Country|Site ID|Subject Name|Folder Name|Data Page Name|Log #|PD Status|Visit date"),
            *each("Week 1", "Form 1", 1, "PD Confirmed", TEN_BEFORE),
            *each("Week 1", "Form 2", 2, "PD proposed", TEN_BEFORE),
        ],
        "CRF Freeze": [head(f"{WHO}|Data Page Name|Freeze|Visit date"), *each("Form 1", "Freeze", TEN_BEFORE)],
        "CRF UnFreeze": [head(f"{WHO}|Data Page Name|UnFreeze|Visit date"), *each("Form 1", "UnFreeze", TEN_BEFORE)],
        "CRF Locked": [head(f"{WHO}|Data Page Name|Lock and Unlock|Visit date"), *each("Form 1", "Locked", TEN_BEFORE)],
        "CRF UnLocked": [head(f"{WHO}|Data Page Name|Lock and Unlock|Visit date"), *each("Form 1", "Unlocked", TEN_BEFORE)],
        "SV": [head(f"{WHO}|Folder Name|Visit date"), *each("Week 1", "04 NOV 2025")],
    }
    page: list[Given] = ["On Trial", None, "Week 1", "04 NOV 2025", "Visit Level", "Form 1", 10]
    return Delivery(
        {
            "cpid": cpid,
            "tracker": {
                "Missing Visits": [
                    head("Country|Site|Subject|Visit|Projected Date|# Days Outstanding"),
                    ["JPN", "Site 1", "Subject 1", "Week 9", TEN_BEFORE, 10],
                    ["JPN", "Site 1", f"Subject {second}", "Week 9", TEN_BEFORE, 10],
                ]
            },
            "labs": {
                "Labs": [
                    head(f"{LABS}|Comments"),
                    [
                        "JPN",
                        "Site 1",
                        "Subject 1",
                        "Week 1",
                        "Form 1",
                        "CHEMISTRY",
                        TEN_BEFORE,
                        "ALT",
                        "Alanine",
                        "Missing Lab name",
                        "Action for Site",
                    ],
                ]
            },
            "sae": {
                "SAE Dashboard_DM": [
                    head(f"Discrepancy ID|Study ID|Country|Site|Patient ID|Form Name|{SAE}"),
                    [11, study, "JPN", "Site 1", "Subject 1", "Form 1", TEN_BEFORE, "Pending for Review", None],
                ],
                "SAE Dashboard_Safety": [
                    head(f"Discrepancy ID|Study ID|Site|Patient ID|Case Status|{SAE}"),
                    [12, study, "Site 1", "Subject 1", "Closed", TEN_BEFORE, "Review Completed", None],
                ],
            },
            "inactivated": {
                "Sheet1": [head(INACTIVATED), ["JPN", "Site 1", "Subject 1", "Week 1", "Form 1", "Y", 1, "Record inactivated."]],
            },
            "pages": {
                "All Pages Missing": [
                    head(MODERN),
                    [study, "JPN", "Site 1", "Subject 1", *page],
                    [study, "JPN", "Site 1", f"Subject {second}", *page],
                ]
            },
            "edrr": {"OpenIssuesSummary": [head("Study|Subject|Total Open issue Count per subject|."), [study, "Subject 1", 2]]},
            "meddra": {
                "MedDRA": [
                    head(f"MedDRA Coding Report|{CODING}"),
                    ["MedDRA Coding Report", study, "MedDRA", "28.1", "Subject 1", "AE", 1, "AETERM", "Coded Term", "No"],
                    ["MedDRA Coding Report", study, "MedDRA", None, f"Subject {second}", "AE", 1, "AETERM", "UnCoded Term", "Yes"],
                ]
            },
        },
        names={"tracker": "Visit tracker_14NOV2025.xlsx"},
    )


LAB: tuple[Given, ...] = ("Week 1", "Form 1", "CHEMISTRY", TEN_BEFORE, "ALT", "Alanine", "Missing Lab name", "Action for Site")
Plant = Callable[[Delivery], set[Place]]


def _query(delivery: Delivery, **cells: Given) -> set[Place]:
    places = {"status": 10, "owner": 11, "group": 12, "opened": 13, "responded": 14, "open": 15}
    for name, value in cells.items():
        delivery.put("cpid", CUMULATIVE, 3, places[name], value)
    return {("cpid", CUMULATIVE, 3)}


def _totals(delivery: Delivery, value: Given) -> set[Place]:
    return {delivery.put("cpid", METRICS, 7, COLUMN["pages"], value)}


def _all_uncoded(delivery: Delivery) -> set[Place]:
    delivery.put("meddra", "MedDRA", 2, 3, None)
    delivery.put("meddra", "MedDRA", 2, 8, "UnCoded Term")
    delivery.put("meddra", "MedDRA", 2, 9, "Yes")
    return {("meddra", "MedDRA", 2), ("meddra", "MedDRA", 3)}


def _one_less(delivery: Delivery) -> set[Place]:
    del delivery.lines("cpid", "SDV")[2]
    return {("cpid", METRICS, 6)}


def _one_more(delivery: Delivery) -> set[Place]:
    more = delivery.add("cpid", "CRF Locked", *delivery.lines("cpid", "CRF Locked")[2])
    return {("cpid", METRICS, 6), ("cpid", "CRF Locked", 3), more}


def _one_more_page(delivery: Delivery) -> set[Place]:
    line = delivery.lines("cpid", "Non conformant")[2]
    more = delivery.add("cpid", "Non conformant", *line[:6], "Form 9", *line[7:])
    return {("cpid", METRICS, 6), ("cpid", "Non conformant", 3), more}


def _more_frozen(delivery: Delivery) -> set[Place]:
    delivery.metric("frozen", 4)
    delivery.put("cpid", METRICS, 7, COLUMN["frozen"], 5)
    return {("cpid", METRICS, 5), ("cpid", METRICS, 6)}


def _more_visits(delivery: Delivery) -> set[Place]:
    delivery.metric("visits", 4)
    delivery.put("cpid", METRICS, 7, COLUMN["visits"], 5)
    return {("cpid", METRICS, 6), ("cpid", "SV", 3)}


def _no_region(delivery: Delivery) -> set[Place]:
    return {delivery.put("cpid", METRICS, 6, 1, None)}


def _entered(delivery: Delivery) -> set[Place]:
    return {delivery.put("tracker", "Missing Visits", 3, 3, "WEEK1"), ("cpid", "SV", 3)}


def _other_status(delivery: Delivery) -> set[Place]:
    return {delivery.put("pages", "All Pages Missing", 3, 4, "Completed"), ("cpid", METRICS, 6)}


def _young_discrepancy(delivery: Delivery) -> set[Place]:
    return {
        delivery.add(
            "sae", "SAE Dashboard_DM", 13, None, "JPN", "Site 1", "Subject 2", "Form 1", "2025-11-20 10:00:00", "Pending for Review", None
        )
    }


def _foreign_line(delivery: Delivery) -> set[Place]:
    return {delivery.add("edrr", "OpenIssuesSummary", "Study 999", "Subject 2", 1)}


PLANTED: dict[str, Plant] = {
    "CPID-1": lambda d: {d.metric("lt45", 5)},
    "CPID-2": lambda d: {d.metric("verified", 20)},
    "CPID-3": lambda d: {d.metric("signed", 9)},
    "CPID-4": lambda d: {d.metric("clinical", 5)},
    "QUERY-1": lambda d: _query(d, responded=DAY),
    "QUERY-2": lambda d: _query(d, owner="DM Review"),
    "QUERY-3": lambda d: _query(d, status="Answered", owner="DM Review", responded="2025-11-03 23:00:00"),
    "LABS-1": lambda d: {d.put("labs", "Labs", 2, 10, "Action for CRA")},
    "PAGES-1": lambda d: {d.put("pages", "All Pages Missing", 3, 10, None)},
    "CODING-1": lambda d: {d.put("meddra", "MedDRA", 2, 9, "Yes")},
    "CODING-2": _all_uncoded,
    "DETAIL-1": _one_less,
    "DETAIL-1 (more)": _one_more,
    "DETAIL-1 (pages)": _one_more_page,
    "DETAIL-2": _more_frozen,
    "OWNER-1": lambda d: {d.metric("total", 3)},
    "OWNER-2": lambda d: _query(d, status="Answered", owner="CCRA Review", group="Site from Central Monitor", responded=DAY),
    "SPINE-1": lambda d: {d.add("labs", "Labs", "JPN", "Site 1", "Subject 99", *LAB)},
    "SPINE-2": lambda d: {d.add("labs", "Labs", "JPN", "Site 2", "Subject 2", *LAB)},
    "SPINE-6": lambda d: {d.add("labs", "Labs", "JPN", "Site 01", "Subject 1", *LAB)},
    "SPINE-6 (subject)": lambda d: {d.add("labs", "Labs", "JPN", "Site 1", "Subject 01", *LAB)},
    "SPINE-3": lambda d: {d.add("labs", "Labs", "DEU", "Site 1", "Subject 2", *LAB)},
    "SPINE-4": _no_region,
    "SPINE-5": _other_status,
    "TIME-2": _young_discrepancy,
    "TOTAL-1": lambda d: _totals(d, 21),
    "TOTAL-2": lambda d: _totals(d, "Site 21"),
    "VISIT-1": _more_visits,
    "VISIT-2": _entered,
    "LINE-REJECTED": _foreign_line,
    "CELL-UNPARSED-DATE": lambda d: {d.put("labs", "Labs", 2, 6, "31 SEP 2025")},
    "CELL-UNPARSED-NUMBER": lambda d: {d.put("inactivated", "Sheet1", 2, 6, "second")},
    "CELL-IMPLAUSIBLE-DATE": lambda d: {d.put("labs", "Labs", 2, 6, "01 JAN 1995")},
    "CELL-NEGATIVE-NUMBER": lambda d: {d.put("inactivated", "Sheet1", 2, 6, -1)},
    "CELL-REASON-CODE": lambda d: {d.put("cpid", "SDV", 3, 7, "#MULTIVALUE")},
    "CELL-ERROR-CELL": lambda d: {d.put("labs", "Labs", 2, 4, Fault())},
    "CELL-CORRUPTED-ID": lambda d: {d.put("sae", "SAE Dashboard_DM", 2, 0, "Site 4")},
    "CELL-UNKNOWN-CATEGORY": lambda d: {d.put("sae", "SAE Dashboard_Safety", 2, 4, "Lost in the post")},
    "CELL-RESPELT-CATEGORY": lambda d: {d.put("cpid", "SDV", 3, 8, "Verifieed")},
    "CELL-UNKNOWN-COUNTRY": lambda d: {d.put("tracker", "Missing Visits", 3, 0, "Atlantis")},
    "CELL-UNLABELLED-SUBJECT": lambda d: {d.add("edrr", "OpenIssuesSummary", None, "Not Applicable", 1)},
    "CELL-UNLABELLED-SITE": lambda d: {d.put("inactivated", "Sheet1", 2, 1, "General Hospital")},
    "CELL-ABSENT-KEY": lambda d: {d.put("sae", "SAE Dashboard_Safety", 2, 2, "-")},
    "CELL-SCRUBBED": lambda d: {d.put("inactivated", "Sheet1", 2, 3, "SAE - Study 7_1234567_0001")},
}
"""Code -> what breaks the promise, and the lines it is about."""
WITH_COMPANY = {"SPINE-2", "SPINE-3", "SPINE-6"}
"""These name one line of every report that takes part in the contradiction, not only the planted one."""
BY_FILE = (
    "TIME-1",
    "TIME-3",
    "TIME-4",
    "STUDY-1",
    "FILES-1",
    "SHEET-QUARANTINED",
    "SHEET-UNKNOWN",
    "COLUMNS-1",
    "FILE-QUARANTINED",
    "FILE-REFUSED",
)
"""Found in receipts: they point to a file, not to lines."""
OVER_TIME = ("TIME-5", "FILES-2", "FILES-3")
"""Found where deliveries meet: planted in tests of the store."""


def _plant_by_file(code: str, delivery: Delivery) -> None:
    if code == "TIME-1":
        delivery.put("tracker", "Missing Visits", 3, 5, 11)
    elif code == "TIME-3":
        pages = deepcopy(delivery.lines("pages", "All Pages Missing"))
        for line in pages[1:]:
            line[10] = 9
        delivery.books["pages"]["Visit Level Pages Missing"] = pages
    elif code == "TIME-4":
        delivery.names["tracker"] = "Visit tracker_30OCT2025.xlsx"
    elif code == "STUDY-1":
        delivery.folder = "Study 999"
    elif code == "FILES-1":
        delivery.books["tracker 2"] = deepcopy(delivery.books["tracker"])
        delivery.lines("tracker 2", "Missing Visits")[1][3] = "Week 10"
    elif code == "FILE-QUARANTINED":
        delivery.books["notes"] = {"Sheet1": [["Invoice", "Amount"], ["17", "3"]]}
    else:
        _plant_in_labs(code, delivery)


def _plant_in_labs(code: str, delivery: Delivery) -> None:
    if code == "SHEET-QUARANTINED":
        delivery.books["labs"]["More labs"] = [
            head("Country|Site number|Subject|Visit|Lab category|Test Name"),
            ["JPN", "Site 1", "Subject 1"],
        ]
    elif code == "SHEET-UNKNOWN":
        delivery.books["labs"]["Notes"] = [["Invoice", "Amount"], ["17", "3"]]
    elif code == "COLUMNS-1":
        header = delivery.lines("labs", "Labs")[0]
        header[header.index("Lab category")] = "Bucket"


RIGHT = ("right", "right, with Subject 99")
"""The second has a subject that others must not borrow: a label names another subject in another study."""
STUDIES = [*RIGHT, *PLANTED, *BY_FILE]


def study_of(code: str) -> str:
    """The study in which the code is planted."""
    return f"Study {100 + STUDIES.index(code)}"


@dataclass(frozen=True)
class Broken(Loaded):
    """All studies, and the references that each planted thing must have."""

    refs: dict[str, set[str]]


def _conformed(study: str, delivery: Delivery) -> dict[str, tuple[ConformedFile, list[str]]]:
    """Each file of a delivery, with the names of its sheets in order."""
    told = Attributed(StudyId(study), StudyFrom.CONTENT, StudyId(delivery.folder) if delivery.folder else None)
    files = {}
    for book, sheets in delivery.books.items():
        read = workbook(*(sheet(lines, name) for name, lines in sheets.items()), name=delivery.names.get(book, f"{book}.xlsx"))
        files[book] = (conform_file(read, identify(read), told), list(sheets))
    return files


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broken]:
    """The right study and all broken ones, loaded together."""
    refs: dict[str, set[str]] = {}
    with wired(Settings(tmp_path_factory.mktemp("planted") / "home", 0, 1)) as mesh:
        with locked(mesh.home):
            load = Load(mesh.home, mesh.engine, "planted")
            for code in STUDIES:
                study = study_of(code)
                delivery = right(study, 99 if code == RIGHT[1] else 2)
                places = PLANTED[code](delivery) if code in PLANTED else set()
                _plant_by_file(code, delivery)
                files = _conformed(study, delivery)
                for file, _names in files.values():
                    load.add(file, StudyId(study), demo=False)
                refs[code] = {
                    f"{str(files[book][0].receipt.sha256)[:16]}:{files[book][1].index(name) + 1}:{line}" for book, name, line in places
                }
                if code == "FILE-REFUSED":
                    refused = Refused("locked pages.xlsx", 9, None, RefusalCode.ENCRYPTED, "it is locked with a password", "Unlock it.")
                    load.add(refused_file(refused, Attributed(StudyId(study), StudyFrom.FOLDER, None)), None, demo=False)
            load.commit()
        yield Broken(Reading(mesh.home, mesh.engine).state(), refs)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_study_has_no_finding(broken: Broken, name: str) -> None:
    # Reports without a study column are the same bytes in all these studies, which is a finding of its own; see below.
    assert [finding for finding in findings(broken.state) if finding.study_id == study_of(name) and finding.code != "FILES-2"] == []
    assert broken.one(f"SELECT count(*) FROM subject_metrics WHERE study_id = '{study_of(name)}'") == 2


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_exception_is_found_with_its_rows(broken: Broken, code: str) -> None:
    found = broken.found(study_of(code), code.split(" (", maxsplit=1)[0])
    assert found
    refs = {ref for finding in found for ref in finding.refs}
    if code.split(" (", maxsplit=1)[0] in WITH_COMPANY:
        assert broken.refs[code] < refs
    else:
        assert refs == broken.refs[code]
    assert all(finding.title and finding.what and finding.severity for finding in found)


def test_a_finding_points_to_lines_of_its_own_study(broken: Broken) -> None:
    files: dict[object, set[str]] = {}
    for file in broken.state.files:
        files.setdefault(file.receipt.study_id, set()).add(file.file_id)
    for finding in findings(broken.state):
        assert {ref.split(":")[0] for ref in finding.refs} <= files[finding.study_id]


@pytest.mark.parametrize("code", BY_FILE)
def test_what_receipts_show_is_found_with_its_file(broken: Broken, code: str) -> None:
    found = broken.found(study_of(code), code)
    files = [file.file_no for file in broken.state.files if file.receipt.study_id == study_of(code)]
    assert len(found) == (len(files) if code == "STUDY-1" else 1)
    assert all(finding.what for finding in found)
    assert all(finding.file_no in files for finding in found) or code == "FILES-1"
    if code == "FILES-1":
        assert "Visit tracker_14NOV2025.xlsx, tracker 2.xlsx" in found[0].what


def test_a_file_that_lies_in_two_studies_is_found_in_both(broken: Broken) -> None:
    for study, other in (RIGHT, RIGHT[::-1]):
        found = [finding for finding in broken.found(study_of(study), "FILES-2") if finding.kind == "labs"]
        assert len(found) == 1
        assert study_of(other) in found[0].what


def test_an_empty_report_may_be_equal_in_two_studies(broken: Broken) -> None:
    rows = {file.file_no: sum(sheet.accepted for sheet in file.receipt.sheets) for file in broken.state.files}
    assert all(rows[finding.file_no] for finding in findings(broken.state) if finding.code == "FILES-2" and finding.file_no is not None)


def test_every_promise_is_broken_by_some_study_here() -> None:
    invariants = {invariant.code for _kind, contract in SHEETS for invariant in contract.invariants}
    cells = {f"CELL-{remark.upper().replace('_', '-')}" for remark in Remark}
    assert {notice.code for notice in NOTICES} == {*BY_FILE, "LINE-REJECTED", *OVER_TIME}
    assert {code.split(" (")[0] for code in PLANTED} == invariants | {check.code for check in CHECKS} | cells | {"LINE-REJECTED"}


def test_findings_are_listed_by_study_and_the_gravest_first(broken: Broken) -> None:
    order = ["high", "medium", "low"]
    listed = [(int(finding.study_id.removeprefix("Study ")), order.index(finding.severity)) for finding in findings(broken.state)]
    assert listed == sorted(listed)
    assert findings(broken.state) is findings(broken.state)


def test_the_list_is_the_same_each_time_it_is_made() -> None:
    lists = []
    for _again in range(3):
        with wired(Settings(loaded(3), 0, 1)) as mesh:
            lists.append(findings(Reading(mesh.home, mesh.engine).state()))
    assert len(lists[0]) > 1
    assert lists[0] == lists[1] == lists[2]
