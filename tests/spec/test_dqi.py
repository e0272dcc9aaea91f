"""The data quality index is that of measures-and-statistics 3: worked examples, edges, and what is not known."""

import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.counted import Person, measures_of
from tests.spec.conftest import Loaded

from ncdm.errors import InvalidQuestion
from ncdm.measures.at import measures
from ncdm.measures.catalogue import COUNTS, INDICES, SPREADS
from ncdm.measures.index import Counted, Days, Dimension, Index, Per
from ncdm.measures.quality.bands import Band, band, settled
from ncdm.measures.quality.quality import Quality, QualityValue, data_quality, evaluate, stored
from ncdm.measures.quality.ranks import corners
from ncdm.measures.quality.waterfall import waterfall
from ncdm.measures.quality.weights import with_caps, with_weights
from ncdm.measures.value import Level

DEFAULT, DOCUMENTED = INDICES["default"], INDICES["site_documented"]
CPID_SHEETS = ("subject_metrics", "query_cumulative")
CLEAN = {"visits_entered": 4, "pages_entered": 40}


def quality_of(
    people: Sequence[Person], level: Level = Level.SUBJECT, index: Index = DEFAULT, *, absent: dict[int, Sequence[str]] | None = None
) -> Quality:
    return data_quality(measures_of(people, COUNTS, SPREADS, absent), index, level)


def subject(counts: dict[str, float | None] | None = None, days: Sequence[float | None] = (), absent: Sequence[str] = ()) -> QualityValue:
    """The index of one subject that is clean but for these counts."""
    person = Person(1, 1, CLEAN | (counts or {}), {"longest_missing_visit": days})
    (found,) = quality_of([person], absent={1: absent}).values()
    return found


# -- what is declared

WEIGHTS = [
    ("missing_visits_and_pages", "visits", 1, 0.12),
    ("longest_missing_visit", "visits", 60, 0.08),
    ("open_queries", "queries", 1, 0.10),
    ("outstanding_queries", "queries", 0.10, 0.06),
    ("overdue_signatures", "queries", 10, 0.04),
    ("nonconformant_pages", "conformance", 1, 0.10),
    ("deviations", "conformance", 5, 0.07),
    ("inactivated_forms", "conformance", 10, 0.03),
    ("edrr_issues", "safety", 3, 0.20),
    ("open_sae_reviews", "safety", 2, 0.14),
    ("lab_issues", "safety", 5, 0.06),
]


def test_weights_and_caps_are_the_published_ones() -> None:
    assert [(one.code, one.dimension, one.cap, one.weight) for one in DEFAULT.indicators] == WEIGHTS
    assert {dimension: round(DEFAULT.weight_of(dimension), 12) for dimension in Dimension} == {
        "visits": 0.2,
        "queries": 0.2,
        "conformance": 0.2,
        "safety": 0.4,
    }
    assert [one.at_most for one in DEFAULT.ceilings] == [89.9, 74.9]


@pytest.mark.parametrize("index", INDICES.values(), ids=lambda index: index.code)
def test_an_index_explains_itself_and_its_weights_sum_to_one(index: Index) -> None:
    assert math.fsum(one.weight for one in index.indicators) == pytest.approx(1, abs=1e-12)
    definition = index.definition
    texts = (definition.what, definition.why, definition.formula, definition.source, definition.example, definition.limits)
    assert all(len(text.split()) >= 2 for text in texts)
    assert all(one.formula and one.title and one.unit for one in index.indicators)


@pytest.mark.parametrize("wrong", [{"weight": 0.13}, {"weight": -0.12}, {"cap": 0.0}, {"cap": math.nan}, {"code": "deviations"}])
def test_an_index_that_makes_no_sense_cannot_be_built(wrong: dict[str, float]) -> None:
    first, *others = DEFAULT.indicators
    with pytest.raises(InvalidQuestion):
        DEFAULT.with_each((replace(first, **wrong), *others))  # type: ignore[arg-type]


