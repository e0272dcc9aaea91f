"""Several features of a site in one number, as a range where a part is unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.measures.features.number import number
from ncdm.measures.features.part import Bounded, Part, added, known_part
from ncdm.measures.measure import Definition
from ncdm.measures.statistics.composite import cauchy_composite

INTERVENE = 60.0
WORST_NET, BEST_NET = -5.0, 4.0
"""Net velocities, queries a day, from which on the part is 100 and 0: the outer edges of the words bottleneck and accelerating."""

COMPOSITE = Definition(
    what="Query velocity, data density, inactivations and the state of the index of a site in one number of 0 to 100; 60 and above asks to step in.",
    why="A site with several weak signs may need a visit sooner than one with a single strong one.",
    formula=(
        ".3 x velocity (100 at a net of -5 queries a day or less, 0 at 4 or more, linear between) + .2 x percentile of the data density"
        " + .4 x inactivation score + .1 x 100 if the index asks to step in (below 75 and falling by more than 5 a week); step in from 60;"
        " beside it one p from the p of the site's indicators by the Cauchy combination"
    ),
    source="measures-and-statistics 5, 4.2(9); Liu, Xie (2020)",
    example="Net 1 a day (33.3), percentile 80, inactivation 50, no step-in: 10 + 16 + 20 + 0 = 46.",
    limits="A range where a part is unknown: then step in only if the lower end is at 60. The weights are set, not learned; the p has no weights.",
)
NO_VELOCITY = "no query velocity: two snapshots of different days are needed"
NO_INDEX = "no slope of the index: two snapshots of different days are needed"


@dataclass(frozen=True, slots=True)
class Composite:
    """One site."""

    site_id: str
    score: Bounded
    intervene: bool | None
    """``None`` where the range reaches over 60."""
    p: float | None
    """Of all indicators of the site that have one; a small p says that it is no chance."""


def velocity_points(net: float) -> float:
    """0 to 100 for a net velocity in queries a day, 100 where the pile grows fastest."""
    return 100.0 * min(1.0, max(0.0, (BEST_NET - net) / (BEST_NET - WORST_NET)))


def composite(
    site: str,
    *,
    net: float | None,
    percentile: float | None,
    inactivation: Bounded | None,
    step_in: bool | None,
    p: Sequence[float] = (),
) -> Composite:
    """The composite of one site. ``None``: the part is not known. p: of the site's indicators, NaN left out. Source: measures-and-statistics 5."""
    score = added(
        (
            _part("velocity", "Query velocity", 0.3, None if net is None else velocity_points(net), NO_VELOCITY),
            _part("density", "Data density, percentile", 0.2, percentile, "the density of the site is not known"),
            Part("inactivation", "Inactivations to review", 0.4, 0.0, 100.0, "no report of inactivations")
            if inactivation is None
            else Part(
                "inactivation",
                "Inactivations to review",
                0.4,
                inactivation.low,
                inactivation.high,
                None if inactivation.value is not None else "parts are unknown",
            ),
            _part("index", "The index asks to step in", 0.1, None if step_in is None else 100.0 * step_in, NO_INDEX),
        )
    )
    least, most = score.low >= INTERVENE, score.high >= INTERVENE
    return Composite(site, score, least if least == most else None, number(cauchy_composite(np.array(p, dtype=np.float64))))


def _part(code: str, title: str, weight: float, value: float | None, reason: str) -> Part:
    return Part(code, title, weight, 0.0, 100.0, reason) if value is None else known_part(code, title, weight, value)
