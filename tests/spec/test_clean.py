"""Clean Patient Status on studies made by hand: each criterion, the four outcomes, scores, owners, the queue and readiness."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.building import MODERN
from tests.cleanly import (
    FIGURES,
    FIRST,
    Study,
    coded,
    discrepancy,
    head,
    issue,
    missing_visit,
    page,
    planted,
    query,
    study,
    subject,
    uncoded,
    without,
)
from tests.delivering import SEVEN, stored

from ncdm.measures.at import clean
from ncdm.measures.blockers import band, blockers, loads
from ncdm.measures.clean import CRITERIA, MILESTONES, Clean
from ncdm.measures.criterion import OUTCOMES, URGENCIES, Outcome, Urgency
from ncdm.measures.owner import OwnerSource
from ncdm.measures.readiness import POPULATIONS, Answer, readiness
from ncdm.measures.standing import freed, in_study, queue, standing, statuses
from ncdm.measures.statistics.wilson import wilson
from ncdm.measures.value import Level

LOCK = MILESTONES["database_lock"].gates
TWO = study(subject(1), subject(2))
Judge = Callable[[Study], Clean]


@pytest.fixture
def judge(tmp_path: Path) -> Iterator[Judge]:
    """What the criteria say of a made study."""
    with ExitStack() as kept:
        count = iter(range(100))

        def made(books: Study) -> Clean:
            return clean(kept.enter_context(stored(tmp_path / f"home {next(count)}", books)))

        yield made


def _outcomes(found: Clean, number: int = 1) -> dict[str, Outcome]:
    """Criterion -> outcome of Subject ``number``."""
    at = [group.subject_id for group in found.measures.universe.groups(Level.SUBJECT)].index(f"Subject {number}")
    return {code: OUTCOMES[found.judged(code).outcome[at]] for code in CRITERIA}


def _score(found: Clean, code: str) -> tuple[float, Urgency]:
    """Score and urgency of Subject 1."""
    judged = found.judged(code)
    return float(judged.score[0]), URGENCIES[judged.urgency[0]]


def test_a_study_without_exceptions_is_clean(judge: Judge) -> None:
    found = judge(TWO)
    assert set(_outcomes(found).values()) == {Outcome.PASS}
    assert found.overall(LOCK).tolist() == [0, 0]
    assert [progress.tolist() for progress in found.progress] == [[100.0, 100.0]] * 2
    assert blockers(found, found.measures.universe.groups(Level.SUBJECT)[0]) == ()


BROKEN: dict[str, tuple[Study, float, Urgency]] = {
    # Two visits, the oldest missing for 45 days: 1 - 2/5 - min(15/30, .5) = 0.1
    "V": (planted(TWO, "tracker", "Missing Visits", missing_visit(1, 45), missing_visit(1, 3)), 0.1, Urgency.MEDIUM),
    "P": (planted(TWO, "pages", "All Pages Missing", *(page(1, form) for form in range(6))), 0.4, Urgency.HIGH),
    # Four queries, one open: 1 - 4/20 - .2
    "Q": (
        planted(
            study(subject(1, total=4, site=1, dm=3), subject(2)),
            "cpid",
            "Query Report - Cumulative",
            query(1),
            *[query(1, "Answered", "DM Review")] * 3,
        ),
        0.6,
        Urgency.MEDIUM,
    ),
    # Two uncoded terms of four; the count, not the share, makes the score: 1 - 2/10
    "C": (planted(TWO, "meddra", "Sheet1", uncoded(1, 2), uncoded(1, 3)), 0.8, Urgency.MEDIUM),
    "R": (planted(TWO, "edrr", "OpenIssuesSummary", issue(1, 2)), 0.6, Urgency.CRITICAL),
    # One open review: 1 - 1/5 - .2
    "S": (planted(TWO, "sae", "SAE Dashboard_DM", discrepancy(1), discrepancy(1, "Review Completed")), 0.6, Urgency.CRITICAL),
    "E": (study(subject(1, required=4, verified=6), subject(2)), 0.6, Urgency.HIGH),
    "SIG": (study(subject(1, signed=8, never=2, gt90=2), subject(2)), 0.8, Urgency.HIGH),
    "NC": (study(subject(1, nonconformant=1), subject(2)), 0.9, Urgency.HIGH),
    "LAB": (
        planted(
            TWO,
            "labs",
            "Labs",
            ["JPN", "Site 2", "Subject 1", "Week 1", "Form 1", "CHEMISTRY", "04 NOV 2025", "ALT", "Alanine", "Missing Lab name"],
        ),
        0.9,
        Urgency.MEDIUM,
    ),
    "PD": (study(subject(1, proposed=1), subject(2)), 0.8, Urgency.HIGH),
}


@pytest.mark.parametrize("code", CRITERIA)
def test_one_exception_fails_its_criterion_of_its_subject_and_no_other(judge: Judge, code: str) -> None:
    books, score, urgency = BROKEN[code]
    found = judge(books)
    assert {name for name, outcome in _outcomes(found).items() if outcome is not Outcome.PASS} == {code}
    assert _outcomes(found)[code] is Outcome.FAIL
    assert set(_outcomes(found, 2).values()) == {Outcome.PASS}
    assert _score(found, code)[0] == pytest.approx(score)
    assert _score(found, code)[1] is urgency
    assert [step.criterion for step in queue(found, LOCK, in_study(found, SEVEN))] == [code]
    assert {blocker.criterion for blocker in blockers(found, found.measures.universe.groups(Level.SUBJECT)[0])} == {code}


def test_a_score_is_never_below_zero(judge: Judge) -> None:
    found = judge(planted(TWO, "tracker", "Missing Visits", *[missing_visit(1, 90)] * 6))
    assert _score(found, "V") == (0.0, Urgency.CRITICAL)


def test_progress_is_the_weighted_score_of_the_original_seven(judge: Judge) -> None:
    """R .15 at 0.6, all else done: 100 - 15 * 0.4. A signature weighs nothing."""
    found = judge(planted(TWO, "edrr", "OpenIssuesSummary", issue(1, 2)))
    assert found.progress[0][0] == pytest.approx(94.0)
    assert judge(BROKEN["SIG"][0]).progress[0][0] == pytest.approx(100.0)


# -- unknown and not applicable

AFFECTED = {
    "tracker": {"V"},
    "pages": {"P"},
    "labs": {"LAB"},
    "sae": {"S"},
    "edrr": {"R"},
    "meddra": {"C"},
    "whodrug": {"C"},
    "cpid": {"Q", "E", "SIG", "NC", "PD"},
}


@pytest.mark.parametrize("book", AFFECTED)
def test_a_report_that_is_not_there_makes_its_criteria_unknown_and_nobody_clean(judge: Judge, book: str) -> None:
    found = judge(without(TWO, book))
    assert {code for code, outcome in _outcomes(found).items() if outcome is Outcome.UNKNOWN} == AFFECTED[book]
    assert set(found.overall(LOCK).tolist()) == {3}
    told = standing(found, LOCK, in_study(found, SEVEN))
    assert (told.clean, told.unknown, told.clean_share) == (0, 2, None)
    assert queue(found, LOCK, in_study(found, SEVEN)) == ()
    assert all(found.judged(code).reason[0] for code in AFFECTED[book])


def test_a_subject_whom_the_subject_sheet_does_not_list_is_unknown_and_not_clean(judge: Judge) -> None:
    """An exception report that does not name a subject says zero; the list of all subjects that does not name it says nothing."""
    found = judge(planted(TWO, "meddra", "Sheet1", coded("Subject 9", "MedDRA")))
    assert {code for code, outcome in _outcomes(found, 9).items() if outcome is Outcome.UNKNOWN} == {"Q", "E", "SIG", "NC", "PD"}
    assert found.overall(LOCK).tolist() == [0, 0, 3]
    assert found.judged("Q").reason[2] == "the subject sheet does not list the subject"


def test_a_quarantined_tab_makes_its_report_a_lower_bound(judge: Judge) -> None:
    """A missing page of Subject 1 in one tab is a fail; that the other tab cannot be read leaves Subject 2 unknown."""
    books = planted(TWO, "pages", "All Pages Missing", page(1))
    books["pages"]["Visit Level Pages Missing"] = [head(MODERN.replace("SubjectName", "Persona")), page(2)]
    found = judge(books)
    assert [_outcomes(found, number)["P"] for number in (1, 2)] == [Outcome.FAIL, Outcome.UNKNOWN]
    assert found.judged("P").reason[1] == "the sheet Visit Level Pages Missing is quarantined"


def test_a_fail_outweighs_an_unknown(judge: Judge) -> None:
    found = judge(without(planted(TWO, "edrr", "OpenIssuesSummary", issue(1)), "tracker"))
    assert [OUTCOMES[outcome] for outcome in found.overall(LOCK)] == [Outcome.FAIL, Outcome.UNKNOWN]


def test_unknown_weight_makes_progress_a_range(judge: Judge) -> None:
    """V weighs .15 of 1: without its report 15 points are open."""
    low, high = judge(without(TWO, "tracker")).progress
    assert (low[0], high[0]) == (pytest.approx(85.0), pytest.approx(100.0))


def test_a_score_is_a_range_where_something_it_needs_is_not_known(judge: Judge) -> None:
    """Four pages to verify and nobody knows how many are: E weighs .10 and is done somewhere from 0 to all of it."""
    line = subject(1, required=4)
    line[FIRST + FIGURES.index("verified")] = "#ERROR"
    found = judge(study(line, subject(2)))
    judged = found.judged("E")
    assert (judged.score[0], judged.most[0]) == (0.0, pytest.approx(1.0, abs=1e-6))
    low, high = found.progress
    assert (low[0], high[0]) == (pytest.approx(90.0), pytest.approx(100.0, abs=1e-6))
    assert (low[1], high[1]) == (100.0, 100.0)


def test_a_cell_that_does_not_tell_is_unknown_and_not_zero(judge: Judge) -> None:
    line = subject(1)
    line[16 + 2] = "#ERROR"
    assert _outcomes(judge(study(line, subject(2))))["NC"] is Outcome.UNKNOWN
    line[16 + 2] = None
    found = judge(study(line, subject(2)))
    assert (_outcomes(found)["NC"], _outcomes(found, 2)["NC"]) == (Outcome.UNKNOWN, Outcome.PASS)


def test_nothing_to_verify_or_to_sign_is_not_applicable(judge: Judge) -> None:
    found = judge(study(subject(1, verified=0, signed=0), subject(2)))
    assert {code for code, outcome in _outcomes(found).items() if outcome is Outcome.NOT_APPLICABLE} == {"E", "SIG"}
    assert found.overall(LOCK).tolist() == [0, 0], "what does not apply keeps nobody from being clean"
    assert found.overall(("E", "SIG")).tolist() == [2, 0]


def test_no_term_is_not_applicable_in_a_full_extract_and_passes_in_one_of_open_items(judge: Judge) -> None:
    full = {
        **TWO,
        "meddra": {"Sheet1": TWO["meddra"]["Sheet1"][:1] + TWO["meddra"]["Sheet1"][2:]},
        "whodrug": {"Sheet1": TWO["whodrug"]["Sheet1"][:1] + TWO["whodrug"]["Sheet1"][2:]},
    }
    assert (_outcomes(judge(full))["C"], _outcomes(judge(full), 2)["C"]) == (Outcome.NOT_APPLICABLE, Outcome.PASS)
    partial = {**TWO, "meddra": {"Sheet1": [TWO["meddra"]["Sheet1"][0], uncoded(2)]}, "whodrug": {"Sheet1": TWO["whodrug"]["Sheet1"][:1]}}
    assert (_outcomes(judge(partial))["C"], _outcomes(judge(partial), 2)["C"]) == (Outcome.PASS, Outcome.FAIL)


# -- owners, ages, the queue


def test_the_workbook_says_who_is_responsible(judge: Judge) -> None:
    books = planted(
        study(subject(1, total=2, site=1, dm=1), subject(2)),
        "cpid",
        "Query Report - Cumulative",
        query(1, days=40),
        query(1, "Answered", "DM Review"),
    )
    found = judge(books)
    told = [
        (one.state, one.owner, one.owner_source, one.days, one.next_action)
        for one in blockers(found, found.measures.universe.groups(Level.SUBJECT)[0])
    ]
    assert told == [
        ("Open", "Site/CRA", OwnerSource.WORKBOOK, 40, "Answer the query."),
        ("Answered", "DM", OwnerSource.WORKBOOK, 10, "Check the answer and close the query, or ask again."),
    ]


def test_where_the_workbook_is_silent_the_report_or_the_default_says_it(judge: Judge) -> None:
    clinical = query(1, owner="Clinical Review")
    books = planted(study(subject(1, total=1, clinical=1), subject(2)), "cpid", "Query Report - Cumulative", clinical)
    books = planted(books, "tracker", "Missing Visits", missing_visit(1))
    found = judge(books)
    told = {one.criterion: (one.owner, one.owner_source) for one in blockers(found, found.measures.universe.groups(Level.SUBJECT)[0])}
    assert told == {"Q": ("Clinical", OwnerSource.REPORT), "V": ("Site/CRA", OwnerSource.DEFAULT)}


def test_what_no_detail_sheet_lists_opens_to_the_cell_of_the_subject_sheet(judge: Judge) -> None:
    found = judge(BROKEN["NC"][0])
    (only,) = blockers(found, found.measures.universe.groups(Level.SUBJECT)[0])
    assert (only.criterion, only.days, only.row_ref.rsplit(":", 1)[1]) == ("NC", None, "5")


def test_an_sae_review_is_as_old_as_its_report(judge: Judge) -> None:
    """Created on 1 October; the tracker beside it says that the reports stand for 14 November: 44 days."""
    books = planted(planted(TWO, "sae", "SAE Dashboard_DM", discrepancy(1)), "tracker", "Missing Visits", missing_visit(2, 10))
    found = judge(books)
    assert [one.days for one in blockers(found, found.measures.universe.groups(Level.SUBJECT)[0])] == [44]


def test_the_queue_is_ordered_by_urgency_then_age_then_items(judge: Judge) -> None:
    books = study(*[subject(number) for number in range(1, 6)])
    books = planted(
        books, "tracker", "Missing Visits", missing_visit(1, 10), missing_visit(2, 40), missing_visit(3, 10), missing_visit(3, 9)
    )
    books = planted(books, "edrr", "OpenIssuesSummary", issue(4))
    found = judge(books)
    steps = queue(found, LOCK, in_study(found, SEVEN))
    assert [step.group.subject_id for step in steps] == ["Subject 4", "Subject 2", "Subject 1", "Subject 3"]
    assert freed(steps) == ({"Site/CRA": 3, "DM": 1}, {"Site 2": 2, "Site 1": 2})


def test_what_is_counted_and_listed_by_no_row_waits_too(judge: Judge) -> None:
    """The subject sheet counts a non-conformant page; the detail sheet is not there."""
    found = judge(BROKEN["NC"][0])
    (load,) = loads(found, LOCK)[SEVEN]
    assert (load.criterion, load.owner, load.owner_source, load.age, load.items) == (
        "NC",
        "Site/CRA",
        OwnerSource.WORKBOOK,
        "age unknown",
        1,
    )


def test_what_a_detail_sheet_lists_of_a_subject_who_passes_waits_for_nobody(judge: Judge) -> None:
    """The subject sheet counts no query of Subject 1; it is the one that is believed, and the difference is a finding."""
    found = judge(planted(TWO, "cpid", "Query Report - Cumulative", query(1)))
    assert _outcomes(found)["Q"] is Outcome.PASS
    assert SEVEN not in loads(found, LOCK)


def test_what_waits_is_counted_for_these_members_alone(judge: Judge) -> None:
    found = judge(planted(TWO, "tracker", "Missing Visits", missing_visit(1, 10), missing_visit(2, 30), missing_visit(2, 31)))
    second = in_study(found, SEVEN)
    second[0] = False
    assert [(load.age, load.items, load.subjects) for load in loads(found, LOCK, second)[SEVEN]] == [
        ("31 to 60 days", 1, 1),
        ("up to 30 days", 1, 1),
    ]


def test_the_team_of_an_sae_review_is_the_products_own_word(judge: Judge) -> None:
    """Below the header of the subject sheet nothing stands for the SAE columns: the default, by the list that the review is on."""
    found = judge(planted(TWO, "sae", "SAE Dashboard_DM", discrepancy(1)))
    (only,) = blockers(found, found.measures.universe.groups(Level.SUBJECT)[0])
    assert (only.owner, only.owner_source) == ("DM", OwnerSource.DEFAULT)


def test_what_waits_for_whom_is_counted(judge: Judge) -> None:
    found = judge(planted(TWO, "tracker", "Missing Visits", missing_visit(1, 10), missing_visit(1, 45), missing_visit(2, 30)))
    told = [(one.owner, one.age, one.items, one.subjects) for one in loads(found, LOCK)[SEVEN]]
    assert told == [("Site/CRA", "up to 30 days", 2, 2), ("Site/CRA", "31 to 60 days", 1, 1)]


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (None, "age unknown"),
        (0, "up to 30 days"),
        (30, "up to 30 days"),
        (31, "31 to 60 days"),
        (90, "61 to 90 days"),
        (91, "over 90 days"),
    ],
)
def test_bands_of_age(days: float | None, name: str) -> None:
    assert band(days) == name


# -- populations


def test_without_a_gate_nothing_applies(judge: Judge) -> None:
    found = judge(TWO)
    assert found.overall(()).tolist() == [2, 2]
    assert not found.one_step(()).any()
    told = standing(found, ("V", "P"), in_study(found, SEVEN))
    assert (told.clean_share, told.submitted_share) == (1.0, None), "of what was submitted nothing is asked"


def test_whom_nothing_applies_to_is_no_part_of_a_share(judge: Judge) -> None:
    found = judge(study(subject(1, verified=0), subject(2), subject(3, required=1)))
    told = standing(found, ("E",), in_study(found, SEVEN))
    assert (told.members, told.clean, told.unclean, told.not_applicable, told.clean_share) == (3, 1, 1, 1, 0.5)


def test_statuses_are_never_mixed_and_the_unknown_is_one_of_them(judge: Judge) -> None:
    found = judge(study(subject(1), subject(2, "Screen Failure"), subject(3, None), subject(4)))
    assert {status: int(mask.sum()) for status, mask in statuses(found, SEVEN).items()} == {"On Trial": 2, "Screen Failure": 1, None: 1}


def test_the_share_of_clean_has_the_interval_of_wilson(judge: Judge) -> None:
    """3 of 4: Wilson's 95 % interval is 30.1 to 95.4 %, as in Newcombe 1998."""
    found = judge(planted(study(*[subject(number) for number in range(1, 5)]), "edrr", "OpenIssuesSummary", issue(1)))
    told = standing(found, LOCK, in_study(found, SEVEN))
    assert told.clean_share == 0.75
    assert told.interval is not None
    assert list(told.interval) == pytest.approx([0.3006, 0.9544], abs=1e-4)


