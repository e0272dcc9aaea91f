"""A change that a person tries: other thresholds, weights, caps, gates or targets than those published. Only what differs stands in it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from ncdm.errors import InvalidQuestion
from ncdm.measures.catalogue import INDICES, KRI_BY_CODE
from ncdm.measures.clean import CRITERIA, MILESTONES
from ncdm.measures.index import Index
from ncdm.measures.limits import Limits
from ncdm.measures.milestone import Milestone
from ncdm.measures.own_milestone import criteria_named
from ncdm.measures.quality.weights import with_caps, with_weights
from ncdm.measures.readiness import POPULATIONS, Population
from ncdm.measures.statistics import Accrual
from ncdm.measures.statistics.flagging import AMBER, RED

INDEX = INDICES["default"]
"""The index whose weights and caps are tried."""
OWN = Milestone(
    code="own", title="Own milestone", gates=MILESTONES["database_lock"].gates, why="Starts as database lock, until its gates are set."
)
"""A milestone of the sponsor's own: nothing but its gates."""
CHOICES: Mapping[str, Milestone] = MappingProxyType({**MILESTONES, OWN.code: OWN})
V = TypeVar("V")


def _nothing() -> Mapping[str, V]:
    return MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Change:
    """What differs from what is published; codes as the catalogue has them.

    Raises:
        InvalidQuestion: a name that is none, or a number without meaning: which, where, and what to do.
    """

    limits: Mapping[str, Limits] = field(default_factory=_nothing)
    """Indicator -> thresholds and accrual."""
    weights: Mapping[str, float] = field(default_factory=_nothing)
    """Dimension or indicator of the index -> share of its 100 points; the others share the rest in their published proportions."""
    caps: Mapping[str, float] = field(default_factory=_nothing)
    """Indicator of the index -> from where on its whole weight is lost."""
    gates: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    """Milestone -> criteria that must pass."""
    targets: Mapping[str, float] = field(default_factory=_nothing)
    """Population -> share of it that must be clean, 0 to 1."""

    def __post_init__(self) -> None:
        _known(self.limits, KRI_BY_CODE, "indicator", "limits")
        for code, limits in self.limits.items():
            if limits.accrual is not None and limits.accrual.metric is not KRI_BY_CODE[code].accrual.metric:
                raise InvalidQuestion(
                    f"{code} accrues by {KRI_BY_CODE[code].accrual.metric}",
                    where=f"limits {code}",
                    todo="Give another limit, not another amount.",
                )
        if not all(map(math.isfinite, (*self.weights.values(), *self.caps.values(), *self.targets.values()))):
            raise InvalidQuestion("a weight, cap or target is no finite number", where="weights, caps, targets", todo="Give numbers.")
        self.index()
        _known(self.gates, CHOICES, "milestone", "gates")
        for code, gates in self.gates.items():
            criteria_named(gates, f"gates {code}")
            if not gates or len(set(gates)) != len(gates):
                raise InvalidQuestion(
                    "a milestone that asks for nothing is none" if not gates else "a criterion stands twice",
                    where=f"gates {code}",
                    todo=f"Give each gate once, of {', '.join(CRITERIA)}.",
                )
        _known(self.targets, [one.code for one in POPULATIONS], "population", "targets")
        for code, target in self.targets.items():
            if not 0 < target <= 1:
                raise InvalidQuestion(
                    f"a target of {target:g} is not from 0 to 1", where=f"targets {code}", todo="Give a share, such as 0.8."
                )

    def index(self) -> Index:
        """The Data Quality Index with these weights and caps."""
        return with_caps(with_weights(INDEX, self.weights), self.caps)

    def milestone(self, code: str) -> Milestone:
        """A milestone with these gates, in the order of the criteria; what gates is not shown a second time."""
        published = CHOICES[code]
        if code not in self.gates:
            return published
        gates = tuple(one for one in CRITERIA if one in self.gates[code])
        shown = tuple(one for one in CRITERIA if one not in gates and one in {*published.gates, *published.shown})
        return replace(published, gates=gates, shown=shown)

    def population(self, published: Population) -> Population:
        """A population with its target."""
        return replace(published, target=self.targets.get(published.code, published.target))

    def limits_of(self, code: str) -> Limits:
        """The limits of an indicator that hold under this change, its own where none are given."""
        own = KRI_BY_CODE[code].accrual
        given = self.limits.get(code)
        return Limits(AMBER, RED, own) if given is None else Limits(given.amber, given.red, own if given.accrual is None else given.accrual)


def limits(code: str, amber: float, red: float, accrual: float | None = None) -> Limits:
    """Limits of an indicator from plain numbers. Raises `InvalidQuestion`, also for an indicator that is none."""
    _known([code], KRI_BY_CODE, "indicator", "limits")
    try:
        return Limits(amber, red, None if accrual is None else Accrual(KRI_BY_CODE[code].accrual.metric, accrual))
    except InvalidQuestion as error:
        raise InvalidQuestion(error.what, where=f"{error.where} of {code}", todo=error.todo) from None


def milestone_named(code: str) -> Milestone:
    """The published milestone of that code, or the own one. Raises `InvalidQuestion`."""
    _known([code], CHOICES, "milestone", "milestone")
    return CHOICES[code]


def _known(names: Mapping[str, object] | Sequence[str], there: Mapping[str, object] | Sequence[str], what: str, where: str) -> None:
    wrong = [name for name in names if name not in there]
    if wrong:
        raise InvalidQuestion(f"there is no {what} {', '.join(sorted(wrong))}", where=where, todo=f"Choose of {', '.join(there)}.")
