"""Under-reporting found at visit level: exact convolution beside the bootstrap of simaerep, re-expressed in our own code, and what they cost.

Sites and subjects are those of gsm.core's sample data with at least 30 days at the site; a subject has a visit for each fortnight begun. A site's
true rate is the study's times a gamma factor of variance tau2; 5 % of the sites report only a part, or nothing. Both methods read the same
visits; beside them stands the count of the site alone (NB mid-p), which does not know when anything happened.

Found: the share of faulty sites whose score is beyond the 99 % quantile of the pooled healthy ones. False alarms: healthy sites with a
probability of .95 / .99 or more, nominal 5 / 1 %; without heterogeneity only, since neither method knows of any. A bootstrap of 1,000 draws
ties all sites that no draw undercuts. Time: 1,000 subjects at 100 sites and 10,000 at 1,000. The bars: what flags a site by default, its count, finds no
less than .03 below the bootstrap in any cell; and the times of measures-and-statistics section 7.

    python bench/reporting.py [--quick] [--studies 40] [--exposures FILE.csv]
"""

import argparse
import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # the type checker knows this folder by its own name, the interpreter as the folder of the script
    from bench.measuring import ROOT, quiet
else:
    from measuring import ROOT, quiet

from ncdm.measures.statistics.dispersion import fit_robustly
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.statistics.midp import mid_p
from ncdm.measures.statistics.reporting import reporting_probability
from ncdm.measures.statistics.reporting_classic import classic_reporting
from ncdm.measures.statistics.reporting_visits import VisitCounts, complete_visits

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

EXPOSURES = ROOT.parent / "shared" / "data" / "anchors" / "gsm_core_analytics_input.csv"
SHORTEST, VISIT, FAULTY, QUANTILE, SEED = 30.0, 14.0, 0.05, 0.99, 21
EXACT, BOOTSTRAP, COUNTED = "exact", "bootstrap", "NB mid-p"
METHODS = (EXACT, BOOTSTRAP, COUNTED)
SLACK, ALARMS = 0.03, (0.95, 0.99)
TIMES = ((1_000, 100, 0.04), (10_000, 1_000, 0.27))


@dataclass(frozen=True, slots=True)
class Exposed:
    """The subjects of one study."""

    site: Integers
    days: Floats
    visits: Integers

    def study(self, rate: Floats, random: np.random.Generator) -> VisitCounts:
        """Their cumulative events by visit, at a rate a day of each subject."""
        subject = np.repeat(np.arange(self.site.size), self.visits)
        visit = np.arange(subject.size) - np.repeat(np.cumsum(self.visits) - self.visits, self.visits) + 1
        events = random.poisson(np.repeat(rate * self.days / self.visits, self.visits))
        total = np.cumsum(events)
        before = np.repeat(np.concatenate(([0], total))[np.cumsum(self.visits) - self.visits], self.visits)
        return complete_visits(self.site[subject], subject, visit, total - before)

    @property
    def site_days(self) -> Floats:
        """Days of each site."""
        return np.bincount(self.site, weights=self.days).astype(np.float64)


