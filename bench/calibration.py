"""Detection and false alarms of the calibrated mode beside gsm's z, Poisson residuals and a posterior tail, on simulated sites.

Exposures are those of the 125 sites with at least 30 days of gsm.core's sample data; a site's true rate is the study's times a gamma factor of
variance tau2. Detection: 5 % of sites have their rate multiplied, and a method finds a site where its score is beyond the 99 % quantile of
the pooled healthy scores, toward the fault. Calibration: how many healthy sites score |z| >= 2 and >= 3 in studies without any fault. The bars are those of
measures-and-statistics section 7: detection no more than .03 below, false alarms no more than .5 and .1 percentage points above the published
figure of the robust negative-binomial mid-p. Seeds are fixed, so that a run can be repeated. Needs the sample data beside the checkout, or --exposures.

    python bench/calibration.py [--quick] [--studies 200] [--exposures FILE.csv]
"""

import argparse
import csv
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import special

from ncdm.measures.statistics.dispersion import fit_robustly
from ncdm.measures.statistics.flagging import AMBER, RED
from ncdm.measures.statistics.laws import CountKind, RateLaw
from ncdm.measures.statistics.midp import mid_p

Floats = npt.NDArray[np.float64]
Study = tuple[Floats, npt.NDArray[np.bool_]]
"""The events of each site, and which sites are faulty."""

ROOT = Path(__file__).resolve().parents[1]
EXPOSURES = ROOT.parent / "shared" / "data" / "anchors" / "gsm_core_analytics_input.csv"
SHORTEST, FAULTY, QUANTILE = 30.0, 0.05, 0.99
FREQUENT, RARE = 0.082, 0.004
DETECTION_SLACK, AMBER_SLACK, RED_SLACK = 0.03, 0.5, 0.1
TAIL_ABOVE, LEAST_TAU2 = 1.25, 0.02
OURS, TAIL, GSM, WINSOR, DEVIANCE, POISSON = "NB mid-p", "post. tail", "gsm z", "winsor + floor", "Poisson dev.", "Poisson mid-p"
FINDING = (GSM, DEVIANCE, WINSOR, OURS, TAIL)
ALARMING = (GSM, OURS, POISSON, WINSOR)
_LEAST = 1e-300
SEED = 20
FAULTS = (0.0, 0.25, 0.5, 2.0, 3.0)


