"""When a study will be clean: by hand where it can be computed by hand, and silent where snapshots cannot say."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from tests.portfolios import loaded

from ncdm.errors import InvalidQuestion
from ncdm.measures.clean import CRITERIA, MILESTONES
from ncdm.measures.forecast.clean_subjects import log_parts
from ncdm.measures.forecast.gains import solved_one_by_one
from ncdm.measures.forecast.how_many import at_least
from ncdm.measures.forecast.observed import Observed, observed
from ncdm.measures.forecast.of_study import forecast
from ncdm.measures.forecast.outlook import NODES, Outlook, curve, outlook, paces, reached, without_arrivals
from ncdm.measures.forecast.rates import Rates, rates
from ncdm.measures.history.moments import Moment, moments
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.types import StudyId
from ncdm.wiring import wired

START = dt.date(2025, 11, 28)


def seen(
    items: Sequence[Sequence[float]],
    *,
    site_of: Sequence[int] | None = None,
    sites: Sequence[str] = ("Site 1",),
    arrived: Sequence[Sequence[float]] | None = None,
    closed: Sequence[Sequence[float]] | None = None,
    subject_days: float = 100.0,
    item_days: float = 100.0,
) -> Observed:
    """A study as its snapshots tell it; the last row of each table stands for subjects of no site."""
    count, gates = len(items), len(items[0])
    shape = (len(sites) + 1, gates)
    return Observed(
        tuple(CRITERIA)[:gates],
        tuple(f"Subject {number}" for number in range(count)),
        tuple(sites),
        np.array(site_of or [0] * count, dtype=np.int64),
        np.array(items, dtype=np.float64),
        np.array(arrived or np.zeros(shape), dtype=np.float64),
        np.array(closed or np.zeros(shape), dtype=np.float64),
        np.array([[subject_days] * gates] * len(sites) + [[0.0] * gates]),
        np.array([[item_days] * gates] * len(sites) + [[0.0] * gates]),
        (None,) * gates,
    )


def at(arrival: float, closure: float, shape: tuple[int, int] = (2, 1)) -> Rates:
    return Rates(np.full(shape, arrival), np.full(shape, closure), 10.0, 10.0)


# -- one subject


def test_a_subject_is_clean_when_each_item_is_closed_and_no_newer_one_is_open() -> None:
    gone, newer = log_parts(np.array([[1.0], [3.0], [0.0]]), np.array([0, 0, 0]), at(0.02, 0.1), 7.0)
    one = 1 - math.exp(-0.7)
    assert np.exp(gone) == pytest.approx([one, one**3, 1.0], abs=1e-12)
    assert newer == pytest.approx([0.02 * one / 0.1] * 3, abs=1e-12)


def test_at_the_start_a_subject_is_clean_if_nothing_is_outstanding() -> None:
    gone, newer = log_parts(np.array([[1.0], [0.0]]), np.array([0, 0]), at(0.02, 0.1), 0.0)
    assert np.exp(gone - newer).tolist() == [0.0, 1.0]


def test_what_is_never_closed_stays_and_what_arrives_piles_up() -> None:
    gone, newer = log_parts(np.array([[1.0], [0.0]]), np.array([0, 0]), at(0.02, 0.0), 50.0)
    assert np.exp(gone).tolist() == [0.0, 1.0]
    assert newer == pytest.approx([1.0, 1.0])


def test_criteria_multiply() -> None:
    two = Rates(np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([[0.1, 0.2], [0.1, 0.2]]), 1.0, 1.0)
    gone, _ = log_parts(np.array([[1.0, 2.0]]), np.array([0]), two, 7.0)
    assert np.exp(gone) == pytest.approx([(1 - math.exp(-0.7)) * (1 - math.exp(-1.4)) ** 2], abs=1e-12)


# -- how many


def by_enumeration(needed: int, clean: Sequence[float]) -> float:
    total = 0.0
    for size in range(needed, len(clean) + 1):
        for chosen in combinations(range(len(clean)), size):
            total += math.prod(p if place in chosen else 1 - p for place, p in enumerate(clean))
    return total


@pytest.mark.parametrize("needed", range(7))
def test_the_number_of_clean_subjects_is_that_of_all_ways_to_be_clean(needed: int) -> None:
    clean = [0.1, 0.9, 0.5, 1.0, 0.0, 0.3]
    assert at_least(needed, np.array([clean]))[0] == pytest.approx(by_enumeration(needed, clean), abs=1e-12)


def test_many_subjects_are_counted_to_a_thousandth() -> None:
    clean = np.linspace(0.05, 0.95, 240)[np.newaxis]
    law = np.array([1.0])
    for p in clean[0]:
        law = np.convolve(law, [1 - p, p])
    for needed in (100, 110, 120, 130, 140):
        assert at_least(needed, clean)[0] == pytest.approx(float(np.sum(law[needed:])), abs=1e-3)


# -- rates


def test_a_rate_is_events_and_half_an_event_over_exposure() -> None:
    found = rates(seen([[2.0], [0.0]], arrived=[[3.0], [0.0]], closed=[[8.0], [0.0]]))
    # One site alone is its study: the ratio to it is 1.
    assert found.arrival[0, 0] == pytest.approx(3.5 / 100)
    assert found.closure[0, 0] == pytest.approx(8.5 / 100)
    assert (found.arrived, found.closed) == (3.5, 8.5)


def test_half_an_event_is_shared_by_the_criteria() -> None:
    found = rates(seen([[1.0, 1.0]], closed=[[5.0, 0.0], [0.0, 0.0]]))
    assert found.closure[0].tolist() == pytest.approx([5.25 / 100, 0.25 / 100])


def test_a_site_is_pulled_to_its_study_as_far_as_its_data_are_thin() -> None:
    names = [f"Site {number}" for number in range(1, 7)]
    closed = [[30.0], [10.0], [12.0], [8.0], [11.0], [9.0], [0.0]]
    found = rates(seen([[1.0]] * 6, site_of=range(6), sites=names, closed=closed))
    raw = 30.0 / (80.0 / 6.0)
    ratio = found.closure[0, 0] / (80.5 / 600)
    assert 1.0 < ratio < raw
    assert found.closure[6, 0] == pytest.approx(80.5 / 600), "subjects of no site have the rate of the study"


def test_paces_are_equally_probable_and_narrow_with_what_is_seen() -> None:
    few, many = paces(2.5), paces(400.5)
    assert few.size == many.size == NODES
    assert np.ptp(few) > 5 * np.ptp(many)
    assert float(np.mean(many)) == pytest.approx(1.0, abs=0.01)


# -- the study


def small(**given: object) -> Outlook:
    told = seen([[1.0], [0.0], [2.0]], closed=[[20.0], [0.0]], **given)  # type: ignore[arg-type]
    return outlook(told, rates(told), START)


def test_a_probability_is_the_mean_over_paces_of_what_each_pace_gives() -> None:
    of = without_arrivals(small())
    told = of.on(14)
    hazard = 20.5 / 100
    each = [(1 - math.exp(-hazard * pace * 14)) ** 3 for pace in paces(20.5).tolist()]
    everybody = told.chances[-1]
    assert everybody.needed == 3
    assert everybody.probability == pytest.approx(sum(each) / len(each), abs=1e-12)
    assert min(each) <= everybody.low < everybody.probability < everybody.high <= max(each)
    assert told.day == START + dt.timedelta(days=14)


def test_a_subject_with_an_unknown_criterion_is_not_clean_whatever_happens() -> None:
    told = seen([[0.0], [math.nan]], closed=[[20.0], [0.0]])
    of = without_arrivals(outlook(told, rates(told), START))
    assert of.hopeless == 1
    assert of.on(700).chances[-1].probability == 0.0
    assert of.on(700).expected == pytest.approx(1.0)


def test_without_arrivals_a_study_only_gets_cleaner_and_the_dates_come_in_order() -> None:
    of = without_arrivals(small())
    days = curve(of)
    for place in range(len(days[0].chances)):
        probabilities = [by_day.chances[place].probability for by_day in days]
        assert probabilities == sorted(probabilities)
    for target in reached(of, days):
        assert target.early is not None
        assert target.middle is not None
        assert target.late is not None
        assert START <= target.early <= target.middle <= target.late


def test_the_day_of_a_target_is_the_first_that_has_the_probability() -> None:
    of = without_arrivals(small())
    middle = reached(of, curve(of))[-1].middle
    assert middle is not None
    ahead = (middle - START).days
    assert of.on(ahead).chances[-1].probability >= 0.5 > of.on(ahead - 1).chances[-1].probability


def test_more_work_outstanding_never_makes_a_study_cleaner() -> None:
    for days in (3, 30, 300):
        less, more = (Outlook(told, at(0.001, 0.05), START, 0).on(days).chances for told in (seen([[1.0], [2.0]]), seen([[1.0], [3.0]])))
        assert all(one.probability >= other.probability for one, other in zip(less, more, strict=True))


def test_the_order_of_subjects_does_not_matter() -> None:
    one, other = (
        Outlook(seen(items, site_of=site_of, sites=("Site 1", "Site 2")), at(0.001, 0.05, (3, 1)), START, 0).on(30)
        for items, site_of in (([[1.0], [4.0], [0.0]], [0, 1, 1]), ([[0.0], [1.0], [4.0]], [1, 0, 1]))
    )
    assert [chance.probability for chance in one.chances] == pytest.approx([chance.probability for chance in other.chances], abs=1e-12)


# -- gains


def sure(of: Rates) -> Rates:
    """The same rates as if very many events told them: one pace."""
    return replace(of, arrived=1e9, closed=1e9)


def test_the_site_that_holds_most_gains_most_days() -> None:
    told = seen([[1.0], [12.0], [0.0]], site_of=[0, 1, 2], sites=("Site 1", "Site 2", "Site 3"))
    of = Outlook(told, sure(at(0.0, 0.1, (4, 1))), START, 0)
    found = solved_one_by_one(of, 1.0, 84)
    assert [one.site_id for one in found.sites] == ["Site 2", "Site 1"]
    # All clean with one half: (1 - e)^13 = .5; with Site 2 solved (1 - e) = .5; with Site 1 solved (1 - e)^12 = .5.
    day = {power: math.ceil(-10 * math.log(1 - 0.5 ** (1 / power))) for power in (13, 12, 1)}
    assert found.day == START + dt.timedelta(days=day[13])
    assert [one.days for one in found.sites] == [day[13] - day[1], day[13] - day[12]]
    assert [(one.items, one.subjects) for one in found.sites] == [(12.0, 1), (1.0, 1)]


def test_below_all_subjects_the_probability_of_enough_decides() -> None:
    told = seen([[1.0], [1.0]], site_of=[0, 1], sites=("Site 1", "Site 2"))
    found = solved_one_by_one(Outlook(told, sure(at(0.0, 0.1, (3, 1))), START, 0), 0.5, 7)
    # One of two with one half: 1 - e^2 = .5; solved it is there today.
    assert found.day == START + dt.timedelta(days=math.ceil(5 * math.log(2)))
    assert {one.day for one in found.sites} == {START}
    assert found.sites[0].expected == pytest.approx(math.exp(-0.7), abs=1e-4)


@pytest.mark.parametrize("arrival", [0.0, 0.002])
def test_the_list_of_sites_and_the_table_of_targets_know_one_day(arrival: float) -> None:
    """At paces that few events tell, where the mean over paces and the expected pace are days apart."""
    told = seen([[1.0], [5.0], [0.0], [2.0], [3.0]], site_of=[0, 1, 0, 2, 1], sites=("Site 1", "Site 2", "Site 3"))
    of = Outlook(told, Rates(np.full((4, 1), arrival), np.full((4, 1), 0.1), 2.5, 3.5), START, 0)
    table = reached(of, curve(of))
    assert len({one.middle for one in table}) > 1
    for one in table:
        found = solved_one_by_one(of, one.target, 14)
        assert found.day == one.middle
        for site in found.sites:
            number = told.sites.index(site.site_id)
            items = np.where((told.site_of == number)[:, np.newaxis], 0.0, told.items)
            solved = replace(of, seen=replace(told, items=items))
            assert site.day == next(other.middle for other in reached(solved, curve(solved)) if other.target == one.target)
            assert site.expected == pytest.approx(solved.on(14).expected - of.on(14).expected, abs=1e-12)


def test_a_forecast_names_one_day_for_its_target(studies: dict[str, Sequence[Moment]]) -> None:
    told = forecast(studies["Study 36"], StudyId("Study 36"), "ongoing_review", target=0.8)
    assert told.gains is not None
    scenario = told.as_things_go if told.gains.arriving else told.nothing_new
    assert scenario is not None
    assert told.gains.day is not None
    assert told.gains.day == scenario.reached[0].middle


def test_each_gain_says_the_pace_it_is_computed_from() -> None:
    told = seen([[1.0, 0.0], [2.0, 3.0], [0.0, 4.0]], site_of=[0, 0, 1], sites=("Site 1", "Site 2"))
    pace = Rates(np.array([[0.01, 0.02], [0.03, 0.04], [0.0, 0.0]]), np.array([[0.1, 0.2], [0.3, 0.4], [0.0, 0.0]]), 10.0, 10.0)
    found = {one.site_id: one.pace for one in solved_one_by_one(Outlook(told, pace, START, 0), 0.5, 7).sites}
    # Two subjects at Site 1: 7 days of .01 each are .14 a week; at a hazard of .1 a day 1 - exp(-.7) are closed in a week.
    assert [(one.code, one.items) for one in found["Site 1"]] == [("V", 3.0), ("P", 3.0)]
    assert [one.arrivals_per_week for one in found["Site 1"]] == pytest.approx([0.14, 0.28])
    assert [one.closed_share_per_week for one in found["Site 1"]] == pytest.approx([0.5034147, 0.7534030], abs=1e-6)
    assert [one.arrivals_per_week for one in found["Site 2"]] == pytest.approx([0.21, 0.28])


# -- studies


@pytest.fixture(scope="module")
def studies() -> Iterator[dict[str, Sequence[Moment]]]:
    """Each invented study at its three snapshots."""
    with wired(Settings(loaded(3), 0, 1)) as mesh:
        reading = Reading(mesh.home, mesh.engine)
        yield {str(study): moments(reading, study) for study in sorted({sheet.study_id for sheet in reading.state().sheets})}


def test_the_milestones_ask_for_the_criteria_of_the_specification() -> None:
    assert tuple(CRITERIA) == ("V", "P", "Q", "C", "R", "S", "E", "SIG", "NC", "LAB", "PD")
    assert set(MILESTONES["interim_analysis"].gates) == set(CRITERIA) - {"E", "SIG"}
    assert MILESTONES["ongoing_review"].gates == ("V", "P", "Q", "C", "R", "S", "E")
    assert set(MILESTONES["database_lock"].gates) == set(CRITERIA)


def test_arrivals_and_closures_are_the_changes_of_each_subject(studies: dict[str, Sequence[Moment]]) -> None:
    found = studies["Study 52"]
    told = observed(found, StudyId("Study 52"), [CRITERIA["P"], CRITERIA["LAB"], CRITERIA["E"]])
    column = told.gates.index("E")
    counts = [
        {
            str(row["subject_id"]): int(str(row["n"]))
            for row in moment.state.ask("SELECT subject_id, pages_sdv_required_n AS n FROM subject_metrics WHERE study_id = 'Study 52'")
        }
        for moment in found
    ]
    pairs = list(pairwise(counts))
    assert told.arrived[:, column].sum() == sum(max(0, after[name] - before[name]) for before, after in pairs for name in before)
    assert told.closed[:, column].sum() == sum(max(0, before[name] - after[name]) for before, after in pairs for name in before)
    assert told.item_days[:, column].sum() == sum(7 * (before[name] + after[name]) / 2 for before, after in pairs for name in before)
    assert told.subject_days[:, column].sum() == 14 * len(counts[0])


def test_a_study_of_three_weeks_has_a_forecast_with_everything_in_its_place(studies: dict[str, Sequence[Moment]]) -> None:
    told = forecast(studies["Study 36"], StudyId("Study 36"), "ongoing_review")
    assert told.reason is None
    assert told.as_things_go is not None
    assert told.nothing_new is not None
    assert told.gains is not None
    assert [chance.target for chance in told.as_things_go.by.chances] == [0.80, 0.85, 0.95, 1.0]
    assert (told.as_things_go.by.day - (told.start or START)).days == 84
    for worse, better in zip(told.as_things_go.by.chances, told.nothing_new.by.chances, strict=True):
        assert 0.0 <= worse.low <= worse.high <= 1.0
        assert worse.probability <= better.probability
    assert told.as_things_go.curve[0].expected == pytest.approx(told.clean_now)
    assert len(told.gains.sites) <= 10


def test_asked_twice_it_says_the_same(studies: dict[str, Sequence[Moment]]) -> None:
    one, other = (forecast(studies["Study 17"], StudyId("Study 17"), "ongoing_review") for _ in range(2))
    assert one == other


def test_one_snapshot_cannot_say(studies: dict[str, Sequence[Moment]]) -> None:
    told = forecast(studies["Study 36"][:1], StudyId("Study 36"))
    assert (told.as_things_go, told.nothing_new, told.gains) == (None, None, None)
    assert "no earlier snapshot" in str(told.reason)


def test_a_criterion_that_nobody_knows_silences_the_forecast_and_is_named(studies: dict[str, Sequence[Moment]]) -> None:
    (study,) = (name for name, found in studies.items() if not found[-1].has(("subject_metrics",)))
    told = forecast(studies[study], StudyId(study))
    assert told.as_things_go is None
    assert "outstanding queries: no report CPID" in str(told.reason)


@pytest.mark.parametrize(
    ("milestone", "by", "target"),
    [
        ("lock", None, 1.0),
        ("database_lock", dt.date(2020, 1, 1), 1.0),
        ("database_lock", dt.date(2040, 1, 1), 1.0),
        ("database_lock", None, 1.2),
    ],
)
def test_a_question_without_meaning_is_refused(
    studies: dict[str, Sequence[Moment]], milestone: str, by: dt.date | None, target: float
) -> None:
    with pytest.raises(InvalidQuestion):
        forecast(studies["Study 36"], StudyId("Study 36"), milestone, by, target)
