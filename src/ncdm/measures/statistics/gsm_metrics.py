"""The definitions of gsm's indicators: the Metrics table, and the ``meta`` block of a workflow file in YAML.

Of YAML only what such a block holds is read: names with a plain or quoted value, or a list of them. The steps of a workflow say how gsm runs it;
they are neither read nor written here.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ncdm.errors import InvalidQuestion, RefusedInput
from ncdm.measures.statistics.accrual import Accrual, AccrualMetric
from ncdm.measures.statistics.delimited import MISSING, read_delimited, write_delimited
from ncdm.measures.statistics.flags import FlagRule, flags_by_sign, parse_flags
from ncdm.measures.statistics.risk_score import parse_weights

METRICS = (
    "MetricID",
    "GroupLevel",
    "Abbreviation",
    "Metric",
    "Numerator",
    "Denominator",
    "Model",
    "Score",
    "AnalysisType",
    "Threshold",
    "Flag",
    "AccrualThreshold",
    "AccrualMetric",
    "RiskScoreWeight",
)
_ID, _OLD_ACCRUAL = "ID", "nMinDenominator"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDefinition:
    """One indicator as gsm defines it."""

    metric_id: str
    group_level: str = "Site"
    abbreviation: str
    title: str
    numerator: str
    denominator: str
    model: str = "Normal Approximation"
    score: str = "Adjusted Z-Score"
    analysis_type: str
    """rate, binary or identity."""
    rule: FlagRule
    weights: Mapping[int, float] | None = None
    """Flag -> weight in the site risk score."""

    def cells(self) -> dict[str, str]:
        """The definition by gsm's names; what there is none of is left out."""
        accrual = self.rule.accrual
        found = {
            "MetricID": self.metric_id,
            "GroupLevel": self.group_level,
            "Abbreviation": self.abbreviation,
            "Metric": self.title,
            "Numerator": self.numerator,
            "Denominator": self.denominator,
            "Model": self.model,
            "Score": self.score,
            "AnalysisType": self.analysis_type,
            "Threshold": ",".join(f"{limit:g}" if float(f"{limit:g}") == limit else repr(limit) for limit in self.rule.thresholds),
            "Flag": ",".join(map(str, self.rule.flags)),
        }
        if accrual is not None:
            found |= {"AccrualThreshold": f"{accrual.limit:.17g}", "AccrualMetric": accrual.metric.value}
        if self.weights is not None:
            found["RiskScoreWeight"] = ",".join(f"{self.weights[flag]:.17g}" for flag in self.rule.flags)
        return found


def metric_definition(cells: Mapping[str, str], where: str = "the definition") -> MetricDefinition:
    """A definition from gsm's names and what stands under them; names that gsm has beside these are passed over.

    Raises:
        RefusedInput: something that a definition needs is missing.
        InvalidQuestion: thresholds, flags, weights or the accrual limit do not read.
    """
    missing = [name for name in ("Metric", "Numerator", "Denominator", "AnalysisType", "Threshold") if name not in cells]
    metric_id = cells.get("MetricID", cells.get(_ID))
    if missing or metric_id is None:
        raise RefusedInput(f"there is no {', '.join(missing or [_ID])}", where=where, todo="Complete the definition.")
    given = _numbers(cells["Threshold"])
    flags = parse_flags(cells["Flag"]) if "Flag" in cells else flags_by_sign(given)
    accrual = None
    if "AccrualThreshold" in cells:
        accrual = Accrual(_accrual_metric(cells.get("AccrualMetric", "Denominator")), _numbers(cells["AccrualThreshold"])[0])
    elif _OLD_ACCRUAL in cells:
        accrual = Accrual(AccrualMetric.DENOMINATOR, _numbers(cells[_OLD_ACCRUAL])[0])
    return MetricDefinition(
        metric_id=metric_id,
        group_level=cells.get("GroupLevel", "Site"),
        abbreviation=cells.get("Abbreviation", ""),
        title=cells["Metric"],
        numerator=cells["Numerator"],
        denominator=cells["Denominator"],
        model=cells.get("Model", ""),
        score=cells.get("Score", ""),
        analysis_type=cells["AnalysisType"],
        # gsm sorts thresholds and leaves flags as they stand.
        rule=FlagRule(tuple(sorted(given)), flags, accrual),
        weights=parse_weights(",".join(map(str, flags)), cells["RiskScoreWeight"]) if "RiskScoreWeight" in cells else None,
    )


def read_metrics(lines: Iterable[str], name: str = "Metrics") -> tuple[MetricDefinition, ...]:
    """Read the Metrics table. Errors as `metric_definition`, with the line."""
    table = read_delimited(lines, name)
    found = []
    for row, line in zip(table.rows, table.lines, strict=True):
        cells = {column: cell.strip() for column, cell in zip(table.columns, row, strict=True) if cell.strip() not in MISSING}
        found.append(metric_definition(cells, f"{name}, line {line}"))
    return tuple(found)


def write_metrics(definitions: Iterable[MetricDefinition]) -> str:
    """The Metrics table as text."""
    return write_delimited(METRICS, ([definition.cells().get(column) for column in METRICS] for definition in definitions))


def read_metric_yaml(text: str, name: str = "the workflow") -> MetricDefinition:
    """Read the definition in the ``meta`` block of a gsm workflow.

    Raises:
        RefusedInput: there is no such block, or a line of it is more than a name with a value or a list.
    """
    cells: dict[str, list[str]] = {}
    inside, latest = False, ""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.split(" #")[0].rstrip()
        if not bare.strip() or bare.lstrip().startswith("#"):
            continue
        if not bare[0].isspace():
            inside = bare == "meta:"
            continue
        if not inside:
            continue
        entry = bare.strip()
        if entry.startswith("- ") and latest:
            cells[latest].append(_scalar(entry[2:], name, number))
        elif ":" in entry and entry.split(":", 1)[0].isidentifier():
            latest, value = (part.strip() for part in entry.split(":", 1))
            cells[latest] = [_scalar(value, name, number)] if value else []
        else:
            raise RefusedInput(f"{entry!r} is neither a name with a value nor a list", where=f"{name}, line {number}")
    if not cells:
        raise RefusedInput("there is no meta block", where=name, todo="Give a workflow of gsm with meta: and its definition below.")
    return metric_definition({key: ",".join(values) for key, values in cells.items() if values}, name)


def write_metric_yaml(definition: MetricDefinition) -> str:
    """The ``meta`` block of a gsm workflow; its ``spec`` and ``steps``, which say where gsm finds the data, are the user's to add."""
    cells = {"Type": "Analysis", "ID": definition.metric_id.removeprefix("Analysis_"), **definition.cells()}
    del cells["MetricID"]
    return "\n".join(["meta:", *(f"  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in cells.items()), ""])


def _scalar(text: str, name: str, line: int) -> str:
    value = text.strip()
    if value[:1] in {"{", "[", "&", "*", "|", ">", "!"}:
        raise RefusedInput(f"{value!r} is more than a plain value", where=f"{name}, line {line}", todo="Write it in one line, in quotes.")
    if value[:1] == '"' and len(value) > 1 and value[-1] == '"':
        return str(json.loads(value))
    if value[:1] == "'" and len(value) > 1 and value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise InvalidQuestion(f"{text!r} are no numbers between commas", todo="write them as 2,3") from None


def _accrual_metric(text: str) -> AccrualMetric:
    try:
        return AccrualMetric(text)
    except ValueError:
        raise InvalidQuestion(
            f"{text!r} does not accrue", where="AccrualMetric", todo="write Numerator, Denominator or Difference"
        ) from None
