"""Terms that were coded with MedDRA or WHODrug."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition, Worse
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("coding_term")
    wanted = source.filter(source.coding_status.isnull() | (source.coding_status == "Coded"))
    return contributed(wanted, ibis.cases((wanted.coding_status.isnull(), ibis.null().cast("float64")), else_=1.0))


CODED_TERMS = Count(
    code="coded_terms",
    title="Coded terms",
    unit="terms",
    needs=("meddra", "whodrug"),
    rows=_rows,
    worse=Worse.NEITHER,
    definition=Definition(
        what="Terms that were coded with MedDRA or WHODrug.",
        why="They are the work done, beside the work still to do.",
        formula="rows of both coding reports whose status is Coded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
