"""Quality tolerance limits that need no model: fixed, observed minus expected, observed over expected.

Three to five study-level parameters, set before the study; a breach is an event of the study, not of a site.

Source: rbqmR 0.0.0.9002; Katz 1978; measures-and-statistics 4.6.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik, betaincc, ndtri

from ncdm.errors import InvalidQuestion

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEFT_FUZZ = 64 * np.finfo(np.float64).eps
"""R's ``qbinom`` takes a cumulative probability this close below the level as having reached it."""


class Breach(IntEnum):
    """How far a parameter has gone: within its limits, beyond the secondary (warning) one, beyond the tolerance limit."""

    NONE = 0
    WARNING = 1
    ACTION = 2


class Side(StrEnum):
    """Which side of a limit is a risk."""

    LOWER = "lower"
    UPPER = "upper"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ObservedMinusExpected:
    """One entry per subject, in the order of enrolment: where the running count stands, and where it may stand.

    Action limits are NaN if no final size of the study was given, and a side without a permitted rate is NaN.
    """

    cumulative: Ints
    value: Floats
    lower_warning: Floats
    upper_warning: Floats
    lower_action: float
    upper_action: float
    breach: Ints
    """A ``Breach`` per subject."""

    @property
    def first_warning(self) -> int | None:
        """The 1-based subject at which a limit was first passed, or ``None``."""
        return self._first(Breach.WARNING)

    @property
    def first_action(self) -> int | None:
        """The 1-based subject at which an action limit was first passed, or ``None``."""
        return self._first(Breach.ACTION)

    def _first(self, least: Breach) -> int | None:
        passed = np.flatnonzero(self.breach >= least)
        return int(passed[0]) + 1 if passed.size else None


@dataclass(frozen=True, slots=True)
class RatioLimits:
    """Limits of observed / expected, one entry per size; a side that is no risk is NaN."""

    lower: Floats
    upper: Floats


def fixed_limit(value: float, warning: float, action: float) -> Breach | None:
    """Compares a value with two limits set beforehand; a value on a limit has reached it. ``None``: the value is unknown.

    The side follows from the limits: a risk of high values has ``action >= warning``, a risk of low values ``action < warning``.
    Source: measures-and-statistics 4.6.
    """
    if np.isnan(warning) or np.isnan(action):
        raise InvalidQuestion("a limit is not a number", todo="set both limits before the study")
    if np.isnan(value):
        return None
    sign = 1 if action >= warning else -1
    if sign * value >= sign * action:
        return Breach.ACTION
    return Breach.WARNING if sign * value >= sign * warning else Breach.NONE


def observed_minus_expected(
    events: ArrayLike,
    expected_rate: float,
    *,
    warning: tuple[float, float] = (0.01, 0.99),
    permitted: tuple[float, float] = (np.nan, np.nan),
    trial_size: int | None = None,
) -> ObservedMinusExpected:
    """Follows the running count of subjects with an event against what the expected rate would give.

    ``events`` one truth value (or 0 / 1) per subject, shape (n,), **in the order of enrolment**; ``expected_rate`` and ``permitted`` (lower,
    upper) are events per subject; ``warning`` are binomial levels; NaN switches one side off. Value after i subjects: events - i * rate;
    warning limits: qbinom(level, i, rate) - i * rate; action limits: trial size * (permitted - rate). Beyond means strictly beyond.

    Raises ``InvalidQuestion`` if an event is unknown or not 0 / 1, or a rate or level is outside [0, 1].
    Source: rbqmR 0.0.0.9002 ``createObservedMinusExpectedTable``; measures-and-statistics 4.6.
    """
    had = np.asarray(events, dtype=np.float64)
    if had.ndim != 1 or not np.all((had == 0) | (had == 1)):
        raise InvalidQuestion("an event is unknown or not 0 / 1", todo="give one truth value per subject; leave out who is not yet known")
    for share in (expected_rate, *warning, *permitted):
        if not (np.isnan(share) or 0 <= share <= 1) or np.isnan(expected_rate):
            raise InvalidQuestion(f"{share:g} is not a share", todo="give rates and levels from 0 to 1")
    index = np.arange(1, had.size + 1, dtype=np.float64)
    cumulative = np.cumsum(had)
    expected = index * expected_rate
    value = cumulative - expected
    low, high = (binomial_quantile(level, index, expected_rate) - expected for level in warning)
    size = np.nan if trial_size is None else float(trial_size)
    least, most = (size * (rate - expected_rate) for rate in permitted)
    # A comparison with NaN is false: a side that is switched off is never passed.
    breach = np.where((value < low) | (value > high), int(Breach.WARNING), int(Breach.NONE))
    breach = np.where((value < least) | (value > most), int(Breach.ACTION), breach)
    return ObservedMinusExpected(cumulative.astype(np.int64), value, low, high, least, most, breach.astype(np.int64))


