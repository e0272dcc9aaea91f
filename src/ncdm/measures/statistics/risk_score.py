"""The site risk score: one figure for a group from the flags of many metrics."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.flags import parse_flags

MetricId = str
Weights = Mapping[MetricId, Mapping[int, float]]
"""Metric -> flag -> weight."""

NO_WEIGHT = "no flag of this group has a weight"
ALL_ZERO = "every weight is 0"


@dataclass(frozen=True, slots=True)
class MetricFlag:
    """The flag of one metric for one group; ``None`` or NaN where there is none."""

    group_level: str
    group_id: str
    metric_id: MetricId
    flag: float | None


@dataclass(frozen=True, slots=True)
class RiskScore:
    """The risk score of one group, with what each metric adds to it. It has no flag."""

    group_level: str
    group_id: str
    numerator: float
    """Sum of the weights of the group's flags; NaN when no flag has a weight."""
    denominator: float
    """Sum over the metrics of their largest weights, the same for all groups."""
    contributions: Mapping[MetricId, float]
    """Metric -> weight of its flag; metrics without flag or weight are absent."""
    reason: str | None = None
    """Why there is no score; ``None`` when there is one."""

    @property
    def score(self) -> float:
        """100 numerator / denominator, from 0 to 100; NaN with a reason."""
        return math.nan if self.reason is not None else self.numerator / self.denominator * 100


def parse_weights(flags: str, weights: str) -> Mapping[int, float]:
    """Pairs the flags and weights of one metric, each written between commas: ``-2,-1,0,1,2`` and ``8,4,0,4,8``.

    Raises:
        InvalidQuestion: something is no number, the numbers of both differ, or a flag stands twice.

    Source: ``MakeWeights`` of gsm.kri 1.5.1; measures-and-statistics 4.1.
    """
    names = parse_flags(flags)
    try:
        values = [float(part) for part in weights.split(",")]
    except ValueError:
        values = []
    if len(values) != len(names) or len(set(names)) != len(names) or not all(map(math.isfinite, values)):
        raise InvalidQuestion(f"{weights!r} are no weights for the flags {flags!r}", where="weights", todo="give one number a flag")
    return MappingProxyType(dict(zip(names, values, strict=True)))


def _weight(row: MetricFlag, weights: Weights) -> float | None:
    if row.flag is None or math.isnan(row.flag) or not float(row.flag).is_integer():
        return None
    return weights.get(row.metric_id, {}).get(int(row.flag))


def risk_scores(rows: Iterable[MetricFlag], weights: Weights) -> tuple[RiskScore, ...]:
    """Adds up the weights of each group's flags, as a percentage of the most that could be.

    Score = 100 * sum of weight(metric, flag) / sum over metrics of their largest weight. A row without flag, or whose flag has no weight,
    adds nothing; its metric stays in the denominator while any group has a weighted flag of it. A group without any weighted flag has no
    score, and is listed with the reason where gsm leaves it out. Groups come out in the order of level, then id.

    Raises:
        InvalidQuestion: a metric stands twice for a group: rows of several studies or snapshots were mixed.

    Source: ``CalculateRiskScore`` of gsm.kri 1.5.1; measures-and-statistics 4.1.
    """
    found: dict[tuple[str, str], dict[MetricId, float]] = {}
    seen: set[tuple[str, str, MetricId]] = set()
    for row in rows:
        key = (row.group_level, row.group_id, row.metric_id)
        if key in seen:
            raise InvalidQuestion(
                f"{row.metric_id} stands twice for {row.group_level} {row.group_id}", todo="score one study and snapshot at a time"
            )
        seen.add(key)
        weighted = found.setdefault(key[:2], {})
        weight = _weight(row, weights)
        if weight is not None:
            weighted[row.metric_id] = weight
    metrics = {metric for weighted in found.values() for metric in weighted}
    denominator = math.fsum(max(weights[metric].values()) for metric in metrics)
    scores = []
    for (level, group), weighted in sorted(found.items()):
        numerator = math.fsum(weighted.values()) if weighted else math.nan
        reason = NO_WEIGHT if not weighted else ALL_ZERO if denominator == 0 else None
        scores.append(RiskScore(level, group, numerator, denominator, MappingProxyType(weighted), reason))
    return tuple(scores)
