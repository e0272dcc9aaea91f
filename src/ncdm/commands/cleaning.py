"""``ncdm clean``: which subjects are clean, why the others are not, and who must act."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from ncdm.commands.asking import state_at, study_of
from ncdm.commands.console import OUT, AsOf, Json, MaybeStudy, as_json, as_table, errors_told, printable
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.at import clean as status_of
from ncdm.measures.blockers import blockers, loads
from ncdm.measures.clean import CRITERIA, MILESTONES, Clean, Mask
from ncdm.measures.criterion import OUTCOMES, URGENCIES
from ncdm.measures.readiness import POPULATIONS, Readiness, readiness
from ncdm.measures.standing import Standing, Step, by_criterion, freed, in_study, queue, standing, statuses
from ncdm.measures.value import Group, Level
from ncdm.store.state import State
from ncdm.types import StudyId

NO_STATUS = "(unknown)"
SHOWN = 20


def clean(
    study: MaybeStudy = None,
    milestone: Annotated[str, typer.Option(help=f"One of {', '.join(MILESTONES)}.")] = "database_lock",
    gates: Annotated[str | None, typer.Option(help="A milestone of your own: the criteria that must pass, such as V,P,Q.")] = None,
    subject: Annotated[str | None, typer.Option("--subject", "--rows", help="One subject, with every row that stands in its way.")] = None,
    status: Annotated[str | None, typer.Option(help="Only subjects of this status, such as 'On Trial'.")] = None,
    members: Annotated[Path | None, typer.Option(help="A CSV of the members of a population: columns population, subject.")] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Clean Patient Status: strict and on what was submitted, by subject status, who is one step away, what blocks, and readiness."""
    with errors_told(), state_at(as_of) as state:
        wanted = _gates(milestone, gates)
        found = status_of(state)
        studies = found.measures.universe.studies if study is None else (study_of(state, study),)
        if subject is not None:
            if study is None:
                raise InvalidQuestion(
                    "a subject is asked for without its study", todo="Labels recur across studies: ncdm clean STUDY --subject S."
                )
            _subject(found, studies[0], subject, wanted, json=json)
            return
        listed = {} if members is None else _listed(found, studies, members)
        told = {one: _of_study(found, one, wanted, status, listed.get(one, {})) for one in studies}
        if json:
            as_json({**_head(state, milestone, gates, wanted), "studies": told})
        else:
            _print(found, told, wanted)


def _head(state: State, milestone: str, gates: str | None, wanted: Sequence[str]) -> dict[str, object]:
    line = state.line
    return {
        "snapshot": None if line is None else line.snapshot,
        "as_of": None if line is None else line.as_of,
        "milestone": milestone if gates is None else "own",
        "gates": list(wanted),
    }


def _gates(milestone: str, gates: str | None) -> tuple[str, ...]:
    """The criteria that are asked for. Raises `InvalidQuestion` for a name that is none."""
    if gates is not None:
        chosen = tuple(code.strip().upper() for code in gates.split(",") if code.strip())
        wrong = [code for code in chosen if code not in CRITERIA]
        if wrong or not chosen:
            raise InvalidQuestion(
                f"there is no criterion {', '.join(wrong) or '(none given)'}", where="--gates", todo=f"Choose of {', '.join(CRITERIA)}."
            )
        return chosen
    if milestone not in MILESTONES:
        raise InvalidQuestion(
            f"there is no milestone {milestone}", where="--milestone", todo=f"Choose one of {', '.join(MILESTONES)}, or give --gates."
        )
    return MILESTONES[milestone].gates


