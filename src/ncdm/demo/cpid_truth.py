"""What the CPID workbook says, counted from the facts that went into it."""

from collections.abc import Iterable
from datetime import date

from ncdm.demo.asof import AsOf
from ncdm.demo.counting import Json, entities, implied, summary, vocabulary
from ncdm.demo.cpid import METRIC_COLUMNS, band
from ncdm.demo.layout import Layout
from ncdm.demo.metrics import AT, METRICS, QUERY_TYPES, Details
from ncdm.demo.pages import Checking, Signing
from ncdm.demo.people import Person
from ncdm.demo.vocabulary import SEVERAL

EMPTY_COLUMNS = [
    "Missing Visits",
    "Missing Page",
    "# Coded terms",
    "# Uncoded Terms",
    "# Open issues in LNR",
    "# Open Issues in EDRR",
    "Inactivated forms and folders",
    "# eSAE review DM",
    "# eSAE review safety",
    "# CRFs with queries & NC",
    "# CRFs without queries & NC",
    "% Clean Entered CRF",
]


def truth(layout: Layout, people: tuple[Person, ...], details: Details, shown: list[list[int]], now: AsOf) -> Json:
    """The branch ``cpid`` of a study's truth."""
    sums = {name: sum(row[at] for row in shown) for at, name in enumerate(METRICS)}
    verified, required = sums["forms_verified"], sums["crfs_require_sdv"]
    types = [AT[name] for name in QUERY_TYPES]
    sites, countries = (person.site.label for person in people), (person.site.country for person in people)
    return entities(len(people), (person.label for person in people), sites, countries) | {
        "sums": dict(sums),
        "columns_empty_in_all_rows": list(EMPTY_COLUMNS),
        "total_row_corrupt_cells": [name for name in METRICS if METRIC_COLUMNS[name] in layout.cpid.corrupt_totals],
        "total_row_mismatches": {},
        "rows_where_query_types_do_not_sum_to_total": sum(sum(row[at] for at in types) != row[AT["queries_total"]] for row in shown),
        "subject_status": vocabulary(person.status for person in people),
        "region": vocabulary(person.site.region for person in people),
        "sdv_pct": round(100 * verified / (verified + required), 4) if verified + required else None,
        "sheets": _sheets(layout, details, now),
    }


def _sheets(layout: Layout, details: Details, now: AsOf) -> Json:
    owners = [query.owner for query in details.queries]
    pages = details.pages.entered
    unlocks = sum(event.unlock for event in details.pages.undone)
    sheets: Json = {
        "query_cumulative": _queries(details, now),
        "query_site_action": {"rows": owners.count("Site Review")},
        "query_cra_action": {"rows": owners.count("Field Monitor Review")},
        "non_conformant": {"rows": len(details.nonconformant)},
        "crf_freeze": {"rows": sum(page.frozen and page.listed for page in pages)},
        "crf_unfreeze": {"rows": len(details.pages.undone) - unlocks},
        "crf_locked": {"rows": sum(page.locked for page in pages)},
        "crf_unlocked": {"rows": unlocks},
        "sv": {
            "rows": len(details.visits),
            "unplanned": sum(not visit.planned for visit in details.visits),
            "no_date": sum(visit.text is None for visit in details.visits),
            "multivalue": sum(visit.text == SEVERAL for visit in details.visits),
            "planned_with_valid_date": sum(visit.planned and visit.day is not None for visit in details.visits),
        },
        "pi_signature": signatures(layout, details, now),
    }
    checked = [str(page.checking) for page in pages if page.checking is not Checking.NONE]
    sheets["sdv"] = {"rows": len(checked), "by_status": vocabulary(checked)}
    states = ["PD Confirmed" if item.confirmed else "PD proposed" for item in details.deviations]
    sheets["protocol_deviation"] = {"rows": len(states), "by_status": vocabulary(states)}
    return sheets


def _queries(details: Details, now: AsOf) -> Json:
    queries = details.queries
    opened = [query.opened.date() for query in queries]
    responded = [query.responded.date() for query in queries if query.responded is not None]
    return {
        "rows": len(queries),
        "by_status": vocabulary(query.status for query in queries),
        "by_action_owner": vocabulary(query.owner for query in queries),
        "by_marking_group": vocabulary(query.marking for query in queries),
        "days_since_open": summary(_ages(opened, now.cpid)),
        "days_since_response": summary(_ages(responded, now.cpid)),
        "as_of": implied(zip(opened, _ages(opened, now.cpid), strict=True)),
    }


def signatures(layout: Layout, details: Details, now: AsOf) -> Json:
    """The branch of the signature sheet, whose rows date the whole workbook."""
    waiting = [page for page in details.pages.entered if page.signing in (Signing.NEVER, Signing.BROKEN)]
    since = [page.since for page in waiting]
    days = _ages(since, now.cpid)
    return {
        "rows": len(waiting),
        "by_state": vocabulary(str(page.signing) for page in waiting),
        "by_band": vocabulary(band(layout, at, age) for at, age in enumerate(days)),
        "days": summary(days),
        "lt45": sum(age < 45 for age in days),
        "d45_90": sum(45 <= age <= 90 for age in days),
        "gt90": sum(age > 90 for age in days),
        "as_of": implied(zip(since, days, strict=True)),
    }


def _ages(since: Iterable[date], until: date) -> list[int]:
    return [(until - day).days for day in since]
