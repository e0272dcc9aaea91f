"""A number of 0 to 100 of which parts may be unknown: the least and the most it can be, and how much of it is known."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One weighted part of a score."""

    code: str
    title: str
    weight: float
    low: float
    high: float
    """0 to 100; both ends the same where the part is known."""
    reason: str | None = None
    """Why it is not known."""

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Bounded:
    """The weighted sum of parts."""

    low: float
    high: float
    value: float | None
    """Where all parts are known."""
    coverage: float
    """The weight of the parts that are known, of 1."""
    parts: tuple[Part, ...]


def known_part(code: str, title: str, weight: float, value: float) -> Part:
    """A part that is known."""
    return Part(code, title, weight, value, value)


def added(parts: Sequence[Part]) -> Bounded:
    """The weighted sum of parts, from the least to the most it can be. Weights add up to 1."""
    low, high = (
        sum(part.weight * end for part, end in zip(parts, ends, strict=True)) for ends in ([p.low for p in parts], [p.high for p in parts])
    )
    known = all(part.known for part in parts)
    return Bounded(low, high, low if known else None, sum(part.weight for part in parts if part.known), tuple(parts))
