"""The CPID workbook: subject sheet, regional view, and twelve detail sheets, in the layout of the real exports."""

from collections.abc import Callable, Iterable
from datetime import date

from ncdm.demo.asof import AsOf
from ncdm.demo.book import Cell, ErrorCell, Sheet
from ncdm.demo.conformance import Deviation
from ncdm.demo.cpid_words import (
    DETAIL_HEADERS,
    EMPTY_METRICS,
    PLACE,
    QUERY_HEADERS,
    REGION_LINES,
    REGION_MERGES,
    REPORTS_INFO,
    SUBJECT_LINES,
    SUBJECT_MERGES,
)
from ncdm.demo.layout import Layout
from ncdm.demo.metrics import AT, METRICS, Details
from ncdm.demo.pages import Checking, Page, Signing
from ncdm.demo.people import Person
from ncdm.demo.queries import Query
from ncdm.demo.visits import Visit
from ncdm.demo.vocabulary import titled

FIRST_METRIC = 16
NOT_TOTALLED = frozenset(range(34, 38))
"""Columns for which the export writes no total."""

REGION_METRICS = (
    "queries_site",
    "queries_field_monitor",
    "broken_signatures",
    "crfs_never_signed",
    "crfs_require_sdv",
    "pages_non_conformant",
)
Lines = list[list[Cell]]


def workbook(
    layout: Layout, study: str, people: tuple[Person, ...], details: Details, exact: list[list[int]], shown: list[list[int]], now: AsOf
) -> list[Sheet]:
    """All fifteen sheets in the order of the export."""

    def place(who: int) -> list[Cell]:
        person = people[who]
        return [study, person.site.region, person.site.country, person.site.label, person.label]

    return [
        _subjects(layout, people, details.visits, shown, place),
        _regions(layout, people, exact, place),
        *_queries(layout, details.queries, place, now),
        _sheet("Non conformant", _nonconformant(layout, details, place)),
        _sheet("PI Signature Report", _signatures(layout, details.pages.entered, place, now)),
        _sheet("SDV", _checked(layout, details.pages.entered, place)),
        _sheet("Protocol Deviation", _deviations(layout, details.deviations, place), _deviation_headers(layout)),
        *_actions(layout, details, place),
        _sheet("SV", ([*place(visit.who), visit.folder, visit.text] for visit in details.visits)),
        Sheet("Reports info -reference", [*map(list, REPORTS_INFO)], empty_rows=1),
    ]


Place = Callable[[int], list[Cell]]


def page_label(layout: Layout, form: int) -> Cell:
    """The form's label; form 0 is a label that the anonymiser lost."""
    return layout.cpid.page_label.format(form) if form else ErrorCell()


def corrupted(at: int, total: int) -> str:
    """A total that happened to equal a raw site id became a site label."""
    return f"Site {(total * 7 + at * 13) % 1990 + 3}"


def latest_visits(visits: tuple[Visit, ...]) -> dict[int, str]:
    """The visit that the subject sheet calls the latest."""
    return {visit.who: visit.folder if visit.planned else f"{visit.folder} (1)" for visit in visits}


def _subjects(layout: Layout, people: tuple[Person, ...], visits: tuple[Visit, ...], shown: list[list[int]], place: Place) -> Sheet:
    lines: Lines = [list(line) for line in SUBJECT_LINES]
    latest = latest_visits(visits)
    for who, row in enumerate(shown):
        lines.append([*place(who), latest.get(who), people[who].status, *[None] * 9, *row[:3], None, None, None, *row[3:]])
    totals: list[Cell] = [None, None, None, len({person.site.label for person in people}), len(people), "Total:", *[None] * 38]
    for name, at in METRIC_COLUMNS.items():
        total = sum(row[AT[name]] for row in shown)
        if at not in NOT_TOTALLED:
            totals[at] = corrupted(at, total) if at in layout.cpid.corrupt_totals else total
    lines.append(totals)
    return Sheet("Subject Level Metrics", lines, SUBJECT_MERGES, empty_rows=layout.cpid.empty_rows_after_total)


METRIC_COLUMNS = {name: FIRST_METRIC + at + (3 if at >= len(EMPTY_METRICS) else 0) for at, name in enumerate(METRICS)}
"""Zero-based column of each metric: three empty ones follow the first three."""


def _regions(layout: Layout, people: tuple[Person, ...], exact: list[list[int]], place: Place) -> Sheet:
    lines: Lines = [list(line) for line in REGION_LINES]
    lines.extend([*place(who), None, None, *(row[AT[name]] for name in REGION_METRICS)] for who, row in enumerate(exact))
    totals: list[Cell] = [None, None, "Total:", len({person.site.label for person in people}), len(people), None, None]
    for name in REGION_METRICS:
        total, at = sum(row[AT[name]] for row in exact), METRIC_COLUMNS[name]
        totals.append(corrupted(at, total) if at in layout.cpid.corrupt_totals else total)
    return Sheet("Region_Country View", [*lines, totals], REGION_MERGES, empty_rows=1)


def _sheet(title: str, lines: Iterable[list[Cell]], headers: tuple[str, ...] | None = None) -> Sheet:
    found: Lines = list(lines)
    names = headers or DETAIL_HEADERS[title]
    numbers = {names.index("Log #"): "0"} if "Log #" in names else {}
    return Sheet(title, [list(names), *found], empty_rows=1 if found else 2, numbers=numbers)


