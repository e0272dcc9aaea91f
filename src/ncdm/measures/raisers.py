"""Who raised a query: the second half of its marking group, as in *Site from Data Manager* (data-contracts 3.1)."""

from collections.abc import Callable
from enum import StrEnum

import ibis.expr.types as ir


class Raiser(StrEnum):
    """A role that raises queries."""

    SYSTEM = "the system"
    DATA_MANAGEMENT = "data management"
    CLINICAL = "clinical review"
    FIELD_MONITOR = "the field monitor"
    MEDICAL = "medical review"
    SAFETY = "safety"
    CENTRAL_MONITOR = "the central monitor"


_WORDS = {
    Raiser.SYSTEM: ("system",),
    Raiser.DATA_MANAGEMENT: ("data manager", "data management", "dm"),
    Raiser.CLINICAL: ("clinical review", "clinical"),
    Raiser.FIELD_MONITOR: ("field monitor", "fm"),
    Raiser.MEDICAL: ("medical review", "medical"),
    Raiser.SAFETY: ("safety review", "safety"),
    Raiser.CENTRAL_MONITOR: ("central monitor", "ccra"),
}


def raised_by(*raisers: Raiser) -> Callable[[ir.Column], ir.BooleanValue]:
    """Whether a marking group names one of these as who raised the query, whoever it was put to."""
    words = [word for raiser in raisers for word in _WORDS[raiser]]
    return lambda said: said.lower().strip().re_replace(r"^.*\bfrom\s+", "").isin(words)


def raised_by_others(said: ir.Column) -> ir.BooleanValue:
    """Whether a marking group names none of the roles that are known."""
    return ~raised_by(*Raiser)(said)
