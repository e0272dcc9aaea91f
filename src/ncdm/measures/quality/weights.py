"""The same index with other weights or caps, for a what-if."""

from collections.abc import Mapping
from dataclasses import replace

from ncdm.errors import InvalidQuestion
from ncdm.measures.index import Dimension, Index

_ROUNDING = 1e-9


def with_weights(index: Index, weights: Mapping[str, float]) -> Index:
    """An index in which these dimensions or indicators weigh so much; the others share what is left in their published proportions.

    Within a dimension that is named, its indicators keep their proportions. Raises ``InvalidQuestion`` for a name that is none, for one named twice
    (a dimension and an indicator of it), for weights that are negative or sum to more than 1, or to less when nothing is left to share the rest.
    """
    if not weights:
        return index
    given: dict[str, float] = {}
    for name, weight in weights.items():
        if not 0.0 <= weight <= 1.0:
            raise InvalidQuestion(f"a weight of {weight:g} is not from 0 to 1", where=name, todo="Give shares, such as visits=0.3.")
        for code, share in _shares(index, name).items():
            if code in given:
                raise InvalidQuestion(
                    f"the weight of {code} is given twice", where=name, todo="Name a dimension or its indicators, not both."
                )
            given[code] = weight * share
    rest = 1.0 - sum(given.values())
    published = sum(one.weight for one in index.indicators if one.code not in given)
    if rest < -_ROUNDING or (published == 0.0 and abs(rest) > _ROUNDING):
        raise InvalidQuestion(
            f"the weights sum to {1.0 - rest:g}",
            where=", ".join(weights),
            todo="Let them sum to 1, or to less while others share the rest.",
        )
    rest = max(rest, 0.0)
    return index.with_each(
        tuple(replace(one, weight=given[one.code] if one.code in given else one.weight * rest / published) for one in index.indicators)
    )


def _shares(index: Index, name: str) -> dict[str, float]:
    """The indicators that a name means, and how they share its weight."""
    if name in {one.code for one in index.indicators}:
        return {name: 1.0}
    if name not in set(Dimension):
        names = ", ".join((*Dimension, *(one.code for one in index.indicators)))
        raise InvalidQuestion(f"there is no dimension or indicator {name}", todo=f"Weights can be given to {names}.")
    total = index.weight_of(Dimension(name))
    return {one.code: one.weight / total for one in index.indicators if one.dimension == name}


def with_caps(index: Index, caps: Mapping[str, float]) -> Index:
    """An index in which these indicators cost their whole weight from so much on. Raises ``InvalidQuestion``."""
    for name, cap in caps.items():
        index.indicator(name)
        if not cap > 0.0:
            raise InvalidQuestion(f"a cap of {cap:g} is not above zero", where=name, todo="Give a cap above 0.")
    return index.with_each(tuple(replace(one, cap=caps.get(one.code, one.cap)) for one in index.indicators))