class TooFewSites(RuntimeError):
    """Fewer than five sites have enough exposure for a law to be fitted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the detection table: how sites behave, and the share that the calibrated mode found when the table was made."""

    rate: float
    tau2: float
    factor: float
    published: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the calibration table: how sites behave, and the percentages of false alarms when it was made."""

    name: str
    rate: float
    tau2: float
    amber: float
    red: float


CELLS = (
    Cell(FREQUENT, 0.1, 0.0, 0.855),
    Cell(FREQUENT, 0.1, 0.25, 0.468),
    Cell(FREQUENT, 0.1, 0.5, 0.141),
    Cell(FREQUENT, 0.1, 2.0, 0.294),
    Cell(FREQUENT, 0.1, 3.0, 0.758),
    Cell(FREQUENT, 0.0, 0.0, 0.899),
    Cell(FREQUENT, 0.0, 0.5, 0.447),
    Cell(RARE, 0.1, 3.0, 0.186),
    # Published as a range over tau2; its lower end is the bar.
    Cell(RARE, 0.1, 0.0, 0.07),
    Cell(RARE, 0.0, 0.0, 0.07),
)
SCENARIOS = (
    Scenario("AE, tau2 0", FREQUENT, 0.0, 3.6, 0.14),
    Scenario("AE, tau2 .1", FREQUENT, 0.1, 3.8, 0.2),
    Scenario("SAE, tau2 0", RARE, 0.0, 1.6, 0.08),
    Scenario("SAE, tau2 .1", RARE, 0.1, 1.8, 0.13),
)


def plain_z(x: Floats, d: Floats) -> Floats:
    """The normal approximation without over-dispersion."""
    mu = float(x.sum() / d.sum())
    return np.zeros_like(x) if mu == 0.0 else (x / d - mu) / np.sqrt(mu / d)


def gsm_z(x: Floats, d: Floats) -> Floats:
    """The normal approximation of gsm, over-dispersion by the mean of the squares."""
    z = plain_z(x, d)
    phi = float(np.mean(z * z))
    return z / np.sqrt(phi) if phi > 0.0 else z


def winsorised_z(x: Floats, d: Floats) -> Floats:
    """The same with over-dispersion from scores winsorised at 10 and 90 %, and never below 1."""
    z = plain_z(x, d)
    kept = np.clip(z, *np.quantile(z, (0.1, 0.9)))
    scaled: Floats = z / np.sqrt(max(1.0, float(np.mean(kept * kept))))
    return scaled


def poisson_deviance(x: Floats, d: Floats) -> Floats:
    """Signed square root of the Poisson deviance."""
    m = d * float(x.sum() / d.sum())
    events = np.asarray(special.xlogy(x, np.where(x > 0.0, x, 1.0) / np.maximum(m, _LEAST)), dtype=np.float64)
    deviance: Floats = np.sign(x - m) * np.sqrt(np.maximum(0.0, 2.0 * (events - (x - m))))
    return deviance


def posterior_tail(law: RateLaw, x: Floats, d: Floats, *, high: bool) -> Floats:
    """Probability that the site's true ratio is above 1.25, or below 1 / 1.25."""
    k = 1.0 / max(law.tau2, LEAST_TAU2)
    shape, rate = k + x, k + law.rate * d
    tail = special.gammaincc(shape, TAIL_ABOVE * rate) if high else special.gammainc(shape, rate / TAIL_ABOVE)
    return np.asarray(tail, dtype=np.float64)


def scores(x: Floats, d: Floats, *, high: bool) -> dict[str, Floats]:
    """The scores of one study by each method, larger = more suspicious on the side asked for."""
    fit = fit_robustly(CountKind.RATE, x, d)
    if fit is None or not isinstance(fit.law, RateLaw):
        raise TooFewSites
    sign = 1.0 if high else -1.0
    return {
        GSM: sign * gsm_z(x, d),
        DEVIANCE: sign * poisson_deviance(x, d),
        WINSOR: sign * winsorised_z(x, d),
        OURS: sign * mid_p(fit.law, x, d).z,
        POISSON: sign * mid_p(RateLaw(float(x.sum() / d.sum()), 0.0), x, d).z,
        TAIL: posterior_tail(fit.law, x, d, high=high),
    }