def test_a_denominator_is_of_its_kind() -> None:
    counts = COUNTS[:1]
    for wrong in ({"under": counts}, {"per": Per.COUNTS}):
        with pytest.raises(InvalidQuestion):
            Counted(over=counts, **wrong)


# -- one subject, worked by hand


def test_a_subject_with_a_little_of_everything() -> None:
    """Visits (1 + 2) / (4 + 1) = .6 and (60 - 30) / 60 = .5; queries 1 / 2, (2 / 40) / .1 = .5, 5 / 10; conformance 4 / 40, 2 / 5, 2 / 10; safety 1 / 3, 1 / 2, 2 / 5.

    12 * .6 + 8 * .5 + 10 * .5 + 6 * .5 + 4 * .5 + 10 * .1 + 7 * .4 + 3 * .2 + 20 / 3 + 14 / 2 + 6 * .4 = 7.2 + 4 + 5 + 3 + 2 + 1 + 2.8 + .6 +
    6.666.. + 7 + 2.4 = 41.666..
    """
    found = subject(
        {
            "missing_visits": 1,
            "missing_pages": 2,
            "open_queries": 1,
            "answered_queries": 1,
            "outstanding_queries": 2,
            "signatures_pending_beyond_90_days": 5,
            "nonconformant_pages": 4,
            "deviations_confirmed": 1,
            "deviations_proposed": 1,
            "inactivated_pages": 2,
            "edrr_issues": 1,
            "open_sae_reviews_dm": 1,
            "missing_lab_names": 1,
            "missing_lab_ranges": 1,
        },
        days=[60, 31],
    )
    assert found.value == pytest.approx(100 - 41 - 2 / 3, abs=1e-9)
    assert (found.band, found.ceiling_effect, found.at_most) == (Band.RED, 0, 89.9)
    assert len(found.missing) + len(found.not_applicable) == 0
    assert (found.worst, found.best) == (found.value, found.value)


def test_a_subject_with_nothing_outstanding_has_all_points() -> None:
    found = subject()
    assert (found.value, found.band, found.not_applicable) == (100, Band.GREEN, ("open_queries",))


CAPPED = [
    ("missing_visits_and_pages", {"missing_visits": 4, "missing_pages": 4}, (), 12),
    ("missing_visits_and_pages", {"missing_visits": 4, "missing_pages": 400}, (), 12),
    ("longest_missing_visit", {}, (90,), 8),
    ("longest_missing_visit", {}, (408,), 8),
    ("longest_missing_visit", {}, (30,), 0),
    ("longest_missing_visit", {}, (31,), 8 / 60),
    ("open_queries", {"open_queries": 3}, (), 10),
    ("open_queries", {"answered_queries": 3}, (), 0),
    ("outstanding_queries", {"outstanding_queries": 4}, (), 6),
    ("outstanding_queries", {"outstanding_queries": 40}, (), 6),
    ("outstanding_queries", {"outstanding_queries": 3}, (), 4.5),
    ("overdue_signatures", {"signatures_pending_beyond_90_days": 10}, (), 4),
    ("overdue_signatures", {"signatures_pending_beyond_90_days": 11}, (), 4),
    ("nonconformant_pages", {"nonconformant_pages": 40}, (), 10),
    ("deviations", {"deviations_confirmed": 5}, (), 7),
    ("deviations", {"deviations_proposed": 50}, (), 7),
    ("inactivated_forms", {"inactivated_pages": 10}, (), 3),
    ("edrr_issues", {"edrr_issues": 3}, (), 20),
    ("edrr_issues", {"edrr_issues": 17}, (), 20),
    ("open_sae_reviews", {"open_sae_reviews_dm": 1, "open_sae_reviews_safety": 1}, (), 14),
    ("open_sae_reviews", {"open_sae_reviews_safety": 9}, (), 14),
    ("lab_issues", {"missing_lab_names": 3, "missing_lab_ranges": 2}, (), 6),
    ("lab_issues", {"missing_lab_ranges": 4}, (), 4.8),
]


