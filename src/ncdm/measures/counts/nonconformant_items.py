"""Values that break a rule of their form."""

from ncdm.measures.contribution import every
from ncdm.measures.measure import Count, Definition

NONCONFORMANT_ITEMS = Count(
    code="nonconformant_items",
    title="Non-conformant items",
    unit="items",
    needs=("non_conformant",),
    rows=every("nonconformant_item"),
    definition=Definition(
        what="Values that break a rule of their form.",
        why="They name the item to mend; the subject sheet counts the pages.",
        formula="rows of the non-conformant sheet",
        source="data-contracts 3.1",
        example="Two items of one page are two.",
        limits="Several items may stand on one page, so it is no count of pages.",
    ),
)
