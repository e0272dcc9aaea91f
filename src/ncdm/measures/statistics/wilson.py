"""The interval of Wilson for a share."""

import math

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


def wilson(successes: int, of: int, z: float = Z95) -> tuple[float, float]:
    """The interval (low, high) of a share of ``successes`` in ``of``, both in 0 to 1 (Wilson 1927, without continuity correction).

    Raises ``ValueError`` when there is nothing to have a share in, or more successes than there are.
    """
    if of <= 0 or not 0 <= successes <= of:
        message = f"{successes} of {of} is no share"
        raise ValueError(message)
    share = successes / of
    centre = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    # None and all reach the end exactly, which rounding would miss by a hair.
    low = 0.0 if successes == 0 else max(0.0, (centre - half) / scale)
    return low, 1.0 if successes == of else min(1.0, (centre + half) / scale)
