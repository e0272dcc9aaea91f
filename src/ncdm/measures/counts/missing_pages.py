"""Pages that should have been entered and were not, both tabs of the report united."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("missing_page")
    tab = source.mutate(tab=ibis.dense_rank().over(group_by="study_id", order_by=("source_sha256", "sheet_no")))
    united = ibis.union(
        _of_fullest_tab(tab.filter(tab.page_level == "visit"), *_VISIT),
        _of_fullest_tab(tab.filter(tab.page_level == "summary"), "study_id", "subject_id"),
    )
    untold = source.filter(source.page_level.isnull() | ~source.page_level.isin(["visit", "summary"]))
    return ibis.union(contributed(united), contributed(untold, ibis.null().cast("float64")))


def _of_fullest_tab(rows: ir.Table, *within: str) -> ir.Table:
    """The rows of the tab that has most of them within each group; of two equal tabs the first."""
    counted = rows.mutate(n=ibis._.count().over(group_by=(*within, "tab")))
    best = counted.mutate(place=ibis.rank().over(group_by=within, order_by=[ibis.desc("n"), "tab"]))
    return best.filter(best.place == 0).drop("tab", "n", "place")


_VISIT = ("study_id", "subject_id", "folder_name", "visit_date_text")


MISSING_PAGES = Count(
    code="missing_pages",
    title="Missing pages",
    unit="pages",
    needs=("missing_pages",),
    rows=_rows,
    definition=Definition(
        what="Pages that should have been entered and were not, both tabs of the report united.",
        why="What is not entered cannot be checked, and the subject cannot be clean.",
        formula="of each subject the summary pages of the tab that has most, and of each subject, folder and visit date the visit-level rows of the tab that has more of them",
        source="data-contracts 3.6",
        example="Two rows in the first tab and three in the second for one visit are three missing pages.",
        limits="Neither tab holds all rows of the other. Forms are never compared between tabs.",
    ),
)
