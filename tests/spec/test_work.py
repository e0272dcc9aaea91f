"""The work that makes subjects clean: by what is to be done, by who must do it, and the rows of each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.cleanly import Study, discrepancy, missing_visit, planted, query, study, subject
from tests.delivering import SEVEN, stored

from ncdm.measures.at import clean
from ncdm.measures.blockers import Age, loads
from ncdm.measures.clean import MILESTONES, Clean
from ncdm.measures.criterion import Urgency
from ncdm.measures.owner import OwnerSource
from ncdm.measures.standing import in_study
from ncdm.measures.work import Amount, WaitingRow, Wanted, actions, owners, waiting_rows

LOCK = MILESTONES["database_lock"].gates
Judge = Callable[[Study], Clean]


@pytest.fixture
def judge(tmp_path: Path) -> Iterator[Judge]:
    """What the criteria say of a made study."""
    with ExitStack() as kept:
        yield lambda books: clean(kept.enter_context(stored(tmp_path / "home", books)))


@pytest.fixture
def found(judge: Judge) -> Clean:
    """Subject 1 of Site 2: an open and an answered query, a missing visit. Subject 2 of Site 1: two missing visits and an open SAE review."""
    books = study(subject(1, total=2, site=1, dm=1), subject(2))
    books = planted(books, "cpid", "Query Report - Cumulative", query(1, days=40), query(1, "Answered", "DM Review"))
    books = planted(books, "tracker", "Missing Visits", missing_visit(1, 10), missing_visit(2, 45), missing_visit(2, 30))
    return judge(planted(books, "sae", "SAE Dashboard_DM", discrepancy(2)))


def test_the_work_is_told_by_action(found: Clean) -> None:
    told = {
        (one.criterion, one.next_action, one.owner, one.owner_source): one.amount for one in actions(found, LOCK, in_study(found, SEVEN))
    }
    by_criterion = {(code, owner): amount for (code, _action, owner, _source), amount in told.items()}
    assert by_criterion["V", "Site/CRA"] == Amount(3, 0, 45, 2, 2, Urgency.MEDIUM)
    assert told["Q", "Answer the query.", "Site/CRA", OwnerSource.WORKBOOK] == Amount(1, 0, 40, 1, 1, by_criterion["Q", "DM"].urgency)
    answered = told["Q", "Check the answer and close the query, or ask again.", "DM", OwnerSource.WORKBOOK]
    assert (answered.items, answered.oldest) == (1, 10)
    review = by_criterion["S", "DM"]
    assert (review.items, review.undated, review.subjects, review.sites, review.urgency) == (1, 0, 1, 1, Urgency.CRITICAL)


def test_the_most_urgent_comes_first(found: Clean) -> None:
    told = [one.amount.urgency for one in actions(found, LOCK, in_study(found, SEVEN))]
    assert told[0] is Urgency.CRITICAL
    assert told == sorted(told, key=list(Urgency).index, reverse=True)


def test_the_work_is_told_by_owner(found: Clean) -> None:
    told = {one.owner: one for one in owners(found, LOCK, in_study(found, SEVEN))}
    assert list(told) == ["Site/CRA", "DM"]
    assert told["Site/CRA"].criteria == (("V", 3), ("Q", 1))
    assert (told["Site/CRA"].amount.items, told["Site/CRA"].amount.subjects, told["Site/CRA"].amount.oldest) == (4, 2, 45)
    assert set(told["DM"].criteria) == {("Q", 1), ("S", 1)}
    assert told["DM"].amount.urgency is Urgency.CRITICAL


def test_it_is_the_same_work_as_by_age(found: Clean) -> None:
    every = in_study(found, SEVEN)
    items = sum(load.items for load in loads(found, LOCK)[SEVEN])
    assert (
        items == sum(one.amount.items for one in actions(found, LOCK, every)) == sum(one.amount.items for one in owners(found, LOCK, every))
    )


def test_what_the_milestone_does_not_need_is_no_work(found: Clean) -> None:
    assert {one.criterion for one in actions(found, ("Q",), in_study(found, SEVEN))} == {"Q"}
    assert actions(found, (), in_study(found, SEVEN)) == ()


def rows_of(found: Clean, criterion: str, wanted: Wanted) -> list[WaitingRow]:
    """What a part of the work opens to."""
    return [row for row in waiting_rows(found, SEVEN, (criterion,)) if wanted.takes(row)]


def test_each_action_opens_to_exactly_its_rows_oldest_first(found: Clean) -> None:
    for one in actions(found, LOCK, in_study(found, SEVEN)):
        rows = rows_of(found, one.criterion, Wanted(action=one.next_action, owner=one.owner))
        assert len(rows) == one.amount.items, one
        assert len({row.row_ref for row in rows}) == len(rows)
        assert rows[0].days == one.amount.oldest
        assert {row.subject_id for row in rows} <= {"Subject 1", "Subject 2"}
    (visits,) = {one.next_action for one in actions(found, ("V",), in_study(found, SEVEN))}
    assert [(row.subject_id, row.days) for row in rows_of(found, "V", Wanted(action=visits, owner="Site/CRA"))] == [
        ("Subject 2", 45),
        ("Subject 2", 30),
        ("Subject 1", 10),
    ]
    assert rows_of(found, "V", Wanted(action=visits, owner="nobody")) == []


@pytest.mark.parametrize("listed", [True, False])
def test_each_burden_opens_to_exactly_its_rows(judge: Judge, found: Clean, listed: bool) -> None:  # noqa: FBT001 - a parameter
    of = found if listed else judge(study(subject(1, nonconformant=2), subject(2)))
    burdens = loads(of, LOCK)[SEVEN]
    assert burdens
    for one in burdens:
        rows = rows_of(of, one.criterion, Wanted(owner=one.owner, owner_source=one.owner_source, age=one.age))
        assert (sum(row.items for row in rows), len({row.subject_id for row in rows})) == (one.items, one.subjects), one


def test_a_burden_opens_to_no_row_of_another_age(found: Clean) -> None:
    told = {age: [row.days for row in rows_of(found, "V", Wanted(owner="Site/CRA", age=age))] for age in Age}
    assert told == {Age.MONTH: [30, 10], Age.TWO_MONTHS: [45], Age.THREE_MONTHS: [], Age.OLDER: [], Age.UNKNOWN: []}


def test_what_is_critical_opens_to_its_rows(found: Clean) -> None:
    rows = [row for row in waiting_rows(found, SEVEN, LOCK) if Wanted(urgency=Urgency.CRITICAL).takes(row)]
    assert [(row.criterion, row.subject_id, row.owner) for row in rows] == [("S", "Subject 2", "DM")]


def test_what_no_row_lists_is_undated_and_opens_to_the_cell_that_counts_it(judge: Judge) -> None:
    found = judge(study(subject(1, nonconformant=2), subject(2)))
    (only,) = actions(found, LOCK, in_study(found, SEVEN))
    assert (only.criterion, only.amount.items, only.amount.undated, only.amount.oldest) == ("NC", 2, 2, None)
    (row,) = rows_of(found, "NC", Wanted(action=only.next_action, owner=only.owner))
    assert (row.subject_id, row.days, row.items) == ("Subject 1", None, 2)
    assert row.row_ref.rsplit(":", 1)[1] == "5"


def test_what_a_detail_sheet_lists_of_a_subject_who_passes_is_no_work(judge: Judge) -> None:
    found = judge(planted(study(subject(1), subject(2)), "cpid", "Query Report - Cumulative", query(1)))
    assert actions(found, LOCK, in_study(found, SEVEN)) == ()
    assert waiting_rows(found, SEVEN, LOCK) == ()
