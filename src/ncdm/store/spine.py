"""The spine: every study, site and subject that any report names, as the union of all reports (data-contracts section 4).

A site whose only row was rejected, and a subject that only an exception report names, do not vanish.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from ncdm.contracts import tables
from ncdm.contracts.kinds.cpid import SUBJECT_SHEET
from ncdm.ingest.tables import schema
from ncdm.ingest.values import MASK
from ncdm.store.state import State, text_of
from ncdm.types import SiteId, StudyId, SubjectId, by_number


@dataclass(frozen=True, slots=True)
class Site:
    """One site of a study."""

    site_id: SiteId
    country: str | None
    region: str | None
    subjects: int
    reports: tuple[str, ...]
    countries_named: tuple[str, ...]
    """Every country that some row gives; more than one is a contradiction."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of a study."""

    subject_id: SubjectId
    site_id: SiteId | None
    country: str | None
    subject_status: str | None
    status_source: str | None
    """The report that gave the status: the CPID, or filled from missing pages."""
    reports: tuple[str, ...]
    sites_named: tuple[str, ...]
    """Every site that some row gives; more than one is a contradiction."""
    pseudo: bool
    """A label that names no subject, such as ``Not Applicable``: its issues are the study's."""


@dataclass(frozen=True, slots=True)
class Spine:
    """The sites and subjects of one study."""

    sites: tuple[Site, ...]
    subjects: tuple[Subject, ...]
    lower_bound: bool
    """The subject sheet is missing, or lines of it were rejected: only the sites and subjects that some row names are known."""

    @property
    def countries(self) -> int:
        """How many countries the sites are in."""
        return len({site.country for site in self.sites if site.country is not None})


_SPINES: "WeakKeyDictionary[State, Mapping[StudyId, Spine]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def _mentions() -> str:
    """Every (study, site, subject, country) that a row names, with the report and how often."""
    parts = []
    for table, fillers in tables().items():
        names = set(schema(table).names)
        if "subject_id" not in names:
            continue
        site = "site_id" if "site_id" in names else "NULL"
        country = "country_iso3" if "country_iso3" in names else "NULL"
        region = "region" if "region" in names else "NULL"
        parts.append(
            f"SELECT study_id, kind, subject_id, {site} AS site_id, {country} AS country, {region} AS region, count(*) AS n"  # noqa: S608 - declared names
            f', min(row_ref) AS row_ref FROM "{table}" GROUP BY ALL'
        )
        assert fillers  # noqa: S101 - a table has at least one contract
    return " UNION ALL ".join(parts)


_SUBJECTS = """
WITH mention AS ({mentions}),
named AS (SELECT study_id, subject_id, site_id, sum(n) AS n, max(kind = 'cpid') AS cpid FROM mention WHERE subject_id IS NOT NULL AND site_id IS NOT NULL GROUP BY ALL),
placed AS (SELECT study_id, subject_id, arg_max(site_id, (cpid::INT, n, site_id)) AS site_id, list_sort(list(DISTINCT site_id)) AS sites FROM named GROUP BY ALL),
status AS (
    SELECT study_id, subject_id, any_value(subject_status) AS cpid_status FROM subject_metrics WHERE subject_id IS NOT NULL GROUP BY ALL
),
filled AS (
    SELECT study_id, subject_id, mode(subject_status) AS page_status FROM missing_page WHERE subject_id IS NOT NULL AND subject_status IS NOT NULL GROUP BY ALL
)
SELECT m.study_id, m.subject_id, p.site_id, coalesce(p.sites, []) AS sites, list_sort(list(DISTINCT m.kind)) AS reports,
       any_value(s.cpid_status) AS cpid_status, any_value(f.page_status) AS page_status
FROM mention m
LEFT JOIN placed p USING (study_id, subject_id) LEFT JOIN status s USING (study_id, subject_id) LEFT JOIN filled f USING (study_id, subject_id)
WHERE m.subject_id IS NOT NULL
GROUP BY m.study_id, m.subject_id, p.site_id, p.sites
"""