@pytest.mark.parametrize(("code", "counts", "days", "points"), CAPPED)
def test_an_indicator_costs_up_to_its_weight(code: str, counts: dict[str, float | None], days: Sequence[float], points: float) -> None:
    quality = quality_of([Person(1, 1, CLEAN | counts, {"longest_missing_visit": days})])
    lost = {step.code: step.points for step in waterfall(quality, 0).steps}
    assert lost.pop(code) == pytest.approx(points, abs=1e-9)
    assert set(lost.values()) <= {0.0} or code == "missing_visits_and_pages"
    assert quality.value(0).uncapped == pytest.approx(100 - points, abs=1e-9)


def test_everything_at_its_worst_is_exactly_zero() -> None:
    counts = dict.fromkeys((count.code for count in COUNTS), 1000.0) | {
        "answered_queries": 0,
        "pages_entered": 1000,
        "visits_entered": 1000,
    }
    found = subject(counts, days=[1000])  # type: ignore[arg-type]
    assert (found.value, found.uncapped, found.ceiling_effect) == (0, 0, 0)


# -- ceilings

Counts = dict[str, float | None]
OPEN_DM: Counts = {"open_sae_reviews_dm": 1}
OPEN_SAFETY: Counts = {"open_sae_reviews_safety": 1}
OLD_DM: Counts = {"sae_reviews_dm_open_beyond_30_days": 1}
OLD_SAFETY: Counts = {"sae_reviews_safety_open_beyond_30_days": 1}


@pytest.mark.parametrize(
    ("counts", "value", "uncapped"),
    [
        ({}, 100, 100),
        (OPEN_DM, 89.9, 93),
        (OPEN_SAFETY, 89.9, 93),
        (OPEN_DM | OPEN_SAFETY, 86, 86),
        (OPEN_DM | OLD_DM, 74.9, 93),
        (OPEN_SAFETY | OLD_SAFETY, 74.9, 93),
        (OPEN_DM | {"edrr_issues": 3}, 73, 73),
        (OPEN_DM | OLD_DM | {"edrr_issues": 3}, 73, 73),
    ],
)
def test_an_open_sae_review_keeps_the_index_low(counts: dict[str, float | None], value: float, uncapped: float) -> None:
    found = subject(counts)
    assert found.value == pytest.approx(value, abs=1e-9)
    assert found.uncapped == pytest.approx(uncapped, abs=1e-9)
    assert found.ceiling_effect == pytest.approx(uncapped - value, abs=1e-9)
    assert found.band is band(value)


def test_the_ceiling_holds_for_everything_the_subject_is_in() -> None:
    people = [Person(1, site, CLEAN | (OPEN_DM | OLD_DM if site == 1 else {})) for site in range(1, 7)]
    measured = measures_of(people, COUNTS, SPREADS)
    found = {level: data_quality(measured, DEFAULT, level).values() for level in DEFAULT.levels}
    assert [value.value for value in found[Level.SITE]] == [74.9, 100, 100, 100, 100, 100]
    assert {value.group.country: value.value for value in found[Level.COUNTRY]} == {"DEU": 100, "JPN": 74.9}
    assert [value.value for value in (*found[Level.STUDY], *found[Level.REGION])] == [74.9, 74.9]
    assert found[Level.STUDY][0].ceiling == "an SAE review has been open for more than 30 days"
    assert found[Level.STUDY][0].uncapped == pytest.approx(100 - 14 / 2 / 6, abs=1e-9)


# -- bands


@pytest.mark.parametrize(
    ("value", "name"), [(100, "green"), (90, "green"), (89.999999, "yellow"), (89.9, "yellow"), (75, "yellow"), (74.9, "red"), (0, "red")]
)
def test_bands_begin_at_90_and_75(value: float, name: str) -> None:
    assert band(value) == name