def test_unknown_members_spread_the_share_from_none_of_them_clean_to_all_of_them(judge: Judge) -> None:
    """3 of 4 with one unknown: at least as if unclean (Wilson from 30.1 %), at most as if clean (4 of 4: Wilson to 100 %), as in Newcombe 1998."""
    one = study(*[subject(number) for number in range(1, 5)])
    one["cpid"]["Subject Level Metrics"][-1][FIRST + FIGURES.index("broken")] = None
    told = standing(judge(one), ("SIG",), in_study(judge(one), SEVEN))
    assert (told.clean, told.unknown, told.clean_share, told.share_if) == (3, 1, 0.75, (0.75, 1.0))
    assert told.interval_if is not None
    assert list(told.interval_if) == pytest.approx([0.3006, 1.0], abs=1e-4)
    assert told.interval is not None
    assert told.interval[1] < told.interval_if[1], "the strict interval knows nothing of the unknown"


def test_members_of_whom_each_is_unknown_have_no_share_but_any_is_possible(judge: Judge) -> None:
    told = standing(judge(without(TWO, "edrr")), LOCK, in_study(judge(without(TWO, "edrr")), SEVEN))
    assert (told.clean_share, told.interval, told.share_if, told.interval_if) == (None, None, (0.0, 1.0), (0.0, 1.0))


