"""Laws of the reporting probability, and slow oracles: exact fractions for the convolution, the language's own generator for the bootstrap."""

import math
import random
from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncdm.measures.statistics.reporting import ReportingState, reporting_probability
from ncdm.measures.statistics.reporting_classic import classic_reporting
from ncdm.measures.statistics.reporting_visits import VisitCounts, complete_visits

SLOW = settings(max_examples=20, deadline=None)
Row = tuple[int, int, int, int]
"""Site, subject, visit, cumulative count."""


@st.composite
def studies(draw: st.DrawFn) -> list[Row]:
    """Small studies with gaps, late first visits and rows that come twice."""
    rows: list[Row] = []
    for subject in range(draw(st.integers(2, 9))):
        site, total = draw(st.integers(0, 2)), 0
        for visit in sorted(draw(st.lists(st.integers(0, 6), min_size=1, max_size=5))):
            total += draw(st.integers(0, 3))
            rows.append((site, subject, visit, total))
    return rows


def study_of(rows: list[Row]) -> VisitCounts:
    site, subject, visit, count = np.array(rows, dtype=np.int64).T
    return complete_visits(site, subject, visit, count)


def counts_at(rows: list[Row], subject: int, visit: int) -> int:
    """The count of the last visit up to this one; 0 before the first."""
    seen = [(v, n) for _, other, v, n in rows if other == subject and v <= visit]
    return max(seen)[1] if seen else 0


def last_visit(rows: list[Row]) -> dict[int, int]:
    last: dict[int, int] = defaultdict(int)
    for _, subject, visit, _ in rows:
        last[subject] = max(last[subject], visit)
    return last


def exact(rows: list[Row], site: int) -> tuple[Fraction, Fraction, Fraction]:
    """P(sim > obs), P(sim < obs) and E(sim), draw by draw."""
    last, own = last_visit(rows), {subject for s, subject, _, _ in rows if s == site}
    total = {0: Fraction(1)}
    for subject in own:
        pool = [counts_at(rows, other, last[subject]) for other in last if last[other] >= last[subject]]
        more: dict[int, Fraction] = defaultdict(Fraction)
        for value, chance in total.items():
            for drawn in pool:
                more[value + drawn] += chance / len(pool)
        total = more
    observed = sum(counts_at(rows, subject, last[subject]) for subject in own)
    above = sum((chance for value, chance in total.items() if value > observed), start=Fraction(0))
    below = sum((chance for value, chance in total.items() if value < observed), start=Fraction(0))
    return above, below, sum((value * chance for value, chance in total.items()), start=Fraction(0))


@SLOW
@given(studies())
def test_probabilities_are_those_of_exact_fractions(rows: list[Row]) -> None:
    found = reporting_probability(study_of(rows))
    if found.sites.size == 1:
        assert found.state is ReportingState.NO_PEERS
        return
    for place, site in enumerate(found.sites.tolist()):
        above, below, mean = exact(rows, site)
        assert found.p_ur[place] == pytest.approx(float(above), rel=1e-12, abs=1e-300)
        assert found.p_or[place] == pytest.approx(float(below), rel=1e-12, abs=1e-300)
        assert found.expected[place] == pytest.approx(float(mean), rel=1e-12)
        assert found.delta[place] == pytest.approx(float(found.events[place] - mean), abs=1e-9)


@SLOW
@given(studies())
def test_a_probability_has_the_sign_of_its_side(rows: list[Row]) -> None:
    found = reporting_probability(study_of(rows))
    if found.state is ReportingState.NO_PEERS:
        return
    share = [Fraction(int(e), int(v)) if v else None for e, v in zip(found.events, found.visits, strict=True)]
    visits = int(found.visits.sum())
    whole = Fraction(int(found.events.sum()), visits) if visits else None
    for place, rate in enumerate(share):
        if rate is not None and rate == whole:
            assert found.prob[place] == 0
        elif rate is not None:
            side = -found.p_ur[place] if found.p_ur[place] >= found.p_or[place] else found.p_or[place]
            assert found.prob[place] == side
    assert (found.p_ur + found.p_or <= 1 + 1e-12).all()
    assert (found.p_ur_corrected <= found.p_ur + 1e-12).all()
    assert (found.p_or_corrected <= found.p_or + 1e-12).all()