@pytest.mark.parametrize(
    ("value", "low", "high", "is_settled"),
    [
        (95, 90, 99, True),
        (95, 89.9, 99, False),
        (80, 75, 89.95, True),
        (80, 74.9, 81, False),
        (80, 76, 90, False),
        (60, 50, 74.9, True),
        (100, 80, 89, False),
    ],
)
def test_an_interval_over_an_edge_does_not_settle_the_band(value: float, low: float, high: float, is_settled: bool) -> None:  # noqa: FBT001
    assert settled(value, low, high) is is_settled


@pytest.mark.parametrize("value", [-0.1, 100.1, math.nan])
def test_what_is_no_index_has_no_band(value: float) -> None:
    with pytest.raises(InvalidQuestion):
        band(value)


def test_an_index_of_exactly_90_is_green_although_a_tenth_has_no_exact_number() -> None:
    found = subject({"nonconformant_pages": 40})
    assert (found.value, found.band) == (90, Band.GREEN)
    assert subject({"nonconformant_pages": 40, "edrr_issues": 1}).band is Band.YELLOW


# -- not known


def test_an_unknown_indicator_leaves_only_bounds_and_its_name() -> None:
    found = subject(absent=("edrr",))
    assert (found.value, found.uncapped, found.band, found.settled) == (None, None, None, None)
    assert (found.worst, found.best) == (80, 100)
    assert [(one.code, one.title) for one in found.missing] == [("edrr_issues", "Open third-party issues")]
    assert "no report" in found.missing[0].reason


def test_two_unknown_indicators_are_both_named() -> None:
    found = subject({"deviations_confirmed": 5}, absent=("edrr", "labs"))
    assert (found.worst, found.best) == (67, 93)
    assert [one.code for one in found.missing] == ["edrr_issues", "lab_issues"]


@pytest.mark.parametrize(("known", "best"), [(0, 100), (1, 100 - 20 / 3), (2, 100 - 40 / 3)])
def test_what_is_known_of_an_indicator_bounds_the_best(known: float, best: float) -> None:
    """The lists of data management and of safety add up; of one that is missing, the other is a lower bound."""
    people = [Person(1, 1, CLEAN | {"edrr_issues": known}), Person(1, 1, CLEAN | {"edrr_issues": None})]
    found = quality_of(people, Level.SITE).values()[0]
    assert found.value is None
    assert found.best == pytest.approx(100 - (100 - best) / 2, abs=1e-9)
    assert found.worst == 80


def test_a_lower_bound_at_its_cap_is_settled() -> None:
    found = subject({"open_sae_reviews_dm": 2}, absent=("sae_safety",))
    # 14 points are lost whatever the other list says; whether one is older than 30 days decides nothing of that, and the ceiling stays open.
    assert [one.code for one in found.missing] == ["sae_open_beyond_30_days"]
    assert (found.worst, found.best) == (74.9, 86)
    old = subject(OLD_DM | {"open_sae_reviews_dm": 2}, absent=("sae_safety",))
    assert (old.value, old.missing) == (74.9, ())


def test_without_the_lists_of_saes_the_ceiling_is_not_known_either() -> None:
    found = subject(absent=("sae_dm", "sae_safety"))
    assert (found.value, found.worst, found.best) == (None, 74.9, 100)
    assert [one.code for one in found.missing] == ["open_sae_reviews", "sae_open", "sae_open_beyond_30_days"]


def test_an_open_sae_review_of_unknown_age_leaves_two_ceilings_open() -> None:
    counts: dict[str, float | None] = {"open_sae_reviews_dm": 1, "sae_reviews_dm_open_beyond_30_days": None}
    found = subject(counts)
    assert (found.value, found.worst, found.best) == (None, 74.9, 89.9)
    assert [one.code for one in found.missing] == ["sae_open_beyond_30_days"]
    low = subject(counts | {"edrr_issues": 3.0})
    assert low.value == pytest.approx(73, abs=1e-9)
    assert low.missing == ()