def test_without_an_unknown_member_the_range_is_the_share(judge: Judge) -> None:
    told = standing(judge(TWO), LOCK, in_study(judge(TWO), SEVEN))
    assert told.share_if == (1.0, 1.0)
    assert told.interval_if == told.interval


def test_clean_on_submitted_leaves_missing_visits_and_pages_out(judge: Judge) -> None:
    told = standing(judge(BROKEN["V"][0]), LOCK, in_study(judge(BROKEN["V"][0]), SEVEN))
    assert (told.clean_share, told.submitted_share) == (0.5, 1.0)


ITT = POPULATIONS[0]


def _ready(found: Clean) -> Answer:
    return readiness(found, LOCK, SEVEN, ITT).answer


def _many(unclean: int, of: int = 40) -> Study:
    return planted(
        study(*[subject(number) for number in range(1, of + 1)]),
        "edrr",
        "OpenIssuesSummary",
        *(issue(number) for number in range(1, unclean + 1)),
    )


@pytest.mark.parametrize(
    ("unclean", "answer"), [(0, Answer.YES), (2, Answer.YES), (3, Answer.CONDITIONAL), (8, Answer.CONDITIONAL), (9, Answer.NO)]
)
def test_readiness_of_forty_members(judge: Judge, unclean: int, answer: Answer) -> None:
    """2 of 40 are 5 %; 8 of 40 leave 80 % clean."""
    assert _ready(judge(_many(unclean))) is answer


