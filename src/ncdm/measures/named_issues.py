"""Laboratory rows that name an issue: one that names none is a stub and no issue (data-contracts 3.3)."""

from functools import cache

import ibis.expr.types as ir

from ncdm.measures.tables import table


@cache
def named_issues() -> ir.Table:
    """The rows of the laboratory report that say what is wrong."""
    source = table("lab_issue")
    return source.filter(source.issue_type.notnull())
