"""Rows brought together by study, site and subject: the one query behind every count."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ncdm.measures.contribution import Rows
from ncdm.measures.tables import spine_table
from ncdm.measures.universe import Numbers, Universe
from ncdm.measures.value import Level

Floats = npt.NDArray[np.float64]
Ask = Callable[[ir.Table], pa.Table]
"""Runs an expression over the tables of a snapshot and the numbered groups; what runs it is the store's business."""


def placed(rows: ir.Table) -> ir.Table:
    """Contributed rows with the numbers of their groups: a row's own site, else that of its subject; -1 where there is none."""
    study, subject, site = spine_table("spine_study"), spine_table("spine_subject"), spine_table("spine_site")
    joined = rows.inner_join(study, "study_id")
    joined = joined.left_join(subject, ["study_id", "subject_id"]).drop("study_id_right", "subject_id_right")
    joined = joined.left_join(site, ["study_id", "site_id"]).drop("study_id_right", "site_id_right")
    return joined.select(
        "study_no",
        "amount",
        "row_ref",
        site_no=ibis.coalesce(joined.row_site_no, joined.subject_site_no, -1),
        subject_no=joined.subject_no.fill_null(-1),
    )


@cache
def grouped(rows: Rows) -> ir.Table:
    """For each study, site and subject: the sum of what is known, and how many rows do not tell."""
    found = placed(rows())
    return found.group_by("study_no", "site_no", "subject_no").agg(
        amount=found.amount.sum().fill_null(0.0), unknown=found.amount.isnull().sum().cast("int64"), rows=found.count().cast("int64")
    )


@dataclass(frozen=True, eq=False)
class Sums:
    """One count by study, site and subject; arrays of one length."""

    study: Numbers
    site: Numbers
    subject: Numbers
    amount: Floats
    unknown: Numbers
    """Rows whose amount is not known."""

    def at(self, level: Level, universe: Universe) -> tuple[Floats, Numbers]:
        """The sum of each group of a level, and how many of its rows do not tell."""
        place = universe.place(level, self.study, self.site, self.subject)
        inside = place >= 0
        size = len(universe.groups(level))
        amount = np.bincount(place[inside], weights=self.amount[inside], minlength=size).astype(np.float64)
        unknown = np.bincount(place[inside], weights=self.unknown[inside].astype(np.float64), minlength=size)
        return amount, unknown.astype(np.int64)


def sums(ask: Ask, rows: Rows) -> Sums:
    """Run the query of one count."""
    found = ask(grouped(rows))

    def numbers(name: str) -> Numbers:
        return found[name].combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]

    amount: Floats = found["amount"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
    return Sums(numbers("study_no"), numbers("site_no"), numbers("subject_no"), amount, numbers("unknown"))
