"""``ncdm clean``: which subjects are clean, why the others are not, and who must act."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from ncdm.commands.asking import state_at, study_of
from ncdm.commands.clean_shown import queue_shown, studies_shown, study_shown, subject_shown
from ncdm.commands.clean_told import members_of, strata_of, study_told, subject_told
from ncdm.commands.console import AsOf, Json, MaybeStudy, as_json, errors_told
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.at import clean as status_of
from ncdm.measures.clean import MILESTONES, Clean, Mask
from ncdm.measures.milestone import Milestone
from ncdm.measures.own_milestone import Planned, criteria_named, own_milestone
from ncdm.measures.readiness import POPULATIONS
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

QUEUE = ("queue", "freed_by_owner", "freed_by_site")
"""The keys of a study that ``--queue`` leaves."""


def clean(  # noqa: PLR0913, PLR0917 - a command has as many options as there are questions
    study: MaybeStudy = None,
    milestone: Annotated[
        str, typer.Option(help=f"One of {', '.join(MILESTONES)}, or a .toml or .json file that describes your own.")
    ] = "database_lock",
    gates: Annotated[str | None, typer.Option(help="A milestone of your own in short: the criteria that must pass, such as V,P,Q.")] = None,
    subject: Annotated[str | None, typer.Option("--subject", "--rows", help="One subject, with every row that stands in its way.")] = None,
    status: Annotated[str | None, typer.Option(help="Only subjects of this status, such as 'On Trial'; (unknown) is one.")] = None,
    queue: Annotated[bool, typer.Option("--queue", help="Only who is one step from clean, all of them.")] = False,
    members: Annotated[Path | None, typer.Option(help="A CSV of the members of populations: columns population, subject.")] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Clean Patient Status: strict and on what was submitted, by subject status, who is one step away, what blocks, and readiness."""
    with errors_told(), state_at(as_of) as state:
        planned = _planned(milestone, gates)
        found = status_of(state)
        studies = found.measures.universe.studies if study is None else (study_of(state, study),)
        if status is not None and not any(strata_of(found, one, status) for one in studies):
            known = sorted({name for one in studies for name in strata_of(found, one, None)})
            raise InvalidQuestion(f"no subject has the status {status}", where="--status", todo=f"Statuses: {', '.join(known)}.")
        if subject is not None:
            if study is None:
                raise InvalidQuestion(
                    "a subject is asked for without its study", todo="Labels recur across studies: ncdm clean STUDY --subject S."
                )
            group, of_study = _group(found, studies[0], subject), planned.of(studies[0]).gates
            if json:
                as_json(subject_told(found, group, of_study))
            else:
                subject_shown(found, group, of_study)
            return
        listed = {} if members is None else _listed(found, studies, members)
        if json:
            line = state.line
            told = {one: study_told(found, one, planned.of(one), status, listed) for one in studies}
            as_json(
                {
                    "snapshot": None if line is None else line.snapshot,
                    "as_of": None if line is None else line.as_of,
                    "milestone": planned.milestone.code,
                    "title": planned.milestone.title,
                    "gates": list(planned.milestone.gates),
                    "studies": {one: {key: of_study[key] for key in QUEUE} for one, of_study in told.items()} if queue else told,
                }
            )
        elif queue:
            for one in studies:
                queue_shown(found, one, planned.of(one), members_of(found, one, status))
        else:
            studies_shown(found, {one: planned.of(one) for one in studies}, status)
            if len(studies) == 1:
                study_shown(found, studies[0], planned.of(studies[0]), status, listed)


def _planned(milestone: str, gates: str | None) -> Planned:
    """The milestone that is asked for. Raises `InvalidQuestion` for a name that is none, and for a file that describes none."""
    if gates is not None:
        codes = tuple(dict.fromkeys(code.strip().upper() for code in gates.split(",") if code.strip()))
        if not codes:
            raise InvalidQuestion("no criterion is given", where="--gates", todo="Give some, such as V,P,Q.")
        return Planned(Milestone(code="own", title="Own", gates=criteria_named(codes, "--gates")), {})
    if milestone in MILESTONES:
        return Planned(MILESTONES[milestone], {})
    if not milestone.lower().endswith((".toml", ".json")):
        raise InvalidQuestion(
            f"there is no milestone {milestone}",
            where="--milestone",
            todo=f"Choose one of {', '.join(MILESTONES)}, name a file, or give --gates.",
        )
    text = _text(Path(milestone), "the milestone", "Give the path of a .toml or .json file that describes it, or --gates.")
    return own_milestone(text, Path(milestone).name)


def _text(path: Path, what: str, todo: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        why = "there is no such file"
    except OSError as error:
        why = (error.strerror or "the system refuses").lower()
    except UnicodeDecodeError:
        why = "it is no text in UTF-8"
    raise InvalidQuestion(f"{what} cannot be read: {why}", where=str(path), todo=todo)


def _listed(clean: Clean, studies: Sequence[StudyId], path: Path) -> Mapping[str, Mask]:
    """Population -> its members, from a CSV. Raises `InvalidQuestion` for a file that cannot be read so."""
    if len(studies) != 1:
        raise InvalidQuestion(
            "members are given for no single study", where=str(path), todo="Name the study: ncdm clean STUDY --members FILE."
        )
    lines = csv.DictReader(
        _text(path, "the file of the members", "Give the path of a CSV file in UTF-8 with the columns population and subject.").splitlines()
    )
    if not {"population", "subject"} <= set(lines.fieldnames or ()):
        raise InvalidQuestion("the members have no columns population and subject", where=str(path), todo="Give them in the first line.")
    rows = [((row["population"] or "").strip().upper(), (row["subject"] or "").strip()) for row in lines]
    known = {str(subject.subject_id): number for number, (of, subject) in enumerate(clean.measures.universe.subjects) if of == studies[0]}
    codes = {population.code for population in POPULATIONS}
    wrong = [f"{name} ({population})" for population, name in rows if population not in codes or name not in known]
    if wrong:
        raise InvalidQuestion(
            f"{len(wrong)} members are no subject or of no population, the first is {wrong[0]}",
            where=str(path),
            todo=f"Populations: {', '.join(sorted(codes))}. Subjects as the study labels them.",
        )
    found: dict[str, Mask] = {}
    for population, name in rows:
        found.setdefault(population, np.zeros(len(clean.measures.universe.subjects), dtype=np.bool_))[known[name]] = True
    return found


def _group(clean: Clean, study: StudyId, subject: str) -> Group:
    """The subject of that label, as people type it. Raises `NotFound`."""
    labels = {subject.strip().lower(), f"subject {subject.strip()}".lower()}
    for group in clean.measures.universe.groups(Level.SUBJECT):
        if group.study_id == study and (group.subject_id or "").lower() in labels:
            return group
    raise NotFound(f"{study} has no subject {subject}", todo=f"List them: ncdm rows {study.removeprefix('Study ')} subject_metrics.")
