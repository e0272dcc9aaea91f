"""Statistics of groups and events that any statistician can import: arrays and frozen dataclasses in, frozen dataclasses out.

Nothing here opens a file, asks a table or a clock, and nothing draws a random number. NaN means that a value does not exist; the result says
why. Text in, text out: reading a file is the caller's.

>>> from ncdm.measures.statistics import Kind, Method, Question, add_up, flag_rule, parse_accrual, read_delimited, scored_entries
>>> table = read_delimited(["GroupID,Numerator,Denominator", "a,0,1", "b,1,1", "c,0,1"])
>>> nothing = (None,) * len(table.rows)
>>> sites = add_up(nothing, nothing, table.text("GroupID"), table.numbers("Numerator"), table.numbers("Denominator"))
>>> question = Question(method=Method.GSM_NORMAL, kind=Kind.BINARY, rule=flag_rule("-2,-1,1,2"), accrual=parse_accrual("Denominator>=1"))
>>> [(entry.group_id, round(entry.score, 8), entry.flag) for entry in scored_entries(sites, question)]
[('b', 1.41421356, 1), ('a', -0.70710678, 0), ('c', -0.70710678, 0)]

What there is, by question (each function names its source):

- *Tables of one's own*: `read_delimited`, `add_up`, `scored_entries`, `reported_entries`; the tables of gsm by `read_results`, `read_bounds`,
  `read_groups`, `read_metrics`, `read_metric_yaml` and their `write_` counterparts; gsm's default indicators are `GSM_KRIS`.
- *Groups as gsm scores them*: `input_rate` and `transform_rate` make groups; `normal_scores`, `poisson_scores`, `fisher_scores` and
  `identity_scores` score them; `flag` flags them; `normal_bounds` and `poisson_bounds` draw the funnel; `risk_scores` adds flags up;
  `changes` and `flag_changes` compare snapshots; `one_sided` is gsm's quality tolerance limit.
- *Groups against what healthy ones look like*: `calibrate` (with `fit_robustly`, `mid_p`, `shrunken_ratios`, `detectable_ratios`),
  `benjamini_hochberg`, `calibrated_flags`, `expected_false_flags`, `cauchy_composite`. `score_groups` and `flag_scores` give every
  method, these and gsm's, one shape.
- *Over snapshots*: `cusum` for what only grows, `flag_history` for what rises and falls.
- *Reporting*: `complete_visits`, `reporting_probability`; `classic_reporting` for parity.
- *Funnels with more spread than chance*: `funnel`, `funnel_limits`, `exact_limits`.
- *Tolerance limits*: `fixed_limit`, `observed_minus_expected`, `observed_over_expected`, `beta_binomial_posterior`, `gamma_poisson_posterior`.
- *Time series by site*: `choose_series`, `series_features`, `site_scores`.

Refused input raises `ncdm.errors.InvalidQuestion` (an argument without meaning) or `ncdm.errors.RefusedInput` (a table that cannot be taken).
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
from ncdm.measures.statistics.gsm_kris import GSM_KRIS
from ncdm.measures.statistics.gsm_metrics import (
    MetricDefinition,
    metric_definition,
    read_metric_yaml,
    read_metrics,
    write_metric_yaml,
    write_metrics,
)
from ncdm.measures.statistics.gsm_tables import (
    BoundsRow,
    GroupRow,
    bounds_rows,
    read_bounds,
    read_groups,
    read_results,
    write_bounds,
    write_groups,
    write_results,
)
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
    "GSM_KRIS",
    "NORMAL_RULE",
    "POISSON_RULE",
    "RULES",
    "Accrual",
    "AccrualMetric",
    "BetaPosterior",
    "BoolArray",
    "Bounds",
    "BoundsRow",
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
    "GroupRow",
    "GroupState",
    "Grouped",
    "IdentityScores",
    "InputRate",
    "Kind",
    "Law",
    "Method",
    "MetricDefinition",
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
    "bounds_rows",
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
    "metric_definition",
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
    "read_bounds",
    "read_delimited",
    "read_groups",
    "read_metric_yaml",
    "read_metrics",
    "read_results",
    "reported_entries",
    "reporting_probability",
    "risk_scores",
    "score_groups",
    "scored_entries",
    "series_features",
    "shrunken_ratios",
    "site_scores",
    "transform_rate",
    "write_bounds",
    "write_delimited",
    "write_groups",
    "write_metric_yaml",
    "write_metrics",
    "write_results",
]
