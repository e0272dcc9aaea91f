"""The probability that at least so many subjects are clean, when each is with a probability of its own."""

import numpy as np
from scipy import special

from ncdm.measures.grouped import Floats

CERTAIN = 1e-12
"""A subject this close to clean or not clean is counted as such."""
EXACT = 200
"""Up to so many uncertain subjects the distribution is convolved; beyond, its refined normal approximation is good to some 1e-4."""


def at_least(needed: int, clean: Floats) -> Floats:
    """P(K >= needed) for K the number of clean subjects, one for each row.

    clean: (rows, N) probabilities. Exact by convolution where few are uncertain, else the normal approximation with continuity and skewness corrected.
    Source: Poisson binomial distribution; Volkova (1996), as in Hong (2013), "On computing the distribution function for the Poisson binomial distribution".
    """
    sure = np.all(clean >= 1.0 - CERTAIN, axis=0)
    never = np.all(clean <= CERTAIN, axis=0)
    wanted = needed - int(np.sum(sure))
    open_ = clean[:, ~(sure | never)]
    if wanted <= 0:
        return np.ones(clean.shape[0])
    if wanted > open_.shape[1]:
        return np.zeros(clean.shape[0])
    if wanted == open_.shape[1]:
        return np.asarray(np.prod(open_, axis=1), dtype=np.float64)
    return _convolved(wanted, open_) if open_.shape[1] <= EXACT else _approximated(wanted, open_)


def _convolved(wanted: int, clean: Floats) -> Floats:
    law = np.zeros((clean.shape[0], clean.shape[1] + 1))
    law[:, 0] = 1.0
    for place in range(clean.shape[1]):
        p = clean[:, place, np.newaxis]
        law[:, 1 : place + 2] = law[:, 1 : place + 2] * (1.0 - p) + law[:, : place + 1] * p
        law[:, 0] *= 1.0 - p[:, 0]
    return np.asarray(np.minimum(1.0, np.sum(law[:, wanted:], axis=1)), dtype=np.float64)


def _approximated(wanted: int, clean: Floats) -> Floats:
    mean, variance = np.sum(clean, axis=1), np.sum(clean * (1.0 - clean), axis=1)
    spread = np.sqrt(variance)
    skew = np.sum(clean * (1.0 - clean) * (1.0 - 2.0 * clean), axis=1) / np.maximum(variance * spread, CERTAIN)
    x = (wanted - 0.5 - mean) / np.maximum(spread, CERTAIN)
    density = np.exp(-x * x / 2.0) / np.sqrt(2.0 * np.pi)
    below = special.ndtr(x) + skew * (1.0 - x * x) * density / 6.0
    return np.asarray(np.clip(1.0 - below, 0.0, 1.0), dtype=np.float64)