def test_an_unknown_indicator_without_weight_does_not_matter() -> None:
    index = with_weights(DEFAULT, {"edrr_issues": 0})
    measured = measures_of([Person(1, 1, CLEAN)], COUNTS, SPREADS, {1: ("edrr",)})
    assert data_quality(measured, DEFAULT, Level.SUBJECT).values()[0].value is None
    assert data_quality(measured, index, Level.SUBJECT).values()[0].value == 100


def test_a_missing_visit_without_days_is_no_visit_of_no_days() -> None:
    for days, best in (((None,), 100), ((None, 60), 96), ((None, 20), 100)):
        found = subject(days=days)
        assert (found.value, found.worst, found.best) == (None, 92, best)
        assert [one.code for one in found.missing] == ["longest_missing_visit"]
    assert subject(days=(None, 90)).value == 92


def test_without_cpid_no_group_is_computable_and_it_is_said_why() -> None:
    people = [Person(1, 1, {"edrr_issues": 3}), Person(1, 2)]
    measured = measures_of(people, COUNTS, SPREADS, {1: CPID_SHEETS})
    subjects = data_quality(measured, DEFAULT, Level.SUBJECT).values()
    assert [(value.value, value.best) for value in subjects] == [(None, 80), (None, 100)]
    for level in (Level.SITE, Level.COUNTRY, Level.STUDY):
        for value in data_quality(measured, DEFAULT, level).values():
            assert (value.value, value.worst, value.best, value.low, value.rank) == (None, 0, 100, None, None)
            assert {one.reason for one in value.missing} == {"no report CPID EDC metrics"}
            assert len(value.missing) == len(DEFAULT.indicators)


def test_what_does_not_apply_costs_nothing_and_is_listed() -> None:
    found = subject({"visits_entered": 0, "pages_entered": 0})
    assert found.value == 100
    assert found.not_applicable == ("missing_visits_and_pages", "open_queries", "outstanding_queries", "nonconformant_pages")


# -- groups


def test_a_group_divides_sums_and_takes_counts_and_days_per_subject() -> None:
    """Two subjects: (1 + 3) / (6 + 2) visits and pages; (90 - 30 + 0) / 2 days; open 1 of 4; 4 on 80 pages; 3 of 2 subjects' issues.

    12 * .5 + 8 * 30 / 60 + 10 * .25 + 6 * .05 / .1 + 20 * 1.5 / 3 = 6 + 4 + 2.5 + 3 + 10 = 25.5.
    """
    people = [
        Person(
            1,
            1,
            {
                "visits_entered": 2,
                "pages_entered": 40,
                "missing_visits": 2,
                "missing_pages": 2,
                "open_queries": 1,
                "outstanding_queries": 1,
            },
            {"longest_missing_visit": [90, 80]},
        ),
        Person(1, 1, {"visits_entered": 4, "pages_entered": 40, "answered_queries": 3, "outstanding_queries": 3, "edrr_issues": 3}),
    ]
    for level in (Level.SITE, Level.COUNTRY, Level.REGION, Level.STUDY):
        (found,) = quality_of(people, level).values()
        assert found.value == pytest.approx(74.5, abs=1e-9)
        assert found.subjects == 2


def test_the_documented_site_formula() -> None:
    """2 subjects: V .7 * 4 / 20 + .3 * 45 / 90 = .29; Q .6 * 10 / 50 + .4 * 7 / 28 = .22; C (2 + 2 * 3) / 40 = .2; S 2 / 5 = .4.

    100 * (1 - .2 * .29 - .2 * .22 - .2 * .2 - .4 * .4) = 69.8.
    """
    people = [
        Person(
            1,
            1,
            CLEAN | {"missing_visits": 4, "open_queries": 6, "signatures_pending_beyond_90_days": 4, "nonconformant_pages": 2},
            {"mean_missing_visit": [30, 60], "site_response_time": [7]},
        ),
        Person(1, 1, CLEAN | OPEN_DM | OLD_DM | {"inactivated_pages": 3, "missing_lab_names": 1}),
    ]
    (found,) = quality_of(people, Level.SITE, DOCUMENTED).values()
    assert found.value == pytest.approx(69.8, abs=1e-9)
    assert (found.shrunken, found.low, found.rank) == (None, None, 1)
    with pytest.raises(InvalidQuestion, match="not for level study"):
        quality_of(people, Level.STUDY, DOCUMENTED)


