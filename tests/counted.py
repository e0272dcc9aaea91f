"""Measures over counts that a test gives, subject by subject: no store, no query, the same arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from ncdm.contracts import SHEETS
from ncdm.measures.compute import Measures
from ncdm.measures.counts.subjects_in_cpid import SUBJECTS_IN_CPID
from ncdm.measures.grouped import grouped, selection
from ncdm.measures.measure import Count, Spread
from ncdm.measures.presence import Presence
from ncdm.measures.spread import amounts
from ncdm.measures.universe import Universe
from ncdm.store.spine import Site, Subject
from ncdm.types import SiteId, StudyId, SubjectId

SUBJECT_SHEETS = ("subject_metrics", "query_cumulative")
"""Sheets of the CPID that the index reads."""


@dataclass(frozen=True)
class Person:
    """One subject with its counts by measure; what is not named is zero, ``None`` is a row that does not tell."""

    study: int
    site: int
    counts: Mapping[str, float | None] = field(default_factory=dict)
    days: Mapping[str, Sequence[float | None]] = field(default_factory=dict)


def measures_of(
    people: Sequence[Person],
    counts: Iterable[Count],
    spreads: Iterable[Spread],
    absent: Mapping[int, Sequence[str]] | None = None,
    countries: Sequence[str] = ("DEU", "JPN"),
    order: Sequence[int] | None = None,
) -> Measures:
    """Measures of these subjects. Sites go round the countries; ``absent`` names the sheets that a study lacks; rows come in ``order``."""
    numbers = sorted({person.study for person in people})
    studies = tuple(StudyId(f"Study {number}") for number in numbers)
    places = sorted({(person.study, person.site) for person in people})
    sites = tuple(
        (
            StudyId(f"Study {study}"),
            Site(SiteId(f"Site {site}"), countries[site % len(countries)], "EMEA", 0, (), (countries[site % len(countries)],)),
        )
        for study, site in places
    )
    subjects = tuple(
        (
            StudyId(f"Study {person.study}"),
            Subject(
                SubjectId(f"Subject {place}"),
                SiteId(f"Site {person.site}"),
                countries[person.site % len(countries)],
                None,
                None,
                (),
                (),
                pseudo=False,
            ),
        )
        for place, person in enumerate(people)
    )
    where = [(numbers.index(person.study), places.index((person.study, person.site)), place) for place, person in enumerate(people)]
    told: dict[int, pa.Table] = {}
    turns = range(len(people)) if order is None else order
    for count in counts:
        rows = [(*where[place], people[place].counts[count.code]) for place in turns if people[place].counts.get(count.code, 0) != 0]
        told[_asked(count)] = _sums([row[:3] for row in rows], [row[3] for row in rows])
    for spread in spreads:
        found = [(*where[place], day) for place in turns for day in people[place].days.get(spread.code, ())]
        told[id(amounts(spread.rows))] = _table(
            {"study_no": [row[0] for row in found], "site_no": [row[1] for row in found], "subject_no": [row[2] for row in found]},
            [row[3] for row in found],
        )
    told[_asked(SUBJECTS_IN_CPID)] = _sums(where, [1.0] * len(where))
    sheets = frozenset(contract.code for _kind, contract in SHEETS)
    presence = {
        study: Presence(sheets - set((absent or {}).get(number, ())), frozenset(), {}, {})
        for number, study in zip(numbers, studies, strict=True)
    }
    return Measures(lambda expression: told[id(expression)], Universe(studies, sites, subjects), presence)


def _asked(count: Count) -> int:
    """The query of a count by itself."""
    return id(grouped((selection(count.rows),)))


def _sums(places: Sequence[tuple[int, int, int]], amount: Sequence[float | None]) -> pa.Table:
    """What that query answers."""
    study, site, subject = zip(*places, strict=True) if places else ((), (), ())
    numbers = {"study_no": list(study), "site_no": list(site), "subject_no": list(subject), "u0": [int(one is None) for one in amount]}
    return _table(numbers, [one or 0.0 for one in amount], "a0")


def _table(numbers: Mapping[str, list[int]], amount: Sequence[float | None], called: str = "amount") -> pa.Table:
    columns = {name: pa.array(np.array(values, dtype=np.int64)) for name, values in numbers.items()}
    return pa.table(columns | {called: pa.array(amount, pa.float64())})
