"""A number of an array as people and JSON take it: NaN is nothing."""

import math


def number(value: float) -> float | None:
    """The value, or ``None`` where it does not exist."""
    return None if math.isnan(value) else float(value)
