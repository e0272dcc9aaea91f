"""Quality tolerance limits from a hierarchical model, by quadrature instead of simulation: the same answer every time.

Two families. Events among subjects: x_i ~ Binomial(n_i, p_i), p_i ~ Beta(a, b), a and b uniform on (0, 10). Events over time:
x_i ~ Poisson(t_i r_i), r_i ~ Gamma(shape, scale), shape and scale ~ Gamma(1, 1). The posterior of the two hyperparameters is a table of
weights on a grid; everything else is a weighted sum over it. "New" means a site not yet seen, whose rate is drawn from the same family.

Source: Berry et al. 2011 (Bayesian Adaptive Methods for Clinical Trials, 2.5); rbqmR 0.0.0.9002; measures-and-statistics 4.6.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaln, expit, gammainc, gammaln, logit

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.tolerance_grid import gamma_grid
from ncdm.measures.statistics.tolerance_mixture import Curve, between, carrying, quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BetaPosterior:
    """What the sites say about the family their proportions come from: hyperparameters and weights of the grid points, all shape (m,)."""

    a: Floats
    b: Floats
    weight: Floats
    """Posterior probability of each grid point; sums to 1."""
    site_mean: Floats
    """The expected proportion of each site given all sites, in the order given."""

    @property
    def new_mean(self) -> float:
        """The expected proportion of a new site."""
        return float(self.weight @ (self.a / (self.a + self.b)))

    @property
    def a_mean(self) -> float:
        """The expected first parameter of the beta family."""
        return float(self.weight @ self.a)

    @property
    def b_mean(self) -> float:
        """The expected second parameter of the beta family."""
        return float(self.weight @ self.b)

    def new_below(self, p: float) -> float:
        """The probability that a new site's proportion is at most ``p``."""
        keep = carrying(self.weight)
        return float(self.weight[keep] @ betainc(self.a[keep], self.b[keep], min(max(p, 0.0), 1.0)))

    def new_between(self, low: float, high: float) -> float:
        """The probability that a new site's proportion lies from ``low`` to ``high``."""
        return between(self.new_below, low, high)

    def new_quantile(self, level: float) -> float:
        """The proportion a new site stays below with probability ``level``, by root finding on the mixture of beta distributions."""
        keep = carrying(self.weight)

        def mixture(some: slice) -> Curve:
            a, b, weight = self.a[keep][some], self.b[keep][some], self.weight[keep][some]
            weight, norm = weight / weight.sum(), betaln(a, b)

            def at(y: float) -> tuple[float, float]:
                # On the logit scale, where neither end of (0, 1) is a wall; above one half by the distance from 1, which keeps its digits there.
                below = weight @ betainc(a, b, expit(y)) if y <= 0 else 1 - weight @ betainc(b, a, expit(-y))
                log_density = -a * np.logaddexp(0.0, -y) - b * np.logaddexp(0.0, y) - norm
                return float(below), float(weight @ np.exp(log_density))

            return at

        return float(expit(quantile(mixture, level, float(logit(self.new_mean)))))


@dataclass(frozen=True, slots=True)
class GammaPosterior:
    """What the sites say about the family their rates come from: hyperparameters and weights of the grid points, all shape (m,)."""

    shape: Floats
    scale: Floats
    weight: Floats
    """Posterior probability of each grid point; sums to 1."""
    site_mean: Floats
    """The expected rate of each site given all sites, in the order given."""

    @property
    def new_mean(self) -> float:
        """The expected rate of a new site."""
        return float(self.weight @ (self.shape * self.scale))

    @property
    def shape_mean(self) -> float:
        """The expected shape of the gamma family."""
        return float(self.weight @ self.shape)

    @property
    def scale_mean(self) -> float:
        """The expected scale (mean over shape) of the gamma family."""
        return float(self.weight @ self.scale)

    def new_below(self, rate: float) -> float:
        """The probability that a new site's rate is at most ``rate``."""
        keep = carrying(self.weight)
        return float(self.weight[keep] @ gammainc(self.shape[keep], max(rate, 0.0) / self.scale[keep]))

    def new_between(self, low: float, high: float) -> float:
        """The probability that a new site's rate lies from ``low`` to ``high``."""
        return between(self.new_below, low, high)

    def new_quantile(self, level: float) -> float:
        """The rate a new site stays below with probability ``level``, by root finding on the mixture of gamma distributions."""
        keep = carrying(self.weight)

        def mixture(some: slice) -> Curve:
            shape, scale, weight = self.shape[keep][some], self.scale[keep][some], self.weight[keep][some]
            weight, log_scale, norm = weight / weight.sum(), np.log(scale), gammaln(shape)

            def at(y: float) -> tuple[float, float]:
                log_density = shape * (y - log_scale) - np.exp(y - log_scale) - norm
                return float(weight @ gammainc(shape, np.exp(y - log_scale))), float(weight @ np.exp(log_density))

            return at

        return float(np.exp(quantile(mixture, level, float(np.log(self.new_mean)))))


