"""The share of clean members, and how far members of whom it is not known can move it."""

from dataclasses import dataclass

from ncdm.measures.statistics.wilson import wilson

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CleanShare:
    """Shares are 0 to 1, intervals are Wilson's with 95 %."""

    share: float
    """Strict: unknown is not clean."""
    interval: Pair
    """Of the strict share alone: the unknown may move the truth beyond it."""
    share_if: Pair
    """The share if every unknown member were unclean, and if every one were clean; alike where none is unknown."""
    interval_if: Pair
    """From the lower end around the first to the upper end around the second."""


def clean_share(clean: int, unknown: int, members: int) -> CleanShare | None:
    """The share of clean members; ``None`` without members. clean + unknown <= members."""
    if members == 0:
        return None
    strict, most = wilson(clean, members), wilson(clean + unknown, members)
    return CleanShare(clean / members, strict, (clean / members, (clean + unknown) / members), (strict[0], most[1]))
