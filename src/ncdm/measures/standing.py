"""How many members of a population are clean, with an interval, and who is one step away."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.measures.clean import SUBMITTED, Clean, Mask
from ncdm.measures.clean_share import clean_share
from ncdm.measures.criterion import FAIL, NOT_APPLICABLE, OUTCOMES, PASS, UNKNOWN, URGENCIES, Levels, Outcome, Urgency
from ncdm.measures.owner import OwnerSource
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId


@dataclass(frozen=True, slots=True)
class Standing:
    """A population at a milestone. Unknown is not clean, and its share is shown."""

    members: int
    clean: int
    unclean: int
    unknown: int
    not_applicable: int
    clean_share: float | None
    """Strict: clean of all members for whom something applies, 0 to 1; ``None`` without any, or when each of them is unknown."""
    interval: tuple[float, float] | None
    """Wilson, 95 %, of the strict share."""
    share_if: tuple[float, float] | None
    """The share if every unknown member were unclean, and if every one were clean; ``None`` without members."""
    interval_if: tuple[float, float] | None
    """From the lower end of Wilson's interval around the first to the upper end around the second."""
    submitted_share: float | None
    """The same without missing visits and pages: of what was submitted."""
    submitted_interval: tuple[float, float] | None
    submitted_share_if: tuple[float, float] | None
    submitted_interval_if: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Step:
    """A subject who is clean once one criterion is."""

    group: Group
    criterion: str
    items: int
    days: int | None
    urgency: Urgency
    owner: str
    owner_source: OwnerSource


def standing(clean: Clean, gates: Sequence[str], members: Mask) -> Standing:
    """How the members stand at these gates."""
    outcomes = clean.overall(gates)[members]
    counted = np.bincount(outcomes, minlength=len(OUTCOMES))
    submitted = clean.overall([code for code in gates if code not in SUBMITTED])[members]
    return Standing(
        int(members.sum()),
        int(counted[PASS]),
        int(counted[FAIL]),
        int(counted[UNKNOWN]),
        int(counted[NOT_APPLICABLE]),
        *_share(outcomes),
        *_share(submitted),
    )


_Pair = tuple[float, float]


def _share(outcomes: Levels) -> tuple[float | None, _Pair | None, _Pair | None, _Pair | None]:
    """Strict share and interval, and share and interval if the unknown were unclean or clean."""
    unknown, members = int((outcomes == UNKNOWN).sum()), int((outcomes != NOT_APPLICABLE).sum())
    found = clean_share(int((outcomes == PASS).sum()), unknown, members)
    if found is None:
        return None, None, None, None
    if unknown == members:
        return None, None, found.share_if, found.interval_if
    return found.share, found.interval, found.share_if, found.interval_if


def by_criterion(clean: Clean, gates: Sequence[str], members: Mask) -> dict[str, dict[Outcome, int]]:
    """Criterion -> outcome -> members."""
    return {
        code: {
            OUTCOMES[number]: int(count)
            for number, count in enumerate(np.bincount(clean.judged(code).outcome[members], minlength=len(OUTCOMES)))
        }
        for code in gates
    }


def queue(clean: Clean, gates: Sequence[str], members: Mask) -> tuple[Step, ...]:
    """The members one step from clean: most urgent first, then the oldest, then those with fewest items."""
    groups = clean.measures.universe.groups(Level.SUBJECT)
    found: list[Step] = []
    one_step = clean.one_step(gates) & members
    for code in gates:
        judged = clean.judged(code)
        here = np.flatnonzero(one_step & (judged.outcome == FAIL))
        if len(here) == 0:
            continue
        told = clean.waiting(code)
        days, owners = told.oldest(len(groups)), told.main_owner(len(groups))
        for number in here.tolist():
            owner, source = told.owners[owners[number]]
            age = None if np.isnan(days[number]) else int(days[number])
            found.append(Step(groups[number], code, int(judged.items[number]), age, URGENCIES[judged.urgency[number]], owner, source))
    order = list(Urgency)
    return tuple(
        sorted(
            found, key=lambda step: (-order.index(step.urgency), -1 if step.days is None else -step.days, step.items, _label(step.group))
        )
    )


def freed(steps: Sequence[Step]) -> tuple[dict[str, int], dict[str, int]]:
    """Owner, and site, -> how many subjects it would make clean by its own work alone."""
    owners = Counter(step.owner for step in steps)
    sites = Counter(step.group.site_id or "no site" for step in steps)
    return dict(owners.most_common()), dict(sites.most_common())


def statuses(clean: Clean, study: StudyId) -> dict[str | None, Mask]:
    """Subject status -> the subjects of a study that have it; ``None`` for those whose status is unknown."""
    of_study = in_study(clean, study)
    told = np.array([subject.subject_status for _study, subject in clean.measures.universe.subjects], dtype=object)
    known = sorted({status for status in told[of_study] if status is not None})
    return {status: of_study & (told == status) for status in (*known, None) if (of_study & (told == status)).any()}


def in_study(clean: Clean, study: StudyId) -> Mask:
    """The subjects of a study."""
    universe = clean.measures.universe
    here: Mask = universe.study_of(Level.SUBJECT) == universe.studies.index(study)
    return here


def _label(group: Group) -> tuple[str, str]:
    return group.study_id or "", group.subject_id or ""
