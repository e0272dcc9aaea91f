"""Terms that still have to be coded with MedDRA or WHODrug."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("coding_term")
    wanted = source.filter(source.coding_status.isnull() | (source.coding_status == "Uncoded"))
    return contributed(wanted, ibis.cases((wanted.coding_status.isnull(), ibis.null().cast("float64")), else_=1.0))


UNCODED_TERMS = Count(
    code="uncoded_terms",
    title="Uncoded terms",
    unit="terms",
    needs=("meddra", "whodrug"),
    rows=_rows,
    definition=Definition(
        what="Terms that still have to be coded with MedDRA or WHODrug.",
        why="An uncoded event or medication is in no table of the analysis.",
        formula="rows of both coding reports whose status is Uncoded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
