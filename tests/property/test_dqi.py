"""Laws of the data quality index, and slow oracles in plain loops."""

import itertools
import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special
from tests.counted import Person, measures_of

from ncdm.measures.catalogue import COUNTS, INDICES, SPREADS
from ncdm.measures.index import Dimension, Index
from ncdm.measures.quality.points import costs, whole_points
from ncdm.measures.quality.quality import Quality, QualityValue, data_quality, evaluate, stored
from ncdm.measures.quality.ranks import corners, ranks
from ncdm.measures.quality.shrinkage import shrink
from ncdm.measures.quality.waterfall import waterfall
from ncdm.measures.quality.weights import with_caps, with_weights
from ncdm.measures.statistics.capped_sum import STEP, CappedPenalty, capped_sum_interval
from ncdm.measures.statistics.laws import CountKind, Floats, RateLaw, ShareLaw
from ncdm.measures.statistics.posterior import Posterior, posterior
from ncdm.measures.value import Level

DEFAULT = INDICES["default"]
SLOW = settings(max_examples=15, deadline=None)
SAE = ("open_sae_reviews_dm", "open_sae_reviews_safety")
OLD = ("sae_reviews_dm_open_beyond_30_days", "sae_reviews_safety_open_beyond_30_days")
SINGLE = (
    "missing_visits",
    "missing_pages",
    "outstanding_queries",
    "signatures_pending_beyond_90_days",
    "deviations_confirmed",
    "deviations_proposed",
    "inactivated_pages",
    "edrr_issues",
    "missing_lab_names",
    "missing_lab_ranges",
)
WORSE = (*SINGLE, *SAE, *OLD, "open_queries", "nonconformant_pages", "days")
LEVELS = (Level.SUBJECT, Level.SITE, Level.COUNTRY, Level.STUDY)

few = st.integers(0, 4)


def old_of(name: str) -> str:
    """Those of a list that are older than 30 days."""
    return OLD[SAE.index(name)]


@st.composite
def persons(draw: st.DrawFn) -> Person:
    """A subject whose counts hang together: what is non-conformant was entered, what is older than 30 days is open."""
    counts: dict[str, float | None] = {name: draw(few) for name in SINGLE if draw(st.booleans())}
    counts |= {"visits_entered": draw(few), "pages_entered": draw(st.integers(0, 60)), "answered_queries": draw(few)}
    counts["open_queries"] = draw(few)
    counts["nonconformant_pages"] = draw(st.integers(0, int(counts["pages_entered"] or 0)))
    for name in SAE:
        counts[name] = draw(st.integers(0, 2))
        counts[old_of(name)] = draw(st.integers(0, int(counts[name] or 0)))
    days = draw(st.lists(st.integers(0, 200), max_size=3))
    return Person(draw(st.integers(1, 2)), draw(st.integers(1, 7)), counts, {"longest_missing_visit": days})


portfolios = st.lists(persons(), min_size=1, max_size=25)


def qualities(people: Sequence[Person], index: Index = DEFAULT, order: Sequence[int] | None = None) -> dict[Level, Quality]:
    measured = measures_of(people, COUNTS, SPREADS, order=order)
    return {level: data_quality(measured, index, level) for level in LEVELS}


def worse(person: Person, what: str) -> Person:
    """The same subject with one more of something bad."""
    counts, days = dict(person.counts), dict(person.days)
    if what == "days":
        days["longest_missing_visit"] = [*days["longest_missing_visit"], 75]
    elif what in OLD:
        for name in (what, SAE[OLD.index(what)]):
            counts[name] = (counts[name] or 0) + 1
    elif what == "open_queries":
        counts[what] = (counts[what] or 0) + 1
        counts["outstanding_queries"] = (counts.get("outstanding_queries") or 0) + 1
    elif what == "nonconformant_pages":
        counts[what] = min((counts[what] or 0) + 1, counts["pages_entered"] or 0)
    else:
        counts[what] = (counts.get(what) or 0) + 1
    return Person(person.study, person.site, counts, days)


