"""Expressions run on a snapshot: written once, the same for every engine (design.md section 4)."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from ncdm.store.state import State


@lru_cache(maxsize=1_024)
def _sql(operation: ops.Node, dialect: str) -> str:
    """The query of an expression; writing it takes longer than running it."""
    return str(ibis.to_sql(operation.to_expr(), dialect=dialect, pretty=False))


def asked(state: State, beside: Mapping[str, pa.Table]) -> Callable[[ir.Table], pa.Table]:
    """What runs expressions over the visible rows of a snapshot and the tables given beside them."""
    state.put(beside)
    return lambda expression: state.columns(_sql(expression.op(), "duckdb"))
