"""Interim analysis: the data must be right; verification and signatures may follow."""

from ncdm.measures.milestone import Milestone

INTERIM_ANALYSIS = Milestone(
    code="interim_analysis",
    title="Interim analysis",
    gates=("V", "P", "Q", "C", "R", "S", "NC", "LAB", "PD"),
    shown=("E", "SIG"),
    why="Verification and signatures may be completed after the cut.",
)
