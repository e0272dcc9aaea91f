"""Outstanding queries: who raised them, who must act, since when."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ncdm.demo.asof import AsOf
from ncdm.demo.chance import age, events, pick
from ncdm.demo.layout import Layout
from ncdm.demo.pages import BAD_DATE, Page, Signing
from ncdm.demo.vocabulary import FIELD_OIDS

MARKING = {
    "Site from System": 1574,
    "Site from Data Manager": 1360,
    "Site from Clinical Review": 954,
    "Site from Field Monitor": 515,
    "Site from Medical Review": 167,
    "Site from Safety": 101,
    "DM from System": 68,
    "FM from Clinical Review": 29,
    "Monitor from DM": 7,
}
"""How often each group raised a query in real deliveries."""

REVIEWER = {
    "System": "DM Review",
    "Data Manager": "DM Review",
    "Clinical Review": "Clinical Review",
    "Field Monitor": "Field Monitor Review",
    "Medical Review": "Medical Review",
    "Safety": "Safety Review",
    "Central Monitor": "CCRA Review",
    "DM": "DM Review",
}

OPEN_ONLY = frozenset({"DM from System"})
ANSWERED_ONLY = frozenset({"Site from Central Monitor"})
LONG_AGO = date(1995, 4, 1)


@dataclass(frozen=True, slots=True)
class Query:
    """One query that is not closed."""

    who: int
    folder: str
    form: int
    oid: str
    log: int
    day: date | str | None
    marking: str
    opened: datetime
    responded: datetime | None

    @property
    def status(self) -> str:
        """Open until the addressee has responded."""
        return "Open" if self.responded is None else "Answered"

    @property
    def owner(self) -> str:
        """Who must act now; it follows from who raised the query and from its status, without exception."""
        addressee, _, raiser = self.marking.partition(" from ")
        if self.marking in ("DM from System", "FM from System"):
            return self.marking
        if self.responded is not None:
            return REVIEWER[raiser]
        return "Site Review" if addressee == "Site" else "Field Monitor Review"


def begin(layout: Layout, pages: tuple[Page, ...], count: int, now: AsOf, rng: random.Random) -> tuple[Query, ...]:
    """The queries outstanding at the first delivery."""
    wanted = max(events(rng, layout.rates.queries * count), 4)
    queries: list[Query] = []
    while len(queries) < wanted:
        batch = rng.choice((1, 1, 1, 2, 3, 5))
        page = rng.choice(pages)
        answered = rng.random() >= layout.rates.open_share
        opened = now.cpid - timedelta(age(rng, 10 if answered else 7, 350 if answered else 178))
        queries.extend(_raised(page, opened, batch, now, rng, answered=answered))
    for marking in layout.other_owners:
        for at in rng.sample(range(len(queries)), 3):
            queries[at] = _relabelled(queries[at], marking, now)
    if layout.impossible_dates:
        queries = _with_impossible_dates(queries, pages)
    return tuple(sorted(queries, key=lambda query: (query.who, query.opened)))


def advance(queries: tuple[Query, ...], layout: Layout, fresh: list[Page], count: int, now: AsOf, rng: random.Random) -> tuple[Query, ...]:
    """A week later: queries are answered and closed, and new ones open on the pages just entered."""
    kept: list[Query] = []
    for query in queries:
        luck = rng.random()
        if query.responded is None and query.marking not in OPEN_ONLY and luck < 0.3:
            kept.append(replace(query, responded=_moment(now.cpid - timedelta(rng.randrange(0, 6)), rng)))
        elif luck < 0.4:
            continue
        else:
            kept.append(query)
    for _ in range(events(rng, 0.16 * layout.rates.queries * count) if fresh else 0):
        opened = now.cpid - timedelta(rng.randrange(7))
        kept.extend(_raised(rng.choice(fresh), opened, 1, now, rng, answered=rng.random() < 0.3))
    return tuple(sorted(kept, key=lambda query: (query.who, query.opened)))


def _raised(page: Page, opened: date, batch: int, now: AsOf, rng: random.Random, *, answered: bool) -> list[Query]:
    """Queries raised in one go: same person, same second."""
    marking = pick(rng, MARKING)
    at = _moment(opened, rng)
    answered = (answered and marking not in OPEN_ONLY) or marking in ANSWERED_ONLY
    queries = []
    for number in range(batch):
        moment = at.replace(microsecond=(at.microsecond + 3000 * number) % 1_000_000)
        responded = _moment(min(now.cpid, opened + timedelta(age(rng, 2, 120))), rng, moment) if answered else None
        oid, log = rng.choice(FIELD_OIDS), rng.randrange(12)
        queries.append(Query(page.who, page.folder, page.form, oid, log, page.day, marking, moment, responded))
    return queries


def _moment(day: date, rng: random.Random, after: datetime | None = None) -> datetime:
    """Some time of that day; when it is the day of ``after``, a little later."""
    moment = datetime.combine(day, time(rng.randrange(1, 20), rng.randrange(60), rng.randrange(60), rng.randrange(1000) * 1000))
    if after is not None and moment < after:
        return min(after + timedelta(minutes=rng.randrange(1, 90)), datetime.combine(after.date(), time(23, 59, 59)))
    return moment


def _relabelled(query: Query, marking: str, now: AsOf) -> Query:
    if marking in ANSWERED_ONLY and query.responded is None:
        return replace(query, marking=marking, responded=datetime.combine(now.cpid, time(20, 30, 1, 250000)))
    return replace(query, marking=marking)


def _with_impossible_dates(queries: list[Query], pages: tuple[Page, ...]) -> list[Query]:
    """A visit in 1995, and three visit dates that the export could not work out; two of them await the site."""
    queries[0] = replace(queries[0], day=LONG_AGO)
    source = next(page for page in pages if page.day == BAD_DATE and page.signing is Signing.NEVER)
    for at in range(1, 4):
        marking, responded = ("Site from System", None) if at < 3 else ("Site from Data Manager", queries[at].opened)
        queries[at] = replace(queries[at], who=source.who, folder=source.folder, day=BAD_DATE, marking=marking, responded=responded)
    return queries
