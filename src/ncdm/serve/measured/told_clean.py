"""Clean Patient Status in the words of the API."""

import numpy as np

from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.blockers import Age, blockers, loads
from ncdm.measures.clean import CRITERIA, MILESTONES, Clean
from ncdm.measures.criterion import CRITICAL, FAIL, OUTCOMES, UNKNOWN, URGENCIES, Outcome
from ncdm.measures.milestone import Milestone
from ncdm.measures.readiness import POPULATIONS, Readiness, by_proxy, readiness
from ncdm.measures.standing import Standing, by_criterion, freed, in_study, queue, standing, statuses
from ncdm.measures.value import Level
from ncdm.serve.measured import answers as say
from ncdm.serve.measured.places import pair, whole
from ncdm.types import StudyId


def milestone_of(code: str) -> Milestone:
    """The milestone with that code. Raises ``InvalidQuestion``."""
    if code not in MILESTONES:
        raise InvalidQuestion(f"there is no milestone {code}", where="milestone", todo=f"Ask for {', '.join(MILESTONES)}.")
    return MILESTONES[code]


def milestone_told(milestone: Milestone) -> say.Milestone:
    """A milestone."""
    return say.Milestone(code=milestone.code, title=milestone.title, gates=milestone.gates)


MILESTONES_TOLD = tuple(milestone_told(one) for one in MILESTONES.values())


def standing_told(found: Standing) -> say.Standing:
    """How many are clean."""
    return say.Standing(
        members=found.members,
        clean=found.clean,
        unclean=found.unclean,
        unknown=found.unknown,
        not_applicable=found.not_applicable,
        share=found.clean_share,
        interval=found.interval,
        share_if=found.share_if,
        interval_if=found.interval_if,
        submitted_share=found.submitted_share,
        submitted_interval=found.submitted_interval,
        submitted_share_if=found.submitted_share_if,
        submitted_interval_if=found.submitted_interval_if,
    )


def critical_items(clean: Clean, study: StudyId, milestone: Milestone) -> int:
    """Items of the highest urgency in the way of a milestone, as many as the rows that wait stand for."""
    here, found = in_study(clean, study), 0.0
    for code in milestone.gates:
        told, urgency = clean.waiting(code), clean.judged(code).urgency
        found += float(told.items[here[told.subject] & (urgency[told.subject] == CRITICAL)].sum())
    return int(found)


def study_told(clean: Clean, study: StudyId, milestone: Milestone) -> say.Clean:
    """One study at a milestone."""
    members, gates = in_study(clean, study), milestone.gates
    steps = queue(clean, gates, members)
    owners, sites = freed(steps)
    return say.Clean(
        milestone=milestone_told(milestone),
        milestones=MILESTONES_TOLD,
        standing=standing_told(standing(clean, gates, members)),
        strata=tuple(
            say.Stratum(status=status, standing=standing_told(standing(clean, gates, mask)))
            for status, mask in statuses(clean, study).items()
        ),
        criteria=tuple(_tally(clean, study, code, gate=code in gates) for code in CRITERIA),
        ages=tuple(Age),
        burdens=tuple(
            say.Burden(
                criterion=one.criterion, owner=one.owner, owner_source=one.owner_source, age=one.age, items=one.items, subjects=one.subjects
            )
            for one in loads(clean, gates, members).get(study, ())
        ),
        one_step=len(steps),
        freed_by_owner=tuple(say.Freed(who=who, subjects=count) for who, count in owners.items()),
        freed_by_site=tuple(say.Freed(who=who, subjects=count) for who, count in sites.items()),
        readiness=tuple(_population(readiness(clean, gates, study, one)) for one in POPULATIONS),
    )


def _tally(clean: Clean, study: StudyId, code: str, *, gate: bool) -> say.Tally:
    here, judged = in_study(clean, study), clean.judged(code)
    counted = by_criterion(clean, (code,), here)[code]
    needs = tuple(dict.fromkeys(need for count in CRITERIA[code].items for need in count.needs))
    return say.Tally(
        code=code,
        title=CRITERIA[code].title,
        gate=gate,
        passed=counted[Outcome.PASS],
        failed=counted[Outcome.FAIL],
        not_applicable=counted[Outcome.NOT_APPLICABLE],
        unknown=counted[Outcome.UNKNOWN],
        reasons=tuple(sorted({str(reason) for reason in judged.reason[here & (judged.outcome == UNKNOWN)]})),
        rejected=clean.measures.rejections(needs, study),
    )


def _population(found: Readiness) -> say.Population:
    return say.Population(
        code=found.population.code,
        title=found.population.title,
        target=found.population.target,
        members_by=found.proxy or "a list",
        answer=found.answer,
        why=found.why,
        members=found.members,
        perhaps=found.perhaps,
        clean=found.clean,
        unknown=found.unknown,
        interval=found.interval,
        share_if=found.share_if,
        interval_if=found.interval_if,
        deciding=tuple(group.subject_id or "" for group in found.deciding),
    )


