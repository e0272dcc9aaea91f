"""Where a group stands among those of its study, and how far that depends on the weights."""

from itertools import product

import numpy as np

from ncdm.measures.grouped import Floats
from ncdm.measures.index import Dimension, Index
from ncdm.measures.quality.points import FULL, costs, fractions, weights_of, whole_points
from ncdm.measures.universe import Numbers

MOVED = 0.25
"""How far each top weight is moved, up and down."""
_DIGITS = 9


def ranks(value: Floats, within: Floats, study: Numbers) -> Numbers:
    """(n,) Rank of each group in its study, 1 the lowest; equals share the lower number; 0 where there is no value.

    value: NaN where there is none. within: decides between equals, for instance the index before ceilings.
    """
    found = np.zeros(value.shape, dtype=np.int64)
    keys = np.round(value, _DIGITS), np.round(within, _DIGITS)
    for number in np.unique(study):
        here = np.flatnonzero((study == number) & ~np.isnan(value))
        if not here.size:
            continue
        order = here[np.lexsort((keys[1][here], keys[0][here]))]
        first = np.ones(order.size, dtype=np.bool_)
        first[1:] = (np.diff(keys[0][order]) != 0) | (np.diff(keys[1][order]) != 0)
        found[order] = np.maximum.accumulate(np.where(first, np.arange(1, order.size + 1), 0))
    return found


def corners(index: Index) -> Floats:
    """(16, i) The weights of every indicator with each dimension's weight moved up or down by a quarter, summing to 1 again."""
    weights = weights_of(index)
    place = np.array([tuple(Dimension).index(one.dimension) for one in index.indicators])
    moved = np.array(list(product((1.0 - MOVED, 1.0 + MOVED), repeat=len(Dimension))))[:, place] * weights
    return np.asarray(moved / np.sum(moved, axis=1, keepdims=True), dtype=np.float64)


def rank_ranges(figure: Floats, ceiling: Floats, computable: Floats, study: Numbers, index: Index) -> tuple[Numbers, Numbers]:
    """(n,) Lowest and highest rank that each group takes in any corner, or as published; 0 where it has none.

    figure: (i, n) what is ranked by, usually shrunken; ceiling: (n,); computable: (n,) NaN where there is no index.
    Source: measures-and-statistics 3.
    """
    fraction = fractions(figure, index)
    found = []
    for weights in (weights_of(index), *corners(index)):
        before = FULL - np.sum(np.nan_to_num(costs(fraction, whole_points(weights))), axis=0)
        found.append(ranks(np.where(np.isnan(computable), np.nan, np.minimum(before, ceiling)), before, study))
    return np.min(found, axis=0), np.max(found, axis=0)
