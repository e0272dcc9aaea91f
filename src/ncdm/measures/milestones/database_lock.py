"""Database lock: nothing may be left."""

from ncdm.measures.milestone import Milestone

DATABASE_LOCK = Milestone(
    code="database_lock",
    title="Database lock",
    gates=("V", "P", "Q", "C", "R", "S", "E", "SIG", "NC", "LAB", "PD"),
    why="After it nothing can be corrected.",
)
