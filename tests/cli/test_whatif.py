"""``ncdm whatif`` as a person types it: before and after, versions kept and started from, and wrong changes told."""

import json
from pathlib import Path

import pytest
from tests.cli.running import quickly
from tests.portfolios import fresh, loaded

DONE, USAGE = 0, 2


@pytest.fixture(scope="module")
def study() -> str:
    found = json.loads(quickly(loaded(1), "studies", "--json").out)
    return str(next(line["study"] for line in found if line["reports"]["cpid"] == "present"))


def _asked(study: str, *words: str, home: Path | None = None) -> dict[str, object]:
    told = quickly(home or loaded(1), "whatif", study, *words, "--json")
    assert told.code == DONE, told
    found: dict[str, object] = json.loads(told.out)
    return found


def test_the_clean_subjects_of_both_sides_are_those_of_the_command_clean(study: str) -> None:
    found = _asked(study, "--gates", "c")
    for gates, side in ((("--milestone", "database_lock"), "before"), (("--gates", "C"), "after")):
        alone = json.loads(quickly(loaded(1), "clean", study, *gates, "--json").out)["studies"][study]
        standing = found[f"clean_{side}"]
        assert isinstance(standing, dict)
        assert (standing["members"], standing["clean"]) == (alone["members"], alone["clean"])


def test_the_index_of_the_changed_side_is_that_of_the_command_dqi(study: str) -> None:
    weights = ("--weights", "visits=.5", "--caps", "edrr_issues=9")
    found = _asked(study, *weights)["quality_after"]
    groups = json.loads(quickly(loaded(1), "dqi", study, *weights, "--json").out)["groups"]
    assert isinstance(found, dict)
    assert found["value"] == pytest.approx(groups[0]["dqi"])


def test_people_read_a_table_with_words_for_the_difference(study: str) -> None:
    told = quickly(loaded(1), "whatif", study, "--thresholds", "op01=1,1.5", "--gates", "C", "--targets", "itt=.5")
    assert told.code == DONE
    for said in ("red flags", "items in the way", "fewer", "Query rate", "no change", "configuration "):
        assert said in told.out


def test_where_subjects_are_unknown_the_clean_share_is_a_range() -> None:
    """A study without the subject sheet: some fail by what other reports say, of the others nobody knows."""
    told = quickly(loaded(1), "clean", "83", "--json")
    alone = json.loads(told.out)["studies"]["Study 83"]
    assert 0 < alone["unknown"] < alone["members"]
    assert (
        f"0 of {alone['members']} (0.0 to {100 * alone['unknown'] / alone['members']:.1f} %)"
        in quickly(loaded(1), "whatif", "83", "--gates", "V").out
    )


def test_a_version_is_saved_listed_and_started_from(study: str, tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    assert quickly(home, "whatif", study, "--versions").out.startswith("No version of")
    first = _asked(study, "--gates", "C,V", "--milestone", "own", "--save", "Dry run", "--author", "A. Author", home=home)
    saved = first["saved"]
    assert isinstance(saved, dict)
    assert (saved["number"], saved["author"], saved["reason"]) == (1, "A. Author", "Dry run")
    again = _asked(study, "--version", "1", home=home)
    assert (again["config_hash"], again["milestone"]) == (first["config_hash"], first["milestone"])
    further = _asked(study, "--version", "1", "--thresholds", "op01=1,2,50", home=home)
    assert further["config_hash"] != first["config_hash"]
    assert further["milestone"] == first["milestone"]
    listed = quickly(home, "whatif", study, "--versions")
    assert "Dry run" in listed.out
    assert [one["number"] for one in json.loads(quickly(home, "whatif", study, "--versions", "--json").out)] == [1]
    assert "Saved as version 2." in quickly(home, "whatif", study, "--caps", "deviations=9", "--save", "Why", "--author", "B").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--thresholds", "op01"), "gives no thresholds"),
        (("--thresholds", "op01=3,2"), "do not rise"),
        (("--thresholds", "op01=2,3", "--thresholds", "op01=2,4"), "a second time"),
        (("--thresholds", "op77=2,3"), "no indicator op77"),
        (("--weights", "visits=.9,safety=.9"), "sum to 1.8"),
        (("--gates", ","), "asks for nothing"),
        (("--gates", "zz"), "no criterion ZZ"),
        (("--milestone", "someday"), "no milestone someday"),
        (("--targets", "ITT=2"), "not from 0 to 1"),
        (("--version", "1"), "no saved version 1"),
        (("--gates", "C", "--save", "Why"), "the author is not said"),
        (("--save", "Why", "--author", "A"), "nothing differs"),
    ],
)
def test_a_change_without_meaning_is_told_what_has_one(words: tuple[str, ...], said: str, study: str, tmp_path: Path) -> None:
    told = quickly(fresh(tmp_path / "home"), "whatif", study, *words)
    assert told.code == USAGE, told
    assert said in told.err
    assert "what to do" in told.err
