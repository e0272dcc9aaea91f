"""Benjamini-Hochberg: how many of the flags one can expect to be false, had one flagged down to each p."""

import numpy as np

from ncdm.measures.statistics.laws import Floats


def benjamini_hochberg(p: Floats) -> Floats:
    """The q of each p: the smallest expected share of false discoveries at which it would be one.

    p: any shape, in [0, 1]; NaN (no score) stays NaN and does not count as a test. The family is all of p, so give it site x KRI of one
    snapshot, and countries by themselves. Order does not matter; equal p get equal q.
    Source: Benjamini, Hochberg (1995); R ``p.adjust(method = "BH")``; measures-and-statistics 4.2(4).
    """
    q = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    tests = p[known]
    if tests.size:
        order = np.argsort(tests, kind="stable")[::-1]
        ranks = np.arange(tests.size, 0, -1, dtype=np.float64)
        # In R's order of operations (n / rank) * p, so that thresholds are met or missed alike.
        adjusted = np.empty_like(tests)
        adjusted[order] = np.minimum(1.0, np.minimum.accumulate(tests.size / ranks * tests[order]))
        q[known] = adjusted
    return q
