"""Non-conformant items and protocol deviations: two short lists of the CPID workbook."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from ncdm.demo.chance import clumped
from ncdm.demo.layout import Layout
from ncdm.demo.pages import BAD_DATE, Page
from ncdm.demo.people import Person
from ncdm.demo.visits import Visit
from ncdm.demo.vocabulary import FIELD_OIDS


@dataclass(frozen=True, slots=True)
class NonConformant:
    """One item of one page whose value breaks the item's own rules."""

    who: int
    folder: str
    form: int
    log: int
    oid: str
    audited: datetime
    day: date | str | None


@dataclass(frozen=True, slots=True)
class Deviation:
    """One protocol deviation, proposed or confirmed."""

    who: int
    folder: str | None
    log: int
    confirmed: bool
    day: date | None


def nonconformant(layout: Layout, pages: tuple[Page, ...], rng: random.Random) -> tuple[NonConformant, ...]:
    """The items that are non-conformant at the first delivery."""
    share = layout.rates.nonconformant
    if not share:
        return ()
    chosen = [page for page in pages if rng.random() < share] or [pages[0]]
    items: list[NonConformant] = []
    for page in chosen:
        oid = rng.choice(FIELD_OIDS)
        for log in range(rng.choice((1, 1, 1, 2, 3))):
            audited = datetime.combine(page.entered, time(rng.randrange(1, 23), rng.randrange(60), rng.randrange(60)))
            items.append(NonConformant(page.who, page.folder, page.form, log + 1, oid, audited, page.day))
    if layout.impossible_dates:
        items[0] = replace(items[0], day=BAD_DATE)
    return tuple(sorted(items, key=lambda item: item.who))


def corrected(items: tuple[NonConformant, ...], rng: random.Random) -> tuple[NonConformant, ...]:
    """A week later: about a third of the items are corrected."""
    return tuple(item for item in items if rng.random() > 0.35)


def deviations(layout: Layout, people: tuple[Person, ...], visits: tuple[Visit, ...], rng: random.Random) -> tuple[Deviation, ...]:
    """The deviations reported up to the first delivery."""
    by_subject: dict[int, list[Visit]] = {}
    for visit in visits:
        by_subject.setdefault(visit.who, []).append(visit)
    found: list[Deviation] = []
    for who in range(len(people)):
        for log in range(clumped(rng, layout.rates.deviations, 0.2) if who in by_subject else 0):
            visit = rng.choice(by_subject[who])
            folder = None if rng.random() < 0.03 else visit.folder
            found.append(Deviation(who, folder, log + 1, rng.random() < 0.86, visit.day))
    return tuple(found)


def decided(found: tuple[Deviation, ...], fresh: list[Visit], rng: random.Random) -> tuple[Deviation, ...]:
    """A week later: some proposals are confirmed, a few new visits bring a new proposal."""
    kept = [replace(item, confirmed=item.confirmed or rng.random() < 0.3) for item in found]
    logs = {item.who: item.log for item in found}
    proposed = [visit for visit in fresh if rng.random() < 0.02]
    kept.extend(Deviation(visit.who, visit.folder, logs.get(visit.who, 0) + 1, confirmed=False, day=visit.day) for visit in proposed)
    return tuple(sorted(kept, key=lambda item: (item.who, item.log)))
