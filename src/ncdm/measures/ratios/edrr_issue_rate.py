"""Open third-party issues for each subject."""

from ncdm.measures.counts.edrr_issues import EDRR_ISSUES
from ncdm.measures.counts.subjects_in_cpid import SUBJECTS_IN_CPID
from ncdm.measures.measure import Definition, Ratio

EDRR_ISSUE_RATE = Ratio(
    code="edrr_issue_rate",
    title="Third-party issues per subject",
    unit="issues a subject",
    over=(EDRR_ISSUES,),
    under=(SUBJECTS_IN_CPID,),
    definition=Definition(
        what="Open third-party issues for each subject.",
        why="It compares studies and sites of any size.",
        formula="open issues / subjects",
        source="measures-and-statistics 4.7",
        example="3 issues among 12 subjects are 0.25 a subject.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
