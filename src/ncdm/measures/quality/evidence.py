"""The rows behind one indicator or ceiling of one group."""

from dataclasses import dataclass

from ncdm.measures.compute import Measures
from ncdm.measures.counts.subjects_in_cpid import SUBJECTS_IN_CPID
from ncdm.measures.index import Counted, Index, Per
from ncdm.measures.measure import Count, Spread
from ncdm.measures.value import Group


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row, and what it adds to which part."""

    part: str
    """``numerator`` or ``denominator``; ``days``; ``ceiling``."""
    measure: str
    row: str
    adds: float | None
    """``None`` where its cell does not tell."""


def evidence(measures: Measures, index: Index, code: str, group: Group) -> tuple[Evidence, ...]:
    """The rows of an indicator or a ceiling, by its code. Raises ``InvalidQuestion`` for a code that the index does not have."""
    for ceiling in index.ceilings:
        if ceiling.code == code:
            return _rows(measures, "ceiling", ceiling.counts, group)
    read = index.indicator(code).read
    if not isinstance(read, Counted):
        return _rows(measures, "days", (read.spread,), group)
    under = (SUBJECTS_IN_CPID,) if read.per is Per.SUBJECT and group.subject_id is None else read.under
    return _rows(measures, "numerator", read.over, group) + _rows(measures, "denominator", under, group)


def _rows(measures: Measures, part: str, counted: tuple[Count | Spread, ...], group: Group) -> tuple[Evidence, ...]:
    return tuple(Evidence(part, one.code, ref, amount) for one in counted for ref, amount in measures.rows(one, group))
