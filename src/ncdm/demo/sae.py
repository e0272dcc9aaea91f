"""The SAE dashboard: discrepancies that data management and safety must review, created in nightly batches."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ncdm.demo.asof import AsOf
from ncdm.demo.book import Cell, Sheet
from ncdm.demo.chance import age, clumped, events, pick
from ncdm.demo.counting import Json, entities, summary, vocabulary
from ncdm.demo.layout import Layout, Part
from ncdm.demo.people import Person, Site

DONE = "Review Completed"
DASH = "-"
SAFETY_DATES = r"dd\-mmm\-yyyy\ hh:mm:ss"
CREATED = "Discrepancy Created Timestamp in Dashboard"
BIG_NIGHT = date(2024, 11, 26)
"""The night in which a vast study got half of its items at once."""


@dataclass(frozen=True, slots=True)
class Review:
    """One discrepancy to review; a text instead of its number is the anonymiser's work."""

    who: int
    number: int | str
    site: str
    subject: str
    country: str
    form: int
    created: datetime
    status: str
    action: str | None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Reviews:
    """The two tabs of the dashboard."""

    dm: tuple[Review, ...]
    safety: tuple[Review, ...]


def begin(layout: Layout, people: tuple[Person, ...], elsewhere: dict[int, Site], now: AsOf, rng: random.Random) -> Reviews:
    """Everything created up to the first delivery; ``elsewhere`` holds subjects that a second site claims."""
    dm = _tab(layout, people, now, rng, safety=False)
    for who, site in elsewhere.items():
        night = _night(now.safety, rng)
        item = _review(layout, who, people[who], night, rng, safety=False)
        dm.extend((item, replace(item, created=night + timedelta(seconds=38)), replace(item, site=site.label, country=site.country)))
    safety = _tab(layout, people, now, rng, safety=True)
    return Reviews(
        tuple(_numbered(dm, layout.sae.corrupt_dm, layout.sae.corrupt_word, 500, rng)),
        tuple(_with_dashes(_numbered(safety, layout.sae.corrupt_safety, layout.sae.corrupt_word, 30, rng), layout, rng)),
    )


def advance(reviews: Reviews, layout: Layout, people: tuple[Person, ...], now: AsOf, rng: random.Random) -> Reviews:
    """A week later: some reviews are completed, a few discrepancies are new."""
    return Reviews(
        tuple(_a_week_later(reviews.dm, layout, people, now, rng, safety=False)),
        tuple(_a_week_later(reviews.safety, layout, people, now, rng, safety=True)),
    )


def _tab(layout: Layout, people: tuple[Person, ...], now: AsOf, rng: random.Random, *, safety: bool) -> list[Review]:
    part = Part.SAE_SAFETY if safety else Part.SAE_DM
    if part in layout.empty:
        return []
    rate = layout.rates.sae_safety if safety else layout.rates.sae_dm
    share = 0.5 if rate > 0.5 else 0.08
    found: list[Review] = []
    night = _night(now.safety, rng, safety=safety)
    for who, person in enumerate(people):
        for _ in range(clumped(rng, rate, share)):
            if rng.random() < 0.3:
                night = _night(now.safety, rng, safety=safety)
            moment = datetime.combine(BIG_NIGHT, time(20, 53)) if layout.two_sites and not safety and rng.random() < 0.45 else night
            found.append(_review(layout, who, person, moment + timedelta(seconds=rng.randrange(0, 59)), rng, safety=safety))
    if not found:
        found = [_review(layout, 0, people[0], night, rng, safety=safety) for _ in range(3)]
    return found[:5] if part in layout.few else found


def _night(last: date, rng: random.Random, *, safety: bool = False) -> datetime:
    day = last - timedelta(age(rng, 120, 820))
    return datetime.combine(day, time(21 if safety else 20, rng.randrange(0, 15) if safety else rng.randrange(38, 59)))


def _review(layout: Layout, who: int, person: Person, created: datetime, rng: random.Random, *, safety: bool) -> Review:
    look = layout.sae
    still = rng.random() < (look.safety_open_share if safety else look.dm_open_share)
    status = ("Review in Progress" if safety else pick(rng, look.dm_open)) if still else DONE
    case = rng.choice(("Closed", "Closed", "Closed", "Locked", DASH)) if safety else None
    return Review(
        who,
        0,
        person.site.label,
        person.label,
        person.site.country,
        rng.randrange(1, 4),
        created,
        status,
        _action(layout, rng, still=still, safety=safety),
        case,
    )


def _action(layout: Layout, rng: random.Random, *, still: bool, safety: bool) -> str | None:
    if not (layout.sae.safety_actions if safety else layout.sae.dm_actions):
        return None
    if not still:
        return "No action required"
    if safety:
        return "Query raised to site" if rng.random() < 0.95 else DASH
    return rng.choice((DASH, DASH, DASH, "Queried"))


