"""The inactivations of a study at a snapshot, and how many a month came between the last two of different days."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ncdm.measures.features.inactivation import MONTH, Inactivation
from ncdm.measures.history.matching import Item, Listing, match
from ncdm.measures.history.moments import Moment, of_different_days
from ncdm.measures.tables import table
from ncdm.store.expressions import asked

SHEET = "inactivated"
KEY = ("subject_id", "folder_name", "form_label", "record_position", "has_data", "audit_action")


def _asked(moment: Moment) -> list[dict[str, object]]:
    source = table("inactivation")
    rows = source.filter(source.study_id == moment.study).select(*KEY, "site_id", "inactivation_reason", "inactivation_actor", "row_ref")
    return asked(moment.state, {})(rows).to_pylist()  # type: ignore[no-any-return]


def _site_of(moment: Moment) -> Mapping[object, str | None]:
    return {subject.subject_id: subject.site_id for study, subject in moment.measures.universe.subjects if study == moment.study}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def inactivations(moment: Moment) -> tuple[Inactivation, ...]:
    """The rows of the report of a study, each with its site, its own or that of its subject."""
    site_of = _site_of(moment)
    return tuple(
        Inactivation(
            _text(row["site_id"]) or site_of.get(row["subject_id"]),
            _text(row["form_label"]),
            _text(row["inactivation_reason"]),
            _text(row["inactivation_actor"]),
            str(row["row_ref"]),
        )
        for row in _asked(moment)
    )


def came_per_month(found: Sequence[Moment]) -> dict[str | None, float] | None:
    """Site -> rows a month that the last snapshot has and the one of the day before it has not; ``None`` without two days.

    A month is 365.25 / 12 days. Rows are matched as multisets on all that tells them apart.
    """
    dated = of_different_days(found, (SHEET,))
    if len(dated) < 2:  # noqa: PLR2004 - a comparison takes two
        return None
    (before, earlier), (after, later) = dated[-2:]
    new = match(_listing(before), _listing(after)).new
    months = (later - earlier).days / MONTH
    return {site: count / months for site, count in Counter(item.site_id for item in new).items()}


def _listing(moment: Moment) -> Listing:
    site_of = _site_of(moment)
    return Listing(
        KEY,
        tuple(
            Item(tuple(row[name] for name in KEY), _text(row["site_id"]) or site_of.get(row["subject_id"]), str(row["row_ref"]))
            for row in _asked(moment)
        ),
    )
