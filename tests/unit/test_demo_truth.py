"""The truth beside invented studies, against a slow reader that opens the workbooks cell by cell and knows nothing of the generator.

The reader follows the conventions of the reference totals: a line counts when its subject cell is not empty, vocabularies are raw texts,
labels are distinct texts other than a dash.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

import openpyxl
import pytest

from ncdm import demo

Line = dict[str, object]
Book = dict[str, list[list[object]]]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
KINDS = {
    "cpid_edc": "cpid",
    "visit": "visit_tracker",
    "lnr": "labs",
    "lab": "labs",
    "sae": "sae",
    "inactiv": "inactivated",
    "page": "missing_pages",
    "edrr": "edrr",
    "meddra": "meddra",
    "who": "whodrug",
}
SUBJECT = ("subject", "subject name", "subjectname", "patient id")
SITE = ("site", "site number", "sitenumber", "study site number", "site id", "study site")
COUNTRY = ("country", "sitegroupname(countryname)")
DAYS = ("# days outstanding", "# days outstanding (today - projected date)", "# of days missing", "no. #days page missing", "no. of days")
PLANNED = ("projected date", "actual date")
LEVEL = ("form type (summary or visit)", "form details")
FOLDER = ("foldername", "visit name", "visit")
FULL_NAMES = re.compile(r"^[A-Z]{4,}|^[A-Z]+ ")


@dataclass(frozen=True)
class Delivered:
    """One invented study: what its truth claims and what its workbooks hold."""

    name: str
    claimed: dict[str, object]
    books: dict[str, Book]


def tidy(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).strip() if value is not None else ""


def read(path: Path) -> Book:
    book = openpyxl.load_workbook(path, read_only=True)
    sheets: Book = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        sheets[sheet.title] = [list(line) for line in sheet.iter_rows(values_only=True)]
    book.close()
    return sheets


def lines(rows: Sequence[Sequence[object]], key: Sequence[str] = SUBJECT) -> list[Line]:
    """The lines below the first line of at least three cells, by lower-case header; the right one of two equal headers wins."""
    at = next(at for at, row in enumerate(rows) if sum(tidy(cell) != "" for cell in row) >= 3)
    headers = [tidy(cell).lower() for cell in rows[at]]
    found = [dict(zip(headers, [*row, *[None] * len(headers)], strict=False)) for row in rows[at + 1 :]]
    return [line for line in found if tidy(cell(line, key)) != ""]


def cell(line: Line, headers: Sequence[str]) -> object:
    return next((line[header] for header in headers if header in line), None)


def day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    found = re.match(r"(\d{1,2})[ -]?([A-Za-z]{3})[ -]?(\d{4})", tidy(value))
    if not found or found[2].lower() not in MONTHS:
        return None
    try:
        return date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None


def number(value: object) -> int | None:
    return int(tidy(value)) if re.fullmatch(r"\d+", tidy(value)) else None


def words(found: Sequence[Line], *headers: str) -> dict[str, int]:
    return dict(Counter(tidy(cell(line, headers)) or "(blank)" for line in found))


def summary(numbers: Sequence[int]) -> dict[str, float]:
    if not numbers:
        return {"n": 0}
    return {"n": len(numbers), "min": min(numbers), "median": median(numbers), "max": max(numbers), "sum": sum(numbers)}


def dated(found: Sequence[Line], dates: Sequence[str], days: Sequence[str]) -> dict[str, int]:
    pairs = [(day(cell(line, dates)), number(cell(line, days))) for line in found]
    return dict(Counter(str(when + timedelta(ago)) for when, ago in pairs if when is not None and ago is not None))


def ages(found: Sequence[Line], *headers: str) -> list[int]:
    return [ago for line in found if (ago := number(cell(line, headers))) is not None]


def distinct(found: Sequence[Line], headers: Sequence[str]) -> int:
    return len({tidy(cell(line, headers)) for line in found} - {"", "-"})


def size(found: Sequence[Line]) -> dict[str, int]:
    return {"rows": len(found), "subjects": distinct(found, SUBJECT), "sites": distinct(found, SITE), "countries": distinct(found, COUNTRY)}


def portfolio(folder: Path, truth: Path) -> list[Delivered]:
    claimed = json.loads(truth.read_text())["studies"]
    studies = []
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        name = "Study " + re.findall(r"\d+", home.name)[0]
        books = {}
        for path in home.glob("*.xlsx"):
            kind = next(kind for word, kind in KINDS.items() if word in path.name.lower())
            books[kind] = read(path)
        studies.append(Delivered(name, claimed[name], books))
    return studies


@pytest.fixture(
    scope="module", params=[(12, 14, 1, 1), (6, 25, 2, 1), (5, 15, 7, 3)], ids=["twelve layouts", "six larger studies", "third week"]
)
def studies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Delivered]:
    count, subjects, seed, weeks = request.param
    written = demo.write(tmp_path_factory.mktemp("demo"), studies=count, subjects=subjects, seed=seed, weeks=weeks)
    return portfolio(written.deliveries[-1], written.truth[-1])


def told(study: Delivered, kind: str) -> Mapping[str, object]:
    branch = study.claimed[kind]
    assert isinstance(branch, dict)
    return branch


def have(studies: list[Delivered], kind: str) -> Iterator[tuple[Delivered, Mapping[str, object], list[list[list[object]]]]]:
    found = [study for study in studies if kind in study.books]
    assert found
    for study in found:
        yield study, told(study, kind), list(study.books[kind].values())


def agree(claimed: Mapping[str, object], counted: Mapping[str, object]) -> None:
    assert {name: claimed[name] for name in counted} == counted


def test_reports_that_are_missing_are_missing_on_disk_and_nowhere_else(studies: list[Delivered]) -> None:
    order = list(dict.fromkeys(KINDS.values()))
    for study in studies:
        assert study.claimed["reports_missing"] == [kind for kind in order if kind not in study.books]
        assert set(study.books) == set(study.claimed) & set(order)


def test_tracker(studies: list[Delivered]) -> None:
    for _, claimed, sheets in have(studies, "visit_tracker"):
        found = lines(sheets[0])
        as_of = dated(found, PLANNED, DAYS)
        agree(claimed, size(found) | {"days_outstanding": summary(ages(found, *DAYS)), "as_of": as_of})
        assert len(as_of) <= 1


def test_labs(studies: list[Delivered]) -> None:
    for _, claimed, sheets in have(studies, "labs"):
        found = lines(sheets[0])
        counted: dict[str, object] = {**size(found), "by_issue": words(found, "issue")}
        counted["lab_date_blank"] = sum(tidy(line["lab date"]) == "" for line in found)
        for name, header in (("by_comment", "comments"), ("by_category", "lab category")):
            headers = [tidy(text).lower() for text in sheets[0][0]]
            assert (name in claimed) == (header in headers)
            if name in claimed:
                counted[name] = words(found, header)
        agree(claimed, counted)


def test_sae_dashboard(studies: list[Delivered]) -> None:
    for study, claimed, _ in have(studies, "sae"):
        book = study.books["sae"]
        derived = [text for implied in told(study, "as_of").values() if isinstance(implied, dict) for text in implied]
        for tab, title in (("dm", "SAE Dashboard_DM"), ("safety", "SAE Dashboard_Safety")):
            found = lines(book[title], ["discrepancy id"])
            created = [str(day(line["discrepancy created timestamp in dashboard"])) for line in found]
            until = max([*derived, *created])
            still = [
                date.fromisoformat(text) for text, line in zip(created, found, strict=True) if line["review status"] != "Review Completed"
            ]
            counted = size(found) | {
                "by_review_status": words(found, "review status"),
                "by_action_status": words(found, "action status"),
                "corrupt_ids": sum(number(line["discrepancy id"]) is None for line in found),
                "site_dash": sum(line["site"] == "-" for line in found),
                "created_min": min(created, default=None),
                "created_max": max(created, default=None),
                "open_rows": len(still),
                "open_age_days": summary([(date.fromisoformat(until) - when).days for when in still]) | {"as_of_used": until},
            }
            branch = claimed[tab]
            assert isinstance(branch, dict)
            agree(branch, counted)
            if tab == "safety":
                assert branch["by_case_status"] == words(found, "case status")


def test_inactivated(studies: list[Delivered]) -> None:
    for _, claimed, sheets in have(studies, "inactivated"):
        found = lines(sheets[0])
        actions = [tidy(line["audit action"]) for line in found]
        pages = sum("datapage" in action.lower() for action in actions)
        counted = size(found) | {
            "by_audit_action": dict(Counter(actions)),
            "by_data_on_form": words(found, "data on form/ record"),
            "pages": pages,
            "records": len(found) - pages,
        }
        agree(claimed, counted)


def test_missing_pages_and_their_union(studies: list[Delivered]) -> None:
    for study, claimed, _ in have(studies, "missing_pages"):
        groups: list[Counter[tuple[str, str, str]]] = []
        summaries = 0
        for at, (title, rows) in enumerate(study.books["missing_pages"].items()):
            found = lines(rows)
            texts = [tidy(line.get("visit date")) for line in found]
            branch = claimed[f"tab{at + 1}"]
            assert isinstance(branch, dict)
            counted = size(found) | {
                "tab": title,
                "by_form_type_raw": words(found, *LEVEL),
                "days_missing": summary(ages(found, *DAYS)),
                "days_error_cells": sum(tidy(cell(line, DAYS)).startswith("#") for line in found),
                "missing_visit_date": texts.count("Missing visit date"),
                "as_of": dated(found, ["visit date"], DAYS),
            }
            agree(branch, counted)
            visit = [tidy(cell(line, LEVEL)) in ("Visit Level", "Form 1") for line in found]
            keys = [(tidy(cell(line, SUBJECT)), tidy(cell(line, FOLDER)), text) for line, text in zip(found, texts, strict=True)]
            groups.append(Counter(key for key, counts in zip(keys, visit, strict=True) if counts))
            summaries += 0 if at else visit.count(False)
        assert set(claimed) - {"visit_level_union", "summary_rows", "missing_pages_union"} == {f"tab{at + 1}" for at in range(len(groups))}
        union = sum((groups[0] | groups[-1]).values())
        agree(claimed, {"visit_level_union": union, "summary_rows": summaries, "missing_pages_union": union + summaries})


def test_third_party_issues(studies: list[Delivered]) -> None:
    for _, claimed, sheets in have(studies, "edrr"):
        found = lines(sheets[0])
        counts = ages(found, "total open issue count per subject")
        pseudo = [count for line, count in zip(found, counts, strict=True) if not re.fullmatch(r"Subject \d+", tidy(line["subject"]))]
        counted = size(found) | {"open_issues": sum(counts), "max_per_subject": max(counts, default=0)}
        agree(claimed, counted | {"rows_without_subject_label": len(pseudo), "open_issues_without_subject_label": sum(pseudo)})


@pytest.mark.parametrize("kind", ["meddra", "whodrug"])
def test_coding(studies: list[Delivered], kind: str) -> None:
    for _, claimed, sheets in have(studies, kind):
        found = lines(sheets[0])
        counted = size(found) | {
            "by_coding_status": words(found, "coding status"),
            "by_require_coding": words(found, "require coding"),
            "by_dictionary": words(found, "dictionary"),
            "by_version": words(found, "dictionary version number"),
        }
        agree(claimed, counted)
        for line in found:
            uncoded = line["coding status"] == "UnCoded Term"
            assert (line["require coding"] == "Yes") is uncoded is (line["dictionary version number"] is None)


def subject_sheet(study: Delivered) -> tuple[list[list[object]], list[object]]:
    rows = study.books["cpid"]["Subject Level Metrics"]
    return [row for row in rows[4:] if tidy(row[0]).startswith("Study")], next(row for row in rows if row[5] == "Total:")


def test_subject_sheet(studies: list[Delivered]) -> None:
    columns = [16, 17, 18, *range(22, 44)]
    for study, claimed, _ in have(studies, "cpid"):
        people, total = subject_sheet(study)
        sums = claimed["sums"]
        assert isinstance(sums, dict)
        assert [sum(number(row[at]) or 0 for row in people) for at in columns] == list(sums.values())
        names = dict(zip(columns, sums, strict=True))
        counted = {
            "rows": len(people),
            "subjects": len({row[4] for row in people}),
            "sites": len({row[3] for row in people}),
            "countries": len({row[2] for row in people}),
            "total_row_corrupt_cells": [name for at, name in names.items() if tidy(total[at]).startswith("Site")],
            "rows_where_query_types_do_not_sum_to_total": sum(sum(number(n) or 0 for n in row[22:29]) != number(row[29]) for row in people),
            "subject_status": dict(Counter(tidy(row[6]) or "(blank)" for row in people)),
            "region": dict(Counter(tidy(row[1]) or "(blank)" for row in people)),
        }
        agree(claimed, counted)
        assert all(number(total[at]) in (None, sums[name]) for at, name in names.items())
        assert all(row[at] is None for row in people for at in [*range(7, 16), 19, 20, 21])


def test_detail_sheets(studies: list[Delivered]) -> None:
    plain = {
        "query_site_action": "Query Report - Site Action",
        "query_cra_action": "Query Report - CRA Action",
        "non_conformant": "Non conformant",
        "crf_freeze": "CRF Freeze",
        "crf_unfreeze": "CRF UnFreeze",
        "crf_locked": "CRF Locked",
        "crf_unlocked": "CRF UnLocked",
    }
    for study, claimed, _ in have(studies, "cpid"):
        book = study.books["cpid"]
        sheets = claimed["sheets"]
        assert isinstance(sheets, dict)
        for name, title in plain.items():
            assert sheets[name] == {"rows": len(lines(book[title]))}
        visits = lines(book["SV"])
        planned = [line for line in visits if "unplan" not in tidy(line["folder name"]).lower()]
        assert sheets["sv"] == {
            "rows": len(visits),
            "unplanned": len(visits) - len(planned),
            "no_date": sum(line["visit date"] is None for line in visits),
            "multivalue": sum(line["visit date"] == "#MULTIVALUE" for line in visits),
            "planned_with_valid_date": sum(day(line["visit date"]) is not None for line in planned),
        }
        for name, title, header in (("sdv", "SDV", "verification status"), ("protocol_deviation", "Protocol Deviation", "pd status")):
            found = lines(book[title])
            assert sheets[name] == {"rows": len(found), "by_status": words(found, header)}


def test_signatures_and_queries(studies: list[Delivered]) -> None:
    entered, opened = ["date page entered/ date last pi sign"], ["query open date"]
    for study, claimed, _ in have(studies, "cpid"):
        sheets = claimed["sheets"]
        assert isinstance(sheets, dict)
        found = lines(study.books["cpid"]["PI Signature Report"])
        days = ages(found, "no. of days")
        assert sheets["pi_signature"] == {
            "rows": len(found),
            "by_state": words(found, "page require signature"),
            "by_band": words(found, "pending since/ pi signed since"),
            "days": summary(days),
            "lt45": sum(ago < 45 for ago in days),
            "d45_90": sum(45 <= ago <= 90 for ago in days),
            "gt90": sum(ago > 90 for ago in days),
            "as_of": dated(found, entered, ["no. of days"]),
        }
        assert told(study, "as_of")["cpid"] == dated(found, entered, ["no. of days"])
        found = lines(study.books["cpid"]["Query Report - Cumulative"])
        assert sheets["query_cumulative"] == {
            "rows": len(found),
            "by_status": words(found, "query status"),
            "by_action_owner": words(found, "action owner"),
            "by_marking_group": words(found, "marking group name"),
            "days_since_open": summary(ages(found, "# days since open")),
            "days_since_response": summary(ages(found, "# days since response")),
            "as_of": dated(found, opened, ["# days since open"]),
        }


def test_unions_hold_every_label_of_every_report(studies: list[Delivered]) -> None:
    for study in studies:
        found = [
            line for kind, book in study.books.items() if kind not in ("cpid", "sae") for rows in book.values() for line in lines(rows)
        ]
        found += [line for rows in study.books.get("sae", {}).values() for line in lines(rows, ["discrepancy id"])]
        people = subject_sheet(study)[0] if "cpid" in study.books else []

        def union(
            headers: Sequence[str], at: int, label: Callable[[str], bool], found: list[Line] = found, people: list[list[object]] = people
        ) -> int:
            texts = {tidy(cell(line, headers)) for line in found} | {tidy(row[at]) for row in people}
            return len({text for text in texts if label(text)})

        assert study.claimed["subjects_union"] == union(SUBJECT, 4, lambda text: text.startswith("Subject "))
        assert study.claimed["sites_union"] == union(SITE, 3, lambda text: text.startswith("Site "))
        if not any(FULL_NAMES.match(tidy(cell(line, COUNTRY))) for line in found):
            assert study.claimed["countries_union"] == union(COUNTRY, 2, lambda text: len(text) == 3)
