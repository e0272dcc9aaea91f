"""Whether a population is ready for a milestone: yes, with conditions, no, or not to be said (specification of measures, section 2)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.measures.clean import Clean, Mask
from ncdm.measures.counts.deviations_confirmed import DEVIATIONS_CONFIRMED
from ncdm.measures.criterion import NOT_APPLICABLE, PASS, UNKNOWN
from ncdm.measures.grouped import Floats
from ncdm.measures.standing import in_study
from ncdm.measures.statistics.wilson import wilson
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

BEFORE_TREATMENT = frozenset({"Screening", "Screen Failure"})
LEAST_PROGRESS, MOST_UNCLEAN = 50.0, 0.05


class Answer(StrEnum):
    """Whether a population is ready."""

    YES = "yes"
    CONDITIONAL = "conditional"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Population:
    """Who counts, and the share of them that must be clean."""

    code: str
    title: str
    target: float


POPULATIONS = (
    Population("ITT", "Intention to treat", 0.80),
    Population("PP", "Per protocol", 0.85),
    Population("SAF", "Safety", 0.95),
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """The answer for one population of one study."""

    population: Population
    proxy: str | None
    """How members were chosen; ``None`` when a list of them was given."""
    answer: Answer
    members: int
    clean: int
    unknown: int
    interval: tuple[float, float] | None
    """Wilson, 95 %, of the share of clean members."""
    share_if: tuple[float, float] | None
    """The share if every unknown member were unclean, and if every one were clean."""
    why: str
    deciding: tuple[Group, ...]
    """The members on whom the answer turns."""


_PROXY: Mapping[str, str] = {
    "ITT": "subjects beyond screening, by their status",
    "PP": "subjects beyond screening without a confirmed deviation",
    "SAF": "subjects beyond screening, by their status",
}


def proxy_members(clean: Clean, study: StudyId, population: Population) -> Mask:
    """Who stands in for a population whose members nobody listed."""
    status = np.array([subject.subject_status for _study, subject in clean.measures.universe.subjects], dtype=object)
    beyond: Mask = in_study(clean, study) & np.array([one is not None and one not in BEFORE_TREATMENT for one in status])
    if population.code != "PP":
        return beyond
    confirmed = clean.measures.column(DEVIATIONS_CONFIRMED, Level.SUBJECT)
    without: Mask = beyond & (np.nan_to_num(confirmed.numerator, nan=0.0) == 0)
    return without


def readiness(clean: Clean, gates: Sequence[str], study: StudyId, population: Population, listed: Mask | None = None) -> Readiness:
    """Whether a population of a study is ready.

    It is when the target share is clean and no member is below half of its progress; with conditions when more than 5 % of the members are not
    clean. Where counting the unknown members all clean or all unclean changes the answer, it cannot be said.
    """
    members = proxy_members(clean, study, population) if listed is None else listed
    count = int(members.sum())
    proxy = _PROXY[population.code] if listed is None else None
    groups = clean.measures.universe.groups(Level.SUBJECT)
    if count == 0:
        return Readiness(population, proxy, Answer.UNKNOWN, 0, 0, 0, None, None, "the population has no known member", ())
    outcome = clean.overall(gates)
    low, high = clean.progress
    done = members & ((outcome == PASS) | (outcome == NOT_APPLICABLE))
    open_ = members & (outcome == UNKNOWN)
    worst = _answer(count, int(done.sum()), members & ~done, low, population)
    best = _answer(count, int((done | open_).sum()), members & ~done & ~open_, high, population)
    answer = worst[0] if worst[0] is best[0] else Answer.UNKNOWN
    why = (
        worst[1]
        if worst[0] is best[0]
        else f"{int(open_.sum())} members are unknown: {worst[0]} if none of them is clean, {best[0]} if all are"
    )
    deciding = np.flatnonzero(open_) if answer is Answer.UNKNOWN else worst[2]
    shares = (float(done.sum()) / count, float((done | open_).sum()) / count)
    return Readiness(
        population,
        proxy,
        answer,
        count,
        int(done.sum()),
        int(open_.sum()),
        wilson(int(done.sum()), count),
        shares,
        why,
        tuple(groups[number] for number in deciding.tolist()),
    )


def _answer(
    members: int, clean: int, rest: Mask, progress: Floats, population: Population
) -> tuple[Answer, str, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """The answer when everybody is either clean or not, why, and on whom it turns."""
    behind = np.flatnonzero(rest & (np.nan_to_num(progress) < LEAST_PROGRESS))
    others = np.flatnonzero(rest)
    nearest = others[np.argsort(-np.nan_to_num(progress[others]), kind="stable")]
    share = f"{clean} of {members} are clean ({100 * clean / members:.1f} %, target {100 * population.target:.0f} %)"
    short = math.ceil(population.target * members - 1e-9) - clean
    if short > 0:
        return Answer.NO, f"{share}: {short} more are needed", nearest[:short]
    if len(behind):
        return Answer.NO, f"{share}, and {len(behind)} members are below {LEAST_PROGRESS:.0f} % of their progress", behind
    if (members - clean) / members > MOST_UNCLEAN:
        return Answer.CONDITIONAL, f"{share}, and {members - clean} members are not clean", nearest
    return Answer.YES, share, nearest
