"""Statistics of groups and events that any statistician can import: arrays and frozen dataclasses in, frozen dataclasses out.

Nothing here reads a file, a table or a clock, and nothing draws a random number. NaN means that a value does not exist; the result says why.

The gsm-compatible mode: `transform_rate` makes groups, `normal_scores`, `poisson_scores`, `fisher_scores` or `identity_scores` score
them, `flag` flags them, `normal_bounds` and `poisson_bounds` draw the funnel, `risk_scores` adds flags up, `changes` compares snapshots.
"""

from ncdm.measures.statistics.accrual import Accrual, AccrualMetric, parse_accrual
from ncdm.measures.statistics.bounds import Bounds
from ncdm.measures.statistics.change import Change, Delta, ResultRow, changes, flag_changes
from ncdm.measures.statistics.fisher import FisherScores, fisher_scores
from ncdm.measures.statistics.flags import (
    DEFAULT_FLAGS,
    FISHER_RULE,
    FLAG_ORDER,
    NORMAL_RULE,
    POISSON_RULE,
    Flagged,
    FlagRule,
    flag,
    flag_rule,
    flags_of,
    listing_order,
    parse_flags,
    parse_thresholds,
)
from ncdm.measures.statistics.groups import BoolArray, FloatArray, GroupInput, Transformed, transform_rate
from ncdm.measures.statistics.identity import IdentityScores, ScoreColumn, identity_scores
from ncdm.measures.statistics.input_rate import InputRate, SourceRows, input_rate
from ncdm.measures.statistics.normal import Kind, NormalScores, normal_bounds, normal_scores
from ncdm.measures.statistics.one_sided import OneSided, one_sided
from ncdm.measures.statistics.poisson import PoissonScores, Slope, poisson_bounds, poisson_scores
from ncdm.measures.statistics.risk_score import MetricFlag, RiskScore, parse_weights, risk_scores

__all__ = [
    "DEFAULT_FLAGS",
    "FISHER_RULE",
    "FLAG_ORDER",
    "NORMAL_RULE",
    "POISSON_RULE",
    "Accrual",
    "AccrualMetric",
    "BoolArray",
    "Bounds",
    "Change",
    "Delta",
    "FisherScores",
    "FlagRule",
    "Flagged",
    "FloatArray",
    "GroupInput",
    "IdentityScores",
    "InputRate",
    "Kind",
    "MetricFlag",
    "NormalScores",
    "OneSided",
    "PoissonScores",
    "ResultRow",
    "RiskScore",
    "ScoreColumn",
    "Slope",
    "SourceRows",
    "Transformed",
    "changes",
    "fisher_scores",
    "flag",
    "flag_changes",
    "flag_rule",
    "flags_of",
    "identity_scores",
    "input_rate",
    "listing_order",
    "normal_bounds",
    "normal_scores",
    "one_sided",
    "parse_accrual",
    "parse_flags",
    "parse_thresholds",
    "parse_weights",
    "poisson_bounds",
    "poisson_scores",
    "risk_scores",
    "transform_rate",
]