@SLOW
@given(portfolios, st.sampled_from(WORSE), st.randoms(use_true_random=False))
def test_one_more_of_anything_bad_never_raises_an_index(people: list[Person], what: str, chance: random.Random) -> None:
    place = chance.randrange(len(people))
    before, after = qualities(people), qualities([*people[:place], worse(people[place], what), *people[place + 1 :]])
    for level in LEVELS:
        assert np.all(after[level].points.value <= before[level].points.value)
        assert np.all(after[level].points.uncapped <= before[level].points.uncapped)


@SLOW
@given(portfolios, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(people: list[Person], chance: random.Random) -> None:
    order = list(range(len(people)))
    chance.shuffle(order)
    one, other = qualities(people), qualities(people, order=order)
    for level in LEVELS:
        assert one[level].values() == other[level].values()


@SLOW
@given(portfolios, st.randoms(use_true_random=False), st.fixed_dictionaries({}, optional={name: st.floats(0, 0.25) for name in Dimension}))
def test_a_waterfall_adds_up_to_the_last_digit_in_any_order(people: list[Person], chance: random.Random, weights: dict[str, float]) -> None:
    index = DEFAULT if len(weights) == len(Dimension) else with_weights(DEFAULT, weights)
    for level, quality in qualities(people, index).items():
        for number, value in enumerate(quality.points.value.tolist()):
            found = waterfall(quality, number)
            points = [step.points or 0.0 for step in found.steps]
            chance.shuffle(points)
            left = found.start
            for point in points:
                left -= point
            assert found.ceiling_effect is not None
            assert left - found.ceiling_effect == found.value == value, level
            assert 0 <= value <= 100


def slowly(person: Person) -> float:
    """The index of one subject in plain Python, from the sentence of the specification."""
    c = {name: float(amount or 0) for name, amount in person.counts.items()}

    def at(*names: str) -> float:
        return sum(c.get(name, 0.0) for name in names)

    def part(points: float, over: float, under: float, cap: float) -> float:
        return 0.0 if under == 0 else points * min(1.0, over / under / cap)

    oldest = max((day or 0 for day in person.days["longest_missing_visit"]), default=0)
    value = 100 - math.fsum(
        (
            part(12, at("missing_visits", "missing_pages"), at("visits_entered", "missing_visits"), 1),
            part(8, max(0, oldest - 30), 1, 60),
            part(10, at("open_queries"), at("open_queries", "answered_queries"), 1),
            part(6, at("outstanding_queries"), at("pages_entered"), 0.1),
            part(4, at("signatures_pending_beyond_90_days"), 1, 10),
            part(10, at("nonconformant_pages"), at("pages_entered"), 1),
            part(7, at("deviations_confirmed", "deviations_proposed"), 1, 5),
            part(3, at("inactivated_pages"), 1, 10),
            part(20, at("edrr_issues"), 1, 3),
            part(14, at(*SAE), 1, 2),
            part(6, at("missing_lab_names", "missing_lab_ranges"), 1, 5),
        )
    )
    if at(*OLD):
        return min(value, 74.9)
    return min(value, 89.9) if at(*SAE) else value


@SLOW
@given(portfolios)
def test_a_slow_subject_index_agrees(people: list[Person]) -> None:
    values = data_quality(measures_of(people, COUNTS, SPREADS), DEFAULT, Level.SUBJECT).points.value
    assert values.tolist() == [pytest.approx(slowly(person), abs=1e-9) for person in people]


@SLOW
@given(portfolios, st.sampled_from(("edrr", "labs", "inactivated", "sae_dm", "sae_safety", "visit_tracker", "missing_pages")))
def test_what_a_missing_report_would_say_lies_within_the_bounds(people: list[Person], report: str) -> None:
    """And without it nothing is computable unless the index is settled already: unknown never becomes good."""
    whole = qualities(people)
    lacking = measures_of(people, COUNTS, SPREADS, {1: (report,), 2: (report,)})
    for level in LEVELS:
        found, truth = data_quality(lacking, DEFAULT, level).points, whole[level].points.value
        assert np.all(found.worst <= truth)
        assert np.all(truth <= found.best)
        assert np.all(np.isnan(found.value) | (found.value == truth))
        assert np.all(found.best - found.worst >= 0)


@SLOW
@given(portfolios)
def test_shrunken_figures_lie_between_the_group_and_its_study(people: list[Person]) -> None:
    for level in (Level.SITE, Level.COUNTRY, Level.STUDY):
        kept = stored(measures_of(people, COUNTS, SPREADS), DEFAULT, level)
        shrunken = shrink(kept.readings, DEFAULT, kept.laws)
        for place, one in enumerate(DEFAULT.indicators):
            for number in np.flatnonzero(shrunken.learned[place]):
                law = kept.laws[one.code, int(kept.readings.study[number])]
                usual = law.rate if isinstance(law, RateLaw) else law.share
                raw, found = kept.readings.value[place, number], shrunken.figure[place, number]
                assert min(raw, usual) - 1e-9 <= found <= max(raw, usual) + 1e-9


@SLOW
@given(portfolios)
def test_ends_of_intervals_are_in_order_and_under_the_ceiling(people: list[Person]) -> None:
    for level in (Level.SITE, Level.STUDY):
        quality = data_quality(measures_of(people, COUNTS, SPREADS), DEFAULT, level)
        assert np.all((quality.low >= 0) & (quality.low <= quality.high) & (quality.high <= quality.points.ceiling))


@SLOW
@given(portfolios, st.floats(0.05, 0.9), st.floats(0.5, 9))
def test_a_what_if_equals_a_run_anew(people: list[Person], weight: float, cap: float) -> None:
    other = with_caps(with_weights(DEFAULT, {"safety": weight}), {"deviations": cap})
    for level in LEVELS:
        kept = stored(measures_of(people, COUNTS, SPREADS), DEFAULT, level)
        assert evaluate(kept, other).values() == data_quality(measures_of(people, COUNTS, SPREADS), other, level).values()


# -- ranks


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(st.just(math.nan), st.integers(0, 5).map(float)), st.integers(0, 2)), max_size=30))
def test_a_rank_is_one_more_than_how_many_are_lower(groups: list[tuple[int, float, int]]) -> None:
    study, value, within = (np.array([group[at] for group in groups], dtype=np.float64) for at in range(3))
    found = ranks(value, within, study.astype(np.int64)).tolist()
    for number, (mine, own, tie) in enumerate(groups):
        lower = sum(other == mine and (theirs, more) < (own, tie) for other, theirs, more in groups)
        assert found[number] == (0 if math.isnan(own) else lower + 1)