def _listed(clean: Clean, studies: Sequence[StudyId], path: Path) -> dict[StudyId, dict[str, Mask]]:
    """Study -> population -> its members, from a CSV. Raises `InvalidQuestion` for a file that cannot be read so."""
    if len(studies) != 1:
        raise InvalidQuestion(
            "members are given for no single study", where=str(path), todo="Name the study: ncdm clean STUDY --members FILE."
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(str(row["population"]).strip().upper(), str(row["subject"]).strip()) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise InvalidQuestion(
            f"the members cannot be read: {error}", where=str(path), todo="Give a CSV in UTF-8 with the columns population and subject."
        ) from None
    known = {str(subject.subject_id): number for number, (of, subject) in enumerate(clean.measures.universe.subjects) if of == studies[0]}
    codes = {population.code for population in POPULATIONS}
    wrong = [name for population, name in rows if population not in codes or name not in known]
    if wrong:
        raise InvalidQuestion(
            f"{len(wrong)} members are no subject or of no population, the first is {wrong[0]}",
            where=str(path),
            todo=f"Populations: {', '.join(sorted(codes))}. Subjects as the study labels them.",
        )
    found: dict[str, Mask] = {}
    for population, name in rows:
        found.setdefault(population, np.zeros(len(clean.measures.universe.subjects), dtype=np.bool_))[known[name]] = True
    return {studies[0]: found}


def _of_study(clean: Clean, study: StudyId, gates: Sequence[str], status: str | None, listed: Mapping[str, Mask]) -> dict[str, object]:
    strata = statuses(clean, study)
    if status is not None:
        known = {(one or NO_STATUS).lower(): one for one in strata}
        if status.lower() not in known:
            return {"members": 0, "by_status": {}, "reason": f"no subject has the status {status}"}
        strata = {known[status.lower()]: strata[known[status.lower()]]}
    everyone = in_study(clean, study) if status is None else next(iter(strata.values()))
    steps = queue(clean, gates, everyone)
    owners, sites = freed(steps)
    return {
        **_told(standing(clean, gates, everyone)),
        "by_status": {one or NO_STATUS: _told(standing(clean, gates, mask)) for one, mask in strata.items()},
        "criteria": _criteria(clean, gates, everyone),
        "queue": [_step(step) for step in steps],
        "freed_by_owner": owners,
        "freed_by_site": sites,
        "blockers": loads(clean, gates).get(study, ()),
        "readiness": [_readiness(readiness(clean, gates, study, population, listed.get(population.code))) for population in POPULATIONS],
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _told(found: Standing) -> dict[str, object]:
    def around(interval: tuple[float, float] | None) -> list[float] | None:
        return None if interval is None else [100 * interval[0], 100 * interval[1]]

    return {
        "members": found.members,
        "clean": found.clean,
        "unclean": found.unclean,
        "unknown": found.unknown,
        "not_applicable": found.not_applicable,
        "clean_pct": _percent(found.clean_share),
        "clean_pct_interval": around(found.interval),
        "clean_on_submitted_pct": _percent(found.submitted_share),
        "clean_on_submitted_pct_interval": around(found.submitted_interval),
    }


def _criteria(clean: Clean, gates: Sequence[str], members: Mask) -> dict[str, object]:
    counted = by_criterion(clean, gates, members)
    found: dict[str, object] = {}
    for code in gates:
        reasons = sorted(
            {str(reason) for reason in clean.judged(code).reason[members] if reason is not None and "could be about" not in str(reason)}
        )
        found[code] = {
            "title": CRITERIA[code].title,
            **{str(outcome): count for outcome, count in counted[code].items()},
            "reasons": reasons,
        }
    return found


def _step(step: Step) -> dict[str, object]:
    return {
        "subject": step.group.subject_id,
        "site": step.group.site_id,
        "criterion": step.criterion,
        "items": step.items,
        "days": step.days,
        "urgency": step.urgency,
        "owner": step.owner,
        "owner_source": step.owner_source,
    }


def _readiness(found: Readiness) -> dict[str, object]:
    return {
        "population": found.population.code,
        "target_pct": 100 * found.population.target,
        "members_by": found.proxy or "list",
        "answer": found.answer,
        "members": found.members,
        "clean": found.clean,
        "unknown": found.unknown,
        "clean_pct_interval": None if found.interval is None else [100 * found.interval[0], 100 * found.interval[1]],
        "clean_pct_if_unknown": None if found.share_if is None else [100 * found.share_if[0], 100 * found.share_if[1]],
        "why": found.why,
        "deciding": [group.subject_id for group in found.deciding],
    }


def _group(clean: Clean, study: StudyId, subject: str) -> Group:
    """The subject of that label, as people type it. Raises `NotFound`."""
    labels = {subject.lower(), f"subject {subject}".lower()}
    for group in clean.measures.universe.groups(Level.SUBJECT):
        if group.study_id == study and (group.subject_id or "").lower() in labels:
            return group
    raise NotFound(f"{study} has no subject {subject}", todo=f"List them: ncdm rows {study.removeprefix('Study ')} subject_metrics.")


def _subject(clean: Clean, study: StudyId, label: str, gates: Sequence[str], *, json: bool) -> None:
    group = _group(clean, study, label)
    number = clean.measures.universe.groups(Level.SUBJECT).index(group)
    low, high = clean.progress
    outcome = OUTCOMES[clean.overall(gates)[number]]
    criteria = {
        code: {
            "title": criterion.title,
            "gate": code in gates,
            "outcome": OUTCOMES[clean.judged(code).outcome[number]],
            "reason": clean.judged(code).reason[number],
            "items": _or_none(clean.judged(code).items[number]),
            "score": _or_none(clean.judged(code).score[number]),
            "urgency": URGENCIES[clean.judged(code).urgency[number]],
        }
        for code, criterion in CRITERIA.items()
    }
    found = blockers(clean, group)
    if json:
        as_json(
            {
                "study": group.study_id,
                "site": group.site_id,
                "subject": group.subject_id,
                "status": clean.measures.universe.subjects[number][1].subject_status,
                "gates": list(gates),
                "outcome": outcome,
                "progress": [_or_none(low[number]), _or_none(high[number])],
                "criteria": criteria,
                "blockers": found,
            }
        )
        return
    OUT.print(f"[bold]{printable(group.subject_id or '')}[/bold], {printable(group.site_id or 'no site')}: {outcome}")
    as_table(
        "Criteria",
        ("criterion", "what", "outcome", "items", "why"),
        [(code, one["title"], one["outcome"], one["items"], one["reason"] or "") for code, one in criteria.items()],
        numbers=("items",),
    )
    as_table(
        "What stands in the way",
        ("criterion", "row", "state", "owner", "days", "urgency", "next"),
        [
            (one.criterion, one.row_ref, one.state, f"{one.owner} ({one.owner_source})", one.days, one.urgency, one.next_action)
            for one in found
        ],
        numbers=("days",),
        empty="Nothing stands in the way.",
    )


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _print(clean: Clean, told: Mapping[StudyId, Mapping[str, object]], gates: Sequence[str]) -> None:
    rows: list[tuple[object, ...]] = []
    for study in told:
        for status, mask in {
            "all": in_study(clean, study),
            **{one or NO_STATUS: mask for one, mask in statuses(clean, study).items()},
        }.items():
            found = standing(clean, gates, mask)
            share = (
                None
                if found.clean_share is None or found.interval is None
                else (f"{100 * found.clean_share:.1f} ({100 * found.interval[0]:.1f} to {100 * found.interval[1]:.1f})")
            )
            rows.append((study if status == "all" else "", status, found.members, found.clean, found.unclean, found.unknown, share))
    as_table(
        f"Clean subjects, gates {' '.join(gates)}",
        ("study", "status", "subjects", "clean", "unclean", "unknown", "clean % (95 %)"),
        rows,
        numbers=("subjects", "clean", "unclean", "unknown"),
    )
    if len(told) > 1:
        return
    (study,) = told
    steps = queue(clean, gates, in_study(clean, study))
    as_table(
        f"One step from clean: {len(steps)} subjects",
        ("subject", "site", "criterion", "items", "days", "urgency", "owner"),
        [
            (one.group.subject_id, one.group.site_id or "", one.criterion, one.items, one.days, one.urgency, one.owner)
            for one in steps[:SHOWN]
        ],
        numbers=("items", "days"),
        empty="Nobody is one step from clean.",
    )
    as_table(
        "Readiness",
        ("population", "target", "answer", "why"),
        [
            (found.population.title, f"{100 * found.population.target:.0f} %", found.answer, found.why)
            for found in (readiness(clean, gates, study, population) for population in POPULATIONS)
        ],
    )
