"""Which sites' work brings the day nearest: the study with one site solved, against the study as it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ncdm.measures.forecast.clean_subjects import log_parts
from ncdm.measures.forecast.outlook import HORIZON, Outlook, Reached, first_day, without_arrivals
from ncdm.measures.grouped import Floats

LISTED = 10
_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class SitePace:
    """How fast the items of one criterion come and go at one site: its own pace, drawn toward that of the study."""

    code: str
    items: float
    """Outstanding now."""
    arrivals_per_week: float
    """At all its subjects."""
    closed_share_per_week: float
    """Of what is outstanding."""


@dataclass(frozen=True, slots=True)
class SiteGain:
    """One site."""

    site_id: str
    items: float
    """Outstanding now."""
    subjects: int
    """With any of them."""
    day: dt.date | None
    """When the target is reached if the site closes today all that is outstanding; ``None`` where not within two years."""
    days: int | None
    """Days gained; ``None`` where the target is not reached without."""
    expected: float
    """Clean subjects more on the day that is asked for."""
    pace: tuple[SitePace, ...]
    """Criterion by criterion: what it is computed from."""


@dataclass(frozen=True, slots=True)
class Gains:
    """The ten sites whose work gains most."""

    target: float
    arriving: bool
    """Whether new items keep arriving; not so where with them the target is never reached, and sites are compared by what is outstanding now."""
    day: dt.date | None
    """When the target is reached as things are, with a probability of 50 %."""
    sites: tuple[SiteGain, ...]


def gains(of: Outlook, target: float, by: int, as_things_go: Sequence[Reached] = (), nothing_new: Sequence[Reached] = ()) -> Gains:
    """Solve one site after the other and see what it brings; without new items where with them the target is out of reach.

    as_things_go, nothing_new: the tables of targets, of which the day is taken where they have the target. Other arguments as `solved_one_by_one`.
    """
    found = solved_one_by_one(of, target, by, as_things_go)
    return found if found.day is not None else solved_one_by_one(without_arrivals(of), target, by, nothing_new)


def solved_one_by_one(of: Outlook, target: float, by: int, table: Sequence[Reached] = ()) -> Gains:
    """Solve one site after the other and see what it brings.

    target: share of all subjects. by: days ahead at which clean subjects are compared. A day is the first with a probability of 50 %, over all paces, as in
    the table of targets. Which ten sites are looked at is decided at the expected pace, at which many are compared at once. What arrives after today
    arrives at a solved site too.
    """
    known = [one.middle for one in table if one.target == target]
    base = first_day(of, target) if not known else None if known[0] is None else (known[0] - of.start).days
    more = _more_clean(of, by)
    listed = []
    for site in _nearest(of, target, more):
        here = of.seen.site_of == site
        items = np.nan_to_num(of.seen.items[here])
        first = first_day(_solved(of, here), target, base)
        listed.append(
            SiteGain(
                of.seen.sites[site],
                float(np.sum(items)),
                int(np.sum(np.any(items > 0.0, axis=1))),
                None if first is None else of.start + dt.timedelta(days=first),
                None if base is None or first is None else base - first,
                float(more[site]),
                _pace(of, site),
            )
        )
    listed.sort(key=lambda one: (one.day or dt.date.max, -one.expected, one.site_id))
    return Gains(target, bool(np.any(of.rates.arrival > 0.0)), None if base is None else of.start + dt.timedelta(days=base), tuple(listed))


def _pace(of: Outlook, site: int) -> tuple[SitePace, ...]:
    here = of.seen.site_of == site
    items = np.nansum(of.seen.items[here], axis=0)
    arriving = 7.0 * np.sum(here) * of.rates.arrival[site]
    closing = -np.expm1(-7.0 * of.rates.closure[site])
    return tuple(
        SitePace(code, *each) for code, *each in zip(of.seen.gates, items.tolist(), arriving.tolist(), closing.tolist(), strict=True)
    )


def _more_clean(of: Outlook, days: int) -> Floats:
    """(S,) how many subjects more are expected to be clean after so many days where a site is solved today."""
    everywhere = np.ones(of.seen.site_of.shape, dtype=np.bool_)
    return _by_site(of, np.mean(_solved(of, everywhere).clean(days) - of.clean(days), axis=0))


def _nearest(of: Outlook, target: float, more: Floats) -> list[int]:
    """The sites that bring the target nearest if they are solved, at the expected pace: at most ten, of those that have anything outstanding."""
    sites = len(of.seen.sites)
    days = np.arange(HORIZON + 1)
    as_is, solved = (np.zeros((days.size, sites + 1)) for _ in range(2))
    all_solved = _solved(of, np.ones(of.seen.site_of.shape, dtype=np.bool_))
    for day in days.tolist():
        for into, which in ((as_is, of), (solved, all_solved)):
            into[day] = _by_site(of, _amount(_clean(which, day), target))
    enough = np.log(_EVEN) if target == 1.0 else float(of.needed(target))
    ranked = []
    for site, name in enumerate(of.seen.sites):
        if np.any(np.nan_to_num(of.seen.items[of.seen.site_of == site]) > 0.0):
            without = np.sum(np.delete(as_is, site, axis=1), axis=1) + solved[:, site]
            first = _first(without >= enough)
            ranked.append((HORIZON + 1 if first is None else first, -float(more[site]), name, site))
    return [site for *_, site in sorted(ranked)[:LISTED]]


def _solved(of: Outlook, here: npt.NDArray[np.bool_]) -> Outlook:
    """The same with all that is outstanding of these subjects closed; what is unknown stays so."""
    items = np.where(here[:, np.newaxis] & ~np.isnan(of.seen.items), 0.0, of.seen.items)
    return replace(of, seen=replace(of.seen, items=items))


def _clean(of: Outlook, days: int) -> Floats:
    """(N,) at the expected pace; 0 where something is unknown."""
    gone, newer = log_parts(np.nan_to_num(of.seen.items), of.seen.site_of, of.rates, days)
    return np.where(np.isnan(of.seen.items).any(axis=1), 0.0, np.exp(gone - newer))


def _amount(clean: Floats, target: float) -> Floats:
    """What is added over subjects: the logarithm of the probability of all, or the expected number."""
    if target != 1.0:
        return clean
    with np.errstate(divide="ignore"):
        return np.log(clean)


def _by_site(of: Outlook, values: Floats) -> Floats:
    return np.asarray(np.bincount(of.seen.site_of, values, minlength=len(of.seen.sites) + 1), dtype=np.float64)


def _first(reached: npt.NDArray[np.bool_]) -> int | None:
    return int(np.argmax(reached)) if reached.any() else None
