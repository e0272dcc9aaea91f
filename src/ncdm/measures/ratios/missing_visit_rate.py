"""Missing visits as a share of the visits expected."""

from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.measure import Definition, Ratio

MISSING_VISIT_RATE = Ratio(
    code="missing_visit_rate",
    title="Missing visits, share",
    unit="%",
    over=(MISSING_VISITS,),
    under=(MISSING_VISITS, VISITS_ENTERED),
    definition=Definition(
        what="Missing visits as a share of the visits expected.",
        why="It says how far behind a site is, whatever its size.",
        formula="missing / (missing + entered)",
        source="data-contracts 6",
        example="2 missing and 8 entered visits are 20 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
