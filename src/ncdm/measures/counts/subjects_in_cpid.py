"""Subjects that the CPID lists."""

from ncdm.measures.contribution import every
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_IN_CPID = Count(
    code="subjects_in_cpid",
    title="Subjects of the CPID",
    unit="subjects",
    needs=("subject_metrics",),
    rows=every("subject_metrics"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects that the CPID lists.",
        why="They are who can be judged: without a CPID only exceptions are known.",
        formula="rows of the subject sheet",
        source="data-contracts 3.1",
        example="A study whose subject sheet has 98 lines has 98.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