def slow_ranges(values: Sequence[QualityValue], quality: Quality) -> list[tuple[int, int]]:
    """Every corner computed for itself, and ranks counted by comparing each pair."""
    assert quality.shrunken is not None
    caps = [one.cap for one in DEFAULT.indicators]
    found: list[list[int]] = [[] for _ in values]
    for weights in ([one.weight for one in DEFAULT.indicators], *corners(DEFAULT).tolist()):
        keys = []
        for number in range(len(values)):
            figures = quality.shrunken.figure[:, number].tolist()
            left = 100 - 100 * math.fsum(w * min(1.0, r / cap) for w, r, cap in zip(weights, figures, caps, strict=True))
            keys.append((round(min(left, float(quality.points.ceiling[number])), 8), round(left, 8)))
        for number, value in enumerate(values):
            found[number].append(
                1 + sum(o.group.study_id == value.group.study_id and key < keys[number] for o, key in zip(values, keys, strict=True))
            )
    return [(min(rank), max(rank)) for rank in found]


@settings(max_examples=8, deadline=None)
@given(portfolios)
def test_rank_ranges_are_those_of_every_corner(people: list[Person]) -> None:
    quality = data_quality(measures_of(people, COUNTS, SPREADS), DEFAULT, Level.SITE)
    values = quality.values()
    assert [(value.rank_low, value.rank_high) for value in values] == slow_ranges(values, quality)


