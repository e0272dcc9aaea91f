"""Open discrepancies as a share of all on the list of data management."""

from ncdm.measures.counts.open_sae_reviews_dm import OPEN_SAE_REVIEWS_DM
from ncdm.measures.counts.sae_reviews_dm import SAE_REVIEWS_DM
from ncdm.measures.measure import Definition, Ratio

SAE_OPEN_RATE_DM = Ratio(
    code="sae_open_rate_dm",
    title="SAE reviews open, share, data management",
    unit="%",
    over=(OPEN_SAE_REVIEWS_DM,),
    under=(SAE_REVIEWS_DM,),
    definition=Definition(
        what="Open discrepancies as a share of all on the list of data management.",
        why="It says how far the review of safety data is behind.",
        formula="open / all",
        source="data-contracts 6",
        example="1 of 4 is 25 %.",
        limits="Turnaround, severity and causality are in no export.",
    ),
)
