"""Database lock: nothing may be left."""

from ncdm.measures.counts.frozen_pages import FROZEN_PAGES
from ncdm.measures.counts.locked_pages import LOCKED_PAGES
from ncdm.measures.counts.unfreeze_events import UNFREEZE_EVENTS
from ncdm.measures.counts.unlock_events import UNLOCK_EVENTS
from ncdm.measures.milestone import Milestone

DATABASE_LOCK = Milestone(
    code="database_lock",
    title="Database lock",
    gates=("V", "P", "Q", "C", "R", "S", "E", "SIG", "NC", "LAB", "PD"),
    counts=(FROZEN_PAGES, UNFREEZE_EVENTS, LOCKED_PAGES, UNLOCK_EVENTS),
    why="After it nothing can be corrected.",
)
