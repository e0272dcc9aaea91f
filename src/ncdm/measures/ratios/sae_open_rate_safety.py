"""Open discrepancies as a share of all on the list of safety."""

from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.counts.sae_reviews_safety import SAE_REVIEWS_SAFETY
from ncdm.measures.measure import Definition, Ratio

SAE_OPEN_RATE_SAFETY = Ratio(
    code="sae_open_rate_safety",
    title="SAE reviews open, share, safety",
    unit="%",
    over=(OPEN_SAE_REVIEWS_SAFETY,),
    under=(SAE_REVIEWS_SAFETY,),
    definition=Definition(
        what="Open discrepancies as a share of all on the list of safety.",
        why="It says how far the review of safety data is behind.",
        formula="open / all",
        source="data-contracts 6",
        example="1 of 4 is 25 %.",
        limits="Turnaround, severity and causality are in no export.",
    ),
)
