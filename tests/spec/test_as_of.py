"""The day a dated sheet stands for, from the dates and days of its rows, and the day of a sheet without dates."""

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncdm.contracts import AsOf
from ncdm.ingest.as_of import as_of_counts, chosen
from ncdm.store.as_of import VisibleSheet, effective, kind_day
from ncdm.types import KindCode, StudyId

RULE = AsOf("when", "days")
SEP = [dt.date(2025, 9, day) for day in range(1, 31)]


def counted(*pairs: tuple[dt.date | None, int | None]) -> dict[dt.date, int]:
    """The implied days of these rows."""
    table = pa.table(
        {"when": pa.array([when for when, _days in pairs], pa.date32()), "days": pa.array([days for _when, days in pairs], pa.int64())}
    )
    return as_of_counts(table, RULE)


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([], {}),
        ([(SEP[0], 3), (SEP[1], 2), (SEP[3], 0)], {SEP[3]: 3}),
        ([(SEP[0], 3), (SEP[0], 4)], {SEP[3]: 1, SEP[4]: 1}),
        ([(SEP[0], None), (None, 3), (None, None)], {}),
        ([(SEP[0], None), (SEP[0], 1)], {SEP[1]: 1}),
        ([(SEP[4], -2)], {SEP[2]: 1}),
        ([(dt.date(1995, 1, 1), 10)], {dt.date(1995, 1, 11): 1}),
        ([(SEP[0], 2**62), (SEP[0], -(2**62)), (SEP[0], 2**63 - 1), (SEP[0], 1)], {SEP[1]: 1}),
        ([(dt.date(9999, 12, 31), 1)], {}),
        ([(dt.date(1, 1, 1), 1)], {}),
    ],
)
def test_each_dated_row_implies_a_day(pairs: list[tuple[dt.date | None, int | None]], wanted: dict[dt.date, int]) -> None:
    assert counted(*pairs) == wanted


def test_timestamps_imply_the_day_they_lie_in() -> None:
    table = pa.table({"when": pa.array([dt.datetime(2025, 9, 1, 23, 59)], pa.timestamp("us")), "days": pa.array([1], pa.int64())})  # noqa: DTZ001 - exports carry no zone
    assert as_of_counts(table, RULE) == {SEP[1]: 1}


@given(st.lists(st.tuples(st.dates(dt.date(1970, 1, 2), dt.date(2100, 1, 1)), st.integers(0, 5000)), max_size=12))
def test_counting_agrees_with_adding_day_by_day(pairs: list[tuple[dt.date, int]]) -> None:
    wanted: dict[dt.date, int] = {}
    for when, days in pairs:
        implied = when + dt.timedelta(days=days)
        wanted[implied] = wanted.get(implied, 0) + 1
    assert counted(*pairs) == wanted


@pytest.mark.parametrize(
    ("counts", "day"),
    [({}, None), ({SEP[0]: 1}, SEP[0]), ({SEP[0]: 3, SEP[5]: 1}, SEP[0]), ({SEP[0]: 2, SEP[5]: 2, SEP[3]: 1}, SEP[5])],
)
def test_the_day_of_a_sheet_is_the_one_most_rows_imply(counts: dict[dt.date, int], day: dt.date | None) -> None:
    assert chosen(counts) == day


def shown(number: int, kind: str, contract: str, derived: dt.date | None, study: str = "Study 7") -> VisibleSheet:
    """A visible sheet."""
    return VisibleSheet(number, 1, StudyId(study), KindCode(kind), contract, derived)


def days(*sheets: VisibleSheet) -> list[tuple[dt.date | None, bool]]:
    """The effective day of each, and whether it is assumed."""
    return [(sheet.as_of, sheet.assumed) for sheet in effective(sheets)]


def test_a_sheet_without_dates_takes_the_day_of_the_cpid_signatures() -> None:
    assert days(
        shown(1, "cpid", "query_cumulative", SEP[20]),
        shown(2, "cpid", "pi_signature", SEP[10]),
        shown(3, "missing_pages", "missing_pages", SEP[25]),
        shown(4, "labs", "labs", None),
    ) == [(SEP[20], False), (SEP[10], False), (SEP[25], False), (SEP[10], True)]


def test_without_signatures_the_cpid_decides_and_without_cpid_the_latest_report() -> None:
    assert days(
        shown(1, "cpid", "query_cumulative", SEP[3]), shown(2, "visit_tracker", "visit_tracker", SEP[9]), shown(3, "sae", "sae_dm", None)
    )[2] == (SEP[3], True)
    assert days(
        shown(1, "visit_tracker", "visit_tracker", SEP[3]),
        shown(2, "missing_pages", "missing_pages", SEP[2]),
        shown(3, "sae", "sae_dm", None),
    )[2] == (SEP[3], True)


def test_a_study_without_any_date_has_no_day_and_other_studies_lend_none() -> None:
    assert days(shown(1, "labs", "labs", None), shown(2, "visit_tracker", "visit_tracker", SEP[3], "Study 8")) == [
        (None, False),
        (SEP[3], False),
    ]


def test_the_day_of_a_report() -> None:
    assert kind_day([]) == (None, False)
    tabs = effective([shown(1, "missing_pages", "missing_pages", SEP[3]), shown(2, "missing_pages", "missing_pages", SEP[2])])
    assert kind_day(tabs) == (SEP[3], False)
    cpid = effective(
        [shown(1, "cpid", "query_cumulative", SEP[3]), shown(2, "cpid", "pi_signature", SEP[2]), shown(3, "cpid", "sdv", None)]
    )
    assert kind_day(cpid) == (SEP[2], False)
    assumed = [
        sheet for sheet in effective([shown(1, "cpid", "pi_signature", SEP[2]), shown(2, "labs", "labs", None)]) if sheet.kind == "labs"
    ]
    assert kind_day(assumed) == (SEP[2], True)