def _queries(layout: Layout, queries: tuple[Query, ...], place: Place, now: AsOf) -> list[Sheet]:
    look = layout.cpid

    def lines(chosen: Iterable[Query], *, folder: bool, form: bool, field: bool, text_dates: bool) -> Iterable[list[Cell]]:
        for query in chosen:
            day: Cell = titled(query.day) if text_dates and query.day and not isinstance(query.day, str) else query.day
            responded = None if query.responded is None else (now.cpid - query.responded.date()).days
            yield [
                *place(query.who),
                *([query.folder] if folder else []),
                *([page_label(layout, query.form)] if form else []),
                *([None] if field else []),
                query.oid,
                query.log,
                day,
                query.status,
                query.owner,
                query.marking,
                query.opened,
                query.responded,
                (now.cpid - query.opened.date()).days,
                responded,
            ]

    def headers(site: str, form: str | None, *, folder: bool = True, field: bool = False) -> tuple[str, ...]:
        extra = (*(["Folder Name"] if folder else []), *([form] if form else []), *(["Field"] if field else []))
        return ("Study", "Region", "Country", site, "Subject Name", *extra, *QUERY_HEADERS)

    site = [query for query in queries if query.owner == "Site Review"]
    monitor = [query for query in queries if query.owner == "Field Monitor Review"]
    return [
        _sheet(
            "Query Report - Cumulative",
            lines(queries, folder=True, form=look.query_form is not None, field=False, text_dates=False),
            headers("Site Number", look.query_form),
        ),
        _sheet(
            "Query Report - Site Action",
            lines(site, folder=look.site_folder, form=look.site_form is not None, field=False, text_dates=True),
            headers("Site ID", look.site_form, folder=look.site_folder),
        ),
        _sheet(
            "Query Report - CRA Action",
            lines(monitor, folder=True, form=look.cra_form is not None, field=look.cra_field, text_dates=True),
            headers("Site ID", look.cra_form, field=look.cra_field),
        ),
    ]


def _nonconformant(layout: Layout, details: Details, place: Place) -> Iterable[list[Cell]]:
    for item in details.nonconformant:
        audited = f"{titled(item.audited.date())} {item.audited:%H:%M:%S}"
        yield [*place(item.who), item.folder, page_label(layout, item.form), item.log, item.oid, audited, item.day]


def _signatures(layout: Layout, pages: tuple[Page, ...], place: Place, now: AsOf) -> Iterable[list[Cell]]:
    waiting = [page for page in pages if page.signing in (Signing.NEVER, Signing.BROKEN)]
    for at, page in enumerate(waiting):
        days = (now.cpid - page.since).days
        yield [
            *place(page.who),
            page.folder,
            page_label(layout, page.form),
            str(page.signing),
            signature_action(page),
            page.day,
            titled(page.since),
            days,
            band(layout, at, days),
        ]


def signature_action(page: Page) -> str | None:
    """What the audit trail says about a broken signature."""
    if page.signing is not Signing.BROKEN:
        return None
    return ("Amendment Manager: " if page.amended else "") + "Signature has been broken."


def band(layout: Layout, at: int, days: int) -> str:
    """The band in which the export puts the age; a few rows of some studies use other bands."""
    if layout.cpid.seven_day_bands and at % 97 == 3:
        return "0-7 days" if days <= 7 else ">7 days"
    return "0-25 days" if days <= 25 else "26-45 days" if days <= 45 else ">45 days"


def _checked(layout: Layout, pages: tuple[Page, ...], place: Place) -> Iterable[list[Cell]]:
    for page in pages:
        if page.checking is not Checking.NONE:
            day = None if isinstance(page.day, str) else page.day
            yield [*place(page.who), page.folder, page_label(layout, page.form), day, str(page.checking)]


def _deviation_headers(layout: Layout) -> tuple[str, ...]:
    return (*PLACE, "Folder Name", *layout.cpid.deviation_form, "Log #", "PD Status", "Visit date")


def _deviations(layout: Layout, found: tuple[Deviation, ...], place: Place) -> Iterable[list[Cell]]:
    form: list[Cell] = [layout.cpid.page_label.format(47)]
    if len(layout.cpid.deviation_form) > 1:
        form.insert(0, "Protocol Deviation")
    for item in found:
        yield [*place(item.who), item.folder, *form, item.log, "PD Confirmed" if item.confirmed else "PD proposed", item.day]


def _actions(layout: Layout, details: Details, place: Place) -> list[Sheet]:
    user: list[Cell] = [None] if layout.cpid.audit_user else []

    def day(value: date | str | None) -> Cell:
        return None if isinstance(value, str) else value

    pages, undone = details.pages.entered, details.pages.undone
    frozen = ([*place(p.who), page_label(layout, p.form), "Freeze", day(p.day)] for p in pages if p.frozen and p.listed)
    unfrozen = ([*place(u.who), page_label(layout, u.form), "UnFreeze", u.day] for u in undone if not u.unlock)
    locked = ([*place(p.who), page_label(layout, p.form), "Lock", *user, day(p.day)] for p in pages if p.locked)
    unlocked = ([*place(u.who), page_label(layout, u.form), "Unlock", *user, u.day] for u in undone if u.unlock)
    lock_headers = (*DETAIL_HEADERS["CRF Locked"][:-1], *(["Audit User"] if user else []), "Visit date")
    locks = [_sheet("CRF Locked", locked, lock_headers), _sheet("CRF UnLocked", unlocked, lock_headers)]
    if layout.cpid.unlocked_first:
        locks.reverse()
    return [_sheet("CRF Freeze", frozen), _sheet("CRF UnFreeze", unfrozen), *locks]
