"""The grid on which the posterior of a gamma family's shape and scale is summed.

Both parameters run to infinity, so the grid has to find the posterior: it is laid over ln shape and ln mean (nearly independent of each
other, unlike shape and scale), widened until nothing of weight is outside and narrowed until nothing without weight is inside. There the
density falls to nothing on all four sides, and sums over midpoints converge faster than any power of the step.

Source: measures-and-statistics 4.6.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

Floats = NDArray[np.float64]

DEPTH = 42.0
"""A density exp(-42), 6e-19, of its highest value counts as nothing."""
COARSE = 61
"""Points a side of the grid that searches."""
ROUNDS = 60
"""The search has always ended long before; it must end."""


def gamma_grid(x: Floats, time: Floats, nodes: int) -> tuple[Floats, Floats, Floats]:
    """Shape, scale and log posterior weight at ``nodes`` x ``nodes`` midpoints, each flat.

    ``x`` events and ``time`` exposure per site, shape (n,). The log weight holds the priors, the likelihood and the size of a grid cell, up
    to a constant.
    """
    total = time.sum()
    rate = (x.sum() + 0.5) / (total + 0.5)
    box = np.array([-1.0, 1.0, np.log(rate) - 1, np.log(rate) + 1])
    for _ in range(ROUNDS):
        log_shape, log_mean = (_midpoints(box[2 * side], box[2 * side + 1], COARSE) for side in (0, 1))
        found = _log_weight(log_shape, log_mean, x, time)
        matters = found > found.max() - DEPTH
        rows, columns = np.flatnonzero(matters.any(axis=1)), np.flatnonzero(matters.any(axis=0))
        after = np.concatenate([_fitted(box[:2], rows), _fitted(box[2:], columns)])
        if np.allclose(after, box, rtol=0, atol=1e-12):
            break
        box = after
    log_shape, log_mean = _midpoints(box[0], box[1], nodes), _midpoints(box[2], box[3], nodes)
    weight = _log_weight(log_shape, log_mean, x, time)
    shape = np.repeat(np.exp(log_shape), nodes)
    return shape, np.tile(np.exp(log_mean), nodes) / shape, weight.ravel()


def _midpoints(low: float, high: float, nodes: int) -> Floats:
    return np.asarray(low + (np.arange(nodes) + 0.5) * ((high - low) / nodes), dtype=np.float64)


def _fitted(side: Floats, inside: NDArray[np.int64]) -> Floats:
    """A side of the box, pushed outwards where weight reaches its end, drawn in where it does not."""
    low, high = side
    step = (high - low) / COARSE
    margin = 2  # points to spare, so that a side which is drawn in is not pushed out again
    first, last = int(inside[0]), int(inside[-1])
    below = low - (high - low) / 2 if first == 0 else low + max(first - margin, 0) * step
    above = high + (high - low) / 2 if last == COARSE - 1 else low + min(last + 1 + margin, COARSE) * step
    return np.array([below, above])


def _log_weight(log_shape: Floats, log_mean: Floats, x: Floats, time: Floats) -> Floats:
    """Log posterior density in (ln shape, ln mean), shape (shapes, means), up to a constant."""
    shape = np.exp(log_shape)
    scale = np.exp(log_mean[None, :] - log_shape[:, None])
    # Priors exp(-shape) exp(-scale), and the Jacobian shape * scale.
    out = log_mean[None, :] - shape[:, None] - scale
    some = x[x > 0]
    rising = (gammaln(some)[None, :] - betaln(shape[:, None], some[None, :])).sum(axis=1)
    out += rising[:, None] + x.sum() * np.log(scale)
    # Sites of one size share a term; events and time enter it apart.
    for size in np.unique(time[time > 0]):
        here = time == size
        out -= (here.sum() * shape[:, None] + x[here].sum()) * np.log1p(size * scale)
    return np.asarray(out, dtype=np.float64)
