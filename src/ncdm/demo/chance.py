"""Chance that repeats: one seed, one topic, one stream of numbers.

A stream is seeded by text, so neither the run date, nor ``PYTHONHASHSEED``, nor the order in which other topics are drawn changes it.
"""

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def stream(*keys: str | int) -> random.Random:
    """The stream of one topic: the same keys always give the same numbers."""
    return random.Random("/".join(str(key) for key in keys))


def pick(rng: random.Random, weights: Mapping[T, float]) -> T:
    """One of the keys, as likely as its weight says."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def events(rng: random.Random, mean: float) -> int:
    """How often something happens that happens ``mean`` times on average (Poisson; normal above 30)."""
    if mean <= 0:
        return 0
    if mean > 30:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def clumped(rng: random.Random, mean: float, share: float = 0.3) -> int:
    """A count that sits on few: only ``share`` of all have any, so those have many."""
    if mean <= 0 or rng.random() >= share:
        return 0
    return max(1, events(rng, rng.expovariate(share / mean)))


def age(rng: random.Random, median: float, limit: int) -> int:
    """Days since something: half below the median, a long tail, never beyond the limit."""
    return min(limit, int(rng.lognormvariate(math.log(median), 1.1)))


def shares(rng: random.Random, count: int) -> list[float]:
    """Weights of ``count`` groups of which few are large and many are small."""
    return [rng.paretovariate(1.4) for _ in range(count)]


def some(rng: random.Random, items: Sequence[T], count: int) -> list[T]:
    """Up to ``count`` different items."""
    return rng.sample(items, min(count, len(items)))
