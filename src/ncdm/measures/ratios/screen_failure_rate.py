"""Screen failures as a share of those whose screening is over."""

from ncdm.measures.counts.screen_failures import SCREEN_FAILURES
from ncdm.measures.counts.subjects_past_screening import SUBJECTS_PAST_SCREENING
from ncdm.measures.measure import Definition, Ratio, Worse

SCREEN_FAILURE_RATE = Ratio(
    code="screen_failure_rate",
    title="Screen failures, share",
    unit="%",
    over=(SCREEN_FAILURES,),
    under=(SCREEN_FAILURES, SUBJECTS_PAST_SCREENING),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Screen failures as a share of those whose screening is over.",
        why="Many, or none, ask for a look at eligibility.",
        formula="failed / (failed + past screening)",
        source="measures-and-statistics 4.7",
        example="2 failures beside 8 others are 20 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. A subject without a status makes it unknown.",
    ),
)
