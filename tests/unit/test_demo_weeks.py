"""Invented weeks: subjects mostly get cleaner, dates stay possible, and the rules that real exports never break hold in each."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from ncdm.demo.asof import as_of
from ncdm.demo.layouts import LAYOUTS
from ncdm.demo.metrics import AT, METRICS, OWNER, add_up
from ncdm.demo.queries import REVIEWER
from ncdm.demo.study import Study, first_week, next_week

SEEDS = (1, 2)


def series(seed: int, layout_at: int, weeks: int = 4) -> list[Study]:
    studies = [first_week(f"Study {seed + layout_at}", LAYOUTS[layout_at], 40, seed)]
    while len(studies) < weeks:
        studies.append(next_week(studies[-1]))
    return studies


@pytest.fixture(scope="module")
def all_series() -> list[list[Study]]:
    return [series(seed, at) for seed in SEEDS for at in range(len(LAYOUTS))]


@pytest.fixture(scope="module")
def weeks(all_series: list[list[Study]]) -> list[Study]:
    return [study for studies in all_series for study in studies]


def open_items(study: Study) -> Counter[str]:
    """What is still to do, by subject."""
    items = Counter(study.people[page.who].label for page in study.missing_pages)
    items.update(study.people[visit.who].label for visit in study.visits.missing)
    for who, row in enumerate(study.exact()):
        items[study.people[who].label] += sum(
            row[AT[name]] for name in ("queries_total", "crfs_require_sdv", "broken_signatures", "crfs_never_signed")
        )
    return items


def test_from_week_to_week_most_subjects_with_work_get_cleaner_and_some_do_not(all_series: list[list[Study]]) -> None:
    better = worse = 0
    for studies in all_series:
        for before, after in pairwise(studies):
            old, new = open_items(before), open_items(after)
            better += sum(new[label] < old[label] for label in old)
            worse += sum(new[label] > old[label] for label in new)
    assert better > 3 * worse
    assert worse > 20


def test_a_study_with_work_has_less_of_it_after_three_weeks(all_series: list[list[Study]]) -> None:
    totals = [(open_items(studies[0]).total(), open_items(studies[-1]).total()) for studies in all_series]
    assert sum(last < first for first, last in totals if first > 100) == sum(first > 100 for first, _ in totals) > 10


def test_queries_close_are_answered_and_new_ones_open(all_series: list[list[Study]]) -> None:
    closed = answered = opened = 0
    for studies in all_series:
        for before, after in pairwise(studies):
            if before.details is None or after.details is None:
                continue
            old = {(query.who, query.oid, query.log, query.opened): query for query in before.details.queries}
            new = {(query.who, query.oid, query.log, query.opened): query for query in after.details.queries}
            closed += len(old.keys() - new.keys())
            opened += len(new.keys() - old.keys())
            answered += sum(old[key].responded is None and new[key].responded is not None for key in old.keys() & new.keys())
    assert min(closed, answered, opened) > 30


def test_subjects_and_sites_stay_the_same(all_series: list[list[Study]]) -> None:
    for studies in all_series:
        assert {tuple((person.label, person.site) for person in study.people) for study in studies} == {
            tuple((person.label, person.site) for person in studies[0].people)
        }


def test_as_of_dates_move_by_seven_days(all_series: list[list[Study]]) -> None:
    for studies in all_series:
        for at, study in enumerate(studies):
            first = as_of(study.layout, 1)
            assert study.now.cpid == first.cpid + timedelta(7 * at)
            assert study.now.tabs == tuple(tab + timedelta(7 * at) for tab in first.tabs)


def test_nothing_happens_after_its_as_of_date(weeks: list[Study]) -> None:
    for study in weeks:
        now = study.now
        assert all(item.projected <= now.tracker for item in study.visits.missing)
        assert all(page.day is None or page.day <= min(now.tabs) for page in study.missing_pages)
        assert all(item.created.date() <= now.safety for item in (*study.sae.dm, *study.sae.safety))
        if study.details is not None:
            assert all(query.opened.date() <= now.cpid for query in study.details.queries)
            assert all(query.responded is None or query.opened <= query.responded for query in study.details.queries)
            assert all(query.responded is None or query.responded.date() <= now.cpid for query in study.details.queries)
            assert all(page.since <= now.cpid and page.entered <= now.cpid for page in study.details.pages.entered)
            assert all(visit.day is None or visit.day <= now.cpid for visit in study.details.visits)


def test_no_query_stands_twice(weeks: list[Study]) -> None:
    for study in weeks:
        if study.details is not None:
            assert len(set(study.details.queries)) == len(study.details.queries)


def test_the_owner_follows_from_who_raised_the_query_and_its_status(weeks: list[Study]) -> None:
    seen = set()
    for study in weeks:
        for query in study.details.queries if study.details is not None else ():
            seen.add((query.marking, query.status, query.owner))
    for marking, status, owner in seen:
        if marking.startswith("Site from "):
            assert owner == ("Site Review" if status == "Open" else REVIEWER[marking.removeprefix("Site from ")])
    assert ("DM from System", "Open", "DM from System") in seen
    assert ("FM from Clinical Review", "Open", "Field Monitor Review") in seen
    assert not any(marking == "DM from System" and status == "Answered" for marking, status, _ in seen)


def test_subject_rows_keep_the_rules_of_the_contract(weeks: list[Study]) -> None:
    for study in weeks:
        for row in study.shown():
            value = dict(zip(METRICS, row, strict=True))
            buckets = value["overdue_sign_lt45d"] + value["overdue_sign_45_90d"] + value["overdue_sign_gt90d"]
            assert buckets == value["broken_signatures"] + value["crfs_never_signed"]
            assert value["crfs_require_sdv"] + value["forms_verified"] <= value["pages_entered"]
            assert value["crfs_signed"] + value["broken_signatures"] + value["crfs_never_signed"] <= value["pages_entered"]
            assert value["pages_entered"] > 0
            assert value["queries_total"] >= sum(value[name] for name in set(OWNER.values()))
            assert min(row) >= 0


def test_details_and_subject_sheet_agree_except_where_they_are_meant_to_differ(weeks: list[Study]) -> None:
    for study in weeks:
        if study.details is None:
            continue
        exact = add_up(study.details, len(study.people), study.now)
        differing = {
            METRICS[at] for full, shown in zip(exact, study.shown(), strict=True) for at in range(len(METRICS)) if full[at] != shown[at]
        }
        follow = {"queries_total"} if "queries_site" in study.layout.off_by_one else set()
        follow |= set(METRICS[20:23]) if "broken_signatures" in study.layout.off_by_one else set()
        assert differing <= set(study.layout.off_by_one) | follow


def test_lab_issue_and_owner_are_one_to_one_and_versions_mean_coded(weeks: list[Study]) -> None:
    pairs = {(item.issue, item.owner) for study in weeks for item in study.labs}
    assert len(pairs) == len({issue for issue, _ in pairs}) == len({owner for _, owner in pairs})
    assert {term.version is None for study in weeks for term in study.terms.meddra} == {True, False}


def test_a_site_has_one_country_within_a_study_and_labels_recur_across_studies(all_series: list[list[Study]]) -> None:
    countries: dict[str, set[str]] = {}
    for studies in all_series:
        places = {person.site for person in studies[0].people}
        assert len({site.label for site in places}) == len(places)
        for site in places:
            countries.setdefault(site.label, set()).add(site.country)
    assert sum(len(found) > 1 for found in countries.values()) > 10
