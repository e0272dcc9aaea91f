"""What a measure counts: rows, each with its study, site, subject, how much it adds, and its reference.

Every count is such a relation, so every number opens to its rows by the very expression that made it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial, reduce

import ibis
import ibis.expr.types as ir

from ncdm.contracts import tables
from ncdm.measures.tables import table
from ncdm.types import TableName

Rows = Callable[[], ir.Table]
"""Builds a relation when it is first asked for: ``study_id, site_id, subject_id, amount, row_ref``. An amount that is null is not known."""
COLUMNS = ("study_id", "site_id", "subject_id", "amount", "row_ref")


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Rows of a source that meet a condition, and what each adds. Called, it is the relation of its rows (`Rows`).

    The condition has three outcomes: a row for which it is null may count or not, and makes the sum a lower bound. Selections from one
    source are asked for together.
    """

    source: Rows
    """The relation that is selected from: a table with ``study_id``, ``subject_id``, ``row_ref`` and perhaps ``site_id``."""
    counted: Callable[[ir.Table], ir.BooleanValue] | None = None
    """Whether a row counts; every row does without it."""
    amount: Callable[[ir.Table], ir.NumericValue] | None = None
    """What a row adds; one without it."""

    def __call__(self) -> ir.Table:
        """Build the relation."""
        return self.telling()

    def telling(self, *columns: str) -> ir.Table:
        """The same relation with more columns of the source."""
        source = self.source()
        kept = source if self.counted is None else source.filter(self.counted(source).fill_null(ibis.literal(value=True)))
        added = ibis.literal(1.0) if self.amount is None else self.amount(kept).cast("float64")
        if self.counted is not None:
            added = ibis.ifelse(self.counted(kept), added, ibis.null().cast("float64"))
        return contributed(kept, added, *columns)


def contributed(rows: ir.Table, amount: ir.Value | None = None, *columns: str) -> ir.Table:
    """Each of these rows as what it adds: one, or ``amount``; a null amount says that the cell does not tell."""
    site = rows.site_id if "site_id" in rows.columns else ibis.null().cast("string")
    added = ibis.literal(1.0) if amount is None else amount.cast("float64")
    return rows.select(*columns, study_id=rows.study_id, site_id=site, subject_id=rows.subject_id, amount=added, row_ref=rows.row_ref)


def cells(name: str, *columns: str) -> Selection:
    """The numbers of columns of a table, added up; rows that hold zero add nothing and are left out."""

    def told(source: ir.Table) -> ir.IntegerValue:
        return reduce(lambda one, other: one + other, [source[column] for column in columns])

    return Selection(partial(table, name), lambda source: told(source) != 0, told)


def every(name: str) -> Selection:
    """Every row of a table, each counting one."""
    return Selection(partial(table, name))


Wanted = str | tuple[str, ...] | Callable[[ir.Column], ir.BooleanValue]
"""A word, one of several words, or a condition."""


def having(name: str, of: Rows | None = None, **columns: Wanted) -> Selection:
    """The rows of a table whose columns hold what is wanted; a row that does not tell has an amount that is not known.

    ``of`` is a relation made of the table, with columns of its own.
    """

    def counted(source: ir.Table) -> ir.BooleanValue:
        return all_of(*(_holds(source[column], wanted, _vocabulary(name, column)) for column, wanted in columns.items()))

    return Selection(of or partial(table, name), counted if columns else None)


def numbers_of(name: str, number: str | Callable[[ir.Table], ir.NumericValue], of: Rows | None = None, **columns: Wanted) -> Selection:
    """What a column of a table holds, or what is computed from its row, over the rows that `having` selects; null where the cell does not tell."""
    selected = having(name, of, **columns)
    return Selection(selected.source, selected.counted, number if callable(number) else lambda source: source[number])


def _holds(said: ir.Column, wanted: Wanted, known: frozenset[str]) -> ir.BooleanValue:
    """Whether a cell holds what is wanted; null where it does not tell.

    A word that the vocabulary of the column does not know says nothing: it may be another spelling of the one that is looked for.
    """
    if callable(wanted):
        return wanted(said)
    found = said.isin([wanted] if isinstance(wanted, str) else list(wanted))
    return ibis.ifelse(said.isin(sorted(known)), found, ibis.null().cast("boolean")) if known else found


def beyond(limit: int) -> Callable[[ir.Column], ir.BooleanValue]:
    """More than the limit."""
    return lambda said: said > limit


def other_than(*words: str) -> Callable[[ir.Column], ir.BooleanValue]:
    """Any word but these."""
    return lambda said: ~said.isin(list(words))


def present(said: ir.Column) -> ir.BooleanValue:
    """Something stands in the cell."""
    return said.notnull()


def blank(said: ir.Column) -> ir.BooleanValue:
    """Nothing stands in the cell."""
    return said.isnull()


def all_of(*conditions: ir.BooleanValue) -> ir.BooleanValue:
    """All of these, in logic of three values: false as soon as one is false, and else null as soon as one is null."""
    return reduce(lambda one, other: one & other, conditions)


@cache
def _vocabulary(name: str, column: str) -> frozenset[str]:
    """The words that a category may hold; nothing where any text is one."""
    return frozenset(
        word
        for _kind, contract in tables()[TableName(name)]
        for declared in contract.columns
        if declared.name == column
        for word in declared.vocabulary
    )
