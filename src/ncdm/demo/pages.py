"""Entered pages and what is still to do on them: signature, source data verification, freezing, locking."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from ncdm.demo.asof import AsOf
from ncdm.demo.chance import age, events
from ncdm.demo.layout import Layout
from ncdm.demo.people import Person
from ncdm.demo.visits import Visit
from ncdm.demo.vocabulary import LOG_FOLDERS

BAD_DATE = "#ERROR"
"""What the export writes where it could not work out a visit date."""


class Signing(StrEnum):
    """Where a page stands with the investigator."""

    NONE = "none"
    SIGNED = "signed"
    NEVER = "Yes - Never Signed"
    BROKEN = "Yes - Broken Signature"


class Checking(StrEnum):
    """Where a page stands with source data verification; the misspelling is the export's."""

    NONE = "none"
    REQUIRED = "Require Verification"
    VERIFIED = "Verifed"


@dataclass(frozen=True, slots=True)
class Page:
    """One entered page of one subject."""

    who: int
    folder: str
    form: int
    day: date | str | None
    entered: date
    signing: Signing
    since: date
    checking: Checking
    amended: bool = False
    frozen: bool = False
    listed: bool = True
    """Whether a frozen page is also in the list of frozen pages."""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Undoing:
    """A page that was un-frozen, or un-locked: an event, not a state."""

    who: int
    form: int
    day: date | None
    unlock: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """All entered pages of a study, and what was undone on them."""

    entered: tuple[Page, ...]
    undone: tuple[Undoing, ...]


def begin(layout: Layout, people: tuple[Person, ...], visits: tuple[Visit, ...], now: AsOf, rng: random.Random) -> Pages:
    """Every page up to the first delivery."""
    pages = [page for visit in visits for page in _of_visit(layout, visit, people[visit.who], now, rng, fresh=False)]
    for who, person in enumerate(people):
        for _ in range(max(1, events(rng, layout.rates.log_pages))):
            folder = rng.choice(LOG_FOLDERS)
            entered = max(person.started, now.cpid - timedelta(age(rng, 90, 900)))
            pages.append(_page(layout, (who, folder, None), min(entered, now.cpid), now, rng, fresh=False))
    if layout.verified_only:
        for at in rng.sample(range(len(pages)), min(layout.verified_only, len(pages))):
            pages[at] = replace(pages[at], folder="Protocol Deviation", day=None, checking=Checking.VERIFIED)
    if layout.impossible_dates:
        pages = _with_bad_dates(pages)
    if layout.rates.nonconformant == 0 and layout.missing_labels:
        pages[0] = replace(pages[0], form=0)
    pages.sort(key=lambda page: page.who)
    reopened = [page for page in pages if rng.random() < layout.rates.unfrozen]
    undone = [Undoing(page.who, page.form, page.day if isinstance(page.day, date) else None) for page in reopened]
    if layout.rates.locked > 0.05:
        undone.extend(Undoing(page.who, page.form, None, unlock=True) for page in rng.sample(pages, min(4, len(pages))))
    return Pages(tuple(pages), tuple(undone))


def advance(pages: Pages, layout: Layout, people: tuple[Person, ...], fresh: list[Visit], now: AsOf, rng: random.Random) -> Pages:
    """A week later: pages are signed and verified, a few signatures break, new visits bring new pages."""
    older = [_a_week_later(page, now, rng) for page in pages.entered]
    newer = [page for visit in fresh for page in _of_visit(layout, visit, people[visit.who], now, rng, fresh=True)]
    return Pages(tuple(sorted(older + newer, key=lambda page: page.who)), pages.undone)


def _of_visit(layout: Layout, visit: Visit, person: Person, now: AsOf, rng: random.Random, *, fresh: bool) -> list[Page]:
    base = visit.day or max(person.started, now.cpid - timedelta(rng.randrange(0, 300)))
    pages = []
    for _ in range(max(1, events(rng, layout.rates.pages_per_visit))):
        entered = min(now.cpid, base + timedelta(rng.choice((0, 0, 1, 2, 5, 12))))
        pages.append(_page(layout, (visit.who, visit.folder, visit.day), entered, now, rng, fresh=fresh))
    return pages


def _page(layout: Layout, at: tuple[int, str, date | None], entered: date, now: AsOf, rng: random.Random, *, fresh: bool) -> Page:
    who, folder, day = at
    form = rng.randrange(1, 60)
    rates = layout.rates
    signing = Signing.SIGNED
    luck = rng.random()
    if luck < (0.4 if fresh else rates.unsigned):
        signing = Signing.NEVER
    elif luck < rates.unsigned + rates.broken and not fresh:
        signing = Signing.BROKEN
    elif luck > 0.93:
        signing = Signing.NONE
    since = entered
    if signing in (Signing.NEVER, Signing.BROKEN) and not fresh:
        pile = rng.random() < layout.pile_at_45
        since = now.cpid - timedelta(45 if pile else age(rng, 22, 520))
        entered = min(entered, since)
    checking = Checking.NONE
    if rng.random() < rates.sdv and not layout.verified_only:
        checking = Checking.VERIFIED if rng.random() < (0.1 if fresh else rates.verified) else Checking.REQUIRED
    if layout.missing_labels and rng.random() < 0.03:
        form = 0
    frozen = not fresh and rng.random() < rates.frozen
    amended = signing is Signing.BROKEN and rng.random() < 0.25
    listed = not (frozen and layout.hidden_freezes and rng.random() < 0.6)
    locked = not fresh and rng.random() < rates.locked
    return Page(who, folder, form, day, entered, signing, since, checking, amended, frozen, listed, locked)


def _with_bad_dates(pages: list[Page]) -> list[Page]:
    """Give five pages that await a signature a visit date that the export could not work out."""
    waiting = [at for at, page in enumerate(pages) if page.signing is Signing.NEVER and page.checking is Checking.NONE]
    for at in waiting[:5]:
        pages[at] = replace(pages[at], day=BAD_DATE)
    return pages


def _a_week_later(page: Page, now: AsOf, rng: random.Random) -> Page:
    luck = rng.random()
    if page.signing in (Signing.NEVER, Signing.BROKEN) and luck < 0.2:
        page = replace(page, signing=Signing.SIGNED, since=now.cpid - timedelta(rng.randrange(0, 7)), amended=False)
    elif page.signing is Signing.SIGNED and luck < 0.002:
        page = replace(page, signing=Signing.BROKEN, since=now.cpid - timedelta(rng.randrange(0, 7)))
    if page.checking is Checking.REQUIRED and rng.random() < 0.18:
        page = replace(page, checking=Checking.VERIFIED)
    return page
