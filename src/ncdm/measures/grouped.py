"""Rows brought together by study, site and subject: one query for all counts over one source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ncdm.measures.contribution import Rows, Selection
from ncdm.measures.tables import spine_table
from ncdm.measures.universe import Numbers, Universe
from ncdm.measures.value import Level

Floats = npt.NDArray[np.float64]
Ask = Callable[[ir.Table], pa.Table]
"""Runs an expression over the tables of a snapshot and the numbered groups; what runs it is the store's business."""


def placed(rows: ir.Table) -> ir.Table:
    """Rows with the numbers of their groups in place of their labels: a row's own site, else that of its subject; -1 where there is none."""
    study, subject, site = spine_table("spine_study"), spine_table("spine_subject"), spine_table("spine_site")
    joined = rows.inner_join(study, "study_id")
    joined = joined.left_join(subject, ["study_id", "subject_id"]).drop("study_id_right", "subject_id_right")
    joined = joined.left_join(site, ["study_id", "site_id"]).drop("study_id_right", "site_id_right")
    return joined.select(
        "study_no",
        *(column for column in rows.columns if column not in {"study_id", "site_id", "subject_id"}),
        site_no=ibis.coalesce(joined.row_site_no, joined.subject_site_no, -1),
        subject_no=joined.subject_no.fill_null(-1),
    )


@cache
def selection(rows: Rows) -> Selection:
    """Rows as a selection; a relation that is none is its own source, of which every row counts its amount."""
    return rows if isinstance(rows, Selection) else Selection(rows, None, lambda source: source.amount)


@cache
def grouped(selections: tuple[Selection, ...]) -> ir.Table:
    """For each study, site and subject the sum of what is known of each selection, ``a0``, ``a1`` ..., and how many rows do not tell, ``u0`` ..."""
    source = selections[0].source()
    site = source.site_id if "site_id" in source.columns else ibis.null().cast("string")
    judged = {"study_id": source.study_id, "site_id": site, "subject_id": source.subject_id}
    for number, one in enumerate(selections):
        if one.counted is not None:
            judged[f"counted{number}"] = one.counted(source)
        if one.amount is not None:
            judged[f"amount{number}"] = one.amount(source)
    rows = source.select(**judged)
    sums = {}
    for number in range(len(selections)):
        counted = rows[f"counted{number}"] if f"counted{number}" in judged else None
        untold = ibis.literal(value=False) if counted is None else counted.isnull()
        # An engine without FILTER adds up the condition, and of conditions that are all null the sum is null.
        added = rows.count(where=counted).fill_null(0)
        if f"amount{number}" in judged:
            amount = rows[f"amount{number}"]
            added = amount.sum(where=counted).fill_null(0)
            untold = amount.isnull() if counted is None else untold | (counted & amount.isnull())
        sums[f"a{number}"] = added.cast("float64")
        sums[f"u{number}"] = rows.count(where=untold).fill_null(0).cast("int64")
    return placed(rows.group_by("study_id", "site_id", "subject_id").agg(**sums))


@dataclass(frozen=True, eq=False)
class Places:
    """The study, site and subject of some rows, by number; arrays of one length."""

    study: Numbers
    site: Numbers
    subject: Numbers
    _at: dict[Level, Numbers] = field(default_factory=dict)

    def at(self, level: Level, universe: Universe) -> Numbers:
        """Row -> number of its group of a level, -1 where it is in none."""
        if level not in self._at:
            self._at[level] = universe.place(level, self.study, self.site, self.subject)
        return self._at[level]


@dataclass(frozen=True, eq=False)
class Sums:
    """One count by study, site and subject; arrays of one length."""

    places: Places
    amount: Floats
    unknown: Numbers
    """Rows whose amount is not known."""

    def at(self, level: Level, universe: Universe) -> tuple[Floats, Numbers]:
        """The sum of each group of a level, and how many of its rows do not tell."""
        place = self.places.at(level, universe)
        inside = place >= 0
        size = len(universe.groups(level))
        amount = np.bincount(place[inside], weights=self.amount[inside], minlength=size).astype(np.float64)
        if not self.unknown.any():
            return amount, np.zeros(size, dtype=np.int64)
        unknown = np.bincount(place[inside], weights=self.unknown[inside].astype(np.float64), minlength=size)
        return amount, unknown.astype(np.int64)


def sums(ask: Ask, selections: Mapping[str, Selection]) -> dict[str, Sums]:
    """Run the query of several counts over one source; count -> its sums."""
    found = ask(grouped(tuple(selections.values())))
    places = places_of(found)
    return {code: Sums(places, floats(found, f"a{number}"), integers(found, f"u{number}")) for number, code in enumerate(selections)}


def places_of(found: pa.Table) -> Places:
    """Where the rows of an answer belong."""
    return Places(integers(found, "study_no"), integers(found, "site_no"), integers(found, "subject_no"))


def integers(found: pa.Table, name: str) -> Numbers:
    """A column of an answer that holds whole numbers."""
    return found[name].combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def floats(found: pa.Table, name: str) -> Floats:
    """A column of an answer that holds amounts; an engine may write them as decimals. Null is not a number."""
    return found[name].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
