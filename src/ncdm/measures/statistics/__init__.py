"""Statistics of groups and events that any statistician can import: arrays and frozen dataclasses in, frozen dataclasses out.

Nothing here reads a file, a table or a clock, and nothing draws a random number. NaN means that a value does not exist; the result says why.

The gsm-compatible mode: `transform_rate` makes groups, `normal_scores`, `poisson_scores`, `fisher_scores` or `identity_scores` score
them, `flag` flags them, `normal_bounds` and `poisson_bounds` draw the funnel, `risk_scores` adds flags up, `changes` compares snapshots.
"""

from ncdm.measures.statistics.accrual import Accrual, AccrualMetric, parse_accrual
from ncdm.measures.statistics.bounds import Bounds
from ncdm.measures.statistics.calibrated import Calibrated, GroupState, calibrate, detectable_ratios
from ncdm.measures.statistics.change import Change, Delta, ResultRow, changes, flag_changes
from ncdm.measures.statistics.composite import cauchy_composite
from ncdm.measures.statistics.cusum import Cusum, cusum
from ncdm.measures.statistics.delimited import Delimited, read_delimited, write_delimited
from ncdm.measures.statistics.detectable import Detectable
from ncdm.measures.statistics.dispersion import RobustFit, fit_robustly
from ncdm.measures.statistics.false_discovery import benjamini_hochberg
from ncdm.measures.statistics.fisher import FisherScores, fisher_scores
from ncdm.measures.statistics.flag_history import FlagHistory, flag_history, flags_in_words
from ncdm.measures.statistics.flagging import Direction, calibrated_flags, expected_false_flags
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
    flags_by_sign,
    flags_of,
    listing_order,
    parse_flags,
    parse_thresholds,
)
from ncdm.measures.statistics.funnel import Dispersion, Funnel, Transform, funnel
from ncdm.measures.statistics.funnel_limits import FunnelLimits, exact_limits, funnel_limits
from ncdm.measures.statistics.grouping import Grouped, add_up
from ncdm.measures.statistics.groups import BoolArray, FloatArray, GroupInput, Transformed, transform_rate
from ncdm.measures.statistics.identity import IdentityScores, ScoreColumn, identity_scores
from ncdm.measures.statistics.input_rate import InputRate, SourceRows, input_rate
from ncdm.measures.statistics.laws import CountKind, Law, RateLaw, ShareLaw
from ncdm.measures.statistics.listing import Entry, Question, reported_entries, scored_entries
from ncdm.measures.statistics.midp import MidP, mid_p
from ncdm.measures.statistics.normal import Kind, NormalScores, normal_bounds, normal_scores
from ncdm.measures.statistics.one_sided import OneSided, one_sided
from ncdm.measures.statistics.poisson import PoissonScores, Slope, poisson_bounds, poisson_scores
from ncdm.measures.statistics.reporting import Reporting, ReportingState, reporting_probability
from ncdm.measures.statistics.reporting_classic import ClassicReporting, classic_reporting
from ncdm.measures.statistics.reporting_visits import VisitCounts, complete_visits
from ncdm.measures.statistics.risk_score import MetricFlag, RiskScore, parse_weights, risk_scores
from ncdm.measures.statistics.scoring import RULES, Method, Scores, flag_scores, score_groups
from ncdm.measures.statistics.series import Feature, Series, SeriesFeatures, SeriesRule, choose_series, series_features
from ncdm.measures.statistics.series_sites import Place, Reference, SiteScore, SiteState, site_scores
from ncdm.measures.statistics.shrinkage import Shrunken, shrunken_ratios
from ncdm.measures.statistics.tolerance import (
    Breach,
    ObservedMinusExpected,
    RatioLimits,
    Side,
    binomial_quantile,
    fixed_limit,
    observed_minus_expected,
    observed_over_expected,
)
from ncdm.measures.statistics.tolerance_bayes import BetaPosterior, GammaPosterior, beta_binomial_posterior, gamma_poisson_posterior

__all__ = [
    "DEFAULT_FLAGS",
    "FISHER_RULE",
    "FLAG_ORDER",
    "NORMAL_RULE",
    "POISSON_RULE",
    "RULES",
    "Accrual",
    "AccrualMetric",
    "BetaPosterior",
    "BoolArray",
    "Bounds",
    "Breach",
    "Calibrated",
    "Change",
    "ClassicReporting",
    "CountKind",
    "Cusum",
    "Delimited",
    "Delta",
    "Detectable",
    "Direction",
    "Dispersion",
    "Entry",
    "Feature",
    "FisherScores",
    "FlagHistory",
    "FlagRule",
    "Flagged",
    "FloatArray",
    "Funnel",
    "FunnelLimits",
    "GammaPosterior",
    "GroupInput",
    "GroupState",
    "Grouped",
    "IdentityScores",
    "InputRate",
    "Kind",
    "Law",
    "Method",
    "MetricFlag",
    "MidP",
    "NormalScores",
    "ObservedMinusExpected",
    "OneSided",
    "Place",
    "PoissonScores",
    "Question",
    "RateLaw",
    "RatioLimits",
    "Reference",
    "Reporting",
    "ReportingState",
    "ResultRow",
    "RiskScore",
    "RobustFit",
    "ScoreColumn",
    "Scores",
    "Series",
    "SeriesFeatures",
    "SeriesRule",
    "ShareLaw",
    "Shrunken",
    "Side",
    "SiteScore",
    "SiteState",
    "Slope",
    "SourceRows",
    "Transform",
    "Transformed",
    "VisitCounts",
    "add_up",
    "benjamini_hochberg",
    "beta_binomial_posterior",
    "binomial_quantile",
    "calibrate",
    "calibrated_flags",
    "cauchy_composite",
    "changes",
    "choose_series",
    "classic_reporting",
    "complete_visits",
    "cusum",
    "detectable_ratios",
    "exact_limits",
    "expected_false_flags",
    "fisher_scores",
    "fit_robustly",
    "fixed_limit",
    "flag",
    "flag_changes",
    "flag_history",
    "flag_rule",
    "flag_scores",
    "flags_by_sign",
    "flags_in_words",
    "flags_of",
    "funnel",
    "funnel_limits",
    "gamma_poisson_posterior",
    "identity_scores",
    "input_rate",
    "listing_order",
    "mid_p",
    "normal_bounds",
    "normal_scores",
    "observed_minus_expected",
    "observed_over_expected",
    "one_sided",
    "parse_accrual",
    "parse_flags",
    "parse_thresholds",
    "parse_weights",
    "poisson_bounds",
    "poisson_scores",
    "read_delimited",
    "reported_entries",
    "reporting_probability",
    "risk_scores",
    "score_groups",
    "scored_entries",
    "series_features",
    "shrunken_ratios",
    "site_scores",
    "transform_rate",
    "write_delimited",
]
