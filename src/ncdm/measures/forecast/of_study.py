"""When a study will be clean for a milestone, or why its snapshots cannot say."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.clean import CRITERIA, MILESTONES
from ncdm.measures.forecast.gains import Gains, gains
from ncdm.measures.forecast.observed import Observed, observed
from ncdm.measures.forecast.outlook import HORIZON, ByDay, Outlook, Reached, curve, outlook, reached, without_arrivals
from ncdm.measures.forecast.rates import Rates, rates
from ncdm.measures.history.moments import Moment
from ncdm.measures.measure import Definition
from ncdm.types import StudyId

AHEAD = 84
"""Days ahead when no day is asked for: twelve weeks."""

FORECAST = Definition(
    what="The probability that 80, 85, 95 % or all subjects of a study are clean for a milestone by a day, and the days by which it is reached.",
    why="A date for a lock is otherwise a hope. The range says how much the snapshots know.",
    formula=(
        "between snapshots, for each site and criterion: arrivals over subject-days, closures over item-days, gamma-Poisson with the dispersion of the study's"
        " sites; a subject with n items is clean after t days with probability prod (1 - exp(-h t))^n exp(-a (1 - exp(-h t)) / h); the number of clean subjects"
        " is Poisson binomial; averaged over 11 x 11 equally probable paces of closure and arrival, Gamma(events + 1/2) each; interval: 5 to 95 % over the paces"
    ),
    source="issue of the forecast; measures-and-statistics 4.2(1), (2), (6), 6 of data-contracts for what one snapshot cannot say",
    example="One subject with one query, closed at 10 % a day and nothing new: clean after a week with 1 - exp(-.7) = 50 %.",
    limits=(
        "Assumed: the pace between the snapshots goes on; items are closed independently of each other and of their age; subjects are independent given the pace;"
        " nobody is enrolled and no visit falls due other than at the pace seen. While much arrives, all clean at once is out of reach: the second scenario, in"
        " which nothing new arrives, says how long the present backlog takes. What came and went between two snapshots within one subject is not seen,"
        " except for queries. A subject of which anything is unknown counts as not clean. Silent with one snapshot, or without two days, of any criterion."
    ),
)


@dataclass(frozen=True, slots=True)
class GateRates:
    """One criterion of the study."""

    code: str
    title: str
    outstanding: float | None
    arrived: float
    closed: float
    arrivals_per_week: float | None
    """Of the whole study at the rates seen."""
    closed_share_per_week: float | None
    """Of what is outstanding."""
    reason: str | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is to be expected if things go on in one way."""

    by: ByDay
    """On the day that was asked for."""
    reached: tuple[Reached, ...]
    curve: tuple[ByDay, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of one study and milestone; without scenarios there is none, and ``reason`` says why."""

    study_id: StudyId
    milestone: str
    snapshots: tuple[int, ...]
    start: dt.date | None
    """The day of the latest data."""
    subjects: int
    clean_now: int
    unknown: int
    """Subjects of which something is unknown: not clean, whatever happens."""
    gates: tuple[GateRates, ...]
    as_things_go: Scenario | None
    """Work and new items go on as between the snapshots."""
    nothing_new: Scenario | None
    """Work goes on and nothing new arrives: how long what is outstanding now takes."""
    gains: Gains | None
    reason: str | None


def forecast(
    found: Sequence[Moment], study: StudyId, milestone: str = "database_lock", by: dt.date | None = None, target: float = 1.0
) -> Forecast:
    """Forecast when a study is clean.

    found: the study at its snapshots, oldest first, at least one. milestone: of `MILESTONES`. by: the day asked for (default: twelve weeks after the data).
    target: the share of subjects for which sites are compared. Deterministic: quadrature and convolution, no random numbers.
    Raises `InvalidQuestion` for an unknown milestone, a share outside (0, 1], or a day not within two years after the data.
    """
    if milestone not in MILESTONES:
        raise InvalidQuestion(f"there is no milestone {milestone}", todo=f"Ask for {', '.join(MILESTONES)}.")
    if not 0.0 < target <= 1.0:
        raise InvalidQuestion(f"{target} is no share of subjects", todo="Give a share above 0, up to 1.")
    start = found[-1].day()
    seen = observed(found, study, [CRITERIA[code] for code in MILESTONES[milestone].gates])
    unknown = int(np.sum(np.isnan(seen.items).any(axis=1)))
    pace = rates(seen)
    told = _gates(seen, pace)
    why = _why_not(seen, start)
    clean = int(np.sum(np.all(seen.items == 0.0, axis=1)))
    head = (study, milestone, tuple(moment.snapshot for moment in found), start, len(seen.subjects), clean, unknown, told)
    if why is not None or start is None:
        return Forecast(*head, None, None, None, why)
    ahead = AHEAD if by is None else (by - start).days
    if not 0 <= ahead <= HORIZON:
        raise InvalidQuestion(f"{by} is not within two years after the data of {start}", where="by", todo="Give a later or nearer day.")
    of = outlook(seen, pace, start)
    as_things_go, nothing_new = _scenario(of, ahead), _scenario(without_arrivals(of), ahead)
    return Forecast(*head, as_things_go, nothing_new, gains(of, target, ahead, as_things_go.reached, nothing_new.reached), None)


def _scenario(of: Outlook, ahead: int) -> Scenario:
    days = curve(of)
    return Scenario(of.on(ahead), reached(of, days), days)


def _why_not(seen: Observed, start: dt.date | None) -> str | None:
    if not seen.subjects:
        return "the study has no subjects"
    silent = [
        f"{CRITERIA[code].outstanding.lower()}: {reason}"
        for code, reason in zip(seen.gates, seen.reasons, strict=True)
        if reason is not None
    ]
    if silent:
        return "; ".join(silent)
    return "the data have no day" if start is None else None


def _gates(seen: Observed, pace: Rates) -> tuple[GateRates, ...]:
    found = []
    subjects = np.bincount(seen.site_of, minlength=len(seen.sites) + 1)
    for column, code in enumerate(seen.gates):
        known = seen.reasons[column] is None
        items = seen.items[:, column]
        watched = float(np.sum(seen.item_days[:, column]))
        found.append(
            GateRates(
                code,
                CRITERIA[code].outstanding,
                None if np.isnan(items).all() else float(np.nansum(items)),
                float(np.sum(seen.arrived[:, column])),
                float(np.sum(seen.closed[:, column])),
                float(7.0 * np.sum(subjects * pace.arrival[:, column])) if known else None,
                float(-np.expm1(-7.0 * np.sum(seen.closed[:, column]) / watched)) if known and watched > 0.0 else None,
                seen.reasons[column],
            )
        )
    return tuple(found)