@SLOW
@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Row], shuffle: random.Random) -> None:
    one = reporting_probability(study_of(rows))
    other = reporting_probability(study_of(shuffle.sample(rows, len(rows))))
    for name in ("events", "visits", "p_ur", "p_or", "prob", "prob_corrected", "flag", "expected"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True), name


@SLOW
@given(studies())
def test_one_more_event_at_the_end_never_looks_like_less_reporting(rows: list[Row]) -> None:
    study = study_of(rows)
    if study.sites.size == 1:
        return
    site, subject, visit, count = max(rows, key=lambda row: row[2])
    others = [row for row in rows if row[1] != subject]
    # Only who came furthest is drawn from those who came so far, so that the pools of all others keep their values.
    if any(row[2] >= visit for row in others):
        return
    more = [*rows, (site, subject, visit, max(n for _, s, v, n in rows if s == subject and v == visit) + 1)]
    place = study.sites.tolist().index(site)
    assert reporting_probability(study_of(more)).p_ur[place] <= reporting_probability(study).p_ur[place] + 1e-12
    assert count >= 0


def drawn_by_hand(seed: int, size: int, draws: int) -> list[int]:
    """Indices below ``size`` as the recipe says, from Python's own Mersenne-Twister."""
    state = seed
    for _ in range(50):
        state = (69069 * state + 1) % 2**32
    values = []
    for _ in range(625):
        state = (69069 * state + 1) % 2**32
        values.append(state)
    generator = random.Random()
    generator.setstate((3, (*values[1:], 624), None))
    bits = math.ceil(math.log2(size))
    found: list[int] = []
    while len(found) < draws:
        value = 0
        for _ in range(0, bits + 1, 16):
            value = 65536 * value + math.floor(65536 * (generator.getrandbits(32) * 2.3283064365386963e-10))
        value %= 2**bits
        if value < size:
            found.append(value)
    return found


@settings(max_examples=8, deadline=None)
@given(studies())
def test_the_classic_bootstrap_is_the_recipe(rows: list[Row]) -> None:
    found, last = classic_reporting(study_of(rows), replicates=7), last_visit(rows)
    at = {subject: site for site, subject, _, _ in rows}
    quantile: list[float] = [*sorted(last.values())]
    position = 0.8 * (len(quantile) - 1)
    below = int(position)
    cap = quantile[below]
    if position > below:
        cap += (position - below) * (quantile[below + 1] - quantile[below])
    for place, site in enumerate(found.sites.tolist()):
        own = sorted(last[subject] for subject in last if at[subject] == site)
        median = (own[(len(own) - 1) // 2] + own[len(own) // 2]) / 2
        visit = min([v for v in own if v >= math.ceil(0.75 * median)] + [round(cap)])
        assert found.visit[place] == visit
        values = [[counts_at(rows, s, visit) for s in last if last[s] >= visit and (at[s] == site) is mine] for mine in (True, False)]
        mine, rest = values
        if not rest or sum(mine) * len(rest) > sum(rest) * len(mine):
            assert (found.pval[place], found.prob_low[place]) == (1.0, 1.0)
            continue
        pool, hits = mine + rest, 0
        for seed in range(1, 8):
            hits += sum(pool[i] for i in drawn_by_hand(seed, len(pool), len(mine))) <= sum(mine)
        assert found.prob_low[place] == pytest.approx(hits / 7)
        n, p = sum(pool), Fraction(len(mine), len(pool))
        chances = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        assert found.pval[place] == pytest.approx(float(sum(c for c in chances if c <= chances[sum(mine)])), rel=1e-9)


def test_a_pool_beyond_sixteen_bits_takes_two_words() -> None:
    subjects = 70_000
    last = np.ones(subjects, dtype=np.int64)
    count = np.arange(subjects, dtype=np.int64) % 7
    site = np.where(np.arange(subjects) < 3, 0, 1)
    found = classic_reporting(complete_visits(site, np.arange(subjects), last, count), replicates=5)
    hits = sum(sum(i % 7 for i in drawn_by_hand(seed, subjects, 3)) <= 3 for seed in range(1, 6))
    assert found.prob_low[0] == pytest.approx(hits / 5)
