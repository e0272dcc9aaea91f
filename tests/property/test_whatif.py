"""Laws of what-if: it equals a run anew with the change declared, nothing is measured again, and a stricter rule never finds more."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.counted import Person, measures_of
from tests.portfolios import loaded

from ncdm.measures.at import clean
from ncdm.measures.catalogue import COUNTS, KRI_BY_CODE, KRIS, SPREADS
from ncdm.measures.clean import CRITERIA, MILESTONES, Clean
from ncdm.measures.compute import Measures
from ncdm.measures.criterion import OUTCOMES, Outcome
from ncdm.measures.index import Index
from ncdm.measures.limits import Limits
from ncdm.measures.quality.quality import QualityValue, data_quality, of_study, stored
from ncdm.measures.readiness import POPULATIONS, readiness
from ncdm.measures.scored import study_scores
from ncdm.measures.signals import StudySignals, flagged, study_signals
from ncdm.measures.standing import in_study, standing
from ncdm.measures.statistics import Accrual, Direction
from ncdm.measures.value import Level
from ncdm.measures.whatif.change import INDEX, Change
from ncdm.measures.whatif.compared import Compared
from ncdm.measures.whatif.outcome import Kept, keep, outcome
from ncdm.measures.whatif.written import config_hash, configuration, read, written
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.types import StudyId
from ncdm.wiring import wired

SLOW = settings(max_examples=6, deadline=None)
ONE, TWO = StudyId("Study 1"), StudyId("Study 2")
TRIED = ("op01", "op05", "op09", "op14_dm", "op16")


@st.composite
def portfolios(draw: st.DrawFn) -> list[Person]:
    """Two studies of sites that differ as sites do, a few of them much more, and some with little data."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    def site(number: int, study: int) -> Person:
        size, far = int(chance.integers(1, 40)), float(chance.choice([1, 2, 5], p=[0.88, 0.06, 0.06]))
        pages, visits, reviews = 8 * size, 4 * size, 2 + size // 2
        return Person(
            study,
            number,
            {
                "outstanding_queries": int(chance.poisson(0.1 * far * pages)),
                "pages_entered": pages,
                "missing_visits": int(chance.poisson(0.05 * far * visits)),
                "visits_entered": visits,
                "deviations_confirmed": int(chance.poisson(0.6 / far * visits)),
                "sae_reviews_dm": reviews,
                "open_sae_reviews_dm": int(chance.binomial(reviews, min(0.9, 0.2 * far))),
                "screen_failures": int(chance.binomial(size, 0.2)),
                "subjects_past_screening": size,
            },
        )

    sites = draw(st.integers(8, 60))
    return [site(number, 1) for number in range(sites)] + [site(100 + number, 2) for number in range(draw(st.integers(0, 6)))]


@st.composite
def limits_tried(draw: st.DrawFn) -> dict[str, Limits]:
    """Thresholds, and perhaps accrual limits, of some indicators."""
    found = {}
    for code in draw(st.sets(st.sampled_from(TRIED), max_size=3)):
        amber, more = draw(st.floats(0.2, 4)), draw(st.one_of(st.floats(0.1, 3), st.floats(0.1, 0.5)))
        own = KRI_BY_CODE[code].accrual
        accrual = draw(st.one_of(st.none(), st.sampled_from([0.0, 3.0, 20.0, 60.0, 150.0])))
        found[code] = Limits(amber, amber + more, None if accrual is None else Accrual(own.metric, accrual))
    return found


weights_tried: st.SearchStrategy[dict[str, float]] = st.one_of(
    st.just(dict[str, float]()),
    st.dictionaries(st.sampled_from(["visits", "queries", "conformance", "safety"]), st.floats(0, 0.3), max_size=3),
    st.dictionaries(st.sampled_from(["open_queries", "deviations", "lab_issues"]), st.floats(0, 0.3), max_size=3),
)
caps_tried = st.dictionaries(st.sampled_from([one.code for one in INDEX.indicators]), st.floats(0.01, 100), max_size=3)
gates_tried = st.dictionaries(
    st.sampled_from([*MILESTONES, "own"]),
    st.lists(st.sampled_from(list(CRITERIA)), min_size=1, max_size=11, unique=True).map(tuple),
    max_size=4,
)
targets_tried = st.dictionaries(st.sampled_from(["ITT", "PP", "SAF"]), st.floats(0.01, 1), max_size=3)
changes = st.builds(Change, limits=limits_tried(), weights=weights_tried, caps=caps_tried, gates=gates_tried, targets=targets_tried)


