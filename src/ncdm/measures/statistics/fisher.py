"""Scores by Fisher's exact test of each group against all others."""

import math
from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.groups import BoolArray, FloatArray, GroupInput, fixed
from ncdm.measures.statistics.normal import NO_GROUP
from ncdm.measures.statistics.tilt import tilt

ONE_GROUP = "there is no other group to compare with"
SAME_PROBABILITY = 1 + 1e-7
"""Tables whose probabilities differ by less than this factor count as equally likely, as in R's ``fisher.test``."""
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True, eq=False)
class FisherScores:
    """A two-sided p value and an odds ratio for each group, in the order of the groups."""

    groups: GroupInput
    numerator_other: FloatArray
    denominator_other: FloatArray
    score: FloatArray
    """The p value."""
    estimate: FloatArray
    """Odds of the group over odds of the others, by conditional maximum likelihood."""
    estimate_exists: BoolArray
    """False where the margins allow one table only: the estimate is then 0, as R writes it, and says nothing."""
    reason: str | None = None
    """Why the scores are NaN; ``None`` when they are not."""

    @property
    def proportion_other(self) -> FloatArray:
        """Numerator over denominator of all other groups."""
        unknown: FloatArray = np.full(len(self.groups), math.nan)
        return np.divide(self.numerator_other, self.denominator_other, out=unknown, where=self.denominator_other > 0)


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a 2 x 2 table; its tables differ in the events of the group alone."""

    inside: int
    """Members of the group."""
    outside: int
    """Members of all others."""
    events: int
    """Events in both."""

    @property
    def lowest(self) -> int:
        """Fewest events the group can have."""
        return max(0, self.events - self.outside)

    @property
    def highest(self) -> int:
        """Most events the group can have."""
        return min(self.events, self.inside)

    def log_rises(self, first: int, last: int) -> FloatArray:
        """Logarithm of P(k + 1) / P(k) in the hypergeometric distribution for k from first to last - 1."""
        k = np.arange(first, last, dtype=np.float64)
        return np.log((self.inside - k) / (k + 1) * ((self.events - k) / (self.outside - self.events + k + 1)))

    def log_weights(self, first: int, last: int, origin: int) -> FloatArray:
        """Logarithm of P(k) / P(origin) for k from first to last, both included.

        Summed outwards from the origin: no gamma function, whose digits would be lost where the counts are large.
        """
        rises = self.log_rises(first, last)
        below = rises[: origin - first][::-1]
        return np.concatenate([-np.cumsum(below)[::-1], [0.0], np.cumsum(rises[origin - first :])])


def _p_value(margins: Margins, events: int) -> float:
    """Sum of the probabilities of all tables that are no more likely than this one."""
    mode = (margins.events + 1) * (margins.inside + 1) // (margins.inside + margins.outside + 2)
    mode = min(max(mode, margins.lowest), margins.highest)
    # Beyond this distance a probability is below the smallest double (Bernstein's inequality with the binomial's variance).
    share = margins.inside / (margins.inside + margins.outside)
    reach = 510 + math.ceil(40 * math.sqrt(margins.events * share * (1 - share)))
    first, last = max(margins.lowest, mode - reach), min(margins.highest, mode + reach)
    if not first <= events <= last:
        return 0.0
    weights = np.exp(margins.log_weights(first, last, mode))
    return min(1.0, math.fsum(weights[weights <= weights[events - first] * SAME_PROBABILITY]) / math.fsum(weights))


def _odds_ratio(margins: Margins, events: int) -> float:
    """The odds ratio under which the events of the group are the expected ones."""
    if events == margins.lowest:
        return 0.0
    if events == margins.highest:
        return math.inf
    # At the root the mean is the observed count; what lies further out than this weighs less than a double's last digit.
    reach = 60 + math.ceil(12 * math.sqrt(min(events - margins.lowest, margins.highest - events)))
    first, last = max(margins.lowest, events - reach), min(margins.highest, events + reach)
    # Start from the odds ratio that makes the observed count the most likely one, so that the weights are largest in the middle.
    start = -float(margins.log_rises(events - 1, events + 1).mean())
    distance = np.arange(first, last + 1, dtype=np.float64) - events
    return math.exp(start + tilt(distance, margins.log_weights(first, last, events) + start * distance))


def fisher_scores(groups: GroupInput) -> FisherScores:
    """How likely a table at least as unlikely as each group's against all others would be by chance alone.

    The table is {others, group} x {without event, with event}; score = two-sided p, estimate = conditional maximum likelihood odds
    ratio, exact where R stops its search at four digits. The usual limits are .05 (amber) and .01 (red).

    Raises:
        InvalidQuestion: a numerator or denominator is no whole number, or a numerator is below 0 or above its denominator.

    Source: ``Analyze_Fisher`` of gsm.core 1.1.3 over ``stats::fisher.test``; measures-and-statistics 4.1.
    """
    events, members = groups.numerator, groups.denominator
    if (events != np.round(events)).any() or (members != np.round(members)).any():
        raise InvalidQuestion("Fisher's test counts whole things", where="numerator, denominator", todo="give whole numbers")
    if (events < 0).any() or (events > members).any():
        raise InvalidQuestion("a group has fewer than 0 events or more than members", where="numerator", todo="use the rate kind instead")
    if groups.total_denominator > _LARGEST:
        raise InvalidQuestion("the table has too many members for an exact test", where="denominator", todo="use the rate kind instead")
    others, rest = groups.total_numerator - events, groups.total_denominator - members
    if len(groups) < 2:  # noqa: PLR2004 - a comparison takes two
        unknown = fixed(np.full(len(groups), math.nan))
        reason = ONE_GROUP if len(groups) else NO_GROUP
        return FisherScores(groups, fixed(others), fixed(rest), unknown, unknown, np.zeros(len(groups), np.bool_), reason)
    tables = [
        (Margins(int(inside), int(outside), int(groups.total_numerator)), int(count))
        for inside, outside, count in zip(members, rest, events, strict=True)
    ]
    return FisherScores(
        groups,
        fixed(others),
        fixed(rest),
        fixed([_p_value(*table) for table in tables]),
        fixed([_odds_ratio(*table) for table in tables]),
        np.array([margins.lowest < margins.highest for margins, _ in tables]),
    )
