"""Which sites' work brings the day nearest: the study with one site solved, against the study as it is."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from ncdm.measures.forecast.clean_subjects import log_parts
from ncdm.measures.forecast.outlook import HORIZON, Outlook, without_arrivals
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
    """When the target is reached as things are, at the expected pace."""
    sites: tuple[SiteGain, ...]


def gains(of: Outlook, target: float, by: int) -> Gains:
    """Solve one site after the other and see what it brings; without new items where with them the target is out of reach.

    Arguments as `solved_one_by_one`.
    """
    found = solved_one_by_one(of, target, by)
    return found if found.day is not None else solved_one_by_one(without_arrivals(of), target, by)


def solved_one_by_one(of: Outlook, target: float, by: int) -> Gains:
    """Solve one site after the other and see what it brings.

    target: share of all subjects; below 1 the day is the first on which the expected number of clean subjects is enough, at 1 the first on which all are clean
    with a probability of one half. by: days ahead at which clean subjects are compared. All at the expected pace, so that sites are compared by their work alone;
    what arrives after today arrives at a solved site too.
    """
    sites = len(of.seen.sites)
    days = np.arange(HORIZON + 1)
    as_is, solved = (np.zeros((days.size, sites + 1)) for _ in range(2))
    expected = np.zeros((2, sites + 1))
    for place, day in enumerate(days.tolist()):
        probabilities = _clean(of, day), _clean(_solved(of), day)
        for into, clean in zip((as_is, solved), probabilities, strict=True):
            into[place] = _by_site(of, _amount(clean, target))
        if day == by:
            expected = np.array([_by_site(of, clean) for clean in probabilities])
    enough = np.log(_EVEN) if target == 1.0 else float(of.needed(target))
    whole = np.sum(as_is, axis=1)
    base = _first(whole >= enough)
    listed = []
    for site, name in enumerate(of.seen.sites):
        here = of.seen.site_of == site
        items = np.nan_to_num(of.seen.items[here])
        if not np.any(items > 0.0):
            continue
        without = np.sum(np.delete(as_is, site, axis=1), axis=1) + solved[:, site]
        first = _first(without >= enough)
        listed.append(
            SiteGain(
                name,
                float(np.sum(items)),
                int(np.sum(np.any(items > 0.0, axis=1))),
                None if first is None else of.start + dt.timedelta(days=first),
                None if base is None or first is None else base - first,
                float(expected[1, site] - expected[0, site]),
                _pace(of, site),
            )
        )
    listed.sort(key=lambda one: (one.day or dt.date.max, -one.expected, one.site_id))
    return Gains(
        target, bool(np.any(of.rates.arrival > 0.0)), None if base is None else of.start + dt.timedelta(days=base), tuple(listed[:LISTED])
    )


def _pace(of: Outlook, site: int) -> tuple[SitePace, ...]:
    here = of.seen.site_of == site
    items = np.nansum(of.seen.items[here], axis=0)
    arriving = 7.0 * np.sum(here) * of.rates.arrival[site]
    closing = -np.expm1(-7.0 * of.rates.closure[site])
    return tuple(
        SitePace(code, *each) for code, *each in zip(of.seen.gates, items.tolist(), arriving.tolist(), closing.tolist(), strict=True)
    )


def _solved(of: Outlook) -> Outlook:
    return replace(of, seen=replace(of.seen, items=np.where(np.isnan(of.seen.items), np.nan, 0.0)))


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


def _first(reached: np.typing.NDArray[np.bool_]) -> int | None:
    return int(np.argmax(reached)) if reached.any() else None
