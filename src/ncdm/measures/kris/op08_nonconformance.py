"""Pages with non-conformant data as a share of the pages entered."""

from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP08_NONCONFORMANCE = Kri(
    code="op08",
    title="Non-conformance",
    unit="%",
    over=(NONCONFORMANT_PAGES,),
    under=(PAGES_ENTERED,),
    kind=CountKind.BINARY,
    accrual=denominator_of(100),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Pages with non-conformant data as a share of the pages entered.",
        why="Data that break the rules of their form cannot be analysed as they are.",
        formula="non-conformant pages / pages entered",
        source="measures-and-statistics 4.7",
        example="2 of 400 pages are 0.5 %.",
        limits="Rare: most sites have none, and silence says nothing. Not computable without CPID, which has the denominator.",
    ),
)