def binomial_quantile(level: float, n: ArrayLike, p: float) -> Floats:
    """The smallest count whose cumulative binomial probability reaches the level, as R's ``qbinom``; NaN for a level of NaN.

    ``n`` trials, shape (m,). A probability that falls short by rounding alone has reached the level (R's left continuity).
    """
    trials = np.asarray(n, dtype=np.float64)
    if np.isnan(level):
        return np.full(trials.shape, np.nan)
    if p in (0.0, 1.0) or level == 1:
        return np.zeros(trials.shape) if p == 0 or level == 0 else trials.copy()
    reached = level * (1 - LEFT_FUZZ)
    count = np.clip(np.ceil(np.nan_to_num(bdtrik(level, trials, p))), 0, trials)
    # The inverse is approximate: step to the first count that reaches the level.
    while np.any(up := _at_most(count, trials, p) < reached):
        count = np.where(up, count + 1, count)
    while np.any(down := (count > 0) & (_at_most(np.maximum(count - 1, 0), trials, p) >= reached)):
        count = np.where(down, count - 1, count)
    return np.asarray(count, dtype=np.float64)


def _at_most(count: Floats, trials: Floats, p: float) -> Floats:
    """The cumulative binomial probability, which is a tail of a beta distribution."""
    return np.where(count >= trials, 1.0, betaincc(count + 1, np.maximum(trials - count, 1), p))


def observed_over_expected(
    n: ArrayLike,
    n_historical: float,
    rate: float,
    historical_rate: float,
    *,
    level: float = 0.95,
    side: Side = Side.BOTH,
    about_ratio: bool = False,
) -> RatioLimits:
    """How far observed / expected may be from 1 by chance, given the sizes of this study and of the history it is compared with.

    exp(-/+ z sqrt((1/p - 1)/n + (1/p_h - 1)/n_h)). ``n`` subjects so far, shape (m,) or one number; ``level`` the coverage, all of it on
    one side if ``side`` is one side. ``about_ratio`` centres the limits on p / p_h, as rbqmR does; the two agree where p = p_h.
    NaN where ``n`` is 0 or unknown.

    Raises ``InvalidQuestion`` for rates outside (0, 1], a history without subjects, or a level outside (0, 1).
    Source: Katz 1978 (Biometrics 34); rbqmR 0.0.0.9002 ``createObservedOverExpectedTable``; measures-and-statistics 4.6.
    """
    if not (0 < rate <= 1 and 0 < historical_rate <= 1):
        raise InvalidQuestion("a rate is outside (0, 1]", todo="a ratio to a rate of 0 does not exist")
    if not (n_historical > 0 and 0 < level < 1):
        raise InvalidQuestion(
            "the history has no subjects, or the level is outside (0, 1)", todo="give a positive size and a level such as .95"
        )
    given = np.atleast_1d(np.asarray(n, dtype=np.float64))
    size = np.where(given > 0, given, np.nan)
    tail = (1 - level) / 2 if side is Side.BOTH else 1 - level
    centre = np.log(rate / historical_rate) if about_ratio else 0.0
    reach = -ndtri(tail) * np.sqrt((1 / rate - 1) / size + (1 / historical_rate - 1) / n_historical)
    none = np.full(size.shape, np.nan)
    return RatioLimits(
        none if side is Side.UPPER else np.exp(centre - reach),
        none if side is Side.LOWER else np.exp(centre + reach),
    )
