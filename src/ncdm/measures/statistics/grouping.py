"""Lines about subjects, or about groups, added up by group: what some line does not tell, the group does not tell."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ncdm.measures.statistics.groups import FloatArray, fixed

Key = tuple[str, str, str]
"""Study, level, group; study and level empty where the lines have none."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """One element a group, by study, group and level."""

    keys: tuple[Key, ...]
    numerator: FloatArray
    """NaN where a line of the group has none: a sum over the others would be a lower bound that nobody sees."""
    denominator: FloatArray
    untold: tuple[int, ...]
    """Lines of each group that lack a number."""
    lines_without_group: int

    @property
    def compared(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the groups that are compared with each other: those of one study and one level, studies and levels sorted."""
        places: dict[tuple[str, str], list[int]] = {}
        for place, (study, level, _) in enumerate(self.keys):
            places.setdefault((study, level), []).append(place)
        return tuple(tuple(places[family]) for family in sorted(places))


def add_up(
    study: Sequence[str | None],
    level: Sequence[str | None],
    group: Sequence[str | None],
    numerator: Sequence[float],
    denominator: Sequence[float],
) -> Grouped:
    """Add lines up by study, level and group; one line per group stays as it is.

    Sums do not depend on the order of lines. A line without group is left out and counted, as gsm does with a warning; a line that lacks a
    number makes its group unknown, where gsm stops. Source: ``Transform_Rate`` of gsm.core 1.1.3; measures-and-statistics 1(2), 4.1.
    """
    found: dict[Key, tuple[list[float], list[float]]] = {}
    without = 0
    for of_study, of_level, name, top, below in zip(study, level, group, numerator, denominator, strict=True):
        if name is None:
            without += 1
            continue
        tops, belows = found.setdefault((of_study or "", of_level or "", name), ([], []))
        tops.append(top)
        belows.append(below)
    keys = tuple(sorted(found, key=lambda key: (key[0], key[2], key[1])))
    return Grouped(
        keys,
        fixed([math.fsum(found[key][0]) for key in keys]),
        fixed([math.fsum(found[key][1]) for key in keys]),
        tuple(sum(math.isnan(a) or math.isnan(b) for a, b in zip(*found[key], strict=True)) for key in keys),
        without,
    )
