"""Pages that should have been entered: which ones, since when, and in which of two overlapping tabs."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ncdm.demo.asof import AsOf
from ncdm.demo.chance import age, clumped
from ncdm.demo.counting import Json, entities, implied, summary, vocabulary
from ncdm.demo.layout import Layout, PagesLook, Part
from ncdm.demo.people import Person, Site
from ncdm.demo.vocabulary import CONTINUING, LOG_FOLDERS, NO_VISIT_DATE, SCHEDULES, STOPPED, spaced, titled

FOLDERS = ("FolderName", "Visit Name", "Visit Name ", "Visit")
"""The headers under which the exports name the folder; one layout has none of them."""


@dataclass(frozen=True, slots=True)
class MissingPage:
    """One page that is not there, on a visit or on a summary form."""

    who: int
    site: Site
    folder: str
    form: int
    summary: bool
    day: date | None
    padded: bool
    visit_status: str | None
    tabs: tuple[bool, bool]
    """Whether each of the two tabs lists it."""
    broken_days: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A missing page as one tab shows it."""

    page: MissingPage
    date_text: str | None
    days: int | None


def begin(
    layout: Layout, study: str, people: tuple[Person, ...], elsewhere: dict[int, Site], now: AsOf, rng: random.Random
) -> tuple[MissingPage, ...]:
    """The pages missing at the first delivery; ``elsewhere`` holds subjects that a second site claims."""
    if Part.PAGES in layout.empty:
        return ()
    found: list[MissingPage] = []
    for who, person in enumerate(people):
        wanted = clumped(rng, layout.rates.missing_pages, 0.25 if layout.rates.missing_pages > 0.5 else 0.05)
        while wanted > 0:
            found.extend(_visit(layout, who, person, min(wanted, rng.randrange(1, 6)), now, rng))
            wanted -= 3
    for who, site in elsewhere.items():
        found.extend(replace(page, site=site) for page in _visit(layout, who, people[who], 2, now, rng))
    for who in rng.sample(range(len(people)), min(3, len(people))):
        found.extend(_visit(layout, who, people[who], 3, now, rng))
        found.extend(_summaries(layout, study, who, people[who], now, rng))
    found.sort(key=lambda page: page.who)
    return tuple(_with_broken_days(found, max(look.error_days for look in layout.pages)))


def advance(
    found: tuple[MissingPage, ...], layout: Layout, people: tuple[Person, ...], before: AsOf, now: AsOf, rng: random.Random
) -> tuple[MissingPage, ...]:
    """A week later: many pages have been entered, a few more are due."""
    if Part.PAGES in layout.empty:
        return ()
    kept = [page for page in found if rng.random() > 0.2]
    for who, person in enumerate(people):
        if rng.random() < 0.05 * layout.rates.missing_pages:
            kept.extend(_visit(layout, who, person, 2, now, rng, since=(before.tabs[0])))
    return tuple(sorted(kept, key=lambda page: page.who))


def _visit(
    layout: Layout, who: int, person: Person, count: int, now: AsOf, rng: random.Random, since: date | None = None
) -> list[MissingPage]:
    """Some pages of one visit; like the export, either all of them know the visit's date or none."""
    folder = rng.choice(SCHEDULES[layout.schedule])[0]
    last = min(now.tabs)
    day = None if rng.random() < 0.45 else max(min(person.started, last), last - timedelta(age(rng, 30, 620)))
    if day is not None and since is not None:
        day = last - timedelta(rng.randrange(0, 7))
    status = None if day is None and rng.random() < 0.8 else (CONTINUING if rng.random() < 0.9 else STOPPED)
    padded = rng.random() < 0.4
    one = MissingPage(who, person.site, folder, 1, summary=False, day=day, padded=padded, visit_status=status, tabs=(True, True))
    return [replace(one, form=rng.randrange(1, 25), tabs=_tabs(layout, rng)) for _ in range(max(1, count))]


def _tabs(layout: Layout, rng: random.Random) -> tuple[bool, bool]:
    if any(look.dated_summaries for look in layout.pages):
        return False, True
    if not layout.overlap:
        return True, True
    return rng.choice(((True, True), (False, True), (False, True), (False, True), (True, False)))


def _summaries(layout: Layout, study: str, who: int, person: Person, now: AsOf, rng: random.Random) -> list[MissingPage]:
    dated = any(look.dated_summaries for look in layout.pages)
    folder = rng.choice(LOG_FOLDERS)
    if layout.two_sites:
        folder = f"eSAE - {study}_{rng.randrange(1_000_000, 9_999_999)}_{rng.randrange(1, 9):04d}"
    day = now.tabs[0] - timedelta(rng.choice((73, 981))) if dated else None
    one = MissingPage(who, person.site, folder, 1, summary=True, day=day, padded=True, visit_status=None, tabs=(True, False))
    return [replace(one, form=form) for form in range(1, rng.randrange(2, 5))]


def _with_broken_days(found: list[MissingPage], count: int) -> list[MissingPage]:
    """Give some undated pages a number of days that the export could not work out."""
    for at, page in enumerate(found):
        if count and page.day is None and not page.summary:
            found[at] = replace(page, broken_days=True)
            count -= 1
    return found


def shown(layout: Layout, found: tuple[MissingPage, ...], tab: int, now: AsOf) -> list[Shown]:
    """What one tab lists, with the text and the number of days it gives."""
    look = layout.pages[tab]
    only = len(layout.pages) == 1
    lines = []
    for page in found:
        if not (page.tabs[tab] or (only and page.tabs[1])):
            continue
        if page.day is None:
            lines.append(Shown(page, NO_VISIT_DATE if look.says_missing and not page.summary else None, None))
        else:
            text = titled(page.day).replace(" ", "-") if look.dated_summaries else spaced(page.day, pad=page.padded)
            lines.append(Shown(page, text, (now.tabs[tab] - page.day).days))
    return lines


def truth(layout: Layout, people: tuple[Person, ...], found: tuple[MissingPage, ...], now: AsOf) -> Json:
    """The branch ``missing_pages``: each tab, and the union of both."""
    branch: Json = {}
    groups: list[Counter[tuple[int, str | None, str | None]]] = []
    summaries = 0
    for tab, look in enumerate(layout.pages):
        lines = shown(layout, found, tab, now)
        branch[f"tab{tab + 1}"] = _tab_truth(look, people, lines)
        named = any(header in FOLDERS for header in look.headers)
        visits = [line for line in lines if not line.page.summary]
        groups.append(Counter((line.page.who, line.page.folder if named else None, line.date_text) for line in visits))
        summaries += sum(line.page.summary for line in lines) if tab == 0 else 0
    union = sum((groups[0] | groups[-1]).values())
    return branch | {"visit_level_union": union, "summary_rows": summaries, "missing_pages_union": union + summaries}


def _tab_truth(look: PagesLook, people: tuple[Person, ...], lines: list[Shown]) -> Json:
    countries = [] if look.no_country else [line.page.site.country for line in lines]
    branch = entities(len(lines), (people[line.page.who].label for line in lines), (line.page.site.label for line in lines), countries)
    return branch | {
        "tab": look.title,
        "by_form_type_raw": vocabulary(look.levels[line.page.summary] for line in lines),
        "days_missing": summary(line.days for line in lines if line.days is not None),
        "days_error_cells": sum(line.page.broken_days for line in lines) if look.error_days else 0,
        "missing_visit_date": sum(line.date_text == NO_VISIT_DATE for line in lines),
        "as_of": implied((line.page.day, line.days) for line in lines if line.page.day is not None and line.days is not None),
    }