def test_absolute_caps_penalise_large_sites_and_the_default_does_not() -> None:
    small = [Person(1, 1, CLEAN | {"missing_lab_names": 1}) for _ in range(2)]
    large = [Person(1, 2, CLEAN | {"missing_lab_names": 1}) for _ in range(20)]
    documented = [value.value for value in quality_of([*small, *large], Level.SITE, DOCUMENTED).values()]
    default = [value.value for value in quality_of([*small, *large], Level.SITE).values()]
    assert documented == [pytest.approx(84, abs=1e-9), pytest.approx(60, abs=1e-9)]
    assert default[0] == default[1]


def test_the_days_of_a_statistic_are_those_of_all_rows_of_a_site() -> None:
    assert isinstance(DOCUMENTED.indicator("mean_missing_visit").read, Days)
    people = [Person(1, 1, CLEAN, {"mean_missing_visit": [10, 20]}), Person(1, 1, CLEAN, {"mean_missing_visit": [90]})]
    quality = quality_of(people, Level.SITE, DOCUMENTED)
    assert {step.code: step.value for step in waterfall(quality, 0).steps}["mean_missing_visit"] == 40


# -- shrinkage, intervals, ranks


def few_and_many() -> list[Person]:
    """Nine sites of 20 subjects with about one issue in four, and one of a single subject with three issues."""
    many = [Person(1, site, CLEAN | {"edrr_issues": (place + site) % 4 == 0}) for site in range(1, 10) for place in range(20)]
    return [*many, Person(1, 10, CLEAN | {"edrr_issues": 3})]


def test_a_small_site_is_shrunken_and_a_large_one_hardly() -> None:
    values = quality_of(few_and_many(), Level.SITE).values()
    small, large = values[-1], values[0]
    assert small.value == pytest.approx(80, abs=1e-9)
    assert small.shrunken is not None
    assert large.shrunken is not None
    assert 80 < small.shrunken < 99
    assert large.value == pytest.approx(100 - 20 * 0.25 / 3, abs=1e-9)
    assert abs(large.shrunken - (large.value or 0)) < 0.5
    assert small.low is not None
    assert small.high is not None
    assert large.low is not None
    assert large.high is not None
    assert small.high - small.low > large.high - large.low > 0


def test_with_four_sites_nothing_is_shrunken_and_it_is_said() -> None:
    people = [Person(1, site, CLEAN | {"edrr_issues": site}) for site in range(1, 5)]
    for found in quality_of(people, Level.SITE).values():
        assert found.shrunken == found.value
        assert "edrr_issues" in found.not_shrunken
        assert found.low is not None
    five = [*people, Person(1, 5, CLEAN)]
    assert all(value.not_shrunken == () for value in quality_of(five, Level.SITE).values())


def test_days_are_fixed() -> None:
    people = [Person(1, site, CLEAN, {"longest_missing_visit": [60]}) for site in range(1, 7)]
    for found in quality_of(people, Level.SITE).values():
        assert (found.low, found.high, found.value) == (96, 96, 96)


def test_subjects_have_no_interval_unless_asked() -> None:
    measured = measures_of(few_and_many(), COUNTS, SPREADS)
    assert data_quality(measured, DEFAULT, Level.SUBJECT).value(0).low is None
    asked = data_quality(measured, DEFAULT, Level.SUBJECT, intervals=True).value(0)
    assert asked.low is not None
    assert asked.rank is None


def test_a_study_is_not_ranked_and_sites_are_ranked_within_theirs() -> None:
    people = [Person(study, site, CLEAN | {"edrr_issues": site * study % 3}) for study in (1, 2) for site in range(1, 7)]
    assert [value.rank for value in quality_of(people, Level.STUDY).values()] == [None, None]
    values = quality_of(people, Level.SITE).values()
    for study in ("Study 1", "Study 2"):
        ranked = sorted((value.shrunken or 0, value.rank or 0) for value in values if value.group.study_id == study)
        assert [rank for _, rank in ranked] == [1, 1, 3, 3, 5, 5]
        assert {value.ranked for value in values if value.group.study_id == study} == {6}


