"""The oddities of real exports, each declared once: its code, what it is, where it sits, and which invented study carries it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from ncdm.demo.metrics import OWNER
from ncdm.demo.pages import Signing
from ncdm.demo.sae import BIG_NIGHT, DASH
from ncdm.demo.study import Study

IDENTIFIER = re.compile(r"\d{6,}")
OLD_HEADER = "Form Details"


@dataclass(frozen=True, slots=True)
class Quirk:
    """One oddity; ``carried`` looks at the facts and the layout, so that what is claimed is there."""

    code: str
    what: str
    where: str
    carried: Callable[[Study], bool]


def _absent_column(study: Study) -> bool:
    layout = study.layout
    looks = (layout.labs.form, layout.labs.category, layout.labs.comments, layout.inactivated.site, layout.cpid.query_form is not None)
    names = [header for look in layout.pages for header in look.headers]
    return (
        not all(looks)
        or not {"FolderName", "Visit Name", "Visit Name ", "Visit"} & set(names)
        or not {"FormName", "Page Name"} & set(names)
    )


def _extra_column(study: Study) -> bool:
    layout = study.layout
    sae = layout.sae.review_date or layout.sae.comments
    return sae or layout.cpid.audit_user or layout.cpid.cra_field or layout.labs.study or layout.inactivated.hidden_column


def _identifiers(study: Study) -> bool:
    folders = chain((item.folder for item in study.inactivations), (page.folder for page in study.missing_pages))
    texts = chain(folders, (item.label for item in study.thirdparty if item.who is None))
    return study.layout.inactivated.hidden_column or any(IDENTIFIER.search(text) for text in texts)


def _many_blanks(study: Study) -> bool:
    layout = study.layout
    rows = [layout.labs.empty_rows, layout.sae.empty_dm, layout.sae.empty_safety, layout.inactivated.empty_rows, layout.tracker.debris_row]
    return max(rows) >= 900 or layout.inactivated.empty_columns > 0


def _pages_without_visits(study: Study) -> bool:
    if study.details is None:
        return False
    return any(row[0] == 0 and row[1] > 0 for row in study.exact())


def _duplicates(study: Study) -> bool:
    if len(set(study.inactivations)) < len(study.inactivations):
        return True
    return len(set(study.terms.whodrug)) < len(study.terms.whodrug)


def _batches(study: Study) -> bool:
    if study.layout.two_sites:
        return sum(item.created.date() == BIG_NIGHT for item in study.sae.dm) > 1
    if study.details is None or not study.layout.pile_at_45:
        return False
    waiting = [page for page in study.details.pages.entered if page.signing in (Signing.NEVER, Signing.BROKEN)]
    return sum((study.now.cpid - page.since).days == 45 for page in waiting) > 1


def _dated_missing(study: Study) -> bool:
    dated = {(visit.who, visit.folder) for visit in study.visits.done if visit.day is not None}
    return study.details is not None and any((item.who, item.name) in dated for item in study.visits.missing)


def _several_as_of(study: Study) -> bool:
    now = study.now
    days = {
        now.tracker,
        now.tabs[0],
        *([now.cpid] if study.details is not None else []),
        *([now.tabs[1]] if len(study.layout.pages) > 1 else []),
    }
    return len(days) > 1


def _told_by_the_portfolio(study: Study) -> bool:
    """One study cannot tell: ``carried`` compares all of them."""
    del study
    return False


def _overlap(study: Study) -> bool:
    two = len(study.layout.pages) > 1
    return two and study.layout.overlap and any(page.tabs == (False, True) for page in study.missing_pages)


QUIRKS: tuple[Quirk, ...] = (
    Quirk("Q1", "a report is missing", "no CPID, no coding reports", lambda s: len(s.layout.files) < 9),
    Quirk("Q2", "a report has a header only", "tracker, labs, SAE, EDRR, MedDRA, pages", lambda s: bool(s.layout.empty)),
    Quirk("Q3", "thousands of blank rows, hundreds of blank columns", "labs, SAE, tracker, inactivated", _many_blanks),
    Quirk("Q4", "banner lines above the header", "tracker", lambda s: s.layout.tracker.banner),
    Quirk("Q5", "merged header lines and a total line", "CPID", lambda s: s.layout.has_cpid),
    Quirk("Q6", "a total became a label", "CPID, total line", lambda s: bool(s.layout.cpid.corrupt_totals) and s.layout.has_cpid),
    Quirk("Q7", "a footer of one or six lines", "inactivated", lambda s: s.layout.inactivated.footer > 0),
    Quirk("Q8", "the rest of a formula stands as a line", "tracker", lambda s: s.layout.tracker.debris_row > 0),
    Quirk("Q9", "trailing spaces, line breaks and typos in headers and words", "every report", lambda s: bool(s.inactivations)),
    Quirk("Q10", "a column is absent", "queries, labs, inactivated, pages", _absent_column),
    Quirk("Q11", "an extra column", "CPID, labs, SAE, inactivated", _extra_column),
    Quirk(
        "Q12", "old page layout, alone or beside the modern one", "pages", lambda s: any(OLD_HEADER in p.headers for p in s.layout.pages)
    ),
    Quirk("Q13", "anonymised header and enumeration", "pages", lambda s: any("Form 1" in p.levels for p in s.layout.pages)),
    Quirk("Q14", "a discrepancy id became a label", "SAE", lambda s: any(isinstance(r.number, str) for r in (*s.sae.dm, *s.sae.safety))),
    Quirk(
        "Q15",
        "a dash as site, subject, case or action",
        "SAE",
        lambda s: any(DASH in (r.site, r.subject, r.case, r.action) for r in s.sae.safety),
    ),
    Quirk("Q16", "a subject that is none", "EDRR", lambda s: any(item.who is None for item in s.thirdparty)),
    Quirk("Q17", "digits in the shape of an identifier", "inactivated, pages, EDRR", _identifiers),
    Quirk("Q18", "impossible dates and error texts for dates", "CPID: SV, signatures, queries, items", lambda s: s.layout.impossible_dates),
    Quirk("Q19", "error cells", "form labels, footer", lambda s: s.layout.missing_labels or s.layout.inactivated.footer > 1),
    Quirk(
        "Q20", "numbers as text, an error text as number", "pages", lambda s: any(p.days_as_text or p.error_days for p in s.layout.pages)
    ),
    Quirk(
        "Q21",
        "full country names, no country, a country without region",
        "tracker, pages, CPID",
        lambda s: s.layout.full_countries or s.layout.no_region_site,
    ),
    Quirk("Q22", "no visit entered, pages entered", "CPID, subject sheet", _pages_without_visits),
    Quirk("Q23", "two tabs that overlap", "pages", _overlap),
    Quirk("Q24", "rows that look like duplicates", "inactivated, WHODrug", _duplicates),
    Quirk("Q25", "an extract of uncoded terms only", "WHODrug", lambda s: s.layout.uncoded_only),
    Quirk("Q26", "subject sheet and detail sheet differ slightly", "CPID", lambda s: s.exact() != s.shown()),
    Quirk(
        "Q27",
        "query owners outside the seven types",
        "CPID",
        lambda s: s.details is not None and any(q.owner not in OWNER for q in s.details.queries),
    ),
    Quirk("Q28", "several as-of dates in one delivery; wrong dates in file names", "tracker, pages, file names", _several_as_of),
    Quirk("Q29", "source data verification hardly used", "CPID, SDV", lambda s: s.layout.verified_only > 0),
    Quirk(
        "Q30",
        "sizes differ a hundredfold",
        "subjects, labs, SAE",
        lambda s: s.layout.size >= 2 or s.layout.size <= 0.1 or s.layout.rates.labs > 20,
    ),
    Quirk("Q31", "many items of one night; a pile-up at exactly 45 days", "SAE, signatures", _batches),
    Quirk("Q32", "a missing visit that has a date", "tracker, SV", _dated_missing),
    Quirk("Q33", "the same label names another entity in another study", "sites, subjects", _told_by_the_portfolio),
    Quirk(
        "Q34", "a header stands twice, its first column is constant", "CPID, deviations", lambda s: len(s.layout.cpid.deviation_form) > 1
    ),
    Quirk("Q35", "one subject at two sites", "SAE, pages", lambda s: bool(s.elsewhere)),
)

SHARED_LABEL = "Q33"


def carried(studies: Sequence[Study]) -> dict[str, tuple[str, ...]]:
    """Which studies of a delivery carry each quirk; sharing a label takes two studies."""
    found = {quirk.code: tuple(study.name for study in studies if quirk.carried(study)) for quirk in QUIRKS}
    countries: dict[str, set[str]] = {}
    for study in studies:
        for site in {person.site for person in study.people}:
            countries.setdefault(site.label, set()).add(site.country)
    shared = {label for label, places in countries.items() if len(places) > 1}
    found[SHARED_LABEL] = tuple(study.name for study in studies if any(person.site.label in shared for person in study.people))
    return found
