"""Everything that has a definition, in one form: what the command, the page of the documents and the screen tell of a number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ncdm.measures.catalogue import INDICES, KRIS, MEASURES
from ncdm.measures.clean import CRITERIA, MILESTONES
from ncdm.measures.criterion import Criterion
from ncdm.measures.features.of_study import DEFINITIONS
from ncdm.measures.forecast.of_study import FORECAST
from ncdm.measures.index import Index
from ncdm.measures.kri import Kri
from ncdm.measures.measure import Count, Definition, Measure, Ratio

Told = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """One definition."""

    code: str
    title: str
    kind: str
    """Count, ratio, spread, key risk indicator, criterion, index or feature."""
    unit: str
    definition: Definition
    facts: Mapping[str, Told]
    """What else its declaration says: what it needs, what it divides, its limits and weights."""


def _codes(counts: tuple[Count, ...]) -> tuple[str, ...]:
    return tuple(count.code for count in counts)


def _measure(one: Measure) -> Defined:
    facts: dict[str, Told] = {"needs": one.needs, "worse": str(one.worse)}
    if isinstance(one, Ratio):
        facts |= {"numerator": _codes(one.over), "denominator": _codes(one.under)}
    kind = "count" if isinstance(one, Count) else "ratio" if isinstance(one, Ratio) else "spread"
    return Defined(one.code, one.title, kind, one.unit, one.definition, facts)


def _kri(one: Kri) -> Defined:
    facts: dict[str, Told] = {
        "needs": one.needs,
        "numerator": _codes(one.over),
        "denominator": _codes(one.under),
        "law": f"{one.kind}, {one.direction}",
        "judged from": f"{one.accrual.metric} at least {one.accrual.limit:g}",
        "over snapshots": str(one.accumulation),
    }
    if one.fixed is not None:
        facts["fixed limits"] = f"amber from {one.fixed.amber:g}, red from {one.fixed.red:g}"
    return Defined(one.code, one.title, "key risk indicator", one.unit, one.definition, facts)


def _criterion(one: Criterion) -> Defined:
    facts: dict[str, Told] = {
        "items": _codes(one.items),
        "weight": f"{one.weight:g}",
        "owner": one.owner,
        "gate of": tuple(milestone.title for milestone in MILESTONES.values() if one.code in milestone.gates),
    }
    return Defined(one.code, one.title, "criterion", "of 11 criteria", one.definition, facts)


def _index(one: Index) -> Defined:
    parts = tuple(f"{part.title}: weight {part.weight:g}, cap {part.cap:g} {part.unit}" for part in one.indicators)
    ceilings = tuple(f"{ceiling.title}: at most {ceiling.at_most:g}" for ceiling in one.ceilings)
    facts: dict[str, Told] = {"version": str(one.version), "indicators": parts, "ceilings": ceilings, "levels": tuple(map(str, one.levels))}
    return Defined(f"dqi_{one.code}", one.title, "index", "points of 100", one.definition, facts)


_FEATURES = (
    ("velocity", "Query velocity", "queries a day", DEFINITIONS["velocity"]),
    ("density", "Data density", "queries a page", DEFINITIONS["density"]),
    ("inactivation", "Inactivation review", "points of 100", DEFINITIONS["inactivation"]),
    ("composite", "Composite of a site", "points of 100", DEFINITIONS["composite"]),
    ("visit_offenders", "Visit offenders", "sites", DEFINITIONS["visit_offenders"]),
    ("hot_spots", "Non-conformance hot spots", "sites", DEFINITIONS["hot_spots"]),
    ("index_slope", "Slope of the data quality index", "points a week", DEFINITIONS["index"]),
    ("clean_forecast", "When a study will be clean", "a day", FORECAST),
)


def _every() -> Iterator[Defined]:
    yield from map(_measure, MEASURES.values())
    yield from map(_kri, KRIS)
    yield from map(_criterion, CRITERIA.values())
    yield from map(_index, INDICES.values())
    yield from (Defined(code, title, "feature", unit, definition, {}) for code, title, unit, definition in _FEATURES)


DEFINED: Mapping[str, Defined] = MappingProxyType({one.code: one for one in _every()})
KINDS = tuple(dict.fromkeys(one.kind for one in DEFINED.values()))
"""Kinds in the order in which they are listed."""