def test_corners_move_each_top_weight_by_a_quarter_and_sum_to_one() -> None:
    found = corners(DEFAULT)
    assert found.shape == (16, 11)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-12)
    tops = {
        tuple(round(sum(weights[at] for at, row in enumerate(WEIGHTS) if row[1] == name), 9) for name in Dimension) for weights in found
    }
    wanted = set()
    for moves in itertools.product((0.75, 1.25), repeat=4):
        moved = [weight * move for weight, move in zip((0.2, 0.2, 0.2, 0.4), moves, strict=True)]
        wanted.add(tuple(round(weight / sum(moved), 9) for weight in moved))
    assert tops == wanted


def test_a_rank_that_hangs_on_the_weights_has_a_range() -> None:
    """One site loses points for deviations, the other nearly as many for laboratories: which is first depends on the weights."""
    people = [Person(1, site, CLEAN) for site in range(3, 9) for _ in range(50)]
    people += [Person(1, 1, CLEAN | {"deviations_confirmed": 4}) for _ in range(50)]
    people += [Person(1, 2, CLEAN | {"missing_lab_names": 5}) for _ in range(50)]
    one, two, *others = quality_of(people, Level.SITE).values()
    assert {(one.rank_low, one.rank_high), (two.rank_low, two.rank_high)} == {(1, 2)}
    assert {(value.rank, value.rank_low, value.rank_high) for value in others} == {(3, 3, 3)}


# -- what-if


def test_named_weights_are_given_and_the_others_share_the_rest() -> None:
    index = with_weights(DEFAULT, {"visits": 0.4, "lab_issues": 0.0})
    weights = {one.code: one.weight for one in index.indicators}
    assert weights["missing_visits_and_pages"] == pytest.approx(0.24)
    assert weights["longest_missing_visit"] == pytest.approx(0.16)
    assert weights["lab_issues"] == 0
    assert weights["edrr_issues"] == pytest.approx(0.2 * 0.6 / 0.74)
    assert with_weights(DEFAULT, {}) is DEFAULT


@pytest.mark.parametrize(
    "weights",
    [
        {"visits": 1.1},
        {"visits": -0.1},
        {"visits": math.nan},
        {"unheard": 0.1},
        {"visits": 0.5, "queries": 0.6},
        {"visits": 0.3, "longest_missing_visit": 0.1},
        {"visits": 0.2, "queries": 0.2, "conformance": 0.2, "safety": 0.3},
    ],
)
def test_weights_that_make_no_sense_are_a_wrong_question(weights: dict[str, float]) -> None:
    with pytest.raises(InvalidQuestion):
        with_weights(DEFAULT, weights)


@pytest.mark.parametrize("caps", [{"edrr_issues": 0.0}, {"edrr_issues": -1.0}, {"unheard": 1.0}])
def test_caps_that_make_no_sense_are_a_wrong_question(caps: dict[str, float]) -> None:
    with pytest.raises(InvalidQuestion):
        with_caps(DEFAULT, caps)


@pytest.mark.parametrize("level", DEFAULT.levels)
def test_a_what_if_equals_a_run_anew_and_asks_for_no_count(level: Level) -> None:
    measured = measures_of(few_and_many(), COUNTS, SPREADS)
    other = with_caps(with_weights(DEFAULT, {"safety": 0.6}), {"edrr_issues": 1})
    kept = stored(measured, DEFAULT, level)
    measured.ask = None  # type: ignore[assignment]
    again = evaluate(kept, other).values()
    assert again == data_quality(measures_of(few_and_many(), COUNTS, SPREADS), other, level).values()
    assert again != evaluate(kept, DEFAULT).values()


