"""Small groups pulled toward what is usual in their study, as far as their own counts are few.

What is usual, and how much groups differ, is learned from all sites of the study by maximum likelihood. No site is set aside as an outlier here: an
index must not shrink a bad site into its well-behaved neighbours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ncdm.measures.compute import AT_LEAST, KNOWN
from ncdm.measures.grouped import Floats
from ncdm.measures.index import Counted, Index
from ncdm.measures.quality.readings import Bools, Readings
from ncdm.measures.statistics.dispersion import FEWEST_GROUPS, most_likely
from ncdm.measures.statistics.laws import CountKind, Law
from ncdm.measures.statistics.posterior import Posterior, posterior

Laws = Mapping[tuple[str, int], Law]
"""(Indicator, number of the study) -> what its groups share; none with fewer than 5 groups to learn from."""


@dataclass(frozen=True, slots=True, eq=False)
class Shrunken:
    """What is known of each group's own figure; i indicators, n groups."""

    figure: Floats
    """(i, n) Shrunken figures; days as they are, 0 where it does not apply, NaN where it is not known."""
    learned: Bools
    """(i, n) Whether there was something to shrink toward."""
    posteriors: tuple[Posterior | None, ...]
    """Of each indicator; ``None`` where it does not vary (days)."""


def laws(readings: Readings, index: Index) -> Laws:
    """What the groups of each study share, for every indicator that counts; learned from the groups that are known and have a denominator."""
    found: dict[tuple[str, int], Law] = {}
    for place, one in enumerate(index.indicators):
        if not isinstance(one.read, Counted):
            continue
        usable = _usable(readings, place)
        for study in np.unique(readings.study[usable]):
            here = usable & (readings.study == study)
            if np.count_nonzero(here) >= FEWEST_GROUPS:
                found[one.code, int(study)] = most_likely(one.read.kind, readings.numerator[place, here], readings.denominator[place, here])
    return MappingProxyType(found)


def _usable(readings: Readings, place: int) -> Bools:
    usable: Bools = (readings.state[place] == KNOWN) & (np.nan_to_num(readings.denominator[place]) > 0)
    return usable


def shrink(readings: Readings, index: Index, learned: Laws) -> Shrunken:
    """Each figure after what is usual in the study and the group's own counts."""
    posteriors: list[Posterior | None] = []
    figure, known = np.full(readings.value.shape, np.nan), np.zeros(readings.value.shape, dtype=np.bool_)
    for place, one in enumerate(index.indicators):
        # What does not apply costs nothing, and what is only known to be beyond its cap costs everything: neither varies.
        plain = np.where(readings.state[place] == AT_LEAST, readings.least[place], np.nan_to_num(readings.value[place]))
        if isinstance(one.read, Counted):
            found, known[place] = _of_studies(readings, place, one.read.kind, plain, one.code, learned)
            figure[place] = found.mean
            posteriors.append(found)
        else:
            figure[place] = plain
            posteriors.append(None)
    return Shrunken(figure, known, tuple(posteriors))


def _of_studies(readings: Readings, place: int, kind: CountKind, plain: Floats, code: str, learned: Laws) -> tuple[Posterior, Bools]:
    usable = _usable(readings, place)
    first, second, mean = np.ones(plain.shape), np.ones(plain.shape), plain.copy()
    certain, known = np.ones(plain.shape, dtype=np.bool_), np.zeros(plain.shape, dtype=np.bool_)
    for study in np.unique(readings.study[usable]):
        here = np.flatnonzero(usable & (readings.study == study))
        law = learned.get((code, int(study)))
        found = posterior(kind, law, readings.numerator[place, here], readings.denominator[place, here])
        first[here], second[here], mean[here], certain[here] = found.first, found.second, found.mean, found.certain
        known[here] = law is not None
    return Posterior(kind, first, second, mean, certain), known