_SITES = """
WITH mention AS ({mentions}),
located AS (SELECT study_id, site_id, country, sum(n) AS n FROM mention WHERE site_id IS NOT NULL AND country IS NOT NULL GROUP BY ALL)
SELECT m.study_id, m.site_id, list_sort(list(DISTINCT m.kind)) AS reports, any_value(m.region) AS region,
       (SELECT arg_max(l.country, (l.n, l.country)) FROM located l WHERE l.study_id = m.study_id AND l.site_id = m.site_id) AS country,
       coalesce((SELECT list_sort(list(DISTINCT l.country)) FROM located l WHERE l.study_id = m.study_id AND l.site_id = m.site_id), []) AS countries
FROM mention m WHERE m.site_id IS NOT NULL GROUP BY m.study_id, m.site_id
"""


def spines(state: State) -> Mapping[StudyId, Spine]:
    """The spine of every study that the snapshot shows."""
    with _LOCK:
        found = _SPINES.get(state)
        if found is None:
            found = _SPINES[state] = _compute(state)
    return found


def spine(state: State, study: StudyId | str) -> Spine:
    """The spine of one study; empty for a study that no row names."""
    return spines(state).get(StudyId(study), Spine((), (), lower_bound=True))


def _compute(state: State) -> dict[StudyId, Spine]:
    mentions = _mentions()
    site_rows = state.ask(_SITES.format(mentions=mentions))
    subject_rows = state.ask(_SUBJECTS.format(mentions=mentions))
    with_cpid, whole = _subject_sheets(state)
    studies = {sheet.study_id for sheet in state.sheets}
    site_country = {(row["study_id"], row["site_id"]): row["country"] for row in site_rows}
    subjects: dict[StudyId, list[Subject]] = {study: [] for study in studies}
    of_site: dict[tuple[object, object], int] = {}
    for row in subject_rows:
        label = str(row["subject_id"])
        pseudo = _is_pseudo(label, _texts(row["reports"]), with_cpid=row["study_id"] in with_cpid)
        status = row["cpid_status"] if row["cpid_status"] is not None else row["page_status"]
        source = None if status is None else "cpid" if row["cpid_status"] is not None else "missing_pages"
        if not pseudo:
            of_site[row["study_id"], row["site_id"]] = of_site.get((row["study_id"], row["site_id"]), 0) + 1
        subjects[StudyId(str(row["study_id"]))].append(
            Subject(
                subject_id=SubjectId(label),
                site_id=None if row["site_id"] is None else SiteId(str(row["site_id"])),
                country=text_of(site_country.get((row["study_id"], row["site_id"]))),
                subject_status=text_of(status),
                status_source=source,
                reports=_texts(row["reports"]),
                sites_named=_texts(row["sites"]),
                pseudo=pseudo,
            )
        )
    sites: dict[StudyId, list[Site]] = {study: [] for study in studies}
    for row in site_rows:
        sites[StudyId(str(row["study_id"]))].append(
            Site(
                site_id=SiteId(str(row["site_id"])),
                country=text_of(row["country"]),
                region=text_of(row["region"]),
                subjects=of_site.get((row["study_id"], row["site_id"]), 0),
                reports=_texts(row["reports"]),
                countries_named=_texts(row["countries"]),
            )
        )
    return {
        study: Spine(
            tuple(sorted(sites[study], key=lambda site: by_number(site.site_id))),
            tuple(sorted(subjects[study], key=lambda subject: (subject.pseudo, by_number(subject.subject_id)))),
            lower_bound=study not in whole,
        )
        for study in studies
    }


def _subject_sheets(state: State) -> tuple[frozenset[StudyId], frozenset[StudyId]]:
    """The studies whose subject sheet is shown, and those of them whose every line of it was accepted."""
    sheets = [sheet for sheet in state.sheets if sheet.contract == SUBJECT_SHEET]
    shown = frozenset(sheet.study_id for sheet in sheets)
    return shown, shown - {sheet.study_id for sheet in sheets if state.receipt_of(sheet).rejected}


def _is_pseudo(label: str, reports: tuple[str, ...], *, with_cpid: bool) -> bool:
    """Whether a label names no subject: it is none the CPID lists, and no ``Subject N``; without a CPID, it carries no number, or a masked one."""
    if label.startswith("Subject ") and label[8:].isdigit():
        return False
    return "cpid" not in reports if with_cpid else MASK in label or not any(character.isdigit() for character in label)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(entry) for entry in value) if isinstance(value, list) else ()