class Lines:
    """The subjects of a study at a milestone, a line each."""

    def __init__(self, clean: Clean, study: StudyId, milestone: Milestone) -> None:
        self._clean = clean
        self._milestone = milestone
        self._members = [by_proxy(clean, study, population) for population in POPULATIONS]
        subjects = len(clean.measures.universe.subjects)
        self._overall = clean.overall(milestone.gates)
        self._one_step = clean.one_step(milestone.gates)
        self._low, self._high = clean.progress
        self._judged = {code: clean.judged(code) for code in CRITERIA}
        self._oldest = np.full(subjects, np.nan)
        self._weight = np.full(subjects, -np.inf)
        self._owner = np.full(subjects, None, dtype=np.object_)
        for code in milestone.gates:
            waiting = clean.waiting(code)
            self._oldest = np.fmax(self._oldest, waiting.oldest(subjects))
            owners, items = waiting.main_owner(subjects), np.nan_to_num(self._judged[code].items)
            more = (owners >= 0) & (items > self._weight)
            self._owner[more] = [waiting.owners[owner][0] for owner in owners[more]]
            self._weight[more] = items[more]
        self._reasons: dict[str, int] = {}

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason that the lines so far point to."""
        return tuple(self._reasons)

    def line(self, number: int) -> say.CleanLine:
        """The subject with this number in the universe."""
        universe = self._clean.measures.universe
        group, (_study, subject) = universe.groups(Level.SUBJECT)[number], universe.subjects[number]
        failing = [code for code in self._milestone.gates if self._judged[code].outcome[number] == FAIL]
        return say.CleanLine(
            subject_id=subject.subject_id,
            site_id=group.site_id,
            country=group.country,
            status=subject.subject_status,
            outcome=OUTCOMES[self._overall[number]],
            progress=pair(self._low[number], self._high[number]),
            outcomes=tuple(OUTCOMES[judged.outcome[number]] for judged in self._judged.values()),
            items=tuple(whole(judged.items[number]) for judged in self._judged.values()),
            why=tuple(self._why(judged.reason[number]) for judged in self._judged.values()),
            oldest=whole(self._oldest[number]),
            owner=self._owner[number],
            urgency=URGENCIES[max(int(self._judged[code].urgency[number]) for code in failing)] if failing else None,
            one_step=failing[0] if self._one_step[number] else None,
            member=tuple(None if perhaps[number] else bool(members[number]) for members, perhaps in self._members),
        )

    def _why(self, reason: str | None) -> int | None:
        return None if reason is None else self._reasons.setdefault(reason, len(self._reasons))


def subjects_told(clean: Clean, study: StudyId, milestone: Milestone) -> say.CleanSubjects:
    """Every subject of a study."""
    lines = Lines(clean, study, milestone)
    subjects = tuple(lines.line(number) for number in np.flatnonzero(in_study(clean, study)).tolist())
    return say.CleanSubjects(
        milestone=milestone_told(milestone),
        milestones=MILESTONES_TOLD,
        criteria=tuple(say.Named(code=code, title=one.title) for code, one in CRITERIA.items()),
        populations=tuple(say.Named(code=one.code, title=one.title) for one in POPULATIONS),
        reasons=lines.reasons,
        subjects=subjects,
    )


def subject_told(clean: Clean, study: StudyId, subject_id: str, milestone: Milestone) -> say.CleanSubject:
    """One subject with every row that stands in its way. Raises ``NotFound``."""
    groups = clean.measures.universe.groups(Level.SUBJECT)
    number = next((place for place, group in enumerate(groups) if group.study_id == study and group.subject_id == subject_id), None)
    if number is None:
        raise NotFound(f"{study} has no subject {subject_id}", todo="See the list of its subjects.")
    lines = Lines(clean, study, milestone)
    line = lines.line(number)
    return say.CleanSubject(
        line=line,
        reasons=lines.reasons,
        milestone=milestone_told(milestone),
        criteria=tuple(_judged(clean, code, number, gate=code in milestone.gates) for code in CRITERIA),
        blockers=tuple(
            say.Blocker(
                criterion=one.criterion,
                ref=one.row_ref,
                state=one.state,
                owner=one.owner,
                owner_source=one.owner_source,
                days=one.days,
                urgency=one.urgency,
                next_action=one.next_action,
            )
            for one in blockers(clean, groups[number])
        ),
    )


def _judged(clean: Clean, code: str, number: int, *, gate: bool) -> say.Judged:
    judged = clean.judged(code)
    fails = judged.outcome[number] == FAIL
    return say.Judged(
        code=code,
        title=CRITERIA[code].title,
        gate=gate,
        outcome=OUTCOMES[judged.outcome[number]],
        reason=judged.reason[number],
        items=whole(judged.items[number]),
        score=pair(judged.score[number], judged.most[number]),
        urgency=URGENCIES[judged.urgency[number]] if fails else None,
    )
