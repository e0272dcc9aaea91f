"""Sites and subjects of one invented study: many small sites, few large ones, labels that recur in other studies."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ncdm.demo.chance import pick, shares
from ncdm.demo.layout import Layout
from ncdm.demo.vocabulary import COUNTRIES, NO_REGION

ACTIVE = frozenset({"On Trial", "Enrolled", "Screening", None, "Follow-Up"})
"""Statuses in which a subject still has visits to come."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site as the exports name it."""

    label: str
    country: str
    region: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """One subject: where, since when, in which status."""

    label: str
    site: Site
    status: str | None
    started: date
    visits: int
    """Visits of the schedule that belong to this subject."""


def recruit(layout: Layout, count: int, length: int, today: date, rng: random.Random) -> tuple[Person, ...]:
    """All subjects of a study, in the order in which its exports list them."""
    sites = _sites(layout, max(2, min(count // 2, round(count / layout.per_site))), rng)
    weights = shares(rng, len(sites))
    chosen = list(range(len(sites))) + rng.choices(range(len(sites)), weights, k=count - len(sites))
    numbers = _numbers(count, rng)
    people = [_person(layout, f"Subject {number}", sites[at], length, today, rng) for number, at in zip(numbers, chosen, strict=True)]
    return tuple(sorted(people, key=_place))


def _place(person: Person) -> tuple[str, str, str, int, str]:
    site = person.site
    return site.region or "", site.country, site.label, len(person.label), person.label


def advance(people: tuple[Person, ...], today: date, rng: random.Random) -> tuple[Person, ...]:
    """A week later: screened subjects enter or fail, some finish or leave."""
    return tuple(replace(person, status=_next_status(person, today, rng)) for person in people)


def _sites(layout: Layout, count: int, rng: random.Random) -> list[Site]:
    weights = {country: weight for country, (_, _, weight) in COUNTRIES.items()}
    numbers = _numbers(count, rng)
    sites: list[Site] = []
    for at, number in enumerate(numbers):
        country = NO_REGION if layout.no_region_site and at == count - 1 else pick(rng, weights)
        sites.append(Site(f"Site {number}", country, COUNTRIES[country][0] if country in COUNTRIES else None))
    return sites


def _numbers(count: int, rng: random.Random) -> list[int]:
    """Label numbers: a third from the low range that every study shares, the rest in one run of their own."""
    low = max(1, count // 3)
    shared = rng.sample(range(1, 2 * low + 6), low)
    start = rng.randrange(2 * low + 50, 30_000)
    return shared + list(range(start, start + count - low))


def _person(layout: Layout, label: str, site: Site, length: int, today: date, rng: random.Random) -> Person:
    status = pick(rng, layout.statuses)
    if status in ("Screening", None):
        visits, started = 1, today - timedelta(rng.randrange(3, 45))
    elif status == "Screen Failure":
        visits, started = 1, today - timedelta(rng.randrange(20, 600))
    elif status in ("Completed", "Follow-Up"):
        visits, started = length, today - timedelta(rng.randrange(500, 900))
    elif status == "Discontinued":
        visits, started = rng.randrange(1, length), today - timedelta(rng.randrange(200, 800))
    else:
        visits, started = length, today - timedelta(rng.randrange(25, layout.longest))
    return Person(label, site, status, started, visits)


def _next_status(person: Person, today: date, rng: random.Random) -> str | None:
    luck = rng.random()
    if person.status in ("Screening", None) and luck < 0.12:
        return "Enrolled" if luck < 0.07 else "Screen Failure"
    if person.status == "Enrolled" and luck < 0.04:
        return "On Trial"
    if person.status in ("On Trial", "Enrolled") and luck > 0.997:
        return "Discontinued"
    if person.status == "On Trial" and luck > 0.992 and today - person.started > timedelta(600):
        return "Completed"
    return person.status
