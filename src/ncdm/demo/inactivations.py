"""Pages and records that were inactivated, with the reason in the audit trail, and what the export leaves below them."""

import random
from dataclasses import dataclass, replace

from ncdm.demo.book import Cell, ErrorCell, Sheet
from ncdm.demo.chance import clumped, events, pick
from ncdm.demo.counting import Json, entities, vocabulary
from ncdm.demo.layout import Layout
from ncdm.demo.people import Person
from ncdm.demo.vocabulary import LOG_FOLDERS, SCHEDULES

PAGE_ACTIONS = {
    "DataPage inactivated with code reason code Not Applicable.": 46,
    "DataPage inactivated with code reason code Not Done.": 31,
    "DataPage Inactivated.": 22,
    "Amendment Manager: DataPage Inactivated.": 1,
}
RECORD_ACTIONS = {
    "Record Inactivated.": 42,
    "Record inactivated with code reason code Not Applicable.": 34,
    "Record inactivated with code reason code Not Done.": 22,
    "Amendment Manager: Record Inactivated.": 2,
}
HAS_DATA = "Data on Form/\nRecord    "
FOOTER = ("Parameter Name", "Study", "Site Group", "Sites", "Subjects", "Data on Form/Record")


@dataclass(frozen=True, slots=True)
class Inactivation:
    """One inactivated page, or one record of a page."""

    who: int
    folder: str
    form: int
    has_data: bool
    position: int | None
    """Record number; none for a whole page."""
    action: str


def begin(layout: Layout, study: str, people: tuple[Person, ...], rng: random.Random) -> tuple[Inactivation, ...]:
    """Everything inactivated up to the first delivery."""
    rate = layout.rates.inactivated
    found = [
        _one(layout, study, who, rng)
        for who in range(len(people))
        for _ in range(clumped(rng, rate, 0.8 if rate > 5 else 0.3 if rate > 1 else min(0.5, rate)))
    ]
    while len(found) < 4:
        found.append(_one(layout, study, rng.randrange(len(people)), rng))
    found.sort(key=lambda item: item.who)
    if layout.inactivated.event:
        found[0] = replace(found[0], folder=_event(layout, study, rng))
    if layout.inactivated.records and layout.inactivated.site:
        found.insert(2, found[1])
    return tuple(sorted(found, key=lambda item: item.who))


def advance(
    found: tuple[Inactivation, ...], layout: Layout, study: str, people: tuple[Person, ...], rng: random.Random
) -> tuple[Inactivation, ...]:
    """A week later: the list has grown a little."""
    count = events(rng, 0.004 * layout.rates.inactivated * len(people))
    fresh = [_one(layout, study, rng.randrange(len(people)), rng) for _ in range(count)]
    return tuple(sorted([*found, *fresh], key=lambda item: item.who))


def _one(layout: Layout, study: str, who: int, rng: random.Random) -> Inactivation:
    record = layout.inactivated.records and rng.random() < 0.7
    luck = rng.random()
    folder = rng.choice(LOG_FOLDERS) if luck < 0.5 else rng.choice(SCHEDULES[layout.schedule])[0]
    if layout.inactivated.event and luck < 0.25:
        folder = _event(layout, study, rng)
    elif luck > 0.9:
        folder = f"{folder} (1)/{rng.choice(LOG_FOLDERS)} ({rng.randrange(1, 4)})"
    action = pick(rng, RECORD_ACTIONS if record else PAGE_ACTIONS)
    return Inactivation(who, folder, rng.randrange(1, 30), rng.random() < 0.6, rng.randrange(1, 15) if record else None, action)


def _event(layout: Layout, study: str, rng: random.Random) -> str:
    """A folder named after an event: its seven digits have the shape of an identifier."""
    return f"{layout.inactivated.event} - {study}_{rng.randrange(1_000_000, 9_999_999)}_{rng.randrange(1, 9):04d}"


def sheet(layout: Layout, people: tuple[Person, ...], found: tuple[Inactivation, ...], rng: random.Random) -> Sheet:
    """The report as delivered."""
    look = layout.inactivated
    headers: list[Cell] = ["Country", "Study Site Number"] if look.site else []
    headers += ["Subject", "Folder", look.form, HAS_DATA, look.position, "Audit Action"]
    lines = [headers]
    for item in found:
        person = people[item.who]
        line: list[Cell] = [person.site.country, person.site.label] if look.site else []
        line += [person.label, item.folder, look.label.format(item.form), "Y" if item.has_data else "N", item.position, item.action]
        lines.append([*line, f"{rng.randrange(1_000_000, 9_999_999)}{item.folder}Demographics"] if look.hidden_column else line)
    if look.footer == 1:
        lines.append([FOOTER[0]])
    elif look.footer:
        lines.extend([word, None, None, None, ErrorCell()] for word in FOOTER)
    position = headers.index(look.position)
    hidden = (len(headers),) if look.hidden_column else ()
    return Sheet("Sheet1", lines, (), hidden, look.empty_rows, look.empty_columns, numbers={position: "#,##0"})


def truth(layout: Layout, people: tuple[Person, ...], found: tuple[Inactivation, ...]) -> Json:
    """The branch ``inactivated`` of a study's truth."""
    who = [people[item.who] for item in found]
    placed = who if layout.inactivated.site else []
    pages = sum(item.position is None for item in found)
    branch = entities(len(found), (p.label for p in who), (p.site.label for p in placed), (p.site.country for p in placed))
    return branch | {
        "by_audit_action": vocabulary(item.action for item in found),
        "by_data_on_form": vocabulary("Y" if item.has_data else "N" for item in found),
        "pages": pages,
        "records": len(found) - pages,
    }