def test_figures_of_one_index_are_not_those_of_another() -> None:
    kept = stored(measures_of(few_and_many(), COUNTS, SPREADS), DEFAULT, Level.SITE)
    with pytest.raises(InvalidQuestion, match="another index"):
        evaluate(kept, DOCUMENTED)


# -- the real studies

WITHOUT_MISSING_VISIT = ("Study 7", "Study 18", "Study 25")
"""Their known answers tell every indicator of the study, since days are 0."""


def known_points(told: str) -> dict[str, dict[str, float]]:
    """What each indicator costs each study, from independently counted totals, by the formulas of the specification; days apart."""
    found: dict[str, dict[str, float]] = {}
    for study, answers in json.loads(told)["studies"].items():
        if "cpid" in answers["reports_missing"]:
            continue
        sums = {key.split(" ")[0]: value for key, value in answers["cpid"]["sums"].items()}
        n, pages = answers["cpid"]["rows"], sums["pages_entered"]
        status = answers["cpid"]["sheets"]["query_cumulative"]["by_status"]
        visits, labs = answers["visit_tracker"]["rows"], answers["labs"]["by_issue"]
        shares = {
            "missing_visits_and_pages": (
                12,
                (visits + answers["missing_pages"]["missing_pages_union"]) / (sums["visits_entered"] + visits),
            ),
            "open_queries": (10, status["Open"] / (status["Open"] + status["Answered"])),
            "outstanding_queries": (6, sums["queries_total"] / pages / 0.1),
            "overdue_signatures": (4, sums["overdue_sign_gt90d"] / n / 10),
            "nonconformant_pages": (10, sums["pages_non_conformant"] / pages),
            "deviations": (7, (sums["pds_confirmed"] + sums["pds_proposed"]) / n / 5),
            "inactivated_forms": (3, answers["inactivated"]["pages"] / n / 10),
            "edrr_issues": (20, answers["edrr"]["open_issues"] / n / 3),
            "open_sae_reviews": (14, sum(answers["sae"][tab]["open_rows"] for tab in ("dm", "safety")) / n / 2),
            "lab_issues": (6, sum(count for issue, count in labs.items() if issue != "(blank)") / n / 5),
        }
        found[study] = {code: points * min(1.0, share) for code, (points, share) in shares.items()}
    return found


def known_ceilings(told: str) -> dict[str, float | None]:
    """The ceiling of each study; ``None`` where the oldest is 30 whole days old, and the answers do not tell the hours."""
    found: dict[str, float | None] = {}
    for study, answers in json.loads(told)["studies"].items():
        oldest = [answers["sae"][tab]["open_age_days"]["max"] for tab in ("dm", "safety") if answers["sae"][tab]["open_age_days"]["n"]]
        found[study] = None if max(oldest, default=0) == 30 else 74.9 if max(oldest, default=0) > 30 else 89.9 if oldest else 100
    return found


def test_the_real_studies_cost_what_their_known_totals_say(real: Loaded, reference_totals: Path) -> None:
    told = reference_totals.read_text(encoding="utf-8")
    wanted, ceilings = known_points(told), known_ceilings(told)
    quality = data_quality(measures(real.state), DEFAULT, Level.STUDY)
    for number, value in enumerate(quality.values()):
        study = str(value.group.study_id)
        if study not in wanted:
            assert value.value is None
            assert {one.reason for one in value.missing} == {"no report CPID EDC metrics"}
            continue
        lost = {step.code: step.points or 0.0 for step in waterfall(quality, number).steps}
        days = lost.pop("longest_missing_visit")
        assert lost == {code: pytest.approx(points, abs=1e-9) for code, points in wanted[study].items()}, study
        assert 0 <= days <= 8
        assert study not in WITHOUT_MISSING_VISIT or days == 0
        if (ceiling := ceilings[study]) is not None:
            assert value.value == pytest.approx(min(ceiling, 100 - sum(wanted[study].values()) - days), abs=1e-9), study
    assert len(wanted) == 10
