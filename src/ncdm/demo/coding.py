"""Terms to code with MedDRA and WHODrug: no version, status uncoded and coding required are one and the same."""

import random
from dataclasses import dataclass, replace

from ncdm.demo.book import Cell, Sheet
from ncdm.demo.chance import clumped, pick
from ncdm.demo.counting import Json, vocabulary
from ncdm.demo.layout import Layout, Part
from ncdm.demo.people import Person

MEDDRA_FORMS = {
    ("MedDRA", "AEG002", "AETERM"): 50,
    ("MedDRAMedHistory", "MHG001", "MHTERM"): 35,
    ("MedDRAMedHistory", "PRG001", "PRTRT"): 12,
    ("MedDRAMedHistory", "MHO001_TR", "MHTERM"): 2,
    ("MedDRA", "DDG002", "DDRESC"): 1,
}
WHODRUG_FORMS = {
    ("WHODrug-Global-B3", "CMG001", "CMTRT"): 84,
    ("WHODrug-Global-B3", "CMO005_TR", "CMTRT"): 10,
    ("WHODrug-Global-B3", "CMO006", "CMTRT"): 4,
    ("WHODrug-Global-B3", "ZAG001", "ZATRT"): 2,
}
HEADERS = (
    "Study",
    "Dictionary",
    "Dictionary Version number",
    "Subject",
    "Form OID",
    "Logline",
    "Field OID",
    "Coding Status",
    "Require Coding",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One reported term; it has a dictionary version exactly when it is coded."""

    who: int
    dictionary: str
    form_oid: str
    field_oid: str
    line: int
    version: float | None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of both dictionaries."""

    meddra: tuple[Term, ...]
    whodrug: tuple[Term, ...]


def begin(layout: Layout, people: tuple[Person, ...], rng: random.Random) -> Terms:
    """The terms reported up to the first delivery."""
    rates = layout.rates
    meddra: list[Term] = []
    if Part.MEDDRA not in layout.empty:
        meddra = _terms(people, rates.meddra, MEDDRA_FORMS, layout.versions[0], rates.uncoded, rng)
        meddra = _odd(meddra, layout.odd_versions[0])
    whodrug = _terms(people, rates.whodrug, WHODRUG_FORMS, layout.versions[1], 1.0 if layout.uncoded_only else rates.uncoded, rng)
    if layout.uncoded_only:
        return Terms(tuple(meddra), tuple(replace(term, version=None) for term in whodrug[:4]))
    whodrug.insert(2, whodrug[1])
    return Terms(tuple(meddra), tuple(_odd(whodrug, layout.odd_versions[1])))


def advance(terms: Terms, layout: Layout, people: tuple[Person, ...], rng: random.Random) -> Terms:
    """A week later: half of what was uncoded is coded, a few terms are new and still uncoded."""
    if layout.uncoded_only:
        return Terms((), tuple(term for term in terms.whodrug if rng.random() > 0.3))
    meddra = _a_week_later(terms.meddra, MEDDRA_FORMS, layout.versions[0], len(people), layout.rates.uncoded, rng)
    whodrug = _a_week_later(terms.whodrug, WHODRUG_FORMS, layout.versions[1], len(people), layout.rates.uncoded, rng)
    return Terms(meddra, whodrug)


Forms = dict[tuple[str, str, str], int]


def _terms(people: tuple[Person, ...], rate: float, forms: Forms, version: float, uncoded: float, rng: random.Random) -> list[Term]:
    found = []
    for who in range(len(people)):
        for line in range(clumped(rng, rate, 0.6)):
            dictionary, form_oid, field_oid = pick(rng, forms)
            found.append(Term(who, dictionary, form_oid, field_oid, line + 1, None if rng.random() < uncoded else version))
    while len(found) < 4:
        dictionary, form_oid, field_oid = pick(rng, forms)
        found.append(Term(0, dictionary, form_oid, field_oid, len(found) + 1, version))
    return found


def _odd(found: list[Term], version: float | None) -> list[Term]:
    """A few terms were coded with another version."""
    if version is not None:
        found[0] = replace(found[0], version=version)
    return found


def _a_week_later(
    found: tuple[Term, ...], forms: Forms, version: float, count: int, uncoded: float, rng: random.Random
) -> tuple[Term, ...]:
    kept = [replace(term, version=version) if term.version is None and rng.random() < 0.5 else term for term in found]
    for _ in range(rng.randrange(0, 1 + round(20 * uncoded * count) // 10)):
        dictionary, form_oid, field_oid = pick(rng, forms)
        kept.append(Term(rng.randrange(count), dictionary, form_oid, field_oid, rng.randrange(40, 60), None))
    return tuple(sorted(kept, key=lambda term: term.who))


def status(term: Term) -> str:
    """The coding status in the export's own spelling."""
    return "UnCoded Term" if term.version is None else "Coded Term"


def sheet(title: str, report: str, study: str, people: tuple[Person, ...], found: tuple[Term, ...]) -> Sheet:
    """One coding report as delivered."""
    lines: list[list[Cell]] = [[report, *HEADERS]]
    for term in found:
        required = "Yes" if term.version is None else "No"
        lines.append(
            [
                report,
                study,
                term.dictionary,
                term.version,
                people[term.who].label,
                term.form_oid,
                term.line,
                term.field_oid,
                status(term),
                required,
            ]
        )
    return Sheet(title, lines)


def truth(people: tuple[Person, ...], found: tuple[Term, ...]) -> Json:
    """The branch of one coding report."""
    return {
        "rows": len(found),
        "subjects": len({people[term.who].label for term in found}),
        "sites": 0,
        "countries": 0,
        "by_coding_status": vocabulary(status(term) for term in found),
        "by_require_coding": vocabulary("Yes" if term.version is None else "No" for term in found),
        "by_dictionary": vocabulary(term.dictionary for term in found),
        "by_version": vocabulary(term.version for term in found),
    }
