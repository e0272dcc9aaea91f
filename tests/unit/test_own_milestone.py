"""A sponsor's own milestone: what a file may say, and what it is told when it says something else."""

import pytest

from ncdm.errors import InvalidQuestion
from ncdm.measures.own_milestone import own_milestone
from ncdm.types import StudyId

TOML = """
title = "Dry run"
gates = ["v", "P", "Q", "Q"]
shown = ["SIG", "V"]
why = "A rehearsal of the lock."

[studies."Study 7"]
gates = ["V"]
"""
JSON = '{"title": "Dry run", "gates": ["V", "P", "Q"], "shown": ["SIG"], "studies": {"Study 7": {"gates": ["V"]}}}'


@pytest.mark.parametrize(("text", "name"), [(TOML, "own.toml"), (JSON, "OWN.JSON")])
def test_a_file_says_what_gates_and_what_is_shown_study_by_study(text: str, name: str) -> None:
    planned = own_milestone(text, name)
    assert (planned.milestone.title, planned.milestone.code) == ("Dry run", "own")
    assert planned.of(StudyId("Study 1")).gates == ("V", "P", "Q")
    assert planned.of(StudyId("Study 1")).shown == ("SIG",), "what gates is not shown a second time"
    assert planned.of(StudyId("Study 7")).gates == ("V",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "cannot be read"),
        ('gates = ["V"]', "no title"),
        ('title = "A"', "asks for nothing"),
        ('title = "A"\ngates = []', "asks for nothing"),
        ('title = "A"\ngates = "V"', "no list of criteria"),
        ('title = "A"\ngates = ["V", 1]', "no list of criteria"),
        ('title = "A"\ngates = ["XX"]', "there is no criterion XX"),
        ('title = "A"\ngates = ["V"]\ngate = 1', "a milestone has no gate"),
        ('title = "A"\ngates = ["V"]\nstudies = ["Study 7"]', "a table of names and values"),
        ('title = "A"\ngates = ["V"]\n[studies."Study 7"]\ngates = []', "asks for nothing"),
        ('title = "A"\ngates = ["V"]\n[studies."Study 7"]\ntitle = "B"', "a milestone has no title"),
    ],
)
def test_a_file_that_says_something_else_is_told_what(text: str, said: str) -> None:
    with pytest.raises(InvalidQuestion, match=said):
        own_milestone(text, "own.toml")


def test_a_list_is_no_milestone() -> None:
    with pytest.raises(InvalidQuestion, match="a table of names and values"):
        own_milestone("[]", "own.json")
