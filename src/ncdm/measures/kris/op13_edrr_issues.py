"""Open issues of third-party data for each subject."""

from ncdm.measures.counts.edrr_issues import EDRR_ISSUES
from ncdm.measures.counts.subjects_in_cpid import SUBJECTS_IN_CPID
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP13_EDRR_ISSUES = Kri(
    code="op13",
    title="Third-party issues",
    unit="issues a subject",
    over=(EDRR_ISSUES,),
    under=(SUBJECTS_IN_CPID,),
    kind=CountKind.RATE,
    accrual=denominator_of(3),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Open issues of third-party data for each subject.",
        why="Two systems disagree about a subject.",
        formula="open issues / subjects",
        source="measures-and-statistics 4.7",
        example="4 issues on 8 subjects are 0.5.",
        limits="No date, vendor or data type is in the report; issues take their site through the subject. Not computable without CPID, which has the denominator.",
    ),
)
