"""Open issues of third-party reconciliation (EDRR): one number per subject, and a few rows that are no subject."""

import random
from dataclasses import dataclass, replace

from ncdm.demo.book import Cell, Sheet
from ncdm.demo.counting import Json
from ncdm.demo.layout import Layout, Part
from ncdm.demo.people import Person


@dataclass(frozen=True, slots=True)
class OpenIssues:
    """How many issues one subject has; no subject for issues of the study."""

    who: int | None
    label: str
    count: int


def begin(layout: Layout, people: tuple[Person, ...], rng: random.Random) -> tuple[OpenIssues, ...]:
    """The issues open at the first delivery."""
    if Part.EDRR in layout.empty:
        return ()
    heavy = layout.rates.edrr > 1
    found = []
    for who, person in enumerate(people):
        if rng.random() < min(0.3, layout.rates.edrr):
            count = rng.choice((1, 2, 3, 5, 5, 6, 8, 11, 17)) if heavy else rng.choice((1, 1, 1, 1, 2, 3))
            found.append(OpenIssues(who, person.label, count))
    if not found or Part.EDRR in layout.few:
        found = [OpenIssues(0, people[0].label, 1)]
    for pseudo in layout.pseudo_subjects:
        label = pseudo.format(id=f"{rng.randrange(100_000, 999_999)}-{rng.randrange(10_000, 99_999)}")
        found.insert(0, OpenIssues(None, label, rng.choice((1, 2, 3, 11))))
    return tuple(found)


def advance(found: tuple[OpenIssues, ...], layout: Layout, people: tuple[Person, ...], rng: random.Random) -> tuple[OpenIssues, ...]:
    """A week later: a third of the issues are closed, some subjects have a new one."""
    if Part.EDRR in layout.empty:
        return ()
    kept = [replace(item, count=item.count - (rng.random() < 0.35)) for item in found]
    kept = [item for item in kept if item.count > 0]
    known = {item.who for item in kept}
    fresh = [who for who in range(len(people)) if who not in known and rng.random() < 0.02 * layout.rates.edrr]
    return (*kept, *(OpenIssues(who, people[who].label, 1) for who in fresh))


def sheet(study: str, found: tuple[OpenIssues, ...]) -> Sheet:
    """The report as delivered, with its nameless last column."""
    lines: list[list[Cell]] = [["Study", "Subject", "Total Open issue Count per subject", "."]]
    lines.extend([study, item.label, item.count] for item in found)
    return Sheet("OpenIssuesSummary", lines)


def truth(found: tuple[OpenIssues, ...]) -> Json:
    """The branch ``edrr``; rows that are no subject count as subjects there, as in the reference."""
    counts = [item.count for item in found]
    pseudo = [item.count for item in found if item.who is None]
    return {
        "rows": len(found),
        "subjects": len({item.label for item in found}),
        "sites": 0,
        "countries": 0,
        "open_issues": sum(counts),
        "max_per_subject": max(counts, default=0),
        "rows_without_subject_label": len(pseudo),
        "open_issues_without_subject_label": sum(pseudo),
    }