def test_readiness_is_unknown_when_the_unknown_decide(judge: Judge) -> None:
    found = judge(without(_many(0), "tracker"))
    told = readiness(found, LOCK, SEVEN, ITT)
    assert (told.answer, told.unknown, told.share_if, len(told.deciding)) == (Answer.UNKNOWN, 40, (0.0, 1.0), 40)
    assert _ready(judge(without(_many(9), "tracker"))) is Answer.NO, "nine who fail are too many whatever the others are"


def test_one_member_below_half_of_its_progress_is_not_ready(judge: Judge) -> None:
    books = planted(_many(0), "sae", "SAE Dashboard_DM", *[discrepancy(1)] * 5)
    books = planted(books, "edrr", "OpenIssuesSummary", issue(1, 5))
    books = planted(books, "tracker", "Missing Visits", *[missing_visit(1, 90)] * 5)
    assert readiness(judge(books), LOCK, SEVEN, ITT).answer is Answer.YES, "S, R and V weigh half: 50 is not below 50"
    books = planted(books, "pages", "All Pages Missing", page(1))
    told = readiness(judge(books), LOCK, SEVEN, ITT)
    assert told.answer is Answer.NO
    assert [group.subject_id for group in told.deciding] == ["Subject 1"]


def test_a_screening_subject_is_no_member(judge: Judge) -> None:
    found = judge(study(subject(1), subject(2, "Screening"), subject(3, "Screen Failure"), subject(4, None)))
    assert readiness(found, LOCK, SEVEN, ITT).members == 1


