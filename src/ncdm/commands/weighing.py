"""``ncdm dqi``: the data quality index of studies, sites, countries and subjects, what it consists of, and the rows behind it."""

import re
from collections.abc import Sequence
from typing import Annotated

import typer

from ncdm.commands.asking import state_at, study_of
from ncdm.commands.console import AsOf, Json, MaybeStudy, as_json, as_table, errors_told
from ncdm.commands.weighed import index_table, profile_keys, show_waterfall, value_keys
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.at import measures
from ncdm.measures.catalogue import INDICES
from ncdm.measures.compute import Measures
from ncdm.measures.index import Index
from ncdm.measures.quality.evidence import evidence
from ncdm.measures.quality.quality import data_quality
from ncdm.measures.quality.weights import with_caps, with_weights
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

_NEAR = 20


def dqi(  # noqa: PLR0913, PLR0917 - a command has as many options as there are questions
    study: MaybeStudy = None,
    level: Annotated[Level | None, typer.Option(help="Groups: study, region, country, site or subject.")] = None,
    profile: Annotated[str, typer.Option(help="The formula: default, or site_documented for comparison.")] = "default",
    waterfall: Annotated[str | None, typer.Option(help="From 100 down to the index of this group, indicator by indicator.")] = None,
    rows: Annotated[str | None, typer.Option(help="The rows behind one indicator of this group; needs --indicator.")] = None,
    indicator: Annotated[str | None, typer.Option(help="Which indicator or ceiling --rows opens.")] = None,
    weights: Annotated[str | None, typer.Option(help="What if dimensions or indicators weighed so: visits=.3,queries=.1.")] = None,
    caps: Annotated[str | None, typer.Option(help="What if indicators had other caps: edrr_issues=5.")] = None,
    intervals: Annotated[bool, typer.Option(help="Shrunken values and intervals of subjects too.")] = False,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Say how good the data are, from 0 to 100, with what the number consists of and how sure it is.

    Not computable is said, with what is missing and the bounds. Rank 1 is the lowest of its study. Studies are not ranked. A group is named with its
    study, as: ncdm dqi 7 --level site --waterfall 12.
    """
    with errors_told(), state_at(as_of) as state:
        index = with_caps(with_weights(_index(profile), numbers_named(weights, "--weights")), numbers_named(caps, "--caps"))
        level = level or (index.levels[0] if len(index.levels) == 1 else Level.STUDY)
        found = measures(state)
        name = None if study is None else study_of(state, study)
        if rows is not None:
            _rows(found, index, level, name, (rows, indicator), json=json)
            return
        quality = data_quality(found, index, level, intervals=True if intervals else None)
        if waterfall is not None:
            show_waterfall(quality, _group(quality.readings.groups, level, name, waterfall), json=json)
            return
        values = quality.values(name)
        if json:
            snapshot = state.line.snapshot if state.line else None
            as_json(
                {
                    "snapshot": snapshot,
                    "level": level,
                    "profile": profile_keys(index),
                    "groups": [value_keys(value) for value in values],
                }
            )
            return
        index_table(index, level, values)


def _index(profile: str) -> Index:
    found = INDICES.get(profile)
    if found is None:
        raise InvalidQuestion(f"there is no profile {profile}", where="--profile", todo=f"Profiles: {', '.join(INDICES)}.")
    return found


def numbers_named(text: str | None, option: str) -> dict[str, float]:
    """``a=.3,b=.2`` as numbers by name."""
    found: dict[str, float] = {}
    for part in [] if text is None else text.split(","):
        name, sign, number = (piece.strip() for piece in part.partition("="))
        if not re.fullmatch(r"\d+\.?\d*|\.\d+", number) or not sign or not name or name in found:
            raise InvalidQuestion(f"{part!r} gives no number, or a second one", where=option, todo="Write name=number, comma, name=number.")
        found[name] = float(number)
    return found


def _group(groups: Sequence[Group], level: Level, study: StudyId | None, text: str) -> int:
    """The number of the group that a person means: ``12`` or ``Site 12``, within the study."""
    if study is None and level is not Level.STUDY:
        raise InvalidQuestion(f"the {level} {text} of which study?", todo=f"Name it: ncdm dqi STUDY --level {level}.")
    wanted = {text.strip().lower(), f"{level} {text.strip()}".lower()}
    inside = [number for number, group in enumerate(groups) if study is None or group.study_id == study]
    for number in inside:
        if groups[number].label.lower() in wanted:
            return number
    near = ", ".join(groups[number].label for number in inside[:_NEAR])
    raise NotFound(f"there is no {level} {text}{'' if study is None else f' in {study}'}", todo=f"Groups: {near}.")


def _rows(found: Measures, index: Index, level: Level, study: StudyId | None, asked: tuple[str, str | None], *, json: bool) -> None:
    group, code = asked
    codes = [*(one.code for one in index.indicators), *(one.code for one in index.ceilings)]
    if code is None or code not in codes:
        raise InvalidQuestion(
            f"the rows of which indicator of {group}?" if code is None else f"{index.code} has no indicator {code}",
            where="--indicator",
            todo=f"Indicators and ceilings: {', '.join(codes)}.",
        )
    groups = found.universe.groups(level)
    here = groups[_group(groups, level, study, group)]
    lines = evidence(found, index, code, here)
    if json:
        as_json([{"indicator": code, "part": line.part, "measure": line.measure, "row": line.row, "adds": line.adds} for line in lines])
        return
    as_table(
        f"{here.study_id}, {here.label}, {code}: {len(lines):,} rows",
        ("part", "measure", "row", "adds"),
        [(line.part, line.measure, line.row, line.adds) for line in lines],
        numbers=("adds",),
    )
