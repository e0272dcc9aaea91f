"""The probability of each subject to be clean after so many days, at given rates."""

import numpy as np

from ncdm.measures.forecast.rates import Rates
from ncdm.measures.grouped import Floats
from ncdm.measures.universe import Numbers


def log_parts(items: Floats, site_of: Numbers, rates: Rates, days: float, pace: float = 1.0) -> tuple[Floats, Floats]:
    """The logarithm of the probability that nothing outstanding now is left, and the mean number of newer items outstanding then.

    items: (N, C) whole numbers; site_of: (N,); days >= 0; pace: what closure rates are multiplied with. Two arrays (N,).
    Items are closed independently at hazard h: one is left after t days with probability exp(-h t). Items arrive at rate a and are closed the same way, so
    that at t a Poisson number with mean a (1 - exp(-h t)) / h is outstanding (an M/M/inf queue). A subject is clean with probability exp(first - second).
    """
    hazard = rates.closure * pace
    with np.errstate(divide="ignore"):
        gone = np.log(-np.expm1(-hazard * days))
    # 0 items times log 0 is nothing left to close.
    left = np.sum(np.where(items > 0.0, items * np.where(np.isfinite(gone), gone, 0.0)[site_of], 0.0), axis=1)
    stuck = np.any((items > 0.0) & np.isinf(gone)[site_of], axis=1)
    safe = np.where(hazard > 0.0, hazard, 1.0)
    newer = rates.arrival * np.where(hazard > 0.0, -np.expm1(-hazard * days) / safe, days)
    return np.where(stuck, -np.inf, left), np.sum(newer, axis=1)[site_of]
