"""Scores that are a column as it stands."""

from dataclasses import dataclass
from enum import StrEnum

from ncdm.measures.statistics.groups import FloatArray, GroupInput, fixed


class ScoreColumn(StrEnum):
    """The column that is taken as the score."""

    METRIC = "Metric"
    NUMERATOR = "Numerator"
    DENOMINATOR = "Denominator"


@dataclass(frozen=True, slots=True, eq=False)
class IdentityScores:
    """A column as the score of each group, in the order of the groups."""

    groups: GroupInput
    column: ScoreColumn
    score: FloatArray


def identity_scores(groups: GroupInput, column: ScoreColumn = ScoreColumn.METRIC) -> IdentityScores:
    """Takes the metric, or another column, as the score: for fixed limits, where no group is compared with the others.

    Source: ``Analyze_Identity`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    values = {ScoreColumn.METRIC: groups.metric, ScoreColumn.NUMERATOR: groups.numerator, ScoreColumn.DENOMINATOR: groups.denominator}
    return IdentityScores(groups, column, fixed(values[column]))
