"""Laws of Clean Patient Status, on studies drawn at random: more of anything bad never makes a subject cleaner, and nobody is clean by what is not there."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.building import Given
from tests.cleanly import Study, discrepancy, issue, missing_visit, page, planted, query, study, subject, uncoded, without
from tests.delivering import stored

from ncdm.measures.at import clean
from ncdm.measures.clean import MILESTONES

LOCK = MILESTONES["database_lock"].gates
SUBJECTS = 4
WORSE: dict[str, tuple[str, Callable[[int], list[Given]]]] = {
    "tracker": ("Missing Visits", missing_visit),
    "pages": ("All Pages Missing", page),
    "sae": ("SAE Dashboard_DM", discrepancy),
    "edrr": ("OpenIssuesSummary", issue),
    "meddra": ("Sheet1", uncoded),
}
NUMBER = st.integers(1, SUBJECTS)
LINES = st.lists(st.tuples(st.sampled_from(sorted(WORSE)), NUMBER), max_size=6)
Told = tuple[list[int], list[float], list[float]]


def _made(lines: list[tuple[str, int]], totals: list[int]) -> Study:
    found = study(*(subject(number, total=total, site=total) for number, total in enumerate(totals, 1)))
    for number, total in enumerate(totals, 1):
        found = planted(found, "cpid", "Query Report - Cumulative", *[query(number)] * total)
    for book, number in lines:
        name, line = WORSE[book]
        found = planted(found, book, name, line(number))
    return found


def _judged(books: Study) -> Told:
    """Outcome and progress of each subject, in the order of their numbers."""
    home = Path(tempfile.mkdtemp(prefix="ncdm-clean-"))
    try:
        with stored(home / "home", books) as state:
            found = clean(state)
            low, high = found.progress
            return found.overall(LOCK).tolist(), low.tolist(), high.tolist()
    finally:
        shutil.rmtree(home)


@settings(max_examples=6, deadline=None)
@given(
    lines=LINES,
    totals=st.lists(st.integers(0, 2), min_size=SUBJECTS, max_size=SUBJECTS),
    more=st.tuples(st.sampled_from(sorted(WORSE)), NUMBER),
    asked=NUMBER,
)
def test_one_more_bad_line_or_query_never_makes_a_subject_cleaner(
    lines: list[tuple[str, int]], totals: list[int], more: tuple[str, int], asked: int
) -> None:
    before = _judged(_made(lines, totals))
    worse = [total + (number == asked) for number, total in enumerate(totals, 1)]
    for after in (_judged(_made([*lines, more], totals)), _judged(_made(lines, worse))):
        assert all(new != 0 or old == 0 for old, new in zip(before[0], after[0], strict=True))
        assert (np.array(after[1]) <= np.array(before[1]) + 1e-9).all()


@settings(max_examples=6, deadline=None)
@given(lines=LINES, totals=st.lists(st.integers(0, 2), min_size=SUBJECTS, max_size=SUBJECTS), order=st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(lines: list[tuple[str, int]], totals: list[int], order: Random) -> None:
    books = _made(lines, totals)
    shuffled: Study = {}
    for book, sheets in books.items():
        shuffled[book] = {}
        for name, rows in sheets.items():
            headers = 4 if name == "Subject Level Metrics" else 1
            body = rows[headers:]
            order.shuffle(body)
            shuffled[book][name] = [*rows[:headers], *body]
    assert _judged(shuffled) == _judged(books)


@settings(max_examples=5, deadline=None)
@given(lines=LINES, totals=st.lists(st.integers(0, 2), min_size=SUBJECTS, max_size=SUBJECTS))
def test_sheets_in_files_of_their_own_change_nothing(lines: list[tuple[str, int]], totals: list[int]) -> None:
    books = _made(lines, totals)
    apart: Study = {
        f"{book} {number}": {name: rows} for book, sheets in books.items() for number, (name, rows) in enumerate(sheets.items())
    }
    assert len(apart) > len(books)
    assert _judged(apart) == _judged(books)


@settings(max_examples=5, deadline=None)
@given(
    lines=LINES,
    totals=st.lists(st.integers(0, 2), min_size=SUBJECTS, max_size=SUBJECTS),
    gone=st.sampled_from(["tracker", "pages", "labs", "sae", "edrr", "meddra", "whodrug", "cpid"]),
)
def test_without_a_report_nobody_is_clean(lines: list[tuple[str, int]], totals: list[int], gone: str) -> None:
    outcomes, _low, _high = _judged(without(_made(lines, totals), gone))
    assert 0 not in outcomes