def made(people: list[Person]) -> Measures:
    return measures_of(people, COUNTS, SPREADS)


def kept_of(people: list[Person], study: StudyId) -> Kept:
    """A study measured once, but for its subjects."""
    measures = made(people)
    sites, whole = (of_study(stored(measures, INDEX, level), study) for level in (Level.SITE, Level.STUDY))
    return Kept(study, study_scores(measures, study), sites, whole, Clean(measures, {}))


# -- flags


def slow_q(p: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg, by their definition: the least bound m * p / rank over this and all larger p."""
    known = sorted(one for one in p if not math.isnan(one))
    size = len(known)

    def of(one: float) -> float:
        return min(1.0, *(size * other / (rank + 1) for rank, other in enumerate(known) if other >= one))

    return [math.nan if math.isnan(one) else of(one) for one in p]


def slow_flag(z: float, q: float, amber: float, red: float, direction: Direction) -> float:
    if math.isnan(z):
        return math.nan
    if (z < 0 and direction is Direction.HIGH) or (z > 0 and direction is Direction.LOW) or abs(z) < amber:
        return 0.0
    return math.copysign(2.0 if abs(z) >= red and q <= 0.05 else 1.0, z)


@SLOW
@given(portfolios(), limits_tried())
def test_flags_equal_a_run_anew_of_indicators_that_are_declared_so(people: list[Person], tried: dict[str, Limits]) -> None:
    """The accrual stands in the declaration, and the flags are reckoned one by one."""
    declared = [
        replace(kri, accrual=tried[kri.code].accrual or kri.accrual) if kri.code in tried else kri for kri in KRIS if kri.code in TRIED
    ]
    anew = study_scores(made(people), ONE, kris=declared)
    q = iter(slow_q([p for of_kri in anew.kris for p in of_kri.scores.p.tolist()]))
    found = flagged(study_scores(made(people), ONE, kris=[kri for kri in KRIS if kri.code in TRIED]), tried)
    for of_kri, signals in zip(anew.kris, found.kris, strict=True):
        limits = tried.get(of_kri.kri.code, Limits(2, 3))
        expected = [slow_flag(z, next(q), limits.amber, limits.red, of_kri.kri.direction) for z in of_kri.scores.score.tolist()]
        assert signals.flag.tolist() == pytest.approx(expected, nan_ok=True)
        assert signals.scores.score.tolist() == pytest.approx(of_kri.scores.score.tolist(), nan_ok=True)
        tail = 0.5 * math.erfc(limits.amber / math.sqrt(2)) * (2 if of_kri.kri.direction is Direction.BOTH else 1)
        assert signals.expected_false == pytest.approx(tail * sum(not math.isnan(one) for one in expected))


def flags(found: StudySignals) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([np.abs(of_kri.flag) for of_kri in found.kris])


@SLOW
@given(portfolios(), st.floats(0.2, 4), st.floats(0.1, 2), st.floats(0, 2), st.floats(0, 2))
def test_a_higher_threshold_never_adds_a_flag(people: list[Person], amber: float, more: float, up: float, further: float) -> None:
    kept = study_scores(made(people), ONE)
    low = flagged(kept, dict.fromkeys(KRI_BY_CODE, Limits(amber, amber + more)))
    high = flagged(kept, dict.fromkeys(KRI_BY_CODE, Limits(amber + up, amber + more + max(up, further))))
    assert not np.any(flags(high) > flags(low))
    assert high.expected_false <= low.expected_false
    assert high.flagged <= low.flagged


@SLOW
@given(portfolios(), limits_tried())
def test_a_site_that_is_asked_no_more_is_silent_and_not_clear(people: list[Person], tried: dict[str, Limits]) -> None:
    kept = kept_of(people, ONE)
    found = Compared(outcome(kept, Change(), "own"), outcome(kept, Change(limits=tried), "own"))
    before, after = ((one.signals.red + one.signals.amber > 0).tolist() for one in (found.before, found.after))
    groups = found.before.signals.groups
    assert {*found.cleared, *found.silenced} == {group for group, was, now in zip(groups, before, after, strict=True) if was and not now}
    for group in found.cleared:
        place = groups.index(group)
        flagged_by = [pair for pair in found.kris if pair[0].kri.weights and abs(pair[0].flag[place]) >= 1]
        assert flagged_by
        assert all(pair[1].flag[place] == 0 for pair in flagged_by)


@SLOW
@given(portfolios())
def test_the_published_thresholds_change_nothing(people: list[Person]) -> None:
    kept = study_scores(made(people), ONE)
    own = {code: Limits(2, 3, kri.accrual) for code, kri in KRI_BY_CODE.items()}
    for other in (flagged(kept, {}), flagged(kept, own), study_signals(made(people), ONE)):
        assert np.array_equal(flags(other), flags(flagged(kept)), equal_nan=True)
        assert other.expected_false == flagged(kept).expected_false


# -- the index


def declared(weights: dict[str, float], caps: dict[str, float]) -> Index:
    """The index as somebody would write it down: shares given, the others in their proportions, caps as they are said."""
    given: dict[str, float] = {}
    for name, weight in weights.items():
        named = [one for one in INDEX.indicators if name in {one.code, one.dimension}]
        given |= {one.code: weight * one.weight / sum(other.weight for other in named) for one in named}
    free = sum(one.weight for one in INDEX.indicators if one.code not in given)
    rest = 1 - sum(given.values())
    return replace(
        INDEX,
        indicators=tuple(
            replace(one, weight=given.get(one.code, one.weight * rest / free), cap=caps.get(one.code, one.cap)) for one in INDEX.indicators
        ),
    )


def close(one: QualityValue, other: QualityValue) -> bool:
    """Equal but for the last digits of shares that were reckoned another way."""
    pairs = [
        (one.value, other.value),
        (one.uncapped, other.uncapped),
        (one.worst, other.worst),
        (one.low, other.low),
        (one.high, other.high),
    ]
    near = all(was == now or (was is not None and now is not None and abs(was - now) < 1e-6) for was, now in pairs)
    return near and (one.group, one.ceiling, one.missing) == (other.group, other.ceiling, other.missing)


@settings(max_examples=6, deadline=None)
@given(portfolios(), weights_tried, caps_tried)
def test_the_index_equals_a_run_anew_of_an_index_that_is_declared_so(
    people: list[Person], weights: dict[str, float], caps: dict[str, float]
) -> None:
    """Measured over all studies, where what-if looks at one."""
    for study in {StudyId(f"Study {person.study}") for person in people}:
        found = outcome(kept_of(people, study), Change(weights=weights, caps=caps), "own")
        whole = data_quality(made(people), declared(weights, caps), Level.STUDY).values(study)
        sites = data_quality(made(people), declared(weights, caps), Level.SITE).values(study)
        assert close(found.whole, whole[0])
        assert len(found.sites.values()) == len(sites)
        assert all(close(*pair) for pair in zip(found.sites.values(), sites, strict=True))


# -- clean subjects, over a store


@cache
def store() -> tuple[Reading, dict[StudyId, Kept]]:
    """Two weeks of the invented portfolio, measured once."""
    with wired(Settings(loaded(2), 0, 1)) as wiring:
        reading = Reading(wiring.home, wiring.engine)
    of = clean(reading.state())
    kept = {study: keep(of, study) for study in of.measures.universe.studies}

    def no_more(_expression: object) -> NoReturn:
        raise AssertionError("a what-if measures nothing")

    of.measures.ask = no_more
    return reading, kept


@cache
def anew() -> Clean:
    """The same snapshot measured from its rows once more."""
    reading, _kept = store()
    reading._states.clear()
    return clean(reading.state())


CHOSEN = st.sampled_from([*MILESTONES, "own"])


@settings(max_examples=6, deadline=None)
@given(changes, CHOSEN)
def test_clean_subjects_equal_a_run_anew_reckoned_one_by_one(change: Change, milestone: str) -> None:
    again = anew()
    gates = change.gates.get(milestone, MILESTONES["database_lock" if milestone == "own" else milestone].gates)
    told = {code: [OUTCOMES[one] for one in again.judged(code).outcome] for code in gates}
    for study, kept in store()[1].items():
        found = outcome(kept, change, milestone)
        clean_now = set()
        for number, (here, subject) in enumerate(again.measures.universe.subjects):
            said = {told[code][number] for code in gates}
            if here == study and Outcome.PASS in said and not said & {Outcome.FAIL, Outcome.UNKNOWN}:
                clean_now.add(subject.subject_id)
        groups = again.measures.universe.groups(Level.SUBJECT)
        assert {groups[number].subject_id for number in np.flatnonzero(found.clean)} == clean_now
        assert found.standing == standing(again, gates, in_study(again, study))
        assert found.standing.clean == len(clean_now)
        for one, published in zip(found.readiness, POPULATIONS, strict=True):
            declared = replace(published, target=change.targets.get(published.code, published.target))
            assert one == readiness(again, found.milestone.gates, study, declared)
        failing = {code: again.judged(code) for code in gates}
        items = sum(
            float(judged.items[(judged.outcome == OUTCOMES.index(Outcome.FAIL)) & in_study(again, study)].sum())
            for judged in failing.values()
        )
        assert (sum(load.items for load in found.loads) > 0) == (items > 0)


@settings(max_examples=6, deadline=None)
@given(changes, CHOSEN, st.sampled_from(list(CRITERIA)))
def test_one_gate_more_never_adds_a_clean_subject(change: Change, milestone: str, more: str) -> None:
    """Unless nothing at all applied before: then there was nothing to be clean of."""
    gates = change.milestone(milestone).gates
    stricter = replace(change, gates={**change.gates, milestone: tuple(dict.fromkeys((*gates, more)))})
    for kept in store()[1].values():
        before, after = outcome(kept, change, milestone), outcome(kept, stricter, milestone)
        applied = kept.clean.overall(gates) != OUTCOMES.index(Outcome.NOT_APPLICABLE)
        assert not np.any(after.clean & ~before.clean & applied)
        assert sum(load.items for load in after.loads) >= sum(load.items for load in before.loads)


@pytest.mark.parametrize("milestone", [*MILESTONES, "own"])
def test_an_empty_change_changes_nothing(milestone: str) -> None:
    for kept in store()[1].values():
        same = Compared(outcome(kept, Change(), milestone), outcome(kept, Change(), milestone))
        assert (same.newly_flagged, same.cleared, same.silenced, same.becomes_clean, same.no_longer_clean) == ((), (), (), (), ())
        assert all(one.before == one.after for one in same.work)
        assert all(one.before == one.after for one in same.sites)


@settings(max_examples=6, deadline=None)
@given(changes, CHOSEN)
def test_there_and_back_is_where_one_was(change: Change, milestone: str) -> None:
    for kept in store()[1].values():
        to = Compared(outcome(kept, Change(), milestone), outcome(kept, change, milestone))
        back = Compared(outcome(kept, change, milestone), outcome(kept, Change(), milestone))
        assert set(to.newly_flagged) == {*back.cleared, *back.silenced}
        assert to.becomes_clean == back.no_longer_clean
        assert to.after.standing.clean - to.before.standing.clean == len(to.becomes_clean) - len(to.no_longer_clean)
        assert {(one.owner, one.before, one.after) for one in to.work} == {(one.owner, one.after, one.before) for one in back.work}


# -- as it is written


@given(changes)
def test_a_change_reads_back(change: Change) -> None:
    again = read(written(change))
    assert again == change
    assert config_hash(again) == config_hash(change)
    assert (config_hash(change) == config_hash(Change())) == (configuration(change) == configuration(Change()))
