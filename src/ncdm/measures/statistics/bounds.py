"""Limit lines of a funnel: what a group of a given denominator would need to reach a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.measures.statistics.groups import FloatArray, fixed

STEPS = 250
"""The range of denominators is walked in so many steps."""
_HUNDRED_EPSILON = 100 * np.finfo(np.float64).eps


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Points of limit lines: by threshold in the order asked (0 last unless asked for), then by rising denominator."""

    threshold: FloatArray
    denominator: FloatArray
    numerator: FloatArray
    reason: str | None = None
    """Why there is no line at all; ``None`` when there are lines."""

    @property
    def metric(self) -> FloatArray:
        """Numerator over denominator at each point."""
        return self.numerator / self.denominator

    @property
    def log_denominator(self) -> FloatArray:
        """Natural logarithm of the denominator at each point."""
        return np.log(self.denominator)

    def line(self, threshold: float) -> tuple[FloatArray, FloatArray]:
        """Denominators and numerators of one line; empty where the threshold bounds nothing."""
        here = self.threshold == threshold
        return self.denominator[here], self.numerator[here]


def no_bounds(reason: str) -> Bounds:
    """No line, and why."""
    return Bounds(fixed([]), fixed([]), fixed([]), reason)


def with_centre(thresholds: Sequence[float]) -> tuple[float, ...]:
    """The thresholds, each once, and 0 for the line of the expected value."""
    return tuple(dict.fromkeys((*map(float, thresholds), 0.0)))


def grid(values: FloatArray, step: float | None, step_of_one_value: float) -> FloatArray:
    """From one step below the smallest value to one step above the largest, as R's ``seq`` counts the points.

    R lets a last point count that rounding would lose (1e-10 of a step) and never goes beyond the end.
    """
    lowest, highest = float(values.min()), float(values.max())
    if step is None:
        step = (highest - lowest) / STEPS or step_of_one_value
    start, end = lowest - step, highest + step
    if end - start < _HUNDRED_EPSILON * max(abs(start), abs(end)):
        return fixed([start])
    return fixed(np.minimum(start + np.arange(int((end - start) / step + 1e-10) + 1) * step, end))
