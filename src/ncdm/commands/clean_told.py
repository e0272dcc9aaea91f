"""What ``ncdm clean`` tells a program: the keys stand in docs/how-to/see-who-is-clean.md."""

from collections.abc import Mapping, Sequence

import numpy as np

from ncdm.measures.blockers import blockers, loads
from ncdm.measures.clean import CRITERIA, Clean, Mask
from ncdm.measures.criterion import OUTCOMES, UNKNOWN, URGENCIES
from ncdm.measures.milestone import Milestone
from ncdm.measures.readiness import POPULATIONS, Readiness, readiness
from ncdm.measures.standing import Standing, Step, by_criterion, freed, in_study, queue, standing, statuses
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

NO_STATUS = "(unknown)"


def strata_of(clean: Clean, study: StudyId, status: str | None) -> dict[str, Mask]:
    """Status -> the subjects of a study that have it: all statuses, or the one that is asked for in any case of letters."""
    found = {name or NO_STATUS: mask for name, mask in statuses(clean, study).items()}
    return found if status is None else {name: mask for name, mask in found.items() if name.lower() == status.strip().lower()}


def members_of(clean: Clean, study: StudyId, status: str | None) -> Mask:
    """The subjects of a study that are asked for."""
    if status is None:
        return in_study(clean, study)
    nobody: Mask = np.zeros(len(clean.measures.universe.subjects), dtype=np.bool_)
    return next(iter(strata_of(clean, study, status).values()), nobody)


def study_told(clean: Clean, study: StudyId, milestone: Milestone, status: str | None, listed: Mapping[str, Mask]) -> dict[str, object]:
    """One study at a milestone. Readiness is about its populations, whatever status is asked for."""
    gates, members = milestone.gates, members_of(clean, study, status)
    steps = queue(clean, gates, members)
    owners, sites = freed(steps)
    return {
        "gates": list(gates),
        **_standing(standing(clean, gates, members)),
        "by_status": {name: _standing(standing(clean, gates, mask)) for name, mask in strata_of(clean, study, status).items()},
        "criteria": _criteria(clean, study, gates, members),
        "shown": {"criteria": _criteria(clean, study, milestone.shown, members), "counts": _counts(clean, study, milestone)},
        "queue": [_step(step) for step in steps],
        "freed_by_owner": owners,
        "freed_by_site": sites,
        "blockers": loads(clean, gates, members).get(study, ()),
        "readiness": [_readiness(readiness(clean, gates, study, one, listed.get(one.code))) for one in POPULATIONS],
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _percents(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else [100 * interval[0], 100 * interval[1]]


def _standing(found: Standing) -> dict[str, object]:
    return {
        "members": found.members,
        "clean": found.clean,
        "unclean": found.unclean,
        "unknown": found.unknown,
        "not_applicable": found.not_applicable,
        "clean_pct": _percent(found.clean_share),
        "clean_pct_interval": _percents(found.interval),
        "clean_pct_if_unknown": _percents(found.share_if),
        "clean_pct_if_unknown_interval": _percents(found.interval_if),
        "clean_on_submitted_pct": _percent(found.submitted_share),
        "clean_on_submitted_pct_interval": _percents(found.submitted_interval),
        "clean_on_submitted_pct_if_unknown": _percents(found.submitted_share_if),
        "clean_on_submitted_pct_if_unknown_interval": _percents(found.submitted_interval_if),
    }


def _criteria(clean: Clean, study: StudyId, codes: Sequence[str], members: Mask) -> dict[str, object]:
    counted = by_criterion(clean, codes, members)
    found: dict[str, object] = {}
    for code in codes:
        judged = clean.judged(code)
        unknown = members & (judged.outcome == UNKNOWN)
        needs = dict.fromkeys(need for count in CRITERIA[code].items for need in count.needs)
        found[code] = {
            "title": CRITERIA[code].title,
            **{str(outcome): count for outcome, count in counted[code].items()},
            "reasons": sorted({str(reason) for reason in judged.reason[unknown]}),
            "rejected_lines": clean.measures.rejections(tuple(needs), study),
        }
    return found


def _counts(clean: Clean, study: StudyId, milestone: Milestone) -> dict[str, object]:
    """What stands beside the criteria, for the whole study."""
    found: dict[str, object] = {}
    for count in milestone.counts:
        (value,) = clean.measures.values(count, Level.STUDY, study)
        found[count.code] = {"title": count.title, "value": value.value, "state": value.state, "reason": value.reason}
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
        "perhaps": found.perhaps,
        "clean": found.clean,
        "unknown": found.unknown,
        "clean_pct_interval": _percents(found.interval),
        "clean_pct_if_unknown": _percents(found.share_if),
        "clean_pct_if_unknown_interval": _percents(found.interval_if),
        "why": found.why,
        "deciding": [group.subject_id for group in found.deciding],
    }


def subject_told(clean: Clean, group: Group, gates: Sequence[str]) -> dict[str, object]:
    """One subject, with every row that stands in its way."""
    number = clean.measures.universe.groups(Level.SUBJECT).index(group)
    low, high = clean.progress
    return {
        "study": group.study_id,
        "site": group.site_id,
        "subject": group.subject_id,
        "status": clean.measures.universe.subjects[number][1].subject_status,
        "gates": list(gates),
        "outcome": OUTCOMES[clean.overall(gates)[number]],
        "progress": [_told(low[number]), _told(high[number])],
        "criteria": {code: _judged(clean, code, number, gate=code in gates) for code in CRITERIA},
        "blockers": blockers(clean, group),
    }


def _judged(clean: Clean, code: str, number: int, *, gate: bool) -> dict[str, object]:
    judged = clean.judged(code)
    return {
        "title": CRITERIA[code].title,
        "gate": gate,
        "outcome": OUTCOMES[judged.outcome[number]],
        "reason": judged.reason[number],
        "items": _told(judged.items[number]),
        "score": [_told(judged.score[number]), _told(judged.most[number])],
        "urgency": URGENCIES[judged.urgency[number]],
    }


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
