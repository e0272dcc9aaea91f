"""Groups and plain numbers in the words of the API."""

import math
from collections.abc import Sequence

from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.compute import Measures
from ncdm.measures.value import Group, Level
from ncdm.serve.measured import answers as say
from ncdm.types import StudyId


def place_of(group: Group) -> say.Place:
    """A group as the pages name it."""
    return say.Place(label=group.label, region=group.region, country=group.country, site_id=group.site_id, subject_id=group.subject_id)


def known(value: float) -> float | None:
    """A number, or nothing where it is not a number."""
    return None if math.isnan(value) else float(value)


def whole(value: float) -> int | None:
    """A whole number, or nothing where it is not a number."""
    return None if math.isnan(value) else int(value)


def pair(low: float, high: float) -> tuple[float, float] | None:
    """Two ends, or nothing where they are not numbers."""
    return None if math.isnan(low) or math.isnan(high) else (float(low), float(high))


def groups_of(measures: Measures, study: StudyId, level: Level) -> tuple[Group, ...]:
    """The groups of a level of a study. Raises ``InvalidQuestion`` for the portfolio, which is no part of a study."""
    if level is Level.PORTFOLIO:
        raise InvalidQuestion("the portfolio is no part of a study", where="level", todo="Ask for subject, site, country, region or study.")
    return tuple(group for group in measures.universe.groups(level) if group.study_id == study)


def group_of(measures: Measures, study: StudyId, level: Level, label: str | None) -> Group:
    """The group of a level with that label; the study where none is needed. Raises ``NotFound``."""
    found = groups_of(measures, study, level)
    if level is Level.STUDY:
        return found[0]
    for group in found:
        if group.label == label:
            return group
    raise NotFound(f"{study} has no {level} {label or ''}".rstrip(), where="group", todo=f"Some of them: {_some(found)}.")


def _some(groups: Sequence[Group]) -> str:
    return ", ".join(group.label for group in groups[:5]) or "none"