def beta_binomial_posterior(numerator: ArrayLike, denominator: ArrayLike, *, prior_upper: float = 10.0, nodes: int = 400) -> BetaPosterior:
    """Learns from all sites which family their proportions come from.

    ``numerator`` subjects with the event and ``denominator`` subjects, shape (n,); a site without subjects says nothing, and without any
    site the prior is returned. The grid has ``nodes`` x ``nodes`` midpoints on (0, ``prior_upper``)^2, weighted by
    exp(sum_i betaln(x_i + a, n_i - x_i + b) - betaln(a, b)).

    Raises ``InvalidQuestion`` for unknown or negative counts and for more events than subjects.
    Source: rbqmR 0.0.0.9002 ``fitBayesBinomialModel``; measures-and-statistics 4.6.
    """
    x, n = _sites(numerator, denominator)
    if np.any(x > n):
        raise InvalidQuestion("a site has more events than subjects", todo="use rates over time, or correct the counts")
    points = np.asarray((np.arange(nodes) + 0.5) * (prior_upper / nodes), dtype=np.float64)
    # The log weight splits into a part in a, a part in b and a part in a + b, which takes only 2 * nodes - 1 values.
    sums = np.arange(1, 2 * nodes, dtype=np.float64) * (prior_upper / nodes)
    in_a, in_b, in_sum = _rising(points, x), _rising(points, n - x), _rising(sums, n)
    index = np.arange(nodes)
    log_weight = in_a[:, None] + in_b[None, :] - in_sum[index[:, None] + index[None, :]]
    a, b = np.repeat(points, nodes), np.tile(points, nodes)
    weight = _normalised(log_weight.ravel())
    site_mean = np.array([weight @ ((a + i) / (a + b + j)) for i, j in _counted(numerator, denominator)], dtype=np.float64)
    return BetaPosterior(a, b, weight, site_mean)


def gamma_poisson_posterior(numerator: ArrayLike, exposure: ArrayLike, *, nodes: int = 400) -> GammaPosterior:
    """Learns from all sites which family their event rates come from.

    ``numerator`` events and ``exposure`` (time, or any denominator), shape (n,); rates are per unit of exposure, and the priors of shape and
    scale, both Gamma(1, 1), are too: choose the unit so that a rate near 1 is plausible. Neither hyperparameter has an upper end, so the
    grid of ``nodes`` x ``nodes`` midpoints is laid over the logarithms of shape and mean where the posterior lies; refining it changes nothing.

    Raises ``InvalidQuestion`` for unknown or negative counts and for events without exposure.
    Source: rbqmR 0.0.0.9002 ``fitBayesPoissonModel``; measures-and-statistics 4.6.
    """
    x, time = _sites(numerator, exposure)
    if np.any((x > 0) & (time == 0)):
        raise InvalidQuestion("a site has events without exposure", todo="give its exposure, or leave the site out")
    shape, scale, log_weight = gamma_grid(x, time, nodes)
    weight = _normalised(log_weight)
    site_mean = np.array([weight @ ((shape + i) / (1 / scale + j)) for i, j in _counted(numerator, exposure)], dtype=np.float64)
    return GammaPosterior(shape, scale, weight, site_mean)


def _sites(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats]:
    """Counts as floats, sorted so that the order of the sites does not show in the last digit."""
    x, n = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if x.ndim != 1 or x.shape != n.shape:
        raise InvalidQuestion(f"shapes {x.shape} and {n.shape} are not one list of sites", todo="give two arrays of one length")
    if not (np.all(np.isfinite(x)) and np.all(np.isfinite(n)) and np.all(x >= 0) and np.all(n >= 0)):
        raise InvalidQuestion("a count is unknown or negative", todo="leave out the site; unknown is not zero")
    order = np.lexsort((x, n))
    return x[order], n[order]


def _counted(numerator: ArrayLike, denominator: ArrayLike) -> list[tuple[float, float]]:
    return list(zip(np.asarray(numerator, dtype=np.float64).tolist(), np.asarray(denominator, dtype=np.float64).tolist(), strict=True))


def _rising(start: Floats, steps: Floats) -> Floats:
    """Sum over sites of ln Gamma(start + steps) - ln Gamma(start), for each start."""
    # ln B(s, k) = ln Gamma(s) + ln Gamma(k) - ln Gamma(s + k) keeps its digits for large k, where the difference of two ln Gamma loses them.
    some = steps[steps > 0]
    whole = gammaln(some)[None, :] - betaln(start[:, None], some[None, :])
    return np.asarray(whole.sum(axis=1), dtype=np.float64)


def _normalised(log_weight: Floats) -> Floats:
    weight = np.exp(log_weight - log_weight.max())
    return np.asarray(weight / weight.sum(), dtype=np.float64)
