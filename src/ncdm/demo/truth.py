"""The truth beside a delivery: for each study what its files say, counted from the intended facts, never read back."""

from collections.abc import Iterator
from datetime import date

from ncdm.demo import coding, cpid_truth, inactivations, labs, missing_pages, sae, thirdparty, visits
from ncdm.demo.counting import Json, labels
from ncdm.demo.layout import Kind
from ncdm.demo.study import Study

Mention = tuple[str | None, str | None, str | None]
"""A subject, a site and a country (ISO) that a row names; ``None`` where it does not."""


def of_study(study: Study) -> Json:
    """All leaves of one study, in the shape of the reference totals."""
    layout, who, now = study.layout, study.people, study.now
    mentions = list(_mentions(study))
    result: Json = {
        "reports_missing": [str(kind) for kind in Kind if kind not in layout.files],
        "subjects_union": len(labels(subject for subject, _, _ in mentions)),
        "sites_union": len(labels(site for _, site, _ in mentions)),
        "countries_union": len(labels(country for _, _, country in mentions)),
    }
    reports: Json = {}
    derived: Json = {}
    if study.details is not None:
        reports["cpid"] = cpid_truth.truth(layout, who, study.details, study.shown(), now)
        derived["cpid"] = cpid_truth.signatures(layout, study.details, now)["as_of"]
    tracker = visits.tracker_truth(who, study.visits.missing, now)
    derived["visit_tracker"] = tracker["as_of"]
    tabs = missing_pages.truth(layout, who, study.missing_pages, now)
    derived |= {f"missing_pages_{name}": tab["as_of"] for name, tab in tabs.items() if isinstance(tab, dict)}
    days = sorted(date.fromisoformat(day) for implied in derived.values() if isinstance(implied, dict) for day in implied)
    reports["visit_tracker"] = tracker
    reports["labs"] = labs.truth(layout, who, study.labs)
    reports["sae"] = sae.truth(study.sae, days)
    reports["inactivated"] = inactivations.truth(layout, who, study.inactivations)
    reports["missing_pages"] = tabs
    reports["edrr"] = thirdparty.truth(study.thirdparty)
    reports["meddra"] = coding.truth(who, study.terms.meddra)
    reports["whodrug"] = coding.truth(who, study.terms.whodrug)
    return result | {"as_of": derived} | {kind: branch for kind, branch in reports.items() if Kind(kind) in layout.files}


def _mentions(study: Study) -> Iterator[Mention]:
    """Every subject, site and country that some row of some delivered report names."""
    who, layout = study.people, study.layout

    def person(at: int) -> Mention:
        return who[at].label, who[at].site.label, who[at].site.country

    if study.details is not None:
        yield from (person(at) for at in range(len(who)))
    yield from (person(item.who) for item in study.visits.missing)
    yield from (person(item.who) for item in study.labs)
    yield from ((item.subject, item.site, item.country) for item in study.sae.dm)
    yield from ((item.subject, item.site, None) for item in study.sae.safety)
    yield from (person(item.who) if layout.inactivated.site else (who[item.who].label, None, None) for item in study.inactivations)
    for tab, look in enumerate(layout.pages):
        for line in missing_pages.shown(layout, study.missing_pages, tab, study.now):
            page = line.page
            yield who[page.who].label, page.site.label, None if look.no_country else page.site.country
    yield from ((item.label, None, None) for item in study.thirdparty if item.who is not None)
    if Kind.MEDDRA in layout.files:
        yield from ((who[term.who].label, None, None) for term in (*study.terms.meddra, *study.terms.whodrug))
