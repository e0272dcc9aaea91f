"""Whether a population is ready for a milestone: yes, with conditions, no, or not to be said (specification of measures, section 2)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from ncdm.contracts.kinds.cpid import SUBJECT_SHEET
from ncdm.measures.clean import Clean, Mask
from ncdm.measures.clean_share import clean_share
from ncdm.measures.counts.deviations_confirmed import DEVIATIONS_CONFIRMED
from ncdm.measures.criterion import NOT_APPLICABLE, PASS, UNKNOWN
from ncdm.measures.grouped import Floats
from ncdm.measures.standing import in_study
from ncdm.measures.universe import Numbers
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
    """Those for whom some criterion applies."""
    perhaps: int
    """Further subjects of whom it is not known whether they are members."""
    clean: int
    unknown: int
    interval: tuple[float, float] | None
    """Wilson, 95 %, of the strict share of clean members."""
    share_if: tuple[float, float] | None
    """The share if every unknown member were unclean, and if every one were clean."""
    interval_if: tuple[float, float] | None
    """From the lower end of Wilson's interval around the first to the upper end around the second."""
    why: str
    deciding: tuple[Group, ...]
    """The members on whom the answer turns."""


_PROXY: Mapping[str, str] = {
    "ITT": "subjects beyond screening, by their status",
    "PP": "subjects beyond screening without a confirmed deviation",
    "SAF": "subjects beyond screening, by their status",
}


def by_proxy(clean: Clean, study: StudyId, population: Population) -> tuple[Mask, Mask]:
    """Who surely belongs, and who may: their status, or their confirmed deviations, are not known."""
    here = in_study(clean, study)
    status = [subject.subject_status for _study, subject in clean.measures.universe.subjects]
    told: Mask = np.array([one is not None for one in status], dtype=np.bool_)
    beyond: Mask = here & told & np.array([one not in BEFORE_TREATMENT for one in status], dtype=np.bool_)
    perhaps: Mask = here & ~told
    if population.code != "PP":
        return beyond, perhaps
    confirmed = clean.measures.column(DEVIATIONS_CONFIRMED, Level.SUBJECT)
    some: Mask = np.nan_to_num(confirmed.numerator) > 0
    none: Mask = confirmed.known() & ~some
    return beyond & none, (beyond & ~some & ~none) | (perhaps & ~some)


def readiness(clean: Clean, gates: Sequence[str], study: StudyId, population: Population, listed: Mask | None = None) -> Readiness:
    """Whether a population of a study is ready.

    It is when the target share is clean and no member is below half of its progress; with conditions when more than 5 % of the members are not
    clean. Where counting the unknown members all clean or all unclean changes the answer, it cannot be said; who may or may not be a member is
    counted in the worst case when unclean, and in the best when clean. Without a list of its subjects a study has members whom nobody knows.
    """
    members, perhaps = (listed, np.zeros_like(listed)) if listed is not None else by_proxy(clean, study, population)
    outcome = clean.overall(gates)
    members, perhaps = members & (outcome != NOT_APPLICABLE), perhaps & (outcome != NOT_APPLICABLE)
    done, open_ = outcome == PASS, outcome == UNKNOWN
    low, high = clean.progress
    count, clean_n, unknown_n = int(members.sum()), int((members & done).sum()), int((members & open_).sum())
    share = clean_share(clean_n, unknown_n, count)
    found = partial(
        Readiness,
        population=population,
        proxy=_PROXY[population.code] if listed is None else None,
        members=count,
        perhaps=int(perhaps.sum()),
        clean=clean_n,
        unknown=unknown_n,
        interval=None if share is None else share.interval,
        share_if=None if share is None else share.share_if,
        interval_if=None if share is None else share.interval_if,
    )
    groups = clean.measures.universe.groups(Level.SUBJECT)

    def told(answer: Answer, why: str, deciding: Numbers) -> Readiness:
        return found(answer=answer, why=why, deciding=tuple(groups[number] for number in deciding.tolist()))

    if not (count or perhaps.any()):
        return told(Answer.UNKNOWN, "the population has no known member", np.array([], dtype=np.int64))
    if listed is None and not clean.measures.delivers(study, (SUBJECT_SHEET,)):
        return told(
            Answer.UNKNOWN,
            "no report lists all subjects: there may be members whom nobody names",
            np.flatnonzero(perhaps | (members & open_)),
        )
    worst = _answer(members | (perhaps & ~done), done, low, population)
    best = _answer(members | (perhaps & (done | open_)), done | open_, high, population)
    if worst[0] is best[0]:
        extra = int((perhaps & ~done).sum())
        return told(worst[0], f"{worst[1]}; {extra} of them are perhaps no members" if extra else worst[1], worst[2])
    unsure = (members & open_) | perhaps
    why = f"{_people(members & open_, 'unknown')}{_people(perhaps, 'perhaps no members')}: {worst[0]} at worst, {best[0]} at best"
    return told(Answer.UNKNOWN, why.removeprefix(", "), np.flatnonzero(unsure))


def _people(who: Mask, what: str) -> str:
    return f", {int(who.sum())} subjects are {what}" if who.any() else ""


def _answer(members: Mask, done: Mask, progress: Floats, population: Population) -> tuple[Answer, str, Numbers]:
    """The answer when everybody is either clean or not, why, and on whom it turns."""
    count, clean, rest = int(members.sum()), int((members & done).sum()), members & ~done
    if count == 0:
        return Answer.NO, "nobody who may be a member is one", np.flatnonzero(rest)
    behind = np.flatnonzero(rest & (np.nan_to_num(progress) < LEAST_PROGRESS))
    others = np.flatnonzero(rest)
    nearest = others[np.argsort(-np.nan_to_num(progress[others]), kind="stable")]
    share = f"{clean} of {count} are clean ({100 * clean / count:.1f} %, target {100 * population.target:.0f} %)"
    short = math.ceil(population.target * count - 1e-9) - clean
    if short > 0:
        return Answer.NO, f"{share}: {short} more are needed", nearest[:short]
    if len(behind):
        return Answer.NO, f"{share}, and {len(behind)} members are below {LEAST_PROGRESS:.0f} % of their progress", behind
    if (count - clean) / count > MOST_UNCLEAN:
        return Answer.CONDITIONAL, f"{share}, and {count - clean} members are not clean", nearest
    return Answer.YES, share, nearest
