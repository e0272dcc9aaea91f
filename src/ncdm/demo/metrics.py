"""The subject sheet of CPID: twenty-five numbers per subject, added up from the detail facts."""

from dataclasses import dataclass

from ncdm.demo.asof import AsOf
from ncdm.demo.conformance import Deviation, NonConformant
from ncdm.demo.layout import Layout
from ncdm.demo.pages import Checking, Pages, Signing
from ncdm.demo.queries import Query
from ncdm.demo.visits import Visit

METRICS = (
    "visits_entered ('# Expected Visits')",
    "pages_entered",
    "pages_non_conformant",
    "queries_dm",
    "queries_clinical",
    "queries_medical",
    "queries_site",
    "queries_field_monitor",
    "queries_coding",
    "queries_safety",
    "queries_total",
    "crfs_require_sdv",
    "forms_verified",
    "crfs_frozen",
    "crfs_not_frozen",
    "crfs_locked",
    "crfs_unlocked",
    "pds_confirmed",
    "pds_proposed",
    "crfs_signed",
    "overdue_sign_lt45d",
    "overdue_sign_45_90d",
    "overdue_sign_gt90d",
    "broken_signatures",
    "crfs_never_signed",
)
"""In the order of the sheet, by the name the reference totals use."""

AT = {name: at for at, name in enumerate(METRICS)}
OWNER = {
    "DM Review": "queries_dm",
    "DM from System": "queries_dm",
    "Clinical Review": "queries_clinical",
    "Medical Review": "queries_medical",
    "Site Review": "queries_site",
    "Field Monitor Review": "queries_field_monitor",
    "Safety Review": "queries_safety",
}
"""Which column counts an action owner; the others are in the total only."""

QUERY_TYPES = METRICS[3:10]


@dataclass(frozen=True, slots=True)
class Details:
    """The facts behind the CPID workbook."""

    visits: tuple[Visit, ...]
    pages: Pages
    queries: tuple[Query, ...]
    nonconformant: tuple[NonConformant, ...]
    deviations: tuple[Deviation, ...]


def add_up(details: Details, count: int, now: AsOf) -> list[list[int]]:
    """Twenty-five numbers for each of ``count`` subjects."""
    table = [[0] * len(METRICS) for _ in range(count)]
    for visit in details.visits:
        table[visit.who][0] += visit.planned and visit.day is not None
    for page in details.pages.entered:
        row = table[page.who]
        row[AT["pages_entered"]] += 1
        row[AT["crfs_require_sdv"]] += page.checking is Checking.REQUIRED
        row[AT["forms_verified"]] += page.checking is Checking.VERIFIED
        row[AT["crfs_frozen"]] += page.frozen
        row[AT["crfs_locked"]] += page.locked
        row[AT["crfs_signed"]] += page.signing is Signing.SIGNED
        row[AT["broken_signatures"]] += page.signing is Signing.BROKEN
        row[AT["crfs_never_signed"]] += page.signing is Signing.NEVER
        if page.signing in (Signing.BROKEN, Signing.NEVER):
            row[AT[bucket((now.cpid - page.since).days)]] += 1
    for event in details.pages.undone:
        table[event.who][AT["crfs_unlocked" if event.unlock else "crfs_not_frozen"]] += 1
    for query in details.queries:
        table[query.who][AT["queries_total"]] += 1
        if query.owner in OWNER:
            table[query.who][AT[OWNER[query.owner]]] += 1
    for who, _, _ in {(item.who, item.folder, item.form) for item in details.nonconformant}:
        table[who][AT["pages_non_conformant"]] += 1
    for deviation in details.deviations:
        table[deviation.who][AT["pds_confirmed" if deviation.confirmed else "pds_proposed"]] += 1
    return table


def bucket(days: int) -> str:
    """The age bucket of a pending signature: 45 and 90 days belong to the middle one."""
    if days < 45:
        return "overdue_sign_lt45d"
    return "overdue_sign_45_90d" if days <= 90 else "overdue_sign_gt90d"


def nudge(table: list[list[int]], layout: Layout) -> list[list[int]]:
    """The subject sheet as exported: now and then one less than its detail sheet says."""
    table = [list(row) for row in table]
    for name in layout.off_by_one:
        row = next((row for row in table if row[AT[name]] > 0 and _may_lose(row, name)), None)
        if row is None:
            continue
        row[AT[name]] -= 1
        if name == "queries_site":
            row[AT["queries_total"]] -= 1
        if name == "broken_signatures":
            row[AT[next(late for late in METRICS[20:23] if row[AT[late]] > 0)]] -= 1
    return table


def _may_lose(row: list[int], name: str) -> bool:
    return name != "broken_signatures" or any(row[20:23])
