"""How a data quality index is printed: keys for programs, tables for people."""

from collections.abc import Sequence

from ncdm.commands.console import OUT, as_json, as_table
from ncdm.measures.index import Dimension, Index
from ncdm.measures.quality.quality import Quality, QualityValue
from ncdm.measures.quality.waterfall import Waterfall, waterfall
from ncdm.measures.value import Level

_COLUMNS = ("study", "group", "subjects", "DQI", "uncapped", "band", "shrunken", "90 %", "rank", "rank range", "why")
_STEPS = ("indicator", "value", "numerator", "denominator", "cap", "weight", "points", "state")


def profile_keys(index: Index) -> dict[str, object]:
    """The formula for programs, with weights and caps as they are in force."""
    return {
        "code": index.code,
        "title": index.title,
        "version": index.version,
        "formula": index.definition.formula,
        "dimensions": {dimension: index.weight_of(dimension) for dimension in Dimension},
        "indicators": [
            {
                "indicator": one.code,
                "title": one.title,
                "dimension": one.dimension,
                "formula": one.formula,
                "unit": one.unit,
                "cap": one.cap,
                "weight": one.weight,
            }
            for one in index.indicators
        ],
        "ceilings": [{"ceiling": one.code, "title": one.title, "at_most": one.at_most} for one in index.ceilings],
    }


def place_keys(value: QualityValue) -> dict[str, object]:
    """Where a group stands."""
    group = value.group
    return {
        "study": group.study_id,
        "region": group.region,
        "country": group.country,
        "site": group.site_id,
        "subject": group.subject_id,
        "group": group.label,
    }


def value_keys(value: QualityValue) -> dict[str, object]:
    """One group for programs."""
    return place_keys(value) | {
        "subjects": value.subjects,
        "dqi": value.value,
        "uncapped": value.uncapped,
        "worst": value.worst,
        "best": value.best,
        "band": "not computable" if value.band is None else value.band,
        "band_settled": value.settled,
        "ceiling": value.ceiling,
        "at_most": value.at_most,
        "ceiling_effect": value.ceiling_effect,
        "shrunken": value.shrunken,
        "shrunken_uncapped": value.shrunken_uncapped,
        "interval": None if value.low is None else [value.low, value.high],
        "not_shrunken": value.not_shrunken,
        "rank": value.rank,
        "rank_range": None if value.rank_low is None else [value.rank_low, value.rank_high],
        "ranked": value.ranked,
        "missing": [{"indicator": one.code, "title": one.title, "reason": one.reason} for one in value.missing],
        "not_applicable": value.not_applicable,
        "as_of": value.as_of,
    }


def index_table(index: Index, level: Level, values: Sequence[QualityValue]) -> None:
    """Print one line for each group, with the formula and its weights."""
    rows = [
        (
            value.group.study_id,
            value.group.label,
            value.subjects,
            f"{value.worst:.1f} to {value.best:.1f}" if value.value is None else f"{value.value:.1f}",
            "" if value.uncapped is None else f"{value.uncapped:.1f}",
            _band(value),
            "" if value.shrunken is None else f"{value.shrunken:.1f}",
            "" if value.low is None else f"{value.low:.1f} to {value.high:.1f}",
            "" if value.rank is None else f"{value.rank} of {value.ranked}",
            "" if value.rank_low is None else f"{value.rank_low} to {value.rank_high}",
            _why(value),
        )
        for value in values
    ]
    as_table(f"{index.title} by {level}", _COLUMNS, rows, numbers=("subjects", "DQI", "uncapped", "shrunken", "90 %", "rank", "rank range"))
    OUT.print(f"{index.definition.formula}.")
    OUT.print(f"Weights: {', '.join(f'{one.code} {one.weight:.4g} (cap {one.cap:g})' for one in index.indicators)}.")
    computable = sum(value.value is not None for value in values)
    unsettled = sum(value.settled is False for value in values)
    OUT.print(f"{computable} of {len(values)} computable; {unsettled} with a band that is not settled.")


def _band(value: QualityValue) -> str:
    if value.band is None:
        return "not computable"
    return f"{value.band}, not settled" if value.settled is False else str(value.band)


def _why(value: QualityValue) -> str:
    """What is missing, or the ceiling that takes something off."""
    reasons: dict[str, list[str]] = {}
    for one in value.missing:
        reasons.setdefault(one.reason, []).append(one.code)
    parts = [f"{reason}: {', '.join(codes)}" for reason, codes in reasons.items()]
    if value.ceiling_effect:
        parts.append(f"{value.ceiling}: at most {value.at_most}")
    if value.not_applicable:
        parts.append(f"not applicable: {', '.join(value.not_applicable)}")
    return "; ".join(parts)


def show_waterfall(quality: Quality, number: int, *, json: bool) -> None:
    """Print the waterfall of one group."""
    found, value = waterfall(quality, number), quality.value(number)
    if json:
        as_json(place_keys(value) | {"start": found.start, "steps": [_step(found, at) for at in range(len(found.steps))]} | _end(value))
        return
    rows: list[tuple[object, ...]] = [
        (
            step.code,
            "" if step.value is None else f"{step.value:.4g} {step.unit}",
            step.numerator,
            step.denominator,
            f"{step.cap:g}",
            f"{step.weight:.4g}",
            None if step.points is None else f"-{step.points:.2f}",
            step.state if step.reason is None else f"{step.state}: {step.reason}",
        )
        for step in found.steps
    ]
    if found.value is None:
        rows.append(("index", "", "", "", "", "", f"{value.worst:.2f} to {value.best:.2f}", "not computable"))
    else:
        if found.ceiling_effect:
            rows.append(("ceiling", "", "", "", f"{value.at_most}", "", f"-{found.ceiling_effect:.2f}", value.ceiling or ""))
        rows.append(("index", "", "", "", "", "", f"{found.value:.2f}", _band(value)))
    as_table(f"{quality.index.title}, {value.group.study_id}, {value.group.label}: 100 less", _STEPS, rows, numbers=_STEPS[2:7])


def _step(found: Waterfall, at: int) -> dict[str, object]:
    step = found.steps[at]
    return {
        "indicator": step.code,
        "title": step.title,
        "dimension": step.dimension,
        "unit": step.unit,
        "value": step.value,
        "numerator": step.numerator,
        "denominator": step.denominator,
        "cap": step.cap,
        "weight": step.weight,
        "points": step.points,
        "whole": step.whole,
        "state": step.state,
        "reason": step.reason,
    }


def _end(value: QualityValue) -> dict[str, object]:
    kept = ("uncapped", "ceiling", "at_most", "ceiling_effect", "dqi", "worst", "best", "band", "band_settled", "as_of")
    told = value_keys(value)
    return {key: told[key] for key in kept}