def test_a_confirmed_deviation_leaves_the_per_protocol_population(judge: Judge) -> None:
    found = judge(study(subject(1, confirmed=1), subject(2)))
    assert [readiness(found, LOCK, SEVEN, population).members for population in POPULATIONS] == [2, 1, 2]


def test_whose_deviations_are_not_known_may_or_may_not_be_per_protocol(judge: Judge) -> None:
    """An unreadable cell is not none: the subject is counted both ways, and named when that decides."""
    line = subject(1)
    line[FIRST + FIGURES.index("confirmed")] = "#ERROR"
    told = readiness(judge(study(line, subject(2))), LOCK, SEVEN, POPULATIONS[1])
    assert (told.members, told.perhaps, told.answer) == (1, 1, Answer.YES), "clean, so a member or not changes nothing"
    line = subject(1, nonconformant=1)
    line[FIRST + FIGURES.index("confirmed")] = "#ERROR"
    told = readiness(judge(study(line, subject(2))), LOCK, SEVEN, POPULATIONS[1])
    assert (told.members, told.perhaps, told.answer) == (1, 1, Answer.UNKNOWN)
    assert [group.subject_id for group in told.deciding] == ["Subject 1"]


def test_a_study_without_a_list_of_its_subjects_is_not_ready_and_not_unready(judge: Judge) -> None:
    told = readiness(judge(without(_many(9), "cpid")), LOCK, SEVEN, ITT)
    assert told.answer is Answer.UNKNOWN
    assert "nobody names" in told.why


@pytest.mark.parametrize(("successes", "of"), [(0, 0), (2, 1), (-1, 3)])
def test_no_share_has_no_interval(successes: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, of)


def test_the_interval_of_none_begins_at_zero_and_that_of_all_ends_at_one() -> None:
    for members in (7, 12, 13, 49):
        assert wilson(0, members)[0] == 0.0
        assert wilson(members, members)[1] == 1.0
