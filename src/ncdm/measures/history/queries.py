"""The queries of a study between its last two snapshots of different days, for the study and each site, with their rows."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ncdm.measures.history.matching import Item, Listing, Matched, match
from ncdm.measures.history.moments import Moment, of_different_days, why_not_two
from ncdm.measures.history.velocity import Velocity, velocity
from ncdm.measures.tables import table
from ncdm.store.expressions import asked
from ncdm.types import StudyId

SHEET = "query_cumulative"
KEY = ("subject_id", "folder_name", "form_label", "item_oid", "record_no", "opened_at", "marking_group")
_OPENED = KEY.index("opened_at")


@dataclass(frozen=True, slots=True)
class GroupVelocity:
    """The velocity of a study or one of its sites, and the rows behind it."""

    site_id: str | None
    """``None`` for the whole study."""
    velocity: Velocity
    new: tuple[str, ...]
    """Rows of the later snapshot that list the opened queries."""
    gone: tuple[str, ...]
    """Rows of the earlier snapshot that list the closed queries."""


@dataclass(frozen=True, slots=True)
class QueryFlow:
    """What happened to the queries of a study between two snapshots; without ``study`` it is not computable, and ``reason`` says why."""

    study_id: StudyId
    before: int | None
    after: int | None
    """The two snapshots."""
    day_before: dt.date | None
    day_after: dt.date | None
    study: GroupVelocity | None
    sites: tuple[GroupVelocity, ...]
    note: str | None
    """What the comparison left out."""
    reason: str | None


def listing(moment: Moment) -> Listing:
    """The outstanding queries of a study at a snapshot, each with what tells it apart."""
    source = table("query")
    # A date that cannot be read still tells two queries apart by its text.
    rows = source.filter(source.study_id == moment.study).select(
        *(name for name in KEY if name != "opened_at"), "opened_at", "opened_at_text", "site_id", "row_ref"
    )
    site_of = {subject.subject_id: subject.site_id for study, subject in moment.measures.universe.subjects if study == moment.study}
    found = asked(moment.state, {})(rows).to_pylist()
    return Listing(
        KEY,
        tuple(
            Item(
                tuple(row[name] if name != "opened_at" else row["opened_at"] or row["opened_at_text"] for name in KEY),
                row["site_id"] or site_of.get(row["subject_id"]),
                row["row_ref"],
            )
            for row in found
        ),
    )


def flow_between(before: Listing, after: Listing, earlier: dt.date, later: dt.date) -> tuple[Matched, tuple[GroupVelocity, ...]]:
    """The velocity of the whole study (first) and of each site that has or had a query."""
    days = (later - earlier).days
    found = match(before, after)
    outstanding = Counter(item.site_id for item in after.items)
    sites = sorted({item.site_id for item in (*before.items, *after.items) if item.site_id is not None})

    def of(site: str | None, new: Sequence[Item], gone: Sequence[Item], left: int) -> GroupVelocity:
        late = sum(isinstance(opened := item.key[_OPENED], dt.datetime) and opened.date() < earlier for item in new)
        rates = velocity(len(new), len(gone), left, days, late)
        return GroupVelocity(site, rates, tuple(item.row_ref for item in new), tuple(item.row_ref for item in gone))

    whole = of(None, found.new, found.gone, len(after.items))
    return found, (
        whole,
        *(
            of(
                site,
                [item for item in found.new if item.site_id == site],
                [item for item in found.gone if item.site_id == site],
                outstanding[site],
            )
            for site in sites
        ),
    )


def query_flow(found: Sequence[Moment], study: StudyId) -> QueryFlow:
    """What was opened and closed between the last two snapshots of a study whose query sheets stand for different days.

    Source: measures-and-statistics 5; `QUERY_VELOCITY` is the definition.
    """
    dated = of_different_days(found, (SHEET,))
    if len(dated) < 2:  # noqa: PLR2004 - a comparison takes two
        return QueryFlow(study, None, None, None, None, None, (), None, why_not_two(found, (SHEET,), "of queries"))
    (earlier, day_before), (later, day_after) = dated[-2:]
    matched, (whole, *sites) = flow_between(listing(earlier), listing(later), day_before, day_after)
    note = f"matched without {', '.join(matched.left_out)}, which only one of the two snapshots fills" if matched.left_out else None
    return QueryFlow(study, earlier.snapshot, later.snapshot, day_before, day_after, whole, tuple(sites), note, None)
