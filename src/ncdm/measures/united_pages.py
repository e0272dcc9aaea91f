"""The missing pages of both tabs united, since neither tab holds all rows of the other (data-contracts 3.6)."""

from functools import cache

import ibis
import ibis.expr.types as ir

from ncdm.measures.tables import table

_VISIT = ("study_id", "subject_id", "folder_name", "visit_date_text")


@cache
def united_pages() -> ir.Table:
    """One row a missing page. Forms are never compared between tabs. Rows of no known level are all kept: they cannot be united."""
    source = table("missing_page")
    tab = source.mutate(tab=ibis.dense_rank().over(group_by="study_id", order_by=("source_sha256", "sheet_no")))
    return ibis.union(
        ibis.union(
            _of_fullest_tab(tab.filter(tab.page_level == "visit"), *_VISIT),
            _of_fullest_tab(tab.filter(tab.page_level == "summary"), "study_id", "subject_id"),
        ),
        source.filter(source.page_level.isnull() | ~source.page_level.isin(["visit", "summary"])),
    )


def _of_fullest_tab(rows: ir.Table, *within: str) -> ir.Table:
    """The rows of the tab that has most of them within each group; of two equal tabs the first."""
    counted = rows.mutate(n=ibis._.count().over(group_by=(*within, "tab")))
    best = counted.mutate(place=ibis.rank().over(group_by=within, order_by=[ibis.desc("n"), "tab"]))
    return best.filter(best.place == 0).drop("tab", "n", "place")
