"""Subjects who left early as a share of those past screening."""

from ncdm.measures.counts.subjects_discontinued import SUBJECTS_DISCONTINUED
from ncdm.measures.counts.subjects_past_screening import SUBJECTS_PAST_SCREENING
from ncdm.measures.measure import Definition, Ratio

DISCONTINUATION_RATE = Ratio(
    code="discontinuation_rate",
    title="Discontinued, share",
    unit="%",
    over=(SUBJECTS_DISCONTINUED,),
    under=(SUBJECTS_PAST_SCREENING,),
    definition=Definition(
        what="Subjects who left early as a share of those past screening.",
        why="Each is lost information, and may be a signal.",
        formula="discontinued / past screening",
        source="measures-and-statistics 4.7",
        example="1 of 10 is 10 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. A subject without a status makes it unknown.",
    ),
)
