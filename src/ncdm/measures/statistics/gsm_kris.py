"""The default indicators of gsm.kri 1.5.1 as data: for tables of one's own, and for the site risk score.

Source: gsm.kri 1.5.1 (Apache-2.0); measures-and-statistics 4.1.
"""

from ncdm.measures.statistics.accrual import parse_accrual
from ncdm.measures.statistics.flags import DEFAULT_FLAGS, flag_rule
from ncdm.measures.statistics.gsm_metrics import MetricDefinition
from ncdm.measures.statistics.risk_score import parse_weights

_IDENTITY = "identity"


def _kri(number: int, short: str, names: tuple[str, str, str], kind: str, thresholds: str, weights: str, accrual: str) -> MetricDefinition:
    """One line of the table; flags are -2 to 2 for four thresholds and 0 to 2 for two."""
    title, numerator, denominator = names
    rule = flag_rule(thresholds, None, parse_accrual(accrual))
    return MetricDefinition(
        metric_id=f"kri{number:04}",
        abbreviation=short,
        title=title,
        numerator=numerator,
        denominator=denominator,
        model="Identity" if kind == _IDENTITY else "Normal Approximation",
        score=numerator if kind == _IDENTITY else "Adjusted Z-Score",
        analysis_type=kind,
        rule=rule,
        weights=parse_weights(",".join(map(str, DEFAULT_FLAGS[len(rule.thresholds)])), weights),
    )


def _pharmacokinetic() -> MetricDefinition:
    """The one where little is grave: below .85 and below .9, without a weight."""
    return MetricDefinition(
        metric_id="kri0013",
        abbreviation="PK",
        title="PK Collection Compliance Rate",
        numerator="Samples taken",
        denominator="Samples expected",
        model="Identity",
        score="PK Collection Compliance Rate",
        analysis_type=_IDENTITY,
        rule=flag_rule((0.85, 0.9), (-2, -1, 0), parse_accrual("Difference>=3")),
    )


GSM_KRIS: tuple[MetricDefinition, ...] = (
    _kri(1, "AE", ("Adverse Event Rate", "Adverse Events", "Days on Study"), "rate", "-2,-1,2,3", "32,16,0,1,2", "D>=30"),
    _kri(2, "SAE", ("Serious Adverse Event Rate", "Serious Adverse Events", "Days on Study"), "rate", "-2,-1,2,3", "8,0,0,4,8", "D>=30"),
    _kri(
        3, "PD", ("Non-important Deviation Rate", "Non-important Deviations", "Days on Study"), "rate", "-3,-2,2,3", "8,4,0,8,16", "D>=30"
    ),
    _kri(4, "IPD", ("Important Deviation Rate", "Important Deviations", "Days on Study"), "rate", "-3,-2,2,3", "0,0,0,16,32", "D>=30"),
    _kri(5, "LB", ("Abnormal Lab Rate", "Labs of Grade 3 or 4", "Labs Graded 0 to 4"), "binary", "2,3", "0,1,2", "N>=10"),
    _kri(6, "SDSC", ("Study Discontinuation Rate", "Discontinued from Study", "Enrolled"), "binary", "2,3", "0,16,32", "N>=3"),
    _kri(7, "TDSC", ("Treatment Discontinuation Rate", "Discontinued from Treatment", "Enrolled"), "binary", "2,3", "0,16,32", "N>=3"),
    _kri(8, "QRY", ("Query Rate", "Queries", "Data Points"), "rate", "2,3", "0,1,2", "N>=30"),
    _kri(9, "OQRY", ("Delayed Query Rate", "Queries Open beyond 30 Days", "Queries"), "binary", "2,3", "0,1,2", "N>=30"),
    _kri(10, "ODAT", ("Delayed Entry Rate", "Pages beyond 10 Days Late", "Pages"), "binary", "2,3", "0,1,2", "N>=30"),
    _kri(11, "CDAT", ("Data Change Rate", "Data Points Changed", "Data Points"), "binary", "2,3", "0,1,2", "N>=100"),
    _kri(12, "SF", ("Screen Failure Rate", "Screen Failures", "Screened"), "binary", "-3,-2,2,3", "0,0,0,8,16", "D>=3"),
    _pharmacokinetic(),
    _kri(14, "IE", ("Ineligibility", "Ineligible", "Enrolled"), _IDENTITY, "1.5,2.5", "0,8,16", "D>=3"),
    _kri(15, "DTH90", ("Early Deaths", "Deaths within 90 Days", "Enrolled"), _IDENTITY, "1,2", "0,8,16", "D>=1"),
)
"""kri0001 to kri0015, for sites. The score of 14 and 15 is the numerator, that of 13 the metric; cou0001 to cou0015 are the same of countries."""
