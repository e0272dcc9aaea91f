"""Ongoing review: the seven criteria that the weekly work is about."""

from ncdm.measures.milestone import Milestone

ONGOING_REVIEW = Milestone(
    code="ongoing_review",
    title="Ongoing review",
    gates=("V", "P", "Q", "C", "R", "S", "E"),
    shown=("SIG", "NC", "LAB", "PD"),
    why="What the team works on between milestones.",
)
