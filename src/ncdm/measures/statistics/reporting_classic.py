"""Under-reporting the classic way, for parity only: one visit, one bootstrap, with the very draws that R would make.

Prefer `reporting`: it uses every subject and every visit, and needs no draws.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ncdm.measures.statistics.false_discovery import benjamini_hochberg
from ncdm.measures.statistics.laws import Floats
from ncdm.measures.statistics.reporting_visits import Integers, Labels, VisitCounts

REPLICATES = 1000
_KEY, _SCRAMBLES, _MULTIPLIER, _HALF_WORD = 624, 50, 69069, 16


@dataclass(frozen=True, slots=True)
class ClassicReporting:
    """One element for each site, in the order of ``sites``."""

    sites: Labels
    visit: Integers
    """The visit at which the site is compared (``visit_med75``)."""
    subjects: Integers
    """Subjects of the site who reached it."""
    mean_site: Floats
    mean_rest: Floats
    """NaN where nobody else reached it."""
    pval: Floats
    prob_low: Floats
    pval_corrected: Floats
    """1 - BH(pval) over the sites of the study."""
    prob_ur: Floats
    """1 - BH(prob_low) over the sites of the study."""


def classic_reporting(study: VisitCounts, *, replicates: int = REPLICATES) -> ClassicReporting:
    """The under-reporting probability as simaerep computed it before its visit-based simulation, draw for draw.

    study: the visits of one study in the order of its file; replicates: r of the bootstrap, at least 1.
    Source: simaerep 1.0.0 (``sim_sites``, ``eval_sites``), R's Mersenne-Twister with rejection sampling; measures-and-statistics 4.3.
    """
    size = study.sites.size
    cap = round(float(np.quantile(study.last, 0.8))) if size else 0  # half to even, as R's round
    visit, subjects = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    mean_site, mean_rest = np.full(size, np.nan), np.full(size, np.nan)
    pval, prob_low = np.ones(size), np.ones(size)
    draws = _Draws(replicates)
    for place in range(size):
        own = study.site == place
        visit[place] = _visit_of_site(study.last[own], cap)
        reached, count = study.last >= visit[place], study.at(int(visit[place]))
        site, rest = count[own & reached], count[~own & reached]
        subjects[place] = site.size
        mean_site[place] = site.mean()
        if rest.size == 0:
            continue
        mean_rest[place] = rest.mean()
        # In whole numbers: site mean > rest mean.
        if int(site.sum()) * rest.size <= int(rest.sum()) * site.size:
            pval[place] = _equal_rates(int(site.sum()), int(rest.sum()), site.size, rest.size)
            prob_low[place] = draws.share_at_most(np.concatenate((site, rest)), site.size, int(site.sum()))
    return ClassicReporting(
        study.sites,
        visit,
        subjects,
        mean_site,
        mean_rest,
        pval,
        prob_low,
        pval_corrected=1.0 - benjamini_hochberg(pval),
        prob_ur=1.0 - benjamini_hochberg(prob_low),
    )


def _visit_of_site(last: Integers, cap: int) -> int:
    """Three quarters of the way of the site's median subject, not further than its own subjects who got there, nor than most of the study."""
    three_quarters = math.ceil(0.75 * float(np.median(last)))
    return min(int(last[last >= three_quarters].min()), cap)


def _equal_rates(site: int, rest: int, n_site: int, n_rest: int) -> float:
    """Two-sided exact test that both have one rate of events a subject; 1 without any event."""
    if site + rest == 0:
        return 1.0
    from scipy import stats  # takes longer to import than most questions take, and only this form needs it

    return float(stats.binomtest(site, site + rest, n_site / (n_site + n_rest)).pvalue)


class _Draws:
    """The 32-bit numbers of R's generator for the seeds 1 .. r, made as far as they are asked for."""

    def __init__(self, replicates: int) -> None:
        state = np.arange(1, replicates + 1, dtype=np.uint32)
        keys = np.empty((replicates, _KEY + 1), dtype=np.uint32)
        for _ in range(_SCRAMBLES):
            state = _next(state)
        for column in range(_KEY + 1):
            state = _next(state)
            keys[:, column] = state
        # The first of the 625 is the position, which R sets to the end.
        self._generators = [_started(key) for key in keys[:, 1:]]
        self._words = np.empty((replicates, 0), dtype=np.int64)

    def share_at_most(self, pool: Integers, draws: int, total: int) -> float:
        """The share of replicates in which ``draws`` of the pool, with replacement, sum to at most ``total``."""
        bits = math.ceil(math.log2(pool.size))
        halves = bits // _HALF_WORD + 1
        needed = 2 * draws + 32
        while True:
            words = self._first(needed * halves).reshape(-1, needed, halves)
            index = np.zeros(words.shape[:2], dtype=np.int64)
            for half in range(halves):
                index = (index << _HALF_WORD) + (words[:, :, half] >> _HALF_WORD)
            index &= (1 << bits) - 1
            accepted = index < pool.size
            rank = np.cumsum(accepted, axis=1)
            if np.all(rank[:, -1] >= draws):
                break
            needed *= 2
        drawn = np.where(accepted & (rank <= draws), pool[np.where(accepted, index, 0)], 0).sum(axis=1)
        return float(np.count_nonzero(drawn <= total) / drawn.size)

    def _first(self, words: int) -> npt.NDArray[np.int64]:
        more = words - self._words.shape[1]
        if more > 0:
            fresh = np.array([generator.random_raw(more) for generator in self._generators], dtype=np.int64)
            self._words = np.concatenate((self._words, fresh), axis=1)
        return self._words[:, :words]


def _next(state: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """One step of the congruential generator that fills the key; overflow is its modulus."""
    return state * np.uint32(_MULTIPLIER) + np.uint32(1)


def _started(key: npt.NDArray[np.uint32]) -> np.random.MT19937:
    generator = np.random.MT19937()
    generator.state = {"bit_generator": "MT19937", "state": {"key": key, "pos": _KEY}}
    return generator
