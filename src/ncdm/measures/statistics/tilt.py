"""The maximum of a one-parameter likelihood whose only condition is a mean."""

import numpy as np
from scipy.optimize import brentq

from ncdm.measures.statistics.groups import FloatArray


def tilt(values: FloatArray, log_weights: FloatArray) -> float:
    """The number t for which the values, weighted by exp(log_weights + t * values), have mean 0.

    ``values`` are taken from the wanted mean, so that some lie below 0 and some above; the mean then rises with t and has one root.
    A conditional odds ratio and a log-linear slope are both found this way, to the last digits of a double.
    """

    def mean(candidate: float) -> float:
        exponents = log_weights + candidate * values
        weights = np.exp(exponents - exponents.max())
        return float(weights @ values / weights.sum())

    towards = 1.0 if mean(0.0) < 0 else -1.0
    near, far = 0.0, towards / float(np.ptp(values))
    while mean(far) * towards < 0:
        near, far = far, 2 * far
    return float(brentq(mean, near, far, xtol=1e-15, rtol=1e-15, maxiter=500))
