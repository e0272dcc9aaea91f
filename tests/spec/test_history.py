"""What snapshots say together: queries opened and closed, trends, flags that stand, drift, and what is only regression to the mean."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from tests.building import QUERY, Given, sheet, workbook
from tests.delivering import SEVEN, Lines
from tests.portfolios import loaded

from ncdm.errors import InvalidQuestion
from ncdm.ingest.file import conform_file
from ncdm.ingest.file_study import Attributed, StudyFrom
from ncdm.ingest.workbook import identify
from ncdm.measures.catalogue import MEASURES
from ncdm.measures.history.drift import drift
from ncdm.measures.history.matching import Item, Listing, match
from ncdm.measures.history.moments import Moment, moments, of_different_days
from ncdm.measures.history.over_snapshots import measure_trend
from ncdm.measures.history.queries import KEY, SHEET, query_flow
from ncdm.measures.history.regression import Verdict, regressions
from ncdm.measures.history.standing_flags import FlagChange, FlagKey, standing_flags
from ncdm.measures.history.trend import Direction, Point, slope_per_week, trend
from ncdm.measures.history.velocity import Clearing, Pace, difference_interval, pace_of, velocity
from ncdm.measures.measure import Worse
from ncdm.measures.statistics.dispersion import fit_robustly
from ncdm.measures.statistics.laws import CountKind, RateLaw
from ncdm.settings import Settings
from ncdm.store.home import locked
from ncdm.store.load import Load
from ncdm.store.mesh import Reading
from ncdm.types import StudyId
from ncdm.wiring import wired

MONDAY = dt.date(2025, 11, 3)
WEEK = dt.timedelta(days=7)


# -- velocity


@pytest.mark.parametrize(
    ("net", "pace"),
    [
        (-5.1, Pace.BOTTLENECK),
        (-5.0, Pace.BOTTLENECK),
        (-4.99, Pace.NEGATIVE),
        (-0.01, Pace.NEGATIVE),
        (0.0, Pace.STABLE),
        (1.99, Pace.STABLE),
        (2.0, Pace.POSITIVE),
        (3.99, Pace.POSITIVE),
        (4.0, Pace.ACCELERATING),
    ],
)
def test_a_net_velocity_has_the_word_of_its_band(net: float, pace: Pace) -> None:
    assert pace_of(net) is pace


def test_the_net_is_closed_minus_opened_a_day_and_says_when_the_pile_is_gone() -> None:
    found = velocity(opened=7, closed=21, outstanding=30, days=7)
    assert (found.opened_per_day, found.closed_per_day, found.net, found.days_to_clear) == (1.0, 3.0, 2.0, 15.0)
    assert (found.pace, found.clearing) == (Pace.POSITIVE, Clearing.CLEARING)


@pytest.mark.parametrize(("opened", "closed"), [(3, 3), (5, 2)])
def test_without_a_positive_net_the_pile_is_not_clearing(opened: int, closed: int) -> None:
    found = velocity(opened=opened, closed=closed, outstanding=9, days=7)
    assert (found.clearing, found.days_to_clear) == (Clearing.NOT_CLEARING, None)


def test_where_nothing_is_outstanding_nothing_is_to_clear() -> None:
    assert velocity(0, 4, 0, 7).days_to_clear == 0.0
    assert velocity(0, 0, 0, 7).clearing is Clearing.CLEAR


def test_the_interval_joins_the_exact_limits_of_both_counts() -> None:
    closed, opened, days = 21, 7, 7
    low_c, high_c = stats.chi2.ppf(0.05, 2 * closed) / 2, stats.chi2.ppf(0.95, 2 * closed + 2) / 2
    low_o, high_o = stats.chi2.ppf(0.05, 2 * opened) / 2, stats.chi2.ppf(0.95, 2 * opened + 2) / 2
    low = (14 - math.sqrt((closed - low_c) ** 2 + (high_o - opened) ** 2)) / days
    high = (14 + math.sqrt((high_c - closed) ** 2 + (opened - low_o) ** 2)) / days
    assert difference_interval(closed, opened, days) == pytest.approx((low, high), abs=1e-12)


def test_an_interval_has_a_width_where_nothing_happened() -> None:
    limit = -math.log(0.05)  # the exact 95 % limit of a count of none
    assert difference_interval(0, 0, 7) == pytest.approx((-limit / 7, limit / 7), abs=1e-12)


def test_the_interval_covers_the_true_difference_nine_times_in_ten() -> None:
    # Every pair of counts, weighted by its probability: no chance.
    closed_mean, opened_mean = 6.0, 3.0
    covered = 0.0
    for closed in range(30):
        for opened in range(30):
            low, high = difference_interval(closed, opened, 1.0)
            weight = stats.poisson.pmf(closed, closed_mean) * stats.poisson.pmf(opened, opened_mean)
            covered += weight * (low <= closed_mean - opened_mean <= high)
    assert 0.88 <= covered <= 0.97


def test_two_snapshots_of_one_day_have_no_velocity() -> None:
    with pytest.raises(InvalidQuestion, match="two different as-of dates"):
        velocity(1, 1, 1, 0)


# -- matching


def listing(*keys: str, start: int = 1) -> Listing:
    return Listing(("what",), tuple(Item((key,), "Site 1", f"r{number}") for number, key in enumerate(keys, start=start)))


def test_equal_rows_are_matched_one_by_one() -> None:
    found = match(listing("a", "a", "a", "b"), listing("a", "a", "c", start=11))
    assert [item.row_ref for item in found.gone] == ["r3", "r4"]
    assert [item.row_ref for item in found.new] == ["r13"]
    assert found.kept == 2


def test_a_column_that_only_one_snapshot_fills_is_left_out_of_the_match() -> None:
    before = Listing(("what", "form"), (Item(("a", None), None, "r1"), Item(("b", None), None, "r2")))
    after = Listing(("what", "form"), (Item(("a", "Form 1"), None, "r3"),))
    found = match(before, after)
    assert (len(found.new), [item.row_ref for item in found.gone], found.left_out) == (0, ["r2"], ("form",))


def test_a_column_that_both_fill_in_part_stays_in() -> None:
    before = Listing(("what", "form"), (Item(("a", None), None, "r1"), Item(("b", "Form 1"), None, "r2")))
    after = Listing(("what", "form"), (Item(("a", "Form 1"), None, "r3"), Item(("b", "Form 1"), None, "r4")))
    found = match(before, after)
    assert (len(found.new), len(found.gone), found.left_out) == (1, 1, ())


# -- snapshots in a store


def query_lines(day: dt.date, *queries: tuple[str, str, str, int]) -> Lines:
    """A cumulative query sheet as of a day: site, subject, item, day of November opened."""
    header: list[Given] = f"Study|Region|Country|Site Number|Subject Name|Folder Name|Form|{QUERY}".split("|")  # type: ignore[assignment]
    lines: list[list[Given]] = [
        [
            "Study 7",
            "ASIA",
            "JPN",
            site,
            subject,
            "Week 1",
            "Form 1",
            item,
            1,
            None,
            "Open",
            "Site Review",
            "Site from System",
            dt.datetime(2025, 11, opened, 9, 30),  # noqa: DTZ001 - as an export writes it
            None,
            (day - dt.date(2025, 11, opened)).days,
            None,
        ]
        for site, subject, item, opened in queries
    ]
    return [header, *lines]


@contextmanager
def weeks(home: Path, *deliveries: Lines) -> Iterator[tuple[Moment, ...]]:
    """Study 7 at the snapshots that these query sheets make, one delivery each."""
    with wired(Settings(home, 0, 1)) as mesh:
        for lines in deliveries:
            with locked(mesh.home):
                filing = Load(mesh.home, mesh.engine, "made")
                read = workbook(sheet(lines, "Query Report - Cumulative"), name="Study 7_CPID.xlsx")
                filing.add(conform_file(read, identify(read), Attributed(SEVEN, StudyFrom.FOLDER, None)), SEVEN, demo=False)
                filing.commit()
        found = moments(Reading(mesh.home, mesh.engine), SEVEN)
        try:
            yield found
        finally:
            for moment in found:
                moment.state.close()


A, B, C = ("Site 1", "Subject 1", "AETERM", 1), ("Site 1", "Subject 1", "AETERM", 2), ("Site 2", "Subject 2", "MHTERM", 2)
NEW, LATE = ("Site 2", "Subject 3", "CMTRT", 6), ("Site 1", "Subject 1", "CMTRT", 1)


def test_queries_opened_and_closed_are_counted_by_study_and_site_and_name_their_rows(tmp_path: Path) -> None:
    with weeks(tmp_path, query_lines(MONDAY, A, A, B, C), query_lines(MONDAY + WEEK, A, C, NEW, LATE)) as found:
        flow = query_flow(found, SEVEN)
        assert flow.study is not None
        of = flow.study.velocity
        assert (flow.before, flow.after, flow.day_before, flow.day_after) == (1, 2, MONDAY, MONDAY + WEEK)
        assert (of.opened, of.closed, of.outstanding, of.days, of.net, of.listed_late) == (2, 2, 4, 7, 0.0, 1)
        assert {group.site_id: (group.velocity.opened, group.velocity.closed, group.velocity.outstanding) for group in flow.sites} == {
            "Site 1": (1, 2, 2),
            "Site 2": (1, 0, 2),
        }
        gone = {str(row["row_ref"]): row["opened_at"] for row in found[0].state.ask("SELECT row_ref, opened_at FROM query")}
        assert [gone[ref].day for ref in flow.study.gone] == [1, 2]  # type: ignore[attr-defined]
        items = {str(row["row_ref"]): row["item_oid"] for row in found[1].state.ask("SELECT row_ref, item_oid FROM query")}
        assert [items[ref] for ref in flow.study.new] == ["CMTRT", "CMTRT"]


def test_before_a_second_snapshot_nothing_is_computable_and_the_reason_is_told(tmp_path: Path) -> None:
    with weeks(tmp_path, query_lines(MONDAY, A)) as found:
        flow = query_flow(found, SEVEN)
        assert (flow.study, flow.sites, flow.reason) == (None, (), "no earlier snapshot")


def test_two_snapshots_of_the_same_day_are_not_computable(tmp_path: Path) -> None:
    with weeks(tmp_path, query_lines(MONDAY, A), query_lines(MONDAY, A, B)) as found:
        assert query_flow(found, SEVEN).reason == "no snapshot of another day: the reports of all stand for 03 Nov 2025"


def test_of_two_snapshots_of_one_day_the_later_stands(tmp_path: Path) -> None:
    with weeks(tmp_path, query_lines(MONDAY, A), query_lines(MONDAY, A, B), query_lines(MONDAY + WEEK, A)) as found:
        flow = query_flow(found, SEVEN)
        assert (flow.before, flow.after) == (2, 3)
        assert flow.study is not None
        assert (flow.study.velocity.opened, flow.study.velocity.closed) == (0, 1)


def test_equal_lists_a_week_apart_have_no_velocity(tmp_path: Path) -> None:
    with weeks(tmp_path, query_lines(MONDAY, A, A, B), query_lines(MONDAY + WEEK, B, A, A)) as found:
        flow = query_flow(found, SEVEN)
        assert flow.study is not None
        of = flow.study.velocity
        assert (of.opened, of.closed, of.net, of.pace, of.clearing) == (0, 0, 0.0, Pace.STABLE, Clearing.NOT_CLEARING)


def test_the_invented_weeks_agree_with_a_plain_count_of_their_rows() -> None:
    with wired(Settings(loaded(3), 0, 1)) as mesh:
        reading = Reading(mesh.home, mesh.engine)
        computable = 0
        for study in {str(row["study_id"]) for row in reading.state(3).ask("SELECT DISTINCT study_id FROM query")}:
            flow = query_flow(moments(reading, StudyId(study)), StudyId(study))
            assert flow.study is not None
            assert (flow.before, flow.after) == (2, 3)
            old, new = (
                Counter(
                    tuple(str(value) for value in row.values())
                    for row in reading.state(number).ask(f"SELECT {', '.join(KEY)} FROM query WHERE study_id = ?", [study])
                )
                for number in (2, 3)
            )
            of = flow.study.velocity
            assert (of.opened, of.closed, of.outstanding) == ((new - old).total(), (old - new).total(), new.total())
            assert of.outstanding == old.total() + of.opened - of.closed
            assert sum(group.velocity.opened for group in flow.sites) == of.opened
            computable += of.opened + of.closed
        assert computable > 10


def test_a_study_without_cpid_has_no_velocity() -> None:
    with wired(Settings(loaded(2), 0, 1)) as mesh:
        reading = Reading(mesh.home, mesh.engine)
        with_queries = {str(row["study_id"]) for row in reading.state().ask("SELECT DISTINCT study_id FROM query")}
        (without,) = {str(sheet.study_id) for sheet in reading.state().sheets} - with_queries
        assert query_flow(moments(reading, StudyId(without)), StudyId(without)).reason == "no sheet of queries"


# -- trends


def points(*values: float | None) -> tuple[Point, ...]:
    return tuple(
        Point(number + 1, MONDAY + number * WEEK, value, "unknown" if value is None else "known", "no report" if value is None else None)
        for number, value in enumerate(values)
    )


def test_a_trend_has_the_last_change_and_a_slope_a_week() -> None:
    found = trend(points(10, 14, 12, 20))
    assert (found.delta, found.days, found.direction) == (8, 7, Direction.WORSE)
    # Least squares by hand: x -1.5 -.5 .5 1.5, y 10 14 12 20 around 14: (6 + 0 - 1 + 9) / 5.
    assert found.slope_per_week == pytest.approx(2.8, abs=1e-12)


@pytest.mark.parametrize(
    ("values", "worse", "direction"),
    [
        ((5, 3), Worse.HIGH, Direction.BETTER),
        ((5, 3), Worse.LOW, Direction.WORSE),
        ((5, 3), Worse.NEITHER, Direction.CHANGED),
        ((3, 3), Worse.HIGH, Direction.UNCHANGED),
    ],
)
def test_the_direction_of_a_change_depends_on_what_is_bad(values: tuple[int, int], worse: Worse, direction: Direction) -> None:
    assert trend(points(*values), worse).direction is direction


def test_one_snapshot_has_no_trend() -> None:
    found = trend(points(10))
    assert (found.delta, found.slope_per_week, found.reason) == (None, None, "no earlier snapshot")


def test_an_unknown_last_value_has_no_change_and_is_not_taken_for_the_one_before() -> None:
    found = trend(points(10, 12, None))
    assert (found.delta, found.reason) == (None, "no report")
    assert found.slope_per_week == pytest.approx(2.0)


def test_what_was_never_known_says_why_and_not_that_time_is_missing() -> None:
    assert trend(points(None)).reason == "no report"
    assert trend(points(None, None)).reason == "no report"


def test_a_gap_is_bridged_with_its_days() -> None:
    found = trend(points(10, None, 16))
    assert (found.delta, found.days) == (6, 14)
    assert found.slope_per_week == pytest.approx(3.0)


def test_a_lower_bound_is_no_value_of_a_trend() -> None:
    bound = Point(2, MONDAY + WEEK, 12.0, "at least", "1 row does not tell")
    assert trend((*points(10), bound)).delta is None


def test_every_measure_of_the_invented_weeks_has_a_trend_or_a_reason() -> None:
    with wired(Settings(loaded(3), 0, 1)) as mesh:
        reading = Reading(mesh.home, mesh.engine)
        found = moments(reading, StudyId("Study 52"))
        assert len(found) == 3
        told = [measure_trend(found, StudyId("Study 52"), measure, sites=False).trend for measure in MEASURES.values()]
        assert all(one.reason is not None or one.delta is not None for one in told)
        assert sum(one.delta is not None for one in told) > 40
        pages = measure_trend(found, StudyId("Study 52"), MEASURES["pages_entered"])
        sums = [
            reading.state(number).ask("SELECT sum(pages_entered_n) AS n FROM subject_metrics WHERE study_id = 'Study 52'")[0]["n"]
            for number in (1, 2, 3)
        ]
        assert [point.value for point in pages.trend.points] == sums
        assert sum(site.trend.points[-1].value or 0 for site in pages.sites) == sums[-1]


def test_different_days_are_those_of_the_sheets_that_are_asked_for() -> None:
    with wired(Settings(loaded(2), 0, 1)) as mesh:
        found = moments(Reading(mesh.home, mesh.engine), StudyId("Study 36"))
        assert [day for _, day in of_different_days(found, (SHEET,))] == [dt.date(2025, 11, 14), dt.date(2025, 11, 21)]
        assert [day for _, day in of_different_days(found, ("visit_tracker",))] == [dt.date(2025, 11, 13), dt.date(2025, 11, 20)]


# -- flags


def stood(*flags: int | None, others: Sequence[Sequence[int | None]] = ()) -> tuple[FlagChange, str, int, int, int]:
    history = {FlagKey("Study 7", "Site 1", "op01"): flags} | {
        FlagKey("Study 7", f"Site {number}", "op01"): other for number, other in enumerate(others, start=2)
    }
    found = standing_flags(history, [MONDAY + number * WEEK for number in range(len(flags))])
    (one,) = (flag for flag in found if flag.key.group == "Site 1")
    return one.change, one.history, one.consecutive, one.days, one.breaches


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ((0, 0, 1, 2), (FlagChange.WORSE, "0,0,1,2", 2, 7, 1)),
        ((0, 0, 0, 1), (FlagChange.NEWLY_FLAGGED, "0,0,0,1", 1, 0, 1)),
        ((1, 1, 1), (FlagChange.STANDING, "1,1,1", 3, 14, 1)),
        ((2, 1), (FlagChange.EASED, "2,1", 2, 7, 1)),
        ((1, 0), (FlagChange.CLEARED, "1,0", 0, 0, 1)),
        ((1, 0, 2), (FlagChange.NEWLY_FLAGGED, "1,0,2", 1, 0, 2)),
        ((None, 1), (FlagChange.FLAGGED_AT_FIRST_SCORE, "NA,1", 1, 0, 1)),
        ((2, None), (FlagChange.NO_LONGER_SCORED, "2,NA", 0, 0, 1)),
        ((-1, 1), (FlagChange.TURNED, "-1,1", 1, 0, 2)),
        ((0, None), (FlagChange.NONE, "0,NA", 0, 0, 0)),
        ((0, 0), (FlagChange.NONE, "0,0", 0, 0, 0)),
        ((1,), (FlagChange.FLAGGED_AT_FIRST_SCORE, "1", 1, 0, 1)),
    ],
)
def test_a_flag_tells_its_past(flags: tuple[int | None, ...], told: tuple[FlagChange, str, int, int, int]) -> None:
    assert stood(*flags) == told


def test_what_is_new_comes_first_and_then_what_is_worst_and_oldest() -> None:
    history = {
        FlagKey("Study 7", "Site 1", "op01"): (2, 2, 2),
        FlagKey("Study 7", "Site 2", "op01"): (0, 0, 1),
        FlagKey("Study 7", "Site 3", "op01"): (0, 2, 2),
        FlagKey("Study 7", "Site 4", "op01"): (0, 0, 0),
    }
    found = standing_flags(history, [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK])
    assert [one.key.group for one in found] == ["Site 2", "Site 1", "Site 3", "Site 4"]


def test_flags_and_days_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(InvalidQuestion, match="do not belong together"):
        standing_flags({FlagKey("Study 7", "Site 1", "op01"): (0, 1)}, [MONDAY])


# -- drift


def test_a_site_that_doubles_its_rate_is_alarmed_and_the_others_are_not() -> None:
    names = [f"Site {number}" for number in range(1, 9)]
    steps = np.arange(5)
    exposure = np.tile(100.0 + 50.0 * steps, (8, 1))
    events = np.tile(10.0 + 5.0 * steps, (8, 1))
    events[3] = 10.0 + 15.0 * steps
    found = drift(names, [MONDAY + number * WEEK for number in range(5)], events, exposure)
    assert found.rate == pytest.approx(0.1)
    assert {group.group: group.alarm for group in found.groups if group.alarm} == {"Site 4": "high"}
    # 15 events a step where 5 are expected: z = 10 / sqrt(5), less the slack of a half each.
    fourth = found.groups[3]
    assert fourth.z[0] == pytest.approx(10 / math.sqrt(5), abs=1e-6)
    assert fourth.high[-1] == pytest.approx(4 * (10 / math.sqrt(5) - 0.5), abs=1e-6)
    assert fourth.observed_minus_expected == pytest.approx(40.0, abs=1e-6)


@pytest.mark.parametrize(
    ("groups", "snapshots", "reason"),
    [(6, 1, "no earlier snapshot"), (4, 3, "fewer than 5 groups"), (6, 3, "no group had an event")],
)
def test_drift_says_why_it_cannot_be_told(groups: int, snapshots: int, reason: str) -> None:
    events = np.zeros((groups, snapshots)) if reason.startswith("no group") else np.ones((groups, snapshots))
    found = drift(
        [f"Site {number}" for number in range(groups)], [MONDAY + number * WEEK for number in range(snapshots)], events, events + 9.0
    )
    assert found.groups == ()
    assert reason in str(found.reason)


# -- regression to the mean


def test_a_small_site_that_falls_back_to_the_others_did_not_improve() -> None:
    names = [f"Site {number}" for number in range(1, 11)]
    before = (np.array([3.0, *[10.0] * 9]), np.array([10.0, *[100.0] * 9]))
    after = (np.array([1.0, *[10.0] * 9]), np.array([10.0, *[100.0] * 9]))
    first = regressions(CountKind.RATE, names, before, after)[0]
    assert (first.before, first.after) == (0.3, 0.1)
    assert first.expected is not None
    assert first.expected < 0.3
    assert first.verdict in {Verdict.AS_EXPECTED, Verdict.CHANCE}


def test_a_large_site_that_halves_what_it_has_improved() -> None:
    names = [f"Site {number}" for number in range(1, 11)]
    x = np.array([400.0, 90.0, 110.0, 95.0, 105.0, 60.0, 150.0, 80.0, 120.0, 100.0])
    d = np.full(10, 1000.0)
    later = x.copy()
    later[0] = 200.0
    found = regressions(CountKind.RATE, names, (x, d), (later, d))
    assert found[0].verdict is Verdict.IMPROVED
    assert found[0].p_lower is not None
    assert found[0].p_lower < 1e-6
    assert {one.verdict for one in found[1:]} <= {Verdict.AS_EXPECTED, Verdict.CHANCE}


def test_the_next_count_is_judged_by_all_rates_that_the_earlier_data_allow() -> None:
    x = np.array([12.0, 3.0, 7.0, 9.0, 4.0, 30.0])
    d = np.array([100.0, 80.0, 90.0, 110.0, 60.0, 100.0])
    later = np.array([9.0, 5.0, 7.0, 2.0, 6.0, 12.0])
    fit = fit_robustly(CountKind.RATE, x, d)
    assert fit is not None
    assert isinstance(fit.law, RateLaw)
    k = 1.0 / max(fit.law.tau2, 0.02)
    for place, one in enumerate(regressions(CountKind.RATE, list("abcdef"), (x, d), (later, d))):
        posterior = stats.gamma(k + x[place], scale=1.0 / (k / fit.law.rate + d[place]))
        rates = posterior.ppf((np.arange(20_000) + 0.5) / 20_000)
        law = stats.poisson(rates * d[place])
        mid_p = float(np.mean(law.cdf(later[place]) - law.pmf(later[place]) / 2.0))
        assert one.expected == pytest.approx(posterior.mean(), rel=1e-12)
        assert one.p_lower == pytest.approx(mid_p, abs=1e-5)


def test_shares_that_differ_less_than_chance_would_make_them_still_differ_a_little() -> None:
    """The fit ends at rho = 0; with p = 1/2 the least spread is rho = .02, so a = b = 24.5."""
    x, d = np.array([4.0, 6.0] * 3), np.full(6, 10.0)
    found = regressions(CountKind.BINARY, list("abcdef"), (x, d), (x, d))
    assert [one.expected for one in found[:2]] == pytest.approx([28.5 / 59, 30.5 / 59], rel=1e-6)


def test_too_few_sites_or_an_impossible_share_is_not_judged() -> None:
    four = np.array([1.0, 2.0, 3.0, 4.0])
    assert {one.verdict for one in regressions(CountKind.RATE, list("abcd"), (four, four * 10), (four, four * 10))} == {Verdict.UNKNOWN}
    six, ten = np.array([1.0, 2.0, 1.0, 2.0, 1.0, 12.0]), np.full(6, 10.0)
    found = regressions(CountKind.BINARY, list("abcdef"), (six, ten), (six, ten))
    assert found[-1].verdict is Verdict.UNKNOWN
    assert found[0].verdict is not Verdict.UNKNOWN


def test_the_slope_does_not_depend_on_when_the_calendar_begins() -> None:
    days = [MONDAY + number * WEEK for number in range(4)]
    later = [day + dt.timedelta(days=10_000) for day in days]
    assert slope_per_week(days, [3, 1, 4, 1]) == pytest.approx(slope_per_week(later, [3, 1, 4, 1]), abs=1e-12)
