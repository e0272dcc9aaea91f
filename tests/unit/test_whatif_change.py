"""A change says only what has a meaning, and a wrong one is told what, where and what to do."""

import math
from collections.abc import Callable

import pytest

from ncdm.errors import InvalidQuestion, StoreDamaged
from ncdm.measures.clean import MILESTONES
from ncdm.measures.limits import Limits
from ncdm.measures.statistics import Accrual, AccrualMetric, Direction
from ncdm.measures.whatif.change import Change, limits, milestone_named
from ncdm.measures.whatif.written import SCHEMA, config_hash, read, written


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Limits(3, 2), "do not rise"),
        (lambda: Limits(2, 2), "do not rise"),
        (lambda: Limits(0, 2), "do not rise"),
        (lambda: Limits(-2, 3), "do not rise"),
        (lambda: Limits(math.nan, 3), "do not rise"),
        (lambda: Limits(2, math.inf), "do not rise"),
        (lambda: limits("op01", 2, 3, -1), "below 0"),
        (lambda: limits("op99", 2, 3), "no indicator op99"),
        (lambda: Change(limits={"op99": Limits(2, 3)}), "no indicator op99"),
        (lambda: Change(limits={"op01": Limits(2, 3, Accrual(AccrualMetric.NUMERATOR, 3))}), "accrues by Denominator"),
        (lambda: Change(weights={"visits": -0.1}), "not from 0 to 1"),
        (lambda: Change(weights={"visits": 0.7, "safety": 0.7}), "sum to 1.4"),
        (lambda: Change(weights={"queries": 0.1, "open_queries": 0.1}), "given twice"),
        (lambda: Change(weights={"luck": 0.1}), "no dimension or indicator luck"),
        (lambda: Change(weights={"visits": math.nan}), "no finite number"),
        (lambda: Change(caps={"deviations": 0}), "not above zero"),
        (lambda: Change(caps={"luck": 2}), "no indicator luck"),
        (lambda: Change(gates={"database_lock": ()}), "asks for nothing"),
        (lambda: Change(gates={"own": ("V", "V")}), "stands twice"),
        (lambda: Change(gates={"own": ("V", "X")}), "no criterion X"),
        (lambda: Change(gates={"someday": ("V",)}), "no milestone someday"),
        (lambda: Change(targets={"ITT": 0}), "not from 0 to 1"),
        (lambda: Change(targets={"ALL": 0.5}), "no population ALL"),
        (lambda: milestone_named("someday"), "no milestone someday"),
    ],
)
def test_what_has_no_meaning_is_refused(make: Callable[[], object], said: str) -> None:
    with pytest.raises(InvalidQuestion, match=said) as told:
        make()
    assert told.value.todo


def test_gates_stand_in_the_order_of_the_criteria_and_nothing_is_lost_from_sight() -> None:
    found = Change(gates={"interim_analysis": ("Q", "V")}).milestone("interim_analysis")
    assert found.gates == ("V", "Q")
    assert set(found.shown) == set(MILESTONES["database_lock"].gates) - {"V", "Q"}


def test_the_own_milestone_starts_as_database_lock() -> None:
    assert Change().milestone("own").gates == MILESTONES["database_lock"].gates
    assert Change(gates={"own": ("S",)}).milestone("own").gates == ("S",)


def test_thresholds_lie_on_the_sides_that_are_a_risk() -> None:
    assert Limits(1, 2).rule(Direction.HIGH).thresholds == (1, 2)
    assert Limits(1, 2).rule(Direction.BOTH).thresholds == (-2, -1, 1, 2)
    assert (Limits(1, 2).rule(Direction.LOW).thresholds, Limits(1, 2).rule(Direction.LOW).flags) == ((-2, -1), (-2, -1, 0))


def test_what_comes_to_the_same_has_one_name() -> None:
    same = Change(
        limits={"op01": limits("op01", 2, 3, 30)},
        weights={"visits": 0.2},
        caps={"deviations": 5},
        gates={"database_lock": tuple(reversed(MILESTONES["database_lock"].gates))},
        targets={"ITT": 0.8},
    )
    assert config_hash(same) == config_hash(Change())
    assert config_hash(Change(targets={"ITT": 0.81})) != config_hash(Change())
    assert len(config_hash(same)) == 64


def test_another_shape_is_not_guessed_at() -> None:
    with pytest.raises(StoreDamaged, match="shape 99"):
        read(written(Change()), SCHEMA + 98)
    damaged: list[dict[str, object]] = [
        {"limits": {"op01": 3}},
        {"weights": []},
        {"caps": {"deviations": "5"}},
        {"limits": {"op01": {"amber": 2, "red": True}}},
    ]
    for broken in damaged:
        with pytest.raises(StoreDamaged, match="cannot be read"):
            read(broken)