# -- the grid of points


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12).filter(lambda weights: sum(weights) > 0.01))
def test_whole_points_sum_to_exactly_a_hundred(weights: list[float]) -> None:
    whole = whole_points(np.array(weights))
    assert math.fsum(whole.tolist()) == 100
    assert whole.tolist() == pytest.approx([100 * weight / math.fsum(weights) for weight in weights], abs=1e-10)
    assert np.all(costs(np.ones((len(weights), 1)), whole)[:, 0] == whole)


# -- posteriors and their convolution

rates = st.tuples(st.floats(0.01, 3), st.one_of(st.just(0.0), st.floats(0.01, 3)), st.integers(0, 30), st.integers(1, 40))


@given(rates)
def test_the_posterior_of_a_rate_is_the_one_of_the_specification(given_: tuple[float, float, int, int]) -> None:
    rate, tau2, x, d = given_
    found = posterior(CountKind.RATE, RateLaw(rate, tau2), np.array([float(x)]), np.array([float(d)]))
    k = 1 / max(tau2, 0.02)
    assert found.mean[0] == pytest.approx((k + x) / (k / rate + d), rel=1e-12)
    assert found.below(np.array([rate]))[0, 0] == pytest.approx(special.gammainc(k + x, (k / rate + d) * rate), rel=1e-12)


@given(
    st.floats(0.05, 0.95),
    st.one_of(st.just(0.0), st.floats(1e-4, 0.5)),
    st.integers(1, 40).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
)
def test_the_posterior_of_a_share_is_the_one_of_the_specification(share: float, rho: float, counted: tuple[int, int]) -> None:
    x, d = counted
    found = posterior(CountKind.BINARY, ShareLaw(share, rho), np.array([float(x)]), np.array([float(d)]))
    least = 0.02 * min(share, 1 - share) / max(share, 1 - share)
    rho = max(rho, least)
    a, b = share * (1 - rho) / rho, (1 - share) * (1 - rho) / rho
    assert found.mean[0] == pytest.approx((a + x) / (a + b + d), rel=1e-9)
    assert found.below(np.array([0.3]))[0, 0] == pytest.approx(special.betainc(a + x, b + d - x, 0.3), abs=1e-9)


def test_a_study_without_any_event_is_certain_of_it() -> None:
    for kind, law, mean in (
        (CountKind.RATE, RateLaw(0.0, 0.0), 0),
        (CountKind.BINARY, ShareLaw(0.0, 0.0), 0),
        (CountKind.BINARY, ShareLaw(1.0, 0.0), 1),
    ):
        found = posterior(kind, law, np.array([0.0, 0.0]), np.array([3.0, 4.0]))
        assert found.certain.all()
        assert found.mean.tolist() == [mean, mean]


def one_group(kind: CountKind, first: float, second: float) -> Posterior:
    mean = first / second if kind is CountKind.RATE else first / (first + second)
    return Posterior(kind, np.array([first]), np.array([second]), np.array([mean]), np.array([False]))


shapes = st.tuples(st.sampled_from(CountKind), st.floats(0.3, 30), st.floats(0.3, 30), st.floats(0.05, 3), st.floats(0.2, 3))


def slow_cells(kind: CountKind, first: float, second: float, cap: float, points: float) -> list[float]:
    """Probability of each cell, one by one."""
    last = round(points / STEP)

    def below(value: float) -> float:
        r = value / points * cap
        return float(special.gammainc(first, second * r) if kind is CountKind.RATE else special.betainc(first, second, min(r, 1.0)))

    edges = [0.0, *(below((at + 0.5) * STEP) for at in range(last)), 1.0]
    return [after - before for before, after in itertools.pairwise(edges)]


