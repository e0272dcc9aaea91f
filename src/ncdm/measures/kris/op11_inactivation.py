"""Pages that held data and were inactivated without a reason code, for each page entered."""

from ncdm.measures.counts.inactivated_pages_with_data_without_reason import INACTIVATED_PAGES_WITH_DATA_WITHOUT_REASON
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.kri import Accumulation, Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP11_INACTIVATION = Kri(
    code="op11",
    title="Inactivation without reason",
    unit="pages a page",
    over=(INACTIVATED_PAGES_WITH_DATA_WITHOUT_REASON,),
    under=(PAGES_ENTERED,),
    kind=CountKind.RATE,
    accrual=denominator_of(30),
    accumulation=Accumulation.CUMULATIVE,
    weights=weighted(0, 8, 16),
    definition=Definition(
        what="Pages that held data and were inactivated without a reason code, for each page entered.",
        why="Data left the database and nobody said why: worth a review, and no accusation.",
        formula="pages inactivated with data and without reason code / pages entered",
        source="measures-and-statistics 4.7",
        example="2 such pages on 1,000 are 0.002.",
        limits="The report has no dates. Not computable without CPID, which has the denominator.",
    ),
)
