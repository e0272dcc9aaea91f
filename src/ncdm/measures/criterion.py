"""A criterion of Clean Patient Status: what must be none, when it does not apply, how much is done, and who must act. One file a criterion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from ncdm.measures.contribution import Rows
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Count, Definition, Spread
from ncdm.measures.tables import table

Levels = npt.NDArray[np.int8]
Amounts = Mapping[str, Floats]
"""Code of a count or spread -> its value for each subject; not a number where it is unknown."""


class Outcome(StrEnum):
    """What a criterion says of one subject. Unknown never counts as clean."""

    PASS = "pass"  # noqa: S105 - an outcome
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


PASS, FAIL, NOT_APPLICABLE, UNKNOWN = range(4)
OUTCOMES = tuple(Outcome)
"""Position in an array of outcomes -> outcome."""


class Urgency(StrEnum):
    """How much a blocker weighs, most urgent last."""

    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


MEDIUM, HIGH, CRITICAL = range(3)
URGENCIES = tuple(Urgency)

BLOCKER = ("study_id", "site_id", "subject_id", "row_ref", "days", "state", "owner_column", "owner_text", "owner_default")
"""The columns of what stands in the way: the row, its days at its report's day, its state, and who is responsible: by the workbook, the row, the product."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Criterion:
    """One line of the table of section 2 of the specification of measures."""

    code: str
    title: str
    """What must be."""
    outstanding: str
    """What is counted while it is not yet."""
    items: tuple[Count, ...]
    """It passes when the sum of these is zero."""
    beside: tuple[Count | Spread, ...] = ()
    """What else the score and the urgency read."""
    whole: tuple[Count, ...] = ()
    """It does not apply when the sum of these is zero."""
    full: tuple[Count, ...] = ()
    """It does not apply only in a study that has some of these: an extract of open items cannot say that there is nothing."""
    weight: float
    score: Callable[[Amounts], Floats]
    """How much is done, 0 to 1; below zero counts as zero."""
    urgency: Callable[[Amounts], Levels]
    owner: str
    """Who acts where neither the workbook nor the report says it."""
    owner_columns: tuple[str, ...] = ()
    """Columns of the subject sheet below whose header the workbook says who acts; the first that is described does. Some stand for their neighbours."""
    blockers: Rows
    """Rows that stand in the way: see `BLOCKER`."""
    next_action: Mapping[str, str]
    """State of a blocker -> what to do; ``""`` for any other state."""
    definition: Definition

    @property
    def contracts(self) -> tuple[str, ...]:
        """The sheets that its items come from."""
        return tuple(dict.fromkeys(contract for count in self.items for contract in count.needs))


def of(amounts: Amounts, *codes: str) -> Floats:
    """The sum of these counts."""
    total: Floats = np.sum([amounts[code] for code in codes], axis=0)
    return total


def one_less(amount: Floats, per: float) -> Floats:
    """``1 - n/per``."""
    return 1.0 - amount / per


def fixed(level: int) -> Callable[[Amounts], Levels]:
    """The same urgency for everybody."""
    return lambda amounts: np.full(len(next(iter(amounts.values()))), level, dtype=np.int8)


def above(code: str, limit: float, level: int = HIGH, otherwise: int = MEDIUM) -> Callable[[Amounts], Levels]:
    """One urgency above a limit of a count, another up to it."""
    return lambda amounts: np.where(amounts[code] > limit, level, otherwise).astype(np.int8)


def blocking(
    rows: ir.Table,
    *,
    days: ir.Value | None = None,
    state: ir.Value | str = "",
    owner_column: ir.Value | None = None,
    owner_text: ir.Value | None = None,
    owner_default: ir.Value | None = None,
) -> ir.Table:
    """These rows as blockers.

    ``owner_column`` is the column of the subject sheet below whose header the responsible of a row stands, where the rows of a criterion have different
    ones; null leaves it to the columns of the criterion. ``owner_text`` is who the row names, ``owner_default`` who acts when nothing says it.
    """
    nothing = ibis.null().cast("string")
    site = rows.site_id if "site_id" in rows.columns else nothing
    return rows.select(
        study_id=rows.study_id,
        site_id=site,
        subject_id=rows.subject_id,
        row_ref=rows.row_ref,
        days=ibis.null().cast("int64") if days is None else days.cast("int64"),
        state=ibis.literal(state) if isinstance(state, str) else state,
        owner_column=nothing if owner_column is None else owner_column,
        owner_text=nothing if owner_text is None else owner_text,
        owner_default=nothing if owner_default is None else owner_default,
    )


def rows_of(count: Count, name: str) -> ir.Table:
    """The rows of a count with all columns of the table that they stand in."""
    source = table(name)
    return source.semi_join(count.rows(), "row_ref")
