"""Laboratory results whose laboratory has no name, or whose test has no range: one report, one issue per test."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ncdm.demo.book import Cell, Sheet
from ncdm.demo.chance import clumped, some
from ncdm.demo.counting import Json, entities, vocabulary
from ncdm.demo.layout import Layout, Part
from ncdm.demo.people import Person
from ncdm.demo.vocabulary import LAB_OWNER, LAB_TESTS, NO_NAME, NO_RANGE, SCHEDULES, dashed


@dataclass(frozen=True, slots=True)
class LabIssue:
    """One test of one sample that lacks a laboratory name or a range; a stub has a category only."""

    who: int
    visit: str
    form: int
    category: str
    day: date | None
    code: str | None
    test: str | None
    issue: str | None

    @property
    def owner(self) -> str | None:
        """Who must act: follows from the issue, one to one."""
        return None if self.issue is None else LAB_OWNER[self.issue]


def begin(layout: Layout, people: tuple[Person, ...], today: date, rng: random.Random) -> tuple[LabIssue, ...]:
    """The issues open at the first delivery."""
    if Part.LABS in layout.empty:
        return ()
    found = [issue for who in range(len(people)) for issue in _of_subject(layout, who, people[who], today, rng)]
    if not found:
        found = _sample(layout, 0, people[0], 2, today, rng)
    if Part.LABS in layout.few:
        found = found[:4]
    for at in range(min(len(found), layout.labs.blank_dates)):
        found[at] = replace(found[at], day=None)
    if layout.labs.stub_row:
        found.append(LabIssue(found[-1].who, "Unplanned Visit (4)", 2, "CHEMISTRY", None, None, None, None))
    return tuple(found)


def advance(
    found: tuple[LabIssue, ...], layout: Layout, people: tuple[Person, ...], today: date, rng: random.Random
) -> tuple[LabIssue, ...]:
    """A week later: some samples are put right, some new ones have come."""
    if Part.LABS in layout.empty:
        return ()
    kept = [issue for issue in found if issue.issue is None or rng.random() > 0.15]
    for who, person in enumerate(people):
        if rng.random() < 0.02 * min(1.0, layout.rates.labs):
            kept.extend(_sample(layout, who, person, rng.randrange(1, 4), today, rng))
    return tuple(sorted(kept, key=lambda issue: issue.who))


def _of_subject(layout: Layout, who: int, person: Person, today: date, rng: random.Random) -> list[LabIssue]:
    wanted = clumped(rng, layout.rates.labs, 0.4 if layout.rates.labs > 5 else 0.08)
    issues: list[LabIssue] = []
    while len(issues) < wanted:
        issues.extend(_sample(layout, who, person, wanted - len(issues), today, rng))
    return issues


def _sample(layout: Layout, who: int, person: Person, most: int, today: date, rng: random.Random) -> list[LabIssue]:
    category = rng.choice(("CHEMISTRY", "CHEMISTRY", "HEMATOLOGY", "HEMATOLOGY", "URINALYSIS"))
    schedule = SCHEDULES[layout.schedule]
    visit = rng.choice((schedule[0][0], rng.choice(schedule)[0], f"Unplanned Visit ({rng.randrange(1, 6)})"))
    day = max(person.started, today - timedelta(rng.randrange(1, 300)))
    form = rng.randrange(1, 5)
    issue = NO_NAME if rng.random() < 0.76 else NO_RANGE
    tests = some(rng, LAB_TESTS[category], min(most, rng.randrange(2, 15)))
    return [LabIssue(who, visit, form, category, day, code, test, issue) for code, test in tests]


def sheet(layout: Layout, study: str, people: tuple[Person, ...], found: tuple[LabIssue, ...]) -> Sheet:
    """The report as delivered."""
    look = layout.labs
    headers: list[Cell] = [*(["Study"] if look.study else []), "Country", "Site number", "Subject", "Visit"]
    headers += [*(["Form Name"] if look.form else []), *(["Lab category"] if look.category else [])]
    headers += ["Lab Date", "Test Name", "Test description", "Issue", *(["Comments"] if look.comments else [])]
    lines = [headers, *(_line(layout, study, people[issue.who], issue) for issue in found)]
    return Sheet(look.sheet, lines, empty_rows=look.empty_rows)


def _line(layout: Layout, study: str, person: Person, issue: LabIssue) -> list[Cell]:
    look = layout.labs
    form = f"Form {issue.form} " if look.spaced_form and issue.form != 2 else f"Form {issue.form}"
    return [
        *([study] if look.study else []),
        person.site.country,
        person.site.label,
        person.label,
        issue.visit,
        *([form] if look.form else []),
        *([issue.category] if look.category else []),
        None if issue.day is None else dashed(issue.day),
        issue.code,
        issue.test,
        issue.issue,
        *([issue.owner] if look.comments else []),
    ]


def truth(layout: Layout, people: tuple[Person, ...], found: tuple[LabIssue, ...]) -> Json:
    """The branch ``labs`` of a study's truth; no vocabulary for a column that is absent."""
    who: Iterable[Person] = [people[issue.who] for issue in found]
    branch = entities(len(found), (p.label for p in who), (p.site.label for p in who), (p.site.country for p in who))
    branch["by_issue"] = vocabulary(issue.issue for issue in found)
    if layout.labs.comments:
        branch["by_comment"] = vocabulary(issue.owner for issue in found)
    if layout.labs.category:
        branch["by_category"] = vocabulary(issue.category for issue in found)
    return branch | {"lab_date_blank": sum(issue.day is None for issue in found)}
