"""Laws of what is compared over snapshots: matching is that of multisets, order does not matter, nothing comes from nothing."""

import datetime as dt
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncdm.measures.features.inactivation import Inactivation, review
from ncdm.measures.history.matching import Item, Listing, match
from ncdm.measures.history.queries import KEY, flow_between
from ncdm.measures.history.standing_flags import FlagKey, standing_flags
from ncdm.measures.history.trend import slope_per_week
from ncdm.measures.history.velocity import pace_of, velocity

MONDAY = dt.date(2025, 11, 3)
keys = st.lists(st.sampled_from("abcd"), max_size=12)


def listed(names: list[str], start: int = 0) -> Listing:
    """One query of each name; the same name is the same query."""
    return Listing(
        KEY,
        tuple(
            Item((name, "Week 1", "Form 1", "AETERM", 1, dt.datetime(2025, 11, 1), "Site"), f"Site {ord(name) % 2}", f"{start + place:04d}")  # noqa: DTZ001
            for place, name in enumerate(names)
        ),
    )


@given(keys, keys)
def test_matching_is_the_difference_of_multisets(before: list[str], after: list[str]) -> None:
    found = match(listed(before), listed(after, 1000))
    old, new = Counter(before), Counter(after)
    assert Counter(item.key[0] for item in found.new) == new - old
    assert Counter(item.key[0] for item in found.gone) == old - new
    assert found.kept == (old & new).total()


@given(keys, keys, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(before: list[str], after: list[str], chance: Random) -> None:
    one, other = listed(before), listed(after, 1000)
    shuffled = []
    for listing in (one, other):
        items = list(listing.items)
        chance.shuffle(items)
        shuffled.append(Listing(KEY, tuple(items)))
    assert match(one, other) == match(*shuffled)


@given(keys)
def test_equal_snapshots_have_no_velocity_anywhere(names: list[str]) -> None:
    _, flows = flow_between(listed(names), listed(names, 1000), MONDAY, MONDAY + dt.timedelta(days=7))
    assert {(flow.velocity.opened, flow.velocity.closed, flow.velocity.net) for flow in flows} == {(0, 0, 0.0)}


@given(keys, keys)
def test_what_is_outstanding_is_what_was_with_the_opened_and_without_the_closed(before: list[str], after: list[str]) -> None:
    _, (whole, *sites) = flow_between(listed(before), listed(after, 1000), MONDAY, MONDAY + dt.timedelta(days=7))
    assert whole.velocity.outstanding == len(before) + whole.velocity.opened - whole.velocity.closed
    assert sum(site.velocity.opened for site in sites) == whole.velocity.opened
    assert sum(site.velocity.closed for site in sites) == whole.velocity.closed


@given(keys, keys)
def test_looking_backward_swaps_opened_and_closed(before: list[str], after: list[str]) -> None:
    forward, backward = match(listed(before), listed(after, 1000)), match(listed(after, 1000), listed(before))
    assert (forward.new, forward.gone) == (backward.gone, backward.new)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
def test_the_interval_holds_the_velocity_and_turns_with_it(opened: int, closed: int, outstanding: int, days: int) -> None:
    found, turned = velocity(opened, closed, outstanding, days), velocity(closed, opened, outstanding, days)
    assert found.low < found.net < found.high
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), abs=1e-9)
    assert found.settled is (pace_of(found.low) is pace_of(found.high))
    assert (found.days_to_clear is None) is (outstanding > 0 and closed <= opened)


@given(
    st.lists(st.tuples(st.integers(0, 1_000), st.floats(-100, 100)), min_size=2, max_size=10, unique_by=lambda pair: pair[0]),
    st.floats(-5, 5),
)
def test_a_straight_line_has_its_own_slope_and_levels_do_not_matter(pairs: list[tuple[int, float]], slope: float) -> None:
    days = [MONDAY + dt.timedelta(days=day) for day, _ in pairs]
    assert slope_per_week(days, [slope * day / 7 + 3 for day, _ in pairs]) == pytest.approx(slope, abs=1e-7)
    values = [value for _, value in pairs]
    assert slope_per_week(days, [value + 50 for value in values]) == pytest.approx(slope_per_week(days, values), abs=1e-6)


flags = st.sampled_from([-2, -1, 0, 1, 2, None])


@given(st.lists(flags, min_size=1, max_size=8), st.lists(flags, min_size=8, max_size=8))
def test_a_flag_s_past_does_not_depend_on_other_flags(own: list[int | None], other: list[int | None]) -> None:
    days = [MONDAY + dt.timedelta(days=7 * place) for place in range(len(own))]
    key = FlagKey("Study 7", "Site 1", "op01")
    (alone,) = standing_flags({key: own}, days)
    together = standing_flags({FlagKey("Study 7", "Site 0", "op01"): other[: len(own)], key: own}, days)
    assert alone in together
    assert alone.history == ",".join("NA" if flag is None else str(flag) for flag in own)
    assert (alone.consecutive > 0) is (own[-1] not in (0, None))


inactivated = st.lists(
    st.tuples(
        st.sampled_from(["OS", "Form 1", None]),
        st.sampled_from(["none", "not_done", None]),
        st.sampled_from(["user", "amendment_manager", None]),
    ),
    max_size=8,
)


@given(inactivated, st.floats(0, 30), st.tuples(st.floats(0, 1), st.floats(0, 10)))
def test_learning_what_was_unknown_narrows_a_review_and_never_leaves_its_bounds(
    told: list[tuple[str | None, str | None, str | None]], per_month: float, by_time: tuple[float, float | None]
) -> None:
    rows = [Inactivation("Site 1", form, reason, actor, str(place)) for place, (form, reason, actor) in enumerate(told)]
    wide = review("Site 1", rows).score
    for known in (
        review("Site 1", rows, per_month=per_month).score,
        review("Site 1", rows, endpoints=["OS"]).score,
        review("Site 1", rows, per_month=per_month, endpoints=["OS"], by_time=by_time).score,
    ):
        assert wide.low <= known.low + 1e-9
        assert known.high <= wide.high + 1e-9
        assert known.coverage >= wide.coverage
