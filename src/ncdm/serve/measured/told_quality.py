"""The data quality index in the words of the API."""

from ncdm.errors import InvalidQuestion
from ncdm.measures.catalogue import INDICES
from ncdm.measures.index import Index
from ncdm.measures.quality.quality import Quality, QualityValue
from ncdm.measures.quality.waterfall import waterfall
from ncdm.measures.value import Group
from ncdm.serve.measured import answers as say
from ncdm.serve.measured.places import place_of
from ncdm.types import StudyId


def index_of(code: str) -> Index:
    """The index with that code. Raises ``InvalidQuestion``."""
    if code not in INDICES:
        raise InvalidQuestion(f"there is no index {code}", where="index", todo=f"Ask for {', '.join(INDICES)}.")
    return INDICES[code]


def value_told(value: QualityValue) -> say.QualityValue:
    """The index of one group."""
    return say.QualityValue(
        place=place_of(value.group),
        subjects=value.subjects,
        value=value.value,
        uncapped=value.uncapped,
        worst=value.worst,
        best=value.best,
        band=value.band,
        settled=value.settled,
        ceiling=value.ceiling,
        at_most=value.at_most,
        ceiling_effect=value.ceiling_effect,
        shrunken=value.shrunken,
        interval=None if value.low is None or value.high is None else (value.low, value.high),
        rank=value.rank,
        rank_range=None if value.rank_low is None or value.rank_high is None else (value.rank_low, value.rank_high),
        ranked=value.ranked,
        missing=tuple(say.Missing(code=one.code, title=one.title, reason=one.reason) for one in value.missing),
        as_of=value.as_of,
    )


def quality_told(quality: Quality, study: StudyId) -> say.Quality:
    """The index of every group of a study."""
    return say.Quality(
        index=quality.index.code,
        title=quality.index.title,
        level=quality.readings.level,
        values=tuple(value_told(value) for value in quality.values(study)),
    )


def waterfall_told(quality: Quality, group: Group) -> say.Waterfall:
    """From 100 down to the index of one group."""
    number = quality.readings.groups.index(group)
    found, index = waterfall(quality, number), quality.index
    return say.Waterfall(
        index=index.code,
        title=index.title,
        version=index.version,
        formula=index.definition.formula,
        value=value_told(quality.value(number)),
        ceiling_code=next((one.code for one in index.ceilings if one.title == quality.value(number).ceiling), None),
        steps=tuple(
            say.Step(
                code=step.code,
                title=step.title,
                dimension=step.dimension,
                formula=index.indicator(step.code).formula,
                unit=step.unit,
                value=step.value,
                numerator=step.numerator,
                denominator=step.denominator,
                cap=step.cap,
                weight=step.weight,
                points=step.points,
                most=step.whole,
                state=step.state,
                reason=step.reason,
            )
            for step in found.steps
        ),
    )
