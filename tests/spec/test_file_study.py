"""Which study a file belongs to: its cells, else its neighbours, else its folder, else its own name."""

from collections import Counter

import pytest

from ncdm.ingest.file_study import Attributed, StudyFrom, attribute, content_study, folder_study
from ncdm.types import StudyId

SEVEN, EIGHT = StudyId("Study 7"), StudyId("Study 8")


@pytest.mark.parametrize(
    ("path", "study"),
    [
        ("Study 7_CPID_Input Files/a.xlsx", "Study 7"),
        ("STUDY 7_CPID_Input Files - Anonymization/a.xlsx", "Study 7"),
        ("study7/a.xlsx", "Study 7"),
        ("Study_07/a.xlsx", "Study 7"),
        ("Study-12 late/a.xlsx", "Study 12"),
        ("Study 7/week 1/a.xlsx", "Study 7"),
        ("Study 8/Study 7/a.xlsx", "Study 7"),
        ("Exports of Study 7/a.xlsx", "Study 7"),
        ("Case-study 7/a.xlsx", "Study 7"),
        ("Understudy 7/a.xlsx", None),
        ("Study/a.xlsx", None),
        ("exports/Study 7.xlsx", None),
        ("Study 7.xlsx", None),
        ("a.xlsx", None),
        ("", None),
    ],
)
def test_the_study_that_a_folder_names(path: str, study: str | None) -> None:
    assert folder_study(path) == study


@pytest.mark.parametrize(
    ("named", "path", "study"),
    [
        ({}, "Study 7/a.xlsx", None),
        ({"Study 8": 1}, "Study 7/a.xlsx", "Study 8"),
        ({"Study 8": 5, "Study 7": 1}, "Study 7/a.xlsx", "Study 8"),
        ({"Study 8": 5, "Study 7": 5}, "Study 7/a.xlsx", "Study 7"),
        ({"Study 8": 5, "Study 7": 1}, "exports/a.xlsx", "Study 8"),
        ({"Study 8": 5, "Study 7": 1}, "Study 9/a.xlsx", "Study 8"),
        ({"Study 8": 2, "Study 7": 2}, "a.xlsx", "Study 8"),
    ],
)
def test_the_study_that_the_cells_name(named: dict[str, int], path: str, study: str | None) -> None:
    assert content_study(Counter(named), path) == study


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ([("Study 7/a.xlsx", SEVEN)], [Attributed(SEVEN, StudyFrom.CONTENT, None)]),
        ([("Study 8/a.xlsx", SEVEN)], [Attributed(SEVEN, StudyFrom.CONTENT, EIGHT)]),
        ([("x/Study 8_a.xlsx", SEVEN)], [Attributed(SEVEN, StudyFrom.CONTENT, EIGHT)]),
        ([("Study 7/a.xlsx", None)], [Attributed(SEVEN, StudyFrom.FOLDER, None)]),
        ([("x/a.xlsx", None)], [Attributed(None, None, None)]),
        ([("x/Study 7_a.xlsx", None)], [Attributed(SEVEN, StudyFrom.FILE_NAME, None)]),
        ([("Study 8/Study 7_a.xlsx", None)], [Attributed(EIGHT, StudyFrom.FOLDER, SEVEN)]),
        (
            [("x/a.xlsx", SEVEN), ("x/b.xlsx", None)],
            [Attributed(SEVEN, StudyFrom.CONTENT, None), Attributed(SEVEN, StudyFrom.NEIGHBOURS, None)],
        ),
        (
            [("x/a.xlsx", SEVEN), ("x/Study 8_b.xlsx", None)],
            [Attributed(SEVEN, StudyFrom.CONTENT, None), Attributed(SEVEN, StudyFrom.NEIGHBOURS, EIGHT)],
        ),
        (
            [("Study 8/a.xlsx", SEVEN), ("Study 8/b.xlsx", None)],
            [Attributed(SEVEN, StudyFrom.CONTENT, EIGHT), Attributed(EIGHT, StudyFrom.FOLDER, None)],
        ),
        (
            [("Study 8/a.xlsx", SEVEN), ("Study 8/b.xlsx", SEVEN), ("Study 8/c.xlsx", None)],
            [
                Attributed(SEVEN, StudyFrom.CONTENT, EIGHT),
                Attributed(SEVEN, StudyFrom.CONTENT, EIGHT),
                Attributed(SEVEN, StudyFrom.NEIGHBOURS, EIGHT),
            ],
        ),
        (
            [("x/a.xlsx", SEVEN), ("x/b.xlsx", EIGHT), ("x/c.xlsx", None), ("x/Study 8_d.xlsx", None)],
            [
                Attributed(SEVEN, StudyFrom.CONTENT, None),
                Attributed(EIGHT, StudyFrom.CONTENT, None),
                Attributed(None, None, None),
                Attributed(EIGHT, StudyFrom.FILE_NAME, None),
            ],
        ),
        (
            [("Study 7/a.xlsx", SEVEN), ("Study 7/b.xlsx", SEVEN), ("Study 7/c.xlsx", EIGHT), ("Study 7/d.xlsx", None)],
            [
                Attributed(SEVEN, StudyFrom.CONTENT, None),
                Attributed(SEVEN, StudyFrom.CONTENT, None),
                Attributed(EIGHT, StudyFrom.CONTENT, SEVEN),
                Attributed(SEVEN, StudyFrom.FOLDER, None),
            ],
        ),
        # Names that prove right on the neighbours whose cells can check them are believed where cells are silent ...
        (
            [("x/Study 8_a.xlsx", EIGHT), ("x/Study 8_b.xlsx", EIGHT), ("x/Study 7_c.xlsx", None)],
            [
                Attributed(EIGHT, StudyFrom.CONTENT, None),
                Attributed(EIGHT, StudyFrom.CONTENT, None),
                Attributed(SEVEN, StudyFrom.FILE_NAME, None),
            ],
        ),
        # ... and names that prove wrong are not.
        (
            [("x/Study 7_a.xlsx", EIGHT), ("x/Study 8_b.xlsx", EIGHT), ("x/Study 7_c.xlsx", None)],
            [
                Attributed(EIGHT, StudyFrom.CONTENT, SEVEN),
                Attributed(EIGHT, StudyFrom.CONTENT, None),
                Attributed(EIGHT, StudyFrom.NEIGHBOURS, SEVEN),
            ],
        ),
        ([], []),
    ],
)
def test_attribution(files: list[tuple[str, StudyId | None]], wanted: list[Attributed]) -> None:
    assert attribute(files) == wanted
