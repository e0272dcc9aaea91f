"""How old the oldest blocker of each subject is, criterion by criterion."""

from functools import cache

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from ncdm.measures.contribution import Rows, contributed
from ncdm.measures.grouped import Ask, Floats, placed
from ncdm.measures.universe import Universe


@cache
def _oldest(blockers: Rows) -> ir.Table:
    found = blockers()
    rows = placed(contributed(found, found.days))
    return rows.group_by("subject_no").agg(days=rows.amount.max())


def oldest(ask: Ask, universe: Universe, blockers: Rows) -> Floats:
    """Subject -> days of its oldest blocker at the day of its report; not a number where none tells."""
    found = ask(_oldest(blockers))
    place = found["subject_no"].combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False)
    days = found["days"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
    told = np.full(len(universe.subjects), np.nan)
    told[place[place >= 0]] = days[place >= 0]
    return told