@SLOW
@given(st.lists(shapes, min_size=1, max_size=3), st.floats(0, 5))
def test_the_convolution_agrees_with_every_combination_of_cells(
    parts: list[tuple[CountKind, float, float, float, float]], fixed: float
) -> None:
    """All combinations of cells in plain loops, instead of a product of transforms."""
    law = {0: 1.0}
    for part in parts:
        cells = slow_cells(*part)
        after: dict[int, list[float]] = {}
        for (start, chance), (cell, more) in itertools.product(law.items(), enumerate(cells)):
            after.setdefault(start + cell, []).append(chance * more)
        law = {at: math.fsum(terms) for at, terms in after.items()}
    penalties = [CappedPenalty(one_group(kind, first, second), cap, points) for kind, first, second, cap, points in parts]
    low, high = capped_sum_interval(penalties, np.array([fixed]))
    for end, level in ((low, 0.05), (high, 0.95)):
        at = round((float(end[0]) - fixed) / STEP)
        assert math.fsum(chance for cell, chance in law.items() if cell <= at) >= level - 1e-9
        assert math.fsum(chance for cell, chance in law.items() if cell < at) < level + 1e-9


@settings(max_examples=8, deadline=None)
@given(shapes, shapes)
def test_quantiles_of_two_penalties_agree_with_an_integral(
    one: tuple[CountKind, float, float, float, float], other: tuple[CountKind, float, float, float, float]
) -> None:
    """P(X + Y <= t) without a grid: the law of Y integrated over the quantiles of X. Two penalties are off by a cell at most."""
    steps = (np.arange(20_000) + 0.5) / 20_000

    def value(part: tuple[CountKind, float, float, float, float]) -> Floats:
        kind, first, second, cap, points = part
        r = special.gammaincinv(first, steps) / second if kind is CountKind.RATE else special.betaincinv(first, second, steps)
        return np.asarray(points * np.minimum(1.0, r / cap), dtype=np.float64)

    def below(part: tuple[CountKind, float, float, float, float], y: Floats) -> Floats:
        kind, first, second, cap, points = part
        r = np.maximum(y, 0.0) / points * cap
        chance = special.gammainc(first, second * r) if kind is CountKind.RATE else special.betainc(first, second, np.minimum(r, 1.0))
        return np.where(y < 0, 0.0, np.where(y >= points, 1.0, chance))

    def law(t: float) -> float:
        return float(np.mean(below(other, t - value(one))))

    penalties = [CappedPenalty(one_group(kind, first, second), cap, points) for kind, first, second, cap, points in (one, other)]
    low, high = capped_sum_interval(penalties, np.zeros(1))
    for end, level in ((float(low[0]), 0.05), (float(high[0]), 0.95)):
        assert law(end + STEP + 1e-9) >= level - 1e-3
        assert law(end - STEP - 1e-9) <= level + 1e-3


def test_many_groups_are_the_same_as_each_alone() -> None:
    chance = random.Random(7)
    first = np.array([chance.choice((0.5, 1.5, 4.0)) for _ in range(1500)])
    second = np.array([chance.choice((1.0, 2.0)) for _ in range(1500)])
    certain = np.array([chance.random() < 0.2 for _ in range(1500)])
    posteriors = [
        Posterior(CountKind.RATE, first, second, first / second, certain),
        Posterior(CountKind.BINARY, second, first, second / (first + second), ~certain),
    ]
    penalties = [CappedPenalty(found, 1.3, points) for found, points in zip(posteriors, (6.0, 0.01), strict=True)]
    low, high = capped_sum_interval(penalties, np.zeros(1500))
    for number in (0, 1, 2, 1023, 1024, 1499):
        here = slice(number, number + 1)
        alone = [
            CappedPenalty(
                Posterior(
                    p.posterior.kind, p.posterior.first[here], p.posterior.second[here], p.posterior.mean[here], p.posterior.certain[here]
                ),
                p.cap,
                p.points,
            )
            for p in penalties
        ]
        found = capped_sum_interval(alone, np.zeros(1))
        assert (low[number], high[number]) == (pytest.approx(found[0][0], abs=1e-9), pytest.approx(found[1][0], abs=1e-9))
