"""Visits done and visits missed: the SV sheet of the CPID workbook and the visit projection tracker."""

import random
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ncdm.demo.asof import AsOf
from ncdm.demo.book import Cell, Sheet
from ncdm.demo.chance import events
from ncdm.demo.counting import Json, entities, implied, summary
from ncdm.demo.layout import Layout, Part
from ncdm.demo.people import ACTIVE, Person
from ncdm.demo.vocabulary import COUNTRIES, SCHEDULES, SEVERAL, joined, spaced

IMPOSSIBLE_DAY = "31 SEP 2025"
DEBRIS = "$A$2:$D$2$A$2A2:D1556,4,0)"
UNPLANNED = "Unplanned visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of SV: a visit that has pages, with or without a usable date."""

    who: int
    folder: str
    day: date | None
    text: str | None
    planned: bool = True


@dataclass(frozen=True, slots=True)
class MissingVisit:
    """A visit that should have happened."""

    who: int
    name: str
    projected: date


@dataclass(frozen=True, slots=True)
class Visits:
    """All visits of a study, done and missing."""

    done: tuple[Visit, ...]
    missing: tuple[MissingVisit, ...]


def begin(layout: Layout, people: tuple[Person, ...], now: AsOf, rng: random.Random) -> Visits:
    """Every visit up to the first delivery."""
    done: list[Visit] = []
    missing: list[MissingVisit] = []
    schedule = SCHEDULES[layout.schedule]
    tracked = Part.TRACKER not in layout.empty
    for who, person in enumerate(people):
        if rng.random() < 0.02 or who == len(people) // 2:
            continue
        due = [(folder, person.started + timedelta(offset)) for folder, offset in schedule[: person.visits]]
        due = [(folder, day) for folder, day in due if day <= now.cpid]
        late = [(folder, day) for folder, day in due if day <= now.tracker]
        if tracked and late and person.status in ACTIVE and rng.random() < layout.rates.missing_visits:
            late = late[-rng.choice((1, 1, 2)) :]
            missing.extend(MissingVisit(who, folder, day) for folder, day in late)
            due = [(folder, day) for folder, day in due if (folder, day) not in late]
        done.extend(_held(who, folder, day, now.cpid, rng) for folder, day in due)
        done.extend(_unplanned(who, at, person.started, now.cpid, rng) for at in range(events(rng, 0.3)))
    if tracked and not missing and layout.rates.missing_visits:
        missing.append(MissingVisit(0, schedule[0][0], now.tracker - timedelta(231)))
    if Part.TRACKER in layout.few:
        missing = missing[:1]
    dated = [visit for visit in done if visit.planned and visit.day and visit.day <= now.tracker]
    for visit in dated[:: max(1, len(dated) // 3)][: layout.dated_missing_visits]:
        missing.append(MissingVisit(visit.who, visit.folder, visit.day or now.tracker))
    if layout.impossible_dates:
        at = next(at for at, visit in enumerate(done) if visit.planned and visit.day)
        done[at] = replace(done[at], day=None, text=IMPOSSIBLE_DAY)
    return Visits(tuple(done), tuple(sorted(missing, key=lambda item: item.who)))


def advance(visits: Visits, layout: Layout, people: tuple[Person, ...], before: AsOf, now: AsOf, rng: random.Random) -> Visits:
    """A week later: missed visits are caught up, new ones fall due and are mostly held."""
    done, missing = list(visits.done), list[MissingVisit]()
    held = {(visit.who, visit.folder) for visit in done}
    for item in visits.missing:
        if (item.who, item.name) not in held and rng.random() < 0.3:
            done.append(_held(item.who, item.name, now.cpid - timedelta(rng.randrange(0, 7)), now.cpid, rng))
        else:
            missing.append(item)
    for who, person in enumerate(people):
        if person.status not in ACTIVE:
            continue
        for folder, offset in SCHEDULES[layout.schedule]:
            day = person.started + timedelta(offset)
            if not before.tracker < day <= now.tracker or (who, folder) in held:
                continue
            if Part.TRACKER not in layout.empty and rng.random() < min(0.25, layout.rates.missing_visits):
                missing.append(MissingVisit(who, folder, day))
            else:
                done.append(_held(who, folder, day, now.cpid, rng))
    return Visits(tuple(sorted(done, key=lambda visit: visit.who)), tuple(sorted(missing, key=lambda item: item.who)))


def _held(who: int, folder: str, day: date, limit: date, rng: random.Random) -> Visit:
    day = min(limit, day + timedelta(rng.choice((-1, 0, 0, 0, 1, 2))))
    if rng.random() < 0.025:
        return Visit(who, folder, None, None)
    return Visit(who, folder, day, spaced(day, pad=rng.random() < 0.3))


def _unplanned(who: int, at: int, started: date, limit: date, rng: random.Random) -> Visit:
    folder = UNPLANNED if rng.random() < 0.7 else f"{UNPLANNED.upper()} ({at + 1})"
    luck = rng.random()
    if luck < 0.55:
        return Visit(who, folder, None, SEVERAL, planned=False)
    if luck < 0.62:
        return Visit(who, folder, None, None, planned=False)
    day = started + timedelta(rng.randrange(0, max(1, (limit - started).days)))
    return Visit(who, folder, day, spaced(day, pad=False), planned=False)


def tracker_sheet(layout: Layout, study: str, people: tuple[Person, ...], missing: tuple[MissingVisit, ...], now: AsOf) -> Sheet:
    """The visit projection tracker as delivered."""
    look = layout.tracker
    lines: list[list[Cell]] = [["Sponsor: Restricted"], [f"Study: {study}"]] if look.banner else []
    lines.append(list(look.headers))
    lines.extend(_line(layout, people[item.who], item, now) for item in missing)
    if look.debris_row:
        lines.extend([] for _ in range(look.debris_row - 1 - len(lines)))
        lines.append([DEBRIS])
    width = len(look.headers)
    merges = tuple(f"A{row}:{chr(64 + width)}{row}" for row in (1, 2)) if look.banner else ()
    return Sheet("Missing Visits", lines, merges, empty_rows=look.empty_rows, dates=look.dates or "General")


def _line(layout: Layout, person: Person, item: MissingVisit, now: AsOf) -> list[Cell]:
    look = layout.tracker
    country = COUNTRIES[person.site.country][1] if look.full_countries else person.site.country
    name = re.sub(r"\W", "", item.name).upper() if look.joined_names else item.name
    days = (now.tracker - item.projected).days
    return [country, person.site.label, person.label, name, item.projected if look.dates else joined(item.projected), days]


def tracker_truth(people: tuple[Person, ...], missing: tuple[MissingVisit, ...], now: AsOf) -> Json:
    """What the tracker says, counted from the intended facts."""
    who = [people[item.who] for item in missing]
    ages = [(now.tracker - item.projected).days for item in missing]
    branch = entities(len(missing), (p.label for p in who), (p.site.label for p in who), (p.site.country for p in who))
    pairs = zip((item.projected for item in missing), ages, strict=True)
    return branch | {"days_outstanding": summary(ages), "as_of": implied(pairs)}
