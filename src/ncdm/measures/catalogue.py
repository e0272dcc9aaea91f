"""Every measure there is, by its code; each is declared in a file of its own."""

from collections.abc import Mapping
from types import MappingProxyType

from ncdm.catalogue import declared
from ncdm.measures import counts, indices, kris, ratios, spreads
from ncdm.measures.index import Index
from ncdm.measures.kri import Kri
from ncdm.measures.measure import Count, Measure, Ratio, Spread

COUNTS: tuple[Count, ...] = declared(counts, Count)
RATIOS: tuple[Ratio, ...] = declared(ratios, Ratio)
SPREADS: tuple[Spread, ...] = declared(spreads, Spread)
_EVERY: tuple[Measure, ...] = (*COUNTS, *RATIOS, *SPREADS)
MEASURES: Mapping[str, Measure] = MappingProxyType({measure.code: measure for measure in _EVERY})
KRIS: tuple[Kri, ...] = declared(kris, Kri)
KRI_BY_CODE: Mapping[str, Kri] = MappingProxyType({kri.code: kri for kri in KRIS})
INDICES: Mapping[str, Index] = MappingProxyType({index.code: index for index in declared(indices, Index)})