def _numbered(found: list[Review], corrupt: int, word: str, start: int, rng: random.Random) -> list[Review]:
    """Give each item its number, unique in study and tab, and turn some into labels as the anonymiser did."""
    number, lines = start, []
    for at, review in enumerate(found):
        number += rng.randrange(1, 40)
        broken = at % max(1, len(found) // max(1, corrupt)) == 0 and at // max(1, len(found) // max(1, corrupt)) < corrupt
        lines.append(replace(review, number=f"{word} {number}" if broken else number))
    return lines


def _with_dashes(found: list[Review], layout: Layout, rng: random.Random) -> list[Review]:
    """Some items name no site, a few not even a subject."""
    lines = [replace(review, site=DASH) if rng.random() < 0.04 or at == 1 else review for at, review in enumerate(found)]
    for at in range(2, min(len(lines), 2 + layout.sae.dash_patients)):
        lines[at] = replace(lines[at], subject=DASH, site=DASH)
    return lines


def _a_week_later(
    found: tuple[Review, ...], layout: Layout, people: tuple[Person, ...], now: AsOf, rng: random.Random, *, safety: bool
) -> list[Review]:
    kept = [_completed(review) if review.status != DONE and rng.random() < 0.15 else review for review in found]
    part = Part.SAE_SAFETY if safety else Part.SAE_DM
    rate = layout.rates.sae_safety if safety else layout.rates.sae_dm
    last = max((review.number for review in found if isinstance(review.number, int)), default=1000) + 50
    for _ in range(0 if part in layout.empty else events(rng, 0.01 * rate * len(people))):
        who = rng.randrange(len(people))
        night = datetime.combine(
            now.safety - timedelta(rng.randrange(0, 7)), time(21 if safety else 20, rng.randrange(40, 59), rng.randrange(60))
        )
        last += rng.randrange(1, 9)
        kept.append(replace(_review(layout, who, people[who], night, rng, safety=safety), number=last))
    return kept


def _completed(review: Review) -> Review:
    return replace(review, status=DONE, action=None if review.action is None else "No action required")


def sheets(layout: Layout, study: str, reviews: Reviews) -> list[Sheet]:
    """Both tabs, in the order of the delivery."""
    look = layout.sae
    dm_headers: list[Cell] = ["Discrepancy ID", "Study ID", "Country", "Site", "Patient ID", *(["Form Name"] if look.form else [])]
    dm_headers += [CREATED, "Review Status", *(["Review Date"] if look.review_date else []), "Action Status"]
    safety_headers: list[Cell] = ["Discrepancy ID", "Study ID", "Site", "Patient ID", "Case Status"]
    safety_headers += [CREATED, "Review Status", "Action Status", *(["Comments"] if look.comments else [])]
    dm = [
        [
            review.number,
            study,
            review.country,
            review.site,
            review.subject,
            *([f"Form {review.form}"] if look.form else []),
            review.created,
            review.status,
            *([None] if look.review_date else []),
            review.action,
        ]
        for review in reviews.dm
    ]
    safety = [
        [review.number, study, review.site, review.subject, review.case, review.created, review.status, review.action]
        for review in reviews.safety
    ]
    numbers = {0: "0"}
    tabs = [
        Sheet("SAE Dashboard_DM", [dm_headers, *dm], empty_rows=look.empty_dm, dates=look.dates, numbers=numbers),
        Sheet("SAE Dashboard_Safety", [safety_headers, *safety], empty_rows=look.empty_safety, dates=SAFETY_DATES, numbers=numbers),
    ]
    return tabs[::-1] if look.safety_first else tabs


def truth(reviews: Reviews, derived: list[date]) -> Json:
    """The branch ``sae``; ages run to the latest derived day of the study or the newest item, whichever is later."""
    return {"dm": _tab_truth(reviews.dm, derived, safety=False), "safety": _tab_truth(reviews.safety, derived, safety=True)}


def _tab_truth(found: tuple[Review, ...], derived: list[date], *, safety: bool) -> Json:
    days = [review.created.date() for review in found]
    until = max([*derived, *days])
    ages = [(until - review.created.date()).days for review in found if review.status != DONE]
    countries = () if safety else (review.country for review in found)
    branch = entities(len(found), (review.subject for review in found), (review.site for review in found), countries)
    branch["by_review_status"] = vocabulary(review.status for review in found)
    branch["by_action_status"] = vocabulary(review.action for review in found)
    if safety:
        branch["by_case_status"] = vocabulary(review.case for review in found)
    return branch | {
        "corrupt_ids": sum(isinstance(review.number, str) for review in found),
        "site_dash": sum(review.site == DASH for review in found),
        "created_min": min(days).isoformat() if days else None,
        "created_max": max(days).isoformat() if days else None,
        "open_rows": len(ages),
        "open_age_days": summary(ages) | {"as_of_used": until.isoformat()},
    }