def main() -> int:
    """Simulate, print both tables; 1 when a bar is not met."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true", help="a quarter of the studies; the error of a figure is then twice as large")
    asked.add_argument("--studies", type=int, default=200, help="studies for each figure (default 200)")
    asked.add_argument("--exposures", type=Path, default=EXPOSURES, help="CSV with GroupID and Denominator, one line a subject")
    options = asked.parse_args()
    if not options.exposures.exists():
        print(f"no exposures at {options.exposures}: name the file with --exposures", file=sys.stderr)
        return 2
    d = exposures(options.exposures)
    studies = max(1, options.studies // 4) if options.quick else options.studies
    print(f"{d.size} sites, {studies} studies a row\n")
    began = time.perf_counter()
    met = [*detection_table(d, studies), *calibration_table(d, studies)]
    print(f"\n{sum(met)} of {len(met)} bars met, {time.perf_counter() - began:.0f} s")
    return 0 if all(met) else 1


def exposures(path: Path) -> Floats:
    """Days of each site with at least 30."""
    days: dict[str, float] = defaultdict(float)
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            days[line["GroupID"]] += float(line["Denominator"])
    return np.array([total for total in days.values() if total >= SHORTEST])


def simulated(d: Floats, cell: Cell | Scenario, factor: float, random: np.random.Generator) -> Study:
    """The events of one study, and which sites are faulty."""
    true = np.full(d.size, cell.rate)
    if cell.tau2 > 0.0:
        true *= random.gamma(1.0 / cell.tau2, cell.tau2, d.size)
    faulty = np.zeros(d.size, dtype=np.bool_)
    if factor != 1.0:
        faulty[random.choice(d.size, round(FAULTY * d.size), replace=False)] = True
    return random.poisson(true * np.where(faulty, factor, 1.0) * d).astype(np.float64), faulty


def detection_table(d: Floats, studies: int) -> list[bool]:
    """Print what each method finds at 1 % false alarms; whether each bar is met."""
    print("Found at 1 % false alarms")
    print(f"{'rate':>6}{'tau2':>6}{'factor':>8}" + "".join(f"{name:>16}" for name in FINDING) + f"{'bar':>9}")
    met = []
    for number, cell in enumerate(CELLS):
        random = np.random.default_rng([SEED, 0, number])
        drawn = [simulated(d, cell, cell.factor, random) for _ in range(studies)]
        found = found_shares(drawn, d, high=cell.factor > 1.0)
        bar = cell.published - DETECTION_SLACK
        met.append(found[OURS] >= bar)
        figures = "".join(f"{found[name]:16.3f}" for name in FINDING)
        print(f"{cell.rate:6.3f}{cell.tau2:6.1f}{cell.factor:8.2f}{figures}{bar:9.3f}  {verdict(met=met[-1])}")
    return met


def found_shares(drawn: list[Study], d: Floats, *, high: bool) -> dict[str, float]:
    """For each method the share of faulty sites whose score is beyond the 99 % quantile of the healthy ones."""
    faulty = np.concatenate([bad for _, bad in drawn])
    each = [scores(x, d, high=high) for x, _ in drawn]
    pooled = {name: np.concatenate([one[name] for one in each]) for name in FINDING}
    return {name: float(np.mean(score[faulty] > np.quantile(score[~faulty], QUANTILE))) for name, score in pooled.items()}


def calibration_table(d: Floats, studies: int) -> list[bool]:
    """Print the percentage of healthy sites with |z| >= 2 / >= 3; whether each bar is met."""
    print(
        "\nHealthy sites with |z| >= 2 / >= 3, in % (nominal 4.55 / .27); 5 % of the sites are faulty, by each factor in turn, or none is"
    )
    print(f"{'':24}" + "".join(f"{name:>16}" for name in ALARMING) + f"{'bar':>16}")
    met = []
    for number, scenario in enumerate(SCENARIOS):
        random = np.random.default_rng([SEED, 1, number])
        for factors in (FAULTS, (1.0,)):
            drawn = [simulated(d, scenario, factors[study % len(factors)], random) for study in range(studies)]
            healthy = ~np.concatenate([bad for _, bad in drawn])
            each = [scores(x, d, high=True) for x, _ in drawn]
            shares = {name: alarms(np.concatenate([one[name] for one in each])[healthy]) for name in ALARMING}
            figures = "".join(f"{f'{shares[name][0]:.2f} / {shares[name][1]:.2f}':>16}" for name in ALARMING)
            said = f"{scenario.name:14}{'faults' if factors == FAULTS else 'none':10}{figures}"
            if factors == FAULTS:
                amber, red = scenario.amber + AMBER_SLACK, scenario.red + RED_SLACK
                met.append(shares[OURS][0] <= amber and shares[OURS][1] <= red)
                said += f"{f'{amber:.2f} / {red:.2f}':>16}  {verdict(met=met[-1])}"
            print(said)
    return met


def alarms(z: Floats) -> tuple[float, float]:
    """Percentages with |z| >= 2 and >= 3."""
    return 100.0 * float(np.mean(np.abs(z) >= AMBER)), 100.0 * float(np.mean(np.abs(z) >= RED))


def verdict(*, met: bool) -> str:
    """Whether a bar is met, in words."""
    return "met" if met else "NOT MET"


if __name__ == "__main__":
    sys.exit(main())