def main() -> int:
    """Print the tables; 1 when a bar is missed."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true", help="a quarter of the studies; the error of a figure is then twice as large")
    asked.add_argument("--studies", type=int, default=40, help="studies for each figure (default 40)")
    asked.add_argument("--exposures", type=Path, default=EXPOSURES, help="CSV with GroupID and Denominator, one line a subject")
    options = asked.parse_args()
    if not options.exposures.exists():
        print(f"no exposures at {options.exposures}: name the file with --exposures", file=sys.stderr)
        return 2
    of = exposed(options.exposures)
    studies = max(1, options.studies // 4) if options.quick else options.studies
    print(f"{of.site_days.size} sites, {of.site.size} subjects, {of.visits.sum():,} visits, {studies} studies a row; {quiet()}")
    met = [*detection_table(of, studies), *time_table()]
    print(f"\n{sum(met)} of {len(met)} bars met")
    return 0 if all(met) else 1


def exposed(path: Path) -> Exposed:
    """The subjects of sites with at least 30 days."""
    with path.open(encoding="utf-8", newline="") as lines:
        told = [(line["GroupID"], float(line["Denominator"])) for line in csv.DictReader(lines)]
    total: dict[str, float] = {}
    for group, days in told:
        total[group] = total.get(group, 0.0) + days
    kept = [(group, days) for group, days in told if days > 0.0 and total[group] >= SHORTEST]
    _, site = np.unique([group for group, _ in kept], return_inverse=True)
    long = np.array([days for _, days in kept], dtype=np.float64)
    return Exposed(site.astype(np.int64), long, np.ceil(long / VISIT).astype(np.int64))


def scores(study: VisitCounts, days: Floats) -> dict[str, Floats]:
    """How suspicious each site is of telling too little, by each method."""
    events = np.bincount(study.site, weights=study.last_count).astype(np.float64)
    fit = fit_robustly(CountKind.RATE, events, days)
    return {
        EXACT: reporting_probability(study).p_ur,
        BOOTSTRAP: 1.0 - classic_reporting(study).prob_low,
        COUNTED: -mid_p(fit.law, events, days).z if fit is not None else np.zeros(events.size),
    }


def detection_table(of: Exposed, studies: int) -> list[bool]:
    """Print what each method finds at 1 % false alarms, and how often healthy sites alarm."""
    print("\nFound at 1 % false alarms" + " " * 47 + "healthy sites with .95 / .99 or more, in %")
    print(
        f"{'rate':>6}{'tau2':>6}{'factor':>8}" + "".join(f"{name:>12}" for name in METHODS) + f"{'bar':>9}{'':9}{EXACT:>14}{BOOTSTRAP:>14}"
    )
    met = []
    cells = [(rate, tau2, factor) for rate, tau2 in ((0.082, 0.0), (0.082, 0.1), (0.004, 0.0)) for factor in (0.0, 0.25, 0.5)]
    for number, (rate, tau2, factor) in enumerate(cells):
        random = np.random.default_rng([SEED, number])
        faulty, each = [], []
        for _ in range(studies):
            bad = np.zeros(of.site_days.size, dtype=np.bool_)
            bad[random.choice(bad.size, round(FAULTY * bad.size), replace=False)] = True
            true = rate * (random.gamma(1.0 / tau2, tau2, bad.size) if tau2 > 0.0 else 1.0) * np.where(bad, factor, 1.0)
            each.append(scores(of.study(true[of.site], random), of.site_days))
            faulty.append(bad)
        at = np.concatenate(faulty)
        pooled = {name: np.concatenate([one[name] for one in each]) for name in METHODS}
        found = {name: float(np.mean(score[at] > np.quantile(score[~at], QUANTILE))) for name, score in pooled.items()}
        bar = found[BOOTSTRAP] - SLACK
        met.append(found[COUNTED] >= bar)
        said = "".join(f"{found[name]:12.3f}" for name in METHODS)
        alarms = (
            "".join(
                f"{' / '.join(f'{100.0 * np.mean(pooled[name][~at] >= limit):.1f}' for limit in ALARMS):>14}" for name in (EXACT, BOOTSTRAP)
            )
            if tau2 == 0.0
            else ""
        )
        print(f"{rate:6.3f}{tau2:6.1f}{factor:8.2f}{said}{bar:9.3f}  {verdict(met=met[-1]):7}{alarms}", flush=True)
    return met


def time_table() -> list[bool]:
    """Print how long the exact probability takes, beside the bootstrap."""
    print(f"\n{'subjects':>9}{'sites':>7}{'exact s':>10}{'bootstrap s':>13}{'bar':>8}")
    met = []
    for subjects, sites, bar in TIMES:
        random = np.random.default_rng([SEED, subjects])
        visits = random.integers(5, 25, subjects)
        of = Exposed(random.permutation(np.arange(subjects) % sites), (visits * VISIT).astype(np.float64), visits)
        study = of.study(np.full(subjects, 0.02), random)
        exact, bootstrap = (_timed(study, classic=classic) for classic in (False, True))
        met.append(exact <= bar)
        print(f"{subjects:9,}{sites:7,}{exact:10.3f}{bootstrap:13.2f}{bar:8.2f}  {verdict(met=met[-1])}")
    return met


def _timed(study: VisitCounts, *, classic: bool) -> float:
    taken = []
    for _ in range(1 if classic else 3):
        began = time.perf_counter()
        classic_reporting(study) if classic else reporting_probability(study)
        taken.append(time.perf_counter() - began)
    return min(taken)


def verdict(*, met: bool) -> str:
    """Whether a bar is met, in words."""
    return "met" if met else "NOT MET"


if __name__ == "__main__":
    sys.exit(main())
