"""Every measure there is, by its code; each is declared in a file of its own."""

from collections.abc import Mapping
from types import MappingProxyType

from ncdm.catalogue import declared
from ncdm.measures import counts, ratios, spreads
from ncdm.measures.measure import Count, Measure, Ratio, Spread

COUNTS: tuple[Count, ...] = declared(counts, Count)
RATIOS: tuple[Ratio, ...] = declared(ratios, Ratio)
SPREADS: tuple[Spread, ...] = declared(spreads, Spread)


def _by_code(measures: tuple[Measure, ...]) -> dict[str, Measure]:
    return {measure.code: measure for measure in measures}


MEASURES: Mapping[str, Measure] = MappingProxyType(_by_code((*COUNTS, *RATIOS, *SPREADS)))
